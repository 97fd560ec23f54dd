"""Payroll declarations: what they say of contracts, as dated terms; changes told late, corrections, exits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ltu_desktop.actions.people import change_terms
from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.store import tables as t
from tests.actions.office import Office, shown, the_row
from tests.intake.dsn_text import (
    activity,
    block,
    contract,
    month,
    pay,
    person,
    remuneration,
)


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


def test_a_contract_without_a_number_and_leaves_of_another_contract(office: Office) -> None:
    leave = block("60", {"001": "01", "002": "14102026", "003": "20102026"})
    stop = block("65", {"001": "501", "002": "01092026", "003": "20092026"})
    work = [*remuneration("002", "900.00", number="C2"), *activity("01", "80.00"), *activity("02", "24.00")]
    office.dsn(month(10, person(), contract(_009=""), leave, contract(_009="C2", _001="01022026"), stop, work))
    assert office.rows(t.absence) == [], "the leave is of the other contract, the suspension of another month"
    assert sorted(row["number"] for row in office.rows(t.contract)) == ["", "C2"]


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
