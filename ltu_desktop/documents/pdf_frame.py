"""The frame of each page: head line, footer with print and QR code, part titles; pages are planned, then drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts, qr
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.pdf_sheet import (
    ACCENT,
    GREY,
    HAIR,
    LANDSCAPE,
    MARGIN,
    MM,
    RULE,
    WARNING,
    Sheet,
)
from ltu_desktop.rules.dossier import short_print

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from ltu_desktop.documents.report import Report
    from ltu_desktop.words import Words

QR_SMALL, QR_LARGE = 13.0, 21.0
TITLE, TEXT = 12.5, 9.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: its title, the height it leads to, its depth in the outline."""

    title: str
    y: float
    level: int = 0


@dataclass(slots=True)
class Page:
    """A page planned: its size, what draws it, its bookmarks, and what the head line says at the right."""

    draws: list[Callable[[Sheet], object]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    says: str = ""
    first: bool = False
    size: tuple[float, float] = LANDSCAPE
    document: str = ""  # whose page it is, when not the frame's

    def add(self, draw: Callable[[Sheet], object]) -> None:
        """Add something to draw."""
        self.draws.append(draw)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a document repeats; `seal` is the QR's text, empty for a draft."""

    report: Report
    words: Words
    document: str
    sha256: str | None
    seal: str
    logo: bytes | None = None
    list_page: int = 2  # the page of the document on which the nominal list begins

    @property
    def draft(self) -> bool:
        """Whether the document is not sealed."""
        return self.sha256 is None

    @property
    def print(self) -> str:
        """The short print that people read, empty for a draft."""
        return short_print(self.sha256) if self.sha256 else ""

    @property
    def running(self) -> str:
        """Employer, month and version as the head lines repeat them."""
        version = self.words.text("version {number}", number=self.report.version)
        month = self.report.period_text
        return f"{self.report.owner} · {lower_first(month, self.words)} · {version}"

    def draw(self, sheet: Sheet, page: Page, number: int, count: int) -> None:
        """Draw a whole page."""
        sheet.begin(page.size)
        if not page.first:
            self._head(sheet, page)
        for draw in page.draws:
            draw(sheet)
        if page.size == LANDSCAPE:
            self._foot(sheet, page, number, count)
        else:
            self._foot_portrait(sheet, page, number, count)
        if self.draft:
            sheet.draft(self.words.term("paper", "DRAFT"))
        sheet.finish()

    def _head(self, sheet: Sheet, page: Page) -> None:
        width = sheet.text(MARGIN, 10.4, page.document or self.document, 9, face=SEMIBOLD, colour=ACCENT)
        right = sheet.text(sheet.right, 10.4, page.says, 9, colour=GREY, align="r")
        room = sheet.right - MARGIN - width - right - 6
        sheet.fitted(MARGIN + width + 2, 10.4, self.running, room, 9, colour=GREY)
        sheet.rule(MARGIN, 12.3, sheet.right - MARGIN, 0.5, HAIR)

    def _foot(self, sheet: Sheet, page: Page, number: int, count: int) -> None:
        y = 188.0
        report, words = self.report, self.words
        sheet.rule(MARGIN, y, sheet.right - MARGIN, 0.5, RULE)
        sheet.fitted(MARGIN, y + 3.8, report.owner, 60, 8, face=SEMIBOLD)
        sheet.fitted(MARGIN, y + 7.6, report.owner_line, 60, 8, colour=GREY)
        month = lower_first(report.period_text, words)
        version = lower_first(report.version_text, words)
        sheet.fitted(74, y + 3.8, f"{self.document} · {month} · {version}", 76, 8)
        sheet.fitted(74, y + 7.6, report.sealed_line, 76, 8, colour=GREY)
        self._print(sheet, 152, y, 90)
        right = sheet.right
        if not page.first and not self.draft:
            sheet.code(right - QR_SMALL, y + 1.6, QR_SMALL, self.seal, qr.SMALL_LEVEL)
            right -= QR_SMALL + 3.4
        self._number(sheet, right, y + 5.6, number, count)

    def _foot_portrait(self, sheet: Sheet, page: Page, number: int, count: int) -> None:
        y = sheet.height - 21.6
        report, words = self.report, self.words
        sheet.rule(MARGIN, y, sheet.right - MARGIN, 0.5, RULE)
        sheet.fitted(MARGIN, y + 3.8, report.owner, 72, 8, face=SEMIBOLD)
        month = lower_first(report.period_text, words)
        version = words.text("version {number}", number=report.version)
        said = f"{page.document or self.document} · {month} · {version}"
        sheet.fitted(MARGIN, y + 7.6, said, 72, 8, colour=GREY)
        self._print(sheet, 87, y, 60)
        right = sheet.right
        if not self.draft:
            sheet.code(right - QR_SMALL, y + 1.6, QR_SMALL, self.seal, qr.SMALL_LEVEL)
            right -= QR_SMALL + 2.4
        self._number(sheet, right, y + 5.4, number, count)

    def _print(self, sheet: Sheet, x: float, y: float, room: float) -> None:
        words = self.words
        if self.draft:
            sheet.text(x, y + 3.8, words.text("Draft: not to be sent"), 8, face=SEMIBOLD)
        else:
            width = sheet.text(x, y + 3.8, words.term("paper", "Fingerprint") + " ", 8)
            sheet.text(x + width, y + 3.8, self.print, 8, face=SEMIBOLD)
        if self.report.warnings:
            sheet.warning(x, y + 7.6, 2.7)
            text = " · ".join(self.report.warnings)
            sheet.fitted(x + 4.0, y + 7.6, text, room - 4, 8, face=SEMIBOLD, colour=WARNING)

    def _number(self, sheet: Sheet, right: float, baseline: float, number: int, count: int) -> None:
        text = self.words.term("paper", "Page {number}/{count}", number=number, count=count)
        sheet.text(right, baseline, text, 10, face=SEMIBOLD, align="r")


def paint(pages: Sequence[Page], draw: Callable[[Sheet, Page, int, int], object]) -> bytes:
    """Draw planned pages with their bookmarks; `draw` is given sheet, page, number and count. Give a plain PDF."""
    from reportlab.pdfgen.canvas import Canvas

    fonts.register()
    target = io.BytesIO()
    size = (LANDSCAPE[0] * MM, LANDSCAPE[1] * MM)
    canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1, initialFontName=REGULAR)
    sheet = Sheet(canvas, canvas._doc, LANDSCAPE)  # noqa: SLF001  fonts are subset by document
    for number, page in enumerate(pages, 1):
        for index, mark in enumerate(page.marks):
            key = f"p{number}-{index}"
            canvas.bookmarkHorizontal(key, 0, (page.size[1] - mark.y) * MM)
            canvas.addOutlineEntry(mark.title, key, mark.level, closed=mark.level == 0)
        draw(sheet, page, number, len(pages))
    canvas.save()
    _let_go(canvas)
    return target.getvalue()


