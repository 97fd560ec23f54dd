"""CSV files that the user's Excel opens right, and in which no text can become a formula.

French: `;`, decimal comma, dates dd/mm/yyyy. English: `,`, decimal dot, dates yyyy-mm-dd (read alike everywhere). Both:
UTF-8 with its mark, CRLF, no thousands separator, ASCII minus: a column of figures stays a column of figures.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents.report import Cell, Column, Kind, plain
from ltu_desktop.rules.dossier import seal_code, short_print

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ltu_desktop.documents.report import Table, Value
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.words import Words

_BOM = "\ufeff"
_RISKY = ("=", "+", "-", "@")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def claim_csv(dossier: Dossier, words: Words, *, sha256: str | None) -> bytes:
    """Write a claim's nominal list with its totals (of a corrective version: the differences), then what it belongs to.

    `sha256` is that of the sealed data; None makes a draft that says so and carries no seal.
    """
    from ltu_desktop.documents import claim_report

    report = claim_report.build(dossier, words)
    table = report.table("difference" if report.corrective else "list")
    rows = [*table_rows(table, words), []]
    belongs = [[report.title, report.subtitle], [report.period_text, report.version_text], [report.owner]]
    belongs += [[report.owner_line], *([warning] for warning in report.warnings)]
    rows += [[safe_text(text) for text in row] for row in belongs]
    if sha256 is None:
        rows.append([words.text("Draft, not sealed")])
    else:
        rows.append([words.text("Fingerprint of the sealed claim"), short_print(sha256), report.sealed_line])
        rows.append([words.text("Seal"), seal_code(dossier.head.period, dossier.head.version, sha256)])
    return csv_bytes(rows, words)


def to_csv(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value | Cell]],
    words: Words,
    *,
    totals: Iterable[Sequence[Value | Cell]] = (),
) -> bytes:
    """Write any list: the columns' long heads with their units, the rows, the totals."""
    lines = [[safe_text(head_of(column)) for column in columns]]
    lines += [[field_of(cell, column, words) for cell, column in zip(row, columns, strict=True)] for row in rows]
    lines += [[field_of(cell, column, words) for cell, column in zip(row, columns, strict=True)] for row in totals]
    return csv_bytes(lines, words)


def table_rows(table: Table, words: Words) -> list[list[str]]:
    """Write a table as fields: heads, rows, totals; an empty one says so in words."""
    rows = [[safe_text(head_of(column)) for column in table.columns]]
    rows += [
        [field_of(cell, column, words) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in (*table.rows, *table.totals)
    ]
    if not table.rows and table.empty:
        rows.append([table.empty])
    return rows


def csv_bytes(rows: Iterable[Sequence[str]], words: Words) -> bytes:
    """Join fields that are already safe texts into a file."""
    separator = ";" if words.language == "fr" else ","
    body = "".join(separator.join(_quoted(field, separator) for field in row) + "\r\n" for row in rows)
    return (_BOM + body).encode()


def field_of(cell: Value | Cell, column: Column, words: Words) -> str:
    """Write a cell as a field: figures bare, texts so that they stay texts."""
    kind = cell.kind if isinstance(cell, Cell) else column.kind
    value = plain(cell)
    if value is None:
        return ""
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return words.day(day) if words.language == "fr" else day.isoformat()
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, Decimal):
        body = f"{value * 100:.{column.decimals}f}%" if kind is Kind.PERCENT else f"{value:f}"
        return body.replace(".", ",") if words.language == "fr" else body
    return str(value)


def head_of(column: Column) -> str:
    """Return a column's head, with the head above it where columns are grouped."""
    return f"{column.group} – {column.label}" if column.group else column.label


def safe_text(text: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula: an apostrophe goes before a risky start."""
    risky = text.startswith(("\t", "\r", "\n"))  # some programs drop these and look at what follows
    line = _BREAKS.sub(" ", text)
    start = unicodedata.normalize("NFKC", line.lstrip()[:1])  # full-width signs too: some programs fold them
    return f"'{line}" if risky or start.startswith(_RISKY) else line


def _quoted(field: str, separator: str) -> str:
    if separator in field or '"' in field or field != field.strip():
        return '"' + field.replace('"', '""') + '"'
    return field
