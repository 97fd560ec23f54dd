"""What stands beside the attendance grid: a title, a way to close it, a body that scrolls, and ways at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Elided, Upright, column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.words import Words

WIDTH = 340


class Side(QFrame):
    """A panel at the right of the grid."""

    closed = Signal()

    def __init__(self, words: Words, title: str) -> None:
        super().__init__()
        self.words = words
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        box = column(self)
        head = row(margins=(20, 12, 12, 8), gap=8)
        self.title = Elided(title, Text.SECTION)
        head.addWidget(self.title, 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(words.text(N_("Close the panel")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.closed)
        head.addWidget(close)
        box.addLayout(head)
        box.addWidget(rule())
        scroll = Upright()
        inside = QWidget()
        self.body = column(inside, margins=(20, 12, 20, 16), gap=10)
        scroll.setWidget(inside)
        box.addWidget(scroll, 1)
        self.below = column(margins=(20, 8, 20, 0), gap=8)  # fields that stay in sight
        box.addLayout(self.below)
        self.foot = row(margins=(20, 8, 20, 12), gap=8)
        box.addLayout(self.foot)
        self.setAccessibleName(title)

    def section(self, text: str) -> None:
        """Begin a part of the body."""
        self.body.addSpacing(6)
        self.body.addWidget(label(text, Text.STRONG))

    def fact(self, name: str, value: str, *, tone: str = "text") -> None:
        """Say a name and its value in a line."""
        across = row(gap=8)
        across.addWidget(label(name, Text.DENSE, "text2", wrap=True), 1)
        across.addWidget(label(value, Text.DENSE_STRONG, tone))
        self.body.addLayout(across)

    def first(self) -> QWidget:
        """Return what gets the focus."""
        return self
