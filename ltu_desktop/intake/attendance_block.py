"""A block of attendance cells, pasted or read from a file: whose row and which day each cell is, as far as it says so.

Three shapes are known: bare cells; a grid with people at the left and days above (either may be missing); a list with a
row for each person and day. Rows of titles above the days, and columns that are no days, are left out and named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ltu_desktop.intake.heads import any_of
from ltu_desktop.intake.tables import cell_text
from ltu_desktop.rules.attendance import Entry, parse_cell
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ltu_desktop.intake.sheet_records import Cell

_HEAD_WITHIN = 10
_FULL = re.compile(r"(?:[^\W\d_]+\.? )?([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
_SHORT = re.compile(r"(?:[^\W\d_]+\.? )?([0-9]{1,2})/([0-9]{1,2})")
_NUMBER = re.compile(r"(?:([^\W\d_]{1,9})\.? ?)?([0-9]{1,2})")
_SECONDS = re.compile(r"([0-9]{1,2}:[0-9]{2}):00")
_WEEKDAYS = any_of(
    "l|m|j|v|s|d|lu|ma|me|je|ve|sa|di|lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_WHO = any_of(
    "matricule|salarie|salaries|nom|nom prenom|personne|employe|name|person|employee|staff number|n|numero|prenom"
    "|first name|last name|surname"
)
_BESIDE = _WHO | any_of(
    "h sem|heures semaine|heures par semaine|contrat|equipe|site|activite|statut|h week|team|activity"
)
_DAY = any_of("date|jour|day")
_HOURS = any_of("heures|heure|h|duree|fait|realise|hours|done|time|worked")
_CODE = any_of("code|absence|motif|kind|reason")
_ACTIVITY = any_of("activite|activity|code activite|activity code")
_TOTALS = ("total", "totaux", "somme", "sum")
_DASHES = frozenset("-–—·")


@dataclass(frozen=True, slots=True)
class BlockCell:
    """A cell: where it stands (row and column as a spreadsheet counts them, from 1) and what it says.

    `who` are the texts at the row's left, `place` its number among the rows of people, `day` what stands above it
    (None: nothing does) and `offset` its number among the cells of its row.
    """

    row: int
    column: int
    who: tuple[str, ...]
    place: int
    day: date | None
    offset: int
    text: str
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block as read: its cells that say something; whether rows name people and columns days.

    `ignored` are the columns that are no days and the rows of totals, by their heads.
    """

    cells: tuple[BlockCell, ...]
    named: bool
    dated: bool
    ignored: tuple[str, ...] = ()


Line = tuple[int, tuple[str, ...]]


def read_text(text: str, month: Month) -> Block:
    """Read what a spreadsheet puts on the clipboard: cells parted by tabs, in which quotes hold line breaks."""
    lines: list[Line] = []
    for number, line in enumerate(_lines(text), 1):
        lines.append((number, tuple(_plain(cell) for cell in line)))
    return read_lines(lines, month)


def read_grid(rows: Iterable[tuple[int, Sequence[Cell]]], month: Month) -> Block:
    """Read a sheet's rows, numbered as the spreadsheet shows them."""
    return read_lines([(number, tuple(written(cell) for cell in cells)) for number, cells in rows], month)


def read_lines(lines: Sequence[Line], month: Month) -> Block:
    """Read numbered rows of texts."""
    filled = [line for line in lines if any(line[1])]
    as_list = _as_list(filled, month)
    if as_list is not None:
        return as_list
    at, days = _head(filled, month)
    body = filled[at + 1 :] if days else filled
    left = min(days) if days else _names(body)
    heads = filled[at][1] if days else ()
    cells: list[BlockCell] = []
    left_out: list[str] = []
    for place, (number, row) in enumerate(body):
        who = tuple(text for text in row[:left] if text)
        if who and fold(who[0]).startswith(_TOTALS):
            left_out.append(who[0])
            continue
        columns = sorted(days) if days else range(left, len(row))
        for offset, column in enumerate(columns):
            text = row[column] if column < len(row) else ""
            if text:
                cells.append(BlockCell(number, column + 1, who, place, days.get(column), offset, text))
    left_out += [head for column, head in enumerate(heads) if head and column >= left and column not in days]
    return Block(tuple(cells), left > 0, bool(days), tuple(left_out))


# ---- a grid ----


