"""A month of attendance as a report: a row a person, a column a day, as the grid shows it and as it can be read back.

Keys: attendance[number name weekly d01…d31 planned done absent balance sheet]. A cell of hours alone is a number; one
with an absence is written as it is typed (`CP`, `4 CP3`). Days that nobody has said anything of are empty.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents.list_reports import put_under
from ltu_desktop.documents.report import Cell, Column, Kind, Role, Row, Section, Table
from ltu_desktop.rules.attendance import minutes_to_hundredths
from ltu_desktop.rules.money import from_hundredths

if TYPE_CHECKING:
    from ltu_desktop.documents.list_reports import Issue
    from ltu_desktop.documents.report import Report, Value
    from ltu_desktop.queries.attendance_rows import DayCell, MonthGrid, PersonMonth
    from ltu_desktop.words import Words

_SUMS = ("planned", "done", "absent", "balance")


def sheet_state(row: PersonMonth, words: Words) -> str:
    """Say whether a person's month sheet is missing, came, or is signed."""
    if row.sheet.received_on is None:
        return words.term("sheet state", "Missing") if row.planned or row.done else ""
    return words.term("sheet state", "Signed") if row.sheet.signed else words.term("sheet state", "Received")


def report(grid: MonthGrid, issue: Issue, words: Words) -> Report:
    """Return a month's grid as a report."""
    heads = {
        "planned": words.term("attendance", "Planned"),
        "done": words.term("attendance", "Done"),
        "absent": words.term("attendance", "Absent"),
        "balance": words.term("attendance", "Gap"),
    }
    columns = (
        Column("number", words.text("Staff number"), Kind.CODE),
        Column("name", words.text("NAME First name")),
        Column("weekly", words.text("Weekly hours"), Kind.HOURS),
        *(
            Column(f"d{head.day.day:02d}", f"{words.weekday(head.day, short=True)} {head.day:%d/%m}")
            for head in grid.days
        ),
        *(Column(key, heads[key], Kind.HOURS, sign=key == "balance") for key in _SUMS),
        Column("sheet", words.term("attendance", "Sheet")),
    )
    rows = tuple(
        Row(
            (
                row.staff_number,
                row.list_name,
                None if row.weekly_minutes is None else _hours(row.weekly_minutes),
                *(_cell(cell, words.mark) for cell in row.cells),
                *(_hours(getattr(row, key)) for key in _SUMS),
                sheet_state(row, words),
            ),
            key=row.staff_number,
        )
        for row in grid.people
    )
    days = [_hours(sum(row.cells[index].done for row in grid.people)) for index in range(len(grid.days))]
    sums = [_hours(sum(getattr(row, key) for row in grid.people)) for key in _SUMS]
    total = Row((words.text("Total"), "", None, *(Cell(day, Kind.HOURS) for day in days), *sums, ""), Role.TOTAL)
    closed = words.text("closed on {day}", day=words.day(grid.closed_on)) if grid.closed_on else ""
    return put_under(
        issue,
        words,
        title=words.text("Attendance"),
        subtitle=" · ".join(
            text for text in (words.plural("{count} person", "{count} people", len(grid.people)), closed) if text
        ),
        period=str(grid.month),
        said=words.month(grid.month),
        name=f"presences-{grid.month}",
        section=Section(
            "attendance",
            "",
            tables=(
                Table(
                    "attendance",
                    columns,
                    rows,
                    (total,) if rows else (),
                    title=words.term("sheet", "Attendance"),
                    empty=words.text("Nobody this month."),
                ),
            ),
        ),
    )


def _hours(minutes: int) -> Decimal:
    return from_hundredths(minutes_to_hundredths(minutes))


def _cell(cell: DayCell, mark: str) -> Value | Cell:
    if cell.absences:
        return cell.text(mark) or cell.code
    return Cell(_hours(cell.done), Kind.HOURS) if cell.said else ""
