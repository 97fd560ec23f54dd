"""What stands below the figures of a yearly statement: notes, boxes to sign, the claims and payments behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.report import Column, Kind, Role, Row, SignatureBox, Table
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.money import ZERO

if TYPE_CHECKING:
    from ltu_desktop.documents.statement_figures import Statement
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.words import Words


def boxes(told: Statement, words: Words) -> tuple[SignatureBox, ...]:
    """Return the boxes to sign: employer, accountant, Fund."""
    card = told.employer
    who = (
        ", ".join(labels.safe(text, words) for text in (card.signatory, card.signatory_quality) if text) if card else ""
    )
    day, space = words.term("box", "On"), words.term("box", "Signature")
    fund = labels.safe(told.agreement.fund, words) or words.term("box", "the Fund")
    return (
        SignatureBox(words.term("box", "Employer"), (("", who), (day, "")), space),
        SignatureBox(words.term("box", "Accountant or auditor"), (("", ""), (day, "")), space),
        SignatureBox(words.term("box", "Reserved for {fund}", fund=fund), (("", ""), (day, "")), space, tinted=True),
    )


def definition(told: Statement, words: Words) -> str:
    """Say on the first page what the figures are: print.md asks that a sum of roundings says so."""
    count = sum(1 for each in told.months if each.due is not None)
    return words.plural(
        "Due: last state of the month, corrections included. Each month is rounded to the cent per person; the year is "
        "their sum, not the yearly SMIC × the rate. FTE of the year: that of {count} month.",
        "Due: last state of each month, corrections included. Sum of months rounded to the cent per person, not the "
        "yearly SMIC × the rate. FTE of the year: average of {count} months.",
        count,
    )


def unfinished(told: Statement, words: Words) -> str:
    """Say why the year is not complete; nothing when it is."""
    missing = len(told.missing)
    said = [] if told.year_over else [words.text("the year is not over")]
    said += [words.plural("{count} month without a claim", "{count} months without a claim", missing)] * bool(missing)
    return ", ".join(said)


def notes(told: Statement, words: Words) -> tuple[str, ...]:
    """Return what a reader must know about the figures, on the second page."""
    found = []
    if told.payments:
        found.append(
            words.text(
                "Paid: payments matched to the month’s claims, whenever received. A payment covers both parts: it is "
                "shared between them in proportion to what the claim asks for."
            )
        )
    if told.paid_unmatched:
        found.append(
            words.plural(
                "{count} claim is noted as paid without a matched payment: it counts in full.",
                "{count} claims are noted as paid without a matched payment: they count in full.",
                told.paid_unmatched,
            )
        )
    if told.partly:
        found.append(
            words.text("A claim that corrects months of another year is counted here for this year’s months only.")
        )
    count, amount = told.loose
    if count:
        found.append(
            words.plural(
                "{count} payment received in {year} is not wholly matched to claims: {amount} left.",
                "{count} payments received in {year} are not wholly matched to claims: {amount} left.",
                count,
                year=told.year,
                amount=words.money(amount),
            )
        )
    if told.missing:
        months = ", ".join(labels.month_name(str(month), words).lower() for month in told.missing)
        if words.language == "en":
            months = ", ".join(labels.month_name(str(month), words) for month in told.missing)
        found.append(words.text("Months without a sealed claim: {months}.", months=months))
    if told.limit is not None:
        found.append(
            words.text(
                "10% rule: hours above the limit are priced at the year’s average amount of an hour (décret 2021-863, "
                "art. 24)."
            )
        )
    if told.grant is not None:
        found.append(
            words.text(
                "Start-up grant (art. 22), asked for apart from the balance: growth of contractual PPDE FTE (weekly "
                "hours ÷ 35) between both year ends, nil when negative."
            )
        )
        if not told.year_over:
            found.append(words.text("The year is not over: its last day is foreseen from the contracts entered."))
        if told.unknown_hours:
            found.append(
                words.plural(
                    "{count} contract without weekly hours: not counted in these FTE.",
                    "{count} contracts without weekly hours: not counted in these FTE.",
                    told.unknown_hours,
                )
            )
    return tuple(found)


def claims(told: Statement, words: Words) -> Table:
    """Return the sealed claims that the statement rests on, with their prints."""
    columns = (
        Column("month", words.term("year", "Month")),
        Column("version", words.term("year", "Version"), Kind.COUNT),
        Column("sealed", words.term("year", "Sealed on"), Kind.DATE),
        Column("print", words.term("paper", "Fingerprint"), Kind.CODE),
        Column("hours", words.term("list", "Hours"), Kind.HOURS, unit="h"),
        Column("total", words.term("year", "Claimed"), Kind.MONEY, unit="€"),
        Column("own", words.term("year", "for {year}", year=told.year), Kind.MONEY, unit="€", strong=True),
        Column("state", words.term("year", "State")),
    )
    rows = [
        Row(
            (
                _capital(words.month(each.month)),
                each.number,
                each.sealed_at.date(),
                short_print(each.sha256),
                each.hours,
                each.total,
                told.own[each.id.hex()],
                _state(each.state, words),
            ),
            key=each.id.hex(),
        )
        for each in told.claims
    ]
    whole = sum((each.total for each in told.claims), ZERO)
    own = sum(told.own.values(), ZERO)
    total = (Row((words.term("list", "Total"), None, None, "", None, whole, own, ""), Role.GRAND),) if rows else ()
    title = words.text("Sealed claims")
    return Table("claims", columns, tuple(rows), total, title, empty=words.text("No claim is sealed for this year."))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _state(state: str, words: Words) -> str:
    return {
        "sealed": words.term("claim state", "sealed"),
        "sent": words.term("claim state", "sent"),
        "returned": words.term("claim state", "returned"),
        "paid": words.term("claim state", "paid"),
    }[state]


def payments(told: Statement, words: Words) -> Table:
    """Return the payments matched to these claims."""
    columns = (
        Column("received", words.term("year", "Received on"), Kind.DATE),
        Column("payer", words.term("year", "Payer")),
        Column("payment", words.term("year", "Payment"), Kind.MONEY, unit="€"),
        Column("claim", words.term("year", "Settles")),
        Column("amount", words.term("year", "For this claim"), Kind.MONEY, unit="€", strong=True),
    )
    claims = {each.id: each for each in told.claims}
    rows = [
        Row(
            (
                each.received_on,
                labels.safe(each.payer, words),
                each.payment,
                _settles(claims[each.claim_id], words),
                each.amount,
            ),
            key=f"{each.claim_id.hex()}/{place}",
        )
        for place, each in enumerate(told.payments)
    ]
    whole = sum((each.amount for each in told.payments), ZERO)
    total = (Row((None, words.term("list", "Total"), None, "", whole), Role.GRAND),) if rows else ()
    title = words.text("Payments matched to claims")
    empty = words.text("No payment is matched to a claim of this year.")
    return Table("payments", columns, tuple(rows), total, title, empty=empty)


def _settles(claim: ClaimRow, words: Words) -> str:
    return words.term("year", "{month}, version {number}", month=words.month(claim.month), number=claim.number)
