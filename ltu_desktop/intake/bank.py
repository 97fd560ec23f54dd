"""Read a bank's file: a statement as CAMT.053 or OFX (1 or 2), or a table (CSV, Excel, LibreOffice)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ltu_desktop.intake.bank_camt import read_camt
from ltu_desktop.intake.bank_ofx import is_ofx, read_ofx
from ltu_desktop.intake.bank_records import BankFile, BankTotals, Statement
from ltu_desktop.intake.bank_table import read_bank_table
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.foreign import SENTENCES, what_is
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ltu_desktop.intake.sheet_records import Mapping

_TABLES = {"text", "utf16", "xlsx", "ods"}


def read_bank(data: bytes, name: str, mapping: Mapping | None = None, remembered: Iterable[Mapping] = ()) -> BankFile:
    """Read a bank's file; raise `UserError` with the place for one that is cut off, broken, or none.

    `mapping` (our field → head) is followed to the letter for a table; else a `remembered` one that fits, then the
    heads' names.
    """
    if is_ofx(data):
        return _file("ofx", data, name, read_ofx(data, name))
    kind = what_is(data)
    if kind == "xml":
        return _file("camt053", data, name, read_camt(data, name))
    if kind not in _TABLES:
        raise UserError(
            "not_bank", SENTENCES[kind], N_("Ask the bank’s site for a CAMT.053, OFX or CSV file."), where=name
        )
    table = read_bank_table(data, name, mapping, remembered)
    return _file(table.kind, data, name, [table.statement], table.mapping, table.unknown_columns)


def _file(
    kind: str,
    data: bytes,
    name: str,
    statements: Sequence[Statement],
    mapping: Mapping | None = None,
    unknown_columns: tuple[str, ...] = (),
) -> BankFile:
    lines = tuple(line for each in statements for line in each.lines)
    problems = [problem for each in statements for problem in (*each.problems, *_balance(each))]
    amounts = [line.amount for line in lines if line.amount is not None]
    return BankFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        kind=kind,
        account=", ".join(dict.fromkeys(each.account for each in statements if each.account)),
        lines=lines,
        problems=(*problems, *(problem for line in lines for problem in line.problems)),
        totals=BankTotals(
            credits=sum((amount for amount in amounts if amount > 0), ZERO),
            debits=sum((amount for amount in amounts if amount < 0), ZERO),
            lines=len(lines),
            statements=len(statements),
        ),
        mapping=mapping or {},
        unknown_columns=unknown_columns,
    )


def _balance(statement: Statement) -> list[Finding]:
    """Tell a statement whose balances and movements do not agree: lines may be missing from the file."""
    if statement.opening is None or statement.closing is None:
        return []
    moved = sum((line.amount for line in statement.lines if line.amount is not None), ZERO)
    difference = statement.closing - statement.opening - moved
    if not difference:
        return []
    return [Finding("balance_differs", line=statement.line, params={"difference": difference})]
