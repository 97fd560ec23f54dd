"""What the seven sheets of a claim's workbook share: the book, the claim, styles, and where the list's cells stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ltu_desktop.documents.report import Cell, Column, Kind, Role, plain
from ltu_desktop.documents.tables import number_format
from ltu_desktop.documents.xlsx import GREY, INK, TINT, Book, Edge, Style, quoted_title

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        return self.book.style(
            Style(format, bold, color, size, fill, edge, align, indent, wrap, middle=wrap)  # wrapped texts stand midway
        )

    def column_style(self, column: Column, cell: Value | Cell = None, role: Role = Role.LINE, place: int = 1) -> int:
        """Return the style of a cell in a table, by its column, its row's role and its place among the lines."""
        summed = role in {Role.TOTAL, Role.GRAND}
        edge = Edge.GRAND if summed else Edge.GROUP if place % 5 == 0 else Edge.HAIR
        return self.style(
            number_format(column, self.words, cell if isinstance(cell, Cell) else None),
            bold=summed or column.strong or role is Role.SUBTOTAL,
            fill=TINT if summed else "",
            edge=edge,
            align="right" if column.kind.right else "left",
        )

    def row(
        self, sheet: Sheet, table: Table, row: Row, place: int = 1, formulas: dict[str, CellValue] | None = None
    ) -> int:
        """Add a table's row to a sheet; `formulas` replace the values of the columns they name."""
        given = formulas or {}
        return sheet.row(
            [
                (given.get(column.key, plain(cell)), self.column_style(column, cell, row.role, place))
                for column, cell in zip(table.columns, row.cells, strict=True)
            ]
        )

    def heads(self, sheet: Sheet, columns: Iterable[Column], texts: Iterable[str], height: float) -> int:
        """Add a row of column heads."""
        return sheet.row(
            [(text, self.head_style(right=column.kind.right)) for column, text in zip(columns, texts, strict=True)],
            height,
        )

    def head_style(self, *, right: bool) -> int:
        """Return the style of a column's head."""
        return self.style(bold=True, fill=TINT, edge=Edge.HEAD, wrap=True, align="right" if right else "left")

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

        width = sum(sheet.widths[:columns])
        number = sheet.row(
            [(text, self.style(color=GREY, size=size, wrap=True))], max(1, -(-len(text) // int(width * 1.05))) * LINE
        )
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


def money_column(column: Column) -> bool:
    """Tell whether a column holds an amount."""
    return column.kind is Kind.MONEY
