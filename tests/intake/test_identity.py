"""Numbers of people and establishments: what is wrong is named, and what was expected."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.identity import check_iban, check_nir, check_ntt, check_siret, compact, nir_key, split_nir
from ltu_desktop.rules.errors import Severity
from ltu_desktop.words import Words
from tests.intake.dsn_text import OCTOBER

nirs = st.builds(
    lambda sex, year, month, place, rest: f"{sex}{year:02d}{month:02d}{place}{rest:06d}",
    st.sampled_from("123478"),
    st.integers(0, 99),
    st.sampled_from([*range(1, 13), *range(20, 43), *range(50, 100)]),
    st.sampled_from(["01", "59", "75", "99", "97", "2A", "2B"]),
    st.integers(0, 999_999),
)


def test_the_sample_staff_list_has_right_keys() -> None:
    with (OCTOBER / "staff.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 12
    assert [check_nir(row["NIR"], date.fromisoformat(row["Date de naissance"])) for row in rows] == [None] * 12


@settings(max_examples=80)
@given(nirs)
def test_the_key_is_97_minus_the_number_modulo_97(nir: str) -> None:
    key = nir_key(nir)
    assert (int(nir.replace("2A", "19").replace("2B", "18") if nir[5] == "2" else nir) + int(key)) % 97 == 0
    assert 1 <= int(key) <= 97
    assert check_nir(nir) is None
    assert check_nir(nir + key) is None
    assert split_nir(f" {nir[0]} {nir[1:3]} {nir[3:5]}\u00a0{nir[5:]} {key}") == (nir, key)


@settings(max_examples=80)
@given(nir=nirs, shift=st.integers(1, 96))
def test_another_key_is_named_with_the_right_one(nir: str, shift: int) -> None:
    right = int(nir_key(nir))
    wrong = f"{(right + shift - 1) % 97 + 1:02d}"
    finding = check_nir(nir + wrong)
    assert finding is not None
    assert (finding.code, finding.params) == ("nir_key", {"read": wrong, "expected": f"{right:02d}"})


@pytest.mark.parametrize(
    ("nir", "code"),
    [
        ("", "nir_length"),
        ("203019954909", "nir_length"),
        ("20301995490972", "nir_length"),
        ("2030199549097260", "nir_length"),
        ("2O30199549097", "nir_form"),
        ("203012C549097", "nir_form"),
        ("2030199549097A6", "nir_form"),
        ("٢٠٣٠١٩٩٥٤٩٠٩٧", "nir_form"),
        ("5030199549097", "nir_sex"),
        ("0030199549097", "nir_sex"),
        ("2030099549097", "nir_month"),
        ("2031399549097", "nir_month"),
        ("2034399549097", "nir_month"),
    ],
)
def test_what_a_nir_cannot_be(nir: str, code: str) -> None:
    finding = check_nir(nir)
    assert finding is not None
    assert (finding.code, finding.severity) == (code, Severity.BLOCKER)
    assert nir not in str(finding) or not nir  # a finding may be logged, a number may not


def test_the_birth_date_only_warns_and_pseudo_months_say_nothing() -> None:
    assert check_nir("2030199549097", date(2003, 1, 3)) is None
    assert check_nir("2030199549097", date(1903, 1, 3)) is None
    finding = check_nir("2030199549097", date(2003, 2, 3))
    assert finding is not None
    assert (finding.code, finding.severity) == ("nir_birth", Severity.WARNING)
    assert finding.params == {"read": "01/03", "expected": "02/03"}
    assert check_nir("2035099549097", date(2003, 2, 3)) is None
    assert check_nir("2045099549097", date(2003, 2, 3)) is not None


def test_findings_are_sentences_in_both_languages() -> None:
    finding = check_nir("203019954909731")
    assert finding is not None
    assert finding.say(Words("fr")) == "Clé du NIR fausse\u00a0: 31 lue, 26 attendue."
    assert finding.say(Words("en")) == "Wrong key of the social security number: 31 read, 26 expected."


def test_temporary_numbers_have_a_shape() -> None:
    assert check_ntt("1 999000111 0042") is None
    assert check_ntt("2999000111a") is None
    for wrong in ("", "1999000111", "3999000111A", "19990001", "1999000111" + "A" * 31):
        finding = check_ntt(wrong)
        assert finding is not None
        assert finding.code == "ntt_form"


@pytest.mark.parametrize(
    ("siret", "code"),
    [
        ("732 829 320 00074", None),
        ("35600000000048", None),  # La Poste, head office
        ("35600000049837", None),  # an office of La Poste: sum of figures a multiple of 5
        ("35600000049838", "siret_key"),
        ("73282932000079", "siret_key"),
        ("7328293200007", "siret_length"),
        ("", "siret_length"),
        ("7328293200007A", "siret_form"),
    ],
)
def test_sirets(siret: str, code: str | None) -> None:
    finding = check_siret(siret)
    assert (finding.code if finding else None) == code


@pytest.mark.parametrize(
    ("iban", "code"),
    [
        ("FR14 2004 1010 0505 0001 3M02 606", None),
        ("FR1420041010050500013m02606", None),
        ("BE31 4354 1116 1155", None),
        ("FR15 2004 1010 0505 0001 3M02 606", "iban_key"),
        ("FR14 2004 1010 0505 0001 3M02 60", "iban_form"),
        ("ZZ14 2004 1010 0505 0001 3M02 606", "iban_form"),
        ("bonjour", "iban_form"),
        ("", "iban_form"),
    ],
)
def test_ibans(iban: str, code: str | None) -> None:
    finding = check_iban(iban)
    assert (finding.code if finding else None) == code
    if code == "iban_key":
        assert finding is not None
        assert finding.params == {"read": "15", "expected": "14"}


def test_compact_takes_separators_out() -> None:
    assert compact("\ufeff1 87.01-59\u202f571a’8\u00a0") == "1870159571A8"
