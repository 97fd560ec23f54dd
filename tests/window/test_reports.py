"""The reports page: choose, narrow, order; what is written and printed is what stands on screen."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest

from ltu_desktop.store.file import Store
from ltu_desktop.window import dialogs
from ltu_desktop.window.preview_page import PreviewPage
from ltu_desktop.window.reports_page import ReportsPage
from ltu_desktop.words import Words
from tests.claim_world import FixedClock
from tests.window.conftest import Desk, Make


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def page(month: Desk) -> ReportsPage:
    found = month.go("reports")
    assert isinstance(found, ReportsPage)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the system's dialog gives."""
    made = tmp_path / "rapports"
    made.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: made)
    return made


def names(page: ReportsPage) -> list[str]:
    return column(page, "name")


def column(page: ReportsPage, code: str) -> list[str]:
    model = page.table.rows_model
    at = next(at for at, each in enumerate(model.columns) if each.code == code)
    return [model.columns[at].cell(line).text for line in model.rows()]


def plain(text: str) -> str:
    return text.replace("\u202f", "").replace("\u00a0", " ")


def pdf_text(data: bytes) -> str:
    """Read a PDF's text, page after page."""
    document = QPdfDocument()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return plain(" ".join(document.getAllText(page).text() for page in range(document.pageCount())))


def on_screen(page: ReportsPage) -> list[list[str]]:
    """Every cell, then the totals' figures, as they are read."""
    model = page.table.rows_model
    return [[plain(each.cell(line).text) for each in model.columns] for line in model.rows()]


def test_the_register_of_the_month_s_last_day_is_shown_first(page: ReportsPage) -> None:
    assert page.head.title.text() == "Registre du personnel"
    assert page.head.context.text() == "Personnes employées le\u00a031/10/2026"
    assert page.day.text() == "31/10/2026"
    assert len(names(page)) == 24
    (total,) = page.with_totals.totals.texts()
    assert total.name == "24 personnes"
    assert plain(total.values["weekly"]) == "702,00"
    assert page.notes.labels[0].text().startswith("ETP")


def test_arrows_choose_a_report_and_the_focus_stays_in_the_list(page: ReportsPage, month: Desk) -> None:
    item = page.list.items["register"]
    assert item.hasFocus()
    QTest.keyClick(item, Qt.Key.Key_Down)
    month.rest()
    assert page.kind == "fte"
    assert page.list.items["fte"].hasFocus()
    assert column(page, "month")[-1] == "Octobre"
    assert {name for name, _ in page.table.spans()} >= {"ETP travaillés"}
    QTest.keyClick(page.list.items["fte"], Qt.Key.Key_Down)
    month.rest()
    assert page.head.title.text() == "Heures de paie par mois"
    QTest.keyClick(page.list.items["hours"], Qt.Key.Key_Up)
    QTest.keyClick(page.list.items["fte"], Qt.Key.Key_Up)
    QTest.keyClick(page.list.items["register"], Qt.Key.Key_Up)
    month.rest()
    assert page.kind == "register"
    assert page.report.value == "register"


def test_a_day_is_typed(page: ReportsPage, month: Desk) -> None:
    page.day.setFocus()
    page.day.selectAll()
    QTest.keyClicks(page.day, "31/12/2021")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    month.rest()
    assert page.head.context.text() == "Personnes employées le\u00a031/12/2021"
    assert 0 < len(names(page)) < 24
    page.day.selectAll()
    QTest.keyClicks(page.day, "31/13/2021")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    month.rest()
    assert page.day.property("wrong")
    assert page.day.text() == "31/13/2021"
    assert page.count.text() == "Indiquez un jour, par exemple 31/10/2026."
    month.frame.commands.do("month.next")
    month.rest()
    assert page.day.text() == "30/11/2026"
    assert not page.day.property("wrong")


def test_another_year_is_another_report(page: ReportsPage, month: Desk) -> None:
    page.choose("hours")
    month.rest()
    assert len(column(page, "total")) >= 24
    month.frame.desk.set_month(month.frame.desk.month.plus(-12))
    month.rest()
    assert page.year.value == 2025
    assert page.body.currentWidget() is page.empty
    assert page.empty.said.text() == Words("fr").text("No payroll is read for this year.")
    assert not month.frame.commands.on("reports.export")
    page.year.choose(2026)
    month.rest()
    assert page.body.currentWidget() is page.with_totals
    assert month.frame.commands.on("reports.export")
    page.choose("register")
    page.period.choose("year")
    month.rest()
    assert page.head.context.text() == "Personnes employées du 01/01/2026 au 31/12/2026"


def test_filter_and_order_hold_in_rows_totals_and_notes(page: ReportsPage, month: Desk) -> None:
    before = names(page)
    page.status.choose("Autre")
    month.rest()
    assert 0 < len(names(page)) < 24
    assert set(column(page, "status")) == {"Autre"}
    assert page.head.context.text().endswith("· Statut\u00a0: Autre")
    assert page.notes.labels[0].text() == f"Liste filtrée\u00a0: {len(names(page))} lignes sur 24."
    (total,) = page.with_totals.totals.texts()
    assert total.name == f"{len(names(page))} personnes"
    page.status.choose("")
    page.order.choose("name")
    month.rest()
    assert names(page)[0] == "ADJAOUD Lydia"
    assert names(page)[-1] == "ZEROUAL Inès"
    assert names(page) != before
    assert sorted(names(page)) == sorted(before)
    assert column(page, "number") == [str(each) for each in range(1, 25)]


