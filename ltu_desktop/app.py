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
from ltu_desktop.window.frame import Frame
from ltu_desktop.window.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.rules.clock import Clock
    from ltu_desktop.words import Words


class SystemClock:
    """The real clock, in the computer's time zone."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC).astimezone()


def build(memory: Memory, clock: Clock, words: Words, operator: str) -> Frame:
    """Make the window with all that stays on it, not shown yet."""
    frame = Frame(memory)
    fill(frame, memory, clock, words, operator)
    frame.show_start()
    return frame


def fill(frame: Frame, memory: Memory, clock: Clock, words: Words, operator: str) -> None:
    """Load style and icons, and make what the first paint need not wait for."""
    from ltu_desktop.window import icons, style
    from ltu_desktop.window.desk import Desk

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.put_on(application)
    desk = Desk(words, clock, memory, operator)
    desk.setParent(frame)
    frame.fill(desk)
    icons.load()


class Application:
    """The running program: one window at a time, built anew when the language changes."""

    def __init__(self, qt: QApplication, memory: Memory, clock: Clock) -> None:
        self._qt, self._memory, self._clock = qt, memory, clock
        self._translator: QTranslator | None = None
        self.frame = self._make()

    def _make(self) -> Frame:
        theme.measure(self._qt, self._memory.scale, self._memory.rows)
        theme.colour_in(self._qt, self._memory.appearance)
        return Frame(self._memory)

    def show(self, path: Path | None) -> None:
        """Show the window; what is on it, and the file, come after the first paint."""
        self.frame.ground.framed |= path is not None
        self.frame.painted.connect(lambda: QTimer.singleShot(0, self.frame, lambda: self._after_paint(path)))
        self.frame.appear()

    def _after_paint(self, path: Path | None) -> None:
        theme.prepare(self._qt, self._memory.appearance)
        self._fill()
        wanted = path or self.frame.whereabouts.last_file()
        if wanted is None:
            self.frame.show_start()
        else:
            self.frame.start.open(wanted)

    def _fill(self) -> None:
        from ltu_desktop.window.ahead import Ahead
        from ltu_desktop.words import Words

        words = Words(self._memory.language)
        self._translate(words.language)
        fill(self.frame, self._memory, self._clock, words, self._memory.operator)
        self.frame.language_chosen.connect(self._turn)
        self.frame.desk.remake.connect(self._remake)
        self.frame.ahead = Ahead(self.frame)

    def _translate(self, language: str) -> None:
        """Let Qt's own buttons and menus speak the window's language."""
        if self._translator is not None:
            self._qt.removeTranslator(self._translator)
        self._translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QLocale(language), "qtbase", "_", folder):
            self._qt.installTranslator(self._translator)
        QLocale.setDefault(QLocale("fr_FR" if language == "fr" else "en_GB"))

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
        self.frame = self._make()
        theme.apply(self._qt, self._memory.appearance)
        self._fill()
        self.frame.appear()
        if kept is None:
            self.frame.show_start()
        else:
            self.frame.desk.take(kept)


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
    path = next((Path(text) for text in arguments if not text.startswith("-")), None)
    application = Application(qt, memory, SystemClock())
    application.show(path)
    return qt.exec()
