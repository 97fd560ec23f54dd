"""Lists of shifts as people keep them: heads in both languages, times and breaks in many writings."""

from __future__ import annotations

from datetime import date

import pytest

from ltu_desktop.intake.plan_list import PlanLine, PlanList, read_plan
from ltu_desktop.intake.sheet_records import Cell


def read(*rows: str) -> PlanList:
    cells: list[tuple[int, tuple[Cell, ...]]] = [
        (number, tuple(cell or None for cell in row.split("|"))) for number, row in enumerate(rows, 1)
    ]
    return read_plan(cells)


def line(row: str) -> PlanLine:
    [found] = read("Matricule|Date|Début|Fin|Pause|Activité|Site", row).lines
    return found


def test_a_list_with_titles_above_and_columns_beside() -> None:
    found = read(
        "Planning",
        "Nom|Prénom|Jour|De|À|Pause (min)|Activité|Lieu|Couleur",
        "BENALI|Zoé|05/10/2026|8:30|12h|15|MAR|MO|vert",
        "|",
    )
    assert found.ignored == ("Couleur",)
    [only] = found.lines
    assert (only.row, only.who, only.day, only.start, only.end, only.pause) == (
        3,
        ("BENALI", "Zoé"),
        date(2026, 10, 5),
        510,
        720,
        15,
    )
    assert (only.activity, only.site) == ("MAR", "MO")
    assert only.text.startswith("BENALI · Zoé · 05/10/2026")
    assert read("Person|Day|Start|End|Activity", "Benali|2026-10-05|8.5|12|MAR").lines[0].start == 510


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("", 0),
        ("30", 30),
        ("60", 60),
        ("0:45", 45),
        ("1", 60),
        ("0,5", 30),
        ("45 min", 45),
        ("20mn", 20),
        ("oui", None),
    ],
)
def test_breaks(text: str, pause: int | None) -> None:
    assert line(f"F1|05/10/2026|8:30|16:30|{text}|MAR").pause == pause


def test_what_cannot_be_read_is_none_and_kept_as_text() -> None:
    found = line("F1|demain|huit|CP||MAR")
    assert (found.day, found.start, found.end, found.site) == (None, None, None, "")
    assert found.text == "F1 · demain · huit · CP · MAR"


def test_an_end_before_the_start_is_on_the_next_day() -> None:
    assert line("F1|05/10/2026|22:00|2:00||MAR").end == 1560
    assert line("F1|05/10/2026|8:00|24:00||MAR").end == 1440


def test_other_tables_are_no_plan() -> None:
    assert read("Nom|Prix", "Pain|2") == PlanList(known=False)
    assert read() == PlanList(known=False)
    assert read("Nom|Date|Début|Fin|Activité").lines == ()
