"""Balances of the year: hours that neither work nor absence explains, leave taken; month sheets that are missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.queries.attendance import month_grid, week_of
from ltu_desktop.queries.day_targets import day_targets, longest_days
from ltu_desktop.rules.attendance_days import leave_days
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.queries.attendance_rows import SheetState

_LEAVE_FROM = 6  # paid leave is counted from 1 June on (Code du travail, art. R. 3141-4)


@dataclass
class Balance:
    """A person's year up to a month.

    `minutes` are the gaps of January to the month, those of closed months as they were frozen; months in which nothing
    was said of her do not count. `leave` are days missed by kind since 1 June, counted in her own week.
    """

    minutes: int = 0
    leave: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


@dataclass(frozen=True, slots=True)
class SheetMissing:
    """Somebody who worked or should have, whose month sheet has not come or is not signed."""

    person_id: bytes
    staff_number: str
    list_name: str
    sheet: SheetState


def balances(connection: Connection, month: Month, *, reasons: bool = True) -> dict[bytes, Balance]:
    """Return everybody's balance at a month's end; without `reasons` hidden kinds are added up as "absent"."""
    leave_from = Month(month.year if month.number >= _LEAVE_FROM else month.year - 1, _LEAVE_FROM)
    first = min(leave_from, Month(month.year, 1))
    targets = day_targets(connection, week_of(first.first)[0], week_of(month.last)[1])
    found: dict[bytes, Balance] = defaultdict(Balance)
    at = first
    while at <= month:
        for row in month_grid(connection, at, reasons=reasons).people:
            if not any(cell.said or cell.absent for cell in row.cells):
                continue
            balance = found[row.person_id]
            if at.year == month.year:
                balance.minutes += row.balance
            if at < leave_from:
                continue
            longest = longest_days(targets, row.person_id)
            for index, cell in enumerate(row.cells):
                day = at.first + timedelta(days=index)
                for each in cell.absences:
                    whole = longest.get(week_of(day)[0], 0)
                    balance.leave[each.kind] += leave_days([(each.minutes, cell.target or each.minutes, whole)])
        at = at.plus(1)
    return dict(found)


def missing_sheets(connection: Connection, month: Month) -> tuple[SheetMissing, ...]:
    """Return whose month sheet is missing or not signed, in the order of names."""
    return tuple(
        SheetMissing(row.person_id, row.staff_number, row.list_name, row.sheet)
        for row in month_grid(connection, month).people
        if (row.planned or row.done) and not (row.sheet.received_on and row.sheet.signed)
    )
