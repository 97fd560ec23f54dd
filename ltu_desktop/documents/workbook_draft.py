"""What the seven sheets of a claim's workbook share: the book, the claim, styles, and where the list's cells stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ltu_desktop.documents.report import Cell, Column, Kind, Role, plain
from ltu_desktop.documents.tables import lines_of, number_format
from ltu_desktop.documents.xlsx import GREY, INK, TINT, Book, Edge, Style, quoted_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ltu_desktop.documents.claim_view import View
    from ltu_desktop.documents.report import Report, Row, Table, Value
    from ltu_desktop.documents.workbook_live import Live
    from ltu_desktop.documents.xlsx import CellValue, Sheet
    from ltu_desktop.words import Words

NAMES = {
    "smic_hourly": "SMIC",
    "state_rate": "TAUX",
    "department_share": "PART",
    "full_month_hours": "H_MOIS",
    "cap_hours": "PLAFOND_H",
    "ceiling_fte": "PLAFOND_ETP",
    "others_limit": "LIMITE_AUTRES",
}
_INDENT = 1.5  # digits that an indent takes
LINE = 13.5  # points: the height of a line of Calibri 10


@dataclass
class ListPlaces:
    """Where the nominal list stands: letters by column key, first and last row of the people, rows of adjustments."""

    letters: dict[str, str] = field(default_factory=dict)
    first: int = 5
    last: int = 5
    adjustments: list[int] = field(default_factory=list)
    total: int = 2

    @property
    def bottom(self) -> int:
        """The last row that the totals add up."""
        return self.adjustments[-1] if self.adjustments else self.last


@dataclass
class Draft:
    """A workbook in the making; `sheets` are there from the start, so that formulas may point forward."""

    view: View
    report: Report
    words: Words
    live: Live
    sha256: str | None
    book: Book
    sheets: dict[str, Sheet] = field(default_factory=dict)
    places: ListPlaces = field(default_factory=ListPlaces)
    corrections: dict[str, str] = field(default_factory=dict)  # cells of the corrections' total, by part and "total"
    claimed: dict[str, str] = field(default_factory=dict)  # cells of the claimed total, likewise
    named: set[str] = field(default_factory=set)  # names that formulas may use

    def style(
        self,
        format: str = "General",  # noqa: A002  the file format's own word
        *,
        bold: bool = False,
        color: str = INK,
        size: int = 10,
        fill: str = "",
        edge: Edge = Edge.NONE,
        align: str = "left",
        indent: int = 0,
        wrap: bool = False,
    ) -> int:
        """Return the number of a style."""
        return self.book.style(Style(format, bold, color, size, fill, edge, align, indent, wrap))

    def styles(self, columns: Sequence[Column], role: Role = Role.LINE, place: int = 1) -> list[int]:
        """Return the styles of a row; a text beside figures keeps some distance."""
        return [
            self.column_style(column, None, role, place, indent=beside(columns, index))
            for index, column in enumerate(columns)
        ]

    def column_style(
        self,
        column: Column,
        cell: Value | Cell = None,
        role: Role = Role.LINE,
        place: int = 1,
        *,
        indent: int = 0,
    ) -> int:
        """Return the style of a cell in a table, by its column, its row's role and its place among the lines."""
        summed = role in {Role.TOTAL, Role.GRAND}
        edge = Edge.GRAND if summed else Edge.GROUP if place % 5 == 0 else Edge.HAIR
        return self.style(
            number_format(column, self.words, cell if isinstance(cell, Cell) else None),
            bold=summed or column.strong or role is Role.SUBTOTAL,
            fill=TINT if summed else "",
            edge=edge,
            align="right" if column.kind.right else "left",
            indent=indent,
            wrap=column.kind is Kind.TEXT,
        )

    def row(
        self, sheet: Sheet, table: Table, row: Row, place: int = 1, formulas: dict[str, CellValue] | None = None
    ) -> int:
        """Add a table's row to a sheet; `formulas` replace the values of the columns they name."""
        given = formulas or {}
        cells: list[tuple[CellValue, int]] = []
        for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            style = self.column_style(column, cell, row.role, place, indent=beside(table.columns, index))
            cells.append((given.get(column.key, plain(cell)), style))
        return sheet.row(cells, self.height(sheet, cells))

    @staticmethod
    def height(sheet: Sheet, cells: Sequence[tuple[CellValue, int]]) -> float:
        """Return the height that a row's texts need in their columns; 0 (Excel's own) when one line is enough."""
        lines = max(
            lines_of(value, width - _INDENT * sheet.book.look(style).indent)
            for (value, style), width in zip(cells, sheet.widths, strict=False)
            if isinstance(value, str)
        )
        return lines * LINE + 1 if lines > 1 else 0

    def heads(self, sheet: Sheet, columns: Sequence[Column], texts: Sequence[str]) -> int:
        """Add a row of column heads."""
        styles = [
            self.head_style(right=column.kind.right, indent=beside(columns, index))
            for index, column in enumerate(columns)
        ]
        lines = max(lines_of(text, width) for text, width in zip(texts, sheet.widths, strict=False))
        return sheet.row(zip(texts, styles, strict=True), lines * LINE + 5)

    def head_style(self, *, right: bool, indent: int = 0) -> int:
        """Return the style of a column's head."""
        align = "right" if right else "left"
        return self.style(bold=True, fill=TINT, edge=Edge.HEAD, wrap=True, align=align, indent=indent)

    def title(self, sheet: Sheet, text: str) -> int:
        """Add a sheet's title with the claim it belongs to."""
        about = f"{self.report.subject} · {self.report.period_text} · {self.report.version_text}"
        return sheet.row([(f"{text} – {about}{self.mark}", self.style(bold=True, size=12))], 21)

    def section(self, sheet: Sheet, text: str) -> int:
        """Add the title of a part of a sheet, with some air above."""
        sheet.gap(8)
        return sheet.row([(text, self.style(bold=True, size=12))], 20)

    def note(self, sheet: Sheet, text: str, columns: int, *, size: int = 9) -> int:
        """Add a note over some columns, as high as its text needs."""
        from ltu_desktop.documents.xlsx import column_letter

        lines = lines_of(text, sum(sheet.widths[:columns]))
        number = sheet.row([(text, self.style(color=GREY, size=size, wrap=True))], lines * LINE)
        sheet.merged.append(f"A{number}:{column_letter(columns - 1)}{number}")
        return number

    @cached_property
    def mark(self) -> str:
        """What a draft's titles say, "" for a sealed claim."""
        return "" if self.sha256 else " · " + self.words.term("paper", "DRAFT")

    def ref(self, sheet: str, cells: str) -> str:
        """Return a reference to cells of a sheet, by the sheet's key."""
        return f"{quoted_title(self.sheets[sheet].title)}!{cells}"

    def listed(self, key: str) -> str:
        """Return the list's people in one column, as formulas of other sheets see them."""
        letter = self.places.letters[key]
        return self.ref("list", f"${letter}${self.places.first}:${letter}${self.places.last}")

    def list_total(self, key: str) -> str:
        """Return the cell of the list's total in one column."""
        return self.ref("list", f"${self.places.letters[key]}${self.places.total}")

    def of_person(self, key: str, own: str, place: int) -> str:
        """Return the formula of a person's cell in the list: found by the staff number in `own`, or the cell itself.

        A search cannot tell apart numbers that differ in case only, stand twice, or hold a sign it takes for "any".
        """
        if self.ids_differ:
            return f"INDEX({self.listed(key)},MATCH({own},{self.listed('id')},0))"
        return self.ref("list", f"{self.places.letters[key]}{self.places.first + place}")

    @cached_property
    def ids_differ(self) -> bool:
        """Whether a search by staff number finds each line of the list."""
        ids = [entry.card.id for entry in self.view.entries]
        return distinct(ids) and not any(sign in person for person in ids for sign in "*?~") and all(ids)


def beside(columns: Sequence[Column], index: int) -> int:
    """Return the indent of a column: 1 for a text that follows figures."""
    return 1 if index and columns[index - 1].kind.right and not columns[index].kind.right else 0


def distinct(codes: Iterable[str]) -> bool:
    """Tell whether a spreadsheet tells some codes apart: it ignores case, and takes `01` and `1` for one number."""
    seen = [_as_compared(code) for code in codes]
    return len(seen) == len(set(seen))


def _as_compared(code: str) -> str:
    try:
        return f"{Decimal(code.strip()).normalize():f}"
    except ArithmeticError:
        return code.casefold()


def label_columns(columns: Iterable[Column]) -> list[str]:
    """Return the heads of some columns: short name and unit, the unit on its own line."""
    return ["\n".join(filter(None, (column.short or column.head, column.unit))) for column in columns]
