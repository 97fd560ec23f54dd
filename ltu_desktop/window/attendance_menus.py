"""The menus of the attendance page and what they lead to: a cell's own, what is rarer, the files, the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.attendance_dress import EDITS
from ltu_desktop.window.attendance_keys import Do, Step
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.paper_page import Ask

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from ltu_desktop.window.attendance_page import AttendancePage

RARER = (
    ("attendance.paste", "attendance.import", "attendance.export"),
    ("attendance.person", "attendance.attach", "attendance.next_missing"),
)


class Menus(QObject):
    """Asks by menus."""

    def __init__(self, page: AttendancePage) -> None:
        super().__init__(page)
        self._page, self._words = page, page.words
        self.more = Button(icon="dots-three", kind=Kind.NORMAL)
        self.more.setAccessibleName(self._words.text(N_("More")))
        self.more.setToolTip(self.more.accessibleName())
        self.more.clicked.connect(self.ask_more)

    def show_paper(self) -> None:
        """Look at the month sheets of the shown site and team before they are printed."""
        page = self._page
        ask = Ask(page.code, month=page.desk.month, site_id=page.chosen_site(), activity_id=page.chosen_team())
        page.desk.go.emit("paper", ask)

    def ask_export(self) -> None:
        """Ask which kind of file is wanted."""
        menu, export = QMenu(self._page), self._page.exchange.export
        for kind, text in (("xlsx", N_("Workbook (Excel)")), ("csv", N_("Rows (CSV)"))):
            menu.addAction(self._words.text(text)).triggered.connect(lambda _on=False, kind=kind: export(kind))
        self._below_more(menu)

    def ask_more(self) -> None:
        """Offer what is rarer."""
        self._below_more(self._page.commands.menu(self._page, RARER))

    def _below_more(self, menu: QMenu) -> None:
        self._run(menu, self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def ask_here(self, at: QPoint) -> None:
        """Offer what can be done with the chosen cells."""
        words, grid = self._words, self._page.grid
        menu = QMenu(self._page)
        for text, do in ((words.text(N_("Copy")), Do.COPY), (words.text(N_("Clear")), Do.CLEAR)):
            menu.addAction(text).triggered.connect(lambda _on=False, do=do: grid.do(Step(do, grid.choice)))
        menu.addSeparator()
        for code in (*EDITS, "attendance.absence", "attendance.person", "attendance.as_planned"):
            menu.addAction(self._page.commands.actions[code])
        self._run(menu, at)

    def _run(self, menu: QMenu, at: QPoint) -> None:
        menu.exec(at)
        menu.deleteLater()
