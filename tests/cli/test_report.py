"""Reports by command line: to files, to read, in both languages."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from ltu_desktop import cli
from tests.claim_world import FixedClock
from tests.report_world import claimed_year


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "fabrique.ltu"
    claimed_year(path).close()
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str | Path, language: str = "en", expect: int = 0) -> str:
    code = cli.main(["report", *(str(word) for word in words), "--language", language], clock=FixedClock())
    out, err = capsys.readouterr()
    assert code == expect, err
    return out if expect == 0 else err


def test_a_report_is_written_to_a_folder_or_a_file(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(
        capsys, "statement", "--store", store, "--year", "2025", "--pdf", tmp_path, "--xlsx", tmp_path / "a.xlsx"
    )
    assert said.splitlines() == [f"written: {tmp_path / 'releve-cde-2025-v1.pdf'}", f"written: {tmp_path / 'a.xlsx'}"]
    assert (tmp_path / "releve-cde-2025-v1.pdf").read_bytes().startswith(b"%PDF")
    run(capsys, "register", "--store", store, "--on", "2025-08-31", "--csv", tmp_path, language="fr")
    data = (tmp_path / "registre-personnel-2025-08-31.csv").read_bytes().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(data), delimiter=";"))
    assert [line[1] for line in lines[1:5]] == ["F0001", "F0003", "F0002", "F0004"]


def test_without_a_file_the_report_is_shown(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "fte", "--store", store, "--year", "2025", language="fr").splitlines()
    assert said[0] == "ETP par mois et par statut – 2025"
    assert said[4].split("  ")[-1] == "Depuis janvier (travaillés)"
    assert said[5].startswith("Mois ")
    assert said[6].startswith("Janvier ")
    assert said[6].endswith("4,00")
    assert len({len(line) for line in said[5:19]}) == 1
    said = run(capsys, "statement", "--store", store, "--year", "2025").splitlines()
    assert "Balance of the year" in said
    assert "Sealed claims" in said
    assert "No payroll is read for this year." in run(capsys, "hours", "--store", store, "--year", "2020")


def test_the_register_is_that_of_today_unless_told(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "register", "--store", store).startswith("Staff register – 12 Nov 2026")
    assert run(capsys, "register", "--store", store, "--year", "2025").startswith("Staff register – 2025")


def test_what_is_not_understood_is_said(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = run(capsys, "register", "--store", store, "--year", "2025", "--on", "2025-01-01", expect=2)
    assert both.startswith("--on and --year do not go together.")
    assert run(capsys, "fte", "--store", store, expect=2).startswith("something is missing: --year.")
    assert run(capsys, "fte", "--store", store, "--year", "26", expect=2).startswith("this report needs a year.")


@pytest.mark.parametrize(("language", "rule"), [("fr", "règle des 10 %"), ("en", "10% rule")])
def test_the_help_of_all_reports_writes_percents(language: str, rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(run(capsys, "--help", language=language).split())
    assert rule in said.replace("\u00a0", " ").replace("\u202f", " ")
