"""Legal values in the settings: shown with their source, replaced by one's own, taken back, reached from a problem."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.window.claim_page import ClaimPage
from ltu_desktop.window.settings_agreement import AgreementSection
from ltu_desktop.window.settings_page import SettingsPage
from ltu_desktop.window.settings_values import DatedValues, ValueRow

if TYPE_CHECKING:
    from tests.window.conftest import Desk


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def page(month: Desk) -> SettingsPage:
    shown = month.go("settings", "agreement")
    assert isinstance(shown, SettingsPage)
    return shown


def section(page: SettingsPage) -> DatedValues:
    section = page.section("agreement")
    assert isinstance(section, AgreementSection)
    assert section.values is not None
    return section.values


def rows(page: SettingsPage, parameter: str = "state_rate") -> list[ValueRow]:
    section = page.section("agreement")
    assert isinstance(section, AgreementSection)
    assert section.kept is not None
    return [each for each in section.kept.values if each.parameter == parameter]


def write(page: SettingsPage, **values: str) -> None:
    for name, text in values.items():
        field = section(page).fields[name].widget
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(text))
        else:
            assert isinstance(field, QLineEdit)
            field.clear()
            QTest.keyClicks(field, text)


def test_every_parameter_shows_the_value_in_force(page: SettingsPage) -> None:
    [rate] = rows(page)
    assert (rate.value, rate.provisional, rate.key) == (Decimal("0.95"), True, None)
    assert [each.start for each in rows(page, "smic_hourly")] == [date(2026, 6, 1)]


def test_an_own_value_replaces_the_programs_is_undone_and_taken_back(page: SettingsPage, month: Desk) -> None:
    QTest.mouseClick(section(page).ways["state_rate", date(2026, 1, 1)], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is section(page).fields["value"].widget
    write(page, value="96,5", source="order of 3 novembre 2026")
    QTest.keyClick(section(page).fields["source"].widget, Qt.Key.Key_Return)
    month.rest()
    effect = section(page).effect
    assert effect.save_button is not None
    assert rows(page)[0].key is None, "its euros are told before it is saved"
    assert "octobre 2026" in effect.text
    assert re.search(r"\(\+.*€\)", effect.text)
    QTest.keyClick(effect.save_button, Qt.Key.Key_Space)
    month.rest()
    [rate] = rows(page)
    assert (rate.value, rate.start, rate.provisional) == (Decimal("0.965"), date(2026, 1, 1), False)
    assert rate.key is not None
    assert section(page).fields["value"].widget.property("text") == ""
    month.frame.commands.do("edit.undo")
    month.rest()
    assert rows(page)[0].key is None
    month.frame.commands.do("edit.redo")
    month.rest()
    QTest.mouseClick(section(page).ways["state_rate", date(2026, 1, 1)], Qt.MouseButton.LeftButton)
    month.rest()
    assert effect.save_button is not None
    assert rows(page)[0].key is not None, "its euros are told first, here too"
    QTest.keyClick(effect.save_button, Qt.Key.Key_Space)
    month.rest()
    assert rows(page)[0].key is None, "the program's own holds again"
    month.frame.toast.hide()


def test_a_later_value_of_ones_own_stands_below_the_one_in_force(page: SettingsPage, month: Desk) -> None:
    write(page, parameter="state_rate", start="01/01/2027", value="95", source="lettre", provisional="provisional")
    QTest.mouseClick(section(page).add_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert [(each.start.year, each.provisional, each.key is None) for each in rows(page)] == [
        (2026, True, True),
        (2027, True, False),
    ]
    month.frame.toast.hide()


def test_ways_keep_their_words_while_the_rows_have_room(page: SettingsPage, month: Desk) -> None:
    found = {}
    for width in (1093, 911, 1093):
        month.frame.resize(width, 614)
        month.rest()
        found[width] = {link.squeezed for link in section(page).ways.values()}
    assert found == {1093: {False}, 911: {True}}


def test_a_value_can_be_added_once_its_day_figure_and_source_are_there(page: SettingsPage, month: Desk) -> None:
    values = section(page)
    reason = values.add_button.accessibleDescription()
    assert not values.add_button.isEnabled()
    assert reason in {each.text() for each in values.findChildren(QLabel) if each.isVisible()}, "told beside it"
    write(page, parameter="state_rate", start="01/01/2027", value="95")
    assert not values.add_button.isEnabled()
    write(page, source="lettre")
    assert values.add_button.isEnabled()
    assert reason not in {each.text() for each in values.findChildren(QLabel) if each.isVisible()}
    QTest.mouseClick(values.add_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert QApplication.focusWidget() is values.fields["start"].widget, "the button is off again"
    month.frame.toast.hide()


def test_what_is_wrong_stands_at_its_field(page: SettingsPage, month: Desk) -> None:
    values = section(page)
    QTest.keyClick(values.fields["value"].widget, Qt.Key.Key_Return)
    assert [name for name, field in values.fields.items() if field.is_wrong()] == ["start", "value", "source"]
    write(page, parameter="state_rate", start="1/13/2026", value="cent", source="x")
    QTest.mouseClick(values.add_button, Qt.MouseButton.LeftButton)
    assert [name for name, field in values.fields.items() if field.is_wrong()] == ["start", "value"]
    write(page, start="01/01/2026", value="950")
    QTest.mouseClick(values.add_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert [name for name, field in values.fields.items() if field.is_wrong()] == ["value"], "the file refuses it"
    assert rows(page)[0].key is None


def test_a_provisional_value_on_the_claim_leads_to_its_field(month: Desk) -> None:
    claim = month.go("claim")
    assert isinstance(claim, ClaimPage)
    claim._mend(Problem("provisional", Severity.WARNING, "agreement", {"parameter": "state_rate", "value": "0.95"}))
    month.rest()
    page = month.frame.page
    assert isinstance(page, SettingsPage)
    fields = section(page).fields
    choice, day = fields["parameter"].widget, fields["start"].widget
    assert isinstance(choice, QComboBox)
    assert isinstance(day, QLineEdit)
    assert (choice.currentData(), day.text()) == ("state_rate", "01/01/2026")
    assert QApplication.focusWidget() is fields["value"].widget
