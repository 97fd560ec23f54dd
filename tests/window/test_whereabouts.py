"""The program comes back to where one was: after it was ended, after it was killed; and the place names nobody."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest

from ltu_desktop.rules.periods import Month
from ltu_desktop.window.memory import Memory
from tests.studio import wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.window.conftest import Desk

# The program as it is started by hand, with a hand that types and an eye that looks; it is never closed, but killed.
PROGRAM = """
import sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ltu_desktop import app
from ltu_desktop.window.frame import Frame

def frame():
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, Frame)]
    if not found or not found[0].filled or found[0].desk.store is None or found[0].desk.worker.busy():
        return None
    return found[0]

def told():
    table = frame().page.list.table
    row = table.current_row()
    return f"{frame().page.code} {frame().desk.month} {row and row.staff_number} {table.verticalScrollBar().value()}"

def hand():
    here = frame()
    if here is None or here.page is None:
        return
    if here.page.code == "home":
        QTest.keyClick(here, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(here, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    elif here.page.list.model.rows() and "typed" not in seen:
        here.resize(1100, 520)
        for _ in range(20):
            QTest.keyClick(here.page.list.table, Qt.Key.Key_Down)
        seen["typed"] = told()
    elif "typed" in seen and seen["typed"] == told() and here.whereabouts._kept == here.whereabouts._now():
        print(seen["typed"], flush=True)
        timer.stop()
    elif "typed" in seen:
        seen["typed"] = told()

def eye():
    here = frame()
    if here is not None and here.page is not None and not here.whereabouts._wait.isActive():
        print(told(), flush=True)
        timer.stop()

seen = {}
qt = QApplication(["ltu-desktop"])
timer = QTimer()
timer.timeout.connect(hand if len(sys.argv) > 1 else eye)
timer.start(50)
app.main(sys.argv[1:])
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    places = {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
    )


def said_until_killed(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    try:
        return process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()


def test_a_killed_program_comes_back_to_its_page_month_person_and_scroll(open_month: Path, tmp_path: Path) -> None:
    path = tmp_path / "fabrique.ltu"
    shutil.copy(open_month, path)
    before = said_until_killed(start(tmp_path, str(path)))
    page, month, number, scrolled = before.split(" ")
    assert (page, month) == ("people", "2026-09")
    assert number != "None"
    assert int(scrolled) > 0
    assert said_until_killed(start(tmp_path)) == before
    [kept] = tmp_path.rglob("window.ini")
    assert number not in kept.read_text("utf-8"), "nobody is named outside the file"


def test_a_section_a_figure_and_a_closed_file(
    make_window: Callable[..., Desk], open_month: Path, tmp_path: Path
) -> None:
    path = tmp_path / "f.ltu"
    shutil.copy(open_month, path)
    first = make_window()
    first.open(path)
    first.go("claim")
    lines = first.frame.pages["claim"].lines.table  # type: ignore[attr-defined]
    lines.choose(lines.rows_model.key(lines.rows_model.rows()[9]), "state")
    first.frame.whereabouts.keep()
    first.frame.close()

    second = make_window()
    assert second.frame.whereabouts.last_file() == path
    second.frame.start.open(path)
    second.rest()
    wait(second.frame, 120)
    assert second.frame.page is second.frame.pages["claim"]
    table = second.frame.pages["claim"].lines.table  # type: ignore[attr-defined]
    assert table.rows_model.rows().index(table.current_row()) == 9
    assert table.current_code() == "state"
    second.go("settings", "sites")
    second.frame.whereabouts.keep()
    second.frame.desk.close_file()
    second.rest()
    assert Memory(tmp_path).place == ""
    assert second.frame.whereabouts.last_file() is None, "a file closed by hand stays closed"


def test_the_place_is_kept_when_the_window_closes_before_the_worker_wrote_it(
    make_window: Callable[..., Desk], open_month: Path, tmp_path: Path
) -> None:
    path = tmp_path / "f.ltu"
    shutil.copy(open_month, path)
    window = make_window()
    window.open(path)
    window.frame.whereabouts.keep()
    window.go("claims")
    worker, go = window.frame.desk.worker, threading.Event()
    worker.run(lambda _task: go.wait(5), lambda _value: None)
    window.frame.whereabouts.keep()
    worker.cancel_all()
    go.set()
    window.frame.close()
    assert '"page":"claims"' in Memory(tmp_path).place


def test_what_cannot_be_read_leads_home(make_window: Callable[..., Desk], open_month: Path, tmp_path: Path) -> None:
    path = tmp_path / "f.ltu"
    shutil.copy(open_month, path)
    for place in ("{", '{"file":"elsewhere","month":"2026-09","page":"people"}'):
        Memory(tmp_path).keep_place(place, QByteArray())
        window = make_window()
        assert window.frame.whereabouts.last_file() is None
        window.frame.start.open(path)
        window.rest()
        assert window.frame.page is window.frame.pages["home"]
        assert window.frame.desk.month == Month(2026, 10)
        QTest.keyClick(window.frame, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        window.rest()
        window.frame.desk.close_file()
        window.rest()
