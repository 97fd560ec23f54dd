from datetime import date
from decimal import Decimal

import msgspec
import pytest

from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.dossier import (
    AgreementCard,
    ClaimHead,
    Correction,
    Dossier,
    EmployerCard,
    canonical,
    fingerprint,
    read,
    seal_code,
    short_print,
)
from ltu_desktop.rules.facts import ContractFact, Facts, PersonFact, PersonMonth
from ltu_desktop.rules.packs import load

PEOPLE = (PersonFact("A", "ppde", (ContractFact(date(2020, 1, 1)),), {"2026-10": PersonMonth(Decimal("151.67"))}),)
FACTS = Facts("2026-10", people=PEOPLE)
PARTS = {"state": Decimal("1.00"), "department": Decimal("0.15")}
DOSSIER = Dossier(
    ClaimHead("1", "2026-10", 2, corrects_total=PARTS),
    EmployerCard("La Fabrique"),
    AgreementCard(),
    FACTS,
    compute(load("fr-tzcld"), FACTS),
    corrections=(Correction("2026-09", 1, "ab", "A", Decimal(1), Decimal(2), dict(PARTS), dict(PARTS)),),
)


def test_a_dossier_is_read_back_whole_with_its_parts_in_the_scheme_s_order() -> None:
    data = canonical(DOSSIER)
    again = read(data)
    assert again == DOSSIER
    assert canonical(again) == data
    every = [again.answer.totals.parts, again.answer.lines[0].parts, again.head.corrects_total]
    every += [again.corrections[0].parts_before, again.corrections[0].parts_after]
    assert [list(parts) for parts in every] == [["state", "department"]] * 5


def test_a_year_s_dossier_is_read_back_too() -> None:
    year = Facts("2024", stocks={"2023-12-31": Decimal("58.00"), "2024-12-31": Decimal("78.00")})
    dossier = msgspec.structs.replace(DOSSIER, facts=year, answer=compute(load("fr-tzcld"), year))
    assert read(canonical(dossier)) == dossier


def test_the_canonical_form_has_sorted_keys_and_amounts_as_text() -> None:
    data = canonical(DOSSIER)
    assert data.startswith(b'{"agreement":{},"answer":{"currency":"EUR","guard":{"aid":"2039.77"')
    assert b"2039.77," not in data.replace(b'"2039.77"', b"")


def test_the_prints_that_people_and_cameras_read() -> None:
    sha = fingerprint(b"sealed")
    assert (len(sha), short_print(sha)) == (64, "-".join((sha[:4], sha[4:8], sha[8:12])).upper())
    assert seal_code("2026-10", 1, sha) == f"LTU1:CDE:2026-10:V1:{sha.upper()}"


def test_another_file_is_no_dossier() -> None:
    with pytest.raises(msgspec.DecodeError):
        read(b'{"format": "x"}')
