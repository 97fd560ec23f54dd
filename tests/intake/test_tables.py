"""Tables are read alike from CSV, Excel and LibreOffice, or refused with a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.sheet_records import Sheet
from ltu_desktop.intake.tables import cell_text, read_table
from ltu_desktop.rules.errors import UserError
from tests.intake.sheets import Rows, Value, as_csv, as_ods, as_xlsx, ods, ods_of

LIST: Rows = [
    ["Matricule", "Nom", "Prénom", "Naissance", "Heures"],
    ["F0001", "Delannoy", "Zoé", date(2003, 1, 3), Decimal("104.5")],
    ["F0002", 'Cœur; "l\'ami"', "Jean", None, Decimal("151.67")],
    [None, None, None, None, None],
    ["F0003", "Müller", None, date(1987, 7, 28), None],
]


MORNING = datetime.fromisoformat("2026-10-16T08:30")


def cells(sheet: Sheet) -> list[tuple[object, ...]]:
    return [row.cells for row in sheet.rows]


def refusal(data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read_table(data, "liste")
    assert caught.value.mend
    return caught.value


@pytest.mark.parametrize("data", [as_xlsx(LIST), as_ods(LIST)], ids=["xlsx", "ods"])
def test_workbooks_keep_numbers_and_dates(data: bytes) -> None:
    sheet = read_table(data, "liste")
    assert sheet.heads == ("Matricule", "Nom", "Prénom", "Naissance", "Heures")
    assert cells(sheet) == [
        ("F0001", "Delannoy", "Zoé", date(2003, 1, 3), Decimal("104.5")),
        ("F0002", 'Cœur; "l\'ami"', "Jean", None, Decimal("151.67")),
        ("F0003", "Müller", None, date(1987, 7, 28), None),
    ]
    assert [row.number for row in sheet.rows] == [2, 3, 5]
    assert sheet.head_row == 1
    assert all(isinstance(cell, str | Decimal | date | None) for row in sheet.rows for cell in row.cells)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_separator_and_alphabet(delimiter: str, encoding: str) -> None:
    sheet = read_table(as_csv(LIST, delimiter, encoding), "liste")
    assert sheet.kind == "csv"
    assert cells(sheet)[0] == ("F0001", "Delannoy", "Zoé", "03/01/2003", "104,5")
    assert cells(sheet)[1][1] == 'Cœur; "l\'ami"'
    assert [row.number for row in sheet.rows] == [2, 3, 5]


def test_the_separator_that_excel_names_is_followed() -> None:
    sheet = read_table(b"sep=;\r\nMatricule;Nom,Prenom\r\nF1;a,b\r\n", "liste")
    assert (sheet.heads, cells(sheet), sheet.rows[0].number) == (("Matricule", "Nom,Prenom"), [("F1", "a,b")], 3)


def test_a_value_on_two_lines_is_one_value() -> None:
    sheet = read_table(b'Matricule;Nom\r\nF1;"De\nLa Fontaine"\r\nF2;x\r\n', "liste")
    assert cells(sheet) == [("F1", "De\nLa Fontaine"), ("F2", "x")]
    assert [row.number for row in sheet.rows] == [2, 3]


def test_an_open_quotation_mark_is_refused_rather_than_swallowing_rows() -> None:
    error = refusal(b'Matricule;Nom\r\nF1;"De La\r\nF2;x\r\nF3;y\r\n')
    assert error.code == "broken_table"


def test_titles_above_the_heads_are_skipped() -> None:
    titled: Rows = [
        ["La Fabrique Fictive", None, "Édité le", date(2026, 11, 1)],
        [None],
        ["Liste du personnel", "au 31/10/2026"],
        *LIST,
    ]
    for data in (as_csv(titled), as_xlsx(titled), as_ods(titled)):
        sheet = read_table(data, "liste")
        assert (sheet.head_row, sheet.heads[:2], sheet.rows[0].number) == (4, ("Matricule", "Nom"), 5)


def test_heads_of_no_known_name_are_the_first_row_of_texts() -> None:
    sheet = read_table(as_csv([["Titre"], ["colA", "colB"], ["1", "2"]]), "liste")
    assert (sheet.heads, sheet.head_row) == (("colA", "colB"), 2)


def test_columns_of_one_name_or_none_can_be_told_apart() -> None:
    sheet = read_table(as_csv([["Nom", "Nom", None, "Nom", "Matricule"], ["a", "b", "c", "d", "e", "f"]]), "liste")
    assert sheet.heads == ("Nom", "Nom (2)", "[C]", "Nom (3)", "Matricule", "[F]")
    assert cells(sheet) == [("a", "b", "c", "d", "e", "f")]


def test_the_sheet_with_the_list_is_found_and_the_others_named() -> None:
    notes: Rows = [["Notes", "diverses"], ["x", "y"]]
    sheet = read_table(as_xlsx(notes, "Notes", {"Personnel": LIST, "Vide": []}), "liste")
    assert sheet.tab == "Personnel"
    assert [(one.code, one.params) for one in sheet.problems] == [("other_tab", {"tab": "Notes", "read": "Personnel"})]


def test_hidden_sheets_are_not_read() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(as_xlsx([["x", "y"]], "Vu", {"Caché": LIST})))
    book["Caché"].sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    assert read_table(target.getvalue(), "liste").tab == "Vu"


def test_other_cells_of_excel() -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["Matricule", "a", "b", "c", "d", "e", "f"])
    sheet.append([147, True, 0.1 + 0.2, timedelta(hours=151, minutes=40), MORNING, time(7, 30), 1e20])
    target = io.BytesIO()
    book.save(target)
    (row,) = read_table(target.getvalue(), "liste").rows
    assert row.cells == (
        Decimal(147), "oui", Decimal("0.3"), "151:40", date(2026, 10, 16), "7:30", Decimal("1e20"),
    )  # fmt: skip


def test_dates_that_excel_writes_as_iso_are_dates() -> None:
    from openpyxl import Workbook

    book = Workbook(iso_dates=True)
    book.active.append(["Matricule", "Nom"])
    book.active.append([date(2026, 10, 16), MORNING])
    target = io.BytesIO()
    book.save(target)
    assert cells(read_table(target.getvalue(), "liste")) == [(date(2026, 10, 16), date(2026, 10, 16))]


def test_sheets_that_are_all_hidden_hold_no_list() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(as_xlsx(LIST, "Caché")))
    book["Caché"].sheet_state = "hidden"
    target = io.BytesIO()
    # openpyxl will not save a workbook without a visible sheet
    book.create_sheet("Vide")
    book.save(target)
    assert refusal(target.getvalue()).code == "no_heads"


def test_letters_of_no_windows_alphabet_are_read_as_iso() -> None:
    sheet = read_table(b"Matricule;Nom\nF1;A\x81\xe9\n", "liste")
    assert cells(sheet) == [("F1", "A\x81é")]


def test_excel_cells_beyond_measure_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ltu_desktop.intake.workbooks._MOST_CELLS", 10)
    assert refusal(as_xlsx(LIST)).code == "table_too_big"
    assert refusal(as_ods(LIST)).code == "table_too_big"
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="99"/>'
    assert refusal(ods(f"{row}</table:table-row>")).code == "unreadable_table"


ODS_CELLS = """
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row>
 <table:table-cell office:value-type="string"><text:p>Matricule</text:p></table:table-cell>
 <table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="2">
 <table:table-cell office:value-type="float" office:value="0.30000000000000004"><text:p>0,3</text:p></table:table-cell>
 <table:covered-table-cell/>
 <table:table-cell office:value-type="string"><office:annotation><text:p>remarque</text:p></office:annotation>
  <text:p>De<text:s text:c="2"/>La<text:tab/>F<text:span>ontaine<text:line-break/></text:span>!</text:p><text:p>fin</text:p></table:table-cell>
 <table:table-cell office:value-type="time" office:time-value="PT151H40M00S"><text:p>151:40</text:p></table:table-cell>
 <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VRAI</text:p></table:table-cell>
 <table:table-cell office:value-type="currency" office:value="12.31" table:number-columns-repeated="2"/>
 <table:table-cell table:number-columns-repeated="1000"/>
