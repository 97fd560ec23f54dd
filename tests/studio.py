"""A window with an example open, to be looked at, measured and walked through."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop import app as door
from ltu_desktop.actions.demo.build import build
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import theme
from ltu_desktop.window.dialogs import Question
from ltu_desktop.window.memory import Memory
from ltu_desktop.window.tokens import Appearance
from ltu_desktop.words import Words
from tests.claim_world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.window.frame import Frame


LIMIT = 60  # seconds that a page may take to come to rest
OCTOBER = Month(2026, 10)


@dataclass
class OfficeClock:
    """A working day after the month."""

    moment: datetime = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


def settle(frame: Frame) -> None:
    """Wait until the worker rests and everything is drawn."""
    end = time.monotonic() + LIMIT
    for _ in range(3):
        QApplication.processEvents()
        while frame.desk.worker.busy() or theme.state().changing:
            if time.monotonic() > end:
                raise TimeoutError("the page did not come to rest")
            QApplication.processEvents()
            time.sleep(0.002)
    QApplication.processEvents()


def wait(frame: Frame, milliseconds: int) -> None:
    """Let timers run for a while."""
    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)
    settle(frame)


def make_example(folder: Path, *, people: int = 118, months: int = 4) -> Path:
    """Build the example's file: October 2026 is open, the months before are claimed."""
    return build(folder / "demo", period=OCTOBER, words=Words("fr"), people=people, months=months).store


NAMES = (
    *("Adjaoud Lydia", "Allard Patrick", "Amrani Samira", "Bailleul Thierry", "Baudouin Karim", "Benali Nadia"),
    *("Bertin Sylvie", "Bouchez Laurent", "Camara Fatou", "Caron Isabelle", "Carpentier Joël", "Cousin Mickaël"),
    *("Da-Silva Maria", "Delattre Sandrine", "Demaret Octavie", "Dubois Farid", "Gomes Samir", "Guérin Christelle"),
    *("Kaci Rose", "Lambert Hélène", "Leroy Yann", "Nguyen Thi-Mai", "Poirier Serge", "Zeroual Inès"),
)


def make_open_month(folder: Path) -> Path:
    """Build a small file whose October is not claimed yet: two people block it, and one has a doubtful contract."""
    world = World(folder / "ouvert.ltu")
    world.employer()
    world.agreement("36")
    hours = {}
    for at, name in enumerate(NAMES):
        number = f"{at * 7 + 11:04d}"
        family, first = name.split(" ")
        weekly = ("35", "28", "30", "24")[at % 4]
        world.person(
            number,
            status=None if at == 4 else "other" if at % 12 == 7 else "ppde",
            name=family,
            first=first,
            weekly=weekly,
            start=date(2021 + at % 5, 1 + at % 12, 1 + at),
            public_aid="41" if at == 10 else "99",
        )
        hours[number] = str((Decimal(weekly) * 52 / 12).quantize(Decimal("0.01")) - (7 if at % 5 == 1 else 0))
    world.payroll(OCTOBER, hours)
    world.close()
    return world.path


@cache
def _open_month() -> bytes:
    """Build the open month once; its copies are as good."""
    with tempfile.TemporaryDirectory() as folder:
        return make_open_month(Path(folder)).read_bytes()


class Studio:
    """One window, with the example and a small open month to open in it; `words` may be a double."""

    def __init__(
        self,
        example: Path,
        *,
        look: Appearance = Appearance.LIGHT,
        language: str = "fr",
        size: tuple[int, int] = (1366, 768),
        words: Words | None = None,
    ) -> None:
        application = QApplication.instance() or QApplication(["gallery"])
        assert isinstance(application, QApplication)
        if not theme.state().sheet:
            theme.prepare(application)
        theme.apply(application, look)
        self.folder = Path(tempfile.mkdtemp())
        self.example = example
        self.asked: list[Question] = []
        self.sheet: QPixmap | None = None  # a picture that was made of several
        self._file = self.folder / "fabrique-des-possibles.ltu"
        self._open: Path | None = None
        self._opened: tuple[Path | None, int, str] | None = None
        shutil.copy(example, self._file)
        self.frame = door.build(Memory(self.folder), OfficeClock(), words or Words(language), "Marie Courtois")
        self.frame.resize(*size)
        self.frame.show()
        settle(self.frame)

    def begin_open(self) -> None:
        """Ask for the example to be opened, and wait for nothing."""
        self.frame.start.open(self._file)

    def open(self, code: str = "people", what: object = None) -> None:
        """Show the example at a page."""
        self.open_made(self._file.name, self.example.read_bytes)
        self.frame.go(code, what)
        settle(self.frame)

    def open_month(self) -> None:
        """Show what now of the small file whose October is not claimed yet."""
        self.open_made("ouvert.ltu", _open_month)
        self.frame.go("home")
        settle(self.frame)

    def open_made(self, name: str, content: Callable[[], bytes]) -> None:
        """Open a file of a content, unless it is open and as it was when it opened."""
        path = self.folder / name
        if path != self._open or self._place() != self._opened:
            self.close_file()
            path.write_bytes(content())
            self.open_file(path)
            self._open, self._opened = path, self._place()

    def open_file(self, path: Path) -> None:
        self.frame.start.open(path)
        settle(self.frame)
        self._open = None

    def close_file(self) -> None:
        """Show the first page."""
        self.frame.desk.close_file()
        settle(self.frame)
        self._open = None

    def _place(self) -> tuple[Path | None, int, str]:
        """Return which file is open, how much was done in it and which month is looked at."""
        store = self.frame.desk.store
        month = str(self.frame.desk.month)
        return (None, 0, month) if store is None else (store.path, store.journal_head(), month)

    def question(self, do: Callable[[], None]) -> None:
        """Do something that asks first, and leave its question standing."""

        def stand(asked: Question) -> int:
            asked.deleteLater = lambda: None  # type: ignore[method-assign]  # the one who asks tidies up
            asked.setModal(False)
            asked.show()
            self.asked.append(asked)
            return 0

        with patch.object(Question, "exec", stand):
            do()
            settle(self.frame)

    def tidy(self) -> None:
        """Take away what lies over the page."""
        for asked in self.asked:
            asked.close()
            asked.setParent(None)
        self.asked.clear()
        for name in ("keys_help", "palette_popup"):
            popup = vars(self.frame).get(name)
            if popup is not None:
                popup.vanish()
        if self.frame.drawers.open is not None:
            self.frame.drawers.open.vanish()
        self.frame.trouble.dismiss()
        self.frame.toast.hide()
        settle(self.frame)

    def picture(self) -> QPixmap:
        """Take a picture of the window, with a question over it when one stands."""
        if self.sheet is not None:
            return self.sheet
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # Qt gives a changed list its own width first
        picture = self.frame.grab()
        for asked in self.asked:
            painter = QPainter(picture)
            at = self.frame.rect().center() - asked.rect().center()
            painter.drawPixmap(at, asked.grab())
            painter.setPen(theme.colour("edge"))
            painter.drawRect(asked.rect().translated(at))
            painter.end()
        return picture

    def close(self) -> None:
        """Close the window and forget its files."""
        for asked in self.asked:
            asked.setParent(None)
        if QApplication.mouseButtons():  # of a drag that a picture shows: no other window would know the pointer
            QTest.mouseRelease(self.frame, Qt.MouseButton.LeftButton)
        self.frame.close()
        self.frame.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        shutil.rmtree(self.folder, ignore_errors=True)
