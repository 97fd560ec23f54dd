"""A list of shifts, a row each: who, which day, from when to when, the break, the activity and the site."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.intake.attendance_block import written
from ltu_desktop.intake.heads import any_of
from ltu_desktop.intake.values import Unreadable, read_date
from ltu_desktop.rules.attendance import Entry, parse_cell
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.intake.sheet_records import Cell

_HEAD_WITHIN = 10
_HEADS = {
    "who": any_of("matricule|nom|nom prenom|salarie|personne|staff number|name|person|name first name|employee|prenom"),
    "day": any_of("date|jour|day"),
    "start": any_of("debut|de|heure de debut|start|from|begin"),
    "end": any_of("fin|a|heure de fin|end|to"),
    "pause": any_of("pause|pause min|break|break min"),
    "activity": any_of("activite|activity|code activite|activity code"),
    "site": any_of("site|lieu|place"),
}
_DAY_END = 1440


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A row as read, its texts as they stand; times in minutes after midnight, None where they cannot be read.

    An end that is not after the start is on the next day.
    """

    row: int
    who: tuple[str, ...]
    day: date | None
    start: int | None
    end: int | None
    pause: int | None
    activity: str
    site: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanList:
    """The rows of a list, and the columns that were left out; `known` tells whether it is such a list at all."""

    known: bool
    lines: tuple[PlanLine, ...] = ()
    ignored: tuple[str, ...] = ()


def read_plan(rows: Sequence[tuple[int, Sequence[Cell]]]) -> PlanList:
    """Read a sheet's rows, numbered as the spreadsheet shows them."""
    lines = [(number, tuple(written(cell) for cell in cells)) for number, cells in rows]
    for at, (_, row) in enumerate(lines[:_HEAD_WITHIN]):
        heads = [fold(text) for text in row]
        columns = {name: [place for place, head in enumerate(heads) if head in known] for name, known in _HEADS.items()}
        if not all(columns[name] for name in ("who", "day", "start", "end", "activity")):
            continue
        taken = {place for places in columns.values() for place in places}
        ignored = tuple(text for place, text in enumerate(row) if text and place not in taken)
        needed = [columns[name][0] for name in ("day", "start", "end", "activity")]
        found = tuple(
            _line(number, cells, columns)
            for number, cells in lines[at + 1 :]
            if any(cells[place] for place in needed if place < len(cells))  # what stands below a list is no row of it
        )
        return PlanList(known=True, lines=found, ignored=ignored)
    return PlanList(known=False)


def _line(number: int, cells: Sequence[str], columns: dict[str, list[int]]) -> PlanLine:
    def at(name: str) -> str:
        places = columns[name]
        return cells[places[0]] if places and places[0] < len(cells) else ""

    start, end = _time(at("start")), _time(at("end"))
    if start is not None and end is not None and end <= start:
        end += _DAY_END
    return PlanLine(
        row=number,
        who=tuple(cells[place] for place in columns["who"] if place < len(cells) and cells[place]),
        day=_day(at("day")),
        start=start,
        end=end,
        pause=_pause(at("pause")),
        activity=at("activity"),
        site=at("site"),
        text=" · ".join(cell for cell in cells if cell),
    )


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except Unreadable:
        return None


def _time(text: str) -> int | None:
    found = parse_cell(text) if text else None
    return found.minutes if isinstance(found, Entry) and not found.absences else None


def _pause(text: str) -> int | None:
    """Read a break: minutes when it is a whole number from 5 on (`30`), else hours (`0:30`, `0,5`, `1`)."""
    if not text:
        return 0
    if text.isdecimal() and int(text) >= 5:
        return int(text)
    minutes = text.lower().removesuffix("min").removesuffix("mn").strip()
    if minutes != text.lower() and minutes.isdecimal():
        return int(Decimal(minutes))
    return _time(text)
