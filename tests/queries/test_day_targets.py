"""What people's days should be: shifts first, then the pattern of their terms, else the weekly hours spread evenly."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.queries.day_targets import day_targets, longest_days, public_holidays
from ltu_desktop.rules.attendance_days import DayTarget
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


def days(world: Ground, number: str, first: date, last: date) -> list[int]:
    with world.store.read() as connection:
        found = day_targets(connection, first, last, {world.people[number]})
    return [found.of(world.people[number], day).minutes for day in found.days]


def target(world: Ground, number: str, day: date) -> DayTarget:
    with world.store.read() as connection:
        return day_targets(connection, day, day).of(world.people[number], day)


def test_weekly_hours_without_a_pattern_are_spread_over_five_days(world: Ground) -> None:
    assert days(world, "F0001", october(5), october(11)) == [420] * 5 + [0, 0]
    world.set_terms("F0001", weekly_hours=2020)  # 20 h 12, in minutes 1212: two days have a minute more
    assert days(world, "F0001", october(5), october(11)) == [243, 243, 242, 242, 242, 0, 0]
    assert target(world, "F0001", october(5)) == DayTarget(243, 122)
    world.set_terms("F0001", weekly_hours=None)
    assert days(world, "F0001", october(5), october(5)) == [0]


def test_a_pattern_says_days_and_halves(world: Ground) -> None:
    assert days(world, "F0002", october(5), october(11)) == [360] * 4 + [0] * 3
    assert target(world, "F0002", october(5)) == DayTarget(360, 240)
    assert days(world, "F0003", october(5), october(11)) == [420] * 4 + [210, 0, 0]
    assert target(world, "F0003", october(9)) == DayTarget(210, 210)


def test_a_cycle_of_weeks_goes_round_from_its_monday(world: Ground) -> None:
    key = world.pattern("Deux semaines", (0, 0, 540, 780, 0), (1, 1, 540, 960, 60), (5, 0, 540, 600, 0), weeks=2)
    world.set_terms("F0001", work_pattern_id=key, cycle_from=october(5))
    weeks = [days(world, "F0001", october(5), october(11)), days(world, "F0001", october(12), october(18))]
    assert weeks == [[240, 0, 0, 0, 0, 0, 0], [0, 360, 0, 0, 0, 0, 0]]
    assert days(world, "F0001", date(2026, 9, 28), october(4)) == weeks[1]
    world.set_terms("F0001", cycle_from=None)  # then from the Monday of the terms' start, 30 December 2019
    assert days(world, "F0001", date(2019, 12, 30), date(2020, 1, 5)) == [0] * 7  # the contract starts on the Wednesday
    assert days(world, "F0001", date(2020, 1, 6), date(2020, 1, 12)) == weeks[1]


def amended(world: Ground, number: str, since: date, **values: Any) -> None:
    """Cut a person's contract: the same terms again from a day on, but for `values`."""
    [terms] = [row for row in world.rows(t.contract_terms) if row["contract_id"] == contract_of(world, number)]
    kept = {name: value for name, value in terms.items() if name not in {"id", "version"}}
    world.insert(t.contract_terms, **{**kept, "start_on": since, "cycle_from": None, **values})


def contract_of(world: Ground, number: str) -> bytes:
    [key] = [row["id"] for row in world.rows(t.contract) if row["person_id"] == world.people[number]]
    return bytes(key)


def three_weeks(world: Ground) -> bytes:
    return world.pattern("Trois semaines", (0, 0, 540, 780, 0), (1, 1, 540, 960, 60), (2, 4, 480, 720, 0), weeks=3)


CUTS = [october(5), october(6), october(9), october(12), october(21)]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("cycle", [None, october(5), date(2026, 9, 28)])
def test_cutting_a_contract_with_the_same_terms_changes_nothing(world: Ground, cut: date, cycle: date | None) -> None:
    world.set_terms("F0001", work_pattern_id=three_weeks(world), cycle_from=cycle)
    every = [days(world, number, date(2026, 9, 28), october(31)) for number in ("F0001", "F0002")]
    for number in ("F0001", "F0002"):
        amended(world, number, cut)
    assert [days(world, number, date(2026, 9, 28), october(31)) for number in ("F0001", "F0002")] == every
    later = days(world, "F0001", october(26), october(31))  # read alone, when the terms before are over
    assert later == every[0][-6:]


