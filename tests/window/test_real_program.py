"""The real program on a screen of its own, driven through a claim by its keys: open, choose a figure, seal, export."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.window.tokens import LIGHT
from tests.claim_world import OCTOBER, World
from tests.window.screen import Screen, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def factory(tmp_path: Path) -> Path:
    """A file whose October can be sealed."""
    world = World(tmp_path / "fabrique.ltu")
    world.employer()
    world.agreement("36")
    for number, name in (("0011", "Adjaoud"), ("0018", "Allard"), ("0025", "Benali")):
        world.person(number, name=name, first="Sylvie")
    world.payroll(OCTOBER, {"0011": "151.67", "0018": "140.00", "0025": "151.67"})
    world.close()
    return world.path


def test_a_claim_goes_through_the_real_program(factory: Path, tmp_path: Path) -> None:
    out = tmp_path / "demande"
    out.mkdir()
    places = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}

    def place() -> str:
        return "".join(ini.read_text("utf-8") for ini in tmp_path.rglob("window.ini"))

    def claims() -> int:
        with sqlite3.connect(f"file:{factory}?mode=ro", uri=True) as file:
            return int(file.execute("SELECT count(*) FROM claim").fetchone()[0])

    with Screen(tmp_path) as screen:
        program = subprocess.Popen(
            [sys.executable, "-m", "ltu_desktop", str(factory)],
            env={**os.environ, **places, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "LANG": "fr_FR.UTF-8"},
        )
        try:
            screen.window("fabrique.ltu")
            until(lambda: 'page\\":\\"home' in place(), "the first page")
            screen.press("alt+5")
            until(lambda: 'page\\":\\"claims' in place(), "the claims")
            screen.press_until("Return", lambda: 'page\\":\\"claim\\' in place(), "the claim")
            screen.press("Down", "Right", "Right", "Right")
            until(lambda: 'column\\":\\"\\"' not in place(), "the chosen figure")
            shown = screen.picture()
            screen.press("ctrl+k")
            screen.type(">sceller")
            screen.press("Return")
            screen.window("Sceller")
            screen.press("Tab", "space")
            until(lambda: claims() == 1, "the sealed claim")
            screen.window("fabrique.ltu")
            screen.press("ctrl+e", "Down", "Return")
            screen.window("Dans quel dossier")
            screen.press("ctrl+a")
            screen.type(str(out))
            screen.press("Return")
            until(lambda: any(out.glob("*.pdf")), "the exported form")
            screen.window("fabrique.ltu")
            screen.press("ctrl+q")
            assert program.wait(20) == 0
        except BaseException:
            screen.picture().save(str(tmp_path / "failed.png"))
            raise
        finally:
            program.kill()
            program.wait()
    shown.save(str(tmp_path / "claim.png"))
    colours = {shown.pixelColor(x, y).name().upper() for x in range(0, shown.width(), 2) for y in range(0, 768, 2)}
    assert {LIGHT.canvas, LIGHT.surface, LIGHT.accent} <= colours, "a page of ours, in our colours"
    assert next(out.glob("*.pdf")).read_bytes().startswith(b"%PDF")
