"""How alike two people are, when no number says it: names and birth date compared, typing errors forgiven."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import product

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ltu_desktop.rules.text import fold

SAME = Decimal(92)
"""From this score on two records are taken for one person, until someone says otherwise."""
MAYBE = Decimal(78)
"""From this score on people are asked whether two records are one person."""

_WILD = "\u0294"  # a letter no name in our alphabet has: stands for `?` while the rest is folded
_NAME, _FIRST, _BIRTH = 40, 25, 35  # weights out of 100
_NO_BIRTH = 90  # names alone never make one sure


class Named(msgspec.Struct, frozen=True):
    """What two records are compared by; `use_name` is the name in use where it differs from the family name.

    In names a `?` stands for a letter that the source's alphabet lacks.
    """

    name: str
    first_names: str = ""
    birth_date: date | None = None
    use_name: str = ""


def score(a: Named, b: Named) -> Decimal:
    """Score from 0 (strangers) to 100 (one person); the same whichever record comes first.

    Family name and name in use may be swapped, and so may name and first names. A missing birth date caps the score.
    """
    names = max(_names(a, b), _names(a, _swapped(b)), _names(_swapped(a), b))
    if a.birth_date is None or b.birth_date is None:
        return Decimal(round(names * _NO_BIRTH / 100))
    return Decimal(round((names * (_NAME + _FIRST) + _births(a.birth_date, b.birth_date) * _BIRTH) / 100))


def alike(a: str, b: str) -> float:
    """Score two names from 0 to 100, folded, `?` standing for one letter (which may fold into two: œ)."""
    left, right = _folded(a), _folded(b)
    if left == right:
        return 100.0
    if _WILD in left or _WILD in right:
        if _pattern(left).fullmatch(right) or _pattern(right).fullmatch(left):
            return 100.0
        left, right = _filled(left, right), _filled(right, left)
    return fuzz.ratio(left, right)


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


def _names(a: Named, b: Named) -> float:
    left = {text for text in (a.name, a.use_name) if text.strip()}
    right = {text for text in (b.name, b.use_name) if text.strip()}
    if not left or not right:
        return 0.0
    apart = max(alike(one, other) for one, other in product(left, right))
    if a.first_names.strip() and b.first_names.strip():
        return (apart * _NAME + _first_names(a.first_names, b.first_names) * _FIRST) / (_NAME + _FIRST)
    # one record has all names in one field, or its bearer has one name only
    return max(alike(f"{one} {a.first_names}", f"{other} {b.first_names}") for one, other in product(left, right))


def _first_names(a: str, b: str) -> float:
    """Compare first names; records often hold the first one only, where another holds all."""
    left, right = _folded(a).split(), _folded(b).split()
    shared = min(len(left), len(right)) or None
    return max(alike(a, b), alike(" ".join(left[:shared]), " ".join(right[:shared])) - (len(left) != len(right)))


def _swapped(person: Named) -> Named:
    if not person.first_names.strip():
        return person
    return Named(person.first_names, person.name, person.birth_date)


def _births(a: date, b: date) -> float:
    """100 for the same day, 60 for a slip of the pen (one figure, or day and month swapped), else 0."""
    if a == b:
        return 100.0
    swapped = (a.year, a.month, a.day) == (b.year, b.day, b.month)
    slips = sum(one != other for one, other in zip(a.isoformat(), b.isoformat(), strict=True))
    return 60.0 if swapped or slips == 1 else 0.0
