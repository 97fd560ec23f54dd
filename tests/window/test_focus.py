"""The focus is where the hand would look for it: on each page, after each step, and it is never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.exceptions import capture_exceptions

from ltu_desktop.window.controls import Button
from ltu_desktop.window.pages import PAGES
from tests.studio import wait

if TYPE_CHECKING:
    from tests.window.conftest import Desk, Make

GRIDS = {"attendance"}  # Tab goes from day to day there, as in a spreadsheet; F6 leads out
CTRL = Qt.KeyboardModifier.ControlModifier


def focus(month: Desk) -> QWidget:
    month.rest()
    wait(month.frame, 20)
    found = QApplication.focusWidget()
    assert found is not None, "the focus is lost"
    assert found.isVisible()
    return found


@pytest.mark.parametrize("code", PAGES)
def test_each_page_begins_somewhere_and_tab_leads_on(month: Desk, code: str) -> None:
    month.go(code)
    first = focus(month)
    page = month.frame.pages[code]
    own = page.isAncestorOf(first) or first is month.frame.navigation.buttons.get(f"page.{page.parent_code or code}")
    assert own, (code, first)
    key = Qt.Key.Key_F6 if code in GRIDS else Qt.Key.Key_Tab
    QTest.keyClick(first, key)
    second = focus(month)
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert len({first, second, focus(month)}) == 3, "one goes from one thing to the next"


def test_whatever_tab_reaches_shows_that_it_has_the_focus(month: Desk) -> None:
    frame, silent = month.frame, set()
    elsewhere = frame.navigation.buttons["page.home"]
    for code in PAGES:
        page = month.go(code)
        wait(frame, 20)
        for widget in [each for each in page.findChildren(QWidget) if takes_tab(each)]:
            place = QRect(widget.mapTo(frame, QPoint()), widget.size()).adjusted(-4, -4, 4, 4)
            seen = []
            for one in (elsewhere, widget):
                one.setFocus(Qt.FocusReason.TabFocusReason)
                QApplication.processEvents()
                seen.append(frame.grab(place).toImage())
            if QApplication.focusWidget() is widget and seen[0] == seen[1]:
                silent.add((code, type(widget).__name__, widget.accessibleName()))
    assert silent == set()


def takes_tab(widget: QWidget) -> bool:
    able = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    return able and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not widget.visibleRegion().isEmpty()


def test_what_goes_away_gives_the_focus_back(month: Desk) -> None:
    month.go("people")
    table = focus(month)
    for command, key in (("view.palette", Qt.Key.Key_Escape), ("view.keys", Qt.Key.Key_Escape)):
        month.frame.commands.do(command)
        month.rest()
        assert focus(month) is not table
        QTest.keyClick(focus(month), key)
        assert focus(month) is table, command
    for command in ("view.help", "view.history"):
        month.frame.commands.do(command)
        assert month.frame.drawers.open is not None
        assert month.frame.drawers.open.isAncestorOf(focus(month))
        QTest.keyClick(focus(month), Qt.Key.Key_Escape)
        assert focus(month) is table, command


def test_a_form_takes_the_focus_and_gives_it_back(month: Desk) -> None:
    month.go("people")
    QTest.keyClick(focus(month), Qt.Key.Key_N, CTRL)
    assert isinstance(focus(month), QLineEdit)
    QTest.keyClick(focus(month), Qt.Key.Key_Escape)
    assert month.frame.pages["people"].isAncestorOf(focus(month))


def test_what_had_the_focus_is_taken_away_and_the_page_takes_it_up(month: Desk) -> None:
    page = month.go("claims")
    passing = QLineEdit(page)
    passing.show()
    passing.setFocus()
    assert focus(month) is passing
    passing.clearFocus()
    passing.deleteLater()
    assert page.isAncestorOf(focus(month))


def test_undo_and_another_month_leave_the_focus(month: Desk) -> None:
    month.go("people")
    table = focus(month)
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        QTest.keyClick(table, key, CTRL)
        assert focus(month) is table
    QTest.keyClick(table, Qt.Key.Key_Z, CTRL)
    assert focus(month) is table
    month.frame.toast.hide()


@pytest.mark.parametrize("command", ["view.help", "view.history", "view.palette", "view.keys"])
def test_what_covers_a_field_goes_though_the_field_has_gone_before(month: Desk, command: str) -> None:
    page = month.go("claims")
    passing = QLineEdit(page)
    passing.show()
    passing.setFocus()
    month.frame.commands.do(command)
    month.rest()
    assert not page.isAncestorOf(focus(month))
    shiboken6.delete(passing)
    QTest.keyClick(focus(month), Qt.Key.Key_Escape)
    assert page.isAncestorOf(focus(month))


def test_a_drawer_goes_when_the_keyboard_goes_beneath_it(month: Desk) -> None:
    frame = month.frame
    page = month.go("people")
    frame.resize(1093, 614)
    wait(frame, 20)
    person = frame.navigation.buttons["page.people"]
    frame.commands.do("view.help")
    drawer = frame.drawers.open
    assert drawer is not None
    assert drawer.isAncestorOf(focus(month))
    person.setFocus(Qt.FocusReason.TabFocusReason)
    assert drawer.isVisible(), "it hides nothing of that"
    beneath = next(
        each
        for each in page.findChildren(Button)
        if each.isVisible()
        and drawer.rect().contains(QRect(each.mapTo(frame, -drawer.mapTo(frame, QPoint())), each.size()))
    )
    beneath.setFocus(Qt.FocusReason.TabFocusReason)
    assert (drawer.isVisible(), focus(month)) == (False, beneath)


def test_the_focus_that_goes_with_the_window_is_nobodys(make_window: Make) -> None:
    first, second = make_window(), make_window()
    first.frame.activateWindow()
    field = QLineEdit(first.frame)
    field.show()
    field.setFocus()
    assert focus(first) is field
    with capture_exceptions() as wrong:
        shiboken6.delete(first.frame)
        second.rest()
    assert wrong == []
