"""A report written to files and drawn for paper: always the very one that is shown, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import dialogs
from ltu_desktop.window import reports_work as work

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.actions.reports import Exported
    from ltu_desktop.window.controls import Button
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.reports_page import ReportsPage

KINDS = (("pdf", N_("Document (PDF)")), ("xlsx", N_("Workbook (Excel)")), ("csv", N_("Rows (CSV)")))
"""What a report can be exported to."""


class ReportFiles(QObject):
    """Joins the page of reports to files and paper."""

    def __init__(self, page: ReportsPage, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk

    def export(self, button: Button) -> None:
        """Offer the kinds of file; the last choice writes them all."""
        words = self._desk.words
        menu = QMenu(self._page)
        for kind, text in KINDS:
            menu.addAction(words.text(text)).triggered.connect(lambda _on=False, kind=kind: self.write((kind,)))
        menu.addSeparator()
        every = menu.addAction(words.text(N_("All of them, into a folder…")))
        every.triggered.connect(lambda: self.write(tuple(kind for kind, _ in KINDS)))
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def write(self, kinds: tuple[str, ...]) -> None:
        """Write what is shown into a folder, and say where."""
        if self._page.shown is None:
            return
        shown, memory = self._page.shown, self._desk.memory
        folder = dialogs.ask_folder(self._page, self._desk.words.text(N_("Into which folder?")), memory.folder)
        if folder is None:
            return
        memory.folder = folder
        self._desk.act(
            lambda ctx: work.export_files(ctx, work.on_paper(ctx, shown), kinds, folder),
            lambda files: self._written(files, folder),
            title=self._desk.words.text(N_("Writing the files")),
            initiator=self._page,
        )

    def _written(self, files: list[Exported], folder: Path) -> None:
        names = ", ".join(file.path.name for file in files)
        self._desk.said.emit(
            self._desk.words.text(N_("Written into {folder}: {names}"), folder=folder, names=names), False
        )

    def preview(self, wish: str) -> None:
        """Draw what is shown: to `show` or to `print` it."""
        shown = self._page.shown
        if shown is not None:
            self._desk.act(
                lambda ctx: work.on_paper(ctx, shown), lambda report: self._desk.go.emit("preview", (report, wish))
            )
