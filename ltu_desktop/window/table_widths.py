"""How wide the columns of a table become: by what they show, by what they like, by the room there is."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, Any

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ltu_desktop.window.models import Cell, Column

PAD = 6  # left and right of a cell's text
SIGN = 22  # an icon with what keeps it from the text
MEASURED = 250  # rows whose texts tell how wide columns should be
LONGEST = 12  # of their texts: the widest is one of them
LEAST = 56  # of a column of texts that gives way


def strong_of(text: Text) -> Text:
    """Return the strong text beside a plain one."""
    return Text.STRONG if text is Text.BODY else Text.DENSE_STRONG


def needed(columns: Sequence[Column[Any]], rows: Sequence[Any], text: Text, *, by_cell: bool) -> dict[int, int]:
    """Return by their places how wide columns show their heads and the texts of the rows whole.

    Of very many rows some are measured, evenly spread, so that the window does not wait: figures then keep the width
    they like, for they are never cut.
    """
    step = -(-len(rows) // MEASURED) or 1
    head = theme.metrics(Text.DENSE_STRONG)
    found = {}
    for at, column in enumerate(columns):
        wide = head.horizontalAdvance(f"{column.short or column.head} {column.unit}".strip())
        cells = nlargest(LONGEST, set(map(column.cell, rows[::step])), key=lambda each: len(each.text + each.quiet))
        strong = by_cell or column.right  # figures are never cut, whichever is strong
        wide = max([wide, *(wide_of(cell, text, by_cell=strong) for cell in cells)])
        found[at] = max(wide + 2 * PAD + 1, theme.grown(column.width) if column.right and step > 1 else 0)
    return found


def wide_of(cell: Cell, text: Text, *, by_cell: bool) -> int:
    """Return how wide a cell's texts and signs are; by cells any can become the chosen one, which is strong."""
    plain, said = theme.metrics(text), theme.metrics(strong_of(text) if cell.strong or cell.link or by_cell else text)
    wide = SIGN if cell.checked is not None else said.horizontalAdvance(cell.text)
    wide += plain.horizontalAdvance(cell.quiet) + 7 if cell.quiet else 0
    return wide + SIGN * ((cell.icon != "") + (cell.meaning is not None))


def widen(widths: dict[int, int], wanted: Mapping[int, int], spare: int) -> int:
    """Widen columns to what is wanted of them, those that lack least first; return what is left to spare."""
    lacking = sorted((more, at) for at in wanted if (more := wanted[at] - widths[at]) > 0)
    for done, (more, at) in enumerate(lacking):
        part = max(0, min(more, spare // (len(lacking) - done)))
        widths[at] += part
        spare -= part
    return spare


def give_way(columns: Sequence[Column[Any]], widths: dict[int, int], over: int) -> None:
    """Take what there is too much of from texts, those that stretch first: figures are never cut."""
    for first in (True, False):
        texts = [at for at in widths if not columns[at].right and columns[at].stretch is first]
        room = sum(max(0, widths[at] - theme.grown(LEAST)) for at in texts)
        taken = 0
        for at in texts:
            spare = max(0, widths[at] - theme.grown(LEAST))
            part = min(spare, -(-over * spare // room)) if over > 0 and room else 0
            widths[at] -= part
            taken += part
        over -= taken
