"""Reports: a document as a value, which PDF, workbook, CSV and the page on screen all show alike.

Texts are already in the document's language; figures stay typed (`Decimal`, `date`, `int`), so that each output writes
them in its own way and none of them can disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from ltu_desktop.words import NBSP

if TYPE_CHECKING:
    from ltu_desktop.words import Words

Value = str | int | Decimal | date | None


class Kind(StrEnum):
    """What a cell holds, hence how it is written and on which side it stands."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    MONEY = "money"
    HOURS = "hours"
    FTE = "fte"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"
    WEEKLY = "weekly"  # hours a week, said as `24 h 00 a week`

    @property
    def right(self) -> bool:
        """Whether such cells stand at the right of their column."""
        return self not in {Kind.TEXT, Kind.CODE, Kind.DATE, Kind.WEEKLY}


class Role(StrEnum):
    """What a row is: a line, a sum of some lines, the table's total."""

    LINE = "line"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    GRAND = "grand"
    MARKED = "marked"  # a line to look at: a provisional value


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `head` is the long form, `short` the paper's; the unit belongs to the head, never to the cells.

    `key` names the column for every language (`paid`, `total`, `part:state`). `group` is a head over neighbours.
    `sign` writes `+` on gains. `dash` writes a zero as "–" (absence hours).
    """

    key: str
    head: str
    kind: Kind = Kind.TEXT
    short: str = ""
    unit: str = ""
    group: str = ""
    sign: bool = False
    dash: bool = False
    strong: bool = False
    decimals: int = 2

    @property
    def label(self) -> str:
        """The long head with its unit."""
        return f"{self.head} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Cell:
    """A value whose kind differs from its column's (a column of parameters holds euros, percents and hours)."""

    value: Value
    kind: Kind
    unit: str = ""
    decimals: int = 2
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, one for each column; `key` names what it is about (a staff number, a code)."""

    cells: tuple[Value | Cell, ...]
    role: Role = Role.LINE
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `rows` are lines (and subtotals), `totals` stand below them; `empty` is said when there is no row."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    totals: tuple[Row, ...] = ()
    title: str = ""
    note: str = ""
    empty: str = ""
    notes: tuple[str, ...] = ()

    def index(self, key: str) -> int:
        """Return the place of a column; raise KeyError when there is none."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return place
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Gauge:
    """A bar: the year's average so far, a limit and this month's value; `limit` None where there is no ceiling.

    Values are in one unit (`kind` FTE, or PERCENT as a ratio); `sentences` say the same in words.
    """

    key: str
    title: str
    kind: Kind
    average: Decimal
    month: Decimal
    limit: Decimal | None
    average_text: str
    month_text: str
    limit_text: str
    sentences: tuple[str, ...] = ()
    over: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A line of "to know before checking": a short title and a sentence."""

    code: str
    title: str
    text: str
    warning: bool = True


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """A box to fill by pen: labelled lines (some already filled) and an open space with its label."""

    title: str
    fields: tuple[tuple[str, str], ...]
    space: str
    tinted: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document; `number` is empty for an unnumbered one, `note` stands at the right of the title."""

    key: str
    title: str
    number: str = ""
    note: str = ""
    tables: tuple[Table, ...] = ()
    gauges: tuple[Gauge, ...] = ()
    notices: tuple[Notice, ...] = ()
    statements: tuple[str, ...] = ()
    boxes: tuple[SignatureBox, ...] = ()
    notes: tuple[str, ...] = ()

    def table(self, key: str) -> Table:
        """Return a table by its key; raise KeyError when there is none."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document. `subject` is its one-line name in heads and footers; `warnings` are said on every page.

    `form` names a paper layout of its own ("" for a plain list), `name` its files (without ending), `file` the
    employer's file that it was drawn from. `draft` marks what is not to be sent yet. `at` is the moment that its files
    bear (None: that of writing them).
    """

    title: str
    subtitle: str
    language: str
    period: str
    period_text: str
    version: int
    version_text: str
    subject: str
    owner: str
    owner_line: str
    sealed_line: str
    currency: str
    sections: tuple[Section, ...]
    corrective: bool = False
    author: str = ""
    warnings: tuple[str, ...] = ()
    form: str = ""
    name: str = ""
    file: str = ""
    draft: bool = False
    unfinished: str = ""  # why it is a draft
    at: datetime | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in reading order."""
        return tuple(table for section in self.sections for table in section.tables)

    def section(self, key: str) -> Section:
        """Return a section by its key; raise KeyError when there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def table(self, key: str) -> Table:
        """Return a table by its key, wherever it stands; raise KeyError when there is none."""
        for section in self.sections:
            for table in section.tables:
                if table.key == key:
                    return table
        raise KeyError(key)


def plain(cell: Value | Cell) -> Value:
    """Return a cell's value without its kind."""
    return cell.value if isinstance(cell, Cell) else cell


def written(cell: Value | Cell, column: Column, words: Words, currency: str = "EUR") -> str:
    """Write a cell as paper and screen show it: no unit when the column's head holds it, "–" for nothing there."""
    if isinstance(cell, Cell):
        return _with_unit(cell, words, currency)
    if cell is None:
        return ""
    if cell == "" and column.dash:  # as a zero: nothing there either
        return "–"
    if isinstance(cell, date):
        return words.day(cell)
    if isinstance(cell, Decimal):
        if column.dash and cell == 0:
            return "–"
        value = cell * 100 if column.kind is Kind.PERCENT else cell
        return words.number(value, column.decimals, sign=column.sign)
    if isinstance(cell, int):
        return words.integer(cell)
    return cell


def _with_unit(cell: Cell, words: Words, currency: str) -> str:
    """Write a cell that carries its own kind, with its unit."""
    value = cell.value
    if isinstance(value, Decimal):
        if cell.kind is Kind.MONEY:
            return words.money(value, currency=currency)
        if cell.kind is Kind.PERCENT:
            return words.percent(value, cell.decimals)
        if cell.kind is Kind.HOURS:
            return words.hours(value, sign=cell.sign) if cell.unit else words.number(value, sign=cell.sign)
        if cell.kind is Kind.WEEKLY:
            return words.term("paper", "{time} a week", time=weekly(value, full=True))
        unit = f"{NBSP}{cell.unit}" if cell.unit else ""
        return f"{words.number(value, cell.decimals)}{unit}"
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, int):
        return words.integer(value)
    return value or ""


def weekly(hours: Decimal, *, full: bool = False) -> str:
    """Write a weekly working time: `35 h`, `17 h 30`; with `full` always with minutes, `24 h 00`."""
    minutes = int((hours * 60).to_integral_value(rounding="ROUND_HALF_UP"))
    whole, rest = divmod(minutes, 60)
    tail = f"{NBSP}{rest:02d}" if rest or full else ""
    return f"{whole}{NBSP}h{tail}"
