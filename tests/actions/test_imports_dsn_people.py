"""Payroll declarations: who a line is; who is asked about, gets a number, or is told apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import imports
from ltu_desktop.actions.imports import NEW, RowState
from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.office import Office, shown, the_row
from tests.intake.dsn_text import (
    BOB,
    contract,
    declaration,
    establishment,
    file,
    month,
    pay,
    person,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_one_person_in_two_establishments_is_one(office: Office) -> None:
    data = file(
        declaration(),
        establishment(),
        [*person(), *contract(), *pay(10, "60.00")],
        establishment("00025"),
        [*person(_019="B9"), *contract(_009="D1", _001="01022026"), *pay(10, "40.00", number="D1")],
    )
    plan = office.dsn(data)
    [row] = plan.rows
    assert shown(row)["paid_hours"] == (None, Decimal("100.00"))
    assert [each["siret"] for each in office.rows(t.payroll_file)] == ["99900011100017", "99900011100025"]
    assert sorted(each["hours"] for each in office.rows(t.payroll_file)) == [4000, 6000]
    assert len(office.rows(t.contract)) == 2
    assert office.dsn(data).changes_nothing


def test_a_wrong_nir_is_left_out_and_told_and_costs_no_hours(office: Office) -> None:
    plan = office.dsn(month(10, person(_001="9030199549097"), contract(), pay(10, "104.00")))
    row = the_row(plan, "F0001")
    assert row.problem is not None
    assert (row.state, row.problem.code) == (RowState.NEW, "nir_sex")
    assert [(row["staff_number"], row["nir"]) for row in office.rows(t.person)] == [("F0001", "")]
    assert office.counted("F0001") == {"2026-10": 10400}
    right = office.dsn(month(10, person(), contract(), pay(10, "104.00"), kind="03"))
    assert shown(the_row(right, "F0001")) == {"nir": (None, "…097")}


def test_payroll_fills_gaps_and_keeps_status_site_and_name(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy-Petit", "Zoé", nir="2030199549097", status="other", site="Loos"))
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    [row] = office.rows(t.person)
    assert (row["name"], row["status"], row["birth_date"], row["town"]) == (
        "Delannoy-Petit",
        "other",
        date(2003, 1, 3),
        "LOOS",
    )
    finding = plan.rows[0].problem
    assert finding is not None
    assert finding.code == "name_differs"
    said = imports.sentence(office.ctx.words, finding)
    assert "DELANNOY Zoé" in said
    assert "DELANNOY-PETIT Zoé" in said


def test_a_likely_person_is_asked_about(office: Office) -> None:
    office.staff(
        StaffRow(2, "A1", "Delanoy", "Zoe", birth_date=date(2003, 1, 4)),
        StaffRow(3, "A2", "Traore", "Noel", birth_date=date(1966, 4, 3)),
    )
    plan = office.plan_dsn(month(10, person(_019=""), contract(), pay(10, "104.00")))
    [row] = plan.rows
    assert row.state is RowState.QUESTION
    assert [each.staff_number for each in row.candidates] == ["A1"]
    with pytest.raises(UserError) as error:
        imports.apply(office.ctx, plan)
    assert error.value.code == "import_unanswered"
    answer = row.candidates[0].person_id
    answered = imports.answered(office.ctx, plan, {row.key: answer})
    assert shown(answered.rows[0])["paid_hours"] == (None, Decimal("104.00"))
    imports.apply(office.ctx, answered)
    assert office.counted("A1") == {"2026-10": 10400}
    office.store.undo()
    imports.apply(office.ctx, plan, answers={row.key: NEW})
    assert len(office.rows(t.person)) == 3


def test_a_staff_number_with_another_name_is_asked_about(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Traore", "Noel", birth_date=date(1966, 4, 3)))
    plan = office.plan_dsn(month(10, person(_001="", _020="29990001110A"), contract(), pay(10, "104.00")))
    assert [row.state for row in plan.rows] == [RowState.QUESTION]
    imports.apply(office.ctx, plan, leave=frozenset({plan.rows[0].key}))
    assert office.store.entries()[0].action == "imports.people", "with all left out nothing is written"


def test_two_lines_cannot_be_one_person(office: Office) -> None:
    office.staff(StaffRow(2, "A1", "Delannoy", "Zoé", birth_date=date(2003, 1, 4)))
    first = [*person(_019="", _001=""), *contract(), *pay(10, "10.00")]
    second = [*person(_019="", _001="", _004="Zoée"), *contract(_009="C2"), *pay(10, "20.00", number="C2")]
    plan = office.plan_dsn(month(10, first, second))
    assert [row.state for row in plan.rows] == [RowState.QUESTION] * 2
    owner = plan.rows[0].candidates[0].person_id
    with pytest.raises(UserError) as error:
        imports.apply(office.ctx, plan, answers={row.key: owner for row in plan.rows})
    assert error.value.code == "import_same_person"


def test_people_without_a_staff_number_get_one_until_the_list_says_it(office: Office, tmp_path: Path) -> None:
    data = month(10, person(_019=""), contract(), pay(10, "104.00"))
    listed = StaffRow(2, "F0001", "Delannoy", "Zoé", birth_date=date(2003, 1, 3), nir="2030199549097")
    office.dsn(data)
    [row] = office.rows(t.person)
    assert row["staff_number"].startswith("X-")
    office.staff(listed)
    other = Office(tmp_path / "b.ltu")
    other.staff(listed)
    other.dsn(data)
    assert office.content() == other.content()
    other.close()


def test_one_person_under_two_numbers_is_refused_the_second_time(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", nir="2030199549097"))
    temporary = [*person(_001="", _020="29990001110A"), *contract(_009="C2"), *pay(10, "9.00", number="C2")]
    plan = office.dsn(month(10, [*person(), *contract(), *pay(10, "104.00")], temporary))
    assert [(row.state, row.problem.code if row.problem else "") for row in plan.rows] == [
        (RowState.CHANGED, ""),
        (RowState.REFUSED, "twice"),
    ]
    assert office.counted("F0001") == {"2026-10": 10400}


def test_a_person_without_any_number_is_told_by_name_and_birth(office: Office, tmp_path: Path) -> None:
    data = month(10, person(_001="", _019=""), contract(), pay(10, "104.00"))
    office.dsn(data)
    [row] = office.rows(t.person)
    office.dsn(month(11, person(_001="", _019=""), contract(), pay(11, "104.00")), "11.dsn")
    assert office.counted(row["staff_number"]) == {"2026-10": 10400, "2026-11": 10400}


def test_two_people_under_one_made_up_or_given_number_stay_two(office: Office) -> None:
    first = [*person(), *contract(), *pay(10, "104.00")]
    other = [*person(**BOB | {"_019": "F0001"}), *contract(_009="C2"), *pay(10, "50.00", number="C2")]
    office.dsn(month(10, first, other))
    numbers = sorted(row["staff_number"] for row in office.rows(t.person))
    assert numbers[0] == "F0001"
    assert numbers[1].startswith("X-")


def test_a_number_given_to_one_person_is_not_given_to_the_next(office: Office) -> None:
    office.dsn(month(10, person(_019=""), contract(), pay(10, "104.00")), "un.dsn")
    first = [*person(_019="F0009"), *contract(), *pay(11, "104.00")]
    other = [*person(**BOB | {"_019": "F0009"}), *contract(_009="C2"), *pay(11, "50.00", number="C2")]
    office.dsn(month(11, first, other), "deux.dsn")
    numbers = sorted(row["staff_number"] for row in office.rows(t.person))
    assert numbers[0] == "F0009"
    assert numbers[1].startswith("X-")


def test_payroll_completes_a_first_name(office: Office) -> None:
    with office.store.write("test") as tx:
        tx.insert(t.person, {"staff_number": "F0001", "name": "Delannoy", "nir": "2030199549097"})
    office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert [row["first_names"] for row in office.rows(t.person)] == ["Zoé"]


def test_a_person_is_known_by_staff_number_alone(office: Office) -> None:
    office.dsn(month(10, person(_001=""), contract(), pay(10, "104.00")), "10.dsn")
    office.dsn(month(11, person(_001="", _004="Marie"), contract(), pay(11, "104.00")), "11.dsn")
    [row] = office.rows(t.person)
    assert (row["staff_number"], row["first_names"]) == ("F0001", "Zoé"), "payroll’s other first name changes nothing"
