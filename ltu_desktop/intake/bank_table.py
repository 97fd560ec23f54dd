"""Read a bank's table of movements: date, words, and an amount or a debit and a credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.intake.bank_records import MOST, BankLine, Statement
from ltu_desktop.intake.cells import Cells, is_repeated_head, is_total
from ltu_desktop.intake.columns import match, need
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.sheet_records import Mapping
from ltu_desktop.intake.tables import read_table
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from ltu_desktop.intake.sheet_records import Row

FIELDS = (
    *("bank.date", "bank.value_date", "bank.label", "bank.more", "bank.payer"),
    *("bank.debit", "bank.credit", "bank.amount", "bank.direction", "bank.currency", "bank.id"),
)
"""The fields that a bank's table may have."""

_BALANCE = (
    *("solde au", "solde crediteur", "solde debiteur", "solde initial", "solde final", "solde precedent"),
    *("solde du compte", "solde comptable", "solde en valeur", "ancien solde", "nouveau solde", "report de solde"),
    *("opening balance", "closing balance", "balance brought forward", "balance carried forward"),
)
"""How the words of a balance begin; a final payment ("solde de la subvention") is none."""


class BankTable(msgspec.Struct, frozen=True):
    """A table as read: its movements, and which column was taken for which field."""

    kind: str
    statement: Statement
    mapping: Mapping
    unknown_columns: tuple[str, ...]


def read_bank_table(data: bytes, name: str, mapping: Mapping | None, remembered: Iterable[Mapping]) -> BankTable:
    """Read a table of movements; raise `UserError` when it has no date or no amount. Rows without them are refused."""
    sheet = read_table(data, name)
    matched = match(sheet, FIELDS, mapping, remembered)
    need(
        sheet,
        matched,
        ("bank.date", "bank.value_date"),
        N_("The list has no column for the date. Columns found: {heads}."),
    )
    need(
        sheet,
        matched,
        ("bank.amount", "bank.debit", "bank.credit"),
        N_("The list has no column for the amount. Columns found: {heads}."),
    )
    lines: list[BankLine] = []
    problems = list(sheet.problems)
    for row in sheet.rows:
        if is_repeated_head(row, sheet.heads):
            continue
        cells = Cells(row, matched)
        if _is_balance(row, cells):
            problems.append(Finding("balance_row", Severity.INFO, line=row.number))
        else:
            lines.append(_line(row.number, cells))
    return BankTable(sheet.kind, Statement(tuple(lines), problems=tuple(problems)), matched.mapping, matched.unknown)


def _is_balance(row: Row, cells: Cells) -> bool:
    """Whether a row says a balance or a total, and no movement."""
    words = fold(cells.written("bank.label"))
    if f"{words} ".startswith(tuple(f"{each} " for each in _BALANCE)):
        return True
    return not cells.written("bank.date") and (is_total(row) or words in {"solde", "balance", "report"})


def _line(number: int, cells: Cells) -> BankLine:
    day = cells.day("bank.date") or cells.day("bank.value_date")
    if day is None:
        cells.find("day_missing", "bank.date", Severity.BLOCKER)
    amount = _amount(cells)
    currency = cells.written("bank.currency").upper()
    if currency not in {"", "EUR", "€", "EURO", "EUROS"}:
        cells.find("not_euros", "bank.currency", Severity.BLOCKER, currency=currency)
    said = [cells.written("bank.label"), cells.written("bank.more")]
    return BankLine(
        line=number,
        received_on=day,
        amount=amount,
        payer=cells.written("bank.payer"),
        label=" / ".join(dict.fromkeys(text for text in said if text)),
        bank_id=cells.written("bank.id"),
        problems=tuple(cells.problems),
    )


def _amount(cells: Cells) -> Decimal | None:
    """Return what came in, or went out as a negative amount; banks write debits with and without a minus."""
    debit, credit = cells.number("bank.debit", MOST, -MOST), cells.number("bank.credit", MOST, -MOST)
    if debit and credit:
        cells.find("debit_and_credit", "bank.debit", Severity.BLOCKER)
        return None
    amount = cells.number("bank.amount", MOST, -MOST)
    found = -abs(debit) if debit else credit or amount
    if amount and found == amount and fold(cells.written("bank.direction"))[:1] == "d":
        found = -abs(amount)
    if not found:
        cells.find("amount_missing", "bank.amount", Severity.BLOCKER)
        return None
    return found
