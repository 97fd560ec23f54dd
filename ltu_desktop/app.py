"""The door to the window: paints first, then loads icons and opens the file on the worker."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ltu_desktop import RESOURCES, places
from ltu_desktop.window import theme
from ltu_desktop.window.desk import Desk
from ltu_desktop.window.frame import Frame
from ltu_desktop.window.memory import Memory
from ltu_desktop.window.start import StartPage
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.rules.clock import Clock


class SystemClock:
    """The real clock, in the computer's time zone."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC).astimezone()


def build(memory: Memory, clock: Clock, words: Words, operator: str) -> Frame:
    """Make the window with its first page; nothing is read yet, and the other pages come with `furnish`."""
    desk = Desk(words, clock, memory, operator)
    frame = Frame(desk)
    desk.setParent(frame)
    frame.add_start(StartPage(desk, frame.commands))
    return frame


def furnish(frame: Frame) -> None:
    """Load style and icons, and make the rest of the window: what the first paint need not wait for."""
    from ltu_desktop.window import icons, style

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.put_on(application)
    frame.furnish()
    icons.load()


class Application:
    """The running program: one window at a time, built anew when the language changes."""

    def __init__(self, qt: QApplication, memory: Memory, clock: Clock, operator: str) -> None:
        self._qt, self._memory, self._clock, self._operator = qt, memory, clock, operator
        self._translator: QTranslator | None = None
        self.frame = self._make()

    def _make(self) -> Frame:
        theme.measure(self._qt, self._memory.scale, self._memory.rows)
        theme.apply(self._qt, self._memory.appearance)
        words = Words(self._memory.language)
        self._translate(words.language)
        frame = build(self._memory, self._clock, words, self._operator)
        frame.language_chosen.connect(self._turn)
        frame.desk.remake.connect(self._remake)
        return frame

    def _translate(self, language: str) -> None:
        """Let Qt's own buttons and menus speak the window's language."""
        if self._translator is not None:
            self._qt.removeTranslator(self._translator)
        self._translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QLocale(language), "qtbase", "_", folder):
            self._qt.installTranslator(self._translator)
        QLocale.setDefault(QLocale("fr_FR" if language == "fr" else "en_GB"))

    def show(self, path: Path | None) -> None:
        """Show the window; the rest comes after the first paint."""
        self.frame.painted.connect(lambda: QTimer.singleShot(0, self.frame, lambda: self._after_paint(path)))
        self.frame.show()

    def _after_paint(self, path: Path | None) -> None:
        furnish(self.frame)
        wanted = path or self.frame.whereabouts.last_file()
        if wanted is not None and self.frame.start is not None:
            self.frame.start.open(wanted)

    def _turn(self, language: str) -> None:
        """Build the window anew in another language, with the same file."""
        if language == self._memory.language and language == self.frame.words.language:
            return
        self._memory.language = language
        self._remake()

    def _remake(self) -> None:
        """Build the window anew, with the same file at the same page."""
        old = self.frame
        old.whereabouts.stop()
        kept = old.desk.release()
        old.close()
        old.deleteLater()
        self.frame = frame = self._make()
        furnish(frame)
        frame.show()
        if kept is not None:
            frame.desk.take(kept)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, with a file when its path is given; return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(["ltu-desktop", *arguments])
    qt.setApplicationName("LTU Desktop")
    qt.setDesktopFileName("ltu-desktop")
    qt.setWindowIcon(QIcon(str(RESOURCES / "icons" / "ltu-desktop.ico")))
    memory = Memory(places.settings())
    theme.prepare(qt, memory.appearance)
    path = next((Path(text) for text in arguments if not text.startswith("-")), None)
    application = Application(qt, memory, SystemClock(), memory.operator)
    application.show(path)
    return qt.exec()
