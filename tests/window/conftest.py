"""Windows in tests: offscreen, with our fonts, a small file open, and nothing left behind."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import platformdirs
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop import app as door
from ltu_desktop.store import key as keys
from ltu_desktop.window import icons, theme
from ltu_desktop.window.memory import Memory
from ltu_desktop.window.tokens import Appearance
from ltu_desktop.words import Words
from tests.attendance_world import attendance_month, pay
from tests.claim_world import FixedClock
from tests.planning_world import planned_week
from tests.studio import make_open_month, settle
from tests.window import planning_hands
from tests.window.attendance_hands import opened

if TYPE_CHECKING:
    from ltu_desktop.window.attendance_page import AttendancePage
    from ltu_desktop.window.frame import Frame
    from ltu_desktop.window.page import Page

collect_ignore = [] if sys.platform == "linux" else ["test_real_program.py"]  # it needs an X server


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> QApplication:
    theme.prepare(qapp)
    theme.apply(qapp, Appearance.LIGHT)
    icons.load()
    return qapp


@pytest.fixture(autouse=True)
def nothing_left(look: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window, a thread or a running timer."""
    yield
    if not {"make_window", "qtbot"} & set(request.fixturenames):
        return  # it had no window
    while theme.state().changing:  # colours go on changing in short turns
        QTest.qWait(1)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    windows = [repr(widget) for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    threads = [thread.name for thread in threading.enumerate() if thread.name.startswith("file")]
    timers = [
        repr(each.parent())
        for each in gc.get_objects()
        if type(each) is QTimer and shiboken6.isValid(each) and each.isActive()
    ]
    assert (windows, threads, timers) == ([], [], [])


@pytest.fixture(scope="session")
def open_month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with 24 people whose October 2026 is not claimed yet; two of them block it."""
    return make_open_month(tmp_path_factory.mktemp("example"))


@dataclass
class Desk:
    """A window in a test, with short ways to look at it."""

    frame: Frame
    folder: Path
    first: str
    mistakes: list[BaseException]  # of ours, on the worker; those that a test expects it takes away

    def rest(self) -> None:
        """Wait until the worker rests."""
        settle(self.frame)

    def open(self, path: Path) -> None:
        """Open a file and leave Home for the test's first page."""
        self.frame.start.open(path)
        self.rest()
        if self.frame.desk.store is not None and self.first != "home":
            self.go(self.first)

    def go(self, code: str, what: object = None) -> Page:
        """Show a page and wait for it."""
        self.frame.go(code, what)
        self.rest()
        return self.frame.pages[code]


Make = Callable[..., Desk]


@pytest.fixture
def first_page() -> str:
    """The page that stands when a file is open; tests of other pages name theirs, so that this one is not made."""
    return "people"


@pytest.fixture
def make_window(look: QApplication, first_page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Make windows in any language and size; a mistake of ours on the worker fails the test."""
    made: list[Frame] = []
    mistakes: list[BaseException] = []
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda *_, **__: str(tmp_path / "log"))

    def make(language: str = "fr", size: tuple[int, int] = (1366, 768)) -> Desk:
        gc.freeze()  # what was there before need not be looked at; the window's collector ends that when it stops
        frame = door.build(Memory(tmp_path), FixedClock(), Words(language), "Nadia Roussel")
        made.append(frame)
        frame.desk.worker.broken.connect(mistakes.append)
        frame.resize(*size)
        frame.show()
        frame.activateWindow()
        settle(frame)
        return Desk(frame, tmp_path, first_page, mistakes)

    yield make
    for frame in filter(shiboken6.isValid, made):
        settle(frame)
        frame.close()
        frame.deleteLater()
    if mistakes:
        raise mistakes[0]


@pytest.fixture(scope="session")
def attendance_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the attendance of October 2026."""
    world = attendance_month(tmp_path_factory.mktemp("attendance") / "octobre.ltu")
    world.close()
    return world.path


@pytest.fixture(scope="session")
def paid_attendance_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with its payroll."""
    world = attendance_month(tmp_path_factory.mktemp("attendance") / "octobre.ltu")
    pay(world)
    world.close()
    return world.path


@pytest.fixture
def attendance_desk(make_window: Make, attendance_file: Path, tmp_path: Path) -> Desk:
    """A window in which a copy of the month's attendance is open."""
    return opened_copy(make_window(), attendance_file, tmp_path)


@pytest.fixture
def paid_attendance_desk(make_window: Make, paid_attendance_file: Path, tmp_path: Path) -> Desk:
    """The same with its payroll."""
    return opened_copy(make_window(), paid_attendance_file, tmp_path)


@pytest.fixture
def page(desk: Desk) -> AttendancePage:
    """October's attendance, shown in the `desk` that a test file takes; others have a page of their own."""
    return opened(desk)


@pytest.fixture(scope="session")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a week of plans."""
    world = planned_week(tmp_path_factory.mktemp("planning") / "semaine.ltu")
    world.close()
    return world.path


@pytest.fixture
def planning(make_window: Make, planned_file: Path, tmp_path: Path) -> planning_hands.Planning:
    """A window that shows a week of plans."""
    return planning_hands.opened(make_window(), Path(shutil.copy(planned_file, tmp_path)))


def opened_copy(made: Desk, file: Path, folder: Path) -> Desk:
    """Open a copy of a file, so that the next test finds it as it was, at Home."""
    shutil.copy(file, folder)
    made.first = "home"
    made.open(folder / file.name)
    return made


@pytest.fixture
def window(make_window: Make) -> Desk:
    """A window without a file."""
    return make_window()


@pytest.fixture
def month(make_window: Make, open_month: Path, tmp_path: Path) -> Desk:
    """A window in which the file with the open month is open."""
    made = make_window()
    path = tmp_path / "fabrique.ltu"
    shutil.copy(open_month, path)
    made.open(path)
    return made


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys at a price that a test can pay; `tests/store/test_key.py` proves the real one."""
    monkeypatch.setattr(keys, "derive", lambda text, salt: keys.Key((text.encode() + bytes(20))[:20], salt))
