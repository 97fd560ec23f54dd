"""Contracts by hand in the panel: amended, ended, begun again; what is wrong stands at its field; all is undoable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from ltu_desktop.window.contract_form import ContractForm, Step
from ltu_desktop.window.form import read_number
from ltu_desktop.window.people_page import PeoplePage

if TYPE_CHECKING:
    from ltu_desktop.queries.people import ContractRow
    from tests.window.conftest import Desk


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    shown = month.go("people", "0018")  # since 2 February 2022, 28 h a week
    assert isinstance(shown, PeoplePage)
    return shown


def press(page: PeoplePage, code: str) -> ContractForm:
    QTest.mouseClick(page.panel.essentials.contracts.ways[code], Qt.MouseButton.LeftButton)
    return page.panel.essentials.contracts.form


def write(form: ContractForm, name: str, text: str, *, enter: bool = False) -> None:
    field = form.fields[name].widget
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def contracts(page: PeoplePage) -> tuple[ContractRow, ...]:
    assert page.panel.person is not None
    return page.panel.person.contracts


def test_an_amendment_begins_on_its_day_keeps_the_rest_and_is_undone(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.AMEND)
    assert QApplication.focusWidget() is form.fields["start"].widget
    hours = form.fields["weekly_hours"].widget
    assert isinstance(hours, QLineEdit)
    assert hours.text() == "28", "it begins with what holds"
    write(form, "start", "15102026")
    write(form, "weekly_hours", "31,5", enter=True)
    month.rest()
    assert form.isHidden()
    [contract] = contracts(page)
    first, second = contract.terms
    assert (first.end, second.start, second.weekly_hours) == (date(2026, 10, 14), date(2026, 10, 15), Decimal("31.50"))
    assert (second.job, second.hourly_pay) == (first.job, first.hourly_pay)
    row = next(each for each in page.list.model.rows() if each.staff_number == "0018")
    assert row.weekly_hours == Decimal("31.50"), "the list follows"
    assert QApplication.focusWidget() is page.panel.essentials.contracts.ways[Step.AMEND], "the hand stays where it was"
    month.frame.commands.do("edit.undo")
    month.rest()
    assert len(contracts(page)[0].terms) == 1
    month.frame.toast.hide()


def test_what_is_wrong_with_an_amendment_stands_at_its_field(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.AMEND)
    write(form, "weekly_hours", "trente", enter=True)
    assert form.fields["start"].is_wrong(), "the day is needed"
    assert form.fields["weekly_hours"].is_wrong()
    write(form, "start", "32/10/2026")
    write(form, "weekly_hours", "28", enter=True)
    assert form.fields["start"].is_wrong()
    assert not form.fields["weekly_hours"].is_wrong()
    write(form, "start", "01/10/2026", enter=True)
    assert form.fields["weekly_hours"].is_wrong(), "nothing would change"
    write(form, "weekly_hours", "99", enter=True)
    month.rest()
    assert "99" in form.fields["weekly_hours"].widget.accessibleDescription(), "the file refuses it"
    write(form, "weekly_hours", "30")
    write(form, "start", "01/01/2001", enter=True)
    month.rest()
    assert form.fields["start"].is_wrong(), "before the contract"
    assert not month.frame.trouble.isVisible()
    assert len(contracts(page)[0].terms) == 1


def test_the_keys_that_are_told_are_those_of_where_the_hand_is(page: PeoplePage, month: Desk) -> None:
    keys = month.frame.status.keys
    page.list.table.setFocus()
    assert "personne" in keys.text()
    form = press(page, Step.AMEND)
    assert keys.text().split() == ["Entrée", ":", "enregistrer", "Échap", ":", "fermer"]
    QTest.keyClick(form.fields["start"].widget, Qt.Key.Key_Escape)
    assert keys.text().split()[:3] == ["Échap", ":", "fermer"], "the panel is still there to be closed"
    page.list.table.setFocus()
    assert "personne" in keys.text()
    month.frame.commands.do("people.new")
    assert keys.text().split()[:3] == ["Entrée", ":", "ajouter"]


def test_esc_closes_the_form_before_the_panel_and_another_person_closes_it_too(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.AMEND)
    month.frame.commands.do("view.back")
    assert form.isHidden()
    assert page.panel.isVisible()
    press(page, Step.AMEND)
    month.go("people", "0011")
    assert form.isHidden()


def test_what_is_typed_stays_when_the_rest_is_drawn_anew(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.AMEND)
    write(form, "start", "15/10/2026")
    page.refresh()
    month.rest()
    field = form.fields["start"].widget
    assert isinstance(field, QLineEdit)
    assert (form.isVisible(), field.text(), QApplication.focusWidget() is field) == (True, "15/10/2026", True)


def test_a_contract_ends_with_its_reason_is_taken_back_and_followed_by_another(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.END)
    write(form, "contract_end", "31/10/2026", enter=True)
    assert form.fields["end_reason"].is_wrong(), "a reason is needed"
    reason = form.fields["end_reason"].widget
    assert isinstance(reason, QComboBox)
    reason.setCurrentIndex(reason.findData("059"))
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert (contracts(page)[0].end, contracts(page)[0].end_reason) == (date(2026, 10, 31), "059")
    form = press(page, Step.ADD)
    write(form, "contract_start", "15/10/2026")
    write(form, "weekly_hours", "35", enter=True)
    month.rest()
    assert form.fields["contract_start"].is_wrong(), "it overlaps"
    write(form, "contract_start", "01/12/2026", enter=True)
    month.rest()
    assert [each.start for each in contracts(page)] == [date(2022, 2, 2), date(2026, 12, 1)]
    month.frame.commands.do("edit.undo")
    month.rest()
    press(page, "reopen")
    month.rest()
    assert [each.end for each in contracts(page)] == [None]
    month.frame.toast.hide()


def test_the_hours_of_an_earlier_stretch_can_be_amended(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.AMEND)
    write(form, "start", "01/06/2023")
    write(form, "job", "Soudure", enter=True)
    month.rest()
    [contract] = contracts(page)
    assert [(each.job, each.weekly_hours) for each in contract.terms][-1] == ("Soudure", Decimal("28.00"))
    month.frame.toast.hide()


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("1\u202f234,50", Decimal("1234.50")), ("35", Decimal(35)), ("17.5", Decimal("17.5"))],
)
def test_reads_figures_as_they_are_typed(typed: str, number: Decimal | None) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", ["x", "NaN", "1,2,3", "Infinity"])
def test_refuses_what_is_no_figure(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        read_number(typed)


def test_what_payroll_says_of_a_contract_is_corrected_and_undone(page: PeoplePage, month: Desk) -> None:
    form = press(page, Step.CORRECT)
    aid = form.fields["public_aid"].widget
    assert isinstance(aid, QLineEdit)
    assert aid.text() == "99", "it begins with what is there"
    QTest.keyClick(aid, Qt.Key.Key_Return)
    assert form.fields["contract_start"].is_wrong(), "nothing is changed yet"
    write(form, "contract_start", "")
    QTest.keyClick(aid, Qt.Key.Key_Return)
    assert form.fields["contract_start"].is_wrong(), "a contract has a first day"
    write(form, "contract_start", "02/02/2022")
    write(form, "public_aid", "41")
    write(form, "planned_end_on", "31/12/2027", enter=True)
    month.rest()
    assert form.isHidden()
    [contract] = contracts(page)
    assert (contract.public_aid, contract.planned_end) == ("41", date(2027, 12, 31))
    assert (contract.start, contract.nature, len(contract.terms)) == (date(2022, 2, 2), "01", 1)
    month.frame.commands.do("edit.undo")
    month.rest()
    assert (contracts(page)[0].public_aid, contracts(page)[0].planned_end) == ("99", None)
    month.frame.toast.hide()
