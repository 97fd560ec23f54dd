"""Plain values behind the pages: figures and their steps, what is at stake, time lines, days as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.queries.people import ContractRow, TermsRow
from ltu_desktop.rules.answer import Step
from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.window.claim_figures import at_stake, formula_text, step_value
from ltu_desktop.window.form import read_day, write_day
from ltu_desktop.window.people_list import hours_text
from ltu_desktop.window.timeline_lay import lay
from ltu_desktop.words import Words

PARTS = frozenset({"state", "department"})
BLOCK = Severity.BLOCKER


def problem(target: str, stake: str | None) -> Problem:
    return Problem("x", BLOCK, target, at_stake=None if stake is None else Decimal(stake))


@pytest.mark.parametrize(
    ("problems", "stake"),
    [
        ([], None),
        ([problem("1", None)], None),
        ([problem("1", "10"), problem("2", "5")], "15"),
        ([problem("1", "10"), problem("1", "10")], "10"),  # two problems of one person risk her amount once
        ([problem("", "100"), problem("1", "10")], "100"),  # the whole claim holds her amount already
        ([problem("agreement", "5"), problem("1", "10")], "10"),
    ],
)
def test_at_stake_counts_no_euro_twice(problems: list[Problem], stake: str | None) -> None:
    assert at_stake(tuple(problems)) == (None if stake is None else Decimal(stake))


@pytest.mark.parametrize(
    ("step", "fr", "en"),
    [
        (
            Step("base", "12.31 × 151.67", Decimal("1867.06"), "EUR", exact=Decimal("1867.0577")),
            "12,31 × 151,67 = 1\u202f867,0577",
            "12.31 × 151.67 = 1,867.0577",
        ),
        (
            Step("state", "1867.06 × 0.95", Decimal("1773.71"), "EUR", exact=Decimal("1773.7070")),
            "1\u202f867,06 × 95\u00a0% = 1\u202f773,7070",
            "1,867.06 × 95% = 1,773.7070",
        ),
        (
            Step("department", "1000.00 × 0.155", Decimal("155.00"), "EUR"),
            "1\u202f000,00 × 15,5\u00a0%",
            "1,000.00 × 15.5%",
        ),
        (Step("paid_hours", "151.67", Decimal("151.67"), "h"), "", ""),
    ],
)
def test_formulas_are_said_in_the_language(step: Step, fr: str, en: str) -> None:
    assert formula_text(Words("fr"), step, PARTS) == fr
    assert formula_text(Words("en"), step, PARTS) == en


def test_values_carry_their_unit() -> None:
    words = Words("fr")
    assert step_value(words, Step("fte", "1 ÷ 1", Decimal("1.0000"), "FTE")) == "1,0000"
    assert step_value(words, Step("base", "1", Decimal("1867.06"), "EUR")) == "1\u202f867,06\u00a0€"


def contract(*stretches: tuple[date, date | None]) -> ContractRow:
    terms = tuple(
        TermsRow(bytes([at]), 1, start, end, Decimal(35), None, Decimal(1), None, "", "", None, "")
        for at, (start, end) in enumerate(stretches)
    )
    return ContractRow(b"c", 1, "", stretches[0][0], stretches[-1][1], None, "01", "99", "", terms)


def test_a_line_of_time_shows_stretches_years_and_today() -> None:
    today = date(2026, 11, 5)
    laid = lay([contract((date(2024, 4, 8), date(2025, 5, 31)), (date(2025, 6, 1), None))], today, 430)
    assert [block.first for block in laid.blocks] == [True, False]
    assert [block.current for block in laid.blocks] == [False, True]
    assert [tick.year for tick in laid.ticks] == [2025, 2026, 2027]
    first, second = laid.blocks
    assert 0 < first.left < first.left + first.width < second.left <= laid.today <= second.left + second.width <= 430


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2027, 1, 1)), min_size=1, max_size=6, unique=True),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.integers(200, 900),
)
def test_nothing_on_a_line_of_time_lies_outside_or_over_another(days: list[date], today: date, width: int) -> None:
    days.sort()
    ends = [date.fromordinal(day.toordinal() - 1) for day in days[1:]]
    laid = lay([contract(*zip(days, [*ends, None], strict=True))], today, width)
    assert len(laid.blocks) == len(days)
    assert all(0 <= block.left <= width for block in laid.blocks)
    assert [block.left for block in laid.blocks] == sorted(block.left for block in laid.blocks)
    assert 0 <= laid.today <= width


def test_no_contract_is_an_empty_line() -> None:
    assert lay([], date(2026, 1, 1), 400).blocks == ()


@pytest.mark.parametrize("text", ["16/10/2026", "16.10.2026", "16 10 2026", "16102026", "2026-10-16", " 16/10/2026 "])
def test_days_are_read_as_people_type_them(text: str) -> None:
    assert read_day(text) == date(2026, 10, 16)


@pytest.mark.parametrize("text", ["32/10/2026", "16/10", "16/10/26", "demain", "2026-13-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the page says it in words
        read_day(text)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_that_is_written_can_be_read(day: date) -> None:
    assert read_day(write_day(day)) == day


def test_an_empty_day_is_none() -> None:
    assert read_day("  ") is None
    assert write_day(None) == ""


@pytest.mark.parametrize(("hours", "said"), [("35.00", "35"), ("17.50", "17,5"), ("30", "30"), ("24.25", "24,25")])
def test_weekly_hours_are_short(hours: str, said: str) -> None:
    assert hours_text(Words("fr"), Decimal(hours)) == said
