"""A shift is dragged by a real mouse in the real program: from one day to the next, saved and undone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.planning_world import planned_week
from tests.window.screen import Screen, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")

TUESDAY, WEDNESDAY = (470, 268), (555, 261)  # of the first row, in a window of 1366 × 768
TINT = "#FBE7D8"  # of the activity in which the first one is planned


def test_a_shift_is_dragged_in_the_real_program(tmp_path: Path) -> None:
    today = date.today()  # noqa: DTZ011  the program's own week
    monday = today - timedelta(days=today.weekday())
    world = planned_week(tmp_path / "semaine.ltu", monday=monday)
    world.close()
    places = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}

    def place() -> str:
        return "".join(ini.read_text("utf-8") for ini in tmp_path.rglob("window.ini"))

    def days() -> list[int]:
        query = "SELECT day FROM shift JOIN person ON person.id = person_id WHERE name = 'Adjaoud' ORDER BY day"
        with closing(sqlite3.connect(f"file:{world.path}?mode=ro", uri=True)) as file:
            return [(date.fromisoformat(row[0]) - monday).days for row in file.execute(query)]

    assert days() == [0, 1, 3, 4]
    with Screen(tmp_path) as screen:
        program = subprocess.Popen(
            [sys.executable, "-m", "ltu_desktop", str(world.path)],
            env={**os.environ, **places, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "LANG": "fr_FR.UTF-8"},
        )
        try:
            screen.window("semaine.ltu")
            until(lambda: 'page\\":\\"home' in place(), "the first page")
            screen.press("alt+3")
            until(lambda: 'page\\":\\"planning' in place(), "the page")
            until(lambda: screen.picture().pixelColor(*TUESDAY).name().upper() == TINT, "the block of Tuesday")
            screen.drag(TUESDAY, WEDNESDAY)
            until(lambda: days() == [0, 2, 3, 4], "the shift on Wednesday")
            screen.picture().save(str(tmp_path / "dragged.png"))
            screen.press("ctrl+z")
            until(lambda: days() == [0, 1, 3, 4], "the shift back on Tuesday")
            screen.press("ctrl+q")
            assert program.wait(20) == 0
        except BaseException:
            screen.picture().save(str(tmp_path / "failed.png"))
            raise
        finally:
            program.kill()
            program.wait()
