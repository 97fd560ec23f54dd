"""Absences of several days: counted in the person's own week, shown in hours and euros first, saved in one step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import absence_effect, claims
from ltu_desktop.actions.absences import Absence, plan_absence, record_absence, remove_absence
from ltu_desktop.actions.attachments import remove as remove_paper
from ltu_desktop.actions.closing import close_month
from ltu_desktop.actions.operators import add_operator
from ltu_desktop.queries.attachments import of_person
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.ground_world import Ground, october

if TYPE_CHECKING:
    from ltu_desktop.actions.absences import AbsencePlan

OCTOBER = Month(2026, 10)


def away(world: Ground, number: str, first: date, last: date, kind: str = "paid_leave", **more: object) -> Absence:
    return Absence(world.people[number], first, last, kind, **more)  # type: ignore[arg-type]


def planned(world: Ground, *args: object, **more: object) -> AbsencePlan:
    return plan_absence(world.ctx, away(world, *args, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "days", "minutes"),
    [("F0001", "5.00", 2100), ("F0002", "4.00", 1440), ("F0003", "4.50", 1890)],
)
def test_a_week_of_leave_counts_what_the_week_has(world: Ground, number: str, days: str, minutes: int) -> None:
    plan = planned(world, number, october(5), october(11))
    assert (plan.leave_days, plan.minutes) == (Decimal(days), minutes)


def test_a_day_never_worked_is_no_absence(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        record_absence(world.ctx, away(world, "F0002", october(9), october(11)))
    assert refused.value.code == "nothing_planned"
    assert world.rows(t.absence_day) == []


def test_a_public_holiday_inside_a_leave_is_no_day_of_leave(world: Ground) -> None:
    plan = planned(world, "F0001", date(2026, 11, 9), date(2026, 11, 13))  # the 11th is a holiday
    assert [each.day.day for each in plan.days] == [9, 10, 12, 13]
    assert plan.leave_days == Decimal("4.00")


def test_a_closed_day_inside_a_leave_is_no_day_of_leave(world: Ground) -> None:
    world.insert(t.closure, start_on=october(6), end_on=october(7), name="Inventaire")
    assert planned(world, "F0001", october(5), october(9)).leave_days == Decimal("3.00")


@pytest.mark.parametrize(("part", "minutes", "days"), [("morning", 960, "2.29"), ("afternoon", 720, "1.71")])
def test_half_days_take_the_hours_of_the_half(world: Ground, part: str, minutes: int, days: str) -> None:
    plan = planned(world, "F0003", october(5), october(8), part=part)
    assert (plan.minutes, plan.leave_days) == (minutes, Decimal(days))


def test_an_afternoon_never_worked_is_no_absence(world: Ground) -> None:
    assert [each.day.day for each in planned(world, "F0003", october(8), october(9), part="afternoon").days] == [8]
    with pytest.raises(UserError, match="nothing is missed"):
        planned(world, "F0003", october(9), october(9), part="afternoon")


def test_some_hours_and_both_halves_of_a_day(world: Ground) -> None:
    record_absence(world.ctx, away(world, "F0001", october(5), october(5), part="hours", minutes=90))
    assert world.cell("F0001", october(5)).text() == "CP1,5"
    record_absence(world.ctx, away(world, "F0001", october(6), october(6), part="morning"))
    record_absence(world.ctx, away(world, "F0001", october(6), october(6), part="afternoon"))
    assert world.cell("F0001", october(6)).text() == "CP"
    plan = planned(world, "F0001", october(7), october(7), part="hours", minutes=600)
    assert plan.minutes == 420  # never more than the plan


def test_an_absence_takes_the_place_of_another_and_of_work(world: Ground) -> None:
    world.type("F0001", october(5), "7")
    record_absence(world.ctx, away(world, "F0001", october(5), october(7)))
    assert world.cell("F0001", october(5)).text() == "CP"
    sick = away(world, "F0001", october(6), october(6), "sick_unpaid", part="morning")
    plan = plan_absence(world.ctx, sick)
    assert (plan.replaced, plan.worked) == (210, 0)
    record_absence(world.ctx, sick)
    assert world.cell("F0001", october(6)).text() == "MALm ½CP"
    assert [each.kind for each in world.cell("F0001", october(7)).absences] == ["paid_leave"]


def test_the_longest_of_several_absences_gives_way_first(world: Ground) -> None:
    world.type("F0001", october(5), "CP2 FO5")
    plan = planned(world, "F0001", october(5), october(5), "sick_unpaid", part="hours", minutes=360)
    assert plan.replaced == 360
    record_absence(world.ctx, away(world, "F0001", october(5), october(5), "sick_unpaid", part="hours", minutes=360))
    assert {row["kind"]: row["minutes"] for row in world.rows(t.absence_day)} == {"sick_unpaid": 360, "paid_leave": 60}


def test_what_stops_the_claim_for_another_reason_is_not_hidden(world: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise UserError("other", "What else stops it.")

    monkeypatch.setattr(absence_effect, "compute", broken)
    with pytest.raises(UserError, match="What else"):
        planned(world, "F0001", october(5), october(5))
    assert world.rows(t.absence_day) == []


def test_it_is_one_step_and_undone_in_one(world: Ground) -> None:
    world.type("F0001", october(5), "6")
    before = world.rows(t.attendance)
    record_absence(world.ctx, away(world, "F0001", october(5), october(9), note="vu"))
    assert len(world.rows(t.absence_day)) == 5
    world.store.undo()
    assert (world.rows(t.absence_day), world.rows(t.attendance)) == ([], before)
    world.store.redo()
    remove_absence(world.ctx, world.people["F0001"], october(6), october(7))
    assert [row["day"].day for row in world.rows(t.absence_day)] == [5, 8, 9]
    remove_absence(world.ctx, world.people["F0001"], october(1), october(31), "sick_paid")
    assert len(world.rows(t.absence_day)) == 3


def test_the_effect_is_told_to_the_cent_before_it_is_saved(world: Ground) -> None:
    world.agreement()
    world.payroll(OCTOBER, {"F0001": "151.67", "F0002": "104.00"})
    before = claims.review(world.ctx, OCTOBER).total
    entries = len(world.store.entries())
    sick = away(world, "F0001", october(5), october(6), "sick_paid", kept=Decimal("0.5"))
    plan = plan_absence(world.ctx, sick)
    assert len(world.store.entries()) == entries
    [effect] = plan.effects
    # 12.31 × 137.67 = 1 694.72; × 95 % = 1 609.98; × 15 % = 241.50; before 1 773.71 + 266.06
    assert effect.difference == Decimal("1609.98") + Decimal("241.50") - Decimal("1773.71") - Decimal("266.06")
    assert (effect.hours, effect.assumed, effect.before) == (Decimal("-14.00"), False, before)
    record_absence(world.ctx, sick)
    assert claims.review(world.ctx, OCTOBER).total == effect.after
    [row] = [row for row in world.rows(t.absence_day) if row["day"] == october(5)]
    assert row["kept"] == 5000


def test_a_month_without_payroll_is_told_as_if_it_were_paid(world: Ground) -> None:
    plan = planned(world, "F0002", date(2026, 11, 30), date(2026, 12, 1), "unpaid_leave")
    november, december = plan.effects
    assert (november.month, december.month) == (Month(2026, 11), Month(2026, 12))
    assert november.assumed
    assert (november.hours_before, november.hours) == (Decimal("104.00"), Decimal("-6.00"))
    assert november.difference is not None
    assert november.difference < 0
    assert december.hours == Decimal("-6.00")


def test_a_month_without_a_legal_value_is_told_without_euros(world: Ground) -> None:
    [effect] = planned(world, "F0002", date(2021, 3, 1), date(2021, 3, 2), "unpaid_leave").effects
    assert (effect.before, effect.after, effect.difference) == (None, None, None)


def test_a_closed_month_refuses_and_says_how_to_go_on(world: Ground) -> None:
    close_month(world.ctx, OCTOBER, note="essai")
    for job in (
        lambda: plan_absence(world.ctx, away(world, "F0001", october(5), october(5))),
        lambda: record_absence(world.ctx, away(world, "F0001", october(5), october(5))),
    ):
        with pytest.raises(UserError) as refused:
            job()
        assert refused.value.code == "month_closed"
        assert "Reopen" in refused.value.mend


def test_a_proof_hangs_on_the_absence_and_is_never_lost(world: Ground) -> None:
    sick = away(world, "F0001", october(5), october(6), "sick_unpaid")
    record_absence(world.ctx, sick, proof=("arret.pdf", b"%PDF"), proof_kind="sick_note")
    person = world.people["F0001"]

    def hung() -> list[str]:
        with world.store.read() as connection:
            return [paper.subject for paper in of_person(connection, person, "administrator")]

    assert hung() == ["absence_day"]
    world.type("F0001", october(5), "7")
    [paper] = world.rows(t.attachment)
    assert paper["subject_id"] == next(row["id"] for row in world.rows(t.absence_day))
    world.type("F0001", october(6), "")
    assert hung() == ["person"]
    world.store.undo()
    assert hung() == ["absence_day"]
    remove_paper(world.ctx, world.rows(t.attachment)[0]["id"])
    assert hung() == []


def test_a_proof_follows_a_change_of_kind(world: Ground) -> None:
    other = away(world, "F0001", date(2026, 9, 21), date(2026, 9, 21), "sick_unpaid")
    record_absence(world.ctx, other)  # another absence of that kind, which the proof has nothing to do with
    days = (october(5), october(9))
    record_absence(world.ctx, away(world, "F0001", *days, "sick_unpaid"), proof=("arret.pdf", b"%PDF"))

    def hung() -> tuple[date, str]:
        [paper] = world.rows(t.attachment)
        [row] = [row for row in world.rows(t.absence_day) if row["id"] == paper["subject_id"]]
        return row["day"], row["kind"]

    def content() -> list[list[dict[str, Any]]]:
        return [sorted(world.rows(table), key=lambda row: row["id"]) for table in (t.absence_day, t.attachment)]

    assert hung() == (october(5), "sick_unpaid")
    before = content()
    record_absence(world.ctx, away(world, "F0001", *days, "work_accident"))
    assert hung() == (october(5), "work_accident")
    world.store.undo()
    assert content() == before
    for at in range(5, 9):  # one day after the other: it stays with those that are left
        record_absence(world.ctx, away(world, "F0001", october(at), october(at), "work_accident"))
        assert hung() == (october(at + 1), "sick_unpaid")
    record_absence(world.ctx, away(world, "F0001", october(9), october(9), "work_accident"))
    assert hung() == (october(9), "work_accident")
    half = away(world, "F0001", october(12), october(12), "work_accident", part="morning")
    record_absence(world.ctx, half)  # the rest of a day whose other half had that kind already
    assert hung() == (october(9), "work_accident")


def test_reasons_are_kept_from_a_role(world: Ground) -> None:
    record_absence(world.ctx, away(world, "F0001", october(5), october(5), "sick_unpaid"))
    record_absence(world.ctx, away(world, "F0001", october(6), october(6)))
    add_operator(world.ctx, name="Nadia Roussel", role="administrator")
    add_operator(world.ctx, name="B.", role="without_health")
    world.store.operator = "B."
    cell = world.cell("F0001", october(5), reasons=False)
    assert (cell.kind, cell.code, cell.text()) == ("absent", "AB", "")
    assert world.cell("F0001", october(6), reasons=False).kind == "paid_leave"
    with pytest.raises(UserError) as refused:
        record_absence(world.ctx, away(world, "F0001", october(7), october(7), "sick_unpaid"))
    assert refused.value.code == "no_health"
    with pytest.raises(UserError) as refused:
        world.type("F0001", october(7), "MAL")
    assert refused.value.code == "no_health"
    world.type("F0001", october(5), "7")  # the hidden absence stays
    assert sorted(row["kind"] for row in world.rows(t.absence_day)) == ["paid_leave", "sick_unpaid"]
    with pytest.raises(UserError, match="nothing is missed"):
        record_absence(world.ctx, away(world, "F0001", october(5), october(5)))
    remove_absence(world.ctx, world.people["F0001"], october(5), october(6))
    assert [row["kind"] for row in world.rows(t.absence_day)] == ["sick_unpaid"]


@pytest.mark.parametrize(
    ("more", "error"),
    [({"kind": "unpaid"}, TypeError), ({"part": "half"}, TypeError), ({"part": "hours"}, TypeError)],
)
def test_what_no_form_can_say_is_our_bug(world: Ground, more: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        record_absence(world.ctx, away(world, "F0001", october(5), october(5), **more))


def test_days_in_the_wrong_order_or_too_far_apart(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        record_absence(world.ctx, away(world, "F0001", october(6), october(5)))
    assert refused.value.code == "ends_before_start"
    with pytest.raises(UserError) as refused:
        record_absence(world.ctx, away(world, "F0001", october(6), date(2028, 1, 1)))
    assert refused.value.code == "too_many_days"
