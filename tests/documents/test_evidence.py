"""Evidence: the seal and the sealed data come out of whole, changed and damaged files; foreign ones are refused."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.documents import sealed_zip as sealed_zip_room
from ltu_desktop.documents.csv_file import claim_csv
from ltu_desktop.documents.evidence import evidence, find_seal
from ltu_desktop.documents.sealed_zip import sealed_zip
from ltu_desktop.documents.workbook import claim_workbook
from ltu_desktop.rules.dossier import canonical, seal_code
from ltu_desktop.rules.errors import UserError
from ltu_desktop.words import Words
from tests.documents import sample_claims

WORDS = Words("fr")


@cache
def sealed() -> tuple[bytes, str, str]:
    """A dossier's bytes, their SHA-256, the seal code."""
    data = canonical(sample_claims.dossier(5, corrections=()))
    sha256 = hashlib.sha256(data).hexdigest()
    return data, sha256, seal_code("2026-10", 1, sha256)


@cache
def workbook() -> bytes:
    return claim_workbook(sample_claims.dossier(5, corrections=()), WORDS, sha256=sealed()[1])


@cache
def pdf(*, metadata: bool = True) -> bytes:
    """A PDF as the claim's: the seal in its metadata."""
    document = pikepdf.new()
    document.add_blank_page()
    if metadata:
        with document.open_metadata() as meta:
            meta["dc:identifier"] = sealed()[2]
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def claim_json() -> bytes:
    _, sha256, _ = sealed()
    return json.dumps({"period": "2026-10", "lines": [], "claim": {"version": 1, "sha256": sha256}}, indent=1).encode()


def dossier_zip() -> bytes:
    files = {"demande.csv": b"a;b", "demande.pdf": pdf()}
    return sealed_zip(files, WORDS, code=sealed()[2], at=datetime(2026, 11, 5, 14, 32, 7, tzinfo=UTC))


FILES: dict[str, Callable[[], bytes]] = {
    "dossier.zip": dossier_zip,
    "demande.pdf": pdf,
    "demande.xlsx": workbook,
    "reponse.json": claim_json,
    "demande.csv": lambda: claim_csv(sample_claims.dossier(5, corrections=()), WORDS, sha256=sealed()[1]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_whole_file_tells_its_seal(name: str) -> None:
    content = FILES[name]()
    found = evidence(content, name)
    kind = name.rpartition(".")[2]
    assert (found.kind, found.seal_code, found.damaged) == (kind, sealed()[2], False)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert evidence(content, "sans-extension") == found


def test_a_pdf_that_lost_its_metadata_has_no_seal() -> None:
    with pytest.raises(UserError) as refused:
        evidence(pdf(metadata=False), "a.pdf")
    assert refused.value.code == "no_seal"


def test_a_workbook_saved_by_another_program_keeps_its_seal() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook()))
    book["Liste"]["I5"] = 1
    target = io.BytesIO()
    book.save(target)
    found = evidence(target.getvalue(), "demande.xlsx")
    assert (found.seal_code, found.damaged) == (sealed()[2], False)
    assert found.sha256 != hashlib.sha256(workbook()).hexdigest()


