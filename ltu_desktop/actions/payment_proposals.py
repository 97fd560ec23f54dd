"""Which payment settles which claims: proposals with a reason and a confidence, nothing is written.

From the surest to the least sure: one payment for one claim to the cent, one for several, several for one, the part of
the State or of the Department, and, from the Fund only, less or more than a claim. What a surer proposal has used is
not proposed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from ltu_desktop.actions.payment_senders import Senders
from ltu_desktop.actions.payments import Link, match_all
from ltu_desktop.intake.mentions import months_in
from ltu_desktop.queries import payments as queries
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import from_hundredths, to_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.payments import ClaimOpen, PaymentRow
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed
    from ltu_desktop.words import Words

SURE = 80
"""The confidence from which a proposal may be accepted together with others, unread."""

_MOST_TOGETHER = 4  # claims or payments that make one amount, when they are not neighbours
_LOOK_AMONG = 16  # so many of the oldest: beyond, sums agree by chance
_LONGEST_RUN = 24  # months in a row that one payment may settle
_SPLIT_WITHIN = timedelta(days=60)


class Kind(StrEnum):
    """How payments and claims go together."""

    EXACT = "exact"
    JOINED = "joined"
    SPLIT = "split"
    PART = "part"
    PARTIAL = "partial"
    SURPLUS = "surplus"


REASONS: dict[str, str] = {
    "exact": N_("The amount is that of the claim for {of_claims}."),
    "exact_named": N_("The amount is that of the claim for {of_claims}, and the bank’s description mentions it."),
    "exact_several": N_("The amount is that of the claim for {of_claims}, but of others too."),
    "joined": N_("The claims for {of_claims} together make the amount."),
    "compensated": N_("The claims for {of_claims}, corrections taken off, make the amount."),
    "split": N_("{count} payments together make the claim for {of_claims}."),
    "part": N_("The amount is the {part} of the claim for {of_claims}."),
    "partial": N_("Less than the claim for {of_claims}: {left} stay open."),
    "surplus": N_("More than the claim for {of_claims}: {left} of the payment stay."),
}
"""Why a proposal is made, by its reason."""


@dataclass(frozen=True)
class Proposal:
    """Matches that go together; `confidence` goes from 0 to 100, `reason` is a key of `REASONS`.

    `left` are euros that stay open: of the claim when it is less, of the payment when it is more.
    """

    kind: Kind
    reason: str
    confidence: int
    links: tuple[Link, ...]
    payments: tuple[PaymentRow, ...]
    claims: tuple[ClaimOpen, ...]
    part: str = ""
    left: int = 0

    @property
    def sure(self) -> bool:
        """Whether it may be accepted together with others, unread."""
        return self.confidence >= SURE


def reason_text(words: Words, proposal: Proposal) -> str:
    """Say why a proposal is made."""
    return words.text(REASONS[proposal.reason]).format(
        of_claims=", ".join(_versioned(words, words.of_month(claim.month), claim) for claim in proposal.claims),
        count=words.integer(len(proposal.payments)),
        part=words.part(proposal.part),
        left=words.money(from_hundredths(proposal.left)),
    )


def claim_name(words: Words, claim: ClaimOpen) -> str:
    """Name a version of a claim: its month, and its number unless it is the first."""
    return _versioned(words, words.month(claim.month), claim)


def _versioned(words: Words, month: str, claim: ClaimOpen) -> str:
    return month if claim.number == 1 else words.text("{month} (version {version})", month=month, version=claim.number)


def accept(ctx: Context, proposals: Iterable[Proposal]) -> Changed:
    """Match as proposed, in one step; raises UserError when the file has changed so that it does not hold."""
    return match_all(ctx, [link for proposal in proposals for link in proposal.links])


def propose(ctx: Context, scheme: str = queries.HOME_SCHEME) -> list[Proposal]:
    """Propose matches for the payments that have something left, the surest first, then the oldest."""
    with ctx.store.read() as connection:
        work = _Work(ctx, connection, scheme)
    for step in (work.exact, work.joined, work.split, work.parts, work.from_the_fund):
        step()
    return sorted(work.found, key=lambda each: (-each.confidence, each.payments[0].received_on, each.payments[0].id))


class _Work:
    """What is left of payments and claims while proposals are found, in cents."""

    def __init__(self, ctx: Context, connection: Connection, scheme: str) -> None:
        today = ctx.clock.now().date()
        payments = queries.payments(connection, unmatched_only=True)
        claims = queries.claims_against_payments(connection, today, scheme)
        self.claims = [claim for claim in claims if claim.unmatched]
        self.payments = sorted(payments, key=lambda row: (row.received_on, row.id))
        self.money = {row.id: to_hundredths(row.left) for row in self.payments}
        self.rest = {claim.id: to_hundredths(claim.unmatched) for claim in self.claims}
        self.senders = Senders(connection, today)
        self.asked = queries.parts(connection, self.rest)
        self.named: dict[bytes, set[Month]] = {row.id: months_in(row.label) for row in self.payments}
        self.found: list[Proposal] = []
        self._sums: dict[int, tuple[ClaimOpen, ...]] | None = None

    def free(self) -> list[PaymentRow]:
        """Return the payments of which something is left, the oldest first."""
        return [row for row in self.payments if self.money[row.id]]

    def open(self, *, by_hand: bool = True) -> list[ClaimOpen]:
        """Return the claims that want settling: the open ones first, then those noted as paid by hand."""
        rows = [claim for claim in self.claims if self.rest[claim.id] and (by_hand or claim.state != "paid")]
        return sorted(rows, key=lambda claim: claim.state == "paid")

    def add(
        self,
        kind: Kind,
        reason: str,
        confidence: int,
        shares: Sequence[tuple[PaymentRow, ClaimOpen, int]],
        *,
        part: str = "",
        left: int = 0,
    ) -> None:
        """Keep a proposal and take its cents off what is left."""
        payments = tuple(dict.fromkeys(row for row, _, _ in shares))
        claims = tuple(dict.fromkeys(claim for _, claim, _ in shares))
        late = any(row.received_on < claim.sealed_on for row, claim, _ in shares)
        known = all(self.senders.fund(row.payer, row.label) for row in payments)
        links = tuple(Link(row.id, claim.id, from_hundredths(cents)) for row, claim, cents in shares)
        sure = max(1, min(99, confidence + (5 if known else 0) - (15 if late else 0)))
        self.found.append(Proposal(kind, reason, sure, links, payments, claims, part, abs(left)))
        self._sums = None
        for row, claim, cents in shares:
            self.money[row.id] -= cents
            self.rest[claim.id] -= cents

    def exact(self) -> None:
        """One payment for one claim, to the cent."""
        for row in self.free():
            same = [claim for claim in self.open() if self.rest[claim.id] == self.money[row.id]]
            if not same:
                continue
            named = [claim for claim in same if claim.month in self.named[row.id]]
            before = [claim for claim in same if claim.sealed_on <= row.received_on]
            chosen = next(iter(named or before or same))
            reason = "exact_named" if named else "exact_several" if len(same) > 1 else "exact"
            confidence = {"exact_named": 98, "exact_several": 70, "exact": 90}[reason]
            self.add(Kind.EXACT, reason, confidence, [(row, chosen, self.money[row.id])])

    def joined(self) -> None:
        """One payment for several claims: neighbours in time, else a few of the oldest."""
        for row in self.free():
            claims = tuple(sorted(self._together().get(self.money[row.id], ()), key=_order))
            if not claims:
                continue
            off = any(self.rest[claim.id] * self.money[row.id] < 0 for claim in claims)
            run = _neighbours(claims)
            named = {claim.month for claim in claims} <= self.named[row.id]
            confidence = 95 if named else 85 if run else 65
            shares = [(row, claim, self.rest[claim.id]) for claim in claims]
            self.add(Kind.JOINED, "compensated" if off else "joined", confidence, shares)

    def _together(self) -> dict[int, tuple[ClaimOpen, ...]]:
        """Return which claims together make which amount, the likeliest where several do; kept until one is used."""
        if self._sums is not None:
            return self._sums
        found: dict[int, tuple[ClaimOpen, ...]] = {}
        claims = sorted(self.open(), key=_order)
        for start in range(len(claims)):
            total = 0
            for end in range(start, min(len(claims), start + _LONGEST_RUN)):
                total += self.rest[claims[end].id]
                if end > start:
                    found.setdefault(total, tuple(claims[start : end + 1]))
        oldest = self.open()[:_LOOK_AMONG]
        for count in range(2, _MOST_TOGETHER + 1):
            for some in combinations(oldest, count):
                found.setdefault(sum(self.rest[claim.id] for claim in some), some)
        self._sums = found
        return found

    def split(self) -> None:
        """Several payments for one claim."""
        for claim in self.open():
            rest = self.rest[claim.id]
            since = claim.sealed_on - _SPLIT_WITHIN
            rows = [row for row in self.free() if self.money[row.id] * rest > 0 and row.received_on >= since]
            rows.sort(key=lambda row: not self._likely(row))
            some = next(self._payments_of(rest, rows[:_LOOK_AMONG]), None)
            if some is None:
                continue
            named = any(claim.month in self.named[row.id] for row in some)
            likely = all(self._likely(row) for row in some)
            shares = [(row, claim, self.money[row.id]) for row in some]
            self.add(Kind.SPLIT, "split", 90 if named else 80 if likely else 60, shares)

    def _payments_of(self, rest: int, rows: Sequence[PaymentRow]) -> Iterator[tuple[PaymentRow, ...]]:
        for count in range(2, _MOST_TOGETHER + 1):
            for some in combinations(rows, count):
                if sum(self.money[row.id] for row in some) == rest:
                    days = [row.received_on for row in some]
                    if max(days) - min(days) <= _SPLIT_WITHIN:
                        yield tuple(sorted(some, key=lambda row: (row.received_on, row.id)))

    def parts(self) -> None:
        """Find the State's or the Department's part of a claim, paid alone."""
        for row in self.free():
            cents = self.money[row.id]
            for claim in self.open(by_hand=False):
                asked = self.asked.get(claim.id, {})
                part = next((part for part, amount in asked.items() if to_hundredths(amount) == cents), None)
                if part is not None and abs(self.rest[claim.id]) > abs(cents) and self.rest[claim.id] * cents > 0:
                    left = self.rest[claim.id] - cents
                    self.add(Kind.PART, "part", 75, [(row, claim, cents)], part=part, left=left)
                    break

    def from_the_fund(self) -> None:
        """Less or more than a claim: only for money of the Fund, or with the claim's month in its words."""
        for row in self.free():
            if not self._likely(row):
                continue
            cents = self.money[row.id]
            same = [claim for claim in self.open(by_hand=False) if self.rest[claim.id] * cents > 0]
            named = [claim for claim in same if claim.month in self.named[row.id]]
            for claim in (named or same)[:1]:
                rest = self.rest[claim.id]
                if abs(cents) < abs(rest):
                    confidence, left = 60 if named else 35, rest - cents
                    self.add(Kind.PARTIAL, "partial", confidence, [(row, claim, cents)], left=left)
                else:
                    confidence, left = 50 if named else 30, cents - rest
                    self.add(Kind.SURPLUS, "surplus", confidence, [(row, claim, rest)], left=left)

    def _likely(self, row: PaymentRow) -> bool:
        return self.senders.fund(row.payer, row.label) or self.senders.named(row.label)


def _neighbours(claims: Sequence[ClaimOpen]) -> bool:
    """Whether claims follow one another, month by month or version by version."""
    return all(later.month in {claim.month, claim.month.plus(1)} for claim, later in pairwise(claims))


def _order(claim: ClaimOpen) -> tuple[Month, int]:
    return claim.month, claim.number
