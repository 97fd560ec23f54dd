"""A screen of its own for the real program: a virtual X server, a hand on its keyboard, a look at what it shows."""

from __future__ import annotations

import os
import struct
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

PATIENCE = 20  # seconds


class Screen:
    """An X server that nobody sees; keys go through `xdotool`, as if typed.

    It does not begin anew when its last client leaves (`-noreset`): between two calls of `xdotool` it would refuse the
    program that comes just then.
    """

    def __init__(self, folder: Path, width: int = 1366, height: int = 768) -> None:
        self._folder = folder
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-fbdir", str(folder), "-nolisten",
             "tcp", "-noreset"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait()

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def window(self, title: str) -> None:
        """Wait for a window whose title begins so, and give it the keyboard."""

        def focused() -> bool:
            found = self._do("search", "--onlyvisible", "--name", f"^{title}").split()
            if found:
                self._do("windowfocus", found[-1])
            return (
                bool(found) and self._do("getwindowfocus", "-f") == found[-1]
            )  # one just shown may refuse it at first

        until(focused, f"the window {title}")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other: `alt+5`, `Return`."""
        self._do("key", "--delay", "40", *keys)

    def press_until(self, key: str, there: Callable[[], bool], what: str) -> None:
        """Press a key, and again after a while, until something is there: a page under way may not take the first."""

        def came() -> bool:
            self.press(key)
            end = time.monotonic() + PATIENCE / 10
            while not there():
                if time.monotonic() > end:
                    return False
                time.sleep(0.05)
            return True

        until(came, what)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "15", text)

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        """Click at a place."""
        self._do("mousemove", *map(str, at), "click", str(button))

    def focus_last(self) -> None:
        """Give the keyboard to the window that came last."""
        found = self._do("search", "--onlyvisible", "--name", ".").split()
        if found:
            self._do("windowfocus", found[-1])

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button at a place, move in steps, and let it go at another."""
        self._do("mousemove", *map(str, start), "mousedown", "1")
        for part in range(1, 9):
            x, y = (a + (b - a) * part // 8 for a, b in zip(start, end, strict=True))
            self._do("mousemove", str(x), str(y), "sleep", "0.02")
        self._do("mouseup", "1")

    def picture(self) -> QImage:
        """Return what the screen shows now."""
        data = (self._folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", data[:100])
        width, height, line, colours = head[4], head[5], head[12], head[19]
        start = head[0] + colours * 12
        image = QImage(data[start : start + line * height], width, height, line, QImage.Format.Format_RGB32)
        return image.copy()


def until(there: Callable[[], bool], what: str) -> None:
    """Wait until something is there."""
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.05)
