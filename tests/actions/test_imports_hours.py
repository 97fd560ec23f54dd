"""Hours lists: months of people where payroll is silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import imports
from ltu_desktop.actions.imports import RowState
from ltu_desktop.actions.payroll import plan_hours
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.sheet_records import HoursList, HoursRow, StaffRow
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.office import Office, sheet, shown, the_row
from tests.intake.dsn_text import contract, declaration, establishment, file, paid, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    made.staff(
        StaffRow(2, "F0001", "Delannoy", "Zoé", birth_date=date(2003, 1, 3)), StaffRow(3, "F0002", "Traoré", "Noël")
    )
    yield made
    made.close()


def hours(row: int, number: str, amount: str, month: Month | None = OCTOBER, **more: object) -> HoursRow:
    return HoursRow(row, month, Decimal(amount), number, **more)  # type: ignore[arg-type]


def test_hours_and_absences_of_two_months_come_in(office: Office) -> None:
    plan = office.hours(
        hours(2, "F0001", "100.00", absences={"sick_unpaid": Decimal("4.00")}, gross_pay=Decimal("1231.00")),
        hours(3, "F0001", "90.00", NOVEMBER),
        hours(4, "F0002", "120.50", overtime_hours=Decimal("2.00")),
    )
    assert plan.kind == "hours"
    assert plan.totals.hours_in_file == Decimal("310.50")
    assert plan.totals.equal
    assert shown(the_row(plan, "F0001")) == {
        "paid_hours@2026-10": (None, Decimal("100.00")),
        "paid_hours@2026-11": (None, Decimal("90.00")),
    }
    assert office.counted("F0001") == {"2026-10": 10000, "2026-11": 9000}
    assert [(row["kind"], row["hours"]) for row in office.rows(t.absence)] == [("sick_unpaid", 400)]
    assert sorted(row["month"] for row in office.rows(t.payroll_file)) == ["2026-10", "2026-11"]
    assert office.store.entries()[0].action == "imports.hours"
    assert office.store.entries()[0].params["month"] == NOVEMBER


def test_the_same_list_again_changes_nothing(office: Office) -> None:
    office.hours(hours(2, "F0001", "100.00"))
    before = office.content()
    assert office.hours(hours(2, "F0001", "100.00")).changes_nothing
    assert office.content() == before


def test_a_new_list_of_the_month_takes_the_place_of_the_old_for_its_people(office: Office) -> None:
    office.hours(hours(2, "F0001", "100.00"), hours(3, "F0002", "50.00"))
    plan = office.hours(hours(2, "F0001", "90.00"), name="deux.csv")
    assert shown(the_row(plan, "F0001")) == {"paid_hours": (Decimal("100.00"), Decimal("90.00"))}
    assert (office.counted("F0001"), office.counted("F0002")) == ({"2026-10": 9000}, {"2026-10": 5000})
    office.hours(hours(2, "F0001", "80.00"), hours(3, "F0002", "40.00"), name="trois.csv")
    assert {row["name"] for row in office.rows(t.payroll_file) if row["replaced_by_id"]} == {"heures.csv", "deux.csv"}
    again = office.hours(hours(2, "F0001", "90.00"), name="deux.csv")
    assert again.changes_nothing
    assert office.counted("F0001") == {"2026-10": 8000}


def test_payroll_stands_before_a_list(office: Office) -> None:
    office.dsn(file(declaration(), establishment(), person(), contract(), paid("104.00")))
    plan = office.hours(hours(2, "F0001", "100.00"), hours(3, "F0002", "50.00"))
    refused = the_row(plan, "F0001")
    assert refused.state is RowState.REFUSED
    assert refused.problem is not None
    assert imports.sentence(office.ctx.words, refused.problem) == (
        "Payroll already gives the hours of October 2026: the line is not imported."
    )
    assert (office.counted("F0001"), office.counted("F0002")) == ({"2026-10": 10400}, {"2026-10": 5000})


def test_refused_and_asked_rows(office: Office) -> None:
    wrong = Finding("hours_missing", Severity.BLOCKER, line=5)
    plan = office.plan_hours(
        hours(2, "F0009", "10.00"),
        hours(3, "F0001", "10.00", None),
        hours(4, "F0002", "10.00", problems=(wrong,)),
        hours(5, "", "10.00", name="Delanoi", first_names="Zoé"),
        hours(6, "F0008", "10.00", name="Petit", first_names="Luc"),
        hours(7, "", "11.00", name="Traoré", first_names="Noël"),
    )
    assert [(row.state, row.problem.code if row.problem else "") for row in plan.rows] == [
        (RowState.REFUSED, "no_name"),
        (RowState.REFUSED, "no_month"),
        (RowState.REFUSED, "hours_missing"),
        (RowState.NEW, ""),
        (RowState.NEW, ""),
        (RowState.QUESTION, ""),
    ]


def test_a_person_named_in_two_ways_is_asked_about(office: Office) -> None:
    plan = office.plan_hours(
        hours(2, "F0001", "10.00"),
        hours(3, "", "11.00", name="Delannoy", first_names="Zoé", birth_date=date(2003, 1, 3)),
    )
    assert [row.state for row in plan.rows] == [RowState.NEW, RowState.QUESTION]
    assert [each.staff_number for each in plan.rows[1].candidates] == ["F0001"]


def test_a_left_row_is_not_written(office: Office) -> None:
    plan = office.plan_hours(hours(2, "F0001", "10.00"), hours(3, "F0002", "20.00"))
    imports.apply(office.ctx, plan, leave=frozenset({plan.rows[0].key}))
    assert (office.counted("F0001"), office.counted("F0002")) == ({}, {"2026-10": 2000})


def test_an_empty_list_is_no_import(office: Office) -> None:
    listed = HoursList((), {}, ("Note",), Decimal("0.00"), (Finding("total_row", Severity.INFO),))
    plan = plan_hours(office.ctx, listed, sheet("vide", "vide.csv"), b"vide")
    assert (plan.rows, plan.file.month, plan.changes_nothing) == ((), None, True)
    assert imports.apply(office.ctx, plan).entry is None


def test_a_list_of_other_people_leaves_the_first_alone(office: Office) -> None:
    office.hours(hours(2, "F0001", "100.00"))
    office.hours(hours(2, "F0002", "50.00"), name="deux.csv")
    assert (office.counted("F0001"), office.counted("F0002")) == ({"2026-10": 10000}, {"2026-10": 5000})


def test_one_answer_for_two_lines_shows_the_second_as_refused(office: Office) -> None:
    plan = office.plan_hours(hours(2, "F0001", "10.00"), hours(3, "", "11.00", name="Traoré", first_names="Noël"))
    assert plan.rows[1].state is RowState.QUESTION
    shown_again = imports.answered(office.ctx, plan, {plan.rows[1].key: office.person_id("F0002")})
    assert [row.state for row in shown_again.rows] == [RowState.NEW, RowState.NEW]
    both = {row.key: office.person_id("F0002") for row in plan.rows}
    shown_again = imports.answered(office.ctx, plan, both)
    assert [row.problem.code if row.problem else "" for row in shown_again.rows] == ["", "twice"]
