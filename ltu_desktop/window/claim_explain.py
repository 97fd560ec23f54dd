"""The explanation of the chosen figure at the right of a claim: its steps with their numbers and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from ltu_desktop.documents.claim_labels import part as part_name
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.claim_figures import (
    TOTAL,
    LineRow,
    Shown,
    explanation_text,
    figure_name,
    figure_text,
    formula_text,
    step_value,
    steps_to,
    value_of,
)
from ltu_desktop.window.controls import Kind, rounded
from ltu_desktop.window.pieces import Chip, Link, clear, column, label, row, rule
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.rules.answer import Step
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
        self._row: LineRow | None = None
        self._code = TOTAL
        self._shown: Shown | None = None
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setMinimumWidth(280)
        box = column(self)
        head = row(margins=(16, 0, 8, 0))
        head.addWidget(label(words.text(N_("Explanation")), Text.DENSE_STRONG))
        head.addStretch(1)
        head.addWidget(commands.button("claim.copy", kind=Kind.QUIET))
        holder = QWidget()
        holder.setFixedHeight(44)
        holder.setLayout(head)
        box.addWidget(holder)
        self._top = column(margins=(16, 0, 16, 10), gap=2)
        box.addLayout(self._top)
        box.addWidget(rule())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._body = column(inside, margins=(16, 8, 16, 12), gap=8)
        self._scroll.setWidget(inside)
        box.addWidget(self._scroll, 1)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width of the drawing."""
        return QSize(WIDTH, 400)

    def explain(self, shown: Shown, chosen: LineRow, code: str) -> None:
        """Explain a figure of a line."""
        words = self._words
        parts = shown.dossier.answer.totals.parts
        code = code if code in {"paid", "fundable", "fte", *parts} else TOTAL
        self._shown, self._row, self._code = shown, chosen, code
        clear(self._top)
        clear(self._body)
        name = figure_name(words, code)
        self._top.addWidget(label(f"{chosen.name} · {name}", Text.BODY, "text2", wrap=True))
        currency = shown.dossier.answer.currency
        figure = label(figure_text(words, code, value_of(chosen, code), currency), Text.FIGURE, select=True)
        self._top.addWidget(figure)
        chips = row(margins=(0, 4, 0, 0), gap=6)
        for chip in self._chips(shown, chosen):
            chips.addWidget(chip)
        chips.addStretch(1)
        self._top.addLayout(chips)
        steps = steps_to(chosen, code)
        for number, step in enumerate(steps, 1):
            self._add_step(number, step, last=number == len(steps) and code != TOTAL)
        self._add_sums(chosen, code, tuple(parts))
        self._body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self.setAccessibleName(self.text())

    def _chips(self, shown: Shown, chosen: LineRow) -> list[Chip]:
        words = self._words
        found = []
        if chosen.card is not None:
            found.append(Chip(words.status(chosen.line.status)))
            if chosen.card.weekly_hours is not None:
                hours = f"{chosen.card.weekly_hours.normalize():f}".replace(".", "," if words.language == "fr" else ".")
                found.append(Chip(words.text(N_("{hours} h a week"), hours=hours)))
        if shown.dossier.answer.provisional:
            found.append(Chip(words.text(N_("Provisional")), Meaning.ATTENTION))
        return found

    def _add_step(self, number: int, step: Step, *, last: bool) -> None:
        words = self._words
        shown, chosen = self._shown, self._row
        assert shown is not None
        assert chosen is not None
        across = row(gap=12)
        across.addWidget(Disc(number, last=last), 0, Qt.AlignmentFlag.AlignTop)
        texts = column(gap=1)
        head = row(gap=8)
        head.addWidget(label(words.step(step.code), Text.STRONG, wrap=True), 1)
        value = label(step_value(words, step), Text.STRONG, "accent" if last else "text", select=True)
        head.addWidget(value, 0, Qt.AlignmentFlag.AlignTop)
        texts.addLayout(head)
        formula = formula_text(words, step, frozenset(shown.dossier.answer.totals.parts))
        if formula:
            texts.addWidget(label(formula, Text.DENSE, "text2", wrap=True, select=True))
        source = step.source
        if step.code == "paid_hours" and chosen.card is not None and chosen.card.source_file:
            source = chosen.card.source_file
            if chosen.card.source_line:
                source = words.text(N_("{file}, line {line}"), file=source, line=words.integer(chosen.card.source_line))
        if source:
            texts.addWidget(label(source, Text.NOTE, "text3", wrap=True))
        across.addLayout(texts, 1)
        self._body.addLayout(across)
        if not last:
            line = row()
            line.addSpacing(32)
            line.addWidget(rule())
            self._body.addLayout(line)

    def _add_sums(self, chosen: LineRow, code: str, parts: tuple[str, ...]) -> None:
        words = self._words
        self._body.addWidget(rule(tone="edge"))
        for part in parts:
            if code not in {part, TOTAL}:  # every part is already a step of the total
                self._body.addLayout(self._sum(part_name(part, words), words.money(chosen.line.parts[part])))
        strong = code == TOTAL
        self._body.addLayout(
            self._sum(words.text(N_("Total of the line")), words.money(chosen.line.total), accent=strong)
        )
        if chosen.card is not None:
            self._body.addWidget(rule())
            link = Link(words.text(N_("Open the person")), icon="user")
            number = chosen.card.id
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
        if self._shown is None or self._row is None:
            return ""
        parts = frozenset(self._shown.dossier.answer.totals.parts)
        return explanation_text(self._words, self._row, self._code, parts)
