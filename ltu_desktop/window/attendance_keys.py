"""What a key does in the attendance grid, as in a spreadsheet: pure functions over places, with no Qt.

A place is a row and a column of cells, from 0. The active cell is where typing goes; the range around it is what
filling, clearing and copying take. While something is typed over a cell arrows leave it, after F2 they move in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Spot(NamedTuple):
    """A cell's place."""

    row: int
    column: int


class Block(NamedTuple):
    """A rectangle of cells, all four sides included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def around(cls, one: Spot, other: Spot) -> Block:
        """Return the least rectangle with both places."""
        return cls(
            min(one.row, other.row),
            min(one.column, other.column),
            max(one.row, other.row),
            max(one.column, other.column),
        )

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.rows * self.columns

    def has(self, spot: Spot) -> bool:
        """Tell whether a place lies in it."""
        return self.top <= spot.row <= self.bottom and self.left <= spot.column <= self.right

    def spots(self) -> Iterator[Spot]:
        """Go through its places row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield Spot(row, column)


class Mode(StrEnum):
    """Whether something is being typed: over the cell's value, or in it."""

    READY = "ready"
    TYPING = "typing"
    EDITING = "editing"


class Do(StrEnum):
    """What a key asks for, besides moving."""

    NOTHING = "nothing"  # the key is not ours
    MOVE = "move"
    TYPE = "type"  # begin to type over the active cell
    EDIT = "edit"  # begin to edit its text, or go on in it
    KEEP = "keep"  # take what was typed, then move
    KEEP_ALL = "keep_all"  # take it for every cell of the range
    RESTORE = "restore"  # give up what was typed
    CLEAR = "clear"
    DOWN = "down"  # fill down
    RIGHT = "right"  # fill right
    COPY = "copy"
    CUT = "cut"
    PASTE = "paste"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key with what is held: a name (`Left`, `Enter`, `F2`, `D`) and the text it would write."""

    name: str
    text: str = ""
    ctrl: bool = False
    shift: bool = False
    alt: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: the active cell, the two ends of the range, and the column to which Enter goes back after Tab."""

    active: Spot
    start: Spot
    end: Spot
    home: int | None = None

    @classmethod
    def at(cls, spot: Spot, home: int | None = None) -> Choice:
        """Choose one cell."""
        return cls(spot, spot, spot, home)

    @property
    def block(self) -> Block:
        """The range as a rectangle."""
        return Block.around(self.start, self.end)

    @property
    def single(self) -> bool:
        """Tell whether the range is the active cell alone."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Field:
    """The cells there are: how many, which hold something, which are working days, and how many rows make a page."""

    rows: int
    columns: int
    filled: Callable[[Spot], bool]
    wanted: Callable[[Spot], bool]  # Tab stops here
    page: int = 12

    def hold(self, spot: Spot) -> Spot:
        """Bring a place back into the field."""
        return Spot(min(max(spot.row, 0), self.rows - 1), min(max(spot.column, 0), self.columns - 1))


@dataclass(frozen=True, slots=True)
class Step:
    """What a key does: an act, what is chosen afterwards, and the text to begin with."""

    do: Do
    choice: Choice
    text: str = ""


ARROWS = {"Left": (0, -1), "Right": (0, 1), "Up": (-1, 0), "Down": (1, 0)}
_ACTS = {"D": Do.DOWN, "R": Do.RIGHT, "C": Do.COPY, "X": Do.CUT, "V": Do.PASTE}


def press(stroke: Stroke, mode: Mode, choice: Choice, field: Field) -> Step:
    """Say what a key does; `Do.NOTHING` leaves it to the text being edited, or to the window."""
    if field.rows == 0 or field.columns == 0 or stroke.alt:
        return Step(Do.NOTHING, choice)
    if mode is not Mode.READY:
        return _press_typing(stroke, mode, choice, field)
    if stroke.ctrl and not stroke.shift and stroke.name in _ACTS:
        return Step(_ACTS[stroke.name], choice)
    if (moved := _moved(stroke, choice, field)) is not None:
        return Step(Do.MOVE, moved)
    name = stroke.name
    if name == "Enter" and stroke.ctrl:
        return Step(Do.KEEP_ALL, choice)
    if name in {"Enter", "Tab"} and not stroke.ctrl:
        return Step(Do.MOVE, _onward(stroke, choice, field))
    if stroke.ctrl:
        return Step(Do.NOTHING, choice)
    if name == "F2":
        return Step(Do.EDIT, choice)
    if name == "Del":
        return Step(Do.CLEAR, choice)
    if name == "Backspace":
        return Step(Do.TYPE, choice)
    if name == "Menu":
        return Step(Do.MENU, choice)
    if name == "Esc" and not choice.single:
        return Step(Do.MOVE, Choice.at(choice.active))
    if stroke.text.strip() and stroke.text.isprintable():
        return Step(Do.TYPE, choice, stroke.text)
    return Step(Do.NOTHING, choice)


def _press_typing(stroke: Stroke, mode: Mode, choice: Choice, field: Field) -> Step:
    name = stroke.name
    if name == "Esc":
        return Step(Do.RESTORE, choice)
    if name == "Enter" and stroke.ctrl:
        return Step(Do.KEEP_ALL, choice)
    if name in {"Enter", "Tab"} and not stroke.ctrl:
        return Step(Do.KEEP, _onward(stroke, choice, field))
    if name == "F2" and not stroke.ctrl:
        return Step(Do.EDIT, choice)
    if mode is Mode.TYPING and name in {*ARROWS, "PageUp", "PageDown"}:
        moved = _moved(stroke, choice, field)
        if moved is not None:
            return Step(Do.KEEP, moved)
    return Step(Do.NOTHING, choice)


def _moved(stroke: Stroke, choice: Choice, field: Field) -> Choice | None:
    """Return what a key that only moves leads to; None for other keys."""
    name, ctrl = stroke.name, stroke.ctrl
    if name == "A" and ctrl and not stroke.shift:
        return Choice(choice.active, Spot(0, 0), Spot(field.rows - 1, field.columns - 1))
    if name == "Space" and (ctrl or stroke.shift):
        block = choice.block
        if ctrl:
            return Choice(choice.active, Spot(0, block.left), Spot(field.rows - 1, block.right))
        return Choice(choice.active, Spot(block.top, 0), Spot(block.bottom, field.columns - 1))
    base = choice.end if stroke.shift and choice.active == choice.start else choice.active
    if name in ARROWS:
        by = ARROWS[name]
        target = _jump(base, by, field) if ctrl else field.hold(Spot(base.row + by[0], base.column + by[1]))
    elif name in {"PageUp", "PageDown"} and not ctrl:
        target = field.hold(Spot(base.row + (field.page if name == "PageDown" else -field.page), base.column))
    elif name == "Home":
        target = Spot(0 if ctrl else base.row, 0)
    elif name == "End":
        target = Spot(field.rows - 1 if ctrl else base.row, field.columns - 1)
    else:
        return None
    if not stroke.shift:
        return Choice.at(target)
    return Choice(choice.active, choice.active, target)


def _jump(spot: Spot, by: tuple[int, int], field: Field) -> Spot:
    """Go to the edge of what is filled: its last cell, or over a gap to the next filled one, else to the border."""

    def after(one: Spot) -> Spot | None:
        target = Spot(one.row + by[0], one.column + by[1])
        return target if field.hold(target) == target else None

    following = after(spot)
    if following is None:
        return spot
    inside = field.filled(spot) and field.filled(following)
    here = following
    while (following := after(here)) is not None:
        if inside and not field.filled(following):
            break
        if not inside and field.filled(here):
            break
        here = following
    return here


def _onward(stroke: Stroke, choice: Choice, field: Field) -> Choice:
    """Go on after Enter or Tab: round inside a range, else down and right; Enter goes back to where Tab began."""
    tab, back = stroke.name == "Tab", stroke.shift
    if not choice.single:
        return replace(choice, active=_round(choice.active, choice.block, across=tab, back=back))
    active = choice.active
    if tab:
        target = _next_day(active, -1 if back else 1, field)
        return Choice.at(target, active.column if choice.home is None else choice.home)
    column = active.column if choice.home is None else choice.home
    return Choice.at(field.hold(Spot(active.row + (-1 if back else 1), column)))


def _next_day(spot: Spot, by: int, field: Field) -> Spot:
    """Return the next place at which Tab stops in the row, else the next one at all."""
    column = spot.column + by
    while 0 <= column < field.columns:
        if field.wanted(Spot(spot.row, column)):
            return Spot(spot.row, column)
        column += by
    return field.hold(Spot(spot.row, spot.column + by))


def _round(spot: Spot, block: Block, *, across: bool, back: bool) -> Spot:
    """Go to the next place of a range, along the rows or down the columns, and round at its end."""
    row, column = spot.row - block.top, spot.column - block.left
    at = row * block.columns + column if across else column * block.rows + row
    at = (at + (-1 if back else 1)) % block.cells
    row, column = divmod(at, block.columns) if across else divmod(at, block.rows)[::-1]
    return Spot(block.top + row, block.left + column)


def clicked(spot: Spot, choice: Choice, *, extend: bool) -> Choice:
    """Choose by a click: the cell, or with Shift (and while dragging) the range up to it."""
    return Choice(choice.active, choice.active, spot) if extend else Choice.at(spot)
