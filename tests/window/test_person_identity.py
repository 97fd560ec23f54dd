"""Who a person is, in the panel: saved field by field, looked at while typed; her health dates not for every role."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ltu_desktop.actions import operators
from ltu_desktop.window.live_checks import check
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.tokens import Meaning
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.form import Field
    from ltu_desktop.window.person_identity import Identity
    from tests.window.conftest import Desk


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    shown = month.go("people", "0018")
    assert isinstance(shown, PeoplePage)
    QTest.mouseClick(shown.panel.tabs.button("identity"), Qt.MouseButton.LeftButton)
    assert shown.panel.identity.isVisible()
    return shown


def part(page: PeoplePage) -> Identity:
    return page.panel.identity


def edit(field: Field) -> QLineEdit:
    assert isinstance(field.widget, QLineEdit)
    return field.widget


def write(field: Field, text: str, *, leave: bool = True) -> None:
    widget = edit(field)
    widget.setFocus()
    widget.selectAll()
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)
    if leave:
        QTest.keyClick(widget, Qt.Key.Key_Return)


def below(field: Field) -> str:
    return field.widget.accessibleDescription()


def test_a_name_is_corrected_everywhere_and_undone(page: PeoplePage, month: Desk) -> None:
    write(part(page).fields["name"], "L'Etoile  d'Or")
    month.rest()
    assert page.panel.name.text() == "L'ETOILE D'OR Patrick"
    assert edit(part(page).fields["name"]).text() == "L'Etoile d'Or"
    assert QApplication.focusWidget() is edit(part(page).fields["name"]), "the hand stays"
    assert "L'ETOILE D'OR Patrick" in [each.list_name for each in page.list.model.rows()]
    month.frame.commands.do("edit.undo")
    month.rest()
    assert page.panel.name.text() == "ALLARD Patrick"
    month.frame.toast.hide()


def test_a_person_of_one_name_has_no_gap(page: PeoplePage, month: Desk) -> None:
    write(part(page).fields["first_names"], "")
    month.rest()
    assert page.panel.name.text() == "ALLARD"
    month.frame.toast.hide()


def test_what_is_needed_and_what_is_taken_stands_at_its_field(page: PeoplePage, month: Desk) -> None:
    write(part(page).fields["name"], " ")
    assert part(page).fields["name"].is_wrong()
    write(part(page).fields["staff_number"], "0011")
    month.rest()
    assert "ADJAOUD" in below(part(page).fields["staff_number"])
    assert edit(part(page).fields["staff_number"]).text() == "0011", "it stays as typed"
    assert not month.frame.trouble.isVisible()


def test_a_number_is_looked_at_while_it_is_typed_and_never_shown_whole(page: PeoplePage, month: Desk) -> None:
    field = part(page).fields["nir"]
    write(field, "18003", leave=False)
    assert below(field) == "5 caractères sur 13"
    write(field, "1 80 03 2A 123 456 18", leave=False)
    assert field.is_wrong()
    assert below(field).endswith("18 lue, 52 attendue.")
    write(field, "1 80 03 2A 123 456", leave=False)
    assert below(field).startswith("Sa clé est ")
    QTest.keyClick(edit(field), Qt.Key.Key_Return)
    month.rest()
    assert edit(field).text() == ""
    assert edit(field).placeholderText() == "…456"
    assert page.panel.person is not None
    assert page.panel.person.values["nir"] == "180032A123456"
    month.frame.toast.hide()


def test_what_is_being_typed_in_another_field_stays_when_one_is_saved(page: PeoplePage, month: Desk) -> None:
    write(part(page).fields["town"], "Lille")
    QTest.keyClick(edit(part(page).fields["town"]), Qt.Key.Key_Tab)
    write(part(page).fields["phone"], "06 12", leave=False)
    month.rest()
    assert edit(part(page).fields["phone"]).text() == "06 12"
    assert edit(part(page).fields["town"]).text() == "Lille"
    month.frame.toast.hide()


def test_health_dates_are_saved_and_undone(page: PeoplePage, month: Desk) -> None:
    field = part(page).health["disability_until"]
    write(field, "32/13/2027")
    assert field.is_wrong()
    write(field, "31122027")
    month.rest()
    assert edit(field).text() == "31/12/2027"
    assert page.panel.sheet is not None
    assert page.panel.sheet.health is not None
    assert page.panel.sheet.health.disability_until == date(2027, 12, 31)
    month.frame.commands.do("edit.undo")
    month.rest()
    assert edit(field).text() == ""
    month.frame.toast.hide()


def test_health_dates_are_kept_from_a_role_without_them(page: PeoplePage, month: Desk) -> None:
    assert part(page).health_box.isVisible()

    def limit(ctx: Context) -> None:
        operators.add_operator(ctx, "Marie", role="administrator")
        operators.add_operator(ctx, "Awa", role="without_health")

    month.frame.desk.act(limit, lambda _done: None)
    month.rest()
    month.frame.desk.sign("Awa")
    page.refresh()
    month.rest()
    assert not part(page).health_box.isVisible()
    assert page.panel.sheet is not None
    assert page.panel.sheet.health is None


TODAY = date(2026, 11, 12)
BLOCKS, LOOK = "wrong", "look"
TYPED, LEFT = "while it is typed", "when it is left"


@pytest.mark.parametrize(
    ("name", "text", "birth", "when", "said"),
    [
        ("nir", "280032B123456", None, TYPED, "Sa clé est"),  # Corsica
        ("nir", "2800399123", None, TYPED, "10 caractères sur 13"),
        ("nir", "2800399123", None, LEFT, BLOCKS),
        ("nir", "28003991234561", None, TYPED, ""),
        ("nir", "280132A123456", None, TYPED, BLOCKS),  # month 13
        ("nir", "280032A123456", date(1981, 3, 1), LEFT, LOOK),
        ("ntt", "112345678", None, TYPED, "9 caractères sur 11"),
        ("ntt", "1123456789X", None, TYPED, ""),
        ("ntt", "9123456789X", None, TYPED, BLOCKS),
        ("siret", "12345678200010", None, TYPED, ""),
        ("siret", "12345678200011", None, TYPED, LOOK),
        ("iban", "FR7630006000011234567890189", None, TYPED, ""),
        ("iban", "FR7730006000011234567890189", None, TYPED, BLOCKS),
        ("birth_date", "0203", None, TYPED, ""),
        ("birth_date", "0203", None, LEFT, BLOCKS),
        ("birth_date", "32/01/1980", None, TYPED, BLOCKS),
        ("birth_date", "13/11/1980", None, TYPED, "45 ans"),
        ("birth_date", "12/11/1980", None, TYPED, "46 ans"),
        ("birth_date", "12/11/2010", None, TYPED, LOOK),
        ("birth_date", "12/11/2014", None, TYPED, BLOCKS),
        ("birth_date", "12/11/1940", None, TYPED, LOOK),
        ("birth_date", "12/11/1840", None, TYPED, BLOCKS),
        ("birth_date", "12/11/2027", None, TYPED, BLOCKS),
        ("contract_start", "2/11/2026", None, TYPED, ""),
        ("contract_start", "31/11/2026", None, TYPED, BLOCKS),
        ("weekly_hours", "28", None, TYPED, "0,80 ETP"),
        ("weekly_hours", "39", None, TYPED, LOOK),
        ("weekly_hours", "61", None, TYPED, BLOCKS),
        ("weekly_hours", "x", None, TYPED, BLOCKS),
        ("hourly_pay", "12,31", None, TYPED, ""),
        ("email", "zoe", None, TYPED, ""),
        ("email", "zoe", None, LEFT, LOOK),
        ("email", "zoe@exemple.fr", None, LEFT, ""),
        ("postcode", "5900", None, LEFT, LOOK),
        ("postcode", "59000", None, LEFT, ""),
        ("town", "x", None, LEFT, ""),
        ("nir", "", None, LEFT, ""),
    ],
)
def test_says_what_a_text_means_while_it_is_typed(
    name: str, text: str, birth: date | None, when: str, said: str
) -> None:
    found = check(Words("fr"), name, text, today=TODAY, birth=birth, typing=when == TYPED)
    assert bool(found.wrong) == (said == BLOCKS)
    assert (found.meaning is Meaning.ATTENTION) == (said == LOOK)
    if said not in {BLOCKS, LOOK}:
        assert found.note.startswith(said)
        assert bool(found.note) == bool(said)
