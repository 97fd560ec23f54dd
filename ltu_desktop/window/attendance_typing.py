"""What is typed on its way to the file: shown at once, saved over there, given back with a sentence when that fails."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ltu_desktop.window import attendance_work as work
from ltu_desktop.window.attendance_pen import Taken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.actions.attendance import Recorded
    from ltu_desktop.rules.errors import Problem, UserError
    from ltu_desktop.window.attendance_blocks import Texts
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.attendance_sheet import Key, Put, Sheet


class Typing(QObject):
    """Joins the grid to the desk for all that is typed, filled, pasted and cleared."""

    def __init__(self, page: AttendancePage) -> None:
        super().__init__(page)
        self._page, self._desk, self._words = page, page.desk, page.words
        self._flying: list[Put] = []  # typed, and not saved yet

    def take(self, texts: Texts) -> Taken:
        """Show what was typed at once, and save it over there; say what cannot be taken."""
        sheet = self._page.grid.sheet
        put = sheet.put(texts)
        wrong = self._refused(put.refused, len(texts))
        if not put.texts:
            return Taken(wrong, stays=len(texts) == 1)
        self._flying.append(put)
        self._page.around.dress()
        days = sheet.days

        def failed(error: UserError) -> None:
            self._landed(put)
            self._page.grid.sheet.restore(put)
            self._page.around.dress()
            self._desk.troubled.emit(error)
            self._page.refresh()  # rows that were read meanwhile may hold it, too

        self._desk.act(
            lambda ctx: work.save(ctx, days, put.texts),
            partial(self._saved, put),
            initiator=self._page,
            failed=failed,
        )
        return Taken(wrong, stays=False)

    def again(self, sheet: Sheet) -> None:
        """Put what is on its way into rows of its month that were read meanwhile."""
        for put in filter(sheet.same_days, self._flying):
            sheet.put_keys(put.texts)

    def _refused(self, refused: Mapping[tuple[Key, int], Problem], asked: int) -> str:
        if not refused:
            return ""
        what, mend = self._words.problem(next(iter(refused.values())))
        if asked == 1:
            return f"{what} {mend}".strip()
        many = self._words.plural("{count} cell was left.", "{count} cells were left.", len(refused))
        return f"{many} {what}"

    def _landed(self, put: Put) -> None:
        self._flying = [each for each in self._flying if each is not put]

    def _saved(self, put: Put, recorded: Recorded) -> None:
        self._landed(put)
        if recorded.refused:
            self._page.refresh()
        if len(put.texts) > 1:
            said = self._words.plural("{count} cell saved", "{count} cells saved", recorded.cells)
            self._desk.said.emit(said, True)
        self._page.panels.follow()
