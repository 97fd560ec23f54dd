"""Rows in tables: filtered, ordered, copied, spoken; the choice survives what changes around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from ltu_desktop.window import theme
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_rows import BETWEEN, shortened
from ltu_desktop.window.table_totals import TableWithTotals, Total
from ltu_desktop.window.table_widths import wide_of
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@dataclass(frozen=True)
class Fruit:
    name: str
    weight: Decimal


COLUMNS = (
    Column[Fruit]("name", "Fruit", lambda each: Cell(each.name, quiet="mûr"), 80, sort=lambda each: each.name),
    Column[Fruit](
        "weight",
        "Poids",
        lambda each: Cell(f"1\u202f{each.weight}") if each.weight else QUIET_ZERO,
        60,
        unit="g",
        right=True,
        sort=lambda each: each.weight,
        spoken=lambda each: f"{each.weight} grammes",
    ),
)
FRUITS = (Fruit("poire", Decimal(3)), Fruit("kiwi", Decimal(0)), Fruit("ananas", Decimal(9)))


def model(rows: tuple[Fruit, ...] = FRUITS) -> RowsModel[Fruit]:
    made = RowsModel(COLUMNS, key=lambda each: each.name)
    made.set_rows(rows)
    return made


def names(of: RowsModel[Fruit]) -> list[str]:
    return [each.name for each in of.rows()]


def test_wherever_a_part_of_a_text_is_missing_three_dots_say_so(qtbot: QtBot) -> None:
    cell = Cell("BRZĘCZYSZCZYKIEWICZ", strong=True, quiet="Stanisława")
    whole = wide_of(cell, Text.BODY, by_cell=False)
    for room in range(40, whole + 10):
        shown, said = shortened(cell, Text.STRONG, Text.BODY, room)
        assert (shown, said) == (cell.text, cell.quiet) or f"{shown}{said}".endswith("…"), room
        wide = theme.metrics(Text.STRONG).horizontalAdvance(shown)
        assert wide + (BETWEEN + theme.metrics(Text.BODY).horizontalAdvance(said) if said else 0) <= room


def test_orders_and_filters_without_losing_rows() -> None:
    of = model()
    of.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(of) == ["ananas", "poire", "kiwi"]
    of.filter(lambda each: "i" in each.name)
    assert names(of) == ["poire", "kiwi"]
    assert len(of.all_rows()) == 3
    of.filter(None)
    of.sort(0)
    assert names(of) == ["ananas", "kiwi", "poire"]


@given(
    st.permutations([Fruit(name, Decimal(at)) for at, name in enumerate("abcdefg")]),
    st.sets(st.sampled_from("abcdefg")),
)
def test_a_kept_index_follows_its_row(rows: list[Fruit], hidden: set[str]) -> None:
    of = model(tuple(sorted(rows, key=lambda each: each.name)))
    kept = QPersistentModelIndex(of.index(3, 1))
    of.set_rows(rows)
    of.filter(lambda each: each.name not in hidden)
    if "d" in hidden:
        assert not kept.isValid()
    else:
        row = of.row(kept)
        assert row is not None
        assert (row.name, kept.column()) == ("d", 1)


def test_a_cell_is_shown_and_spoken() -> None:
    of = model()
    assert of.data(of.index(0, 0)) == "poire"
    assert of.data(of.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Fruit poire mûr"
    assert of.data(of.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "Poids 3 grammes"
    assert of.cell(of.index(1, 1)) == QUIET_ZERO
    assert of.row(of.index(0, 0)) == FRUITS[0]
    assert of.data(QModelIndex()) is None
    assert of.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole) == "Poids g"


def test_copies_figures_that_a_spreadsheet_can_add() -> None:
    assert model().as_text().split("\n") == ["Fruit\tPoids g", "poire\t13", "kiwi\t", "ananas\t19"]
    assert model().as_text([1]).split("\n")[1:] == ["kiwi\t"]


@pytest.mark.usefixtures("look")
@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # a window of its own
def test_columns_are_wide_enough_for_their_totals_and_texts_give_way(qtbot: QtBot) -> None:
    shown = TableWithTotals(Table(model(), row_height=30))
    qtbot.addWidget(shown)
    shown.resize(200, 200)
    shown.show()
    bar, table = shown.table.horizontalScrollBar(), shown.table
    name, narrow = table.columnWidth(0), table.columnWidth(1)
    shown.totals.show_totals([Total("Somme", {"weight": "1 234 567,89"})])
    assert table.columnWidth(1) > narrow
    assert table.columnWidth(0) < name
    assert table.columnWidth(0) + table.columnWidth(1) <= table.viewport().width()
    assert not bar.maximum()
    shown.resize(100, 200)
    assert bar.maximum(), "figures are never cut: what has no room is scrolled to"


@pytest.mark.usefixtures("look")
@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # a window of its own
def test_a_text_after_a_figure_stands_apart_from_it(qtbot: QtBot) -> None:
    name, weight = COLUMNS
    more = RowsModel((weight, name, replace(name, code="other")), key=lambda each: each.name)
    table = Table(more, row_height=30)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    rooms = [table.inner(QRect(table.columnViewportPosition(at), 0, table.columnWidth(at), 30), at) for at in range(3)]
    assert rooms[1].left() - rooms[0].right() - 1 == 24, "a number and a date side by side would read as one"
    assert rooms[2].left() - rooms[1].right() - 1 == 12


@pytest.mark.usefixtures("look")
@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # a window of its own
def test_keys_go_on_when_the_column_they_were_in_has_no_room(qtbot: QtBot) -> None:
    first, second = COLUMNS
    gone = RowsModel((replace(first, code="gone", yields=1), first, second), key=lambda each: each.name)
    gone.set_rows(FRUITS)
    table = Table(gone, row_height=30)
    table.setSelectionMode(Table.SelectionMode.ExtendedSelection)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert table.currentIndex().column() == 0
    table.resize(120, 200)  # as when a panel comes beside
    assert table.isColumnHidden(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [index.row() for index in table.selectionModel().selectedRows(1)] == [0, 1, 2]


def test_where_no_row_is_shown_it_is_said_why(qtbot: QtBot) -> None:
    fruits = model()
    table = Table(fruits, row_height=30)
    qtbot.addWidget(table)
    table.resize(400, 200)
    fruits.filter(lambda _row: False)
    blank = table.viewport().grab().toImage()
    table.say_nothing("Rien ne correspond.")
    assert table.viewport().grab().toImage() != blank
    assert table.accessibleDescription() == "Rien ne correspond."
    fruits.filter(None)
    assert table.accessibleDescription() == ""


@pytest.mark.qt_log_ignore("This plugin does not support raise")
@pytest.mark.usefixtures("look")
def test_a_text_that_is_too_wide_is_said_whole_under_the_pointer(qtbot: QtBot) -> None:
    rows = (Fruit("poire", Decimal(3)), Fruit("pomme de Normandie, dite Reine des reinettes", Decimal(3)))
    table = Table(model(rows), row_height=28)
    qtbot.addWidget(table)
    table.resize(200, 100)
    table.show()
    for place, said in ((0, ""), (1, "pomme de Normandie, dite Reine des reinettes mûr")):
        at = table.visualRect(table.rows_model.index(place, 0)).center()
        where = table.viewport().mapToGlobal(at)
        QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, where))
        assert QToolTip.text() == said
    QToolTip.hideText()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")  # a window of its own
@pytest.mark.usefixtures("look")
def test_the_row_to_which_the_keyboard_comes_is_the_chosen_one(qtbot: QtBot) -> None:
    table = Table(model(), row_height=30)
    qtbot.addWidget(table)
    table.show()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    assert table.currentIndex().row() == 0
    assert table.selectionModel().isRowSelected(0)
