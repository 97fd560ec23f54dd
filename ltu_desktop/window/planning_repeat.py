"""On which further days what is typed is planned too: weekdays, for so many weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.pieces import label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.words import Words

MOST_WEEKS = 52
A_MONDAY = date(2026, 10, 19)  # whose week gives the weekdays their names


def repeated(day: date, weekdays: Sequence[int], weeks: int) -> tuple[date, ...]:
    """Return the days after `day` on the weekdays of so many weeks, the day's own week included."""
    monday = day - timedelta(days=day.weekday())
    days = (monday + timedelta(days=7 * week + weekday) for week in range(weeks) for weekday in sorted(weekdays))
    return tuple(each for each in days if each > day)


class Repeat(QWidget):
    """The choice of the further days."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        across = row(self, gap=10)  # more than between a box and its day
        across.addWidget(label(words.text(N_("Also on")), Text.DENSE, "text2"))
        self.weekdays: list[QCheckBox] = []
        for at in range(7):
            day = A_MONDAY + timedelta(days=at)
            check = QCheckBox(words.weekday(day, short=True))
            check.setAccessibleName(words.weekday(day))
            check.setFont(theme.font(Text.DENSE))
            check.setProperty("dense", True)
            check.toggled.connect(lambda _on: self.changed.emit())
            self.weekdays.append(check)
            across.addWidget(check)
        across.addStretch(1)
        weeks = row(gap=6)
        weeks.addWidget(label(words.text(N_("for")), Text.DENSE, "text2"))
        self.weeks = QLineEdit("1")
        self.weeks.setFixedSize(44, theme.grown(32))
        self.weeks.setFont(theme.font(Text.BODY))
        self.weeks.setAccessibleName(words.text(N_("Number of weeks")))
        self.weeks.textEdited.connect(lambda _text: self.changed.emit())
        weeks.addWidget(self.weeks)
        self._unit = label("", Text.DENSE, "text2")
        self._words = words
        self.changed.connect(self._say_unit)
        weeks.addWidget(self._unit)
        self._say_unit()
        across.addLayout(weeks)

    def begin(self, day: date) -> None:
        """Choose a day alone: what is planned on it needs no further day."""
        for weekday, check in enumerate(self.weekdays):
            check.blockSignals(True)
            check.setChecked(weekday == day.weekday())
            check.setEnabled(weekday != day.weekday())
            check.blockSignals(False)
        self.weeks.setText("1")
        self._say_unit()

    def _number(self) -> int:
        """Return the number of weeks; what is none is one."""
        try:
            return min(MOST_WEEKS, max(1, int(self.weeks.text() or "1")))
        except ValueError:
            return 1

    def _say_unit(self) -> None:
        self._unit.setText(self._words.plural("week", "weeks", self._number()))

    def days(self, day: date) -> tuple[date, ...]:
        """Return the days that are chosen besides `day`."""
        return repeated(day, [at for at, check in enumerate(self.weekdays) if check.isChecked()], self._number())
