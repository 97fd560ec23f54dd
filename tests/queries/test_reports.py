"""What reports read: stays with the employer, hours by month, the ledger of a year, payments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims
from ltu_desktop.queries import reports as rows
from ltu_desktop.queries.reports import Contract, Employment, Member, Staff, Terms
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def contract(start: date, end: date | None = None, *weekly: str | None, nature: str = "01") -> Contract:
    terms = tuple(
        Terms(start, None if hours is None else Decimal(hours), f"job {hours}", "") for hours in weekly or ("35",)
    )
    return Contract(start, end, nature, terms)


def during(start: date, end: date, *contracts: Contract) -> list[Employment]:
    member = Member(b"1", "F1", "DELANNOY Zoé", "delannoy zoe", "ppde", "02", None, "", contracts)
    return Staff((member,)).during(start, end)


def stays(start: date, end: date, *contracts: Contract) -> list[tuple[date, date | None]]:
    return [(each.entry, each.exit) for each in during(start, end, *contracts)]


Y25, E25 = date(2025, 1, 1), date(2025, 12, 31)
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def test_contracts_without_a_break_are_one_stay() -> None:
    first, second = contract(date(2024, 3, 1), date(2025, 5, 31), nature="02"), contract(JUNE)
    assert stays(Y25, E25, first, second) == [(date(2024, 3, 1), None)]
    assert during(Y25, E25, first, second)[0].nature == "01"
    assert during(MAY, MAY, first, second)[0].nature == "02"


def test_a_break_makes_two_stays() -> None:
    first, second = contract(date(2024, 3, 1), date(2025, 4, 30)), contract(JUNE)
    assert stays(Y25, E25, first, second) == [(date(2024, 3, 1), date(2025, 4, 30)), (JUNE, None)]
    assert stays(MAY, MAY, first, second) == []
    assert stays(date(2025, 4, 30), date(2025, 4, 30), first, second) == [(date(2024, 3, 1), date(2025, 4, 30))]


def test_an_exit_after_the_span_is_not_told_yet() -> None:
    assert stays(Y25, MAY, contract(Y25, JUNE)) == [(Y25, None)]
    assert stays(JUNE, E25, contract(Y25, MAY)) == []
    assert stays(Y25, date(2025, 1, 31), contract(MAY)) == []


def test_a_short_contract_inside_a_long_one_does_not_end_the_stay() -> None:
    long, short = contract(Y25, None, "20"), contract(MAY, date(2025, 5, 31), "10")
    assert stays(Y25, E25, long, short) == [(Y25, None)]
    assert during(MAY, MAY, long, short)[0].weekly_hours == Decimal(30)
    assert during(JUNE, JUNE, long, short)[0].weekly_hours == Decimal(20)
    bounded = contract(Y25, E25, "20")
    assert stays(Y25, date(2026, 3, 1), bounded, short) == [(Y25, E25)]


def test_hours_that_nobody_has_said_are_not_zero() -> None:
    known, unknown = contract(Y25, None, "20"), contract(Y25, None, None)
    assert during(MAY, MAY, known, unknown)[0].weekly_hours is None
    bare = Contract(Y25, None, "", ())
    found = during(MAY, MAY, bare)[0]
    assert (found.weekly_hours, found.job, found.category, found.nature) == (None, "", "", "")


def test_terms_are_those_of_the_last_day() -> None:
    terms = (Terms(Y25, Decimal(20), "a", ""), Terms(JUNE, Decimal(24), "b", "II"))
    moved = Contract(Y25, date(2025, 8, 31), "01", terms)
    assert [(each.weekly_hours, each.job) for each in during(MAY, MAY, moved)] == [(Decimal(20), "a")]
    assert [(each.weekly_hours, each.category) for each in during(Y25, E25, moved)] == [(Decimal(24), "II")]
    late = Contract(Y25, None, "01", (Terms(JUNE, Decimal(24), "b", ""),))
    assert during(MAY, MAY, late)[0].weekly_hours == Decimal(24)  # the first ones, before they begin


def test_the_staff_of_a_file_comes_in_the_order_of_entry(world: World) -> None:
    world.person("F0009", name="Œuvrard", start=date(2019, 5, 2), weekly=None)
    world.person("F0010", name="Personne", start=None)
    with world.store.read() as connection:
        found = rows.staff(connection).during(date(2026, 10, 31), date(2026, 10, 31))
    assert [(each.member.name, each.weekly_hours) for each in found] == [
        ("ŒUVRARD Zoé", None),
        ("DELANNOY Zoé", Decimal(24)),
        ("KOWALCZYK Zoé", Decimal(35)),
        ("TRAORÉ Zoé", Decimal(35)),
    ]


def test_hours_are_those_of_the_month_worked_of_files_that_count(world: World) -> None:
    september = OCTOBER.plus(-1)
    old = world.payroll(september, {"F0001": "90.00"})
    new = world.payroll(september, {"F0001": "100.00"}, name="neuf.dsn", unpaid_hours=400)
    world.update(t.payroll_file, old, replaced_by_id=new)
    world.payroll(OCTOBER.plus(1), [("F0001", OCTOBER, "3.50"), ("F0001", Month(2025, 12), "7.00")])
    with world.store.read() as connection:
        found = {each.staff_number: each.months for each in rows.paid_hours(connection, 2026)}
        years = rows.years(connection)
    assert found["F0001"] == {9: (Decimal("100.00"), Decimal("4.00")), 10: (Decimal("107.50"), Decimal("0.00"))}
    assert list(found) == ["F0001", "F0003", "F0002"]
    assert years == [2026, 2025]


def test_claimed_hours_follow_the_latest_status(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    world.update(t.person, world.people["F0003"], status="ppde")
    world.payroll(OCTOBER, [("F0003", OCTOBER, "5.00")], name="plus.dsn")
    claims.correct(world.ctx, OCTOBER, "heures")
    with world.store.read() as connection:
        found = {each.person_id: each for each in rows.claimed_hours(connection, "fr-tzcld", 2026)}
    line = found[world.people["F0003"]]
    assert (line.status, line.hours, line.month) == ("ppde", Decimal("80.00"), OCTOBER)


def test_a_line_taken_back_keeps_its_status(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    new = world.payroll(OCTOBER, {"F0001": "104.00", "F0002": "151.67"}, name="neuf.dsn")
    world.update(t.payroll_file, world.files["dsn-2026-10.dsn"], replaced_by_id=new)
    claims.correct(world.ctx, OCTOBER, "pas payée")
    with world.store.read() as connection:
        found = {each.person_id: each for each in rows.claimed_hours(connection, "fr-tzcld", 2026)}
    assert (found[world.people["F0003"]].status, found[world.people["F0003"]].hours) == ("other", Decimal("0.00"))


def test_payments_are_listed_with_what_they_settle(world: World) -> None:
    sealed = claims.seal(world.ctx, OCTOBER)
    late = world.insert(t.payment, received_on=date(2027, 1, 5), amount=20000, payer="Fonds")
    early = world.insert(t.payment, received_on=date(2026, 12, 1), amount=10000, payer="Fonds")
    world.insert(t.payment, received_on=date(2026, 12, 2), amount=-500, payer="Fonds")
    world.insert(t.payment_match, payment_id=late, claim_id=sealed.row.id, amount=20000)
    world.insert(t.payment_match, payment_id=early, claim_id=sealed.row.id, amount=4000)
    with world.store.read() as connection:
        found = rows.matched(connection, "fr-tzcld", 2026)
        loose = [rows.unmatched(connection, year) for year in (2026, 2027)]
    assert [(each.received_on, each.payment, each.amount) for each in found] == [
        (date(2026, 12, 1), Decimal("100.00"), Decimal("40.00")),
        (date(2027, 1, 5), Decimal("200.00"), Decimal("200.00")),
    ]
    assert loose == [(2, Decimal("55.00")), (0, Decimal("0.00"))]


def test_without_a_contract_there_is_no_stay() -> None:
    assert stays(Y25, E25) == []
