"""The euros of an import, told before anything is written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions.effect import Effect, effect
from ltu_desktop.rules.periods import Month
from tests.actions.office import SAMPLE, Office
from tests.intake.dsn_text import contract, declaration, establishment, file, paid, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OCTOBER = Month(2026, 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu")
    made.sample_staff()
    yield made
    made.close()


def test_the_sample_is_worth_what_was_worked_out_by_hand(office: Office) -> None:
    plan = office.plan_dsn((SAMPLE / "dsn-2026-10.dsn").read_bytes())
    entries = len(office.store.entries())
    found = effect(office.ctx, plan, OCTOBER)
    assert found is not None
    assert found.before == Decimal("0.00")
    zoe = next(row.key for row in plan.rows if row.staff_number == "F0001")
    assert found.rows[zoe] == Decimal("1398.66")  # 1 216.23 + 182.43
    assert found.difference == sum(found.rows.values())
    assert len(found.rows) == 12
    assert len(office.store.entries()) == entries, "nothing is written"
    without = effect(office.ctx, plan, OCTOBER, leave=frozenset({zoe}))
    assert without is not None
    assert found.after - without.after == Decimal("1398.66")


def test_a_correction_is_worth_the_difference(office: Office) -> None:
    office.dsn(file(declaration(), establishment(), person(), contract(), paid("104.00")))
    plan = office.plan_dsn(file(declaration(_002="03"), establishment(), person(), contract(), paid("103.00")), "b.dsn")
    found = effect(office.ctx, plan, OCTOBER)
    assert found is not None
    [(_, amount)] = found.rows.items()
    assert amount == found.difference == Decimal("-13.45")  # 12.31 × 95 % × 115 %, to the cent


def test_an_import_that_changes_nothing_is_worth_nothing(office: Office) -> None:
    data = file(declaration(), establishment(), person(), contract(), paid("104.00"))
    office.dsn(data)
    assert effect(office.ctx, office.plan_dsn(data), OCTOBER) == Effect(Decimal("1398.66"), Decimal("1398.66"), {})


def test_a_month_without_a_rate_has_no_effect_to_show(office: Office) -> None:
    plan = office.plan_dsn(file(declaration(), establishment(), person(), contract(), paid("104.00")))
    assert effect(office.ctx, plan, Month(2021, 3)) is None
