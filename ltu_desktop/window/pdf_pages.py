"""The pages of a PDF, one below the other, exactly as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ltu_desktop.window.page import Page


class PdfPages(QPdfView):
    """The pages at the width there is; arrows scroll them."""

    def __init__(self, owner: Page) -> None:
        super().__init__(owner)
        self._owner = owner  # of the documents too: they must not go before what shows them
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        ground = self.palette()
        ground.setColor(ground.ColorRole.Dark, theme.colour("sunken"))  # around the pages
        self.setPalette(ground)
        self.setAccessibleName(owner.words.text(N_("Pages of the document")))
        self._shown: QPdfDocument | None = None

    def show_data(self, data: bytes) -> None:
        """Show a PDF from its bytes."""
        document = QPdfDocument(self._owner)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        self.setDocument(document)
        self._ask_now()
        if self._shown is not None:
            self._shown.deleteLater()
        self._shown = document

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Draw the pages for the new width."""
        super().resizeEvent(event)
        self._ask_now()

    def _ask_now(self) -> None:
        """Ask for the pages before one that is still being drawn for what was before can come.

        Qt would take that one for the page that it wants, and show it stretched, or another document, until the next
        change: it asks only when it paints, and only for pages of which it has none.
        """
        self.viewport().repaint()

    def count(self) -> int:
        """Return how many pages are shown."""
        return self._shown.pageCount() if self._shown is not None else 0
