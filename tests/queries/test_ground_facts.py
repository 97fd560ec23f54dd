"""Absences noted on the ground reach the claim, to the cent, as far as payroll does not say as much itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims
from ltu_desktop.queries.claim_facts import absent_on_the_ground, facts
from ltu_desktop.rules.facts import Absence
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, ground, october

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    made.agreement()
    made.payroll(OCTOBER, {"F0001": "151.67", "F0002": "104.00"})
    yield made
    made.close()


def absences(world: Ground, number: str) -> tuple[Absence, ...]:
    with world.store.read() as connection:
        found = facts(connection, OCTOBER, "fr-tzcld")
    return next(each for each in found.people if each.id == number).months[str(OCTOBER)].absences


def total(world: Ground, number: str) -> Decimal:
    answer = claims.review(world.ctx, OCTOBER).dossier.answer
    return sum((line.total for line in answer.lines if line.person == number), Decimal(0))


def test_sick_leave_on_full_pay_is_taken_off_once(world: Ground) -> None:
    assert total(world, "F0001") == Decimal("1773.71") + Decimal("266.06")
    world.type("F0001", october(5), "MALP")
    world.type("F0001", october(6), "MALP3,5")
    assert absences(world, "F0001") == (Absence("sick_paid", Decimal("10.50")),)
    # 12.31 × 141.17 = 1 737.80; × 95 % = 1 650.91; × 15 % = 247.64
    assert total(world, "F0001") == Decimal("1650.91") + Decimal("247.64")
    world.absence("F0001", OCTOBER, "sick_paid", "10.50", kept=5000)  # payroll says as much
    assert absences(world, "F0001") == (Absence("sick_paid", Decimal("10.50"), Decimal("0.5")),)
    assert total(world, "F0001") == Decimal("1650.91") + Decimal("247.64")
    world.absence("F0001", OCTOBER, "sick_paid", "3.50", kept=5000)  # and more
    # 12.31 × 137.67 = 1 694.72; × 95 % = 1 609.98; × 15 % = 241.50
    assert total(world, "F0001") == Decimal("1609.98") + Decimal("241.50")


def test_unpaid_leave_that_payroll_took_off_already_is_named_and_not_taken_off_again(world: Ground) -> None:
    world.payroll(OCTOBER, {"F0003": "100.00"}, name="autre.dsn", unpaid_hours=1400)
    before = total(world, "F0003")
    assert absences(world, "F0003") == (Absence("unpaid", Decimal("14.00")),)
    world.type("F0003", october(5), "SS")
    assert absences(world, "F0003") == (Absence("unpaid", Decimal("7.00")), Absence("unpaid_leave", Decimal("7.00")))
    world.type("F0003", october(6), "MALP")
    assert total(world, "F0003") == before
    world.type("F0003", october(7), "MALP")
    assert total(world, "F0003") < before


def test_paid_leave_counts_as_the_agreement_says(world: Ground) -> None:
    before = total(world, "F0002")
    world.type("F0002", october(5), "CP")
    assert total(world, "F0002") == before
    [terms] = world.rows(t.agreement_terms)
    world.update(t.agreement_terms, terms["id"], settings='{"paid_absence": "exclude"}')
    # 12.31 × 98 = 1 206.38; × 95 % = 1 146.06; × 15 % = 171.91
    assert total(world, "F0002") == Decimal("1146.06") + Decimal("171.91")


def test_minutes_are_rounded_once_a_month_and_kind(world: Ground) -> None:
    for day in (5, 6, 7):
        world.type("F0001", october(day), "MALP0:20")
    assert absences(world, "F0001") == (Absence("sick_paid", Decimal("1.00")),)
    with world.store.read() as connection:
        found = absent_on_the_ground(connection, "2026-09", "2026-10")
    assert found == {(world.people["F0001"], "2026-10"): {("sick_paid", None): 100}}


def test_nobody_is_claimed_less_who_has_no_payroll(world: Ground) -> None:
    world.type("F0003", october(5), "MALP")
    with world.store.read() as connection:
        found = facts(connection, OCTOBER, "fr-tzcld")
    assert next(each for each in found.people if each.id == "F0003").months == {}
