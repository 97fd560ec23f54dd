"""The list of people: its columns are chosen and kept, and what it shows becomes a file."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ltu_desktop.window import dialogs
from ltu_desktop.window.memory import Memory
from ltu_desktop.window.people_list import OFF_AT_FIRST
from ltu_desktop.window.people_page import PeoplePage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    shown = month.go("people")
    assert isinstance(shown, PeoplePage)
    return shown


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen in the dialog."""
    made = tmp_path / "sortie"
    made.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: made)
    return made


def toggle(page: PeoplePage, head: str) -> None:
    menu = page.list.columns_menu()
    next(action for action in menu.actions() if action.text() == head).trigger()
    menu.deleteLater()


def heads(page: PeoplePage) -> list[str]:
    table, columns = page.list.table, page.list.model.columns
    return [column.head for at, column in enumerate(columns) if not table.isColumnHidden(at)]


def test_columns_are_taken_off_added_and_kept(page: PeoplePage, month: Desk) -> None:
    assert heads(page) == ["Matr.", "NOM Prénom", "Statut", "Site", "Activité", "h/sem.", "ETP", "Dossier"]
    toggle(page, "Activité")
    toggle(page, "Entrée")
    assert heads(page) == ["Matr.", "NOM Prénom", "Statut", "Site", "h/sem.", "ETP", "Entrée", "Dossier"]
    kept = Memory(month.folder).columns_off("people", OFF_AT_FIRST)
    assert kept == (OFF_AT_FIRST | {"activity"}) - {"entry"}
    toggle(page, "Activité")
    assert "Activité" in heads(page)


def test_columns_without_room_go_and_the_rest_is_never_cut(page: PeoplePage) -> None:
    for head in ("Entrée", "Sortie", "Payées"):
        toggle(page, head)
    table = page.list.table
    for width in (1200, 900, 700):
        table.resize(width, 400)
        table.fit()
        shown = [at for at in range(table.model().columnCount()) if not table.isColumnHidden(at)]
        assert sum(table.columnWidth(at) for at in shown) <= table.viewport().width()
        assert "NOM Prénom" in heads(page)


def test_the_shown_rows_go_into_a_workbook_in_their_order(page: PeoplePage, month: Desk, folder: Path) -> None:
    page.list.filters.status.choose("ppde")
    page.list.table.order_by("weekly_hours")
    toggle(page, "Entrée")
    page._export("xlsx")
    month.rest()
    [path] = folder.iterdir()
    assert path.name == "personnes-2026-10.xlsx"
    assert month.frame.toast.accessibleName().endswith(path.name)
    month.frame.toast.hide()
    book = openpyxl.load_workbook(path)
    first, *rows, total = list(book.active.iter_rows(values_only=True))
    assert list(first)[:3] == ["Matr.", "Nom", "Prénoms"]
    assert "Entrée" in first
    shown = page.list.model.rows()
    assert [row[0] for row in rows] == [each.staff_number for each in shown]
    at = list(first).index("ETP")
    assert [Decimal(str(row[at])) for row in rows] == [each.fte for each in shown]
    assert Decimal(str(round(total[at], 4))) == sum((each.fte for each in shown if each.fte is not None), Decimal(0))
    book.close()


def test_a_second_file_does_not_replace_the_first(page: PeoplePage, month: Desk, folder: Path) -> None:
    for _ in range(2):
        page._export("csv")
        month.rest()
    assert len(list(folder.iterdir())) == 2
    text = next(folder.iterdir()).read_text("utf-8-sig")
    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert len(rows) == 24 + 2
    assert rows[1][:3] == ["0011", "Adjaoud", "Lydia"]
    month.frame.toast.hide()


def test_ctrl_e_offers_the_kinds(page: PeoplePage, month: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def export(each: PeoplePage) -> None:
        asked.append(each)

    monkeypatch.setattr(PeoplePage, "export", export)
    month.go("people")
    QTest.keyClick(month.frame, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert asked == [page]
