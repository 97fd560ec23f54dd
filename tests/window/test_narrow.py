"""What gives way where there is little room, and in which order; what may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ltu_desktop.window.attendance_note import Note
from ltu_desktop.window.controls import Button
from ltu_desktop.window.models import Cell, Column, RowsModel
from ltu_desktop.window.pieces import Band, Shadow, StayInside, give_shadow
from ltu_desktop.window.reports_notes import MOST, Notes
from ltu_desktop.window.ring import FocusRing
from ltu_desktop.window.settings_page import SettingsPage
from ltu_desktop.window.state_bar import StateBar, StateStep, StepState
from ltu_desktop.window.table import Head, Table
from ltu_desktop.window.tokens import Meaning
from ltu_desktop.words import Words
from tests.studio import wait

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.window.conftest import Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # on no screen
LONG = "Dû : dernier état de chaque mois, rectifications comprises. Somme de mois arrondis au centime par personne. "


def rest() -> None:
    """Let layouts and scroll bars come to rest."""
    QTest.qWait(30)


@pytest.fixture
def room(look: QApplication) -> Iterator[QWidget]:
    """A window to put something in."""
    made = QWidget()
    made.resize(900, 500)
    QVBoxLayout(made).setContentsMargins(0, 0, 0, 0)
    yield made
    made.close()
    made.deleteLater()
    rest()


def put(room: QWidget, thing: QWidget, width: int) -> None:
    layout = room.layout()
    assert layout is not None
    layout.addWidget(thing)
    room.show()
    room.resize(width, 500)
    rest()


def test_the_line_of_steps_says_each_word_where_there_is_room_and_else_in_its_tooltip(room: QWidget) -> None:
    bar = StateBar()
    words = ("Préparée", "À vérifier", "Scellée", "Envoyée", "Payée")
    states = (StepState.DONE, StepState.NOW, *[StepState.TO_COME] * 3)
    bar.show_steps([StateStep(text, state) for text, state in zip(words, states, strict=True)], "en cours")
    put(room, bar, 900)
    bar.grab()
    assert bar.toolTip() == ""
    room.resize(bar.minimumSizeHint().width(), 500)
    rest()
    bar.grab()
    assert bar.width() < bar.sizeHint().width()
    assert bar.toolTip() == "Préparée, À vérifier (en cours), Scellée, Envoyée, Payée"


def test_the_ways_of_a_band_stand_beside_what_it_says_and_below_where_they_would_leave_it_little(room: QWidget) -> None:
    band = Band(Meaning.INFO, "Demande d’octobre 2026", LONG)
    way = Button("Enregistrer le changement")
    band.ways.addWidget(way)
    put(room, band, 900)
    beside = way.geometry()
    assert beside.left() > 600
    room.resize(400, 500)
    rest()
    said = [each.geometry() for each in band.findChildren(QWidget) if each is not way]
    assert all(way.geometry().top() > each.bottom() for each in said)


def test_a_popup_stays_in_sight_when_what_it_lies_on_becomes_smaller(room: QWidget) -> None:
    popup = QWidget(room)
    StayInside(popup)
    popup.setGeometry(700, 400, 150, 80)
    room.show()
    room.resize(500, 300)
    rest()
    assert popup.geometry() == QRect(342, 212, 150, 80)


def test_the_shadow_of_a_popup_lies_below_it_goes_with_it_and_lets_the_pointer_through(room: QWidget) -> None:
    popup = QWidget(room)
    popup.hide()
    give_shadow(popup)
    room.show()
    [shadow] = room.findChildren(Shadow)
    assert not shadow.isVisible()
    popup.setGeometry(100, 100, 200, 80)
    popup.show()
    assert shadow.isVisible()
    assert shadow.geometry().contains(popup.geometry())
    order = [each for each in room.children() if each in {shadow, popup}]
    assert order == [shadow, popup]
    popup.move(300, 200)
    popup.raise_()
    assert shadow.geometry().contains(popup.geometry())
    assert [each for each in room.children() if each in {shadow, popup}] == order
    outside = shadow.geometry().bottomRight() - QPoint(2, 2)
    assert room.childAt(outside) is not shadow
    popup.hide()
    assert not shadow.isVisible()


def test_what_is_said_of_cells_stands_below_them_and_above_where_there_is_no_room(room: QWidget) -> None:
    grid = QScrollArea()
    put(room, grid, 900)
    note, end = Note(grid), QPoint(600, 480)
    note.say("Ctrl Entrée remplit les 12 cases", QPoint(40, 300), 200, end, bad=False)
    assert note.geometry().top() == 300
    note.say("Ctrl Entrée remplit les 12 cases", QPoint(40, 460), 400, end, bad=False)
    assert note.geometry().bottom() < 400
    note.say("Ctrl Entrée remplit les 12 cases", QPoint(560, 300), 200, end, bad=False)
    assert note.geometry().right() < 600, "half a figure of a sum would be another figure"


def lay(room: QWidget, columns: Sequence[Column[str]], rows: Sequence[str], wide: int) -> Table:
    """Show a table of words in a width."""
    model = RowsModel(columns, key=lambda each: each)
    model.set_rows(rows)
    table = Table(model, row_height=28)
    put(room, table, wide)
    return table


def hidden(table: Table) -> list[str]:
    return [each.code for at, each in enumerate(table.rows_model.columns) if table.isColumnHidden(at)]


def test_where_totals_need_the_room_the_columns_that_yield_go_first_those_of_one_kind_together(room: QWidget) -> None:
    columns = (
        Column[str]("number", "No.", Cell, 50, yields=1),
        Column[str]("name", "Name", Cell, 100, stretch=True),
        Column[str]("before", "Before", Cell, 50, yields=2),
        Column[str]("after", "After", Cell, 50, yields=2),
        Column[str]("total", "Total", Cell, 60, right=True),
    )
    table = lay(room, columns, ["F0001"], 320)
    assert hidden(table) == []
    table.need({"total": 180})
    assert hidden(table) == ["before", "after"]
    table.need({"total": 250})
    assert hidden(table) == ["number", "before", "after"]


def test_a_column_with_a_total_goes_last_where_names_could_not_be_read_else(room: QWidget) -> None:
    columns = (
        Column[str]("name", "Name", Cell, 150, stretch=True),
        Column[str]("status", "Status", lambda _row: Cell("PPDE"), 50, yields=1),
        Column[str]("part", "Part", lambda _row: Cell("12,00"), 60, right=True, yields=2),
    )
    table = lay(room, columns, ["BAILLEUL Anne-Sophie"], 320)
    table.need({"part": 150})
    assert hidden(table) == ["status"], "its total stays, though it yields more"
    assert table.shortened(table.rows_model.index(0, 0)) == "", "and the name is whole"
    table.need({"part": 210})
    assert hidden(table) == ["status"], "the name gives way, by a third at most"
    table.need({"part": 260})
    assert hidden(table) == ["part"], "what went before it comes back into the room that it leaves"


def test_a_narrow_column_comes_back_where_a_wide_one_went_unless_a_text_would_be_cut(room: QWidget) -> None:
    columns = (
        Column[str]("name", "Name", Cell, 100, stretch=True),
        Column[str]("sex", "Sex", lambda _row: Cell("F"), 30, yields=2),
        Column[str]("contract", "Contract", lambda _row: Cell("open-ended, 26 hours a week"), 150, yields=1),
    )
    table = lay(room, columns, ["ADAM"], 190)
    assert hidden(table) == ["contract"], "the sex went first, and was not enough"
    table.rows_model.set_rows(["BAILLEUL-DELANNOY Anne-Sophie"])
    assert hidden(table) == ["sex", "contract"], "its room makes the name longer"


def test_a_text_gets_the_room_that_is_free_in_other_columns_before_one_goes(room: QWidget) -> None:
    long = "COMMUNE DE SAINT-AUBIN"
    columns = (
        Column[str]("payer", "Payer", Cell, 100),
        Column[str]("state", "State", lambda _row: Cell("due"), 200),
        Column[str]("left", "Left", lambda _row: Cell("12,00"), 90, right=True, yields=1),
    )
    table = lay(room, columns, [long], 330)
    assert hidden(table) == []
    assert table.shortened(table.rows_model.index(0, 0)) == ""
    assert table.columnWidth(1) < 200, "it liked more than its words need"
    table.rows_model.set_rows(["TIERS"])
    assert table.columnWidth(1) > 120, "what is free again is laid out anew"


def test_of_very_many_rows_few_are_measured_and_none_while_they_are_filtered(room: QWidget) -> None:
    seen: list[str] = []

    def cell(row: str) -> Cell:
        seen.append(row)
        return Cell(row)

    table = lay(room, (Column[str]("name", "Name", cell, 100),), [f"row {at}" for at in range(10_000)], 320)
    assert len(seen) < 300
    drawn = len(seen)
    table.rows_model.filter(lambda row: row.endswith("7"))
    table.rows_model.sort(-1)
    assert len(seen) == drawn


def test_notes_take_what_they_need_and_scroll_beyond_their_share_of_the_window(room: QWidget) -> None:
    notes, rows = Notes(Words("fr")), QWidget()
    rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    put(room, rows, 900)
    put(room, notes, 900)
    assert not notes.isVisible()
    notes.say((), [LONG])
    rest()
    assert notes.height() < 60
    assert notes.focusPolicy() == Qt.FocusPolicy.NoFocus
    notes.say(["Provisoire"], [LONG] * 20)
    rest()
    assert notes.height() < 120
    assert notes.more is not None
    assert notes.more.text() == "20 notes", "in a low window they fold, so that the rows have their room"
    QTest.mouseClick(notes.more, Qt.MouseButton.LeftButton)
    rest()
    assert notes.height() == round(500 * MOST)
    assert notes.focusPolicy() == Qt.FocusPolicy.TabFocus, "arrows scroll it"
    notes.say((), ())
    assert not notes.isVisible()


def test_the_ring_goes_with_what_scrolls_out_of_sight(month: Desk) -> None:
    frame = month.frame
    page = month.go("settings", "values")
    assert isinstance(page, SettingsPage)
    frame.resize(911, 512)
    wait(frame, 30)
    area = page.section(page.current).area
    area.verticalScrollBar().setValue(0)
    fields = [each for each in area.findChildren(QLineEdit) if each.isVisible() and each.isEnabled()]
    field = min(fields, key=lambda each: each.mapTo(area, each.rect().topLeft()).y())
    field.setFocus(Qt.FocusReason.TabFocusReason)
    area.ensureWidgetVisible(field)
    wait(frame, 20)
    ring = frame.findChild(FocusRing)
    assert isinstance(ring, FocusRing)
    assert ring.isVisible()
    inside = area.widget()
    assert inside is not None
    area.verticalScrollBar().setValue(field.mapTo(inside, field.rect().bottomLeft()).y() - 10)
    rest()
    assert ring.mask().boundingRect().height() < ring.height(), "only what is in sight has its ring"
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    rest()
    assert not ring.isVisible()


@pytest.mark.usefixtures("look")
def test_a_head_takes_two_lines_or_says_what_stands_for_it() -> None:
    name = "Accueil et administration"
    columns = [Column[str]("code", name, Cell, 84, short="ADM"), Column[str]("plain", name, Cell, 84)]
    head = Table(RowsModel(columns, key=str), row_height=36).horizontalHeader()
    assert isinstance(head, Head)
    assert head.said(0, 300) == name
    assert head.said(0, 110) == "Accueil et\nadministration"
    assert head.said(0, 60) == "ADM", "no name is cut where a code says it"
    assert head.said(1, 110).endswith("…")
