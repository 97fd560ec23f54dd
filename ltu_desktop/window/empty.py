"""An empty page: one sentence, one accent button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.window.pieces import column, label
from ltu_desktop.window.tokens import Text


class EmptyPane(QFrame):
    """Says what to do first."""

    def __init__(self, text: str, *ways: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        box = column(self, margins=(24, 24, 24, 24), gap=16)
        box.addStretch(2)
        by_sentence = text.replace(". ", ".\n")  # so that no single word is left over in a line of its own
        self.said = label(by_sentence, Text.SECTION, "text2", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.said)
        for way in ways:
            box.addWidget(way, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
