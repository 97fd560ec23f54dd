"""CSV files: what French and English Excel read, figure by figure, and texts that can never calculate."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ltu_desktop.documents.csv_file import claim_csv, safe_text, to_csv
from ltu_desktop.documents.report import Cell, Column, Kind
from ltu_desktop.rules.dossier import seal_code
from ltu_desktop.words import Words
from tests.documents import sample_claims

COLUMNS = (
    Column("id", "Matricule", Kind.CODE),
    Column("name", "Nom"),
    Column("day", "Entrée", Kind.DATE),
    Column("hours", "Heures", Kind.HOURS, unit="h"),
    Column("rate", "Taux", Kind.PERCENT),
    Column("count", "Lignes", Kind.COUNT),
)


def read(content: bytes, separator: str) -> list[list[str]]:
    """The fields as a spreadsheet takes them."""
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_french_and_english_figures() -> None:
    row = ("F0102", "Zoé; ou Zoë", date(2026, 10, 12), Decimal("-1773.71"), Decimal("0.95"), 12)
    french = read(to_csv(COLUMNS, [row], Words("fr")), ";")
    assert french[0] == ["Matricule", "Nom", "Entrée", "Heures h", "Taux", "Lignes"]
    assert french[1] == ["F0102", "Zoé; ou Zoë", "12/10/2026", "-1773,71", "95,00%", "12"]
    english = read(to_csv(COLUMNS, [row], Words("en")), ",")
    assert english[1] == ["F0102", "Zoé; ou Zoë", "2026-10-12", "-1773.71", "95.00%", "12"]


def test_nothing_stays_nothing_and_a_cell_may_have_its_own_kind() -> None:
    row = (None, 'dit "Zoé"', None, Cell(Decimal("0.15"), Kind.PERCENT), None, None)
    assert read(to_csv(COLUMNS, [row], Words("fr")), ";")[1] == ["", 'dit "Zoé"', "", "15,00%", "", ""]


@given(st.text(max_size=40))
def test_no_text_can_become_a_formula(text: str) -> None:
    said = safe_text(text)
    assert "\n" not in said
    assert "\r" not in said
    assert not said.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    columns = (Column("a", "A"), Column("b", "B"))
    for language, separator in (("fr", ";"), ("en", ",")):
        rows = read(to_csv(columns, [(text, "b")], Words(language)), separator)
        assert rows[1] == [said, "b"]


@pytest.mark.parametrize(("language", "separator"), [("fr", ";"), ("en", ",")])
def test_the_claim_is_its_list_with_totals_and_seal(language: str, separator: str) -> None:
    given_dossier = sample_claims.dossier()
    sha256 = sample_claims.seal(given_dossier)
    words = Words(language)
    rows = read(claim_csv(given_dossier, words, sha256=sha256), separator)
    lines = {line.person: line for line in given_dossier.answer.lines}

    def figure(text: str) -> Decimal:
        return Decimal(text.replace(",", ".")) if language == "fr" else Decimal(text)

    for row, card in zip(rows[1:], given_dossier.people, strict=False):
        line = lines[card.id]
        assert row[1] == card.id
        assert [figure(field) for field in row[14:17]] == [*line.parts.values(), line.total]
        assert figure(row[12]) == line.quantity
    totals = given_dossier.answer.totals
    total = rows[1 + len(given_dossier.people)]
    assert [figure(field) for field in total[14:17]] == [*totals.parts.values(), totals.total]
    assert rows[-1][1] == seal_code("2026-10", 1, sha256)
    assert claim_csv(given_dossier, words, sha256=sha256) == claim_csv(given_dossier, words, sha256=sha256)


def test_a_draft_says_so_and_bears_no_seal() -> None:
    words = Words("fr")
    content = claim_csv(sample_claims.dossier(sealed=False), words, sha256=None)
    assert b"LTU1" not in content
    assert read(content, ";")[-1] == [words.text("Draft, not sealed")]


def test_a_corrective_version_lists_its_differences() -> None:
    rows = read(claim_csv(sample_claims.dossier(version=2), Words("fr"), sha256="0" * 64), ";")
    assert [row[12] for row in rows[1:5]] == ["-94,13", "94,14", "-69,93", "-69,92"]


def test_a_claim_of_nobody_says_so() -> None:
    rows = read(claim_csv(sample_claims.dossier(0, corrections=()), Words("fr"), sha256=None), ";")
    assert Words("fr").text("Nobody is claimed this month") in rows[2]


def test_names_in_a_claim_cannot_calculate() -> None:
    made = sample_claims.dossier(1)
    card = replace(made.people[0], name='=HYPERLINK("http://x")', first_names="")
    rows = read(claim_csv(replace(made, people=(card,)), Words("fr"), sha256=None), ";")
    assert rows[1][2] == '\'=HYPERLINK("HTTP://X")'
    owner = replace(made.employer, name="=1+1")
    rows = read(claim_csv(replace(made, employer=owner), Words("fr"), sha256=None), ";")
    assert ["'=1+1"] in rows
