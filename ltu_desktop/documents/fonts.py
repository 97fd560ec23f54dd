"""The typeface of the documents: Source Sans Pro in three weights, embedded and subset; widths of texts."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.words import NARROW

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace

REGULAR, SEMIBOLD, BOLD = "SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold"

NARROW_ADVANCE = 0.19
"""Advance of U+202F in em: the face draws it 0.125 wide, so that the digits of an amount look glued."""

SMALLEST = 8.0
"""Nothing is printed smaller than this, in points: a photocopy at 70 % must still read."""

ELLIPSIS = "…"

# signs that the face lacks and that say the same as one it has
_SAME = str.maketrans({"\u2011": "-", "\u2010": "-", "\u2009": NARROW, "\u2007": "\u00a0", "\u00ad": ""})

_LATIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u017f]*")  # printable letters and signs that every face has
_lock = threading.Lock()
_faces: dict[str, TTFontFace] = {}


class TooWide(ValueError):  # noqa: N818  says what is wrong
    """An amount, date or hour does not fit its cell at 8 points: a fault of the layout, never cut."""


def register() -> None:
    """Register the three weights with reportlab, once for the process."""
    with _lock:
        if _faces:
            return
        from reportlab import rl_config
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        rl_config.useA85 = 0  # streams stay binary: smaller, and the text form is slow to write
        folder = files("font_source_sans_pro") / "files"
        for name in (REGULAR, SEMIBOLD, BOLD):
            font = TTFont(name, str(folder / f"{name}.ttf"))
            face = font.face
            glyph = face.charToGlyph[ord(NARROW)]
            advance = round(NARROW_ADVANCE * 1000)  # reportlab keeps widths in thousandths of an em
            face.charWidths[ord(NARROW)] = advance
            face.hmetrics[glyph] = (round(advance * face.unitsPerEm / 1000), face.hmetrics[glyph][1])
            pdfmetrics.registerFont(font)
            _faces[name] = face


@lru_cache(maxsize=16384)
def ems(text: str, face: str) -> float:
    """Return the width of a text in em; raise UserError("missing_sign") for a sign that the face lacks."""
    if not _faces:
        register()
    widths = _faces[face].charWidths
    try:
        return float(sum(widths[ord(char)] for char in text)) / 1000
    except KeyError as error:
        sign = chr(error.args[0])
        raise UserError(
            "missing_sign",
            N_("the typeface of the documents has no sign “{sign}” (U+{code})."),
            N_("Write the name with Latin, Greek or Cyrillic letters."),
            where=text.replace(sign, "?"),
            params={"sign": sign, "code": f"{ord(sign):04X}"},
        ) from None


def drawable(text: str) -> str:
    """Replace signs that the face lacks by their equals (a no-break hyphen by a hyphen)."""
    return text if text.isascii() else text.translate(_SAME)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """Return a free text (a name, an address) in signs that the face has, so that paper can always be printed.

    Unseen signs go, a letter with a foreign mark becomes its base letter, what is left becomes "?".
    """
    if _LATIN.fullmatch(text):
        return text
    if not _faces:
        register()
    known = _faces[REGULAR].charWidths
    written = ""
    for sign in drawable(text):
        if ord(sign) in known:
            written += sign
        elif unicodedata.category(sign)[0] not in "CM":
            base = "".join(each for each in unicodedata.normalize("NFKD", sign) if ord(each) in known)
            written += base or "?"
    return written


def fit_figure(text: str, face: str, size: float, room: float) -> float:
    """Return the size in points, at most `size`, at which a figure fits `room` points; raise TooWide below 8."""
    width = ems(text, face) * size
    if width <= room:
        return size
    smaller = size * room / width
    if smaller < SMALLEST - 0.005:
        raise TooWide(f"{text!r} needs {ems(text, face) * SMALLEST:.1f} pt at 8 pt, has {room:.1f} pt")
    return max(SMALLEST, smaller)


@lru_cache(maxsize=4096)
def fit_text(text: str, face: str, size: float, room: float, least: float = SMALLEST) -> tuple[str, float]:
    """Return a text and size that fit `room` points: smaller down to `least`, then cut with "…"."""
    width = ems(text, face) * size
    if width <= room:
        return text, size
    smaller = size * room / width
    if smaller >= least:
        return text, smaller
    size = min(size, least)
    kept = text
    while kept and ems(kept.rstrip() + ELLIPSIS, face) * size > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS, size


def wrap(text: str, face: str, size: float, room: float) -> list[str]:
    """Break a text into lines of at most `room` points, at spaces (never at a no-break one); long words are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and ems(longer, face) * size > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return [fit_text(each, face, size, room)[0] if ems(each, face) * size > room else each for each in lines]
