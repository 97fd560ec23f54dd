"""The worker: one thread, results here, errors in words, work that can be stopped."""

from __future__ import annotations

import gc
import threading
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop.rules.errors import UserError
from ltu_desktop.window import collector
from ltu_desktop.window.collector import MOST, Collector
from ltu_desktop.window.worker import Task, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def worker() -> Iterator[Worker]:
    for left in list(Collector._keepers):
        left.stop()  # of a window of another test that has not gone yet: it would set objects apart, too
    made = Worker()
    yield made
    made.close()


def test_works_on_one_other_thread_and_answers_on_this_one(worker: Worker, qtbot: QtBot) -> None:
    here = threading.current_thread()
    threads: list[threading.Thread] = []
    order: list[int] = []

    def job(number: int) -> int:
        threads.append(threading.current_thread())
        return number

    def done(number: int) -> None:
        assert threading.current_thread() is here
        order.append(number)

    for number in range(5):
        worker.run(lambda _task, number=number: job(number), done)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(order) == 5)
    assert order == [0, 1, 2, 3, 4]
    assert len(set(threads)) == 1
    assert threads[0] is not here
    assert not worker.busy()


def test_a_user_error_goes_to_who_asked_or_to_everybody(worker: Worker, qtbot: QtBot) -> None:
    mine: list[UserError] = []
    everybody: list[UserError] = []
    worker.user_error.connect(everybody.append)

    def fail(_task: Task[None]) -> None:
        raise UserError("full", "The disk is full.")

    worker.run(fail, lambda _none: None, failed=mine.append)
    worker.run(fail, lambda _none: None)
    qtbot.waitUntil(lambda: len(everybody) == 1)
    assert [error.code for error in mine] == ["full"]


