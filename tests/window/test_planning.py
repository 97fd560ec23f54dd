"""The week board as a person uses it: dragged, copied and stretched by mouse and keys, entered, filtered, undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop.rules.errors import UserError
from ltu_desktop.window.controls import Button
from ltu_desktop.window.planning_filters import BY_ACTIVITY
from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_sheet import make_sheet
from ltu_desktop.window.tokens import Meaning
from tests.planning_world import planned_week
from tests.window.planning_hands import CTRL, LEFT, NONE, SHIFT, Planning, opened, retype

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Make


def test_a_block_is_dragged_to_another_day_and_undo_brings_it_back(planning: Planning) -> None:
    before = planning.planned("Hammadi")
    assert [day for day, *_ in before] == [0, 1, 3, 4]
    planning.drag(planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    assert planning.planned("Hammadi") == [before[0], (2, *before[1][1:]), *before[2:]]
    assert planning.board.sheet is not None
    assert planning.board.sheet.rows[planning.row("HAMMADI")].cells[1].blocks == ()
    planning.do("edit.undo")
    assert planning.planned("Hammadi") == before


def days_of(planning: Planning, name: str) -> list[int]:
    """Return the days on which the board shows something planned for somebody."""
    assert planning.board.sheet is not None
    cells = planning.board.sheet.rows[planning.row(name)].cells
    return [day for day, cell in enumerate(cells) if cell.blocks]


def let_go(planning: Planning, start: QPoint, to: QPoint) -> None:
    """Drag something, and do not wait until it is saved."""
    view = planning.board.viewport()
    QTest.mousePress(view, LEFT, NONE, start)
    planning.over(start, to)
    QTest.mouseRelease(view, LEFT, NONE, to)


def test_a_block_is_shown_where_it_is_dropped_before_it_is_saved(planning: Planning) -> None:
    sheet = planning.board.sheet
    assert sheet is not None
    hours = sheet.rows[planning.row("HAMMADI")].planned
    planning.page.refresh()  # what is being read now is older than the drop
    let_go(planning, planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    assert days_of(planning, "HAMMADI") == [0, 2, 3, 4]
    assert planning.board.view.spot[:2] == (planning.row("HAMMADI"), 2)
    let_go(planning, planning.point("HAMMADI", 2), planning.cell("CAMARA", 5))  # again, before the first is saved
    assert days_of(planning, "HAMMADI") == [0, 3, 4]
    assert 5 in days_of(planning, "CAMARA")
    assert planning.board.sheet is not None
    assert planning.board.sheet.rows[planning.row("HAMMADI")].planned < hours
    shown = [(row.key, row.planned, days_of(planning, row.title)) for row in planning.board.sheet.rows]
    planning.desk.rest()
    assert [(row.key, row.planned, days_of(planning, row.title)) for row in planning.board.sheet.rows] == shown
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 3, 4]
    assert planning.desk.frame.trouble.text == ""


def test_what_is_refused_goes_back_with_a_sentence(planning: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_how: object) -> None:
        raise UserError("no", "Ce mois est clôturé.", "", "Rouvrez-le.")

    monkeypatch.setattr("ltu_desktop.actions.planning.change_shift", refuse)
    let_go(planning, planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    assert days_of(planning, "HAMMADI") == [0, 2, 3, 4]
    planning.desk.rest()
    assert days_of(planning, "HAMMADI") == [0, 1, 3, 4]
    assert "Ce mois est clôturé." in planning.desk.frame.trouble.text


def test_by_activity_a_dropped_block_takes_the_rows_colour_at_once(planning: Planning) -> None:
    planning.page.filters.segments.choose(BY_ACTIVITY)
    planning.page.filters.segments.chosen.emit(BY_ACTIVITY)
    planning.desk.rest()
    sheet = planning.board.sheet
    assert sheet is not None
    at = next(place for place, row in enumerate(sheet.rows) if row.cells[0].blocks)
    other = next(place for place in range(len(sheet.rows)) if place != at)
    block = sheet.rows[at].cells[0].blocks[0]
    moved = sheet.put(block.shift, other, 0, block.shift.start, block.shift.end)
    found = moved.spot_of(block.shift.id)
    assert found is not None
    there = moved.rows[other].cells[0].blocks[found[2]]
    assert (found[:2], there.look, there.title) == ((other, 0), sheet.rows[other].look, block.title)
    assert there.shift.activity_id == sheet.rows[other].key
    assert moved.put(replace(block.shift, id=b"gone"), at, 0, 0, 60) is moved


def test_a_block_is_dragged_to_somebody_else(planning: Planning) -> None:
    planning.drag(planning.point("GOMES", 2), planning.cell("CAMARA", 2))
    assert [day for day, *_ in planning.planned("Gomes")] == [0, 1, 3, 4]
    assert (2, "REC", 510, 990) in planning.planned("Camara")


def test_with_ctrl_a_block_is_copied(planning: Planning) -> None:
    planning.drag(planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2), CTRL)
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 2, 3, 4]
    planning.do("edit.undo")
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]


@pytest.mark.parametrize(("side", "move", "span"), [("end", 12, (480, 1050)), ("start", -6, (465, 1020))])
def test_an_edge_is_pulled_in_quarters(planning: Planning, side: str, move: int, span: tuple[int, int]) -> None:
    start = planning.point("HAMMADI", 0, side=side)
    planning.drag(start, start + QPoint(move, 0))
    assert planning.planned("Hammadi")[0] == (0, "CON", *span)


def test_while_it_is_dragged_a_note_says_whether_it_fits(planning: Planning) -> None:
    note = planning.board.note
    start = planning.point("HAMMADI", 1)
    QTest.mousePress(planning.board.viewport(), LEFT, NONE, start)
    planning.over(start, planning.cell("HAMMADI", 2))
    assert note.isVisible()
    assert note.title.text() == "HAMMADI Anissa · mer. 18"
    assert note.verdict.text() == "Libre, repos respecté, 32\u00a0h sur 32\u00a0h"
    planning.over(planning.cell("HAMMADI", 2), planning.cell("ALLARD", 1))
    assert "Deux lieux en même temps" in note.verdict.text()
    QTest.keyClick(planning.board, Qt.Key.Key_Escape)
    QTest.mouseRelease(planning.board.viewport(), LEFT, NONE, planning.cell("ALLARD", 1))
    planning.desk.rest()
    assert not note.isVisible()
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]


def test_the_keyboard_takes_carries_and_puts_down(planning: Planning) -> None:
    planning.choose("HAMMADI", 1)
    planning.key(Qt.Key.Key_Space)
    planning.key(Qt.Key.Key_Right)
    assert planning.board.note.isVisible()
    planning.key(Qt.Key.Key_Space)
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 2, 3, 4]
    assert planning.board.spoken().startswith("HAMMADI Anissa, mercredi 18 novembre, Conciergerie, 8:00–17:00")


def test_shift_and_arrows_stretch_in_one_step(planning: Planning) -> None:
    planning.choose("HAMMADI", 0)
    for _ in range(4):  # Shift stays down, as under a finger: QTest would let it go after each
        QApplication.sendEvent(planning.board, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, SHIFT))
    assert planning.planned("Hammadi")[0] == (0, "CON", 480, 1020)
    QTest.keyRelease(planning.board, Qt.Key.Key_Shift)
    planning.desk.rest()
    assert planning.planned("Hammadi")[0] == (0, "CON", 480, 960)
    planning.do("edit.undo")
    assert planning.planned("Hammadi")[0] == (0, "CON", 480, 1020)


def test_keys_copy_right_down_and_elsewhere(planning: Planning) -> None:
    planning.choose("HAMMADI", 1)
    planning.do("planning.copy_right")
    assert (2, "CON", 480, 1020) in planning.planned("Hammadi")
    assert planning.board.view.spot == Spot(planning.row("HAMMADI"), 2, 0)
    planning.choose("GARNIER", 1)
    planning.do("planning.copy")
    planning.choose("GARNIER", 2)
    planning.do("planning.paste")
    assert (2, "AID", 510, 930) in planning.planned("Garnier")
    planning.choose("FAUCON", 2)
    planning.do("planning.copy_down")
    assert (2, "RES", 990, 1290) in planning.planned("Ferreira")


def test_del_takes_a_shift_off(planning: Planning) -> None:
    planning.choose("HAMMADI", 0)
    planning.key(Qt.Key.Key_Delete)
    assert [day for day, *_ in planning.planned("Hammadi")] == [1, 3, 4]


def test_the_keys_that_are_shown_are_those_of_what_has_the_focus(planning: Planning) -> None:
    keys = planning.desk.frame.status.keys
    planning.choose("CAMARA", 2)
    of_the_board = keys.text()
    assert of_the_board.startswith("Entrée\u00a0: planifier, modifier")
    planning.key(Qt.Key.Key_Return)
    assert keys.text() == "Entrée\u00a0: planifier      Échap\u00a0: abandonner"
    QTest.keyClick(planning.page.popup.start.widget, Qt.Key.Key_Escape)
    assert keys.text() == of_the_board
    planning.do("planning.templates")
    pane = planning.page.sides.templates
    assert pane.name.widget.hasFocus()
    assert keys.text() == (
        "Entrée\u00a0: enregistrer      F6\u00a0: panneau suivant      Échap\u00a0: revenir aux conflits"
    )
    QTest.keyClick(pane.name.widget, Qt.Key.Key_Escape)
    assert keys.text() == of_the_board


def test_enter_opens_the_popup_and_a_series_is_planned(planning: Planning) -> None:
    planning.choose("CAMARA", 2)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    assert popup.isVisible()
    popup.start.widget.setFocus()
    retype(popup.start, "9h")
    retype(popup.end, "12:30")
    retype(popup.pause, "0")
    QTest.mouseClick(popup.repeat.weekdays[4], LEFT, pos=QPoint(8, popup.repeat.weekdays[4].height() // 2))
    popup.repeat.weeks.selectAll()
    assert popup.repeat._unit.text() == "semaine"
    QTest.keyClicks(popup.repeat.weeks, "2")
    assert popup.repeat._unit.text() == "semaines"
    QTest.keyClick(popup.repeat.weeks, Qt.Key.Key_Return)
    planning.desk.rest()
    assert not popup.isVisible()
    added = [each for each in planning.planned("Camara") if each[2:] == (540, 750)]
    assert [day for day, *_ in added] == [2, 4, 9, 11]
    planning.choose("CAMARA", 4, 1)
    assert planning.board.shift() is not None
    planning.key(Qt.Key.Key_Delete)
    assert popup.isVisible()  # a series is asked about
    QTest.mouseClick(popup.series_link, LEFT)
    planning.desk.rest()
    assert [day for day, *each in planning.planned("Camara") if each[1] == 540] == [2]


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_the_popup_leaves_the_row_that_it_plans_in_sight(
    make_window: Make, tmp_path: Path, size: tuple[int, int]
) -> None:
    world = planned_week(tmp_path / "semaine.ltu")
    world.close()
    planning = opened(make_window(size=size), world.path)
    board, popup = planning.board, planning.page.popup
    assert board.sheet is not None
    for row in range(len(board.sheet.rows)):
        board.choose(Spot(row, 2))
        planning.do("planning.add")
        assert popup.isVisible()
        for start, end in (("8:30", "16:30"), ("4:00", "20:00")):  # one line is said of it, or several
            for field, typed in ((popup.start, start), (popup.end, end)):
                field.widget.setFocus()
                retype(field, typed)
            here = board.box_here()
            here.moveTopLeft(board.viewport().mapTo(planning.page, here.topLeft()))
            here.setHeight(here.height() - (30 if size[1] < 700 else 0))  # in a low window its name stays in sight
            assert not popup.geometry().intersects(here), (row, start)
            assert planning.page.rect().contains(popup.geometry())
            assert popup.geometry().right() < board.viewport().width()  # the side stays in sight
        QTest.keyClick(popup.start.widget, Qt.Key.Key_Escape)


def test_what_stands_against_a_shift_is_said_on_the_button_too(planning: Planning) -> None:
    planning.choose("CAMARA", 2)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    assert popup.yes.text() == "Planifier"
    popup.start.widget.setFocus()
    retype(popup.start, "2:00")
    assert popup.yes.text() == "Planifier quand même"
    assert popup.yes.isEnabled()
    QTest.keyClick(popup.start.widget, Qt.Key.Key_Escape)


def test_what_cannot_be_is_said_below_its_field(planning: Planning) -> None:
    planning.choose("CAMARA", 2)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    retype(popup.start, "abc")
    assert popup.start.is_wrong()
    assert not popup.yes.isEnabled()
    QTest.keyClick(popup.start.widget, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert planning.board.hasFocus()


def test_by_activity_a_drag_to_another_row_changes_the_activity(planning: Planning) -> None:
    planning.page.filters.segments.choose(BY_ACTIVITY)
    planning.desk.rest()
    sheet = planning.board.sheet
    assert sheet is not None
    assert [row.title for row in sheet.rows][:2] == ["Accueil et administration", "Aide aux habitants"]
    planning.drag(planning.point("Accueil", 2), planning.cell("Aide", 2))
    assert (2, "AID", 510, 990) in planning.planned("Caron")


def test_an_absence_never_says_why(planning: Planning) -> None:
    planning.choose("CAMARA", 3)
    assert planning.board.spoken() == "CAMARA Fatou, jeudi 19 novembre, Absence"


def test_the_hours_say_what_is_planned_and_what_lacks(planning: Planning) -> None:
    sheet = planning.board.sheet
    assert sheet is not None
    row = sheet.rows[planning.row("BERTIN")]
    assert (row.planned, row.target) == (210 * 3 + 360 * 3, 26 * 60)
    camara = sheet.rows[planning.row("CAMARA")]
    assert (camara.planned, camara.target, camara.spared) == (3 * 420, 28 * 60, 420)


def test_filters_leave_what_belongs_to_them(planning: Planning) -> None:
    sheet = planning.board.sheet
    assert sheet is not None
    garage = next(mark.id for mark in sheet.board.activities if mark.code == "GAR")
    planning.page.filters.activity.choose(garage)
    planning.desk.rest()
    assert planning.board.sheet is not None
    names = [row.title for row in planning.board.sheet.rows]
    assert names == ["ALLARD Patrick", "BAILLEUL Thierry", "DIALLO Mamadou"]
    apart = [
        (site.id, mark.id)
        for site in sheet.board.sites
        for mark in sheet.board.activities
        if not make_sheet(sheet.board, planning.page.words, site=site.id, activity=mark.id).rows
    ]
    for choice, value in zip((planning.page.filters.site, planning.page.filters.activity), apart[0], strict=True):
        choice.choose(value)
    planning.desk.rest()
    assert not planning.board.isVisible(), "nobody does that there"
    assert not planning.desk.frame.commands.on("planning.add")
    assert planning.page.head.context.text() == "0 personne"
    way = planning.page.no_match.findChild(Button)
    assert way is not None
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    planning.desk.rest()
    assert planning.board.isVisible()
    assert planning.board.sheet.rows == sheet.rows


def test_what_fits_is_judged_while_one_types(planning: Planning) -> None:
    planning.choose("FAUCON", 4)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    wish = popup.read()
    assert wish is not None
    assert planning.page.judge.entry(wish, None).meaning in {Meaning.OK, Meaning.ATTENTION, Meaning.BLOCKING}
    QTest.keyClick(popup.start.widget, Qt.Key.Key_Escape)


def test_who_only_reads_changes_nothing(planning: Planning) -> None:
    desk = planning.desk.frame.desk
    desk.role = "reader"
    planning.page.refresh()
    planning.desk.rest()
    planning.drag(planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]
    planning.choose("HAMMADI", 1)
    planning.key(Qt.Key.Key_Return)
    assert not planning.page.popup.isVisible()
    assert "lecture seule" in planning.board.lock
    assert not planning.desk.frame.commands.on("planning.add")
    assert all(card.mend_button is None for card in planning.page.sides.side.cards.values())
