"""The week board as a person uses it: dragged, copied and stretched by mouse and keys, substitutes found, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from ltu_desktop.actions.planning_weeks import Skipped
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.window.planning_filters import BY_ACTIVITY
from ltu_desktop.window.planning_geometry import Spot
from ltu_desktop.window.planning_page import PlanningPage
from ltu_desktop.window.planning_week import week_in
from ltu_desktop.window.planning_words import with_left_out
from ltu_desktop.window.tokens import Meaning
from ltu_desktop.words import Words
from tests.planning_world import MONDAY, planned_week

if TYPE_CHECKING:
    from pathlib import Path

    from tests.window.conftest import Desk, Make

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Planned = tuple[str, int, str, int, int]


class Planning:
    """The page of a week in a window, with short ways to look at it and to put a hand on it."""

    def __init__(self, desk: Desk, page: PlanningPage) -> None:
        self.desk, self.page, self.board = desk, page, page.board

    def row(self, name: str) -> int:
        assert self.board.sheet is not None
        return next(at for at, each in enumerate(self.board.sheet.rows) if each.title.startswith(name))

    def point(self, name: str, day: int, at: int = 0, side: str = "body") -> QPoint:
        box = self.board.view.lay.block(self.row(name), day, at)
        x = {"body": box.left + box.width // 2, "start": box.left + 2, "end": box.right - 2}[side]
        return QPoint(x, box.top + box.height // 2)

    def cell(self, name: str, day: int) -> QPoint:
        box = self.board.view.lay.cell(self.row(name), day)
        return QPoint(box.left + box.width // 2, box.top + box.height // 2)

    def drag(self, start: QPoint, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press, move in small steps and let go, as a hand does."""
        view = self.board.viewport()
        QTest.mousePress(view, LEFT, keys, start)
        self.over(start, to, keys)
        QTest.mouseRelease(view, LEFT, keys, to)
        self.desk.rest()

    def over(self, start: QPoint, to: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
        view = self.board.viewport()
        for part in range(1, 6):
            at = start + (to - start) * part / 5
            event = QMouseEvent(
                QEvent.Type.MouseMove, QPointF(at), QPointF(view.mapToGlobal(at)), Qt.MouseButton.NoButton, LEFT, keys
            )
            QApplication.sendEvent(view, event)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.board, key, keys)
        self.desk.rest()

    def choose(self, name: str, day: int, at: int = 0) -> None:
        self.board.setFocus()
        self.board.choose(Spot(self.row(name), day, at))

    def do(self, code: str) -> None:
        self.desk.frame.commands.do(code)
        self.desk.rest()

    def planned(self, name: str) -> list[tuple[int, str, int, int]]:
        """Return what the file plans for somebody in the week: day, activity, start, end."""
        store = self.desk.frame.desk.store
        assert store is not None
        s = t.shift.c
        query = (
            select(s.day, t.activity.c.code, s.start_minute, s.end_minute)
            .join(t.activity, t.activity.c.id == s.activity_id)
            .join(t.person, t.person.c.id == s.person_id)
            .where(t.person.c.name == name)
            .order_by(s.day, s.start_minute)
        )
        with store.read() as connection:
            return [((day - MONDAY).days, *rest) for day, *rest in connection.execute(query)]


@pytest.fixture
def planning(make_window: Make, tmp_path: Path) -> Planning:
    world = planned_week(tmp_path / "semaine.ltu")
    world.close()
    return opened(make_window(), world.path)


def opened(desk: Desk, path: Path) -> Planning:
    desk.open(path)
    page = desk.go("planning", MONDAY)
    assert isinstance(page, PlanningPage)
    return Planning(desk, page)


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
    assert "Deux lieux à la fois" in note.verdict.text()
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


