"""The reports there are, at the left of their page, each with a line that says what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.pieces import Clickable, column, label, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from ltu_desktop.words import Words

WIDTH: Final = 232
REPORTS: Final = (
    ("register", N_("Staff register"), N_("Who works here: entries, exits, jobs and hours.")),
    ("fte", N_("FTE by month and status"), N_("Where you stand against the ceiling and the 10% rule.")),
    ("hours", N_("Payroll hours by month"), N_("Each person’s paid and unpaid hours, to compare with payroll.")),
    ("activities", N_("Hours and cost by activity"), N_("What each activity cost, was funded for, and earned.")),
    ("statement", N_("Yearly statement"), N_("Due, paid and left to settle with the Fund.")),
)
"""Code, name and use of each report."""


class ReportItem(Clickable):
    """A report in the list."""

    step = Signal(int)

    def __init__(self, name: str, use: str) -> None:
        super().__init__()
        self.on = False
        self.setAccessibleName(name)
        self.setAccessibleDescription(use)
        box = column(self, margins=(16, 10, 12, 10), gap=2)
        box.addWidget(label(name, Text.DENSE_STRONG, wrap=True))
        box.addWidget(label(use, Text.NOTE, "text2", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Arrows go to the neighbour."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.step.emit(steps[Qt.Key(event.key())])
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the chosen one on its ground, with a bar."""
        if not self.on:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("selection"))
        painter.fillRect(QRect(0, 0, 3, self.height()), theme.colour("accent"))


class ReportList(QFrame):
    """The list: arrows choose, and what is chosen is shown at once."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setFixedWidth(WIDTH)
        box = column(self)
        self.items: dict[str, ReportItem] = {}
        for code, name, use in REPORTS:
            item = ReportItem(words.text(name), words.text(use))
            item.clicked.connect(lambda code=code: self.chosen.emit(code))
            item.step.connect(self._step)
            self.items[code] = item
            box.addWidget(item)
            box.addWidget(rule())
        box.addStretch(1)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width of a side list."""
        return QSize(WIDTH, 300)

    def mark(self, code: str) -> None:
        """Show which report is chosen; Tab comes to that one only."""
        for each, item in self.items.items():
            item.on = each == code
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if item.on else Qt.FocusPolicy.ClickFocus)
            item.update()

    def current(self) -> QWidget:
        """Return the chosen one."""
        return next(item for item in self.items.values() if item.on)

    def _step(self, by: int) -> None:
        codes = list(self.items)
        here = next(at for at, code in enumerate(codes) if self.items[code].on)
        there = codes[max(0, min(here + by, len(codes) - 1))]
        self.items[there].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(there)
