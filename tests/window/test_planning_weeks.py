"""The week that the board shows: gone through, copied, and how it and the month at the top follow each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ltu_desktop.actions.planning_weeks import Skipped
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.planning_page import PlanningPage
from ltu_desktop.window.planning_week import week_in
from ltu_desktop.window.planning_words import with_left_out
from ltu_desktop.words import Words
from tests.planning_world import MONDAY
from tests.window.planning_hands import Planning


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
    assert said == f"0 créneau recopié, {first.split()[0]} laissés de côté\xa0: déjà prévu ce jour-là"


def test_the_reasons_for_which_shifts_were_left_out_are_few() -> None:
    def left(*codes: str) -> tuple[Skipped, ...]:
        return tuple(Skipped(b"", "", MONDAY, code) for code in codes)

    french, english = Words("fr"), Words("en")
    assert with_left_out(french, "2 créneaux recopiés", ()) == "2 créneaux recopiés"
    assert with_left_out(french, "2 créneaux recopiés", left("holiday")) == (
        "2 créneaux recopiés, 1 laissé de côté\xa0: jour férié"
    )
    assert with_left_out(english, "2 shifts copied", left("absent", "holiday", "absent")) == (
        "2 shifts copied, 3 left out: away on that day (2), a public holiday (1)"
    )
    many = left("absent", "absent", "holiday", "holiday", "planned", "limit", "outside_contract")
    assert with_left_out(french, "2 créneaux recopiés", many) == (
        "2 créneaux recopiés, 7 laissés de côté\xa0: absence ce jour-là (2), jour férié (2), autres raisons (3)"
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
