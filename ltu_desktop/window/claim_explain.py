"""The explanation of the chosen figure at the right of a claim: its steps with their numbers and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Kind, rounded
from ltu_desktop.window.pieces import Chip, Link, Upright, clear, column, label, row, rule
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.window.claim_explained import Explained, Told
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words

WIDTH = 312


class Disc(QWidget):
    """The number of a step in a circle; the last one is filled."""

    def __init__(self, number: int, *, last: bool) -> None:
        super().__init__()
        self._number, self._last = number, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take a small square."""
        return QSize(20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the circle and its number."""
        painter = QPainter(self)
        box = QRect(0, 0, 20, 20)
        rounded(painter, box, "accent" if self._last else "", "accent" if self._last else "edge", 10)
        painter.setFont(theme.font(Text.NOTE))
        painter.setPen(theme.colour("onaccent" if self._last else "text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))


class ExplainPane(QFrame):
    """What the chosen figure is, and how it came about."""

    person_wanted = Signal(str)

    def __init__(self, words: Words, commands: Commands) -> None:
        super().__init__()
        self._words = words
        self.shown: Explained | None = None
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        box = column(self)
        head = row(margins=(16, 0, 8, 0))
        head.addWidget(label(words.text(N_("Explanation")), Text.DENSE_STRONG))
        head.addStretch(1)
        head.addWidget(commands.button("claim.copy", kind=Kind.QUIET))
        holder = QWidget()
        holder.setFixedHeight(theme.grown(44))
        holder.setLayout(head)
        box.addWidget(holder)
        self._top = column(margins=(16, 0, 16, 10), gap=2)
        box.addLayout(self._top)
        box.addWidget(rule())
        self._scroll = Upright()
        inside = QWidget()
        self._body = column(inside, margins=(16, 8, 16, 12), gap=8)
        self._scroll.setWidget(inside)
        box.addWidget(self._scroll, 1)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width of the drawing."""
        return QSize(WIDTH, 400)

    def explain(self, shown: Explained) -> None:
        """Explain a figure."""
        if shown == self.shown:
            return  # it stands as it is, scrolled as it was
        self.shown = shown
        clear(self._top)
        clear(self._body)
        self._top.addWidget(label(shown.title, Text.BODY, "text2", wrap=True))
        self._top.addWidget(label(shown.figure, Text.FIGURE, select=True))
        chips = row(margins=(0, 4, 0, 0), gap=6)
        for chip in self._chips(shown):
            chips.addWidget(chip)
        chips.addStretch(1)
        self._top.addLayout(chips)
        for number, told in enumerate(shown.told, 1):
            self._add_step(number, told, last=number == len(shown.told) and not shown.whole)
        self._add_sums(shown)
        self._body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self.setAccessibleName(self.text())

    def _chips(self, shown: Explained) -> list[Chip]:
        found = [Chip(text) for text in (shown.status, shown.hours) if text]
        if shown.provisional:
            found.append(Chip(self._words.text(N_("Provisional")), Meaning.ATTENTION))
        return found

    def _add_step(self, number: int, told: Told, *, last: bool) -> None:
        across = row(gap=12)
        across.addWidget(Disc(number, last=last), 0, Qt.AlignmentFlag.AlignTop)
        texts = column(gap=1)
        head = row(gap=8)
        head.addWidget(label(told.name, Text.STRONG, wrap=True), 1)
        if told.value:
            value = label(told.value, Text.STRONG, "accent" if last else "text", select=True)
            head.addWidget(value, 0, Qt.AlignmentFlag.AlignTop)
        texts.addLayout(head)
        if told.formula:
            texts.addWidget(label(told.formula, Text.DENSE, "text2", wrap=True, select=True))
        if told.source:
            texts.addWidget(label(told.source, Text.NOTE, "text3", wrap=True, select=True))
        across.addLayout(texts, 1)
        self._body.addLayout(across)
        if not last:
            line = row()
            line.addSpacing(32)
            line.addWidget(rule())
            self._body.addLayout(line)

    def _add_sums(self, shown: Explained) -> None:
        self._body.addWidget(rule(tone="edge"))
        for name, amount, strong in shown.sums:
            self._body.addLayout(self._sum(name, amount, accent=strong))
        if shown.person:
            self._body.addWidget(rule())
            link = Link(self._words.text(N_("Open the person")), icon="user")
            number = shown.person
            link.clicked.connect(lambda: self.person_wanted.emit(number))
            line = row()
            line.addWidget(link)
            line.addStretch(1)
            self._body.addLayout(line)

    @staticmethod
    def _sum(name: str, amount: str, *, accent: bool = False) -> QHBoxLayout:
        line = row()
        line.addWidget(label(name, Text.BODY, "text2"), 1)
        line.addWidget(label(amount, Text.STRONG, "accent" if accent else "text", select=True))
        return line

    def text(self) -> str:
        """Return the explanation as plain text."""
        return self.shown.text(self._words.colon) if self.shown is not None else ""
