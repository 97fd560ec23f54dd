"""The page of people: found, filtered, followed by the panel, mended in the very field that is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from ltu_desktop.window.people_page import FOLLOWS, PeoplePage
from ltu_desktop.window.pieces import Band
from tests.studio import wait

if TYPE_CHECKING:
    from tests.window.conftest import Desk


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    shown = month.go("people")
    assert isinstance(shown, PeoplePage)
    return shown


def names(page: PeoplePage) -> list[str]:
    return [each.list_name for each in page.list.model.rows()]


def test_lists_everybody_with_counts_and_fte(page: PeoplePage) -> None:
    assert len(names(page)) == 24
    assert page.list.count.text() == "24 personnes"
    assert page.list.kinds.text() == "21 PPDE · 2 autres · 1 sans statut"
    rows = page.list.model.rows()
    total = sum((each.fte for each in rows if each.fte is not None), Decimal(0))
    assert page.list.fte.text() == f"{total:.2f}".replace(".", ",")


def test_typing_filters_without_accents_and_esc_shows_all(page: PeoplePage, month: Desk) -> None:
    month.frame.commands.do("view.filter")
    field = QApplication.focusWidget()
    assert field is page.list.search
    QTest.keyClicks(field, "guerin")
    assert names(page) == ["GUÉRIN Christelle"]
    assert page.list.count.text() == "1 personne"
    assert not page.list.table.accessibleDescription()
    QTest.keyClicks(field, "zz")
    assert names(page) == []
    assert page.list.table.accessibleDescription().startswith("Personne ne correspond")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(names(page)) == 24
    assert not page.list.table.accessibleDescription()


def test_filters_work_together(page: PeoplePage) -> None:
    page.list.filters.file.choose("missing")
    assert "BAUDOUIN Karim" in names(page)
    page.list.filters.status.choose("?")
    assert names(page) == ["BAUDOUIN Karim"]
    assert page.list.filters.status.is_set()
    page.list.show_all()
    assert len(names(page)) == 24


def test_who_is_not_there_in_the_month_counts_in_no_total(page: PeoplePage, month: Desk) -> None:
    every = page.list.fte.text()
    for _ in range(60):
        month.frame.commands.do("month.previous")
    month.rest()
    page.list.filters.present.choose("")
    there = [each for each in page.list.model.rows() if each.present]
    gone = [each for each in page.list.model.rows() if not each.present]
    assert len(there) + len(gone) == 24
    assert there
    total = sum((each.fte for each in there if each.fte is not None), Decimal(0))
    assert page.list.fte.text() == f"{total:.2f}".replace(".", ",") != every
    column = next(each for each in page.list.model.columns if each.code == "fte")
    assert {column.cell(each).text for each in gone} == {"–"}


def test_arrows_go_on_where_the_panel_takes_the_column_that_they_are_in(page: PeoplePage, month: Desk) -> None:
    month.frame.resize(911, 512)
    table = page.list.table
    table.setFocus()
    table.choose(page.list.model.rows()[2].id)
    assert table.currentIndex().column() == 0
    wait(month.frame, FOLLOWS + 60)
    assert page.panel.isVisible()
    assert table.isColumnHidden(0), "the staff number has no room beside the panel"
    assert [each.list_name for each in page.list.chosen_rows()] == [names(page)[2]]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 3
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [each.list_name for each in page.list.chosen_rows()] == names(page)[3:5]


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_what_eligibility_rests_on_stands_in_columns(page: PeoplePage, month: Desk, size: tuple[int, int]) -> None:
    month.frame.resize(*size)
    page.show_number("0018")
    month.rest()
    wait(month.frame, 20)
    part = page.panel.essentials
    rows = [part.status, part.day, part.number], list(part.points.fields.values())
    edges = [[each.widget.mapTo(part, each.widget.rect().topLeft()).x() for each in fields] for fields in rows]
    assert edges[0] == edges[1]


def test_the_panel_follows_the_arrows_after_a_while(page: PeoplePage, month: Desk) -> None:
    table = page.list.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert page.panel.isHidden()
    wait(month.frame, FOLLOWS + 60)
    assert page.panel.isVisible()
    assert page.panel.person is not None
    assert page.panel.name.text() == names(page)[table.currentIndex().row()]
    assert QApplication.focusWidget() is table
    month.frame.commands.do("view.back")
    assert page.panel.isHidden()


def test_enter_goes_to_the_missing_field_and_what_is_chosen_is_saved_and_undone(page: PeoplePage, month: Desk) -> None:
    month.go("people", "0039")
    assert page.panel.name.text() == "BAUDOUIN Karim"
    assert next(band.accessibleName() for band in page.panel.findChildren(Band)).startswith("Il manque le statut")
    choice = page.panel.essentials.status.widget
    assert isinstance(choice, QComboBox)
    assert QApplication.focusWidget() is choice
    QTest.keyClick(choice, Qt.Key.Key_Down)
    choice.activated.emit(choice.currentIndex())
    month.rest()
    assert month.frame.toast.isVisible()
    assert page.list.kinds.text() == "22 PPDE · 2 autres"
    assert QApplication.focusWidget() is page.panel.essentials.status.widget, "the focus stays where the hand is"
    assert "Enregistré à" in month.frame.top.saved.text()
    QTest.mouseClick(month.frame.toast.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.list.kinds.text() == "21 PPDE · 2 autres · 1 sans statut"
    month.frame.commands.do("edit.redo")
    month.rest()
    assert page.list.kinds.text() == "22 PPDE · 2 autres"
    month.frame.toast.hide()


def test_a_wrong_date_is_told_below_its_field_and_kept(page: PeoplePage, month: Desk) -> None:
    month.go("people", "0011")
    field = page.panel.essentials.day.widget
    assert isinstance(field, QLineEdit)
    assert QApplication.focusWidget() is field, "the decision's date is what is missing"
    QTest.keyClicks(field, "32/13/2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.panel.essentials.day.is_wrong()
    assert field.text() == "32/13/2026"
    field.clear()
    QTest.keyClicks(field, "05032026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()
    assert not page.panel.essentials.day.is_wrong()
    assert page.panel.person is not None
    assert str(page.panel.person.values["recognised_on"]) == "2026-03-05"
    assert not [row for row in page.list.model.rows() if row.staff_number == "0011" and row.missing]
    month.frame.toast.hide()


def test_the_file_says_no_in_the_field(page: PeoplePage, month: Desk) -> None:
    month.go("people", "0011")
    field = page.panel.essentials.day.widget
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "01/01/2999")
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()
    assert page.panel.essentials.day.is_wrong()
    assert not month.frame.trouble.isVisible()


def test_sorting_keeps_the_chosen_person(page: PeoplePage) -> None:
    table = page.list.table
    row = page.list.model.rows()[5]
    table.choose(row.id)
    page._timer.stop()
    table.order_by("weekly_hours")
    assert table.current_row() == row
    hours = [each.weekly_hours or Decimal(0) for each in page.list.model.rows()]
    assert hours == sorted(hours)


def test_copies_the_list_for_a_spreadsheet(page: PeoplePage) -> None:
    table = page.list.table
    table.setFocus()
    page._timer.stop()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 25
    assert lines[0].startswith("Matr.\tNOM Prénom\tStatut")
    assert lines[1].split("\t")[0] == "0011"
    page._timer.stop()


def test_months_before_and_after_change_the_list(page: PeoplePage, month: Desk) -> None:
    for _ in range(60):
        month.frame.commands.do("month.previous")
    month.rest()
    assert len(names(page)) < 24
    assert page.list.filters.present.label() == "en octobre"
    assert month.frame.top.month._text.text() == "Octobre 2021"


def test_an_open_ended_contract_says_why_it_has_no_planned_end(page: PeoplePage, month: Desk) -> None:
    month.frame.commands.do("people.new")
    form = page.newcomer
    end, nature = form.fields["planned_end_on"], form.fields["nature"].widget
    assert isinstance(nature, QComboBox)
    assert not end.widget.isEnabled()
    assert end.widget.accessibleDescription() == "Seulement pour un CDD."
    nature.setCurrentIndex(1)
    nature.activated.emit(1)
    assert end.widget.isEnabled()
    assert end.widget.accessibleDescription() == ""


def test_a_new_person_is_added_with_the_keyboard_alone(page: PeoplePage, month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.newcomer
    assert QApplication.focusWidget() is form.first()
    QTest.keyClicks(form.first(), "Verne")
    QTest.keyClicks(form.fields["first_names"].widget, "Jules")
    QTest.keyClick(form.fields["first_names"].widget, Qt.Key.Key_Return)
    assert form.fields["staff_number"].is_wrong(), "a number is needed"
    QTest.keyClicks(form.fields["staff_number"].widget, "0011")
    QTest.keyClick(form.fields["staff_number"].widget, Qt.Key.Key_Return)
    month.rest()
    assert "ADJAOUD" in form.fields["staff_number"].widget.accessibleDescription(), "the number is taken"
    field = form.fields["staff_number"].widget
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, "7001")
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()
    assert form.isHidden()
    assert page.panel.name.text() == "VERNE Jules"
    assert QApplication.focusWidget() is page.panel.essentials.status.widget, "the status is what is missing"
    page.panel.tabs.choose("history")
    assert any("a ajouté" in each.text() for each in page.panel.current.findChildren(QLabel)), "it tells who did it"
    month.frame.toast.hide()


def test_undo_says_what_it_would_take_back_and_what_it_took(page: PeoplePage, month: Desk) -> None:
    month.go("people", "0011")
    field = page.panel.essentials.number.widget
    field.setFocus()
    QTest.keyClicks(field, "2026-7")
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()
    assert "2026-7" in month.frame.top.undo.toolTip()
    month.frame.commands.do("edit.undo")
    month.rest()
    assert month.frame.toast.accessibleName().startswith("Annulé\u00a0: Nadia Roussel a modifié")
    assert "2026-7" in month.frame.top.redo.toolTip()
    month.frame.toast.hide()
