"""A drawer: stands at the right of the page, over it or beside it, and leaves the page at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.focus import give_back
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.tokens import PAGE_HEAD, Text

if TYPE_CHECKING:
    from ltu_desktop.words import Words

WIDTH: Final = 380


class Drawer(QFrame):
    """A title, a way to close it, and a body. `shown` tells whether it came or went."""

    shown = Signal(bool)

    def __init__(self, parent: QWidget, words: Words, title: str) -> None:
        super().__init__(parent)
        self.words = words
        self._before: QWidget | None = None
        self.setProperty("ground", "surface")
        theme.dress(self)
        self.setProperty("pane", True)
        self.setAccessibleName(title)
        across = row(self, gap=0)
        across.addWidget(rule(vertical=True, tone="edge"))
        inside = column()
        head = QWidget()
        head.setFixedHeight(theme.grown(PAGE_HEAD))
        self.head = row(head, margins=(16, 0, 12, 0), gap=8)
        self.head.addWidget(label(title, Text.SECTION), 1)
        close = Button(icon="x", kind=Kind.PLAIN)
        close.setAccessibleName(words.text(N_("Close")))
        close.setToolTip(f"{close.accessibleName()} ({words.term('key', 'Esc')})")
        close.clicked.connect(self.vanish)
        self.head.addWidget(close)
        inside.addWidget(head)
        inside.addWidget(rule())
        self.body = column()
        inside.addLayout(self.body, 1)
        across.addLayout(inside, 1)
        self.hide()

    def first(self) -> QWidget:
        """Return what gets the focus."""
        return self

    def filter_field(self) -> QWidget | None:
        """Return the field that Ctrl+F goes to from inside."""
        return None

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys most useful inside, with what they do: for the status bar."""
        return [(self.words.term("key", "Esc"), self.words.text(N_("close")))]

    def appear(self, area: QRect) -> None:
        """Come at the right of an area, and take the focus."""
        self._before = QApplication.focusWidget()
        self.place(area)
        self.show()
        self.raise_()
        self.shown.emit(True)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, area: QRect) -> None:
        """Stand at the right of an area, from top to bottom."""
        wide = theme.grown(WIDTH)
        self.setGeometry(area.right() + 1 - wide, area.top(), wide, area.height())

    def vanish(self) -> None:
        """Go, and give the focus back to where it was."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        before, self._before = self._before, None
        self.hide()
        self.shown.emit(False)
        if inside:
            give_back(before)