def test_another_pattern_begins_with_its_terms_and_a_day_given_counts(world: Ground) -> None:
    world.set_terms("F0001", work_pattern_id=world.pattern("Matins", *((0, at, 540, 780, 0) for at in range(5))))
    amended(world, "F0001", october(14), work_pattern_id=three_weeks(world))
    assert days(world, "F0001", october(12), october(18)) == [240, 240, 0, 0, 0, 0, 0]  # the 1st week of three
    assert days(world, "F0001", october(19), october(25)) == [0, 360, 0, 0, 0, 0, 0]
    amended_from = october(26)
    world.insert(
        t.contract_terms,
        contract_id=contract_of(world, "F0001"),
        start_on=amended_from,
        weekly_hours=3500,
        work_pattern_id=next(row["id"] for row in world.rows(t.work_pattern) if row["name"] == "Trois semaines"),
        cycle_from=amended_from,
    )
    assert days(world, "F0001", october(26), october(30)) == [240, 0, 0, 0, 0]


def test_a_cycle_shifts_by_its_length(world: Ground) -> None:
    key = three_weeks(world)
    seen = []
    for cycle in [october(5) + timedelta(days=7 * at) for at in (-3, 0, 3, 30)]:
        world.set_terms("F0001", work_pattern_id=key, cycle_from=cycle)
        seen.append(days(world, "F0001", october(5), october(31)))
    assert seen == [seen[0]] * 4
    world.set_terms("F0001", cycle_from=october(12))
    assert days(world, "F0001", october(12), october(18)) == seen[0][:7]


def test_a_week_of_a_cycle_has_its_own_minutes(world: Ground) -> None:
    world.set_terms("F0001", work_pattern_id=three_weeks(world), cycle_from=october(5))
    with world.store.read() as connection:
        found = day_targets(connection, october(1), october(31))
    [stretch] = found.employments[world.people["F0001"]]
    assert [found.cycle_minutes(stretch, october(day)) for day in (5, 12, 19, 26)] == [240, 360, 240, 240]
    [other] = found.employments[world.people["F0002"]]
    assert found.cycle_minutes(other, october(5)) == 24 * 60
    without = world.person("F0010", weekly="35")
    with world.store.read() as connection:
        found = day_targets(connection, october(1), october(31))
    assert found.cycle_minutes(found.employments[without][0], october(5)) == 0


def test_shifts_count_for_the_whole_week_in_which_there_is_one(world: Ground) -> None:
    field = world.activity("MAR")
    world.shift("F0001", october(7), field, 510, 720)
    world.shift("F0001", october(7), field, 780, 990, 10)
    world.shift("F0001", october(10), field, 1320, 1680)  # past midnight: of the day on which it starts
    assert days(world, "F0001", october(5), october(12)) == [0, 0, 410, 0, 0, 360, 0, 420]
    assert target(world, "F0001", october(7)) == DayTarget(410, 210)


def missable(world: Ground, number: str, day: date) -> int:
    with world.store.read() as connection:
        return day_targets(connection, day, day).missable(world.people[number], day).minutes


def test_whoever_is_left_out_of_a_weeks_plan_because_she_is_away_keeps_her_day(world: Ground) -> None:
    field = world.activity("MAR")
    world.type("F0001", october(5), "CP")
    world.type("F0001", october(6), "CP3")
    for day in (7, 8):
        world.shift("F0001", october(day), field, 540, 960)
    assert days(world, "F0001", october(5), october(11)) == [420, 180, 420, 420, 0, 0, 0]
    assert world.row("F0001").cells[4].balance == 0
    # 35 h less 24 h that are planned or missed: 11 h are left for what she may miss besides
    assert [missable(world, "F0001", october(day)) for day in range(5, 11)] == [420, 420, 420, 420, 420, 0]
    world.shift("F0001", october(9), field, 540, 1140)
    assert [missable(world, "F0001", october(day)) for day in (5, 6, 9, 10)] == [420, 240, 600, 0]


def test_a_shift_that_somebody_else_took_can_still_be_missed(world: Ground) -> None:
    field = world.activity("MAR")
    keys = [world.shift("F0001", october(day), field, 540, 960) for day in range(5, 10)]
    world.update(t.shift, keys[2], person_id=world.people["F0003"])
    assert (days(world, "F0001", october(7), october(7)), missable(world, "F0001", october(7))) == ([0], 420)
    world.type("F0001", october(7), "MAL")
    cell = world.cell("F0001", october(7))
    assert (cell.target, cell.absent, cell.balance) == (420, 420, 0)
    world.type("F0001", october(7), "")
    assert world.cell("F0001", october(7)).target == 0
    with pytest.raises(UserError, match="nothing is planned"):
        world.type("F0001", october(10), "MAL")  # a Saturday, and her week is full


