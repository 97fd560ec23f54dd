"""Printing: which pages go to the printer, how often, upright or across; tried on a printer that writes a PDF."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from reportlab.pdfgen.canvas import Canvas

from ltu_desktop.rules.errors import UserError
from ltu_desktop.window import printing

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

A4, ACROSS = (595.28, 841.89), (841.89, 595.28)


def paper(*sizes: tuple[float, float]) -> bytes:
    """A PDF with one page of each size."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.rect(50, 50, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def printer(qtbot: QtBot, tmp_path: Path) -> QPrinter:
    del qtbot
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "out.pdf"))
    made.setResolution(72)
    return made


def printed(printer: QPrinter, data: bytes) -> list[tuple[int, int]]:
    told: list[tuple[int, int]] = []
    count = printing.print_pdf(data, printer, lambda done, of: told.append((done, of)))
    with pikepdf.open(printer.outputFileName()) as made:
        sizes = [(round(float(box[2])), round(float(box[3]))) for box in (page.mediabox for page in made.pages)]
    assert len(sizes) == count
    assert told == [(at, count) for at in range(count)]
    return sizes


def test_every_page_lies_as_it_is(printer: QPrinter) -> None:
    assert printed(printer, paper(A4, ACROSS, A4)) == [(595, 842), (842, 595), (595, 842)]


@pytest.mark.parametrize("paper_size", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A5])
def test_no_line_is_seen_between_the_strips_of_a_page(printer: QPrinter, paper_size: QPageSize.PageSizeId) -> None:
    printer.setResolution(300)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(paper_size))
    target = io.BytesIO()
    canvas = Canvas(target, A4)
    canvas.rect(0, 0, *A4, stroke=0, fill=1)
    canvas.save()
    printing.print_pdf(target.getvalue(), printer, lambda *_: None)
    document = QPdfDocument()
    document.load(printer.outputFileName())
    for height in (700, 1123, 2000):  # of screens and of other printers
        seen = document.render(0, QSize(height * 210 // 297, height))
        across = seen.width() // 2
        colours = [seen.pixelColor(across, y) for y in range(4, height - 8)]
        assert [y for y, each in enumerate(colours, 4) if each.lightness() > 8 or each.alpha() < 255] == [], height


def test_very_many_pages_are_taken_in_in_parts(printer: QPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    assert printed(printer, paper(A4, ACROSS, A4, ACROSS, ACROSS)) == [
        (595, 842),
        (842, 595),
        (595, 842),
        (842, 595),
        (842, 595),
    ]


# pages from 1, copies, collated, last page first → pages from 0 in the order of the paper
@pytest.mark.parametrize(
    ("ranges", "copies", "together", "backwards", "pages"),
    [
        ("", 1, "collated", "", [0, 1, 2, 3]),
        ("2-3", 1, "collated", "", [1, 2]),
        ("1,4", 1, "collated", "", [0, 3]),
        ("2-3", 2, "collated", "", [1, 2, 1, 2]),
        ("2-3", 2, "", "", [1, 1, 2, 2]),
        ("", 1, "collated", "backwards", [3, 2, 1, 0]),
        ("3-9", 1, "collated", "", [2, 3]),
    ],
)
def test_pages_copies_and_order_are_as_they_are_asked_for(
    printer: QPrinter, ranges: str, copies: int, together: str, backwards: str, pages: list[int]
) -> None:
    if ranges:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(QPageRanges.fromString(ranges))
    printer.setCopyCount(copies)
    printer.setCollateCopies(bool(together))
    order = QPrinter.PageOrder
    printer.setPageOrder(order.LastPageFirst if backwards else order.FirstPageFirst)
    assert not printer.supportsMultipleCopies()
    assert printing.wanted_pages(printer, 4) == pages
    assert len(printed(printer, paper(A4, A4, A4, A4))) == len(pages)


def test_from_and_to_of_older_dialogs_count_too(printer: QPrinter) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert printing.wanted_pages(printer, 4) == [1, 2]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_told(printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "nowhere" / "out.pdf"))
    with pytest.raises(UserError) as refused:
        printing.print_pdf(paper(A4), printer, lambda *_: None)
    assert refused.value.code == "printer"


class Cups:
    """A double of CUPS's library, with the answer to what was printed last."""

    def __init__(self, status: int, said: bytes | None) -> None:
        self.cupsLastError = lambda: status
        self.cupsLastErrorString = type("Said", (), {"__call__": lambda _self: said})()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems answer Qt themselves")
@pytest.mark.parametrize(
    ("status", "said", "why"),
    [
        (0, b"successful-ok", ""),
        (0x0507, b"The printer is not accepting jobs.", "The printer is not accepting jobs"),
        (0x0406, "L’imprimante n’existe pas.".encode(), "L’imprimante n’existe pas"),
        (0x0500, None, "Bureau"),
    ],
)
def test_pages_that_the_system_does_not_take_are_told(
    printer: QPrinter, monkeypatch: pytest.MonkeyPatch, status: int, said: bytes | None, why: str
) -> None:
    monkeypatch.setattr(printing, "_cups", lambda: Cups(status, said))
    assert printing.refusal(printer) == "", "a file is asked nobody for"
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _self: QPrinter.OutputFormat.NativeFormat)
    monkeypatch.setattr(QPrinter, "printerName", lambda _self: "Bureau")
    assert printing.refusal(printer) == why
    if why:
        with pytest.raises(UserError) as refused:
            printing.print_pdf(paper(A4), printer, lambda *_: None)
        assert (refused.value.code, refused.value.params["why"]) == ("printer_refuses", why)


def test_the_dialog_offers_the_pages_there_are(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    printer = printing.printer_for("Demande")
    assert (printer.docName(), printer.resolution(), printer.fullPage()) == ("Demande", 300, True)
    dialog = printing.ask(printer, 7, parent)
    assert (dialog.minPage(), dialog.maxPage(), dialog.fromPage(), dialog.toPage()) == (1, 7, 1, 7)
    assert dialog.testOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintSelection)
    dialog.deleteLater()
