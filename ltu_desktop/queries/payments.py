"""Payments, what they settle, and what is still open: the bank's side of the claims."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import agreement, claim, claim_line, journal, journal_row, payment, payment_match, sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from sqlalchemy import ColumnElement, Connection

HOME_SCHEME = "fr-tzcld"
BUCKETS = ("0-30", "31-60", "61-90", "90+")
"""Ages of open claims in days since they were sent; one that was not sent has none."""


@dataclass(frozen=True)
class MatchRow:
    """Euros of one payment that settle one version of a claim; of a correction downwards, negative."""

    id: bytes
    payment_id: bytes
    claim_id: bytes
    month: Month
    number: int
    amount: Decimal
    received_on: date


@dataclass(frozen=True)
class PaymentRow:
    """Money that came in (or was taken back: negative) and what it settles. `source` is "" when entered by hand."""

    id: bytes
    version: int
    received_on: date
    amount: Decimal
    payer: str
    label: str
    bank_id: str
    account: str
    source: str
    line: int
    matched: Decimal = ZERO
    matches: tuple[MatchRow, ...] = ()

    @property
    def left(self) -> Decimal:
        """Euros that settle nothing yet."""
        return self.amount - self.matched


@dataclass(frozen=True)
class ClaimOpen:
    """One version of a claim against its payments. `sent_on` is None when it was not sent; `days` count from then."""

    id: bytes
    version: int
    scheme: str
    month: Month
    number: int
    state: str
    sealed_on: date
    sent_on: date | None
    expected: Decimal
    received: Decimal
    days: int | None = None

    @property
    def open(self) -> Decimal:
        """Euros still to come (negative: to be taken back); nothing of a claim that was noted as paid."""
        return ZERO if self.state == "paid" else self.unmatched

    @property
    def unmatched(self) -> Decimal:
        """Euros that no payment in the file accounts for, also of a claim that was noted as paid by hand."""
        return self.expected - self.received

    @property
    def bucket(self) -> str:
        """Its age, as one of `BUCKETS`; "" when it was not sent."""
        if self.days is None:
            return ""
        return BUCKETS[0 if self.days <= 30 else 1 if self.days <= 60 else 2 if self.days <= 90 else 3]


@dataclass(frozen=True)
class Flow:
    """Expected against received: for the claims of a month (or year), and the money that came in during it.

    `expected` is what these claims ask for, `received` what payments of whatever day settle of it, `paid_by_hand` what
    was noted as paid without a payment in the file, `cash` what came in between the period's first and last day.
    """

    period: Month | int
    expected: Decimal
    received: Decimal
    paid_by_hand: Decimal
    cash: Decimal

    @property
    def open(self) -> Decimal:
        """Euros of these claims still to come."""
        return self.expected - self.received - self.paid_by_hand


def payments(connection: Connection, *, unmatched_only: bool = False) -> list[PaymentRow]:
    """Return the payments with what they settle, the latest first; only those with something left when asked."""
    found = _payments(connection)
    return [row for row in found if row.left] if unmatched_only else found


def payment_by_id(connection: Connection, payment_id: bytes) -> PaymentRow | None:
    """Return one payment, or None."""
    rows = _payments(connection, payment.c.id == payment_id)
    return rows[0] if rows else None


def _payments(connection: Connection, condition: ColumnElement[bool] | None = None) -> list[PaymentRow]:
    p, m, c = payment.c, payment_match.c, claim.c
    query = (
        select(p.id, p.version, p.received_on, p.amount, p.payer, p.label, p.bank_id, p.account, p.source, p.line)
        .order_by(p.received_on.desc(), p.id.desc())
    )  # fmt: skip
    matched = (
        select(m.id, m.payment_id, m.claim_id, c.month, c.number, m.amount, p.received_on)
        .join(claim, c.id == m.claim_id)
        .join(payment, p.id == m.payment_id)
        .order_by(c.month, c.number)
    )
    if condition is not None:
        query, matched = query.where(condition), matched.where(condition)
    by_payment: dict[bytes, list[MatchRow]] = defaultdict(list)
    for row in connection.execute(matched):
        by_payment[row[1]].append(_match(row))
    found = []
    for key, version, day, cents, payer, label, bank_id, account, source, line in connection.execute(query):
        matches = tuple(by_payment.get(key, ()))
        total = sum((each.amount for each in matches), ZERO)
        amount = from_hundredths(cents)
        found.append(
            PaymentRow(
                key, version, day, amount, payer, label, bank_id, account, source, line, matched=total, matches=matches
            )
        )
    return found


def _match(row: Any) -> MatchRow:
    return MatchRow(row[0], row[1], row[2], Month.parse(row[3]), row[4], from_hundredths(row[5]), row[6])


def matches_of_claim(connection: Connection, claim_id: bytes) -> list[MatchRow]:
    """Return the payments that settle a version of a claim, oldest first."""
    p, m, c = payment.c, payment_match.c, claim.c
    query = (
        select(m.id, m.payment_id, m.claim_id, c.month, c.number, m.amount, p.received_on)
        .join(claim, c.id == m.claim_id)
        .join(payment, p.id == m.payment_id)
        .where(m.claim_id == claim_id)
        .order_by(p.received_on, p.id)
    )
    return [_match(row) for row in connection.execute(query)]


def claims_against_payments(
    connection: Connection, today: date, scheme: str | None = HOME_SCHEME, ids: Iterable[bytes] | None = None
) -> list[ClaimOpen]:
    """Return all versions of claims with what was received for them, the oldest month first; or only those named.

    `scheme` None means all schemes.
    """
    c = claim.c
    received = (
        select(payment_match.c.claim_id, func.sum(payment_match.c.amount).label("cents"))
        .group_by(payment_match.c.claim_id)
        .subquery()
    )
    query = (
        select(
            c.id,
            c.version,
            c.scheme,
            c.month,
            c.number,
            c.state,
            sealed.c.at,
            c.total,
            func.coalesce(received.c.cents, 0),
        )
        .join(sealed, sealed.c.claim_id == c.id)
        .outerjoin(received, received.c.claim_id == c.id)
        .order_by(c.month, c.number)
    )
    if scheme is not None:
        query = query.where(c.scheme == scheme)
    if ids is not None:
        query = query.where(c.id.in_(list(ids)))
    sent = sent_days(connection)
    found = []
    for key, version, scheme_, month, number, state, at, total, cents in connection.execute(query):
        sent_on = None if state == "sealed" else sent.get(key)
        found.append(
            ClaimOpen(
                id=key,
                version=version,
                scheme=scheme_,
                month=Month.parse(month),
                number=number,
                state=state,
                sealed_on=datetime.fromisoformat(at).date(),
                sent_on=sent_on,
                expected=from_hundredths(total),
                received=from_hundredths(cents),
                days=None if sent_on is None else max(0, (today - sent_on).days),
            )
        )
    return found


def sent_days(connection: Connection) -> dict[bytes, date]:
    """Return the day on which each claim was last sent: the journal knows it."""
    query = (
        select(claim.c.id, func.max(journal.c.at))
        .join(journal_row, journal_row.c.row_id == claim.c.id)
        .join(journal, journal.c.number == journal_row.c.number)
        .where(journal.c.action == "claims.send", journal.c.undoes.is_(None))
        .group_by(claim.c.id)
    )
    return {key: datetime.fromisoformat(at).date() for key, at in connection.execute(query)}


def received_days(connection: Connection) -> dict[bytes, date]:
    """Return the day on which the last money for each claim came in."""
    query = (
        select(payment_match.c.claim_id, func.max(payment.c.received_on))
        .join(payment, payment.c.id == payment_match.c.payment_id)
        .group_by(payment_match.c.claim_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def open_claims(connection: Connection, today: date, scheme: str = HOME_SCHEME) -> list[ClaimOpen]:
    """Return the claims that wait for money (or for money to be taken back), the oldest month first."""
    return [each for each in claims_against_payments(connection, today, scheme) if each.open]


def ageing(rows: Iterable[ClaimOpen]) -> dict[str, Decimal]:
    """Add open euros up by age; the key "" holds what was not sent yet."""
    found = dict.fromkeys((*BUCKETS, ""), ZERO)
    for row in rows:
        found[row.bucket] += row.open
    return found


def flows(connection: Connection, today: date, scheme: str = HOME_SCHEME) -> list[Flow]:
    """Return expected against received by month, the oldest first: months with a claim or with money."""
    claims: dict[Month, list[ClaimOpen]] = defaultdict(list)
    for row in claims_against_payments(connection, today, scheme):
        claims[row.month].append(row)
    cash: dict[Month, Decimal] = defaultdict(lambda: ZERO)
    for day, cents in connection.execute(
        select(payment.c.received_on, func.sum(payment.c.amount)).group_by(payment.c.received_on)
    ):
        cash[Month.of(day)] += from_hundredths(cents)
    return [
        Flow(
            period=month,
            expected=sum((row.expected for row in claims[month]), ZERO),
            received=sum((row.received for row in claims[month]), ZERO),
            paid_by_hand=sum((row.unmatched for row in claims[month] if row.state == "paid"), ZERO),
            cash=cash[month],
        )
        for month in sorted(claims.keys() | cash.keys())
    ]


def by_year(months: Iterable[Flow]) -> list[Flow]:
    """Add months up by year, the oldest first."""
    found: dict[int, Flow] = {}
    for each in months:
        year = each.period.year if isinstance(each.period, Month) else each.period
        before = found.get(year, Flow(year, ZERO, ZERO, ZERO, ZERO))
        found[year] = Flow(
            year,
            before.expected + each.expected,
            before.received + each.received,
            before.paid_by_hand + each.paid_by_hand,
            before.cash + each.cash,
        )
    return [found[year] for year in sorted(found)]


def candidates(connection: Connection, payment_id: bytes, today: date, scheme: str = HOME_SCHEME) -> list[ClaimOpen]:
    """Return the claims that a payment's rest may settle: an equal amount first, then the oldest.

    Claims noted as paid by hand are among them when they fit to the cent: the payment then documents them.
    """
    row = payment_by_id(connection, payment_id)
    if row is None or not row.left:
        return []
    found = [
        each
        for each in claims_against_payments(connection, today, scheme)
        if each.open or (each.unmatched and each.unmatched == row.left)
    ]
    return sorted(found, key=lambda each: (each.unmatched != row.left, each.state == "paid"))


def parts(connection: Connection, claim_ids: Iterable[bytes]) -> dict[bytes, dict[str, Decimal]]:
    """Return what each version asks for by part (State, Département)."""
    c = claim_line.c
    query = (
        select(c.claim_id, c.part, func.sum(c.amount))
        .where(c.claim_id.in_(list(claim_ids)))
        .group_by(c.claim_id, c.part)
    )
    found: dict[bytes, dict[str, Decimal]] = defaultdict(dict)
    for key, part, cents in connection.execute(query):
        found[key][part] = from_hundredths(cents)
    return dict(found)


def payers(connection: Connection) -> tuple[set[str], set[str]]:
    """Return who pays: the names of payers whose money settled a claim, and of the funds of the agreements."""
    known = select(payment.c.payer).join(payment_match, payment_match.c.payment_id == payment.c.id).distinct()
    funds = select(agreement.c.fund).distinct()
    return (
        {name for name in connection.execute(known).scalars() if name},
        {name for name in connection.execute(funds).scalars() if name},
    )
