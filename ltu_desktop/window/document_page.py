"""What a page is that shows a document exactly as it is printed, and prints it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import printing
from ltu_desktop.window.page import Page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QVBoxLayout

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.pdf_pages import PdfPages
    from ltu_desktop.window.worker import Task


class DocumentPage(Page):
    """A document's pages in `pages_box`; `data` is the PDF that is shown, empty while there is none."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.data = b""
        self.pages_box: QVBoxLayout = self.box

    @cached_property
    def view(self) -> PdfPages:
        """The pages, made when they are first wanted."""
        from ltu_desktop.window.pdf_pages import PdfPages

        made = PdfPages(self)
        self.pages_box.addWidget(made, 1)
        made.show()  # now, to take the focus
        return made

    def take_data(self, data: bytes) -> str:
        """Show a PDF from its bytes; return how many pages it has, in words."""
        self.data = data
        self.view.show_data(data)
        return self.words.plural("{count} page", "{count} pages", self.page_count())

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return self.view.count() if self.data else 0

    def print(self) -> None:
        """Ask for the printer, its copies, pages and sides, and print on the worker."""
        if not self.data:
            return
        printer = printing.printer_for(self.head.title.text())
        dialog = printing.ask(printer, self.page_count(), self)
        if dialog.exec():
            self.send(printer)
        dialog.deleteLater()

    def send(self, printer: QPrinter) -> None:
        """Print the document on a printer, on the worker."""
        data = self.data

        def job(task: Task[int]) -> int:
            return printing.print_pdf(data, printer, task.progress)

        def done(pages: int) -> None:
            self.desk.said.emit(
                self.words.plural("{count} page sent to the printer", "{count} pages sent to the printer", pages), False
            )

        self.desk.worker.run(job, done, title=self.words.text(N_("Printing")))
