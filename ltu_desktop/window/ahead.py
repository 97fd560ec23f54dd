"""Ahead of the user: what nobody has seen yet is made piece by piece while nothing else is to be done."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.window.frame import Frame
    from ltu_desktop.window.worker import Task

OVER: Final = ("palette", "history_drawer", "help_drawer")
"""Where what comes over the pages is made."""
FIRST, EVERY = 1000, 200  # ms: the page that is shown comes first; then one step at a time


def steps(frame: Frame) -> Iterator[str]:
    """Make the pages and what comes over them: one step for each turn of the iterator, which says what it made."""
    yield from frame.pages.ahead()

    def load(_task: Task[None]) -> None:
        for name in OVER:
            import_module(f"ltu_desktop.window.{name}")

    frame.desk.worker.run(load, lambda _none: None)
    yield "load"
    for holder, name in ((frame, "palette_popup"), (frame.drawers, "history"), (frame.drawers, "help")):
        getattr(holder, name)
        yield name


class Ahead(QObject):
    """Makes it once a file is open, a short step at a time."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._steps = steps(frame)
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
