"""What the planning pages show: typed rows, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.rules.planning import Conflict, Week


@dataclass(frozen=True, slots=True)
class ActivityMark:
    """An activity as a block and a filter; palette and pictogram are those to be shown."""

    id: bytes
    code: str
    name: str
    palette: str
    pictogram: str
    site_id: bytes | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A site as a filter."""

    id: bytes
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A planned stretch of work; an end after 1440 is on the next day."""

    id: bytes
    version: int
    person_id: bytes
    day: date
    activity_id: bytes
    site_id: bytes | None
    start: int
    end: int
    pause: int
    series_id: bytes | None
    note: str

    @property
    def minutes(self) -> int:
        """Worked minutes."""
        return self.end - self.start - self.pause


@dataclass(frozen=True, slots=True)
class AwayRow:
    """Minutes of a day that somebody is away; `kind` is "absent" where reasons are hidden."""

    person_id: bytes
    day: date
    minutes: int
    part: str
    kind: str


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """A person's week."""

    person_id: bytes
    staff_number: str
    list_name: str
    status: str
    site_id: bytes | None
    weekly_minutes: int | None
    target_minutes: tuple[int, ...]
    shifts: tuple[ShiftRow, ...]
    away: tuple[AwayRow, ...]
    holidays: frozenset[int]
    skills: frozenset[bytes]
    refused: frozenset[bytes]
    wished: frozenset[bytes]
    limits: frozenset[str]


@dataclass(frozen=True, slots=True)
class CoverRow:
    """How many people a slot needs, and how many it has."""

    id: bytes
    activity_id: bytes
    site_id: bytes | None
    weekday: int
    start: int
    end: int
    needed: int
    filled: int


@dataclass(frozen=True, slots=True)
class WeekBoard:
    """A week of plans; `closed`: some of its days lie in a closed month. `week` is what the rules judge by."""

    monday: date
    people: tuple[PersonWeek, ...]
    activities: tuple[ActivityMark, ...]
    sites: tuple[SiteMark, ...]
    cover: tuple[CoverRow, ...]
    closed: bool
    conflicts: tuple[Conflict, ...]
    week: Week


@dataclass(frozen=True, slots=True)
class NeedRow:
    """How many people an activity needs each week in a slot; `start_on` and `end_on` None: since and for ever."""

    id: bytes
    version: int
    activity_id: bytes
    site_id: bytes | None
    weekday: int
    start: int
    end: int
    people: int
    start_on: date | None
    end_on: date | None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A week that was kept."""

    id: bytes
    version: int
    name: str
    shifts: int
    people: int


@dataclass(frozen=True, slots=True)
class PatternSlot:
    """Hours of a weekday in a week (from 0) of a cycle."""

    id: bytes
    week: int
    weekday: int
    start: int
    end: int
    pause: int


@dataclass(frozen=True, slots=True)
class PatternRow:
    """A work pattern; `used`: how many contract terms name it."""

    id: bytes
    version: int
    name: str
    weeks: int
    slots: tuple[PatternSlot, ...]
    used: int

    def minutes(self, week: int) -> int:
        """Worked minutes of a week of the cycle."""
        return sum(each.end - each.start - each.pause for each in self.slots if each.week == week)


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """Closed days of a site, or (None) of all."""

    id: bytes
    version: int
    site_id: bytes | None
    start: date
    end: date
    name: str