</table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
"""


def test_other_cells_of_libreoffice() -> None:
    sheet = read_table(ods(ODS_CELLS), "liste")
    text = "De  La\tFontaine\n!\nfin"
    row = (Decimal("0.3"), None, text, "151:40", "oui", Decimal("12.31"), Decimal("12.31"))
    assert cells(sheet) == [row, row]
    assert (sheet.head_row, [one.number for one in sheet.rows]) == (3, [4, 5])


def test_odd_elements_of_libreoffice_are_passed_over() -> None:
    odd = ODS_CELLS.replace("<table:covered-table-cell/>", "<table:covered-table-cell/><text:soft-page-break/>")
    long = odd.replace('office:value="0.30000000000000004"', 'office:value="1234567890.1234567"')
    assert cells(read_table(ods(odd), "l")) == cells(read_table(ods(ODS_CELLS), "l"))
    assert cells(read_table(ods(long), "l"))[0][0] == Decimal("1234567890.12346")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_table"),
        (b"%PDF-1.7", "not_a_table"),
        (b"S10.G00.00.001,'PaieLibre'\r\nS21.G00.30.001,'1'", "not_a_table"),
        (as_xlsx(LIST)[:-200], "unreadable_table"),
        (as_xlsx(LIST)[:400] + b"\x00" * 400 + as_xlsx(LIST)[800:], "unreadable_table"),
        (as_ods(LIST)[:-200], "unreadable_table"),
        (ods("<broken"), "unreadable_table"),
        (ods('<!DOCTYPE a [<!ENTITY b "c">]>'), "unreadable_table"),
        (ods('<table:table-row><table:table-cell office:value-type="float" office:value="NaN"/></table:table-row>'), "unreadable_table"),
        (ods('<table:table-row><table:table-cell office:value-type="float" office:value="x"/></table:table-row>'), "unreadable_table"),
        (ods(ODS_CELLS.replace('rows-repeated="2">\n <table:table-cell office', 'rows-repeated="999999999">\n <table:table-cell office')), "table_too_big"),
        (ods(ODS_CELLS, manifest="<manifest><encryption-data/></manifest>"), "locked_table"),
        (as_xlsx([]), "no_heads"),
        (b"un mot\r\n", "no_heads"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_an_entity_bomb_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
    )
    assert refusal(ods_of(bomb)).code == "unreadable_table"


def test_an_archive_that_unpacks_to_gigabytes_is_refused() -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(301):
            part.write(bytes(1_000_000))
    assert refusal(target.getvalue()).code == "table_too_big"


@pytest.mark.parametrize(
    ("cell", "text"),
    [(Decimal(147), "147"), (Decimal(1870159571880), "1870159571880"), (Decimal("12.50"), "12.5"), (None, ""),
     (Decimal("1E+3"), "1000"), (date(2026, 10, 16), "2026-10-16"), (" a ", "a")],
)  # fmt: skip
def test_cells_as_text(cell: Value, text: str) -> None:
    assert cell_text(cell) == text


words = st.text("abcé;,\t'\"|\nà 1", min_size=1, max_size=8).filter(lambda text: text.strip() and text.strip() == text)
values = st.one_of(
    st.none(), words, st.decimals(-99_999, 99_999, places=2), st.dates(date(1901, 1, 1), date(2099, 12, 31))
)


@settings(max_examples=30)
@given(st.lists(st.lists(values, min_size=3, max_size=3), max_size=4))
def test_any_list_is_the_same_in_excel_and_libreoffice(rows: list[list[Value]]) -> None:
    whole: list[list[Value]] = [["Matricule", "Nom", "Statut"], *rows]
    excel, libre = read_table(as_xlsx(whole), "l"), read_table(as_ods(whole), "l")
    kept = [tuple(row) for row in whole[1:] if any(value is not None for value in row)]
    assert cells(excel) == kept
    assert cells(libre) == kept


@settings(max_examples=60)
@given(
    rows=st.lists(st.lists(words, min_size=3, max_size=3), min_size=1, max_size=5),
    delimiter=st.sampled_from([";", "\t"]),
    encoding=st.sampled_from(["utf-8-sig", "cp1252", "utf-16"]),
)
def test_any_list_of_texts_is_read_back_from_csv(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    sheet = read_table(as_csv([["Matricule", "Nom", "Statut"], *rows], delimiter, encoding), "l")
    assert sheet.heads == ("Matricule", "Nom", "Statut")
    assert cells(sheet) == [tuple(row) for row in rows]
