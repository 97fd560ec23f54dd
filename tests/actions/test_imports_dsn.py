"""Payroll declarations: what they bring, replace and leave alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import imports
from ltu_desktop.actions.imports import NEW, RowState
from ltu_desktop.actions.people import change_terms
from ltu_desktop.intake.sheet_records import HoursRow, StaffRow
from ltu_desktop.queries.claim_cards import payroll_files
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.office import Office, shown, the_row
from tests.intake.dsn_text import (
    Rubric,
    activity,
    block,
    contract,
    declaration,
    establishment,
    file,
    paid,
    person,
    remuneration,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OCTOBER, SEPTEMBER = Month(2026, 10), Month(2026, 9)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu")
    yield made
    made.close()


def month(number: int, *parts: list[Rubric], kind: str = "01", **more: str) -> bytes:
    """A declaration of one establishment for a month of 2026."""
    return file(declaration(_002=kind, _005=f"01{number:02d}2026", **more), establishment(), *parts)


def pay(month: int, hours: str, **where: str) -> list[Rubric]:
    last = {9: 30, 11: 30}.get(month, 31)
    return paid(hours, start=f"01{month:02d}2026", end=f"{last}{month:02d}2026", **where)


BOB = {"_001": "1660499351053", "_002": "Traore", "_003": "Traore", "_004": "Noel", "_006": "03041966", "_019": "F0002"}


def test_the_sample_brings_twelve_people_and_all_their_hours(office: Office) -> None:
    plan = office.sample_dsn()
    assert plan.count(RowState.NEW) == 12
    assert plan.totals.equal
    assert plan.totals.hours_in_file == Decimal("1364.24")
    assert sum(row["paid_hours"] for row in office.rows(t.pay_month)) == 136424
    [kept] = office.rows(t.payroll_file)
    assert (kept["month"], kept["siret"], kept["hours"], kept["type"]) == ("2026-10", "99900011100017", 136424, "01")
    assert kept["blob_sha256"] == plan.file.sha256
    assert the_row(plan, "F0001").where == "dsn-2026-10.dsn:30"
    assert shown(the_row(plan, "F0001"))["paid_hours"] == (None, Decimal("104.00"))
    assert {row["status"] for row in office.rows(t.person)} == {None}
    assert office.terms("F0001") == [(date(2018, 9, 1), 2400, 10400, "AGENT POLYVALENT")]


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    office.sample_dsn()
    before, entries = office.content(), len(office.store.entries())
    plan = office.sample_dsn()
    assert {row.state for row in plan.rows} == {RowState.UNCHANGED}
    assert plan.changes_nothing
    assert office.content() == before
    assert len(office.store.entries()) == entries


def test_staff_list_and_payroll_in_either_order_give_the_same(office: Office, tmp_path: Path) -> None:
    office.sample_staff()
    plan = office.sample_dsn()
    assert shown(the_row(plan, "F0001"))["paid_hours"] == (None, Decimal("104.00"))
    assert plan.count(RowState.QUESTION) == 0
    other = Office(tmp_path / "b.ltu")
    other.sample_dsn()
    listed = other.sample_staff()
    assert shown(the_row(listed, "F0005"))["name"] == ("Nguy?n", "Nguyễn")
    assert other.content() == office.content()
    assert {row["name"] for row in other.rows(t.person)} >= {"Nguyễn", "Cœur", "Szymański"}
    other.close()


def test_an_import_is_undone_in_one_step(office: Office) -> None:
    office.sample_staff()
    before = office.content()
    office.sample_dsn()
    after = office.content()
    office.store.undo()
    assert office.content() == before
    office.store.redo()
    assert office.content() == after


def test_a_file_that_replaces_takes_the_place_of_the_first(office: Office) -> None:
    first = [*person(), *contract(), *pay(10, "104.00")]
    second = [*person(**BOB), *contract(_009="C0002"), *pay(10, "100.00", number="C0002")]
    office.dsn(month(10, first, second), "un.dsn")
    corrected = month(10, [*person(), *contract(), *pay(10, "90.00")], kind="03", _004="2")
    plan = office.plan_dsn(corrected, "deux.dsn")
    assert [each.name for each in plan.file.replaces] == ["un.dsn"]
    assert plan.file.replaces[0].received_on == date(2026, 11, 12)
    assert the_row(plan, "F0001").state is RowState.CHANGED
    assert shown(the_row(plan, "F0001")) == {"paid_hours": (Decimal("104.00"), Decimal("90.00"))}
    gone = the_row(plan, "F0002")
    assert gone.problem is not None
    assert (gone.state, gone.problem.code, gone.required) == (RowState.CHANGED, "gone", True)
    assert shown(gone) == {"paid_hours": (Decimal("100.00"), None)}
    imports.apply(office.ctx, plan)
    assert office.counted("F0001") == {"2026-10": 9000}
    assert office.counted("F0002") == {}
    assert len(office.rows(t.pay_month)) == 3, "replaced rows stay for history"
    office.store.undo()
    assert office.counted("F0001") == {"2026-10": 10400}


def test_a_corrected_normal_file_of_the_same_month_replaces_too(office: Office) -> None:
    office.dsn(month(10, person(), contract(), pay(10, "104.00")), "un.dsn")
    office.dsn(month(10, person(), contract(), pay(10, "103.00")), "deux.dsn")
    assert office.counted("F0001") == {"2026-10": 10300}


def test_the_replaced_file_comes_back_to_nothing(office: Office) -> None:
    first = month(10, person(), contract(), pay(10, "104.00"))
    office.dsn(first, "un.dsn")
    office.dsn(month(10, person(), contract(), pay(10, "103.00"), kind="03"), "deux.dsn")
    plan = office.dsn(first, "un.dsn")
    assert [row.state for row in plan.rows] == [RowState.UNCHANGED]
    assert [each.code for each in plan.problems] == ["superseded"]
    assert office.counted("F0001") == {"2026-10": 10300}


def test_a_normal_file_after_the_one_that_replaces_is_not_counted(office: Office) -> None:
    office.dsn(month(10, person(), contract(), pay(10, "103.00"), kind="03"), "deux.dsn")
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")), "un.dsn")
    assert [row.state for row in plan.rows] == [RowState.UNCHANGED]
    assert "deux.dsn" in imports.sentence(office.ctx.words, plan.problems[0])
    assert office.counted("F0001") == {"2026-10": 10300}
    assert len(office.rows(t.payroll_file)) == 1


def test_a_cancelling_file_takes_the_hours_back(office: Office) -> None:
    office.dsn(month(10, person(), contract(), pay(10, "104.00")), "un.dsn")
    plan = office.dsn(month(10, kind="04"), "annule.dsn")
    assert shown(the_row(plan, "F0001")) == {"paid_hours": (Decimal("104.00"), None)}
    assert office.counted("F0001") == {}
    again = office.dsn(month(10, person(), contract(), pay(10, "102.00")), "trois.dsn")
    assert shown(the_row(again, "F0001")) == {"paid_hours": (None, Decimal("102.00"))}
    assert office.counted("F0001") == {"2026-10": 10200}


def test_a_line_of_a_replaced_file_cannot_be_left_out(office: Office) -> None:
    office.dsn(month(10, person(), contract(), pay(10, "104.00")), "un.dsn")
    plan = office.plan_dsn(month(10, person(), contract(), pay(10, "103.00"), kind="03"), "deux.dsn")
    with pytest.raises(UserError) as error:
        imports.apply(office.ctx, plan, leave=frozenset({plan.rows[0].key}))
    assert error.value.code == "import_required"
    assert error.value.where == "deux.dsn:14"


def test_parts_of_one_declaration_count_together(office: Office) -> None:
    office.dsn(month(10, person(), contract(), pay(10, "60.00"), _003="12"), "a.dsn")
    plan = office.dsn(month(10, person(), contract(), pay(10, "44.00"), _003="22"), "b.dsn")
    assert shown(the_row(plan, "F0001")) == {"paid_hours": (Decimal("60.00"), Decimal("104.00"))}
    assert office.counted("F0001") == {"2026-10": 10400}
    office.dsn(month(10, person(), contract(), pay(10, "90.00"), kind="03", _003="11"), "c.dsn")
    assert office.counted("F0001") == {"2026-10": 9000}, "the month in one part replaces both parts"


def test_back_pay_belongs_to_the_month_it_pays_for(office: Office) -> None:
    office.dsn(month(9, person(), contract(), pay(9, "100.00")), "sept.dsn")
    plan = office.plan_dsn(month(10, person(), contract(), pay(10, "104.00"), pay(9, "-7.00")), "oct.dsn")
    row = the_row(plan, "F0001")
    assert shown(row) == {
        "paid_hours": (None, Decimal("104.00")),
        "paid_hours@2026-09": (Decimal("100.00"), Decimal("93.00")),
    }
    assert row.state is RowState.CHANGED
    imports.apply(office.ctx, plan)
    assert office.counted("F0001") == {"2026-09": 9300, "2026-10": 10400}
    late = next(each for each in office.rows(t.pay_month) if each["paid_hours"] == -700)
    assert (late["month"], late["contract_number"], late["line"]) == ("2026-09", "C0001", 41)


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


def test_hours_that_change_from_month_to_month_are_dated_terms(office: Office) -> None:
    office.dsn(month(9, person(), contract(), pay(9, "104.00")), "09.dsn")
    plan = office.dsn(month(10, person(), contract(_013="121.33"), pay(10, "121.33")), "10.dsn")
    assert shown(the_row(plan, "F0001"))["weekly_hours"] == (Decimal("24.00"), Decimal("28.00"))
    assert [each.since for each in plan.rows[0].changes if each.field == "weekly_hours"] == [date(2026, 10, 1)]
    assert office.terms("F0001") == [
        (date(2018, 9, 1), 2400, 10400, "AGENT POLYVALENT"),
        (date(2026, 10, 1), 2800, 12133, "AGENT POLYVALENT"),
    ]


@pytest.mark.parametrize("order", [(8, 9, 10), (10, 9, 8), (9, 8, 10), (9, 10, 8), (10, 8, 9), (8, 10, 9)])
def test_months_in_any_order_give_the_same_terms(office: Office, order: tuple[int, ...]) -> None:
    quantity = {8: "104.00", 9: "121.33", 10: "104.00"}
    for number in order:
        data = month(number, person(), contract(_013=quantity[number]), pay(number, quantity[number]))
        office.dsn(data, f"{number}.dsn")
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2400),
        (date(2026, 9, 1), 2800),
        (date(2026, 10, 1), 2400),
    ]


def test_a_change_of_contract_begins_on_its_day(office: Office) -> None:
    change = block("41", {"001": "16102026", "007": "104.00"})
    office.dsn(month(10, person(), contract(_013="121.33"), change, pay(10, "110.00")))
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2400),
        (date(2026, 10, 16), 2800),
    ]


def test_a_new_job_is_a_dated_change(office: Office) -> None:
    office.dsn(month(9, person(), contract(), pay(9, "104.00")), "09.dsn")
    plan = office.dsn(month(10, person(), contract(_006="COUTURIERE"), pay(10, "104.00")), "10.dsn")
    assert shown(the_row(plan, "F0001"))["job"] == ("AGENT POLYVALENT", "COUTURIERE")
    assert [job for _, _, _, job in office.terms("F0001")] == ["AGENT POLYVALENT", "COUTURIERE"]


def test_an_exit_ends_the_contract_and_a_correction_takes_it_back(office: Office) -> None:
    end = block("62", {"001": "18102026", "002": "059"})
    office.dsn(month(10, person(), contract(), end, pay(10, "60.00")), "un.dsn")
    [row] = office.rows(t.contract)
    assert (row["end_on"], row["end_reason"]) == (date(2026, 10, 18), "059")
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00"), kind="03"), "deux.dsn")
    assert shown(the_row(plan, "F0001"))["contract_end"] == (date(2026, 10, 18), None)
    [row] = office.rows(t.contract)
    assert (row["end_on"], row["end_reason"]) == (None, "")


def test_a_person_on_payroll_without_pay_has_a_month_of_zero(office: Office) -> None:
    office.dsn(month(10, person(), contract()))
    assert office.counted("F0001") == {"2026-10": 0}
    assert office.dsn(month(10, person(), contract())).changes_nothing


@pytest.mark.parametrize(
    ("blocks", "kind"),
    [
        (block("60", {"001": "01", "002": "14102026", "003": "20102026"}), "sick_unpaid"),
        (block("60", {"001": "02", "002": "14102026", "003": "20122026"}), "suspension"),
        (block("65", {"001": "501", "002": "15102026", "003": "20102026"}), "unpaid_leave"),
        (block("65", {"001": "605", "002": "15102026"}), "suspension"),
        ([], None),
        (block("60", {"001": "01", "002": "30112026", "003": "20122026"}), None),
        (
            block("60", {"001": "01", "002": "04102026", "003": "08102026"})
            + block("65", {"001": "501", "002": "15102026", "003": "20102026"}),
            None,
        ),
    ],
)
def test_unpaid_hours_have_a_kind_where_it_is_clear(office: Office, blocks: list[Rubric], kind: str | None) -> None:
    work = [*remuneration("002", "900.00"), *activity("01", "80.00"), *activity("02", "24.00")]
    office.dsn(month(10, person(), contract(), blocks, work))
    assert [(row["kind"], row["hours"]) for row in office.rows(t.absence)] == ([(kind, 2400)] if kind else [])
    [row] = office.rows(t.pay_month)
    assert (row["paid_hours"], row["unpaid_hours"]) == (8000, 2400)


def test_partial_activity_is_told_apart_from_the_rest(office: Office) -> None:
    work = [*remuneration("002", "900.00"), *activity("01", "80.00"), *activity("02", "24.00")]
    office.dsn(month(10, person(), contract(), work, remuneration("019", "90.00", "14.00")))
    assert [(row["kind"], row["hours"]) for row in office.rows(t.absence)] == [("partial_activity", 1400)]


def test_a_wrong_nir_is_left_out_and_told_and_costs_no_hours(office: Office) -> None:
    plan = office.dsn(month(10, person(_001="9030199549097"), contract(), pay(10, "104.00")))
    row = the_row(plan, "F0001")
    assert row.problem is not None
    assert (row.state, row.problem.code) == (RowState.NEW, "nir_sex")
    assert [(row["staff_number"], row["nir"]) for row in office.rows(t.person)] == [("F0001", "")]
    assert office.counted("F0001") == {"2026-10": 10400}
    right = office.dsn(month(10, person(), contract(), pay(10, "104.00"), kind="03"))
    assert shown(the_row(right, "F0001")) == {"nir": (None, "…097")}


def test_lines_left_out_can_be_imported_later_from_the_same_file(office: Office) -> None:
    data = month(
        10,
        [*person(), *contract(), *pay(10, "104.00")],
        [*person(**BOB), *contract(_009="C2"), *pay(10, "50.00", number="C2")],
    )
    plan = office.plan_dsn(data)
    imports.apply(office.ctx, plan, leave=frozenset({the_row(plan, "F0002").key}))
    assert [row["staff_number"] for row in office.rows(t.person)] == ["F0001"]
    assert office.store.entries()[0].params["left"] == 1
    again = office.dsn(data)
    assert (the_row(again, "F0001").state, the_row(again, "F0002").state) == (RowState.UNCHANGED, RowState.NEW)
    assert office.counted("F0002") == {"2026-10": 5000}
    assert len(office.rows(t.payroll_file)) == 1


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


def test_a_plan_is_refused_when_the_register_changed_in_between(office: Office) -> None:
    plan = office.plan_dsn(month(10, person(), contract(), pay(10, "104.00")))
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", nir="2030199549097", status="ppde"))
    with pytest.raises(UserError) as error:
        imports.apply(office.ctx, plan)
    assert error.value.code == "import_stale"
    assert office.rows(t.pay_month) == []


def test_cancelling_midway_leaves_nothing(office: Office) -> None:
    plan = office.plan_dsn(month(10, person(), contract(), pay(10, "104.00")))

    class Stop(Exception):  # noqa: N818  a signal, as the window's worker raises it
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stop

    from dataclasses import replace

    with pytest.raises(Stop):
        imports.apply(replace(office.ctx, progress=stop), plan)
    assert office.store.entries() == []


def test_a_declaration_takes_the_place_of_an_hours_list(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé"), StaffRow(3, "F0002", "Traore", "Noel"))
    office.hours(
        HoursRow(2, OCTOBER, Decimal("99.00"), "F0001", absences={"sick_unpaid": Decimal("5.00")}),
        HoursRow(3, OCTOBER, Decimal("50.00"), "F0002"),
    )
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert shown(the_row(plan, "F0001"))["paid_hours"] == (Decimal("99.00"), Decimal("104.00"))
    assert (office.counted("F0001"), office.counted("F0002")) == ({"2026-10": 10400}, {"2026-10": 5000})
    assert office.rows(t.absence) == []
    office.store.undo()
    assert office.counted("F0001") == {"2026-10": 9900}
    only = [*person(), *contract(), *pay(10, "104.00")]
    both = [*only, *person(**BOB), *contract(_009="C2"), *pay(10, "50.00", number="C2")]
    office.dsn(month(10, both))
    assert [row["name"] for row in office.rows(t.payroll_file) if row["replaced_by_id"]] == ["heures.csv"]
    assert office.counted("F0002") == {"2026-10": 5000}


def test_a_file_with_two_months_counts_each(office: Office) -> None:
    data = file(
        declaration(_005="01092026"),
        establishment(),
        [*person(), *contract(), *pay(9, "104.00")],
        declaration(),
        establishment(),
        [*person(), *contract(_013="121.33"), *pay(10, "121.33")],
        declarations=2,
    )
    office.dsn(data)
    assert office.counted("F0001") == {"2026-09": 10400, "2026-10": 12133}
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2400),
        (date(2026, 10, 1), 2800),
    ]
    assert office.dsn(data).changes_nothing


def test_two_declarations_of_one_month_in_a_file_count_once(office: Office) -> None:
    data = file(
        declaration(),
        establishment(),
        [*person(), *contract(), *pay(10, "104.00")],
        declaration(_002="03", _004="2"),
        establishment(),
        [*person(), *contract(), *pay(10, "90.00")],
        declarations=2,
    )
    office.dsn(data)
    assert office.counted("F0001") == {"2026-10": 9000}
    assert office.dsn(data).changes_nothing


def test_a_change_told_late_holds_through_the_months_between(office: Office) -> None:
    for number in (8, 9):
        office.dsn(month(number, person(), contract(), pay(number, "104.00")), f"{number}.dsn")
    change = block("41", {"001": "16082026", "007": "104.00"})
    office.dsn(month(10, person(), contract(_013="121.33"), change, pay(10, "121.33")), "10.dsn")
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2400),
        (date(2026, 8, 16), 2800),
    ]


def test_a_change_without_the_former_hours_begins_on_its_day(office: Office) -> None:
    office.dsn(month(9, person(), contract(), pay(9, "104.00")), "09.dsn")
    change = block("41", {"001": "12102026", "006": "X"})
    office.dsn(month(10, person(), contract(_013="121.33"), change, pay(10, "121.33")), "10.dsn")
    assert [start for start, _, _, _ in office.terms("F0001")] == [date(2018, 9, 1), date(2026, 10, 12)]


def test_two_changes_in_a_month_are_two_amendments(office: Office) -> None:
    changes = [
        *block("41", {"001": "12102026", "007": "104.00"}),
        *block("41", {"001": "20102026", "007": "121.33"}),
    ]
    office.dsn(month(10, person(), contract(_013="151.67"), changes, pay(10, "130.00")))
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2400),
        (date(2026, 10, 12), 2800),
        (date(2026, 10, 20), 3500),
    ]


def test_a_change_on_the_first_day_leaves_nothing_before_it(office: Office) -> None:
    office.dsn(month(9, person(), contract(), pay(9, "104.00")), "09.dsn")
    change = block("41", {"001": "01102026", "007": "104.00"})
    office.dsn(month(10, person(), contract(_013="121.33"), change, pay(10, "121.33")), "10.dsn")
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2400),
        (date(2026, 10, 1), 2800),
    ]


def test_a_contract_in_days_says_no_hours(office: Office) -> None:
    office.dsn(month(10, person(), contract(_011="12", _012="21.67", _013="21.67", _010="31122026"), pay(10, "104.00")))
    assert office.terms("F0001") == [(date(2018, 9, 1), None, None, "AGENT POLYVALENT")]
    assert [row["planned_end_on"] for row in office.rows(t.contract)] == [date(2026, 12, 31)]
    in_days = contract(_011="12", _012="21.67", _013="20.00")
    office.dsn(month(11, person(), in_days, pay(11, "104.00")), "11.dsn")
    assert len(office.terms("F0001")) == 1


def test_payroll_corrects_the_start_of_a_contract(office: Office) -> None:
    listed = StaffRow(2, "F0001", "Delannoy", "Zoé", entry=date(2018, 8, 20), hourly_pay=Decimal("12.31"))
    office.staff(listed)
    [job] = office.rows(t.contract)
    change_terms(office.ctx, job["id"], start=date(2018, 9, 1), weekly_hours=Decimal(20))
    change_terms(office.ctx, job["id"], start=date(2020, 1, 1), weekly_hours=Decimal(24))
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert shown(the_row(plan, "F0001"))["contract_start"] == (date(2018, 8, 20), date(2018, 9, 1))
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2018, 9, 1), 2000),
        (date(2020, 1, 1), 2400),
    ]
    office.dsn(month(11, person(), contract(_001="01082018"), pay(11, "104.00")), "11.dsn")
    assert [start for start, _, _, _ in office.terms("F0001")] == [date(2018, 8, 1), date(2020, 1, 1)]
    assert len(office.rows(t.contract)) == 1
    assert office.staff(listed).changes_nothing, "payroll’s start stays"


def test_an_early_start_of_terms_is_kept_apart_from_later_ones(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé"))
    with office.store.write("test") as tx:
        job = tx.insert(
            t.contract, {"person_id": office.person_id("F0001"), "start_on": date(2018, 9, 1), "number": "C0001"}
        )
        tx.insert(t.contract_terms, {"contract_id": job, "start_on": date(2027, 1, 1), "weekly_hours": 3500})
    office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert [(start, weekly) for start, weekly, _, _ in office.terms("F0001")] == [
        (date(2026, 10, 1), 2400),
        (date(2027, 1, 1), 3500),
    ]


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


def test_a_file_that_replaces_one_brought_in_later_months_keeps_them(office: Office) -> None:
    office.dsn(month(10, person(), contract(), pay(10, "104.00"), pay(9, "-7.00")), "un.dsn")
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00"), kind="03"), "deux.dsn")
    assert shown(the_row(plan, "F0001")) == {"paid_hours@2026-09": (Decimal("-7.00"), None)}
    assert office.counted("F0001") == {"2026-10": 10400}


def test_findings_stand_at_their_person_or_at_the_file(office: Office) -> None:
    nobody = month(10, person(_019="", _001=""), contract(_011="99"), pay(10, "104.00"))
    plan = office.plan_dsn(nobody)
    assert plan.problems == ()
    assert plan.rows[0].problem is not None
    assert [each.code for each in office.plan_dsn(month(10)).problems] == ["nobody"]


def test_only_rubrics_that_are_really_unknown_are_shown(office: Office) -> None:
    plan = office.dsn(month(10, person(), block("99", {"001": "?"}), contract(), pay(10, "104.00")))
    assert list(plan.unknown_codes) == ["S21.G00.99.001"]
    assert "S21.G00.99.001" in office.rows(t.payroll_file)[0]["unknown_codes"]


def test_a_contract_without_a_number_and_leaves_of_another_contract(office: Office) -> None:
    leave = block("60", {"001": "01", "002": "14102026", "003": "20102026"})
    stop = block("65", {"001": "501", "002": "01092026", "003": "20092026"})
    work = [*remuneration("002", "900.00", number="C2"), *activity("01", "80.00"), *activity("02", "24.00")]
    office.dsn(month(10, person(), contract(_009=""), leave, contract(_009="C2", _001="01022026"), stop, work))
    assert office.rows(t.absence) == [], "the leave is of the other contract, the suspension of another month"
    assert sorted(row["number"] for row in office.rows(t.contract)) == ["", "C2"]


def test_a_person_is_known_by_staff_number_alone(office: Office) -> None:
    office.dsn(month(10, person(_001=""), contract(), pay(10, "104.00")), "10.dsn")
    office.dsn(month(11, person(_001="", _004="Marie"), contract(), pay(11, "104.00")), "11.dsn")
    [row] = office.rows(t.person)
    assert (row["staff_number"], row["first_names"]) == ("F0001", "Zoé"), "payroll’s other first name changes nothing"


def test_hours_said_by_hand_give_way_when_they_differ(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", entry=date(2018, 9, 1), weekly_hours=Decimal(20)))
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert shown(the_row(plan, "F0001"))["weekly_hours"] == (Decimal("20.00"), Decimal("24.00"))
    assert office.terms("F0001") == [(date(2018, 9, 1), 2400, 10400, "AGENT POLYVALENT")]


def test_the_start_of_a_contract_without_terms_is_corrected(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", entry=date(2018, 8, 20)))
    office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert [row["start_on"] for row in office.rows(t.contract)] == [date(2018, 9, 1)]


@pytest.mark.parametrize("weekly", [None, Decimal("24.01")])
def test_payroll_completes_terms_that_the_list_left_open(office: Office, weekly: Decimal | None) -> None:
    entry = date(2018, 9, 1)
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", entry=entry, hourly_pay=Decimal("12.31"), weekly_hours=weekly))
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert "hourly_pay" not in shown(the_row(plan, "F0001"))
    assert office.terms("F0001") == [(entry, 2400, 10400, "AGENT POLYVALENT")]


def test_a_file_of_two_establishments_is_named_once_when_it_is_replaced(office: Office) -> None:
    def october(hours: str, kind: str = "01") -> bytes:
        two = [*establishment("00025"), *person(**BOB), *contract(_009="C0002"), *pay(10, "50.00", number="C0002")]
        return month(10, person(), contract(), pay(10, hours), two, kind=kind)

    office.dsn(october("104.00"), "un.dsn")
    plan = office.dsn(october("90.00", "03"), "deux.dsn")
    assert [each.name for each in plan.file.replaces] == ["un.dsn"]
    again = office.plan_dsn(october("104.00"), "un.dsn")
    assert [each.code for each in again.problems] == ["superseded"]
    with office.store.read() as connection:
        assert [(each.name, each.hours) for each in payroll_files(connection, OCTOBER)] == [
            ("deux.dsn", Decimal("140.00"))
        ]
