"""The line of contracts: where its days lie and how far they go, dragged and moved with keys, told and undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from sqlalchemy import select

from ltu_desktop.actions import agreements, people
from ltu_desktop.queries.people import ContractRow, TermsRow
from ltu_desktop.store.tables import agreement
from ltu_desktop.window.contract_form import Step
from ltu_desktop.window.people_page import PeoplePage
from ltu_desktop.window.timeline import ASKS, BAR, BAR_TOP, NUMBER, Timeline, grip_left, text_left, today_left
from ltu_desktop.window.timeline_lay import DAY, Grip, Lay, Moves, Tick, caught, grips, lay, moved, stepped
from tests.studio import wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.actions.context import Context
    from tests.window.conftest import Desk

TODAY = date(2026, 11, 15)
JANUARY, JUNE, OCTOBER = date(2026, 1, 1), date(2026, 6, 1), date(2026, 10, 1)


def contract(*starts: date, end: date | None = None) -> ContractRow:
    ends = [*(start - DAY for start in starts[1:]), end]
    terms = tuple(
        TermsRow(f"{start}".encode(), 1, start, last, Decimal(28 + at), None, None, None, "", "", None, "")
        for at, (start, last) in enumerate(zip(starts, ends, strict=True))
    )
    return ContractRow(f"{starts[0]}".encode(), 1, "", starts[0], end, None, "01", "99", "059" if end else "", terms)


def laid_out(contracts: Sequence[ContractRow], width: int = 430) -> tuple[Lay, tuple[Grip, ...]]:
    laid = lay(contracts, TODAY, width)
    return laid, grips(laid, contracts)


# where a text of a stretch stands: its sides, its width, the line of today → its left side
@pytest.mark.parametrize(
    ("sides", "wide", "today", "left"),
    [
        ((10, 100), 40, 90, 10),  # the line is far from it
        ((10, 100), 40, 30, 36),  # beside the line
        ((10, 100), 40, 8, 14),  # which would touch its first letter
        ((10, 60), 40, 30, None),  # no room beside it
        ((10, 40), 40, 200, None),  # nor in the stretch
    ],
)
def test_the_line_of_today_runs_through_no_text(
    sides: tuple[int, int], wide: int, today: int, left: int | None
) -> None:
    assert text_left(sides, wide, today) == left


@pytest.mark.parametrize("today", range(85, 116))
@pytest.mark.parametrize("moves", [Moves.END, Moves.AMENDMENT])
def test_the_line_of_today_leaves_the_handles_free(moves: Moves, today: int) -> None:
    grip = replace(laid_out([contract(date(2025, 1, 1))])[1][0], moves=moves, left=100)
    left = grip_left(grip, today)
    assert not set(range(left, left + 4)) & set(range(today - 1, today + 3))
    assert abs(left - 100) < 20


def test_today_stands_over_its_line_or_beside_the_year_that_is_there() -> None:
    wide, room = 60, 430
    free = Lay((), (), 200)
    assert today_left(free, wide, room) == 170
    year = Lay((), (Tick(150, 2026),), 200)
    assert 150 + NUMBER < today_left(year, wide, room) <= 200
    assert today_left(Lay((), (Tick(190, 2026),), 200), wide, room) == 170, "no room beside it: the year is left out"
    assert today_left(Lay((), (), 428), wide, room) + wide < room


# what can be dragged, and how far: contracts → (what, day, earliest, latest; None: the end of the line)
@pytest.mark.parametrize(
    ("contracts", "found"),
    [
        ([contract(JANUARY)], [(Moves.END, None, JANUARY, None)]),
        (
            [contract(JANUARY, JUNE)],
            [(Moves.AMENDMENT, JUNE, date(2026, 1, 2), None), (Moves.END, None, JUNE, None)],
        ),
        (
            [contract(JANUARY, JUNE, OCTOBER, end=date(2026, 12, 31))],
            [
                (Moves.AMENDMENT, JUNE, date(2026, 1, 2), date(2026, 9, 30)),
                (Moves.AMENDMENT, OCTOBER, date(2026, 6, 2), date(2026, 12, 31)),
                (Moves.END, date(2026, 12, 31), OCTOBER, None),
            ],
        ),
        (
            [contract(JANUARY, end=date(2026, 3, 31)), contract(JUNE)],
            [
                (Moves.END, date(2026, 3, 31), JANUARY, date(2026, 5, 31)),
                (Moves.END, None, JUNE, None),
            ],
        ),
        ([], []),
    ],
)
def test_what_can_be_dragged_stays_between_its_neighbours(
    contracts: list[ContractRow], found: list[tuple[Moves, date | None, date, date | None]]
) -> None:
    laid, there = laid_out(contracts)
    assert [(grip.moves, grip.day, grip.earliest, grip.latest) for grip in there] == [
        (moves, day, earliest, latest or laid.last) for moves, day, earliest, latest in found
    ]


def test_the_nearest_day_is_caught_and_nothing_far_from_one() -> None:
    laid, there = laid_out([contract(JANUARY, JUNE, date(2026, 6, 6))])
    first, second, _end = there
    assert caught(there, first.left) is first
    assert caught(there, second.left + 3) is second
    assert caught(there, second.left + 40) is None
    assert caught(there, laid.at(JANUARY)) is None, "the contract's start is not moved here"


@pytest.mark.parametrize(
    ("moves", "near", "day"),
    [
        (Moves.AMENDMENT, date(2026, 7, 3), date(2026, 7, 1)),  # takes the month's beginning
        (Moves.AMENDMENT, date(2026, 7, 15), date(2026, 7, 15)),
        (Moves.AMENDMENT, date(2025, 6, 1), date(2026, 1, 2)),  # not before the contract's second day
        (Moves.END, date(2026, 8, 29), date(2026, 8, 31)),  # takes the month's end
        (Moves.END, date(2026, 2, 1), JUNE),  # not before the terms in force
    ],
)
def test_a_day_takes_the_edge_of_its_month_and_stops_at_its_limits(moves: Moves, near: date, day: date) -> None:
    laid, there = laid_out([contract(JANUARY, JUNE)])
    grip = next(each for each in there if each.moves is moves)
    x = laid.at(near + DAY if moves is Moves.END else near)
    assert moved(grip, laid, x) == day


@given(x=st.integers(-500, 2000), width=st.integers(60, 1200), days=st.integers(2, 2000))
def test_wherever_it_is_dragged_it_stays_within_its_limits(x: int, width: int, days: int) -> None:
    laid, there = laid_out([contract(JANUARY, JANUARY + timedelta(days=days))], width)
    for grip in there:
        assert grip.earliest <= moved(grip, laid, x) <= grip.latest
        assert grip.earliest <= stepped(grip, None, x, TODAY) <= grip.latest


def test_steps_begin_where_the_day_is_or_today() -> None:
    _, (amendment, end) = laid_out([contract(JANUARY, JUNE)])
    assert stepped(amendment, None, 1, TODAY) == date(2026, 6, 2)
    assert stepped(amendment, date(2026, 7, 1), -7, TODAY) == date(2026, 6, 24)
    assert stepped(end, None, 1, TODAY) == TODAY + DAY


# ---- in the window ----


@pytest.fixture
def page(month: Desk) -> PeoplePage:
    shown = month.go("people", "0018")  # since 2 February 2022, 28 h a week
    assert isinstance(shown, PeoplePage)
    assert month.frame.desk.store is not None
    [one] = contracts(shown)

    def amend(ctx: Context) -> None:
        people.change_terms(ctx, one.id, start=date(2026, 10, 12), weekly_hours=Decimal(35))
        key = agreement_of(ctx)
        agreements.set_terms(ctx, key, start=date(2026, 9, 1), settings={"mid_month": "calendar"})

    month.frame.desk.act(amend, lambda _done: None)
    month.rest()
    return shown


WHOLE = Decimal("151.67")


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def asked(hours: Decimal) -> Decimal:
    """Work out by hand what is claimed for hours: 95 % of the SMIC's wage, and 15 % of that besides."""
    state = cents(cents(Decimal("12.31") * hours) * Decimal("0.95"))
    return state + cents(state * Decimal("0.15"))


