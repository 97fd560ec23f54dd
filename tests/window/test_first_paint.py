"""The window is seen before anything slow is loaded, and shows no page that it leaves at once."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ltu_desktop import app as door
from ltu_desktop.window import theme
from ltu_desktop.window.frame import takes_all
from ltu_desktop.window.memory import Memory
from tests.claim_world import FixedClock
from tests.studio import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ltu_desktop import app
from ltu_desktop.window.memory import Memory
application = QApplication([])
running = app.Application(application, Memory(Path(sys.argv[1])), app.SystemClock())
seen = []
running.frame.painted.connect(lambda: seen.extend(sys.modules))
running.frame.show()
while not seen:
    application.processEvents()
slow = {"sqlalchemy", "msgspec", "reportlab", "openpyxl", "pikepdf", "qtawesome", "PySide6.QtPdf", "ltu_desktop.words"}
print(sorted(slow & set(seen)))
running.frame.close()
"""


def told_by(script: str, path: Path) -> tuple[str, str]:
    """Run a script in a program of its own; return what it says, and what went wrong."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.stdout.strip(), done.stderr.strip()


def test_nothing_slow_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    assert told_by(SCRIPT, tmp_path) == ("[]", "")


VISITS = """
import sys
from pathlib import Path
from tests.studio import Studio, settle
studio = Studio(Path(sys.argv[1]))
studio.begin_open()
settle(studio.frame)
for _ in studio.frame.pages.ahead():
    settle(studio.frame)
before = set(sys.modules)
for code in studio.frame.pages:
    if code not in {"import", "preview"}:
        studio.frame.go(code)
        settle(studio.frame)
print(sorted(set(sys.modules) - before))
studio.close()
"""


def test_no_first_visit_waits_for_what_could_be_loaded_ahead(open_month: Path, tmp_path: Path) -> None:
    path = tmp_path / "month.ltu"
    path.write_bytes(open_month.read_bytes())
    assert told_by(VISITS, path) == ("[]", "")


@pytest.fixture
def start(look: QApplication, tmp_path: Path) -> Iterator[Callable[[Path | None], door.Application]]:
    """Starts the program as a person does; what comes after the first paint has come."""
    begun: list[door.Application] = []

    def start(path: Path | None) -> door.Application:
        memory = Memory(tmp_path)
        memory.language = "fr"
        running = door.Application(look, memory, FixedClock())
        begun.append(running)
        running.show(path)
        while not running.frame.filled:
            QApplication.processEvents()
        return running

    yield start
    for running in begun:
        running.frame.close()
        running.frame.deleteLater()
        look.removeTranslator(running._translator)  # type: ignore[arg-type]


def test_without_a_file_the_first_page_comes(start: Callable[[Path | None], door.Application]) -> None:
    frame = start(None).frame
    settle(frame)
    assert frame.outer.currentWidget() is frame.start
    assert frame.start.first.hasFocus()
    assert not frame.commands.on("page.people")


@pytest.mark.parametrize(
    ("free", "all_of_it"),
    [((1366, 728), True), ((1093, 582), True), ((911, 480), True), ((1920, 1040), False), ((1440, 860), False)],
)
def test_on_a_small_screen_the_window_takes_all_of_it(free: tuple[int, int], *, all_of_it: bool) -> None:
    assert takes_all(QSize(*free)) is all_of_it


def test_the_first_time_the_window_is_within_its_screen_later_where_it_was(
    start: Callable[[Path | None], door.Application], tmp_path: Path
) -> None:
    frame = start(None).frame
    settle(frame)
    assert frame.isMaximized(), "the screen of the tests is small"
    frame.showNormal()
    frame.resize(950, 500)
    settle(frame)
    Memory(tmp_path).keep(frame)
    again = start(None).frame
    settle(again)
    assert (again.isMaximized(), again.height()) == (False, 500)


def test_a_file_opens_over_the_ground_without_the_first_page(
    start: Callable[[Path | None], door.Application], open_month: Path, tmp_path: Path
) -> None:
    path = tmp_path / "f.ltu"
    path.write_bytes(open_month.read_bytes())
    frame = start(path).frame
    assert frame.outer.currentWidget() is frame.ground
    shown = []
    frame.outer.currentChanged.connect(lambda _at: shown.append(frame.outer.currentWidget()))
    settle(frame)
    assert shown == [frame.work]


def test_the_ground_has_the_colours_of_the_frame_that_comes(
    start: Callable[[Path | None], door.Application], open_month: Path, tmp_path: Path
) -> None:
    path = tmp_path / "f.ltu"
    path.write_bytes(open_month.read_bytes())
    first = start(path).frame
    settle(first)
    first.close()
    again = start(None).frame  # it opens the last file, so the pages will come
    before = again.ground.grab().toImage()
    settle(again)
    after = again.grab().toImage()
    wide, high = after.width(), after.height()
    parts = {
        "navigation": (4, high // 2),
        "status": (wide // 2, high - 2),
        "bar": (wide - 4, 4),
        "line": (200, 52),
        "page": (90, high - 40),
    }
    colours = {name: (before.pixelColor(*at).name(), after.pixelColor(*at).name()) for name, at in parts.items()}
    assert {name: pair[0] for name, pair in colours.items()} == {name: pair[1] for name, pair in colours.items()}
    assert len({pair[0] for pair in colours.values()}) == 4


def test_a_file_that_cannot_be_opened_leads_to_the_first_page(
    start: Callable[[Path | None], door.Application], tmp_path: Path
) -> None:
    path = tmp_path / "f.ltu"
    path.write_bytes(b"no file of ours")
    frame = start(path).frame
    settle(frame)
    assert frame.outer.currentWidget() is frame.start
    assert frame.trouble.isVisible()
    theme.measure(QApplication.instance(), 100, "")  # type: ignore[arg-type]
