"""Files of a claim, and what verifying them says."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import claim_export, claims
from ltu_desktop.actions.verify import Finding, verify
from ltu_desktop.queries import claims as rows
from ltu_desktop.rules.dossier import seal_code
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store.file import Store
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def recorded(world: World, key: bytes) -> list[tuple[str, str]]:
    with world.store.read() as connection:
        return [(each.kind, each.name) for each in rows.exports_of(connection, key)]


def test_each_kind_has_its_name_and_is_remembered(world: World, tmp_path: Path) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id
    made = [claim_export.export(world.ctx, key, kind, tmp_path) for kind in claim_export.KINDS]
    assert [each.path.name for each in made] == [
        "demande-cde-2026-10-v1.pdf",
        "demande-cde-2026-10-v1.xlsx",
        "demande-cde-2026-10-v1.csv",
        "demande-cde-2026-10-v1.json",
        "dossier-cde-2026-10-v1.zip",
    ]
    assert all(each.sealed and each.path.stat().st_size > 500 for each in made)
    assert recorded(world, key) == [(each.kind, each.path.name) for each in made]
    assert world.store.entries(1)[0].action == "claims.export"


def test_the_same_bytes_are_written_again_beside_and_remembered_once(world: World, tmp_path: Path) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id
    first = claim_export.export(world.ctx, key, "csv", tmp_path)
    again = claim_export.export(world.ctx, OCTOBER, "csv", tmp_path)
    assert again.path.name == "demande-cde-2026-10-v1-2.csv"
    assert (again.sha256, again.path.read_bytes()) == (first.sha256, first.path.read_bytes())
    assert recorded(world, key) == [("csv", "demande-cde-2026-10-v1.csv")]
    other = claim_export.export(world.ctx, key, "csv", tmp_path / "english.csv", "en")
    assert other.path.name == "english.csv"
    assert other.sha256 != first.sha256


def test_an_export_stands_outside_undo(world: World, tmp_path: Path) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id
    claims.send(world.ctx, key)
    claim_export.export(world.ctx, key, "csv", tmp_path)
    world.store.undo()
    assert claims.find(world.ctx, OCTOBER).state == "sealed"
    assert len(recorded(world, key)) == 1
    claim_export.export(world.ctx, key, "json", tmp_path)
    world.store.redo()
    assert claims.find(world.ctx, OCTOBER).state == "sent"
    assert [entry.kind for entry in world.store.entries(4)] == ["redo", "note", "undo", "note"]
    with pytest.raises(UserError):
        world.store.undo(world.store.entries(4)[1].number)
    assert len(recorded(world, key)) == 2


def test_a_draft_says_so_and_is_not_remembered(world: World, tmp_path: Path) -> None:
    before = len(world.store.entries())
    made = claim_export.export(world.ctx, OCTOBER, "json", tmp_path)
    assert (made.path.name, made.sealed) == ("demande-cde-2026-10-v1-projet.json", False)
    claim = json.loads(made.path.read_bytes())["claim"]
    assert claim == {"id": None, "version": 1, "state": "draft", "sha256": None}
    assert len(world.store.entries()) == before
    dossier = claims.prepare(world.ctx, OCTOBER)
    assert claim_export.export_draft(world.ctx, dossier, "csv", tmp_path).path.name.endswith("-projet.csv")


def test_json_of_a_sealed_claim_is_the_answer_with_the_claim_besides(world: World, tmp_path: Path) -> None:
    sealed = claims.seal(world.ctx, OCTOBER)
    made = claim_export.export(world.ctx, sealed.row.id, "json", tmp_path)
    value = json.loads(made.path.read_bytes())
    assert value["claim"] == {"id": sealed.row.id.hex(), "version": 1, "state": "sealed", "sha256": sealed.sha256}
    assert value["totals"]["total"] == "4447.08"
    assert [line["person"] for line in value["lines"]] == ["F0001", "F0002", "F0003"]
    world.payroll(OCTOBER.plus(1), [("F0001", OCTOBER, "-7.00")])
    second = claims.correct(world.ctx, OCTOBER, "bulletin rectifié")
    (correction,) = json.loads(claim_export.json_of(world.ctx, second.row.id))["claim"]["corrections"]
    assert (correction["hours_before"], correction["hours_after"]) == ("104.00", "97.00")


def test_a_folder_that_is_not_there_leaves_no_trace(world: World, tmp_path: Path) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id
    with pytest.raises(UserError) as raised:
        claim_export.export(world.ctx, key, "csv", tmp_path / "nowhere" / "x.csv")
    assert raised.value.code == "cannot_write"
    assert recorded(world, key) == []


def test_a_file_that_cannot_be_remembered_is_not_left(world: World, tmp_path: Path) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id
    claim_export.export(world.ctx, key, "csv", tmp_path)
    world.close()
    with Store.open(world.path, clock=world.clock, operator="x", read_only=True) as store:
        ctx = type(world.ctx)(store, world.ctx.words, world.clock)
        with pytest.raises(UserError, match="read-only"):
            claim_export.export(ctx, key, "json", tmp_path)
        assert not (tmp_path / "demande-cde-2026-10-v1.json").exists()
        # what is remembered already may be written again, by a reader too
        assert claim_export.export(ctx, key, "csv", tmp_path).path.exists()


def test_an_error_after_writing_takes_the_file_away(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = claims.seal(world.ctx, OCTOBER).row.id

    class Broken:
        def now(self) -> datetime:
            raise RuntimeError("no time")

    broken = type(world.ctx)(world.store, world.ctx.words, Broken())
    with pytest.raises(RuntimeError):
        claim_export.export(broken, key, "csv", tmp_path)
    assert not list(tmp_path.glob("*.csv"))
    assert recorded(world, key) == []


@pytest.mark.parametrize("kind", claim_export.KINDS)
def test_verify_tells_intact_from_altered(world: World, tmp_path: Path, kind: str) -> None:
    sealed = claims.seal(world.ctx, OCTOBER)
    made = claim_export.export(world.ctx, sealed.row.id, kind, tmp_path)
    data = made.path.read_bytes()
    code = seal_code(str(OCTOBER), 1, sealed.row.sha256).encode()
    seal = data.find(code)
    verdict = verify(world.ctx, data, "renamed")
    assert verdict.finding is Finding.INTACT
    assert verdict.claim == sealed.row
    assert "4 447,08" in verdict.text.replace("\u202f", " ")
    for place in range(0, len(data), max(1, len(data) // 7)):
        changed = bytearray(data)
        changed[place] ^= 1
        verdict = verify(world.ctx, bytes(changed), made.path.name)
        if 0 <= seal <= place < seal + len(code):
            assert verdict.finding is not Finding.INTACT  # an altered seal may be that of a claim in another file
            continue
        assert verdict.finding is Finding.ALTERED
        assert verdict.claim is not None
        assert verdict.claim.id == sealed.row.id
        assert verdict.mend


def test_what_goes_out_names_no_reason_of_absence(world: World, tmp_path: Path) -> None:
    """The attached data too: C hours are told, the kind of absence behind them is not."""
    from ltu_desktop.documents.pdfa import attached

    world.absence(next(iter(world.people)), OCTOBER, "sick_paid", "7.00")
    sealed = claims.seal(world.ctx, OCTOBER)
    assert b"sick_paid" in sealed.data  # the sealed data rest on it, and stay in the store
    assert "open_setting" in {problem.code for problem in sealed.dossier.answer.problems}
    made = claim_export.export(world.ctx, sealed.row.id, "pdf", tmp_path).path.read_bytes()
    inside = attached(made)
    assert sorted(inside) == ["demande-cde-2026-10-v1.json", "demande-cde-2026-10-v1.xlsx"]
    told = json.loads(inside["demande-cde-2026-10-v1.json"])
    assert told["lines"][0]["hours_c"] == "7.00"
    assert b'"absences"' not in inside["demande-cde-2026-10-v1.json"]
    assert "open_setting" not in {problem["code"] for problem in told["problems"]}
    with zipfile.ZipFile(BytesIO(inside["demande-cde-2026-10-v1.xlsx"])) as book:
        assert not any(b"open_setting" in book.read(part) for part in book.namelist())
    assert json.loads(inside["demande-cde-2026-10-v1.json"])["totals"]["total"] == str(sealed.row.total)


@pytest.mark.parametrize("data", [b"", b"anything", b"PK\x03\x04broken", b"%PDF-1.7\nnothing", b"{}"])
def test_other_files_are_unknown(world: World, data: bytes) -> None:
    claims.seal(world.ctx, OCTOBER)
    verdict = verify(world.ctx, data, "autre.bin")
    assert (verdict.finding, verdict.claim) == (Finding.UNKNOWN, None)


def test_a_draft_and_a_claim_of_another_store_are_unknown(world: World, tmp_path: Path) -> None:
    draft = claim_export.export(world.ctx, OCTOBER, "csv", tmp_path).path.read_bytes()
    assert verify(world.ctx, draft, "projet.csv").finding is Finding.UNKNOWN
    (tmp_path / "other").mkdir()
    other = ready(tmp_path / "other" / "b.ltu")
    other.clock.moment = datetime(2026, 11, 13, tzinfo=UTC)
    claims.seal(other.ctx, OCTOBER)
    data = claim_export.export(other.ctx, OCTOBER, "csv", tmp_path / "other").path.read_bytes()
    other.close()
    claims.seal(world.ctx, OCTOBER)
    assert verify(world.ctx, data, "demande.csv").finding is Finding.UNKNOWN


def test_the_workbook_carries_the_seal(world: World, tmp_path: Path) -> None:
    sealed = claims.seal(world.ctx, OCTOBER)
    path = claim_export.export(world.ctx, sealed.row.id, "xlsx", tmp_path).path
    with zipfile.ZipFile(path) as archive:
        assert sealed.sha256.upper() in archive.read("docProps/custom.xml").decode()


def test_form_and_annex_can_be_looked_at_apart(world: World) -> None:
    import pikepdf

    dossier = claims.prepare(world.ctx, OCTOBER)
    sizes = {}
    for part in ("form", "annex"):
        with pikepdf.open(BytesIO(claim_export.pages(dossier, part, world.ctx.words, sha256=None))) as document:
            box = document.pages[0].MediaBox
            sizes[part] = "landscape" if box[2] > box[3] else "portrait"
    assert sizes == {"form": "landscape", "annex": "portrait"}


def test_a_claim_that_is_not_there_is_told(world: World) -> None:
    with pytest.raises(UserError) as refused:
        claims.find(world.ctx, OCTOBER)
    assert refused.value.code == "not_sealed"


def test_the_sealed_dossier_holds_every_file_with_its_print_and_is_always_the_same(
    world: World, tmp_path: Path
) -> None:
    claim = claims.seal(world.ctx, OCTOBER)
    key = claim.row.id
    alone = {kind: claim_export.export(world.ctx, key, kind, tmp_path) for kind in ("pdf", "xlsx", "csv", "json")}
    made = claim_export.export(world.ctx, key, "zip", tmp_path)
    with zipfile.ZipFile(made.path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    lines = [line.split("  ") for line in files.pop("empreintes.sha256").decode().splitlines()]
    listed = {name: sha256 for sha256, name in lines}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == listed
    assert {each.path.name: each.sha256 for each in alone.values()}.items() <= listed.items()
    assert f":V1:{claim.sha256.upper()}" in files["lisez-moi.txt"].decode()
    assert claim_export.export(world.ctx, key, "zip", tmp_path).sha256 == made.sha256
    data = made.path.read_bytes()
    assert verify(world.ctx, data, made.path.name).finding is Finding.INTACT
    altered = tmp_path / "autre.zip"
    with zipfile.ZipFile(altered, "w") as archive:
        for name, content in {**files, alone["csv"].path.name: b"x"}.items():
            archive.writestr(name, content)
        archive.writestr("empreintes.sha256", "".join(f"{sha}  {name}\n" for name, sha in listed.items()))
    verdict = verify(world.ctx, altered.read_bytes(), altered.name)
    assert (verdict.finding, verdict.claim) == (Finding.ALTERED, claim.row)


def test_a_draft_has_no_sealed_dossier(world: World, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        claim_export.export(world.ctx, OCTOBER, "zip", tmp_path)
    assert refused.value.code == "not_sealed"
    assert list(tmp_path.glob("*.zip")) == []
