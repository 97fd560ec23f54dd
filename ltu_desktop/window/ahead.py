"""Ahead of the user: the pages she has not visited yet are made one by one while nothing else is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ltu_desktop.window.frame import Frame

FIRST, EVERY = 1000, 200  # ms: the page that is shown comes first; then one step at a time


class Ahead(QObject):
    """Loads and makes the pages of a frame once a file is open, a short step at a time."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._steps = frame.pages.ahead()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(FIRST)

    def stop(self) -> None:
        """Make no more: the window closes."""
        self._timer.stop()

    def waits(self) -> bool:
        """Tell whether there is more to be made."""
        return self._timer.isActive()

    def _step(self) -> None:
        desk = self._frame.desk
        if desk.store is None or desk.worker.busy() or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        self._timer.setInterval(EVERY)
        if next(self._steps, None) is None:
            self._timer.stop()