def test_nothing_can_be_missed_where_nothing_is_known(world: Ground) -> None:
    field = world.activity("MAR")
    world.shift("F0001", october(5), field, 540, 960)
    world.set_terms("F0001", weekly_hours=None)
    assert missable(world, "F0001", october(6)) == 0
    world.shift("F0002", date(2026, 11, 9), field, 540, 960)
    assert missable(world, "F0002", date(2026, 11, 11)) == 0
    # nobody is planned on a holiday: what it spares is her terms' day
    assert target(world, "F0002", date(2026, 11, 11)) == DayTarget(0, 0, 360, "Armistice")
    assert missable(world, "F0003", october(7)) == 420


def test_nothing_is_planned_outside_contracts_and_terms_take_turns(world: Ground) -> None:
    world.person("F0009", name="Martin", start=october(6), end=october(8), weekly="35")
    assert days(world, "F0009", october(5), october(9)) == [0, 420, 420, 420, 0]
    world.contract("F0009", october(12), None, "20")
    assert days(world, "F0009", october(9), october(12)) == [0, 0, 0, 240]
    contract = next(row["id"] for row in world.rows(t.contract) if row["person_id"] == world.people["F0002"])
    world.terms(contract, october(7), "35")
    assert days(world, "F0002", october(5), october(9)) == [360, 360, 420, 420, 420]
    assert world.row("F0002").weekly_minutes == 2100


def test_terms_that_start_after_the_contract_hold_from_its_start(world: Ground) -> None:
    key = world.person("F0009", start=None)
    contract = world.insert(t.contract, person_id=key, start_on=october(5))
    world.terms(contract, october(7), "35")
    assert days(world, "F0009", october(5), october(7)) == [420, 420, 420]
    other = world.person("F0010", start=None)
    world.insert(t.contract, person_id=other, start_on=october(5))
    assert days(world, "F0010", october(5), october(6)) == [0, 0]


def test_people_who_are_not_in_the_file_have_no_day(world: Ground) -> None:
    with world.store.read() as connection:
        found = day_targets(connection, october(5), october(6))
    assert found.of(b"?" * 16, october(5)) == DayTarget()
    assert longest_days(found, b"?" * 16) == {}


def test_holidays_of_the_persons_own_site(world: Ground) -> None:
    strasbourg = world.insert(t.site, code="ST", name="Strasbourg", holidays="FR-57")
    world.update(t.person, world.people["F0001"], site_id=strasbourg)
    armistice, stephen = date(2026, 11, 11), date(2025, 12, 26)
    assert target(world, "F0002", armistice) == DayTarget(0, 0, 360, "Armistice")
    assert target(world, "F0001", armistice).spared == 420
    assert target(world, "F0001", stephen) == DayTarget(0, 0, 420, "Saint-Étienne")
    assert target(world, "F0003", stephen) == DayTarget(210, 210)
    assert public_holidays("FR", 2026, "en")[date(2026, 11, 11)] == "Armistice Day"


def test_closed_days_everywhere_or_at_one_site(world: Ground) -> None:
    moulin = next(row["id"] for row in world.rows(t.site))
    world.update(t.person, world.people["F0001"], site_id=moulin)
    world.insert(t.closure, start_on=october(5), end_on=october(6), name="Inventaire", site_id=moulin)
    world.insert(t.closure, start_on=october(8), end_on=date(2026, 11, 11), name="Travaux")
    assert days(world, "F0001", october(5), october(9)) == [0, 0, 420, 0, 0]
    assert days(world, "F0002", october(5), october(9)) == [360, 360, 360, 0, 0]
    assert target(world, "F0002", october(8)) == DayTarget(0, 0, 360, "", closed=True)
    assert target(world, "F0002", date(2026, 11, 11)).holiday == "Armistice"


def test_the_longest_day_of_a_week_counts_its_holidays(world: Ground) -> None:
    with world.store.read() as connection:
        found = day_targets(connection, date(2026, 11, 9), date(2026, 11, 22))
    assert longest_days(found, world.people["F0003"]) == {date(2026, 11, 9): 420, date(2026, 11, 16): 420}
