"""Hired in one step, amendments moved, filters kept: what is written, said, refused and undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import people
from ltu_desktop.actions.hiring import hire, next_number
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.actions.kept_filters import forget_filter, keep_filter
from ltu_desktop.queries import people as queries
from ltu_desktop.queries.settings import kept_filters
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store.tables import person as person_table
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.queries.people import PersonDetail


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


def detail(office: Office, key: bytes) -> PersonDetail:
    with office.store.read() as connection:
        found = queries.person(connection, key)
    assert found is not None
    return found


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


ZOE = {"staff_number": " F0001 ", "name": "Delannoy", "first_names": "Zoé", "nir": "2 80 03 2A 123 456"}
CONTRACT = {"start": date(2026, 11, 2), "weekly_hours": Decimal(28), "job": "Agente"}


def test_a_person_and_her_contract_are_one_entry_and_one_undo_step(office: Office) -> None:
    empty = office.content()
    key = hire(office.ctx, ZOE, CONTRACT)
    known = detail(office, key)
    assert (known.staff_number, known.values["nir"]) == ("F0001", "280032A123456")
    assert [each.terms[0].weekly_hours for each in known.contracts] == [Decimal("28.00")]
    assert last(office) == "added F0001, 28\u00a0h a week from 2 Nov 2026"
    office.store.undo()
    assert office.content() == empty


def test_without_a_contract_only_the_person_is_added(office: Office) -> None:
    key = hire(office.ctx, ZOE)
    assert detail(office, key).contracts == ()
    assert last(office) == "added F0001"


def test_when_the_contract_is_refused_nobody_is_added(office: Office) -> None:
    with pytest.raises(UserError) as refused:
        hire(office.ctx, ZOE, {**CONTRACT, "weekly_hours": Decimal(99)})
    assert refused.value.params["field"] == "weekly_hours"
    assert office.rows(person_table) == []


@pytest.mark.parametrize(
    ("there", "next_one"),
    [
        ([], ""),
        (["chef"], ""),
        (["F0001", "F0009", "X1"], "F0010"),
        (["0007", "0099", "12345"], "0100"),
        (["9"], "10"),
    ],
)
def test_proposes_the_number_after_the_greatest_of_the_kind_most_used(
    office: Office, there: list[str], next_one: str
) -> None:
    for number in there:
        hire(office.ctx, {"staff_number": number, "name": "X"})
    with office.store.read() as connection:
        assert next_number(connection) == next_one


# ---- an amendment on another day ----


@pytest.fixture
def amended(office: Office) -> PersonDetail:
    key = hire(office.ctx, ZOE, {**CONTRACT, "start": date(2026, 1, 1), "end": date(2026, 12, 31)})
    [contract] = detail(office, key).contracts
    people.change_terms(office.ctx, contract.id, start=date(2026, 4, 1), weekly_hours=Decimal(30))
    people.change_terms(office.ctx, contract.id, start=date(2026, 8, 1), weekly_hours=Decimal(35))
    return detail(office, key)


def starts(office: Office, person: PersonDetail) -> list[date]:
    return [each.start for each in detail(office, person.id).contracts[0].terms]


def test_an_amendment_is_moved_and_moved_back(office: Office, amended: PersonDetail) -> None:
    before = office.content()
    people.move_terms(office.ctx, amended.contracts[0].terms[1].id, date(2026, 7, 31))
    assert starts(office, amended) == [date(2026, 1, 1), date(2026, 7, 31), date(2026, 8, 1)]
    assert last(office) == "moved the amendment of F0001 from 1 Apr 2026 to 31 Jul 2026"
    people.move_terms(office.ctx, amended.contracts[0].terms[2].id, date(2026, 12, 31))
    office.store.undo()
    office.store.undo()
    assert office.content() == before


@pytest.mark.parametrize(
    ("which", "day"),
    [
        (1, date(2026, 1, 1)),  # where the first terms begin
        (1, date(2026, 8, 1)),  # where the next ones do
        (2, date(2027, 1, 1)),  # after the contract
        (2, date(2026, 4, 1)),
    ],
)
def test_an_amendment_stays_between_its_neighbours(
    office: Office, amended: PersonDetail, which: int, day: date
) -> None:
    before = starts(office, amended)
    with pytest.raises(UserError) as refused:
        people.move_terms(office.ctx, amended.contracts[0].terms[which].id, day)
    assert (refused.value.code, refused.value.params["field"]) == ("between_terms", "start")
    assert starts(office, amended) == before


def test_the_first_terms_and_those_that_are_gone_are_not_moved(office: Office, amended: PersonDetail) -> None:
    for key, code in ((amended.contracts[0].terms[0].id, "first_terms"), (b"gone", "gone")):
        with pytest.raises(UserError) as refused:
            people.move_terms(office.ctx, key, date(2026, 2, 1))
        assert refused.value.code == code


# ---- filters ----


def kept(office: Office, page: str = "people") -> dict[str, dict[str, str]]:
    with office.store.read() as connection:
        return kept_filters(connection, page)


def test_filters_are_kept_replaced_and_given_up_by_name_for_each_page(office: Office) -> None:
    assert kept(office) == {}
    keep_filter(office.ctx, "people", "  Le   Moulin ", {"site": "Le Moulin"})
    keep_filter(office.ctx, "people", "À compléter", {"file": "missing"})
    keep_filter(office.ctx, "payments", "x", {})
    keep_filter(office.ctx, "people", "Le Moulin", {"site": "Le Moulin", "status": "ppde"})
    assert last(office) == "saved the filter “Le Moulin”"
    assert kept(office) == {
        "Le Moulin": {"site": "Le Moulin", "status": "ppde"},
        "À compléter": {"file": "missing"},
    }
    forget_filter(office.ctx, "people", "Le Moulin")
    assert last(office) == "deleted the filter “Le Moulin”"
    assert set(kept(office)) == {"À compléter"}
    office.store.undo()
    assert set(kept(office)) == {"Le Moulin", "À compléter"}
    assert kept(office, "payments") == {"x": {}}


def test_a_kept_filter_needs_a_name(office: Office) -> None:
    with pytest.raises(UserError) as refused:
        keep_filter(office.ctx, "people", "  ", {})
    assert refused.value.code == "no_name"
    assert kept(office) == {}
