"""Hours lists: a month's hours by person, added up as a control."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ltu_desktop.intake.hours import ABSENCES, read_hours
from ltu_desktop.intake.sheet_records import HoursList, HoursRow
from ltu_desktop.intake.tables import read_table
from ltu_desktop.rules.errors import Severity, UserError
from ltu_desktop.rules.packs import load
from ltu_desktop.rules.periods import Month
from tests.intake.sheets import Rows, as_csv, as_ods, as_xlsx

OCTOBER = Month(2026, 10)
FULL: Rows = [
    ["Matricule", "Nom", "Prénom", "Né le", "Mois", "Heures payées", "Brut", "Heures sup", "Heures comp", "CP", "Maladie",
     "Absence injustifiée", "Panier"],
    ["F0001", "Delannoy", "Zoé", date(2003, 1, 3), "octobre 2026", Decimal("104.00"), Decimal("1280.24"), None,
     Decimal("2.5"), Decimal(7), Decimal(0), None, "4"],
    [None, "Traoré", "Noël", date(1966, 4, 3), "2026-10", Decimal("158.17"), Decimal("1867.06"), Decimal("6.50"), None,
     None, None, Decimal("3.5"), None],
    ["F0002", None, None, None, date(2026, 9, 1), Decimal("-7.00"), Decimal("-86.17"), None, None, None, None, None, None],
]  # fmt: skip


def read(rows: Rows, month: Month | None = None) -> HoursList:
    return read_hours(read_table(as_csv(rows), "heures.csv"), month=month)


def codes(row: HoursRow) -> list[str]:
    return [problem.code for problem in row.problems]


@pytest.mark.parametrize("data", [as_csv(FULL), as_xlsx(FULL), as_ods(FULL)], ids=["csv", "xlsx", "ods"])
def test_a_whole_list_from_any_kind_of_file(data: bytes) -> None:
    hours = read_hours(read_table(data, "heures"))
    first, second, back = hours.rows
    assert told(first) == ("F0001", "Delannoy", "Zoé", date(2003, 1, 3), OCTOBER, Decimal("104.00"), Decimal("1280.24"))
    assert (first.complementary_hours, first.overtime_hours) == (Decimal("2.50"), None)
    assert first.absences == {"paid_leave": Decimal("7.00")}
    assert (second.staff_number, second.name, second.month, second.overtime_hours) == (
        "",
        "Traoré",
        OCTOBER,
        Decimal("6.50"),
    )
    assert second.absences == {"unjustified": Decimal("3.50")}
    assert (back.month, back.paid_hours, codes(back), back.refused) == (
        Month(2026, 9), Decimal("-7.00"), ["hours_negative"], False,
    )  # fmt: skip
    assert hours.paid_hours == Decimal("255.17")
    assert hours.unknown_columns == ("Panier",)


def told(row: HoursRow) -> tuple[object, ...]:
    return (row.staff_number, row.name, row.first_names, row.birth_date, row.month, row.paid_hours, row.gross_pay)


def test_the_absences_are_those_of_the_scheme() -> None:
    assert set(ABSENCES) == set(load("fr-tzcld").absences)


def test_the_month_may_be_told_for_the_whole_list() -> None:
    rows: Rows = [["Matricule", "Heures"], ["F1", Decimal("151.67")]]
    assert read(rows, OCTOBER).rows[0].month == OCTOBER
    with pytest.raises(UserError) as caught:
        read(rows)
    assert caught.value.code == "missing_column"
    # a month in the list comes first
    dated: Rows = [["Matricule", "Heures", "Mois"], ["F1", Decimal(10), "09/2026"], ["F2", Decimal(10), None]]
    assert [row.month for row in read(dated, OCTOBER).rows] == [Month(2026, 9), OCTOBER]


@pytest.mark.parametrize("heads", [["Matricule", "Mois"], ["Heures payées", "Mois"]])
def test_a_list_without_hours_or_names_is_refused(heads: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        read([heads, ["x", "y"]])
    assert caught.value.code == "missing_column"
    assert ", ".join(heads) in str(caught.value)


@pytest.mark.parametrize(
    ("month", "hours", "expected"),
    [
        ("octobre 2026", "", ["hours_missing"]),
        ("octobre 2026", "beaucoup", ["number_unreadable", "hours_missing"]),
        ("octobre 2026", "745", ["number_range", "hours_missing"]),
        ("", "10", ["month_missing"]),
        ("treize 2026", "10", ["month_impossible", "month_missing"]),
    ],
)
def test_rows_without_hours_or_month_are_refused(month: str, hours: str, expected: list[str]) -> None:
    (row,) = read([["Matricule", "Mois", "Heures payées"], ["F1", month, hours]]).rows
    assert (codes(row), row.refused, row.problems[0].target) == (expected, True, "F1")


def test_hours_and_minutes_and_thousandths() -> None:
    rows: Rows = [["Matricule", "Heures"], *([f"F{n}", text] for n, text in enumerate(("151 h 40", "151,670", "7:30")))]
    hours = read(rows, OCTOBER)
    assert [row.paid_hours for row in hours.rows] == [Decimal("151.67"), Decimal("151.67"), Decimal("7.50")]


def test_a_doubtful_amount_is_left_out() -> None:
    (row,) = read([["Matricule", "Heures", "Brut"], ["F1", "10", "1,773"]], OCTOBER).rows
    assert (row.gross_pay, codes(row), row.refused) == (None, ["number_doubtful"], False)


def test_totals_are_left_out_and_a_second_row_is_told() -> None:
    hours = read(
        [
            ["Matricule", "Nom", "Heures", "Contrat"],
            ["F1", "a", Decimal(10), "C1"],
            ["F1", "a", Decimal(20), "C2"],
            ["F1", "a", Decimal(10), "C1"],
            [None, "Total", Decimal(40), None],
        ],
        OCTOBER,
    )
    assert [codes(row) for row in hours.rows] == [[], [], ["same_month_twice"]]
    assert hours.paid_hours == Decimal("40.00")
    assert [(one.code, one.severity) for one in hours.problems] == [
        ("total_row", Severity.INFO),
        ("same_month_twice", Severity.WARNING),
    ]


def test_repeated_heads_are_left_out() -> None:
    hours = read([["Matricule", "Heures"], ["F1", Decimal(10)], ["MATRICULE", "HEURES"]], OCTOBER)
    assert len(hours.rows) == 1


def test_months_and_hours_in_cells_of_another_kind() -> None:
    rows: Rows = [
        ["Matricule", "Mois", "Heures"],
        ["F1", Decimal(202610), Decimal(10)],
        ["F2", Decimal(46311), Decimal(10)],
        ["F3", Decimal(12), Decimal(10)],
        ["F4", "-", date(2026, 10, 16)],
    ]
    for data in (as_xlsx(rows), as_ods(rows)):
        hours = read_hours(read_table(data, "l"), month=OCTOBER)
        assert [row.month for row in hours.rows] == [OCTOBER, OCTOBER, None, None]
        assert [codes(row) for row in hours.rows[2:]] == [
            ["month_impossible", "month_missing"],
            ["month_missing", "number_unreadable", "hours_missing"],
        ]


def test_a_row_of_nobody_is_refused() -> None:
    (row,) = read([["Matricule", "Nom", "Heures"], [None, None, Decimal(10)]], OCTOBER).rows
    assert (codes(row), row.refused) == (["no_identity"], True)


def test_one_name_in_one_cell() -> None:
    (row,) = read([["Salarié", "Heures"], ["DELANNOY Zoé", "10"]], OCTOBER).rows
    assert (row.name, row.first_names) == ("DELANNOY", "Zoé")