def _let_go(canvas: Canvas) -> None:
    """Take a drawn canvas apart: freed whole, a long document's would leave other threads no turn."""
    document = canvas._doc  # noqa: SLF001  it holds all that was drawn
    while document.idToObject:
        document.idToObject.popitem()
    for part in (document.Outlines, document, canvas):
        for name in list(vars(part)):
            delattr(part, name)


def lower_first(text: str, words: Words) -> str:
    """Write a month or version inside a sentence: French has no capital there, English keeps it for months."""
    return text if words.language == "en" and not text.startswith("Version") else text[:1].lower() + text[1:]


def part_title(sheet: Sheet, x: float, y: float, width: float, number: str, title: str, note: str = "") -> None:
    """Draw a part's number, title, note at the right and the accent rule; y is the title's baseline."""
    left = x
    if number:
        left += max(sheet.text(x, y, number, TITLE, face=SEMIBOLD, colour=ACCENT) + 3.0, 6.5)
    wide = sheet.fitted(left, y, title, width - (left - x), TITLE, face=SEMIBOLD)
    if note:
        sheet.fitted(x + width, y, note, width - (left - x) - wide - 4, 8, colour=GREY, align="r")
    sheet.rule(x, y + 1.75 - 0.4 / MM, width, 0.8, ACCENT)  # whole, also over the tinted head of a table


def small_title(sheet: Sheet, x: float, y: float, text: str, size: float = 10.0) -> None:
    """Draw a title inside a part."""
    sheet.text(x, y, text, size, face=SEMIBOLD)


def text_width(text: str, size: float, face: str = REGULAR) -> float:
    """Return a text's width in millimetres."""
    return fonts.ems(fonts.drawable(text), face) * size / MM