def test_enter_opens_the_popup_and_a_series_is_planned(planning: Planning) -> None:
    planning.choose("CAMARA", 2)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    assert popup.isVisible()
    popup.start.widget.setFocus()
    popup.start.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(popup.start.widget, "9h")
    popup.end.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(popup.end.widget, "12:30")
    popup.pause.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(popup.pause.widget, "0")
    QTest.mouseClick(popup.repeat.weekdays[4], LEFT, pos=QPoint(8, popup.repeat.weekdays[4].height() // 2))
    popup.repeat.weeks.selectAll()
    QTest.keyClicks(popup.repeat.weeks, "2")
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


def test_what_cannot_be_is_said_below_its_field(planning: Planning) -> None:
    planning.choose("CAMARA", 2)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    popup.start.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(popup.start.widget, "abc")
    assert popup.start.is_wrong()
    assert not popup.yes.isEnabled()
    QTest.keyClick(popup.start.widget, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert planning.board.hasFocus()


def test_a_substitute_is_found_in_two_clicks(planning: Planning) -> None:
    clicks = 0
    line = next(each for each in planning.page.sides.side.covers if each.lack.mark.code == "EPI")
    assert line.lack.need.weekday == 2
    assert "possible" in line.possible.text()
    QTest.mouseClick(line, LEFT)
    clicks += 1
    planning.desk.rest()
    pane = planning.page.sides.substitutes
    assert pane.isVisible()
    name = pane.buttons[0].accessibleName().removeprefix("Confier à ")
    QTest.mouseClick(pane.buttons[0], LEFT)
    clicks += 1
    planning.desk.rest()
    assert clicks <= 3
    family = name.split()[0].capitalize()
    assert (2, "EPI", 540, 1020) in planning.planned(family)
    assert not [
        each for each in planning.page.sides.side.covers if each.lack.need.weekday == 2 and each.lack.mark.code == "EPI"
    ]
    assert planning.board.sheet is not None
    assert planning.board.sheet.rows[planning.board.view.spot.row].title == name


def test_conflicts_are_named_with_their_rule_and_mended(planning: Planning) -> None:
    found = {each.code for each in planning.page.pointing.conflicts()}
    assert {"daily_rest", "two_sites"} & found >= {"daily_rest"}
    card = next(each for each in planning.page.sides.side.cards.values() if each.conflict.code == "daily_rest")
    assert card.accessibleName().startswith("Repos trop court\u00a0: 9\u00a0h\u00a030. FAUCON Tiphaine.")
    assert card.mend_button is not None
    assert card.mend_button.text() == "Décaler à 8:30"
    QTest.mouseClick(card.mend_button, LEFT)
    planning.desk.rest()
    assert (3, "MAR", 510, 900) in planning.planned("Faucon")
    assert "daily_rest" not in {each.code for each in planning.page.pointing.conflicts()}


def test_what_is_unchanged_at_the_side_keeps_its_widgets_and_the_focus(planning: Planning) -> None:
    side = planning.page.sides.side
    cards, covers = list(side.cards.values()), list(side.covers)
    planning.do("planning.next_conflict")
    button = next(card.mend_button for card in cards if card.mend_button is not None)
    button.setFocus()
    planning.page.refresh()
    planning.desk.rest()
    assert list(side.cards.values()) == cards
    assert side.covers == covers
    assert QApplication.focusWidget() is button
    assert cards[0].property("card") == "first"
    assert all("possible" in line.possible.text() for line in covers)
    planning.drag(planning.point("HAMMADI", 1), planning.cell("HAMMADI", 2))
    assert list(side.cards.values()) == cards, "it changed nothing that they say"
    QTest.mouseClick(button, LEFT)
    planning.desk.rest()
    assert not set(side.cards.values()) & set(cards)


def test_f8_leads_from_conflict_to_conflict(planning: Planning) -> None:
    planning.do("planning.next_conflict")
    first = planning.board.view.chosen
    assert first
    planning.do("planning.next_conflict")
    assert planning.board.view.chosen != first


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


def test_weeks_are_changed_and_last_week_is_copied(planning: Planning) -> None:
    planning.do("planning.next_week")
    assert planning.page.monday == MONDAY + timedelta(days=7)
    assert planning.page.week.now.text() == "Semaine 48 · 23–29 novembre"
    planning.do("planning.copy_week")
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4, 7, 8, 10, 11]
    planning.do("edit.undo")
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]
    planning.do("planning.this_week")
    assert planning.page.monday == date(2026, 11, 9)


def test_a_week_that_is_copied_says_what_it_left_out(planning: Planning) -> None:
    planning.do("planning.next_week")
    planning.do("planning.copy_week")
    first = planning.desk.frame.toast.accessibleName()
    assert "créneaux recopiés" in first
    planning.do("planning.copy_week")
    said = planning.desk.frame.toast.accessibleName()
    assert said == f"0 créneau recopié, {first.split()[0]} laissés\xa0: déjà prévu ce jour-là"


def test_the_reasons_for_which_shifts_were_left_out_are_few() -> None:
    def left(*codes: str) -> tuple[Skipped, ...]:
        return tuple(Skipped(b"", "", MONDAY, code) for code in codes)

    french, english = Words("fr"), Words("en")
    assert with_left_out(french, "2 créneaux recopiés", ()) == "2 créneaux recopiés"
    assert with_left_out(french, "2 créneaux recopiés", left("holiday")) == (
        "2 créneaux recopiés, 1 laissé\xa0: jour férié"
    )
    assert with_left_out(english, "2 shifts copied", left("absent", "holiday", "absent")) == (
        "2 shifts copied, 3 left out: away on that day (2), a public holiday (1)"
    )
    many = left("absent", "absent", "holiday", "holiday", "planned", "limit", "outside_contract")
    assert with_left_out(french, "2 créneaux recopiés", many) == (
        "2 créneaux recopiés, 7 laissés\xa0: absence ce jour-là (2), jour férié (2), autres raisons (3)"
    )


def test_the_month_follows_the_week_and_the_week_the_month(planning: Planning) -> None:
    desk = planning.desk.frame.desk
    planning.do("planning.next_week")
    planning.do("planning.next_week")
    assert str(desk.month) == "2026-12"
    planning.do("month.previous")
    assert planning.page.monday <= date(2026, 11, 30)


def test_the_page_opens_on_a_week_of_the_month_at_the_top(planning: Planning) -> None:
    page, desk = planning.page, planning.desk
    desk.go("people")
    desk.frame.desk.set_month(Month(2026, 10))
    desk.go("planning")
    assert page.monday == date(2026, 9, 28)  # the week of Thursday, 1 October
    assert page.week.now.text() == "Semaine 40 · 28 septembre – 4 octobre"
    desk.frame.desk.set_month(Month(2026, 8))
    desk.rest()
    assert page.monday == date(2026, 8, 3)  # 1 and 2 August belong to a week of July
    desk.frame.desk.set_month(Month(2026, 11))
    desk.rest()
    assert page.monday == date(2026, 11, 9)  # today's
    planning.do("planning.previous_week")
    planning.do("planning.previous_week")
    assert (page.monday, str(desk.frame.desk.month)) == (date(2026, 10, 26), "2026-10")
    planning.do("planning.next_week")
    assert (page.monday, str(desk.frame.desk.month)) == (date(2026, 11, 2), "2026-11")


def test_the_page_opens_on_this_week_and_leaves_the_month_that_is_claimed(planning: Planning) -> None:
    desk = planning.desk
    desk.frame.desk.set_month(Month(2026, 9))
    page = PlanningPage(desk.frame.desk, desk.frame.commands)
    assert page.monday == date(2026, 11, 9)
    page.go_to(date(2026, 11, 16))
    desk.rest()
    assert (page.monday, str(desk.frame.desk.month)) == (date(2026, 11, 16), "2026-09")
    page.deleteLater()


@pytest.mark.parametrize(
    ("month", "today", "monday"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 10, 26)),  # a Sunday: its week belongs to October, but it is today's
        ("2026-10", date(2026, 11, 1), date(2026, 9, 28)),
        ("2026-12", date(2026, 11, 12), date(2026, 11, 30)),
        ("2026-06", date(2026, 11, 12), date(2026, 6, 1)),
    ],
)
def test_a_months_week_is_todays_or_its_first(month: str, today: date, monday: date) -> None:
    assert week_in(Month.parse(month), today) == monday


