"""The ring of the focus: one widget that lies around whatever the keyboard is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from ltu_desktop.window.controls import Button, rounded

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent


RINGED = (QLineEdit, QComboBox, QCheckBox, QRadioButton, QAbstractSpinBox, QPlainTextEdit)
"""Qt's own things that get the ring; ours say so by their property."""


class FocusRing(QWidget):
    """The ring around whatever has the focus: 2 px, 1 px away; tables draw theirs inside the cell."""

    REACH = 3
    BARE = 2  # more around what has no frame of its own, whose sign and words the ring would touch

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._of: QWidget | None = None
        self._watched: list[QWidget] = []
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)
        self.hide()

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._of = new if new is not None and self._wants(new) else None
        above: QWidget | None = self._of
        while above is not None and above is not self.window():  # whatever holds it may move it
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self.place()

    def _wants(self, widget: QWidget) -> bool:
        if widget.property("ring") == "none":  # it draws its own
            return False
        if isinstance(widget, QAbstractItemView) or widget.window() is not self.window():
            return False
        if isinstance(widget, Button):
            return True
        return isinstance(widget, RINGED) or bool(widget.property("ring"))

    def place(self) -> None:
        """Lie around the widget, or hide."""
        widget = self._of
        if widget is None or not shiboken6.isValid(widget) or not widget.isVisible():
            self.hide()
            return
        area = QRect(widget.mapTo(self.window(), widget.rect().topLeft()), widget.size())
        bare = isinstance(widget, (QCheckBox, QRadioButton)) or widget.property("ring") == "bare"
        around = self.REACH + (self.BARE if bare else 0)
        reach = -2 if widget.property("ring") == "inside" else around
        area = area.adjusted(-reach, -reach, reach, reach)
        seen = area & self._in_sight()
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(area)
        self.setMask(seen.translated(-area.topLeft()))
        self.raise_()
        self.show()

    def _in_sight(self) -> QRect:
        """Return the part of the window in which the widget may be seen: what scrolls leaves its area."""
        window = self.window()
        seen = window.rect()
        for each in self._watched:
            area = each.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is each:
                place = QRect(each.mapTo(window, each.rect().topLeft()), each.size())
                reach = self.REACH + self.BARE
                seen &= place.adjusted(-reach, -reach, reach, reach)
        return seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Follow the widget when it moves."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the ring."""
        painter = QPainter(self)
        rounded(painter, self.rect(), "", "focus", 8, 2)
