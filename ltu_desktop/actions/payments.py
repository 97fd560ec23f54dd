"""Payments: entered by hand, corrected, removed, and matched with the claims that they settle.

A claim whose matched euros reach its total is paid, in the same step; when they no longer do, it is sent again.
Statements of the bank come in by `bank_import`, matches are proposed by `payment_proposals`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.checks import bad_value, check_day, hundredths_of
from ltu_desktop.intake.bank_records import MOST
from ltu_desktop.queries import payments as queries
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.money import ZERO, to_hundredths
from ltu_desktop.store.tables import claim, payment, payment_match

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.payments import ClaimOpen, MatchRow, PaymentRow
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

_BY_THE_BANK = {"received_on", "amount", "label"}


@dataclass(frozen=True)
class Link:
    """Euros of a payment that are to settle a claim; negative for a claim that asks for less than nothing."""

    payment_id: bytes
    claim_id: bytes
    amount: Decimal


def add(
    ctx: Context, *, received_on: date, amount: Decimal, payer: str = "", label: str = "", account: str = ""
) -> bytes:
    """Enter a payment by hand and return its key; a negative amount was taken back."""
    texts = {"payer": payer, "label": label, "account": account}
    values = _checked(ctx, {"received_on": received_on, "amount": amount, **texts})
    with ctx.store.write("payments.add", {"amount": amount, "day": received_on}, initiator=ctx.initiator) as tx:
        return tx.insert(payment, values)


def change(
    ctx: Context, payment_id: bytes, values: Mapping[str, object], *, expected_version: int | None = None
) -> Changed:
    """Change `received_on`, `amount`, `payer` or `label`; of a line of the bank only the payer.

    Raises UserError "bank_line" for the bank's own words, "more_than_payment" when less would be left than is matched.
    """
    checked = _checked(ctx, values)
    with ctx.store.write("payments.change", initiator=ctx.initiator) as tx:
        row = _payment(tx.connection, payment_id)
        new = {field: checked[field] if isinstance(value, str) else value for field, value in values.items()}
        fields = [field for field, value in new.items() if getattr(row, field) != value]
        if row.source and not _BY_THE_BANK.isdisjoint(fields):
            raise UserError(
                "bank_line",
                N_("This line comes from the bank’s file: its day, amount and words stay as they are."),
                N_("Remove the line if it does not belong here."),
            )
        amount = new.get("amount", row.amount)
        assert isinstance(amount, Decimal)  # checked above
        if not _holds(row.matched, amount):
            raise _too_much(row)
        tx.params |= {"amount": row.amount, "day": row.received_on, **_told(row, new, fields)}
        tx.update(payment, payment_id, checked, expected_version=expected_version)
    return tx.changed


def remove(ctx: Context, payment_id: bytes) -> Changed:
    """Remove a payment and its matches; claims that it had settled are open again."""
    with ctx.store.write("payments.remove", initiator=ctx.initiator) as tx:
        row = _payment(tx.connection, payment_id)
        tx.params |= {"amount": row.amount, "day": row.received_on}
        _take_back(ctx, tx, row.matches)
        tx.delete(payment, payment_id)
    return tx.changed


def match(ctx: Context, payment_id: bytes, shares: Sequence[tuple[bytes, Decimal]]) -> Changed:
    """Let a payment settle claims, each with some euros, besides what is matched already.

    Raises UserError "more_than_payment", "more_than_claim" or "wrong_sign" when the euros do not hold.
    """
    return match_all(ctx, [Link(payment_id, claim_id, amount) for claim_id, amount in shares])


def match_all(ctx: Context, links: Sequence[Link]) -> Changed:
    """Match several payments in one step."""
    several = len({link.payment_id for link in links}) > 1
    action = "payments.match_several" if several else "payments.match"
    with ctx.store.write(action, initiator=ctx.initiator) as tx:
        payments = {key: _payment(tx.connection, key) for key in dict.fromkeys(link.payment_id for link in links)}
        claims = _claims(ctx, tx.connection, [link.claim_id for link in links])
        _check(ctx, links, payments, claims)
        known = {(each.payment_id, each.claim_id): each for row in payments.values() for each in row.matches}
        new: dict[tuple[bytes, bytes], int] = defaultdict(int)
        for link in links:
            new[link.payment_id, link.claim_id] += to_hundredths(link.amount)
        for (payment_id, claim_id), cents in new.items():
            before = known.get((payment_id, claim_id))
            if before is not None:
                tx.update(payment_match, before.id, {"amount": to_hundredths(before.amount) + cents})
            else:
                tx.insert(payment_match, {"payment_id": payment_id, "claim_id": claim_id, "amount": cents})
        _settle(ctx, tx, claims)
        first = next(iter(payments.values()), None)
        if first is not None:
            tx.params |= {"amount": first.amount, "day": first.received_on, "count": len(payments)}
            tx.params["claims"] = _listed((claims[link.claim_id], link.amount) for link in links)
    return tx.changed


def unmatch(ctx: Context, payment_id: bytes, claim_id: bytes | None = None) -> Changed:
    """Take matches of a payment back: all of them, or that with one claim.

    Raises UserError "more_than_payment" when what stays would be more than the payment: take all back then.
    """
    with ctx.store.write("payments.unmatch", initiator=ctx.initiator) as tx:
        row = _payment(tx.connection, payment_id)
        gone = [each for each in row.matches if claim_id in {None, each.claim_id}]
        stays = row.matched - sum((each.amount for each in gone), ZERO)
        if not _holds(stays, row.amount):
            raise _too_much(row)
        claims = _take_back(ctx, tx, gone)
        tx.params |= {"amount": row.amount, "day": row.received_on}
        tx.params["claims"] = _listed((claims[each.claim_id], each.amount) for each in gone)
    return tx.changed


def _take_back(ctx: Context, tx: Write, gone: Iterable[MatchRow]) -> dict[bytes, ClaimOpen]:
    gone = list(gone)
    claims = _claims(ctx, tx.connection, [each.claim_id for each in gone])
    for each in gone:
        tx.delete(payment_match, each.id)
    _settle(ctx, tx, claims)
    return claims


def _settle(ctx: Context, tx: Write, before: Mapping[bytes, ClaimOpen]) -> None:
    """Note claims as paid whose total is reached now, and as sent those whose total no longer is."""
    for key, now in _claims(ctx, tx.connection, before).items():
        was = before[key]
        if now.unmatched == 0 and now.state != "paid":
            tx.update(claim, key, {"state": "paid"})
        elif was.unmatched == 0 and now.unmatched and now.state == "paid":
            tx.update(claim, key, {"state": "sent"})


def _check(
    ctx: Context, links: Sequence[Link], payments: Mapping[bytes, PaymentRow], claims: Mapping[bytes, ClaimOpen]
) -> None:
    """Refuse euros that neither the payments nor the claims hold."""
    more_of_payment: dict[bytes, Decimal] = defaultdict(lambda: ZERO)
    more_of_claim: dict[bytes, Decimal] = defaultdict(lambda: ZERO)
    for link in links:
        each = claims[link.claim_id]
        hundredths_of(ctx, "", "amount", link.amount)
        if not link.amount or (link.amount < 0) != (each.expected < 0):
            raise UserError(
                "wrong_sign",
                N_("{amount} cannot settle the claim for {month}, which asks for {total}."),
                N_("Give an amount between nothing and what the claim asks for."),
                params={
                    "amount": ctx.words.money(link.amount),
                    "month": each.month,
                    "total": ctx.words.money(each.expected),
                },
            )
        more_of_payment[link.payment_id] += link.amount
        more_of_claim[link.claim_id] += link.amount
    for key, more in more_of_claim.items():
        each = claims[key]
        if not _holds(each.received + more, each.expected):
            raise UserError(
                "more_than_claim",
                N_("Of the claim for {month}, only {left} are open."),
                N_("Match less, and the rest with another claim."),
                params={"month": each.month, "left": ctx.words.money(each.unmatched)},
            )
    for key, more in more_of_payment.items():
        if not _holds(payments[key].matched + more, payments[key].amount):
            raise _too_much(payments[key], ctx.words.money(payments[key].left))


def _holds(part: Decimal, whole: Decimal) -> bool:
    """Whether an amount lies between nothing and the whole, on the same side of zero."""
    return ZERO <= part <= whole if whole > 0 else whole <= part <= ZERO


def _too_much(row: PaymentRow, left: str = "") -> UserError:
    if left:
        return UserError(
            "more_than_payment",
            N_("Of the payment of {day}, only {left} are not matched yet."),
            N_("Match less, or take another match back first."),
            params={"day": row.received_on, "left": left},
        )
    return UserError(
        "more_than_payment",
        N_("More of the payment of {day} is matched than would be left."),
        N_("Take all its matches back first."),
        params={"day": row.received_on},
    )


def _payment(connection: Connection, payment_id: bytes) -> PaymentRow:
    row = queries.payment_by_id(connection, payment_id)
    if row is None:
        raise UserError("no_payment", N_("there is no such payment in this file."), N_("List the payments first."))
    return row


def _claims(ctx: Context, connection: Connection, keys: Iterable[bytes]) -> dict[bytes, ClaimOpen]:
    wanted = set(keys)
    rows = queries.claims_against_payments(connection, ctx.clock.now().date(), scheme=None, ids=wanted)
    found = {row.id: row for row in rows}
    if wanted - found.keys():
        raise UserError("no_claim", N_("there is no such claim in this file."), mend=N_("List the claims first."))
    return found


def _listed(shares: Iterable[tuple[ClaimOpen, Decimal]]) -> str:
    """Write matched claims for the journal, `2026-10/1=1930.40` each; `journal_words` says them."""
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each, amount in shares:
        found[f"{each.month}/{each.number}"] += amount
    return " ".join(f"{name}={amount}" for name, amount in found.items())


def _checked(ctx: Context, values: Mapping[str, object]) -> dict[str, Any]:
    """Check what a payment is made of and turn it into columns."""
    found: dict[str, Any] = {}
    for field, value in values.items():
        if field == "received_on" and isinstance(value, date):
            check_day(ctx, "", field, value, future=False)
            found[field] = value
        elif field == "amount" and isinstance(value, Decimal):
            if not value or abs(value) > MOST:
                raise bad_value(ctx, "", field, value)
            found[field] = hundredths_of(ctx, "", field, value)
        elif field in {"payer", "label", "account"} and isinstance(value, str):
            found[field] = " ".join(value.split())
        else:
            raise TypeError(f"payment.{field} is not changed this way")
    return found


def _told(row: PaymentRow, values: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """Say what changed, for the journal."""
    if len(fields) != 1:
        return {"fields": ",".join(fields)}
    [field] = fields
    return {"field": field, "before": getattr(row, field), "after": values[field]}
