"""Two records of one person become one: nothing is lost, nothing is asked for twice, and undo gives both back."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import UniqueConstraint, select

from ltu_desktop.actions import attachments, claims, eligibility, health, people
from ltu_desktop.actions.doubles import look_alikes
from ltu_desktop.actions.eligibility import Point
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.actions.matching import Identity
from ltu_desktop.actions.merging_people import MergeField, merge, plan_merge
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.queries import person_rows
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
DAYS = [date(2020, 1, 1), date(2023, 5, 1), date(2024, 1, 8)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value.code


def rows(world: World, table: Any) -> list[dict[str, Any]]:
    with world.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]


def content(world: World) -> dict[str, Any]:
    """All rows; versions count edits, so that they alone go on."""
    return {
        str(table.name): [{k: v for k, v in row.items() if k != "version"} for row in rows(world, table)]
        for table in t.EDITED
    }


def test_every_table_that_names_a_person_is_known() -> None:
    """A new table is moved as it is; one with a row for each person has to say so in `ONE_EACH`."""
    for table in person_rows.tables():
        assert "person_id" in table.c
        alone = [
            rule
            for rule in table.constraints
            if isinstance(rule, UniqueConstraint) and "person_id" in {column.name for column in rule.columns}
        ]
        assert bool(alone) == (table.name in person_rows.ONE_EACH), table.name


def test_all_that_hangs_on_the_other_goes_over(world: World) -> None:
    keep = world.people["F0001"]
    other = world.person("F0009", name="Delannoy", first="Zoe", start=None, status=None)
    september = OCTOBER.plus(-1)
    world.payroll(september, {"F0001": "10.00", "F0009": "94.00"})
    world.absence("F0009", september, "sick_unpaid", "7.00")
    people.change_person(world.ctx, other, {"nir": "203019954909726", "town": "Loos"})
    attachments.attach(world.ctx, "person", other, "a.pdf", b"a")
    eligibility.set_point(world.ctx, keep, "resident", Point(since=date(2019, 1, 1)))
    eligibility.attach_proof(world.ctx, other, "resident", "quittance.pdf", b"q")
    eligibility.set_point(world.ctx, other, "resident", Point(since=date(2018, 1, 1), note="rue du Canal"))
    eligibility.set_point(world.ctx, other, "volunteer", Point(checked_on=date(2019, 12, 1)))
    health.set_health(world.ctx, other, {"medical_check_due": date(2027, 1, 1)})
    plan = plan_merge(world.ctx, keep, other)
    assert (plan.list_name, plan.other_number, plan.contracts) == ("DELANNOY Zoé", "F0009", 0)
    assert plan.fields == (
        MergeField("staff_number", "F0001", "F0009"),
        MergeField("first_names", "Zoé", "Zoe"),
    )
    assert plan.months == ((september, Decimal("10.00"), Decimal("94.00")),)
    before = content(world)
    merge(world.ctx, keep, other)
    assert phrase(Words("fr"), world.store.entries()[0]) == "a fusionné F0009 avec F0001"
    after = content(world)
    assert len(after["person"]) == 3
    zoe = next(row for row in after["person"] if row["id"] == keep)
    assert (zoe["staff_number"], zoe["first_names"], zoe["nir"], zoe["town"], zoe["status"]) == (
        "F0001",
        "Zoé",
        "2030199549097",
        "Loos",
        "ppde",
    )
    for table in person_rows.tables():
        assert other not in {row["person_id"] for row in after[str(table.name)]}
    points = {row["criterion"]: row for row in after["eligibility"]}
    assert (points["resident"]["since"], points["resident"]["note"]) == (date(2019, 1, 1), "rue du Canal")
    assert {row["subject_id"] for row in after["attachment"]} == {keep, points["resident"]["id"]}
    assert [row["person_id"] for row in after["health"]] == [keep]
    world.store.undo()
    assert content(world) == before
    world.store.redo()
    assert content(world) == after


def test_the_other_ones_values_may_be_taken(world: World) -> None:
    other = world.person("X-00017", name="De Lannoy", first="Zoé-Anne", start=None)
    merge(world.ctx, world.people["F0001"], other, take={"name", "first_names", "staff_number"})
    row = next(row for row in rows(world, t.person) if row["id"] == world.people["F0001"])
    assert (row["staff_number"], row["name"], row["folded"]) == ("X-00017", "De Lannoy", "de lannoy zoe anne")
    world.store.undo()
    assert len(rows(world, t.person)) == 4


def test_a_contract_that_both_have_is_kept_once(world: World) -> None:
    keep = world.people["F0001"]
    other = world.person("F0009", start=date(2020, 1, 1), weekly="30", planned_end_on=date(2030, 1, 1))
    [double] = [row["id"] for row in rows(world, t.contract) if row["person_id"] == other]
    world.update(t.contract, double, number="C9")
    merge(world.ctx, keep, other)
    [mine] = [row for row in rows(world, t.contract) if row["person_id"] == keep]
    assert (mine["number"], mine["planned_end_on"]) == ("C9", None)
    assert [row["weekly_hours"] for row in rows(world, t.contract_terms) if row["contract_id"] == mine["id"]] == [2400]
    bare = world.person("F0010", start=date(2020, 1, 1), weekly=None)
    merge(world.ctx, bare, keep, take={"staff_number"})
    [mine] = [row for row in rows(world, t.contract) if row["person_id"] == bare]
    assert [row["weekly_hours"] for row in rows(world, t.contract_terms) if row["contract_id"] == mine["id"]] == [2400]


def test_contracts_that_overlap_are_to_be_mended_first(world: World) -> None:
    keep = world.people["F0001"]
    other = world.person("F0009", start=date(2019, 1, 1))
    assert refused(lambda: merge(world.ctx, keep, other)) == "contracts_overlap"
    assert refused(lambda: plan_merge(world.ctx, keep, other)) == "contracts_overlap"
    before = world.person("F0010", start=date(2019, 1, 1), end=date(2019, 12, 31))
    assert plan_merge(world.ctx, keep, before).contracts == 1
    merge(world.ctx, keep, before)
    assert len([row for row in rows(world, t.contract) if row["person_id"] == keep]) == 2


def test_two_people_are_not_merged(world: World) -> None:
    keep, other = world.people["F0001"], world.people["F0002"]
    world.update(t.person, keep, nir="2030199549097")
    world.update(t.person, other, nir="166042A435061")
    assert refused(lambda: merge(world.ctx, keep, other)) == "two_people"
    assert refused(lambda: merge(world.ctx, keep, b"nobody")) == "gone"
    with pytest.raises(TypeError):
        merge(world.ctx, keep, keep)


def test_what_was_claimed_for_both_is_not_asked_for_again(world: World) -> None:
    world.person("F0009", name="Delannoy", start=None)
    world.contract("F0009", date(2020, 1, 1), weekly="24")
    world.payroll(OCTOBER, {"F0009": "20.00"}, name="second.dsn")
    sealed = claims.seal(world.ctx, OCTOBER)
    merge(world.ctx, world.people["F0001"], world.people["F0009"])
    with world.store.read() as connection:
        ledger = claim_rows.ledger(connection, "fr-tzcld", OCTOBER)
        assert claim_rows.sealed_data(connection, sealed.row.id) == sealed.data
    assert ledger[world.people["F0001"], ""].quantity == Decimal("124.00")
    left = claims.review(world.ctx, OCTOBER)
    assert left.hours == Decimal("0.00")
    assert abs(left.total) <= Decimal("0.02"), "only the rounding of two lines made one"


def test_look_alikes_are_found_by_number_and_by_name(world: World) -> None:
    world.update(t.person, world.people["F0001"], nir="2030199549097", birth_date=date(2003, 1, 3))
    twin = world.person("F0009", name="Delanoy", first="Zoe")

    def asked(but: bytes | None = None, **who: Any) -> list[tuple[str, int]]:
        return [(each.staff_number, each.score) for each in look_alikes(world.ctx, Identity(**who), but=but)]

    assert asked(nir="2030199549097", name="Delannoy", first_names="Zoé")[0] == ("F0001", 100)
    assert {number for number, _ in asked(name="DELANNOY", first_names="Zoé")} == {"F0001", "F0009"}
    assert [number for number, _ in asked(but=twin, name="DELANNOY", first_names="Zoé")] == ["F0001"]
    assert asked(name="Nguyễn", first_names="Ugo") == []
    assert asked(name="Delannoy", first_names="Zoé", birth_date=date(2003, 1, 3))[0] == ("F0001", 100)


maybe = st.none() | st.sampled_from(DAYS)
records = st.fixed_dictionaries(
    {
        "town": st.sampled_from(["", "Loos", "Lille"]),
        "status": st.sampled_from([None, "ppde", "other"]),
        "start": maybe,
        "points": st.dictionaries(st.sampled_from(["volunteer", "resident"]), maybe, max_size=2),
        "health": maybe,
        "paper": st.booleans(),
        "hours": st.lists(st.sampled_from(["0.00", "12.50", "35.00"]), max_size=2),
    }
)


def put(world: World, number: str, record: dict[str, Any]) -> bytes:
    key = world.person(number, start=record["start"], status=record["status"], weekly="20")
    world.update(t.person, key, town=record["town"])
    eligibility.set_many(world.ctx, {key: {name: Point(since=day) for name, day in record["points"].items()}})
    health.set_health(world.ctx, key, {"disability_until": record["health"]})
    if record["paper"]:
        attachments.attach(world.ctx, "person", key, "a.pdf", number.encode())
    for index, hours in enumerate(record["hours"]):
        world.payroll(OCTOBER.plus(-index), {number: hours}, name=f"{number}-{index}")
    return key


@pytest.mark.untraced
@settings(max_examples=15)
@given(records, records, st.sets(st.sampled_from(["town", "status", "staff_number"])))
def test_merging_and_undoing_leaves_the_file_as_it_was(one: Any, two: Any, take: set[str]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        world = World(Path(folder) / "x.ltu")
        keep, other = put(world, "A", one), put(world, "B", two)
        before, papers = content(world), len(rows(world, t.attachment))
        paid = sum(row["paid_hours"] for row in rows(world, t.pay_month))
        try:
            merge(world.ctx, keep, other, take=take)
        except UserError as error:
            assert error.code == "contracts_overlap"
            assert content(world) == before
        else:
            after = content(world)
            assert [row["id"] for row in after["person"]] == [keep]
            assert len(after["attachment"]) == papers
            assert sum(row["paid_hours"] for row in after["pay_month"]) == paid
            assert {row["criterion"] for row in after["eligibility"]} == one["points"].keys() | two["points"].keys()
            world.store.undo()
            assert content(world) == before
            world.store.redo()
            assert content(world) == after
            assert world.store.check() == []
        world.close()
