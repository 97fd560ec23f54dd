"""A person's contracts on a line of time: first where everything lies, as plain values, then the painting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.people_list import hours_text
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.queries.people import ContractRow, TermsRow
    from ltu_desktop.words import Words

LEAST = timedelta(days=15)  # shown before the first start (or today) and after the last end (or today)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch on one set of terms: where it lies, in pixels, and what it says."""

    left: int
    width: int
    terms: TermsRow
    first: bool  # the first stretch of its contract
    current: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a year."""

    left: int
    year: int


@dataclass(frozen=True, slots=True)
class Lay:
    """Everything on the line, in pixels from its left."""

    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    today: int


def lay(contracts: Sequence[ContractRow], today: date, width: int) -> Lay:
    """Lay the stretches of all contracts, the years and today out in a width."""
    stretches = [(contract, terms) for contract in contracts for terms in contract.terms]
    if not stretches:
        return Lay((), (), 0)
    first = min([today, *(terms.start for _, terms in stretches)])
    ends = [terms.end for _, terms in stretches if terms.end is not None]
    last = max([today, *(terms.start for _, terms in stretches), *ends])
    around = max((last - first) * 0.08, LEAST)
    first, last = first - around, last + around
    days = (last - first).days

    def at(day: date) -> int:
        return round((day - first).days * width / days)

    blocks = []
    for contract, terms in stretches:
        end = (terms.end or last) + timedelta(days=1)
        left = at(terms.start)
        current = terms.start <= today and (terms.end is None or terms.end >= today)
        blocks.append(Block(left, max(3, at(min(end, last)) - left - 1), terms, terms is contract.terms[0], current))
    years = range(first.year + 1, last.year + 1)
    ticks = tuple(Tick(at(date(year, 1, 1)), year) for year in years)
    return Lay(tuple(blocks), ticks, at(today))


class Timeline(QWidget):
    """Years above, stretches with hours and FTE, what began each below, today as a line."""

    HEIGHT = 78

    def __init__(self, words: Words, contracts: Sequence[ContractRow], today: date) -> None:
        super().__init__()
        self._words, self._contracts, self._today = words, contracts, today
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._spoken())
        theme.state().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width there is."""
        return QSize(400, self.HEIGHT)

    def _spoken(self) -> str:
        words = self._words
        return "; ".join(
            words.text(
                N_("{hours} h a week from {start}"),
                hours=hours_text(words, terms.weekly_hours) if terms.weekly_hours is not None else "–",
                start=words.day(terms.start),
            )
            for contract in self._contracts
            for terms in contract.terms
        )

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw years, stretches, what began them, and today."""
        painter = QPainter(self)
        laid = lay(self._contracts, self._today, self.width())
        note = theme.font(Text.NOTE)
        metrics = QFontMetrics(note)
        painter.fillRect(QRect(0, 22, self.width(), 34), theme.colour("sunken"))
        painter.setFont(note)
        day = self._words.text(N_("today"))
        day_width = QFontMetrics(theme.font(Text.NOTE_STRONG)).horizontalAdvance(day)
        day_left = min(max(0, laid.today - day_width // 2), self.width() - day_width)
        for tick in laid.ticks:
            painter.fillRect(QRect(tick.left, 2, 1, 20), theme.colour("line2"))
            if tick.left + 36 < day_left:
                painter.setPen(theme.colour("text3"))
                painter.drawText(QRect(tick.left + 5, 0, 40, 20), Qt.AlignmentFlag.AlignVCenter, str(tick.year))
        below = -1
        for block in laid.blocks:
            self._paint_block(painter, block)
            text = self._began(block)
            if block.left > below and block.left + metrics.horizontalAdvance(text) < self.width():
                painter.setFont(note)
                painter.fillRect(QRect(block.left, 58, 1, 16), theme.colour("edge"))
                painter.setPen(theme.colour("text2"))
                area = QRect(block.left + 5, 58, self.width(), 18)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
                below = block.left + metrics.horizontalAdvance(text) + 16
        if laid.blocks:
            painter.fillRect(QRect(laid.today, 16, 2, 44), theme.colour("text"))
            painter.setFont(theme.font(Text.NOTE_STRONG))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRect(day_left, 0, day_width + 2, 18), Qt.AlignmentFlag.AlignVCenter, day)

    def _began(self, block: Block) -> str:
        day = self._words.day(block.terms.start)
        return self._words.text(N_("contract {day}"), day=day) if block.first else day

    def _paint_block(self, painter: QPainter, block: Block) -> None:
        words, terms = self._words, block.terms
        box = QRect(block.left, 22, block.width, 34)
        rounded(painter, box, "accent" if block.current else "accenttint", "accent", 4)
        if terms.weekly_hours is None:
            return
        tone = "onaccent" if block.current else "text"
        hours = f"{hours_text(words, terms.weekly_hours)} h"
        fte = words.text(N_("{fte} FTE"), fte=words.fte(terms.fte)) if terms.fte is not None else ""
        painter.setPen(theme.colour(tone))
        for use, text, y in ((Text.NOTE_STRONG, hours, 23), (Text.NOTE, fte, 38)):
            painter.setFont(theme.font(use))
            if QFontMetrics(painter.font()).horizontalAdvance(text) + 10 <= block.width:
                painter.drawText(QRect(block.left + 6, y, block.width, 16), Qt.AlignmentFlag.AlignVCenter, text)
