"""What stands around the cells of the attendance page: team heads, sums, counts, what can be done and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.attendance_faces import hours_text
from ltu_desktop.window.attendance_sheet import Sums
from ltu_desktop.window.attendance_tabs import ACTIVITIES, HOURS
from ltu_desktop.window.attendance_view import TeamFace
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.attendance_sheet import Sheet, Team
    from ltu_desktop.window.attendance_work import Loaded

EDITS = ("attendance.paste", "attendance.fill_down", "attendance.fill_right")


class Dress:
    """Says in words what the page shows; called whenever rows, filters or the view change."""

    def __init__(self, page: AttendancePage) -> None:
        self._page = page

    def say_head(self, loaded: Loaded) -> None:
        """Say the month, its working days and whether it is closed."""
        words, grid = self._page.words, loaded.grid
        working = sum(not head.weekend and not head.holiday_name for head in grid.days)
        said = [words.month(grid.month), words.plural("{count} working day", "{count} working days", working)]
        if grid.closed_on is not None:
            said.append(words.text(N_("closed on {day}"), day=words.day(grid.closed_on)))
        self._page.head.say(words.text(N_("Attendance")), " · ".join(said))

    def closing_lock(self) -> str:
        """Say why the month can neither be closed nor opened, or nothing."""
        if self._page.loaded is not None and self._page.loaded.reader:
            return self._page.words.text(N_("Your role reads this file, it changes nothing."))
        return "" if self._page.desk.writable else self._page.words.text(N_("The file is open read-only."))

    def lock(self, loaded: Loaded) -> str:
        """Say why nothing can be typed, or nothing."""
        words = self._page.words
        if loaded.grid.closed_on is not None and not self.closing_lock():
            return words.text(
                N_("{month} has been closed since {day}. Reopen the month to change it."),
                month=words.month(loaded.grid.month).capitalize(),
                day=words.day(loaded.grid.closed_on),
            )
        return self.closing_lock()

    def dress(self) -> None:
        """Say what stands around the cells: team heads, sums, counts."""
        loaded, view, words = self._page.loaded, self._page.grid.view, self._page.words
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
        view.note_head = words.text(N_("h/wk")) if view.sheets else ""
        counted = sheet.teams if view.sheets else sheet.teams[-1:]  # folded or not
        view.foot_sums = sum(map(sheet.sums, counted), Sums())
        view.foot = sheet.day_sums(row for team in counted for row in team.rows)
        people = len(self._page.hours.rows)
        view.foot_name = words.plural("Done, {count} person", "Done, {count} people", people)
        view.fill_text = words.text(N_("As planned"))
        self._page.grid.relayout()  # sums may need more room
        self._page.grid.setAccessibleName(
            ", ".join(
                (
                    words.text(N_("Attendance")),
                    words.month(loaded.grid.month),
                    words.plural("{count} person", "{count} people", people),
                    words.text(N_("{hours} worked"), hours=words.duration(view.foot_sums.done)),
                )
            )
        )
        self._page.grid.viewport().update()
        self._say_commands()
        self.count()

    def _team_face(self, sheet: Sheet, team: Team) -> TeamFace:
        assert self._page.loaded is not None
        words, view = self._page.words, self._page.grid.view
        if not view.sheets:
            return TeamFace("")
        rows = [sheet.rows[place] for place in team.rows]
        people = words.plural("{count} person", "{count} people", len(rows))
        got = sum(each.sheet is not None and each.sheet.received_on is not None for each in rows)
        missing = len(rows) - got
        fill = not self._page.grid.lock and sheet.open(team, self._page.loaded.today)
        if not missing:
            said = words.plural("{count} sheet received", "{count} sheets received", got)
            return TeamFace(people, said, Meaning.OK, fill)
        if view.past:
            said = words.plural("{count} sheet missing", "{count} sheets missing", missing)
            return TeamFace(people, said, Meaning.ATTENTION, fill)
        return TeamFace(people, fill=fill)

    def _say_commands(self) -> None:
        lock, which, enable = self._page.grid.lock, self._page.segments.index(), self._page.commands.enable
        here = bool(self._page.hours.shown)
        only_hours = self._page.words.text(N_("Choose “Hours” first."))
        in_grid = which in {HOURS, ACTIVITIES}
        for code in EDITS:
            enable(code, on=here and in_grid and not lock, reason=lock or only_hours)
        for code in ("attendance.as_planned", "attendance.attach"):
            enable(code, on=here and which == HOURS and not lock, reason=lock or only_hours)
        enable("attendance.absence", on=here and which != ACTIVITIES and not lock, reason=lock or only_hours)
        enable("attendance.person", on=here and which == HOURS, reason=only_hours)
        for code in ("attendance.close", "attendance.next_missing", "attendance.print", "attendance.export"):
            enable(code, on=here)
        self._say_closing()
        enable("attendance.import", on=here and not lock, reason=lock)

    def _say_closing(self) -> None:
        """Let the button say which of the two it leads to: a closed month is opened again."""
        button, text, loaded = self._page.close_button, self._page.words.text, self._page.loaded
        closed = loaded is not None and loaded.grid.closed_on is not None
        button.setText(text(N_("Reopen the month…") if closed else N_("Close the month…")))
        button.icon_name = "lock-simple-open" if closed else "lock-simple"
        button.setAccessibleName(button.text())
        button.refit()

    def count(self) -> None:
        """Say count, sum and mean of the range in the status bar."""
        words, grid = self._page.words, self._page.grid
        if not grid.isVisible() or not grid.sheet.shown:
            self._page.desk.counted.emit("")
            return
        figures = grid.sheet.figures(grid.choice.block)
        said = [words.plural("{count} cell", "{count} cells", figures.cells)]
        if figures.filled:
            if figures.filled < figures.cells:
                said[0] += ", " + words.plural("{count} filled", "{count} filled", figures.filled)
            said.append(words.text(N_("sum {hours} h"), hours=hours_text(words, figures.total)))
            if figures.filled > 1:
                said.append(words.text(N_("mean {hours} h"), hours=hours_text(words, figures.mean)))
        self._page.desk.counted.emit("    ".join(said))
