"""What a cell of the attendance grid shows, and how it is said aloud: no colours, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from ltu_desktop.rules.absence_kinds import HIDDEN, KINDS, PAPER
from ltu_desktop.rules.attendance import minutes_to_hundredths, show_minutes
from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from ltu_desktop.queries.attendance_rows import DayCell, DayHead
    from ltu_desktop.window.attendance_sheet import GridRow
    from ltu_desktop.words import Words

LEGEND = (
    ("CP", N_("paid leave")),
    ("MAL", N_("sick")),
    ("AT", N_("work accident")),
    ("FO", N_("training")),
    ("SS", N_("unpaid")),
    ("RC", N_("rest")),
    ("MP", N_("parent’s leave")),
    ("AP", N_("short time")),
    ("INJ", N_("unjustified")),
    ("JF", N_("public holiday")),
)
"""The codes as the grid shows them, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a cell shows: hours, a code, or both; `open` hours are planned only, `quiet` codes need nobody."""

    hours: str = ""
    code: str = ""
    open: bool = False
    quiet: bool = False
    corner: bool = False  # differs from the plan


@lru_cache(maxsize=4096)
def face(cell: DayCell, mark: str) -> Face:
    """Say what a cell shows."""
    code = cell.code
    if not cell.absences:
        if cell.said:
            return Face(show_minutes(cell.done, mark), corner=cell.changed)
        if cell.open:
            return Face(show_minutes(cell.open, mark), open=True)
        return Face(code=code, quiet=True)
    if cell.said and cell.done:
        return Face(show_minutes(cell.done, mark), code, corner=cell.changed)
    if cell.open and not cell.said:
        return Face(show_minutes(cell.open, mark), code, open=True)
    return Face("", code, corner=cell.changed)


def hours_text(words: Words, minutes: int) -> str:
    """Write minutes as hours with two decimals, for a sum."""
    return _hours(words, minutes)


@lru_cache(maxsize=8192)
def _hours(words: Words, minutes: int) -> str:
    return words.number(Decimal(minutes_to_hundredths(minutes)) / 100)


def kind_name(words: Words, kind: str) -> str:
    """Name a kind of absence, "absent" where reasons are kept from somebody."""
    return words.text(N_("absent")) if kind == HIDDEN or kind not in KINDS else words.absence(kind).lower()


def say_cell(words: Words, row: GridRow, head: DayHead, cell: DayCell) -> str:
    """Say a cell in words: who, which day, what is there, what was planned."""
    day = f"{words.weekday(head.day)} {words.day_of_month(head.day)}"
    said = [words.named(row.name, row.apart), day]
    if head.holiday_name:
        said.append(head.holiday_name)
    if cell.said:
        said.append(words.text(N_("{hours} worked"), hours=words.duration(cell.done)))
    for missed in cell.absences:
        name = kind_name(words, missed.kind)
        said.append(words.text(N_("{reason}, {hours}"), reason=name, hours=words.duration(missed.minutes)))
    if not cell.said and not cell.absences:
        if cell.closed:
            said.append(words.text(N_("closed")))
        elif cell.open:
            said.append(words.text(N_("planned {hours}, not done yet"), hours=words.duration(cell.open)))
        elif not head.holiday_name:
            said.append(words.text(N_("nothing planned")))
    elif cell.changed:
        said.append(words.text(N_("planned {hours}"), hours=words.duration(cell.target)))
    return ", ".join(said)


def paper_code(code: str) -> bool:
    """Tell whether a code is that of a hidden reason."""
    return code == PAPER
