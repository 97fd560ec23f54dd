"""One list written as CSV, Excel and LibreOffice, for tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

Value = str | Decimal | date | None
Rows = Sequence[Sequence[Value]]


def as_csv(rows: Rows, delimiter: str = ";", encoding: str = "utf-8-sig", comma: str = ",") -> bytes:
    """Write a list as French Excel does: `;`, decimal comma, dates as 16/10/2026."""
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows([_text(value, comma) for value in row] for row in rows)
    return target.getvalue().encode(encoding)


def _text(value: Value, comma: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", comma)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value or ""


def as_xlsx(rows: Rows, title: str = "Feuil1", more: dict[str, Rows] | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, lines in {title: rows, **(more or {})}.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append([float(value) if isinstance(value, Decimal) else value for value in line])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_ods(rows: Rows, title: str = "Feuille1") -> bytes:
    """Write a list as LibreOffice does, with the empty rows and columns it fills the sheet with."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}{_EMPTY}</table:table-row>" for row in rows)
    rest = f'<table:table-row table:number-rows-repeated="1048000">{_EMPTY}</table:table-row>'
    return ods(f"{lines}{rest}", title)


_EMPTY = '<table:table-cell table:number-columns-repeated="1000"/>'


def _ods_cell(value: Value) -> str:
    if isinstance(value, Decimal):
        return f'<table:table-cell office:value-type="float" office:value="{float(value)!r}"/>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if value is None:
        return "<table:table-cell/>"
    text = "".join(_ODS_LETTERS.get(letter, escape(letter)) for letter in value)
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


_ODS_LETTERS = {" ": "<text:s/>", "\t": "<text:tab/>", "\n": "<text:line-break/>"}


def ods(table: str, title: str = "F", manifest: str = "<manifest/>") -> bytes:
    """Pack the rows of a table, written as XML, into a spreadsheet."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="{title}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return ods_of(content, manifest)


def ods_of(content: str, manifest: str = "<manifest/>") -> bytes:
    """Pack a spreadsheet's whole content."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return target.getvalue()
