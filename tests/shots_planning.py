"""Pictures of a week of plans: as it is, with a block in the hand, by activity, looked through, entered."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ltu_desktop.window.planning_filters import BY_ACTIVITY
from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_page import PlanningPage
from tests.planning_world import MONDAY, planned_week
from tests.studio import Studio, settle

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _week() -> bytes:
    """Build the week once; its copies are as good."""
    with tempfile.TemporaryDirectory() as folder:
        world = planned_week(Path(folder) / "semaine.ltu")
        world.close()
        return world.path.read_bytes()


def _planning(studio: Studio) -> PlanningPage:
    studio.open_made("semaine.ltu", _week)
    studio.frame.go("planning", MONDAY)
    settle(studio.frame)
    page = studio.frame.page
    assert isinstance(page, PlanningPage)
    return page


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
    board.choose(Spot(9, 2))  # in a low window it is below what is seen
    box = board.view.lay.block(8, 2, 1)
    start = QPoint(box.left + 40, box.top + 14)
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=start)
    cell = board.view.lay.cell(9, 2)
    QTest.mouseMove(board.viewport(), start + QPoint(20, 10))
    QTest.mouseMove(board.viewport(), QPoint(cell.left + 50, cell.top + 25))


def planning_by_activity(studio: Studio) -> None:
    """The week by activity."""
    page = _planning(studio)
    page.filters.segments.choose(BY_ACTIVITY)


def planning_conflict(studio: Studio) -> None:
    """The first conflict, framed on the board and at the side."""
    _planning(studio)
    studio.frame.commands.do("planning.next_conflict")


def planning_substitute(studio: Studio) -> None:
    """Who could cover a need."""
    page = _planning(studio)
    page.sides.side.covers[0].clicked.emit()
    settle(studio.frame)


def planning_entry(studio: Studio) -> None:
    """The popup of a cell."""
    page = _planning(studio)
    page.board.choose(Spot(3, 2))
    studio.frame.commands.do("planning.add")


def planning_templates(studio: Studio) -> None:
    """What a kept week would do, before it does."""
    page = _planning(studio)
    page.sides.templates.name.widget.setText("Semaine type")  # type: ignore[attr-defined]
    page.sides.templates.keep.click()
    settle(studio.frame)
    studio.frame.toast.hide()
    page.go_to(MONDAY + timedelta(days=7))
    settle(studio.frame)
    studio.frame.commands.do("planning.templates")
    page.sides.templates.weeks.widget.setText("4")  # type: ignore[attr-defined]
    page.sides.templates.look()
    settle(studio.frame)


def planning_needs(studio: Studio) -> None:
    """How many people each activity needs."""
    _planning(studio)
    studio.frame.go("plan_setup", "needs")
    settle(studio.frame)


def planning_patterns(studio: Studio) -> None:
    """A pattern of two weeks being typed."""
    _planning(studio)
    studio.frame.go("plan_setup", "patterns")
    settle(studio.frame)
    page = studio.frame.page
    page.patterns.begin_new()  # type: ignore[union-attr]
    choice = page.patterns.fields["row.weeks"].widget  # type: ignore[union-attr]
    choice.setCurrentIndex(1)
    choice.activated.emit(1)


def planning_closures(studio: Studio) -> None:
    """Closed days and calendars."""
    _planning(studio)
    studio.frame.go("plan_setup", "closures")
    settle(studio.frame)


def planning_empty(studio: Studio) -> None:
    """Nobody has a contract in this week."""
    page = _planning(studio)
    page.go_to(date(2019, 1, 7))
    settle(studio.frame)


SHOTS: tuple[Callable[[Studio], None], ...] = (
    planning,
    planning_hand,
    planning_by_activity,
    planning_conflict,
    planning_substitute,
    planning_entry,
    planning_templates,
    planning_needs,
    planning_patterns,
    planning_closures,
    planning_empty,
)
