"""Hours and absences typed into the grid, by one cell, by ranges, or as planned; each step can be undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ltu_desktop.actions.absences import Absence, record_absence
from ltu_desktop.actions.attendance import CellEntry, as_planned, plan_as_planned, record
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, october


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


def test_a_cell_by_minutes_by_kind_and_by_activity(world: Ground) -> None:
    field, shop = world.activity("MAR"), world.activity("EPI")
    person = world.people["F0001"]
    record(world.ctx, [CellEntry(person, october(5), minutes=420)])
    record(world.ctx, [CellEntry(person, october(6), minutes=240, kind="training")])
    record(world.ctx, [CellEntry(person, october(7), "4", activity_id=field)])
    record(world.ctx, [CellEntry(person, october(7), "3", activity_id=shop)])
    assert [world.cell("F0001", october(day)).text() for day in (5, 6, 7)] == ["7", "4 FO3", "7"]
    assert world.cell("F0001", october(7)).by_activity == ((field, 240), (shop, 180))
    world.type("F0001", october(7), "", field)
    assert world.cell("F0001", october(7)).by_activity == ((shop, 180),)
    world.type("F0001", october(7), "CP", shop)
    assert world.cell("F0001", october(7)).text() == "CP"


def test_hours_go_to_the_activities_that_were_planned(world: Ground) -> None:
    field, shop = world.activity("MAR"), world.activity("EPI")
    world.shift("F0001", october(5), field, 510, 750)
    world.shift("F0001", october(5), shop, 810, 990)
    world.set_terms("F0001", activity_id=shop)
    as_planned(world.ctx, october(5), october(5), [world.people["F0001"]])
    assert world.cell("F0001", october(5)).by_activity == ((field, 240), (shop, 180))
    world.type("F0001", october(5), "8")
    assert world.cell("F0001", october(5)).by_activity == ((field, 300), (shop, 180))
    world.type("F0001", october(12), "7")
    assert world.cell("F0001", october(12)).by_activity == ((shop, 420),)


def test_a_cell_that_says_nothing_new_leaves_no_trace(world: Ground) -> None:
    world.type("F0001", october(5), "7")
    head = world.store.journal_head()
    found = world.type("F0001", october(5), "7:00")
    assert (found.cells, found.changed.entry, world.store.journal_head()) == (0, None, head)
    assert record(world.ctx, []).changed.entry is None


def test_a_text_that_cannot_be_read_enters_nothing_at_all(world: Ground) -> None:
    person = world.people["F0001"]
    with pytest.raises(UserError) as refused:
        record(world.ctx, [CellEntry(person, october(5), "7"), CellEntry(person, october(6), "sept")])
    assert (refused.value.code, refused.value.where) == ("cell_unreadable", "F0001, 06/10/2026")
    assert world.rows(t.attendance) == []
    assert world.ctx.words.error(refused.value).startswith("F0001, 06/10/2026\u00a0: «\u00a0sept\u00a0» n’est ni")


def test_a_single_cell_on_which_nothing_can_be_missed_is_refused(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        world.type("F0002", october(9), "CP")
    assert refused.value.code == "cell_no_target"
    with pytest.raises(UserError) as refused:
        world.type("F0002", october(8), "CP7")
    assert refused.value.params["target_minutes"] == "6\u00a0h\u00a000"


def test_people_who_are_gone_and_days_too_far_apart(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        record(world.ctx, [CellEntry(b"?" * 16, october(5), "7")])
    assert refused.value.code == "gone"
    with pytest.raises(UserError) as refused:
        as_planned(world.ctx, date(2025, 1, 1), october(5), [])
    assert refused.value.code == "too_many_days"


def test_as_planned_goes_no_further_than_today(world: Ground) -> None:
    people = list(world.people.values())
    plan = plan_as_planned(world.ctx, date(2026, 11, 9), date(2026, 11, 15), people)
    assert (plan.cells, plan.future) == (9, 2)  # the 11th is a holiday, the 12th today; on the 13th two would work
    assert as_planned(world.ctx, date(2026, 11, 13), date(2026, 11, 13), people).changed.entry is None


def test_as_planned_fills_what_an_absence_leaves(world: Ground) -> None:
    world.type("F0001", october(5), "CPm")
    cell = world.cell("F0001", october(5))
    assert (cell.planned_only, cell.open) == (True, 210)
    as_planned(world.ctx, october(5), october(5), [world.people["F0001"]])
    assert world.cell("F0001", october(5)).text() == "3,5 CPm"


def test_zero_hours_are_said_and_nothing_is_not(world: Ground) -> None:
    world.type("F0001", october(5), "0")
    cell = world.cell("F0001", october(5))
    assert (cell.said, cell.done, cell.changed, cell.planned_only, cell.text()) == (True, 0, True, False, "0")
    world.type("F0001", october(5), "")
    cell = world.cell("F0001", october(5))
    assert (cell.said, cell.changed, cell.planned_only) == (False, False, True)
    assert world.rows(t.attendance) == []


def test_the_history_says_who_and_when_but_never_why(world: Ground) -> None:
    world.type("F0001", october(5), "MAL")
    [entry] = world.store.entries(1)
    assert entry.params == {"cells": 1, "month": OCTOBER, "person": "F0001", "day": october(5)}
    record(world.ctx, [CellEntry(key, october(6), "7") for key in world.people.values()])
    assert "plusieurs personnes" in phrase(world.ctx.words, world.store.entries(1)[0])


def test_the_history_says_the_month_where_there_are_several_days(world: Ground) -> None:
    person = world.people["F0001"]
    record(world.ctx, [CellEntry(person, october(day), "7") for day in (5, 6)])
    assert phrase(world.ctx.words, world.store.entries(1)[0]) == "a saisi 2 cases de présence, F0001, octobre 2026"
    as_planned(world.ctx, october(12), october(13), [person])
    said = phrase(world.ctx.words, world.store.entries(1)[0])
    assert said == "a noté 2 cases comme prévu pour 1 personne, du 12/10/2026 au 13/10/2026"
    record_absence(world.ctx, Absence(person, october(14), october(15), "sick_unpaid"))
    said = phrase(world.ctx.words, world.store.entries(1)[0])
    assert said == "a saisi une absence de F0001, du 14/10/2026 au 15/10/2026"


CELLS = st.lists(
    st.tuples(
        st.sampled_from(["F0001", "F0002", "F0003"]),
        st.integers(5, 11),
        st.sampled_from(["", "7", "0", "9:20", "CP", "½CP", "MALm", "3 FO", "RC2"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.untraced
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS, CELLS)
def test_undo_brings_back_every_row(
    world: Ground, first: list[tuple[str, int, str]], then: list[tuple[str, int, str]]
) -> None:
    def typed(cells: list[tuple[str, int, str]]) -> bool:
        entries = {(who, day): CellEntry(world.people[who], october(day), text) for who, day, text in cells}
        try:
            return record(world.ctx, list(entries.values())).changed.entry is not None
        except UserError as refused:
            assert refused.code == "cell_no_target"
            return False

    typed(first)
    before = content(world)
    if typed(then):
        after = content(world)
        assert after != before
        world.store.undo()
        assert content(world) == before
        world.store.redo()
        assert content(world) == after


def content(world: Ground) -> list[dict[str, object]]:
    rows = [*world.rows(t.attendance), *world.rows(t.absence_day)]
    return sorted(({**row, "version": 0} for row in rows), key=lambda row: row["id"])
