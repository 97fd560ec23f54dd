"""Python's garbage collector, kept to the window's thread.

Python collects on whichever thread happens to allocate. A ring of objects may hold Qt objects, and those may go on
their own thread only: collected by the worker, they crash the program. So from the first work on another thread until
the last such thread has ended nothing is collected by itself; a timer does it here instead.

A look stops the window for as long as it has objects to look at. So what was looked at, and what came in one large
piece (the rows of a file, which hold no rings), is set apart and not looked at again until nobody is at the window.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

TURN = 500  # ms
MOST = 40_000  # new objects for one look: 10 to 20 ms
PATIENCE = 250  # how often objects are set apart before all are looked at although somebody is at the window


class Collector(QObject):
    """Collects at the pace of Python's own limits, and never looks at more than a part while somebody is at work."""

    _keepers: ClassVar[set[Collector]] = set()

    def __init__(self, busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._busy = busy
        self._new = 0  # objects since some were last set apart, at most
        self._apart = 0  # how often some were set apart since the last look at everything
        self._timer = QTimer(self)
        self._timer.setInterval(TURN)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Take over from Python's own passes; what is there already, modules above all, is set apart."""
        self._keepers.add(self)
        gc.disable()
        self._set_apart()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again, once no other collector is at work."""
        self._timer.stop()
        self._keepers.discard(self)
        gc.unfreeze()
        if not self._keepers:
            gc.enable()

    def _turn(self) -> None:
        young, middle, old = gc.get_threshold()
        new, looks, passes = gc.get_count()
        self._new += new
        away = QGuiApplication.applicationState() != Qt.ApplicationState.ApplicationActive
        if self._apart > (0 if away else PATIENCE) and not self._busy():
            self._look_at_everything()
        elif self._new > MOST:
            if new < MOST:
                gc.collect()
            self._set_apart()
        elif passes > old:
            gc.collect()
        elif looks > middle:
            gc.collect(1)
        elif new > young:
            gc.collect(0)

    def _set_apart(self) -> None:
        gc.freeze()
        self._new = 0
        self._apart += 1

    def _look_at_everything(self) -> None:
        gc.unfreeze()
        gc.collect()
        self._set_apart()
        self._apart = 0
