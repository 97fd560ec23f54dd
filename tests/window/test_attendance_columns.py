"""The columns that go to the accountant: moved and renamed by keys and by clicks, kept, and shown in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from ltu_desktop.actions import variables
from ltu_desktop.documents.report import written
from ltu_desktop.window.attendance_tabs import SENDINGS
from ltu_desktop.window.controls import Button
from tests.window.attendance_hands import LEFT, focus, key, opened, write

if TYPE_CHECKING:
    from ltu_desktop.window.attendance_sendings import SendingsPane
    from tests.window.conftest import Desk

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(paid_attendance_desk: Desk) -> Desk:
    return paid_attendance_desk


@pytest.fixture
def pane(desk: Desk) -> SendingsPane:
    page = opened(desk)
    page.segments.choose(SENDINGS)
    desk.rest()
    return page.tabs.sendings


def test_nothing_is_said_in_one_way_in_all_columns(pane: SendingsPane) -> None:
    assert pane.shown is not None
    table = pane.shown.report.table("variables")
    figures = [at for at, each in enumerate(table.columns) if each.dash]
    said = {written(row.cells[at], table.columns[at], pane._words) for row in table.rows for at in figures}
    assert "" not in said
    assert "–" in said


def heads(pane: SendingsPane) -> list[str]:
    """Return what stands above the columns that would be sent."""
    assert pane.shown is not None
    return [each.head for each in pane.shown.report.table("variables").columns]


def kept(desk: Desk) -> list[tuple[str, str]]:
    """Return the layout as the file holds it."""
    store = desk.frame.desk.store
    assert store is not None
    with store.read() as connection:
        return list(variables.layout(connection).columns)


def listed(pane: SendingsPane) -> list[str]:
    """Return the keys of the columns from top to bottom, as they are drawn."""
    QApplication.processEvents()
    return [key for key, _ in sorted(pane.side.columns.rows.items(), key=lambda each: each[1].y())]


def test_a_column_moves_by_keys_and_stays_where_the_keyboard_is(desk: Desk, pane: SendingsPane) -> None:
    before, first = [key for key, _ in kept(desk)], heads(pane)
    pane.side.columns.rows[before[2]].tick.setFocus()
    key(K.Key_Down, ALT)
    key(K.Key_Down, ALT)  # before the first one is saved
    desk.rest()
    wanted = [*before[:2], *before[3:5], before[2], *before[5:]]
    assert [key for key, _ in kept(desk)] == wanted
    assert listed(pane)[: len(wanted)] == wanted
    assert heads(pane) == [first[before.index(key)] for key in wanted]
    assert focus() is pane.side.columns.rows[before[2]].tick
    key(K.Key_Up, ALT)
    key(K.Key_Up, ALT)
    desk.rest()
    assert [key for key, _ in kept(desk)] == before


def test_a_column_moves_by_a_click_but_not_beyond_the_ends(desk: Desk, pane: SendingsPane) -> None:
    before = [key for key, _ in kept(desk)]
    rows = pane.side.columns.rows
    assert not rows[before[0]].up.isEnabled()
    assert not rows[before[-1]].down.isEnabled()
    QTest.mouseClick(rows[before[1]].up, LEFT)
    desk.rest()
    assert [key for key, _ in kept(desk)] == [before[1], before[0], *before[2:]]
    pane.side.columns.rows[before[1]].tick.setFocus()
    key(K.Key_Up, ALT)
    desk.rest()
    assert kept(desk)[0][0] == before[1]


def test_a_column_takes_the_accountants_name_and_ours_again_when_it_is_emptied(desk: Desk, pane: SendingsPane) -> None:
    code = kept(desk)[3][0]
    ours = pane.side.columns.rows[code].heading.ours
    pane.side.columns.rows[code].tick.setFocus()
    key(K.Key_F2)
    assert focus() is pane.side.columns.rows[code].edit
    write("  Code   210 ")
    key(K.Key_Return)
    desk.rest()
    assert kept(desk)[3] == (code, "Code 210")
    assert heads(pane)[3] == "Code 210"
    tick = focus()
    assert isinstance(tick, QCheckBox)
    assert tick.accessibleName() == "Code 210"
    key(K.Key_Down, ALT)  # it takes its name along
    desk.rest()
    assert kept(desk)[4] == (code, "Code 210")
    QTest.mouseClick(pane.side.columns.rows[code].rename, LEFT)
    key(K.Key_Delete)
    pane.table.setFocus()  # to go elsewhere keeps it, too
    desk.rest()
    assert kept(desk)[4] == (code, "")
    assert heads(pane)[4] == ours


def test_a_name_is_left_as_it_was_at_escape(desk: Desk, pane: SendingsPane) -> None:
    code, before = kept(desk)[3][0], kept(desk)
    made = pane.side.columns.rows[code]
    made.tick.setFocus()
    key(K.Key_F2)
    write("Code")
    key(K.Key_Escape)
    desk.rest()
    assert kept(desk) == before
    assert focus() is pane.side.columns.rows[code].tick
    assert made.tick.isVisible()


def test_a_column_that_is_not_sent_neither_moves_nor_takes_a_name(desk: Desk, pane: SendingsPane) -> None:
    before, made = kept(desk), pane.side.columns.rows["site"]
    assert made.findChildren(Button) == []
    made.tick.setFocus()
    key(K.Key_Up, ALT)
    key(K.Key_F2)
    desk.rest()
    assert kept(desk) == before
    key(K.Key_Space)
    desk.rest()
    assert kept(desk) == [*before, ("site", "")]
    assert listed(pane)[len(before)] == "site"
    assert focus() is pane.side.columns.rows["site"].tick


def test_a_layout_keeps_a_column_at_least(desk: Desk, pane: SendingsPane) -> None:
    for code, _ in kept(desk):
        pane.side.columns.rows[code].tick.click()
        desk.rest()
    assert len(kept(desk)) == 1
    assert pane.side.columns.rows[kept(desk)[0][0]].tick.isChecked()
