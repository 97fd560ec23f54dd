"""What a plan stands on, by actions: needs, work patterns, closed days and calendars."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from ltu_desktop.actions import planning, planning_setup
from ltu_desktop.actions.planning_setup import Slot
from ltu_desktop.queries import planning as queries
from ltu_desktop.queries.day_targets import day_targets
from ltu_desktop.store import tables as t
from tests.actions.ground_world import Ground
from tests.actions.planning_hands import MONDAY, WEEK, board, content, day, last, refused


def test_needs_are_counted_against_the_plan(world: Ground, garden: bytes) -> None:
    ctx = world.ctx
    keys = planning_setup.set_cover_need(ctx, garden, [0, 1], 510, 990, 2, start_on=day(-7))
    planning.add_shift(ctx, world.people["F0001"], day(0), garden, 510, 990, pause=60)
    assert [(row.weekday, row.needed, row.filled) for row in board(world).cover] == [(0, 2, 1), (1, 2, 0)]
    planning_setup.set_cover_need(ctx, garden, [1], 510, 720, 1, need_id=keys[1], end_on=day(0))
    assert [(row.weekday, row.needed) for row in board(world).cover] == [(0, 2)]
    assert [row.weekday for row in board(world, MONDAY - 2 * WEEK).cover] == [1]  # the first begins later
    planning_setup.remove_cover_need(ctx, keys[0])
    assert last(world) == "took off a cover need of “Maraîchage”"
    for call, code in (
        (lambda: planning_setup.set_cover_need(ctx, garden, [0], 510, 990, 0), "bad_value"),
        (lambda: planning_setup.set_cover_need(ctx, garden, [], 510, 990, 1), "bad_value"),
        (lambda: planning_setup.set_cover_need(ctx, garden, [7], 510, 990, 1), "bad_value"),
        (lambda: planning_setup.set_cover_need(ctx, garden, [0], 990, 510, 1), "bad_times"),
        (
            lambda: planning_setup.set_cover_need(ctx, garden, [0], 510, 990, 1, start_on=day(1), end_on=day(0)),
            "bad_value",
        ),
    ):
        assert refused(call) == code


def test_a_pattern_of_two_weeks_gives_its_days(world: Ground) -> None:
    ctx = world.ctx
    slots = [Slot(0, weekday, 510, 990, 60) for weekday in (0, 1, 2, 3)] + [Slot(1, 4, 510, 720)]
    key = planning_setup.set_pattern(ctx, "Deux semaines", 2, slots)
    with world.store.read() as connection:
        terms = connection.execute(
            select(t.contract_terms.c.id)
            .join(t.contract, t.contract.c.id == t.contract_terms.c.contract_id)
            .where(t.contract.c.person_id == world.people["F0001"])
        ).scalar_one()
    planning_setup.set_terms_pattern(ctx, terms, key, cycle_from=day(2))
    assert last(world) == "assigned the work pattern “Deux semaines” to F0001"
    with world.store.read() as connection:
        targets = day_targets(connection, MONDAY, day(13))
        row = next(each for each in queries.patterns(connection) if each.id == key)
    found = [targets.of(world.people["F0001"], day(at)).minutes for at in range(14)]
    assert found == [420] * 4 + [0] * 7 + [210, 0, 0]
    assert (row.weeks, row.used, row.minutes(0), row.minutes(1)) == (2, 1, 1680, 210)
    assert refused(lambda: planning_setup.remove_pattern(ctx, key)) == "place_in_use"
    planning_setup.set_pattern(ctx, "Deux semaines", 1, slots[:4], pattern_id=key)
    with world.store.read() as connection:
        row = next(each for each in queries.patterns(connection) if each.id == key)
    assert (row.weeks, len(row.slots)) == (1, 4)
    planning_setup.set_terms_pattern(ctx, terms, None)
    planning_setup.remove_pattern(ctx, key)
    world.store.undo()
    with world.store.read() as connection:
        assert len(next(each for each in queries.patterns(connection) if each.id == key).slots) == 4


@pytest.mark.parametrize(
    ("name", "weeks", "slots", "code"),
    [
        ("  ", 1, [], "missing"),
        ("quatre JOURS", 1, [], "name_taken"),
        ("x", 0, [], "bad_value"),
        ("x", 13, [], "bad_value"),
        ("x", 1, [Slot(1, 0, 510, 720)], "bad_value"),
        ("x", 1, [Slot(0, 7, 510, 720)], "bad_value"),
        ("x", 1, [Slot(0, 0, 720, 510)], "bad_times"),
        ("x", 1, [Slot(0, 0, 510, 720), Slot(0, 0, 700, 900)], "bad_value"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(
    world: Ground, name: str, weeks: int, slots: list[Slot], code: str
) -> None:
    before = content(world)
    assert refused(lambda: planning_setup.set_pattern(world.ctx, name, weeks, slots)) == code
    assert content(world) == before


def test_closed_days_and_calendars(world: Ground, garden: bytes) -> None:
    ctx = world.ctx
    with world.store.read() as connection:
        [mill] = connection.execute(select(t.site.c.id)).scalars()
    world.update(t.person, world.people["F0001"], site_id=mill)
    planning.add_shift(ctx, world.people["F0001"], date(2026, 12, 26), garden, 510, 720, site_id=mill)
    december = date(2026, 12, 21)
    assert [each.code for each in board(world, december).conflicts] == []
    planning_setup.set_calendar(ctx, mill, "FR-57")  # Moselle keeps the day after Christmas
    assert [each.code for each in board(world, december).conflicts] == ["holiday"]
    key = planning_setup.set_closure(ctx, "Noël", date(2026, 12, 24), date(2026, 12, 26), site_id=mill)
    assert [each.code for each in board(world, december).conflicts] == ["closed_site", "holiday"]
    planning_setup.set_closure(ctx, "Noël", date(2026, 12, 24), date(2026, 12, 25), site_id=mill, closure_id=key)
    with world.store.read() as connection:
        [row] = queries.closures(connection)
    assert (row.end, row.version) == (date(2026, 12, 25), 2)
    planning_setup.remove_closure(ctx, key)
    assert last(world) == "took off the closed days “Noël”"
    for calendar in ("XX", "FR-99", ""):
        assert refused(lambda calendar=calendar: planning_setup.set_calendar(ctx, mill, calendar)) == "bad_value"  # type: ignore[misc]
    assert refused(lambda: planning_setup.set_closure(ctx, " ", day(0), day(1))) == "missing"
    assert refused(lambda: planning_setup.set_closure(ctx, "x", day(1), day(0))) == "bad_value"
    assert refused(lambda: planning_setup.set_closure(ctx, "x", date(1800, 1, 1), day(0))) == "bad_value"


@pytest.mark.parametrize("calendar", planning_setup.CALENDARS)
def test_every_calendar_to_choose_from_is_known(world: Ground, calendar: str) -> None:
    with world.store.read() as connection:
        [mill] = connection.execute(select(t.site.c.id)).scalars()
    planning_setup.set_calendar(world.ctx, mill, calendar)
