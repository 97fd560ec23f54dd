"""Reports as files, read back: paper, workbook and CSV say what the report value says, and nothing is cut."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import pikepdf
import pytest
from openpyxl import load_workbook
from pikepdf.pdfa import validate_written

from ltu_desktop.documents import fonts
from ltu_desktop.documents.csv_file import table_rows
from ltu_desktop.documents.list_reports import MonthFte, fte, hours
from ltu_desktop.documents.pdfa import attached
from ltu_desktop.documents.report import Column, Kind, Role, Row, Section, Table, plain, written
from ltu_desktop.documents.reports import render
from ltu_desktop.documents.statement_report import statement
from ltu_desktop.queries.reports import PaidHours
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.worked import Worked
from ltu_desktop.words import LANGUAGES, Words
from tests.documents.pdf_reader import SPACES, Paper, Piece
from tests.documents.report_samples import ALL, AT, ISSUE, NIR, paper, report, year

PAPER_EDGE = 6.0
MARGIN = 12.0


def said(pieces: list[Piece]) -> str:
    return " ".join(piece.text.translate(SPACES) for piece in pieces)


# ---------------------------------------------------------------- paper


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["register", "hours"])
def test_every_row_of_a_list_stands_on_paper_whole(kind: str, language: str) -> None:
    words, read = Words(language), paper(kind, language)
    table = report(kind, language).tables[0]
    lines = [line for page in range(len(read.pages)) for line in read.lines(page)]
    place = 0
    for row in (*table.rows, *table.totals):
        texts = {
            column.key: written(cell, column, words).translate(SPACES)
            for cell, column in zip(row.cells, table.columns, strict=True)
        }
        wanted = "|".join(text for text in texts.values() if text)
        wrapped = wanted.replace(f"|{texts['name']}|", "|")  # a long name stands on two lines of small type
        place = next(index for index in range(place, len(lines)) if lines[index] in {wanted, wrapped}) + 1
        if lines[place - 1] != wanted:
            assert "|".join((lines[place - 2], lines[place])).replace("|", " ") == texts["name"]
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ALL)
def test_nothing_leaves_the_paper_or_falls_below_eight_points(kind: str, language: str) -> None:
    read = paper(kind, language)
    for page, pieces in zip(read.pdf.pages, read.pages, strict=True):
        width, height = (float(page.MediaBox[place]) * 25.4 / 72 for place in (2, 3))
        for piece in pieces:
            if piece.text in {"PROJET", "DRAFT"}:
                continue
            assert piece.size > fonts.SMALLEST - 0.01, piece
            assert piece.x >= MARGIN - 0.01, piece
            assert piece.right <= width - MARGIN + 0.7, piece
            assert 0 < piece.y < height - PAPER_EDGE, piece


@pytest.mark.parametrize("kind", ALL)
def test_no_two_texts_of_a_line_touch(kind: str) -> None:
    read = paper(kind)
    for page in range(len(read.pages)):
        for row in read.rows(page):
            line = [piece for piece in row if piece.text != "PROJET"]
            for left, right in pairwise(line):
                if abs(left.y - right.y) < 0.05:
                    assert right.x - left.right > -0.7, (left, right)  # a figure may lean into its padding


def test_heads_come_back_on_each_page_with_the_lines_it_holds() -> None:
    read = paper("register")
    count = len(read.pages)
    for page in range(count):
        text = read.text(page)
        assert "NOM Prénom" in text
        assert f"Page {page + 1}/{count}" in text
        assert "fabrique.ltu · Arrêté au 22/01/2027" in text
        assert "La Fabrique du Canal" in text
    rows = len(report("register").tables[0].rows)
    assert f"Lignes 26 à 55 sur {rows}" in read.text(1)
    assert f"{rows} personnes" in read.text(count - 1)
    assert NIR not in "".join(char for char in read.text() if char.isalnum())


def test_a_narrow_list_stands_upright_and_a_wide_one_lies() -> None:
    columns = (Column("name", "Nom"), Column("amount", "Montant", Kind.MONEY, unit="€"))
    rows = tuple(Row((f"Nom {index}", Decimal(index))) for index in range(1, 91))
    table = Table("t", columns, rows, (Row(("Total", Decimal(4095)), Role.GRAND),), notes=("Une note.",) * 3)
    narrow = replace(report("register"), sections=(Section("s", "", tables=(table,)),))
    read = Paper(render(narrow, "pdf", Words("fr")))
    assert float(read.pdf.pages[0].MediaBox[2]) < float(read.pdf.pages[0].MediaBox[3])
    assert len(read.pages) == 3
    assert "Lignes 41 à 85 sur 90" in read.text(1)
    assert "Total" in read.text(2)
    assert float(paper("hours").pdf.pages[0].MediaBox[2]) > float(paper("hours").pdf.pages[0].MediaBox[3])


def test_the_totals_never_stand_alone() -> None:
    columns = (Column("name", "Nom"), Column("amount", "Montant", Kind.MONEY, unit="€"))
    for count in range(38, 45):
        rows = tuple(Row((f"Nom {index}", Decimal(index))) for index in range(1, count + 1))
        table = Table("t", columns, rows, (Row(("Somme", Decimal(0)), Role.GRAND),))
        read = Paper(
            render(replace(report("register"), sections=(Section("s", "", tables=(table,)),)), "pdf", Words("fr"))
        )
        last = read.text(len(read.pages) - 1)
        assert "Somme" in last
        assert f"Nom {count - 1}\n" in last


def test_a_month_without_hours_is_a_dash_on_paper_and_no_figure_in_files() -> None:
    words = Words("fr")
    someone = PaidHours("F0001", "CAMARA Awa", "0001", "ppde", {10: (Decimal("104.00"), Decimal("0.00"))})
    table = hours(2026, [someone], ISSUE, words).table("hours")
    september, october = table.index("m09"), table.index("m10")
    for row in (*table.rows, *table.totals):
        assert written(row.cells[september], table.columns[september], words) == "–"
        assert written(row.cells[october], table.columns[october], words) == "104,00"
    assert table_rows(table, words)[1][september] == ""


def test_figures_of_two_thousand_people_still_fit() -> None:
    last = paper("many hours").lines(len(paper("many hours").pages) - 1)
    assert any("303 340,00" in line and "3 640 080,00" in line for line in last)


def test_texts_give_way_before_figures_are_cut() -> None:
    columns = (
        Column("name", "Nom"),
        Column("job", "Emploi"),
        *(Column(f"m{index}", "Un montant", Kind.MONEY, unit="€") for index in range(12)),
        Column("remark", "Remarque"),
    )
    amounts = (Decimal("1234567.89"),) * 12
    long = "Un texte très long qui n’en finit pas de se dire"
    table = Table("t", columns, (Row((long, long, *amounts, long)),))
    read = Paper(
        render(replace(report("register"), sections=(Section("s", "Titre", tables=(table,)),)), "pdf", Words("fr"))
    )
    assert said(read.pages[0]).count("1 234 567,89") == 12
    assert "Un texte très" in said(read.pages[0])


def test_many_small_tables_flow_over_the_pages_with_their_titles() -> None:
    columns = (Column("name", "Nom"), Column("amount", "Un long montant", Kind.MONEY, unit="€", group="Groupe"))
    note = "Une note qui dit ce que l’on ne voit pas. " * 20
    sections = tuple(
        Section(
            f"s{number}",
            f"Partie {number}",
            tables=(
                Table(
                    f"t{number}",
                    columns,
                    tuple(Row((f"Nom {number}.{row}", Decimal(row))) for row in range(1, 2 + number)),
                    title=f"Table {number}",
                    notes=(note,),
                ),
            ),
        )
        for number in range(1, 24)
    )
    read = Paper(render(replace(report("register"), sections=sections), "pdf", Words("fr")))
    places: dict[str, int] = {}
    for page in range(len(read.pages)):
        for line in read.lines(page):
            places.setdefault(line.split("|")[0], page)
    for number in range(1, 24):  # a title stands with its table
        assert places[f"Partie {number}"] == places[f"Table {number}"] == places[f"Nom {number}.1"]
        assert f"Nom {number}.{number + 1}" in places


def test_grouped_heads_stand_above_their_columns() -> None:
    words = Words("fr")
    month = Worked(100, 8, Decimal("14000.00"), Decimal("1200.00"), Decimal("151.67"), Decimal("0.10"), Decimal(105))
    told = fte(2026, [MonthFte(Month(2026, 1), Decimal(90), Decimal(8), month, month, Decimal(105))], ISSUE, words)
    read = Paper(render(told, "pdf", words))
    assert any(
        line.startswith("Personnes payées|ETP contractuels|ETP travaillés|Depuis janvier") for line in read.lines(0)
    )
    assert said(read.pages[0]).count("Part autres") == 2


def test_another_scheme_names_its_own_reference() -> None:
    assert year().grant is not None
    sure = replace(year(), reference="department_share", grant=replace(year().grant, provisional=False))  # type: ignore[type-var]
    told = statement(sure, ISSUE, Words("en"))
    assert told.table("months").columns[1].head == "Department’s share"
    assert "provisional" not in str(told.table("grant").rows[-1].cells[1])
    assert not any("Start-up" in warning for warning in told.warnings)
    assert statement(replace(sure, reference=""), ISSUE, Words("en")).table("months").columns[1].head == ""


def test_figures_without_a_text_beside_them_keep_together() -> None:
    columns = (Column("a", "A", Kind.COUNT), Column("b", "B", Kind.COUNT))
    table = Table("t", columns, (Row((1, 2)),))
    read = Paper(render(replace(report("register"), sections=(Section("s", "", tables=(table,)),)), "pdf", Words("fr")))
    row = next(row for row in read.rows(0) if [piece.text for piece in row] == ["1", "2"])
    assert row[1].x - row[0].x < 25


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ALL)
def test_every_report_is_an_archive_file(kind: str, language: str) -> None:
    data = paper(kind, language).data
    found = validate_written(io.BytesIO(data), "3b")
    assert found.verdict == "pass", [str(each) for each in found.findings]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = report(kind, language)
        assert str(pdf.docinfo["/Title"]) == f"{told.title} – {told.period_text} – La Fabrique du Canal"
        assert str(pdf.Root.Lang) == {"fr": "fr-FR", "en": "en-GB"}[language]
        with pdf.open_outline() as outline:
            assert outline.root[0].title == told.title


def test_the_same_report_gives_the_same_bytes() -> None:
    for kind in ("pdf", "xlsx", "csv"):
        first, second = (render(report("statement"), kind, Words("fr"), at=AT) for _ in range(2))
        assert first == second


# ---------------------------------------------------------------- the statement's first page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["statement", "three parts"])
def test_the_statement_is_one_page_with_every_figure(kind: str, language: str) -> None:
    words, told, read = Words(language), report(kind, language), paper(kind, language)
    text = said(read.pages[0])
    table = told.table("months")
    lines = [said([piece for piece in row if piece.text not in {"PROJET", "DRAFT"}]) for row in read.rows(0)]
    for row in (*table.rows, *table.totals):
        figures = [
            written(cell, column, words).translate(SPACES)
            for cell, column in zip(row.cells[:-1], table.columns[:-1], strict=True)
        ]
        wanted = " ".join(text for text in figures if text)
        assert any(line.startswith(wanted) for line in lines), wanted
    for key in ("balance", "ceiling", "others", "grant"):
        for row in (*told.table(key).rows, *told.table(key).totals):
            assert str(plain(row.cells[0])).translate(SPACES) in text
            assert written(row.cells[1], told.table(key).columns[1], words).translate(SPACES) in text
    assert kind == "three parts" or "…" not in text  # there only a remark may be cut
    for box in told.section("signatures").boxes:
        assert box.title.translate(SPACES) in text
    assert said(read.pages[1]).count(words.text("Notes")) >= 1


def test_notes_and_pieces_follow_on_their_own_pages() -> None:
    read = paper("long statement")
    assert len(read.pages) == 6
    text = read.text()
    for note in report("long statement").section("notes").notes:
        assert note.translate(SPACES) in " ".join(text.split("\n"))
    assert "0101-0101-0101" in read.text(1)
    assert "Notes · Pièces justificatives" in read.text(1)
    assert "Lignes 1 à 25 sur 90" in read.text(2)
    assert "Lignes 86 à 90 sur 90" in read.text(5)


def test_a_draft_says_so_on_each_page() -> None:
    read = paper("statement")
    assert all(any(piece.text == "PROJET" for piece in page) for page in read.pages)
    assert "1 mois sans demande" in read.text(0)
    final = replace(report("statement"), draft=False, warnings=())
    assert "PROJET" not in Paper(render(final, "pdf", Words("fr"))).text()
    silent = replace(report("statement"), warnings=())
    assert "Projet : ne pas envoyer" in Paper(render(silent, "pdf", Words("fr"))).text()


def test_without_notes_and_pieces_there_is_one_page() -> None:
    told = report("bare statement")
    sections = tuple(
        Section(section.key, section.title) if section.key in {"notes", "pieces"} else section
        for section in told.sections
    )
    assert len(Paper(render(replace(told, sections=sections), "pdf", Words("fr"))).pages) == 1
    assert "Aucune demande n’est scellée pour cette année." in paper("bare statement").text(1)


def test_the_statement_carries_its_workbook() -> None:
    files = attached(paper("statement").data)
    assert list(files) == ["releve-cde-2026-v1-projet.xlsx"]
    assert files["releve-cde-2026-v1-projet.xlsx"] == render(report("statement"), "xlsx", Words("fr"), at=AT)


# ---------------------------------------------------------------- workbook and CSV


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["register", "hours", "statement"])
def test_the_workbook_holds_every_cell_typed(kind: str, language: str) -> None:
    told = report(kind, language)
    book = load_workbook(io.BytesIO(render(told, "xlsx", Words(language), at=AT)))
    sheets = book.worksheets[:-1]
    assert len(sheets) == len(told.tables)
    for sheet, table in zip(sheets, told.tables, strict=True):
        found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for row, values in zip((*table.rows, *table.totals), found, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                held = plain(cell)
                if isinstance(held, Decimal):
                    assert Decimal(str(value)) == held
                elif isinstance(held, date):
                    assert isinstance(value, datetime)
                    assert value.date() == held
                else:
                    assert value == held or (value is None and held == "")
    assert len({sheet.title for sheet in book.worksheets}) == len(book.worksheets)
    about = [row[0].value for row in book.worksheets[-1].iter_rows()]
    assert told.subtitle in about
    assert book.properties.title == f"{told.title} – {told.period_text}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["register", "statement", "nobody"])
def test_the_csv_holds_every_row(kind: str, language: str) -> None:
    told = report(kind, language)
    data = render(told, "csv", Words(language))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";" if language == "fr" else ","))
    place = 0
    for table in told.tables:
        first = next(column for column in table.columns if not column.group)
        place = next(
            index
            for index in range(place, len(lines))
            if len(lines[index]) == len(table.columns) and first.label in lines[index]
        )
        for offset, row in enumerate((*table.rows, *table.totals), 1):
            line = lines[place + offset]
            for cell, text in zip(row.cells, line, strict=True):
                held = plain(cell)
                if isinstance(held, Decimal) and "%" not in text:
                    assert Decimal(text.replace(",", ".")) == held
                elif isinstance(held, int):
                    assert text == str(held)
        place += 1
    assert [told.subtitle] in lines
    if kind == "nobody":
        assert [told.tables[0].empty] in lines


def test_an_unknown_kind_of_file_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        render(report("register"), "docx", Words("fr"))
