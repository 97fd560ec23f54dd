"""Months that a bank line names in its words: `CDE 10/2026`, `oct. 26`, `septembre et octobre 2026`."""

from __future__ import annotations

import re
from itertools import pairwise

from ltu_desktop.intake.values import MONTH_NAMES
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold

_DAYS = re.compile(r"\b(?:[0-9]{1,2} [0-9]{1,2} (?:20)?[0-9]{2}|20[0-9]{2} [0-9]{2} [0-9]{2})\b")
_YEAR = re.compile(r"20[0-9]{2}|[0-9]{2}")
_NUMBER_FIRST = re.compile(r"\b(0?[1-9]|1[0-2]) ?(20[0-9]{2})\b")
_YEAR_FIRST = re.compile(r"\b(20[0-9]{2}) ?(0[1-9]|1[0-2])\b")
_AHEAD = 4  # words between a month and the year that it shares with a later one


def months_in(text: str) -> set[Month]:
    """Return the months named; days are none, a month without a year shares that of the next one."""
    plain = _DAYS.sub(" ", fold(text))
    found = {Month(int(year), int(month)) for month, year in _NUMBER_FIRST.findall(plain)}
    found |= {Month(int(year), int(month)) for year, month in _YEAR_FIRST.findall(plain)}
    words = plain.split()
    for place, word in enumerate(words):
        if word in MONTH_NAMES:
            following = words[place + 1 : place + 1 + _AHEAD]
            if following and _YEAR.fullmatch(following[0]):
                year = following[0]
            else:
                year = next(
                    (after for name, after in pairwise(following) if name in MONTH_NAMES and _YEAR.fullmatch(after)),
                    "",
                )
            if year:
                found.add(Month(int(year) % 100 + 2000, MONTH_NAMES[word]))
    return found
