"""Records of bank files: what `read_bank` gives, whatever the format."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.sheet_records import Mapping
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.money import ZERO

MOST = Decimal("99999999.99")
"""The greatest amount of one line, in euros: more is a misreading."""


class BankLine(msgspec.Struct, frozen=True):
    """One movement of an account: euros in are positive, euros out negative; `payer` is the other side.

    `line` is the line of the file (the row of a sheet). `bank_id` is the bank's own number of the movement, unique
    within an account at best; "" when the file has none. A refused line must not be imported.
    """

    line: int
    received_on: date | None
    amount: Decimal | None
    payer: str = ""
    label: str = ""
    bank_id: str = ""
    account: str = ""
    problems: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a blocker forbids to import the line."""
        return any(problem.severity is Severity.BLOCKER for problem in self.problems)


class Statement(msgspec.Struct, frozen=True):
    """One account over some days, as the file gives it; balances are None where the file has none."""

    lines: tuple[BankLine, ...]
    account: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    line: int = 0
    problems: tuple[Finding, ...] = ()


class BankTotals(msgspec.Struct, frozen=True):
    """What a file comes to: money in, money out (negative), how many movements and statements."""

    credits: Decimal = ZERO
    debits: Decimal = ZERO
    lines: int = 0
    statements: int = 1


class BankFile(msgspec.Struct, frozen=True):
    """A bank file as read. `kind` is camt053, ofx, csv, xlsx or ods; `account` holds all accounts, comma between.

    `mapping` and `unknown_columns` are those of a table, empty otherwise; `problems` are those of the file and of all
    lines.
    """

    name: str
    sha256: str
    kind: str
    account: str
    lines: tuple[BankLine, ...]
    problems: tuple[Finding, ...]
    totals: BankTotals
    mapping: Mapping = {}
    unknown_columns: tuple[str, ...] = ()
