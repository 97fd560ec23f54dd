"""Short ways to work in the settings as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from ltu_desktop.store.file import Store
from ltu_desktop.window.settings_agreement import AgreementSection
from ltu_desktop.window.settings_backups import BackupsSection
from ltu_desktop.window.settings_page import SettingsPage
from ltu_desktop.window.settings_passphrase import PassphraseSection
from tests.claim_world import FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.queries.agreements import AgreementRow
    from ltu_desktop.window.settings_section import Section
    from tests.window.conftest import Desk


def edit(page: Section, name: str) -> QLineEdit:
    widget = page.fields[name].widget
    assert isinstance(widget, QLineEdit)
    return widget


def replace(page: Section, name: str, text: str, month: Desk) -> None:
    field = edit(page, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    month.rest()


def settings(month: Desk, what: str = "employer") -> Section:
    page = month.go("settings", what)
    assert isinstance(page, SettingsPage)
    return page.section(page.current)


def agreement(month: Desk) -> AgreementSection:
    section = settings(month, "agreement")
    assert isinstance(section, AgreementSection)
    return section


def known(section: AgreementSection) -> AgreementRow | None:
    assert section.kept is not None
    return section.kept.agreement


def choose(section: Section, name: str, code: str, month: Desk) -> None:
    choice = section.fields[name].widget
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    choice.setCurrentIndex(choice.findData(code))
    choice.activated.emit(choice.currentIndex())
    month.rest()


def settings_of(section: AgreementSection) -> dict[str, str]:
    found = known(section)
    assert found is not None
    return found.terms[0].settings


def backups(month: Desk) -> BackupsSection:
    section = settings(month, "backups")
    assert isinstance(section, BackupsSection)
    return section


def passphrase(month: Desk) -> PassphraseSection:
    section = settings(month, "passphrase")
    assert isinstance(section, PassphraseSection)
    return section


def store_of(month: Desk) -> Store:
    store = month.frame.desk.store
    assert store is not None
    return store


def shown(place: Section | Desk) -> str:
    root = place if not hasattr(place, "frame") else place.frame
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisible())


def secret(month: Desk) -> tuple[Path, str]:
    path = month.folder / "secret.ltu"
    with Store.create(path, clock=FixedClock(), operator="Nadia Roussel", passphrase="sesame") as store:
        return path, str(store.recovery_code())
