"""Filling a team as planned: the counts are asked for first, the popup says them, then one step fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_work as work
from ltu_desktop.window.attendance_planned import MONTH, WEEK, PlannedPopup, span

if TYPE_CHECKING:
    from ltu_desktop.actions.attendance import AsPlanned, Recorded
    from ltu_desktop.window.attendance_page import AttendancePage


class Filling(QObject):
    """Joins the popup to the grid and to the desk."""

    def __init__(self, page: AttendancePage) -> None:
        super().__init__(page)
        self._page, self._desk, self._words = page, page.desk, page.words
        self._team = 0  # whose cells are to be filled
        self.popup = PlannedPopup(page, page.words)
        self.popup.asked.connect(self._count)
        self.popup.wanted.connect(self._fill)
        self.popup.left.connect(lambda: page.grid.setFocus(Qt.FocusReason.OtherFocusReason))

    def ask(self, team: int) -> None:
        """Say what "as planned" would fill for a team, before it does."""
        sheet, words = self._page.grid.sheet, self._words
        if self._page.grid.lock or team >= len(sheet.teams):
            return
        chosen = sheet.teams[team]
        self._team = team
        people = [sheet.rows[each].key[0] for each in chosen.rows]
        first, last = span(WEEK, self._desk.month, self._page.day_here())
        week = words.text(N_("{first} to {last}"), first=first.day, last=words.day_of_month(last))
        self.popup.ask(chosen.name, people, week, words.text(N_("The whole month")), MONTH)
        self._count(MONTH)

    def _count(self, which: int) -> None:
        first, last = span(which, self._desk.month, self._page.day_here())
        people = self.popup.people
        self._desk.act(lambda ctx: work.ask_as_planned(ctx, first, last, people), self._show)

    def _show(self, plan: AsPlanned) -> None:
        """Show the popup where it hides least of what would be filled, whose days come into sight."""
        page, grid = self._page, self._page.grid
        assert page.loaded is not None
        at, view = grid.view.layout, grid.view
        days = grid.sheet.open_days(grid.sheet.teams[self._team], plan.first, min(plan.last, page.loaded.today))
        if days:
            grid.reveal_days(days[0], days[-1])
        below = at.below_team(self._team, view.scroll_y)
        filled = at.day_x(days[0], view.scroll_x) if days else at.width
        place, left = QPoint(at.name + 260, below + 8), grid.mapTo(page, QPoint(0, 0)).x()
        self.popup.show_plan(plan, grid.mapTo(page, place), left + filled, left + at.totals_x)

    def _fill(self, plan: AsPlanned) -> None:
        def filled(recorded: Recorded) -> None:
            words = self._words
            said = words.plural("{count} cell filled as planned", "{count} cells filled as planned", recorded.cells)
            self._desk.said.emit(said, True)
            self._page.refresh()

        self._desk.act(lambda ctx: work.fill_as_planned(ctx, plan), filled, initiator=self._page)
