"""Python's garbage collector, kept to the window's thread.

Python collects on whichever thread happens to allocate. A ring of objects may hold Qt objects, and those may go on
their own thread only: collected by the worker, they crash the program. So from the first work on another thread until
the last such thread has ended nothing is collected by itself; a timer does it here instead.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

TURN = 500  # ms
HIGH = 10
"""How many times its limit the middle generation's count may be over before the old one is looked at under work."""


class Collector(QObject):
    """Collects at the pace of Python's own limits; the whole heap, which takes longest, rather when nothing is done."""

    _keepers: ClassVar[set[Collector]] = set()

    def __init__(self, busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._busy = busy
        self._first = True
        self._timer = QTimer(self)
        self._timer.setInterval(TURN)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Take over from Python's own passes."""
        self._keepers.add(self)
        gc.disable()
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
        counts = gc.get_count()
        if counts[2] > (old * HIGH if self._busy() else old):
            self._whole()
        elif counts[1] > middle:
            gc.collect(1)
        elif counts[0] > young:
            gc.collect(0)

    def _whole(self) -> None:
        """Look at everything; what the first look leaves, modules and pages, stays and need not be looked at again."""
        gc.collect()
        if self._first:
            self._first = False
            gc.freeze()