def test_filters_leave_what_belongs_to_them(planning: Planning) -> None:
    sheet = planning.board.sheet
    assert sheet is not None
    garage = next(mark.id for mark in sheet.board.activities if mark.code == "GAR")
    planning.page.filters.activity.choose(garage)
    planning.desk.rest()
    assert planning.board.sheet is not None
    names = [row.title for row in planning.board.sheet.rows]
    assert names == ["ALLARD Patrick", "BAILLEUL Thierry", "DIALLO Mamadou"]


def test_what_fits_is_judged_while_one_types(planning: Planning) -> None:
    planning.choose("FAUCON", 4)
    planning.key(Qt.Key.Key_Return)
    popup = planning.page.popup
    wish = popup.read()
    assert wish is not None
    assert planning.page.judge.entry(wish, None).meaning in {Meaning.OK, Meaning.ATTENTION, Meaning.BLOCKING}
    QTest.keyClick(popup.start.widget, Qt.Key.Key_Escape)


def test_a_kept_week_is_put_on_others_after_a_look(planning: Planning) -> None:
    pane = planning.page.sides.templates
    planning.do("planning.templates")
    assert pane.isVisible()
    QTest.keyClicks(pane.name.widget, "Semaine type")
    QTest.mouseClick(pane.keep, LEFT)
    planning.desk.rest()
    planning.do("planning.next_week")
    pane.weeks.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(pane.weeks.widget, "2")
    planning.desk.rest()
    assert pane.said[0] == "114 créneaux sont planifiés"
    assert "2 conflits\u00a0: repos trop court" in pane.said
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]  # nothing is written yet
    QTest.mouseClick(pane.apply, LEFT)
    planning.desk.rest()
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4, 7, 8, 10, 11, 14, 15, 17, 18]
    planning.do("edit.undo")
    assert [day for day, *_ in planning.planned("Hammadi")] == [0, 1, 3, 4]
    pane.weeks.widget.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(pane.weeks.widget, "0")
    assert pane.weeks.is_wrong()
    assert not pane.apply.isEnabled()
    QTest.mouseClick(pane.remove, LEFT)
    planning.desk.rest()
    assert not pane.template.isVisible()
    planning.do("view.back")
    assert not pane.isVisible()


