"""Hours of a month by status, and amounts shared to the cent: what reports ask the calculator."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.facts import AgreementFact, ContractFact, Facts, PersonFact, PersonMonth
from ltu_desktop.rules.money import to_cent
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.spread import spread
from ltu_desktop.rules.worked import worked

PACK = load("fr-tzcld")
FULL = Decimal("151.67")


def person(key: str, hours: str, status: str | None = "ppde", month: str = "2025-03") -> PersonFact:
    from datetime import date

    contract = ContractFact(date(2020, 1, 1), weekly_hours=Decimal(35))
    return PersonFact(key, status, (contract,), {month: PersonMonth(Decimal(hours))})


def facts(*people: PersonFact, ceiling: str | None = None, month: str = "2025-03") -> Facts:
    agreement = None if ceiling is None else AgreementFact(ceiling_fte=Decimal(ceiling))
    return Facts(month, agreement, people)


def test_hours_stand_with_their_status_and_are_the_claims() -> None:
    told = facts(person("A", "104.00"), person("B", "160.00"), person("C", "20.00", "other"), ceiling="4")
    found = worked(PACK, told)
    assert (found.main_people, found.other_people) == (2, 1)
    assert (found.main, found.other) == (Decimal("255.67"), Decimal("20.00"))  # B is capped at 151.67
    assert found.hours == sum(line.quantity for line in compute(PACK, told).lines)
    assert (found.limit, found.ceiling) == (Decimal("0.10"), Decimal(4))
    assert found.fte == Decimal("1.8176")
    assert (found.main_fte, found.other_fte) == (Decimal("1.6857"), Decimal("0.1319"))
    assert found.others_ratio == Decimal("0.0726")
    assert found.funded_fte == found.fte


def test_the_limit_for_others_cuts_what_is_funded() -> None:
    found = worked(PACK, facts(person("A", "90.00"), person("B", "60.00", "other")))
    assert found.ceiling is None
    assert found.funded_fte == ((Decimal(90) + Decimal(15)) / FULL).quantize(Decimal("0.0001"))


def test_who_is_not_claimed_is_not_counted() -> None:
    without = person("B", "60.00", None)
    broken = person("C", "-3.00")
    elsewhere = person("D", "60.00", month="2025-02")
    found = worked(PACK, facts(person("A", "90.00"), without, broken, elsewhere))
    assert (found.main_people, found.hours) == (1, Decimal("90.00"))


def test_a_month_without_a_known_rate_can_be_told() -> None:
    found = worked(PACK, facts(person("A", "90.00", month="2027-03"), month="2027-03"))
    assert found.hours == Decimal("90.00")


def test_months_add_up_and_the_later_one_says_who_and_how_many() -> None:
    march = worked(PACK, facts(person("A", "100.00"), person("B", "10.00", "other"), ceiling="3"))
    april = worked(PACK, facts(person("A", "50.00", month="2025-04"), ceiling="4", month="2025-04"))
    both = march.and_(april)
    assert (both.main, both.other, both.full) == (Decimal("150.00"), Decimal("10.00"), FULL * 2)
    assert (both.main_people, both.other_people, both.ceiling) == (1, 0, Decimal(4))
    assert both.fte == (Decimal(160) / (FULL * 2)).quantize(Decimal("0.0001"))


MONEY = st.decimals(Decimal(-90000), Decimal(90000), places=2)
WEIGHTS = st.dictionaries(st.integers(0, 9), MONEY, min_size=1)


@given(MONEY, WEIGHTS)
def test_shares_add_up_to_the_amount(amount: Decimal, weights: dict[int, Decimal]) -> None:
    shares = spread(amount, weights)
    assert shares.keys() == weights.keys()
    assert sum(shares.values()) == amount
    assert all(share == to_cent(share) for share in shares.values())


@given(WEIGHTS)
def test_what_was_asked_for_is_shared_as_it_was_asked_for(weights: dict[int, Decimal]) -> None:
    whole = sum(weights.values())
    if whole:
        assert spread(Decimal(whole), weights) == weights


def test_nothing_to_share_among_nobody_and_no_proportion() -> None:
    assert spread(Decimal("5.00"), {}) == {}
    assert spread(Decimal("5.00"), {"a": Decimal("3.00"), "b": Decimal("-3.00")}) == {
        "a": Decimal("5.00"),
        "b": Decimal("0.00"),
    }
    assert spread(Decimal("-10.01"), {"a": Decimal("2.00"), "b": Decimal("1.00")}) == {
        "a": Decimal("-6.67"),
        "b": Decimal("-3.34"),
    }
