"""The agreement and its terms in the settings: a change says its euros before it is saved."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from ltu_desktop.window.form import value_of
from ltu_desktop.window.pieces import Band
from ltu_desktop.window.settings_agreement import AgreementSection
from tests.window.settings_hands import agreement, choose, edit, known, replace, settings_of

if TYPE_CHECKING:
    from ltu_desktop.window.settings_effect import EffectBand
    from tests.window.conftest import Desk


@pytest.fixture
def first_page() -> str:
    return "home"


def test_a_change_of_terms_says_its_euros_before_it_is_saved(month: Desk) -> None:
    section = agreement(month)
    saved = month.frame.top.saved
    assert saved.text() == "Tout est enregistré"
    choose(section, "terms.rounding", "on_sum", month)
    assert saved.text() == "Un changement attend"
    assert section.effect is not None
    assert section.effect.save_button is not None
    assert section.effect.save_button.hasFocus()
    before, after, difference = re.findall(r"[\d\u202f−]+,\d\d", section.effect.text)[:3]
    assert figure(after) - figure(before) == figure(difference) == Decimal("-0.01"), "the sum is rounded once"
    assert "octobre 2026" in section.effect.text
    assert settings_of(section) == {}, "nothing is saved yet"
    assert section.effect.leave_button is not None
    QTest.mouseClick(section.effect.leave_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert value_of(section.fields["terms.rounding"]) != "on_sum"
    assert saved.text() == "Tout est enregistré", "nothing waits any more"
    choose(section, "terms.rounding", "on_sum", month)
    assert section.effect.save_button is not None
    QTest.keyClick(section.effect.save_button, Qt.Key.Key_Space)
    month.rest()
    assert settings_of(section) == {"rounding": "on_sum"}
    month.frame.commands.do("edit.undo")
    month.rest()
    assert settings_of(section) == {}
    month.frame.toast.hide()


def days_band(section: AgreementSection) -> EffectBand:
    assert section.deal_effect is not None
    return section.deal_effect


def last_day(section: AgreementSection) -> date | None:
    found = known(section)
    assert found is not None
    return found.end


def test_the_agreements_own_days_say_what_they_do_before_they_are_saved(month: Desk) -> None:
    section = agreement(month)
    replace(section, "agreement.end_on", "30/09/2026", month)
    save = days_band(section).save_button
    assert save is not None
    assert save.hasFocus()
    band = days_band(section).findChild(Band)
    assert band is not None
    assert band.property("band") == "attention", "nothing could be sealed any more"
    assert days_band(section).text == "Sans convention, la demande d’octobre 2026 ne peut plus être scellée."
    assert last_day(section) is None, "nothing is saved yet"
    replace(section, "agreement.end_on", "", month)
    assert not days_band(section).text, "typed as it was: there is nothing to try"
    replace(section, "agreement.end_on", "30/09/2026", month)
    month.frame.commands.do("view.back")
    month.rest()
    assert not edit(section, "agreement.end_on").text()
    replace(section, "agreement.end_on", "31/12/2020", month)
    assert section.fields["agreement.end_on"].is_wrong()
    replace(section, "agreement.end_on", "30/09/2026", month)
    save = days_band(section).save_button
    assert save is not None
    QTest.keyClick(save, Qt.Key.Key_Space)
    month.rest()
    assert last_day(section) == date(2026, 9, 30)
    replace(section, "agreement.end_on", "31/12/2026", month)
    assert last_day(section) == date(2026, 12, 31), "it costs nobody anything: saved at once"
    month.frame.toast.hide()


def test_a_change_that_moves_no_euro_is_saved_at_once(month: Desk) -> None:
    section = agreement(month)
    replace(section, "terms.ceiling_fte", "40,5", month)
    assert edit(section, "terms.ceiling_fte").text() == "40,50"
    assert section.effect is not None
    assert section.effect.save_button is None
    month.frame.toast.hide()


def figure(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d,-]", "", text.replace("−", "-")).replace(",", "."))


def test_a_setting_and_an_amendment(month: Desk) -> None:
    section = agreement(month)
    choose(section, "terms.sick_paid", "pro_rata", month)
    if section.effect is not None and section.effect.save_button is not None:
        QTest.keyClick(section.effect.save_button, Qt.Key.Key_Space)
        month.rest()
    again = section.fields["terms.sick_paid"].widget
    assert isinstance(again, QComboBox)
    assert again.currentData() == "pro_rata"
    assert section.amend_button is not None
    assert not section.amend_button.isEnabled()
    QTest.keyClicks(edit(section, "new.start"), "01/10/2027")
    assert section.amend_button.isEnabled()
    QTest.mouseClick(section.amend_button, Qt.MouseButton.LeftButton)
    month.rest()
    replace(section, "terms.amendment", "7", month)
    replace(section, "terms.signed_on", "15/09/2027", month)
    found = known(section)
    assert found is not None
    assert [(each.amendment, each.start.year) for each in found.terms] == [("6", 2026), ("7", 2027)]
    assert found.terms[1].signed_on == date(2027, 9, 15)
    QTest.mouseClick(section.ways[date(2026, 1, 1)], Qt.MouseButton.LeftButton)
    month.rest()
    assert edit(section, "terms.amendment").text() == "6"
    replace(section, "new.start", "hier", month)
    assert section.fields["new.start"].is_wrong()
    replace(section, "new.start", "01/01/2019", month)
    assert section.fields["new.start"].is_wrong(), "before the agreement"
    month.frame.toast.hide()
