"""Lists as workbooks: typed cells, heads that can be read in again, widths that fit."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ltu_desktop.documents.report import Cell, Column, Kind
from ltu_desktop.documents.tables import lines_of, number_format, to_xlsx
from ltu_desktop.documents.xlsx import Book, Properties, column_letter, sheet_title
from ltu_desktop.words import Words

FRENCH = Words("fr")
STAFF = (
    Column("id", "Matricule", Kind.CODE),
    Column("name", "Nom"),
    Column("first", "Prénom"),
    Column("birth", "Date de naissance", Kind.DATE),
    Column("nir", "NIR", Kind.CODE),
    Column("hours", "Durée hebdomadaire", Kind.HOURS, unit="h"),
    Column("count", "Lignes", Kind.COUNT),
)
ROW = ("0042", "D’Hondt", "Zoé", date(1990, 2, 28), "190025935000142", Decimal("28.50"), 3)


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def test_a_staff_list_keeps_its_types() -> None:
    book = opened(to_xlsx("Salariés : octobre/2026", STAFF, [ROW, (None,) * 7], FRENCH))
    assert book.sheetnames == ["Salariés octobre 2026"]
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["Matricule", "Nom", "Prénom", "Date de naissance", "NIR", "Durée hebdomadaire h", "Lignes"]
    values = [cell.value for cell in sheet[2]]
    assert values == ["0042", "D’Hondt", "Zoé", datetime(1990, 2, 28), "190025935000142", 28.5, 3]  # noqa: DTZ001
    assert [cell.value for cell in sheet[3]] == [None] * 7
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:G3", "$1:$1")
    assert (sheet["A2"].number_format, sheet["D2"].number_format) == ("@", "dd/mm/yyyy")
    assert not book.properties.creator


def test_totals_stand_below_the_filter() -> None:
    total = (None, "Total", None, None, None, Decimal("28.50"), 3)
    sheet = opened(to_xlsx("Liste", STAFF, [ROW], FRENCH, totals=[total])).active
    assert sheet.auto_filter.ref == "A1:G2"
    assert [sheet["B3"].value, sheet["F3"].value] == ["Total", 28.5]
    assert sheet["F3"].font.bold


def test_a_wide_list_lies_down_and_an_empty_one_is_a_row_of_heads() -> None:
    wide = [Column(str(index), "Une colonne") for index in range(14)]
    assert opened(to_xlsx("Large", wide, [], FRENCH)).active.page_setup.orientation == "landscape"
    sheet = opened(to_xlsx("Vide", STAFF[:2], [], FRENCH)).active
    assert (sheet.page_setup.orientation, sheet.auto_filter.ref, sheet.max_row) == ("portrait", None, 1)


def test_equal_lists_give_equal_bytes() -> None:
    assert to_xlsx("L", STAFF, [ROW], FRENCH) == to_xlsx("L", STAFF, [ROW], FRENCH)
    later = to_xlsx("L", STAFF, [ROW], FRENCH, at=datetime(2026, 11, 12, 10, 42))  # noqa: DTZ001
    assert opened(later).properties.modified == datetime(2026, 11, 12, 10, 42)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (Column("a", "", Kind.MONEY), None, "#,##0.00"),
        (Column("a", "", Kind.MONEY, sign=True), None, "+#,##0.00;\\-#,##0.00;#,##0.00"),
        (Column("a", "", Kind.HOURS, dash=True), None, '#,##0.00;\\-#,##0.00;"–"'),
        (Column("a", "", Kind.FTE, decimals=4), None, "0.0000"),
        (Column("a", "", Kind.PERCENT), None, "0.00\\ %"),
        (Column("a", ""), Cell(Decimal("12.31"), Kind.MONEY, "€"), '#,##0.00\\ "€"'),
        (Column("a", ""), Cell(Decimal("151.67"), Kind.HOURS), '#,##0.00\\ "h"'),
        (Column("a", ""), Cell(Decimal(36), Kind.FTE, "ETP"), '0.00\\ "ETP"'),
        (Column("a", ""), Cell(Decimal(24), Kind.WEEKLY), '0.00\\ "h"'),
        (Column("a", ""), Cell(Decimal(3), Kind.NUMBER, "", 0), "#,##0"),
    ],
)
def test_formats_are_those_of_the_file_format(column: Column, cell: Cell | None, code: str) -> None:
    assert number_format(column, FRENCH, cell) == code


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=30),
            st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=2)),
            st.one_of(st.none(), st.dates(date(1900, 3, 1), date(2200, 12, 31))),
        ),
        max_size=5,
    )
)
def test_what_goes_in_comes_out(rows: list[tuple[str, Decimal | None, date | None]]) -> None:
    columns = (Column("t", "Texte"), Column("m", "Montant", Kind.MONEY), Column("d", "Jour", Kind.DATE))
    sheet = opened(to_xlsx("L", columns, rows, FRENCH)).active
    for number, (text, amount, day) in enumerate(rows, 2):
        said = sheet.cell(number, 1)
        kept = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if is_xml(sign))
        assert (said.value or "") == kept
        assert said.data_type != "f"
        found = sheet.cell(number, 2).value
        assert (None if found is None else Decimal(repr(found))) == amount
        day_found = sheet.cell(number, 3).value
        assert (day_found.date() if isinstance(day_found, datetime) else day_found) == day


def is_xml(sign: str) -> bool:
    return sign in "\t\n" or (
        ord(sign) >= 0x20 and not 0xD800 <= ord(sign) <= 0xDFFF and ord(sign) not in {0xFFFE, 0xFFFF}
    )


def test_columns_sheets_and_lines() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert sheet_title("'[a]:*?/\\b'") == "a b"
    assert sheet_title("''") == "1"
    assert len(sheet_title("x" * 99)) == 31
    assert lines_of("un deux trois", 6) == 3
    assert lines_of("", 6) == 1


def test_another_openpyxl_is_noticed() -> None:
    from ltu_desktop.documents import xlsx

    book = Book()
    book.sheet("A", [8]).row([("x", 0)])
    about = Properties("", "", "", "fr", datetime(2026, 1, 1), "x")  # noqa: DTZ001
    assert book.save(about)
    with pytest.raises(RuntimeError, match="openpyxl"):
        xlsx._filled(b"<worksheet/>", book.sheets[0])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_our_staff_list_is_read_in_again_as_it_was(kind: str) -> None:
    from ltu_desktop.documents.tables import to_csv
    from ltu_desktop.intake.staff import read_staff
    from ltu_desktop.intake.tables import read_table

    columns = (
        Column("id", "Matricule", Kind.CODE),
        Column("name", "Nom"),
        Column("first", "Prénom"),
        Column("birth", "Date de naissance", Kind.DATE),
        Column("status", "Statut"),
        Column("site", "Site"),
        Column("activity", "Activité"),
        Column("entry", "Entrée", Kind.DATE),
        Column("hours", "Durée hebdomadaire", Kind.HOURS),
    )
    rows = [
        (
            "F0128",
            "Delannoy",
            "Zoé",
            date(1990, 2, 28),
            "PPDE",
            "Le Moulin",
            "Épicerie",
            date(2024, 3, 4),
            Decimal("24.5"),
        ),
        ("0042", "D’Hondt", "Œdipe", None, "Autre", "La Halle", "Accueil", date(2021, 7, 1), Decimal("35.00")),
    ]
    content = to_xlsx("Salariés", columns, rows, FRENCH) if kind == "xlsx" else to_csv(columns, rows, FRENCH)
    found = read_staff(read_table(content, f"personnel.{kind}"))
    assert [row.staff_number for row in found.rows] == ["F0128", "0042"]
    assert [(row.name, row.first_names) for row in found.rows] == [("Delannoy", "Zoé"), ("D’Hondt", "Œdipe")]
    assert [row.birth_date for row in found.rows] == [date(1990, 2, 28), None]
    assert [row.status for row in found.rows] == ["ppde", "other"]
    assert [row.weekly_hours for row in found.rows] == [Decimal("24.5"), Decimal(35)]
