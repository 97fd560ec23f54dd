"""People and contracts changed one at a time: what is written, said and refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import people
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.queries import people as queries
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.office import Office
from tests.intake.dsn_text import contract, declaration, establishment, file, paid, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

START = date(2024, 4, 8)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.fixture
def zoe(office: Office) -> bytes:
    return people.add_person(office.ctx, staff_number=" F0001 ", name="  De  La Fontaine ", first_names="Zoé")


@pytest.fixture
def job(office: Office, zoe: bytes) -> bytes:
    return people.add_contract(office.ctx, zoe, start=START, weekly_hours=Decimal(24), job="Agent")


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def refused(call: Callable[[], Any]) -> UserError:
    with pytest.raises(UserError) as error:
        call()
    return error.value


def detail(office: Office, key: bytes) -> queries.PersonDetail:
    with office.store.read() as connection:
        found = queries.person(connection, key)
    assert found is not None
    return found


def test_a_person_is_added_with_her_names_in_order(office: Office, zoe: bytes) -> None:
    [row] = office.rows(t.person)
    assert (row["staff_number"], row["name"], row["folded"]) == ("F0001", "De La Fontaine", "de la fontaine zoe")
    assert last(office) == "added F0001"
    office.store.undo()
    assert office.rows(t.person) == []


def test_values_are_checked_and_kept_compact(office: Office, zoe: bytes) -> None:
    people.change_person(
        office.ctx, zoe, {"nir": "2 03 01 99 549 097 26", "birth_date": date(2003, 1, 3), "ntt": "", "site_id": None}
    )
    people.change_person(office.ctx, zoe, {"birth_date": None})
    assert detail(office, zoe).values["nir"] == "2030199549097"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"name": " "}, "missing", "name"),
        ({"staff_number": ""}, "missing", "staff_number"),
        ({"staff_number": "F0002"}, "number_taken", "staff_number"),
        ({"nir": "203019954909799"}, "nir_key", "nir"),
        ({"nir": "2030"}, "nir_length", "nir"),
        ({"ntt": "x"}, "ntt_form", "ntt"),
        ({"birth_date": date(2027, 1, 1)}, "bad_value", "birth_date"),
        ({"birth_date": date(1800, 1, 1)}, "bad_value", "birth_date"),
        ({"birth_date": "hier"}, "bad_value", "birth_date"),
        ({"status": "boss"}, "bad_value", "status"),
        ({"site_id": b"nowhere"}, "bad_value", "site_id"),
    ],
)
def test_a_wrong_value_is_refused_with_its_field(
    office: Office, zoe: bytes, values: dict[str, object], code: str, field: str
) -> None:
    people.add_person(office.ctx, staff_number="F0002", name="Petit")
    before = office.content()
    error = refused(lambda: people.change_person(office.ctx, zoe, values))
    assert (error.code, error.params["field"]) == (code, field)
    assert error.where.startswith("F0001, ")
    assert error.mend
    assert "{" not in office.ctx.words.error(error)
    assert office.content() == before


def test_a_column_that_is_none_of_ours_is_our_bug(office: Office, zoe: bytes) -> None:
    with pytest.raises(TypeError):
        people.change_person(office.ctx, zoe, {"folded": "x"})


def test_a_change_says_before_and_after(office: Office, zoe: bytes) -> None:
    people.change_person(office.ctx, zoe, {"town": "LOOS"})
    assert last(office) == "changed F0001: town from — to LOOS"
    people.change_person(office.ctx, zoe, {"town": "LILLE", "postcode": "59000", "phone": ""})
    assert last(office) == "changed F0001: town, postcode"
    people.change_person(office.ctx, zoe, {"nir": "2030199549097"})
    assert last(office) == "changed F0001: social security number (NIR) from — to …097"
    entries = len(office.store.entries())
    people.change_person(office.ctx, zoe, {"town": "LILLE"})
    assert len(office.store.entries()) == entries, "nothing changed, nothing to undo"


def test_a_new_name_is_found_by_search_at_once(office: Office, zoe: bytes) -> None:
    people.change_person(office.ctx, zoe, {"name": "Cœur"})
    with office.store.read() as connection:
        assert [each.list_name for each in queries.search(connection, "coeur")] == ["CŒUR Zoé"]


def test_a_site_is_named_in_the_history(office: Office, zoe: bytes) -> None:
    office.staff(StaffRow(2, "F9", "Petit", "Luc", site="Loos"))
    [site] = office.rows(t.site)
    people.change_person(office.ctx, zoe, {"site_id": site["id"]})
    assert last(office) == "changed F0001: site from — to Loos"


def test_a_lost_update_is_refused(office: Office, zoe: bytes) -> None:
    version = detail(office, zoe).version
    people.change_person(office.ctx, zoe, {"town": "LOOS"}, expected_version=version)
    error = refused(lambda: people.change_person(office.ctx, zoe, {"town": "LILLE"}, expected_version=version))
    assert error.code == "changed_meanwhile"


def test_a_status_is_said_with_the_decision(office: Office, zoe: bytes) -> None:
    people.set_status(office.ctx, zoe, "ppde", recognised_on=date(2023, 12, 1), decision_number="CLE 12")
    values = detail(office, zoe).values
    assert (values["status"], values["recognised_on"], values["decision_number"]) == (
        "ppde",
        date(2023, 12, 1),
        "CLE 12",
    )
    assert last(office) == "changed F0001: status from — to PPDE"
    people.set_status(office.ctx, zoe, None)
    assert detail(office, zoe).values["status"] is None


def test_a_contract_comes_with_its_terms(office: Office, zoe: bytes, job: bytes) -> None:
    [found] = detail(office, zoe).contracts
    assert (found.id, found.start, found.nature, found.public_aid) == (job, START, "01", "99")
    assert [(each.weekly_hours, each.monthly_hours, each.fte, each.job) for each in found.terms] == [
        (Decimal("24.00"), Decimal("104.00"), Decimal("0.6857"), "Agent")
    ]
    assert last(office) == "added a contract of 24\u00a0h a week to F0001 from 8 Apr 2024"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"start": date(2026, 5, 1), "end": date(2026, 4, 1)}, "end_before_start"),
        ({"start": date(2026, 5, 1), "planned_end": date(2026, 4, 1)}, "end_before_start"),
        ({"start": date(2023, 1, 1)}, "contracts_overlap"),
        ({"start": date(2023, 1, 1), "end": START}, "contracts_overlap"),
        ({"start": date(2025, 1, 1)}, "contracts_overlap"),
        ({"start": date(1825, 1, 1), "end": date(1826, 1, 1)}, "bad_value"),
        ({"start": date(2023, 1, 1), "end": date(2123, 1, 1)}, "bad_value"),
        ({"start": date(2026, 5, 1), "weekly_hours": Decimal(0)}, "bad_value"),
        ({"start": date(2026, 5, 1), "weekly_hours": Decimal(61)}, "bad_value"),
        ({"start": date(2026, 5, 1), "weekly_hours": Decimal("28.123")}, "decimals"),
        ({"start": date(2026, 5, 1), "hourly_pay": Decimal(0)}, "bad_value"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(
    office: Office, zoe: bytes, job: bytes, more: dict[str, Any], code: str
) -> None:
    people.end_contract(office.ctx, job, date(2026, 3, 31))
    error = refused(lambda: people.add_contract(office.ctx, zoe, **{"weekly_hours": Decimal(24), **more}))
    assert error.code == code
    assert error.where.startswith("F0001, ")
    assert len(office.rows(t.contract)) == 1


def test_a_contract_may_follow_another(office: Office, zoe: bytes, job: bytes) -> None:
    people.end_contract(office.ctx, job, date(2026, 3, 31), reason="031")
    people.add_contract(
        office.ctx, zoe, start=date(2026, 4, 1), weekly_hours=Decimal(28), hourly_pay=Decimal("12.31"), category="A"
    )
    first, second = detail(office, zoe).contracts
    assert (first.end, first.end_reason, second.end) == (date(2026, 3, 31), "031", None)
    assert second.terms[0].hourly_pay == Decimal("12.31")


def test_an_amendment_holds_from_its_day(office: Office, zoe: bytes, job: bytes) -> None:
    people.change_terms(office.ctx, job, start=date(2025, 1, 1), weekly_hours=Decimal(28))
    assert last(office) == "amended the contract of F0001 from 1 Jan 2025: weekly hours from 24\u00a0h to 28\u00a0h"
    people.change_terms(office.ctx, job, start=date(2026, 1, 1), weekly_hours=Decimal("30.5"), job=" Aide ")
    terms = detail(office, zoe).contracts[0].terms
    assert [(each.start, each.end, each.weekly_hours, each.job) for each in terms] == [
        (START, date(2024, 12, 31), Decimal("24.00"), "Agent"),
        (date(2025, 1, 1), date(2025, 12, 31), Decimal("28.00"), "Agent"),
        (date(2026, 1, 1), None, Decimal("30.50"), "Aide"),
    ]
    corrected = people.change_terms(office.ctx, job, start=date(2025, 1, 1), weekly_hours=Decimal(26))
    assert corrected == terms[1].id
    unchanged = people.change_terms(office.ctx, job, start=date(2025, 6, 1), weekly_hours=Decimal(26))
    assert unchanged == terms[1].id, "the same hours again are no amendment"
    assert len(detail(office, zoe).contracts[0].terms) == 3


def test_an_amendment_may_change_pay_or_activity_only(office: Office, zoe: bytes, job: bytes) -> None:
    people.change_terms(office.ctx, job, start=date(2025, 1, 1), hourly_pay=Decimal("12.31"))
    assert last(office) == "amended the contract of F0001 from 1 Jan 2025: hourly pay from — to €12.31"
    office.staff(StaffRow(2, "F9", "Petit", "Luc", activity="Couture", entry=START))
    [sewing] = office.rows(t.activity)
    people.change_terms(office.ctx, job, start=date(2025, 2, 1), activity_id=sewing["id"])
    assert last(office) == "amended the contract of F0001 from 1 Feb 2025: activity from — to Couture"
    assert [each.activity for each in detail(office, zoe).contracts[0].terms] == ["", "", "Couture"]


def test_an_amendment_of_the_category(office: Office, zoe: bytes, job: bytes) -> None:
    people.change_terms(office.ctx, job, start=date(2025, 1, 1), category="B")
    assert last(office) == "amended the contract of F0001 from 1 Jan 2025: category from — to B"


def test_an_amendment_outside_the_contract_is_refused(office: Office, zoe: bytes, job: bytes) -> None:
    people.end_contract(office.ctx, job, date(2026, 3, 31))
    for day in (date(2024, 4, 7), date(2026, 4, 1)):
        assert refused(partial(people.change_terms, office.ctx, job, start=day, job="x")).code == ("outside_contract")


def test_an_amendment_is_removed_but_not_the_first_terms(office: Office, zoe: bytes, job: bytes) -> None:
    later = people.change_terms(office.ctx, job, start=date(2025, 1, 1), weekly_hours=Decimal(28))
    first = detail(office, zoe).contracts[0].terms[0].id
    people.remove_terms(office.ctx, later)
    assert last(office) == "removed the amendment of F0001 from 1 Jan 2025"
    assert [each.id for each in detail(office, zoe).contracts[0].terms] == [first]
    assert refused(lambda: people.remove_terms(office.ctx, first)).code == "first_terms"
    assert refused(lambda: people.remove_terms(office.ctx, later)).code == "gone"


def test_a_contract_is_ended_and_taken_up_again(office: Office, zoe: bytes, job: bytes) -> None:
    people.end_contract(office.ctx, job, date(2026, 10, 18), reason="059")
    assert last(office) == "ended the contract of F0001 on 18 Oct 2026"
    people.end_contract(office.ctx, job, None)
    assert last(office) == "took back the end of the contract of F0001"
    [found] = detail(office, zoe).contracts
    assert (found.end, found.end_reason) == (None, "")
    assert refused(lambda: people.end_contract(office.ctx, job, date(2024, 1, 1))).code == "end_before_start"


def test_a_contract_is_corrected(office: Office, zoe: bytes, job: bytes) -> None:
    people.change_contract(office.ctx, job, start=date(2024, 5, 1), number=" C1 ", public_aid="21")
    assert last(office) == "changed the contract of F0001: start of contract, contract number, other State aid"
    [found] = detail(office, zoe).contracts
    assert (found.start, found.number, found.public_aid, found.terms[0].start) == (
        date(2024, 5, 1),
        "C1",
        "21",
        date(2024, 5, 1),
    )
    people.change_contract(office.ctx, job, planned_end=date(2027, 1, 1))
    assert last(office) == "changed the contract of F0001: planned end from — to 1 Jan 2027"
    people.change_contract(office.ctx, job, nature="02")
    people.change_terms(office.ctx, job, start=date(2025, 1, 1), weekly_hours=Decimal(28))
    error = refused(lambda: people.change_contract(office.ctx, job, start=date(2025, 1, 1)))
    assert error.code == "start_after_terms"
    assert (
        refused(lambda: people.change_contract(office.ctx, job, planned_end=date(2020, 1, 1))).code
        == "end_before_start"
    )


def test_a_contract_without_terms_may_move_too(office: Office, zoe: bytes) -> None:
    with office.store.write("test") as tx:
        bare = tx.insert(t.contract, {"person_id": zoe, "start_on": START})
    people.change_contract(office.ctx, bare, start=date(2024, 5, 1))
    people.change_terms(office.ctx, bare, start=date(2024, 5, 1), weekly_hours=Decimal(28))
    assert detail(office, zoe).contracts[0].terms[0].weekly_hours == Decimal("28.00")


def test_a_person_entered_by_mistake_is_deleted_with_her_contract(office: Office, zoe: bytes, job: bytes) -> None:
    people.delete_person(office.ctx, zoe)
    assert (office.rows(t.person), office.rows(t.contract), office.rows(t.contract_terms)) == ([], [], [])
    assert last(office) == "deleted F0001"
    office.store.undo()
    assert len(office.rows(t.contract_terms)) == 1


def test_a_person_on_payroll_is_not_deleted(office: Office) -> None:
    office.dsn(file(declaration(), establishment(), person(), contract(), paid("104.00")))
    error = refused(lambda: people.delete_person(office.ctx, office.person_id("F0001")))
    assert error.code == "person_in_use"


def test_what_was_deleted_in_the_meantime_is_said(office: Office, zoe: bytes, job: bytes) -> None:
    people.delete_person(office.ctx, zoe)
    assert refused(lambda: people.change_person(office.ctx, zoe, {"town": "LOOS"})).code == "gone"
    assert refused(lambda: people.end_contract(office.ctx, job, None)).code == "gone"
