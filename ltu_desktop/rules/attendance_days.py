"""A person's day on the ground: what was planned, what a cell makes of it, and how absences are counted in days.

Only planned minutes can be missed: a Tuesday never worked, a public holiday or a closed day inside a leave is no
absence. Days of leave are counted in the person's own week: a day at most six tenths as long as her longest one is half
a day, so that four days and a morning are 4.5 days, and five mornings are five.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ltu_desktop.rules.attendance import AFTERNOON, DAY, HALF, HOURS, MORNING, Entry, refusal, show_entry
from ltu_desktop.rules.errors import Problem
from ltu_desktop.rules.money import to_cent

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOON = 13 * 60


class DayTarget(NamedTuple):
    """What a person's day should be: planned minutes, those of them in the morning, and those that a holiday takes.

    `holiday` is the day's name when it is a public holiday, `closed` says that the place is closed: then `minutes` is 0
    and `spared` are the minutes that would have been planned.
    """

    minutes: int = 0
    morning: int = 0
    spared: int = 0
    holiday: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """An absence of a day, in minutes of what was planned."""

    kind: str
    minutes: int
    part: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cell makes of a day: minutes worked (None: nothing said) and the absences."""

    done: int | None
    absences: tuple[Missed, ...]


def morning_of(start: int, end: int, pause: int) -> int:
    """Return the minutes of a span of work that lie in the morning.

    A span that ends by two is a morning, one that starts from noon on is none; another is cut at one o'clock, with its
    break around the cut.
    """
    if end <= _NOON + 60:
        return end - start - pause
    if start >= _NOON - 60:
        return 0
    return max(0, _NOON - start - (pause + 1) // 2)


def settle(entry: Entry, target: DayTarget) -> Outcome | Problem:
    """Say what a cell makes of a day; a `Problem` (`cell_no_target`, `cell_over_target`) when it cannot be."""
    left = target.minutes
    found: list[Missed] = []
    for each in sorted(entry.absences, key=lambda one: one.part == DAY):  # the rest of the day comes last
        if each.part == DAY:
            minutes = left - (entry.minutes or 0)
        elif each.part == HOURS:
            minutes = each.minutes or 0
        elif each.part == HALF:
            minutes = target.minutes // 2
        else:
            minutes = target.morning if each.part == MORNING else target.minutes - target.morning
        if minutes <= 0:
            return refusal("cell_no_target", show_entry(entry))
        if minutes > left:
            return refusal("cell_over_target", show_entry(entry), target_minutes=str(target.minutes))
        left -= minutes
        part = HOURS if each.part == HALF or (each.part == DAY and minutes < target.minutes) else each.part
        found.append(Missed(each.kind, minutes, DAY if minutes == target.minutes else part))
    return Outcome(entry.minutes, tuple(found))


def cell_text(done: int | None, absences: Iterable[Missed], target: DayTarget, mark: str = ",") -> str:
    """Write a day as a cell is typed, as shortly as the target allows: `CP` for the whole day, `½CP` for half of it."""
    from ltu_desktop.rules.attendance import AbsencePart

    parts = []
    for each in absences:
        if each.part in {MORNING, AFTERNOON}:
            parts.append(AbsencePart(each.kind, each.part))
        elif each.minutes == target.minutes:
            parts.append(AbsencePart(each.kind))
        elif each.minutes == target.minutes // 2:
            parts.append(AbsencePart(each.kind, HALF))
        else:
            parts.append(AbsencePart(each.kind, HOURS, each.minutes))
    return show_entry(Entry(done, tuple(parts)), mark)


def leave_days(days: Iterable[tuple[int, int, int]]) -> Decimal:
    """Count absences in days, two decimals, half up: minutes missed, minutes planned, longest day of her week, each."""
    total = Decimal(0)
    for missed, planned, longest in days:
        whole = Decimal(1) if planned * 10 > longest * 6 else Decimal("0.5")
        total += whole * missed / planned
    return to_cent(total)


Shares = tuple[tuple[bytes | None, int], ...]


def allot(minutes: int, known: Shares, planned: Shares, team: bytes | None) -> dict[bytes | None, int]:
    """Share a day's minutes out to activities: as they were before, else as planned, else all to the person's own.

    What is more or less than before falls on the longest; what is more than planned on the last.
    """
    if known:
        return _stretched(minutes, dict(known))
    shares: dict[bytes | None, int] = {}
    left = minutes
    for one, most in planned:
        if left <= 0:
            break
        shares[one] = shares.get(one, 0) + min(most, left)
        left -= min(most, left)
    last = next(reversed(shares), planned[-1][0] if planned else team)
    shares[last] = shares.get(last, 0) + left
    return shares


def _stretched(minutes: int, shares: dict[bytes | None, int]) -> dict[bytes | None, int]:
    longest = sorted(shares, key=lambda one: -shares[one])
    more = minutes - sum(shares.values())
    for one in longest:
        change = max(more, -shares[one])
        shares[one] += change
        more -= change
    kept = {one: share for one, share in shares.items() if share}
    return kept or {longest[0]: 0}
