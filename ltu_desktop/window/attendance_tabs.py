"""The other views of the month, joined to the desk: absences, the three-way match, what goes to the accountant."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_work as work
from ltu_desktop.window import dialogs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ltu_desktop.actions.concordance import Concordance, Row
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.window.attendance_absences import AbsenceLine, AbsencesPane
    from ltu_desktop.window.attendance_match import MatchPane
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.attendance_sendings import Sendings, SendingsPane

HOURS, ACTIVITIES, ABSENCES, MATCH, SENDINGS = range(5)
VIEWS = ("absences", "match", "sendings")  # those that the grid does not show itself


class Tabs(QObject):
    """Makes each view when it is first wanted; the grid shows the first two itself."""

    def __init__(self, page: AttendancePage) -> None:
        super().__init__(page)
        self._page, self._desk, self._words = page, page.desk, page.words
        self.match_wanted = ""  # whose match is to be chosen as soon as it is there, by staff number

    @cached_property
    def absences(self) -> AbsencesPane:
        """The list of absences."""
        from ltu_desktop.window.attendance_absences import AbsencesPane

        made = AbsencesPane(self._words, self._page.commands.button("attendance.absence"))
        made.opened.connect(self._to_cell)
        made.removed.connect(self._remove)
        self._page.middle.addWidget(made)
        return made

    @cached_property
    def match(self) -> MatchPane:
        """Timesheet, payroll and claim."""
        from ltu_desktop.window.attendance_match import MatchPane

        made = MatchPane(self._words)
        made.accepted.connect(self._accept)
        made.taken_back.connect(self._take_back)
        made.cell_wanted.connect(lambda number: self._page.go_to(number, None))
        made.claim_wanted.connect(lambda: self._desk.go.emit("claim", None))
        made.payroll_wanted.connect(lambda number: self._desk.go.emit("people", number))
        made.import_wanted.connect(lambda: self._desk.go.emit("import", "payroll"))
        self._page.middle.addWidget(made)
        return made

    @cached_property
    def sendings(self) -> SendingsPane:
        """What goes to the accountant."""
        from ltu_desktop.window.attendance_sendings import SendingsPane

        made = SendingsPane(self._words)
        made.columns_chosen.connect(self._choose_columns)
        made.export_wanted.connect(lambda kind: self._write(kind, send=False))
        made.send_wanted.connect(lambda kind: self._write(kind, send=True))
        self._page.middle.addWidget(made)
        return made

    def show(self, which: int) -> None:
        """Show a view and read what it needs."""
        if which == ABSENCES:
            self.absences.show_absences(self._page.hours)
            self._page.middle.setCurrentWidget(self.absences)
        elif which == MATCH:
            self._page.middle.setCurrentWidget(self.match)
            self._load_match()
        elif which == SENDINGS:
            self._page.middle.setCurrentWidget(self.sendings)
            self._load_sendings()

    def first(self, which: int) -> QWidget | None:
        """Return what gets the focus in a view."""
        if which == ABSENCES:
            return self.absences.table if self.absences.model.rows() else None
        return self.match.table if which == MATCH else self.sendings.table

    # ---- absences ----

    def _to_cell(self, line: AbsenceLine) -> None:
        self._page.go_to(line.staff_number, line.stretch.first)

    def _remove(self, line: AbsenceLine) -> None:
        if not self._page.grid.lock and line.stretch.kind != "absent":
            self._page.panels.remove_absence(line.person_id, self._words.named(line.name, line.apart), line.stretch)

    # ---- the match ----

    def _load_match(self) -> None:
        month, loaded = self._desk.month, self._page.loaded
        if loaded is None:
            return

        def show(found: Concordance) -> None:
            if found.month == self._desk.month:
                writable = self._desk.writable and not loaded.reader
                self.match.show_match(found, reasons=loaded.reasons, writable=writable)
                self.match.choose(self.match_wanted)
                self.match_wanted = ""

        self._desk.act(
            lambda ctx: work.load_match(ctx, month),
            show,
            title=self._words.text(N_("Holding hours, payroll and claim side by side")),
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self._desk.troubled.emit(error)

    def _accept(self, row: Row, note: str) -> None:
        month = self._desk.month
        self._desk.act(
            lambda ctx: work.accept(ctx, month, row, note), lambda _done: self._told(row), initiator=self._page
        )

    def _take_back(self, row: Row) -> None:
        month = self._desk.month
        self._desk.act(lambda ctx: work.take_back(ctx, month, row), lambda _done: self._told(row), initiator=self._page)

    def _told(self, row: Row) -> None:
        self._desk.said.emit(self._words.text(N_("Saved for {name}"), name=row.list_name), True)
        self._load_match()

    # ---- to the accountant ----

    def _load_sendings(self) -> None:
        month, loaded = self._desk.month, self._page.loaded
        if loaded is None:
            return

        def show(found: Sendings) -> None:
            writable = self._desk.writable and not loaded.reader
            self.sendings.show_sendings(found)
            self._desk.worker.later(lambda: self._show_side(found, writable=writable))

        def failed(error: UserError) -> None:
            self.sendings.refuse(self._words.error(error))

        self._desk.act(lambda ctx: work.load_sendings(ctx, month), show, failed=failed)

    def _show_side(self, found: Sendings, *, writable: bool) -> None:
        """Show what stands beside, in turns: it is many widgets."""
        pane = self.sendings
        self._desk.worker.in_turns(pane.side.show_in_turns(found, writable=writable), lambda: pane.shown is found)

    def _choose_columns(self, columns: Sequence[tuple[str, str]]) -> None:
        def failed(error: UserError) -> None:
            self._desk.troubled.emit(error)
            self._load_sendings()

        self._desk.act(
            lambda ctx: work.choose_columns(ctx, columns),
            lambda _done: self._load_sendings(),
            initiator=self._page,
            failed=failed,
        )

    def _write(self, kind: str, *, send: bool) -> None:
        memory, words, month = self._desk.memory, self._words, self._desk.month
        folder = dialogs.ask_folder(self._page, words.text(N_("Into which folder?")), memory.folder)
        if folder is None:
            return
        memory.folder = folder

        def written(path: Path) -> None:
            said = words.text(N_("Written into {folder}: {names}"), folder=folder, names=path.name)
            self._desk.said.emit(said, False)
            self._load_sendings()

        self._desk.act(
            lambda ctx: work.write_variables(ctx, month, kind, folder, send=send),
            written,
            title=words.text(N_("Writing the files")),
            initiator=self._page,
        )
