"""Staff lists: who the people are, and contracts as far as payroll has not told them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import imports
from ltu_desktop.actions.imports import NEW, RowState
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.store import tables as t
from tests.actions.office import Office, shown, the_row
from tests.intake.dsn_text import contract, declaration, establishment, file, paid, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZOE = StaffRow(2, "F0001", "Delannoy", "Zoé", birth_date=date(2003, 1, 3), nir="2030199549097", status="ppde")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


def test_the_sample_list_brings_people_with_their_status(office: Office) -> None:
    plan = office.sample_staff()
    assert plan.kind == "people"
    assert plan.count(RowState.NEW) == 12
    assert [row["staff_number"] for row in office.rows(t.person) if row["status"] == "other"] == ["F0008"]
    assert {len(row["nir"]) for row in office.rows(t.person)} == {13}
    assert office.rows(t.contract) == []
    again = office.plan_sample_staff()
    assert again.changes_nothing
    assert imports.apply(office.ctx, again).entry is None
    office.store.undo()
    assert office.rows(t.person) == []


def test_a_changed_status_shows_before_and_after(office: Office) -> None:
    office.staff(ZOE)
    plan = office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", status="other", recognised_on=date(2020, 5, 1)))
    assert shown(plan.rows[0]) == {"status": ("ppde", "other"), "recognised_on": (None, date(2020, 5, 1))}
    assert plan.rows[0].state is RowState.CHANGED
    assert plan.rows[0].where == "personnel.csv:2"


def test_what_the_list_does_not_say_stays(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", town="LOOS", email="z@x.fr", status="ppde"))
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé"))
    [row] = office.rows(t.person)
    assert (row["town"], row["email"], row["status"]) == ("LOOS", "z@x.fr", "ppde")


def test_a_row_without_a_name_leaves_the_name(office: Office) -> None:
    office.staff(ZOE)
    plan = office.staff(StaffRow(2, "F0001", town="LOOS"))
    assert shown(plan.rows[0]) == {"town": (None, "LOOS")}
    [row] = office.rows(t.person)
    assert (row["name"], row["first_names"], row["folded"]) == ("Delannoy", "Zoé", "delannoy zoe")


def test_a_list_changes_a_name_and_a_number(office: Office) -> None:
    office.staff(ZOE)
    plan = office.staff(StaffRow(2, "Z1", "Petit", "Zoé Marie", nir="2030199549097"))
    assert shown(plan.rows[0]) == {
        "staff_number": ("F0001", "Z1"),
        "name": ("Delannoy", "Petit"),
        "first_names": ("Zoé", "Zoé Marie"),
    }
    [row] = office.rows(t.person)
    assert row["folded"] == "petit zoe marie"


def test_a_nir_is_shown_by_its_end_only(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé"))
    plan = office.plan_staff(ZOE)
    assert shown(plan.rows[0])["nir"] == (None, "…097")


@pytest.mark.parametrize(
    ("kept", "listed", "left"),
    [
        ("DELANNOY", "Delannoy", "Delannoy"),
        ("Delannoy", "DELANNOY", "Delannoy"),
        ("MULLER", "Müller", "Müller"),
        ("Müller", "Muller", "Müller"),
        ("De La Fontaine", "de la Fontaine", "de la Fontaine"),
    ],
)
def test_of_two_spellings_the_better_one_stays(office: Office, kept: str, listed: str, left: str) -> None:
    office.staff(StaffRow(2, "F1", kept, "Zoé"))
    office.staff(StaffRow(2, "F1", listed, "Zoé"))
    assert [row["name"] for row in office.rows(t.person)] == [left]


def test_a_person_with_one_name_is_taken(office: Office) -> None:
    plan = office.staff(StaffRow(2, "F1", "Soeharto"))
    assert plan.rows[0].name == "SOEHARTO"
    assert [row["folded"] for row in office.rows(t.person)] == ["soeharto"]


def test_refused_rows_say_why(office: Office) -> None:
    office.staff(ZOE, StaffRow(3, "F0002", "Traoré", "Noël", nir="1660499351053"))
    wrong = Finding("nir_length", Severity.BLOCKER, line=2, params={"count": 12})
    plan = office.staff(
        StaffRow(2, "F9", "Martin", "Anne", problems=(wrong,)),
        StaffRow(3, "F8"),
        StaffRow(4, "F0002", "Delannoy", "Zoé", nir="2030199549097"),
        StaffRow(5, "F7", "Petit", "Luc", entry=date(2026, 3, 1), exit=date(2026, 2, 1)),
        StaffRow(6, "F0002", "Traoré", "Noël"),
        StaffRow(7, "F0002", "Traoré", "Noël"),
    )
    assert [(row.state, row.problem.code if row.problem else "") for row in plan.rows] == [
        (RowState.REFUSED, "nir_length"),
        (RowState.REFUSED, "no_name"),
        (RowState.REFUSED, "number_taken"),
        (RowState.REFUSED, "contract_dates"),
        (RowState.UNCHANGED, ""),
        (RowState.REFUSED, "twice"),
    ]
    said = [imports.sentence(office.ctx.words, row.problem) for row in plan.rows if row.problem]
    assert said[2] == "The staff number F0002 belongs to Traoré."
    assert said[3] == "The exit 1 Feb 2026 is before the entry 1 Mar 2026."
    assert len(office.rows(t.person)) == 2


def test_likely_duplicates_are_asked_and_the_answer_holds(office: Office) -> None:
    office.staff(ZOE, StaffRow(3, "F0002", "Delannoy", "Zoë", birth_date=date(2003, 1, 4)))
    plan = office.plan_staff(StaffRow(2, "", "Delannoy", "Zoé"))
    [row] = plan.rows
    assert row.state is RowState.QUESTION
    assert [each.name for each in row.candidates] == ["DELANNOY Zoé", "DELANNOY Zoë"]
    imports.apply(office.ctx, plan, answers={row.key: NEW})
    assert len(office.rows(t.person)) == 3


def test_a_name_and_birth_date_make_one_person_without_asking(office: Office) -> None:
    office.staff(ZOE)
    plan = office.staff(StaffRow(2, "N1", "DELANNOY", "Zoe", birth_date=date(2003, 1, 3)))
    assert shown(plan.rows[0]) == {"staff_number": ("F0001", "N1")}


def test_two_nirs_are_two_people_until_someone_says_otherwise(office: Office) -> None:
    office.staff(ZOE)
    twin = StaffRow(2, "N1", "Delannoy", "Zoé", birth_date=date(2003, 1, 3), nir="2030199549098")
    plan = office.plan_staff(twin)
    assert [row.state for row in plan.rows] == [RowState.QUESTION]
    other = StaffRow(2, "N1", "Delanoy", "Zoé", birth_date=date(2003, 1, 4), nir="2030199549098")
    assert [row.state for row in office.plan_staff(other).rows] == [RowState.NEW]


def test_two_people_of_the_register_with_one_nir_are_asked_about(office: Office) -> None:
    office.staff(ZOE)
    with office.store.write("test") as tx:
        tx.insert(t.person, {"staff_number": "D", "name": "Double", "nir": "2030199549097"})
    assert [row.state for row in office.plan_staff(ZOE).rows] == [RowState.QUESTION]


def test_sites_and_activities_are_found_or_made(office: Office) -> None:
    plan = office.staff(
        StaffRow(2, "F1", "A", "B", site="Loos", activity="Couture", entry=date(2024, 1, 1)),
        StaffRow(3, "F2", "C", "D", site="LOOS", activity="couture", entry=date(2024, 1, 1)),
        StaffRow(4, "F3", "E", "F", site="Loos Nord"),
    )
    assert [imports.sentence(office.ctx.words, each) for each in plan.problems] == [
        "The site “Loos” is new: it is added to the list of sites.",
        "The activity “Couture” is new: it is added to the list of activities.",
        "The site “Loos Nord” is new: it is added to the list of sites.",
    ]
    assert shown(the_row(plan, "F1"))["site"] == (None, "Loos")
    assert [(row["code"], row["name"]) for row in office.rows(t.site)] == [("LOO", "Loos"), ("LOO1", "Loos Nord")]
    assert len(office.rows(t.activity)) == 1
    moved = office.staff(StaffRow(2, "F1", "A", "B", site="loo1"))
    assert shown(moved.rows[0]) == {"site": ("Loos", "Loos Nord")}


def test_a_list_makes_contracts_from_the_entry(office: Office) -> None:
    plan = office.staff(
        StaffRow(2, "F1", "A", "B", entry=date(2024, 1, 15), weekly_hours=Decimal(28), hourly_pay=Decimal("12.31"))
    )
    assert shown(plan.rows[0]) == {
        "contract_start": (None, date(2024, 1, 15)),
        "weekly_hours": (None, Decimal("28.00")),
        "hourly_pay": (None, Decimal("12.31")),
    }
    changed = office.staff(
        StaffRow(
            2, "F1", "A", "B", entry=date(2024, 1, 16), exit=date(2026, 1, 1), weekly_hours=Decimal(30), job="Aide"
        )
    )
    assert shown(changed.rows[0]) == {
        "contract_start": (date(2024, 1, 15), date(2024, 1, 16)),
        "contract_end": (None, date(2026, 1, 1)),
        "weekly_hours": (Decimal("28.00"), Decimal("30.00")),
        "job": (None, "Aide"),
    }
    assert office.terms("F1") == [(date(2024, 1, 16), 3000, None, "Aide")]
    office.staff(StaffRow(2, "F1", "A", "B", entry=date(2026, 3, 1)))
    assert len(office.rows(t.contract)) == 2, "an entry after the exit is another contract"
    assert len(office.rows(t.contract_terms)) == 1, "of which nothing but the entry is known"


def test_without_an_entry_the_contract_waits(office: Office) -> None:
    plan = office.staff(StaffRow(2, "F1", "A", "B", weekly_hours=Decimal(28)))
    assert plan.rows[0].problem is not None
    assert plan.rows[0].problem.code == "no_entry"
    assert office.rows(t.contract) == []


def test_payroll_decides_on_hours_and_the_list_on_the_rest(office: Office) -> None:
    office.dsn(file(declaration(), establishment(), person(), contract(), paid("104.00")))
    plan = office.staff(
        StaffRow(
            2,
            "F0001",
            "Delannoy",
            "Zoé",
            entry=date(2018, 9, 1),
            exit=date(2026, 12, 31),
            weekly_hours=Decimal(28),
            hourly_pay=Decimal("12.31"),
            job="Agent polyvalent",
            activity="Couture",
        )
    )
    assert shown(plan.rows[0]) == {
        "contract_end": (None, date(2026, 12, 31)),
        "hourly_pay": (None, Decimal("12.31")),
        "job": ("AGENT POLYVALENT", "Agent polyvalent"),
        "activity": (None, "Couture"),
    }
    assert plan.rows[0].problem is not None
    assert imports.sentence(office.ctx.words, plan.rows[0].problem) == (
        "Payroll says 24.00 h a week, the list 28.00 h. Payroll’s hours stay."
    )
    renamed = office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", job="Couturière", weekly_hours=Decimal(24)))
    assert renamed.changes_nothing, "payroll’s job stays"
    other = office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", contract_number="C0001", activity="Garage"))
    assert shown(other.rows[0]) == {"activity": ("Couture", "Garage")}


def test_unknown_columns_are_told(office: Office) -> None:
    from ltu_desktop.actions.people import plan_staff
    from ltu_desktop.intake.sheet_records import StaffList
    from tests.actions.office import sheet

    whole = Finding("total_row", Severity.INFO)
    plan = plan_staff(office.ctx, StaffList((ZOE,), {}, ("Couleur",), (whole,)), sheet("x", "liste.csv"))
    assert plan.unknown_codes == {"Couleur": 1}
    assert plan.problems == (whole,)


def test_a_left_row_stays_as_it_was(office: Office) -> None:
    office.staff(ZOE)
    plan = office.plan_staff(
        StaffRow(2, "F0001", "Delannoy", "Zoé", status="other"), StaffRow(3, "F2", "Petit", "Luc", status="ppde")
    )
    imports.apply(office.ctx, plan, leave=frozenset({plan.rows[0].key}))
    assert {row["staff_number"]: row["status"] for row in office.rows(t.person)} == {"F0001": "ppde", "F2": "ppde"}


def test_an_answer_that_another_line_is_already_is_refused(office: Office) -> None:
    office.staff(ZOE)
    plan = office.plan_staff(ZOE, StaffRow(3, "", "Delanoy", "Zoé"))
    assert [row.state for row in plan.rows] == [RowState.UNCHANGED, RowState.NEW], "whom a number took is not offered"
    office.staff(StaffRow(2, "F5", "Delanoy", "Zoé"), answers={"row2": NEW})
    plan = office.plan_staff(ZOE, StaffRow(3, "", "Delannoi", "Zoé"))
    [_, row] = plan.rows
    assert row.state is RowState.QUESTION
    with pytest.raises(UserError) as error:
        imports.apply(office.ctx, plan, answers={row.key: office.person_id("F0001")})
    assert error.value.code == "import_same_person"
