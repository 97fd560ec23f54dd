"""Blocks of attendance as spreadsheets give them: whose row and which day each cell is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ltu_desktop.intake.attendance_block import Block, read_grid, read_text
from ltu_desktop.intake.sheet_records import Cell
from ltu_desktop.rules.periods import Month

OCTOBER = Month(2026, 10)


def read(*rows: str) -> Block:
    """Read rows whose cells are parted by bars."""
    return read_text("\r\n".join(row.replace("|", "\t") for row in rows), OCTOBER)


def said(block: Block) -> list[tuple[str, str, str]]:
    return [(" ".join(cell.who), cell.day.isoformat() if cell.day else "", cell.text) for cell in block.cells]


def test_bare_cells_keep_their_place() -> None:
    block = read("7|7:30|CP", "", "|4 CP|-")
    assert (block.named, block.dated) == (False, False)
    assert [(cell.row, cell.column, cell.place, cell.offset, cell.text) for cell in block.cells] == [
        (1, 1, 0, 0, "7"),
        (1, 2, 0, 1, "7:30"),
        (1, 3, 0, 2, "CP"),
        (3, 2, 1, 1, "4 CP"),
    ]


def test_hours_that_count_up_are_no_head() -> None:
    assert [cell.text for cell in read("1|2|3", "4|5|6").cells] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    "head",
    [
        "|05/10/2026|06/10/2026",
        "|2026-10-05|2026-10-06 00:00:00",
        "|lun. 05/10/26|mar. 06/10/26",
        "|5/10|6/10",
        "|5.10.2026|6.10.2026",
        "|L 5|M 6",
        "|lun. 5|mar. 6",
        "|5|6",
    ],
)
def test_people_at_the_left_and_days_above(head: str) -> None:
    block = read("Présences d’octobre 2026", head, "BENALI Nadia|7|CP", "COUSIN Mickaël||3,5")
    assert (block.named, block.dated) == (True, True)
    assert said(block) == [
        ("BENALI Nadia", "2026-10-05", "7"),
        ("BENALI Nadia", "2026-10-06", "CP"),
        ("COUSIN Mickaël", "2026-10-06", "3,5"),
    ]


def test_numbers_names_weekly_hours_and_totals_around_the_days() -> None:
    block = read("Matricule|Nom|h/sem.|1|2|Prévu|Fait", "F0001|BENALI|35|7|7|14|14", "|Total|35|7|7|14|14")
    assert said(block)[:2] == [("F0001 BENALI 35", "2026-10-01", "7"), ("F0001 BENALI 35", "2026-10-02", "7")]
    assert block.ignored == ("Total", "Prévu", "Fait")
    assert len(block.cells) == 2


def test_names_without_days_and_days_without_names() -> None:
    block = read("F0001|BENALI Nadia|7|8", "F0002|COUSIN Mickaël|6|CP")
    assert (block.named, block.dated) == (True, False)
    assert [(cell.place, cell.offset, cell.text) for cell in block.cells] == [
        (0, 0, "7"),
        (0, 1, "8"),
        (1, 0, "6"),
        (1, 1, "CP"),
    ]
    block = read("05/10/2026|06/10/2026", "7|8")
    assert (block.named, block.dated) == (False, True)
    assert said(block) == [("", "2026-10-05", "7"), ("", "2026-10-06", "8")]


def test_a_year_that_is_not_said_is_the_nearest() -> None:
    assert [cell.day for cell in read_text("\t31/12\t1/1\nA B\t7\t7", Month(2026, 1)).cells] == [
        date(2025, 12, 31),
        date(2026, 1, 1),
    ]
    assert [cell.day for cell in read_text("\t31/12\t1/1\nA B\t7\t7", Month(2026, 12)).cells] == [
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]


def test_days_that_cannot_be_are_no_days() -> None:
    block = read_text("\t30\t31\nBENALI Nadia\t7\t7", Month(2026, 11))
    assert [cell.day for cell in block.cells] == [date(2026, 11, 30)]
    assert block.ignored == ("31",)
    assert read("|31/02/2026|5|x", "BENALI|7|7|7").dated is False
    assert read("|Nr 1|Nr 2", "BENALI|7|7").dated is False
    assert read("|5|9", "BENALI|7|7").dated is False


def test_a_single_date_is_a_head_when_something_stands_below() -> None:
    assert said(read("|05/10/2026", "BENALI|7")) == [("BENALI", "2026-10-05", "7")]
    assert read("05/10/2026").dated is False


def test_a_list_with_a_row_for_each_person_and_day() -> None:
    block = read(
        "Feuilles d’octobre",
        "Matricule|Nom|Date|Heures|Code|Activité|Remarque",
        "F0001|BENALI|05/10/2026|7||MAR|",
        "F0001|BENALI|06/10/2026||CP||vu",
        "F0001|BENALI|07/10/2026|4|CP||",
        "F0001|BENALI|08/10/2026||||",
        "F0001|BENALI",
    )
    assert said(block) == [
        ("F0001 BENALI", "2026-10-05", "7"),
        ("F0001 BENALI", "2026-10-06", "CP"),
        ("F0001 BENALI", "2026-10-07", "4 CP"),
    ]
    assert [cell.activity for cell in block.cells] == ["MAR", "", ""]
    assert block.ignored == ("Remarque",)
    assert said(read("Person|Day|Done", "Benali|5/10|7:30")) == [("Benali", "2026-10-05", "7:30")]


def test_what_a_spreadsheet_makes_of_cells() -> None:
    assert [cell.text for cell in read("7:30:00|'7|\u2013|'").cells] == ["7:30", "7", "'"]
    assert [cell.text for cell in read('"7\n"|8').cells] == ["7", "8"]
    rows: list[tuple[int, tuple[Cell, ...]]] = [
        (3, (None, date(2026, 10, 5), date(2026, 10, 6))),
        (4, ("BENALI", Decimal("7.50"), Decimal(7))),
    ]
    block = read_grid(rows, OCTOBER)
    assert [(cell.row, cell.column, cell.text) for cell in block.cells] == [(4, 2, "7.50"), (4, 3, "7")]


def test_nothing_is_nothing() -> None:
    assert read_text("", OCTOBER) == Block((), named=False, dated=False)
