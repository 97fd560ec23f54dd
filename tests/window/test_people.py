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
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(names(page)) == 24


def test_filters_work_together(page: PeoplePage) -> None:
    page.list.filters.file.choose("missing")
    assert "BAUDOUIN Karim" in names(page)
    page.list.filters.status.choose("?")
    assert names(page) == ["BAUDOUIN Karim"]
    assert page.list.filters.status.is_set()
    page.list.show_all()
    assert len(names(page)) == 24


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
    assert lines[0].startswith("Mat.\tNOM Prénom\tStatut")
    assert lines[1].split("\t")[0] == "0011"
    page._timer.stop()


def test_months_before_and_after_change_the_list(page: PeoplePage, month: Desk) -> None:
    for _ in range(60):
        month.frame.commands.do("month.previous")
    month.rest()
    assert len(names(page)) < 24
    assert page.list.filters.present.label() == "en octobre"
    assert month.frame.top.month._text.text() == "Octobre 2021"


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
