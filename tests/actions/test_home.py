"""Home: the month as steps, points with their € and the very field, the year in euros, what falls due."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ltu_desktop
from ltu_desktop.actions import agreements, claims, closing, health, operators, people
from ltu_desktop.actions.fields import NAMES
from ltu_desktop.actions.home import FteGauge, Home, OthersGauge, StepState, overview
from ltu_desktop.actions.targets import Target, target_of, target_of_deadline
from ltu_desktop.queries import home as queries
from ltu_desktop.queries.home import Deadline, MonthBar
from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.words.codes import PROBLEMS
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPTEMBER = OCTOBER.plus(-1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "b.ltu")
    yield made
    made.close()


def states(home: Home) -> dict[str, str]:
    return {step.code: step.state.value for step in home.steps}


def at(world: World, day: date) -> None:
    world.clock.moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def test_an_empty_file_begins_with_people(empty: World) -> None:
    home = overview(empty.ctx, OCTOBER)
    assert list(states(home).items()) == [
        ("staff", "now"),
        ("payroll", "to_come"),
        ("checks", "to_come"),
        ("claim", "to_come"),
        ("sent", "to_come"),
        ("paid", "to_come"),
    ]
    assert home.next is home.steps[0]
    assert home.next.go == Target("import")
    zero = Decimal("0.00")
    assert home.year == MonthBar(OCTOBER, zero, zero, zero, zero, "")
    assert len(home.bars) == 10


def test_a_month_goes_from_step_to_step(world: World) -> None:
    world.delete(t.payroll_file, drop_pay(world))
    home = overview(world.ctx, OCTOBER)
    assert (states(home)["staff"], states(home)["payroll"], states(home)["checks"]) == ("done", "now", "to_come")
    assert home.next is not None
    assert home.next.go == Target("import", "2026-10")

    world.payroll(OCTOBER, {"F0001": "104.00", "F0002": "151.67", "F0003": "75.00"})
    home = overview(world.ctx, OCTOBER)
    by_code = {step.code: step for step in home.steps}
    assert home.next is by_code["claim"]
    assert (by_code["staff"].count, by_code["payroll"].count, by_code["payroll"].files) == (3, 3, 1)
    assert by_code["payroll"].day == date(2026, 11, 1)
    assert by_code["claim"].amount == home.waiting == claims.review(world.ctx, OCTOBER).total

    sealed = claims.seal(world.ctx, OCTOBER)
    home = overview(world.ctx, OCTOBER)
    assert home.next is not None
    assert (home.next.code, home.next.amount) == ("sent", sealed.row.total)
    assert home.points == ()
    assert home.waiting == Decimal("0.00")

    claims.send(world.ctx, sealed.row.id)
    home = overview(world.ctx, OCTOBER)
    assert home.next is not None
    assert (home.next.code, home.next.amount, home.next.go) == ("paid", sealed.row.total, Target("payments", "2026-10"))
    assert {step.code: step.day for step in home.steps}["sent"] == date(2026, 11, 12)

    claims.mark_paid(world.ctx, sealed.row.id)
    home = overview(world.ctx, OCTOBER)
    assert set(states(home).values()) == {StepState.DONE}
    assert home.next is None


def test_attendance_is_closed_before_the_payroll_is_asked_for(world: World) -> None:
    activity = world.insert(t.activity, code="MAR", name="Maraîchage")
    day = date(2026, 10, 5)
    shift: dict[str, Any] = {"person_id": world.people["F0001"], "day": day, "activity_id": activity}
    world.insert(t.shift, **shift, start_minute=540, end_minute=720)
    home = overview(world.ctx, OCTOBER)
    step = home.steps[1]
    assert (step.code, step.state, step.count) == (
        "attendance",
        "open",
        6,
    )  # three people, the days and the sheet of each
    assert step.go == Target("attendance", "F0001", day=date(2026, 10, 1))
    assert home.next is not None
    assert home.next.code == "claim"  # the payroll came all the same: the claim goes on

    world.delete(t.payroll_file, drop_pay(world))
    home = overview(world.ctx, OCTOBER)
    assert home.over
    assert home.next is home.steps[1]
    assert (home.steps[1].state, home.steps[2].code, home.steps[2].state) == ("now", "payroll", "to_come")

    closing.close_month(world.ctx, OCTOBER, note="Feuille perdue")
    home = overview(world.ctx, OCTOBER)
    assert (home.steps[1].state, home.steps[1].day) == ("done", date(2026, 11, 12))
    assert home.next is home.steps[2]
    assert not overview(world.ctx, OCTOBER.plus(1)).over


def test_next_steps_of_support_stand_in_one_line(world: World) -> None:
    note: dict[str, Any] = {"day": date(2026, 9, 1), "kind": "interview", "next_step": "Permis B"}
    due = {"F0001": (date(2026, 12, 3), 0), "F0002": (date(2026, 11, 20), 0), "F0003": (date(2026, 11, 1), 1)}
    for number, (day, done) in due.items():
        world.insert(t.support_note, person_id=world.people[number], next_on=day, done=done, **note)
    found = [each for each in overview(world.ctx, OCTOBER).deadlines if each.kind == "support"]
    assert [(each.day, each.days, each.staff_number, each.count) for each in found] == [
        (date(2026, 11, 20), 8, "F0002", 2)
    ]


def drop_pay(world: World) -> bytes:
    with world.store.read() as connection:
        pay = [row.id for row in connection.execute(t.pay_month.select())]
    for key in pay:
        world.delete(t.pay_month, key)
    return next(iter(world.files.values()))


def test_a_claimed_month_that_changed_has_a_claim_to_make_again(world: World) -> None:
    claims.seal(world.ctx, OCTOBER)
    world.payroll(OCTOBER, {"F0001": "10.00"}, name="late.dsn")
    home = overview(world.ctx, OCTOBER)
    assert home.next is not None
    assert (home.next.code, home.next.amount) == ("claim", claims.review(world.ctx, OCTOBER).total)
    assert home.points


def test_points_come_with_their_euros_and_the_very_field(world: World) -> None:
    world.person("F0004", name="Petit", status=None)
    world.payroll(OCTOBER, {"F0004": "100.00"}, name="b.dsn")
    with world.store.read() as connection:
        contracts = {row.person_id: row.id for row in connection.execute(t.contract.select())}
    people.change_contract(world.ctx, contracts[world.people["F0002"]], public_aid="41")
    home = overview(world.ctx, OCTOBER)
    assert states(home)["checks"] == "blocked"
    assert home.next is home.steps[2]
    assert home.next.go == home.points[0].target
    assert home.next.count == len(home.blockers) == 2
    assert home.next.amount == home.at_stake == sum((each.problem.at_stake or 0) for each in home.blockers)
    assert [(point.problem.code, point.name, point.target) for point in home.blockers] == [
        ("cumulation", "TRAORÉ Zoé", Target("people", "F0002", "public_aid")),
        ("no_status", "PETIT Zoé", Target("people", "F0004", "status")),
    ]
    after = [point.problem.severity for point in home.points[2:]]
    assert set(after) == {Severity.WARNING}


def test_fte_and_the_ten_percent_rule(world: World) -> None:
    home = overview(world.ctx, OCTOBER)
    assert home.fte == FteGauge(Decimal("2.1802"), Decimal("2.1802"), Decimal("36.00"), Decimal("429.8198"))
    assert home.others == OthersGauge(Decimal("0.4945"), Decimal("0.2268"), Decimal("0.2268"), Decimal("0.10"))


def test_a_month_without_a_legal_value_says_why(world: World) -> None:
    january = Month(2027, 1)
    world.payroll(january, {"F0001": "104.00"})
    home = overview(world.ctx, january)
    assert home.trouble is not None
    assert home.trouble.code == "no_value"
    assert (home.fte, home.others, home.points) == (None, None, ())
    assert states(home)["checks"] == "blocked"


def test_the_year_in_euros_by_month(world: World) -> None:
    july, august = OCTOBER.plus(-3), OCTOBER.plus(-2)
    at(world, date(2026, 9, 1))
    for month in (july, august, SEPTEMBER):
        world.payroll(month, {"F0001": "104.00"})
    first, second = (claims.seal(world.ctx, month).row for month in (july, august))
    claims.send(world.ctx, first.id)
    claims.mark_paid(world.ctx, first.id)
    claims.send(world.ctx, second.id)
    at(world, date(2026, 10, 2))
    third = claims.seal(world.ctx, SEPTEMBER).row
    claims.send(world.ctx, third.id)
    payment = world.insert(t.payment, received_on=date(2026, 10, 1), amount=100000)
    world.insert(t.payment_match, payment_id=payment, claim_id=second.id, amount=100000)
    one, zero = Decimal("1398.66"), Decimal("0.00")
    home = overview(world.ctx, OCTOBER)
    assert home.bars[6:] == (
        MonthBar(july, one, one, zero, zero, "paid"),
        MonthBar(august, one, Decimal("1000.00"), one - 1000, one - 1000, "sent"),
        MonthBar(SEPTEMBER, one, zero, one, zero, "sent"),
        MonthBar(OCTOBER, zero, zero, zero, zero, ""),
    )
    assert (home.year.claimed, home.year.late) == (3 * one, one - 1000)
    assert home.year.claimed == home.year.paid + home.year.open


def test_what_ends_or_falls_due(world: World) -> None:
    for who, planned in (("F0001", date(2026, 11, 1)), ("F0002", date(2027, 2, 10)), ("F0003", date(2027, 2, 11))):
        with world.store.read() as connection:
            [key] = [row.id for row in connection.execute(t.contract.select()) if row.person_id == world.people[who]]
        people.change_contract(world.ctx, key, planned_end=planned)
    world.person("F0005", end=date(2026, 10, 31), planned_end_on=date(2026, 12, 1))
    health.set_health(world.ctx, world.people["F0005"], {"disability_until": date(2026, 12, 1)})
    dates = {"disability_until": date(2026, 12, 24), "medical_check_due": date(2026, 11, 10)}
    health.set_health(world.ctx, world.people["F0002"], dates)
    found = overview(world.ctx, OCTOBER).deadlines
    zoe, noel = world.people["F0001"], world.people["F0002"]
    assert found == (
        Deadline("contract_end", date(2026, 11, 1), -11, zoe, "F0001", "DELANNOY Zoé"),
        Deadline("medical_check", date(2026, 11, 10), -2, noel, "F0002", "TRAORÉ Zoé"),
        Deadline("disability", date(2026, 12, 24), 42, noel, "F0002", "TRAORÉ Zoé"),
        Deadline("no_value", date(2027, 1, 1), 50, code="state_rate"),
        Deadline("certificate", date(2027, 1, 31), 80),
        Deadline("contract_end", date(2027, 2, 10), 90, noel, "F0002", "TRAORÉ Zoé"),
        Deadline("provisional", date(2025, 1, 1), -680, code="start_up_unit"),
        Deadline("provisional", date(2026, 1, 1), -315, code="state_rate"),
    )
    operators.add_operator(world.ctx, "Camille", role="without_health")
    operators.work_as(world.ctx, "Camille")
    kinds = {each.kind for each in overview(world.ctx, OCTOBER).deadlines}
    assert kinds == {"provisional", "contract_end", "no_value", "certificate"}
    with world.store.read() as connection:
        later = queries.deadlines(connection, date(2028, 1, 1), "reader", "fr-tzcld")
    assert [each.code for each in later if each.kind == "no_value"] == ["state_rate"], "until somebody enters it"


def test_a_value_entered_here_takes_its_deadline_away(world: World) -> None:
    for start, provisional in ((date(2026, 1, 1), False), (date(2027, 1, 1), True)):
        agreements.add_override(
            world.ctx,
            parameter="state_rate",
            start=start,
            value=Decimal("0.95"),
            source="arrêté",
            provisional=provisional,
        )
    key = world.agreement(number="2027", start_on=date(2026, 6, 1), end_on=date(2026, 12, 31))
    world.update(t.employer, employer(world), contributions_valid_until=None)
    found = overview(world.ctx, OCTOBER).deadlines
    assert [(each.kind, each.day, each.code) for each in found] == [
        ("agreement_end", date(2026, 12, 31), "2027"),
        ("provisional", date(2025, 1, 1), "start_up_unit"),
        ("provisional", date(2027, 1, 1), "state_rate"),
    ]
    world.update(t.agreement, key, end_on=date(2028, 12, 31))
    assert [each.kind for each in overview(world.ctx, OCTOBER).deadlines] == ["provisional"] * 2


def employer(world: World) -> bytes:
    with world.store.read() as connection:
        row: Any = connection.execute(t.employer.select()).one()
    return bytes(row.id)


def test_every_problem_has_a_place_and_every_place_a_name() -> None:
    # those of a cell, a block or a list are said where it is taken in
    of_claims = [code for code in PROBLEMS if not code.startswith(("cell_", "paste_", "plan_"))]
    found = {code: target_of(Problem(code, Severity.WARNING, "F1"), "2026-10") for code in of_claims}
    pages = {target.page for target in found.values()}
    assert pages == {"people", "attendance", "settings", "import", "claims"}
    fields = {target.field for target in found.values() if target.field}
    assert fields - set(NAMES) <= {"eligibility", "match"}
    without_a_field = {code for code, target in found.items() if target.page == "claims"}
    assert without_a_field == {
        "hours_high",
        "others_over_limit",
        "others_over_limit_this_month",
        "ceiling_this_month",
        "aid_over_cost",
        "month_not_over",
        "months_not_claimed",
        "corrections_included",
    }
    whole = {code for path in ("rules", "actions") for code in problem_codes(path)}
    assert whole <= set(PROBLEMS)
    assert target_of(Problem("provisional", Severity.WARNING, "", {"parameter": "state_rate"}), "2026-10") == Target(
        "settings", "values:state_rate", "value"
    )
    assert target_of(Problem("months_not_claimed", Severity.WARNING, "", {"month": "2026-08"}), "2026-10") == Target(
        "claims", "2026-08"
    )


def problem_codes(room: str) -> set[str]:
    folder = Path(ltu_desktop.__file__).parent / room
    return {
        code for path in folder.glob("*.py") for code in re.findall(r'Problem\(\s*"(\w+)"', path.read_text("utf-8"))
    }


def test_each_deadline_has_a_place_and_a_field_with_a_name() -> None:
    kinds = ("contract_end", "disability", "medical_check", "support")
    of_people = [target_of_deadline(Deadline(kind, date(2026, 12, 1), 9, staff_number="F1")) for kind in kinds]
    assert [(each.page, each.subject) for each in of_people] == [("people", "F1")] * 4
    assert [each.field for each in of_people] == ["planned_end_on", "disability_until", "medical_check_due", "support"]
    others = [
        target_of_deadline(Deadline(kind, date(2026, 12, 1), 9, code="state_rate"))
        for kind in ("certificate", "agreement_end", "no_value", "provisional")
    ]
    assert others == [
        Target("settings", "employer", "contributions_valid_until"),
        Target("settings", "agreement", "end_on"),
        Target("settings", "values:state_rate", "value"),
        Target("settings", "values:state_rate", "value"),
    ]
    assert {each.field for each in (*of_people, *others)} - {"support"} <= set(NAMES)
