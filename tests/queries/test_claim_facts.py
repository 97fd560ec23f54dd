"""Facts of a claim as read from the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.queries.claim_facts import facts, monthly_hours, weekly_hours
from ltu_desktop.rules.facts import Absence, Facts, Override
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEPTEMBER = OCTOBER.plus(-1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.ltu")
    yield made
    made.close()


def read(world: World, month: Month = OCTOBER) -> Facts:
    with world.store.read() as connection:
        return facts(connection, month, "fr-tzcld")


def hours(world: World, number: str, month: Month = OCTOBER, of: Month = OCTOBER) -> Decimal | None:
    person = next((each for each in read(world, of).people if each.id == number), None)
    pay = person.months.get(str(month)) if person else None
    return pay.paid_hours if pay else None


def test_empty_file_has_no_people_and_no_agreement(world: World) -> None:
    assert read(world) == Facts("2026-10")


def test_contract_is_cut_at_each_change_of_terms(world: World) -> None:
    world.person("F1", start=None)
    contract = world.contract("F1", date(2024, 3, 4), date(2026, 10, 16), "20")
    world.terms(contract, date(2026, 10, 5), "24.5")
    world.terms(contract, date(2026, 11, 1), "35")  # after the exit: never in force
    stretches = read(world).people[0].contracts
    assert [(each.start, each.end, each.weekly_hours) for each in stretches] == [
        (date(2024, 3, 4), date(2026, 10, 4), Decimal("20.00")),
        (date(2026, 10, 5), date(2026, 10, 16), Decimal("24.50")),
    ]
    assert {(each.nature, each.public_aid) for each in stretches} == {("01", "99")}


def test_what_comes_after_the_month_is_left_out(world: World) -> None:
    world.person("F1", end=date(2026, 12, 31))
    world.person("F2", start=date(2026, 11, 1))
    world.person("F3", start=date(2020, 1, 1), end=date(2025, 12, 31))
    world.person("F4", start=date(2020, 1, 1), end=date(2026, 1, 1))
    found = {each.id: each.contracts for each in read(world).people}
    assert found.keys() == {"F1", "F4"}
    assert found["F1"][0].end is None
    assert found["F4"][0].end == date(2026, 1, 1)


def test_contract_without_terms_has_no_hours_until_its_first_terms(world: World) -> None:
    world.person("F1", start=date(2026, 1, 1), weekly=None)
    world.person("F2", start=None)
    world.terms(world.contract("F2", date(2026, 1, 1), None, None), date(2026, 2, 1), "28")
    first, second = (each.contracts for each in read(world).people)
    assert [each.weekly_hours for each in first] == [None]
    assert [(each.start, each.weekly_hours) for each in second] == [
        (date(2026, 1, 1), None),
        (date(2026, 2, 1), Decimal("28.00")),
    ]


def test_terms_before_the_contract_hold_from_its_start(world: World) -> None:
    world.person("F1", start=None)
    contract = world.contract("F1", date(2026, 2, 1), None, None)
    world.terms(contract, date(2025, 1, 1), "20")
    world.terms(contract, date(2026, 1, 1), "28")
    (only,) = read(world).people[0].contracts
    assert (only.start, only.weekly_hours) == (date(2026, 2, 1), Decimal("28.00"))


def test_hours_are_those_worked_in_the_month_whichever_file_pays_them(world: World) -> None:
    world.person("F1")
    world.payroll(SEPTEMBER, {"F1": "100.00"})
    world.payroll(OCTOBER, [("F1", OCTOBER, "110.00"), ("F1", SEPTEMBER, "-7.00"), ("F1", OCTOBER, "1.50")])
    assert hours(world, "F1") == Decimal("111.50")
    assert hours(world, "F1", SEPTEMBER) == Decimal("93.00")
    assert hours(world, "F1", SEPTEMBER, of=SEPTEMBER) == Decimal("93.00")
    assert hours(world, "F1", OCTOBER, of=SEPTEMBER) is None


def test_replaced_files_do_not_count(world: World) -> None:
    world.person("F1")
    first = world.payroll(OCTOBER, {"F1": "100.00"}, "one.dsn")
    second = world.payroll(OCTOBER, {"F1": "90.00"}, "two.dsn")
    world.update(t.payroll_file, first, replaced_by_id=second)
    assert hours(world, "F1") == Decimal("90.00")


def test_only_the_months_of_the_year_so_far_come_along(world: World) -> None:
    world.person("F1")
    for month in (Month(2025, 12), Month(2026, 1), OCTOBER, OCTOBER.plus(1)):
        world.payroll(month, {"F1": "10.00"})
    assert list(read(world).people[0].months) == ["2026-01", "2026-10"]


def test_person_without_contract_comes_when_payroll_knows_her(world: World) -> None:
    world.person("F1", start=None, status=None)
    world.person("F2", start=None)
    world.payroll(OCTOBER, {"F1": "10.00"})
    (person,) = read(world).people
    assert (person.id, person.status, person.contracts) == ("F1", None, ())


def test_sums_of_one_month(world: World) -> None:
    world.person("F1")
    more: dict[str, Any] = {
        "overtime_hours": 150,
        "complementary_hours": 250,
        "gross_pay": 120033,
        "employer_cost": 150000,
        "unpaid_hours": 700,
    }
    world.payroll(OCTOBER, [("F1", OCTOBER, "100.00"), ("F1", OCTOBER, "4.00")], **more)
    pay = read(world).people[0].months["2026-10"]
    assert pay.overtime_hours == Decimal("3.00")
    assert pay.complementary_hours == Decimal("5.00")
    assert pay.gross_pay == Decimal("2400.66")
    assert pay.employer_cost == Decimal("3000.00")
    assert pay.absences == (Absence("unpaid", Decimal("14.00")),)


def test_nothing_said_stays_unsaid(world: World) -> None:
    world.person("F1")
    world.payroll(OCTOBER, {"F1": "100.00"})
    pay = read(world).people[0].months["2026-10"]
    assert (pay.gross_pay, pay.employer_cost, pay.overtime_hours, pay.complementary_hours) == (None,) * 4
    assert pay.absences == ()


def test_absences_explain_the_unpaid_hours_that_payroll_declares(world: World) -> None:
    world.person("F1")
    world.payroll(OCTOBER, {"F1": "100.00"}, unpaid_hours=2100)
    world.absence("F1", OCTOBER, "sick_unpaid", "14.00")
    world.absence("F1", OCTOBER, "paid_leave", "7.00")  # paid: explains no unpaid hour
    world.absence("F1", OCTOBER, "sick_paid", "3.00", 5000)
    world.absence("F1", OCTOBER, "sick_paid", "4.00", 5000)
    world.absence("F1", OCTOBER, "unjustified", "0.00")
    assert read(world).people[0].months["2026-10"].absences == (
        Absence("paid_leave", Decimal("7.00")),
        Absence("sick_paid", Decimal("7.00"), Decimal("0.5000")),
        Absence("sick_unpaid", Decimal("14.00")),
        Absence("unpaid", Decimal("7.00")),
    )


def test_absence_of_a_replaced_file_does_not_count(world: World) -> None:
    world.person("F1")
    old, new = world.payroll(OCTOBER, {"F1": "1.00"}, "one"), world.payroll(OCTOBER, {"F1": "2.00"}, "two")
    absence = world.absence("F1", OCTOBER, "sick_unpaid", "14.00")
    world.update(t.absence, absence, payroll_file_id=old)
    world.update(t.payroll_file, old, replaced_by_id=new)
    assert read(world).people[0].months["2026-10"].absences == ()


def test_agreement_in_force_with_its_terms_and_overrides(world: World) -> None:
    world.employer(contributions_valid_until=date(2026, 12, 31))
    world.agreement("30", number="OLD", start_on=date(2016, 1, 1), end_on=date(2021, 6, 27))
    key = world.agreement("36", {"sick_paid": "count"})
    world.insert(t.agreement_terms, agreement_id=key, start_on=date(2026, 11, 1), ceiling_fte=4000, settings="{}")
    rate = {"scheme": "fr-tzcld", "parameter": "state_rate", "start_on": date(2026, 10, 1), "source": "arrêté"}
    world.insert(t.parameter_override, **rate, value="0.90")
    world.insert(t.parameter_override, **rate, value="0.92", agreement_id=key, provisional=1)
    world.insert(t.parameter_override, **{**rate, "scheme": "de-16i"}, value="0.10")
    former = next(each for each in agreements(world) if each != key)
    world.insert(t.parameter_override, **rate, value="0.11", agreement_id=former)
    found = read(world).agreement
    assert found is not None
    assert found.ceiling_fte == Decimal("36.00")
    assert found.settings == {"sick_paid": "count"}
    assert found.contributions_valid_until == date(2026, 12, 31)
    assert found.overrides == (Override("state_rate", date(2026, 10, 1), Decimal("0.92"), "arrêté", provisional=True),)
    later = read(world, OCTOBER.plus(1)).agreement
    assert later is not None
    assert later.ceiling_fte == Decimal("40.00")


def agreements(world: World) -> list[bytes]:
    with world.store.read() as connection:
        return [row.id for row in connection.execute(t.agreement.select())]


def test_overrides_of_the_scheme_count_without_an_agreement(world: World) -> None:
    world.insert(
        t.parameter_override,
        scheme="fr-tzcld",
        parameter="state_rate",
        start_on=date(2026, 1, 1),
        value="0.93",
        source="arrêté",
    )
    found = read(world).agreement
    assert found is not None
    assert (found.ceiling_fte, len(found.overrides)) == (None, 1)


def test_weekly_and_monthly_hours_give_each_other() -> None:
    assert monthly_hours(3500, None) == Decimal("151.67")
    assert monthly_hours(3500, 15200) == Decimal("152.00")
    assert monthly_hours(None, None) is None
    assert weekly_hours(None, 15167) == Decimal("35.00")
    assert weekly_hours(2400, 15167) == Decimal("24.00")
    assert weekly_hours(None, None) is None


def test_ready_world_reads_back(tmp_path: Path) -> None:
    world = ready(tmp_path / "ready.ltu")
    assert [each.id for each in read(world).people] == ["F0001", "F0002", "F0003"]
    world.close()
