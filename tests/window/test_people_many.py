"""Several people at once, two records made one, filters kept, somebody hired by keyboard: as a person does it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from ltu_desktop.actions import activities, agreements, people
from ltu_desktop.window.people_page import FOLLOWS, PeoplePage
from ltu_desktop.window.pieces import Band
from tests.studio import wait

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.form import Field
    from tests.window.conftest import Desk

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    def furnish(ctx: Context) -> None:
        agreements.add_site(ctx, code="LH", name="La Halle")
        activities.add_activity(ctx, code="REC", name="Recyclerie")

    month.frame.desk.act(furnish, lambda _done: None)
    month.rest()
    shown = month.go("people")
    assert isinstance(shown, PeoplePage)
    return shown


def choose(page: PeoplePage, month: Desk, first: int, further: int) -> None:
    """Choose neighbours with the keyboard."""
    table = page.list.table
    table.setFocus()
    table.choose(page.list.model.rows()[first].id)
    for _ in range(further):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    wait(month.frame, FOLLOWS + 60)


def pick(field: Field, text: str) -> None:
    combo = field.widget
    assert isinstance(combo, QComboBox)
    place = combo.findText(text)
    assert place >= 0
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def edit(field: Field) -> QLineEdit:
    assert isinstance(field.widget, QLineEdit)
    return field.widget


def write(field: Field, text: str) -> None:
    edit(field).setFocus()
    edit(field).selectAll()
    QTest.keyClicks(edit(field), text)


def names(page: PeoplePage) -> list[str]:
    return [each.list_name for each in page.list.model.rows()]


# ---- one change for several ----


def test_a_site_is_given_to_several_after_a_look_and_undone_at_once(page: PeoplePage, month: Desk) -> None:
    choose(page, month, 2, 3)
    assert page.many.isVisible()
    assert page.many.title.text() == "4 personnes choisies"
    assert page.panel.isHidden()
    assert not page.many.button.isEnabled(), "nothing is asked for yet"
    pick(page.many.value, "La Halle")
    month.rest()
    assert [each.list_name for each in page.many.model.rows()] == names(page)[2:6]
    assert page.many.button.text() == "Modifier 4 personnes"
    assert [each.site for each in page.list.model.rows()[2:6]] == [""] * 4, "nothing is written yet"
    QTest.mouseClick(page.many.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert [each.site for each in page.list.model.rows()[1:7]] == ["", *["La Halle"] * 4, ""]
    assert page.many.isVisible(), "the people stay chosen"
    assert page.many.said.text() == "4 inchangées"
    assert not page.many.button.isEnabled()
    month.frame.commands.do("edit.undo")
    month.rest()
    assert {each.site for each in page.list.model.rows()} == {""}
    month.frame.toast.hide()


def test_an_activity_holds_from_a_day_and_those_without_a_contract_are_left_out(page: PeoplePage, month: Desk) -> None:
    def newcomer(ctx: Context) -> None:
        people.add_person(ctx, staff_number="9001", name="Aaron")

    month.frame.desk.act(newcomer, lambda _done: None)
    month.rest()
    page.list.filters.present.choose("")
    choose(page, month, 0, 2)
    pick(page.many.field, "Activité")
    pick(page.many.value, "Recyclerie")
    write(page.many.start, "32/10/2026")
    QTest.keyClick(edit(page.many.start), Qt.Key.Key_Return)
    assert page.many.start.is_wrong()
    write(page.many.start, "01/10/2026")
    QTest.keyClick(edit(page.many.start), Qt.Key.Key_Return)
    month.rest()
    assert [each.state for each in page.many.model.rows()] == ["no_contract", "changed", "changed"]
    assert page.many.said.text() == "1 laissée de côté"
    QTest.mouseClick(page.many.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert [each.activity for each in page.list.model.rows()[:3]] == ["", "Recyclerie", "Recyclerie"]
    month.frame.toast.hide()


def test_one_person_alone_has_her_panel_again_and_esc_closes_that_of_several(page: PeoplePage, month: Desk) -> None:
    choose(page, month, 0, 1)
    assert page.many.merge_link.isVisible()
    assert month.frame.commands.on("people.change_many")
    month.frame.commands.do("view.back")
    assert page.many.isHidden()
    QTest.keyClick(page.list.table, Qt.Key.Key_Down)
    wait(month.frame, FOLLOWS + 60)
    assert page.panel.isVisible()
    assert not month.frame.commands.on("people.change_many")
    assert "Ctrl" in month.frame.commands.reasons["people.merge"]


# ---- two records of one person ----


@pytest.fixture
def double(page: PeoplePage, month: Desk) -> PeoplePage:
    """ALLARD Patrick is there twice; the second record knows where she lives."""

    def add(ctx: Context) -> None:
        key = people.add_person(ctx, staff_number="9001", name="Allard", first_names="Patricke", town="Lille")
        people.add_contract(ctx, key, start=date(2019, 1, 1), end=date(2019, 12, 31), weekly_hours=Decimal(20))

    month.frame.desk.act(add, lambda _done: None)
    month.rest()
    page.list.filters.present.choose("")
    page.list.filters.search.setText("allard")
    return page


def test_two_records_become_one_as_it_is_decided_and_two_again(double: PeoplePage, month: Desk) -> None:
    page = double
    choose(page, month, 0, 1)
    QTest.mouseClick(page.many.merge_link, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.merging.isVisible()
    assert set(page.merging.fields) == {"staff_number", "first_names"}
    pick(page.merging.fields["first_names"], "Patricke")
    QTest.mouseClick(page.merging.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.merging.isHidden()
    assert page.panel.name.text() == "ALLARD Patricke"
    assert page.panel.person is not None
    assert page.panel.person.staff_number == "0018"
    assert page.panel.person.values["town"] == "Lille", "what the record lacked came over"
    assert [each.start.year for each in page.panel.person.contracts] == [2019, 2022]
    assert names(page) == ["ALLARD Patricke"]
    month.frame.commands.do("edit.undo")
    month.rest()
    assert sorted(names(page)) == ["ALLARD Patrick", "ALLARD Patricke"]
    month.frame.toast.hide()


def test_the_other_record_may_be_the_one_that_stays(double: PeoplePage, month: Desk) -> None:
    page = double
    choose(page, month, 0, 1)
    month.frame.commands.do("people.merge")
    month.rest()
    page.merging.which.choose(1)
    month.rest()
    QTest.mouseClick(page.merging.button, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.panel.person is not None
    assert page.panel.person.staff_number == "9001"
    month.frame.toast.hide()


def test_nothing_is_merged_once_the_list_was_narrowed(page: PeoplePage, month: Desk) -> None:
    choose(page, month, 0, 1)
    page.list.table.clearSelection()
    page.many.merging.emit()
    month.rest()
    assert page.merging.isHidden()


def test_two_people_are_not_merged_and_it_is_said_why(page: PeoplePage, month: Desk) -> None:
    choose(page, month, 0, 1)
    month.frame.commands.do("people.merge")
    month.rest()
    band = page.merging.findChildren(Band)[-1]
    assert "chevauche" in band.accessibleName(), "both have a contract now"
    assert not page.merging.button.isEnabled()
    month.frame.commands.do("view.back")
    assert page.merging.isHidden()


# ---- kept filters ----


def kept(page: PeoplePage) -> dict[str, bool]:
    menu = page.list.filters.menu()
    found = {each.text(): each.isChecked() for each in menu.actions() if each.isCheckable()}
    menu.deleteLater()
    return found


def press(page: PeoplePage, text: str) -> None:
    menu = page.list.filters.menu()
    next(each for each in menu.actions() if each.text() == text).trigger()
    menu.deleteLater()


def test_a_filter_is_kept_under_a_name_set_again_and_given_up(page: PeoplePage, month: Desk) -> None:
    page.list.filters.status.choose("other")
    press(page, "Enregistrer ce filtre…")
    field = page.list.filters.name
    assert QApplication.focusWidget() is field
    assert field.text() == "en octobre, Autre", "a name is proposed"
    field.selectAll()
    QTest.keyClicks(field, "Les autres")
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()
    assert page.list.filters.naming.isHidden()
    assert kept(page) == {"Les autres": True}
    shown = names(page)
    press(page, "Effacer tous les filtres")
    assert len(names(page)) == 24
    assert kept(page) == {"Les autres": False}
    press(page, "Les autres")
    assert names(page) == shown
    del page
    other = month.go("people")
    assert isinstance(other, PeoplePage)
    month.frame.commands.do("edit.undo")
    month.rest()
    assert kept(other) == {}
    month.frame.commands.do("edit.redo")
    month.rest()
    away = other.list.filters
    away.given_up.emit("Les autres")
    month.rest()
    assert kept(other) == {}
    month.frame.toast.hide()


def test_a_kept_site_that_is_gone_filters_nothing(page: PeoplePage) -> None:
    page.list.filters.set_values({"site": "Le Moulin", "status": "ppde"})
    assert page.list.filters.values() == {"status": "ppde"}


def test_another_file_begins_without_filters_and_panels_of_the_one_before(page: PeoplePage, month: Desk) -> None:
    page.list.filters.search.setText("al")
    page.list.filters.status.choose("ppde")
    choose(page, month, 0, 1)
    assert page.many.isVisible()
    store = month.frame.desk.store
    assert store is not None
    path = store.path
    month.frame.desk.close_file()
    month.rest()
    month.open(path)
    assert page.list.filters.values() == {"present": "month"}
    assert not page.many.isVisible()
    assert len(names(page)) == 24


# ---- hired by keyboard ----


def test_somebody_is_hired_by_keyboard_with_her_contract_and_it_is_undone(page: PeoplePage, month: Desk) -> None:
    QTest.keyClick(month.frame, Qt.Key.Key_N, CTRL)
    month.rest()
    form = page.newcomer
    assert edit(form.fields["staff_number"]).text() == "0173", "the number after the greatest is proposed"
    typed = {
        "name": "De La Fontaine",
        "first_names": "Zoe",
        "staff_number": None,
        "status": None,
        "birth_date": "02031980",
        "nir": "2800399123456",
        "ntt": None,
        "contract_start": "02112026",
        "weekly_hours": "28",
    }
    for name, text in typed.items():
        assert QApplication.focusWidget() is form.fields[name].widget, name
        if name == "status":
            QTest.keyClick(form.fields[name].widget, Qt.Key.Key_Down)
        elif text:
            QTest.keyClicks(form.fields[name].widget, text)
        QTest.keyClick(form.fields[name].widget, Qt.Key.Key_Tab)
    assert form.fields["birth_date"].widget.accessibleDescription() == "46 ans"
    assert form.fields["weekly_hours"].widget.accessibleDescription() == "0,80 ETP"
    QTest.keyClick(form.fields["weekly_hours"].widget, Qt.Key.Key_Return)
    month.rest()
    assert form.isHidden()
    person = page.panel.person
    assert person is not None
    assert (person.list_name, person.staff_number) == ("DE LA FONTAINE Zoe", "0173")
    assert (person.values["status"], person.values["nir"]) == ("ppde", "2800399123456")
    assert [(each.start, each.terms[0].weekly_hours) for each in person.contracts] == [
        (date(2026, 11, 2), Decimal("28.00"))
    ]
    month.frame.commands.do("edit.undo")
    month.rest()
    page.list.show_all()
    assert "DE LA FONTAINE Zoe" not in names(page)
    month.frame.toast.hide()


def test_a_double_is_told_with_how_alike_it_is_and_opened(page: PeoplePage, month: Desk) -> None:
    month.frame.commands.do("people.new")
    month.rest()
    write(page.newcomer.fields["name"], "Baudoin")
    write(page.newcomer.fields["first_names"], "Karim")
    wait(month.frame, 400)
    [(number, link)] = page.newcomer.links.items()
    assert number == "0039"
    assert link.text().startswith("0039 BAUDOUIN Karim, ressemblance 86")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    month.rest()
    assert page.panel.name.text() == "BAUDOUIN Karim"
    assert page.newcomer.isHidden()


def test_a_double_that_is_no_longer_typed_is_no_longer_told(page: PeoplePage, month: Desk) -> None:
    month.frame.commands.do("people.new")
    month.rest()
    write(page.newcomer.fields["name"], "Baudoin")
    write(page.newcomer.fields["first_names"], "Karim")
    wait(month.frame, 400)
    assert page.newcomer.links
    write(page.newcomer.fields["name"], "Zidane")
    wait(month.frame, 400)
    assert not page.newcomer.links
    page.newcomer.fields["name"].widget.setFocus()
    month.frame.commands.do("view.back")


def test_half_a_contract_and_a_wrong_number_stop_at_their_field(page: PeoplePage, month: Desk) -> None:
    month.frame.commands.do("people.new")
    month.rest()
    form = page.newcomer
    write(form.fields["name"], "Verne")
    write(form.fields["nir"], "2801399123456")
    assert form.fields["nir"].is_wrong(), "there is no thirteenth month"
    write(form.fields["nir"], "2800399123456")
    assert not form.fields["nir"].is_wrong()
    write(form.fields["weekly_hours"], "28")
    QTest.keyClick(form.fields["weekly_hours"].widget, Qt.Key.Key_Return)
    assert form.fields["contract_start"].is_wrong()
    assert QApplication.focusWidget() is form.fields["contract_start"].widget
    write(form.fields["contract_start"], "01/12/2026")
    pick(form.fields["nature"], "CDD")
    assert form.fields["planned_end_on"].widget.isEnabled()
    write(form.fields["planned_end_on"], "01/11/2026")
    QTest.keyClick(form.fields["planned_end_on"].widget, Qt.Key.Key_Return)
    month.rest()
    assert form.fields["planned_end_on"].is_wrong(), "the file refuses it, at its field"
    assert edit(form.fields["name"]).text() == "Verne"
    assert not month.frame.trouble.isVisible()
    month.frame.commands.do("view.back")
