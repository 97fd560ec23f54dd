"""What keys, fills and pastes do in the attendance grid: tables of cases over places, no window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.window.attendance_blocks import (
    copied,
    drag_fill,
    fill_all,
    fill_down,
    fill_right,
    paste,
    read_block,
    stretch,
)
from ltu_desktop.window.attendance_keys import Block, Choice, Do, Field, Mode, Spot, Stroke, clicked, press

# a grid of 4 rows and 6 columns; x is filled, . is empty, ~ is a day on which nobody works
PICTURE = (
    "xx~x.x",
    "xx~x.x",
    "..~...",
    "xx~xxx",
)


def field() -> Field:
    return Field(
        4, 6, lambda spot: PICTURE[spot.row][spot.column] == "x", lambda spot: PICTURE[spot.row][spot.column] != "~", 2
    )


def stroke(keys: str) -> Stroke:
    """Read `Ctrl+Shift+Left`, or a text to type in quotes."""
    if keys.startswith("'"):
        return Stroke("", keys[1:-1])
    *held, name = keys.split("+")
    return Stroke(name, ctrl="Ctrl" in held, shift="Shift" in held, alt="Alt" in held)


def choice(active: tuple[int, int], end: tuple[int, int] | None = None, home: int | None = None) -> Choice:
    return Choice(Spot(*active), Spot(*active), Spot(*(end or active)), home)


@pytest.mark.parametrize(
    ("keys", "at", "then"),
    [
        ("Right", (0, 0), (0, 1)),
        ("Left", (0, 0), (0, 0)),
        ("Up", (0, 3), (0, 3)),
        ("Down", (3, 3), (3, 3)),
        ("Down", (1, 3), (2, 3)),
        ("Home", (2, 4), (2, 0)),
        ("End", (2, 1), (2, 5)),
        ("Ctrl+Home", (2, 4), (0, 0)),
        ("Ctrl+End", (0, 1), (3, 5)),
        ("PageDown", (0, 1), (2, 1)),
        ("PageDown", (3, 1), (3, 1)),
        ("PageUp", (3, 1), (1, 1)),
        ("Enter", (0, 2), (1, 2)),
        ("Enter", (3, 2), (3, 2)),
        ("Shift+Enter", (2, 2), (1, 2)),
        ("Tab", (0, 1), (0, 3)),  # over the day on which nobody works
        ("Shift+Tab", (0, 3), (0, 1)),
        ("Tab", (0, 5), (0, 5)),
        ("Ctrl+Right", (0, 0), (0, 1)),  # the last filled cell of the run
        ("Ctrl+Right", (0, 1), (0, 3)),  # over the gap
        ("Ctrl+Right", (2, 0), (2, 5)),  # nothing there: the border
        ("Ctrl+Right", (0, 5), (0, 5)),
        ("Ctrl+Down", (0, 0), (1, 0)),
        ("Ctrl+Down", (1, 0), (3, 0)),
        ("Ctrl+Left", (3, 5), (3, 3)),
    ],
)
def test_keys_move(keys: str, at: tuple[int, int], then: tuple[int, int]) -> None:
    step = press(stroke(keys), Mode.READY, choice(at), field())
    assert (step.do, step.choice.active, step.choice.single) == (Do.MOVE, Spot(*then), True)


@pytest.mark.parametrize(
    ("keys", "at", "end", "block"),
    [
        ("Shift+Right", (1, 1), None, (1, 1, 1, 2)),
        ("Shift+Down", (1, 1), (1, 2), (1, 1, 2, 2)),
        ("Shift+Left", (1, 1), (1, 2), (1, 1, 1, 1)),
        ("Shift+Left", (1, 1), None, (1, 0, 1, 1)),
        ("Shift+End", (1, 1), None, (1, 1, 1, 5)),
        ("Ctrl+Shift+End", (1, 1), None, (1, 1, 3, 5)),
        ("Ctrl+Shift+Down", (0, 0), None, (0, 0, 1, 0)),
        ("Ctrl+A", (1, 1), None, (0, 0, 3, 5)),
        ("Shift+Space", (1, 1), (2, 3), (1, 0, 2, 5)),
        ("Ctrl+Space", (1, 1), (2, 3), (0, 1, 3, 3)),
        ("Shift+PageDown", (0, 4), None, (0, 4, 2, 4)),
    ],
)
def test_shift_stretches_the_range_and_leaves_the_active_cell(
    keys: str, at: tuple[int, int], end: tuple[int, int] | None, block: tuple[int, ...]
) -> None:
    step = press(stroke(keys), Mode.READY, choice(at, end), field())
    assert (step.do, step.choice.block, step.choice.active) == (Do.MOVE, Block(*block), Spot(*at))


@pytest.mark.parametrize(
    ("keys", "mode", "do", "text"),
    [
        ("'7'", Mode.READY, Do.TYPE, "7"),
        ("'½'", Mode.READY, Do.TYPE, "½"),
        ("' '", Mode.READY, Do.NOTHING, ""),
        ("Backspace", Mode.READY, Do.TYPE, ""),
        ("F2", Mode.READY, Do.EDIT, ""),
        ("Del", Mode.READY, Do.CLEAR, ""),
        ("Ctrl+D", Mode.READY, Do.DOWN, ""),
        ("Ctrl+R", Mode.READY, Do.RIGHT, ""),
        ("Ctrl+C", Mode.READY, Do.COPY, ""),
        ("Ctrl+X", Mode.READY, Do.CUT, ""),
        ("Ctrl+V", Mode.READY, Do.PASTE, ""),
        ("Ctrl+Enter", Mode.READY, Do.KEEP_ALL, ""),
        ("Menu", Mode.READY, Do.MENU, ""),
        ("Esc", Mode.READY, Do.NOTHING, ""),  # the page's
        ("Ctrl+PageUp", Mode.READY, Do.NOTHING, ""),  # the month before
        ("Ctrl+K", Mode.READY, Do.NOTHING, ""),
        ("Ctrl+Shift+P", Mode.READY, Do.NOTHING, ""),
        ("Alt+Left", Mode.READY, Do.NOTHING, ""),
        ("F6", Mode.READY, Do.NOTHING, ""),
        ("'5'", Mode.TYPING, Do.NOTHING, ""),  # goes into the text
        ("Backspace", Mode.TYPING, Do.NOTHING, ""),
        ("Del", Mode.TYPING, Do.NOTHING, ""),
        ("Ctrl+C", Mode.TYPING, Do.NOTHING, ""),
        ("Esc", Mode.TYPING, Do.RESTORE, ""),
        ("F2", Mode.TYPING, Do.EDIT, ""),
        ("Ctrl+Enter", Mode.TYPING, Do.KEEP_ALL, ""),
        ("Home", Mode.TYPING, Do.NOTHING, ""),
        ("Left", Mode.EDITING, Do.NOTHING, ""),
        ("Up", Mode.EDITING, Do.NOTHING, ""),
        ("Esc", Mode.EDITING, Do.RESTORE, ""),
        ("Ctrl+Enter", Mode.EDITING, Do.KEEP_ALL, ""),
    ],
)
def test_keys_act_by_what_is_being_typed(keys: str, mode: Mode, do: Do, text: str) -> None:
    step = press(stroke(keys), mode, choice((1, 1)), field())
    assert (step.do, step.text, step.choice) == (do, text, choice((1, 1)))


@pytest.mark.parametrize(
    ("keys", "mode", "then"),
    [
        ("Enter", Mode.TYPING, (2, 1)),
        ("Enter", Mode.EDITING, (2, 1)),
        ("Shift+Enter", Mode.TYPING, (0, 1)),
        ("Tab", Mode.TYPING, (1, 3)),
        ("Tab", Mode.EDITING, (1, 3)),
        ("Right", Mode.TYPING, (1, 2)),
        ("Down", Mode.TYPING, (2, 1)),
        ("PageDown", Mode.TYPING, (3, 1)),
    ],
)
def test_what_was_typed_is_kept_on_the_way(keys: str, mode: Mode, then: tuple[int, int]) -> None:
    step = press(stroke(keys), mode, choice((1, 1)), field())
    assert (step.do, step.choice.active) == (Do.KEEP, Spot(*then))


def test_enter_goes_back_to_where_tab_began() -> None:
    one = choice((0, 0))
    for _ in range(2):
        one = press(stroke("Tab"), Mode.TYPING, one, field()).choice
    assert one.active == Spot(0, 3)
    assert press(stroke("Enter"), Mode.TYPING, one, field()).choice.active == Spot(1, 0)
    assert press(stroke("Down"), Mode.TYPING, one, field()).choice == choice((1, 3))  # an arrow forgets it


def test_enter_and_tab_go_round_inside_a_range() -> None:
    one = choice((0, 1), (1, 3))
    down, across = [], []
    for _ in range(6):
        one = press(stroke("Enter"), Mode.READY, one, field()).choice
        down.append(tuple(one.active))
    for _ in range(6):
        one = press(stroke("Tab"), Mode.READY, one, field()).choice
        across.append(tuple(one.active))
    assert down == [(1, 1), (0, 2), (1, 2), (0, 3), (1, 3), (0, 1)]
    assert across == [(0, 2), (0, 3), (1, 1), (1, 2), (1, 3), (0, 1)]
    assert one.block == Block(0, 1, 1, 3)
    back = press(stroke("Shift+Tab"), Mode.READY, one, field()).choice
    assert back.active == Spot(1, 3)
    grown = press(stroke("Shift+Down"), Mode.READY, one, field()).choice
    assert grown.block == Block(0, 1, 2, 3)


def test_esc_leaves_the_range_for_its_active_cell() -> None:
    step = press(stroke("Esc"), Mode.READY, choice((1, 1), (2, 2)), field())
    assert (step.do, step.choice) == (Do.MOVE, choice((1, 1)))


def test_without_cells_keys_do_nothing() -> None:
    nothing = Field(0, 31, lambda _spot: False, lambda _spot: False)
    assert press(stroke("Down"), Mode.READY, choice((0, 0)), nothing).do is Do.NOTHING


def test_a_click_chooses_and_shift_stretches() -> None:
    one = clicked(Spot(2, 2), choice((0, 0), (1, 1)), extend=False)
    assert one == choice((2, 2))
    assert clicked(Spot(0, 4), one, extend=True).block == Block(0, 2, 2, 4)


@given(
    st.lists(
        st.sampled_from(
            (
                *("Left", "Right", "Up", "Down", "Ctrl+Right", "Ctrl+Up", "Shift+Down", "Shift+Left", "Enter", "Tab"),
                *("Shift+Tab", "Home", "Ctrl+End", "Ctrl+Shift+Left", "PageDown", "Ctrl+A", "Esc", "Shift+Space"),
            )
        ),
        max_size=30,
    )
)
def test_no_walk_leaves_the_grid(keys: list[str]) -> None:
    one = choice((1, 1))
    for key in keys:
        one = press(stroke(key), Mode.READY, one, field()).choice
        assert all(field().hold(spot) == spot for spot in (one.active, one.start, one.end))
        assert one.block.has(one.active)


# ---- blocks ----


def text(spot: Spot) -> str:
    return f"{spot.row}{spot.column}"


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (Block(1, 1, 3, 2), {(2, 1): "11", (2, 2): "12", (3, 1): "11", (3, 2): "12"}),
        (Block(2, 1, 2, 2), {(2, 1): "11", (2, 2): "12"}),  # one row: from above
        (Block(0, 1, 0, 2), {}),
    ],
)
def test_fill_down(block: Block, found: dict[tuple[int, int], str]) -> None:
    assert fill_down(block, text) == {Spot(*place): said for place, said in found.items()}


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (Block(1, 1, 2, 3), {(1, 2): "11", (1, 3): "11", (2, 2): "21", (2, 3): "21"}),
        (Block(1, 2, 2, 2), {(1, 2): "11", (2, 2): "21"}),
        (Block(1, 0, 2, 0), {}),
    ],
)
def test_fill_right(block: Block, found: dict[tuple[int, int], str]) -> None:
    assert fill_right(block, text) == {Spot(*place): said for place, said in found.items()}


def test_one_text_fills_a_range() -> None:
    assert fill_all(Block(0, 0, 0, 1), "7") == {Spot(0, 0): "7", Spot(0, 1): "7"}


@pytest.mark.parametrize(
    ("to", "whole"),
    [((3, 2), (1, 1, 3, 2)), ((2, 5), (1, 1, 2, 5)), ((0, 1), (0, 1, 2, 2)), ((1, 0), (1, 0, 2, 2)), ((2, 2), (1, 1, 2, 2)),
     ((3, 5), (1, 1, 2, 5))],
)  # fmt: skip
def test_the_handle_goes_the_longer_way(to: tuple[int, int], whole: tuple[int, ...]) -> None:
    assert stretch(Block(1, 1, 2, 2), Spot(*to)) == Block(*whole)


def test_the_handle_repeats_what_it_was_dragged_from() -> None:
    found = drag_fill(Block(1, 1, 2, 1), Block(1, 1, 5, 1), text)
    assert found == {Spot(3, 1): "11", Spot(4, 1): "21", Spot(5, 1): "11"}
    up = drag_fill(Block(2, 1, 3, 1), Block(0, 1, 3, 1), text)
    assert up == {Spot(0, 1): "21", Spot(1, 1): "31"}


@pytest.mark.parametrize(
    ("clipboard", "rows"),
    [
        ("", []),
        ("7", [["7"]]),
        ("7\t6\n5\t4\n", [["7", "6"], ["5", "4"]]),
        ("7\t6\r\n5\t4\r\n", [["7", "6"], ["5", "4"]]),
        ("7\t\n\t4", [["7", ""], ["", "4"]]),
        ("7\t", [["7", ""]]),
        ("\n7", [[""], ["7"]]),
        ('"7\t5"\t6', [["7 5", "6"]]),
        ('"a ""b"""\n7', [['a "b"'], ["7"]]),
        ('"never ends\t7', [["never ends 7"]]),
        (" 7 \u00a0\t\u00a0", [["7", ""]]),
    ],
)
def test_the_clipboard_of_a_spreadsheet_is_read(clipboard: str, rows: list[list[str]]) -> None:
    assert read_block(clipboard) == rows


