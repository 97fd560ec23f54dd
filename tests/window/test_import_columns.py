"""An unknown bank's table: its columns are chosen by hand with its rows in sight, and remembered for the next file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from ltu_desktop.queries.payments import payments
from ltu_desktop.window.import_page import ImportPage

if TYPE_CHECKING:
    from tests.window.conftest import Desk

STRANGE = """Quand;Quoi;Combien;De qui
04/11/2026;VIR CDE 09/2026;1812,20;FONDS ETCLD
05/11/2026;VIR CDE 08/2026;412,00;COMMUNE
"""


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def page(month: Desk) -> ImportPage:
    shown = month.go("import", "bank")
    assert isinstance(shown, ImportPage)
    return shown


def write(month: Desk, name: str, text: str) -> Path:
    path = month.folder / name
    path.write_text(text, "utf-8")
    return path


def choose(page: ImportPage, name: str, head: str) -> None:
    combo = page.columns.fields[name].widget
    assert isinstance(combo, QComboBox)
    place = combo.findData(head)
    assert place >= 0, head
    combo.setCurrentIndex(place)


def test_columns_that_nobody_knows_are_chosen_by_hand_and_remembered(page: ImportPage, month: Desk) -> None:
    page.read(write(month, "banque.csv", STRANGE))
    month.rest()
    assert page.columns.isVisible()
    assert month.frame.trouble.text == "", "it is no error: a question"
    assert page.columns.table is not None
    shown = [each[1] for each in page.columns.table.rows_model.rows()]
    assert shown[0][:2] == ("04/11/2026", "VIR CDE 09/2026")
    assert QApplication.focusWidget() is page.columns.first()
    QTest.mouseClick(page.columns.button, Qt.MouseButton.LeftButton)
    assert page.columns.fields["bank.date"].is_wrong()
    assert page.columns.fields["bank.amount"].is_wrong()
    for name, head in (("bank.date", "Quand"), ("bank.amount", "Quand"), ("bank.label", "Quoi")):
        choose(page, name, head)
    QTest.mouseClick(page.columns.button, Qt.MouseButton.LeftButton)
    assert page.columns.fields["bank.amount"].is_wrong(), "one column is not two things"
    choose(page, "bank.amount", "Combien")
    choose(page, "bank.payer", "De qui")
    QTest.mouseClick(page.columns.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.plan is not None
    assert not page.columns.isVisible()
    assert [(each.name, each.state) for each in page.plan.rows] == [("FONDS ETCLD", "new"), ("COMMUNE", "new")]
    month.frame.commands.do("import.apply")
    month.rest()
    store = month.frame.desk.store
    assert store is not None
    with store.read() as connection:
        rows = payments(connection)
    assert sorted((each.amount, each.payer) for each in rows) == [
        (Decimal("412.00"), "COMMUNE"),
        (Decimal("1812.20"), "FONDS ETCLD"),
    ]
    again = month.go("import", "bank")
    assert isinstance(again, ImportPage)
    again.read(write(month, "banque-2.csv", STRANGE.replace("04/11", "24/11").replace("1812,20", "77,00")))
    month.rest()
    assert not again.columns.isVisible(), "the bank's columns are known now"
    assert again.plan is not None
    first = again.plan.rows[0]
    assert (first.name, first.state) == ("FONDS ETCLD", "new")
    month.frame.toast.hide()


def test_columns_that_were_understood_can_be_chosen_again(page: ImportPage, month: Desk) -> None:
    page.read(write(month, "banque.csv", "Date;Libellé;Montant;Donneur\n04/11/2026;VIR;12,00;FONDS\n"))
    month.rest()
    assert page.plan is not None
    assert page.columns_button.isVisible()
    month.frame.commands.do("import.columns")
    month.rest()
    assert page.columns.mapping()["bank.amount"] == "Montant"
    choose(page, "bank.payer", "Donneur")
    QTest.mouseClick(page.columns.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert [each.name for each in page.plan.rows] == ["FONDS"]


def test_a_statement_in_a_format_of_its_own_has_no_columns_to_choose(page: ImportPage, month: Desk) -> None:
    page.read(Path(__file__).parent.parent / "fixtures" / "nothing.csv")
    month.rest()
    assert not page.columns.isVisible()
    assert not month.frame.commands.on("import.columns")
    month.frame.trouble.dismiss()


def test_a_refused_line_shows_its_euros_and_keys_come_with_the_lines(page: ImportPage, month: Desk) -> None:
    assert page.hints() == [], "there is no line to take or leave"
    text = "Date;Libellé;Montant\n04/11/2026;VIR FONDS ETCLD CDE 09/2026;812,20\n32/11/2026;VIR FONDS ETCLD;12,00\n"
    page.read(write(month, "releve.csv", text))
    month.rest()
    assert [key for key, _ in page.hints()] == ["Espace", "F8", "Ctrl Entrée"]
    model = page.preview.model
    last = next(at for at, each in enumerate(model.columns) if each.code == "after")
    shown = [
        (model.columns[2].cell(line).text, model.columns[last].cell(line).text) for line in model.rows() if line.row
    ]
    assert shown == [("VIR FONDS ETCLD", "12,00\u00a0€"), ("VIR FONDS ETCLD CDE 09/2026", "812,20\u00a0€")]
    assert page.preview.taken() == 1
