"""The history in sentences: every action of the program has one, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ltu_desktop
from ltu_desktop.actions import people
from ltu_desktop.actions.fields import NAMES, field_name, field_value
from ltu_desktop.actions.imports import SENTENCES as IMPORT_SENTENCES
from ltu_desktop.actions.journal_words import PHRASES, done, moment, phrase, sentence
from ltu_desktop.intake.sentences import SENTENCES as READING_SENTENCES
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.journal import Entry
from ltu_desktop.words import Words
from tests.actions.office import Office

PACKAGE = Path(ltu_desktop.__file__).parent
FRENCH, ENGLISH = Words("fr"), Words("en")
AT = datetime(2026, 11, 12, 14, 3, tzinfo=UTC)


def entry(action: str, kind: str = "do", **params: Any) -> Entry:
    return Entry(1, AT, "A.", action, params, None, kind, undone=False, final=False)


def used_codes() -> set[str]:
    """Collect the action codes that the package writes: in `write("…")`, and named beside a `write(action`."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'\.note\(\s*"([a-z]+\.[a-z_]+)"', text))
        if path.parts[-2] == "store":
            continue
        found |= set(re.findall(r'\.write\(\s*"([a-z]+\.[a-z_]+)"', text))
        found |= set(re.findall(r'action: str = "([a-z]+\.[a-z_]+)"', text))
        if re.search(r"\.write\(\s*action\b", text):
            found |= set(re.findall(r'"([a-z]+\.[a-z_]+)"', text))
    return found


def test_every_action_of_the_program_has_a_sentence() -> None:
    codes = used_codes()
    assert len(codes) > 25
    assert codes - set(PHRASES) == set()
    assert set(PHRASES) - codes == {"people.reopen_contract"}, "said of people.end_contract without a day"


EVERYTHING: dict[str, Any] = {
    "calendar": "FR-57",
    "year": "2026",
    "print": "D3F1-BE2E-D8C6",
    "language": "fr",
    "sheet": 2,
    "backup": "a-20261112-140300-7-00c0ffee.ltu",
    "file": "paie.dsn",
    "month": Month(2026, 10),
    "new": 2,
    "changed": 1,
    "unchanged": 0,
    "refused": 1,
    "left": 0,
    "person": "F0007",
    "field": "weekly_hours",
    "before": Decimal("28.00"),
    "after": Decimal("35.00"),
    "hours": Decimal("28.00"),
    "start": date(2026, 11, 1),
    "end": date(2026, 12, 31),
    "name": "Loos",
    "number": "2021-059-14",
    "parameter": "state_rate",
    "value": Decimal("0.95"),
    "source": "arrêté",
    "people": 12,
    "total": Decimal("1930.40"),
    "version": 2,
    "reason": "heures",
    "other": "F0012",
    "count": 3,
    "criterion": "resident",
    "place": "F0007",
    "role": "reader",
    "amount": Decimal("1930.40"),
    "day": date(2026, 11, 25),
    "claims": "2026-09/2=-94.16 2026-10/1=1930.40",
    "cells": 12,
    "columns": 9,
    "first": date(2026, 11, 2),
    "last": date(2026, 11, 8),
}


@pytest.mark.parametrize("words", [FRENCH, ENGLISH], ids=["fr", "en"])
@pytest.mark.parametrize("action", sorted(PHRASES))
def test_each_sentence_is_whole(words: Words, action: str) -> None:
    said = sentence(words, entry(action, **EVERYTHING))
    assert "{" not in said
    assert said.startswith("12 nov. 14:03, A. a " if words is FRENCH else "12 Nov 14:03, A. ")
    if words is FRENCH:
        assert said != sentence(ENGLISH, entry(action, **EVERYTHING))


