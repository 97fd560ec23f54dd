"""What stands beside a page's list or grid: a title, a way to close it, a body that scrolls, and ways at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Elided, Inside, Upright, column, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

    from ltu_desktop.words import Words


class SidePanel(QFrame):
    """A panel with its head; `closed` asks the page to hide it."""

    closed = Signal()

    def __init__(self, words: Words, title: str = "", use: Text = Text.TITLE) -> None:
        super().__init__()
        self.words = words
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setAccessibleName(title)
        self.whole = column(self)
        head = row(margins=(20, 12, 12, 8), gap=8)
        self.title = Elided(title, use)
        head.addWidget(self.title, 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(words.text(N_("Close the panel")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.closed)
        head.addWidget(close)
        self.whole.addLayout(head)
        self.whole.addWidget(rule())

    def add_body(self, gap: int = 10) -> QVBoxLayout:
        """Add the part that scrolls where it has no room."""
        area, margins = Upright(), (20, 12, 20, 16)
        inside = Inside(area, margins)
        body = column(inside, margins=margins, gap=gap)
        area.setWidget(inside)
        self.whole.addWidget(area, 1)
        return body

    def add_foot(self) -> QHBoxLayout:
        """Add the part that stays in sight, below a line."""
        self.whole.addWidget(rule())
        foot = row(margins=(20, 8, 20, 12), gap=8)
        self.whole.addLayout(foot)
        return foot

    def first(self) -> QWidget:
        """Return what gets the focus."""
        return self
