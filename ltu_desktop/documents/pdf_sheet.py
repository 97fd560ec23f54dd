"""A sheet of paper: reportlab’s canvas in millimetres from the top left, with the marks our documents are made of."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts, pictograms, qr
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
LANDSCAPE, PORTRAIT = (297.0, 210.0), (210.0, 297.0)
MARGIN = 12.0

INK, GREY, RULE, HAIR = "15202B", "4A5661", "7A8791", "B4BDC4"
TINT, ACCENT, WARNING, WARNING_TINT, WHITE = "EDF1F3", "0B5570", "8A4B00", "FCF1DF", "FFFFFF"

THIN, FIFTH, FIRM = 0.35, 1.1, 1.0  # points: between rows, under each fifth row, around heads and totals

Rgb = tuple[float, float, float]


def rgb(colour: str) -> Rgb:
    """Turn six hexadecimal digits into parts of one."""
    return int(colour[:2], 16) / 255, int(colour[2:4], 16) / 255, int(colour[4:], 16) / 255


@lru_cache
def _filling(colour: str) -> str:
    return "{:.4f} {:.4f} {:.4f} rg".format(*rgb(colour))


@lru_cache
def _stroking(colour: str) -> str:
    return "{:.4f} {:.4f} {:.4f} RG".format(*rgb(colour))


class Code:
    """Operators of a page, gathered and handed to the canvas at once: its own calls format each number at length."""

    def __init__(self) -> None:
        self.operators: list[str] = []

    def getCode(self) -> str:  # noqa: N802  the name that reportlab's canvas asks for
        """Give the operators as text."""
        return "\n".join(self.operators)


class Sheet:
    """The page being drawn; texts are gathered and laid over the shapes when the page is done.

    Lengths are millimetres from the top left corner, sizes of type and rules are points.
    """

    def __init__(self, canvas: Canvas, document: object, size: tuple[float, float]) -> None:
        self.canvas, self.document = canvas, document
        self.width, self.height = size
        self.least = fonts.SMALLEST
        from reportlab.pdfbase.pdfmetrics import getFont

        self._font_named = getFont
        self._encoded: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._clear()

    def _clear(self) -> None:
        self._texts, self._shapes = Code(), Code()
        self._fill = self._stroke = self._ink = self._font = ""
        self._line = 0.0

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - MARGIN

    def begin(self, size: tuple[float, float]) -> None:
        """Begin a page of the given width and height."""
        self.width, self.height = size
        self.least = fonts.SMALLEST
        self.canvas.setPageSize((size[0] * MM, size[1] * MM))
        self._clear()

    def finish(self) -> None:
        """Lay the texts over the shapes and close the page."""
        self._flush()
        self._texts.operators[:0] = ["BT"]
        self._texts.operators.append("ET")
        self.canvas.drawText(self._texts)
        self.canvas.showPage()

    def scaled(self, scale: float, size: tuple[float, float], draw: Callable[[Sheet], object]) -> None:
        """Draw what is made for a page of another size, smaller or larger; nothing else may stand on this page."""
        self.canvas.scale(scale, scale)
        self.width, self.height = size
        self.least = fonts.SMALLEST / scale
        draw(self)

    def _flush(self) -> None:
        """Hand the shapes to the canvas, before something that it draws itself."""
        if self._shapes.operators:
            self.canvas.drawText(self._shapes)
        self._shapes = Code()
        self._fill = self._stroke = ""
        self._line = 0.0

    def _codes(self, text: str, face: str) -> list[tuple[str, str]]:
        """Return a text as runs of a subset's name and its codes in hexadecimal, remembered for the document."""
        found = self._encoded.get((text, face))
        if found is None:
            font = self._font_named(face)
            runs = font.splitString(text, self.document)
            found = [(font.getSubsetInternalName(subset, self.document), codes.hex()) for subset, codes in runs]
            self._encoded[text, face] = found
        return found

    # ------------------------------------------------------------ text

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9,
        *,
        face: str = REGULAR,
        colour: str = INK,
        align: str = "l",
    ) -> float:
        """Write a text with its baseline at y; give its width. `align` is l, r or c."""
        if not text:
            return 0.0
        text = fonts.drawable(text)
        width = fonts.ems(text, face) * size / MM
        if align == "r":
            x -= width
        elif align == "c":
            x -= width / 2
        write = self._texts.operators.append
        if self._ink != colour:
            write(_filling(colour))
            self._ink = colour
        left, low = x * MM, (self.height - y) * MM
        for place, (name, codes) in enumerate(self._codes(text, face)):
            font = f"{name} {size:.2f} Tf"
            if self._font != font:
                write(font)
                self._font = font
            write(f"<{codes}> Tj" if place else f"1 0 0 1 {left:.2f} {low:.2f} Tm <{codes}> Tj")
        return width

    def figure(
        self, right: float, y: float, text: str, room: float, size: float = 9, *, face: str = REGULAR, colour: str = INK
    ) -> None:
        """Write a figure ending at `right`, smaller if it must (down to 8), never cut."""
        self.text(right, y, text, fonts.fit_figure(text, face, size, room * MM), face=face, colour=colour, align="r")

    def fitted(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        size: float = 9,
        *,
        face: str = REGULAR,
        colour: str = INK,
        align: str = "l",
    ) -> float:
        """Write a text within `room`: smaller down to 8 (on paper), then cut with "…"."""
        shown, fitting = fonts.fit_text(fonts.drawable(text), face, size, room * MM, self.least)
        return self.text(x, y, shown, fitting, face=face, colour=colour, align=align)

    def paragraph(
        self, x: float, y: float, text: str, room: float, size: float = 9, *, pitch: float = 4.2, colour: str = INK
    ) -> float:
        """Write a text over several lines; give the baseline after the last one."""
        for line in fonts.wrap(fonts.drawable(text), REGULAR, size, room * MM):
            self.text(x, y, line, size, colour=colour)
            y += pitch
        return y

    # ------------------------------------------------------------ shapes

    def _set_fill(self, colour: str) -> None:
        if self._fill != colour:
            self._shapes.operators.append(_filling(colour))
            self._fill = colour

    def _set_stroke(self, colour: str, width: float) -> None:
        if self._stroke != colour:
            self._shapes.operators.append(_stroking(colour))
            self._stroke = colour
        if self._line != width:
            self._shapes.operators.append(f"{width:.2f} w")
            self._line = width

    def _draw(self, path: str) -> None:
        self._shapes.operators.append(path)

    def rule(self, x: float, y: float, length: float, width: float = THIN, colour: str = HAIR) -> None:
        """Draw a horizontal rule."""
        self._set_stroke(colour, width)
        height = (self.height - y) * MM
        self._draw(f"{x * MM:.2f} {height:.2f} m {(x + length) * MM:.2f} {height:.2f} l S")

    def upright(self, x: float, y: float, length: float, width: float, colour: str = INK) -> None:
        """Draw a vertical rule downwards from y."""
        self._set_stroke(colour, width)
        left, top, low = x * MM, (self.height - y) * MM, (self.height - y - length) * MM
        self._draw(f"{left:.2f} {top:.2f} m {left:.2f} {low:.2f} l S")

    def tint(self, x: float, y: float, width: float, height: float, colour: str = TINT) -> None:
        """Fill a rectangle."""
        self._set_fill(colour)
        low = (self.height - y - height) * MM
        self._draw(f"{x * MM:.2f} {low:.2f} {width * MM:.2f} {height * MM:.2f} re f")

    def box(
        self, x: float, y: float, width: float, height: float, line: float = 0.6, *, colour: str = INK, fill: str = ""
    ) -> None:
        """Draw a rectangle's outline, filled if a colour is given."""
        self._set_stroke(colour, line)
        if fill:
            self._set_fill(fill)
        low = (self.height - y - height) * MM
        self._draw(f"{x * MM:.2f} {low:.2f} {width * MM:.2f} {height * MM:.2f} re {'B' if fill else 'S'}")

    def pill(self, x: float, y: float, text: str, *, dark: bool = False) -> None:
        """Draw a short text in a frame with round corners, light or dark."""
        width = fonts.ems(text, SEMIBOLD) * 10 / MM + 14
        self._flush()
        self.canvas.setStrokeColorRGB(*rgb(INK))
        self.canvas.setFillColorRGB(*rgb(INK if dark else WHITE))
        self.canvas.setLineWidth(0.9)
        self.canvas.roundRect(x * MM, (self.height - y - 5.7) * MM, width * MM, 5.7 * MM, 3, stroke=1, fill=1)
        self.text(x + width / 2, y + 4.0, text, 10, face=SEMIBOLD, colour=WHITE if dark else INK, align="c")

    def rounded(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 1.6) -> None:
        """Fill a rectangle with round corners."""
        self._flush()
        self.canvas.setFillColorRGB(*rgb(colour))
        left, low = x * MM, (self.height - y - height) * MM
        self.canvas.roundRect(left, low, width * MM, height * MM, radius * MM, stroke=0, fill=1)

    def pictogram(self, x: float, y: float, side: float, name: str, colour: str = INK) -> None:
        """Draw a pictogram in a square; one that there is no drawing of is a plain dot."""
        scale = side * MM / pictograms.EM
        low = (self.height - y - side) * MM
        self._draw(f"q {_filling(colour)} {scale:.5f} 0 0 {scale:.5f} {x * MM:.2f} {low:.2f} cm")
        self._draw(f"{pictograms.path(name)} f Q")

    def triangle(self, x: float, y: float, side: float, colour: str = INK) -> None:
        """Fill a triangle that points up; its box begins at x, y."""
        self._set_fill(colour)
        top, low = (self.height - y) * MM, (self.height - y - side * 0.88) * MM
        left, middle, right = x * MM, (x + side / 2) * MM, (x + side) * MM
        self._draw(f"{middle:.2f} {top:.2f} m {right:.2f} {low:.2f} l {left:.2f} {low:.2f} l h f")

    def warning(self, x: float, baseline: float, size: float = 3.0) -> None:
        """Draw the warning sign (a triangle with a white mark) standing on a baseline; the face has no such sign."""
        top = baseline - size * 0.86
        self.triangle(x, top, size, WARNING)
        middle = x + size / 2
        self.upright(middle, top + size * 0.30, size * 0.26, size * 0.28, WHITE)
        self.upright(middle, top + size * 0.64, size * 0.10, size * 0.28, WHITE)

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Hatch a rectangle: an excess is told without colour."""
        self._flush()
        canvas = self.canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x * MM, (self.height - y - height) * MM, width * MM, height * MM)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColorRGB(*rgb(WARNING))
        canvas.setLineWidth(0.8)
        step = 1.3
        for index in range(int((width + height) / step) + 1):
            left = x - height + index * step
            canvas.line(left * MM, (self.height - y - height) * MM, (left + height) * MM, (self.height - y) * MM)
        canvas.restoreState()

    def tick_box(self, x: float, y: float, side: float, line: float = 0.8, colour: str = INK) -> None:
        """Draw an empty box for a pen."""
        self.box(x, y, side, side, line, colour=colour)

    def code(self, x: float, y: float, side: float, text: str, level: str) -> None:
        """Draw a QR code; its modules are one path, kept once for all pages."""
        name = f"qr-{level}-{side:g}"
        self._flush()
        canvas = self.canvas
        if not canvas.hasForm(name):
            modules = qr.matrix(text, level)
            module = side * MM / len(modules)
            canvas.beginForm(name, 0, 0, side * MM, side * MM)
            canvas.setFillColorRGB(0, 0, 0)
            path = canvas.beginPath()
            for column, row, length in qr.bars(modules):
                path.rect(column * module, side * MM - (row + 1) * module, length * module, module)
            canvas.drawPath(path, stroke=0, fill=1)
            canvas.endForm()
        canvas.saveState()
        canvas.translate(x * MM, (self.height - y - side) * MM)
        canvas.doForm(name)
        canvas.restoreState()

    def picture(self, x: float, y: float, data: bytes, height: float, widest: float) -> float:
        """Draw a picture (a logo) of at most the given height and width; give its width."""
        from reportlab.lib.utils import ImageReader

        self._flush()
        image = ImageReader(io.BytesIO(data))
        wide, high = image.getSize()
        scale = min(height / high, widest / wide)
        self.canvas.drawImage(
            image,
            x * MM,
            (self.height - y - high * scale) * MM,
            wide * scale * MM,
            high * scale * MM,
            mask="auto",
        )
        return float(wide * scale)

    def draft(self, word: str) -> None:
        """Write a word in outline across the page, under the texts: this is not sealed. Call it last."""
        self._flush()
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(self.width * MM / 2, self.height * MM / 2)
        canvas.rotate(28)
        size = min(150.0, self.width * MM * 0.8 / max(0.1, fonts.ems(word, SEMIBOLD)))
        texts = canvas.beginText()
        texts.setTextRenderMode(1)
        texts.setFont(SEMIBOLD, size)
        texts.setStrokeColorRGB(*rgb(HAIR))  # light enough to read through, dark enough for a photocopy
        canvas.setLineWidth(1.4)
        texts.setTextOrigin(-fonts.ems(word, SEMIBOLD) * size / 2, -size * 0.33)
        texts.textOut(word)
        canvas.drawText(texts)
        canvas.restoreState()
