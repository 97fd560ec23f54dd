"""The state bar: the life of a claim as a line of circles with words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ltu_desktop.window import icons, theme
from ltu_desktop.window.tokens import STATE_BAR, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont, QPaintEvent


class StepState(StrEnum):
    """How far a step of a claim's life is."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class StateStep:
    """A step of the state bar."""

    text: str
    state: StepState


LINE, SHORT_LINE = 28, 8  # between two steps


class StateBar(QWidget):
    """The life of a claim as a line of circles with words; scrolls never.

    Where there is little room the lines between are short, and what is still to come says its word in the tooltip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[StateStep, ...] = ()
        self.setFixedHeight(theme.grown(STATE_BAR))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[StateStep], now_word: str) -> None:
        """Show the steps; `now_word` says "current step" to a screen reader."""
        self._steps = tuple(steps)
        self.setAccessibleName(
            ", ".join(f"{step.text} ({now_word})" if step.state == StepState.NOW else step.text for step in steps)
        )
        self.updateGeometry()
        self.update()

    def _widths(self, *, bare: bool = False) -> list[int]:
        """Return the widths of the words, with the room before them; `bare` ones are those without a word."""
        return [
            16
            if bare and step.state == StepState.TO_COME
            else 23 + QFontMetrics(self._font(step)).horizontalAdvance(step.text)
            for step in self._steps
        ]

    def _whole(self, line: int, *, bare: bool = False) -> int:
        return sum(self._widths(bare=bare)) + max(0, len(self._steps) - 1) * (line + 18)

    @staticmethod
    def _font(step: StateStep) -> QFont:
        return theme.font(Text.STRONG if step.state == StepState.NOW else Text.BODY)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take what circles, words and the lines between need."""
        return QSize(self._whole(LINE), theme.grown(STATE_BAR))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way down to short lines, and no words for what is still to come."""
        return QSize(self._whole(SHORT_LINE, bare=True), theme.grown(STATE_BAR))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw circles, words and lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 0.0, self.height() / 2
        line = LINE if self.width() >= self._whole(LINE) else SHORT_LINE
        bare = self.width() < self._whole(line)
        self.setToolTip(self.accessibleName() if bare else "")
        for place, (step, width) in enumerate(zip(self._steps, self._widths(bare=bare), strict=True)):
            tone = {StepState.DONE: "ok.fg", StepState.NOW: "text", StepState.TO_COME: "text3"}[step.state]
            if step.state == StepState.DONE:
                icons.draw(painter, "check-circle", "ok.icon", QRect(int(x), 0, 16, self.height()))
            else:
                circle = QRectF(x + 1.5, middle - 6.5, 13, 13)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("accent" if step.state == StepState.NOW else "edge"), 1.4))
                painter.drawEllipse(circle)
                if step.state == StepState.NOW:
                    painter.setBrush(theme.colour("accent"))
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.drawPie(circle, 90 * 16, 180 * 16)
            if not bare or step.state != StepState.TO_COME:
                painter.setFont(self._font(step))
                painter.setPen(theme.colour(tone))
                painter.drawText(QRectF(x + 23, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, step.text)
            x += width + 9
            if place < len(self._steps) - 1:
                painter.setPen(QPen(theme.colour("edge"), 1))
                painter.drawLine(QPointF(x, middle), QPointF(x + line, middle))
                x += line + 9
