"""Attendance by command line: the grid goes out and in, the month is matched, closed, reopened and sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop import cli
from ltu_desktop.actions.attendance import as_planned
from ltu_desktop.store.file import Store
from tests.actions.ground_world import OCTOBER, ground, october
from tests.claim_world import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., str]


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    world = ground(tmp_path / "a.ltu")
    world.agreement()
    world.type("F0001", october(5), "CP")
    world.type("F0002", october(6), "8")
    as_planned(world.ctx, october(1), october(30), list(world.people.values()))
    world.type("F0003", october(7), "")
    world.payroll(OCTOBER, {"F0001": "151.67", "F0002": "104.00", "F0003": "129.50"})
    world.close()

    def command(*words: str | Path, expect: int = 0, language: str = "en") -> str:
        arguments = [
            *map(str, words),
            "--store",
            str(tmp_path / "a.ltu"),
            "--period",
            "2026-10",
            "--language",
            language,
        ]
        code = cli.main(["attendance", *arguments], clock=Clock())
        out, err = capsys.readouterr()
        assert code == expect, err
        assert "Traceback" not in err
        return out + err

    return command


def test_the_grid_is_shown(run: Run) -> None:
    said = run("show", language="fr")
    assert said.startswith("Présences – octobre 2026\n3 personnes")
    [row] = [line for line in said.splitlines() if line.startswith("F0002")]
    assert "DELANNOY Zoé" in row
    assert "+2,00" in row
    assert row.endswith("Manque")


def test_the_grid_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    said = run("export", "--csv", tmp_path / "p.csv", "--xlsx", tmp_path / "p.xlsx")
    assert "p.csv" in said
    assert "p.xlsx" in said
    for name in ("p.csv", "p.xlsx"):
        said = run("import", tmp_path / name, "--dry-run")
        assert "0 cells change, 60 are so already, 0 refused" in said
        assert "Nothing was changed." in said


def test_without_a_file_named_the_workbook_goes_into_the_working_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("export")
    assert (tmp_path / "presences-2026-10.xlsx").exists()


def test_refused_cells_are_told_with_their_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("Nom;05/10/2026;06/10/2026;Total\nBENALI Zoé;7;sept;7\nDupont;7;;\n", "utf-8")
    said = run("import", path)
    assert "row 2, column 3 (BENALI Zoé): “sept” is neither hours nor a code of absence." in said
    assert "row 3, column 2 (Dupont): “Dupont” is neither a name nor a staff number here." in said
    assert "left out: Total" in said
    assert "1 cell changes, 0 are so already, 2 refused" in said
    assert "Imported." in said
    assert "BENALI Zoé" in run("show")
    said = run("import", path, "--dry-run", language="fr")
    assert "0 case change, 1 l’est déjà, 2 refusées" in said


def test_a_month_is_closed_and_reopened(run: Run) -> None:
    said = run("close", "--dry-run")
    assert "KOWALCZYK Zoé (F0003): Days without hours or absence, 1 day from 7 Oct 2026" in said
    assert "BENALI Zoé (F0001): Month sheet missing" in said
    assert (
        "3 people: planned 392\u00a0h\u00a030, done 380\u00a0h\u00a030, absent 7\u00a0h\u00a000, gap −5\u00a0h\u00a000"
        in said
    )
    assert "lacks something in 4 places" in run("close", expect=2)
    assert "Closed." in run("close", "--note", "feuilles perdues")
    assert "was closed on 12 Nov 2026" in run("close", "--note", "x", expect=2)
    assert run("reopen", "--reason", "erreur").endswith("Reopened.\n")
    assert "is not closed" in run("reopen", "--reason", "erreur", expect=2)


def test_the_three_sides_are_matched(run: Run) -> None:
    said = run("match")
    assert "DELANNOY Zoé (F0002): −2.00\u00a0h, Complementary hours" in said
    assert "2 agree, 1 differs" in said
    assert "heures complémentaires" in run("match", language="fr").lower()


def test_variables_are_shown_written_and_sent(run: Run, tmp_path: Path) -> None:
    assert "Variables for payroll – October 2026" in run("variables")
    said = run("variables", "--csv", tmp_path / "v.csv", "--xlsx", tmp_path / "v.xlsx", "--send")
    assert said.count("written: ") == 2
    path = tmp_path / "one.csv"
    path.write_text("Nom;08/10/2026\nDELANNOY Zoé;CP\n", "utf-8")
    run("import", path)
    said = run("variables")
    assert "Changed since the sending of" in said
    assert "Paid leave, days" in said
    run("variables", "--pdf", tmp_path / "v.pdf")
    with Store.open(tmp_path / "a.ltu", clock=FixedClock(), operator="A.") as store:
        assert [entry.action for entry in store.entries() if entry.action == "variables.send"] == ["variables.send"]


def test_each_command_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("show", "export", "import", "close", "reopen", "match", "variables"):
        assert cli.main(["attendance", name, "--help"], clock=Clock()) == 0
        assert f"ltu-desktop attendance {name}" in capsys.readouterr().out
