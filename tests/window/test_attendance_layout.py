"""The room of the attendance grid: whole days, whole names, and columns as wide as their sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt

from ltu_desktop.queries.attendance_rows import DayHead
from ltu_desktop.store import tables as t
from ltu_desktop.window.attendance_layout import DAY, Layout
from ltu_desktop.window.attendance_legend import SIGN
from ltu_desktop.window.attendance_page import AttendancePage
from ltu_desktop.window.attendance_sheet import Sheet
from ltu_desktop.window.attendance_tabs import ACTIVITIES, HOURS
from ltu_desktop.window.attendance_view import foot_texts, names_need, width_of
from ltu_desktop.window.tokens import SCALES, Text
from tests.window.attendance_hands import (
    LAURENT,
    NADIA,
    SHIFT,
    THIERRY,
    key,
    place,
    to,
)

if TYPE_CHECKING:
    from tests.window.conftest import Desk

K = Qt.Key


@pytest.fixture
def desk(attendance_desk: Desk) -> Desk:
    return attendance_desk


def test_totals_are_as_wide_as_their_sums_and_only_those_that_are_said(desk: Desk, page: AttendancePage) -> None:
    at = page.grid.view.layout
    wide = Layout.make(at.width, at.height, page.grid.sheet, need=(90, 50, 0, 70, 1))
    assert wide.totals == (90, 61, 0, 70, 78)
    assert wide.totals_x + sum(wide.totals) <= at.width
    page.segments.choose(ACTIVITIES)
    desk.rest()
    assert [bool(each) for each in page.grid.view.layout.totals] == [False, True, False, False, False]
    page.segments.choose(HOURS)
    desk.rest()
    assert page.grid.view.layout.totals == at.totals


@given(
    width=st.integers(600, 1700),
    columns=st.integers(28, 31),
    names=st.integers(0, 260),
    scale=st.sampled_from(SCALES),
    asked=st.integers(0, 900),
)
def test_no_day_is_ever_cut(width: int, columns: int, names: int, scale: int, asked: int) -> None:
    head = DayHead(date(2026, 10, 1), weekend=False, holiday_name="")
    sheet = Sheet(days=(head,) * columns)
    at = Layout.make(width, 500, sheet, scale, names=names)
    scrolled = min(at.whole_days(min(asked, at.most_x)), at.most_x)
    assert scrolled % at.day == 0
    if at.most_x:
        assert at.days_width % at.day == 0
        assert at.most_x % at.day == 0
    assert at.name + at.days_width + sum(at.totals) <= width


def test_no_line_is_ever_cut_below_the_head(desk: Desk, page: AttendancePage) -> None:
    desk.frame.resize(911, 512)
    desk.rest()
    grid = page.grid
    tops = {line.y for line in grid.view.layout.lines}
    bar = grid.verticalScrollBar()
    for asked in (0, 3, 29, 60, 61, bar.maximum() - 1, bar.maximum()):
        bar.setValue(asked)
        assert grid.view.scroll_y in tops, asked
    body = grid.view.layout.body_height
    to(page, THIERRY, 1)
    for _ in grid.sheet.shown:
        key(K.Key_Down)
        assert grid.view.scroll_y in tops
        line = grid.view.layout.line_of_row(grid.choice.active.row)
        assert line is not None
        assert 0 <= line.y - grid.view.scroll_y <= body - line.height


def test_in_a_wide_window_names_come_before_wider_days(page: AttendancePage) -> None:
    at = Layout.make(1839, 900, page.grid.sheet, names=400)
    assert at.name >= 400
    assert at.day > DAY
    assert at.most_x == 0
    assert Layout.make(1839, 900, page.grid.sheet, names=120).day > at.day


def test_a_head_of_a_team_keeps_its_name_and_what_misses(desk: Desk, page: AttendancePage) -> None:
    """In little room the button “as planned” loses its words first; it stays where a hand finds it."""
    view, at = page.grid.view, page.grid.view.layout
    wide = view.buttons[0].width()
    to(page, NADIA, 27)
    page.commands.do("attendance.absence")
    desk.frame.resize(1093, 614)
    desk.rest()
    page.grid.viewport().repaint()
    assert view.layout.totals_x < at.totals_x
    assert 0 < view.buttons[0].width() < wide
    assert page.grid.hand.tip(view.buttons[0].center()) == "Comme prévu"
    said = page.grid.hand.tip(view.buttons[0].center() - QPoint(100, 0))
    assert said == "Garage solidaire · Loos · 4 personnes · 3 feuilles manquent"


def test_the_legend_says_the_signs_of_the_month_first_and_in_the_same_words_at_any_width(page: AttendancePage) -> None:
    legend = page.legend
    legend.show_codes({"SS", "FO"})
    legend.setFixedWidth(420)
    assert [code for code, _ in legend.fitting()][:2] == ["FO", "SS"]
    few = dict(legend.fitting())
    legend.setFixedWidth(1200)
    assert few.items() <= dict(legend.fitting()).items()
    for wide in (240, 160, 60):
        legend.setFixedWidth(wide)
        said = legend.fitting()
        assert sum(SIGN + width_of(Text.NOTE, text) for _, text in said) <= wide, "a sign is left out, never cut"


def test_beside_a_panel_names_stay_whole_and_the_chosen_days_in_sight(desk: Desk, page: AttendancePage) -> None:
    to(page, NADIA, 27)
    key(K.Key_Right, SHIFT, times=2)
    page.commands.do("attendance.absence")
    desk.rest()
    assert page.panels.now is not None
    at, view = page.grid.view.layout, page.grid.view
    assert at.most_x > 0, "the days scroll"
    assert list(at.visible_days(view.scroll_x))[-3:] == [26, 27, 28]
    assert at.name >= names_need(page.grid.sheet)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (911, 512)])
def test_what_would_be_filled_as_planned_is_in_sight(desk: Desk, page: AttendancePage, size: tuple[int, int]) -> None:
    desk.frame.resize(*size)
    desk.rest()
    to(page, THIERRY, 26)
    page.commands.do("attendance.as_planned")
    desk.rest()
    grid, popup = page.grid, page.filling.popup
    at, view = grid.view.layout, grid.view
    for day in range(26, 31):
        found = at.cell(place(page, THIERRY, day), view.scroll_x, view.scroll_y)
        assert found is not None
        assert at.name <= found.x <= at.totals_x - found.width
        cell = QRect(grid.viewport().mapTo(page, QPoint(found.x, found.y)), QPoint(0, 0))
        cell.setSize(QRect(*found).size())
        assert not popup.geometry().intersects(cell)
    assert page.rect().contains(popup.geometry())
    assert popup.geometry().right() < grid.mapTo(page, QPoint(at.totals_x, 0)).x(), "no sum is cut"
    assert popup.yes.geometry().right() <= popup.width() - 12
    key(K.Key_Escape)


def test_a_day_s_sum_keeps_its_half_hours_in_narrower_letters(page: AttendancePage) -> None:
    day, mark = page.grid.view.layout.day, page.grid.sheet.mark
    said, letters = foot_texts(page.grid.view.foot, day, mark)
    assert {"101,5", "104,5"} <= set(said)
    assert letters.stretch() < 100, "all are alike"
    assert foot_texts([65_000 * 60 + 30], day, mark)[0] == ["65001"]
    assert foot_texts([101 * 60], day, mark)[1].stretch() == 100


def test_namesakes_are_told_apart_where_hours_are_typed(desk: Desk, page: AttendancePage) -> None:
    store = desk.frame.desk.store
    assert store is not None
    with store.write("test") as tx:
        for number in (NADIA, LAURENT):
            person = next(row.key[0] for row in page.hours.rows if row.staff_number == number)
            tx.update(t.person, person, {"name": "Benali", "first_names": "Nadia"})
    page.refresh()
    desk.rest()
    to(page, THIERRY, 1)  # neither of them is lit
    at = page.grid.view.layout
    drawn = page.grid.viewport().grab().toImage()
    names = []
    for number, other in ((NADIA, LAURENT), (LAURENT, NADIA)):
        found = at.cell(place(page, number, 1), 0, page.grid.view.scroll_y)
        assert found is not None
        names.append(drawn.copy(QRect(0, found.y, at.name - 30, found.height - 1)))
        said = f"BENALI Nadia, n°\u00a0{number}"
        assert page.grid.hand.tip(QPoint(30, found.y + 9)) == said
        to(page, number, 1)
        assert page.grid.accessibleDescription().startswith(f"{said}, jeudi")
        assert other not in page.grid.accessibleDescription()
    assert names[0] != names[1]
    desk.frame.commands.do("attendance.close")
    desk.rest()
    plan = page.panels.closing.plan
    assert plan is not None
    both = tuple(replace(plan.missing[0], staff_number=number, list_name="BENALI Nadia") for number in (NADIA, LAURENT))
    page.panels.closing.show_plan(plan, both, lock="")
    told = [each.accessibleName().split(", ")[1] for each in page.panels.closing.items]
    assert told == [f"n°\u00a0{NADIA}", f"n°\u00a0{LAURENT}"]
    key(K.Key_Escape)
    to(page, THIERRY, 1)
    assert THIERRY not in page.grid.accessibleDescription(), "alone to have the name"
