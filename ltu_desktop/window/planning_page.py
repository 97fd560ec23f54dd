"""The page of plans: a week as a board, by person or by activity, with what stands against it and what it lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from ltu_desktop.queries.names import namesakes
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import planning_work as work
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Kind
from ltu_desktop.window.empty import NO_MATCH, EmptyPane, no_match
from ltu_desktop.window.page import Page
from ltu_desktop.window.paper_page import Ask
from ltu_desktop.window.pieces import row, rule
from ltu_desktop.window.planning_board import Board
from ltu_desktop.window.planning_deeds import Deeds
from ltu_desktop.window.planning_entering import Entering
from ltu_desktop.window.planning_entry import EntryPopup
from ltu_desktop.window.planning_filters import Filters
from ltu_desktop.window.planning_finding import Finding
from ltu_desktop.window.planning_judge import Judge
from ltu_desktop.window.planning_pointing import Pointing
from ltu_desktop.window.planning_sides import Sides
from ltu_desktop.window.planning_week import WeekPicker, monday_of, month_of, week_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.planning_board import Put
    from ltu_desktop.window.planning_sheet import Sheet

SIDE = 290
NOBODY = N_("Nobody has a contract this week.")
NO_ACTIVITIES = N_("There are no activities yet. Add what you do first, then plan who does it.")
WEEK = timedelta(days=7)


class PlanningPage(Page):
    """A week of plans."""

    code: ClassVar[str] = "planning"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("shift", "absence_day", "cover_need", "closure", "week_template", "month_closing", "site", "activity"),
            *("person", "contract", "contract_terms", "work_pattern", "work_pattern_slot"),
            *("person_skill", "person_limit", "wish", "availability", "activity_skill"),
        }
    )

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.loaded: work.Loaded | None = None
        self.monday = monday_of(desk.clock.now().date())  # plans are of now, whatever month is being claimed
        self._month = desk.month
        self.deeds, self.entering = Deeds(self), Entering(self)
        self.finding, self.pointing = Finding(self), Pointing(self)
        self._waiting: work.Loaded | None = None  # read while something was in the hand
        self._asked = 0  # how often the week was asked for: only the last answer is shown
        self.week = WeekPicker(commands, self.words)
        self.head.say(self.words.text(N_("Planning")))
        across = self.head.layout()
        assert across is not None
        across.insertWidget(2, self.week)  # type: ignore[attr-defined]
        self.head.beside.append(self.week)
        self.head.add(
            commands.button("planning.print"),
            commands.button("planning.setup"),
            commands.button("planning.templates"),
            commands.button("planning.copy_week"),
            commands.button("planning.add", kind=Kind.PRIMARY),
        )
        self.filters = Filters(self.words, commands)
        self.filters.changed.connect(self._show)
        self.box.addWidget(self.filters)
        self.box.addWidget(rule(tone="line2"))
        self._lay_body()

    def _lay_body(self) -> None:
        words, commands = self.words, self.commands
        self.judge = Judge(self)
        self.board = Board(words, self.judge.verdict)
        self.board.setProperty("pane", True)
        self.board.put.connect(self.deeds.put)
        self.board.freed.connect(self._freed)
        self.board.refused.connect(lambda why: self.desk.said.emit(why, False))
        self.board.wanted.connect(self.entering.begin)
        self.board.removed.connect(self.entering.remove)
        self.board.menu_wanted.connect(self.entering.menu)
        self.board.clicked_cover.connect(self.finding.for_day)
        nobody = words.text(NOBODY)
        first = words.text(N_("Choose another week, or add people and their contracts first."))
        self.empty = EmptyPane(f"{nobody}\n{first}", commands.button("page.people", kind=Kind.PRIMARY))
        self.middle = QStackedWidget()
        self.middle.addWidget(self.board)
        self.middle.addWidget(self.empty)
        self.nothing = EmptyPane(
            words.text(NO_ACTIVITIES),
            commands.button("view.activities", kind=Kind.PRIMARY),
        )
        self.middle.addWidget(self.nothing)
        self.no_match = no_match(words, self.filters.show_all)
        self.middle.addWidget(self.no_match)
        self.sides = Sides(self.desk)
        self.sides.left.connect(lambda: self.board.setFocus(Qt.FocusReason.OtherFocusReason))
        self.sides.side.see.connect(self.pointing.see)
        self.sides.side.mend.connect(self.deeds.mend)
        self.sides.side.replace_wanted.connect(self.finding.for_shift)
        self.sides.side.cover_wanted.connect(self.finding.for_need)
        self.sides.substitutes.taken.connect(self.finding.give)
        self.sides.templates.done.connect(self.refresh)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.middle)
        self.panes.addWidget(self.sides)
        self.panes.setStretchFactor(0, 1)
        self.panes.setSizes([1000, theme.grown(SIDE)])
        across = row(gap=0)
        across.addWidget(self.panes, 1)
        across.addWidget(self.sides.strip)
        self.box.addLayout(across, 1)
        self.popup = EntryPopup(self, words, self.judge.entry)
        self.popup.planned.connect(self.entering.plan)
        self.popup.changed.connect(self.deeds.change)
        self.popup.removed.connect(lambda shift, series: self.deeds.remove(shift, series=series))
        self.popup.replace_wanted.connect(self.finding.for_shift)
        self.popup.left.connect(lambda: self.board.setFocus(Qt.FocusReason.OtherFocusReason))

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with a week."""
        return {
            "planning.add": lambda: self.entering.begin(self.board.view.spot.row, self.board.view.spot.day, None),
            "planning.previous_week": lambda: self.go_to(self.monday - WEEK),
            "planning.next_week": lambda: self.go_to(self.monday + WEEK),
            "planning.this_week": lambda: self.go_to(monday_of(self.desk.clock.now().date())),
            "planning.copy_week": self.deeds.copy_week,
            "planning.templates": self._show_templates,
            "planning.setup": lambda: self.desk.go.emit("plan_setup", None),
            "planning.copy": self.deeds.copy,
            "planning.paste": self.deeds.paste,
            "planning.copy_right": self.deeds.copy_right,
            "planning.copy_down": self.deeds.copy_down,
            "planning.next_conflict": self.pointing.next,
            "planning.print": self._print,
        }

    def _print(self) -> None:
        """Look at the wall plans and slips of the shown site and activity before they are printed."""
        choice = self.filters.choice()
        ask = Ask("planning", monday=self.monday, site_id=choice.site, activity_id=choice.activity)
        self.desk.go.emit("paper", ask)

    def _show_templates(self) -> None:
        templates = self.sides.templates
        self.sides.bring(templates)
        templates.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text, term = self.words.text, self.words.term
        if self.middle.currentWidget() is not self.board:
            return [("F6", text(N_("next pane")))]
        return [
            (term("key", "Enter"), text(N_("plan, change"))),
            ("Ctrl R", text(N_("copy right"))),
            (f"{term('key', 'Shift')} ←→", text(N_("stretch"))),
            (term("key", "Space"), text(N_("take, put down"))),
        ]

    def show_what(self, what: object) -> None:
        """Begin with a day's week."""
        if isinstance(what, date):
            self.monday = monday_of(what)
            self.desk.set_month(month_of(self.monday))

    def place(self) -> object:
        """Return the week, to come back to it."""
        return self.monday

    def first_focus(self) -> QWidget | None:
        """Begin on the board."""
        return self.board

    def filter_field(self) -> QWidget | None:
        """Return the filter of the activities."""
        return self.filters.activity

    def back(self) -> bool:
        """Close what is open: the popup, then the panel at the side."""
        if self.popup.isVisible():
            self.popup.vanish()
            return True
        return self.sides.go_back()

    def fit(self) -> None:
        """Make the side a strip where the window is narrow."""
        super().fit()
        self.sides.fit(narrow=self.compact())

    def month_changed(self) -> None:
        """Go to the month's week, today's or its first, unless a week of it is shown."""
        self.refresh()

    def _join_month(self) -> None:
        """Go to a week of the month at the top, once another one was chosen there: today's, or its first."""
        month, before = self.desk.month, self._month
        self._month = month
        if month not in {before, month_of(self.monday)}:
            self.monday = week_in(month, self.desk.clock.now().date())
            self.pointing.forget()

    def go_to(self, monday: date) -> None:
        """Show another week; the month follows its Thursday, unless another one is being claimed."""
        together = month_of(self.monday) == self.desk.month
        self.monday = monday
        self.pointing.forget()
        month = month_of(monday)
        if together and month != self.desk.month:
            self.desk.set_month(month)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the week again: one of the month at the top, which another page may have changed meanwhile."""
        self._join_month()
        monday, choice = self.monday, self.filters.choice()
        self.week.say(self.words, monday)
        self._asked += 1
        asked = self._asked
        self.desk.act(
            lambda ctx: work.load(ctx, monday, choice),
            lambda loaded: self._take(loaded) if asked == self._asked else None,
        )

    # ---- showing ----

    def _take(self, loaded: work.Loaded) -> None:
        if self.board.view.hand is not None:
            self._waiting = loaded
            return
        self.loaded = loaded
        board = loaded.board
        used = {shift.activity_id for person in board.people for shift in person.shifts}
        marks = [mark for mark in board.activities if mark.id in used or mark.ended_on is None]
        self.filters.offer(board.sites, marks)
        alike = namesakes(each.list_name for each in board.people)
        names = [
            (
                each.person_id.hex(),
                self.words.named(each.list_name, each.staff_number if each.list_name in alike else ""),
            )
            for each in board.people
        ]
        self.popup.offer(
            names,
            [(mark.id.hex(), mark.name) for mark in marks],
            [("", self.words.text(N_("activity’s site"))), *((each.id.hex(), each.name) for each in board.sites)],
        )
        self._show()

    def show_put(self, put: Put) -> None:
        """Show a shift where it was put; what is read already is older than that, and it is read anew once saved."""
        self._asked += 1
        self._waiting = None
        self.board.show_put(put)

    def _freed(self) -> None:
        loaded, self._waiting = self._waiting, None
        if loaded is not None:
            self._take(loaded)

    def _show(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        choice = self.filters.choice()
        sheet = loaded.sheet if choice == loaded.choice else choice.sheet(loaded.board, self.words)
        self.board.lock = self._lock(loaded)
        past = loaded.board.monday + WEEK <= loaded.today
        self.board.show_sheet(sheet, loaded.today, faded=past or bool(self.board.lock))
        filled = self.board if sheet.rows else self.no_match
        shown = filled if loaded.board.people else self.empty
        self.middle.setCurrentWidget(shown if loaded.board.activities else self.nothing)
        self.sides.strip.say(len(self.pointing.conflicts()), len(sheet.lacks()))
        count = len(sheet.board.people if sheet.by_activity else sheet.rows)
        people = self.words.plural("{count} person", "{count} people", count)
        self.head.context.setText(people)
        self._say_commands()
        self.hinted.emit()
        self.desk.worker.in_turns(  # the board first; the rest while no other week or filter came
            self._show_sides(loaded, sheet), lambda: self.loaded is loaded and self.board.view.sheet is sheet
        )

    def _show_sides(self, loaded: work.Loaded, sheet: Sheet) -> Iterator[str]:
        """Show what stands beside the board, one thing after the other; say what comes next."""
        yield "side"
        yield from self.sides.side.show_in_turns(sheet, self.pointing.conflicts(), writable=not self.board.lock)
        self.sides.templates.show_week(loaded.board, loaded.templates, lock=self.board.lock)
        lacks = sheet.lacks()
        if lacks:
            board = loaded.board
            self.desk.act(
                lambda ctx: work.count_possible(ctx, board, lacks),
                lambda counts: self.sides.side.say_possible(counts) if self.loaded is loaded else None,
            )

    def _lock(self, loaded: work.Loaded) -> str:
        """Say why nothing can be changed, or nothing."""
        if not self.desk.writable:
            return self.desk.why_not
        board = loaded.board
        if board.closed and Month.of(board.monday) == Month.of(board.monday + timedelta(days=6)):
            month = self.words.month(Month.of(board.monday)).capitalize()
            return self.words.text(N_("{month} is closed. Reopen the month to change its plan."), month=month)
        return ""

    def _say_commands(self) -> None:
        lock, loaded = self.board.lock, self.loaded
        rows = self.middle.currentWidget() is self.board
        filtered = self.middle.currentWidget() is self.no_match
        nobody = NO_MATCH if filtered else NOBODY
        empty = self.words.text(nobody if loaded and loaded.board.activities else NO_ACTIVITIES)
        for code in ("planning.add", "planning.paste", "planning.copy_right", "planning.copy_down"):
            self.commands.enable(code, on=rows and not lock, reason=lock or empty)
        before = bool(loaded and loaded.before)
        nothing = self.words.text(N_("Nothing is planned in the previous week."))
        self.commands.enable("planning.copy_week", on=before and not lock, reason=lock or nothing)
