"""Eligibility on the claim: told with its euros, never a blocker; said once when the office keeps no decisions here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claim_export, claims, eligibility, people
from ltu_desktop.actions.eligibility import Point
from ltu_desktop.documents.claim_notices import notices
from ltu_desktop.documents.claim_view import View
from ltu_desktop.rules.errors import Severity
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.rules.errors import Problem

CODES = {"decision_missing", "decisions_missing", "eligibility_doubtful"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def found(world: World) -> list[Problem]:
    return [each for each in claims.prepare(world.ctx, OCTOBER).answer.problems if each.code in CODES]


def test_a_missing_decision_is_told_for_ppde_only_and_seals_all_the_same(world: World) -> None:
    told = found(world)
    assert [(each.code, each.target, each.at_stake) for each in told] == [
        ("decision_missing", "F0001", Decimal("1398.66")),
        ("decision_missing", "F0002", Decimal("2039.77")),
    ]
    assert {each.severity for each in told} == {Severity.WARNING}
    for number in ("F0001", "F0002"):
        people.change_person(world.ctx, world.people[number], {"recognised_on": date(2019, 12, 1)})
    assert found(world) == [], "points that nobody has entered yet are the person's file's affair"
    assert claims.seal(world.ctx, OCTOBER).row.number == 1


def test_nothing_that_goes_out_tells_of_it(world: World) -> None:
    sealed = claims.seal(world.ctx, OCTOBER)
    assert CODES & {each.code for each in sealed.dossier.answer.problems}
    data = claim_export.content(sealed.dossier, "json", world.ctx.words, sha256=sealed.sha256, state="sealed")
    assert not any(code in data.decode() for code in CODES)
    told = notices(View(sealed.dossier), world.ctx.words)
    assert not CODES & {each.code for each in told}


def test_a_day_too_late_for_the_hire_is_told(world: World) -> None:
    key = world.people["F0001"]
    people.change_person(world.ctx, key, {"recognised_on": date(2020, 1, 2)})
    people.change_person(world.ctx, world.people["F0002"], {"recognised_on": date(2019, 12, 1)})
    assert [(each.code, each.target) for each in found(world)] == [("eligibility_doubtful", "F0001")]
    people.change_person(world.ctx, key, {"recognised_on": date(2020, 1, 1)})
    eligibility.set_point(world.ctx, key, "resident", Point(since=date(2019, 7, 2)))
    assert [(each.code, each.target) for each in found(world)] == [("eligibility_doubtful", "F0001")]
    eligibility.set_point(world.ctx, key, "resident", Point(since=date(2019, 7, 1)))
    assert found(world) == []


def test_an_office_that_keeps_no_decisions_here_is_told_once(world: World) -> None:
    more = [f"F01{number:02d}" for number in range(9)]
    for number in more:
        world.person(number)
    world.payroll(OCTOBER, dict.fromkeys(more, "104.00"), name="b.dsn")
    [told] = found(world)
    assert (told.code, told.target, told.params) == ("decisions_missing", "", {"count": "11"})
    assert told.at_stake == 10 * Decimal("1398.66") + Decimal("2039.77")