def test_files_are_what_is_on_screen(page: ReportsPage, month: Desk, folder: Path) -> None:
    page.status.choose("PPDE")
    page.order.choose("name")
    month.rest()
    page.files.write(("pdf", "xlsx", "csv"))
    month.rest()
    names_of = {path.suffix: path for path in folder.iterdir()}
    assert set(names_of) == {".pdf", ".xlsx", ".csv"}
    said = month.frame.toast.accessibleName()
    assert str(folder) in said
    assert names_of[".csv"].name in said
    month.frame.toast.hide()
    screen = on_screen(page)
    heads = [each.head for each in page.table.rows_model.columns]
    lines = list(csv.reader(io.StringIO(names_of[".csv"].read_text("utf-8-sig")), delimiter=";"))
    written = lines[1 : len(screen) + 1]
    assert [line[:-1] for line in written] == [line[:-1] for line in screen]
    fte = [f"{float(line[-1].replace(',', '.')):.2f}".replace(".", ",") for line in written]
    assert fte == column(page, "fte")  # four decimals in files, two on screen
    assert len(lines[0]) == len(heads)
    sheet = load_workbook(names_of[".xlsx"]).worksheets[0]
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    first = next(at for at, line in enumerate(cells) if line[2] == names(page)[0])
    assert [line[2] for line in cells[first : first + len(screen)]] == names(page)
    weekly = [f"{float(line[-2]):.2f}".replace(".", ",") for line in cells[first : first + len(screen)]]
    assert weekly == column(page, "weekly")
    text = pdf_text(names_of[".pdf"].read_bytes())
    places = [text.find(plain(name)) for name in names(page)]
    assert -1 not in places
    assert places == sorted(places)


def test_a_second_export_overwrites_nothing(page: ReportsPage, month: Desk, folder: Path) -> None:
    for _ in range(2):
        page.files.write(("csv",))
        month.rest()
    month.frame.toast.hide()
    assert len(list(folder.iterdir())) == 2


def test_the_preview_draws_what_is_shown_and_leads_back(page: ReportsPage, month: Desk) -> None:
    page.status.choose("Autre")
    month.rest()
    shown = names(page)
    QTest.keyClick(month.frame, Qt.Key.Key_F9)
    month.rest()
    preview = month.frame.page
    assert isinstance(preview, PreviewPage)
    assert preview.head.title.text() == "Registre du personnel"
    text = pdf_text(preview.data)
    assert [name for name in shown if plain(name) not in text] == []
    assert "AMRANI" not in text
    assert month.frame.commands.on("reports.print")
    assert not month.frame.commands.on("claim.print")
    QTest.keyClick(month.frame, Qt.Key.Key_Escape)
    month.rest()
    assert month.frame.page is page
    assert names(page) == shown


def test_the_statement_has_its_parts(page: ReportsPage, month: Desk, folder: Path) -> None:
    page.choose("statement")
    month.rest()
    assert column(page, "month")[0] == "Janvier"
    assert len(column(page, "month")) == 13
    (total,) = page.with_totals.totals.texts()
    assert total.name == "Année 2026"
    assert column(page, "remark")[-1] == "Respectée, voir C"
    assert dict(page.part._options)["others"] == "C · Règle des 10 %"
    page.part.choose("balance")
    assert column(page, "label")[0].startswith("Dû")
    page.files.write(("xlsx",))
    month.rest()
    month.frame.toast.hide()
    (path,) = folder.iterdir()
    assert len(load_workbook(path).worksheets) > 4


def test_an_empty_file_says_so(make_window: Make) -> None:
    window = make_window()
    path = window.folder / "vide.ltu"
    Store.create(path, clock=FixedClock(), operator="x").close()
    window.open(path)
    page = window.go("reports")
    assert isinstance(page, ReportsPage)
    assert page.empty.said.text() == "Personne n’est employé à cette date."
    for kind in ("fte", "hours"):
        page.choose(kind)
        window.rest()
        assert page.body.currentWidget() is page.empty
        assert not window.frame.commands.on("reports.preview")


def test_a_narrow_window_has_the_list_as_a_choice(make_window: Make, open_month: Path) -> None:
    window = make_window(size=(1093, 614))
    window.open(open_month)
    page = window.go("reports")
    assert isinstance(page, ReportsPage)
    assert not page.list.isVisible()
    page.report.choose("hours")
    window.rest()
    assert page.kind == "hours"
    assert "Total" not in page.table.left_out()
    window.frame.resize(911, 512)
    window.rest()
    out = page.table.left_out()
    assert {"Oct.", "Matr.", "NOM Prénom", "Statut"}.isdisjoint(out)
    assert "Janv." in out, "months without an hour go before anything else"


def test_what_is_remarked_on_a_month_stays_before_its_hours_and_fte(make_window: Make, open_month: Path) -> None:
    window = make_window(size=(1093, 614))
    window.open(open_month)
    page = window.go("reports")
    assert isinstance(page, ReportsPage)
    page.report.choose("statement")
    window.rest()
    assert "Sans demande" in column(page, "remark")
    codes = [each.code for each in page.table.rows_model.columns]
    least = {at: 220 if code == "remark" else 80 for at, code in enumerate(codes)}
    whole = sum(page.table.padded(least, list(least)).values())
    yielding = ["reference", "fte", "hours"]
    for lacking, gone in ((0, 0), (80, 1), (160, 2), (161, 3), (400, 3)):
        shown = page.table.having_room(least, whole - lacking)
        assert {code for at, code in enumerate(codes) if at not in shown} == set(yielding[:gone])


def test_the_day_follows_the_month_only_when_it_changes(page: ReportsPage, month: Desk) -> None:
    page.day.setText("01/06/2026")
    page.day.editingFinished.emit()
    month.rest()
    month.go("people")
    month.go("reports")
    assert page.day.text() == "01/06/2026"
    assert page._day == date(2026, 6, 1)
