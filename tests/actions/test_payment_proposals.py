"""Proposals: seeded cases are found with their reason; what is proposed can always be accepted."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.actions import payments
from ltu_desktop.actions.payment_proposals import REASONS, Kind, accept, claim_name, propose, reason_text
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import Words
from tests.bank_world import AUGUST, OCTOBER, SEPTEMBER, Bank, euros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.actions.payment_proposals import Proposal

CUSTOMER = "VILLE DE LOOS"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = Bank(tmp_path / "a.ltu")
    yield made
    made.close()


def the_one(bank: Bank) -> Proposal:
    [found] = propose(bank.ctx)
    return found


def told(proposal: Proposal) -> tuple[Kind, list[tuple[str, int]], str]:
    """Kind, claims, euros of all links."""
    claims = [(str(claim.month), claim.number) for claim in proposal.claims]
    return proposal.kind, claims, str(sum(link.amount for link in proposal.links))


def test_an_exact_amount_is_proposed_and_accepted(bank: Bank) -> None:
    bank.claim(SEPTEMBER, "1000.00")
    bank.claim(OCTOBER, "1930.40")
    bank.pay("1930.40", payer=CUSTOMER)
    found = the_one(bank)
    assert told(found) == (Kind.EXACT, [("2026-10", 1)], "1930.40")
    assert (found.confidence, found.sure) == (90, True)
    assert reason_text(Words("en"), found) == "The amount is that of the claim for October 2026."
    assert reason_text(Words("fr"), found) == "Le montant est celui de la demande d’octobre 2026."
    accept(bank.ctx, [found])
    assert (bank.state(OCTOBER), bank.state(SEPTEMBER)) == ("paid", "sent")
    assert propose(bank.ctx) == []


def test_of_equal_claims_the_named_one_is_taken_else_the_oldest(bank: Bank) -> None:
    for month in (AUGUST, SEPTEMBER, OCTOBER):
        bank.claim(month, "100.00")
    named = bank.pay("100.00", "2026-11-25", label="CDE 10/2026")
    plain = bank.pay("100.00", "2026-11-26", payer=CUSTOMER)
    found = {each.payments[0].id: each for each in propose(bank.ctx)}
    assert told(found[named]) == (Kind.EXACT, [("2026-10", 1)], "100.00")
    assert (found[named].reason, found[named].confidence) == ("exact_named", 99)
    assert told(found[plain]) == (Kind.EXACT, [("2026-08", 1)], "100.00")
    assert (found[plain].reason, found[plain].sure) == ("exact_several", False)


def test_a_claim_sealed_after_the_payment_is_less_likely(bank: Bank) -> None:
    bank.claim(OCTOBER, "100.00")
    bank.pay("100.00", "2026-10-25", payer=CUSTOMER)
    assert the_one(bank).confidence == 75
    bank.claim(SEPTEMBER, "100.00")
    assert told(the_one(bank))[1] == [("2026-09", 1)]


def test_neighbours_paid_together(bank: Bank) -> None:
    for month, total in ((AUGUST, "1000.00"), (SEPTEMBER, "1100.10"), (OCTOBER, "1200.20")):
        bank.claim(month, total)
    bank.pay("2300.30", payer=CUSTOMER, label="CDE SEPTEMBRE ET OCTOBRE 2026")
    found = the_one(bank)
    assert told(found) == (Kind.JOINED, [("2026-09", 1), ("2026-10", 1)], "2300.30")
    assert (found.confidence, found.reason) == (95, "joined")
    assert reason_text(Words("fr"), found) == (
        "Les demandes de septembre 2026, d’octobre 2026 font ensemble le montant."
    )


def test_months_apart_paid_together_are_less_sure(bank: Bank) -> None:
    for month, total in ((AUGUST, "1000.00"), (SEPTEMBER, "1100.10"), (OCTOBER, "1200.20")):
        bank.claim(month, total)
    bank.pay("2200.20", payer=CUSTOMER)
    found = the_one(bank)
    assert told(found) == (Kind.JOINED, [("2026-08", 1), ("2026-10", 1)], "2200.20")
    assert not found.sure


def test_a_correction_downwards_is_taken_off(bank: Bank) -> None:
    bank.claim(SEPTEMBER, "1000.00")
    bank.claim(SEPTEMBER, "-94.16", number=2)
    bank.claim(OCTOBER, "1200.20")
    bank.pay("905.84", payer=CUSTOMER)
    found = the_one(bank)
    assert told(found) == (Kind.JOINED, [("2026-09", 1), ("2026-09", 2)], "905.84")
    assert reason_text(Words("en"), found) == (
        "The claims for September 2026, September 2026 (version 2), corrections taken off, make the amount."
    )
    accept(bank.ctx, [found])
    assert bank.state(SEPTEMBER, 2) == "paid"


def test_several_payments_make_one_claim(bank: Bank) -> None:
    bank.claim(OCTOBER, "1930.40", parts={"state": "1678.61", "department": "251.79"})
    bank.pay("700.00", payer=CUSTOMER)
    bank.pay("1678.61", label="PART ETAT")
    bank.pay("251.79", "2026-12-05", label="PART DEPARTEMENT")
    found = the_one(bank)
    assert told(found) == (Kind.SPLIT, [("2026-10", 1)], "1930.40")
    assert found.confidence == 85
    assert reason_text(Words("en"), found) == "2 payments together make the claim for October 2026."
    accept(bank.ctx, [found])
    assert bank.state(OCTOBER) == "paid"


@pytest.mark.parametrize(
    ("payer", "label", "confidence"), [(CUSTOMER, "", 60), (CUSTOMER, "CDE 10/2026", 90), ("Fonds ETCLD", "", 85)]
)
def test_who_pays_in_pieces_and_what_she_says_tells_how_sure_it_is(
    bank: Bank, payer: str, label: str, confidence: int
) -> None:
    bank.claim(OCTOBER, "100.00")
    bank.pay("60.00", payer=payer, label=label)
    bank.pay("40.00", "2026-12-01", payer=payer, label=label)
    assert the_one(bank).confidence == confidence


def test_pieces_far_apart_are_no_split(bank: Bank) -> None:
    bank.claim(OCTOBER, "100.00")
    bank.pay("60.00", "2026-11-25", payer=CUSTOMER)
    bank.pay("40.00", "2027-02-25", payer=CUSTOMER)
    assert propose(bank.ctx) == []


def test_the_state_s_part_alone_is_told(bank: Bank) -> None:
    bank.claim(SEPTEMBER, "2000.00", parts={"state": "1739.13", "department": "260.87"})
    bank.claim(OCTOBER, "1930.40", parts={"state": "1678.61", "department": "251.79"})
    bank.pay("1678.61", payer=CUSTOMER)
    found = the_one(bank)
    assert told(found) == (Kind.PART, [("2026-10", 1)], "1678.61")
    assert (found.part, found.left) == ("state", 25179)
    assert reason_text(Words("en"), found).startswith("The amount is the State’s part of the claim")


@pytest.mark.parametrize(
    ("amount", "label", "kind", "month", "euros_", "left", "confidence"),
    [
        ("400.00", "", Kind.PARTIAL, "2026-09", "400.00", 60000, 40),
        ("400.00", "CDE 10/2026", Kind.PARTIAL, "2026-10", "400.00", 153040, 65),
        ("2500.00", "", Kind.SURPLUS, "2026-09", "1000.00", 150000, 35),
        ("2500.00", "CDE 10/2026", Kind.SURPLUS, "2026-10", "1930.40", 56960, 55),
    ],
)
def test_the_fund_s_money_goes_to_the_named_or_oldest_claim(
    bank: Bank, amount: str, label: str, kind: Kind, month: str, euros_: str, left: int, confidence: int
) -> None:
    bank.claim(SEPTEMBER, "1000.00")
    bank.claim(OCTOBER, "1930.40")
    bank.pay(amount, label=label)
    found = the_one(bank)
    assert told(found) == (kind, [(month, 1)], euros_)
    assert (found.left, found.confidence) == (left, confidence)
    accept(bank.ctx, [found])


def test_other_people_s_money_is_not_proposed(bank: Bank) -> None:
    bank.claim(OCTOBER, "1930.40")
    bank.pay("400.00", payer=CUSTOMER, label="FACTURE F-0117")
    assert propose(bank.ctx) == []


def test_the_fund_s_money_without_an_open_claim_is_left(bank: Bank) -> None:
    bank.claim(OCTOBER, "1930.40", state="paid")
    bank.pay("400.00")
    assert propose(bank.ctx) == []


def test_who_paid_a_claim_before_is_known(bank: Bank) -> None:
    claim = bank.claim(SEPTEMBER, "1000.00")
    bank.claim(OCTOBER, "1930.40")
    first = bank.pay("1000.00", payer="DGFIP NORD")
    payments.match(bank.ctx, first, [(claim, euros("1000.00"))])
    bank.pay("400.00", payer="Dgfip Nord")
    assert told(the_one(bank)) == (Kind.PARTIAL, [("2026-10", 1)], "400.00")


def test_the_agreement_names_the_fund(bank: Bank) -> None:
    bank.world.agreement(fund="Agence des Solidarités (ADSO)")
    bank.claim(OCTOBER, "1930.40")
    bank.pay("400.00", payer="VIR ADSO PARIS")
    bank.pay("300.00", payer="X", label="AGENCE DES SOLIDARITES (ADSO) CDE")
    assert [told(each)[2] for each in propose(bank.ctx)] == ["400.00", "300.00"]


def test_money_taken_back_is_proposed_for_a_correction(bank: Bank) -> None:
    bank.claim(OCTOBER, "1930.40")
    bank.claim(OCTOBER, "-94.16", number=2)
    bank.pay("-94.16", payer=CUSTOMER)
    assert told(the_one(bank)) == (Kind.EXACT, [("2026-10", 2)], "-94.16")
    bank.pay("-50.00")
    assert len(propose(bank.ctx)) == 1, "the rest of the correction is spoken for"


def test_a_claim_paid_by_hand_is_documented_after_the_open_ones(bank: Bank) -> None:
    bank.claim(SEPTEMBER, "100.00", state="paid")
    bank.claim(OCTOBER, "100.00")
    bank.pay("100.00", payer=CUSTOMER)
    bank.pay("100.00", "2026-12-25", payer=CUSTOMER)
    found = propose(bank.ctx)
    assert {str(each.claims[0].month): each.payments[0].received_on.month for each in found} == {
        "2026-10": 11,
        "2026-09": 12,
    }
    accept(bank.ctx, found)
    assert (bank.state(SEPTEMBER), bank.state(OCTOBER)) == ("paid", "paid")


def test_a_proposal_that_no_longer_holds_is_refused(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "100.00")
    key = bank.pay("100.00", payer=CUSTOMER)
    found = the_one(bank)
    payments.match(bank.ctx, key, [(claim, euros("60.00"))])
    with pytest.raises(UserError, match="only"):
        accept(bank.ctx, [found])


def test_every_reason_is_a_whole_sentence(bank: Bank) -> None:
    bank.claim(OCTOBER, "100.00")
    bank.pay("100.00")
    found = the_one(bank)
    for reason in REASONS:
        for words in (Words("fr"), Words("en")):
            said = reason_text(words, replace(found, reason=reason, part="state"))
            assert "{" not in said
            assert said.endswith(".")
    assert claim_name(Words("fr"), found.claims[0]) == "octobre 2026"


@pytest.mark.untraced
@settings(max_examples=20)
@given(
    totals=st.lists(st.integers(100_000, 9_999_999), min_size=6, max_size=6, unique=True),
    noise=st.lists(st.integers(1, 50_000), max_size=5),
)
def test_seeded_cases_are_found_among_others_money(totals: list[int], noise: list[int]) -> None:
    """Exact, joined and split at once: each claim ends paid by what was meant for it."""
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(Path(folder) / "a.ltu")
        try:
            months = [Month(2026, 1).plus(index) for index in range(6)]
            for month, cents in zip(months, totals, strict=True):
                bank.claim(month, f"{Decimal(cents).scaleb(-2)}")

            def pay(cents: int, month: Month, days: int = 0, payer: str = "FONDS ETCLD") -> bytes:
                day = month.plus(1).first + timedelta(days=24 + days)
                return bank.pay(f"{Decimal(cents).scaleb(-2)}", day.isoformat(), payer)

            pay(totals[0], months[0])
            pay(totals[1] + totals[2], months[2])
            pay(totals[3] - 31_415, months[3])
            pay(31_415, months[3], 9)
            pay(totals[4], months[4])
            others = [pay(cents, months[4], 1, CUSTOMER) for cents in noise]
            found = propose(bank.ctx)
            links = [link for each in found for link in each.links]
            for row in bank.payments():
                assert sum(abs(link.amount) for link in links if link.payment_id == row.id) <= row.amount
            accept(bank.ctx, found)
            assert {month: bank.state(month) for month in months[:5]} == dict.fromkeys(months[:5], "paid")
            assert all(bank.payment(key).left == bank.payment(key).amount for key in others)
            assert bank.state(months[5]) == "sent"
        finally:
            bank.close()
