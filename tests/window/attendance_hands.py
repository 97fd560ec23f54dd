"""Short ways to work in the attendance page as a person does: keys where the keyboard is, clicks on cells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from ltu_desktop.store import tables as t
from ltu_desktop.window.attendance_keys import Spot
from ltu_desktop.window.attendance_page import AttendancePage

if TYPE_CHECKING:
    from tests.window.conftest import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NADIA, LAURENT, THIERRY = "0020", "0085", "0102"
LEFT = Qt.MouseButton.LeftButton


def opened(desk: Desk) -> AttendancePage:
    """Show October's attendance."""
    QTest.keyClick(desk.frame, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    desk.rest()
    shown = desk.frame.page
    assert isinstance(shown, AttendancePage)
    assert str(desk.frame.desk.month) == "2026-10"
    return shown


def focus() -> QWidget:
    """Return where the keyboard is."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def key(code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
    """Press a key where the keyboard is."""
    for _ in range(times):
        QTest.keyClick(focus(), code, held)


def write(text: str) -> None:
    """Type where the keyboard is, letter by letter."""
    for letter in text:
        QTest.keyClicks(focus(), letter)


def to(page: AttendancePage, number: str, at: int) -> Spot:
    """Go to a person's day by clicking it."""
    spot = place(page, number, at)
    x, y = page.grid.view.layout.reveal(spot, page.grid.view.scroll_x, page.grid.view.scroll_y)
    page.grid.horizontalScrollBar().setValue(x)
    page.grid.verticalScrollBar().setValue(y)
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=middle(page, spot))
    assert page.grid.choice.active == spot
    return spot


def place(page: AttendancePage, number: str, at: int) -> Spot:
    """Return where a person's day is."""
    sheet = page.grid.sheet
    row = next(at for at in range(len(sheet.shown)) if sheet.row(at).staff_number == number)
    return Spot(row, at - 1)


def middle(page: AttendancePage, spot: Spot) -> QPoint:
    """Return the middle of a cell."""
    found = page.grid.view.layout.cell(spot, page.grid.view.scroll_x, page.grid.view.scroll_y)
    assert found is not None
    return QPoint(found.x + found.width // 2, found.y + found.height // 2)


def seen(page: AttendancePage, number: str, at: int) -> str:
    """Return what a cell shows, as it would be typed."""
    return page.grid.sheet.text(place(page, number, at))


def kept(desk: Desk, number: str, at: date) -> tuple[int | None, tuple[tuple[str, int], ...]]:
    """Return what the file has of a person's day: minutes worked, and absences."""
    store = desk.frame.desk.store
    assert store is not None
    a, b, p = t.attendance.c, t.absence_day.c, t.person.c
    with store.read() as connection:
        who = connection.execute(select(p.id).where(p.staff_number == number)).scalar_one()
        done = connection.execute(select(a.minutes).where(a.person_id == who, a.day == at)).scalars().all()
        away = connection.execute(select(b.kind, b.minutes).where(b.person_id == who, b.day == at)).all()
    return (sum(done) if done else None), tuple((kind, minutes) for kind, minutes in away)


def day(number: int) -> date:
    """Return a day of October 2026."""
    return date(2026, 10, number)


def toast(desk: Desk) -> str:
    """Return what the toast says, and take it away."""
    said = desk.frame.toast.accessibleName()
    desk.frame.toast.hide()
    return said
