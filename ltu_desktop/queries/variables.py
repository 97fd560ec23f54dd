"""A month's variables for the accountant, person by person, and what was sent before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.queries.attendance import month_grid, people_names, week_of
from ltu_desktop.queries.claim_facts import monthly_hours
from ltu_desktop.queries.day_targets import day_targets, longest_days
from ltu_desktop.queries.people import places
from ltu_desktop.rules.attendance_days import leave_days
from ltu_desktop.rules.variables import PersonVariables, Stretch
from ltu_desktop.store.tables import contract, contract_terms, payroll_sending

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sqlalchemy import Connection

    from ltu_desktop.queries.attendance_rows import PersonMonth
    from ltu_desktop.rules.periods import Month


@dataclass(frozen=True, slots=True)
class SendingRow:
    """What the accountant was sent: when, as which file, and all figures as they were, by staff number."""

    id: bytes
    month: Month
    at: datetime
    name: str
    sha256: str
    content: dict[str, dict[str, str]]


def variables(connection: Connection, month: Month) -> tuple[PersonVariables, ...]:
    """Return everybody's month, in the order of names."""
    grid = month_grid(connection, month)
    targets = day_targets(connection, week_of(month.first)[0], week_of(month.last)[1])
    names = {key: (name, first) for key, _, name, first in people_names(connection)[0]}
    homes = places(connection)
    monthly = _monthly(connection, month)
    return tuple(
        PersonVariables(
            staff_number=row.staff_number,
            name=names[row.person_id][0],
            first_names=names[row.person_id][1],
            list_name=row.list_name,
            site=homes.get(row.site_id, "") if row.site_id else "",
            weekly=row.weekly_minutes,
            monthly_hours=monthly.get(row.person_id),
            planned=row.planned,
            done=row.done,
            holiday=row.holiday,
            absent=row.absent,
            stretches=tuple(_stretches(row, month, longest_days(targets, row.person_id))),
        )
        for row in grid.people
    )


def _stretches(row: PersonMonth, month: Month, longest: Mapping[date, int]) -> list[Stretch]:
    """Join a person's days of one absence: days on which nothing is planned do not part them, half days do."""
    found: list[Stretch] = []
    at: dict[str, int] = {}  # the last stretch of a kind, while nothing but free days followed
    for index, cell in enumerate(row.cells):
        day = month.first + timedelta(days=index)
        seen = set()
        for each in cell.absences:
            counted = leave_days([(each.minutes, cell.target or each.minutes, longest.get(week_of(day)[0], 0))])
            whole = each.minutes >= cell.target
            last = at.get(each.kind)
            if last is not None and whole and found[last].whole:
                one = found[last]
                found[last] = Stretch(
                    each.kind, one.first, day, one.minutes + each.minutes, one.days + counted, whole=True
                )
            else:
                found.append(Stretch(each.kind, day, day, each.minutes, counted, whole=whole))
                at[each.kind] = len(found) - 1
            seen.add(each.kind)
        if cell.target or cell.done:
            at = {kind: place for kind, place in at.items() if kind in seen}
    return found


def _monthly(connection: Connection, month: Month) -> dict[bytes, Decimal]:
    """Return the contract's hours a month in force last in the month."""
    c, t = contract.c, contract_terms.c
    rows = connection.execute(
        select(c.person_id, t.weekly_hours, t.monthly_hours)
        .join(contract_terms, t.contract_id == c.id)
        .where(c.start_on <= month.last, t.start_on <= month.last)
        .order_by(c.start_on, t.start_on)
    )
    found = {owner: monthly_hours(weekly, monthly) for owner, weekly, monthly in rows}
    return {owner: hours for owner, hours in found.items() if hours is not None}


def sendings(connection: Connection, month: Month) -> list[SendingRow]:
    """Return what was sent for a month, the latest first."""
    p = payroll_sending.c
    rows = connection.execute(
        select(p.id, p.at, p.name, p.sha256, p.content).where(p.month == str(month)).order_by(p.at.desc(), p.id.desc())
    )
    return [
        SendingRow(key, month, datetime.fromisoformat(at), name, sha256, json.loads(content))
        for key, at, name, sha256, content in rows
    ]
