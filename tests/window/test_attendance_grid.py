"""The attendance grid through the window: typed, filled, pasted and taken back with real keys and the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ltu_desktop.window import attendance_grid
from ltu_desktop.window.attendance_keys import Block, Mode
from ltu_desktop.window.attendance_layout import HEAD
from ltu_desktop.window.attendance_page import AttendancePage
from ltu_desktop.window.attendance_tabs import ACTIVITIES
from ltu_desktop.window.controls import Button
from tests.window.attendance_hands import (
    CTRL,
    LAURENT,
    NADIA,
    SHIFT,
    THIERRY,
    day,
    kept,
    key,
    middle,
    place,
    seen,
    to,
    toast,
    write,
)

if TYPE_CHECKING:
    from tests.window.conftest import Desk

K = Qt.Key


@pytest.fixture
def desk(attendance_desk: Desk) -> Desk:
    return attendance_desk


# ---- what is shown ----


def test_the_month_is_shown_by_teams_with_its_sums(desk: Desk, page: AttendancePage) -> None:
    view = page.grid.view
    assert page.head.context.text() == "octobre 2026 · 22 jours ouvrés"
    assert [(team.name, team.site, len(team.rows)) for team in view.sheet.teams] == [
        ("Garage solidaire", "Loos", 4),
        ("Recyclerie", "Loos", 12),
    ]
    assert [(face.people, face.sheets, face.fill) for face in view.teams] == [
        ("4 personnes", "3 feuilles manquent", True),
        ("12 personnes", "12 feuilles reçues", False),
    ]
    nadia = view.sheet.row(place(page, NADIA, 1).row)
    assert (nadia.planned, nadia.done, nadia.absent, nadia.balance) == (22 * 420, 21 * 420, 420, 0)
    late = view.sheet.row(place(page, THIERRY, 1).row)
    assert (late.done, late.absent, late.balance) == (17 * 420, 420, -28 * 60)
    assert view.foot_sums.planned == 2276 * 60
    assert view.foot[0] == 94 * 60  # the first, a Thursday
    assert view.foot_name == "Fait, 16 personnes"
    assert QApplication.focusWidget() is page.grid


# ---- typing ----


def test_typing_shows_at_once_is_saved_and_can_be_taken_back(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 20)
    before = page.grid.view.foot_sums
    write("3,5")
    assert page.grid.mode is Mode.TYPING
    assert page.grid.editor.text() == "3,5"
    key(K.Key_Return)
    assert seen(page, NADIA, 20) == "3,5"  # before the file has it
    assert page.grid.view.foot_sums.done == before.done - 210
    assert page.grid.choice.active == place(page, LAURENT, 20)
    assert QApplication.focusWidget() is page.grid
    desk.rest()
    assert kept(desk, NADIA, day(20)) == (210, ())
    assert page.grid.choice.active == place(page, LAURENT, 20)  # nothing moved under the hand
    key(K.Key_Z, CTRL)
    desk.rest()
    assert kept(desk, NADIA, day(20)) == (420, ())
    assert seen(page, NADIA, 20) == "7"
    assert page.grid.choice.active == place(page, LAURENT, 20)


@pytest.mark.parametrize(
    ("typed", "shown", "file"),
    [
        ("6", "6", (360, ())),
        ("7:30", "7,5", (450, ())),
        ("7h20", "7:20", (440, ())),
        ("cp", "CP", (None, (("paid_leave", 420),))),
        ("½CP", "½CP", (None, (("paid_leave", 210),))),
        ("3,5 CP3,5", "3,5 ½CP", (210, (("paid_leave", 210),))),
        ("", "", (None, ())),
    ],
)
def test_hours_and_codes_are_typed(
    desk: Desk, page: AttendancePage, typed: str, shown: str, file: tuple[int | None, tuple[tuple[str, int], ...]]
) -> None:
    to(page, NADIA, 21)
    key(K.Key_F2)
    assert page.grid.mode is Mode.EDITING
    page.grid.editor.selectAll()
    if typed:
        write(typed)
    else:
        key(K.Key_Backspace)
    key(K.Key_Return)
    desk.rest()
    assert kept(desk, NADIA, day(21)) == file
    assert seen(page, NADIA, 21) == shown
    page.refresh()
    desk.rest()
    assert seen(page, NADIA, 21) == shown  # what was shown at once is what the file says


def test_esc_gives_the_cell_back(desk: Desk, page: AttendancePage) -> None:
    spot = to(page, NADIA, 21)
    write("12")
    key(K.Key_Escape)
    assert (page.grid.mode, seen(page, NADIA, 21), page.grid.choice.active) == (Mode.READY, "7", spot)
    desk.rest()
    assert kept(desk, NADIA, day(21)) == (420, ())


def test_what_cannot_be_read_stays_until_it_is_mended(desk: Desk, page: AttendancePage) -> None:
    spot = to(page, NADIA, 21)
    write("26")
    key(K.Key_Return)
    assert page.grid.choice.active == spot
    assert page.grid.editor.property("bad") is True
    assert page.grid.note.text == "«\u00a026\u00a0»\u00a0: un jour a 24 heures. Vérifiez les heures."
    write("x")
    key(K.Key_Return)
    assert page.grid.note.text.startswith("«\u00a026x\u00a0» n’est ni un nombre d’heures ni un code d’absence.")
    key(K.Key_Escape)
    assert (page.grid.note.text, seen(page, NADIA, 21)) == ("", "7")


def test_arrows_leave_what_is_typed_but_move_inside_what_is_edited(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 21)
    write("6")
    key(K.Key_Right)
    assert (seen(page, NADIA, 21), page.grid.choice.active) == ("6", place(page, NADIA, 22))
    key(K.Key_F2)
    key(K.Key_Home)
    write("1")
    key(K.Key_Tab)  # over the weekend it would go on to Monday
    assert seen(page, NADIA, 22) == "17"
    key(K.Key_Tab)
    assert page.grid.choice.active == place(page, NADIA, 26)
    key(K.Key_Return)
    assert page.grid.choice.active == place(page, LAURENT, 22)  # where Tab began
    desk.rest()


# ---- ranges ----


def test_ctrl_enter_fills_the_range_in_one_step(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 20)
    key(K.Key_Right, SHIFT, 3)
    key(K.Key_Down, SHIFT, 2)
    assert desk.frame.status.facts.text() == "12 cases, 11 remplies    somme 71,00\u00a0h    moyenne 6,45\u00a0h"
    write("5")
    assert page.grid.note.text == "Ctrl Entrée remplit les 12 cases"
    key(K.Key_Return, CTRL)
    desk.rest()
    assert [seen(page, NADIA, each) for each in (20, 21, 22, 23)] == ["5"] * 4
    assert kept(desk, LAURENT, day(23)) == (300, ())
    assert toast(desk) == "9 cases enregistrées"  # three of them said 5 already
    assert page.grid.choice.block.cells == 12
    key(K.Key_Z, CTRL)
    desk.rest()
    assert [seen(page, NADIA, each) for each in (20, 21, 22, 23)] == ["7"] * 4


def test_an_absence_on_days_without_plan_is_left_and_told(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 15)
    key(K.Key_Right, SHIFT, 4)  # Thursday to Monday
    write("CP")
    key(K.Key_Return, CTRL)
    assert [seen(page, NADIA, each) for each in (15, 16, 17, 18, 19)] == ["CP", "CP", "", "", "CP"]
    assert page.grid.note.text.startswith("2 cases ont été laissées.")
    desk.rest()
    assert kept(desk, NADIA, day(17)) == (None, ())
    assert kept(desk, NADIA, day(19)) == (None, (("paid_leave", 420),))


def test_filling_down_and_right_and_clearing(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 6)
    write("6,5")
    key(K.Key_Return)
    key(K.Key_Up)
    key(K.Key_Down, SHIFT)
    key(K.Key_D, CTRL)
    assert seen(page, LAURENT, 6) == "6,5"
    key(K.Key_Right, SHIFT)
    key(K.Key_R, CTRL)
    assert (seen(page, NADIA, 7), seen(page, LAURENT, 7)) == ("6,5", "6,5")
    key(K.Key_Delete)
    assert [seen(page, who, each) for who in (NADIA, LAURENT) for each in (6, 7)] == [""] * 4
    desk.rest()
    assert kept(desk, LAURENT, day(7)) == (None, ())
    for _ in range(3):
        key(K.Key_Z, CTRL)
    desk.rest()
    assert (seen(page, NADIA, 6), seen(page, LAURENT, 7)) == ("6,5", "7")


def test_a_block_goes_to_a_spreadsheet_and_comes_back(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 29)
    key(K.Key_Right, SHIFT)
    key(K.Key_Down, SHIFT)
    key(K.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "7\tCP\n7\t7"
    clipboard.setText("4\t\r\nMAL\t5,5\r\n")
    key(K.Key_V, CTRL)
    assert [seen(page, who, each) for who in (NADIA, LAURENT) for each in (29, 30)] == ["4", "", "MAL", "5,5"]
    desk.rest()
    assert kept(desk, LAURENT, day(29)) == (None, (("sick_unpaid", 420),))
    clipboard.setText("1\t2\t3\t4")
    to(page, NADIA, 29)
    key(K.Key_V, CTRL)
    assert page.grid.note.text == "1 case tombait hors du mois et a été laissée."
    clipboard.setText("")
    key(K.Key_V, CTRL)
    assert page.grid.note.text == "Il n’y a rien à coller dans le presse-papiers."
    desk.rest()


# ---- the mouse ----


def test_the_mouse_chooses_drags_and_fills_by_the_handle(desk: Desk, page: AttendancePage) -> None:
    grid = page.grid.viewport()
    start, end = place(page, NADIA, 6), place(page, LAURENT, 8)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=middle(page, start))
    QTest.mouseMove(grid, middle(page, end))
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=middle(page, end))
    assert page.grid.choice.block == Block(start.row, 5, end.row, 7)
    to(page, NADIA, 6)
    write("4")
    key(K.Key_Return)
    to(page, NADIA, 6)
    found = page.grid.view.layout.cell(start, 0, page.grid.view.scroll_y)
    assert found is not None
    corner = QPoint(found.x + found.width - 1, found.y + found.height - 1)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(grid, middle(page, place(page, NADIA, 9)))
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=middle(page, place(page, NADIA, 9)))
    assert [seen(page, NADIA, each) for each in (6, 7, 8, 9)] == ["4"] * 4
    assert page.grid.choice.block == Block(start.row, 5, start.row, 8)
    desk.rest()
    assert kept(desk, NADIA, day(9)) == (240, ())
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=middle(page, place(page, NADIA, 12)))
    assert (page.grid.mode, page.grid.editor.text()) == (Mode.EDITING, "7")
    write("x")
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle(page, place(page, NADIA, 14)))
    assert page.grid.choice.active == place(page, NADIA, 12)  # what is wrong is mended first
    key(K.Key_Escape)
    desk.rest()


def test_a_day_head_chooses_the_day_and_a_team_folds(desk: Desk, page: AttendancePage) -> None:
    grid = page.grid
    x = grid.view.layout.day_x(4, grid.view.scroll_x) + 5
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
    assert grid.choice.block == Block(0, 4, 15, 4)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, HEAD + 10))
    assert (len(grid.sheet.shown), grid.sheet.row(0).staff_number) == (12, "0021")
    assert grid.view.foot_name == "Fait, 16 personnes"  # folded rows still count
    page.refresh()
    desk.rest()
    assert len(grid.sheet.shown) == 12
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, HEAD + 10))
    assert len(grid.sheet.shown) == 16


# ---- as planned ----


def test_as_planned_says_what_it_does_before_it_does(desk: Desk, page: AttendancePage) -> None:
    to(page, THIERRY, 26)
    key(K.Key_P, CTRL | SHIFT)
    desk.rest()
    popup = page.filling.popup
    assert popup.isVisible()
    assert popup.accessibleName() == "Garage solidaire\u00a0: comme prévu"
    assert popup.said[:2] == [
        ("12 cases vides deviennent «\u00a0fait\u00a0»", "84,00\u00a0h"),
        ("5 cases d’absence, gardées", ""),
    ]
    assert QApplication.focusWidget() is popup.yes
    keys = desk.frame.status.keys
    assert keys.text() == "Entrée\u00a0: remplir comme prévu      Échap\u00a0: abandonner"
    last = page.grid.view.layout.below_team(0, page.grid.view.scroll_y)
    assert popup.y() > page.grid.mapTo(page, QPoint(0, last)).y(), "what will be filled stays in sight"
    key(K.Key_Escape)
    assert (popup.isVisible(), QApplication.focusWidget()) == (False, page.grid)
    assert keys.text().startswith("F2"), "the grid's again"
    assert kept(desk, THIERRY, day(26)) == (None, ())
    key(K.Key_P, CTRL | SHIFT)
    desk.rest()
    key(K.Key_Return)
    desk.rest()
    assert kept(desk, THIERRY, day(26)) == (420, ())
    assert kept(desk, THIERRY, day(27)) == (None, (("paid_leave", 420),))
    assert toast(desk) == "12 cases remplies comme prévu"
    assert (seen(page, THIERRY, 26), page.grid.choice.active) == ("7", place(page, THIERRY, 26))
    assert [face.fill for face in page.grid.view.teams] == [False, False]
    key(K.Key_Z, CTRL)
    desk.rest()
    assert kept(desk, THIERRY, day(26)) == (None, ())


def test_as_planned_by_the_mouse_for_a_week(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 28)
    page.grid.verticalScrollBar().setValue(0)
    page.grid.viewport().repaint()
    box = page.grid.view.buttons[0]
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    desk.rest()
    week = page.filling.popup.spans._parts[0]
    assert week.text() == "26 au 31 octobre"
    QTest.mouseClick(week, Qt.MouseButton.LeftButton)
    desk.rest()
    assert page.filling.popup.plan is not None
    assert (page.filling.popup.plan.first, page.filling.popup.plan.last, page.filling.popup.plan.cells) == (
        day(26),
        day(31),
        12,
    )
    QTest.mouseClick(page.filling.popup.no, Qt.MouseButton.LeftButton)


# ---- activities, filters ----


def test_hours_by_activity_of_the_chosen_person(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 5)
    QTest.mouseClick(page.segments._parts[ACTIVITIES], Qt.MouseButton.LeftButton)
    desk.rest()
    sheet = page.grid.sheet
    assert [team.name for team in sheet.teams] == ["BENALI Nadia", "16 personnes"]
    rows = [sheet.rows[row].name for row in sheet.teams[0].rows]
    assert rows == ["Garage solidaire", "Maraîchage", "Recyclerie"]
    assert page.grid.view.foot[4] == 102 * 60
    page.grid.setFocus()
    key(K.Key_Home, CTRL)
    key(K.Key_Right, times=4)
    write("2")
    key(K.Key_Return)
    desk.rest()
    assert kept(desk, NADIA, day(5)) == (540, ())
    laurent = next(value for value, text in page.who._options if text == "BOUCHEZ Laurent")
    page.who.choose(laurent)
    assert page.grid.sheet.teams[0].name == "BOUCHEZ Laurent"
    page.segments.choose(0)
    desk.rest()
    assert not page.who.isVisible()
    assert seen(page, NADIA, 5) == "9"
    assert page.grid.choice.active.row == place(page, LAURENT, 1).row


def test_filters_leave_a_team_or_a_site(desk: Desk, page: AttendancePage) -> None:
    garage = next(value for value, text in page.team._options if text == "Garage solidaire")
    page.team.choose(garage)
    assert [team.name for team in page.grid.sheet.teams] == ["Garage solidaire"]
    assert page.grid.view.foot_name == "Fait, 4 personnes"
    assert page.grid.choice.active.row < 4
    page.site.set_options([(None, "Tous"), (b"LI", "Lille-Fives")])
    page.site.choose(b"LI")
    assert not page.grid.isVisible(), "that team is at Loos"
    way = page.no_match.findChild(Button)
    assert way is not None
    assert way.text() == "Enlever les filtres"
    QTest.mouseClick(way, Qt.MouseButton.LeftButton)
    assert (page.team.value, page.site.value) == (None, None)
    assert page.grid.isVisible()
    assert len(page.grid.sheet.shown) == 16


# ---- who may not ----


def test_a_closed_month_says_why_it_stands_still(desk: Desk, page: AttendancePage) -> None:
    assert "F2" in dict(page.hints())
    desk.frame.desk.act(close, lambda _none: None)
    desk.rest()
    assert "F2" not in dict(page.hints()), "a key that does nothing is not offered"
    to(page, NADIA, 20)
    write("3")
    assert page.grid.mode is Mode.READY
    assert page.grid.note.text == "Octobre 2026 est clôturé depuis le 12/11/2026. Rouvrez le mois pour le modifier."
    assert page.head.context.text().endswith("clôturé le 12/11/2026")
    assert not desk.frame.commands.on("attendance.as_planned")
    assert desk.frame.commands.reasons["attendance.paste"] == page.grid.note.text


def close(ctx: object) -> None:
    from ltu_desktop.actions.closing import close_month
    from tests.attendance_world import OCTOBER

    close_month(ctx, OCTOBER, note="deux feuilles suivront")  # type: ignore[arg-type]


def test_a_file_that_refuses_gives_the_cell_back_with_a_sentence(
    desk: Desk, page: AttendancePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ltu_desktop.actions import attendance
    from ltu_desktop.rules.errors import UserError

    def full(*_: object, **__: object) -> None:
        raise UserError("disk_full", "The disk is full.", "Make room.")

    monkeypatch.setattr(attendance, "record", full)
    to(page, NADIA, 20)
    write("3")
    key(K.Key_Return)
    assert seen(page, NADIA, 20) == "3"
    desk.rest()
    assert seen(page, NADIA, 20) == "7"
    assert "The disk is full." in desk.frame.trouble.text


def test_the_current_cell_is_said(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 29)
    assert page.grid.accessibleDescription() == "BENALI Nadia, jeudi, 29 octobre".replace("jeudi, ", "jeudi ") + (
        ", 7\u00a0h\u00a000 travaillées"
    )
    key(K.Key_Right)
    assert page.grid.accessibleDescription().endswith("vendredi 30 octobre, congé payé, 7\u00a0h\u00a000")
    to(page, THIERRY, 26)
    assert page.grid.accessibleDescription().endswith("lundi 26 octobre, prévu 7\u00a0h\u00a000, pas encore fait")
    assert page.grid.accessibleName().startswith("Présences, octobre 2026, 16 personnes, ")


def test_what_is_being_typed_stays_in_its_month(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 20)
    write("3")
    key(K.Key_PageDown, CTRL)
    desk.rest()
    assert page.head.context.text().startswith("novembre 2026")
    assert page.grid.mode is Mode.READY
    assert kept(desk, NADIA, day(20)) == (180, ())
    key(K.Key_PageUp, CTRL)
    desk.rest()
    assert seen(page, NADIA, 20) == "3"


def test_each_move_of_the_active_cell_is_announced(page: AttendancePage, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Listener:
        Event = QAccessible.Event

        @staticmethod
        def isActive() -> bool:  # noqa: N802  Qt's name
            return True

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:  # noqa: N802  Qt's name
            if isinstance(event, QAccessibleAnnouncementEvent):
                said.append(event.message())

    to(page, NADIA, 29)
    monkeypatch.setattr(attendance_grid, "QAccessible", Listener)
    key(K.Key_Right)
    key(K.Key_Left)
    assert [each.partition(", ")[0] for each in said] == ["BENALI Nadia"] * 2
    assert "vendredi 30 octobre" in said[0]
    assert said[1] == page.grid.accessibleDescription()
