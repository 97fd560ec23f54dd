"""Who is eligible: how long a state must have lasted on the day of the hire, and which day is the hire's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.eligibility import CRITERIA, State, hired_on, latest, state

HIRED = date(2024, 8, 31)


@pytest.mark.parametrize(
    ("criterion", "day", "expected"),
    [
        ("volunteer", None, State.MISSING),
        ("volunteer", date(2026, 1, 1), State.OK),  # noted after the hire: she had said so before
        ("without_job", date(2023, 8, 31), State.OK),
        ("without_job", date(2023, 9, 1), State.DOUBTFUL),
        ("without_job", None, State.MISSING),
        ("resident", date(2024, 2, 29), State.OK),  # six months before a 31st: the month's last day
        ("resident", date(2024, 3, 1), State.DOUBTFUL),
        ("recognised", HIRED, State.OK),
        ("recognised", date(2024, 9, 1), State.DOUBTFUL),
        ("recognised", None, State.MISSING),
    ],
)
def test_a_point_is_judged_by_its_day(criterion: str, day: date | None, expected: State) -> None:
    assert state(criterion, day, HIRED) is expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_year_is_never_shorter_than_six_months(hired: date) -> None:
    days = [latest(criterion, hired) for criterion in CRITERIA]
    assert days == [hired, latest("without_job", hired), latest("resident", hired), hired]
    assert 365 <= (hired - days[1]).days <= 366
    assert 181 <= (hired - days[2]).days <= 184


@pytest.mark.parametrize(
    ("spans", "by", "expected"),
    [
        ([], date(2026, 1, 1), None),
        ([(date(2026, 2, 1), None)], date(2026, 1, 1), None),
        ([(date(2024, 1, 8), None)], date(2026, 1, 1), date(2024, 1, 8)),
        ([(date(2023, 1, 2), date(2023, 12, 31)), (date(2024, 1, 1), None)], date(2026, 1, 1), date(2023, 1, 2)),
        ([(date(2023, 1, 2), date(2023, 12, 30)), (date(2024, 1, 1), None)], date(2026, 1, 1), date(2024, 1, 1)),
        ([(date(2023, 1, 2), None), (date(2024, 1, 1), None)], date(2026, 1, 1), date(2023, 1, 2)),
        ([(date(2023, 1, 2), date(2023, 12, 30)), (date(2024, 1, 1), None)], date(2023, 6, 1), date(2023, 1, 2)),
    ],
)
def test_contracts_without_a_break_are_one_hire(
    spans: list[tuple[date, date | None]], by: date, expected: date | None
) -> None:
    assert hired_on(spans, by) == expected
