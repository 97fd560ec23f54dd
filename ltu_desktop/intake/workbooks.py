"""The grids of workbooks: xlsx through openpyxl, ods straight from its XML.

A spreadsheet keeps numbers as binary floats of 15 significant figures: they are written with these, then read as
`Decimal`, so that 0.1 + 0.2 is 0.3 as the sheet shows it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ltu_desktop.intake.sheet_records import Cell

Grid = list[tuple[int, "tuple[Cell, ...]"]]

_MOST_BYTES = 300_000_000  # unpacked; a list of 100 000 people has 40 million
_MOST_CELLS = 5_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


def read_xlsx(data: bytes, name: str) -> dict[str, Grid]:
    """Read the visible sheets of an Excel workbook, by name, in its order."""
    from openpyxl import load_workbook

    _weigh(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions that we do not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                tabs: dict[str, Grid] = {}
                for sheet in book.worksheets:
                    if sheet.sheet_state == "visible":
                        sheet.reset_dimensions()  # some programs write wrong ones
                        tabs[sheet.title] = _filled(enumerate(sheet.iter_rows(values_only=True), 1), name)
            finally:
                book.close()
    except _BROKEN as error:
        raise _unreadable(name) from error
    return tabs or {"": []}


def _filled(rows: Iterable[tuple[int, Iterable[object]]], name: str) -> Grid:
    grid: Grid = []
    cells = 0
    for number, row in rows:
        made = tuple(_cell(value) for value in row)
        while made and made[-1] is None:
            made = made[:-1]
        if made:
            cells += len(made)
            if cells > _MOST_CELLS:
                raise _too_big(name)
            grid.append((number, made))
    return grid


def _cell(value: object) -> Cell:
    """Turn a workbook's value into text, `Decimal` or date."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(f"{value:.15g}")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = round(value / timedelta(minutes=1))
        return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
    return str(value).strip() or None


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DURATION = re.compile(r"(-?)PT(?:([0-9]+)H)?(?:([0-9]+)M)?(?:[0-9.,]+S)?", re.ASCII)


def read_ods(data: bytes, name: str) -> dict[str, Grid]:
    """Read the sheets of a LibreOffice spreadsheet, by name, in its order."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    _weigh(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UserError(
                    "locked_table",
                    N_("The spreadsheet is locked with a password."),
                    N_("Open it, save it without a password, and choose it again."),
                    where=name,
                )
            root = fromstring(archive.read("content.xml"))
        return {table.get(f"{_TABLE}name", ""): _ods_grid(table, name) for table in root.iter(f"{_TABLE}table")} or {
            "": []
        }
    except (*_BROKEN, DefusedXmlException) as error:
        raise _unreadable(name) from error


def _ods_grid(table: Element, name: str) -> Grid:
    grid: Grid = []
    number, cells = 1, 0
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        made = _ods_row(row)
        if made:
            cells += len(made) * repeated
            if cells > _MOST_CELLS:
                raise _too_big(name)
            grid.extend((number + again, made) for again in range(repeated))
        number += repeated
    return grid


def _ods_row(row: Element) -> tuple[Cell, ...]:
    made: list[Cell] = []
    empty = 0  # cells are repeated to the sheet's edge: only those before a full one count
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        value = _ods_cell(cell)
        if value is None:
            empty += repeated
            continue
        if len(made) + empty + repeated > _MOST_CELLS:
            raise ValueError("a row without end")
        made += [None] * empty + [value] * repeated
        empty = 0
    return tuple(made)


def _ods_cell(cell: Element) -> Cell:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "currency", "percentage"}:
        return _ods_number(cell.get(f"{_OFFICE}value", ""))
    if kind == "date":
        return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
    if kind == "boolean":
        return "oui" if cell.get(f"{_OFFICE}boolean-value") == "true" else "non"
    if kind == "time" and (found := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))):
        return f"{found[1]}{int(found[2] or 0)}:{int(found[3] or 0):02d}"
    paragraphs = ("".join(_ods_text(part)) for part in cell if part.tag in {f"{_TEXT}p", f"{_TEXT}h"})
    return "\n".join(paragraphs).strip() or None


def _ods_number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    exact = number.as_tuple()
    return number if len(exact.digits) <= 15 else Decimal(f"{number:.15g}")


def _ods_text(part: Element) -> Iterator[str]:
    """Give a paragraph's text; runs of spaces, tabs and line breaks are elements of their own, remarks are left out."""
    yield part.text or ""
    for child in part:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag != f"{_OFFICE}annotation":
            yield from _ods_text(child)
        yield child.tail or ""


def _weigh(data: bytes, name: str) -> None:
    """Refuse an archive that would unpack to more than a list can hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise _too_big(name)
    except zipfile.BadZipFile as error:
        raise _unreadable(name) from error


def _too_big(name: str) -> UserError:
    return UserError(
        "table_too_big",
        N_("The spreadsheet holds far more than a list of people."),
        N_("Copy the list alone into a new spreadsheet, and choose that one."),
        where=name,
    )


def _unreadable(name: str) -> UserError:
    return UserError(
        "unreadable_table",
        N_("The spreadsheet cannot be read: it is damaged or not complete."),
        N_("Open it in Excel or LibreOffice, save it again, and choose it."),
        where=name,
    )
