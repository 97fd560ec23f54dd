"""How entries begin: the popup on a cell with what is likely there, the menu, and what is taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.planning_entry import Wish
from ltu_desktop.window.spans import usual_break

if TYPE_CHECKING:
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.window.planning_page import PlanningPage

MORNING, EVENING = 8 * 60 + 30, 16 * 60 + 30


class Entering:
    """Begins entries on a page's board."""

    def __init__(self, page: PlanningPage) -> None:
        self._page = page
        self._last: tuple[bytes, bytes | None, int, int, int] | None = None  # what was typed last

    def begin(self, at: int, day: int, shift: ShiftRow | None) -> None:
        """Open the popup on a cell."""
        sheet = self._page.board.sheet
        if sheet is None or not sheet.rows or not self._page.board.try_lock():
            return
        key, when = sheet.rows[at].key, sheet.day(day)
        people = sheet.board.people
        if shift is not None:
            wish = Wish(
                shift.person_id, shift.day, shift.activity_id, shift.site_id, shift.start, shift.end, shift.pause
            )
        else:
            person = people[0].person_id if sheet.by_activity else key
            activity, site, start, end, pause = self._likely(person)
            wish = Wish(person, when, key if sheet.by_activity else activity, site, start, end, pause)
        who = sheet.who(sheet.people[wish.person_id], self._page.words)
        self._page.board.choose(self._page.board.view.spot)
        box = self._page.board.box_here()
        view = self._page.board.viewport()
        box.moveTopLeft(view.mapTo(self._page, box.topLeft()))
        right = view.mapTo(self._page, view.rect().bottomRight()).x() + 1
        self._page.popup.begin(wish, who, shift, box, right, choose_person=sheet.by_activity and shift is None)

    def _likely(self, person: bytes) -> tuple[bytes, bytes | None, int, int, int]:
        """Return what somebody is likely to do: as on her other days, else as was typed last."""
        assert self._page.loaded is not None
        week = next(each for each in self._page.loaded.board.people if each.person_id == person)
        if week.shifts:
            known = week.shifts[-1]
            return known.activity_id, known.site_id, known.start, known.end, known.pause
        if self._last is not None:
            return self._last
        marks = [mark for mark in self._page.loaded.board.activities if mark.ended_on is None]
        return marks[0].id if marks else b"", None, MORNING, EVENING, usual_break(MORNING, EVENING)

    def plan(self, wish: Wish) -> None:
        """Plan what was typed, and remember it as likely."""
        self._last = (wish.activity_id, wish.site_id, wish.start, wish.end, wish.pause)
        self._page.deeds.plan(wish)

    def remove(self, shift: ShiftRow) -> None:
        """Take a shift off; one of a series is asked about in the popup."""
        if shift.series_id is None:
            self._page.deeds.remove(shift)
        else:
            spot = self._page.board.view.spot
            self.begin(spot.row, spot.day, shift)
            self._page.popup.remove_link.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu(self, at: QPoint) -> None:
        """Offer what can be done at the cursor."""
        shift = self._page.board.shift()
        text = self._page.words.text
        menu = QMenu(self._page)
        theme.dress(menu)
        spot = self._page.board.view.spot
        if shift is None:
            menu.addAction(text(N_("Plan here…")), lambda: self.begin(spot.row, spot.day, None))
        else:
            menu.addAction(text(N_("Change…")), lambda: self.begin(spot.row, spot.day, shift))
            menu.addAction(text(N_("Find a substitute")), lambda: self._page.finding.for_shift(shift))
            menu.addAction(text(N_("Remove")), lambda: self._page.deeds.remove(shift))
            if shift.series_id is not None:
                menu.addAction(text(N_("Remove the series")), lambda: self._page.deeds.remove(shift, series=True))
        for action in menu.actions():
            action.setEnabled(not self._page.board.lock)
        menu.exec(at)
        menu.deleteLater()
