"""Reads our PDFs back: each text with its place, size and face, rebuilt from the page's own operators."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

MM = 72 / 25.4
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Piece:
    """A text drawn at one go: left edge and baseline in millimetres from the top left, size in points."""

    x: float
    y: float
    text: str
    size: float
    face: str
    width: float

    @property
    def right(self) -> float:
        return self.x + self.width


class Paper:
    """A PDF read back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pikepdf.open(io.BytesIO(data))

    @cached_property
    def pages(self) -> list[list[Piece]]:
        return [list(_pieces(page)) for page in self.pdf.pages]

    def text(self, page: int | None = None) -> str:
        """All texts in drawing order, one a line; all kinds of space as one."""
        pages = self.pages if page is None else [self.pages[page]]
        return "\n".join(piece.text.translate(SPACES) for pieces in pages for piece in pieces)

    def rows(self, page: int) -> list[list[Piece]]:
        """The pieces of a page by baseline, from the top, each row from the left."""
        found: dict[int, list[Piece]] = {}
        for piece in self.pages[page]:
            found.setdefault(round(piece.y * 10), []).append(piece)
        merged: list[list[Piece]] = []
        for key in sorted(found):
            if merged and key - round(merged[-1][0].y * 10) <= 2:  # smaller type sits a hair higher
                merged[-1] += found[key]
            else:
                merged.append(found[key])
        return [sorted(row, key=lambda piece: piece.x) for row in merged]

    def lines(self, page: int) -> list[str]:
        """The rows of a page as text, pieces parted by one bar."""
        return ["|".join(piece.text.translate(SPACES) for piece in row) for row in self.rows(page)]


def number(text: str) -> Decimal:
    """A printed figure, French or English, as a number; "–" is nothing."""
    plain = text.translate(SPACES).replace("€", "").replace("−", "-").replace("+", "").strip()
    if plain == "–":
        return Decimal(0)
    english = bool(re.search(r"\.\d{2,4}$", plain))
    plain = plain.replace(",", "") if english else plain.replace(" ", "").replace(",", ".")
    return Decimal(plain)


def _pieces(page: Any) -> Iterator[Piece]:
    height = float(page.MediaBox[3])
    fonts = {name: _Font(font) for name, font in page.Resources.Font.items()}
    font, size, x, y = None, 0.0, 0.0, 0.0
    outline = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "Tf":
            font, size = fonts[str(operands[0])], float(operands[1])
        elif name == "Tm":
            x, y = float(operands[4]), float(operands[5])
        elif name == "Tr":
            outline = int(operands[0])
        elif name == "Q":
            outline = 0
        elif name == "Tj" and font is not None:
            codes = bytes(operands[0])
            text, width = font.read(codes)
            if not text:
                continue
            if outline:
                x, y = 0.0, height
            yield Piece(x / MM, (height - y) / MM, text, size, font.name, width * size / MM)
            x += width * size


class _Font:
    """A simple TrueType font: codes to letters by its ToUnicode map, widths by its table."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont)
        self.first = int(font.FirstChar)
        self.widths = [float(width) / 1000 for width in font.Widths]
        self.letters = _unicode_map(bytes(font.ToUnicode.read_bytes()))

    def read(self, codes: bytes) -> tuple[str, float]:
        return "".join(self.letters[code] for code in codes), sum(self.widths[code - self.first] for code in codes)


def _unicode_map(data: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    text = data.decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, listed, start in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:\[(.*?)\]|<([0-9A-Fa-f]+)>)", block, re.DOTALL
        ):
            first, last = int(low, 16), int(high, 16)
            if listed:
                letters = re.findall(r"<([0-9A-Fa-f]+)>", listed)
                for code, letter in zip(range(first, last + 1), letters, strict=True):
                    found[code] = bytes.fromhex(letter).decode("utf-16-be")
            else:
                for code in range(first, last + 1):
                    found[code] = chr(int(start, 16) + code - first)
    return found
