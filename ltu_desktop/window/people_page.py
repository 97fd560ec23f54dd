"""The page of people: the list, and the chosen person beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QStackedWidget, QWidget

from ltu_desktop.actions.targets import Target
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import dialogs
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.many_work import ManyWork
from ltu_desktop.window.page import Page
from ltu_desktop.window.papers_work import PapersWork
from ltu_desktop.window.people_export import KINDS, export_people
from ltu_desktop.window.people_list import PeopleList
from ltu_desktop.window.people_many import ManyPanel
from ltu_desktop.window.people_merge import MergePanel
from ltu_desktop.window.people_new import NewPersonPanel
from ltu_desktop.window.people_work import FiltersWork, NewcomerWork
from ltu_desktop.window.person_panel import PersonPanel
from ltu_desktop.window.person_part import WIDTH
from ltu_desktop.window.person_work import PersonWork, load_person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ltu_desktop.queries.people import PersonRow
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.person_part import Sheet

BESIDE = 24  # px more for a list of people with what they had and what they get
FOLLOWS = 150  # ms before the panel follows the list


class PeoplePage(Page):
    """Everybody in the file, as of the month."""

    code: ClassVar[str] = "people"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("person", "contract", "contract_terms", "site", "activity", "payroll_file", "pay_month", "absence"),
            *("eligibility", "attachment", "health", "setting"),
        }
    )

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self._wanted = ""  # a staff number to be shown as soon as the list is there
        self._field = ""  # the field that shall have the focus then
        self._rows: list[PersonRow] = []
        self.export_button = commands.button("people.export")
        self.export_button.drops = True
        self.head.add(
            commands.button("people.import"), self.export_button, commands.button("people.new", kind=Kind.PRIMARY)
        )
        self.list = PeopleList(self.words, desk.memory)
        self.panel = PersonPanel(self.words)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.list)
        self.panes.addWidget(self.panel)
        today = desk.clock.now().date()
        self.newcomer = NewPersonPanel(self.words, today)
        self.many = ManyPanel(self.words, today)
        self.merging = MergePanel(self.words)
        self.sides: tuple[QWidget, ...] = (self.panel, self.newcomer, self.many, self.merging)
        for further in self.sides[1:]:
            self.panes.addWidget(further)
        self.panes.setStretchFactor(0, 1)
        self.panes.setStretchFactor(1, 0)
        desk.memory.restore_splitter("people", self.panes)
        for side in self.sides:
            side.hide()
        self.empty = EmptyPane(
            self.words.text(N_("Nobody is in this file yet. Begin with the staff list.")),
            commands.button("people.import", kind=Kind.PRIMARY),
        )
        self.body = QStackedWidget()
        self.body.addWidget(self.panes)
        self.body.addWidget(self.empty)
        self.box.addWidget(self.body, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FOLLOWS)
        self._timer.timeout.connect(self._follow)
        self.list.table.selectionModel().selectionChanged.connect(lambda *_: self._timer.start())
        self.list.table.clicked.connect(lambda _index: self._timer.start())
        self.list.table.opened.connect(lambda _row: self._enter())
        self.panel.closed.connect(self.back)
        self.person_work = PersonWork(self, desk, self.panel)
        self.papers_work = PapersWork(self, desk, self.panel)
        self.newcomer.closed.connect(self.back)
        self.newcomer.opened.connect(self.show_number)
        self.newcomer_work = NewcomerWork(self, desk, self.newcomer)
        self.newcomer_work.added.connect(self._added)
        self.many_work = ManyWork(self, desk, self.many, self.merging)
        self.many_work.merged.connect(self.show_only)
        self.many.closed.connect(self.back)
        self.many.merging.connect(self.begin_merge)
        self.merging.closed.connect(self.back)
        self.filters_work = FiltersWork(self, desk, self.list.filters)
        desk.file_changed.connect(self._begin)
        self._at: QWidget | None = None  # the form or panel that had the focus inside
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._look)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with people."""
        return {
            "people.import": lambda: self.desk.go.emit("import", "people"),
            "people.new": self.begin_new,
            "people.export": self.export,
            "people.attach": self.panel.ask_paper,
            "people.keep_filter": self.list.filters.ask_name,
            "people.change_many": self.begin_many,
            "people.merge": self.begin_merge,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter where the focus is."""
        text, hand = self.words.text, self._hand()
        enter, away = self.words.term("key", "Enter"), (self.words.term("key", "Esc"), text(N_("close")))
        pane = ("F6", text(N_("next pane")))
        if hand is self.panel.essentials.contracts.form or hand is self.list.filters.naming:
            return [(enter, text(N_("save"))), away]
        if hand is self.newcomer:
            return [(enter, text(N_("add"))), away, pane]
        if hand is not None:
            return [away, pane]
        return [
            ("↑ ↓", text(N_("person"))),
            (enter, text(N_("into the panel"))),
            pane,
            ("Ctrl F", text(N_("filter"))),
        ]

    def _hand(self) -> QWidget | None:
        """Return the form or the panel that has the focus inside; None in the list."""
        focus = QApplication.focusWidget()
        if focus is None or not shiboken6.isValid(focus):
            return None
        forms = (self.panel.essentials.contracts.form, self.list.filters.naming)
        return next((each for each in (*forms, *self.sides) if each.isAncestorOf(focus)), None)

    def _look(self) -> None:
        """Tell when the focus goes from one of them to another."""
        hand = self._hand()
        if hand is not self._at:
            self._at = hand
            self.hinted.emit()

    def show_what(self, what: object) -> None:
        """Show the person with a staff number; of a target the field, of the first person that lacks it."""
        self._wanted = what if isinstance(what, str) else ""
        self._field = ""
        if isinstance(what, Target):
            self._wanted, self._field = what.subject, what.field

    def first_focus(self) -> QWidget | None:
        """Begin in the list."""
        return self.list.table

    def filter_field(self) -> QWidget | None:
        """Return the filter of the list."""
        return self.list.search

    def back(self) -> bool:
        """Close the form first, then the panel."""
        form = self.panel.essentials.contracts.form
        if self.panel.isVisible() and form.isVisible():
            form.leave()
            return True
        if self.list.filters.naming.isVisible():
            self.list.filters.leave()
            return True
        if any(side.isVisible() for side in self.sides):
            self._show_side(None)
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _begin(self) -> None:
        """Begin with another file: neither filters nor a record of the one before."""
        self._timer.stop()
        self.list.filters.begin()
        self._show_side(None)

    def _show_side(self, shown: QWidget | None) -> None:
        """Show one panel at the right of the list, or none."""
        came = shown is not None and shown.isHidden()
        for side in self.sides:
            if side is not shown:
                side.hide()
        if shown is not None and came:
            shown.show()
            self.fit()

    def fit(self) -> None:
        """Give the panel less room in a narrow window."""
        super().fit()
        if self.compact() or not self.panes.property("kept"):
            side = 400 if self.compact() else max(WIDTH, self.width() * 3 // 10)
            more = 0 if self.compact() else BESIDE  # in a narrow window the values before are left out
            self.panes.setSizes([10_000, *(side + more * (each is self.many) for each in self.sides)])

    def refresh(self) -> None:
        """Read the list again."""
        month = self.desk.month
        words = self.words
        self.head.say(words.text(N_("People")), words.text(N_("as of {month}"), month=words.month(month)))

        def query(connection: Connection) -> tuple[list[PersonRow], dict[str, dict[str, str]]]:
            from ltu_desktop.queries.people import people
            from ltu_desktop.queries.settings import kept_filters

            return people(connection, month), kept_filters(connection, self.code)

        self.desk.read(query, lambda found: self._show(*found))
        writable = self.desk.writable
        for code in ("people.import", "people.new", "people.attach", "people.keep_filter"):
            self.commands.enable(code, on=writable, reason=self.desk.why_not)
        self._say_chosen()

    def _say_chosen(self) -> None:
        """Say which commands the chosen people allow."""
        count, writable, words = len(self.list.chosen_rows()), self.desk.writable, self.words
        several = words.text(N_("First select several people in the list (Ctrl + click)"))
        self.commands.enable("people.change_many", on=writable and count > 1, reason=several)
        two = words.text(N_("First select the two records in the list (Ctrl + click)"))
        self.commands.enable("people.merge", on=writable and count == 2, reason=two)

    def _show(self, rows: list[PersonRow], kept: dict[str, dict[str, str]]) -> None:
        self._rows = rows
        self.list.filters.show_kept(kept)
        self.body.setCurrentWidget(self.panes if rows else self.empty)
        self.commands.enable("people.export", on=bool(rows), reason=self.words.text(N_("The list is empty.")))
        self.list.show_people(rows, self.desk.month)
        self._say_chosen()
        if self._field and not self._wanted:
            self._wanted = self.list.show_lacking(self._field)
        if self._wanted:
            self._show_wanted()
        elif self.many.isVisible():
            self._follow()
        elif self.panel.isVisible() and self.panel.person is not None:
            self._read_person(self.panel.person.id)

    def _show_wanted(self) -> None:
        number, self._wanted = self._wanted, ""
        field, self._field = self._field, ""
        found = next((each for each in self._rows if each.staff_number == number), None)
        if found is None:
            return
        if self.list.model.place(found.id) < 0:
            self.list.show_all()
        self.list.table.choose(found.id)
        self._timer.stop()
        self._read_person(found.id, mend=True, field=field)

    def show_number(self, number: str) -> None:
        """Show the person with a staff number."""
        self._wanted = number
        self._show_wanted()

    def show_only(self, person_id: bytes) -> None:
        """Choose one person alone and show her."""
        self._rows = [each for each in self._rows if each.id == person_id]
        self._wanted = self._rows[0].staff_number if self._rows else ""
        self._show_side(self.panel)
        self.refresh()

    def _follow(self) -> None:
        chosen = self.list.chosen_rows()
        self._say_chosen()
        if len(chosen) > 1:
            if self.desk.writable and self.merging.isHidden():
                self._show_side(self.many)
                self.many_work.show_people(chosen)
            return
        row = self.list.table.current_row()
        if row is not None and (self.panel.person is None or self.panel.person.id != row.id or self.panel.isHidden()):
            self._read_person(row.id)

    def _enter(self) -> None:
        self._timer.stop()
        row = self.list.table.current_row()
        if row is not None:
            self._read_person(row.id, mend=True)

    def _read_person(self, person_id: bytes, *, mend: bool = False, field: str = "") -> None:
        self.desk.act(
            lambda ctx: load_person(ctx, person_id), lambda sheet: self._show_person(sheet, mend=mend, field=field)
        )

    def _show_person(self, sheet: Sheet | None, *, mend: bool, field: str = "") -> None:
        if sheet is None:
            self._show_side(None)
            return
        listed = next((each for each in self._rows if each.id == sheet.person.id), None)
        self._show_side(self.panel)
        self.panel.show_sheet(replace(sheet, listed=listed, writable=self.desk.writable))
        if mend:
            self.panel.begin(field)

    def export(self) -> None:
        """Offer the kinds of file for what the list shows."""
        menu = QMenu(self)
        for kind, text in KINDS:
            menu.addAction(self.words.text(text)).triggered.connect(lambda _on=False, kind=kind: self._export(kind))
        menu.exec(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))
        menu.deleteLater()

    def _export(self, kind: str) -> None:
        memory, words = self.desk.memory, self.words
        folder = dialogs.ask_folder(self, words.text(N_("Into which folder?")), memory.folder)
        if folder is None:
            return
        memory.folder = folder
        rows, off, month = list(self.list.model.rows()), self.list.table.off, self.desk.month
        self.desk.act(
            lambda ctx: export_people(ctx, rows, off, month, kind, folder),
            lambda path: self.desk.said.emit(
                words.text(N_("Written into {folder}: {names}"), folder=folder, names=path.name), False
            ),
            title=words.text(N_("Writing the files")),
        )

    def begin_new(self) -> None:
        """Ask in the panel for what a new person needs."""
        self.body.setCurrentWidget(self.panes)
        self._timer.stop()
        self._show_side(self.newcomer)
        self.newcomer_work.begin()

    def _added(self, staff_number: str) -> None:
        self.newcomer.hide()
        self._wanted = staff_number
        self.refresh()

    # ---- several people ----

    def begin_many(self) -> None:
        """Put the focus into the change of the chosen people."""
        self._follow()
        self.many.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_merge(self) -> None:
        """Show what merging the two chosen records would do."""
        chosen = self.list.chosen_rows()
        if len(chosen) != 2:
            return  # the list was narrowed while the panel still offered it
        self._timer.stop()
        self._show_side(self.merging)
        self.many_work.begin_merge([each.id for each in chosen])
