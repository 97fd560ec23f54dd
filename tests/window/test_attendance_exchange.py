"""Attendance in and out through the window: blocks with heads, files, what is written, and the way to the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ltu_desktop.window import dialogs
from ltu_desktop.window.attendance_blocks import has_heads
from ltu_desktop.window.home_page import HomePage
from ltu_desktop.window.paper_page import Ask
from tests.attendance_world import OCTOBER
from tests.window.attendance_hands import CTRL, LAURENT, NADIA, day, kept, key, place, seen, to, toast

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.window.attendance_page import AttendancePage
    from tests.window.conftest import Desk


@pytest.fixture
def desk(attendance_desk: Desk) -> Desk:
    return attendance_desk


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([["7", "CP"], ["", "3,5"]], False),
        ([["7"]], False),
        ([["", "12/10/2026"], ["0020", "7"]], True),
        ([["BENALI Nadia", "7"], ["BOUCHEZ Laurent", "7"]], True),
        ([["lun. 12"]], False),
        ([["7", "7"], ["x", "7"]], True),
        ([[], ["7"]], False),
    ],
)
def test_a_block_tells_by_itself_whose_and_which_days(rows: list[list[str]], *, heads: bool) -> None:
    assert has_heads(rows) is heads


def test_a_block_with_heads_is_looked_at_before_it_is_taken_in(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 1)
    QGuiApplication.clipboard().setText(
        "Matricule\t12/10/2026\t13/10/2026\n0085\t5\tCP\n0020\t7\t4\n9999\t7\t7\n0021\tx\t\n"
    )
    key(Qt.Key.Key_V, CTRL)
    desk.rest()
    panel = page.panels.now
    assert panel is page.exchange.take
    assert page.exchange.take.plan is not None
    assert (page.exchange.take.plan.changed, page.exchange.take.plan.unchanged) == (3, 1)
    said = [each.text() for each in panel.findChildren(QLabel)]
    assert [text.count("9999") for text in said if "9999" in text] == [1], "once for the row"
    assert [text.replace("\u00a0", " ") for text in said if "→" in text] == [
        "BOUCHEZ Laurent · lun. 12 octobre · 7 → 5",
        "BOUCHEZ Laurent · mar. 13 octobre · 7 → CP",
        "BENALI Nadia · mar. 13 octobre · 7 → 4",
    ]
    assert kept(desk, LAURENT, day(12)) == (420, ())
    assert QApplication.focusWidget() is page.exchange.take.go
    key(Qt.Key.Key_Space)
    desk.rest()
    assert (seen(page, LAURENT, 12), seen(page, LAURENT, 13), seen(page, NADIA, 13)) == ("5", "CP", "4")
    assert toast(desk) == "3 cases enregistrées"
    assert page.panels.now is None
    key(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert seen(page, LAURENT, 13) == "7"


def test_a_month_that_was_written_is_read_back(
    desk: Desk, page: AttendancePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    monkeypatch.setattr(dialogs, "ask_folder", lambda *_: folder)
    page.exchange.export("xlsx")
    desk.rest()
    [written] = folder.iterdir()
    to(page, NADIA, 20)
    key(Qt.Key.Key_Delete)
    desk.rest()
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: written)
    key(Qt.Key.Key_I, CTRL)
    desk.rest()
    plan = page.exchange.take.plan
    assert plan is not None
    assert (plan.changed, plan.refused) == (1, ())
    page.exchange.take.go.click()
    desk.rest()
    assert kept(desk, NADIA, day(20)) == (420, ())


def test_print_leads_to_the_paper_of_the_month_and_team(
    desk: Desk, page: AttendancePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object]] = []
    desk.frame.desk.go.connect(lambda code, what: asked.append((code, what)))
    garage = next(value for value, text in page.team._options if text == "Garage solidaire")
    page.team.choose(garage)
    page.grid.setFocus()
    key(Qt.Key.Key_P, CTRL)
    desk.rest()
    assert asked == [("paper", Ask("attendance", month=OCTOBER, activity_id=garage))]  # type: ignore[arg-type]


def test_a_link_leads_to_somebody_s_day(desk: Desk, page: AttendancePage) -> None:
    garage = next(value for value, text in page.team._options if text == "Garage solidaire")
    page.team.choose(garage)
    desk.go("attendance", (NADIA, day(14)))
    assert page.grid.choice.active == place(page, NADIA, 14)


def test_home_leads_to_the_first_open_day(desk: Desk, page: AttendancePage) -> None:
    home = desk.go("home")
    assert isinstance(home, HomePage)
    assert home.home is not None
    step = home.home.steps[1]
    assert home.home.next is step
    QTest.mouseClick(home.next, Qt.MouseButton.LeftButton)
    desk.rest()
    assert desk.frame.page is page
    sheet, active = page.grid.sheet, page.grid.choice.active
    row = sheet.row(active.row)
    first = next(at for at, cell in enumerate(row.cells) if cell.planned_only)
    assert active == place(page, row.staff_number, first + 1)
    assert row.staff_number == step.go.subject
