"""Workbooks: sheets of typed cells, written row by row as text into a frame that openpyxl makes.

openpyxl writes no result beside a formula (previews, phones and protected view then show blanks), puts the present
moment into the file, and leaves each sheet in clear in a temporary file. So it makes everything but the rows – styles,
names, panes, filters, print set-up (`xlsx_frame`) – and `Book.save` puts the rows in: same content, same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INK, GREY, RULE, TINT, INPUT, ACCENT = "15202B", "4A5661", "7A8791", "EDF1F3", "FFF9E5", "0B5570"
WARNING, WARNING_TINT, HAIR = "8A4B00", "FCF1DF", "B4BDC4"

_EPOCH = date(1899, 12, 30)  # day 0 of a workbook, for days after February 1900
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the zip format's first day
_LEVEL = 4  # of packing: a third faster than the usual 6, a twentieth larger
_STORED = "docProps/custom.xml"  # not packed, so that the seal can be read even from a damaged file
_INERT = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet could take such a text for a formula
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # no XML may hold them
_SPECIAL = re.compile(r"[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MAX_TEXT = 32767  # characters in a cell
_MAX_TITLE = 31


class Edge(StrEnum):
    """A rule below (or around) a cell."""

    NONE = ""
    HAIR = "hair"
    GROUP = "thin"
    HEAD = "medium"
    GRAND = "grand"  # medium above and below


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; `format` is the file format's code, `fill` and `color` are RRGGBB."""

    format: str = "General"
    bold: bool = False
    color: str = INK
    size: int = 10
    fill: str = ""
    edge: Edge = Edge.NONE
    align: str = ""
    indent: int = 0
    wrap: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its "=", and the value it has: programs that do not calculate show that one."""

    text: str
    value: Decimal | int | str


CellValue = str | int | Decimal | date | Formula | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A conditional format: cells of `cells` for which `formula` holds turn to the given colours."""

    cells: str
    formula: str
    color: str
    fill: str


@dataclass
class Sheet:
    """A sheet: rows are added from the top; the set-up attributes are read when the book is saved."""

    title: str
    book: Book
    widths: list[float] = field(default_factory=list)
    freeze: str = ""
    landscape: bool = False
    filter: str = ""
    repeat_rows: str = ""
    merged: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    row_number: int = 0
    _parts: list[str] = field(default_factory=list)
    _columns: int = 1

    def row(self, cells: Iterable[tuple[CellValue, int]], height: float = 0) -> int:
        """Add a row of (value, style number) and return its number; a height is in points."""
        self.row_number += 1
        number = self.row_number
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        parts = [f'<row r="{number}"{tall}>']
        place = 0
        for place, (value, style) in enumerate(cells):
            if value is None:
                if style:
                    parts.append(f'<c r="{column_letter(place)}{number}" s="{style}"/>')
            else:
                parts.append(self._cell(f"{column_letter(place)}{number}", value, style))
        self._columns = max(self._columns, place + 1)
        parts.append("</row>")
        self._parts.append("".join(parts))
        return number

    def gap(self, height: float = 0) -> int:
        """Add an empty row."""
        return self.row((), height)

    def _cell(self, ref: str, value: str | int | Decimal | date | Formula, style: int) -> str:
        if isinstance(value, str):
            if value.startswith(_INERT):
                style = self.book.quoted(style)
            space = "" if value == value.strip() else ' xml:space="preserve"'
            return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t{space}>{escaped(value)}</t></is></c>'
        if isinstance(value, Formula):
            result = value.value
            kind, shown = (' t="str"', escaped(result)) if isinstance(result, str) else ("", _figure(result))
            return f'<c r="{ref}" s="{style}"{kind}><f>{escaped(value.text)}</f><v>{shown}</v></c>'
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return f'<c r="{ref}" s="{style}"><v>{(day - _EPOCH).days}</v></c>'
        return f'<c r="{ref}" s="{style}"><v>{_figure(value)}</v></c>'

    @property
    def size(self) -> str:
        """The cells in use, from A1."""
        return f"A1:{column_letter(self._columns - 1)}{max(self.row_number, 1)}"

    def xml(self) -> str:
        """Return the rows as the file format writes them."""
        return "<sheetData>" + "".join(self._parts) + "</sheetData>"


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself; `at` stands for its making, so that two makings give the same bytes."""

    title: str
    author: str
    subject: str
    language: str
    at: datetime
    program: str
    custom: Mapping[str, str] = field(default_factory=dict)


class Book:
    """A workbook in the making: sheets, styles by number, defined names."""

    def __init__(self) -> None:
        from ltu_desktop.documents.xlsx_frame import Frame

        self._frame = Frame()
        self._numbers: dict[Style, int] = {}
        self._styles: dict[int, Style] = {}
        self.sheets: list[Sheet] = []
        self.header: tuple[str, str, str] = ("", "", "")  # left, centre, right; codes as Excel's, texts by `printed`
        self.footer: tuple[str, str, str] = ("", "", "")

    def sheet(self, title: str, widths: Iterable[float], *, landscape: bool = False, freeze: str = "") -> Sheet:
        """Add a sheet; widths are in characters. Signs that no sheet name may hold are left out."""
        sheet = Sheet(sheet_title(title), self, list(widths), freeze, landscape)
        self.sheets.append(sheet)
        return sheet

    def name(self, name: str, sheet: Sheet, ref: str) -> None:
        """Give a cell a name that formulas use."""
        self._frame.name(name, f"{quoted_title(sheet.title)}!{absolute(ref)}")

    def style(self, style: Style) -> int:
        """Return the number of a style, registered at its first use."""
        number = self._numbers.get(style)
        if number is None:
            number = self._numbers[style] = self._frame.register(style)
            self._styles[number] = style
        return number

    def look(self, number: int) -> Style:
        """Return the style that has a number."""
        return self._styles.get(number, Style())

    def quoted(self, number: int) -> int:
        """Return the style's twin that marks its text as text, whatever it begins with."""
        return self.style(replace(self.look(number), quoted=True))

    def save(self, properties: Properties) -> bytes:
        """Return the file: openpyxl's frame with our rows in it, all dates fixed."""
        parts = self._frame.parts(self.sheets, self.header, self.footer, properties)
        parts["docProps/app.xml"] = _app(properties.program)
        for place, sheet in enumerate(self.sheets, 1):
            name = f"xl/worksheets/sheet{place}.xml"
            parts[name] = _filled(parts[name], sheet)
        return _packed(parts)


