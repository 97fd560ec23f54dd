"""People as lists, panels and the search show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import eligibility
from ltu_desktop.actions import people as actions
from ltu_desktop.actions.eligibility import Point
from ltu_desktop.intake.sheet_records import HoursRow, StaffRow
from ltu_desktop.queries import people as queries
from ltu_desktop.queries.names import folded_name, list_name
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.office import Office
from tests.intake.dsn_text import contract, declaration, establishment, file, paid, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OCTOBER = Month(2026, 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu")
    yield made
    made.close()


def listed(office: Office, month: Month = OCTOBER) -> dict[str, queries.PersonRow]:
    with office.store.read() as connection:
        return {row.staff_number: row for row in queries.people(connection, month)}


def found(office: Office, text: str) -> list[str]:
    with office.store.read() as connection:
        return [each.list_name for each in queries.search(connection, text)]


@pytest.mark.parametrize(
    ("name", "first_names", "said"),
    [
        ("Traoré", "Noël", "TRAORÉ Noël"),
        ("Soeharto", "", "SOEHARTO"),
        ("d’Artagnan", "Charles", "D’ARTAGNAN Charles"),
        ("Cœur", "Jean-Baptiste", "CŒUR Jean-Baptiste"),
    ],
)
def test_names_in_lists(name: str, first_names: str, said: str) -> None:
    assert list_name(name, first_names) == said
    assert folded_name("Cœur", "Zoé") == "coeur zoe"


def test_the_sample_in_the_order_of_a_french_reader(office: Office) -> None:
    office.sample_staff()
    office.sample_dsn()
    rows = listed(office)
    assert [row.list_name for row in rows.values()][:4] == [
        "CAUDRON Gaël",
        "CAUDRON Jean-Baptiste",
        "CŒUR Jean-Baptiste",
        "DE LA FONTAINE Nadège",
    ]
    zoe = rows["F0001"]
    assert (zoe.weekly_hours, zoe.fte, zoe.paid_hours, zoe.entry, zoe.exit, zoe.present) == (
        Decimal("24.00"),
        Decimal("0.6857"),
        Decimal("104.00"),
        date(2018, 9, 1),
        None,
        True,
    )
    assert rows["F0004"].exit == date(2026, 10, 20)
    assert (zoe.missing, zoe.file_state) == (("recognised_on",), "missing")
    assert rows["F0008"].file_state == "not_concerned"
    assert sum(row.paid_hours or 0 for row in rows.values()) == Decimal("1364.24")


def test_who_is_there_in_a_month(office: Office) -> None:
    office.staff(
        StaffRow(
            2, "A", "A", "A", status="other", entry=date(2026, 1, 1), weekly_hours=Decimal(35), activity="Couture"
        ),
        StaffRow(3, "B", "B", "B", entry=date(2024, 1, 1), exit=date(2026, 9, 30), weekly_hours=Decimal(20)),
        StaffRow(4, "C", "C", "C", entry=date(2026, 11, 1)),
        StaffRow(5, "D", "D", "D", status="ppde", recognised_on=date(2025, 1, 1)),
        StaffRow(6, "E", "E", "E"),
    )
    office.hours(HoursRow(2, OCTOBER, Decimal("7.00"), "E"))
    rows = listed(office)
    assert {number: row.present for number, row in rows.items()} == {
        "A": True,
        "B": False,
        "C": False,
        "D": False,
        "E": True,
    }
    assert {number: row.missing for number, row in rows.items()} == {
        "A": (),
        "B": ("status",),
        "C": ("status", "weekly_hours"),
        "D": ("contract",),
        "E": ("status", "contract"),
    }
    assert (rows["A"].activity, rows["A"].fte) == ("Couture", Decimal("1.0000"))
    assert (rows["B"].exit, rows["B"].weekly_hours) == (date(2026, 9, 30), Decimal("20.00"))
    assert rows["C"].entry == date(2026, 11, 1)
    assert (rows["D"].entry, rows["D"].fte, rows["D"].paid_hours) == (None, None, None)


def test_a_contract_with_another_aid_is_told(office: Office) -> None:
    office.dsn(file(declaration(), establishment(), person(), contract(_008="21"), paid("104.00")))
    assert "aid" in listed(office)["F0001"].missing
    office.staff(StaffRow(2, "F0001", status="ppde", recognised_on=date(2018, 1, 1)))
    actions.change_contract(office.ctx, office.rows(t.contract)[0]["id"], public_aid="99")
    zoe = listed(office)["F0001"]
    assert (zoe.missing, zoe.to_check, zoe.file_state) == ((), ("volunteer", "without_job", "resident"), "to_check")
    points = {each: Point(since=date(2016, 1, 1), checked_on=date(2018, 1, 1)) for each in zoe.to_check}
    eligibility.set_many(office.ctx, {zoe.id: points})
    assert listed(office)["F0001"].file_state == "complete"
    actions.change_person(office.ctx, zoe.id, {"recognised_on": date(2026, 11, 1)})
    assert listed(office)["F0001"].to_check == ("recognised",)


def test_hours_of_two_contracts_add_up(office: Office) -> None:
    office.dsn(
        file(
            declaration(),
            establishment(),
            [*person(), *contract(), *contract(_009="C2", _013="21.67"), *paid("104.00")],
        )
    )
    row = listed(office)["F0001"]
    assert row.weekly_hours == Decimal("29.00")
    assert len(office.rows(t.contract)) == 2


def test_one_person_with_her_contracts_and_months(office: Office) -> None:
    office.staff(StaffRow(2, "F0001", "Delannoy", "Zoé", site="Loos", nir="2030199549097"))
    whole = declaration(), establishment()
    before = paid("-7.00", start="01092026", end="30092026")
    office.dsn(file(*whole, person(), contract(), paid("104.00"), before), "un.dsn")
    office.dsn(file(declaration(_002="03"), establishment(), person(), contract(), paid("103.00"), before), "deux.dsn")
    with office.store.read() as connection:
        zoe = queries.person(connection, office.person_id("F0001"))
        assert queries.person(connection, b"nobody") is None
    assert zoe is not None
    assert (zoe.list_name, zoe.site, zoe.values["town"]) == ("DELANNOY Zoé", "Loos", "LOOS")
    [job] = zoe.contracts
    assert (job.number, job.terms[0].weekly_hours, job.terms[0].end) == ("C0001", Decimal("24.00"), None)
    october, september = zoe.months
    assert (october.month, october.paid_hours, october.gross_pay) == (OCTOBER, Decimal("103.00"), None)
    assert [(each.file, each.counts, each.paid_hours) for each in october.origins] == [
        ("un.dsn", False, Decimal("104.00")),
        ("deux.dsn", True, Decimal("103.00")),
    ]
    assert (september.paid_hours, september.origins[0].declared) == (Decimal("-7.00"), OCTOBER)


def test_absences_stand_in_their_month(office: Office) -> None:
    office.staff(StaffRow(2, "E", "E", "E"))
    absent = {"sick_unpaid": Decimal("7.00"), "paid_leave": Decimal("14.00")}
    office.hours(HoursRow(2, OCTOBER, Decimal("100.00"), "E", gross_pay=Decimal("1231.00"), absences=absent))
    with office.store.read() as connection:
        detail = queries.person(connection, office.person_id("E"))
    assert detail is not None
    [month] = detail.months
    assert month.absences == (("paid_leave", Decimal("14.00")), ("sick_unpaid", Decimal("7.00")))
    assert month.gross_pay == Decimal("1231.00")


def test_search_forgives_accents_order_and_case(office: Office) -> None:
    office.sample_staff()
    assert found(office, "coeur") == ["CŒUR Jean-Baptiste"]
    assert found(office, "zoé delan") == ["DELANNOY Zoé"]
    assert found(office, "f0007") == ["SZYMAŃSKI Ömer"]
    assert found(office, "2 03 01 99") == ["DELANNOY Zoé"]
    assert found(office, "anne") == ["KOWALCZYK Anne-Sophie"]
    assert found(office, "fontaine") == ["DE LA FONTAINE Nadège"]
    assert found(office, "  ") == []
    assert found(office, "%") == []
    assert found(office, "personne") == []


def test_those_whose_name_begins_so_come_first(office: Office) -> None:
    office.staff(
        StaffRow(2, "1", "Arnoult", "Marine"), StaffRow(3, "2", "Marin", "Luc"), StaffRow(4, "3", "Sousmarin", "Eve")
    )
    assert found(office, "marin") == ["MARIN Luc", "ARNOULT Marine", "SOUSMARIN Eve"]
