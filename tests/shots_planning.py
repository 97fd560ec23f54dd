"""Pictures of a week of plans: as it is, with a block in the hand, by activity, looked through, entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_page import BY_ACTIVITY, PlanningPage
from tests.studio import Studio, settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def _planning(studio: Studio) -> PlanningPage:
    studio.open()
    studio.frame.go("planning")
    settle(studio.frame)
    page = studio.frame.page
    assert isinstance(page, PlanningPage)
    page.go_to(_planned_week(page))
    settle(studio.frame)
    return page


def _planned_week(page: PlanningPage) -> date:
    """Return the first week that the example plans ahead."""
    return page.monday


def planning(studio: Studio) -> None:
    """The week as it is, with what stands against it."""
    page = _planning(studio)
    page.board.choose(Spot(2, 1))
    studio.frame.toast.hide()


def planning_hand(studio: Studio) -> None:
    """A block in the hand, with the note that says whether it fits."""
    page = _planning(studio)
    board = page.board
    sheet = board.sheet
    assert sheet is not None
    row = next(at for at, each in enumerate(sheet.rows) if each.cells[1].blocks)
    box = board.view.lay.block(row, 1, 0)
    start = QPoint(box.left + 40, box.top + 14)
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=start)
    cell = board.view.lay.cell(row + 2, 2)
    QTest.mouseMove(board.viewport(), start + QPoint(20, 10))
    QTest.mouseMove(board.viewport(), QPoint(cell.left + 50, cell.top + 25))


def planning_by_activity(studio: Studio) -> None:
    """The week by activity."""
    page = _planning(studio)
    page.segments.choose(BY_ACTIVITY)


def planning_conflict(studio: Studio) -> None:
    """The first conflict, framed on the board and at the side."""
    _planning(studio)
    studio.frame.commands.do("planning.next_conflict")


def planning_substitute(studio: Studio) -> None:
    """Who could cover a need."""
    page = _planning(studio)
    page.side.covers[0].clicked.emit()
    settle(studio.frame)


def planning_entry(studio: Studio) -> None:
    """The popup of a cell."""
    page = _planning(studio)
    page.board.choose(Spot(3, 2))
    studio.frame.commands.do("planning.add")


SHOTS: tuple[Callable[[Studio], None], ...] = (
    planning,
    planning_hand,
    planning_by_activity,
    planning_conflict,
    planning_substitute,
    planning_entry,
)
