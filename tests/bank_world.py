"""A file with claims of chosen totals, for tests of payments: who asks for what, and what the bank says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ltu_desktop.actions import claims, imports, payments
from ltu_desktop.actions.bank_import import plan_bank
from ltu_desktop.intake.bank_records import BankFile, BankLine, BankTotals
from ltu_desktop.queries import payments as queries
from ltu_desktop.rules.money import to_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import FixedClock, World

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.queries.payments import ClaimOpen, PaymentRow

AUGUST, SEPTEMBER, OCTOBER = Month(2026, 8), Month(2026, 9), Month(2026, 10)
TODAY = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def euros(text: str) -> Decimal:
    return Decimal(text)


@dataclass
class Bank:
    """An open file, its claims by month and version, and short ways to pay them."""

    path: Path
    language: str = "en"
    claims: dict[tuple[Month, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = FixedClock(TODAY)
        self.world = World(self.path, self.clock, self.language)
        self.store, self.ctx = self.world.store, self.world.ctx

    def close(self) -> None:
        self.store.close()

    def claim(
        self,
        month: Month,
        total: str,
        *,
        number: int = 1,
        state: str = "sent",
        parts: dict[str, str] | None = None,
        sealed_on: date | None = None,
        scheme: str = "fr-tzcld",
    ) -> bytes:
        """Put a claim in; one that is to be sent goes through the action, so that the journal knows the day."""
        sealed_on = sealed_on or month.plus(1).first + timedelta(days=10)
        values = {"scheme": scheme, "month": str(month), "number": number, "total": to_hundredths(euros(total))}
        key = self.world.insert(t.claim, state="sealed", **values)
        at = datetime(sealed_on.year, sealed_on.month, sealed_on.day, 10, 0, tzinfo=UTC).isoformat()
        self.world.insert(t.sealed, claim_id=key, at=at, sha256=key.hex() * 2, dossier=b"{}")
        for part, amount in (parts or {}).items():
            cents = to_hundredths(euros(amount))
            self.world.insert(t.claim_line, claim_id=key, month=str(month), part=part, amount=cents)
        if state != "sealed":
            now = self.clock.moment
            self.clock.moment = datetime(sealed_on.year, sealed_on.month, sealed_on.day, 11, 0, tzinfo=UTC)
            claims.send(self.ctx, key)
            if state == "paid":
                claims.mark_paid(self.ctx, key)
            elif state == "returned":
                claims.return_(self.ctx, key, "IBAN")
            self.clock.moment = now
        self.claims[month, number] = key
        return key

    def pay(self, amount: str, day: str = "2026-11-25", payer: str = "FONDS ETCLD", label: str = "") -> bytes:
        return payments.add(
            self.ctx, received_on=date.fromisoformat(day), amount=euros(amount), payer=payer, label=label
        )

    def bring(self, *lines: BankLine, name: str = "releve.xml", **choices: Any) -> imports.ImportPlan:
        plan = self.plan(*lines, name=name)
        imports.apply(self.ctx, plan, **choices)
        return plan

    def plan(
        self, *lines: BankLine, name: str = "releve.xml", mapping: dict[str, str] | None = None
    ) -> imports.ImportPlan:
        return plan_bank(self.ctx, file(*lines, name=name, mapping=mapping))

    def payment(self, key: bytes) -> PaymentRow:
        with self.store.read() as connection:
            row = queries.payment_by_id(connection, key)
        assert row is not None
        return row

    def payments(self) -> list[PaymentRow]:
        with self.store.read() as connection:
            return queries.payments(connection)

    def asked(self, month: Month, number: int = 1) -> ClaimOpen:
        with self.store.read() as connection:
            [row] = queries.claims_against_payments(
                connection, self.clock.now().date(), scheme=None, ids=[self.claims[month, number]]
            )
        return row

    def state(self, month: Month, number: int = 1) -> str:
        return self.asked(month, number).state

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return what payments touch, without versions."""
        with self.store.read() as connection:
            return {
                table.name: sorted(
                    (
                        {column: value for column, value in row.items() if column != "version"}
                        for row in connection.execute(select(table)).mappings()
                    ),
                    key=repr,
                )
                for table in (t.claim, t.payment, t.payment_match, t.setting)
            }


def file(*lines: BankLine, name: str = "releve.xml", mapping: dict[str, str] | None = None) -> BankFile:
    amounts = [line.amount for line in lines if line.amount is not None]
    totals = BankTotals(
        sum((each for each in amounts if each > 0), Decimal(0)),
        sum((each for each in amounts if each < 0), Decimal(0)),
        len(lines),
    )
    problems = tuple(problem for line in lines for problem in line.problems)
    return BankFile(name, "ab" * 32, "camt053", "FR76", lines, problems, totals, mapping or {})


def line(
    amount: str,
    day: str = "2026-11-25",
    *,
    payer: str = "FONDS ETCLD",
    label: str = "CDE",
    number: str = "",
    at: int = 1,
) -> BankLine:
    return BankLine(at, date.fromisoformat(day), euros(amount), payer, label, number, "FR76" if number else "")
