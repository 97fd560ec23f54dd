"""Payroll declarations: the hours they bring, the file they replace, what they leave alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import imports
from ltu_desktop.actions.imports import RowState
from ltu_desktop.intake.sheet_records import HoursRow, StaffRow
from ltu_desktop.queries.claim_cards import payroll_files
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.office import Office, shown, the_row
from tests.intake.dsn_text import (
    BOB,
    Rubric,
    activity,
    block,
    contract,
    declaration,
    establishment,
    file,
    month,
    pay,
    person,
    remuneration,
)

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER = Month(2026, 10)


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


def test_hours_said_by_hand_give_way_when_they_differ(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", entry=date(2018, 9, 1), weekly_hours=Decimal(20)))
    plan = office.dsn(month(10, person(), contract(), pay(10, "104.00")))
    assert shown(the_row(plan, "F0001"))["weekly_hours"] == (Decimal("20.00"), Decimal("24.00"))
    assert office.terms("F0001") == [(date(2018, 9, 1), 2400, 10400, "AGENT POLYVALENT")]


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
