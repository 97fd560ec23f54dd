"""The page of attendance: the month as a grid, who was there and how long, typed as in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from ltu_desktop.actions.targets import Target
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_work as work
from ltu_desktop.window.attendance_dress import Dress
from ltu_desktop.window.attendance_exchange import Exchange
from ltu_desktop.window.attendance_filling import Filling
from ltu_desktop.window.attendance_grid import Grid
from ltu_desktop.window.attendance_keys import Choice as Chosen
from ltu_desktop.window.attendance_keys import Do, Spot, Step
from ltu_desktop.window.attendance_legend import Legend
from ltu_desktop.window.attendance_menus import Menus
from ltu_desktop.window.attendance_panels import PANELS, Panels
from ltu_desktop.window.attendance_sheet import GridRow, Sheet, activity_sheet, people_sheet
from ltu_desktop.window.attendance_tabs import ABSENCES, ACTIVITIES, HOURS, MATCH, SENDINGS, VIEWS, Tabs
from ltu_desktop.window.attendance_typing import Typing
from ltu_desktop.window.controls import Choice, Kind, Segments
from ltu_desktop.window.empty import EmptyPane, no_match
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import row, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtGui import QHideEvent

    from ltu_desktop.queries.attendance_rows import MonthGrid, PersonMonth
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.words import Words

NOBODY = b""
"""Stands for those who have no team or no site, in a filter."""


def team_options(loaded: work.Loaded, words: Words) -> list[tuple[object, str]]:
    """Return the teams that a month's people can be filtered by."""
    teams = {person.team for person in loaded.grid.people}
    found: list[tuple[object, str]] = [(None, words.term("filter of teams", "All"))]
    found += [(each.id, each.name) for each in loaded.grid.activities if each.id in teams]
    return [*found, (NOBODY, words.term("filter", "None"))] if None in teams and len(found) > 1 else found


def site_options(loaded: work.Loaded, words: Words) -> list[tuple[object, str]]:
    """Return the sites that a month's people can be filtered by."""
    homes = {person.site_id for person in loaded.grid.people}
    found: list[tuple[object, str]] = [(None, words.term("filter", "All"))]
    found += [(key, name) for key, name in loaded.sites.items() if key in homes]
    return [*found, (NOBODY, words.term("filter", "None"))] if None in homes and len(found) > 1 else found


@dataclass(frozen=True)
class Here:
    """Whom the filters, team and site, leave of what was read, and the codes of their absences."""

    loaded: work.Loaded
    filters: tuple[object, object]
    grid: MonthGrid
    codes: set[str]


