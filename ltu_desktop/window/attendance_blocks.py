"""Filling, copying and pasting blocks of the attendance grid: texts by place, with no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.rules.attendance import parse_cell
from ltu_desktop.rules.errors import Problem
from ltu_desktop.window.attendance_keys import Block, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Texts = dict[Spot, str]
"""What is to stand where, as it would be typed."""


def fill_down(block: Block, text: Callable[[Spot], str]) -> Texts:
    """Take the first row of a range for all its rows; of a single row, the one above it."""
    source = block.top if block.rows > 1 else block.top - 1
    if source < 0:
        return {}
    return {spot: text(Spot(source, spot.column)) for spot in block.spots() if spot.row != source}


def fill_right(block: Block, text: Callable[[Spot], str]) -> Texts:
    """Take the first column of a range for all its columns; of a single column, the one left of it."""
    source = block.left if block.columns > 1 else block.left - 1
    if source < 0:
        return {}
    return {spot: text(Spot(spot.row, source)) for spot in block.spots() if spot.column != source}


def fill_all(block: Block, text: str) -> Texts:
    """Take one text for every cell of a range."""
    return dict.fromkeys(block.spots(), text)


def stretch(block: Block, to: Spot) -> Block:
    """Return the range that the handle at its corner, dragged to a place, would fill: down or right, the longer way."""
    down, right = to.row - block.bottom, to.column - block.right
    up, left = block.top - to.row, block.left - to.column
    furthest = max(down, right, up, left)
    if furthest <= 0:
        return block
    if furthest == down:
        return block._replace(bottom=to.row)
    if furthest == right:
        return block._replace(right=to.column)
    if furthest == up:
        return block._replace(top=to.row)
    return block._replace(left=to.column)


def drag_fill(block: Block, whole: Block, text: Callable[[Spot], str]) -> Texts:
    """Repeat a range's texts over the rest of a larger one."""
    found = {}
    for spot in whole.spots():
        if not block.has(spot):
            row = block.top + (spot.row - block.top) % block.rows
            column = block.left + (spot.column - block.left) % block.columns
            found[spot] = text(Spot(row, column))
    return found


def copied(block: Block, text: Callable[[Spot], str]) -> str:
    """Write a range as spreadsheets exchange it: tabs between cells, a line a row."""
    return "\n".join(
        "\t".join(text(Spot(row, column)) for column in range(block.left, block.right + 1))
        for row in range(block.top, block.bottom + 1)
    )


def read_block(clipboard: str) -> list[list[str]]:
    """Read what a spreadsheet put on the clipboard: cells by tab and line, quoted where they hold either."""
    rows: list[list[str]] = []
    row: list[str] = []
    at, end = 0, len(clipboard)
    while at < end:
        if clipboard[at] == '"':
            cell, at = _quoted(clipboard, at + 1)
        else:
            start = at
            while at < end and clipboard[at] not in "\t\r\n":
                at += 1
            cell = clipboard[start:at]
        row.append(" ".join(cell.split()))
        if at < end and clipboard[at] == "\t":
            at += 1
            if at == end:
                row.append("")
            continue
        rows.append(row)
        row = []
        at += 2 if clipboard[at : at + 2] == "\r\n" else 1
    return rows if not row else [*rows, row]


def _quoted(text: str, at: int) -> tuple[str, int]:
    """Return a quoted cell and the place after it; a quote that never ends takes the rest."""
    cell = ""
    while at < len(text):
        if text[at] != '"':
            cell += text[at]
            at += 1
        elif text[at : at + 2] == '""':
            cell += '"'
            at += 2
        else:
            return cell, at + 1
    return cell, at


def has_heads(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a block says itself whose and which days its cells are: a first row or column that is no cell's."""
    if len(rows) < 2:
        return False
    first = [row[0] for row in rows[1:] if row]
    return any(isinstance(parse_cell(text), Problem) for text in (*rows[0], *first) if text)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Where a block goes: texts by place, the range they make, and how many cells fell outside the grid."""

    texts: Texts
    block: Block
    outside: int


def paste(rows: Sequence[Sequence[str]], block: Block, size: tuple[int, int]) -> Pasted:
    """Put a block at a range's corner; repeat it where the range is a multiple of it, cut it at the grid's borders.

    `size` are the grid's rows and columns. One cell fills the whole range.
    """
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if not height or not width:
        return Pasted({}, block, 0)
    times_down = block.rows // height if block.rows % height == 0 else 1
    times_right = block.columns // width if block.columns % width == 0 else 1
    texts: Texts = {}
    outside = 0
    for down in range(height * max(1, times_down)):
        line = rows[down % height]
        for right in range(width * max(1, times_right)):
            column = right % width
            if column >= len(line):
                continue
            spot = Spot(block.top + down, block.left + right)
            if spot.row < size[0] and spot.column < size[1]:
                texts[spot] = line[column]
            else:
                outside += 1
    corner = Spot(block.top, block.left)
    last = Spot(max(spot.row for spot in texts), max(spot.column for spot in texts)) if texts else corner
    return Pasted(texts, Block.around(corner, last), outside)
