"""How alike two people are, when no number says it: names and birth date compared, typing errors forgiven."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from ltu_desktop.rules.text import fold

SAME = Decimal(92)
"""From this score on two records are taken for one person, until someone says otherwise."""
MAYBE = Decimal(78)
"""From this score on people are asked whether two records are one person."""

_WILD = "\u0294"  # a letter no name in our alphabet has: stands for `?` while the rest is folded
_NAME, _FIRST, _BIRTH = 40, 25, 35  # weights out of 100
_NO_BIRTH = 90  # names alone never make one sure


Compare = Callable[[str, str], float]


class Named(msgspec.Struct, frozen=True):
    """What two records are compared by; `use_name` is the name in use where it differs from the family name.

    In names a `?` stands for a letter that the source's alphabet lacks.
    """

    name: str
    first_names: str = ""
    birth_date: date | None = None
    use_name: str = ""


class Way(NamedTuple):
    """A way to read a record, folded: family name and name in use, and first names (None: there are none)."""

    names: tuple[str, ...]
    first: str | None


class Folded(NamedTuple):
    """What is compared of a record, folded once for all comparisons; `wild` tells that letters are lost.

    The first of its ways is as it is written, the second (if it has first names) with name and first names swapped.
    """

    ways: tuple[Way, ...]
    birth_date: date | None
    wild: bool


def folded(who: Named) -> Folded:
    """Fold a record; what is blank is left out."""
    name, use_name, first = (
        _folded(text) if text.strip() else None for text in (who.name, who.use_name, who.first_names)
    )
    straight = Way(tuple({text for text in (name, use_name) if text is not None}), first)
    ways = (straight,) if first is None else (straight, Way((first,), name))
    return Folded(ways, who.birth_date, any(text and _WILD in text for text in (name, use_name, first)))


def score(a: Named, b: Named) -> Decimal:
    """Score from 0 (strangers) to 100 (one person); the same whichever record comes first.

    Family name and name in use may be swapped, and so may name and first names. A missing birth date caps the score.
    """
    return score_folded(folded(a), folded(b))


def score_folded(a: Folded, b: Folded, compare: Compare | None = None) -> Decimal:
    """Score two records that are folded already; `compare` compares two of their names, as `alike` does if not told."""
    compare = compare or _alike
    as_written, *swapped = a.ways
    others_as_written, *others_swapped = b.ways
    names = max(
        _names(as_written, others_as_written, compare),
        *(_names(as_written, way, compare) for way in others_swapped),
        *(_names(way, others_as_written, compare) for way in swapped),
        0.0,
    )
    if a.birth_date is None or b.birth_date is None:
        return Decimal(round(names * _NO_BIRTH / 100))
    return Decimal(round((names * (_NAME + _FIRST) + births(a.birth_date, b.birth_date) * _BIRTH) / 100))


def alike(a: str, b: str) -> float:
    """Score two names from 0 to 100, folded, `?` standing for one letter (which may fold into two: œ)."""
    return _alike(_folded(a), _folded(b))


def _alike(left: str, right: str) -> float:
    if left == right:
        return 100.0
    if _WILD in left or _WILD in right:
        if _pattern(left).fullmatch(right) or _pattern(right).fullmatch(left):
            return 100.0
        left, right = _filled(left, right), _filled(right, left)
    return fuzz.ratio(left, right)


def at_most(left: str, right: str) -> float:
    """Say how alike two folded names can be at most; far sooner than how alike they are, when letters are lost."""
    lost = left.count(_WILD) + right.count(_WILD)
    if not lost:
        return _alike(left, right)
    shared = LCSseq.similarity(left.replace(_WILD, ""), right.replace(_WILD, ""))
    return min(100.0, 200 * (shared + 2 * lost) / (len(left) + len(right)))


def _folded(text: str) -> str:
    return fold(text.replace("?", _WILD))


def _pattern(folded: str) -> re.Pattern[str]:
    return re.compile("".join("[^ ]{1,2}" if letter == _WILD else re.escape(letter) for letter in folded))


def _filled(wild: str, model: str) -> str:
    """Put the model's letters where the best alignment of the two finds a wildcard."""
    letters = list(wild)
    for step in Levenshtein.editops(wild, model):
        if step.tag == "replace" and letters[step.src_pos] == _WILD:
            letters[step.src_pos] = model[step.dest_pos]
    return "".join(letters)


def _names(a: Way, b: Way, compare: Compare) -> float:
    if not a.names or not b.names:
        return 0.0
    if a.first is not None and b.first is not None:
        apart = max(compare(one, other) for one, other in product(a.names, b.names))
        return (apart * _NAME + first_names(a.first, b.first, compare) * _FIRST) / (_NAME + _FIRST)
    # one record has all names in one field, or its bearer has one name only
    return max(compare(one, other) for one, other in product(wholes(a), wholes(b)))


def wholes(way: Way) -> list[str]:
    """Write all names in one, once for each family name."""
    return [" ".join(part for part in (name, way.first) if part) for name in way.names]


def first_names(a: str, b: str, compare: Compare | None = None) -> float:
    """Compare folded first names; records often hold the first one only, where another holds all."""
    left, right = a.split(), b.split()
    compare = compare or _alike
    whole = compare(a, b)
    if len(left) == len(right):
        return whole
    shared = min(len(left), len(right)) or None
    return max(whole, compare(" ".join(left[:shared]), " ".join(right[:shared])) - 1)


def births(a: date, b: date) -> float:
    """100 for the same day, 60 for a slip of the pen (one figure, or day and month swapped), else 0."""
    if a == b:
        return 100.0
    swapped = (a.year, a.month, a.day) == (b.year, b.day, b.month)
    slips = sum(one != other for one, other in zip(a.isoformat(), b.isoformat(), strict=True))
    return 60.0 if swapped or slips == 1 else 0.0
