"""What is to be known of a report, at its foot: as high as it needs, and no higher than leaves rows in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ltu_desktop.window.pieces import Band, Upright, clear, column, label
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

MOST = 0.28  # of the window's height: higher notes scroll


class Notes(Upright):
    """The warnings in a band, the notes below it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.labels: list[QLabel] = []
        self._inside = QWidget()
        self._box = column(self._inside, margins=(12, 8, 12, 8), gap=2)
        self.setWidget(self._inside)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Ask anew: a lower window leaves less."""
        super().resizeEvent(event)
        self.updateGeometry()

    def say(self, warnings: Sequence[str], notes: Sequence[str]) -> None:
        """Show them; nothing hides the foot."""
        clear(self._box)
        if warnings:
            self._box.addWidget(Band(Meaning.ATTENTION, " · ".join(warnings)))
        self.labels = [label(text, Text.NOTE, "text2", wrap=True) for text in notes]
        for each in self.labels:
            self._box.addWidget(each)
        self.setVisible(bool(warnings or notes))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Be as low as one note."""
        return QSize(super().minimumSizeHint().width(), 0)

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        """Take what the texts need in a width, up to the most; where they scroll the keyboard reaches them."""
        most = round(self.window().height() * MOST)
        needed = max(0, self._box.totalHeightForWidth(width))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if needed > most else Qt.FocusPolicy.NoFocus)
        return min(needed, most)
