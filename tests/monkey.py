"""Random keys, clicks and drags on the real program, to find what nobody thinks of trying.

    python -m tests.monkey FILE [--seed N] [--seconds N] [--out DIR]

A copy of FILE is opened under a virtual X server (Xvfb and xdotool, as for `tests/window/test_real_program.py`). What
the program writes, and whether it still runs, is told at the end; a picture is kept now and then. The same seed makes
the same gestures, though not always at the same moments.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.window.screen import Screen

KEYS = (
    *["Tab"] * 6, "shift+Tab", "Down", "Down", "Up", "Left", "Right", "Return", "Return", "Escape", "Escape", "space",
    "F1", "F2", "F8", "F9", "Delete", "Home", "End", "Page_Down", "ctrl+k", "ctrl+f", "ctrl+z", "ctrl+y", "ctrl+n",
    "ctrl+e", "ctrl+Prior", "ctrl+Next", "alt+Left", "ctrl+a", "ctrl+c", "ctrl+v", "ctrl+d", "ctrl+r", "ctrl+comma",
    "ctrl+h", *(f"alt+{number}" for number in range(1, 9)),
)  # fmt: skip
TEXTS = ("7", "7:30", "a", "CP", "benali", "12/10/2026", "35", "-1", "1 200,5", "é'", "0", "99999999")
START = 6  # seconds
PICTURE_EVERY = 150


def gesture(screen: Screen, chance: random.Random) -> None:
    """Do one thing: some keys, a text, a click or a drag."""
    what = chance.random()
    if what < 0.45:
        screen.press(*chance.choices(KEYS, k=chance.randint(1, 4)))
    elif what < 0.6:
        screen.type(chance.choice(TEXTS))
    elif what < 0.95:
        screen.click((chance.randrange(1366), chance.randrange(768)), button=chance.choice((1, 1, 1, 1, 1, 1, 3)))
    else:
        start = chance.randrange(100, 1300), chance.randrange(150, 700)
        screen.drag(start, (start[0] + chance.randrange(-200, 200), start[1] + chance.randrange(-100, 100)))
    if chance.random() < 0.04:
        screen.focus_last()  # there is no window manager to give a dialog the keyboard


def run(file: Path, seed: int, seconds: int, out: Path) -> int:
    """Play for some seconds; return 0 when the program said nothing and still runs."""
    chance = random.Random(seed)
    copy = out / file.name
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, copy)
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(out))
    with Screen(out) as screen, (out / "told.txt").open("w+", encoding="utf-8") as told:
        program = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "ltu_desktop", str(copy)],
            env={**os.environ, **places, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "LANG": "fr_FR.UTF-8"},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        time.sleep(START)
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end and program.poll() is None:
            gesture(screen, chance)
            count += 1
            if count % PICTURE_EVERY == 0:
                screen.picture().save(str(out / f"{count:05d}.png"))
        screen.picture().save(str(out / "last.png"))
        alive = program.poll() is None
        program.kill()
        program.wait()
        told.seek(0)
        said = told.read()
    print(f"seed {seed}: {count} gestures, {'alive' if alive else f'ended with {program.returncode}'}; see {out}")
    print(said, end="")
    return 0 if alive and not said else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    sys.exit(run(chosen.file, chosen.seed, chosen.seconds, chosen.out or Path(tempfile.mkdtemp(prefix="monkey-"))))
