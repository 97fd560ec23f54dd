"""The three-way match of a file's month: found, told in the claim's checks with the euros at stake, accepted and kept."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims
from ltu_desktop.actions.attendance import as_planned
from ltu_desktop.actions.concordance import accept, review, set_tolerance, take_back
from ltu_desktop.actions.home import overview
from ltu_desktop.rules.concordance import Reason
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, ground, october

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOVEMBER = OCTOBER.plus(1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    made.agreement()
    yield made
    made.close()


def lived(world: Ground, **hours: str) -> None:
    """Let October be as planned, and paid as the contracts say but for some."""
    as_planned(world.ctx, OCTOBER.first, OCTOBER.last, list(world.people.values()))
    world.payroll(OCTOBER, {"F0001": "151.67", "F0002": "104.00", "F0003": "136.50", **hours})


def open_ones(world: Ground) -> dict[str, list[tuple[str, str]]]:
    return {
        row.match.person: [(each.code, str(each.hours)) for each in row.match.reasons]
        for row in review(world.ctx, OCTOBER).open
    }


def told(world: Ground) -> list[tuple[str, str, str]]:
    problems = claims.prepare(world.ctx, OCTOBER).answer.problems
    return [
        (each.target, each.params.get("why_reasons", each.params.get("count", "")), str(each.at_stake))
        for each in problems
        if each.code.startswith("hours_differ")
    ]


def test_a_clean_month_is_silent(world: Ground) -> None:
    lived(world)
    found = review(world.ctx, OCTOBER)
    assert [(row.list_name, row.state) for row in found.rows] == [
        ("BENALI Zoé", "ok"),
        ("DELANNOY Zoé", "ok"),
        ("KOWALCZYK Zoé", "ok"),
    ]
    assert told(world) == []


def test_a_month_whose_hours_nobody_keeps_is_silent(world: Ground) -> None:
    world.payroll(OCTOBER, {"F0001": "100.00"})
    assert told(world) == []
    assert open_ones(world) == {}


def test_differences_are_named_and_reach_the_claims_checks(world: Ground) -> None:
    lived(world, F0003="130.00")
    world.type("F0001", october(5), "SS")
    world.type("F0002", october(6), "9")
    assert open_ones(world) == {
        "F0001": [("unpaid_leave", "7.00")],
        "F0002": [("complementary", "-3.00")],
        "F0003": [("unexplained", "-6.50")],
    }
    # the claim's euros of an hour, by hand: 2 039.77 ÷ 151.67 × 7; 1 398.66 ÷ 104 × 3; 1 748.33 ÷ 130 × 6.5
    assert told(world) == [
        ("F0001", "unpaid_leave", "94.14"),
        ("F0002", "complementary", "40.35"),
        ("F0003", "unexplained", "87.42"),
    ]
    steps = {step.code: step.differ for step in overview(world.ctx, OCTOBER).steps}
    assert steps == dict.fromkeys(steps, 0) | {"attendance": 3}
    [problem, *_] = [each for each in claims.prepare(world.ctx, OCTOBER).answer.problems if each.code == "hours_differ"]
    what, mend = world.ctx.words.problem(problem)
    assert what == "7,00\u00a0h d’écart entre la feuille d’heures et la paie\u00a0: congé sans solde"
    assert "concordance" in mend


def test_what_was_found_out_is_kept_until_the_hours_change(world: Ground) -> None:
    lived(world)
    world.type("F0001", october(5), "9")
    person = world.people["F0001"]
    accept(world.ctx, OCTOBER, person, (Reason("overtime", Decimal("-2.00")),), note="  récupérées en  novembre ")
    [row] = [row for row in review(world.ctx, OCTOBER).rows if row.match.person == "F0001"]
    assert (row.state, row.accepted[0].minutes, row.accepted[0].note) == ("accepted", -120, "récupérées en novembre")
    assert told(world) == []
    world.type("F0001", october(6), "8")
    assert open_ones(world) == {"F0001": [("overtime", "-3.00")]}
    accept(world.ctx, OCTOBER, person, (Reason("overtime", Decimal("-3.00")),))
    assert len(world.rows(t.hours_reason)) == 1
    assert open_ones(world) == {}
    take_back(world.ctx, OCTOBER, person)
    assert open_ones(world) == {"F0001": [("overtime", "-3.00")]}
    world.store.undo()
    assert open_ones(world) == {}


def test_the_tolerance_is_a_setting(world: Ground) -> None:
    lived(world, F0001="150.67")
    assert list(open_ones(world)) == ["F0001"]
    set_tolerance(world.ctx, Decimal("1.00"))
    assert open_ones(world) == {}
    assert review(world.ctx, OCTOBER).tolerance == Decimal("1.00")
    set_tolerance(world.ctx, Decimal(0))
    assert list(open_ones(world)) == ["F0001"]
    for wrong in ("-1", "20.5"):
        with pytest.raises(UserError) as refused:
            set_tolerance(world.ctx, Decimal(wrong))
        assert refused.value.code == "bad_tolerance"


def test_entries_exits_and_amendments_are_shared_out_by_days(world: Ground) -> None:
    world.person("F0004", name="Martin", start=october(12))  # 15 of 22 working days, 20 of 31 days
    world.person("F0005", name="Petit", end=october(15))
    world.person("F0006", name="Roux", weekly="35")
    contract = next(row["id"] for row in world.rows(t.contract) if row["person_id"] == world.people["F0006"])
    world.terms(contract, october(16), "24")
    lived(world, F0004="103.41", F0005="73.39", F0006="151.67")  # by working days; by calendar; as if nothing changed
    assert open_ones(world) == {"F0006": [("hours_change", "23.83")]}  # 151.67 − (75.835 + 52)
    world.payroll(OCTOBER, {"F0004": "48.26"}, name="rappel.dsn")
    assert open_ones(world)["F0004"] == [("entry_exit", "48.26")]


def test_back_pay_and_people_missing_on_one_side(world: Ground) -> None:
    lived(world)
    world.payroll(NOVEMBER, [("F0001", OCTOBER, "-7.00")], name="novembre.dsn")
    world.person("F0004", name="Martin", weekly=None)
    world.type("F0004", october(5), "6")
    world.person("F0005", name="Petit")
    world.payroll(OCTOBER, {"F0005": "151.67"}, name="suite.dsn")
    world.person("F0006", name="Roux", start=None)
    world.payroll(OCTOBER, {"F0006": "20.00"}, name="encore.dsn")
    assert open_ones(world) == {
        "F0001": [("back_pay", "-7.00")],
        "F0004": [("not_in_payroll", "-6.00")],
        "F0005": [("no_sheet", "151.67")],
        "F0006": [("not_on_sheet", "20.00")],
    }


def test_a_claim_sealed_before_payroll_changed_is_named(world: Ground) -> None:
    world.employer()
    lived(world)
    claims.seal(world.ctx, OCTOBER)
    assert open_ones(world) == {}
    world.payroll(NOVEMBER, [("F0002", OCTOBER, "5.00")], name="novembre.dsn")
    world.type("F0002", october(7), "11")
    assert open_ones(world) == {"F0002": [("claim_outdated", "-5.00")]}
    assert told(world) == []


def test_paid_and_not_claimed(world: Ground) -> None:
    lived(world)
    world.update(t.person, world.people["F0003"], status=None)
    assert open_ones(world) == {"F0003": [("not_claimed", "-136.50")]}
    assert told(world) == []


def test_many_differences_are_told_once(world: Ground) -> None:
    for index in range(10, 22):
        world.person(f"F00{index}")
    lived(world, **{f"F00{index}": "144.67" for index in range(10, 22)})
    [(target, count, stake)] = told(world)
    assert (target, count) == ("", "12")
    assert Decimal(stake) > 1000
    assert [step.differ for step in overview(world.ctx, OCTOBER).steps if step.code == "attendance"] == [12]


def test_leave_that_payroll_counts_otherwise(world: Ground) -> None:
    lived(world)
    world.absence("F0001", OCTOBER, "paid_leave", "14.00")
    world.type("F0001", october(5), "CP")
    assert open_ones(world) == {"F0001": [("leave_kind", "7.00")]}


def test_unknown_people_and_causes(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        take_back(world.ctx, OCTOBER, b"?" * 16)
    assert refused.value.code == "gone"
    with pytest.raises(TypeError):
        accept(world.ctx, OCTOBER, world.people["F0001"], (Reason("weather", Decimal(1)),))
