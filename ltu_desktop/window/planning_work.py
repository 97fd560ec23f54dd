"""What the planning page asks of the file, over there: reading a week, counting who could cover what it lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ltu_desktop.window.spans import usual_break

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.planning_rows import ShiftRow, TemplateRow, WeekBoard
    from ltu_desktop.rules.planning import Span, Substitute, Week
    from ltu_desktop.window.planning_sheet import Lack, Sheet
    from ltu_desktop.words import Words


@dataclass(frozen=True)
class Choice:
    """What of a week is to be shown, and how."""

    by_activity: bool = False
    sunday: bool = False
    site: bytes | None = None
    activity: bytes | None = None

    def sheet(self, board: WeekBoard, words: Words) -> Sheet:
        """Make the board of it."""
        from ltu_desktop.window.planning_sheet import make_sheet

        return make_sheet(
            board, words, by_activity=self.by_activity, sunday=self.sunday, site=self.site, activity=self.activity
        )


@dataclass(frozen=True)
class Loaded:
    """A week with what surrounds it: weeks that were kept, names of skills, today, what the week before holds.

    `sheet` is its board as `choice` has it.
    """

    board: WeekBoard
    choice: Choice
    sheet: Sheet
    templates: tuple[TemplateRow, ...]
    skills: dict[bytes, str]
    today: date
    before: int


def load(ctx: Context, monday: date, choice: Choice) -> Loaded:
    """Read a week and lay it out; reasons of absence are never asked for."""
    from ltu_desktop.queries import planning
    from ltu_desktop.queries.skills import skills

    with ctx.store.read() as connection:
        board = planning.week_board(connection, monday, reasons=False)
        return Loaded(
            board,
            choice,
            choice.sheet(board, ctx.words),
            tuple(planning.templates(connection)),
            {each.id: each.name for each in skills(connection)},
            ctx.clock.now().date(),
            len(planning.shifts_of(connection, monday - timedelta(days=7), monday - timedelta(days=1))),
        )


def span_of(board: WeekBoard, shift: ShiftRow) -> Span:
    """Return a shift as the rules see it."""
    from ltu_desktop.queries import planning

    return planning.span_of(shift, {mark.id: mark.site_id for mark in board.activities})


def vacancy(board: WeekBoard, lack: Lack) -> Span:
    """Return what somebody would work who covers a need: its whole slot, with a break at noon when it is long."""
    from ltu_desktop.rules.planning import Span

    need = lack.need
    pause = usual_break(need.start, need.end)
    day = board.monday + timedelta(days=need.weekday)
    return Span(b"", b"", day, need.start, need.end, pause, need.activity_id, need.site_id or lack.mark.site_id)


def find(week: Week, span: Span) -> list[Substitute]:
    """Rank who could take a shift; who is in that activity on that day already is left out.

    Who works at that time is left out before the rules look at her: most people are, and the rules would only find
    the overlap.
    """
    from ltu_desktop.rules.planning import substitutes

    begins, ends = span.begins, span.ends
    busy = {
        person
        for person, spans in week.spans.items()
        for each in spans
        if each.key != span.key
        and ((each.begins < ends and each.ends > begins) or (each.day == span.day and each.activity == span.activity))
    }
    free = {person: planner for person, planner in week.people.items() if person not in busy}
    return substitutes(replace(week, people=free), span)


def count_possible(ctx: Context, board: WeekBoard, lacks: Sequence[Lack]) -> dict[bytes, int]:
    """Count who could cover each need, by the need's key."""
    found = {}
    for done, lack in enumerate(lacks, 1):
        found[lack.need.id] = len(find(board.week, vacancy(board, lack)))
        ctx.progress(done, len(lacks))
    return found
