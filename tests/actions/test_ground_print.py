"""What goes out on paper, from the file: who, where, when; and never why somebody is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import ground_print as out
from ltu_desktop.actions import paper, planning
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.words import Words
from tests.actions.ground_world import Ground, ground
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MONDAY = date(2026, 10, 19)
OCTOBER = Month(2026, 10)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    made.employer()
    made.update(t.person, made.people["F0002"], first_names="Ali")
    made.update(t.person, made.people["F0003"], name="Kowalczyk", first_names="")
    yield made
    made.close()


@pytest.fixture
def places(world: Ground) -> tuple[bytes, bytes]:
    """Le Moulin, where F0001 and F0002 are at home, and La Halle."""
    with world.store.read() as connection:
        [mill] = connection.execute(t.site.select()).scalars()
    hall = world.insert(t.site, code="HA", name="La Halle")
    for number in ("F0001", "F0002"):
        world.update(t.person, world.people[number], site_id=mill)
    return mill, hall


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        call()
    for language in ("fr", "en"):
        assert "{" not in Words(language).error(error.value)
    return error.value.code


def plan(
    world: Ground, number: str, at: int, activity: bytes, site: bytes | None = None, start: int = 510, end: int = 990
) -> None:
    pause = 60 if end - start > 360 else 0
    planning.add_shift(
        world.ctx, world.people[number], MONDAY + timedelta(days=at), activity, start, end, pause=pause, site_id=site
    )


def test_a_wall_for_each_site(world: Ground, places: tuple[bytes, bytes]) -> None:
    mill, hall = places
    garden = world.insert(t.activity, code="MAR", name="Maraîchage", site_id=mill)
    for at in range(4):
        plan(world, "F0001", at, garden)
    plan(world, "F0002", 0, garden)
    plan(world, "F0002", 1, garden, hall)
    plan(world, "F0003", 5, garden, hall)
    world.insert(
        t.absence_day, person_id=world.people["F0001"], day=MONDAY, kind="sick_unpaid", minutes=420, part="day"
    )
    printed = out.wall(world.ctx, MONDAY)
    found = Paper(printed.data)
    assert printed.name == "planning-2026-s43.pdf"
    assert len(found.pages) == 2
    second, first = found.text(0), found.text(1)  # by code of the site
    assert "Le Moulin" in first
    assert "→ La Halle" in first
    assert first.count("Maraîchage") == 4  # F0001 from Tuesday on, F0002 on Monday
    assert "Samedi 24" in second
    assert "Samedi 24" not in first
    assert "KOWALCZYK" in second
    assert "sick" not in first.lower()
    one = out.wall(world.ctx, MONDAY, activity_id=garden, a4=True)
    assert one.name == "planning-2026-s43-maraichage.pdf"
    assert "Maraîchage" in Paper(one.data).text(0)
    assert out.wall(world.ctx, MONDAY, site_id=hall).name == "planning-2026-s43-la-halle.pdf"
    assert refused(lambda: out.wall(world.ctx, date(2026, 1, 5))) == "no_plan"


def test_a_house_of_one_place_has_one_wall(world: Ground) -> None:
    for key in [row["id"] for row in world.rows(t.site)]:
        world.delete(t.site, key)
    plan(world, "F0001", 0, world.activity("MAR", "Maraîchage"))
    found = Paper(out.wall(world.ctx, MONDAY).data)
    assert "La Fabrique du Canal" in found.text(0)


def test_slips_are_for_those_who_work(world: Ground, places: tuple[bytes, bytes]) -> None:
    garden = world.insert(t.activity, code="MAR", name="Maraîchage, jardins", site_id=places[0])
    for at in range(4):
        plan(world, "F0001", at, garden)
    plan(world, "F0003", 2, garden)
    world.insert(t.absence_day, person_id=world.people["F0001"], day=MONDAY, kind="maternity", minutes=420, part="day")
    out.set_contact(world.ctx, " Nadia ", "03 53 01  00 17")
    assert phrase(Words("en"), world.store.entries()[0]) == "set who to call on slips and wall plans"
    out.set_contact(world.ctx, "Nadia", "03 53 01 00 18")
    printed = out.slips(world.ctx, MONDAY)
    found = Paper(printed.data)
    assert printed.name == "fiches-semaine-2026-s43.pdf"
    assert len(found.pages) == 2
    text = found.text(0)
    assert text.startswith("Ma semaine") or "Zoé" in text
    assert text.count("Pas de travail") == 2  # away on Monday, free on Friday: the same words
    assert "Cette semaine : 21 heures" in text
    assert "Un problème ? J’appelle Nadia." in text
    assert "03 53 01 00 18" in text
    assert "KOWALCZYK" in found.text(1)
    assert len(Paper(out.slips(world.ctx, MONDAY, people=[world.people["F0001"]], two_up=True).data).pages) == 1
    assert refused(lambda: out.slips(world.ctx, MONDAY, people=[])) == "no_plan"


def test_month_sheets_have_the_screens_rows(world: Ground, places: tuple[bytes, bytes]) -> None:
    garden = world.insert(t.activity, code="MAR", name="Maraîchage", site_id=places[0])
    world.set_terms("F0002", activity_id=garden)
    plan(world, "F0001", 0, garden)
    world.type("F0001", MONDAY, "7", garden)
    world.type("F0001", date(2026, 10, 5), "MAL")
    world.type("F0001", date(2026, 10, 6), "CP")
    printed = out.month_sheets(world.ctx, OCTOBER, filled=True)
    found = Paper(printed.data)
    assert printed.name == "feuilles-presence-2026-10.pdf"
    assert len(found.pages) == 3
    lines = found.lines(0)
    assert "lun.|19|Maraîchage|7 h 00|8 h 30 – 16 h 30|pause 1 h|7 h 00" in lines
    assert "lun.|5|7 h 00|0 h 00|−7 h 00|AB" in lines
    assert "mar.|6|7 h 00|0 h 00|−7 h 00|CP" in lines
    assert any(line.startswith("Fait 7,00 h + AB 7,00 h + CP 7,00 h.") for line in lines)
    assert "MAL" not in found.text()
    assert "lun.|5|Maraîchage|6 h 00" in [
        line.removesuffix("|0 h 00|−6 h 00") for line in found.lines(1)
    ]  # by her pattern
    blank = out.month_sheets(world.ctx, OCTOBER, people=[world.people["F0001"]])
    assert blank.name == "feuilles-presence-2026-10-f0001.pdf"
    assert "lun.|5|7 h 00" in Paper(blank.data).lines(0)


def test_a_holiday_is_said_on_blank_sheets_too(world: Ground) -> None:
    found = Paper(out.month_sheets(world.ctx, Month(2026, 11), people=[world.people["F0001"]], filled=True).data)
    assert "mer.|11|JF" in found.lines(0)
    assert any("JF 7,00 h" in line for line in found.lines(0))


def test_the_documents_have_their_own_language(world: Ground) -> None:
    paper.set_language(world.ctx, "en")
    text = Paper(out.month_sheets(world.ctx, OCTOBER).data).text(0)
    assert "Attendance sheet" in text
    assert refused(lambda: out.month_sheets(world.ctx, OCTOBER, people=[])) == "no_sheet"


def test_without_an_employer_the_file_gives_the_name(tmp_path: Path) -> None:
    world = ground(tmp_path / "fabrique.ltu")
    assert "fabrique ·" in Paper(out.month_sheets(world.ctx, OCTOBER).data).text(0)
    world.close()
