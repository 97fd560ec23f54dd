"""The page of attendance: the month as a grid, who was there and how long, typed as in a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_work as work
from ltu_desktop.window.attendance_faces import hours_text
from ltu_desktop.window.attendance_grid import Grid, Taken
from ltu_desktop.window.attendance_keys import Choice as Chosen
from ltu_desktop.window.attendance_keys import Do, Spot, Step
from ltu_desktop.window.attendance_legend import Legend
from ltu_desktop.window.attendance_paint import TeamFace
from ltu_desktop.window.attendance_planned import MONTH, WEEK, PlannedPopup, span
from ltu_desktop.window.attendance_sheet import Key, Put, Sheet, Team, activity_sheet, people_sheet
from ltu_desktop.window.controls import Choice, Kind, Segments
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.page import Page
from ltu_desktop.window.pieces import row, rule
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from PySide6.QtGui import QHideEvent

    from ltu_desktop.actions.attendance import AsPlanned, Recorded
    from ltu_desktop.queries.attendance_rows import PersonMonth
    from ltu_desktop.rules.errors import Problem, UserError
    from ltu_desktop.window.attendance_blocks import Texts
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk

HOURS, ACTIVITIES = 0, 1
NOBODY = b""
"""Stands for those who have no team or no site, in a filter."""


class AttendancePage(Page):
    """A month of attendance: hours, activities, absences."""

    code: ClassVar[str] = "attendance"
    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("attendance", "absence_day", "month_sheet", "month_closing", "attachment", "shift", "closure"),
            *("person", "contract", "contract_terms", "work_pattern", "work_pattern_slot", "activity", "site"),
        }
    )

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__(desk, commands)
        self.loaded: work.Loaded | None = None
        self._person = b""  # whose row was active last
        self._wanted = ""  # a staff number to go to as soon as the month is there
        self._flying: list[Put] = []  # typed, and not saved yet
        self._folded: dict[int, set[bytes | None]] = {}
        self.head.add(
            commands.button("attendance.paste"),
            commands.button("attendance.as_planned", kind=Kind.PRIMARY),
        )
        self.box.addWidget(self._options())
        self.box.addWidget(rule(tone="line2"))
        self.grid = Grid(self.words, self.take)
        self.grid.setProperty("pane", True)
        self.grid.moved.connect(self._moved)
        self.grid.folded.connect(self._dress)
        self.grid.fill_wanted.connect(self.ask_planned)
        self.grid.menu_wanted.connect(self._menu)
        self.empty = EmptyPane(
            self.words.text(N_("Nobody has a contract in this month.")),
            commands.button("page.people", kind=Kind.PRIMARY),
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.empty)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        self.panes.addWidget(self.middle)
        self.panes.setStretchFactor(0, 1)
        self.box.addWidget(self.panes, 1)
        self.popup = PlannedPopup(self, self.words)
        self.popup.asked.connect(self._count_planned)
        self.popup.wanted.connect(self._fill)
        self.popup.left.connect(lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))

    def _options(self) -> QWidget:
        text, every = self.words.text, self.words.term("filter", "All")
        self.team = Choice(text(N_("Team")), [(None, every)])
        self.site = Choice(text(N_("Site")), [(None, every)])
        for choice in (self.team, self.site):
            choice.chosen.connect(lambda _value: self._show())
        self.segments = Segments()
        self.segments.set_texts([(text(N_("Hours")), ""), (text(N_("Activities")), "")])
        self.segments.choose(HOURS)
        self.segments.chosen.connect(self._turned)
        self.legend = Legend(self.words)
        bar = row(margins=(24, 0, 24, 0), gap=8)
        for widget in (self.team, self.site, self.segments):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(self.legend, 1)
        holder = QFrame()
        holder.setProperty("pane", True)
        holder.setFixedHeight(48)
        holder.setLayout(bar)
        return holder

    # ---- what the frame asks ----

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what can be done with a month's attendance."""
        return {
            "attendance.as_planned": lambda: self.ask_planned(self._team_here()),
            "attendance.paste": self.grid.paste,
            "attendance.fill_down": lambda: self.grid.do(Step(Do.DOWN, self.grid.choice)),
            "attendance.fill_right": lambda: self.grid.do(Step(Do.RIGHT, self.grid.choice)),
        }

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter here."""
        text, term = self.words.text, self.words.term
        return [
            ("F2", text(N_("edit"))),
            ("Ctrl D", text(N_("fill down"))),
            (f"Ctrl {term('key', 'Shift')} P", text(N_("as planned"))),
            (term("key", "Esc"), text(N_("leave it"))),
        ]

    def show_what(self, what: object) -> None:
        """Begin with somebody's row, by her staff number."""
        self._wanted = what if isinstance(what, str) else ""

    def first_focus(self) -> QWidget | None:
        """Begin in the grid."""
        return self.grid

    def filter_field(self) -> QWidget | None:
        """Return the filter of the teams."""
        return self.team

    def back(self) -> bool:
        """Close the popup."""
        if self.popup.isVisible():
            self.popup.vanish()
            return True
        return False

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
        every, none = self.words.term("filter", "All"), self.words.term("filter", "None")
        teams = {person.team for person in loaded.grid.people}
        options: list[tuple[object, str]] = [(None, every)]
        options += [(each.id, each.name) for each in loaded.grid.activities if each.id in teams]
        self.team.set_options([*options, (NOBODY, none)] if None in teams and len(options) > 1 else options)
        homes = {person.site_id for person in loaded.grid.people}
        options = [(None, every), *((key, name) for key, name in loaded.sites.items() if key in homes)]
        self.site.set_options([*options, (NOBODY, none)] if None in homes and len(options) > 1 else options)
        self._show()

    def people(self) -> tuple[PersonMonth, ...]:
        """Return the people that the filters leave."""
        assert self.loaded is not None
        team, site = self.team.value, self.site.value
        return tuple(
            each
            for each in self.loaded.grid.people
            if (team is None or (each.team or NOBODY) == team) and (site is None or (each.site_id or NOBODY) == site)
        )

    def _show(self) -> None:
        loaded = self.loaded
        if loaded is None:
            return
        words = self.words
        people = self.people()
        grid = replace(loaded.grid, people=people)
        mark = "," if words.language == "fr" else "."
        if self.segments.index() == ACTIVITIES:
            sheet = activity_sheet(
                grid,
                self.person_here(),
                everybody=words.plural("{count} person", "{count} people", len(people)),
                none=words.text(N_("no activity named")),
                mark=mark,
            )
        else:
            sheet = people_sheet(grid, loaded.sites, nobody=words.text(N_("Without a team")), mark=mark)
        self.middle.setCurrentWidget(self.grid if loaded.grid.people else self.empty)
        self._say_head(loaded)
        self.grid.lock = self._lock(loaded)
        self.grid.view.sheets = self.segments.index() == HOURS
        self.grid.show_sheet(sheet)
        for put in self._flying:  # what is typed and on its way stays in sight
            sheet.put_keys(put.texts)
        self._show_wanted()
        self._dress()

    def _show_wanted(self) -> None:
        number, self._wanted = self._wanted, ""
        sheet = self.grid.sheet
        at = next((at for at, each in enumerate(sheet.rows) if number and each.staff_number == number), None)
        if at is not None:
            self.grid.show_team(at)
            place = sheet.place(sheet.rows[at].key)
            if place is not None:
                self.grid.choose(Chosen.at(Spot(place, self.grid.choice.active.column)))

    def _say_head(self, loaded: work.Loaded) -> None:
        words, grid = self.words, loaded.grid
        working = sum(not head.weekend and not head.holiday_name for head in grid.days)
        said = [words.month(grid.month), words.plural("{count} working day", "{count} working days", working)]
        if grid.closed_on is not None:
            said.append(words.text(N_("closed on {day}"), day=words.day(grid.closed_on)))
        self.head.say(words.text(N_("Attendance")), " · ".join(said))
        self.legend.show_codes({cell.code for person in grid.people for cell in person.cells if cell.absences} - {""})

    def _lock(self, loaded: work.Loaded) -> str:
        """Say why nothing can be typed, or nothing."""
        words = self.words
        if not self.desk.writable:
            return words.text(N_("The file is open read-only."))
        if loaded.reader:
            return words.text(N_("Your role reads this file, it changes nothing."))
        if loaded.grid.closed_on is not None:
            return words.text(
                N_("{month} has been closed since {day}. Reopen the month to change it."),
                month=words.month(loaded.grid.month).capitalize(),
                day=words.day(loaded.grid.closed_on),
            )
        return ""

    def _dress(self) -> None:
        """Say what stands around the cells: team heads, sums, counts."""
        loaded, view, words = self.loaded, self.grid.view, self.words
        if loaded is None:
            return
        sheet = view.sheet
        view.frozen = loaded.grid.closed_on is not None
        view.past = loaded.grid.month.last < loaded.today
        view.teams = [self._team_face(sheet, team) for team in sheet.teams]
        view.heads = [
            words.term("column", "Planned"),
            words.term("column", "Done"),
            words.term("column", "Away"),
            words.term("column", "Gap"),
            words.term("column", "Sheet"),
        ]
        view.letters = [words.weekday(head.day)[:1].upper() for head in sheet.days]
        view.name_head = words.text(N_("NAME First name")) if view.sheets else words.text(N_("Activity"))
        view.note_head = words.text(N_("h/week")) if view.sheets else ""
        counted = sheet.counted() if view.sheets else list(sheet.teams[-1].rows)
        view.foot_sums = sheet.sums(counted)
        view.foot = sheet.day_sums(counted)
        people = len(self.people())
        view.foot_name = words.plural("Done, {count} person", "Done, {count} people", people)
        view.fill_text = words.text(N_("As planned"))
        self.grid.setAccessibleName(
            ", ".join(
                (
                    words.text(N_("Attendance")),
                    words.month(loaded.grid.month),
                    words.plural("{count} person", "{count} people", people),
                    words.text(N_("{hours} worked"), hours=words.duration(view.foot_sums.done)),
                )
            )
        )
        self.grid.viewport().update()
        self._say_commands()
        self._count()

    def _team_face(self, sheet: Sheet, team: Team) -> TeamFace:
        assert self.loaded is not None
        words, view = self.words, self.grid.view
        if not view.sheets:
            return TeamFace("")
        rows = [sheet.rows[row] for row in team.rows]
        people = words.plural("{count} person", "{count} people", len(rows))
        got = sum(row.sheet is not None and row.sheet.received_on is not None for row in rows)
        missing = len(rows) - got
        fill = sheet.open_cells(team, self.loaded.today) > 0 and not self.grid.lock
        if not missing:
            said = words.plural("{count} sheet received", "{count} sheets received", got)
            return TeamFace(people, said, Meaning.OK, fill)
        if view.past:
            said = words.plural("{count} sheet missing", "{count} sheets missing", missing)
            return TeamFace(people, said, Meaning.ATTENTION, fill)
        return TeamFace(people, fill=fill)

    def _say_commands(self) -> None:
        lock = self.grid.lock
        hours = self.segments.index() == HOURS
        here = bool(self.grid.sheet.shown)
        only_hours = self.words.text(N_("Choose “Hours” first."))
        for code in ("attendance.paste", "attendance.fill_down", "attendance.fill_right"):
            self.commands.enable(code, on=here and not lock, reason=lock)
        self.commands.enable("attendance.as_planned", on=here and hours and not lock, reason=lock or only_hours)

    # ---- what is chosen ----

    def _moved(self) -> None:
        sheet, at = self.grid.sheet, self.grid.choice.active.row
        if at < len(sheet.shown) and sheet.row(at).key[0]:
            self._person = sheet.row(at).key[0]
        self._count()

    def _count(self) -> None:
        """Say count, sum and mean of the range in the status bar."""
        words, grid = self.words, self.grid
        if not grid.sheet.shown or not self.isVisible():
            return
        figures = grid.sheet.figures(grid.choice.block)
        said = [words.plural("{count} cell", "{count} cells", figures.cells)]
        if figures.mean is not None:
            said.append(words.text(N_("sum {hours} h"), hours=hours_text(words, figures.total)))
            if figures.cells > 1:
                said.append(words.text(N_("mean {hours} h"), hours=hours_text(words, figures.mean)))
        self.desk.counted.emit("    ".join(said))

    def person_here(self) -> PersonMonth | None:
        """Return the person whose row was active last, else the first one."""
        people = {each.person_id: each for each in self.people()}
        return people.get(self._person, next(iter(people.values()), None))

    def _team_here(self) -> int:
        sheet = self.grid.sheet
        if self.grid.choice.active.row >= len(sheet.shown):
            return 0
        return sheet.teams.index(sheet.team_of(self.grid.choice.active.row))

    def _turned(self, _place: int) -> None:
        """Show hours or activities; what was typed meanwhile is read again."""
        self._show()
        self.refresh()

    # ---- typing ----

    def take(self, texts: Texts) -> Taken:
        """Show what was typed at once, and save it over there; say what cannot be taken."""
        sheet = self.grid.sheet
        put = sheet.put(texts)
        wrong = self._say_refused(put.refused, len(texts))
        if not put.texts:
            return Taken(wrong, stays=len(texts) == 1)
        self._flying.append(put)
        self._dress()
        days = sheet.days

        def failed(error: UserError) -> None:
            self._landed(put)
            self.grid.sheet.restore(put)
            self._dress()
            self.desk.troubled.emit(error)

        self.desk.act(
            lambda ctx: work.save(ctx, days, put.texts), partial(self._saved, put), initiator=self, failed=failed
        )
        return Taken(wrong, stays=False)

    def _say_refused(self, refused: Mapping[tuple[Key, int], Problem], asked: int) -> str:
        if not refused:
            return ""
        what, mend = self.words.problem(next(iter(refused.values())))
        if asked == 1:
            return f"{what} {mend}".strip()
        many = self.words.plural("{count} cell was left.", "{count} cells were left.", len(refused))
        return f"{many} {what}"

    def _landed(self, put: Put) -> None:
        self._flying = [each for each in self._flying if each is not put]

    def _saved(self, put: Put, recorded: Recorded) -> None:
        self._landed(put)
        if recorded.refused:
            self.refresh()
        if len(put.texts) > 1:
            said = self.words.plural("{count} cell saved", "{count} cells saved", recorded.cells)
            self.desk.said.emit(said, True)

    # ---- as planned ----

    def ask_planned(self, team: int) -> None:
        """Say what "as planned" would fill for a team, before it does."""
        sheet = self.grid.sheet
        if self.grid.lock or not sheet.teams:
            return
        chosen = sheet.teams[team]
        words, month = self.words, self.desk.month
        people = [sheet.rows[each].key[0] for each in chosen.rows]
        first, last = span(WEEK, month, self._day_here())
        week = words.text(N_("{first} to {last}"), first=first.day, last=words.day_of_month(last))
        self.popup.ask(chosen.name, people, week, words.text(N_("whole month")), MONTH)
        self._count_planned(MONTH)

    def _day_here(self) -> date:
        return self.grid.sheet.days[self.grid.choice.active.column].day

    def _count_planned(self, which: int) -> None:
        first, last = span(which, self.desk.month, self._day_here())
        people = self.popup.people
        self.desk.act(lambda ctx: work.ask_as_planned(ctx, first, last, people), self._show_planned)

    def _show_planned(self, plan: AsPlanned) -> None:
        at = self.grid.mapTo(self, QPoint(self.grid.view.layout.name + 260, 120))
        self.popup.show_plan(plan, at)

    def _fill(self, plan: AsPlanned) -> None:
        def filled(recorded: Recorded) -> None:
            said = self.words.plural(
                "{count} cell filled as planned", "{count} cells filled as planned", recorded.cells
            )
            self.desk.said.emit(said, True)
            self.refresh()

        self.desk.act(lambda ctx: work.fill_as_planned(ctx, plan), filled, initiator=self)

    # ---- the menu ----

    def _menu(self, at: QPoint) -> None:
        words = self.words
        menu = QMenu(self)
        grid = self.grid
        for text, do in ((words.text(N_("Copy")), Do.COPY), (words.text(N_("Clear")), Do.CLEAR)):
            menu.addAction(text).triggered.connect(lambda _on=False, do=do: grid.do(Step(do, grid.choice)))
        for code in ("attendance.paste", "attendance.fill_down", "attendance.fill_right", "attendance.as_planned"):
            menu.addAction(self.commands.actions[code])
        menu.exec(at)
        menu.deleteLater()
