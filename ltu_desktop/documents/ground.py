"""What the sheets for the ground say: month sheets, weekly slips, the plan on the wall. Values only, no drawing.

They know no reason of an absence: what is not worked is `away`, and a month sheet bears one of the few codes of paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from ltu_desktop.rules.periods import Month

PAPER_CODES = ("CP", "JF", "FO", "RC", "AB")
"""The codes that may stand on paper; all other reasons are `AB`, whose reason stays in the office."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An activity as paper shows it: word, pictogram, colours of its bar and tint (six hexadecimal digits)."""

    name: str
    pictogram: str
    bar: str
    tint: str


@dataclass(frozen=True, slots=True)
class Stint:
    """A stretch of planned work, in minutes after midnight; `place` is the site's name, `pause` its unpaid minutes."""

    mark: Mark
    start: int
    end: int
    pause: int
    place: str


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A line of a month sheet. `done` is None on a sheet that is to be filled by hand; `rest`: nobody works then."""

    day: date
    stints: tuple[Stint, ...]
    planned: int
    done: int | None
    code: str
    rest: bool
    team: Mark | None = None  # the activity of a day whose hours are not laid down


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A person's month on one page, to be filled by pen or as it was done; `sentence` ties it to the hours paid."""

    list_name: str
    staff_number: str
    site: str
    weekly_minutes: int | None
    month: Month
    days: tuple[SheetDay, ...]
    filled: bool
    manager: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call when something is wrong."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of somebody's week."""

    day: date
    stints: tuple[Stint, ...]


@dataclass(frozen=True, slots=True)
class WeekSlip:
    """A person's week, for herself: easy to read, one idea a line."""

    first_name: str
    days: tuple[WeekDay, ...]
    minutes: int
    home: str  # the site where she usually works


@dataclass(frozen=True, slots=True)
class WallRow:
    """Somebody's week on the wall: first name, initial of the name, and each day's stints here or elsewhere."""

    first_name: str
    initial: str
    days: tuple[tuple[Stint, ...], ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """A week of a site or an activity on the wall; `days` are Monday to Friday, and further ones if somebody works."""

    title: str
    place: str  # the site's name: work elsewhere is said as such; empty when the sheet is of no one site
    days: tuple[date, ...]
    rows: tuple[WallRow, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all these sheets repeat: whose they are, when they were printed, whom to call."""

    employer: str
    printed: datetime
    contact: Contact | None
    program: str
