"""What the attendance page asks of the file, over there: reading a month, saving what was typed, filling as planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ltu_desktop.actions.attendance import AsPlanned, Recorded
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance_rows import DayHead, MonthGrid
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.attendance_sheet import Key


@dataclass(frozen=True)
class Loaded:
    """A month with what surrounds it: names of sites, what the operator may see and do, and today."""

    grid: MonthGrid
    sites: dict[bytes, str]
    reasons: bool
    reader: bool
    today: date


def load(ctx: Context, month: Month) -> Loaded:
    """Read a month."""
    from ltu_desktop.queries.agreements import sites
    from ltu_desktop.queries.attendance import month_grid
    from ltu_desktop.store.roles import READER, WITHOUT_HEALTH

    role = ctx.role
    with ctx.store.read() as connection:
        grid = month_grid(connection, month, reasons=role != WITHOUT_HEALTH, language=ctx.words.language)
        places = {each.id: each.name for each in sites(connection)}
    return Loaded(grid, places, role != WITHOUT_HEALTH, role == READER, ctx.clock.now().date())


def save(ctx: Context, days: Sequence[DayHead], texts: Mapping[tuple[Key, int], str]) -> Recorded:
    """Enter what was typed, in one step."""
    from ltu_desktop.actions.attendance import CellEntry, record

    entries = [
        CellEntry(person, days[column].day, text=text, activity_id=activity)
        for ((person, activity), column), text in texts.items()
    ]
    return record(ctx, entries)


def ask_as_planned(ctx: Context, first: date, last: date, people: Sequence[bytes]) -> AsPlanned:
    """Count what "as planned" would fill."""
    from ltu_desktop.actions.attendance import plan_as_planned

    return plan_as_planned(ctx, first, last, people)


def fill_as_planned(ctx: Context, plan: AsPlanned) -> Recorded:
    """Fill what was counted."""
    from ltu_desktop.actions.attendance import as_planned

    return as_planned(ctx, plan.first, plan.last, plan.person_ids)
