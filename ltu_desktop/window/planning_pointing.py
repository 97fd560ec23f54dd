"""How conflicts are gone through: one after the other, framed on the board and at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ltu_desktop.window.planning_words import together

if TYPE_CHECKING:
    from ltu_desktop.rules.planning import Conflict
    from ltu_desktop.window.planning_page import PlanningPage


class Pointing:
    """Points at what stands against a page's plan."""

    def __init__(self, page: PlanningPage) -> None:
        self._page = page
        self._at = -1

    def conflicts(self) -> list[Conflict]:
        """Return what stands against what is shown."""
        sheet, loaded = self._page.board.sheet, self._page.loaded
        if sheet is None or loaded is None:
            return []
        shown = {block.shift.id for each in sheet.rows for cell in each.cells for block in cell.blocks}
        return together([each for each in loaded.board.conflicts if shown & set(each.spans)])

    def next(self) -> None:
        """Go to the next conflict."""
        found = self.conflicts()
        if found:
            self._at = (self._at + 1) % len(found)
            self._page.sides.bring(self._page.sides.side)  # where it is said what stands against the plan
            self.see(found[self._at])
            self._page.sides.side.mark(self._at)

    def see(self, conflict: Conflict) -> None:
        """Show the shifts of a conflict on the board."""
        self._page.board.point_at(frozenset(conflict.spans))
        self._page.board.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Point at none any more: those of another week come."""
        self._at = -1
        self._page.sides.side.mark(self._at)
        self._page.board.view.chosen = frozenset()