@pytest.mark.parametrize(
    ("action", "kind", "fr", "en"),
    [
        (
            "people.change_terms",
            "do",
            (
                "12 nov. 14:03, A. a ajouté au contrat de F0007 un avenant à partir du 01/11/2026\u00a0: "
                "durée hebdomadaire, de 28\u00a0h à 35\u00a0h"
            ),
            "12 Nov 14:03, A. amended the contract of F0007 from 1 Nov 2026: weekly hours from 28\u00a0h to 35\u00a0h",
        ),
        (
            "imports.dsn",
            "do",
            (
                "12 nov. 14:03, A. a importé la paie d’octobre 2026, «\u00a0paie.dsn\u00a0»\u00a0: "
                "2 nouvelles, 1 modifiée, 1 refusée"
            ),
            "12 Nov 14:03, A. imported the payroll of October 2026, “paie.dsn”: 2 new, 1 changed, 1 refused",
        ),
        (
            "claims.seal",
            "undo",
            "12 nov. 14:03, A. a annulé\u00a0: a scellé la demande d’octobre 2026\u00a0: 12 personnes, 1\u202f930,40\u00a0€",
            "12 Nov 14:03, A. undid: sealed the claim for October 2026: 12 people, €1,930.40",
        ),
        (
            "people.set_status",
            "redo",
            "12 nov. 14:03, A. a rétabli\u00a0: a modifié F0007\u00a0: statut, de — à PPDE",
            "12 Nov 14:03, A. did again: changed F0007: status from — to PPDE",
        ),
    ],
)
def test_sentences_as_people_read_them(action: str, kind: str, fr: str, en: str) -> None:
    params = EVERYTHING | ({"before": None, "after": "ppde"} if action == "people.set_status" else {})
    assert sentence(FRENCH, entry(action, kind, **params)) == fr
    assert sentence(ENGLISH, entry(action, kind, **params)) == en


def test_the_year_is_said_when_it_is_another() -> None:
    assert moment(ENGLISH, AT, date(2027, 1, 5)) == "12 Nov 2026 14:03"
    assert moment(FRENCH, AT, date(2026, 12, 5)) == "12 nov. 14:03"


def test_what_an_entry_does_not_say_leaves_a_dash() -> None:
    assert phrase(ENGLISH, entry("people.change", person="F1", fields="", count=0)) == "changed F1: —"
    assert phrase(ENGLISH, entry("imports.people", file="a.csv")) == "imported the staff list “a.csv”: —"
    assert phrase(ENGLISH, entry("agreements.remove_override", parameter="new_one", start=date(2026, 1, 1))) == (
        "removed the value of “new_one” from 1 Jan 2026"
    )


def test_undo_and_redo_are_said_from_a_real_file(office: Office) -> None:
    people.add_person(office.ctx, staff_number="F1", name="Petit")
    office.store.undo()
    office.store.redo()
    assert [done(FRENCH, each) for each in office.store.entries()] == [
        "a rétabli\u00a0: a ajouté F1",
        "a annulé\u00a0: a ajouté F1",
        "a ajouté F1",
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("weekly_hours", Decimal("28.00"), "28\u00a0h"),
        ("weekly_hours", Decimal("30.50"), "30,50\u00a0h"),
        ("paid_hours", Decimal("104.00"), "104,00\u00a0h"),
        ("hourly_pay", Decimal("12.31"), "12,31\u00a0€"),
        ("ceiling_fte", Decimal("36.50"), "36,50"),
        ("status", "other", "Autre"),
        ("birth_date", date(2003, 1, 3), "03/01/2003"),
        ("job", "Couturière", "Couturière"),
        ("job", None, "—"),
        ("paid_hours", Decimal("0.00"), "0,00\u00a0h"),
    ],
)
def test_values_are_said_in_their_unit(field: str, value: object, said: str) -> None:
    assert field_value(FRENCH, field, value) == said


def test_a_field_has_a_name_in_both_languages() -> None:
    assert all(field_name(words, field) for field in NAMES for words in (FRENCH, ENGLISH))
    assert field_name(FRENCH, "site_id") == "Site"
    assert field_name(ENGLISH, "colour") == "colour"


def test_each_finding_of_an_import_has_one_sentence() -> None:
    """Ours come first: a code that both know would say the same thing in two ways."""
    assert set(IMPORT_SENTENCES) & set(READING_SENTENCES) == set()
