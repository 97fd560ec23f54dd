"""Weeks of plans by actions: copied, kept, put onto others after a look; what is left out is told with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from ltu_desktop.actions import closing, planning, planning_weeks
from ltu_desktop.queries import planning as queries
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.planning import SEVERITIES
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.ground_world import Ground
from tests.actions.planning_hands import MONDAY, WEEK, content, day, last, refused, shifts


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
    assert last(world) == "saved the week of 16 Nov 2026 as “Semaine type”: 5 shifts"
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
    assert last(world) == "applied the saved week “Semaine type” to the weeks of 23 Nov 2026 to 23 Nov 2026: 1 shift"
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
