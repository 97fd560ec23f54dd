"""What a change would do to a month's claim, told before it is saved; the trial leaves nothing behind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import agreements, claims, people, people_bulk
from ltu_desktop.actions.context import Context
from ltu_desktop.actions.trial import effect, joined
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.actions.trial import ChangeEffect


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def rate(ctx: Context, value: str, start: date = date(2026, 1, 1)) -> bytes:
    return agreements.add_override(ctx, parameter="state_rate", start=start, value=Decimal(value), source="arrêté")


def tried(world: World, value: str, month: Month = OCTOBER) -> ChangeEffect:
    entries = len(world.store.entries())
    found = effect(world.ctx, lambda ctx: rate(ctx, value), month)
    assert len(world.store.entries()) == entries
    with world.store.read() as connection:
        assert connection.execute(t.parameter_override.select()).first() is None
    return found


def test_a_rate_is_tried_and_not_written(world: World) -> None:
    now = claims.review(world.ctx, OCTOBER).total
    found = tried(world, "1.02")
    assert found.before == now
    by_hand = Decimal("1305.84") + Decimal("195.88") - Decimal("1216.23") - Decimal("182.43")  # of 12.31 × 104
    assert found.people["F0001"] == by_hand == Decimal("103.06")
    rate(world.ctx, "1.02")
    assert found.after == claims.review(world.ctx, OCTOBER).total
    assert found.difference == sum(found.people.values())


def test_the_same_value_changes_nothing(world: World) -> None:
    found = tried(world, "0.95")
    assert (found.difference, found.people, found.claimed) == (Decimal("0.00"), {}, {})


def test_months_already_claimed_are_told_apart(world: World) -> None:
    september, august = OCTOBER.plus(-1), OCTOBER.plus(-2)
    world.payroll(august, {"F0001": "104.00"})
    world.payroll(september, {"F0001": "104.00"})
    claims.seal(world.ctx, september)
    told: list[tuple[int, int]] = []
    ctx = Context(world.store, world.ctx.words, world.clock, lambda done, of: told.append((done, of)))
    found = effect(ctx, lambda inside: rate(inside, "1.02"), OCTOBER)
    assert found.claimed == {september: Decimal("103.06")}
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    rate(world.ctx, "1.02")
    left = claims.review(world.ctx, OCTOBER)
    assert found.after is not None
    assert left.total == found.after + found.claimed[september]


def test_months_claimed_after_it_are_told_too(world: World) -> None:
    september = OCTOBER.plus(-1)
    world.payroll(september, {"F0001": "104.00"})
    claims.seal(world.ctx, september)
    claims.seal(world.ctx, OCTOBER)
    found = effect(world.ctx, lambda inside: rate(inside, "1.02"), september)
    assert list(found.claimed) == [OCTOBER]
    rate(world.ctx, "1.02")
    assert found.after == effect(world.ctx, lambda _inside: None, september).before


def test_months_that_lose_their_agreement_are_told(world: World) -> None:
    september = OCTOBER.plus(-1)
    world.payroll(september, {"F0001": "104.00"})
    claims.seal(world.ctx, september)
    with world.store.read() as connection:
        key = connection.execute(t.agreement.select()).one().id

    def end(ctx: Context, day: date) -> None:
        agreements.set_agreement(ctx, {"end_on": day}, agreement_id=key)

    assert effect(world.ctx, lambda ctx: end(ctx, september.last), OCTOBER).bare == (OCTOBER,)
    assert effect(world.ctx, lambda ctx: end(ctx, date(2026, 8, 31)), OCTOBER).bare == (september, OCTOBER)
    assert effect(world.ctx, lambda ctx: end(ctx, OCTOBER.last), OCTOBER).bare == ()
    december = OCTOBER.plus(2)
    assert effect(world.ctx, lambda ctx: end(ctx, september.last), december).bare == (), "nobody was paid yet"


def test_a_month_without_a_value_is_told_as_such(world: World) -> None:
    january = Month(2027, 1)
    world.payroll(january, {"F0001": "104.00"})
    found = effect(world.ctx, lambda ctx: rate(ctx, "0.95", january.first), january)
    assert found.before is None
    assert found.after
    assert (found.difference, found.people) == (None, {})


def test_settings_terms_and_many_people_are_tried_alike(world: World) -> None:
    key = world.people["F0001"]

    def unsay(ctx: Context) -> None:
        people_bulk.change_many(ctx, [key], people_bulk.BulkChange("status", None))

    found = effect(world.ctx, unsay, OCTOBER)
    assert list(found.people) == ["F0001"]
    assert found.difference == -Decimal("1398.66")


def test_what_the_action_refuses_is_refused_here(world: World) -> None:
    with pytest.raises(UserError) as error:
        effect(world.ctx, lambda ctx: rate(ctx, "-1"), OCTOBER)
    assert error.value.code == "bad_value"


def test_faults_of_the_facts_are_not_hidden(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise UserError("bad_facts", "no")

    monkeypatch.setattr("ltu_desktop.actions.trial.compute", broken)
    with pytest.raises(UserError) as error:
        effect(world.ctx, lambda _ctx: None, OCTOBER)
    assert error.value.code == "bad_facts"


def test_actions_joined_to_one_are_one_step(world: World) -> None:
    before = len(world.store.entries())
    with world.store.write("people.merge", {"person": "F0001", "other": "F0002"}) as tx:
        inside = joined(world.ctx, tx)
        people.change_person(inside, world.people["F0001"], {"town": "Loos"})
        people.change_person(inside, world.people["F0002"], {"town": "Lille"})
        with inside.store.read() as connection:
            towns = connection.execute(t.person.select()).all()
        assert {row.town for row in towns} >= {"Loos", "Lille"}
        assert inside.role == "administrator"
    entries = world.store.entries()
    assert len(entries) == before + 1
    assert entries[0].params == {"person": "F0001", "other": "F0002"}


def test_an_error_inside_a_trial_ends_it(world: World) -> None:
    def stumble(ctx: Context) -> None:
        people.change_person(ctx, world.people["F0001"], {"town": "Loos"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        effect(world.ctx, stumble, OCTOBER)
    with world.store.read() as connection:
        assert {row.town for row in connection.execute(t.person.select())} == {""}