def _head(lines: Sequence[Line], month: Month) -> tuple[int, dict[int, date]]:
    """Find the row of days; bare numbers are days only beside names and in a run (a row of hours is no head)."""
    for at, (_, row) in enumerate(lines[:_HEAD_WITHIN]):
        dated = {column: day for column, text in enumerate(row) if (day := _full_day(text, month)) is not None}
        if dated and (len(dated) > 1 or len(lines) > at + 1):
            return at, dated
        numbers = {column: number for column, text in enumerate(row) if (number := _day_number(text)) is not None}
        left = [fold(text) for text in row[: min(numbers, default=0)] if text]
        if len(numbers) > 1 and _run(list(numbers.values())) and _names(lines[at + 1 :]) and _BESIDE.issuperset(left):
            return at, {
                column: month.first.replace(day=number) for column, number in numbers.items() if number <= month.days
            }
    return 0, {}


def _run(days: list[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(days))


def _full_day(text: str, month: Month) -> date | None:
    """Read a date; one without its year is in the month's year, or the year before or after when that is nearer."""
    year: int | None
    if found := _ISO.fullmatch(text):
        year, number, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _FULL.fullmatch(text):
        year, number, day = int(found[3]), int(found[2]), int(found[1])
        year += 2000 if year < 100 else 0
    elif found := _SHORT.fullmatch(text):
        day, number = int(found[1]), int(found[2])
        year = month.year + (number - month.number > 6 and -1) + (month.number - number > 6)
    else:
        return None
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _day_number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 31 or (found[1] and fold(found[1]) not in _WEEKDAYS):
        return None
    return int(found[2])


def _names(lines: Sequence[Line]) -> int:
    """Return how many columns at the left name people: texts that are no cells, in most rows; two at most."""
    count = 0
    for column in range(2):
        texts = [row[column] for _, row in lines if column < len(row) and row[column]]
        if not texts or 2 * sum(not _is_cell(text) for text in texts) <= len(texts):
            break
        count = column + 1
    return count


def _is_cell(text: str) -> bool:
    return isinstance(parse_cell(text), Entry)


# ---- a list ----


def _as_list(lines: Sequence[Line], month: Month) -> Block | None:
    """Read a list with a row for each person and day; None when there is no such head."""
    for at, (_, row) in enumerate(lines[:_HEAD_WITHIN]):
        heads = [fold(text) for text in row]
        day = _column(heads, _DAY.__contains__)
        who = [column for column, head in enumerate(heads) if head in _WHO]
        values = [_column(heads, known.__contains__) for known in (_HOURS, _CODE)]
        if day is None or not who or not any(value is not None for value in values):
            continue
        activity = _column(heads, _ACTIVITY.__contains__)
        known = {day, *who, *values, activity}
        cells = [
            BlockCell(
                number,
                next(value for value in values if value is not None) + 1,
                tuple(text for column in who if (text := _at(cells, column))),
                place,
                _full_day(_at(cells, day), month),
                0,
                " ".join(text for value in values if (text := _at(cells, value))),
                _at(cells, activity),
            )
            for place, (number, cells) in enumerate(lines[at + 1 :])
        ]
        ignored = tuple(text for column, text in enumerate(row) if text and column not in known)
        return Block(tuple(cell for cell in cells if cell.text), named=True, dated=True, ignored=ignored)
    return None


def _column(heads: Sequence[str], known: Callable[[str], bool]) -> int | None:
    return next((column for column, head in enumerate(heads) if known(head)), None)


def _at(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


# ---- cells as texts ----


def written(cell: Cell) -> str:
    """Write a sheet's cell as a text: days as `2026-10-05`, numbers with a dot."""
    if isinstance(cell, date):
        return cell.isoformat()
    return _plain(f"{cell:f}" if isinstance(cell, Decimal) else cell_text(cell))


def _plain(text: str) -> str:
    """Tidy a cell: an hour as Excel copies it (`7:30:00`), a dash for nothing, the apostrophe that makes it a text."""
    tidy = " ".join(text.split())
    tidy = tidy.removeprefix("'") if tidy[1:] else tidy
    if found := _SECONDS.fullmatch(tidy):
        return found[1]
    return "" if tidy in _DASHES else tidy


def _lines(text: str) -> list[list[str]]:
    """Cut a clipboard's text into rows and cells."""
    import csv
    import io

    body = text.replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.reader(io.StringIO(body, newline=""), delimiter="\t"))
