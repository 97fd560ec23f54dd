"""The settings: employer, agreement and terms are saved as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from ltu_desktop.store.file import Store
from ltu_desktop.window.settings_page import SettingsPage
from tests.claim_world import FixedClock

if TYPE_CHECKING:
    from ltu_desktop.queries.agreements import AgreementRow
    from tests.window.conftest import Desk


def edit(page: SettingsPage, name: str) -> QLineEdit:
    widget = page.fields[name].widget
    assert isinstance(widget, QLineEdit)
    return widget


def replace(page: SettingsPage, name: str, text: str, month: Desk) -> None:
    field = edit(page, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()


def settings(month: Desk, what: object = None) -> SettingsPage:
    page = month.go("settings", what)
    assert isinstance(page, SettingsPage)
    return page


def test_shows_what_the_file_holds(month: Desk) -> None:
    page = settings(month)
    assert edit(page, "employer.name").text() == "La Fabrique du Canal"
    assert edit(page, "employer.contributions_valid_until").text() == "31/01/2027"
    assert edit(page, "agreement.number").text() == "2021-059-14"
    assert edit(page, "terms.ceiling_fte").text() == "36,00"


def test_a_change_is_saved_and_undone(month: Desk) -> None:
    page = settings(month)
    replace(page, "employer.town", "Loos", month)
    assert edit(page, "employer.town").hasFocus()
    assert month.frame.toast.isVisible()
    month.frame.commands.do("edit.undo")
    month.rest()
    assert edit(page, "employer.town").text() == ""
    month.frame.toast.hide()


def test_a_wrong_number_is_told_in_its_field(month: Desk) -> None:
    page = settings(month)
    replace(page, "employer.siret", "12345", month)
    assert page.fields["employer.siret"].is_wrong()
    assert edit(page, "employer.siret").text() == "12345"
    replace(page, "terms.ceiling_fte", "beaucoup", month)
    assert page.fields["terms.ceiling_fte"].is_wrong()


def test_a_setting_and_an_amendment(month: Desk) -> None:
    page = settings(month)
    choice = page.fields["terms.sick_paid"].widget
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("pro_rata"))
    choice.activated.emit(choice.currentIndex())
    month.rest()
    again = page.fields["terms.sick_paid"].widget
    assert isinstance(again, QComboBox)
    assert again.currentData() == "pro_rata"
    replace(page, "new.start", "01/10/2026", month)
    page._amend()
    month.rest()
    replace(page, "terms.amendment", "7", month)
    replace(page, "terms.ceiling_fte", "40,5", month)
    assert edit(page, "terms.ceiling_fte").text() == "40,50"
    assert page._kept is not None
    assert page._kept.agreement is not None
    assert [each.amendment for each in page._kept.agreement.terms] == ["6", "7"]
    month.frame.toast.hide()


def test_an_empty_file_is_filled_from_here(window: Desk) -> None:
    path = window.folder / "vide.ltu"
    Store.create(path, clock=FixedClock(), operator="x").close()
    window.open(path)
    page = settings(window, "employer")
    assert edit(page, "employer.name").hasFocus()
    replace(page, "employer.name", "La Fabrique", window)
    replace(page, "agreement.number", "2026-1", window)
    assert agreement(page) is None, "an agreement needs its first day too"
    replace(page, "agreement.start_on", "01/01/2026", window)
    found = agreement(page)
    assert found is not None
    assert found.number == "2026-1"
    assert "terms.ceiling_fte" in page.fields
    window.frame.toast.hide()


def agreement(page: SettingsPage) -> AgreementRow | None:
    assert page._kept is not None
    return page._kept.agreement


def test_the_name_of_who_works_is_kept_and_signs_what_follows(month: Desk) -> None:
    page = settings(month)
    replace(page, "you.name", "Marie Courtois", month)
    assert month.frame.desk.memory.operator == "Marie Courtois"
    replace(page, "employer.town", "Loos", month)
    assert month.frame.top.undo.toolTip().split("\n")[-1].startswith("Marie Courtois")
    month.frame.toast.hide()
