"""The QR code of the seal: capitals, digits and colons only, drawn as rectangles on the canvas."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL_LEVEL, LARGE_LEVEL = "l", "m"
QUIET = 4
"""Modules of white that a code needs around it."""


@lru_cache(maxsize=64)
def matrix(text: str, level: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a code, row by row from the top, without the white around."""
    import segno

    code = segno.make(text, error=level, micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def bars(modules: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """Yield horizontal runs of dark modules: column, row from the top, length."""
    for row, line in enumerate(modules):
        start: int | None = None
        for column, dark in enumerate((*line, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, row, column - start
                start = None
