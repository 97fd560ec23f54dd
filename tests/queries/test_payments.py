"""What is open, how old it is, and expected against received."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims, payments
from ltu_desktop.queries import payments as queries
from ltu_desktop.queries.payments import Flow
from ltu_desktop.queries.settings import setting_row
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.bank_world import AUGUST, OCTOBER, SEPTEMBER, Bank, euros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2027, 3, 1)
NOVEMBER, DECEMBER = OCTOBER.plus(1), OCTOBER.plus(2)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    made = Bank(tmp_path / "a.ltu")
    yield made
    made.close()


def test_payments_come_latest_first_with_what_they_settle(bank: Bank) -> None:
    claim, other = bank.claim(SEPTEMBER, "1000.00"), bank.claim(OCTOBER, "500.00")
    first, second = bank.pay("1200.00", "2026-11-25"), bank.pay("7.00", "2026-12-01")
    payments.match(bank.ctx, first, [(other, euros("200.00")), (claim, euros("1000.00"))])
    with bank.store.read() as connection:
        rows = queries.payments(connection)
        left = queries.payments(connection, unmatched_only=True)
        of_claim = queries.matches_of_claim(connection, claim)
        nobody = queries.payment_by_id(connection, b"0" * 16)
    assert [row.id for row in rows] == [second, first]
    assert [(each.month, each.number, each.amount) for each in rows[1].matches] == [
        (SEPTEMBER, 1, euros("1000.00")),
        (OCTOBER, 1, euros("200.00")),
    ]
    assert (rows[1].matched, rows[1].left) == (euros("1200.00"), ZERO)
    assert [row.id for row in left] == [second]
    assert [(each.payment_id, each.amount, each.received_on) for each in of_claim] == [
        (first, euros("1000.00"), date(2026, 11, 25))
    ]
    assert nobody is None


@pytest.mark.parametrize(
    ("sent", "days", "bucket"),
    [
        (date(2027, 3, 1), 0, "0-30"),
        (date(2027, 1, 30), 30, "0-30"),
        (date(2027, 1, 29), 31, "31-60"),
        (date(2026, 12, 31), 60, "31-60"),
        (date(2026, 12, 30), 61, "61-90"),
        (date(2026, 12, 1), 90, "61-90"),
        (date(2026, 11, 30), 91, "90+"),
    ],
)
def test_an_open_claim_is_as_old_as_its_sending(bank: Bank, sent: date, days: int, bucket: str) -> None:
    bank.claim(OCTOBER, "100.00", sealed_on=sent)
    bank.claim(NOVEMBER, "50.00", state="sealed")
    with bank.store.read() as connection:
        waiting, unsent = queries.open_claims(connection, TODAY)
    assert (waiting.days, waiting.bucket, waiting.sent_on, waiting.open) == (days, bucket, sent, euros("100.00"))
    assert (unsent.days, unsent.bucket, unsent.sent_on) == (None, "", None)
    assert queries.ageing([waiting, unsent]) == {
        **dict.fromkeys(queries.BUCKETS, 0),
        bucket: euros("100.00"),
        "": euros("50.00"),
    }


def test_the_last_sending_counts_and_one_taken_back_does_not(bank: Bank) -> None:
    claim = bank.claim(OCTOBER, "100.00", state="returned", sealed_on=date(2026, 11, 11))
    assert bank.asked(OCTOBER).sent_on == date(2026, 11, 11)
    bank.clock.moment = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    claims.send(bank.ctx, claim)
    assert bank.asked(OCTOBER).sent_on == date(2026, 12, 1)
    sealed = bank.claim(NOVEMBER, "5.00", state="sealed")
    claims.send(bank.ctx, sealed)
    bank.store.undo()
    assert bank.asked(NOVEMBER).sent_on is None


def test_a_claim_is_received_when_its_last_payment_is(bank: Bank) -> None:
    split, waiting = bank.claim(OCTOBER, "100.00"), bank.claim(NOVEMBER, "5.00")
    payments.match(bank.ctx, bank.pay("60.00", "2026-12-20"), [(split, euros("60.00"))])
    payments.match(bank.ctx, bank.pay("40.00", "2026-12-02"), [(split, euros("40.00"))])
    with bank.store.read() as connection:
        assert queries.received_days(connection) == {split: date(2026, 12, 20)}
    payments.match(bank.ctx, bank.pay("1.00", "2027-01-03"), [(waiting, euros("1.00"))])
    bank.store.undo()
    with bank.store.read() as connection:
        assert waiting not in queries.received_days(connection)


def test_paid_claims_wait_for_nothing(bank: Bank) -> None:
    bank.claim(AUGUST, "10.00", state="paid")
    claim = bank.claim(SEPTEMBER, "20.00")
    bank.claim(OCTOBER, "0.00")
    bank.claim(OCTOBER, "7.00", scheme="ro-stim")
    payments.match(bank.ctx, bank.pay("20.00"), [(claim, euros("20.00"))])
    with bank.store.read() as connection:
        assert queries.open_claims(connection, TODAY) == []
        assert len(queries.open_claims(connection, TODAY, "ro-stim")) == 1


def test_expected_against_received_by_month_and_year(bank: Bank) -> None:
    one, two = bank.claim(NOVEMBER, "1000.00"), bank.claim(DECEMBER, "500.00")
    bank.claim(OCTOBER, "300.00", state="paid")
    bank.claim(NOVEMBER, "-50.00", number=2)
    first = bank.pay("1100.00", "2027-01-25")
    bank.pay("40.00", "2026-12-24")
    payments.match(bank.ctx, first, [(one, euros("1000.00")), (two, euros("100.00"))])
    with bank.store.read() as connection:
        months = queries.flows(connection, TODAY)
    zero = ZERO
    assert months == [
        Flow(OCTOBER, euros("300.00"), zero, euros("300.00"), zero),
        Flow(NOVEMBER, euros("950.00"), euros("1000.00"), zero, zero),
        Flow(DECEMBER, euros("500.00"), euros("100.00"), zero, euros("40.00")),
        Flow(Month(2027, 1), zero, zero, zero, euros("1100.00")),
    ]
    assert [each.open for each in months] == [0, euros("-50.00"), euros("400.00"), 0]
    years = queries.by_year(months)
    assert years == [
        Flow(2026, euros("1750.00"), euros("1100.00"), euros("300.00"), euros("40.00")),
        Flow(2027, zero, zero, zero, euros("1100.00")),
    ]
    assert queries.by_year(years) == years
    assert sum(each.cash for each in years) == sum(row.amount for row in bank.payments())


def test_candidates_begin_with_the_equal_amount(bank: Bank) -> None:
    bank.claim(AUGUST, "100.00", state="paid")
    bank.claim(SEPTEMBER, "300.00")
    bank.claim(OCTOBER, "100.00")
    bank.claim(NOVEMBER, "5.00", state="paid")
    key = bank.pay("100.00")
    with bank.store.read() as connection:
        found = queries.candidates(connection, key, TODAY)
        assert queries.candidates(connection, b"0" * 16, TODAY) == []
    assert [(each.month, each.state) for each in found] == [(OCTOBER, "sent"), (AUGUST, "paid"), (SEPTEMBER, "sent")]
    payments.match(bank.ctx, key, [(bank.claims[OCTOBER, 1], euros("100.00"))])
    with bank.store.read() as connection:
        assert queries.candidates(connection, key, TODAY) == []


def test_parts_and_payers(bank: Bank) -> None:
    bank.world.agreement(fund="Fonds ETCLD")
    claim = bank.claim(OCTOBER, "1930.40", parts={"state": "1678.61", "department": "251.79"})
    bank.pay("1.00", payer="nobody")
    payments.match(bank.ctx, bank.pay("5.00", payer="DGFIP"), [(claim, euros("5.00"))])
    with bank.store.read() as connection:
        assert queries.parts(connection, [claim]) == {claim: {"state": euros("1678.61"), "department": euros("251.79")}}
        assert queries.payers(connection) == ({"DGFIP"}, {"Fonds ETCLD"})


def test_a_setting_is_found_by_its_key(bank: Bank) -> None:
    key = bank.world.insert(t.setting, key="a", value="[1]")
    with bank.store.read() as connection:
        found = setting_row(connection, "a")
        assert setting_row(connection, "b") is None
    assert found is not None
    assert (found.id, found.value) == (key, "[1]")


def test_ten_years_of_payments_are_read_at_once(bank: Bank) -> None:
    """No query for each row: 120 claims and 600 payments take as many statements as one of each."""
    from sqlalchemy import event

    with bank.store.write("test") as tx:
        rows: list[dict[str, date | int]] = [
            {"received_on": date(2017 + index // 60, 1 + index % 12, 5), "amount": 100} for index in range(600)
        ]
        tx.insert_many(t.payment, rows)
    counted = []
    with bank.store.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *_: counted.append(1))
        queries.payments(connection)
        queries.flows(connection, TODAY)
        queries.open_claims(connection, TODAY)
    assert len(counted) == 2 + 3 + 2
