"""Short ways to look at the week board and to put a hand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import select

from ltu_desktop.store import tables as t
from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_page import PlanningPage
from tests.planning_world import MONDAY

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.window.form import Field
    from tests.window.conftest import Desk

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Planned = tuple[str, int, str, int, int]


class Planning:
    """The page of a week in a window, with short ways to look at it and to put a hand on it."""

    def __init__(self, desk: Desk, page: PlanningPage) -> None:
        self.desk, self.page, self.board = desk, page, page.board

    def row(self, name: str) -> int:
        assert self.board.sheet is not None
        return next(at for at, each in enumerate(self.board.sheet.rows) if each.title.startswith(name))

    def point(self, name: str, day: int, at: int = 0, side: str = "body") -> QPoint:
        box = self.board.view.lay.block(self.row(name), day, at)
        x = {"body": box.left + box.width // 2, "start": box.left + 2, "end": box.right - 2}[side]
        return QPoint(x, box.top + box.height // 2)

    def cell(self, name: str, day: int) -> QPoint:
        box = self.board.view.lay.cell(self.row(name), day)
        return QPoint(box.left + box.width // 2, box.top + box.height // 2)

    def drag(self, start: QPoint, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press, move in small steps and let go, as a hand does."""
        view = self.board.viewport()
        QTest.mousePress(view, LEFT, keys, start)
        self.over(start, to, keys)
        QTest.mouseRelease(view, LEFT, keys, to)
        self.desk.rest()

    def over(self, start: QPoint, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        view = self.board.viewport()
        for part in range(1, 6):
            at = start + (to - start) * part / 5
            event = QMouseEvent(
                QEvent.Type.MouseMove, QPointF(at), QPointF(view.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, keys
            )
            QApplication.sendEvent(view, event)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.board, key, keys)
        self.desk.rest()

    def choose(self, name: str, day: int, at: int = 0) -> None:
        self.board.setFocus()
        self.board.choose(Spot(self.row(name), day, at))

    def do(self, code: str) -> None:
        self.desk.frame.commands.do(code)
        self.desk.rest()

    def planned(self, name: str) -> list[tuple[int, str, int, int]]:
        """Return what the file plans for somebody in the week: day, activity, start, end."""
        store = self.desk.frame.desk.store
        assert store is not None
        s = t.shift.c
        query = (
            select(s.day, t.activity.c.code, s.start_minute, s.end_minute)
            .join(t.activity, t.activity.c.id == s.activity_id)
            .join(t.person, t.person.c.id == s.person_id)
            .where(t.person.c.name == name)
            .order_by(s.day, s.start_minute)
        )
        with store.read() as connection:
            return [((day - MONDAY).days, *rest) for day, *rest in connection.execute(query)]


def opened(desk: Desk, path: Path) -> Planning:
    desk.first = "home"
    desk.open(path)
    page = desk.go("planning", MONDAY)
    assert isinstance(page, PlanningPage)
    return Planning(desk, page)


def retype(field: Field, text: str) -> None:
    """Type over what a field says."""
    assert isinstance(field.widget, QLineEdit)
    field.widget.selectAll()
    QTest.keyClicks(field.widget, text)
