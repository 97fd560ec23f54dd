"""What the columns of a report hold at most, in texts: found on the worker, measured on the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from ltu_desktop.documents.report import Cell, written

if TYPE_CHECKING:
    from ltu_desktop.documents.report import Column, Table
    from ltu_desktop.words import Words

MEASURED = 200  # texts of a column, the longest: the widest is one of them


@dataclass(frozen=True, slots=True)
class Extent:
    """The longest texts of a column, and whether its cells stand at the right."""

    right: bool
    longest: tuple[str, ...]


def extents(table: Table, words: Words, currency: str) -> tuple[Extent, ...]:
    """Return the extent of each column, in their order; totals widen the columns of figures only."""
    return tuple(_extent(table, column, at, words, currency) for at, column in enumerate(table.columns))


def _extent(table: Table, column: Column, at: int, words: Words, currency: str) -> Extent:
    cells = [row.cells[at] for row in table.rows]
    # figures stand at the right, also where each cell has its own kind
    right = column.kind.right or Cell in set(map(type, cells))
    if right:
        cells += [row.cells[at] for row in table.totals]
    values = set(zip(map(type, cells), cells, strict=True))  # a figure is often there again; 1 is not 1.00
    texts = {written(cell, column, words, currency) for _, cell in values}
    return Extent(right, tuple(nlargest(MEASURED, texts, key=len)))
