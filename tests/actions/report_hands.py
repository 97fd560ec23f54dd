"""Short ways to read a report: a table's rows, totals and pairs as plain values."""

from __future__ import annotations

from decimal import Decimal

from ltu_desktop.documents.report import Report, Row, Table, plain
from tests.report_world import FULL


def cells(table: Table, row: Row) -> dict[str, object]:
    return {column.key: plain(cell) for column, cell in zip(table.columns, row.cells, strict=True)}


def rows(report: Report, table: str) -> dict[str, dict[str, object]]:
    found = report.table(table)
    return {row.key: cells(found, row) for row in found.rows}


def total(report: Report, table: str) -> dict[str, object]:
    found = report.table(table)
    return cells(found, found.totals[0])


def pairs(report: Report, table: str) -> dict[str, object]:
    found = report.table(table)
    return {row.key: plain(row.cells[1]) for row in (*found.rows, *found.totals)}


def fte(hours: Decimal, months: int = 1) -> Decimal:
    return (hours / (FULL * months)).quantize(Decimal("0.0001"), "ROUND_HALF_UP")
