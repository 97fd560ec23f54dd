"""Printing a PDF: the system's dialog with its printers, and the pages drawn for the one that was chosen."""

from __future__ import annotations

import ctypes
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QWidget

DPI = 300  # of a printed page; more costs minutes on old printers and shows nothing
POINTS = 72  # an inch
AT_ONCE = 50  # pages that are taken in together
STRIP = 160  # rows of a page that are drawn together
TURN = 0.002  # seconds in which the window paints
CUPS_ERRORS = 0x0400  # from here on CUPS's answers are refusals


def printer_for(name: str) -> QPrinter:
    """Return the system's printer (or, without one, what the dialog offers), ready for A4 without margins of ours."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    usual = QPrinterInfo.defaultPrinter()
    mode = QPrinter.PrinterMode.ScreenResolution
    printer = QPrinter(mode) if usual.isNull() else QPrinter(usual, mode)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setDocName(name)
    return printer


def ask(printer: QPrinter, pages: int, parent: QWidget) -> QPrintDialog:
    """Make the system's dialog: printers, copies, which of the pages, one side or both."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, parent)
    option = QPrintDialog.PrintDialogOption
    dialog.setOption(option.PrintPageRange)
    dialog.setOption(option.PrintCollateCopies)
    dialog.setOption(option.PrintSelection, on=False)
    dialog.setMinMax(1, max(1, pages))
    dialog.setFromTo(1, max(1, pages))
    return dialog


def wanted_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to be drawn, from 0, in the order of the paper: ranges, copies that the printer cannot make."""
    from PySide6.QtPrintSupport import QPrinter

    pages = list(range(count))
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        if ranges.isEmpty():
            first, last = printer.fromPage() or 1, printer.toPage() or count
            pages = [page for page in pages if first <= page + 1 <= last]
        else:
            pages = [page for page in pages if ranges.contains(page + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


def print_pdf(data: bytes, printer: QPrinter, progress: Callable[[int, int], None]) -> int:
    """Draw the wanted pages of a PDF at the printer's resolution, each upright or across as it is; return how many."""
    from ltu_desktop.documents.pdfa import count_pages

    pages, painter, done = wanted_pages(printer, count_pages(data)), QPainter(), 0
    try:
        for document, page in _loaded(data, pages):
            progress(done, len(pages))
            _lay(printer, document.pagePointSize(page))
            if done:
                printer.newPage()
            elif not printer.isValid() or not painter.begin(printer):
                break
            _draw(painter, printer, document, page)
            done += 1
    finally:
        if painter.isActive():
            painter.end()
    if not done:
        raise UserError(
            "printer", N_("The printer does not answer."), N_("Check that it is on, or choose another printer.")
        )
    why = refusal(printer)
    if why:
        raise UserError(
            "printer_refuses",
            N_("The printer did not take the pages: {why}."),
            N_("Check that it is on, or choose another printer."),
            params={"why": why},
        )
    return len(pages)


def refusal(printer: QPrinter) -> str:
    """Return why the system did not take what this thread printed last, "" when it did.

    Qt asks nobody on Linux: it hands the pages to CUPS and drops the answer, which CUPS keeps for the thread.
    """
    from PySide6.QtPrintSupport import QPrinter

    if sys.platform != "linux" or printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return ""
    cups = _cups()
    if cups is None or cups.cupsLastError() < CUPS_ERRORS:
        return ""
    cups.cupsLastErrorString.restype = ctypes.c_char_p
    said = cups.cupsLastErrorString() or b""
    return str(said.decode("utf-8", "replace")).strip().rstrip(".") or printer.printerName()


def _cups() -> ctypes.CDLL | None:
    """Return the library through which Qt prints on Linux, if it is there."""
    try:
        return ctypes.CDLL("libcups.so.2")
    except OSError:
        return None


def _lay(printer: QPrinter, size: QSizeF) -> None:
    """Turn the paper as the page is."""
    across = size.width() > size.height()
    layout = printer.pageLayout()
    layout.setOrientation(QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setMargins(QMarginsF())
    printer.setPageLayout(layout)


def _loaded(data: bytes, pages: Sequence[int]) -> Iterator[tuple[QPdfDocument, int]]:
    """Give pages of a PDF each with the document it is in: very many come in parts, which Qt takes in quickly."""
    from PySide6.QtPdf import QPdfDocument

    from ltu_desktop.documents.pdfa import some_pages

    for part in some_pages(data, [pages[at : at + AT_ONCE] for at in range(0, len(pages), AT_ONCE)]):
        document = QPdfDocument()
        buffer = QBuffer()
        buffer.setData(QByteArray(part))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        for page in range(int(document.pageCount())):
            yield document, page


def _draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """Draw a page strip by strip: after each the window has its turn, which else waited for the whole page."""
    inches = document.pagePointSize(page) / POINTS
    size = QSize(round(inches.width() * printer.resolution()), round(inches.height() * printer.resolution()))
    picture = document.render(page, size)
    paper = printer.paperRect(printer.Unit.DevicePixel)
    scale = min(paper.width() / size.width(), paper.height() / size.height(), 1.0)
    for top in range(0, size.height(), STRIP):
        strip = picture.copy(0, top, size.width(), min(STRIP, size.height() - top))
        painter.drawImage(QRectF(0, top * scale, strip.width() * scale, strip.height() * scale), strip)
        time.sleep(TURN)
