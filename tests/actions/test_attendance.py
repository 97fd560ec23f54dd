"""Hours and absences typed into the grid, by one cell, by ranges, or as planned; each step can be undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions.attendance import CellEntry, as_planned, plan_as_planned, record
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.ground_world import Ground, ground, october

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    yield made
    made.close()


def test_hours_and_absences_are_typed_and_read_back(world: Ground) -> None:
    world.type("F0001", october(5), "7:30")
    world.type("F0001", october(6), "CP")
    world.type("F0001", october(7), "4 CP")
    cell = world.cell("F0001", october(5))
    assert (cell.target, cell.done, cell.absent, cell.changed, cell.text()) == (420, 450, 0, True, "7,5")
    cell = world.cell("F0001", october(6))
    assert (cell.done, cell.absent, cell.kind, cell.code, cell.changed, cell.text()) == (
        0,
        420,
        "paid_leave",
        "CP",
        False,
        "CP",
    )
    cell = world.cell("F0001", october(7))
    assert (cell.done, cell.absent, cell.balance, cell.text()) == (240, 180, 0, "4 CP3")


def test_as_planned_fills_what_nobody_said(world: Ground) -> None:
    world.type("F0002", october(6), "CP")
    world.type("F0002", october(7), "3")
    plan = plan_as_planned(world.ctx, october(5), october(11), [world.people["F0002"]])
    assert (plan.cells, plan.minutes, plan.absences, plan.said, plan.future) == (2, 720, 1, 1, 0)
    done = as_planned(world.ctx, october(5), october(11), [world.people["F0002"]])
    assert done.cells == 2
    assert [world.cell("F0002", october(day)).text() for day in range(5, 12)] == ["6", "CP", "3", "6", "", "", ""]
    world.store.undo()
    assert [world.cell("F0002", october(day)).planned_only for day in range(5, 9)] == [True, False, False, True]


def test_a_range_leaves_days_on_which_nothing_is_planned(world: Ground) -> None:
    days = [october(5) + timedelta(days=index) for index in range(7)]
    found = record(world.ctx, [CellEntry(world.people["F0002"], day, "CP") for day in days])
    assert found.cells == 4
    assert [each.params["day"] for each in found.refused] == ["2026-10-09", "2026-10-10", "2026-10-11"]


def test_a_closed_month_refuses(world: Ground) -> None:
    world.insert(t.month_closing, month="2026-10", closed_on=date(2026, 11, 3))
    with pytest.raises(UserError) as refused:
        world.type("F0001", october(5), "7")
    assert refused.value.code == "month_closed"
