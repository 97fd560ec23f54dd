"""Payments: entered, corrected, removed, matched; never more than the payment or the claim holds."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.actions import claims, payments
from ltu_desktop.actions.journal_words import done
from ltu_desktop.actions.payments import Link
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.money import ZERO
from ltu_desktop.words import Words
from tests.bank_world import AUGUST, OCTOBER, SEPTEMBER, Bank, euros, line

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = Bank(tmp_path / "a.ltu")
    yield made
    made.close()


def refused(code: str, act: Any, *args: Any, **more: Any) -> UserError:
    with pytest.raises(UserError) as error:
        act(*args, **more)
    assert error.value.code == code
    assert error.value.mend
    return error.value


def said(bank: Bank, language: str = "en") -> str:
    [entry] = bank.store.entries(limit=1)
    return done(Words(language), entry)


# ---- by hand ----


def test_a_payment_by_hand_is_kept_changed_and_removed(bank: Bank) -> None:
    key = payments.add(
        bank.ctx, received_on=date(2026, 11, 25), amount=euros("1930.40"), payer="  Fonds  ETCLD ", label="CDE"
    )
    row = bank.payment(key)
    assert (row.amount, row.left, row.payer, row.source) == (euros("1930.40"), euros("1930.40"), "Fonds ETCLD", "")
    assert said(bank) == "entered the payment of €1,930.40 received on 25 Nov 2026"
    payments.change(bank.ctx, key, {"amount": euros("1930.00")}, expected_version=1)
    assert said(bank) == (
        "changed the payment of €1,930.40 received on 25 Nov 2026: amount from €1,930.40 to €1,930.00"
    )
    payments.change(bank.ctx, key, {"payer": "État", "label": "CDE 10/2026", "amount": euros("1930.00")})
    assert said(bank, "fr") == (
        "a modifié le versement de 1\u202f930,00\u00a0€ reçu le 25/11/2026\u00a0: payeur, libellé"
    )
    refused("changed_meanwhile", payments.change, bank.ctx, key, {"payer": "X"}, expected_version=1)
    before = len(bank.store.entries())
    payments.change(bank.ctx, key, {"payer": "  État "})
    assert len(bank.store.entries()) == before, "nothing changed, nothing said"
    payments.remove(bank.ctx, key)
    assert bank.payments() == []
    assert said(bank) == "removed the payment of €1,930.00 received on 25 Nov 2026"
    bank.store.undo()
    assert bank.payment(key).payer == "État"


@pytest.mark.parametrize(
    ("day", "amount", "code"),
    [
        (date(2027, 3, 2), "1.00", "bad_value"),  # tomorrow
        (date(1890, 1, 1), "1.00", "bad_value"),
        (date(2026, 11, 25), "0.00", "bad_value"),
        (date(2026, 11, 25), "100000000.00", "bad_value"),
        (date(2026, 11, 25), "1.005", "decimals"),
    ],
)
def test_days_and_amounts_that_cannot_be_are_refused(bank: Bank, day: date, amount: str, code: str) -> None:
    error = refused(code, payments.add, bank.ctx, received_on=day, amount=euros(amount))
    assert error.where in {"Received on", "Amount"}


def test_what_is_no_field_of_a_payment_is_our_bug(bank: Bank) -> None:
    key = bank.pay("1.00")
    with pytest.raises(TypeError, match="source"):
        payments.change(bank.ctx, key, {"source": "x"})
    with pytest.raises(TypeError, match="amount"):
        payments.change(bank.ctx, key, {"amount": 1.5})


def test_the_bank_s_words_stay(bank: Bank) -> None:
    bank.bring(line("1930.40", label="CDE"))
    [row] = bank.payments()
    refused("bank_line", payments.change, bank.ctx, row.id, {"amount": euros("5.00")})
    payments.change(bank.ctx, row.id, {"payer": "Fonds", "label": " CDE "})
    assert bank.payment(row.id).payer == "Fonds"


# ---- matching ----


def test_a_claim_is_paid_when_its_total_is_reached_and_sent_again_when_not(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "1930.40")
    first, second = bank.pay("1000.00"), bank.pay("930.40", "2026-12-02")
    payments.match(bank.ctx, first, [(claim, euros("1000.00"))])
    assert (bank.state(OCTOBER), bank.asked(OCTOBER).open) == ("sent", euros("930.40"))
    assert said(bank) == "matched the payment of €1,000.00 received on 25 Nov 2026: October 2026, €1,000.00"
    payments.match(bank.ctx, second, [(claim, euros("930.40"))])
    assert (bank.state(OCTOBER), bank.asked(OCTOBER).open) == ("paid", ZERO)
    payments.unmatch(bank.ctx, first)
    assert (bank.state(OCTOBER), bank.asked(OCTOBER).open) == ("sent", euros("1000.00"))
    assert said(bank, "fr") == (
        "a défait le rapprochement du versement de 1\u202f000,00\u00a0€ reçu le 25/11/2026\u00a0: "
        "octobre 2026, 1\u202f000,00\u00a0€"
    )
    bank.store.undo()
    assert bank.state(OCTOBER) == "paid", "one action is one undo step, with the state"
    bank.store.undo()
    assert bank.state(OCTOBER) == "sent"


@pytest.mark.parametrize("state", ["sealed", "returned"])
def test_money_proves_that_a_claim_was_sent(bank: Bank, state: str) -> None:
    claim = bank.claim(OCTOBER, "100.00", state=state)
    key = bank.pay("100.00")
    payments.match(bank.ctx, key, [(claim, euros("100.00"))])
    assert bank.state(OCTOBER) == "paid"
    payments.unmatch(bank.ctx, key)
    assert bank.state(OCTOBER) == "sent"


def test_a_claim_noted_as_paid_by_hand_can_be_documented(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "100.00", state="paid")
    assert (bank.asked(OCTOBER).open, bank.asked(OCTOBER).unmatched) == (ZERO, euros("100.00"))
    key = bank.pay("100.00")
    payments.match(bank.ctx, key, [(claim, euros("40.00"))])
    payments.unmatch(bank.ctx, key)
    assert bank.state(OCTOBER) == "paid", "the payment had never settled it"
    payments.match(bank.ctx, key, [(claim, euros("100.00"))])
    assert bank.state(OCTOBER) == "paid"


def test_one_payment_settles_several_claims_and_a_correction(bank: Bank) -> None:
    one, two = bank.claim(SEPTEMBER, "1000.00"), bank.claim(OCTOBER, "500.00")
    less = bank.claim(SEPTEMBER, "-94.16", number=2)
    key = bank.pay("1405.84")
    refused("more_than_payment", payments.match, bank.ctx, key, [(one, euros("1000.00")), (two, euros("500.00"))])
    refused("more_than_payment", payments.match, bank.ctx, key, [(less, euros("-94.16"))])
    payments.match(bank.ctx, key, [(one, euros("1000.00")), (two, euros("500.00")), (less, euros("-94.16"))])
    assert [bank.state(*which) for which in bank.claims] == ["paid", "paid", "paid"]
    assert bank.payment(key).left == 0
    assert said(bank).endswith(
        "September 2026, €1,000.00 · October 2026, €500.00 · September 2026 (version 2), −€94.16"
    )
    refused("more_than_payment", payments.unmatch, bank.ctx, key, less)
    refused("more_than_payment", payments.change, bank.ctx, key, {"amount": euros("1405.83")})
    payments.unmatch(bank.ctx, key, two)
    assert (bank.state(OCTOBER), bank.payment(key).left) == ("sent", euros("500.00"))
    payments.remove(bank.ctx, key)
    assert [bank.state(*which) for which in bank.claims] == ["sent", "sent", "sent"]


def test_money_taken_back_settles_a_correction_downwards(bank: Bank) -> None:
    less = bank.claim(OCTOBER, "-94.16", number=2)
    key = bank.pay("-100.00")
    refused("more_than_claim", payments.match, bank.ctx, key, [(less, euros("-100.00"))])
    payments.match(bank.ctx, key, [(less, euros("-94.16"))])
    assert (bank.state(OCTOBER, 2), bank.payment(key).left) == ("paid", euros("-5.84"))


def test_several_payments_are_matched_in_one_step(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "1930.40")
    state, department = bank.pay("1678.61"), bank.pay("251.79", "2026-12-02")
    payments.match_all(bank.ctx, [Link(state, claim, euros("1678.61")), Link(department, claim, euros("251.79"))])
    assert bank.state(OCTOBER) == "paid"
    assert said(bank) == "matched 2 payments: October 2026, €1,930.40"
    bank.store.undo()
    assert bank.payment(state).left == euros("1678.61")


def test_more_of_the_same_pair_adds_up(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "100.00")
    key = bank.pay("100.00")
    payments.match(bank.ctx, key, [(claim, euros("30.00")), (claim, euros("20.00"))])
    payments.match(bank.ctx, key, [(claim, euros("50.00"))])
    assert [each.amount for each in bank.payment(key).matches] == [euros("100.00")]
    assert bank.state(OCTOBER) == "paid"


def test_more_than_there_is_is_refused(bank: Bank) -> None:
    claim, other = bank.claim(OCTOBER, "100.00"), bank.claim(SEPTEMBER, "300.00")
    key, small = bank.pay("500.00"), bank.pay("50.00")
    refused("more_than_claim", payments.match, bank.ctx, key, [(claim, euros("100.01"))])
    refused("more_than_payment", payments.match, bank.ctx, small, [(claim, euros("50.01"))])
    refused("wrong_sign", payments.match, bank.ctx, key, [(claim, euros("-1.00"))])
    refused("wrong_sign", payments.match, bank.ctx, key, [(claim, euros("0.00"))])
    refused("decimals", payments.match, bank.ctx, key, [(claim, euros("0.001"))])
    refused("no_claim", payments.match, bank.ctx, key, [(b"0" * 16, euros("1.00"))])
    refused("no_payment", payments.match, bank.ctx, b"0" * 16, [(claim, euros("1.00"))])
    refused("no_payment", payments.unmatch, bank.ctx, b"0" * 16)
    refused("no_payment", payments.remove, bank.ctx, b"0" * 16)
    before = bank.rows()
    refused("more_than_claim", payments.match, bank.ctx, key, [(other, euros("300.00")), (claim, euros("100.01"))])
    assert bank.rows() == before, "all or nothing"


def test_nothing_to_match_writes_nothing(bank: Bank) -> None:
    key, before = bank.pay("1.00"), len(bank.store.entries())
    payments.match(bank.ctx, key, [])
    payments.unmatch(bank.ctx, key)
    assert len(bank.store.entries()) == before


def test_a_claim_sent_again_can_be_returned(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "100.00")
    key = bank.pay("100.00")
    payments.match(bank.ctx, key, [(claim, euros("100.00"))])
    refused("wrong_state", claims.return_, bank.ctx, claim, "IBAN")
    payments.unmatch(bank.ctx, key)
    assert claims.return_(bank.ctx, claim, "IBAN").state == "returned"


# ---- laws ----

amounts = st.integers(-5000, 20000).filter(bool).map(lambda cents: f"{Decimal(cents).scaleb(-2)}")
steps = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(-6000, 21000), st.booleans()), min_size=1, max_size=10
)


@pytest.mark.untraced
@settings(max_examples=25)
@given(st.lists(amounts, min_size=3, max_size=3), st.lists(amounts, min_size=4, max_size=4), steps)
def test_never_more_is_matched_than_there_is(asked: list[str], paid: list[str], tries: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bank = Bank(Path(folder) / "a.ltu")
        try:
            months = [AUGUST, SEPTEMBER, OCTOBER]
            keys = [bank.claim(month, total) for month, total in zip(months, asked, strict=True)]
            money = [bank.pay(amount) for amount in paid]
            for payment, claim, cents, back in tries:
                try:
                    if back:
                        payments.unmatch(bank.ctx, money[payment], keys[claim])
                    else:
                        before = bank.rows()
                        payments.match(bank.ctx, money[payment], [(keys[claim], Decimal(cents).scaleb(-2))])
                        bank.store.undo()
                        assert bank.rows() == before, "match and undo are nothing"
                        bank.store.redo()
                except UserError:
                    pass
                for row in bank.payments():
                    assert abs(row.matched) <= abs(row.amount)
                    assert row.matched * row.amount >= 0
                for month in months:
                    each = bank.asked(month)
                    assert abs(each.received) <= abs(each.expected)
                    assert each.received * each.expected >= 0
                    assert (each.state == "paid") == (each.received == each.expected)
            for key in money:
                payments.unmatch(bank.ctx, key)
            assert bank.rows()["payment_match"] == []
            assert {bank.state(month) for month in months} == {"sent"}, "match and unmatch are nothing"
            assert bank.store.check() == []
        finally:
            bank.close()
