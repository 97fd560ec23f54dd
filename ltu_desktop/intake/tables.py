"""Read a table from a file: Excel (xlsx), LibreOffice (ods), or text with separators (csv, tsv).

Titles above the heads and empty rows are skipped; of several sheets the one with most heads of ours is read.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from ltu_desktop.intake.columns import known_heads
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.foreign import SENTENCES, what_is
from ltu_desktop.intake.sheet_records import Cell, Row, Sheet
from ltu_desktop.intake.workbooks import read_ods, read_xlsx
from ltu_desktop.rules.errors import N_, Severity, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

Grid = list[tuple[int, tuple[Cell, ...]]]
"""Rows that hold something, with their numbers."""

_CHOOSE_TABLE = N_("Choose a list saved as Excel (.xlsx), LibreOffice (.ods) or CSV.")
_HEAD_WITHIN = 30  # rows with content, among which the heads are looked for
_DELIMITERS = ";\t,|"


def read_table(data: bytes, name: str) -> Sheet:
    """Read a table; raise `UserError` for a file that is none. Numbers never pass through a float's arithmetic."""
    kind, tabs = read_grids(data, name)
    return _sheet(data, name, kind, tabs)


def read_grids(data: bytes, name: str) -> tuple[str, dict[str, Grid]]:
    """Read a file's kind (xlsx, ods, csv) and its sheets as they are, by name; raise `UserError` for a file of none."""
    kind = what_is(data)
    if kind == "xlsx":
        return kind, read_xlsx(data, name)
    if kind == "ods":
        return kind, read_ods(data, name)
    if kind in {"text", "utf16"}:
        return "csv", {"": _read_csv(data, name)}
    raise UserError("not_a_table", SENTENCES[kind], _CHOOSE_TABLE, where=name)


def _sheet(data: bytes, name: str, kind: str, tabs: dict[str, Grid]) -> Sheet:
    tab, at = _best(tabs)
    grid = tabs[tab]
    if at is None:
        raise UserError(
            "no_heads",
            N_("No row with the names of the columns was found."),
            N_("Put the columns’ names (Matricule, Nom, Prénom…) in the list’s first row."),
            where=name,
        )
    head_row, cells = grid[at]
    body = grid[at + 1 :]
    width = max([len(cells), *(len(row) for _, row in body)])
    others = [other for other, rows in tabs.items() if other != tab and rows]
    return Sheet(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        tab=tab,
        heads=_heads(cells, width),
        head_row=head_row,
        rows=tuple(Row(number, row + (None,) * (width - len(row))) for number, row in body),
        problems=tuple(Finding("other_tab", Severity.INFO, params={"tab": other, "read": tab}) for other in others),
    )


def _best(tabs: dict[str, Grid]) -> tuple[str, int | None]:
    """Find the sheet and the place of its head row: the row that names most fields, else the first row of texts."""
    found: tuple[int, str, int | None] = (0, next(iter(tabs)), None)
    for tab, grid in tabs.items():
        for at, (_, cells) in enumerate(grid[:_HEAD_WITHIN]):
            known = known_heads(cells)
            if known > found[0]:
                found = known, tab, at
    if found[0] >= 2:
        return found[1], found[2]
    for tab, grid in tabs.items():
        for at, (_, cells) in enumerate(grid[:_HEAD_WITHIN]):
            if sum(cell is not None for cell in cells) >= 2 and all(isinstance(cell, str | None) for cell in cells):
                return tab, at
    return found[1], found[2]


def _heads(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    """Name the columns: heads on one line, a second “Nom” as “Nom (2)”, a nameless one by its letter."""
    heads: list[str] = []
    for place in range(width):
        cell = cells[place] if place < len(cells) else None
        head = " ".join(str(cell).split()) if cell is not None else f"[{_letter(place)}]"
        again = 2
        while head in heads:
            head = f"{head.removesuffix(f' ({again - 1})')} ({again})"
            again += 1
        heads.append(head)
    return tuple(heads)


def _letter(place: int) -> str:
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_text(cell: Cell) -> str:
    """Write a cell as a list would show it, to be kept as text: a whole number without decimals."""
    if isinstance(cell, Decimal):
        return f"{cell.to_integral_value() if cell == cell.to_integral_value() else cell.normalize():f}"
    return "" if cell is None else str(cell).strip()


def _read_csv(data: bytes, name: str) -> Grid:
    text = decode(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:  # Excel's own hint
        delimiter, text, skipped = first.strip()[4:] or "\t", rest, 1
    else:
        delimiter, skipped = _delimiter(text), 0
    grid: Grid = []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows, 1 + skipped):
            cells = tuple(cell.strip() or None for cell in row)
            if any(cells):
                grid.append((number, _trimmed(cells)))
    except csv.Error as error:
        raise UserError(
            "broken_table",
            N_('The text of the list is broken: a quotation mark (") is opened and not closed, or out of place.'),
            N_("Open the list in Excel or LibreOffice and save it again."),
            where=f"{name}:{rows.line_num + skipped}",
        ) from error
    return grid


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max(place for place, cell in enumerate(cells) if cell is not None)
    return cells[: last + 1]


def decode(data: bytes) -> str:
    """Return a text in UTF-8, UTF-16 or the letters of Western Windows, whichever it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("iso-8859-1")


def _delimiter(text: str) -> str:
    """Find the separator: the one that cuts most of the first rows into the same number of columns, more than one."""
    start = text[:65536]
    best = (0, 0, ";")
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        for row in islice(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter), 60):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
        several = {width: count for width, count in widths.items() if width > 1}
        if several:
            width, count = max(several.items(), key=lambda item: (item[1], item[0]))
            if (count, width) > best[:2]:
                best = count, width, delimiter
    return best[2]