class AttendancePage(Page):
    """A month of attendance: hours, activities, absences, and what is made of them."""

    code: ClassVar[str] = "attendance"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("attendance", "absence_day", "month_sheet", "month_closing", "attachment", "shift", "closure"),
            *("person", "contract", "contract_terms", "work_pattern", "work_pattern_slot", "activity", "site"),
            *("hours_reason", "pay_month", "payroll_file", "payroll_sending", "claim"),
        }
    )

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.loaded: work.Loaded | None = None
        self.hours = Sheet()  # the people, whatever is shown
        self._here: Here | None = None
        self._person = b""  # whose row was active last
        self._wanted: tuple[str, date | None] = ("", None)  # where to go as soon as the month is there
        self.menus = Menus(self)
        made = {each: commands.button(f"attendance.{each}") for each in ("absence", "print", "close", "as_planned")}
        self.close_button = made["close"]
        self.head.add(*made.values(), self.menus.more)
        self.box.addWidget(self._options())
        self.box.addWidget(rule(tone="line2"))
        self.around, self.typing = Dress(self), Typing(self)
        self.grid = Grid(self.words, self.typing.take)
        self.grid.setProperty("pane", True)
        self.grid.moved.connect(self._moved)
        self.grid.folded.connect(self.around.dress)
        self.grid.menu_wanted.connect(self.menus.ask_here)
        self.empty = EmptyPane(
            self.words.text(N_("Nobody has a contract in this month. Enter people and their contracts first.")),
            commands.button("page.people", kind=Kind.PRIMARY),
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.no_match = no_match(self.words, self._show_all)
        self.middle.addWidget(self.empty)
        self.middle.addWidget(self.no_match)
        self.filling, self.panels, self.tabs = Filling(self), Panels(self), Tabs(self)
        self.exchange = Exchange(self)
        self.grid.block_wanted.connect(self.exchange.ask_block)
        self.grid.fill_wanted.connect(self.filling.ask)
        self.grid.person_wanted.connect(lambda _row: self.panels.show_person(focus=False))
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.middle)
        self.panes.addWidget(self.panels.stack)
        self.panes.setStretchFactor(0, 1)
        self.panes.setStretchFactor(1, 0)
        desk.memory.restore_splitter("attendance", self.panes)
        self.box.addWidget(self.panes, 1)

    def _options(self) -> QWidget:
        text = self.words.text
        self.team = Choice(text(N_("Team")), [(None, self.words.term("filter of teams", "All"))])
        self.site = Choice(text(N_("Site")), [(None, self.words.term("filter", "All"))])
        for choice in (self.team, self.site):
            choice.chosen.connect(lambda _value: self._show())
        self.who = Choice(text(N_("Person")), [(NOBODY, "–")])
        self.who.is_set = lambda: False  # type: ignore[method-assign]  # a choice, not a filter
        self.who.chosen.connect(self._choose_person)
        self.segments = Segments()
        names = (
            text(N_("Hours")),
            text(N_("Activities")),
            text(N_("Absences")),
            self.words.term("view", "Match"),
            text(N_("To payroll")),
        )
        self.segments.set_texts([(name, "") for name in names])
        self.segments.choose(HOURS)
        self.segments.chosen.connect(self._turned)
        self.legend = Legend(self.words)
        bar = row(margins=(24, 0, 24, 0), gap=8)
        for widget in (self.team, self.site, self.segments, self.who):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(self.legend, 100)
        bar.addStretch(1)
        holder = QFrame()
        holder.setProperty("pane", True)
        holder.setFixedHeight(48)
        holder.setLayout(bar)
        return holder

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with a month's attendance."""
        return {
            "attendance.as_planned": lambda: self.filling.ask(self._team_here()),
            "attendance.absence": self.panels.begin_absence,
            "attendance.paste": lambda: self.grid.do(Step(Do.PASTE, self.grid.choice)),
            "attendance.fill_down": lambda: self.grid.do(Step(Do.DOWN, self.grid.choice)),
            "attendance.fill_right": lambda: self.grid.do(Step(Do.RIGHT, self.grid.choice)),
            "attendance.person": self.panels.show_person,
            "attendance.attach": self.panels.attach,
            "attendance.close": self.panels.show_closing,
            "attendance.import": self.exchange.ask_file,
            "attendance.export": self.menus.ask_export,
            "attendance.next_missing": self.panels.next_missing,
            "attendance.print": self.menus.show_paper,
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text, term = self.words.text, self.words.term
        if self.segments.index() != HOURS or self.grid.lock or not self.hours.rows:
            return [("F6", text(N_("next pane")))]
        return [
            ("F2", text(N_("edit"))),
            ("Ctrl D", text(N_("fill down"))),
            (f"Ctrl {term('key', 'Shift')} P", text(N_("as planned"))),
            (term("key", "Esc"), text(N_("cancel"))),
        ]

    def show_what(self, what: object) -> None:
        """Begin with somebody's row, by her staff number; with a day in it, by both; with her match, by a target."""
        self._wanted = _asked(what)
        if isinstance(what, Target):
            self.tabs.match_wanted = what.subject
            self.segments.choose(MATCH)
        elif self._wanted[0]:
            self.segments.choose(HOURS)

    def first_focus(self) -> QWidget | None:
        """Begin in the grid, or in the view that is shown."""
        which = self.segments.index()
        return self.grid if which in {HOURS, ACTIVITIES} else self.tabs.first(which)

    def filter_field(self) -> QWidget | None:
        """Return the filter of the teams."""
        return self.team

    def back(self) -> bool:
        """Close the popup first, then the panel."""
        if self.filling.popup.isVisible():
            self.filling.popup.vanish()
            return True
        return self.panels.vanish()

    def ahead(self) -> Iterator[str]:
        """Make the other views and the panels."""
        for holder, names in ((self.tabs, VIEWS), (self.panels, PANELS)):
            for name in names:
                getattr(holder, name)
                yield name

    def month_changed(self) -> None:
        """Show another month; an absence that is being typed belongs to the former one."""
        if not self.grid.pen.keep():  # what is typed belongs to the former month, too
            self.grid.pen.leave()
        self.filling.popup.hide()
        if self.panels.now is vars(self.panels).get("absence"):
            self.panels.vanish()
        self.refresh()

    def refresh(self) -> None:
        """Read the month again."""
        month = self.desk.month
        self.head.say(self.words.text(N_("Attendance")), self.words.month(month))
        self.desk.act(lambda ctx: work.load(ctx, month), self._take_month)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Take the counts out of the status bar."""
        super().hideEvent(event)
        self.desk.counted.emit("")

    # ---- showing ----

    def _take_month(self, loaded: work.Loaded) -> None:
        if loaded.grid.month != self.desk.month:
            return  # another month is being read already
        self.loaded = loaded
        self.team.set_options(team_options(loaded, self.words))
        self.site.set_options(site_options(loaded, self.words))
        self._uncover(self._wanted[0])
        self._show()

    def people(self) -> tuple[PersonMonth, ...]:
        """Return the people that the filters leave."""
        assert self.loaded is not None
        return tuple(self.loaded.grid.people[place] for place in self._places())

    def _places(self) -> list[int]:
        """Return where the people that the filters leave are in the month."""
        assert self.loaded is not None
        team, site = self.team.value, self.site.value
        return [
            place
            for place, each in enumerate(self.loaded.grid.people)
            if (team is None or (each.team or NOBODY) == team) and (site is None or (each.site_id or NOBODY) == site)
        ]

    def _show(self) -> None:
        loaded, words = self.loaded, self.words
        if loaded is None:
            return
        which = self.segments.index()
        filters = (self.team.value, self.site.value)
        if self._here is None or self._here.loaded is not loaded or self._here.filters != filters:
            self._here = self._filtered(loaded, filters)
        grid, mark = self._here.grid, self.hours.mark
        self.typing.again(self.hours)  # what is typed and on its way stays in sight
        sheet = self.hours
        if which == ACTIVITIES:
            everybody = words.plural("{count} person", "{count} people", len(grid.people))
            none = words.text(N_("no activity named"))
            here = self._person_here()
            self.who.value = here.person_id if here is not None else NOBODY
            names = [(each.key[0], words.named(each.name, each.apart)) for each in self.hours.rows]
            self.who.set_options(names or [(NOBODY, "–")])
            sheet = activity_sheet(grid, self._person_here(), everybody=everybody, none=none, mark=mark)
            self.typing.again(sheet)
        self.legend.setVisible(which == HOURS and bool(loaded.grid.people))
        self.who.setVisible(which == ACTIVITIES)
        for choice in (self.team, self.site):  # the match and what is sent are everybody's
            tight = choice is self.site and which == ACTIVITIES and self.compact() and not choice.is_set()
            choice.setVisible(which in {HOURS, ACTIVITIES, ABSENCES} and not tight)
        self.legend.show_codes(self._here.codes)
        self.around.say_head(loaded)
        self.grid.lock = self.around.lock(loaded)
        self.grid.view.sheets = which != ACTIVITIES
        self.grid.show_sheet(sheet)
        self.hinted.emit()
        self._show_wanted()
        self.around.dress()
        if which in {HOURS, ACTIVITIES}:
            filled = self.grid if grid.people else self.no_match
            self.middle.setCurrentWidget(filled if loaded.grid.people else self.empty)
        else:
            self.tabs.show(which)
            self.around.count()  # the cells that were counted are out of sight
        self.panels.refresh()

    def _filtered(self, loaded: work.Loaded, filters: tuple[object, object]) -> Here:
        """Take the people that the filters leave into `hours`."""
        places, words = self._places(), self.words
        grid = replace(loaded.grid, people=tuple(loaded.grid.people[place] for place in places))
        rows = [loaded.rows[place] for place in places]
        self.hours = people_sheet(grid, rows, loaded.sites, nobody=words.text(N_("Without a team")), mark=words.mark)
        return Here(loaded, filters, grid, set().union(*(loaded.codes[place] for place in places)))

    def go_to(self, number: str, day: date | None) -> None:
        """Go to a person's row, and to a day in it: filters that hide it are taken off."""
        self._wanted = (number, day)
        self._uncover(number)
        if self.segments.index() == HOURS:
            self._show_wanted()
        else:
            self.segments.choose(HOURS)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncover(self, number: str) -> None:
        """Take filters off that hide somebody."""
        if number and not any(each.staff_number == number for each in self.people()):
            self._show_all()

    def _show_all(self) -> None:
        for choice in (self.team, self.site):
            choice.choose(None)

    def _show_wanted(self) -> None:
        (number, day), sheet = self._wanted, self.grid.sheet
        at = next((at for at, each in enumerate(sheet.rows) if number and each.staff_number == number), None)
        if at is None:
            return
        self._wanted = ("", None)
        self.grid.show_team(at)
        place = sheet.place(sheet.rows[at].key)
        if place is not None:
            column = day.day - 1 if day is not None else self.grid.choice.active.column
            self.grid.choose(Chosen.at(Spot(place, column)))

    def chosen_team(self) -> bytes | None:
        """Return the team that the filter leaves, None for all."""
        return self.team.value if isinstance(self.team.value, bytes) and self.team.value else None

    def chosen_site(self) -> bytes | None:
        """Return the site that the filter leaves, None for all."""
        return self.site.value if isinstance(self.site.value, bytes) and self.site.value else None

    # ---- what is chosen ----

    def _moved(self) -> None:
        chosen = self._row_shown()
        if chosen is not None and chosen.key[0]:
            self._person = chosen.key[0]
        self.around.count()
        self.panels.follow()

    def _row_shown(self) -> GridRow | None:
        sheet, at = self.grid.sheet, self.grid.choice.active.row
        return sheet.row(at) if at < len(sheet.shown) else None

    def row_here(self) -> GridRow | None:
        """Return the row of the person who was active last, whatever is shown."""
        rows = self.hours.rows
        return next((each for each in rows if each.key[0] == self._person), rows[0] if rows else None)

    def day_here(self) -> date:
        """Return the day of the active cell."""
        return self.grid.sheet.days[self.grid.choice.active.column].day

    def _person_here(self) -> PersonMonth | None:
        people = self.people()
        return next((each for each in people if each.person_id == self._person), people[0] if people else None)

    def _team_here(self) -> int:
        sheet = self.grid.sheet
        if self.grid.choice.active.row >= len(sheet.shown):
            return 0
        return sheet.teams.index(sheet.team_of(self.grid.choice.active.row))

    def _choose_person(self, value: object) -> None:
        """Show somebody else's activities."""
        assert isinstance(value, bytes)
        self._person = value
        self._show()

    def _turned(self, place: int) -> None:
        """Show another view; what was typed meanwhile is read again, by the view itself where it reads the file."""
        here = self.row_here()
        if place != HOURS:
            self.panels.vanish()
        elif here is not None and not self._wanted[0]:
            self._wanted = (here.staff_number, None)  # back to her row
        self._show()
        if place not in {MATCH, SENDINGS}:
            self.refresh()


def _asked(what: object) -> tuple[str, date | None]:
    """Return whose row is asked for, and which day in it."""
    match what:
        case (str(number), date() as day):
            return number, day
        case str(number):
            return number, None
        case _:
            return "", None
