"""The week of a page, between the weeks before and after; a click on it comes back to this week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.pieces import row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words


def week_text(words: Words, monday: date) -> str:
    """Say a week: its number, from when to when: `Semaine 43 · 19–25 octobre`."""
    sunday = monday + timedelta(days=6)
    number = words.text(N_("Week {number}"), number=monday.isocalendar().week)
    until = words.day_of_month(sunday)
    since = str(monday.day) if monday.month == sunday.month else words.day_of_month(monday)
    dash = "–" if monday.month == sunday.month else " – "
    return f"{number} · {since}{dash}{until}"


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_of(monday: date) -> Month:
    """Return the month that a week belongs to: that of its Thursday, which has most of its days."""
    return Month.of(monday + timedelta(days=3))


def week_in(month: Month, today: date) -> date:
    """Return the Monday of the week that a month begins with: today's in the month of today, else its first."""
    return monday_of(today if Month.of(today) == month else month.first + timedelta(days=3))


class WeekPicker(QWidget):
    """Two arrows and the week between them."""

    def __init__(self, commands: Commands, words: Words) -> None:
        super().__init__()
        self.setFixedHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        across = row(self, gap=0)
        self.previous = _Part("caret-left")
        self.now = _Part()
        self.next = _Part("caret-right")
        for part, code in (
            (self.previous, "planning.previous_week"),
            (self.now, "planning.this_week"),
            (self.next, "planning.next_week"),
        ):
            part.clicked.connect(lambda _on=False, code=code: commands.do(code))
            across.addWidget(part)
        self.now.setToolTip(words.text(N_("Back to this week")))
        theme.state().changed.connect(self.update)

    def say(self, words: Words, monday: date) -> None:
        """Show a week."""
        self.now.setText(week_text(words, monday))
        self.now.setAccessibleName(f"{self.now.text()}, {self.now.toolTip()}")
        for part, other, keys in (
            (self.previous, monday - timedelta(days=7), "Alt ←"),
            (self.next, monday + timedelta(days=7), "Alt →"),
        ):
            part.setAccessibleName(week_text(words, other))
            part.setToolTip(f"{week_text(words, other)} ({keys})")
        self.now.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw one box around the three parts."""
        painter = QPainter(self)
        rounded(painter, self.rect(), "surface", "edge", 6)
        for x in (34, self.width() - 35):
            painter.fillRect(QRect(x, 1, 1, self.height() - 2), theme.colour("line2"))


class _Part(QAbstractButton):
    def __init__(self, icon: str = "") -> None:
        super().__init__()
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", True)
        self.setFixedHeight(34)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        if self._icon:
            return QSize(34, 34)
        return QSize(theme.metrics(Text.DENSE_STRONG).horizontalAdvance(self.text()) + 28, 34)

    minimumSizeHint = sizeHint  # noqa: N815  Qt's name

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            rounded(painter, self.rect().adjusted(2, 2, -2, -2), "hover", "", 4)
        if self._icon:
            icons.draw(painter, self._icon, "text2", self.rect())
            return
        painter.setFont(theme.font(Text.DENSE_STRONG))
        painter.setPen(theme.colour("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
