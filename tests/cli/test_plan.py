"""Plans by command line: shown, written, taken in, written as calendars."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop import cli
from tests.actions.ground_world import ground, october

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., str]

SPAN = ("--from", "2026-10-05", "--to", "2026-10-11")


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    world = ground(tmp_path / "a.ltu")
    field = world.activity("MAR", "Maraîchage")
    world.shift("F0001", october(5), field, 510, 990, 60)
    world.close()

    def command(*words: str | Path, expect: int = 0) -> str:
        arguments = [*map(str, words), "--store", str(tmp_path / "a.ltu"), "--language", "en"]
        code = cli.main(["plan", *arguments], clock=Clock())
        out, err = capsys.readouterr()
        assert code == expect, err
        assert "Traceback" not in err
        return out + err

    return command


def test_a_plan_is_shown_and_written(run: Run, tmp_path: Path) -> None:
    said = run("show", *SPAN)
    assert "from 5 Oct 2026 to 11 Oct 2026" in said
    assert "BENALI Zoé" in said
    assert "written: " in run("show", *SPAN, "--csv", tmp_path / "p.csv")
    assert (tmp_path / "p.csv").exists()
    assert "before it starts" in run("show", "--from", "2026-10-11", "--to", "2026-10-05", expect=2)


def test_a_list_is_told_then_taken_in(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "Nom;Date;Début;Fin;Activité;Couleur\nDELANNOY Zoé;06/10/2026;9:00;13:00;MAR;vert\nDupont;06/10/2026;9:00;13:00;MAR;\n",
        "utf-8",
    )
    said = run("import", path, "--dry-run")
    assert "1 shift to add, 0 are so already, 1 refused" in said
    assert "Nothing was changed." in said
    assert (
        "row 3 (Dupont · 06/10/2026 · 9:00 · 13:00 · MAR): “Dupont” is neither a name nor a staff number here." in said
    )
    assert "left out: Couleur" in said
    assert "Imported." in run("import", path)
    assert "0 shifts to add, 1 is so already, 1 refused" in run("import", path, "--dry-run")
    path.write_text(path.read_text("utf-8").replace("13:00", "12:30"), "utf-8")
    assert "0 shifts to add, 1 to change, 0 are so already, 1 refused" in run("import", path, "--dry-run")


def test_calendars_are_written(run: Run, tmp_path: Path) -> None:
    run("ical", *SPAN, "--out", tmp_path / "calendars")
    assert [path.name for path in (tmp_path / "calendars").iterdir()] == ["planning-f0001.ics"]
    assert "Nothing is planned" in run(
        "ical", "--from", "2027-01-01", "--to", "2027-01-02", "--out", tmp_path, expect=2
    )
