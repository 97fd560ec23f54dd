"""Where a person's contracts lie on a line of time, and what moves on it: plain values, no painting.

A grip is a day that can be dragged: that of an amendment (between the terms before it and those after it), or a
contract's last day. A contract without an end has its grip at the right edge: drawn to the left, it gets one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.queries.people import ContractRow, TermsRow

LEAST = timedelta(days=15)  # shown before the first start (or today) and after the last end (or today)
REACH = 6  # px around a grip in which it is caught
SNAP = 4  # px around a month's beginning (or end) in which the day takes it
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch on one set of terms: where it lies, in pixels, and what it says."""

    left: int
    width: int
    terms: TermsRow
    first: bool  # the first stretch of its contract
    current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year."""

    left: int
    year: int


class Moves(StrEnum):
    """What a grip moves."""

    AMENDMENT = "amendment"
    END = "end"


@dataclass(frozen=True, slots=True)
class Grip:
    """A day that can be moved: what it is, where it lies in pixels, and between which days it stays.

    `day` is None for the end of a contract that has none; `terms` are those that begin (or end) there.
    """

    moves: Moves
    left: int
    day: date | None
    earliest: date
    latest: date
    contract: ContractRow
    terms: TermsRow
    before: TermsRow | None = None  # of an amendment: the terms that it follows


@dataclass(frozen=True, slots=True)
class Lay:
    """Everything on the line, in pixels from its left."""

    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    today: int
    first: date = date.min
    last: date = date.min
    width: int = 0

    def at(self, day: date) -> int:
        """Return where a day lies."""
        return round((day - self.first).days * self.width / max(1, (self.last - self.first).days))

    def day_at(self, x: int) -> date:
        """Return the day at a place."""
        return self.first + timedelta(days=round(x * (self.last - self.first).days / max(1, self.width)))


def lay(contracts: Sequence[ContractRow], today: date, width: int) -> Lay:
    """Lay the stretches of all contracts, the years and today out in a width."""
    stretches = [(contract, terms) for contract in contracts for terms in contract.terms]
    if not stretches:
        return Lay((), (), 0)
    first = min([today, *(terms.start for _, terms in stretches)])
    ends = [terms.end for _, terms in stretches if terms.end is not None]
    last = max([today, *(terms.start for _, terms in stretches), *ends])
    around = max((last - first) * 0.08, LEAST)
    whole = Lay((), (), 0, first - around, last + around, width)
    blocks = []
    for contract, terms in stretches:
        end = (terms.end or whole.last) + DAY
        left = whole.at(terms.start)
        current = terms.start <= today and (terms.end is None or terms.end >= today)
        wide = max(3, whole.at(min(end, whole.last)) - left - 1)
        blocks.append(Block(left, wide, terms, terms is contract.terms[0], current))
    years = range(whole.first.year + 1, whole.last.year + 1)
    ticks = tuple(Tick(whole.at(date(year, 1, 1)), year) for year in years)
    return Lay(tuple(blocks), ticks, whole.at(today), whole.first, whole.last, width)


def grips(laid: Lay, contracts: Sequence[ContractRow]) -> tuple[Grip, ...]:
    """Return what can be dragged, from left to right."""
    found: list[Grip] = []
    for place, contract in enumerate(contracts):
        terms = contract.terms
        for at, each in enumerate(terms[1:], 1):
            after = terms[at + 1].start - DAY if at + 1 < len(terms) else contract.end or laid.last
            earliest = terms[at - 1].start + DAY
            found.append(
                Grip(
                    Moves.AMENDMENT,
                    laid.at(each.start),
                    each.start,
                    earliest,
                    max(earliest, after),
                    contract,
                    each,
                    terms[at - 1],
                )
            )
        if terms:
            following = contracts[place + 1].start - DAY if place + 1 < len(contracts) else laid.last
            right = laid.at(contract.end + DAY) if contract.end is not None else laid.width
            earliest = terms[-1].start
            found.append(
                Grip(Moves.END, right - 1, contract.end, earliest, max(earliest, following), contract, terms[-1])
            )
    return tuple(sorted(found, key=lambda grip: grip.left))


def caught(found: Sequence[Grip], x: int) -> Grip | None:
    """Return the grip at a place, the nearest of several; an amendment before an end at the same place."""
    near = [grip for grip in found if abs(grip.left - x) <= REACH]
    return min(near, key=lambda grip: (abs(grip.left - x), grip.moves is Moves.END), default=None)


def moved(grip: Grip, laid: Lay, x: int) -> date:
    """Return the day of a grip that is dragged to a place: within its limits, and on a month's edge when near one."""
    day = laid.day_at(x - 1 if grip.moves is Moves.END else x)
    edges = [_edge(grip, day, months) for months in (0, 1)]
    near = min(edges, key=lambda edge: abs(laid.at(edge) - laid.at(day)))
    if abs(laid.at(near) - laid.at(day)) <= SNAP:
        day = near
    return min(max(day, grip.earliest), grip.latest)


def stepped(grip: Grip, day: date | None, days: int, today: date) -> date:
    """Return the day of a grip that is moved by some days with the keyboard; an end that is not there begins today."""
    start = day or grip.day or min(max(today, grip.earliest), grip.latest)
    return min(max(start + timedelta(days=days), grip.earliest), grip.latest)


def _edge(grip: Grip, day: date, months: int) -> date:
    """Return the beginning of a day's month or the next one's; for an end the day before it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first - DAY if grip.moves is Moves.END else first
