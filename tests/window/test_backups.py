"""Backups in the window: made, proven, and restored after a look, from the settings and from the first page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import backups as files
from ltu_desktop.store.file import Store
from ltu_desktop.window import dialogs
from ltu_desktop.window.controls import Button
from ltu_desktop.window.settings_page import SettingsPage
from tests.claim_world import FixedClock
from tests.window.settings_hands import backups, passphrase, secret, settings, shown, store_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said of dialogs where there is no screen


@pytest.fixture
def first_page() -> str:
    return "home"


def rename(month: Desk, name: str) -> None:
    page = month.go("settings", "employer")
    assert isinstance(page, SettingsPage)
    edit = page.section("employer").fields["employer.town"].widget
    assert isinstance(edit, QLineEdit)
    edit.setText(name)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    month.rest()
    month.frame.toast.hide()


def test_a_backup_is_made_proven_and_both_are_told(month: Desk) -> None:
    page = backups(month)
    assert "aucune encore" in shown(page)
    assert "pas encore sur cet ordinateur" in shown(page)
    assert page.make_button is not None
    QTest.keyClick(page.make_button, Qt.Key.Key_Space)
    month.rest()
    assert len(page.ways) == 1
    assert page.prove_button is not None
    QTest.keyClick(page.prove_button, Qt.Key.Key_Space)
    month.rest()
    assert "a été restaurée en entier" in shown(page)
    assert "sauvegarde vérifiée le 12/11/2026" in month.frame.status.file.text()
    rename(month, "Loos")
    assert "1 changement depuis" in shown(backups(month))
    month.frame.toast.hide()


def test_a_backup_goes_to_a_folder_that_is_chosen(month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stick = tmp_path / "cle-usb"
    stick.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: stick)
    page = backups(month)
    button = next(each for each in page.findChildren(Button) if "ailleurs" in each.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    month.rest()
    assert len(list(stick.glob("fabrique-*.ltu"))) == 1
    assert month.frame.desk.memory.backup_folder == stick
    month.frame.toast.hide()


def test_restoring_shows_first_what_would_be_lost_and_keeps_the_file_aside(month: Desk) -> None:
    path = store_of(month).backup()
    rename(month, "Loos")
    page = backups(month)
    QTest.mouseClick(page.ways[path], Qt.MouseButton.LeftButton)
    month.rest()
    assert page.view is not None
    assert "1 changement serait perdu" in page.view.text
    assert "a modifié les données de l’employeur" in page.view.text
    assert re.search(r"Personnes\s+24\b", page.view.text)
    assert store_of(month).journal_head() > 0, "nothing is restored yet"
    assert page.restore_button is not None
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    month.rest()
    found = settings(month, "employer").fields["employer.town"].widget
    assert isinstance(found, QLineEdit)
    assert found.text() == ""
    assert [each.name for each in month.folder.glob("*before-restore*.ltu")]
    assert store_of(month).entries(limit=1)[0].action == "store.restore"
    assert month.frame.desk.writable
    month.frame.toast.hide()


def restore_of(month: Desk, path: Path) -> Button:
    """See what restoring a backup would change; return the button that does it."""
    page = backups(month)
    QTest.mouseClick(page.ways[path], Qt.MouseButton.LeftButton)
    month.rest()
    assert page.restore_button is not None
    return page.restore_button


def test_a_restore_that_fails_leaves_all_as_it_was_and_says_why(month: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store_of(month).backup()
    rename(month, "Loos")
    button = restore_of(month, path)

    def full(*_: object, **__: object) -> None:
        raise UserError("disk_full", "The disk is full. Nothing of this change was saved.", "Free some space.")

    monkeypatch.setattr(files, "write_copy", full)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    month.rest()
    assert "disque est plein" in month.frame.trouble.text
    assert store_of(month).entries(limit=1)[0].action == "agreements.set_employer"
    assert month.frame.desk.writable
    rename(month, "Lille")
    assert len(store_of(month).entries(limit=1)) == 1
    month.frame.toast.hide()


def test_a_mistake_of_ours_while_restoring_is_reported_and_the_file_is_open_again(
    month: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store_of(month).backup()
    button = restore_of(month, path)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("not for people")

    monkeypatch.setattr(files, "write_copy", broken)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    month.rest()
    assert "Le programme a commis une erreur" in month.frame.trouble.text
    assert "not for people" not in month.frame.trouble.text
    assert [str(each) for each in month.mistakes] == ["not for people"]
    month.mistakes.clear()
    rename(month, "Loos")
    assert store_of(month).entries(limit=1)[0].action == "agreements.set_employer"
    month.frame.toast.hide()


def test_a_file_that_does_not_open_again_leads_to_the_first_page_with_a_word(
    month: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store_of(month).backup()
    button = restore_of(month, path)

    def away(*_: object, **__: object) -> None:
        raise UserError("disk", "The disk did not answer.")

    monkeypatch.setattr(Store, "open", away)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    month.rest()
    assert month.frame.desk.store is None
    assert month.frame.outer.currentWidget() is month.frame.start
    assert "le fichier est maintenant fermé" in month.frame.trouble.text
    assert "fabrique" in month.frame.trouble.text


def test_restoring_can_be_left(month: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store_of(month).backup()
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: path)
    page = backups(month)
    page.choose_file()
    month.rest()
    assert page.view is not None
    assert "Aucun changement ne serait perdu" in page.view.text
    month.frame.commands.do("view.back")
    month.rest()
    assert page.restore_button is None


def test_what_is_no_backup_is_refused_in_words(month: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    letter = tmp_path / "lettre.ltu"
    letter.write_text("Bonjour", "utf-8")
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: letter)
    page = backups(month)
    page.choose_file()
    month.rest()
    assert "lettre.ltu" in month.frame.trouble.text
    assert store_of(month).entries() is not None


@pytest.mark.usefixtures("cheap")
def test_a_backup_of_another_passphrase_asks_for_that(month: Desk) -> None:
    store = store_of(month)
    store.change_passphrase("avant")
    path = store.backup()
    store.change_passphrase("maintenant")
    month.rest()
    page = backups(month)
    QTest.mouseClick(page.ways[path], Qt.MouseButton.LeftButton)
    month.rest()
    field = page.fields["restore.passphrase"]
    QTest.keyClicks(field.widget, "faux")
    QTest.keyClick(field.widget, Qt.Key.Key_Return)
    month.rest()
    field = page.fields["restore.passphrase"]
    assert field.is_wrong()
    assert isinstance(field.widget, QLineEdit)
    field.widget.setText("avant")
    QTest.keyClick(field.widget, Qt.Key.Key_Return)
    month.rest()
    assert page.restore_button is not None
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert store_of(month).encrypted
    assert store_of(month).entries(limit=1)[0].action == "store.restore"
    month.frame.toast.hide()


def test_a_reader_neither_restores_nor_changes_the_passphrase(month: Desk) -> None:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.operators import add_operator

    path = store_of(month).backup()
    add_operator(Context(store_of(month), month.frame.words, FixedClock()), "Ida Petit", role="reader")
    month.frame.desk.sign("Ida Petit")
    month.rest()
    assert month.frame.toast.isVisible(), "it is told once why all is grey"
    page = backups(month)
    assert not page.ways[path].isEnabled()
    assert "Seul un administrateur" in shown(page)
    key = passphrase(month)
    assert key.change_button is not None
    assert not key.change_button.isEnabled()
    assert "Seul un administrateur" in shown(key)
    assert not month.frame.toast.isVisible(), "the settings say it themselves"


def test_a_backup_is_restored_from_the_first_page(
    window: Desk, open_month: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = window.folder / "perdu.ltu"
    path.write_bytes(open_month.read_bytes())
    with Store.open(path, clock=FixedClock(), operator="x") as before:
        backup = before.backup()
    path.write_bytes(b"rubbish")
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: backup)
    start = window.frame.start
    QTest.mouseClick(start.choices.rescue, Qt.MouseButton.LeftButton)
    window.rest()
    assert start.rescue.target == path
    assert re.search(r"Personnes\s+24\b", start.rescue.view.text)
    assert "gardé sous un autre nom" in start.rescue.note.text()
    QTest.keyClick(start.rescue.on_button, Qt.Key.Key_Space)
    window.rest()
    store = window.frame.desk.store
    assert store is not None
    assert store.path == path
    assert next(window.folder.glob("perdu-before-restore*.ltu")).read_bytes() == b"rubbish"
    window.frame.commands.do("file.restore")
    window.rest()
    page = window.frame.page
    assert isinstance(page, SettingsPage)
    assert page.current == "backups"
    window.frame.toast.hide()


@pytest.mark.usefixtures("cheap")
def test_a_protected_backup_is_restored_elsewhere_with_its_passphrase(
    window: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = secret(window)
    with Store.open(path, clock=FixedClock(), operator="x", passphrase="sesame") as store:
        backup = store.backup(window.folder / "cle")
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: backup)
    target = window.folder / "ailleurs.ltu"
    monkeypatch.setattr(dialogs, "ask_save", lambda *_: target)
    start = window.frame.start
    start.restore()
    window.rest()
    sheet = start.rescue
    edit = sheet.field.widget
    assert QApplication.focusWidget() is edit
    QTest.keyClicks(edit, "faux")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    window.rest()
    assert sheet.field.is_wrong()
    QTest.keyClicks(edit, "sesame")  # what was wrong is selected, so typing replaces it
    QTest.keyClick(edit, Qt.Key.Key_Return)
    window.rest()
    assert sheet.view.isVisible()
    QTest.mouseClick(sheet.elsewhere, Qt.MouseButton.LeftButton)
    window.rest()
    QTest.keyClick(sheet.on_button, Qt.Key.Key_Space)
    window.rest()
    found = window.frame.desk.store
    assert found is not None
    assert (found.path, found.encrypted) == (target, True)
    window.frame.toast.hide()
