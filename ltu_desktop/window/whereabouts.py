"""Where a person is in her file: page, month, chosen row, how far it is scrolled; kept against a power cut.

It lies in the settings of this computer, outside the file: so it names nobody, rows are known by a print of their key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from ltu_desktop.rules.periods import Month
from ltu_desktop.window.table import Table

if TYPE_CHECKING:
    from ltu_desktop.window.frame import Frame
    from ltu_desktop.window.page import Page

EVERY = 1000  # ms between two looks; what is kept is at most as old
PATIENCE, TRIES = 50, 100  # ms, times: how long a page may take to show its rows
PASSING = frozenset({"import", "preview"})  # pages of what is not kept: one comes back to where they lead


class Place(msgspec.Struct, frozen=True):
    """A place in a file."""

    file: str
    month: str
    page: str
    what: str = ""  # what the page shows: a section, a report; a key is written `key:HEX`
    row: str = ""  # the print of the key of the chosen row
    column: str = ""
    scrolled: int = 0  # the table, or the page where it has none


class Whereabouts(QObject):
    """Keeps the place while a file is open, and puts it back when the same file opens again."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame, self._memory = frame, frame.desk.memory
        self._kept: Place | None = None
        self._written: Place | None = None
        self._geometry = QByteArray()  # of the window, at that place
        self._tries = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PATIENCE)
        self._wait.timeout.connect(self._take_up)

    def last_file(self) -> Path | None:
        """Return the file that was open when the program ended, when it is still there."""
        place = _read(self._memory.place)
        path = Path(place.file) if place is not None else None
        return path if path is not None and path.is_file() else None

    def stop(self) -> None:
        """Keep the place for the last time, also when the worker has not come to it."""
        self._look()
        if self._kept != self._written:
            self._write()
        self._timer.stop()
        self._wait.stop()

    def forget(self) -> None:
        """Keep no place: the file was closed by hand."""
        self._timer.stop()
        self._wait.stop()
        self._kept = None
        self._write()

    def keep(self) -> None:
        """Write the place down when it is another one than before; a slow disk keeps nobody waiting."""
        if self._look():
            self._frame.desk.worker.run(lambda _task: self._write(), lambda _none: None)

    def _look(self) -> bool:
        """Take note of where one is; tell whether it is elsewhere than before."""
        place = self._now() if not self._wait.isActive() else None
        if place is None or place == self._kept:
            return False
        self._kept, self._geometry = place, self._frame.saveGeometry()
        return True

    def _write(self) -> None:
        """Write down what is known now, on whichever thread: one that comes late writes nothing old."""
        kept = self._kept
        self._memory.keep_place(msgspec.json.encode(kept).decode() if kept is not None else "", self._geometry)
        self._written = kept

    def put_back(self) -> bool:
        """Go where one was in the file that has just opened; False when nothing is known of it."""
        store = self._frame.desk.store
        assert store is not None
        self._timer.start()
        place = _read(self._memory.place)
        if place is None or place.file != str(store.path) or place.page not in self._frame.pages:
            return False
        self._kept, self._written, self._tries = place, place, 0
        self._frame.desk.set_month(Month.parse(place.month))
        is_key = place.what.startswith("key:")
        self._frame.go(place.page, bytes.fromhex(place.what[4:]) if is_key else place.what or None)
        self._wait.start()
        return True

    def _now(self) -> Place | None:
        page, store = self._frame.page, self._frame.desk.store
        if page is None or store is None:
            return None
        code = page.parent_code if page.code in PASSING else page.code
        place = Place(str(store.path), str(self._frame.desk.month), code)
        if page.code in PASSING:
            return place
        what, table = page.place(), _table(page)
        row = table.current_row() if table is not None else None
        return msgspec.structs.replace(
            place,
            what=f"key:{what.hex()}" if isinstance(what, bytes) else str(what or ""),
            row=_print(table.rows_model.key(row)) if table is not None and row is not None else "",
            column=table.current_code() if table is not None and row is not None else "",
            scrolled=area.verticalScrollBar().value() if (area := _area(page)) is not None else 0,
        )

    def _take_up(self) -> None:
        """Choose the row and scroll as it was, as soon as the page shows its rows."""
        place, page = self._kept, self._frame.page
        if place is None or page is None or page.code != place.page:
            return
        self._tries += 1
        table = _table(page)
        rows = table.rows_model.rows() if table is not None else []
        if (self._frame.desk.worker.busy() or (place.row and not rows)) and self._tries < TRIES:
            self._wait.start()
            return
        if table is not None:
            key = next((key for row in rows if _print(key := table.rows_model.key(row)) == place.row), None)
            if key is not None:
                table.choose(key, place.column)
        area = _area(page)
        if area is not None:
            area.verticalScrollBar().setValue(place.scrolled)


def _read(text: str) -> Place | None:
    try:
        return msgspec.json.decode(text, type=Place) if text else None
    except msgspec.DecodeError:
        return None


def _print(key: object) -> str:
    return hashlib.sha256(repr(key).encode()).hexdigest()[:16]


def _table(page: Page) -> Table | None:
    return next((table for table in page.findChildren(Table) if table.isVisible()), None)


def _area(page: Page) -> QAbstractScrollArea | None:
    areas = [_table(page), *page.findChildren(QAbstractScrollArea)]
    return next((area for area in areas if area is not None and area.isVisible()), None)
