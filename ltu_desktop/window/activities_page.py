"""The page of activities: what the job factory does and for whom, what it needs, and who fits what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from ltu_desktop.queries.activity_looks import models
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.activities_form import WIDTH, ActivityForm
from ltu_desktop.window.activities_match import DoesView, MatchView
from ltu_desktop.window.activities_needs import NeedsSection
from ltu_desktop.window.controls import Kind, Segments
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import column, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import ROW_LIST, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.queries.activities import ActivityRow, Board
    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk

LIST, NEEDS, FITS, DOES = range(4)


@dataclass(frozen=True)
class Shown:
    """All that the page shows; `sold` is the turnover of the month, `papers` what is attached, both by activity."""

    activities: tuple[ActivityRow, ...]
    board: Board
    sites: tuple[tuple[str, str], ...]
    sold: dict[bytes, Decimal]
    papers: dict[bytes, list[AttachmentRow]]


def load(connection: Connection, day: date, month: Month, role: str) -> Shown:
    """Read all that the page shows."""
    from ltu_desktop.queries import activities as queries
    from ltu_desktop.queries import agreements
    from ltu_desktop.queries.attachments import attachments

    found = queries.activities(connection, day)
    sold = {}
    for each in found:
        amounts = queries.turnover_of(connection, each.id, month.year)
        if month.number in amounts:
            sold[each.id] = amounts[month.number]
    sites = tuple((each.id.hex(), each.name) for each in agreements.sites(connection))
    papers = {each.id: attachments(connection, "activity", each.id, role) for each in found}
    return Shown(tuple(found), queries.board(connection, day, found), sites, sold, papers)


class ActivitiesPage(Page):
    """Activities with their particulars at the right; the needs; who fits; who does what."""

    code: ClassVar[str] = "activities"
    parent_code = "planning"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            "activity", "local_need", "skill", "activity_skill", "person_skill", "wish", "person_limit", "turnover",
            "contract", "contract_terms", "site", "person", "attendance", "attachment",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        text = self.words.text
        self.shown: Shown | None = None
        self._wanted: bytes | None = None
        self.add_button = commands.button("activities.add")
        self.head.add(self.add_button)
        self._unseen: set[int] = set()  # views that do not show yet what was read
        self.segments = Segments()
        self.segments.chosen.connect(self._turned)
        bar = QFrame()
        bar.setProperty("ground", "surface")
        bar.setFixedHeight(48)
        across = row(bar, margins=(24, 0, 16, 0))
        across.addWidget(self.segments)
        across.addStretch(1)
        self.form = ActivityForm(desk)
        self.form.closed.connect(self.back)
        self.form.refresh = self.refresh  # type: ignore[method-assign]  # the page reads for its form
        self.needs = NeedsSection(desk)
        self.needs.refresh = self.refresh  # type: ignore[method-assign]  # the page reads for its sections
        self.match = MatchView(self.words)
        self.does = DoesView(self.words)
        for view in (self.match, self.does):
            view.opened.connect(lambda key: desk.go.emit("people", key))
        self.views = QStackedWidget()
        for widget in (self._list(), self.needs, self.match, self.does):
            self.views.addWidget(widget)
        filled = QWidget()
        box = column(filled)
        box.addWidget(bar)
        box.addWidget(rule(tone="line2"))
        box.addWidget(self.views, 1)
        self.first_button = commands.button("activities.add", kind=Kind.PRIMARY)
        self.empty = EmptyPane(
            text(N_("There are no activities in this file yet. Add what you do: from a list, or your own.")),
            self.first_button,
        )
        self.body = QStackedWidget()
        self.body.addWidget(filled)
        self.body.addWidget(self.empty)
        self.box.addWidget(self.body, 1)

    def _list(self) -> QWidget:
        words = self.words
        self.model: RowsModel[ActivityRow] = RowsModel(self._columns(), key=lambda each: each.id)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.DENSE, edge=24)
        self.table.setAccessibleName(words.text(N_("Activities")))
        self.table.setProperty("pane", True)
        self.table.chosen.connect(lambda _row: self.desk.worker.later(self._follow))
        self.table.opened.connect(lambda _row: self._enter())
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.table)
        self.panes.addWidget(self.form)
        self.panes.setStretchFactor(0, 1)
        return self.panes

    def _columns(self) -> tuple[Column[ActivityRow], ...]:
        words = self.words

        def people(each: ActivityRow) -> Cell:
            wanted = f" / {each.people_wanted}" if each.people_wanted else ""
            return Cell(f"{words.integer(each.people)}{wanted}")

        def approved(each: ActivityRow) -> Cell:
            if each.ended_on is not None:
                return Cell(words.text(N_("ended")), "text3")
            if each.approved_on is None:
                return Cell(words.text(N_("not approved yet")), meaning=Meaning.ATTENTION, meaning_first=True)
            return Cell(words.day(each.approved_on), "text2")

        return (
            Column(
                "name",
                words.text(N_("Activity")),
                lambda each: Cell(each.name, strong=True, icon=each.look.pictogram, quiet=each.code),
                230,
                stretch=True,
                sort=lambda each: each.name,
            ),
            Column("site", words.text(N_("Site")), lambda each: Cell(each.site, "text2"), 110, stretch=True, yields=1),
            Column("people", words.text(N_("People / needed")), people, 126, right=True, sort=lambda each: each.people),
            Column(
                "hours",
                words.text(N_("Hours this year")),
                lambda each: Cell(words.integer(round(each.minutes / 60))) if each.minutes else QUIET_ZERO,
                126,
                unit="h",
                right=True,
                sort=lambda each: each.minutes,
                yields=3,
            ),
            Column(
                "turnover",
                words.text(N_("Turnover")),
                lambda each: Cell(words.number(each.turnover, 0)) if each.turnover else QUIET_ZERO,
                136,
                unit="€",
                right=True,
                sort=lambda each: each.turnover,
                yields=4,
            ),
            Column("approved", words.text(N_("Approved")), approved, 142, yields=2),
        )

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with activities."""
        return {"activities.add": self.ask_new}

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text, enter = self.words.text, self.words.term("key", "Enter")
        if self.body.currentWidget() is self.empty:
            return [("Ctrl N", text(N_("add")))]
        if self._view() != LIST:
            return [("F6", text(N_("next pane")))]
        return [("↑ ↓", text(N_("activity"))), (enter, text(N_("into the panel"))), ("Ctrl N", text(N_("add")))]

    def show_what(self, what: object) -> None:
        """Show an activity by its key, or a view: `needs`, `fits`, `does`."""
        if isinstance(what, bytes):
            self._wanted = what
        elif isinstance(what, str) and what in {"needs", "fits", "does"}:
            self.segments.set_texts(self._texts())
            self.segments.choose({"needs": NEEDS, "fits": FITS, "does": DOES}[what])

    def first_focus(self) -> QWidget | None:
        """Begin in the list."""
        return {LIST: self.table, NEEDS: self.needs.first_focus(), FITS: self.match.table, DOES: self.does.table}[
            self._view()
        ]

    def back(self) -> bool:
        """Close the panel, or the need that is open."""
        if self._view() == NEEDS:
            return self.needs.back()
        if self._view() == LIST and self.form.isVisible():
            self.form.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def fit(self) -> None:
        """Give the panel less room in a narrow window."""
        super().fit()
        self.panes.setSizes([10_000, 400 if self.compact() else WIDTH])

    def refresh(self) -> None:
        """Read the page again."""
        words = self.words
        self.head.say(words.text(N_("Activities")), words.text(N_("what you do, for whom, and with whom")))
        day, month = self.desk.clock.now().date(), self.desk.month
        role = self.desk.role
        self.desk.read(lambda connection: load(connection, day, month, role), self._take)
        self.commands.enable("activities.add", on=self.desk.writable)

    # ---- showing ----

    def _view(self) -> int:
        return max(0, self.segments.index())

    def _texts(self) -> list[tuple[str, str]]:
        words, shown = self.words, self.shown
        going = [each for each in shown.activities if each.ended_on is None] if shown else []
        needs = shown.board.needs if shown else ()
        return [
            (words.text(N_("Activities")), words.integer(len(going)) if shown else ""),
            (words.text(N_("Needs")), words.integer(len(needs)) if needs else ""),
            (words.text(N_("Who fits")), ""),
            (words.text(N_("Who does what")), ""),
        ]

    def _take(self, shown: Shown) -> None:
        self.shown = shown
        self.model.set_rows(shown.activities)
        self.segments.set_texts(self._texts())
        self._unseen = {NEEDS, FITS, DOES}
        self.body.setCurrentIndex(0 if shown.activities or shown.board.needs else 1)
        self.hinted.emit()
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        elif shown.activities and not self.table.currentIndex().isValid():
            self.table.choose(shown.activities[0].id)
        self._show_view()
        self.desk.worker.later(self._follow)  # list and form at once would stop the window too long

    def _turned(self, _at: int) -> None:
        self._show_view()
        self.hinted.emit()

    def _show_view(self) -> None:
        """Show a view, with what was read since it was last in sight."""
        view, shown = self._view(), self.shown
        self.views.setCurrentIndex(view)
        if shown is not None and view in self._unseen:
            self._unseen.remove(view)
            if view == NEEDS:
                names = [(each.id.hex(), each.name) for each in shown.activities if each.ended_on is None]
                self.needs.show_needs(shown.board.needs, names)
            elif view == FITS:
                self.match.show_board(shown.board)
            else:
                self.does.show_board(shown.board)

    def _follow(self) -> None:
        activity, shown = self.table.current_row(), self.shown
        if activity is None or shown is None:
            self.form.hide()
            return
        work = shown.board.works.get(activity.id)
        self.form.show_activity(
            activity,
            sites=shown.sites,
            asked=work.skills if work is not None else {},
            skills=shown.board.skills,
            sold=shown.sold.get(activity.id),
            papers=shown.papers[activity.id],
        )
        self.form.show()

    def _enter(self) -> None:
        self._follow()
        focus = self.form.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- adding ----

    def menu(self) -> QMenu:
        """Make the menu of what can be added: those of the list that are not there yet, and one's own."""
        words = self.words
        known = {each.code for each in self.shown.activities} if self.shown else set()
        menu = QMenu(self)
        for model in models():
            if model.code not in known:
                menu.addAction(model.name(words.language)).triggered.connect(
                    lambda _on=False, code=model.code: self._add_model(code)
                )
        menu.addSeparator()
        menu.addAction(words.text(N_("An activity of your own"))).triggered.connect(self._add_own)
        return menu

    def ask_new(self) -> None:
        """Ask which activity is to be added."""
        button = self.add_button if self.body.currentIndex() == 0 else self.first_button
        menu = self.menu()
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def _add_model(self, code: str) -> None:
        def action(ctx: Any) -> list[bytes]:
            from ltu_desktop.actions import activities

            return activities.add_models(ctx, [code])

        self.desk.act(action, lambda keys: self._added(keys[0]) if keys else None, initiator=self)

    def _add_own(self) -> None:
        words = self.words
        known = {each.code for each in self.shown.activities} if self.shown else set()
        code = next(code for code in (f"A{number:02d}" for number in range(1, 1000)) if code not in known)

        def action(ctx: Any) -> bytes:
            from ltu_desktop.actions import activities

            return activities.add_activity(ctx, code=code, name=words.text(N_("New activity")))

        self.desk.act(action, self._added, initiator=self)

    def _added(self, key: bytes) -> None:
        self._wanted = key
        self.desk.said.emit(self.words.text(N_("Added")), True)
        self.segments.set_texts(self._texts())
        self.segments.choose(LIST)
        self.refresh()
