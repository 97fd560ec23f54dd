"""Commands of payments: list, propose, match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import payment_proposals, payments
from ltu_desktop.actions.claims import find
from ltu_desktop.actions.payment_proposals import claim_name, reason_text
from ltu_desktop.queries import payments as queries
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.money import ZERO
from ltu_desktop.store.ids import short

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from decimal import Decimal

    from ltu_desktop.actions.context import Context
    from ltu_desktop.cli.door import Door
    from ltu_desktop.queries.payments import PaymentRow
    from ltu_desktop.rules.periods import Month


def run_list(door: Door, args: argparse.Namespace) -> int:
    """List payments with what they settle, then the claims that wait for money."""
    words = door.words
    with door.open(args, read_only=True) as ctx, ctx.store.read() as connection:
        rows = queries.payments(connection, unmatched_only=args.open)
        waiting = queries.open_claims(connection, door.clock.now().date())
    for row in rows:
        door.say(_said(door, row))
    if not rows:
        door.say(words.text("No payment to show."))
    for claim in waiting:
        line = words.text(
            "open: {claim}, {open} of {expected}",
            claim=claim_name(words, claim),
            open=words.money(claim.open),
            expected=words.money(claim.expected),
        )
        if claim.days is None:
            door.say(line)
        else:
            door.say(f"{line}, {words.plural('sent {count} day ago', 'sent {count} days ago', claim.days)}")
    return 0


def run_propose(door: Door, args: argparse.Namespace) -> int:
    """Say what is proposed; nothing is written."""
    words = door.words
    with door.open(args, read_only=True) as ctx:
        found = payment_proposals.propose(ctx)
    for each in found:
        names = " + ".join(short(row.id) for row in each.payments)
        claims = " + ".join(f"{claim.month}/{claim.number}" for claim in each.claims)
        amount = words.money(sum((link.amount for link in each.links), ZERO))
        door.say(f"{each.confidence:>3} %  {names} → {claims}  {amount}  {reason_text(words, each)}")
    if not found:
        door.say(words.text("Nothing to propose."))
    return 0


def run_match(door: Door, args: argparse.Namespace) -> int:
    """Match one payment with claims, or carry out all sure proposals."""
    with door.open(args) as ctx:
        if args.proposed:
            sure = [each for each in payment_proposals.propose(ctx) if each.sure]
            payment_proposals.accept(ctx, sure)
            door.say(door.words.plural("{count} proposal carried out.", "{count} proposals carried out.", len(sure)))
            return 0
        if args.payment is None or not args.claims:
            raise UserError(
                "nothing_named",
                N_("a payment and the claims that it settles are needed."),
                N_("Name them, or use --proposed."),
            )
        with ctx.store.read() as connection:
            row = _found(queries.payments(connection), args.payment)
        payments.match(ctx, row.id, list(_shares(ctx, row, args.claims)))
        with ctx.store.read() as connection:
            after = queries.payment_by_id(connection, row.id)
    assert after is not None  # it was matched just above
    door.say(_said(door, after))
    return 0


def _shares(
    ctx: Context, row: PaymentRow, named: Iterable[tuple[Month, int, Decimal | None]]
) -> Iterable[tuple[bytes, Decimal]]:
    """Give each claim its euros: those named, else all that is open and still left of the payment."""
    left = row.left
    for month, number, amount in named:
        key = find(ctx, month, number).id
        with ctx.store.read() as connection:
            [claim] = queries.claims_against_payments(connection, ctx.clock.now().date(), scheme=None, ids=[key])
        share = amount
        if share is None:
            fits = claim.unmatched <= left or claim.unmatched < 0
            share = claim.unmatched if fits else left
        left -= share
        yield key, share


def _found(rows: Iterable[PaymentRow], name: str) -> PaymentRow:
    found = [row for row in rows if row.id.hex().endswith(name.lower())]
    if len(found) != 1:
        raise UserError(
            "no_payment",
            N_("there is no payment {name}."),
            N_("“payments list” shows them with their names."),
            params={"name": name},
        )
    return found[0]


def _said(door: Door, row: PaymentRow) -> str:
    """Say a payment in a line: name, day, amount, who, what it settles."""
    words = door.words
    settled = ", ".join(
        f"{each.month}/{each.number} ({words.money(each.amount)})" if each.amount != row.amount else f"{each.month}"
        for each in row.matches
    )
    who = row.payer or row.label
    line = f"{short(row.id)}  {words.day(row.received_on)}  {words.money(row.amount):>16}  {who}"
    if settled:
        line += f" → {settled}"
    if row.left:
        line += " – " + words.text("{left} left", left=words.money(row.left))
    return line
