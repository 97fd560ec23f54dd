"""The focus is never lost: when what had it goes away, the page takes it up where one would begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ltu_desktop.window.frame import Frame


class FocusKeeper(QObject):
    """Watches the focus of a window, and gives it to the page when nothing has it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take_up)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None and shiboken6.isValid(self._frame) and self._frame.isVisible():  # it leaves a dying window too
            self._timer.start()

    def _take_up(self) -> None:
        frame = self._frame
        if QApplication.focusWidget() is not None or not frame.isActiveWindow() or not frame.isVisible():
            return
        self.begin()

    def begin(self) -> None:
        """Give the focus to where the page begins; to the first thing on it that takes it when that cannot."""
        frame = self._frame
        page = frame.page if frame.outer.currentWidget() is frame.work else None
        first = page.first_focus() if page is not None else None
        if first is None or not first.isEnabled() or not first.isVisibleTo(frame):
            first = first_focusable(page or frame.outer.currentWidget() or frame)
        if first is None and page is not None:
            first = frame.navigation.buttons.get(f"page.{page.parent_code or page.code}")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def first_focusable(pane: QWidget) -> QWidget | None:
    """Return the first thing inside a pane that Tab reaches."""
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        if takes and pane.isAncestorOf(widget) and widget.isVisibleTo(pane):
            return widget
        widget = widget.nextInFocusChain()
    return None


def give_back(before: QWidget | None, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
    """Give the focus back to what had it; when that has gone meanwhile nothing has it, and the page takes it up."""
    now = QApplication.focusWidget()
    if before is not None and shiboken6.isValid(before) and before.isVisible():
        before.setFocus(reason)
    elif now is not None:
        now.clearFocus()
