"""One change for many: shown first, then one undo step; who has no contract on the day is left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import activities, agreements, people
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.actions.people_bulk import BulkChange, BulkState, change_many, plan_many
from ltu_desktop.queries import register
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAY = date(2026, 5, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.fixture
def team(office: Office) -> list[bytes]:
    """Four people: one since January, one since May, one gone in March, one without a contract."""
    keys = [people.add_person(office.ctx, staff_number=f"F{n}", name=name) for n, name in enumerate("DCBA", 1)]
    for key, start, end in (
        (keys[0], date(2026, 1, 5), None),
        (keys[1], MAY, None),
        (keys[2], date(2026, 1, 5), date(2026, 3, 31)),
    ):
        people.add_contract(office.ctx, key, start=start, end=end, weekly_hours=Decimal(28), job="Agent")
    return keys


def refused(office: Office, change: BulkChange) -> str:
    with pytest.raises(UserError) as error:
        plan_many(office.ctx, [], change)
    return error.value.code


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def test_a_site_for_many_is_one_step(office: Office, team: list[bytes]) -> None:
    site = agreements.add_site(office.ctx, code="MO", name="Le Moulin")
    people.change_person(office.ctx, team[0], {"site_id": site})
    before, entries = office.content(), len(office.store.entries())
    plan = plan_many(office.ctx, team[:2], BulkChange("site", site))
    assert [(row.list_name, row.state, row.before, row.after) for row in plan.rows] == [
        ("C", BulkState.CHANGED, "", "Le Moulin"),
        ("D", BulkState.SAME, "Le Moulin", "Le Moulin"),
    ]
    assert plan.count(BulkState.CHANGED) == 1
    assert office.content() == before, "a preview writes nothing"
    change_many(office.ctx, team, plan.change)
    assert [row["site_id"] for row in office.rows(t.person)] == [site] * 4
    assert last(office) == "changed 3 people: site “Le Moulin”"
    assert len(office.store.entries()) == entries + 1
    office.store.undo()
    assert office.content() == before
    change_many(office.ctx, team, BulkChange("site", None))
    assert last(office) == "changed 1 person: site “—”"


def test_a_status_for_many(office: Office, team: list[bytes]) -> None:
    change_many(office.ctx, team, BulkChange("status", "ppde"))
    assert {row["status"] for row in office.rows(t.person)} == {"ppde"}
    assert last(office) == "changed 4 people: status “PPDE”"
    entries = len(office.store.entries())
    change_many(office.ctx, team, BulkChange("status", "ppde"))
    assert len(office.store.entries()) == entries


def test_an_activity_holds_from_a_day_on(office: Office, team: list[bytes]) -> None:
    sewing = activities.add_activity(office.ctx, code="COU", name="Couture")
    change = BulkChange("activity", sewing, MAY)
    rows = {row.staff_number: row for row in plan_many(office.ctx, team, change).rows}
    assert {number: row.state.value for number, row in rows.items()} == {
        "F1": "changed",
        "F2": "changed",
        "F3": "no_contract",
        "F4": "no_contract",
    }
    assert rows["F3"].after == ""
    before = office.content()
    change_many(office.ctx, team, change)
    terms = {
        (row["start_on"], row["weekly_hours"], row["job"], row["activity_id"]) for row in office.rows(t.contract_terms)
    }
    assert terms == {
        (date(2026, 1, 5), 2800, "Agent", None),
        (MAY, 2800, "Agent", sewing),
    }
    assert last(office) == "changed 2 people: activity “Couture”"
    assert [row.state.value for row in plan_many(office.ctx, team[:2], change).rows] == ["same", "same"]
    office.store.undo()
    assert office.content() == before


def test_a_contract_without_terms_gets_its_first_ones(office: Office, team: list[bytes]) -> None:
    sewing = activities.add_activity(office.ctx, code="COU", name="Couture")
    with office.store.write("test.drop") as tx:
        for row in office.rows(t.contract_terms):
            tx.delete(t.contract_terms, row["id"])
    change_many(office.ctx, team[:1], BulkChange("activity", sewing, MAY))
    [row] = office.rows(t.contract_terms)
    assert (row["start_on"], row["activity_id"], row["weekly_hours"]) == (MAY, sewing, None)


def test_more_people_than_a_query_may_name(office: Office, team: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    sewing = activities.add_activity(office.ctx, code="COU", name="Couture")
    change = BulkChange("activity", sewing, MAY)
    few = plan_many(office.ctx, team[:2], change)
    monkeypatch.setattr(register, "_FEW", 1)
    assert plan_many(office.ctx, team[:2], change) == few


@pytest.mark.parametrize(
    "change",
    [BulkChange("site", b"nowhere"), BulkChange("status", "boss"), BulkChange("activity", None, date(1800, 1, 1))],
)
def test_what_cannot_be_is_refused(office: Office, change: BulkChange) -> None:
    assert refused(office, change) == "bad_value"


@pytest.mark.parametrize("change", [BulkChange("name", "x"), BulkChange("activity", None)])
def test_what_is_no_change_for_many_is_our_bug(office: Office, change: Any) -> None:
    with pytest.raises(TypeError):
        plan_many(office.ctx, [], change)
