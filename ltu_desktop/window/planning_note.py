"""The note beside what is in the hand: where it would go, and before the drop whether it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ltu_desktop.window import icons
from ltu_desktop.window.pieces import column, give_shadow, label, row, set_tone
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

MOST = 300


class DropNote(QFrame):
    """Three lines: whose day, whether it fits, the keys. It never takes the keyboard nor the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("popup", True)
        box = column(self, margins=(12, 8, 12, 8), gap=4)
        self.title = label("", Text.DENSE_STRONG)
        box.addWidget(self.title)
        across = row(gap=8)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        across.addWidget(self._sign)
        self.verdict = label("", Text.DENSE_STRONG, wrap=True)
        across.addWidget(self.verdict, 1)
        box.addLayout(across)
        self._keys = label("", Text.NOTE, "text3")
        box.addWidget(self._keys)
        give_shadow(self)
        self.hide()

    def say(self, title: str, verdict: str, meaning: Meaning, keys: str, at: QPoint, free: int) -> None:
        """Say it at a place of the board; `free` is the height above the place that must stay uncovered."""
        self.title.setText(title)
        icons.put(self._sign, icons.MEANING_ICON[meaning], f"{meaning}.icon")
        self.verdict.setText(verdict)
        set_tone(self.verdict, str(meaning))
        self._keys.setText(keys)
        wide = max(self.title.sizeHint().width(), self._keys.sizeHint().width(), 200)
        metrics = self.verdict.fontMetrics()
        wide = min(MOST, max(wide, metrics.horizontalAdvance(verdict) + 30))
        self.verdict.setFixedWidth(wide - 24)
        height = metrics.boundingRect(0, 0, wide - 24, 400, 0x1000, verdict).height()
        self.verdict.setFixedHeight(max(18, height + 2))
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedSize(layout.sizeHint())
        parent = self.parentWidget()
        assert parent is not None
        x = max(4, min(at.x(), parent.width() - self.width() - 4))
        y = at.y() if at.y() + self.height() + 4 <= parent.height() else at.y() - free - self.height()
        self.move(x, max(4, y))
        self.setAccessibleName(f"{title}. {verdict}")
        self.show()
        self.raise_()
