"""Packs by command line: looked at, taken, taken back; and the publisher's own command that makes them."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from ltu_desktop import cli
from ltu_desktop.rules import pack_files, packs, signed
from tests.pack_world import CODE, PUBLIC, RATE, RATE_2027, SECRET, Bench, bench

__all__ = ["bench"]

publisher: Any = importlib.import_module("installers.schemes")


def run(capsys: pytest.CaptureFixture[str], *words: object, language: str = "en", expect: int = 0) -> str:
    assert cli.main([*map(str, words), "--language", language]) == expect
    said = capsys.readouterr()
    return said.err if expect else said.out


def test_a_pack_is_shown_taken_and_taken_back(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    path = bench.file((RATE, RATE_2027))
    shown = run(capsys, "schemes", "add", path, "--dry-run")
    assert shown.splitlines()[0] == "Rate of 2027."
    assert "100.00% from 1 Jan 2027 (arrêté du 15/01/2027)" in shown
    assert "Nothing was changed." in shown
    assert "(edition 1 of 27 Nov 2026)" in run(capsys, "schemes", "list")
    assert "In use: edition 2 of 20 Jan 2027, brought as a pack" in run(capsys, "schemes", "add", path)
    assert "01/01/2027" in run(capsys, "schemes", "show", CODE, language="fr")
    assert "of 20 Jan 2027, brought as a pack" in run(capsys, "schemes", "list")
    assert "cases agree" in run(capsys, "schemes", "check")
    assert "édition 1 du 27/11/2026" in run(capsys, "schemes", "back", CODE, language="fr")
    assert "nothing to take back" in run(capsys, "schemes", "back", CODE, expect=2)
    assert "there is no scheme" in run(capsys, "schemes", "back", "xx", expect=2)


def test_a_provisional_and_an_unknown_value_are_told(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    rate = RATE_2027.replace("source", "provisional = true, source")
    later = '\n  { from = 2028-01-01, source = "inconnu" },'
    shown = run(capsys, "schemes", "add", bench.file((RATE, rate + later)), "--dry-run")
    assert "(arrêté du 15/01/2027) – provisional" in shown
    assert ": ? from 1 Jan 2028 (inconnu)" in shown


def test_a_changed_pack_is_refused_in_words(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    path = bench.file((RATE, RATE_2027))
    path.write_bytes(path.read_bytes().replace(b"1.00", b"9.00"))
    told = run(capsys, "schemes", "add", path, language="fr", expect=2)
    assert "sa signature ne correspond pas" in told
    assert str(path) in told


def test_the_publisher_makes_a_key_a_pack_and_a_programs_signature(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    private = tmp_path / "private.key"
    assert publisher.main(["key", str(private)]) == 0
    printed = capsys.readouterr().out
    assert private.stat().st_mode & 0o077 == 0
    public = printed.partition('public = "')[2].partition('"')[0]
    monkeypatch.setattr(signed, "signers", lambda: {publisher.SIGNER: bytes.fromhex(public)})
    with pytest.raises(FileExistsError):
        publisher.main(["key", str(private)])
    out = tmp_path / "fr-tzcld-1.ltupack"
    publisher.main(["pack", CODE, str(private), str(out), "--note-fr", "Rien.", "--note-en", "Nothing."])
    pack = pack_files.read_pack(out.read_bytes(), out)
    assert pack.files == packs.texts_of(packs.shipped_folder(CODE))
    assert (pack.edition, pack.note["fr"]) == (pack_files.shipped(CODE).number, "Rien.")
    assert "edition 1 is in use already" in run(capsys, "schemes", "add", out, expect=2)
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")
    publisher.main(["program", str(program), str(private)])
    told = json.loads(signed.open_signed((tmp_path / "setup.exe.ltusig").read_bytes(), "x"))
    assert (told["name"], told["size"]) == ("setup.exe", 2)


def test_the_tests_key_is_not_one_that_the_program_believes() -> None:
    assert bytes.fromhex(PUBLIC) not in signed.signers().values()
    assert len(SECRET) == 32
