"""Bank files compared with the payments that are there: what is new comes in, what is known stays.

Of a statement only what may be about claims is taken unless the user says otherwise: bills, pay and other people's
money stay out of the file, and the statement itself is not kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions import imports
from ltu_desktop.actions.imports import Choices, ControlTotals, FieldChange, FileFacts, Outcome, PlanRow, RowState
from ltu_desktop.actions.payment_senders import Senders
from ltu_desktop.intake.findings import Finding
from ltu_desktop.queries import payments as queries
from ltu_desktop.queries.settings import setting_row
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.money import ZERO, to_hundredths
from ltu_desktop.rules.text import fold
from ltu_desktop.store.tables import payment, setting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.bank_records import BankFile, BankLine
    from ltu_desktop.intake.sheet_records import Mapping
    from ltu_desktop.queries.payments import PaymentRow
    from ltu_desktop.store.gate import Write

_COLUMNS = "columns.bank"
_REMEMBERED = 5  # banks whose columns are remembered


def plan_bank(ctx: Context, file: BankFile) -> imports.ImportPlan:
    """Compare a bank's file with the payments; `imports.apply` carries the plan out."""
    return imports.plan(ctx, BankSource(file))


def remembered_columns(ctx: Context) -> list[Mapping]:
    """Return the columns of the banks' tables imported so far, the latest first, for `read_bank`."""
    with ctx.store.read() as connection:
        return _remembered(connection)


def _remembered(connection: Connection) -> list[Mapping]:
    row = setting_row(connection, _COLUMNS)
    return json.loads(row.value) if row else []


@dataclass(frozen=True)
class BankSource:
    """A bank's file, ready to be compared."""

    file: BankFile
    kind: str = "bank"
    action: str = "imports.bank"

    def resolve(self, ctx: Context, connection: Connection, choices: Choices) -> Outcome:
        """Compare line by line; those left out or refused change nothing."""
        file = self.file
        known = _Known(queries.payments(connection))
        strict = [None if line.refused else known.take(line) for line in file.lines]
        alike = [
            None if line.refused or row is not None else known.take_alike(line)
            for line, row in zip(file.lines, strict, strict=True)
        ]
        senders = Senders(connection, ctx.clock.now().date())
        rows = tuple(
            _row(file, position, line, strict[position - 1], alike[position - 1], senders)
            for position, line in enumerate(file.lines, 1)
        )
        new = [
            line
            for line, row in zip(file.lines, rows, strict=True)
            if row.state is RowState.NEW and row.key not in choices.leave
        ]
        told = {id(problem) for line in file.lines for problem in line.problems}
        total = sum((line.amount for line in file.lines if line.amount is not None), ZERO)
        return Outcome(
            file=FileFacts(file.name, file.sha256, type=file.kind, lines=len(file.lines)),
            rows=rows,
            write=lambda tx: self._write(tx, new),
            totals=ControlTotals(file.totals.credits + file.totals.debits, total),
            problems=tuple(problem for problem in file.problems if id(problem) not in told),
            unknown_codes=dict.fromkeys(file.unknown_columns, len(file.lines)),
        )

    def _write(self, tx: Write, lines: Iterable[BankLine]) -> None:
        rows = [_columns(self.file, line) for line in lines]
        if not rows:
            return
        tx.insert_many(payment, rows)
        if self.file.mapping:
            self._remember(tx)

    def _remember(self, tx: Write) -> None:
        row = setting_row(tx.connection, _COLUMNS)
        others = [each for each in _remembered(tx.connection) if each != self.file.mapping]
        value = json.dumps([self.file.mapping, *others][:_REMEMBERED], ensure_ascii=False)
        if row is None:
            tx.insert(setting, {"key": _COLUMNS, "value": value})
        else:
            tx.update(setting, row.id, {"value": value})


def _columns(file: BankFile, line: BankLine) -> dict[str, Any]:
    assert line.amount is not None  # a refused line is not written
    return {
        "received_on": line.received_on,
        "amount": to_hundredths(line.amount),
        "payer": line.payer,
        "label": line.label,
        "bank_id": line.bank_id,
        "account": line.account,
        "source": file.name,
        "line": line.line,
    }


def _row(
    file: BankFile, position: int, line: BankLine, known: PaymentRow | None, alike: PaymentRow | None, senders: Senders
) -> PlanRow:
    key, where = f"line{position}", f"{file.name}:{line.line}"
    name = line.payer or line.label
    problem = max(line.problems, key=lambda each: each.severity is Severity.BLOCKER, default=None)
    if line.refused or line.amount is None or line.received_on is None:
        euros = () if line.amount is None else (FieldChange("amount", None, line.amount),)  # they are in the sum
        return PlanRow(key, "", name, RowState.REFUSED, euros, problem, where)
    changes = (
        FieldChange("received_on", None, line.received_on),
        FieldChange("amount", None, line.amount),
        FieldChange("label", None, line.label),
    )
    if known is not None:
        return PlanRow(key, "", name, RowState.UNCHANGED, problem=problem, where=where)
    aside = False
    if alike is not None:
        aside, problem = True, Finding("perhaps_known", line=line.line)
    elif not senders.wanted(line.amount, line.payer, line.label):
        aside, problem = True, Finding("not_the_fund", Severity.INFO, line=line.line)
    return PlanRow(key, "", name, RowState.NEW, changes, problem, where, aside=aside)


@dataclass
class _Known:
    """The payments that are there; each answers for one line only, so that two equal lines stay two."""

    rows: list[PaymentRow]
    _by_number: dict[tuple[Any, ...], list[PaymentRow]] = field(default_factory=lambda: defaultdict(list))
    _by_words: dict[tuple[Any, ...], list[PaymentRow]] = field(default_factory=lambda: defaultdict(list))
    _by_amount: dict[tuple[date, Decimal], list[PaymentRow]] = field(default_factory=lambda: defaultdict(list))
    _taken: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        for row in reversed(self.rows):
            day, amount = row.received_on, row.amount
            self._by_number[row.bank_id, day, amount].append(row)
            self._by_words[fold(row.label), day, amount].append(row)
            self._by_amount[day, amount].append(row)

    def take(self, line: BankLine) -> PaymentRow | None:
        """Find the payment that is this line: by the bank's number, else by day, amount and words."""
        assert line.received_on is not None
        assert line.amount is not None
        if line.bank_id:
            rows = self._by_number[line.bank_id, line.received_on, line.amount]
            return self._first(
                row for row in rows if not (row.account and line.account and row.account != line.account)
            )
        rows = self._by_words[fold(line.label), line.received_on, line.amount]
        return self._first(row for row in rows if not row.bank_id and row.source)

    def take_alike(self, line: BankLine) -> PaymentRow | None:
        """Find one that may be this line: entered by hand, or from a file of another kind."""
        assert line.received_on is not None
        assert line.amount is not None
        rows = self._by_amount[line.received_on, line.amount]
        return self._first(row for row in rows if not row.source or bool(row.bank_id) != bool(line.bank_id))

    def _first(self, rows: Iterable[PaymentRow]) -> PaymentRow | None:
        found = next((row for row in rows if row.id not in self._taken), None)
        if found is not None:
            self._taken.add(found.id)
        return found
