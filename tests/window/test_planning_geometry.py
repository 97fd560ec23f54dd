"""Where everything lies on the week board and what the hand does there: tables of cases, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.window.planning_geometry import (
    DAY,
    LATEST,
    STEP,
    Area,
    Box,
    Grasp,
    Hit,
    Lay,
    Part,
    Spot,
    carry,
    drag,
    far,
    kept,
    lanes,
    snap,
    step,
    stretch,
    stretched,
    take,
)

# 3 people; the first has one block on Monday and two on Tuesday, the third one on Saturday
LAY = Lay(1016, 400, ((1, 2, 0, 0, 0, 0, 0), (0,) * 7, (0, 0, 0, 0, 0, 1, 0)))


def test_the_days_share_the_width_between_names_and_hours() -> None:
    """Each is as wide as the others, so that the same block reads the same on each; the hours take what is left."""
    assert LAY.lefts == (166, 295, 424, 553, 682, 811, 940)
    odd = Lay(1000, 400, ())
    assert {odd.cover_box(day).width for day in range(6)} == {(1000 - 166 - 76) // 6}
    assert odd.lefts[-1] == 1000 - 76 - (1000 - 166 - 76) % 6
    assert LAY.cell(1, 2) == Box(424, 82 + 42, 129, 42)
    assert LAY.hours_box(0) == Box(940, 82, 76, 42)


@pytest.mark.parametrize(
    ("count", "boxes"),
    [
        (1, [Box(3, 3, 122, 35)]),
        (2, [Box(3, 3, 59, 35), Box(65, 3, 60, 35)]),
        (3, [Box(3, 3, 38, 35), Box(44, 3, 39, 35), Box(86, 3, 39, 35)]),
    ],
)
def test_blocks_share_their_cell_side_by_side(count: int, boxes: list[Box]) -> None:
    assert lanes(Box(0, 0, 129, 42), count) == boxes


def test_two_blocks_too_slim_for_a_code_stand_one_below_the_other() -> None:
    assert lanes(Box(0, 0, 75, 42), 2) == [Box(3, 3, 68, 16), Box(3, 21, 68, 16)]
    assert [box.top for box in lanes(Box(0, 0, 75, 42), 3)] == [3, 3, 3]  # a third part is too low for a line


def test_blocks_of_an_activity_stand_one_below_the_other_and_the_row_grows() -> None:
    lay = replace(LAY, stacked=True, counts=((3, 1, 0, 0, 0, 0, 0), (0,) * 7))
    assert lay.tops == (0, 3 * 26 + 6, 3 * 26 + 6 + 42)
    assert [lay.block(0, 0, at).top for at in range(3)] == [85, 111, 137]


@pytest.mark.parametrize(
    ("x", "y", "hit"),
    [
        (10, 10, Hit(Area.NOTHING)),
        (300, 10, Hit(Area.DAY, day=1)),
        (300, 40, Hit(Area.COVER, day=1)),
        (10, 90, Hit(Area.NAME, 0)),
        (1000, 130, Hit(Area.HOURS, 1)),
        (166 + 40, 90, Hit(Area.CELL, 0, 0, 0)),
        (166 + 3, 90, Hit(Area.CELL, 0, 0, 0, Part.START)),
        (166 + 3 + 121, 90, Hit(Area.CELL, 0, 0, 0, Part.END)),
        (166 + 3 + 123, 90, Hit(Area.CELL, 0, 0)),  # between the block and the line
        (295 + 90, 90, Hit(Area.CELL, 0, 1, 1)),
        (600, 130, Hit(Area.CELL, 1, 3)),
        (600, 300, Hit(Area.NOTHING)),  # below the last row
    ],
)
def test_what_lies_under_a_point(x: int, y: int, hit: Hit) -> None:
    assert LAY.hit(x, y) == hit


def test_scrolling_moves_the_rows_and_not_the_heads() -> None:
    lay = replace(LAY, height=82 + 60).scrolled(50)
    assert lay.most == 3 * 42 - 60
    assert lay.hit(10, 85) == Hit(Area.NAME, 1)
    assert lay.hit(300, 10) == Hit(Area.DAY, day=1)
    assert list(lay.visible()) == [1, 2]
    assert lay.scrolled(999).offset == lay.most
    assert lay.scrolled(-5).offset == 0


@pytest.mark.parametrize(("offset", "row", "shown"), [(50, 0, 0), (0, 2, 66), (0, 0, 0), (30, 1, 30)])
def test_a_row_is_brought_into_sight_by_the_least_scrolling(offset: int, row: int, shown: int) -> None:
    assert replace(LAY, height=82 + 60).scrolled(offset).shown(row) == shown


@pytest.mark.parametrize(
    ("minute", "snapped"), [(0, 0), (7, 0), (8, 15), (510, 510), (517, 510), (518, 525), (1439, 1440)]
)
def test_times_snap_to_the_quarter(minute: int, snapped: int) -> None:
    assert snap(minute) == snapped


@pytest.mark.parametrize(
    ("part", "steps", "span"),
    [
        (Part.END, 2, (510, 1020)),
        (Part.END, -2, (510, 960)),
        (Part.END, -99, (510, 510 + 60 + STEP)),  # the break and a quarter of work are left
        (Part.END, 999, (510, LATEST)),
        (Part.START, 2, (540, 990)),
        (Part.START, -99, (0, 990)),
        (Part.START, 99, (990 - 60 - STEP, 990)),
        (Part.END, 0, (510, 990)),
    ],
)
def test_a_stretch_keeps_the_day_and_some_work(part: Part, steps: int, span: tuple[int, int]) -> None:
    assert stretched(510, 990, 60, part, steps) == span


@given(
    st.integers(0, DAY - 1),
    st.integers(STEP, 600),
    st.integers(0, 120),
    st.sampled_from((Part.START, Part.END)),
    st.integers(-80, 80),
)
def test_a_stretched_shift_is_always_one_that_the_file_takes(
    start: int, worked: int, pause: int, part: Part, steps: int
) -> None:
    begin, finish = stretched(start, start + worked + pause, pause, part, steps)
    assert 0 <= begin < DAY
    assert finish <= LATEST
    assert finish - begin > pause


def test_a_press_becomes_a_drag_after_a_few_pixels() -> None:
    assert not far((10, 10), 13, 7)
    assert far((10, 10), 14, 10)
    assert far((10, 10), 10, 6)


def test_a_block_is_moved_copied_and_let_go_where_it_was() -> None:
    hand = take(Spot(0, 0), (510, 990, 60), Part.BODY, (200, 90))
    assert hand.grasp is Grasp.MOVE
    assert not hand.moved
    there = drag(hand, LAY, 600, 170, copies=False)
    assert (there.target, there.moved, there.copies) == (Spot(2, 3), True, False)
    assert drag(there, LAY, 600, 170, copies=True).copies
    assert not drag(there, LAY, 210, 95, copies=False).moved
    outside = drag(hand, LAY, 5000, 5000, copies=False)
    assert outside.target == Spot(2, 5)


@pytest.mark.parametrize(("x", "start", "end"), [(290, 510, 990), (302, 510, 1020), (278, 510, 960), (293, 510, 990)])
def test_an_edge_is_stretched_in_quarters(x: int, start: int, end: int) -> None:
    hand = drag(take(Spot(0, 0), (510, 990, 60), Part.END, (290, 90)), LAY, x, 300, copies=False)
    assert (hand.start, hand.end) == (start, end)
    assert hand.moved == ((start, end) != (510, 990))


def test_the_left_edge_moves_the_start() -> None:
    hand = drag(take(Spot(0, 0), (510, 990, 60), Part.START, (170, 90)), LAY, 182, 90, copies=False)
    assert (hand.grasp, hand.start, hand.end) == (Grasp.START, 540, 990)


def test_the_keyboard_carries_and_stretches() -> None:
    hand = take(Spot(0, 0), (510, 990, 60), Part.BODY, keys=True)
    assert carry(hand, LAY, 1, 2).target == Spot(2, 1)
    assert carry(hand, LAY, -1, -1).target == Spot(0, 0)
    longer = stretch(stretch(take(Spot(0, 0), (510, 990, 60), Part.END, keys=True), 1), 1)
    assert (longer.end, longer.moved) == (1020, True)
    assert stretch(longer, -2).moved is False
    assert stretch(take(Spot(0, 0), (510, 990, 60), Part.START, keys=True), -1).start == 495


@pytest.mark.parametrize(
    ("spot", "across", "down", "to"),
    [
        (Spot(0, 0), 1, 0, Spot(0, 1)),
        (Spot(0, 1), 1, 0, Spot(0, 1, 1)),  # the second block of the cell
        (Spot(0, 1, 1), 1, 0, Spot(0, 2)),
        (Spot(0, 2), -1, 0, Spot(0, 1, 1)),  # backwards: the last block first
        (Spot(0, 0), -1, 0, Spot(0, 0)),
        (Spot(0, 5), 1, 0, Spot(0, 5)),
        (Spot(0, 1, 1), 0, 1, Spot(1, 1)),
        (Spot(2, 1), 0, 1, Spot(2, 1)),
        (Spot(0, 1), 0, -1, Spot(0, 1)),
    ],
)
def test_the_cursor_goes_from_block_to_block(spot: Spot, across: int, down: int, to: Spot) -> None:
    assert step(spot, LAY, across, down) == to


@pytest.mark.parametrize(
    ("spot", "across", "down", "to"),
    [
        (Spot(0, 0), 0, 1, Spot(0, 0, 1)),
        (Spot(0, 0, 2), 0, 1, Spot(1, 0)),
        (Spot(1, 0), 0, -1, Spot(0, 0, 2)),
        (Spot(0, 0, 2), 1, 0, Spot(0, 1)),
        (Spot(1, 0), 0, 1, Spot(1, 0)),
    ],
)
def test_the_cursor_goes_down_the_people_of_an_activity(spot: Spot, across: int, down: int, to: Spot) -> None:
    lay = replace(LAY, stacked=True, counts=((3, 1, 0, 0, 0, 0, 0), (0,) * 7))
    assert step(spot, lay, across, down) == to


def test_the_cursor_stays_on_a_board_that_became_smaller() -> None:
    assert kept(Spot(9, 6, 4), LAY) == Spot(2, 5, 0)
    assert kept(Spot(0, 1, 7), LAY) == Spot(0, 1, 1)
    empty = replace(LAY, counts=())
    assert kept(Spot(3, 3), empty) == step(Spot(3, 3), empty, 1, 0) == Spot(0, 0)
    assert empty.row_at(100) == -1
