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
        if self._value:
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

    def kinds(self) -> tuple[str, ...]:
        """Return which kinds of parts are drawn, in the order of a bar from its foot up."""
        laid = lay_bars(self._months, self._waiting, 300, self.HEIGHT, self.BAR)
        there = {
            "paid": any(bar.paid for bar in laid),
            "late": any(bar.late for bar in laid),
            "expected": any(bar.expected and not bar.waiting for bar in laid),
            "waiting": any(bar.waiting for bar in laid),
        }
        return tuple(kind for kind, drawn in there.items() if drawn)

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
            paint_part(painter, "waiting", QRect(bar.left, base - bar.expected, self.BAR, bar.expected))
            return
        y = base
        for kind, part in (("paid", bar.paid), ("expected", bar.expected), ("late", bar.late)):
            if part:
                y -= part
                paint_part(painter, kind, QRect(bar.left, y, self.BAR, part))
        if bar.late > 18:
            icons.draw_meaning(painter, Meaning.ATTENTION, QRect(bar.left, y, self.BAR, bar.late), 14)


def paint_part(painter: QPainter, kind: str, box: QRect) -> None:
    """Draw a part of a bar, or its sign in the key below the bars."""
    if kind == "paid":
        painter.fillRect(box, theme.colour("accent"))
    elif kind == "waiting":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    else:
        ground, edge = ("accenttint", "accent") if kind == "expected" else ("attention.bg", "attention.icon")
        rounded(painter, box, ground, edge, 0)


class BarKey(QWidget):
    """What the looks of the bars mean: a small sign and a word for each kind that is drawn."""

    SIGN = 12

    def __init__(self, words: Words, kinds: Sequence[str]) -> None:
        super().__init__()
        called = {
            "paid": words.term("bar", "Paid"),
            "late": words.term("bar", "Late"),
            "expected": words.term("bar", "Awaited"),
            "waiting": words.term("bar", "In preparation"),
        }
        self._said = [(kind, called[kind]) for kind in kinds]
        self.setFixedHeight(theme.grown(18))
        self.setAccessibleName(", ".join(text for _, text in self._said))
        theme.state().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the signs and their words from left to right."""
        painter = QPainter(self)
        painter.setFont(theme.font(Text.NOTE))
        x = 0
        for kind, text in self._said:
            paint_part(painter, kind, QRect(x, (self.height() - self.SIGN) // 2, self.SIGN, self.SIGN))
            wide = painter.fontMetrics().horizontalAdvance(text)
            painter.setPen(theme.colour("text2"))
            area = QRect(x + self.SIGN + 6, 0, wide + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
            x = area.right() + 16
