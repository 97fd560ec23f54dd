"""A sheet of paper: reportlab’s canvas in millimetres from the top left, with the marks our documents are made of."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts, qr
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

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


_COLOURS = {name: rgb(name) for name in (INK, GREY, RULE, HAIR, TINT, ACCENT, WARNING, WARNING_TINT, WHITE)}


class Sheet:
    """The page being drawn; texts are gathered and laid over the shapes when the page is done.

    Lengths are millimetres from the top left corner, sizes of type and rules are points.
    """

    def __init__(self, canvas: Canvas, size: tuple[float, float]) -> None:
        self.canvas = canvas
        self.width, self.height = size
        self._texts: PDFTextObject | None = None
        self._fill = self._stroke = ""
        self._line = 0.0
        self._ink = ""
        self._face: tuple[str, float] = ("", 0.0)

    @property
    def right(self) -> float:
        """Where the right margin begins."""
        return self.width - MARGIN

    def begin(self, size: tuple[float, float]) -> None:
        """Begin a page of the given width and height."""
        self.width, self.height = size
        self.canvas.setPageSize((size[0] * MM, size[1] * MM))
        self._texts = self.canvas.beginText()
        self._fill = self._stroke = self._ink = ""
        self._line = 0.0
        self._face = ("", 0.0)

    def finish(self) -> None:
        """Lay the texts over the shapes and close the page."""
        if self._texts is not None:
            self.canvas.drawText(self._texts)
        self.canvas.showPage()

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
        texts = self._texts
        if texts is None:
            raise RuntimeError("no page was begun")
        if self._face != (face, size):
            texts.setFont(face, size)
            self._face = (face, size)
        if self._ink != colour:
            texts.setFillColorRGB(*_COLOURS[colour])
            self._ink = colour
        texts.setTextOrigin(x * MM, (self.height - y) * MM)
        texts.textLine(text)  # unlike textOut it does not measure the text again
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
        """Write a text within `room`: smaller down to 8, then cut with "…"."""
        shown, fitting = fonts.fit_text(fonts.drawable(text), face, size, room * MM)
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
            self.canvas.setFillColorRGB(*_COLOURS[colour])
            self._fill = colour

    def _set_stroke(self, colour: str) -> None:
        if self._stroke != colour:
            self.canvas.setStrokeColorRGB(*_COLOURS[colour])
            self._stroke = colour

    def _set_line(self, width: float) -> None:
        if self._line != width:
            self.canvas.setLineWidth(width)
            self._line = width

    def rule(self, x: float, y: float, length: float, width: float = THIN, colour: str = HAIR) -> None:
        """Draw a horizontal rule."""
        self._set_stroke(colour)
        self._set_line(width)
        height = (self.height - y) * MM
        self.canvas.line(x * MM, height, (x + length) * MM, height)

    def upright(self, x: float, y: float, length: float, width: float, colour: str = INK) -> None:
        """Draw a vertical rule downwards from y."""
        self._set_stroke(colour)
        self._set_line(width)
        self.canvas.line(x * MM, (self.height - y) * MM, x * MM, (self.height - y - length) * MM)

    def tint(self, x: float, y: float, width: float, height: float, colour: str = TINT) -> None:
        """Fill a rectangle."""
        self._set_fill(colour)
        self.canvas.rect(x * MM, (self.height - y - height) * MM, width * MM, height * MM, stroke=0, fill=1)

    def box(
        self, x: float, y: float, width: float, height: float, line: float = 0.6, *, colour: str = INK, fill: str = ""
    ) -> None:
        """Draw a rectangle's outline, filled if a colour is given."""
        self._set_stroke(colour)
        self._set_line(line)
        if fill:
            self._set_fill(fill)
        left, low = x * MM, (self.height - y - height) * MM
        self.canvas.rect(left, low, width * MM, height * MM, stroke=1, fill=1 if fill else 0)

    def pill(self, x: float, y: float, text: str, *, dark: bool = False) -> None:
        """Draw a short text in a frame with round corners, light or dark."""
        width = fonts.ems(text, SEMIBOLD) * 10 / MM + 14
        self._set_stroke(INK)
        self._set_fill(INK if dark else WHITE)
        self._set_line(0.9)
        self.canvas.roundRect(x * MM, (self.height - y - 5.7) * MM, width * MM, 5.7 * MM, 3, stroke=1, fill=1)
        self.text(x + width / 2, y + 4.0, text, 10, face=SEMIBOLD, colour=WHITE if dark else INK, align="c")

    def triangle(self, x: float, y: float, side: float, colour: str = INK, *, down: bool = False) -> None:
        """Fill a triangle whose box begins at x, y; it points up unless told otherwise."""
        self._set_fill(colour)
        top, low = (self.height - y) * MM, (self.height - y - side * 0.88) * MM
        if down:
            top, low = low, top
        path = self.canvas.beginPath()
        path.moveTo((x + side / 2) * MM, top)
        path.lineTo((x + side) * MM, low)
        path.lineTo(x * MM, low)
        path.close()
        self.canvas.drawPath(path, stroke=0, fill=1)

    def warning(self, x: float, baseline: float, size: float = 3.0) -> None:
        """Draw the warning sign (a triangle with a white mark) standing on a baseline; the face has no such sign."""
        top = baseline - size * 0.86
        self.triangle(x, top, size, WARNING)
        middle = x + size / 2
        self.upright(middle, top + size * 0.30, size * 0.26, size * 0.28, WHITE)
        self.upright(middle, top + size * 0.64, size * 0.10, size * 0.28, WHITE)

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Hatch a rectangle: an excess is told without colour."""
        canvas = self.canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x * MM, (self.height - y - height) * MM, width * MM, height * MM)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColorRGB(*_COLOURS[WARNING])
        canvas.setLineWidth(0.8)
        step = 1.3
        for index in range(int((width + height) / step) + 1):
            left = x - height + index * step
            canvas.line(left * MM, (self.height - y - height) * MM, (left + height) * MM, (self.height - y) * MM)
        canvas.restoreState()
        self._fill = self._stroke = ""

    def tick_box(self, x: float, y: float, side: float, line: float = 0.8, colour: str = INK) -> None:
        """Draw an empty box for a pen."""
        self.box(x, y, side, side, line, colour=colour)

    def code(self, x: float, y: float, side: float, text: str, level: str) -> None:
        """Draw a QR code; its modules are one path, kept once for all pages."""
        name = f"qr-{level}-{side:g}"
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
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(self.width * MM / 2, self.height * MM / 2)
        canvas.rotate(28)
        size = min(150.0, self.width * MM * 0.8 / max(0.1, fonts.ems(word, SEMIBOLD)))
        texts = canvas.beginText()
        texts.setTextRenderMode(1)
        texts.setFont(SEMIBOLD, size)
        texts.setStrokeColorRGB(*_COLOURS[HAIR])  # light enough to read through, dark enough for a photocopy
        canvas.setLineWidth(1.4)
        texts.setTextOrigin(-fonts.ems(word, SEMIBOLD) * size / 2, -size * 0.33)
        texts.textOut(word)
        canvas.drawText(texts)
        canvas.restoreState()
