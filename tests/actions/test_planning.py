"""Plans by actions: shifts, kept weeks, needs, patterns, closed days; each one undo step, refused in closed months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ltu_desktop.actions import closing, planning, planning_setup, planning_weeks
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.actions.planning_setup import Slot
from ltu_desktop.queries import planning as queries
from ltu_desktop.queries.day_targets import day_targets
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.planning import SEVERITIES
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.ground_world import Ground, ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ltu_desktop.queries.planning_rows import ShiftRow, WeekBoard

MONDAY = date(2026, 11, 16)
WEEK = timedelta(days=7)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    yield made
    made.close()


@pytest.fixture
def garden(world: Ground) -> bytes:
    return world.activity("MAR", "Maraîchage")


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value.code


def content(world: Ground) -> dict[str, Any]:
    with world.store.read() as connection:
        return {table.name: connection.execute(select(table).order_by(table.c.id)).all() for table in t.EDITED}


def last(world: Ground) -> str:
    return phrase(Words("en"), world.store.entries()[0])


def board(world: Ground, monday: date = MONDAY, **how: Any) -> WeekBoard:
    with world.store.read() as connection:
        return queries.week_board(connection, monday, **how)


def shifts(world: Ground, number: str, monday: date = MONDAY) -> list[ShiftRow]:
    key = world.people[number]
    return [shift for row in board(world, monday).people if row.person_id == key for shift in row.shifts]


# ---- shifts


def test_a_shift_is_put_moved_stretched_and_taken_off(world: Ground, garden: bytes) -> None:
    zoe, ali = world.people["F0001"], world.people["F0002"]
    [key] = planning.add_shift(world.ctx, zoe, day(0), garden, 510, 990, pause=60, note="  clé au  bureau ")
    assert last(world) == "planned 1 shift for F0001, 16 Nov 2026"
    [row] = shifts(world, "F0001")
    assert (row.start, row.end, row.pause, row.minutes, row.note, row.series_id) == (
        510, 990, 60, 420, "clé au bureau", None,
    )  # fmt: skip
    planning.change_shift(world.ctx, key, {"person_id": ali, "day": day(1), "end": 1020})
    assert shifts(world, "F0001") == []
    [row] = shifts(world, "F0002")
    assert (row.day, row.end, row.version) == (day(1), 1020, 2)
    assert (
        refused(lambda: planning.change_shift(world.ctx, key, {"start": 500}, expected_version=1))
        == "changed_meanwhile"
    )
    planning.delete_shifts(world.ctx, [key, b"?" * 16])
    assert shifts(world, "F0002") == []
    assert last(world) == "took 1 shift off the plan, F0002, 17 Nov 2026"
    for _ in range(3):
        world.store.undo()
    assert content(world)["shift"] == []


def test_a_series_goes_at_once_or_from_a_day_on(world: Ground, garden: bytes) -> None:
    zoe = world.people["F0001"]
    weeks = [day(0) + at * WEEK for at in range(4)]
    keys = planning.add_shift(world.ctx, zoe, weeks[0], garden, 510, 720, days=weeks)
    assert len(keys) == 4
    [row] = shifts(world, "F0001")
    assert row.series_id is not None
    planning.delete_series(world.ctx, row.series_id, since=weeks[2])
    assert len(content(world)["shift"]) == 2
    planning.delete_series(world.ctx, row.series_id)
    assert content(world)["shift"] == []
    world.store.undo()
    world.store.undo()
    assert len(content(world)["shift"]) == 4


def test_shifts_are_copied_to_others_and_to_other_days(world: Ground, garden: bytes) -> None:
    zoe, ali = world.people["F0001"], world.people["F0002"]
    [key] = planning.add_shift(world.ctx, zoe, day(0), garden, 510, 720, note="tôt")
    copies = planning.copy_shifts(world.ctx, [(key, zoe, day(1)), (key, ali, day(0))])
    assert last(world) == "copied 2 shifts, several people, 16 Nov 2026 – 17 Nov 2026"
    assert len(set(copies) | {key}) == 3
    assert [(row.day, row.start, row.note) for row in shifts(world, "F0001")] == [
        (day(0), 510, "tôt"),
        (day(1), 510, "tôt"),
    ]
    [row] = shifts(world, "F0002")
    assert (row.day, row.activity_id) == (day(0), garden)
    world.store.undo()
    assert len(content(world)["shift"]) == 1
    assert planning.copy_shifts(world.ctx, []) == []


def test_a_substitute_takes_a_shift(world: Ground, garden: bytes) -> None:
    zoe, ali = world.people["F0001"], world.people["F0002"]
    key, _ = planning.add_shift(world.ctx, zoe, day(0), garden, 510, 720, days=[day(1)])
    planning.substitute(world.ctx, key, ali)
    assert last(world) == "gave the shift of F0001 on 16 Nov 2026 to F0002"
    [row] = shifts(world, "F0002")
    assert row.series_id is None  # it is no more of the series


@pytest.mark.parametrize(
    ("start", "end", "pause", "code"),
    [
        (510, 510, 0, "bad_times"),
        (510, 500, 0, "bad_times"),
        (-1, 60, 0, "bad_times"),
        (1440, 1500, 0, "bad_times"),
        (1200, 2161, 0, "bad_times"),
        (0, 1441, 0, "bad_times"),
        (510, 570, 60, "bad_pause"),
        (510, 570, -5, "bad_pause"),
    ],
)
def test_times_that_cannot_be_are_refused(
    world: Ground, garden: bytes, start: int, end: int, pause: int, code: str
) -> None:
    zoe = world.people["F0001"]
    before = content(world)
    assert refused(lambda: planning.add_shift(world.ctx, zoe, day(0), garden, start, end, pause=pause)) == code
    assert content(world) == before


def test_what_is_gone_is_said(world: Ground, garden: bytes) -> None:
    zoe = world.people["F0001"]
    nobody = b"?" * 16
    [key] = planning.add_shift(world.ctx, zoe, day(0), garden, 510, 720)
    for call in (
        lambda: planning.add_shift(world.ctx, nobody, day(0), garden, 510, 720),
        lambda: planning.change_shift(world.ctx, nobody, {"start": 500}),
        lambda: planning.substitute(world.ctx, key, nobody),
        lambda: planning_setup.remove_cover_need(world.ctx, nobody),
        lambda: planning_setup.remove_pattern(world.ctx, nobody),
        lambda: planning_setup.set_terms_pattern(world.ctx, nobody, None),
    ):
        assert refused(call) == "gone"
    with pytest.raises(TypeError):
        planning.change_shift(world.ctx, key, {"colour": "red"})


def test_a_closed_month_stands_still(world: Ground, garden: bytes) -> None:
    zoe = world.people["F0001"]
    [key] = planning.add_shift(world.ctx, zoe, date(2026, 10, 30), garden, 510, 720)
    with world.store.read() as connection:
        template = planning_weeks.save_template(world.ctx, "Semaine", date(2026, 10, 26))
        del connection
    closing.close_month(world.ctx, Month(2026, 10), note="essai")
    before = content(world)
    for call in (
        lambda: planning.add_shift(world.ctx, zoe, date(2026, 10, 31), garden, 510, 720),
        lambda: planning.change_shift(world.ctx, key, {"day": date(2026, 11, 2)}),
        lambda: planning.copy_shifts(world.ctx, [(key, zoe, date(2026, 10, 5))]),
        lambda: planning.delete_shifts(world.ctx, [key]),
        lambda: planning.substitute(world.ctx, key, world.people["F0002"]),
        lambda: planning.copy_week(world.ctx, date(2026, 10, 26), date(2026, 10, 19)),
        lambda: planning_weeks.apply_template(world.ctx, template, [date(2026, 10, 19)]),
    ):
        assert refused(call) == "month_closed"
    assert content(world) == before
    assert board(world, date(2026, 10, 26)).closed
    assert not board(world).closed


# ---- weeks


def test_a_week_is_copied_without_doubles(world: Ground, garden: bytes) -> None:
    zoe, ali = world.people["F0001"], world.people["F0002"]
    for at in (0, 1):
        planning.add_shift(world.ctx, zoe, day(at), garden, 510, 720)
    planning.add_shift(world.ctx, ali, day(0), garden, 510, 720)
    planning.add_shift(world.ctx, zoe, day(7), garden, 600, 700)
    laid = planning.copy_week(world.ctx, MONDAY, MONDAY + WEEK)
    assert len(laid.added) == 2
    assert [(each.list_name, each.day, each.code) for each in laid.skipped] == [("BENALI Zoé", day(7), "planned")]
    assert [(row.day, row.start) for row in shifts(world, "F0001", MONDAY + WEEK)] == [(day(7), 600), (day(8), 510)]
    world.store.undo()
    planning.copy_week(world.ctx, MONDAY, MONDAY + WEEK, people=[zoe], replace=True)
    assert [(row.day, row.start) for row in shifts(world, "F0001", MONDAY + WEEK)] == [(day(7), 510), (day(8), 510)]
    assert shifts(world, "F0002", MONDAY + WEEK) == []
    assert planning.copy_week(world.ctx, MONDAY + 9 * WEEK, MONDAY) == planning_weeks.Laid([], ())


def test_a_kept_week_is_put_onto_others_after_a_look(world: Ground, garden: bytes) -> None:
    ctx = world.ctx
    zoe, ali, eva = (world.people[number] for number in ("F0001", "F0002", "F0003"))
    sewing = world.activity("COU", "Couture")
    for at in (0, 1, 4):
        planning.add_shift(ctx, zoe, day(at), garden, 510, 990, pause=60)
    planning.add_shift(ctx, ali, day(0), sewing, 510, 720)
    planning.add_shift(ctx, eva, day(2), garden, 510, 720)
    template = planning_weeks.save_template(ctx, " Semaine  type ", MONDAY)
    assert last(world) == "kept the week of 16 Nov 2026 as “Semaine type”: 5 shifts"
    world.insert(t.absence_day, person_id=zoe, day=day(8), kind="sick_unpaid", minutes=420, part="day")
    world.insert(t.wish, person_id=ali, activity_id=sewing, kind="refusal")
    world.insert(t.closure, start_on=day(11), end_on=day(11), name="Inventaire")
    planning.add_shift(ctx, eva, day(9), sewing, 780, 900)
    before = content(world)
    plan = planning_weeks.plan_template(ctx, template, [MONDAY + WEEK])
    assert content(world) == before  # nothing is written
    assert (plan.template, plan.added, plan.replaced) == ("Semaine type", 1, 0)
    assert {(each.list_name, each.day, each.code) for each in plan.skipped} == {
        ("BENALI Zoé", day(8), "absent"),
        ("BENALI Zoé", day(11), "closed_site"),
        ("DELANNOY Zoé", day(7), "refused_activity"),
        ("KOWALCZYK Zoé", day(9), "planned"),
    }
    applied = planning_weeks.apply_template(ctx, template, [MONDAY + WEEK])
    assert applied == plan
    assert last(world) == "put the week “Semaine type” onto the weeks of 23 Nov 2026 to 23 Nov 2026: 1 shift"
    assert [(row.day, row.start) for row in shifts(world, "F0001", MONDAY + WEEK)] == [(day(7), 510)]
    world.store.undo()
    assert content(world) == before
    replaced = planning_weeks.apply_template(ctx, template, [MONDAY + WEEK], replace=True)
    assert (replaced.added, replaced.replaced) == (2, 1)
    [row] = shifts(world, "F0003", MONDAY + WEEK)
    assert (row.start, row.activity_id) == (510, garden)
    world.store.undo()
    assert content(world) == before


def test_a_shift_is_judged_where_its_activity_is_and_those_who_left_are_named(world: Ground, garden: bytes) -> None:
    ctx = world.ctx
    zoe, ali, eva = (world.people[number] for number in ("F0001", "F0002", "F0003"))
    [mill] = [row["id"] for row in world.rows(t.site)]
    mending = world.insert(t.activity, code="REP", name="Réparation", site_id=mill)
    sewing = world.insert(t.activity, code="COU", name="Couture", ended_on=day(8))
    for at in (0, 1):
        planning.add_shift(ctx, zoe, day(at), mending, 510, 720)
        planning.add_shift(ctx, eva, day(at), sewing, 510, 720)
    planning.add_shift(ctx, ali, day(0), garden, 510, 720)
    template = planning_weeks.save_template(ctx, "Semaine", MONDAY)
    world.insert(t.closure, start_on=day(7), end_on=day(7), name="Inventaire", site_id=mill)
    [contract] = [row["id"] for row in world.rows(t.contract) if row["person_id"] == ali]
    world.update(t.contract, contract, end_on=day(4))
    left_out = {
        ("BENALI Zoé", day(7), "closed_site"),
        ("DELANNOY Zoé", day(7), "outside_contract"),
        ("KOWALCZYK Zoé", day(8), "activity_ended"),
    }
    plan = planning_weeks.plan_template(ctx, template, [MONDAY + WEEK])
    assert {(each.list_name, each.day, each.code) for each in plan.skipped} == left_out
    before = content(world)
    laid = planning.copy_week(ctx, MONDAY, MONDAY + WEEK)  # a week that is copied leaves out the same
    assert len(laid.added) == 2
    assert {(each.list_name, each.day, each.code) for each in laid.skipped} == left_out
    found = {(row["person_id"], row["day"]) for row in content_rows(world, MONDAY + WEEK)}
    assert found == {(zoe, day(8)), (eva, day(7))}
    world.store.undo()
    assert content(world) == before


def test_shifts_after_the_end_of_their_activity_are_told(world: Ground, garden: bytes) -> None:
    zoe, ali = world.people["F0001"], world.people["F0002"]
    [key] = planning.add_shift(world.ctx, zoe, day(1), garden, 510, 720)
    world.update(t.activity, garden, ended_on=day(2))

    def told() -> list[tuple[str, date]]:
        return [(each.code, each.day) for each in board(world).conflicts]

    assert told() == []
    planning.add_shift(world.ctx, zoe, day(2), garden, 510, 720)
    planning.copy_shifts(world.ctx, [(key, ali, day(3))])
    planning.change_shift(world.ctx, key, {"day": day(4)})
    assert told() == [("activity_ended", day(2)), ("activity_ended", day(3)), ("activity_ended", day(4))]
    world.update(t.activity, garden, ended_on=day(5))
    assert told() == []


def content_rows(world: Ground, monday: date) -> list[dict[str, Any]]:
    return [row for row in world.rows(t.shift) if monday <= row["day"] < monday + WEEK]


def test_days_of_a_closed_month_are_left_as_they_are(world: Ground, garden: bytes) -> None:
    ctx, zoe = world.ctx, world.people["F0001"]
    for at in range(5):
        planning.add_shift(ctx, zoe, day(at), garden, 510, 720, note="tôt")
    template = planning_weeks.save_template(ctx, "Semaine", MONDAY)
    turn = date(2026, 9, 28)  # until Friday, 2 October
    planning.add_shift(ctx, zoe, turn, garden, 600, 660)
    planning.add_shift(ctx, zoe, date(2026, 10, 1), garden, 600, 660)
    closing.close_month(ctx, Month(2026, 9), note="essai")
    before = content(world)
    plan = planning_weeks.apply_template(ctx, template, [turn], replace=True)
    assert (plan.added, plan.replaced) == (2, 1)
    assert [(each.day.day, each.code) for each in plan.skipped] == [(at, "closed_month") for at in (28, 29, 30)]
    assert [(row["day"].day, row["start_minute"]) for row in content_rows(world, turn)] == [
        (28, 600),
        (1, 510),
        (2, 510),
    ]
    world.store.undo()
    assert content(world) == before
    planning.copy_week(ctx, MONDAY, turn, replace=True)
    assert [(row["day"].day, row["note"]) for row in content_rows(world, turn)] == [(28, ""), (1, "tôt"), (2, "tôt")]


def test_every_reason_to_leave_a_shift_out_has_its_words() -> None:
    assert set(planning_weeks.SKIPPED) == {*planning_weeks.SKIPS, "closed_month", "planned"}
    assert set(planning_weeks.SKIPS) <= set(SEVERITIES)
    said = [Words("fr").text(text) for text in planning_weeks.SKIPPED.values()]
    assert len(set(said)) == len(said)


def test_many_weeks_are_one_step_and_tell_what_they_make(world: Ground, garden: bytes) -> None:
    zoe = world.people["F0001"]
    planning.add_shift(world.ctx, zoe, day(0), garden, 420, 1140, pause=60)  # eleven hours
    template = planning_weeks.save_template(world.ctx, "Longue", MONDAY)
    planning.delete_shifts(world.ctx, [row.id for row in shifts(world, "F0001")])
    weeks = [MONDAY + at * WEEK for at in range(10)]
    before = content(world)
    plan = planning_weeks.apply_template(world.ctx, template, weeks)
    assert plan.added == 10
    assert [each.code for each in plan.told] == ["long_day"] * 10
    world.store.undo()
    assert content(world) == before


def test_a_kept_week_is_renamed_replaced_and_forgotten(world: Ground, garden: bytes) -> None:
    ctx = world.ctx
    planning.add_shift(ctx, world.people["F0001"], day(0), garden, 510, 720)
    first = planning_weeks.save_template(ctx, "Été", MONDAY)
    other = planning_weeks.save_template(ctx, "Hiver", MONDAY + WEEK)
    assert refused(lambda: planning_weeks.rename_template(ctx, other, "ete")) == "name_taken"
    assert refused(lambda: planning_weeks.save_template(ctx, "  ", MONDAY)) == "missing"
    planning_weeks.rename_template(ctx, first, "ÉTÉ")
    assert planning_weeks.save_template(ctx, "été", MONDAY + WEEK, people=[]) == first  # replaced
    with world.store.read() as connection:
        assert [(row.name, row.shifts) for row in queries.templates(connection)] == [("Hiver", 0), ("ÉTÉ", 0)]
    world.store.undo()
    planning_weeks.remove_template(ctx, first)
    with world.store.read() as connection:
        assert [row.name for row in queries.templates(connection)] == ["Hiver"]


# ---- needs, patterns, closed days


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
    assert last(world) == "gave F0001 the work pattern “Deux semaines”"
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


# ---- the board


def test_the_board_can_be_of_a_site_or_an_activity(world: Ground, garden: bytes) -> None:
    with world.store.read() as connection:
        [mill] = connection.execute(select(t.site.c.id)).scalars()
    hall = world.insert(t.site, code="HA", name="La Halle")
    world.update(t.person, world.people["F0001"], site_id=mill)
    world.update(t.person, world.people["F0002"], site_id=hall)
    planning.add_shift(world.ctx, world.people["F0003"], day(0), garden, 510, 720, site_id=mill)
    assert [row.list_name for row in board(world, site_id=mill).people] == ["BENALI Zoé", "KOWALCZYK Zoé"]
    assert [row.list_name for row in board(world, activity_id=garden).people] == ["KOWALCZYK Zoé"]
    assert board(world).people[0].target_minutes == (420,) * 5 + (0, 0)


def test_the_board_tells_of_nights_and_rests_over_its_edges(world: Ground, garden: bytes) -> None:
    zoe, eva = world.people["F0001"], world.people["F0003"]
    [sunday] = planning.add_shift(world.ctx, zoe, day(-1), garden, 900, 1320)
    [early] = planning.add_shift(world.ctx, zoe, day(0), garden, 420, 660)
    [late] = planning.add_shift(world.ctx, eva, day(6), garden, 1080, 1560)  # until two at night
    [after] = planning.add_shift(world.ctx, eva, day(7), garden, 600, 720)
    found = {(each.code, each.day, each.spans, each.params.get("minutes")) for each in board(world).conflicts}
    assert ("daily_rest", day(0), (sunday, early), 540) in found
    assert ("daily_rest", day(7), (late, after), 480) in found
    assert {code for code, *_ in found} == {"daily_rest", "no_break"}
    assert [row.id for row in shifts(world, "F0001")] == [early]


def test_a_week_of_seven_days_is_told_and_one_of_a_long_cycle_is_not(world: Ground, garden: bytes) -> None:
    zoe, eva = world.people["F0001"], world.people["F0003"]
    planning.add_shift(world.ctx, zoe, day(0), garden, 540, 660, days=[day(at) for at in range(7)])
    for at in range(5):  # 35 h; the contract says 31.5
        planning.add_shift(world.ctx, eva, day(at), garden, 510, 990, pause=60)
    assert {(each.person, each.code) for each in board(world).conflicts} == {
        (zoe, "weekly_rest"),
        (eva, "over_contract"),
    }
    two = world.pattern("Deux semaines", *((0, at, 510, 990, 60) for at in range(5)), (1, 0, 510, 990, 60), weeks=2)
    world.set_terms("F0003", work_pattern_id=two, cycle_from=MONDAY)
    assert {each.code for each in board(world).conflicts} == {"weekly_rest"}
    world.set_terms("F0003", cycle_from=MONDAY - WEEK)
    assert {each.code for each in board(world).conflicts} == {"weekly_rest", "over_contract"}


WEEKS_BEFORE = [MONDAY - (11 - at) * WEEK + timedelta(days=weekday) for at in range(11) for weekday in range(5)]


@pytest.mark.parametrize(
    ("planned", "worked", "away", "average"),
    [  # hours of a day in the eleven weeks before, of work noted (None: nothing), and days away; the week has 45 h
        (9, None, 0, 45),
        (9, 9, 0, 45),
        (9, 7, 0, None),  # planned too much, worked less
        (7, 9, 0, 45),  # planned within the limit, worked more
        (0, 9, 0, 45),  # worked without a plan
        (7, None, 0, None),
        (9, None, 7, None),  # a week and two days of sick leave: 48 days of 9 h and 45 h are 39 h 45 on average
        (9, 0, 0, None),
    ],
)
def test_the_average_counts_what_was_worked_and_else_what_was_planned(
    world: Ground, garden: bytes, planned: int, worked: int | None, away: int, average: int | None
) -> None:
    zoe = world.people["F0001"]
    planning.add_shift(world.ctx, zoe, day(0), garden, 480, 1080, pause=60, days=[day(at) for at in range(5)])
    if planned:
        end = 480 + planned * 60 + 60
        planning.add_shift(world.ctx, zoe, WEEKS_BEFORE[0], garden, 480, end, pause=60, days=WEEKS_BEFORE)
    for at, each in enumerate(WEEKS_BEFORE):
        if worked is not None:
            world.insert(t.attendance, person_id=zoe, day=each, activity_id=garden, minutes=worked * 60)
        if at < away:
            world.insert(t.absence_day, person_id=zoe, day=each, kind="sick_unpaid", minutes=planned * 60, part="day")
    found = [each.params["minutes"] for each in board(world).conflicts if each.code == "average_week"]
    assert found == ([] if average is None else [average * 60])


def test_reasons_can_be_kept_from_the_board(world: Ground) -> None:
    world.insert(
        t.absence_day, person_id=world.people["F0001"], day=day(0), kind="sick_unpaid", minutes=420, part="day"
    )
    world.insert(t.absence_day, person_id=world.people["F0001"], day=day(1), kind="paid_leave", minutes=420, part="day")
    assert [each.kind for each in board(world).people[0].away] == ["sick_unpaid", "paid_leave"]
    assert [each.kind for each in board(world, reasons=False).people[0].away] == ["absent", "paid_leave"]


# ---- undo


gestures = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "add",
                "add",
                "move",
                "copy",
                "delete",
                "series",
                "substitute",
                "week",
                "keep",
                "template",
                "need",
                "pattern",
                "terms",
                "closed",
                "calendar",
            ]
        ),
        st.integers(0, 200),
        st.integers(0, 4),
        st.integers(300, 900),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(gestures)
def test_all_gestures_are_undone_and_done_again(tmp_path_factory: pytest.TempPathFactory, work: list[Any]) -> None:
    world = ground(tmp_path_factory.mktemp("undo") / "a.ltu")
    garden = world.activity("MAR", "Maraîchage")
    stands = [content(world)]
    for what, which, at, minute in work:
        head = world.store.journal_head()
        _gesture(world, garden, what, which, at, minute)
        if world.store.journal_head() > head:
            stands.append(content(world))
    for stand in reversed(stands[:-1]):
        world.store.undo()
        assert content(world) == stand
    for stand in stands[1:]:
        world.store.redo()
        assert content(world) == stand
    world.close()


def _gesture(world: Ground, garden: bytes, what: str, which: int, at: int, minute: int) -> None:
    people = list(world.people.values())
    person = people[which % 3]
    keys = [row.id for row in content(world)["shift"]]
    key = keys[which % len(keys)] if keys else None
    if what == "add":
        planning.add_shift(world.ctx, person, day(at), garden, minute, minute + 120, days=[day(at + 7)][: which % 2])
    elif what == "week":
        planning.copy_week(world.ctx, MONDAY, MONDAY + WEEK, replace=bool(which % 2))
    elif what == "keep":
        planning_weeks.save_template(world.ctx, "Semaine", MONDAY)
    elif what == "template":
        for template in [row.id for row in content(world)["week_template"]]:
            planning_weeks.apply_template(
                world.ctx, template, [MONDAY + WEEK, MONDAY + 2 * WEEK], replace=bool(which % 2)
            )
    elif what == "need":
        planning_setup.set_cover_need(world.ctx, garden, [at], minute, minute + 60, 1)
    elif what == "pattern":
        known = next((row["id"] for row in world.rows(t.work_pattern) if row["name"] == "Cycle"), None)
        slots = [Slot(turn, at, minute, minute + 60 * (1 + turn)) for turn in range(1 + which % 2)]
        planning_setup.set_pattern(world.ctx, "Cycle", 1 + which % 2, slots, pattern_id=known)
    elif what == "terms":
        terms = world.rows(t.contract_terms)
        patterns = [None, *(row["id"] for row in world.rows(t.work_pattern))]
        pattern, cycle = patterns[which % len(patterns)], day(at)
        planning_setup.set_terms_pattern(world.ctx, terms[which % len(terms)]["id"], pattern, cycle_from=cycle)
    elif what == "closed":
        known = next((row["id"] for row in world.rows(t.closure)), None)
        if known is not None and which % 3 == 0:
            planning_setup.remove_closure(world.ctx, known)
        else:
            planning_setup.set_closure(world.ctx, f"Fermé {which % 2}", day(at + 7), day(at + 8), closure_id=known)
    elif what == "calendar":
        [mill] = [row["id"] for row in world.rows(t.site)]
        planning_setup.set_calendar(world.ctx, mill, ["FR", "FR-57"][which % 2])
    elif what == "series":
        series = {row["series_id"] for row in world.rows(t.shift)} - {None}
        if series:
            planning.delete_series(world.ctx, min(series), since=day(at + 7) if which % 2 else None)
    elif key is not None and what == "move":
        planning.change_shift(world.ctx, key, {"day": day(at), "person_id": person})
    elif key is not None and what == "copy":
        planning.copy_shifts(world.ctx, [(key, person, day(at))])
    elif key is not None and what == "delete":
        planning.delete_shifts(world.ctx, [key])
    elif key is not None and what == "substitute":
        planning.substitute(world.ctx, key, person)
