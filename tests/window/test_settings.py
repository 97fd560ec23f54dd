"""The settings: what is typed is saved at once, who only reads is told, what was deleted comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from ltu_desktop.actions.agreements import add_site, remove_site
from ltu_desktop.actions.context import Context
from ltu_desktop.actions.health import set_health
from ltu_desktop.actions.logo import logo
from ltu_desktop.actions.operators import add_operator
from ltu_desktop.actions.paper import set_language
from ltu_desktop.store import tables as t
from ltu_desktop.store.file import Store
from ltu_desktop.window import dialogs, theme
from ltu_desktop.window.form import value_of
from ltu_desktop.window.reports_page import ReportsPage
from ltu_desktop.window.settings_deleted import DeletedSection
from ltu_desktop.window.settings_employer import EmployerSection
from ltu_desktop.window.settings_list import NEW
from ltu_desktop.window.settings_operators import OperatorsSection
from ltu_desktop.window.settings_page import SettingsPage
from ltu_desktop.window.settings_sites import SitesSection
from ltu_desktop.window.tokens import Appearance
from tests.claim_world import FixedClock
from tests.studio import wait
from tests.window.settings_hands import agreement, choose, edit, known, replace, settings, settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk


@pytest.fixture
def first_page() -> str:
    return "home"


def test_shows_what_the_file_holds(month: Desk) -> None:
    page = settings(month)
    assert edit(page, "employer.name").text() == "La Fabrique du Canal"
    assert edit(page, "employer.contributions_valid_until").text() == "31/01/2027"
    section = agreement(month)
    assert edit(section, "agreement.number").text() == "2021-059-14"
    assert edit(section, "terms.ceiling_fte").text() == "36,00"


def test_sections_are_chosen_with_the_keyboard(month: Desk) -> None:
    page = month.go("settings")
    assert isinstance(page, SettingsPage)
    seen = []
    item = page.rail.items["employer"]
    item.setFocus()
    for _ in range(len(page.rail.items) - 1):
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Down)
        month.rest()
        seen.append(page.current)
        assert page.stack.currentWidget() is page.sections[page.current]
        assert page.rail.items[page.current].isChecked()
    assert ["employer", *seen] == list(page.rail.items)


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
    section = agreement(month)
    replace(section, "terms.ceiling_fte", "beaucoup", month)
    assert section.fields["terms.ceiling_fte"].is_wrong()
    replace(section, "agreement.signed_on", "hier", month)
    assert section.fields["agreement.signed_on"].is_wrong()


def test_long_numbers_are_shown_in_groups_and_kept_without(month: Desk) -> None:
    page = settings(month)
    replace(page, "employer.siret", "12345678200010", month)
    replace(page, "employer.iban", "FR7630001007941234567890185", month)
    assert edit(page, "employer.siret").text() == "123 456 782 00010"
    assert edit(page, "employer.iban").text() == "FR76 3000 1007 9412 3456 7890 185"
    before = entries(month)
    replace(page, "employer.siret", "123 456 782 00010", month)
    assert entries(month) == before, "spaces are no change"
    month.frame.toast.hide()


def test_fields_end_where_they_begin_with_a_scroll_bar_and_without(month: Desk) -> None:
    month.frame.resize(1000, 900)
    page = settings(month)
    free = []
    for height in (900, 420):
        month.frame.resize(1000, height)
        wait(month.frame, 30)
        assert page.area.verticalScrollBar().isVisible() == (height == 420)
        field = page.fields["employer.iban"]
        free.append((field.mapTo(page, field.rect().topRight()).x(), page.width() - 1 - 24))
    assert free[0][0] == free[0][1]
    assert free[1] == free[0]


def entries(month: Desk) -> int:
    store = month.frame.desk.store
    assert store is not None
    return store.journal_head()


def test_an_empty_file_is_filled_from_here(window: Desk) -> None:
    path = window.folder / "vide.ltu"
    Store.create(path, clock=FixedClock(), operator="x").close()
    window.open(path)
    page = settings(window, "employer")
    assert edit(page, "employer.name").hasFocus()
    replace(page, "employer.name", "La Fabrique", window)
    section = agreement(window)
    replace(section, "agreement.number", "2026-1", window)
    assert known(section) is None, "an agreement needs its first day too"
    replace(section, "agreement.start_on", "01/01/2026", window)
    found = known(section)
    assert found is not None
    assert found.number == "2026-1"
    assert "terms.ceiling_fte" in section.fields
    window.frame.toast.hide()


def test_the_name_of_who_works_is_kept_and_signs_what_follows(month: Desk) -> None:
    replace(settings(month, "operators"), "you.name", "Marie Courtois", month)
    assert month.frame.desk.memory.operator == "Marie Courtois"
    replace(settings(month), "employer.town", "Loos", month)
    assert month.frame.top.undo.toolTip().split("\n")[-1].startswith("Marie Courtois")
    month.frame.toast.hide()


def sites(month: Desk) -> SitesSection:
    section = settings(month, "sites")
    assert isinstance(section, SitesSection)
    return section


def test_a_site_is_added_renamed_removed_and_brought_back(month: Desk) -> None:
    section = sites(month)
    assert section.add_button is not None
    QTest.keyClick(section.add_button, Qt.Key.Key_Space)
    assert edit(section, "row.code").hasFocus()
    QTest.keyClicks(edit(section, "row.code"), "MOU")
    QTest.keyClick(edit(section, "row.name"), Qt.Key.Key_Return)
    month.rest()
    assert section.fields["row.name"].is_wrong(), "a site needs a name"
    QTest.keyClicks(edit(section, "row.name"), "Le Moulin")
    QTest.keyClicks(edit(section, "row.siret"), "12345678200010")
    QTest.keyClick(edit(section, "row.town"), Qt.Key.Key_Return)
    month.rest()
    [key] = section.opens
    assert [line.title for line in section.lines()] == ["MOU · Le Moulin"]
    QTest.mouseClick(section.opens[key], Qt.MouseButton.LeftButton)
    replace(section, "row.name", "La Halle", month)
    assert [line.title for line in section.lines()] == ["MOU · La Halle"]
    QTest.mouseClick(section.removes[key], Qt.MouseButton.LeftButton)
    month.rest()
    assert section.lines() == []
    month.frame.commands.do("edit.undo")
    month.rest()
    assert [line.title for line in section.lines()] == ["MOU · La Halle"]
    month.frame.toast.hide()


def test_a_site_in_use_stays_and_says_why(month: Desk) -> None:
    store = month.frame.desk.store
    assert store is not None
    with store.write("test") as tx:
        key = tx.insert(t.site, {"code": "MOU", "name": "Le Moulin"})
        person = tx.connection.execute(t.person.select()).first()
        assert person is not None
        tx.update(t.person, person.id, {"site_id": key})
    month.rest()
    section = sites(month)
    assert not section.removes[key].isEnabled()
    assert "utilisé" in section.removes[key].toolTip()
    assert shown(section, "1 personne sous contrat"), "the line itself says it, too"
    contract = t.contract.c
    with store.write("test") as tx:
        for row in tx.connection.execute(t.contract.select().where(contract.person_id == person.id)).all():
            tx.update(t.contract, row.id, {"end_on": month.frame.desk.month.first - timedelta(days=1)})
    month.rest()
    assert not shown(section, "1 personne sous contrat"), "who left is counted no more"
    assert not section.removes[key].isEnabled(), "and still needs the site"


def operators(month: Desk) -> OperatorsSection:
    section = settings(month, "operators")
    assert isinstance(section, OperatorsSection)
    return section


def test_a_reader_sees_all_and_changes_nothing_and_is_told_why(month: Desk) -> None:
    frame = month.frame
    section = operators(month)
    assert section.add_button is not None
    QTest.keyClick(section.add_button, Qt.Key.Key_Space)
    QTest.keyClicks(edit(section, "row.operator"), "Ida Petit")
    choose(section, "row.role", "reader", month)
    QTest.keyClick(edit(section, "row.operator"), Qt.Key.Key_Return)
    month.rest()
    assert [(line.title, line.tag) for line in section.lines()] == [
        ("Ida Petit", "Lecteur"),
        ("Nadia Roussel (vous)", "Administrateur"),
    ]
    assert why_not(month) == ""
    you = section.fields["you.name"].widget
    assert isinstance(you, QComboBox)
    you.setCurrentIndex(you.findData("Ida Petit"))
    you.activated.emit(you.currentIndex())
    month.rest()
    assert why_not(month)
    assert not section.add_button.isEnabled()
    assert "Ida Petit" in frame.desk.why_not
    assert shown(frame, frame.desk.why_not), "the page says why"
    month.go("people")
    assert not frame.commands.on("people.new")
    assert frame.commands.reasons["people.new"] == frame.desk.why_not
    assert not frame.commands.on("edit.undo")
    assert "lecture seule" in frame.status.file.text()
    back = operators(month).fields["you.name"].widget
    assert isinstance(back, QComboBox)
    assert back.isEnabled(), "one may always work as another"
    back.setCurrentIndex(back.findData("Nadia Roussel"))
    back.activated.emit(back.currentIndex())
    month.rest()
    assert why_not(month) == ""
    assert not shown(frame, "lit ce fichier")
    frame.toast.hide()


def why_not(month: Desk) -> str:
    return month.frame.desk.why_not


def shown(frame: QWidget, text: str) -> bool:
    return any(text in label.text() for label in frame.findChildren(QLabel) if label.isVisible())


def test_the_only_administrator_stays_one(month: Desk) -> None:
    section = operators(month)
    section.open_line(NEW)
    QTest.keyClicks(edit(section, "row.operator"), "Ida Petit")
    choose(section, "row.role", "reader", month)
    QTest.keyClick(edit(section, "row.operator"), Qt.Key.Key_Return)
    month.rest()
    me = next(line.key for line in section.lines() if "Nadia" in line.title)
    QTest.mouseClick(section.opens[me], Qt.MouseButton.LeftButton)
    choose(section, "row.role", "reader", month)
    assert section.fields["row.role"].is_wrong()
    assert month.frame.desk.writable
    choose(section, "row.role", "administrator", month)
    replace(section, "row.operator", "Nadia Roussel-Petit", month)
    assert month.frame.desk.operator == "Nadia Roussel-Petit", "she goes on under her new name"
    month.frame.toast.hide()


def test_colours_languages_and_rows_are_chosen_here(month: Desk) -> None:
    section = settings(month, "window")
    made: list[str] = []
    month.frame.language_chosen.connect(made.append)
    month.frame.desk.remake.connect(lambda: made.append("remade"))
    choose(section, "window.appearance", "dark", month)
    assert theme.tokens().appearance == Appearance.DARK
    assert month.frame.desk.memory.appearance == Appearance.DARK
    choose(section, "window.scale", "125", month)
    choose(section, "window.rows", "compact", month)
    assert (month.frame.desk.memory.scale, month.frame.desk.memory.rows) == (125, "compact")
    choose(section, "window.language", "en", month)
    assert made == ["remade", "remade", "en"]
    choose(section, "paper.language", "en", month)
    store = month.frame.desk.store
    assert store is not None
    assert Context(store, month.frame.words, FixedClock()).paper.language == "en"
    assert month.frame.words.language == "fr", "the window keeps its own"
    month.frame.commands.do("edit.undo")
    month.rest()
    again = section.fields["paper.language"].widget
    assert isinstance(again, QComboBox)
    assert again.currentData() == "fr"
    theme.apply(QApplication.instance(), Appearance.LIGHT)  # type: ignore[arg-type]
    month.frame.toast.hide()


def test_a_logo_is_chosen_shown_printed_and_taken_off(
    month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "green").save(path)
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: path)
    section = settings(month)
    assert isinstance(section, EmployerSection)
    assert not section.remove_button.isVisible()
    QTest.mouseClick(section.choose_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert section.picture.pixmap().height() > 0
    store = month.frame.desk.store
    assert store is not None
    ctx = Context(store, month.frame.words, FixedClock())
    assert logo(ctx) is not None
    QTest.mouseClick(section.remove_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert logo(ctx) is None
    month.frame.commands.do("edit.undo")
    month.rest()
    assert logo(ctx) is not None
    path.write_text("Bonjour", "utf-8")
    section.choose_logo()
    month.rest()
    assert "image" in month.frame.trouble.text
    path.unlink()
    section.choose_logo()
    month.rest()
    assert "ne peut pas être lu" in month.frame.trouble.text
    month.frame.toast.hide()


def test_what_was_deleted_is_brought_back_from_here(month: Desk) -> None:
    section = settings(month, "deleted")
    assert isinstance(section, DeletedSection)
    assert shown(month.frame, "Rien n’est supprimé")
    store = month.frame.desk.store
    assert store is not None
    ctx = Context(store, month.frame.words, FixedClock())
    key = add_site(ctx, code="MOU", name="Le Moulin")
    remove_site(ctx, key)
    month.rest()
    [(number, way)] = section.ways.items()
    assert shown(month.frame, "a supprimé le site « Le Moulin »".replace(" »", "\u00a0»").replace("« ", "«\u00a0"))
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    month.rest()
    assert number not in section.ways
    with store.read() as connection:
        assert [row.code for row in connection.execute(t.site.select())] == ["MOU"]
    remove_site(ctx, key)
    add_site(ctx, code="MOU", name="Le Moulin neuf")
    month.rest()
    [way] = section.ways.values()
    assert not way.isEnabled()
    assert way.toolTip()
    assert shown(month.frame, way.toolTip()), "what stands in the way is told"
    month.frame.toast.hide()


def test_sections_are_reached_from_anywhere(month: Desk) -> None:
    page = month.frame.pages["settings"]
    assert isinstance(page, SettingsPage)
    for code in ("sites", "operators", "passphrase", "deleted"):
        month.go("people")
        month.frame.commands.do(f"settings.{code}")
        month.rest()
        assert month.frame.page is page
        assert page.current == code
    month.frame.commands.do("file.close")
    month.rest()
    assert not month.frame.commands.on("settings.sites")


def test_health_is_hidden_with_a_word(month: Desk) -> None:
    store = month.frame.desk.store
    assert store is not None
    ctx = Context(store, month.frame.words, FixedClock())
    with store.read() as connection:
        person = connection.execute(t.contract.select()).first()
    assert person is not None
    set_health(ctx, person.person_id, {"medical_check_due": date(2026, 11, 20)})
    month.go("home")
    assert shown(month.frame, "visite médicale")
    add_operator(ctx, "Ida Petit", role="without_health")
    month.frame.desk.sign("Ida Petit")
    month.rest()
    assert not shown(month.frame, "visite médicale")
    assert shown(month.frame, "Les dates de santé sont cachées à votre rôle.")
    assert month.frame.desk.writable


def test_reports_go_out_in_the_files_language_as_they_are_filtered(
    month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = month.frame.desk.store
    assert store is not None
    set_language(Context(store, month.frame.words, FixedClock()), "en")
    page = month.go("reports", "register")
    assert isinstance(page, ReportsPage)
    page.status.choose("Autre")
    month.rest()
    folder = tmp_path / "sortie"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    page.files.write(("csv",))
    month.rest()
    (written,) = folder.iterdir()
    text = written.read_text("utf-8-sig")
    assert "Other" in text
    assert "PPDE" not in text
    assert "Autre" not in text
    assert page.shown is not None
    assert page.shown.report.language == "fr", "the screen keeps the window's language"
    month.frame.toast.hide()


def test_escape_closes_what_is_open(month: Desk) -> None:
    section = sites(month)
    section.begin_new()
    QTest.keyClick(edit(section, "row.code"), Qt.Key.Key_Escape)
    month.rest()
    assert section.open_key is None
    assert QApplication.focusWidget() is section.add_button
    found = agreement(month)
    choose(found, "terms.rounding", "on_sum", month)
    assert found.effect is not None
    assert found.effect.isVisible()
    month.frame.commands.do("view.back")
    month.rest()
    assert value_of(found.fields["terms.rounding"]) != "on_sum"
    assert settings_of(found) == {}
    page = month.frame.page
    month.frame.commands.do("view.back")
    month.rest()
    assert month.frame.page is page, "there is nothing more to close"
