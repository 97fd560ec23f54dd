"""The list of the settings' sections at the left: icon and word, one chosen; arrows move between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.pieces import column
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

LEAST = 168


class Rail(QFrame):
    """The sections by code, icon and word; `chosen` tells which one is wanted."""

    chosen = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        box = column(self, margins=(0, 8, 0, 8), gap=2)
        self.items = {code: _Item(icon, text) for code, icon, text in sections}
        for code, item in self.items.items():
            item.clicked.connect(lambda _on=False, code=code: self.chosen.emit(code))
            box.addWidget(item)
        box.addStretch(1)
        self.setFixedWidth(max(LEAST, *(item.sizeHint().width() for item in self.items.values())))

    def show_section(self, code: str) -> None:
        """Mark the section that is shown."""
        self.items[code].setChecked(True)


class _Item(QAbstractButton):
    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn again when the pointer comes or goes
        theme.state().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        metrics = theme.metrics(Text.STRONG)
        return QSize(metrics.horizontalAdvance(self.text()) + 60, max(36, metrics.height() + 14))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way in a low window, so that all are in sight."""
        return QSize(self.sizeHint().width(), theme.metrics(Text.STRONG).height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        on = self.isChecked()
        if on:
            painter.fillRect(self.rect(), theme.colour("surface"))
            painter.fillRect(QRect(0, 0, 3, self.height()), theme.colour("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        tone = "accent" if on else "text2"
        icons.draw(painter, self._icon, tone, QRect(16, 0, 20, self.height()), 20)
        painter.setFont(theme.font(Text.STRONG if on else Text.BODY))
        painter.setPen(theme.colour("accent" if on else "text"))
        painter.drawText(self.rect().adjusted(44, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            rounded(painter, self.rect().adjusted(5, 2, -2, -2), "", "focus", 4, 2)
