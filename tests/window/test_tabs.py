"""Tabs: chosen by click and arrows, counted; what has no room waits in a menu, the chosen one never does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ltu_desktop.window.tabs import Tabs

NAMES = [(f"t{at}", f"Onglet {at}") for at in range(6)]


@pytest.fixture
def tabs(qtbot: QtBot, look: QApplication) -> Tabs:
    del look
    made = Tabs(NAMES, "Autres onglets")
    qtbot.addWidget(made)
    made.resize(600, 38)
    made.show()
    return made


def test_arrows_and_clicks_choose(tabs: Tabs) -> None:
    told: list[str] = []
    tabs.chosen.connect(told.append)
    QTest.mouseClick(tabs.button("t2"), Qt.MouseButton.LeftButton)
    tabs.button("t2").setFocus()
    QTest.keyClick(tabs.button("t2"), Qt.Key.Key_Right)
    assert told == ["t2", "t3"]
    assert tabs.current == "t3"
    tabs.say_count("t3", 4)
    assert tabs.button("t3").accessibleName() == "Onglet 3 4"
    assert tabs.waiting() == []
    assert tabs.more.isHidden()


def test_what_has_no_room_waits_in_the_menu_and_comes_when_it_is_chosen(tabs: Tabs) -> None:
    tabs.resize(240, 38)
    waiting = tabs.waiting()
    assert waiting
    assert "t0" not in waiting
    assert tabs.more.isVisible()
    menu = tabs.menu()
    assert [each.text() for each in menu.actions()] == [dict(NAMES)[code] for code in waiting]
    menu.actions()[-1].trigger()
    menu.deleteLater()
    assert tabs.current == "t5"
    assert "t5" not in tabs.waiting()
    inside = [code for code, _ in NAMES if code not in tabs.waiting()]
    assert all(tabs.button(code).geometry().right() <= 240 for code in inside), "nothing is cut"
    tabs.resize(600, 38)
    assert tabs.waiting() == []
