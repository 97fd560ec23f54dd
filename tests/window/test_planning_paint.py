"""What the board keeps of its drawing is never older than what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ltu_desktop.store import tables as t
from ltu_desktop.window import theme
from ltu_desktop.window.planning_blocks import forget, paint_block
from ltu_desktop.window.planning_filters import BY_ACTIVITY, BY_PERSON
from ltu_desktop.window.planning_geometry import Box, Spot
from ltu_desktop.window.planning_paint import paint
from ltu_desktop.window.tokens import Appearance
from tests.window.planning_hands import Planning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.window.planning_paint import View
    from ltu_desktop.window.planning_sheet import Block


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


def test_namesakes_are_told_apart(planning: Planning) -> None:
    store, board = planning.desk.frame.desk.store, planning.board
    assert store is not None
    assert board.sheet is not None
    people = list(board.sheet.people.values())[:2]
    with store.write("test") as tx:
        for each in people:
            tx.update(t.person, each.person_id, {"name": "Bertin", "first_names": "Sofiane"})
    planning.page.refresh()
    planning.desk.rest()
    rows = {each.key: at for at, each in enumerate(board.sheet.rows)}
    for each in people:
        at = rows[each.person_id]
        assert board.sheet.rows[at].note.startswith(f"{each.staff_number} · ")
        board.choose(Spot(at, 0))
        assert board.spoken().startswith(f"BERTIN Sofiane, n°\u00a0{each.staff_number}, lundi")
    board.choose(Spot(next(at for at, row in enumerate(board.sheet.rows) if row.title != "BERTIN Sofiane"), 0))
    assert "n°" not in board.spoken()


def block_drawn(block: Block, width: int, *, line: bool = False) -> QImage:
    image = QImage(width, 36, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_block(painter, block, Box(0, 0, width, 24 if line else 36), line=line)
    painter.end()
    return image


def test_a_name_that_has_no_room_gives_way_to_the_code_and_never_to_half_a_word(planning: Planning) -> None:
    assert planning.board.sheet is not None
    block = planning.board.sheet.rows[planning.row("GARNIER")].cells[1].blocks[0]
    assert (block.title, block.code) == ("Aide aux habitants", "AID")
    code = replace(block, title="AID", short="AID")
    assert block_drawn(block, 116) == block_drawn(code, 116)
    assert block_drawn(block, 180) != block_drawn(code, 180)
    other = planning.board.sheet.rows[planning.row("CAMARA")].cells[0].blocks[0]
    assert other.title == "Restauration"
    trouble = replace(other, trouble="blocking")
    assert block_drawn(trouble, 116) != block_drawn(replace(trouble, title="RES", short="RES"), 116)


def test_times_stay_where_a_name_of_a_row_of_activities_gives_way(planning: Planning) -> None:
    assert planning.board.sheet is not None
    block = planning.board.sheet.rows[planning.row("GARNIER")].cells[1].blocks[0]
    long = replace(block, title="FERREIRA A.", short="FERREIRA A.", times="13:00–16:30")
    assert block_drawn(long, 84, line=True) != block_drawn(replace(long, times="8:30–12:00"), 84, line=True)


@pytest.mark.parametrize(("width", "height"), [(38, 35), (38, 16), (68, 16), (58, 35)])
def test_a_small_block_keeps_its_code_and_the_icon_of_what_stands_against_it(
    planning: Planning, width: int, height: int
) -> None:
    assert planning.board.sheet is not None
    block = planning.board.sheet.rows[planning.row("GARNIER")].cells[1].blocks[0]
    one, other, framed = (
        replace(block, code=code, trouble=bad) for code, bad in (("AID", ""), ("ESV", ""), ("AID", "blocking"))
    )
    inside = QRect(3, 3, width - 6, height - 6)  # without the frame, which is colour alone

    def seen(each: Block) -> QImage:
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_block(painter, each, Box(0, 0, width, height))
        painter.end()
        return image.copy(inside)

    assert seen(one) != seen(other)
    red = theme.colour("blocking.icon").rgb()
    pixels = [seen(framed).pixelColor(x, y) for x in range(inside.width()) for y in range(inside.height())]
    assert any(each.rgb() == red or each.red() - each.green() > 60 for each in pixels)


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
