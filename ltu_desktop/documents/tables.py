"""Any list as a workbook of one sheet: typed columns, heads with a filter, totals below. CSV: see `csv_file`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop import __version__
from ltu_desktop.documents.csv_file import head_of, to_csv
from ltu_desktop.documents.report import Cell, Column, Kind, plain
from ltu_desktop.documents.xlsx import TINT, Book, Edge, Properties, Sheet, Style, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ltu_desktop.documents.report import Value
    from ltu_desktop.words import Words

__all__ = ["lines_of", "number_format", "program", "to_csv", "to_xlsx"]

_NARROWEST, _WIDEST = 6.0, 48.0  # characters
NEVER = datetime(2000, 1, 1)  # noqa: DTZ001  the file format knows no zone
_SPACE = 0.45  # a space, in digits
_MOST_TO_MEASURE = 2000  # rows looked at for the widths


def to_xlsx(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value | Cell]],
    words: Words,
    *,
    totals: Iterable[Sequence[Value | Cell]] = (),
    at: datetime | None = None,
) -> bytes:
    """Write any list: heads in row 1 (so that it can be read in again), typed cells, filter, totals below.

    `at` is the moment the file bears; without it the file bears a fixed one, and equal lists give equal bytes.
    """
    book = new_book(title, words)
    add_table(book, title, columns, rows, words, totals=totals)
    return book.save(Properties(title, "", title, words.language, at or NEVER, program()))


def new_book(title: str, words: Words) -> Book:
    """Begin a workbook whose pages bear a title and their numbers."""
    book = Book()
    book.header = (printed(title), "", "")
    book.footer = ("", "", words.term("paper", "Page {number}/{count}", number="&P", count="&N"))
    return book


def add_table(
    book: Book,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value | Cell]],
    words: Words,
    *,
    totals: Iterable[Sequence[Value | Cell]] = (),
) -> Sheet:
    """Add a sheet with a list: heads in row 1 with a filter, the rows, the totals below."""
    listed = list(rows)
    widths = [_width(place, column, listed, words) for place, column in enumerate(columns)]
    sheet = book.sheet(title, widths, landscape=sum(widths) > 90, freeze="A2")
    sheet.repeat_rows = "1:1"
    heads = [
        book.style(
            Style("@", bold=True, fill=TINT, edge=Edge.HEAD, wrap=True, align="right")
            if column.kind.right
            else Style("@", bold=True, fill=TINT, edge=Edge.HEAD, wrap=True, align="left", indent=1)
        )
        for column in columns
    ]
    lines = max((lines_of(head_of(column), width) for column, width in zip(columns, widths, strict=True)), default=1)
    sheet.row([(head_of(column), head) for column, head in zip(columns, heads, strict=True)], 14 * lines + 4)
    body = [book.style(cell_style(column, words)) for column in columns]
    for row in listed:
        cells = zip(row, columns, body, strict=True)
        sheet.row(
            [
                (cell.value, book.style(cell_style(column, words, cell))) if isinstance(cell, Cell) else (cell, style)
                for cell, column, style in cells
            ]
        )
    sheet.filter = sheet.size if listed else ""
    for row in totals:
        sheet.row(
            [
                (plain(cell), book.style(cell_style(column, words, cell, total=True)))
                for cell, column in zip(row, columns, strict=True)
            ]
        )
    return sheet


def program() -> str:
    """Return the program's name and version, as files tell it."""
    return f"LTU Desktop {__version__}"


def cell_style(column: Column, words: Words, cell: Value | Cell = None, *, total: bool = False) -> Style:
    """Return the style of a cell of a list."""
    return Style(
        number_format(column, words, cell if isinstance(cell, Cell) else None),
        bold=total or column.strong,
        fill=TINT if total else "",
        edge=Edge.GRAND if total else Edge.HAIR,
        align="right" if column.kind.right else "left",
        indent=0 if column.kind.right else 1,
    )


def number_format(column: Column, words: Words, cell: Cell | None = None) -> str:
    """Return the file format's code for a column's (or a cell's own) kind; Excel shows its own separators."""
    kind = cell.kind if cell else column.kind
    decimals = cell.decimals if cell else column.decimals
    unit = cell.unit if cell else ""
    if kind is Kind.TEXT:
        return "General"
    if kind is Kind.CODE:
        return "@"
    if kind is Kind.DATE:
        return "dd/mm/yyyy" if words.language == "fr" else "d mmm yyyy"
    if kind is Kind.COUNT:
        return "#,##0"
    places = "." + "0" * decimals if decimals else ""
    if kind is Kind.PERCENT:
        return f"0{places}\\ %"
    if kind is Kind.WEEKLY:
        return '0.00\\ "h"'
    body = f"0{places}" if kind is Kind.FTE else f"#,##0{places}"
    if column.sign or column.dash:
        zero = '"–"' if column.dash else body
        return f"{'+' if column.sign else ''}{body};\\-{body};{zero}"
    if not unit and kind is Kind.HOURS and cell:
        unit = "h"
    return f'{body}\\ "{_bare(unit)}"' if unit else body


def _bare(unit: str) -> str:
    return unit.replace('"', "").replace("\\", "")


def _width(place: int, column: Column, rows: Sequence[Sequence[Value | Cell]], words: Words) -> float:
    """Return how many characters a column needs for its values and the longest word of its head."""
    longest = max((len(word) for word in head_of(column).split()), default=0) + 1.0
    for row in rows[:_MOST_TO_MEASURE]:
        longest = max(longest, _length(plain(row[place]), words))
    return min(max(longest + 1.5, _NARROWEST), _WIDEST)


def _length(value: Value, words: Words) -> float:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, date):
        return 10
    if isinstance(value, Decimal):
        return len(words.number(value)) + 1
    return 0 if value is None else len(str(value)) + 1


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, wrapped between words; the width is in digits of Calibri."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):  # never at a no-break space
            length = measured(word)
            if used and used + _SPACE + length > width:
                lines, used = lines + 1, 0.0
            used += length + (_SPACE if used else 0)
    return max(lines, 1)


def measured(text: str) -> float:
    """Return about how wide a text is, in digits: capitals are wider, small letters narrower."""
    capitals = sum(map(str.isupper, text))
    return 1.15 * capitals + 0.93 * (len(text) - capitals)
