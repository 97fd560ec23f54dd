"""Home's drawings: a gauge with its limit, and the year's euros as bars. First where all lies, then the painting."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.queries.home import MonthBar
    from ltu_desktop.words import Words


def gauge_parts(value: Decimal, limit: Decimal, width: int) -> tuple[int, int]:
    """Return where a gauge's bar ends and where its limit stands, in pixels; the limit is at nine tenths at least."""
    whole = max(limit / Decimal("0.9"), value * Decimal("1.05"), Decimal("0.0001"))
    return round(value / whole * width), round(limit / whole * width)


class Gauge(QWidget):
    """A track, what is used, and a mark at the limit; what is over it is hatched."""

    HEIGHT = 22

    def __init__(self, value: Decimal, limit: Decimal, spoken: str) -> None:
        super().__init__()
        self._value, self._limit = value, limit
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        theme.state().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width there is."""
        return QSize(200, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw track, bar and limit."""
        painter = QPainter(self)
        end, limit = gauge_parts(self._value, self._limit, self.width())
        top = (self.HEIGHT - 14) // 2
        rounded(painter, QRect(0, top, self.width(), 14), "sunken", "line2", 3)
        rounded(painter, QRect(0, top, max(2, min(end, limit)), 14), "accent", "", 3)
        if end > limit:
            over = QRect(limit, top, end - limit, 14)
            painter.fillRect(over, theme.colour("attention.bg"))
            painter.setPen(QPen(theme.colour("attention.icon"), 2))
            for x in range(over.left() + 2, over.right(), 6):
                painter.drawLine(x, over.bottom(), min(x + 5, over.right()), over.top())
        painter.fillRect(QRect(limit - 1, 0, 2, self.HEIGHT), theme.colour("text"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's bar in pixels: its left, and the heights of what is paid, late and still expected."""

    left: int
    paid: int
    late: int
    expected: int
    waiting: bool  # not sealed yet: only drawn as a dashed outline


def lay_bars(months: Sequence[MonthBar], waiting: Decimal, width: int, height: int, bar: int) -> list[Bar]:
    """Lay the months' bars out; the greatest month takes the whole height."""
    most = max([waiting, *(each.claimed for each in months)], default=Decimal(0)) or Decimal(1)
    step = width / max(1, len(months))
    found = []
    for index, each in enumerate(months):
        left = round(index * step + (step - bar) / 2)
        last = index == len(months) - 1
        if last and not each.claimed and waiting > 0:
            found.append(Bar(left, 0, 0, round(waiting / most * height), waiting=True))
            continue
        paid, late, whole = (
            round(max(Decimal(0), part) / most * height) for part in (each.paid, each.late, each.claimed)
        )
        found.append(Bar(left, paid, late, max(0, whole - paid - late), waiting=False))
    return found


class YearBars(QWidget):
    """What was claimed by month: paid (full), late (sign), expected (tint), in preparation (dashed); grey print too."""

    HEIGHT = 148
    BAR = 32

    def __init__(self, words: Words, months: Sequence[MonthBar], waiting: Decimal) -> None:
        super().__init__()
        self._words, self._months, self._waiting = words, tuple(months[-6:]), waiting
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("; ".join(self._spoken(each) for each in self._months))
        theme.state().changed.connect(self.update)

    def _spoken(self, each: MonthBar) -> str:
        words = self._words
        return words.text(
            N_("{month}: {claimed} claimed, {paid} paid"),
            month=words.month(each.month),
            claimed=words.money(each.claimed),
            paid=words.money(each.paid),
        )

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width there is."""
        return QSize(300, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw each month: thousands above, the bar, its name below."""
        painter = QPainter(self)
        top, foot = 18, 20
        height = self.HEIGHT - top - foot
        base = top + height
        step = self.width() / max(1, len(self._months))
        for index, (bar, month) in enumerate(
            zip(lay_bars(self._months, self._waiting, self.width(), height, self.BAR), self._months, strict=True)
        ):
            whole = bar.paid + bar.late + bar.expected
            self._paint(painter, bar, base)
            column = QRect(round(index * step), base - whole - top, round(step), top)
            painter.setFont(theme.font(Text.NOTE))
            painter.setPen(theme.colour("text2"))
            amount = self._waiting if bar.waiting else month.claimed
            painter.drawText(
                column, Qt.AlignmentFlag.AlignCenter, self._words.number(amount / 1000, 1) if amount else "–"
            )
            painter.setPen(theme.colour("text3"))
            name = self._words.month(month.month).split()[0]
            short = name if QFontMetrics(painter.font()).horizontalAdvance(name) < step - 4 else f"{name[:4]}."
            painter.drawText(QRect(column.left(), base + 2, column.width(), foot), Qt.AlignmentFlag.AlignCenter, short)

    def _paint(self, painter: QPainter, bar: Bar, base: int) -> None:
        if bar.waiting:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRect(bar.left, base - bar.expected, self.BAR - 1, bar.expected - 1))
            return
        y = base - bar.paid
        if bar.paid:
            painter.fillRect(QRect(bar.left, y, self.BAR, bar.paid), theme.colour("accent"))
        for part, ground, edge in (
            (bar.expected, "accenttint", "accent"),
            (bar.late, "attention.bg", "attention.icon"),
        ):
            if part:
                y -= part
                rounded(painter, QRect(bar.left, y, self.BAR, part), ground, edge, 0)
        if bar.late > 18:
            icons.draw_meaning(painter, Meaning.ATTENTION, QRect(bar.left, y, self.BAR, bar.late), 14)
