"""What the page of payments asks of the file, on the worker: payments, claims, proposals; and what it does there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.payment_proposals import Proposal
    from ltu_desktop.queries.payments import ClaimOpen, Flow, PaymentRow
    from ltu_desktop.store.journal import Changed

SETTLED, PART, PROPOSED, OPEN = "settled", "part", "proposed", "open"


@dataclass(frozen=True)
class MonthLine:
    """Expected against received for a month; `days` is the age of its oldest open claim, None when none was sent."""

    flow: Flow
    days: int | None = None


@dataclass(frozen=True)
class Board:
    """All that the page shows, as one consistent reading."""

    payments: tuple[PaymentRow, ...]
    claims: tuple[ClaimOpen, ...]
    proposals: tuple[Proposal, ...]
    months: tuple[MonthLine, ...]
    ages: dict[str, Decimal]

    def proposal(self, payment: PaymentRow) -> Proposal | None:
        """Return what is proposed for a payment, or None."""
        return next((each for each in self.proposals if payment.id in {row.id for row in each.payments}), None)

    def claim(self, claim_id: bytes) -> ClaimOpen | None:
        """Return a claim by its key."""
        return next((each for each in self.claims if each.id == claim_id), None)

    def candidates(self, payment: PaymentRow) -> list[ClaimOpen]:
        """Return the claims that a payment's rest may settle: an equal amount first, then the oldest."""
        if not payment.left:
            return []
        found = [each for each in self.claims if each.open or (each.unmatched and each.unmatched == payment.left)]
        return sorted(found, key=lambda each: (each.unmatched != payment.left, each.state == "paid"))

    def state(self, payment: PaymentRow) -> str:
        """Tell how far a payment is matched."""
        if not payment.left:
            return SETTLED
        if payment.matched:
            return PART
        return PROPOSED if self.proposal(payment) is not None else OPEN


def load(ctx: Context) -> Board:
    """Read payments and claims, and work out what goes together."""
    from ltu_desktop.actions.payment_proposals import propose
    from ltu_desktop.queries import payments as queries

    today = ctx.clock.now().date()
    with ctx.store.read() as connection:
        payments = queries.payments(connection)
        claims = queries.claims_against_payments(connection, today)
        flows = queries.flows(connection, today)
    months = []
    for flow in reversed(flows):
        ages = [each.days for each in claims if each.month == flow.period and each.open and each.days is not None]
        months.append(MonthLine(flow, max(ages, default=None)))
    waiting = [each for each in claims if each.open]
    return Board(tuple(payments), tuple(claims), tuple(propose(ctx)), tuple(months), queries.ageing(waiting))


def share(payment: PaymentRow, claim: ClaimOpen) -> Decimal:
    """Return the euros of a payment that a claim may take."""
    if (payment.left < 0) != (claim.unmatched < 0):
        return claim.unmatched  # a correction downwards, kept back from the payment
    return min(payment.left, claim.unmatched, key=abs)


def accept(ctx: Context, proposals: Sequence[Proposal]) -> Changed:
    """Match as proposed."""
    from ltu_desktop.actions.payment_proposals import accept as accept_all

    return accept_all(ctx, proposals)


def match(ctx: Context, payment_id: bytes, shares: Sequence[tuple[bytes, Decimal]]) -> Changed:
    """Match a payment with claims, each with some euros."""
    from ltu_desktop.actions import payments

    return payments.match(ctx, payment_id, shares)


def unmatch(ctx: Context, payment_id: bytes, claim_id: bytes) -> Changed:
    """Take the match of a payment with one claim back."""
    from ltu_desktop.actions import payments

    return payments.unmatch(ctx, payment_id, claim_id)


def remove(ctx: Context, payment_id: bytes) -> Changed:
    """Remove a payment with its matches."""
    from ltu_desktop.actions import payments

    return payments.remove(ctx, payment_id)


def add(ctx: Context, *, received_on: date, amount: Decimal, payer: str, label: str) -> bytes:
    """Enter a payment by hand."""
    from ltu_desktop.actions import payments

    return payments.add(ctx, received_on=received_on, amount=amount, payer=payer, label=label)


def change(ctx: Context, payment: PaymentRow, values: Mapping[str, object]) -> Changed:
    """Change a payment as it was shown."""
    from ltu_desktop.actions import payments

    return payments.change(ctx, payment.id, values, expected_version=payment.version)
