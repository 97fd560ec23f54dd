"""Months, years and dates: the time grid of claims."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

_MONTH = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])\Z")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, written `2026-10`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`; raise ValueError for anything else."""
        found = _MONTH.match(text)
        if not found:
            raise ValueError(f"not a month (YYYY-MM): {text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that holds a day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """The month's first day."""
        return _first(self.year, self.number)

    @property
    def last(self) -> date:
        """The month's last day."""
        return _last(self.year, self.number)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return _days(self.year, self.number)

    def plus(self, months: int) -> Month:
        """Return the month that lies so many months later (or earlier, when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def year_so_far(self) -> list[Month]:
        """Return January to this month, in order."""
        return [Month(self.year, number) for number in range(1, self.number + 1)]


@lru_cache(maxsize=1200)
def _first(year: int, number: int) -> date:
    return date(year, number, 1)


@lru_cache(maxsize=1200)
def _last(year: int, number: int) -> date:
    return date(year, number, _days(year, number))


@lru_cache(maxsize=1200)
def _days(year: int, number: int) -> int:
    return calendar.monthrange(year, number)[1]


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days the span has."""
        return (self.end - self.start).days + 1

    def meet(self, other: Span) -> Span | None:
        """Return the days that both spans share, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start <= end else None


def cut(span: Span, at: list[date]) -> list[Span]:
    """Cut a span at the given days, each of which starts a new piece; the pieces together are the span."""
    starts = sorted({span.start, *(day for day in at if span.start < day <= span.end)})
    ends = [day - timedelta(days=1) for day in starts[1:]] + [span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]
