"""An amendment of hours splits its month by itself: in the claim's hours, and in what the claim says about it."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims, people
from ltu_desktop.queries import people as queries
from tests.claim_world import OCTOBER, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHOLE = Decimal("151.67")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "a.ltu")
    made.employer()
    made.agreement(settings={"mid_month": "calendar"})
    made.person("F0001", name="Delannoy", weekly="24")
    made.payroll(OCTOBER, {"F0001": "104.00"})
    yield made
    made.close()


def amend(world: World, day: date, hours: str) -> None:
    with world.store.read() as connection:
        [contract] = queries.contracts_of(connection, world.people["F0001"])
    people.change_terms(world.ctx, contract.id, start=day, weekly_hours=Decimal(hours))


def quantity(world: World) -> Decimal:
    [line] = claims.prepare(world.ctx, OCTOBER).answer.lines
    return line.quantity


def by_calendar(*stretches: tuple[int, str]) -> Decimal:
    """Hours of (days, weekly hours), by hand: weekly ÷ 35 of a full month, day by day."""
    hours = sum((Decimal(weekly) / 35 * WHOLE * days / 31 for days, weekly in stretches), Decimal(0))
    return hours.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_the_month_is_split_on_the_amendment_s_day_and_again_when_it_moves(world: World) -> None:
    assert quantity(world) == Decimal("104.00"), "a month on one set of terms is what payroll paid"
    amend(world, date(2026, 10, 12), "35")
    assert quantity(world) == by_calendar((11, "24"), (20, "35")) == Decimal("134.76")
    with world.store.read() as connection:
        [contract] = queries.contracts_of(connection, world.people["F0001"])
    people.move_terms(world.ctx, contract.terms[1].id, date(2026, 10, 22))
    assert quantity(world) == by_calendar((21, "24"), (10, "35"))
    amend(world, date(2026, 10, 27), "17.5")
    assert quantity(world) == by_calendar((21, "24"), (5, "35"), (5, "17.5"))
    for _ in range(3):
        world.store.undo()
    assert quantity(world) == Decimal("104.00")


def test_the_claim_says_that_the_hours_changed(world: World) -> None:
    amend(world, date(2026, 10, 12), "35")
    [card] = claims.prepare(world.ctx, OCTOBER).people
    remark = next(each for each in card.remarks if each.code == "hours_change")
    assert set(remark.days.values()) == {date(2026, 10, 12)}
    assert set(remark.figures.values()) == {Decimal("24.00"), Decimal("35.00")}
    assert card.weekly_hours == Decimal("35.00")
