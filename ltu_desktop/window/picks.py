"""A few pictures to choose one of: colours, pictograms. Arrows move, each has its name for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

SIDE = 32


class Pick(QAbstractButton):
    """One picture: a colour (six hexadecimal digits after `#`) or the name of an icon."""

    def __init__(self, value: str, name: str, picture: str) -> None:
        super().__init__()
        self.value, self._picture = value, picture
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.state().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take a target."""
        return QSize(SIDE, SIDE)

    minimumSizeHint = sizeHint  # noqa: N815  Qt's name

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the picture; the chosen one has a frame."""
        painter = QPainter(self)
        on = self.isChecked()
        ground = "accenttint" if on else "hover" if self.underMouse() else "surface"
        rounded(painter, self.rect(), ground, "accent" if on else "line2", 4, 2 if on else 1)
        if self._picture.startswith("#"):
            painter.fillRect(self.rect().adjusted(8, 8, -8, -8), QColor(self._picture))
        else:
            icons.draw(painter, self._picture, "text", QRect(0, 0, SIDE, SIDE), 20)
        if self.hasFocus():
            rounded(painter, self.rect().adjusted(2, 2, -2, -2), "", "focus", 4, 2)


class Picks(QWidget):
    """The pictures in rows; `chosen` tells the value."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str]], *, across: int = 10) -> None:
        """`options` are (value, name, picture)."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.picks: dict[str, Pick] = {}
        for at, (value, name, picture) in enumerate(options):
            pick = Pick(value, name, picture)
            pick.clicked.connect(lambda _on=False, value=value: self.chosen.emit(value))
            self.picks[value] = pick
            grid.addWidget(pick, at // across, at % across)
        grid.setColumnStretch(across, 1)
        self._across = across

    def show_value(self, value: str) -> None:
        """Mark the chosen one."""
        if value in self.picks:
            self.picks[value].setChecked(True)

    def value(self) -> str:
        """Return the chosen value, empty when none is."""
        return next((value for value, pick in self.picks.items() if pick.isChecked()), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Let the arrows move the choice, up and down by a row."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._across,
            Qt.Key.Key_Down: self._across,
        }
        step = steps.get(Qt.Key(event.key()))
        values = list(self.picks)
        focus = next((at for at, pick in enumerate(self.picks.values()) if pick.hasFocus()), -1)
        if step is None or focus < 0 or not 0 <= focus + step < len(values):
            super().keyPressEvent(event)
            return
        pick = self.picks[values[focus + step]]
        pick.setFocus(Qt.FocusReason.TabFocusReason)
        pick.click()
        event.accept()
