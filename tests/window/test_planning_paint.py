"""What the board keeps of its drawing is never older than what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ltu_desktop.window import theme
from ltu_desktop.window.planning_blocks import forget
from ltu_desktop.window.planning_filters import BY_ACTIVITY, BY_PERSON
from ltu_desktop.window.planning_paint import paint
from ltu_desktop.window.tokens import Appearance
from tests.window.planning_hands import Planning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.window.planning_paint import View


@pytest.fixture
def planning(planning: Planning) -> Iterator[Planning]:
    """The same, in the light when a test is over."""
    yield planning
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    theme.apply(qt, Appearance.LIGHT)


def drawn(view: View) -> QImage:
    image = QImage(view.lay.width, view.lay.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, view, QRect(0, 0, view.lay.width, view.lay.height))
    painter.end()
    return image


def test_what_is_kept_looks_as_if_it_were_drawn_anew(planning: Planning) -> None:
    board, page = planning.board, planning.page
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    seen: list[QImage] = []

    def same() -> None:
        planning.desk.rest()
        kept = drawn(board.view)
        assert all(kept != each for each in seen)  # it changed
        seen.append(kept)
        forget()
        assert drawn(board.view) == kept

    same()
    board.view.hover = (planning.row("HAMMADI"), 1, 0)
    same()
    board.view.hover = None
    planning.drag(planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    same()
    theme.apply(qt, Appearance.DARK)
    same()
    page.filters.segments.choose(BY_ACTIVITY)
    page.filters.segments.chosen.emit(BY_ACTIVITY)
    same()
    page.filters.segments.choose(BY_PERSON)
    page.filters.segments.chosen.emit(BY_PERSON)
    page.filters.sunday.setChecked(True)
    same()
    planning.desk.frame.resize(planning.desk.frame.width() + 60, planning.desk.frame.height())
    same()
    page.go_to(page.monday.replace(day=9))  # over: faded
    same()


def test_a_part_is_drawn_as_it_is_in_the_whole(planning: Planning) -> None:
    """Only the rows that the part touches are drawn, and none of them is forgotten."""
    view = planning.board.view
    whole = drawn(view)
    for top in range(view.lay.body - 20, view.lay.height, 37):
        part = QRect(0, top, view.lay.width, 50)
        image = whole.copy()
        painter = QPainter(image)
        painter.fillRect(part, Qt.GlobalColor.magenta)
        paint(painter, view, part)
        painter.end()
        assert image.copy(part) == whole.copy(part)
