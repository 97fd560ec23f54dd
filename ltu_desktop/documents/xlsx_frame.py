"""openpyxl's part of a workbook: everything but the rows. Imported at first use only: openpyxl is slow to load."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from ltu_desktop.documents.xlsx import HAIR, INK, RULE, Edge, Style, column_letter

if TYPE_CHECKING:
    from ltu_desktop.documents.xlsx import Properties, Sheet

_MM = 1 / 25.4  # inches
_OWN_MARGIN = 0.71  # characters that Excel adds to each column
Texts = tuple[str, str, str]


class Frame:
    """A workbook without rows: styles by number, names, and each sheet's set-up."""

    def __init__(self) -> None:
        self._book: Any = Workbook()
        self._book._named_styles["Normal"].font = Font(name="Calibri", size=10)  # noqa: SLF001  no public way
        self._numbers: dict[tuple[str, object], int] = {}

    def name(self, name: str, ref: str) -> None:
        """Define a name for a cell."""
        self._book.defined_names[name] = DefinedName(name, attr_text=ref)

    def register(self, style: Style) -> int:
        """Add a style and return its number."""
        cell: Any = Cell(self._book.active, row=1, column=1)  # a new one each time: its style is kept by reference
        cell.number_format = style.format
        cell.quotePrefix = style.quoted
        numbers = cell._style  # noqa: SLF001  its setters hash each font, fill and border anew, at ten times the cost
        numbers.fontId = self._part("_fonts", (style.bold, style.color, style.size), lambda: _font(style))
        if style.fill:
            numbers.fillId = self._part("_fills", style.fill, lambda: PatternFill("solid", fgColor=style.fill))
        if style.edge:
            numbers.borderId = self._part("_borders", style.edge, lambda: _border(style.edge))
        align = (style.align, style.indent, style.wrap)
        numbers.alignmentId = self._part("_alignments", align, lambda: _alignment(style))
        return int(cell.style_id)

    def _part(self, collection: str, key: object, make: Callable[[], object]) -> int:
        """Return the number of a font, fill, border or alignment in openpyxl's collection, added at its first use."""
        known = (collection, key)
        if known not in self._numbers:
            self._numbers[known] = int(getattr(self._book, collection).add(make()))
        return self._numbers[known]

    def parts(self, sheets: Sequence[Sheet], header: Texts, footer: Texts, properties: Properties) -> dict[str, bytes]:
        """Return the file's parts by name, every sheet without rows, every date the properties' own."""
        book = self._book
        book.remove(book.active)
        for sheet in sheets:
            _set_up(book.create_sheet(sheet.title), sheet, header, footer)
        book.active = 0
        about = book.properties
        about.title, about.creator, about.subject = properties.title, properties.author, properties.subject
        about.lastModifiedBy, about.language = properties.author, properties.language
        about.created = about.modified = properties.at.replace(tzinfo=None)
        for name, value in properties.custom.items():
            book.custom_doc_props.append(StringProperty(name=name, value=value))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            _InMemory(book, archive).write_data()
        with zipfile.ZipFile(target) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


class _InMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """openpyxl's writer, but each sheet goes straight into the archive instead of through a temporary file."""

    def write_worksheet(self, ws: Any) -> None:
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001  as openpyxl's own method does
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def _font(style: Style) -> Font:
    return Font(name="Calibri", size=style.size, bold=style.bold, color=style.color)


def _border(edge: Edge) -> Border:
    strong = Side("medium", color=INK)
    top, bottom = {
        Edge.HAIR: (None, Side("hair", color=HAIR)),
        Edge.GROUP: (None, Side("thin", color=RULE)),
        Edge.HEAD: (None, strong),
        Edge.GRAND: (strong, strong),
    }[edge]
    return Border(top=top, bottom=bottom)


def _alignment(style: Style) -> Alignment:
    # an indent counts only beside an explicit alignment
    across = style.align or ("left" if style.indent else None)
    return Alignment(horizontal=across, vertical="center", indent=style.indent, wrap_text=style.wrap or None)


def _set_up(target: Any, sheet: Sheet, header: Texts, footer: Texts) -> None:
    for place, width in enumerate(sheet.widths):
        target.column_dimensions[column_letter(place)].width = width + _OWN_MARGIN
    target.sheet_view.showGridLines = False
    target.freeze_panes = sheet.freeze or None
    target.auto_filter.ref = sheet.filter or None
    target.print_title_rows = sheet.repeat_rows or None
    for cells in sheet.merged:
        target.merged_cells.add(cells)
    for rule in sheet.rules:
        fill = PatternFill(bgColor=rule.fill, fill_type="solid")
        look = FormulaRule(formula=[rule.formula], font=Font(bold=True, color=rule.color), fill=fill)
        target.conditional_formatting.add(rule.cells, look)
    target.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    target.page_setup.paperSize = 9  # A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    margins = target.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 12 * _MM, 12 * _MM, 20 * _MM, 17 * _MM
    margins.header, margins.footer = 10 * _MM, 8 * _MM
    for place, texts in ((target.oddHeader, header), (target.oddFooter, footer)):
        place.left.text, place.center.text, place.right.text = (text or None for text in texts)
