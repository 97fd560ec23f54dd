"""Plans by actions: shifts and the board of a week; each gesture one undo step, refused in closed months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ltu_desktop.actions import closing, planning, planning_setup, planning_weeks
from ltu_desktop.actions.planning_setup import Slot
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.ground_world import Ground, ground
from tests.actions.planning_hands import MONDAY, WEEK, board, content, day, last, refused, shifts

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


@pytest.mark.untraced
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
