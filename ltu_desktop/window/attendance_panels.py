"""The panels beside the grid, joined to the desk: a person's month, an absence being entered, the month's closing."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_work as work
from ltu_desktop.window import dialogs
from ltu_desktop.window.attendance_side import WIDTH
from ltu_desktop.window.paper_copies import open_copy

if TYPE_CHECKING:
    from ltu_desktop.actions.absences import Absence, AbsencePlan
    from ltu_desktop.actions.closing import ClosingPlan, Missing
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.window.attendance_absence import AbsenceForm
    from ltu_desktop.window.attendance_closing import ClosingPanel
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.attendance_person import PersonLoaded, PersonPanel
    from ltu_desktop.window.attendance_sheet import Stretch
    from ltu_desktop.window.attendance_side import Side

FOLLOWS = 150  # ms before the panel follows the grid
PANELS = ("person", "absence", "closing")


class Panels(QObject):
    """One panel at a time at the right of the page; each is made when it is first wanted."""

    def __init__(self, page: AttendancePage) -> None:
        super().__init__(page)
        self._page, self._desk, self._words = page, page.desk, page.words
        self.stack = QStackedWidget()
        self.stack.hide()
        self.now: Side | None = None  # the one that is shown
        self._asked: Absence | None = None  # whose effect is being worked out
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FOLLOWS)
        self._timer.timeout.connect(self._read_person)

    @cached_property
    def person(self) -> PersonPanel:
        """The person's month."""
        from ltu_desktop.window.attendance_person import PersonPanel

        made = PersonPanel(self._words)
        made.sheet_said.connect(self._say_sheet)
        made.scan_wanted.connect(self.attach)
        made.paper_opened.connect(self._open_paper)
        made.absence_removed.connect(self._remove_absence)
        made.absence_wanted.connect(self.begin_absence)
        made.person_wanted.connect(lambda number: self._desk.go.emit("people", number))
        self.add(made)
        return made

    @cached_property
    def absence(self) -> AbsenceForm:
        """The form of an absence."""
        from ltu_desktop.window.attendance_absence import AbsenceForm

        made = AbsenceForm(self._words)
        made.asked.connect(self._ask_absence)
        made.wanted.connect(self._save_absence)
        made.proof_wanted.connect(self._choose_proof)
        self.add(made)
        return made

    @cached_property
    def closing(self) -> ClosingPanel:
        """The closing of the month."""
        from ltu_desktop.window.attendance_closing import ClosingPanel

        made = ClosingPanel(self._words)
        made.close_wanted.connect(self._close_month)
        made.open_wanted.connect(self._open_month)
        made.shown.connect(self._show_missing)
        self.add(made)
        return made

    def add(self, made: Side) -> None:
        """Take another panel in."""
        made.closed.connect(self.vanish)
        self.stack.addWidget(made)

    def show(self, side: Side) -> None:
        """Show a panel."""
        self.now = side
        self.stack.setCurrentWidget(side)
        if self.stack.isHidden():
            self.stack.show()
            self._page.panes.setSizes([self._page.panes.width() - WIDTH, WIDTH])

    def vanish(self) -> bool:
        """Take the panel away; tell whether there was one."""
        self._timer.stop()
        if self.now is None:
            return False
        self.now = None
        self.stack.hide()
        self._page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def refresh(self) -> None:
        """Follow what was read again."""
        if self.now is not None and self.now is vars(self).get("person"):
            self._read_person()
        elif self.now is not None and self.now is vars(self).get("closing"):
            self.show_closing(focus=False)

    def follow(self) -> None:
        """Follow the grid's choice after a moment of rest."""
        if self.now is not None and self.now is vars(self).get("person"):
            self._timer.start()

    # ---- the person's month ----

    def show_person(self, *, focus: bool = True) -> None:
        """Show the month of the person whose row is active."""
        if self._page.row_here() is not None:
            self.show(self.person)
            self._read_person(focus=focus)

    def _read_person(self, *, focus: bool = False) -> None:
        row, day = self._page.row_here(), self._page.day_here()
        if row is None or row.sheet is None:
            return
        person, number, sheet = row.key[0], row.staff_number, row.sheet.id

        def show(loaded: PersonLoaded) -> None:
            now = self._page.row_here()
            if now is None or now.key[0] != person:
                return
            cell = f"{self._words.weekday(day)} {self._words.day_of_month(day)}"
            self.person.show_person(now, loaded, cell, writable=not self._page.grid.lock)
            if focus:
                self.person.received.setFocus(Qt.FocusReason.OtherFocusReason)

        self._desk.act(lambda ctx: work.load_person(ctx, person, number, sheet, day), show)

    def _say_sheet(self, received: bool, signed: bool) -> None:  # noqa: FBT001  a signal's arguments
        row, month = self._page.row_here(), self._desk.month
        if row is not None:
            person = row.key[0]
            self._desk.act(
                lambda ctx: work.set_sheet(ctx, month, person, received=received, signed=signed),
                lambda _done: self._saved(self._words.named(row.name, row.apart)),
                initiator=self._page,
                failed=self._failed,
            )

    def attach(self, path: Path | None = None) -> None:
        """Attach the scan of the sheet of the person whose row is active."""
        row, month, words, memory = self._page.row_here(), self._desk.month, self._words, self._desk.memory
        if row is None:
            return
        if path is None:
            path = dialogs.ask_open(self._page, words.text(N_("Which scan?")), memory.folder, "")
        if path is None:
            return
        chosen, person = path, row.key[0]
        self._desk.act(
            lambda ctx: work.attach_scan(ctx, month, person, chosen),
            lambda _key: self._saved(self._words.named(row.name, row.apart)),
            title=words.text(N_("Attaching")),
            initiator=self._page,
        )

    def _open_paper(self, key: bytes) -> None:
        open_copy(self._desk, key)

    def _remove_absence(self, stretch: Stretch) -> None:
        row = self._page.row_here()
        if row is not None:
            self.remove_absence(row.key[0], self._words.named(row.name, row.apart), stretch)

    def remove_absence(self, person: bytes, name: str, stretch: Stretch) -> None:
        """Take an absence off."""
        self._desk.act(
            lambda ctx: work.take_absence_off(ctx, person, stretch.first, stretch.last, stretch.kind),
            lambda _done: self._saved(name),
            initiator=self._page,
        )

    def _saved(self, name: str) -> None:
        self._desk.said.emit(self._words.text(N_("Saved for {name}"), name=name), True)
        self._page.refresh()

    def _failed(self, error: UserError) -> None:
        self._desk.troubled.emit(error)
        self._read_person()

    # ---- an absence ----

    def begin_absence(self) -> None:
        """Ask for an absence on the days that are chosen, for the person whose row is active."""
        row, loaded = self._page.row_here(), self._page.loaded
        if row is None or loaded is None or self._page.grid.lock:
            return
        block, days = self._page.grid.choice.block, self._page.grid.sheet.days
        self.show(self.absence)
        first, last = days[block.left].day, days[block.right].day
        self.absence.begin(row.key[0], self._words.named(row.name, row.apart), first, last, reasons=loaded.reasons)
        self.absence.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_absence(self, absence: Absence) -> None:
        self._asked = absence

        def show(plan: AbsencePlan) -> None:
            if self._asked is absence:
                self.absence.show_plan(plan)

        def failed(error: UserError) -> None:
            if self._asked is absence:
                self.absence.refuse(error)

        self._desk.act(lambda ctx: work.ask_absence(ctx, absence), show, failed=failed)

    def _choose_proof(self) -> None:
        path = dialogs.ask_open(self._page, self._words.text(N_("Which proof?")), self._desk.memory.folder, "")
        if path is not None:
            self.absence.take_proof(path)

    def _save_absence(self, absence: Absence, proof: Path | None) -> None:
        name = self.absence.title.text()

        def saved(_done: object) -> None:
            self.vanish()
            self._saved(name)

        self._desk.act(
            lambda ctx: work.save_absence(ctx, absence, proof),
            saved,
            initiator=self._page,
            failed=self.absence.refuse,
        )

    # ---- closing ----

    def show_closing(self, *, focus: bool = True) -> None:
        """Say what the month lacks."""
        month = self._desk.month

        def show(plan: ClosingPlan) -> None:
            if plan.month != self._desk.month:
                return
            self.closing.show_plan(plan, plan.missing, lock=self._page.around.closing_lock())
            self.show(self.closing)
            if focus:
                self.closing.first().setFocus(Qt.FocusReason.OtherFocusReason)

        self._desk.act(lambda ctx: work.ask_closing(ctx, month), show)

    def next_missing(self) -> None:
        """Go to the next thing that the month lacks, showing the list first."""
        if self.now is None or self.now is not vars(self).get("closing"):
            self.show_closing()
        else:
            self.closing.next()

    def _show_missing(self, missing: Missing) -> None:
        self._page.go_to(missing.staff_number, missing.day)
        if missing.day is None:
            self.show_person()

    def _close_month(self, note: str) -> None:
        month = self._desk.month
        said = self._words.text(N_("{month} is closed"), month=self._words.month(month).capitalize())
        self._desk.act(
            lambda ctx: work.close_month(ctx, month, note),
            lambda _done: self.turned(said),
            initiator=self._page,
            failed=self.closing.refuse,
        )

    def _open_month(self, reason: str) -> None:
        month = self._desk.month
        said = self._words.text(N_("{month} is open again"), month=self._words.month(month).capitalize())
        self._desk.act(
            lambda ctx: work.open_month(ctx, month, reason),
            lambda _done: self.turned(said),
            initiator=self._page,
            failed=self.closing.refuse,
        )

    def turned(self, said: str) -> None:
        """Say what was done to the month, and read it again."""
        self._desk.said.emit(said, True)
        self._page.refresh()
