"""What is typed stays in its month while the rows of another one come, and keys before the rows do nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ltu_desktop.window.attendance_page import AttendancePage
from tests.window.attendance_hands import CTRL, NADIA, day, kept, key, opened, to, write

if TYPE_CHECKING:
    from tests.window.conftest import Desk, Make


@pytest.fixture
def desk(attendance_desk: Desk) -> Desk:
    return attendance_desk


@pytest.mark.parametrize("at", [30, 31])
def test_what_is_on_its_way_is_not_shown_in_another_month(desk: Desk, at: int) -> None:
    page = opened(desk)
    to(page, NADIA, at)
    key(Qt.Key.Key_PageDown, CTRL)
    write("3")  # into October, which still is what one sees
    key(Qt.Key.Key_Return)
    desk.rest()
    sheet = page.grid.sheet
    assert sheet.days[0].day == date(2026, 11, 1)
    assert [cell.done for row in sheet.rows for cell in row.cells if cell.done] == []
    assert kept(desk, NADIA, day(at)) == (180, ())


def test_a_block_pasted_before_the_rows_are_there_does_nothing(make_window: Make) -> None:
    window = make_window()
    page = window.frame.pages["attendance"]
    assert isinstance(page, AttendancePage)
    QGuiApplication.clipboard().setText("Matricule\t01/10/2026\n0020\t7")
    page.grid.setFocus()
    page.handlers()["attendance.paste"]()
    window.rest()
    assert page.grid.sheet.shown == []
