"""Read a list of monthly hours: what an employer without a payroll declaration types or exports."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.intake.cells import Cells, is_repeated_head, is_total
from ltu_desktop.intake.columns import match, need
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.names import Split, split_name
from ltu_desktop.intake.sheet_records import HoursList, HoursRow
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ltu_desktop.intake.sheet_records import Mapping, Sheet
    from ltu_desktop.rules.periods import Month

ABSENCES = (
    *("paid_leave", "public_holiday", "training", "sick_unpaid", "sick_paid", "work_accident", "maternity"),
    *("paternity", "unpaid_leave", "unjustified", "suspension", "partial_activity", "unpaid", "rest"),
)
"""Kinds of absence that may have a column, as in `rules.facts.Absence.kind`."""

FIELDS = (
    *("staff_number", "full_name", "name", "first_names", "birth_date", "month", "paid_hours", "gross_pay"),
    *("contract_number", "overtime_hours", "complementary_hours"),
    *(f"absence.{kind}" for kind in ABSENCES),
)
"""The fields that an hours list may have."""

MOST_HOURS, MOST_PAY = Decimal(744), Decimal(99_999)
"""The greatest values of a month: its hours, and euros."""


def read_hours(
    sheet: Sheet, mapping: Mapping | None = None, remembered: Iterable[Mapping] = (), month: Month | None = None
) -> HoursList:
    """Read an hours list; raise `UserError` when it names nobody or holds no hours.

    `month` is meant where the list has no column for it. Negative hours are back pay taken back. Rows without hours or
    month are refused.
    """
    matched = match(sheet, FIELDS, mapping, remembered)
    need(
        sheet,
        matched,
        ("staff_number", "name", "full_name"),
        N_("The list has no column for the name or the staff number. Columns found: {heads}."),
    )
    need(sheet, matched, ("paid_hours",), N_("The list has no column for the paid hours. Columns found: {heads}."))
    if month is None:
        need(sheet, matched, ("month",), N_("The list has no column for the month. Columns found: {heads}."))
    rows: list[HoursRow] = []
    problems = list(sheet.problems)
    total = ZERO
    for row in sheet.rows:
        if is_repeated_head(row, sheet.heads):
            continue
        if is_total(row):
            problems.append(Finding("total_row", Severity.INFO, line=row.number))
            continue
        made = _read_row(row.number, Cells(row, matched), month)
        total += made.paid_hours or ZERO
        rows.append(made)
    rows = _twice(rows)
    problems += [problem for row in rows for problem in row.problems]
    return HoursList(tuple(rows), matched.mapping, matched.unknown, total, tuple(problems))


def _read_row(number: int, cells: Cells, default: Month | None) -> HoursRow:
    who = _names(cells)
    staff_number = cells.written("staff_number")
    if not staff_number and not who.name:
        cells.find("no_identity", severity=Severity.BLOCKER)
    month = cells.month("month") if cells.written("month") else default
    if month is None:
        cells.find("month_missing", "month", Severity.BLOCKER)
    hours = cells.hours("paid_hours", MOST_HOURS, -MOST_HOURS)
    if hours is None:
        cells.find("hours_missing", "paid_hours", Severity.BLOCKER)
    elif hours < 0:
        cells.find("hours_negative", "paid_hours", hours=hours)
    made = HoursRow(
        row=number,
        month=month,
        paid_hours=hours,
        staff_number=staff_number,
        name=who.name,
        first_names=who.first_names,
        birth_date=cells.day("birth_date", birth=True),
        gross_pay=cells.number("gross_pay", MOST_PAY, -MOST_PAY),
        contract_number=cells.written("contract_number"),
        overtime_hours=cells.hours("overtime_hours", MOST_HOURS, -MOST_HOURS),
        complementary_hours=cells.hours("complementary_hours", MOST_HOURS, -MOST_HOURS),
        absences={
            kind: absent
            for kind in ABSENCES
            if (absent := cells.hours(f"absence.{kind}", MOST_HOURS)) is not None and absent
        },
    )
    return msgspec.structs.replace(
        made, problems=tuple(msgspec.structs.replace(problem, target=staff_number) for problem in cells.problems)
    )


def _names(cells: Cells) -> Split:
    name, first_names = cells.written("name"), cells.written("first_names")
    return Split(name, first_names) if name or first_names else split_name(cells.written("full_name"))


def _twice(rows: list[HoursRow]) -> list[HoursRow]:
    """Tell a second row for one person, contract and month: right for two pay slips, wrong for a line pasted twice."""
    first: dict[tuple[str, str, Month | None], int] = {}
    made = []
    for row in rows:
        who = fold(row.staff_number) or fold(f"{row.name} {row.first_names} {row.birth_date or ''}")
        other = first.setdefault((who, row.contract_number, row.month), row.row)
        if other != row.row and who:
            again = Finding("same_month_twice", line=row.row, target=row.staff_number, params={"row": other})
            row = msgspec.structs.replace(row, problems=(*row.problems, again))  # noqa: PLW2901  the same row, told
        made.append(row)
    return made
