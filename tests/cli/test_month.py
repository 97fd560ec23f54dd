"""A month's work by command line, from an empty folder to a verified file."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ltu_desktop import cli

SAMPLE = Path(__file__).parents[1] / "intake" / "october"
NOW = datetime(2026, 11, 12, 10, 42, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return NOW


class Shell:
    """Runs commands in this process on one file and keeps what they said."""

    def __init__(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self.capsys = store, capsys
        self.out = self.err = ""

    def __call__(self, *words: str | Path, expect: int = 0, store: bool = True) -> str:
        arguments = [str(word) for word in words] + (["--store", str(self.store)] if store else [])
        code = cli.main([*arguments, "--language", "en"], clock=Clock())
        self.out, self.err = self.capsys.readouterr()
        assert code == expect, self.err
        assert "Traceback" not in self.err
        return self.out


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "fabrique.ltu", capsys)


def new(shell: Shell, *more: str) -> None:
    shell(
        "new",
        shell.store,
        *("--employer", "La Fabrique Fictive", "--siret", "12345678200010", "--contributions-until", "2027-03-31"),
        *("--agreement", "2021-059-14", "--agreement-start", "2021-06-28", "--ceiling", "36", "--operator", "Nadia"),
        *more,
        store=False,
    )


def ready(shell: Shell) -> None:
    new(shell)
    shell("import", "people", SAMPLE / "staff.csv")
    shell("import", "dsn", SAMPLE / "dsn-2026-10.dsn")


def round_up(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def figures(answer: dict[str, Any]) -> list[dict[str, str]]:
    return sorted(
        (
            {
                "matricule": line["person"],
                "status": line["status"],
                "paid_hours": line["paid_hours"],
                "fundable_hours": line["quantity"],
                **line["parts"],
            }
            for line in answer["lines"]
        ),
        key=lambda line: line["matricule"],
    )


@pytest.mark.parametrize("order", [("people", "dsn"), ("dsn", "people")])
def test_october_comes_out_as_worked_out_by_hand(shell: Shell, order: tuple[str, str], tmp_path: Path) -> None:
    files = {"people": "staff.csv", "dsn": "dsn-2026-10.dsn"}
    new(shell)
    for kind in order:
        shell("import", kind, SAMPLE / files[kind])
    shell("claim", "prepare", "--period", "2026-10", "--json", tmp_path / "claim.json")
    answer = json.loads((tmp_path / "claim.json").read_bytes())
    expected = json.loads((SAMPLE / "expected.json").read_bytes())
    known = [{key: line[key] for key in line if key != "cumulation_alert"} for line in expected["lines"]]
    assert figures(answer) == known
    assert answer["totals"]["parts"] == {key: expected["totals"][key] for key in ("state", "department")}
    assert answer["claim"] == {"id": None, "version": 1, "state": "draft", "sha256": None}
    assert [each for each in answer["problems"] if each["severity"] == "blocker"] == []


def test_json_on_standard_output_stands_alone(shell: Shell) -> None:
    ready(shell)
    answer = json.loads(shell("claim", "prepare", "--period", "2026-10", "--json", "-"))
    assert answer["totals"]["total"] == "18259.84"
    assert "provisional" in shell.err
    answer = json.loads(shell("claim", "seal", "--period", "2026-10", "--json", "-").partition("\n")[2])
    assert answer["claim"]["state"] == "sealed"


def test_without_agreement_prepare_works_and_says_what_is_missing(shell: Shell) -> None:
    shell("new", shell.store, store=False)
    shell("import", "people", SAMPLE / "staff.csv")
    shell("import", "dsn", SAMPLE / "dsn-2026-10.dsn")
    assert "€18,259.84" in shell("claim", "prepare", "--period", "2026-10")
    assert "BLOCKER · agreement: No agreement with the Fund is in force in October 2026" in shell.err
    assert "(€18,259.84 at stake)" in shell.err
    shell("claim", "check", "--period", "2026-10", expect=2)
    assert shell.err == "2 points stand in the way of sealing.\n"
    assert shell.out.startswith("BLOCKER")
    shell("claim", "check", "--period", "2026-10", "--json", "-", expect=2)
    assert json.loads(shell.out)["claim"]["state"] == "draft"
    shell("claim", "seal", "--period", "2026-10", expect=2)
    assert "cannot be sealed: 2 points stand in the way" in shell.err
    shell("employer", "--name", "La Fabrique Fictive", "--siret", "12345678200010")
    shell(
        "agreement",
        "--number",
        "2021-059-14",
        "--start",
        "2021-06-28",
        "--ceiling",
        "36",
        "--setting",
        "sick_paid=count",
    )
    assert "ceiling 36.00 FTE" in shell.out
    assert "Nothing stands in the way" in shell("claim", "check", "--period", "2026-10")
    shell("claim", "seal", "--period", "2026-10")


def test_seal_export_verify_send_return_correct_list(shell: Shell, tmp_path: Path) -> None:
    ready(shell)
    assert shell("claim", "list") == "No claim is sealed yet.\n"
    out = shell("claim", "seal", "--period", "2026-10", "--pdf", tmp_path / "form.pdf")
    assert out.startswith("October 2026, version 1: sealed, 1,357.74\u00a0h, €18,259.84, fingerprint ")
    assert f"written: {tmp_path / 'form.pdf'}" in out
    shell("claim", "seal", "--period", "2026-10", expect=2)
    assert "already sealed" in shell.err
    shell("claim", "export", "--period", "2026-10", "--csv", tmp_path, "--json", tmp_path, "--xlsx", tmp_path)
    written = [Path(line.removeprefix("written: ")) for line in shell.out.splitlines()]
    assert [path.suffix for path in written] == [".xlsx", ".csv", ".json"]
    for path in [*written, tmp_path / "form.pdf"]:
        assert "is intact" in shell("verify", path)
    data = bytearray((tmp_path / "form.pdf").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "altered.pdf").write_bytes(data)
    assert "is not the file that was exported" in shell("verify", tmp_path / "altered.pdf", expect=2)
    (tmp_path / "other.txt").write_text("hello")
    assert "belongs to no claim" in shell("verify", tmp_path / "other.txt", expect=2)
    assert "sent" in shell("claim", "send", "--period", "2026-10")
    assert "returned" in shell("claim", "return", "--period", "2026-10", "--version", "1", "--reason", "IBAN")
    shell("claim", "correct", "--period", "2026-10", "--reason", "SMIC", expect=2)
    assert "nothing has changed" in shell.err
    shell("value", "state_rate", "0.94", "--from", "2026-01-01", "--source", "arrêté du 15/12/2026")
    assert shell("claim", "list", "--period", "2026-09") == "No claim is sealed yet.\n"
    shell("claim", "correct", "--period", "2026-10", "--reason", "arrêté paru", "--json", "-")
    answer = json.loads(shell.out.partition("\n")[2])
    assert answer["claim"]["version"] == 2
    assert len(answer["claim"]["corrections"]) == 12
    lines = json.loads((SAMPLE / "expected.json").read_bytes())["lines"]
    parts = [round_up(round_up(Decimal("12.31") * Decimal(line["fundable_hours"])) * Decimal("0.94")) for line in lines]
    assert answer["totals"]["parts"]["state"] == f"{sum(parts)}"
    listed = shell("claim", "list").splitlines()
    assert [line.split(":")[0] for line in listed] == ["October 2026, version 2", "October 2026, version 1"]
    due = sum(part + round_up(part * Decimal("0.15")) for part in parts) - Decimal("18259.84")
    assert f"−€{-due}" in listed[0]
    assert listed[1].endswith("– IBAN")
    shell("claim", "send", "--period", "2026-10")
    assert "paid" in shell("claim", "pay", "--period", "2026-10", "--version", "2")
    assert "arrêté paru" in shell("journal", "--limit", "6")


def test_export_without_names_gives_form_and_workbook_here(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(shell)
    monkeypatch.chdir(tmp_path)
    shell("claim", "export", "--period", "2026-10")
    assert sorted(path.name for path in tmp_path.glob("demande*")) == [
        "demande-cde-2026-10-v1-projet.pdf",
        "demande-cde-2026-10-v1-projet.xlsx",
    ]
    shell("claim", "export", "--period", "2026-10", "--json", "-")
    assert json.loads(shell.out)["claim"]["state"] == "draft"
    shell("claim", "export", "--period", "2026-10", "--version", "1", expect=2)
    assert "no such version" in shell.err


def test_a_dry_run_shows_people_and_changes_nothing(shell: Shell) -> None:
    new(shell)
    out = shell("import", "people", SAMPLE / "staff.csv", "--dry-run")
    assert "staff.csv: 12 new" in out
    assert "F0001 DELANNOY Zoé (new)" in out
    assert "F0001" not in shell("journal")
    shell("import", "people", SAMPLE / "staff.csv")
    assert "12 changed – October 2026, 1,364.24\u00a0h" in shell("import", "dsn", SAMPLE / "dsn-2026-10.dsn")
    assert "12 unchanged" in shell("import", "dsn", SAMPLE / "dsn-2026-10.dsn")


def test_one_of_a_kind_is_told_in_the_singular(shell: Shell, tmp_path: Path) -> None:
    new(shell)
    (tmp_path / "une.csv").write_text("Matricule;Nom;Prénom\n1;Seule;Zoé\n", "utf-8")
    out = shell("import", "people", tmp_path / "une.csv", "--dry-run", "--language", "fr")
    assert "une.csv\u00a0: 1 nouvelle\n" in out


def test_hours_lists_take_their_month_from_the_period(shell: Shell, tmp_path: Path) -> None:
    new(shell)
    shell("import", "people", SAMPLE / "staff.csv")
    (tmp_path / "heures.csv").write_text("Matricule;Heures payées\nF0001;104,00\nF0002;151,67\n", "utf-8")
    out = shell("import", "hours", tmp_path / "heures.csv", "--period", "2026-10")
    assert "2 new" in out
    assert "255.67" in out


def test_a_row_that_may_be_somebody_is_asked_for_and_answered(shell: Shell, tmp_path: Path) -> None:
    new(shell)
    shell("import", "people", SAMPLE / "staff.csv")
    (tmp_path / "more.csv").write_text("Nom;Prénom;Statut\nDelanoy;Zoé;ppde\n", "utf-8")
    shell("import", "people", tmp_path / "more.csv", expect=2)
    assert "who is DELANOY Zoé? Known: F0001 DELANNOY Zoé" in shell.err
    row = next(word for word in shell.err.split() if word.startswith("row"))
    shell("import", "people", tmp_path / "more.csv", "--answer", f"{row}=F0009", expect=2)
    assert "cannot be F0009" in shell.err
    shell("import", "people", tmp_path / "more.csv", "--answer", "row99=new", expect=2)
    shell("import", "people", tmp_path / "more.csv", "--leave", "row99", expect=2)
    assert "no row “row99”" in shell.err
    shell("import", "people", tmp_path / "more.csv", "--leave", row)
    shell("import", "people", tmp_path / "more.csv", "--answer", f"{row}=F0001")
    assert "Imported." in shell.out
    shell("import", "people", tmp_path / "more.csv", "--answer", f"{row}=new")


def test_a_later_declaration_shows_what_it_changes_and_replaces(shell: Shell, tmp_path: Path) -> None:
    ready(shell)
    text = (SAMPLE / "dsn-2026-10.dsn").read_bytes().decode("iso-8859-1")
    again = text.replace("S20.G00.05.002,'01'", "S20.G00.05.002,'03'").replace(
        "'104.00'\r\nS21.G00.53.003", "'97.00'\r\nS21.G00.53.003", 1
    )
    (tmp_path / "again.dsn").write_bytes(again.encode("iso-8859-1"))
    out = shell("import", "dsn", tmp_path / "again.dsn", "--dry-run")
    assert "Paid hours 104.00\u00a0h → 97.00\u00a0h" in out
    assert "replaces: dsn-2026-10.dsn" in shell.err
    november = text.replace("01102026", "01112026").replace("31102026", "30112026")
    november = november.replace(
        "S21.G00.51.001,'01112026'\r\nS21.G00.51.002,'30112026'",
        "S21.G00.51.001,'01102026'\r\nS21.G00.51.002,'31102026'",
        1,
    )
    (tmp_path / "november.dsn").write_bytes(november.encode("iso-8859-1"))
    out = shell("import", "dsn", tmp_path / "november.dsn", "--dry-run")
    assert "November 2026" in out


def test_a_list_with_doubts_says_them(shell: Shell, tmp_path: Path) -> None:
    new(shell)
    (tmp_path / "staff.csv").write_text(
        "Matricule;Nom;Statut;Site;Couleur\nF1;Delannoy;ppde;Le Moulin;bleu\nF2;;ppde;;\n", "utf-8"
    )
    shell("import", "people", tmp_path / "staff.csv", "--dry-run")
    assert "Le Moulin" in shell.err
    assert "1 refused" in shell.out


def test_a_damaged_file_is_told_by_check(shell: Shell) -> None:
    import sqlite3

    new(shell)
    raw = sqlite3.connect(shell.store)
    raw.execute("UPDATE employer SET name = 'changed behind our back'")
    raw.commit()
    raw.close()
    shell("check", expect=2)
    assert "outside of this program" in shell.err
    assert shell.out == ""


def test_a_backup_can_be_put_where_no_file_is(shell: Shell, tmp_path: Path) -> None:
    new(shell)
    shell("restore", expect=2)
    assert "no backup yet" in shell.err
    backup = Path(shell("backup").removeprefix("backed up and proven: ").strip())
    assert str(backup) in shell("restore", expect=2)
    assert "Name the backup" in shell.err
    shell.store.unlink()
    assert "kept aside" not in shell("restore", backup)
    assert "Nadia" in shell("journal")


def test_a_clean_claim_and_its_corrections_are_said(shell: Shell, tmp_path: Path) -> None:
    ready(shell)
    shell("claim", "seal", "--period", "2026-10")
    shell("value", "state_rate", "0.94", "--from", "2026-01-01", "--source", "arrêté", "--published", "2026-11-01")
    out = shell("claim", "prepare", "--period", "2026-10")
    assert "draft of version 2" in out
    assert "To be asked for" in out
    (tmp_path / "hours.csv").write_text("Matricule;Mois;Heures payées\nF0001;2026-11;104,00\n", "utf-8")
    shell("import", "hours", tmp_path / "hours.csv")
    shell("claim", "check", "--period", "2026-11")
    assert "12 corrections of earlier months are included, since October 2026" in shell.out


def test_the_demo_says_where_it_is_and_what_it_comes_to(shell: Shell, tmp_path: Path) -> None:
    out = shell("demo", "--out", tmp_path / "d", "--people", "5", "--months", "2", store=False)
    assert out.startswith(f"made: {tmp_path / 'd' / 'demo.ltu'}\n")
    assert f"and 3 payroll files in {tmp_path / 'd' / 'paie'}" in out
    assert "Claim October 2026: 5 people" in out
    assert shell.err.splitlines()[-1] == "6/6"
    shell.store = tmp_path / "d" / "demo.ltu"
    assert "October 2026, version 1: sealed" in shell("claim", "list")


def test_undo_and_redo_say_what_they_did(shell: Shell) -> None:
    new(shell)
    shell("import", "people", SAMPLE / "staff.csv")
    assert shell("undo") == "undid: imported the staff list “staff.csv”: 12 new\n"
    assert "(undone)" in shell("journal")
    assert shell("redo").startswith("did again: imported")
    shell("undo", "--entry", "99", expect=2)
    assert "Nadia" in shell("journal")


def test_backup_check_and_restore(shell: Shell, tmp_path: Path) -> None:
    ready(shell)
    assert shell("check") == "All is well.\n"
    out = shell("backup", "--to", tmp_path / "copies")
    backup = Path(out.removeprefix("backed up and proven: ").strip())
    assert backup.is_file()
    shell("claim", "seal", "--period", "2026-10")
    dry = shell("restore", backup, "--dry-run")
    assert "claim: 1 → 0" in dry
    assert "would be lost:" in dry
    assert dry.endswith("Nothing was changed.\n")
    out = shell("restore", backup)
    assert "kept aside:" in out
    assert shell("claim", "list") == "No claim is sealed yet.\n"
    backup.write_bytes(b"no backup")
    shell("restore", backup, expect=2)


def test_a_file_with_a_passphrase(shell: Shell, tmp_path: Path) -> None:
    secret, wrong, code = (tmp_path / name for name in ("secret", "wrong", "code"))
    secret.write_text("un bon café chaud\nignored\n", "utf-8")
    wrong.write_text("un autre\n", "utf-8")
    new(shell, "--passphrase-file", str(secret))
    recovery = shell.out.splitlines()[-1]
    assert len(recovery.split("-")) == 8
    shell("claim", "list", expect=2)
    shell("claim", "list", "--passphrase-file", wrong, expect=2)
    shell("claim", "list", "--passphrase-file", secret)
    code.write_text(recovery, "utf-8")
    shell("claim", "list", "--passphrase-file", code)
    shell("claim", "list", "--passphrase-file", tmp_path / "none", expect=2)


def test_a_file_is_not_made_twice_nor_half(shell: Shell) -> None:
    shell("new", shell.store, "--siret", "123", store=False, expect=2)
    assert not shell.store.exists()
    shell("new", shell.store, "--agreement", "1", store=False, expect=2)
    assert not shell.store.exists()
    new(shell)
    before = shell.store.read_bytes()
    shell("new", shell.store, store=False, expect=2)
    assert shell.store.read_bytes() == before


def test_amendments_keep_what_they_do_not_say(shell: Shell) -> None:
    new(shell)
    shell("agreement", "--number", "2021-059-14", "--from", "2027-01-01", "--amendment", "7", "--ceiling", "40,5")
    assert shell.out.splitlines()[1:] == [
        "  from 28 Jun 2021: ceiling 36.00 FTE",
        "  from 1 Jan 2027: ceiling 40.50 FTE",
    ]
    shell("agreement", "--number", "2021-059-14", "--fund", "Fonds ETCLD")
    assert len(shell.out.splitlines()) == 3
    shell("agreement", "--number", "2021-059-14", "--setting", "sick_paid=perhaps", expect=2)


def test_the_first_claim_in_processes_of_their_own(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "ltu_desktop", *arguments, "--language", "fr"],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            encoding="utf-8",
            timeout=120,
            env={"PYTHONPATH": str(Path(cli.__file__).parents[2]), "PATH": ""},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    store = ("--store", "fabrique.ltu", "--operator", "Nadia")
    run(
        *("new", "fabrique.ltu", "--employer", "La Fabrique Fictive", "--siret", "12345678200010"),
        *("--agreement", "2021-059-14", "--agreement-start", "2021-06-28", "--ceiling", "36"),
    )
    run("import", "people", str(SAMPLE / "staff.csv"), *store)
    run("import", "dsn", str(SAMPLE / "dsn-2026-10.dsn"), *store)
    assert "scellée" in run("claim", "seal", "--period", "2026-10", "--pdf", ".", "--xlsx", ".", *store)
    assert "est intact" in run("verify", "demande-cde-2026-10-v1.pdf", *store)


def test_what_is_not_read_is_shown(shell: Shell, tmp_path: Path) -> None:
    new(shell)
    people = tmp_path / "people.csv"
    people.write_text("Matricule;Nom;Pointure\nF1;Petit;38\n", "utf-8")
    shell("import", "people", people, "--dry-run")
    assert "people.csv: not read: Pointure" in shell.err
    text = (SAMPLE / "dsn-2026-10.dsn").read_bytes()
    count = text.count(b"\n")
    end = f"S90.G00.90.001,'{count}'".encode()
    assert end in text
    text = text.replace(b"S90.G00.90.001", b"S21.G00.99.001,'?'\r\nS90.G00.90.001")
    odd = tmp_path / "odd.dsn"
    odd.write_bytes(text.replace(end, f"S90.G00.90.001,'{count + 1}'".encode()))
    shell("import", "dsn", odd)
    assert "odd.dsn: not read: S21.G00.99.001" in shell.err