@cache
def column_letter(place: int) -> str:
    """Return a column's letters; the first one has place 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def absolute(ref: str) -> str:
    """Write `C5` or `C5:D9` with dollars."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", ref)


def sheet_title(text: str) -> str:
    """Make a text a lawful sheet name: at most 31 characters, without brackets, colon, star, question mark, slashes."""
    return re.sub(r"[\[\]:*?/\\\x00-\x20]+", " ", text)[:_MAX_TITLE].strip("' ") or "1"


def quoted_title(title: str) -> str:
    """Write a sheet name as formulas want it."""
    return "'" + title.replace("'", "''") + "'"


def printed(text: str) -> str:
    """Make a text fit for a header or footer, where & begins a code."""
    return escaped_controls(text).replace("&", "&&")


def escaped_controls(text: str) -> str:
    """Leave out what no XML may hold, and set line ends as XML reads them."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Write a text for XML."""
    if not _SPECIAL.search(text) and len(text) <= _MAX_TEXT:
        return text
    clean = escaped_controls(text[:_MAX_TEXT])
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _figure(value: Decimal | int) -> str:
    text = str(value)
    return f"{value:f}" if "E" in text else text


def _app(program: str) -> bytes:
    """Say which program wrote the file, instead of openpyxl's "Microsoft Excel Compatible"."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{space}"><Application>{escaped(program)}</Application></Properties>'.encode()


def _filled(part: bytes, sheet: Sheet) -> bytes:
    """Put a sheet's rows and its true size into openpyxl's empty frame."""
    text = part.decode("utf-8")
    text, sized = re.subn(r'<dimension ref="[^"]*"', f'<dimension ref="{sheet.size}"', text, count=1)
    found = re.search(r"<sheetData\s*/>|<sheetData></sheetData>", text)
    if not (sized and found):
        raise RuntimeError("openpyxl writes sheets in another way than before")
    return (text[: found.start()] + sheet.xml() + text[found.end() :]).encode("utf-8")


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Zip the parts, each with the same date."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = 0  # the same bytes on Windows and elsewhere
            packed = zipfile.ZIP_STORED if name == _STORED else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, packed, _LEVEL)
    return target.getvalue()
