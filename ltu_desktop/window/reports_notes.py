"""What is to be known of a report, at its foot: as high as it needs, and no higher than leaves rows in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.pieces import Band, Link, Upright, clear, column, label
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from ltu_desktop.words import Words

MOST = 0.28  # of the window's height: higher notes scroll
FEW = 2  # notes that never fold
LOW = 700  # of the window: below, several notes fold to their count, so that the rows have their room


class Notes(Upright):
    """The warnings in a band, the notes below it."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.labels: list[QLabel] = []
        self.more: Link | None = None  # shows the notes that are folded
        self._inside = QWidget()
        self._box = column(self._inside, margins=(24, 12, 24, 8), gap=2)
        self.setWidget(self._inside)
        self.setAccessibleName(words.text(N_("Notes")))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Ask anew: a lower window leaves less."""
        super().resizeEvent(event)
        self._fold()
        self.updateGeometry()

    def _fold(self) -> None:
        """Fold several notes in a low window, until they are asked for."""
        if self.more is not None:
            low = self.window().height() < theme.grown(LOW)
            self.more.setVisible(low)
            for each in self.labels:
                each.setVisible(not low)

    def _unfold(self) -> None:
        if self.more is not None:
            self.more.hide()
            self.more = None
        for each in self.labels:
            each.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # they scroll with the arrows
        self.updateGeometry()

    def say(self, warnings: Sequence[str], notes: Sequence[str]) -> None:
        """Show them; nothing hides the foot."""
        clear(self._box)
        if warnings:
            self._box.addWidget(Band(Meaning.ATTENTION, " · ".join(warnings)))
            self._box.addSpacing(6)
        self.labels = [label(text, Text.NOTE, "text2", wrap=True) for text in notes]
        self.more = None
        if len(notes) > FEW:
            self.more = Link(self._words.plural("{count} note", "{count} notes", len(notes)), icon="caret-down")
            self.more.clicked.connect(self._unfold)
            self._box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for each in self.labels:
            self._box.addWidget(each)
        self._fold()
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