def test_alike_conflicts_of_a_person_are_told_together(planning: Planning) -> None:
    store = planning.desk.frame.desk.store
    assert store is not None
    with store.read() as connection:
        person = connection.execute(select(t.person.c.id).where(t.person.c.name == "Allard")).scalar_one()
        garage = connection.execute(select(t.activity.c.id).where(t.activity.c.code == "GAR")).scalar_one()
    with store.write("test") as tx:
        tx.insert(t.wish, {"person_id": person, "activity_id": garage, "kind": "refusal"})
    planning.desk.rest()
    cards = [each for each in planning.page.sides.side.cards.values() if each.conflict.code == "refused_activity"]
    assert len(cards) == 1
    assert "Lun. 16, mar. 17, mer. 18, jeu. 19, ven. 20, 8:30–16:30" in cards[0].accessibleName()
    assert len(cards[0].conflict.spans) == 5


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
    assert "lit ce fichier" in planning.board.lock or "ne fait que lire" in planning.board.lock
    assert not planning.desk.frame.commands.on("planning.add")
    assert all(card.mend_button is None for card in planning.page.sides.side.cards.values())


def test_a_narrow_window_has_a_strip_in_place_of_the_side(make_window: Make, tmp_path: Path) -> None:
    world = planned_week(tmp_path / "semaine.ltu")
    world.close()
    planning = opened(make_window(size=(1093, 614)), world.path)
    page = planning.page
    assert page.sides.strip.isVisible()
    assert not page.sides.side.isVisible()
    assert page.sides.strip.parts[0].accessibleName() == "3 conflits"
    assert page.sides.strip.parts[1].accessibleName() == "3 besoins à couvrir"
    QTest.mouseClick(page.sides.strip.parts[1], LEFT)
    assert page.sides.side.isVisible()
    assert planning.board.view.lay.lefts[-1] <= planning.board.viewport().width()
