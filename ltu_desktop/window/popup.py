"""What comes over the page in the middle of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.focus import give_back
from ltu_desktop.window.pieces import give_shadow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

TOP = 84  # px from the window's upper edge


class Popup(QFrame):
    """Something over the page, with a rim and the one shadow; Esc or a click beside closes it."""

    def __init__(self, window: QWidget, width: int) -> None:
        super().__init__(window)
        self.setProperty("popup", True)
        theme.dress(self)
        self.setFixedWidth(width)
        give_shadow(self)
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        """Show it, and remember where the focus was."""
        window = self.window()
        self._before = window.focusWidget()
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, TOP)
        self.show()
        self.raise_()

    def vanish(self) -> None:
        """Hide it and give the focus back."""
        before, self._before = self._before, None
        self.hide()
        give_back(before, Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Close on a click beside."""
        if event.type() == QEvent.Type.MouseButtonPress and self.isVisible():
            self.vanish()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.vanish()
            event.accept()
            return
        super().keyPressEvent(event)
