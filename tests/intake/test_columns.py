"""Columns are found by their heads, as people name them."""

from __future__ import annotations

import pytest

from ltu_desktop.intake.bank_table import FIELDS as BANK
from ltu_desktop.intake.columns import LABELS, head_key, match
from ltu_desktop.intake.heads import HEADS
from ltu_desktop.intake.hours import FIELDS as HOURS
from ltu_desktop.intake.sheet_records import Sheet
from ltu_desktop.intake.staff import FIELDS as STAFF
from ltu_desktop.rules.errors import UserError


def sheet(*heads: str) -> Sheet:
    return Sheet(name="liste.csv", sha256="", kind="csv", tab="", heads=heads, head_row=1, rows=())


def test_all_fields_have_heads_and_a_label() -> None:
    assert set(HEADS) == set(LABELS) == set(STAFF) | set(HOURS) | set(BANK)


@pytest.mark.parametrize("fields", [STAFF, HOURS, BANK], ids=["staff", "hours", "bank"])
def test_each_head_names_one_field(fields: tuple[str, ...]) -> None:
    named: dict[str, str] = {}
    for field in fields:
        for head in HEADS[field].split("|"):
            assert named.setdefault(head_key(head), field) == field, head
            assert match(sheet(head), fields).mapping == {field: head}


def test_heads_are_compared_without_case_accents_and_small_words() -> None:
    heads = (
        "N° MATRICULE",
        "nom de famille ",
        "PRENOM(S)",
        "Date de  Naissance",
        "Date de l'entrée",
        "Durée hebdo. (h)",
    )
    assert match(sheet(*heads), STAFF).positions == {
        "staff_number": 0, "name": 1, "first_names": 2, "birth_date": 3, "entry": 4, "weekly_hours": 5,
    }  # fmt: skip


def test_slips_of_the_pen_are_forgiven() -> None:
    matched = match(sheet("Matriculle", "Prenon", "Date de naisance", "Duree hebdomadiare", "Telefone"), STAFF)
    assert matched.mapping == {
        "staff_number": "Matriculle",
        "first_names": "Prenon",
        "birth_date": "Date de naisance",
        "weekly_hours": "Duree hebdomadiare",
    }
    assert matched.unknown == ("Telefone",)


@pytest.mark.parametrize(
    "head", ["Heures impayées", "Heures non payées", "Durée annuelle", "Taux", "Observations", "Non", "Salaire net"]
)
def test_what_only_resembles_is_not_taken_for_paid_hours_or_pay(head: str) -> None:
    mapping = match(sheet("Matricule", head), (*STAFF, *HOURS)).mapping
    assert not {"paid_hours", "weekly_hours", "monthly_hours", "gross_pay", "name"} & set(mapping)


def test_one_field_takes_one_column_and_the_rest_is_listed() -> None:
    matched = match(sheet("Nom", "Nom de famille", "Nom (2)", "Statut", "Pointure"), STAFF)
    assert matched.mapping == {"name": "Nom", "status": "Statut"}
    assert matched.unknown == ("Nom de famille", "Nom (2)", "Pointure")


def test_fields_of_another_list_are_not_taken() -> None:
    assert match(sheet("CP", "Nom"), STAFF).mapping == {"postcode": "CP", "name": "Nom"}
    assert match(sheet("CP", "Nom"), HOURS).mapping == {"absence.paid_leave": "CP", "name": "Nom"}


def test_a_mapping_is_followed_to_the_letter() -> None:
    given = {"name": "Zone 1", "status": "zone 2"}
    matched = match(sheet("Nom", "Zone 1", "Zone 2"), STAFF, given)
    assert matched.mapping == {"name": "Zone 1", "status": "Zone 2"}
    assert matched.unknown == ("Nom",)
    with pytest.raises(UserError) as caught:
        match(sheet("Nom", "Zone 1"), STAFF, given)
    assert caught.value.code == "missing_head"
    assert "zone 2" in str(caught.value)
    assert "Nom, Zone 1" in str(caught.value)


def test_a_file_that_is_no_list_is_told_in_a_few_words() -> None:
    with pytest.raises(UserError) as caught:
        match(sheet("x" * 500, *map(str, range(30))), STAFF, {"name": "Nom"})
    assert f"{'x' * 39}…, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …." in str(caught.value)


def test_a_remembered_mapping_is_used_when_its_heads_are_there() -> None:
    memories = [{"name": "Zone 9"}, {"name": "Zone 1", "staff_number": "Zone 2"}]
    matched = match(sheet("Zone 1", "Zone 2", "Prénom", "Nom"), STAFF, remembered=memories)
    assert matched.mapping == {"name": "Zone 1", "staff_number": "Zone 2", "first_names": "Prénom"}
    assert match(sheet("Zone 1", "Nom"), STAFF, remembered=memories).mapping == {"name": "Nom"}


def test_two_heads_of_one_key_are_told_apart_by_their_writing() -> None:
    matched = match(sheet("Date entrée", "Date d'entrée"), STAFF, {"entry": "Date d'entrée"})
    assert matched.positions == {"entry": 1}
