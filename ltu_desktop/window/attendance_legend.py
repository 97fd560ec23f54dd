"""What the signs of the attendance grid mean, in the room there is; the tooltip has them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ltu_desktop.rules.absence_kinds import PAPER
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.attendance_faces import LEGEND
from ltu_desktop.window.attendance_paint import MIDDLE, corner, draw_chip
from ltu_desktop.window.attendance_view import width_of
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.words import Words

SIGN, GAP, BETWEEN = 24, 4, 10


class Legend(QWidget):
    """Codes that stand in the month first, then the frequent ones; planned and changed always."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._fixed = [
            ("frame", words.text(N_("to do"))),
            ("corner", words.text(N_("other than planned"))),
        ]
        self._codes: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(24)
        theme.state().changed.connect(self.update)
        self.show_codes(())

    def show_codes(self, present: Iterable[str]) -> None:
        """Put the codes that stand in the month first."""
        here = set(present)
        text = self._words.text
        known = [(code, text(meaning)) for code, meaning in LEGEND]
        hidden = [(PAPER, text(N_("absent")))] if PAPER in here else []
        self._codes = [
            *hidden,
            *(each for each in known if each[0] in here),
            *(each for each in known if each[0] not in here),
        ]
        said = ", ".join(f"{code} {meaning}" for code, meaning in self._codes)
        self.setToolTip(said)
        self.setAccessibleName(f"{text(N_('Signs'))}{self._words.colon} {said}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take what all of it needs; less is drawn where there is less room."""
        return QSize(620, 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way."""
        return QSize(0, 24)

    @staticmethod
    def _width(text: str) -> int:
        return SIGN + GAP + width_of(Text.NOTE, text) + BETWEEN

    def fitting(self) -> list[tuple[str, str]]:
        """Return the signs that have room, from the left."""
        room = self.width() - self._wide(self._fixed)
        if room < 0:
            first = self._fixed[:1]
            return first if self._wide(first) <= self.width() else []
        shown = []
        for code, text in self._codes:
            room -= self._width(text)
            if room < 0:
                break
            shown.append((code, text))
        return [*shown, *self._fixed]

    def _wide(self, signs: Iterable[tuple[str, str]]) -> int:
        return sum(self._width(text) for _, text in signs)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw what fits, against the right edge."""
        painter = QPainter(self)
        shown = self.fitting()
        x = self.width() - sum(self._width(text) for _, text in shown) + BETWEEN
        for code, text in shown:
            area = QRect(x, 0, SIGN, self.height())
            if code == "frame":
                painter.setPen(QPen(theme.colour("edge"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                box = QRect(0, 0, 18, 17)
                box.moveCenter(area.center())
                painter.drawRect(box)
                painter.setFont(theme.font(Text.NOTE))
                painter.setPen(theme.colour("text3"))
                painter.drawText(area, MIDDLE, "7")
            elif code == "corner":
                corner(painter, QRect(x + 4, 8, 18, 10))
            else:
                draw_chip(painter, code, area)
            painter.setFont(theme.font(Text.NOTE))
            painter.setPen(theme.colour("text2"))
            painter.drawText(QRect(x + SIGN + GAP, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += self._width(text)
