"""Pictograms for paper: the window's icons as outlines, because a document embeds no font of signs."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from ltu_desktop import RESOURCES

EM = 1024
"""Units of an outline's square."""

_OPERATORS = {"M": ("m", 2), "L": ("l", 2), "C": ("c", 6), "Z": ("h", 0)}
_DOT = (
    "M 512 768 C 653 768 768 653 768 512 C 768 371 653 256 512 256 "
    "C 371 256 256 371 256 512 C 256 653 371 768 512 768 Z"
)


@lru_cache(maxsize=1)
def _outlines() -> dict[str, str]:
    with (RESOURCES / "pictograms.toml").open("rb") as file:
        return {name: entry["path"] for name, entry in tomllib.load(file).items()}


@lru_cache
def path(name: str) -> str:
    """Return a pictogram's outline as operators of a page, in a square of `EM` units; a dot for an unknown name."""
    words = _outlines().get(name, _DOT).split()
    operators, at = [], 0
    while at < len(words):
        operator, count = _OPERATORS[words[at]]
        operators.append(" ".join([*words[at + 1 : at + 1 + count], operator]))
        at += 1 + count
    return " ".join(operators)
