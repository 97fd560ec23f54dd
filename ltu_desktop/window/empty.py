"""An empty page: one sentence, one accent button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button
from ltu_desktop.window.pieces import column, label
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.words import Words

NO_MATCH = N_("Nothing matches these filters.")


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


def no_match(words: Words, take_off: Callable[[], None]) -> EmptyPane:
    """Say that filters leave nothing to show, with what takes them off."""
    way = Button(words.text(N_("Take the filters off")), icon="x")
    way.clicked.connect(take_off)
    return EmptyPane(words.text(NO_MATCH), way)
