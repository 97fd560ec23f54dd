"""Who is eligible (loi 2020-1577 art. 9, décret 2021-863): four points of a person, and how sure each is."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

VOLUNTEER, WITHOUT_JOB, RESIDENT, RECOGNISED = CRITERIA = ("volunteer", "without_job", "resident", "recognised")
"""Volunteer; without employment for a year; living in the territory for six months; recognised by the committee."""

LEAST_MONTHS = {WITHOUT_JOB: 12, RESIDENT: 6}
"""How long a state must have lasted on the day of the hire."""


class State(StrEnum):
    """What is known of a point: in order, nothing said, or said with a day that does not fit the hire."""

    OK = "ok"
    MISSING = "missing"
    DOUBTFUL = "doubtful"


def latest(criterion: str, hired: date) -> date:
    """Return the last day since which a point may hold (on which it may have been decided), for a hire."""
    return _months_before(hired, LEAST_MONTHS.get(criterion, 0))


def state(criterion: str, day: date | None, hired: date) -> State:
    """Judge a point by its day: since when, or when decided. That somebody volunteers may be noted at any time."""
    if day is None:
        return State.MISSING
    return State.OK if criterion == VOLUNTEER or day <= latest(criterion, hired) else State.DOUBTFUL


def hired_on(spans: Sequence[tuple[date, date | None]], by: date) -> date | None:
    """Return the first day of the last employment begun by a day; contracts without a break count as one.

    `spans` are first and last days of contracts, oldest first. None when no contract has begun.
    """
    begun = [span for span in spans if span[0] <= by]
    if not begun:
        return None
    hired = begun[-1][0]
    for start, end in reversed(begun[:-1]):
        if end is not None and end < hired - timedelta(days=1):
            break
        hired = start
    return hired


@lru_cache(maxsize=4096)  # many are hired on the same days
def _months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or that month's last day when it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
