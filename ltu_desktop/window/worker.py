"""One thread for all that touches the file: nothing there ever blocks the window."""

from __future__ import annotations

import sys
import threading
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ltu_desktop.rules.errors import UserError
from ltu_desktop.window.collector import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
TURN = 0.0002  # s that the worker may let the window's thread wait; Python's own 0.005 add up in each painting


class Cancelled(Exception):  # noqa: N818  not an error: a person stopped the work
    """The work was stopped; its transaction was rolled back."""


class Task(Generic[T]):
    """One piece of work: what runs over there, and who is told here.

    `job` is given the task, calls `task.progress(done, total)` now and then, and returns a value for `done`. What these
    hold may be widgets: `end` lets go of all of it on the window's thread, and the other thread is left with a shell.
    """

    def __init__(
        self,
        job: Callable[[Task[T]], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None] | None,
        title: str,
        report: Callable[[Task[T], int, int], None],
    ) -> None:
        self.job, self.done, self.failed, self.title = job, done, failed, title
        self._report = report
        self._stop = threading.Event()
        self._value: T | None = None
        self._error: BaseException | None = None

    def work(self) -> None:
        """Do the job, over there, and keep what comes of it."""
        try:
            if self.stopped:
                raise Cancelled  # noqa: TRY301  stopped before it began
            self._value = self.job(self)
        except BaseException as caught:  # noqa: BLE001  told on the window's thread
            self._error = caught

    def end(self) -> tuple[Any, BaseException | None, Callable[[T], None], Callable[[UserError], None] | None]:
        """Give value, error, and who is told of them, on the window's thread; the task forgets them."""
        ended = self._value, self._error, self.done, self.failed
        del self._value, self._error, self.job, self.done, self.failed
        return ended

    def cancel(self) -> None:
        """Ask to stop at the next progress."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._stop.is_set()

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is; raise `Cancelled` when it was stopped."""
        if self._stop.is_set():
            raise Cancelled
        self._report(self, done, total)


class Worker(QObject):
    """Runs tasks one after another on one thread and tells their end on the window's thread."""

    started = Signal(object)
    progressed = Signal(object, int, int)
    ended = Signal(object)
    user_error = Signal(object)  # a UserError nobody else took
    broken = Signal(object)  # an exception that is our bug
    _over = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Task[Any]] = []
        self._asked: list[Task[Any]] = []  # of these what the other thread does not know yet
        self._later: list[Callable[[], object]] = []
        self._closed = False
        self._over.connect(self._finish)
        self._collector = Collector(self.busy, self)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """The thread, started by the first work."""
        from concurrent.futures import ThreadPoolExecutor

        self._collector.start()
        sys.setswitchinterval(TURN)
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="file")

    def run(
        self,
        job: Callable[[Task[T]], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[UserError], None] | None = None,
        title: str = "",
    ) -> Task[T]:
        """Do `job` over there, then `done(value)` here; a UserError goes to `failed`, or is shown in words.

        `title` says what is being done, when it takes long enough to be shown. After `close` nothing is done any more:
        a last click may still come from a window that goes.
        """
        task: Task[T] = Task(job, done, failed, title, self.progressed.emit)
        if self._closed:
            return task
        self._waiting.append(task)
        self._asked.append(task)
        self.started.emit(task)
        QTimer.singleShot(
            1, self, partial(self._hand_over, self._pool)
        )  # what is to be painted comes first: two at once slow each other
        return task

    def _hand_over(self, pool: ThreadPoolExecutor) -> None:
        """Give the other thread what is asked of it."""
        while self._asked:
            pool.submit(self._do, self._asked.pop(0))

    def later(self, do: Callable[[], object]) -> None:
        """Do the rest of something long here, after keys, clicks and what is to be painted had their turn."""
        self._later.append(do)
        QTimer.singleShot(1, self, self._do_later)  # a timer of 0 ms would let nothing else come first

    def in_turns(self, steps: Iterator[object], wanted: Callable[[], bool]) -> None:
        """Do one step here, and the others each in a later turn, as long as they are wanted."""
        if wanted() and next(steps, None) is not None:
            self.later(lambda: self.in_turns(steps, wanted))

    def _do_later(self) -> None:
        do = self._later.pop(0)
        if not self._closed:
            do()

    def busy(self) -> bool:
        """Tell whether anything is under way."""
        return bool(self._waiting or self._later)

    def _do(self, task: Task[Any]) -> None:
        task.work()
        self._over.emit(task)

    @Slot(object)
    def _finish(self, task: Task[Any]) -> None:
        if task in self._waiting:
            self._waiting.remove(task)
        value, error, done, failed = task.end()
        if self._closed:
            return  # whom it would be told has gone
        self.ended.emit(task)
        if error is None:
            done(value)
        elif isinstance(error, UserError):
            if failed is not None:
                failed(error)
            else:
                self.user_error.emit(error)
        elif not isinstance(error, Cancelled):
            self.broken.emit(error)

    def cancel_all(self) -> None:
        """Ask all that waits or runs to stop; what is asked for from now on is done."""
        for task in self._waiting:
            task.cancel()

    def close(self) -> None:
        """Do what is still asked for, tell nobody of it, and stop the thread."""
        self._closed = True
        if "_pool" in vars(self):
            self._hand_over(self._pool)
            self._pool.shutdown(wait=True)
            self._collector.stop()
