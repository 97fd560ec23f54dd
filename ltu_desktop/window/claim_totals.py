"""Totals that can be chosen figure by figure, by click or with the arrows: each one is explained like those above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter

from ltu_desktop.window.controls import rounded
from ltu_desktop.window.table_totals import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from ltu_desktop.window.table import Table
    from ltu_desktop.window.table_totals import Total

STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ChosenTotals(Totals):
    """The totals of a claim; `chosen` tells the place of the row and the code of the column."""

    chosen = Signal(int, str)

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._of = table
        self.place, self.code = 0, ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_totals(self, rows: Sequence[Total]) -> None:
        """Show other totals; the chosen one stays while it is there."""
        super().show_totals(rows)
        self.place = min(self.place, max(0, len(rows) - 1))

    def codes(self, place: int | None = None) -> list[str]:
        """Return the columns in which a row, or the chosen one, has figures that are shown."""
        rows = self.texts()
        values = rows[self.place if place is None else place].values if rows else {}
        return [
            column.code
            for at, column in enumerate(self._of.rows_model.columns)
            if column.code in values and not self._of.isColumnHidden(at)
        ]

    def choose(self, place: int, code: str) -> None:
        """Choose a figure and tell."""
        self.place, self.code = place, code
        self.update()
        self.chosen.emit(place, code)

    def area(self, place: int, code: str) -> QRect:
        """Return where a figure stands."""
        y = 1
        for at, row in enumerate(self.texts()):
            height = self.HEIGHT + (6 if row.strong else 0)
            if at == place:
                column = next(at for at, each in enumerate(self._of.rows_model.columns) if each.code == code)
                return QRect(self._of.columnViewportPosition(column), y, self._of.columnWidth(column), height)
            y += height
        return QRect()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose the figure under the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        spot = event.position().toPoint()
        for place in range(len(self.texts())):
            for code in self.codes(place):
                if self.area(place, code).contains(spot):
                    self.choose(place, code)
                    return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Move between the figures; above the first row the lines begin again."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or not self.codes():
            super().keyPressEvent(event)
            return
        down, right = step
        if self.place + down < 0:
            self._of.setFocus(Qt.FocusReason.BacktabFocusReason)
            return
        place = min(self.place + down, len(self.texts()) - 1)
        codes = self.codes(place)
        at = codes.index(self.code) if self.code in codes else len(codes) - 1
        self.choose(place, codes[min(max(0, at + right), len(codes) - 1)])
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Choose a figure as soon as the keyboard comes here."""
        super().focusInEvent(event)
        codes = self.codes()
        if codes and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(self.place, self.code if self.code in codes else codes[-1])

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the ring around the chosen figure."""
        super().paintEvent(event)
        if self.hasFocus() and self.code in self.codes():
            painter = QPainter(self)
            rounded(painter, self.area(self.place, self.code), "", "focus", 0, 2)
