"""A note in the grid: one sentence below the cell, what a key would do or why a text is not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QLabel

from ltu_desktop.window import icons
from ltu_desktop.window.pieces import give_shadow, label, row, set_tone
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea


class Note(QFrame):
    """Lies over the grid until what is chosen changes; never takes the keyboard."""

    MOST = 420

    def __init__(self, grid: QAbstractScrollArea) -> None:
        super().__init__(grid.viewport())
        self.setProperty("popup", True)
        across = row(self, margins=(10, 6, 12, 6), gap=8)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        icons.put(self._sign, "warning-octagon", "blocking.icon")
        self._text = label("", Text.DENSE, wrap=False)
        across.addWidget(self._sign)
        across.addWidget(self._text)
        give_shadow(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is away."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, at: QPoint, above: int, end: QPoint, *, bad: bool) -> None:
        """Say a sentence at a place of the grid, over no sums: these are below and right of `end`.

        Where it has no room below, it ends `above`.
        """
        self._sign.setVisible(bad)
        set_tone(self._text, "blocking" if bad else "text")
        self._text.setWordWrap(False)
        self._text.setText(text)
        self.setAccessibleName(text)
        if self._text.sizeHint().width() > self.MOST - 50:
            self._text.setWordWrap(True)
            self._text.setFixedWidth(self.MOST - 50)
        else:
            self._text.setMinimumWidth(0)
            self._text.setMaximumWidth(16777215)
        self.adjustSize()
        x = max(4, min(at.x(), end.x() - self.width() - 4))
        y = at.y() if at.y() + self.height() < end.y() else above - self.height()
        self.move(x, max(4, y))
        self.show()
        self.raise_()
