"""Shades: how far a colour must be darkened so that white on it can be read, by WCAG's contrast."""

from __future__ import annotations

from functools import lru_cache

READABLE = 4.5
"""Least contrast of text with its ground."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours of six hexadecimal digits: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache
def under_white(colour: str) -> str:
    """Darken a colour just as far as white on it needs."""
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    while contrast("FFFFFF", _hex(parts)) < READABLE:
        parts = [part * 97 // 100 for part in parts]
    return _hex(parts)


def _hex(parts: list[int]) -> str:
    return "".join(f"{part:02X}" for part in parts)


def _luminance(colour: str) -> float:
    linear = []
    for at in (0, 2, 4):
        part = int(colour[at : at + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
