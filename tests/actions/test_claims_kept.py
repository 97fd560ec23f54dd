"""The last answer of a review is kept while nothing is written, and never longer."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claims
from ltu_desktop.actions.claim_dossier import draft
from ltu_desktop.store import tables as t
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def test_the_same_question_is_answered_once(world: World) -> None:
    first = claims.review(world.ctx, OCTOBER)
    assert claims.review(world.ctx, OCTOBER) is first
    assert first.total == Decimal("4447.08")


def change_status(world: World) -> None:
    world.update(t.person, world.people["F0001"], status=None)


def undo(world: World) -> None:
    world.store.undo()


def next_day(world: World) -> None:
    world.clock.moment += timedelta(days=1)


def somebody_else(world: World) -> None:
    world.store.operator = "Farid Adjaoud"


@pytest.mark.parametrize("change", [change_status, undo, next_day, somebody_else])
def test_what_changes_the_answer_asks_anew(world: World, change: Callable[[World], None]) -> None:
    world.insert(t.site, code="LO", name="Loos")  # what can be undone
    before = claims.review(world.ctx, OCTOBER)
    change(world)
    after = claims.review(world.ctx, OCTOBER)
    assert after is not before
    with world.store.read() as connection:
        fresh = draft(connection, OCTOBER, "fr-tzcld", author=world.store.operator, today=world.clock.moment.date())
    assert after.dossier == fresh.dossier


def test_another_month_and_another_file_have_their_own(world: World, tmp_path: Path) -> None:
    october = claims.review(world.ctx, OCTOBER)
    assert claims.review(world.ctx, OCTOBER.plus(1)).total == 0
    assert claims.review(world.ctx, OCTOBER) == october
    other = World(tmp_path / "b.ltu")
    assert claims.review(other.ctx, OCTOBER).total == 0
    other.close()
