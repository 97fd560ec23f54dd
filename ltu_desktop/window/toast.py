"""The toast: what was just saved, with Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind, rounded
from ltu_desktop.window.pieces import give_shadow, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QHideEvent, QPaintEvent


class Toast(QFrame):
    """What was just saved, with Undo; it goes by itself, but stays while pointed at."""

    undo = Signal()
    STAYS = 6000  # ms

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("toast", True)
        across = row(self, margins=(14, 6, 8, 6), gap=12)
        self._text = label("", Text.BODY, "surface")
        across.addWidget(self._text)
        self.button = _ToastButton(self)
        self.button.clicked.connect(self.undo)
        self.button.clicked.connect(self.hide)
        across.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.STAYS)
        self._timer.timeout.connect(self.hide)
        give_shadow(self)
        self.hide()

    def say(self, text: str, undo: str = "", hint: str = "") -> None:
        """Show a text and, with `undo`, the button that takes it back; an empty text takes away what is shown."""
        if not text:
            self.hide()
            return
        self._text.setText(text)
        self.setAccessibleName(text)
        self.button.setText(undo)
        self.button.setToolTip(hint)
        self.button.setVisible(bool(undo))
        self.adjustSize()
        parent = self.parentWidget()
        assert parent is not None
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 44)
        self.show()
        self.raise_()
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  Qt's name
        """Stay while pointed at."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Go after a while."""
        self._timer.start()
        super().leaveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Stop the clock."""
        self._timer.stop()
        super().hideEvent(event)


class _ToastButton(Button):
    """Undo on the dark ground of a toast."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", kind=Kind.QUIET, parent=parent)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour("surface"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus() or self.underMouse():
            rounded(painter, self.rect().adjusted(1, 1, -1, -1), "", "surface", 4, 1)
