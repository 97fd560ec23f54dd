"""The hours of a weekday in a work pattern as people type them: `8:30–12:00, 13:00–16:30` or `8:30–16:30 /60`. Pure."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ltu_desktop.window.spans import read_spans, write_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

Hours = tuple[int, int, int]
"""Start, end and break in minutes."""

_PAUSE = re.compile(r"(.*?)\s*/\s*(\d{1,3})\s*")


def read_hours(text: str) -> tuple[Hours, ...]:
    """Read the hours of a day, each with its break after `/`; none is a free day. Raise ValueError for what is none."""
    found: list[Hours] = []
    for part in (each for each in re.split(r"[,;]", text) if each.strip()):
        match = _PAUSE.fullmatch(part)
        spans = read_spans(match[1] if match else part)
        pause = int(match[2]) if match else 0
        if len(spans) != 1 or pause >= spans[0][1] - spans[0][0]:
            raise ValueError(text)
        found.append((*spans[0], pause))
    found.sort()
    if any(one[1] > other[0] for one, other in pairwise(found)):
        raise ValueError(text)
    return tuple(found)


def write_hours(hours: Iterable[Hours]) -> str:
    """Write the hours of a day as they are typed."""
    return ", ".join(write_spans([(start, end)]) + (f" /{pause}" if pause else "") for start, end, pause in hours)
