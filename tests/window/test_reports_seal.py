"""The yearly statement sealed on its page: asked once, frozen, written again the same; a draft says why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop.window import dialogs
from ltu_desktop.window.reports_page import ReportsPage
from tests.report_world import YEAR, claimed_year

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk, Make

# Qt's offscreen platform says so of every window of a fixed size
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def first_page() -> str:
    return "home"


@pytest.fixture
def desk(make_window: Make, tmp_path: Path) -> Desk:
    world = claimed_year(tmp_path / "annee.ltu")
    world.close()
    made = make_window()
    made.open(world.path)
    return made


@pytest.fixture
def page(desk: Desk) -> ReportsPage:
    shown = desk.go("reports", "statement")
    assert isinstance(shown, ReportsPage)
    shown.year.choose(YEAR)
    desk.rest()
    return shown


def answer(*, yes: bool) -> None:
    timer = QTimer(QApplication.instance())

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, dialogs.Question):
            timer.stop()
            timer.deleteLater()
            QTest.keyClick(dialog.yes if yes else dialog.no, Qt.Key.Key_Space)

    timer.timeout.connect(press)
    timer.start(5)


def test_a_statement_is_sealed_shown_as_such_and_written_again_the_same(
    page: ReportsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.seal_button.isVisible()
    assert not page.sealing.choice.isVisible()
    answer(yes=False)
    desk.frame.commands.do("reports.seal")
    desk.rest()
    assert page.sealing.version == 0
    answer(yes=True)
    desk.frame.commands.do("reports.seal")
    desk.rest()
    assert desk.frame.trouble.text == ""
    assert page.sealing.version == 1
    assert page.sealing.choice.isVisible()
    assert page.sealing.choice.label().startswith("1, scellée le ")
    assert page.shown is not None
    assert "Empreinte" in page.shown.report.sealed_line
    assert not desk.frame.commands.on("reports.seal")
    assert desk.frame.commands.reasons["reports.seal"] == "Déjà scellé."
    folder = tmp_path / "sortie"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    for _ in range(2):
        page.files.write(("pdf",))
        desk.rest()
    one, two = sorted(folder.iterdir())
    assert {one.name, two.name} == {f"releve-cde-{YEAR}-v1.pdf", f"releve-cde-{YEAR}-v1-2.pdf"}
    assert one.read_bytes() == two.read_bytes()
    page.sealing.choice.choose(0)
    desk.rest()
    assert desk.frame.commands.on("reports.seal")
    answer(yes=True)
    desk.frame.commands.do("reports.seal")
    desk.rest()
    assert "dit la même chose" in desk.frame.trouble.text
    desk.frame.trouble.dismiss()
    desk.frame.toast.hide()


def test_a_year_that_is_not_over_is_a_draft_and_says_so(page: ReportsPage, desk: Desk) -> None:
    page.year.choose(YEAR + 1)
    desk.rest()
    assert not desk.frame.commands.on("reports.seal")
    assert page.sealing.why.text() == desk.frame.commands.reasons["reports.seal"]
    assert page.sealing.why.text() == "Projet : année non finie, 9 mois sans demande."
    page.choose("register")
    desk.rest()
    assert not page.seal_button.isVisible()