def agreement_of(ctx: Context) -> bytes:
    with ctx.store.read() as connection:
        key: bytes = connection.execute(select(agreement.c.id)).scalar_one()
    return key


def contracts(page: PeoplePage) -> tuple[ContractRow, ...]:
    assert page.panel.person is not None
    return page.panel.person.contracts


def line(page: PeoplePage) -> Timeline:
    assert page.panel.essentials.contracts.timeline is not None
    return page.panel.essentials.contracts.timeline


def grip_of(page: PeoplePage, moves: Moves) -> Grip:
    return next(each for each in line(page).grips() if each.moves is moves)


def point(x: int) -> QPoint:
    return QPoint(x, BAR_TOP + BAR // 2)


def drag(page: PeoplePage, moves: Moves, day: date) -> None:
    """Take a day and let it hang over another one."""
    shown, grip = line(page), grip_of(page, moves)
    target = shown.laid().at(day + DAY if moves is Moves.END else day)
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=point(grip.left))
    QTest.mouseMove(shown, point(target))


def test_an_amendment_is_dragged_and_the_effect_is_told_before_it_is_let_go(page: PeoplePage, month: Desk) -> None:
    assert [each.start for each in contracts(page)[0].terms] == [date(2022, 2, 2), date(2026, 10, 12)]
    drag(page, Moves.AMENDMENT, date(2026, 6, 1))
    shown = line(page)
    assert "28\u00a0h → 35\u00a0h" in shown.note()
    assert "01/06/2026" in shown.note()
    wait(month.frame, ASKS + 100)
    # October as it is, by calendar days: 28 h of 11 days and 35 h of 20 (140.91 h); moved away: 114.33 h as paid
    split = 28 * WHOLE / 35 * 11 / 31 + WHOLE * 20 / 31
    difference = asked(Decimal("114.33")) - asked(cents(split))
    assert difference == Decimal("-357.47")
    assert month.frame.words.money(difference, sign=True) in shown.note()
    assert "octobre 2026" in shown.note()
    told = shown.note()
    assert len(contracts(page)[0].terms) == 2, "nothing is written yet"
    target = shown.laid().at(date(2026, 6, 1))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=point(target))
    month.rest()
    assert contracts(page)[0].terms[1].start == date(2026, 6, 1)
    assert told.count("€") == 1
    month.frame.commands.do("edit.undo")
    month.rest()
    assert contracts(page)[0].terms[1].start == date(2026, 10, 12)
    month.frame.toast.hide()


