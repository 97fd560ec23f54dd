"""The two tables of the page of payments: the payments, and what is expected against what came in by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column
from ltu_desktop.window.payments_work import OPEN, PART, PROPOSED, SETTLED
from ltu_desktop.window.table_totals import Total
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from ltu_desktop.queries.payments import ClaimOpen, PaymentRow
    from ltu_desktop.window.payments_work import MonthLine
    from ltu_desktop.words import Words

STATES: dict[str, tuple[str, Meaning]] = {
    SETTLED: (N_("Matched"), Meaning.OK),
    PART: (N_("Matched in part"), Meaning.ATTENTION),
    PROPOSED: (N_("Proposed"), Meaning.INFO),
    OPEN: (N_("To be matched"), Meaning.ATTENTION),
}
LATE = 60  # days after which an open claim is to be looked at


def payment_columns(words: Words, state_of: Callable[[PaymentRow], str]) -> tuple[Column[PaymentRow], ...]:
    """Return the columns of the payments; `state_of` tells how far one is matched."""

    def state(row: PaymentRow) -> Cell:
        text, meaning = STATES[state_of(row)]
        if meaning is Meaning.OK:
            return Cell(words.text(text), "text3", icon="check-circle")
        return Cell(words.text(text), f"{meaning}.fg", meaning=meaning, meaning_first=True)

    def figure(code: str, head: str, of: Callable[[PaymentRow], Decimal], *, yields: int = 0) -> Column[PaymentRow]:
        def cell(row: PaymentRow) -> Cell:
            value = of(row)
            return Cell(words.number(value), strong=code == "amount") if value else QUIET_ZERO

        return Column(code, head, cell, 92, unit="€", right=True, sort=of, yields=yields)

    text = words.text
    return (
        Column(
            "received_on",
            text(N_("Received on")),
            lambda row: Cell(words.day(row.received_on)),
            88,
            sort=lambda row: row.received_on,
        ),
        Column("payer", text(N_("Payer")), lambda row: Cell(row.payer or "–"), 110, stretch=True),
        Column(
            "label",
            text(N_("Bank description")),
            lambda row: Cell(row.label, "text2"),
            140,
            stretch=True,
            yields=3,
        ),
        Column("state", text(N_("Match")), state, 146, sort=state_of),
        figure("amount", text(N_("Amount")), lambda row: row.amount),
        figure("matched", text(N_("Matched")), lambda row: row.matched, yields=2),
        figure("left", text(N_("Left")), lambda row: row.left, yields=1),
    )


def payment_totals(words: Words, rows: Sequence[PaymentRow]) -> list[Total]:
    """Add the shown payments up."""
    values = {
        "amount": words.number(sum((row.amount for row in rows), ZERO)),
        "matched": words.number(sum((row.matched for row in rows), ZERO)),
        "left": words.number(sum((row.left for row in rows), ZERO)),
    }
    said = words.plural("{count} payment", "{count} payments", len(rows))
    return [Total(words.text(N_("Total")), values, quiet=said, strong=True)]


def month_columns(words: Words) -> tuple[Column[MonthLine], ...]:
    """Return the columns of expected against received."""

    def month(line: MonthLine) -> Cell:
        name = words.value(line.flow.period)
        return Cell(name[:1].upper() + name[1:], strong=True)

    def figure(
        code: str, head: str, of: Callable[[MonthLine], Decimal], width: int, *, yields: int = 0
    ) -> Column[MonthLine]:
        def cell(line: MonthLine) -> Cell:
            value = of(line)
            return Cell(words.number(value), strong=code == "open") if value else QUIET_ZERO

        return Column(code, head, cell, width, unit="€", right=True, sort=of, yields=yields)

    def age(line: MonthLine) -> Cell:
        if not line.flow.open:
            return Cell("")
        if line.days is None:
            return Cell(words.text(N_("not sent yet")), "text2")
        said = words.plural("{count} day", "{count} days", line.days)
        if line.days <= LATE:
            return Cell(said, "text2")
        return Cell(said, "attention.fg", meaning=Meaning.ATTENTION, meaning_first=True)

    text = words.text
    return (
        Column("month", text(N_("Month")), month, 150, stretch=True, sort=lambda line: line.flow.period),
        figure("expected", text(N_("Claimed")), lambda line: line.flow.expected, 130),
        figure("received", text(N_("Matched")), lambda line: line.flow.received, 130),
        figure("by_hand", text(N_("Recorded as paid")), lambda line: line.flow.paid_by_hand, 150, yields=1),
        figure("open", text(N_("Still to come")), lambda line: line.flow.open, 140),
        Column("age", text(N_("Days since sent")), age, 146, sort=lambda line: -1 if line.days is None else line.days),
        figure("cash", text(N_("Came in during the month")), lambda line: line.flow.cash, 230, yields=2),
    )


def month_totals(words: Words, lines: Sequence[MonthLine]) -> list[Total]:
    """Add the months up."""
    flows = [line.flow for line in lines]
    values = {
        "expected": sum((each.expected for each in flows), ZERO),
        "received": sum((each.received for each in flows), ZERO),
        "by_hand": sum((each.paid_by_hand for each in flows), ZERO),
        "open": sum((each.open for each in flows), ZERO),
        "cash": sum((each.cash for each in flows), ZERO),
    }
    said = {code: words.number(value) if value else QUIET_ZERO.text for code, value in values.items()}
    count = words.plural("{count} month", "{count} months", len(flows))
    return [Total(words.text(N_("Total")), said, quiet=count, strong=True)]


def open_columns(words: Words) -> tuple[Column[ClaimOpen], ...]:
    """Return the columns of the claims that are still to be paid, or taken back."""
    text = words.text

    def figure(
        code: str, head: str, of: Callable[[ClaimOpen], Decimal], width: int, *, yields: int = 0
    ) -> Column[ClaimOpen]:
        def cell(claim: ClaimOpen) -> Cell:
            value = of(claim)
            return Cell(words.number(value), strong=code == "open") if value else QUIET_ZERO

        return Column(code, head, cell, width, unit="€", right=True, sort=of, yields=yields)

    def name(claim: ClaimOpen) -> Cell:
        from ltu_desktop.actions.payment_proposals import claim_name

        said = claim_name(words, claim)
        return Cell(said[:1].upper() + said[1:], strong=True)

    def sent(claim: ClaimOpen) -> Cell:
        return Cell(words.day(claim.sent_on)) if claim.sent_on is not None else QUIET_ZERO

    def age(claim: ClaimOpen) -> Cell:
        if claim.days is None:
            return Cell(text(N_("not sent yet")), "text2")
        said = words.plural("{count} day", "{count} days", claim.days)
        if claim.days <= LATE:
            return Cell(said, "text2")
        return Cell(said, "attention.fg", meaning=Meaning.ATTENTION, meaning_first=True)

    return (
        Column("claim", text(N_("Claim")), name, 190, stretch=True, sort=lambda claim: (claim.month, claim.number)),
        Column("sent", text(N_("Sent on")), sent, 130, sort=lambda claim: claim.sent_on or claim.sealed_on, yields=1),
        Column(
            "age", text(N_("Days since sent")), age, 146, sort=lambda claim: -1 if claim.days is None else claim.days
        ),
        figure("expected", text(N_("Claimed")), lambda claim: claim.expected, 130),
        figure("received", text(N_("Matched")), lambda claim: claim.received, 130),
        figure("open", text(N_("Still to come")), lambda claim: claim.open, 140),
    )


def open_totals(words: Words, claims: Sequence[ClaimOpen]) -> list[Total]:
    """Add the open claims up."""
    values = {
        "expected": sum((claim.expected for claim in claims), ZERO),
        "received": sum((claim.received for claim in claims), ZERO),
        "open": sum((claim.open for claim in claims), ZERO),
    }
    said = {code: words.number(value) if value else QUIET_ZERO.text for code, value in values.items()}
    count = words.plural("{count} claim", "{count} claims", len(claims))
    return [Total(words.text(N_("Total")), said, quiet=count, strong=True)]