@given(st.lists(st.lists(st.text("0123456789CP,:½", max_size=4), min_size=2, max_size=4), min_size=1, max_size=4))
def test_what_is_copied_is_read_back(rows: list[list[str]]) -> None:
    width = min(len(row) for row in rows)
    block = Block(0, 0, len(rows) - 1, width - 1)
    said = copied(block, lambda spot: rows[spot.row][spot.column])
    assert read_block(said) == [row[:width] for row in rows]


@pytest.mark.parametrize(
    ("rows", "block", "where", "outside"),
    [
        ([["a"]], (0, 0, 1, 1), {(0, 0): "a", (0, 1): "a", (1, 0): "a", (1, 1): "a"}, 0),
        ([["a", "b"]], (1, 1, 1, 1), {(1, 1): "a", (1, 2): "b"}, 0),
        ([["a", "b"]], (0, 0, 1, 0), {(0, 0): "a", (0, 1): "b", (1, 0): "a", (1, 1): "b"}, 0),
        ([["a"], ["b"]], (0, 0, 2, 0), {(0, 0): "a", (1, 0): "b"}, 0),  # three is no multiple of two
        ([["a"], ["b"]], (0, 0, 3, 0), {(0, 0): "a", (1, 0): "b", (2, 0): "a", (3, 0): "b"}, 0),
        ([["a", "b", "c"]], (3, 4, 3, 4), {(3, 4): "a", (3, 5): "b"}, 1),
        ([["a"], ["b", "c"]], (0, 0, 0, 0), {(0, 0): "a", (1, 0): "b", (1, 1): "c"}, 0),
        ([], (0, 0, 0, 0), {}, 0),
    ],
)
def test_a_block_is_pasted(
    rows: list[list[str]], block: tuple[int, ...], where: dict[tuple[int, int], str], outside: int
) -> None:
    pasted = paste(rows, Block(*block), (4, 6))
    assert pasted.texts == {Spot(*place): said for place, said in where.items()}
    assert pasted.outside == outside
