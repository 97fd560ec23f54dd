"""All rows that hang on a person, whichever table holds them: for merging two records and for deleting one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ltu_desktop.rules.money import from_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import (
    EDITED,
    absence_day,
    attendance,
    month_sheet,
    pay_month,
    payroll_file,
    person,
    shift,
)

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection, Table

Row = dict[str, Any]

ONE_EACH: dict[str, tuple[str, ...]] = {
    "eligibility": ("criterion",),
    "health": (),
    "person_skill": ("skill_id",),
    "wish": ("activity_id",),
    "person_limit": ("kind",),
    "absence_day": ("day", "kind"),
    "month_sheet": ("month",),
    "hours_reason": ("month", "code"),
}
"""Tables that hold one row a person (for each value of these columns): two records' rows are joined, not moved."""


def tables() -> list[Table]:
    """Return the tables whose rows name a person, parents first."""
    return [
        table
        for table in EDITED
        if any(key.column.table is person for column in table.columns for key in column.foreign_keys)
    ]


def rows_of(connection: Connection, table: Table, person_id: bytes) -> list[Row]:
    """Return a person's rows of a table, oldest first."""
    query = select(table).where(table.c.person_id == person_id).order_by(table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def row_of(connection: Connection, person_id: bytes) -> Row | None:
    """Return a person's own row, or None."""
    row = connection.execute(select(person).where(person.c.id == person_id)).mappings().one_or_none()
    return None if row is None else dict(row)


def ground_days(connection: Connection, person_id: bytes) -> set[date]:
    """Return the days of a person's plans, hours, absences and month sheets (their first day)."""
    days: set[date] = set()
    for table in (attendance, absence_day, shift):
        days.update(connection.execute(select(table.c.day).where(table.c.person_id == person_id)).scalars())
    months = connection.execute(select(month_sheet.c.month).where(month_sheet.c.person_id == person_id)).scalars()
    return days | {Month.parse(each).first for each in months}


def first_names(connection: Connection) -> dict[bytes, str]:
    """Return everybody's first names; empty for those of one name."""
    return {row[0]: row[1] for row in connection.execute(select(person.c.id, person.c.first_names))}


def paid_months(connection: Connection, person_id: bytes) -> dict[str, Decimal]:
    """Return the hours that payroll gives a person, by month, of the files that count."""
    p, f = pay_month.c, payroll_file.c
    rows = connection.execute(
        select(p.month, func.sum(p.paid_hours))
        .join(payroll_file, f.id == p.payroll_file_id)
        .where(p.person_id == person_id, f.replaced_by_id.is_(None))
        .group_by(p.month)
        .order_by(p.month)
    )
    return {row[0]: from_hundredths(row[1]) for row in rows}