def test_a_day_is_moved_with_keys_kept_with_enter_and_left_with_esc(page: PeoplePage, month: Desk) -> None:
    shown = line(page)
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown.note().startswith("à partir du 12/10/2026")
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(shown, Qt.Key.Key_Right, shift)
    QTest.keyClick(shown, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    assert shown.note().startswith("à partir du 20/10/2026")
    assert shown.accessibleName() == shown.note(), "a screen reader hears it"
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.note() == ""
    assert page.panel.isVisible(), "Esc left only the day"
    QTest.keyClick(shown, Qt.Key.Key_Right)
    QTest.keyClick(shown, Qt.Key.Key_Left, shift)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    month.rest()
    assert contracts(page)[0].terms[1].start == date(2026, 10, 11)
    assert QApplication.focusWidget() is line(page), "the hand stays on the line"
    month.frame.toast.hide()


def test_an_end_dragged_from_the_edge_asks_for_its_reason_and_one_that_is_there_keeps_it(
    page: PeoplePage, month: Desk
) -> None:
    drag(page, Moves.END, date(2026, 10, 31))
    QTest.mouseRelease(line(page), Qt.MouseButton.LeftButton, pos=point(line(page).laid().at(date(2026, 11, 1))))
    month.rest()
    form = page.panel.essentials.contracts.form
    assert (form.isVisible(), form.step) == (True, Step.END)
    day, reason = form.fields["contract_end"].widget, form.fields["end_reason"].widget
    assert isinstance(day, QLineEdit)
    assert isinstance(reason, QComboBox)
    assert day.text() == "31/10/2026"
    assert QApplication.focusWidget() is reason
    reason.setCurrentIndex(reason.findData("059"))
    QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    month.rest()
    assert contracts(page)[0].end == date(2026, 10, 31)
    drag(page, Moves.END, date(2026, 11, 30))
    target = line(page).laid().at(date(2026, 12, 1))
    QTest.mouseRelease(line(page), Qt.MouseButton.LeftButton, pos=point(target))
    month.rest()
    [one] = contracts(page)
    assert (one.end, one.end_reason) == (date(2026, 11, 30), "059")
    month.frame.toast.hide()


def test_a_click_moves_nothing(page: PeoplePage, month: Desk) -> None:
    entries = len(month.frame.desk.store.entries())  # type: ignore[union-attr]
    QTest.mouseClick(line(page), Qt.MouseButton.LeftButton, pos=point(grip_of(page, Moves.AMENDMENT).left))
    month.rest()
    assert len(month.frame.desk.store.entries()) == entries  # type: ignore[union-attr]


def test_the_form_tells_the_effect_of_what_is_typed_and_what_the_file_would_refuse(
    page: PeoplePage, month: Desk
) -> None:
    page.panel.essentials.contracts.begin(Step.AMEND)
    month.rest()
    form = page.panel.essentials.contracts.form
    start, hours = form.fields["start"].widget, form.fields["weekly_hours"].widget
    assert isinstance(hours, QLineEdit)
    QTest.keyClicks(start, "12/10/2026")
    hours.selectAll()
    QTest.keyClicks(hours, "30")
    wait(month.frame, 500)
    assert form.effect.text().startswith("\u2212"), "fewer hours by the calendar, less to claim"
    assert form.effect.text().endswith("sur la demande d’octobre 2026")
    hours.selectAll()
    QTest.keyClicks(hours, "99")
    assert form.effect.text() == "", "what was told of other hours is gone at once"
    wait(month.frame, 500)
    assert "99" in form.effect.text()
    hours.selectAll()
    QTest.keyClicks(hours, "3x")
    wait(month.frame, 500)
    assert form.effect.text() == ""
    form.leave()
