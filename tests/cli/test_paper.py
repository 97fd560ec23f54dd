"""Printed for the sites by command line: the PDF bears who works there, and no more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ltu_desktop import cli
from ltu_desktop.store import tables as t
from tests.actions.ground_world import ground, october
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., str]


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Ali (F0002) works at the mill and Zoé (F0001) at La Halle in the week of 5 October; nobody in the next."""
    world = ground(tmp_path / "a.ltu")
    world.update(t.person, world.people["F0002"], first_names="Ali")
    with world.store.read() as connection:
        [mill] = connection.execute(t.site.select()).scalars()
    world.update(t.site, mill, code="MO", name="Le Moulin")
    hall = world.insert(t.site, code="HA", name="La Halle")
    world.update(t.person, world.people["F0001"], site_id=hall)
    world.update(t.person, world.people["F0002"], site_id=mill)
    shop = world.insert(t.activity, code="EPI", name="Épicerie", site_id=hall)
    field = world.insert(t.activity, code="MAR", name="Maraîchage", site_id=mill)
    world.shift("F0001", october(5), shop, 510, 990, 60)
    world.shift("F0002", october(6), field, 510, 990, 60)
    world.type("F0002", october(6), "5:15", field)
    world.close()

    def command(*words: str | Path, expect: int = 0, language: str = "en") -> str:
        store = ["--store", str(tmp_path / "a.ltu"), "--language", language]
        code = cli.main([*map(str, words), *store], clock=Clock())
        out, err = capsys.readouterr()
        assert code == expect, err
        assert "Traceback" not in err
        return out + err

    return command


def read(path: Path) -> tuple[str, int]:
    found = Paper(path.read_bytes())
    return found.text(), len(found.pages)


def test_the_wall_has_a_sheet_for_each_site(run: Run, tmp_path: Path) -> None:
    both, one = tmp_path / "both.pdf", tmp_path / "one.pdf"
    assert run("plan", "wall", "--week", "2026-W41", "--pdf", both) == f"written: {both}\n"
    text, pages = read(both)
    assert pages == 2
    assert "Ali" in text
    assert "Zoé" in text
    run("plan", "wall", "--week", "2026-10-09", "--site", "la halle", "--a4", "--pdf", one)
    text, pages = read(one)
    assert pages == 1
    assert "Zoé" in text
    assert "Ali" not in text


def test_only_an_activity_is_printed(run: Run, tmp_path: Path) -> None:
    for kind in ("wall", "slips"):
        out = tmp_path / f"{kind}.pdf"
        run("plan", kind, "--week", "2026-W41", "--activity", "epicerie", "--pdf", out)
        text, pages = read(out)
        assert pages == 1
        assert "Zoé" in text
        assert "Ali" not in text
    sheets = tmp_path / "sheets.pdf"
    run("attendance", "sheets", "--period", "2026-10", "--activity", "MAR", "--pdf", sheets)
    text, pages = read(sheets)
    assert pages == 1
    assert "F0002" in text
    said = run(
        "plan",
        "wall",
        "--week",
        "2026-W41",
        "--activity",
        "Nord",
        "--pdf",
        tmp_path / "no.pdf",
        expect=2,
        language="fr",
    )
    assert (
        "Il n’y a pas d’activité «\u00a0Nord\u00a0». Les activités sont\u00a0: Épicerie (EPI), Maraîchage (MAR)."
        in said
    )
    assert not (tmp_path / "no.pdf").exists()


def test_a_slip_for_each_who_works(run: Run, tmp_path: Path) -> None:
    run("plan", "slips", "--week", "2026-W41", "--pdf", tmp_path, language="fr")
    text, pages = read(tmp_path / "fiches-semaine-2026-s41.pdf")
    assert pages == 2
    assert "Ali" in text
    assert "Zoé" in text
    run("plan", "slips", "--week", "2026-W41", "--two-up", "--pdf", tmp_path / "two.pdf")
    assert read(tmp_path / "two.pdf")[1] == 1
    run("plan", "slips", "--week", "2026-W41", "--site", "MO", "--pdf", tmp_path / "mo.pdf")
    text, pages = read(tmp_path / "mo.pdf")
    assert pages == 1
    assert "Zoé" not in text


def test_month_sheets_blank_or_as_the_month_was(run: Run, tmp_path: Path) -> None:
    blank, filled, hall = (tmp_path / f"{name}.pdf" for name in ("blank", "filled", "hall"))
    month = ("attendance", "sheets", "--period", "2026-10")
    run(*month, "--pdf", blank, language="fr")
    run(*month, "--filled", "--pdf", filled, language="fr")
    run(*month, "--site", "HA", "--pdf", hall)
    assert (read(blank)[1], read(filled)[1], read(hall)[1]) == (3, 3, 1)
    assert "F0002" in read(blank)[0]
    done = "5,25"
    assert done in read(filled)[0]
    assert done not in read(blank)[0]
    assert "F0002" not in read(hall)[0]


def test_nothing_to_print_is_said_and_nothing_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    for kind in ("wall", "slips"):
        said = run("plan", kind, "--week", "2026-W42", "--pdf", out, expect=2)
        assert "Nobody is planned in the week of 12 Oct 2026. Plan the week first" in said
        said = run("plan", kind, "--week", "2026-W60", "--pdf", out, expect=2)
        assert "“2026-W60” is not a week" in said
    said = run("plan", "wall", "--week", "2026-W41", "--site", "Nord", "--pdf", out, expect=2)
    assert "There is no site “Nord”. The sites are: La Halle (HA), Le Moulin (MO)." in said
    said = run("attendance", "sheets", "--period", "2010-01", "--pdf", out, expect=2, language="fr")
    assert "janvier 2010" in said
    assert not out.exists()
