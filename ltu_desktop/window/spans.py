"""Stretches of a day as people type them: `8:30–12:00, 13h-16h30`. Pure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TIME = r"(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?)?"
_SPAN = re.compile(rf"\s*{_TIME}\s*(?:[-–—]|à|to)\s*{_TIME}\s*")
Spans = tuple[tuple[int, int], ...]
LONG = 360
NOON_BREAK = 60


def read_time(text: str) -> int:
    """Read a time of day (`8:30`, `8h30`, `8h`, `8`) as minutes after midnight; raise ValueError for anything else."""
    found = re.fullmatch(rf"\s*{_TIME}\s*", text)
    if found is None:
        raise ValueError(text)
    return _minutes(found[1], found[2], text)


def read_spans(text: str) -> Spans:
    """Read stretches parted by commas, in order; empty text is none. Raise ValueError for what cannot be a stretch."""
    found = []
    for part in (each for each in re.split(r"[,;/]|\bet\b|\band\b", text) if each.strip()):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise ValueError(text)
        start, end = _minutes(match[1], match[2], text), _minutes(match[3], match[4], text)
        if start >= end:
            raise ValueError(text)
        found.append((start, end))
    found.sort()
    if any(one[1] > other[0] for one, other in pairwise(found)):
        raise ValueError(text)
    return tuple(found)


def _minutes(hours: str, minutes: str | None, text: str) -> int:
    value = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or value > 1440:
        raise ValueError(text)
    return value


def write_time(minutes: int) -> str:
    """Write a time of day as it is typed, the same in both languages: `8:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def write_spans(spans: Sequence[tuple[int, int]]) -> str:
    """Write stretches as they are typed."""
    return ", ".join(f"{write_time(start)}–{write_time(end)}" for start, end in spans)


def usual_break(start: int, end: int) -> int:
    """Return the break that a shift gets until somebody says otherwise: an hour at noon of a long one."""
    return NOON_BREAK if end - start > LONG else 0
