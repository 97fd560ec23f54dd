"""Blocks of a declaration: rubrics that belong together, and the table of those that are read or expected."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.intake.dsn_lines import Lines, date_of, number_of, refuse
from ltu_desktop.intake.dsn_records import UnknownRubric
from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_READ: dict[str, str] = {
    "S10.G00.00": "001 002 003 005 006",
    "S20.G00.05": "001 002 003 004 005 010",
    "S21.G00.06": "001",
    "S21.G00.11": "001",
    "S21.G00.30": "001 002 003 004 005 006 008 009 010 019 020",
    "S21.G00.40": "001 006 007 008 009 010 011 012 013 014",
    "S21.G00.41": " ".join(f"{number:03d}" for number in range(1, 100)),  # former values are all kept
    "S21.G00.51": "001 002 010 011 012 013",
    "S21.G00.53": "001 002 003",
    "S21.G00.60": "001 002 003 010",
    "S21.G00.62": "001 002",
    "S21.G00.65": "001 002 003",
    "S90.G00.90": "001 002",
}
READ = frozenset(f"{block}.{number}" for block, numbers in _READ.items() for number in numbers.split())
"""The rubrics that become part of a record."""

_ALSO = (
    "S10.G00.01 S10.G00.02 S20.G00.07 S20.G00.08 S21.G00.12 S21.G00.13 S21.G00.15 S21.G00.16 S21.G00.20 S21.G00.22 "
    "S21.G00.23 S21.G00.31 S21.G00.34 S21.G00.44 S21.G00.45 S21.G00.50 S21.G00.52 S21.G00.54 S21.G00.55 S21.G00.56 "
    "S21.G00.58 S21.G00.63 S21.G00.66 S21.G00.70 S21.G00.71 S21.G00.72 S21.G00.73 S21.G00.78 S21.G00.79 S21.G00.81 "
    "S21.G00.82 S21.G00.83 S21.G00.84 S21.G00.85 S21.G00.86"
)
EXPECTED = frozenset(_READ) | frozenset(_ALSO.split())
"""The blocks of the norm; what stands in them beside `READ` (contributions, taxes, addresses) serves no claim."""


class Block:
    """Rubrics of one block, in the file's order, with the means to read them or refuse the file."""

    __slots__ = ("code", "line", "name", "values")

    def __init__(self, name: str, code: str, line: int) -> None:
        self.name = name  # of the file
        self.code = code
        self.line = line
        self.values: dict[str, str] = {}

    def value(self, number: str) -> str:
        """Return a rubric's value without the blanks around it, "" when it is absent."""
        return self.values.get(number, "").strip()

    def needed(self, number: str) -> str:
        """Return a rubric's value; refuse the file when it is absent or empty."""
        value = self.value(number)
        if not value:
            raise refuse(
                self.name,
                self.at(number),
                "missing_rubric",
                N_("The block that starts here lacks its rubric {rubric}."),
                rubric=f"{self.code}.{number}",
            )
        return value

    def number(self, number: str) -> Decimal | None:
        """Return a rubric's number, None when it is absent; refuse what is not a number."""
        value = self.value(number)
        if not value:
            return None
        found = number_of(value)
        if found is None:
            raise refuse(
                self.name,
                self.at(number),
                "impossible_number",
                N_("“{value}” is not a number with a decimal point (rubric {rubric})."),
                value=value,
                rubric=f"{self.code}.{number}",
            )
        return found

    def day(self, number: str) -> date | None:
        """Return a rubric's date, None when it is absent; refuse a day that does not exist."""
        value = self.value(number)
        if not value:
            return None
        found = date_of(value)
        if found is None:
            raise refuse(
                self.name,
                self.at(number),
                "impossible_date",
                N_("“{value}” is not a date: day, month and year in eight figures are expected (rubric {rubric})."),
                value=value,
                rubric=f"{self.code}.{number}",
            )
        return found

    def needed_day(self, number: str) -> date:
        """Return a rubric's date; refuse the file when it is absent."""
        self.needed(number)
        found = self.day(number)
        assert found is not None
        return found

    def needed_number(self, number: str) -> Decimal:
        """Return a rubric's number; refuse the file when it is absent."""
        self.needed(number)
        found = self.number(number)
        assert found is not None
        return found

    def at(self, number: str) -> int:
        """Return the line of a rubric; that of the block when it is absent."""
        numbers = list(self.values)  # rubrics of a block stand on lines that follow each other
        return self.line + (numbers.index(number) if number in self.values else 0)


class Blocks:
    """The blocks of a file in its order. `unknown` is complete after the iteration."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._unknown: dict[str, tuple[int, int, str]] = {}

    def __iter__(self) -> Iterator[Block]:
        """Give each block: a new one opens when the block changes or its rubrics start again."""
        name, unknown = self._lines.name, self._unknown
        block, last = Block(name, "", 0), ""
        for line, rubric, value in self._lines:
            code, number = rubric[:10], rubric[11:]
            if code != block.code or number <= last:
                if block.code:
                    yield block
                block = Block(name, code, line)
            block.values[number] = value
            last = number
            if rubric not in READ:
                count, first, sample = unknown.get(rubric, (0, line, value))
                unknown[rubric] = (count + 1, first, sample)
        if block.code:
            yield block

    @property
    def unknown(self) -> tuple[UnknownRubric, ...]:
        """The rubrics that were not read, in order of their codes."""
        return tuple(
            UnknownRubric(rubric, count, line, sample, rubric[:10] in EXPECTED)
            for rubric, (count, line, sample) in sorted(self._unknown.items())
        )
