"""Roles: who may write, who may see health, and that nobody is shut out of her own file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import attachments, health, operators, people
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.queries import attachments as papers
from ltu_desktop.queries import health as health_queries
from ltu_desktop.queries.operators import OperatorRow
from ltu_desktop.queries.operators import operators as listed
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DUE = date(2027, 3, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


@pytest.fixture
def zoe(office: Office) -> bytes:
    return people.add_person(office.ctx, staff_number="F0001", name="Petit", status="ppde")


def names(office: Office) -> dict[str, OperatorRow]:
    with office.store.read() as connection:
        return {row.name: row for row in listed(connection)}


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value.code


def last(office: Office) -> str:
    return phrase(office.ctx.words, office.store.entries()[0])


def test_a_file_without_operators_is_everybodys(office: Office) -> None:
    assert office.ctx.role == "administrator"
    assert operators.work_as(office.ctx, "  Zoé   Petit ") == "administrator"
    assert office.store.operator == "Zoé Petit"
    assert refused(lambda: operators.work_as(office.ctx, " ")) == "missing"


def test_the_first_operator_brings_along_whoever_adds_her(office: Office) -> None:
    operators.add_operator(office.ctx, " Nadia  Roussel ", quality="responsable administrative", role="reader")
    assert {name: row.role for name, row in names(office).items()} == {"A.": "administrator", "Nadia Roussel": "reader"}
    assert last(office) == "added the operator “Nadia Roussel” (reader)"
    office.store.undo()
    assert names(office) == {}
    operators.add_operator(office.ctx, "A.")
    assert list(names(office)) == ["A."]


def test_a_reader_changes_nothing(office: Office, zoe: bytes) -> None:
    operators.add_operator(office.ctx, "Reader", role="reader")
    before = office.content()
    for name in ("Reader", "somebody else"):
        assert operators.work_as(office.ctx, name) == "reader"
        assert refused(lambda: people.change_person(office.ctx, zoe, {"town": "Loos"})) == "reader"
        assert refused(lambda: health.set_health(office.ctx, zoe, {})) == "reader"
        assert refused(lambda: operators.add_operator(office.ctx, "X")) == "reader"
        assert refused(office.store.undo) == "reader"
        assert refused(lambda: office.store.change_passphrase("une phrase secrète")) == "reader"
        assert refused(lambda: office.store.note("store.printed")) == "reader"
    assert office.content() == before
    with office.store.read() as connection:
        assert health_queries.health(connection, zoe, office.ctx.role) == health_queries.HealthRow()


def test_health_is_kept_from_those_without_it(office: Office, zoe: bytes) -> None:
    note = attachments.attach(office.ctx, "person", zoe, "RQTH Petit.pdf", b"rqth", kind="health")
    assert last(office) == "attached “…” (F0001)"
    health.set_health(office.ctx, zoe, {"medical_check_due": DUE})
    assert last(office) == "changed the health dates of F0001"
    operators.add_operator(office.ctx, "Camille", role="without_health")
    ctx = office.ctx
    assert operators.work_as(ctx, "Camille") == "without_health"
    people.change_person(ctx, zoe, {"town": "Loos"})
    office.store.undo()
    assert refused(lambda: health.set_health(ctx, zoe, {})) == "no_health"
    assert refused(lambda: people.delete_person(ctx, zoe)) == "no_health"
    assert refused(lambda: office.store.undo(3)) == "no_health"
    assert refused(lambda: attachments.attach(ctx, "person", zoe, "b.pdf", b"b", kind="health")) == "no_health"
    assert refused(lambda: attachments.remove(ctx, note)) == "no_health"
    assert refused(lambda: attachments.copy_to(ctx, note, office.store.path.parent)) == "no_health"
    letter = attachments.attach(ctx, "person", zoe, "lettre.pdf", b"lettre", kind="letter")
    assert refused(lambda: attachments.change(ctx, letter, kind="sick_note")) == "no_health"
    with office.store.read() as connection:
        assert refused(lambda: health_queries.health(connection, zoe, ctx.role)) == "no_health"
        assert [row.id for row in papers.attachments(connection, "person", zoe, ctx.role)] == [letter]
        assert [row.id for row in papers.of_person(connection, zoe, ctx.role)] == [letter]
        assert {row.id for row in papers.of_person(connection, zoe, "reader")} == {letter, note}


def test_only_an_administrator_says_who_works_here(office: Office) -> None:
    operators.add_operator(office.ctx, "Camille", role="without_health")
    operators.work_as(office.ctx, "Camille")
    mine = names(office)["Camille"].id
    for call in (
        lambda: operators.add_operator(office.ctx, "X"),
        lambda: operators.change_operator(office.ctx, mine, role="administrator"),
        lambda: operators.remove_operator(office.ctx, mine),
    ):
        assert refused(call) == "no_operators"


def test_one_administrator_always_stays(office: Office) -> None:
    assert refused(lambda: operators.add_operator(office.ctx, "A.", role="reader")) == "last_administrator"
    other = operators.add_operator(office.ctx, "B.", role="reader")
    mine = names(office)["A."].id
    assert refused(lambda: operators.change_operator(office.ctx, mine, role="reader")) == "last_administrator"
    assert refused(lambda: operators.remove_operator(office.ctx, mine)) == "last_administrator"
    operators.change_operator(office.ctx, other, role="administrator", quality="comptable")
    assert last(office) == "changed the operator “B.” (administrator)"
    operators.change_operator(office.ctx, mine, role="reader")
    assert office.ctx.role == "reader"
    operators.work_as(office.ctx, "B.")
    operators.remove_operator(office.ctx, mine)
    assert last(office) == "removed the operator “A.”"
    operators.remove_operator(office.ctx, other)
    assert names(office) == {}


def test_undo_in_odd_order_leaves_no_file_without_a_master(office: Office) -> None:
    other = operators.add_operator(office.ctx, "B.", role="reader")
    operators.change_operator(office.ctx, other, role="administrator")
    operators.change_operator(office.ctx, names(office)["A."].id, role="reader")
    operators.work_as(office.ctx, "B.")
    office.store.undo(2)
    assert {row.role for row in names(office).values()} == {"reader"}
    assert office.ctx.role == "administrator"


def test_names_are_needed_and_told_apart(office: Office) -> None:
    other = operators.add_operator(office.ctx, "Nadia")
    assert refused(lambda: operators.add_operator(office.ctx, "  ")) == "missing"
    assert refused(lambda: operators.add_operator(office.ctx, "NADIA")) == "operator_taken"
    assert refused(lambda: operators.change_operator(office.ctx, b"nobody")) == "gone"
    operators.change_operator(office.ctx, other, name="nadia")
    assert "nadia" in names(office)
    with pytest.raises(TypeError):
        operators.add_operator(office.ctx, "X", role="queen")


def test_whoever_renames_herself_goes_on_under_the_new_name(office: Office) -> None:
    operators.add_operator(office.ctx, "B.", role="reader")
    operators.change_operator(office.ctx, names(office)["A."].id, name="Anne Martin")
    assert (office.store.operator, office.ctx.role) == ("Anne Martin", "administrator")
    undoable = office.store.undoable()
    assert undoable is not None
    assert undoable.action == "operators.add", "the old name would be nobody's"


def test_health_days_are_entered_changed_and_taken_away(office: Office, zoe: bytes) -> None:
    health.set_health(office.ctx, zoe, {"disability_until": None})
    assert office.rows(t.health) == []
    health.set_health(office.ctx, zoe, {"disability_until": DUE})
    health.set_health(office.ctx, zoe, {"disability_until": None, "medical_check_due": DUE})
    with office.store.read() as connection:
        row = health_queries.health(connection, zoe, "administrator")
    assert (row.disability_until, row.medical_check_due, row.version) == (None, DUE, 2)
    assert refused(lambda: health.set_health(office.ctx, zoe, {"disability_until": date(1800, 1, 1)})) == "bad_value"
    assert refused(lambda: health.set_health(office.ctx, b"nobody", {})) == "gone"
    with pytest.raises(TypeError):
        health.set_health(office.ctx, zoe, {"diagnosis": DUE})
    for _ in range(2):
        office.store.undo()
    assert office.rows(t.health) == []