@pytest.mark.parametrize("name", ["demande.xlsx", "demande.pdf"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_file_cut_off_is_answered(name: str, share: float) -> None:
    content = FILES[name]()
    cut = content[: int(len(content) * share)]
    try:
        found = evidence(cut, name)
    except UserError as error:
        assert error.code == "damaged"
        assert sealed()[2].encode() not in cut
    else:
        assert found.damaged
        assert found.seal_code == sealed()[2]


@settings(max_examples=60)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 10**9), st.binary(min_size=1, max_size=8))
def test_no_damage_is_a_traceback(name: str, place: int, noise: bytes) -> None:
    content = FILES[name]()
    at = place % len(content)
    changed = content[:at] + noise + content[at + len(noise) :]
    try:
        found = evidence(changed, name)
    except UserError as error:
        assert error.code in {"no_seal", "damaged"}
    else:
        assert found.sha256 == hashlib.sha256(changed).hexdigest()
        assert (found.sha256 == hashlib.sha256(content).hexdigest()) == (changed == content)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "vide.pdf", "damaged"),
        (b"Nom;Matricule\r\n", "liste.csv", "no_seal"),
        (b"{}", "a.json", "no_seal"),
        (b"[1, 2]", "a.json", "no_seal"),
        (b'{"claim": {"version": 1, "sha256": null}, "period": "2026-10"}', "projet.json", "no_seal"),
        (b"{" * 100_000, "profond.json", "damaged"),
        (b"PK\x03\x04 not a zip", "a.xlsx", "damaged"),
        (b"%PDF-1.7 nothing else", "a.pdf", "damaged"),
        (b"\x00\xff" * 500, "photo.jpg", "no_seal"),
        (pdf(metadata=False), "ordinaire.pdf", "no_seal"),
    ],
)
def test_foreign_files_are_refused_in_words(content: bytes, name: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        evidence(content, name)
    assert (caught.value.code, caught.value.where) == (code, name)
    assert WORDS.error(caught.value)


def test_a_draft_has_no_seal() -> None:
    given_dossier = sample_claims.dossier(5, corrections=(), sealed=False)
    for content in (claim_workbook(given_dossier, WORDS, sha256=None), claim_csv(given_dossier, WORDS, sha256=None)):
        with pytest.raises(UserError):
            evidence(content, "demande-projet")


def test_a_workbook_of_another_program_has_no_seal() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("docProps/custom.xml", "<Properties/>")
    with pytest.raises(UserError):
        evidence(target.getvalue(), "a.xlsx")


def test_a_workbook_that_would_swell_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for index in range(5):
            archive.writestr(f"xl/{index}.xml", bytes(60 * 1024 * 1024))
    with pytest.raises(UserError, match="damaged"):
        evidence(target.getvalue(), "a.xlsx")


def test_the_claims_own_pdf_tells_its_seal() -> None:
    from ltu_desktop.documents.claim_pdf import claim_form

    content = claim_form(sample_claims.dossier(5, corrections=()), WORDS, sha256=sealed()[1])
    found = evidence(content, "demande.pdf")
    assert (found.kind, found.seal_code, found.damaged) == ("pdf", sealed()[2], False)


def test_a_seal_is_found_in_any_writing() -> None:
    code = sealed()[2]
    assert find_seal(code.encode("utf-16-be")) == code
    assert find_seal(code.lower().replace("ltu1:cde", "LTU1:CDE").replace(":v1:", ":V1:").encode()) == code
    assert find_seal(code[:-1].encode()) is None
    assert find_seal(code.encode() + b"A") is None


def repacked(change: dict[str, bytes | None]) -> bytes:
    """The sealed dossier with other files: None takes one out."""
    with zipfile.ZipFile(io.BytesIO(dossier_zip())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {**files, **change}.items():
            if content is not None:
                archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "change", [{"demande.csv": b"a;c"}, {"demande.csv": None}, {"autre.txt": b"more"}, {}], ids=str
)
def test_a_sealed_dossier_of_which_a_file_differs_is_damaged(change: dict[str, bytes | None]) -> None:
    found = evidence(repacked(change), "dossier.zip")
    assert (found.kind, found.seal_code, found.damaged) == ("zip", sealed()[2], bool(change))


def test_a_sealed_dossier_that_is_cut_off_or_swells_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sealed_zip({}, WORDS, code=sealed()[2], at=datetime(2026, 11, 5, tzinfo=UTC))
    with pytest.raises(UserError) as refused:
        evidence(whole[:-30], "dossier.zip")
    assert refused.value.code == "damaged"
    monkeypatch.setattr(sealed_zip_room, "LARGEST", 10)
    with pytest.raises(UserError) as swelling:
        evidence(whole, "dossier.zip")
    assert swelling.value.code == "damaged"