def test_a_mistake_of_ours_is_told_apart(worker: Worker, qtbot: QtBot) -> None:
    broken: list[BaseException] = []
    worker.broken.connect(broken.append)
    worker.run(lambda _task: 1 // 0, lambda _value: None)
    qtbot.waitUntil(lambda: bool(broken))
    assert isinstance(broken[0], ZeroDivisionError)


def test_work_tells_how_far_it_is_and_stops_when_asked(worker: Worker, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    done: list[int] = []
    go = threading.Event()
    ended: list[object] = []
    worker.progressed.connect(lambda _task, at, total: told.append((at, total)))
    worker.ended.connect(ended.append)

    def job(task: Task[int]) -> int:
        task.progress(1, 3)
        go.wait(5)
        task.progress(2, 3)
        return 3

    task = worker.run(job, done.append, title="long")
    qtbot.waitUntil(lambda: bool(told))
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert told == [(1, 3)]
    assert done == []


def test_what_is_to_be_painted_comes_before_the_work(worker: Worker, qtbot: QtBot) -> None:
    """The two at once slow each other: a page that asks for its rows paints first."""
    told: list[str] = []

    class Painted(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
            told.append("painted")

    shown = Painted()
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: bool(told))
    told.clear()
    shown.update()
    worker.run(lambda _task: told.append("work"), lambda _none: None)
    qtbot.waitUntil(lambda: "work" in told)
    assert told == ["painted", "work"]


def test_what_was_asked_last_is_done_before_the_end(worker: Worker) -> None:
    done: list[str] = []
    worker.run(lambda _task: done.append("saved"), lambda _none: None)
    worker.close()
    assert done == ["saved"]


class Witness:
    """Remembers on which thread each of its kind goes, as a window in the same place would go."""

    gone: ClassVar[list[threading.Thread]]

    def __init__(self, *, ring: bool) -> None:
        self.holds = self if ring else None

    def __del__(self) -> None:
        self.gone.append(threading.current_thread())


def test_rings_are_collected_on_this_thread_only(worker: Worker, qtbot: QtBot) -> None:
    Witness.gone = []
    worker.run(lambda _task: None, lambda _none: None)  # what was there before is set apart
    for _ in range(10):
        Witness(ring=True)
    kept: list[list[list[int]]] = []
    worker.run(lambda _task: [[number] for number in range(MOST // 2)], kept.append)
    qtbot.waitUntil(lambda: bool(kept) and len(Witness.gone) == 10)
    assert set(Witness.gone) == {threading.current_thread()}


def test_a_large_piece_is_looked_at_only_when_nobody_is_at_the_window(
    worker: Worker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    Witness.gone = []
    state = Qt.ApplicationState.ApplicationActive
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: state)
    rows: list[list[list[int]]] = []
    worker.run(lambda _task: None, lambda _none: None)  # what was there before is set apart
    before = gc.get_freeze_count()

    def job(_task: Task[list[list[int]]]) -> list[list[int]]:
        Witness(ring=True)
        return [[number] for number in range(2 * MOST)]

    worker.run(job, rows.append)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > before + MOST)  # what goes meanwhile counts no more
    assert rows
    assert not Witness.gone, "set apart with the rows"
    state = Qt.ApplicationState.ApplicationInactive
    qtbot.waitUntil(lambda: len(Witness.gone) == 1)
    assert gc.get_freeze_count() > 2 * MOST, "set apart again"


def test_a_look_at_everything_is_not_put_off_for_ever(
    worker: Worker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    Witness.gone = []
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationActive)
    monkeypatch.setattr(collector, "PATIENCE", 2)  # the first is the start
    rows: list[list[list[int]]] = []
    worker.run(lambda _task: None, lambda _none: None)

    def job(_task: Task[list[list[int]]]) -> list[list[int]]:
        Witness(ring=True)
        return [[number] for number in range(2 * MOST)]

    def more_than(count: int) -> bool:
        return gc.get_freeze_count() > count

    for turn in range(2):
        before = gc.get_freeze_count()
        worker.run(job, rows.append)
        qtbot.waitUntil(partial(more_than, before + MOST))
        assert turn or not Witness.gone, "the look comes after the second at the earliest"
    qtbot.waitUntil(lambda: bool(Witness.gone))


def test_steps_come_each_in_a_turn_of_its_own_as_long_as_they_are_wanted(worker: Worker, qtbot: QtBot) -> None:
    done: list[int] = []
    turns: list[int] = []

    def steps() -> Iterator[int]:
        for number in range(5):
            done.append(number)
            yield number

    worker.in_turns(steps(), lambda: True)
    assert done == [0], "the first at once"
    while worker.busy():
        turns.append(len(done))
        QApplication.processEvents()
    assert done == [0, 1, 2, 3, 4]
    assert {later - earlier for earlier, later in pairwise(turns)} <= {0, 1}
    done.clear()
    worker.in_turns(steps(), lambda: len(done) < 2)
    qtbot.waitUntil(lambda: not worker.busy())
    assert done == [0, 1]


def test_what_work_holds_goes_on_this_thread_only(worker: Worker, qtbot: QtBot) -> None:
    Witness.gone = []
    count = 400

    def ask(number: int) -> None:
        held = Witness(ring=False)

        def job(_task: Task[Witness]) -> Witness:
            if number % 2:
                raise UserError("full", "The disk is full.")
            return held

        worker.run(job, lambda _value: None, failed=lambda _error: None)

    for number in range(count):
        ask(number)
    qtbot.waitUntil(lambda: len(Witness.gone) == count)
    assert set(Witness.gone) == {threading.current_thread()}


def test_the_collector_runs_by_itself_again_once_no_worker_does() -> None:
    told = [gc.isenabled()]
    workers = Worker(), Worker()
    for each in workers:
        each.run(lambda _task: None, lambda _none: None)
    told.append(gc.isenabled())
    for each in workers:
        each.close()
        told.append(gc.isenabled())
    assert told == [True, False, False, True]


def test_closing_stops_what_has_not_begun(qtbot: QtBot) -> None:
    worker = Worker()
    ran: list[int] = []
    go = threading.Event()
    worker.run(lambda _task: go.wait(5), lambda _value: None)
    worker.run(lambda _task: ran.append(1), lambda _value: None)
    worker.cancel_all()
    go.set()
    worker.close()
    qtbot.wait(1)
    assert ran == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("file")]


def test_a_window_that_has_gone_is_told_nothing_and_asks_for_nothing(qtbot: QtBot) -> None:
    worker = Worker()
    ran: list[str] = []
    worker.run(lambda _task: ran.append("asked before"), lambda _none: ran.append("told"))
    worker.close()
    worker.run(lambda _task: ran.append("asked after"), lambda _none: ran.append("told"))
    qtbot.wait(1)
    assert ran == ["asked before"]


def test_the_rest_comes_after_what_the_window_owes_meanwhile(worker: Worker, qtbot: QtBot) -> None:
    told: list[str] = []
    worker.later(lambda: told.append("the rest"))
    assert worker.busy()
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: told.append("a click")))
    while worker.busy():
        QApplication.processEvents()
    assert told == ["a click", "the rest"]


def test_a_window_that_has_gone_does_no_rest(worker: Worker, qtbot: QtBot) -> None:
    told: list[str] = []
    worker.later(lambda: told.append("the rest"))
    worker.close()
    while worker.busy():
        QApplication.processEvents()
    assert told == []
