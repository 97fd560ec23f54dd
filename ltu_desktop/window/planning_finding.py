"""How somebody is found: for a shift whose person cannot come, or for a need that is not covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ltu_desktop.window import planning_work as work
from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_substitutes import Vacancy

if TYPE_CHECKING:
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.rules.planning import Substitute
    from ltu_desktop.window.planning_page import PlanningPage
    from ltu_desktop.window.planning_sheet import Lack


class Finding:
    """Looks for people on a page's board, and gives what somebody was found for."""

    def __init__(self, page: PlanningPage) -> None:
        self._page = page

    def for_shift(self, shift: ShiftRow) -> None:
        """Look for somebody else for a shift."""
        if self._page.loaded is not None:
            self._find(Vacancy(work.span_of(self._page.loaded.board, shift), shift))

    def for_need(self, lack: Lack) -> None:
        """Look for somebody for a need that is not covered."""
        if self._page.loaded is not None:
            self._find(Vacancy(work.vacancy(self._page.loaded.board, lack)))

    def for_day(self, day: int) -> None:
        """Look for somebody for the first need of a day that is not covered."""
        sheet = self._page.board.sheet
        if sheet is not None and sheet.cover[day].lacks:
            self.for_need(sheet.cover[day].lacks[0])

    def _find(self, vacancy: Vacancy) -> None:
        page = self._page
        loaded, sheet, pane = page.loaded, page.board.sheet, page.sides.substitutes
        assert loaded is not None
        assert sheet is not None
        if not page.board.try_lock():
            return
        page.sides.bring(pane)
        pane.ask(vacancy, sheet)
        week = loaded.board.week
        page.desk.act(
            lambda _ctx: work.find(week, vacancy.span),
            lambda found: pane.show_people(found, sheet, loaded.skills),
        )

    def give(self, vacancy: Vacancy, chosen: Substitute) -> None:
        """Give it to somebody, and show the row."""
        page = self._page
        page.sides.bring(page.sides.side, opened=False)
        page.deeds.give(vacancy, chosen)
        sheet = page.board.sheet
        at = sheet.row_of(chosen.person) if sheet is not None and not sheet.by_activity else None
        if at is not None:
            page.board.choose(Spot(at, (vacancy.span.day - page.monday).days))
        page.board.setFocus(Qt.FocusReason.OtherFocusReason)
