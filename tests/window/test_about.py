"""About: version, rules and licences; what is brought on a key is checked, taken and taken back from the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl

from installers import schemes as publisher
from ltu_desktop import __version__, licences
from ltu_desktop.actions import schemes, updates
from ltu_desktop.rules import signed
from ltu_desktop.window import dialogs
from ltu_desktop.window.dialogs import Question
from tests.pack_world import CODE, RATE, RATE_2027, SECRET, SIGNER, Bench, bench

if TYPE_CHECKING:
    from tests.window.conftest import Desk

__all__ = ["bench"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said of dialogs where there is no screen


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: path)


def shown(desk: Desk) -> str:
    return desk.frame.drawers.about.text.toPlainText()


def test_about_tells_version_rules_and_every_part(window: Desk) -> None:
    window.frame.commands.do("view.about")
    window.rest()
    assert window.frame.drawers.open is window.frame.drawers.about
    text = shown(window)
    assert text.startswith(f"LTU Desktop {__version__}\n")
    assert "Édition 1 du 27/11/2026, livrée avec le programme." in text
    for part in licences.parts():
        assert f"{part.name} {part.version}, {part.licence}" in text


def test_a_parts_licence_is_read_and_left(window: Desk) -> None:
    window.frame.commands.do("view.about")
    window.rest()
    drawer = window.frame.drawers.about
    assert not drawer.back.isVisible()
    drawer.text.anchorClicked.emit(QUrl("part:shiboken6"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in shown(window)
    drawer.back.click()
    assert shown(window).startswith("LTU Desktop")
    assert not drawer.back.isVisible()


def test_a_pack_is_taken_and_taken_back(month: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    month.frame.commands.do("view.about")
    month.rest()
    assert not month.frame.commands.on("rules.back")
    choose(monkeypatch, bench.file((RATE, RATE_2027)))
    month.frame.commands.do("rules.add")
    month.rest()
    assert "édition 2 du 20/01/2027" in month.frame.toast.accessibleName()
    text = shown(month)
    assert "Édition 2 du 20/01/2027, apportée par un paquet." in text
    assert "Taux 2027." in text
    assert "100,00" in text
    month.frame.commands.do("rules.back")
    month.rest()
    assert "livrée avec le programme" in shown(month)
    assert schemes.in_use(CODE).edition == 1
    assert not month.frame.commands.on("rules.back"), "no pack is left to undo"
    assert "pas de paquet" in month.frame.commands.reasons["rules.back"]


def test_a_changed_pack_is_refused_in_words_and_changes_nothing(
    window: Desk, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bench.file((RATE, RATE_2027))
    path.write_bytes(path.read_bytes().replace(b"1.00", b"9.00"))
    choose(monkeypatch, path)
    window.frame.commands.do("rules.add")
    window.rest()
    assert "sa signature ne correspond pas" in window.frame.trouble.text
    assert schemes.in_use(CODE).edition == 1
    choose(monkeypatch, None)
    window.frame.commands.do("rules.add")
    assert not window.frame.desk.worker.busy()


@pytest.fixture
def setup(bench: Bench) -> Path:
    """A newer program with its signature."""
    path = bench.folder / "LTU-Desktop-9.0.0-setup.exe"
    path.write_bytes(b"MZ new")
    sign(path, "9.0.0")
    return path


def sign(path: Path, version: str) -> None:
    data = signed.sign(publisher.describe(path, version), SIGNER, SECRET)
    path.with_name(path.name + updates.ENDING).write_bytes(data)


def test_a_newer_program_is_started_when_one_agrees(window: Desk, setup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Path] = []
    monkeypatch.setattr(dialogs, "open_file", started.append)
    monkeypatch.setattr(sys, "platform", "win32")
    choose(monkeypatch, setup)
    for answer in ("no", "yes"):
        window.frame.commands.do("program.update")
        window.rest()
        question = next(each for each in window.frame.findChildren(Question) if each.isVisible())
        assert "9.0.0" in question.windowTitle()
        assert started == []
        getattr(question, answer).click()
    assert started == [setup]
    assert not window.frame.isVisible()  # its files can be replaced now


def test_a_program_that_is_not_right_is_never_started(
    window: Desk, setup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(dialogs, "open_file", started.append)
    setup.write_bytes(b"MZ bad")
    choose(monkeypatch, setup)
    window.frame.commands.do("program.update")
    window.rest()
    assert "sa signature ne correspond pas" in window.frame.trouble.text
    assert not [each for each in window.frame.findChildren(Question) if each.isVisible()]
    assert started == []
