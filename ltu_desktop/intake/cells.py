"""The values of one row, by our field; what cannot be read is left out and told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.intake.findings import Finding, Value
from ltu_desktop.intake.heads import any_of
from ltu_desktop.intake.tables import cell_text
from ltu_desktop.intake.values import (
    Doubtful,
    Unreadable,
    date_of_serial,
    read_date,
    read_hours,
    read_month,
    read_number,
)
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.money import to_cent
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.intake.columns import Matched
    from ltu_desktop.intake.sheet_records import Cell, Row

_ERRORS = any_of("#REF!|#N/A|#VALUE!|#DIV/0!|#NAME?|#NULL!|#NUM!|#VALEUR!|#NOM?|#NOMBRE!")
_NOTHING = any_of("|-|–|—|/|?|n/a|néant|nc|n.c.")


class Cells:
    """Reads the cells of one row; `problems` grows with each value that had to be left out."""

    def __init__(self, row: Row, matched: Matched) -> None:
        self._row = row
        self._matched = matched
        self.problems: list[Finding] = []

    def _cell(self, field: str) -> Cell:
        place = self._matched.positions.get(field)
        cell = None if place is None else self._row.cells[place]
        if isinstance(cell, str) and cell.upper() in _ERRORS:
            self.find("cell_error", field, value=cell)
            return None
        return cell

    def find(self, code: str, field: str = "", severity: Severity = Severity.WARNING, **params: Value) -> None:
        """Tell something about a field of this row."""
        head = self._matched.mapping.get(field, "")
        self.problems.append(Finding(code, severity, line=self._row.number, column=head, params=params))

    def add(self, finding: Finding, field: str, severity: Severity | None = None) -> None:
        """Tell what a check found, at this row and the field's column."""
        self.find(finding.code, field, severity or finding.severity, **finding.params)

    def written(self, field: str) -> str:
        """Return a text, on one line; a date as in ISO 8601."""
        return " ".join(cell_text(self._cell(field)).split())

    def figures(self, field: str, length: int) -> str:
        """Return a text of figures (postcode, telephone), with the first zero that a number's cell has lost."""
        text = self.written(field)
        return text.zfill(length) if isinstance(self._cell(field), Decimal) and len(text) == length - 1 else text

    def number(self, field: str, most: Decimal, least: Decimal = Decimal(0)) -> Decimal | None:
        """Return an amount with two decimals, None when there is none between `least` and `most`."""
        return self._number(field, most, least, read_number)

    def hours(self, field: str, most: Decimal, least: Decimal = Decimal(0)) -> Decimal | None:
        """Return hours to the hundredth, None when there are none between `least` and `most`."""
        return self._number(field, most, least, read_hours)

    def _number(
        self, field: str, most: Decimal, least: Decimal, read: Callable[[str, Decimal], Decimal]
    ) -> Decimal | None:
        cell = self._cell(field)
        if isinstance(cell, Decimal):
            value = cell
        elif isinstance(cell, str) and cell.strip().lower() not in _NOTHING:
            try:
                value = read(cell, most)
            except Doubtful:
                self.find("number_doubtful", field, value=cell)
                return None
            except Unreadable:
                self.find("number_unreadable", field, value=cell)
                return None
        elif isinstance(cell, date):
            self.find("number_unreadable", field, value=cell)
            return None
        else:
            return None
        if not least <= value <= most:
            self.find("number_range", field, value=value, least=least, most=most)
            return None
        rounded = to_cent(value)
        if rounded != value:
            self.find("number_rounded", field, Severity.INFO, value=value, rounded=rounded)
        return rounded

    def day(self, field: str, *, birth: bool = False) -> date | None:
        """Return a date, None when there is none that exists."""
        cell = self._cell(field)
        if isinstance(cell, date):
            return cell
        try:
            if isinstance(cell, Decimal):
                return _day_of_number(cell)
            if isinstance(cell, str) and cell.strip().lower() not in _NOTHING:
                return read_date(cell, birth=birth)
        except Doubtful:
            self.find("date_doubtful", field, value=cell_text(cell))
        except Unreadable:
            self.find("date_impossible", field, value=cell_text(cell))
        return None

    def month(self, field: str) -> Month | None:
        """Return a month, None when there is none."""
        cell = self._cell(field)
        if isinstance(cell, date):
            return Month.of(cell)
        try:
            if isinstance(cell, Decimal):
                return read_month(cell_text(cell)) if cell > 80000 else Month.of(date_of_serial(cell))
            if isinstance(cell, str) and cell.strip().lower() not in _NOTHING:
                return read_month(cell)
        except Unreadable:
            self.find("month_impossible", field, value=cell_text(cell))
        return None


_TOTALS = ("total", "totaux", "sous total", "sous totaux", "somme", "grand total", "subtotal", "sum")


def is_total(row: Row) -> bool:
    """Whether a row only adds up the ones above: its first text says so."""
    first = next((fold(cell) for cell in row.cells if isinstance(cell, str)), "")
    return first in _TOTALS or first.startswith(("total ", "sous total "))


def is_repeated_head(row: Row, heads: Sequence[str]) -> bool:
    """Whether a row repeats the heads, as on each page of a print."""
    filled = [(cell, head) for cell, head in zip(row.cells, heads, strict=False) if cell is not None]
    return len(filled) > 1 and all(isinstance(cell, str) and fold(cell) == fold(head) for cell, head in filled)


def _day_of_number(number: Decimal) -> date:
    """Read a number as a date: a spreadsheet's day number, or eight figures (16102026)."""
    return read_date(cell_text(number).zfill(8)) if number > 1_000_000 else date_of_serial(number)
