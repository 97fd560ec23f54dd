"""From the planning and the attendance to what is printed, and back by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from tests.window.conftest import Desk


@pytest.mark.parametrize(("code", "kinds"), [("planning", 4), ("attendance", 2)])
def test_ctrl_p_leads_to_what_is_printed(month: Desk, code: str, kinds: int) -> None:
    month.go(code)
    QTest.keyClick(month.frame, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    month.rest()
    page: Any = month.frame.page
    assert page.code == "paper"
    assert len(page.kinds) == kinds
    assert month.frame.navigation.buttons[f"page.{code}"].isChecked()
    QTest.keyClick(month.frame, Qt.Key.Key_Escape)
    month.rest()
    page = month.frame.page
    assert page.code == code


def test_the_planning_leads_to_the_activities(month: Desk) -> None:
    month.go("planning")
    month.frame.commands.actions["view.activities"].trigger()
    month.rest()
    page: Any = month.frame.page
    assert page.code == "activities"
    assert month.frame.navigation.buttons["page.planning"].isChecked()
