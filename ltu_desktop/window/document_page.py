"""What a page is that shows a document exactly as it is printed, and prints it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import printing
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import Band, clear, column
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QVBoxLayout

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.ground_print import Printed
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.pdf_pages import PdfPages
    from ltu_desktop.window.worker import Task

SHOWN = 200
"""Pages that are looked at; the window would stand still for half a second to take in ten thousand."""


class DocumentPage(Page):
    """A document's pages in `pages_box`; `data` is the whole PDF, empty while there is none."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.data = b""
        self.count = 0  # of its pages
        self.pages_box: QVBoxLayout = self.box

    @cached_property
    def view(self) -> PdfPages:
        """The pages, made when they are first wanted."""
        from ltu_desktop.window.pdf_pages import PdfPages

        made = PdfPages(self)
        self.pages_box.addWidget(made, 1)
        made.show()  # now, to take the focus
        return made

    @cached_property
    def _above(self) -> QVBoxLayout:
        """Where it is said that there are more pages than are shown."""
        holder = QWidget()
        self.pages_box.insertWidget(self.pages_box.indexOf(self.view), holder)
        return column(holder)

    def draw(self, job: Callable[[Context], Printed], failed: Callable[[UserError], None] | None = None) -> None:
        """Draw a document on the worker and show its first pages."""

        def action(ctx: Context) -> tuple[Printed, bytes, int]:
            from ltu_desktop.documents.pdfa import first_pages

            printed = job(ctx)
            return printed, *first_pages(printed.data, SHOWN)

        title = self.words.text(N_("Drawing the document"))
        self.desk.act(action, lambda found: self._take(*found), title=title, failed=failed)

    def _take(self, printed: Printed, shown: bytes, count: int) -> None:
        words = self.words
        self.data, self.count = printed.data, count
        self.view.show()
        self.view.show_data(shown)
        clear(self._above)
        if count > self.view.count():
            said = words.text(
                N_("The first {shown} of {count} pages are shown"),
                shown=words.integer(self.view.count()),
                count=words.integer(count),
            )
            self._above.addWidget(Band(Meaning.INFO, said, words.text(N_("All of them are printed and saved."))))
        self.drawn(printed.name, words.plural("{count} page", "{count} pages", count))

    def drawn(self, name: str, pages: str) -> None:
        """Take up that the document is shown: the name of its file, how many pages it has in words."""
        raise NotImplementedError

    def print(self) -> None:
        """Ask for the printer, its copies, pages and sides, and print on the worker."""
        if not self.data:
            return
        printer = printing.printer_for(self.head.title.text())
        dialog = printing.ask(printer, self.count, self)
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
