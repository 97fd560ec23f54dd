from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.money import Rounding, from_hundredths, to_cent, to_fte, to_hundredths
from ltu_desktop.rules.periods import Month, Span, cut

AMOUNTS = st.decimals(-(10**6), 10**6, places=4, allow_nan=False)
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("value", "how", "expected"),
    [
        ("1520.285", Rounding.HALF_UP, "1520.29"),
        ("-1520.285", Rounding.HALF_UP, "-1520.29"),
        ("0.014", Rounding.UP, "0.02"),
        ("0.019", Rounding.DOWN, "0.01"),
        ("-0.001", Rounding.HALF_UP, "0.00"),
    ],
)
def test_to_cent_rounds_as_named(value: str, how: Rounding, expected: str) -> None:
    assert str(to_cent(Decimal(value), how)) == expected


def test_fte_keeps_four_decimals_and_no_negative_zero() -> None:
    assert str(to_fte(Decimal("0.68568"))) == "0.6857"
    assert str(to_fte(Decimal("-0.00001"))) == "0.0000"


@given(st.integers(-(10**9), 10**9))
def test_hundredths_round_trip(value: int) -> None:
    assert to_hundredths(from_hundredths(value)) == value


def test_hundredths_refuse_a_third_decimal() -> None:
    with pytest.raises(ValueError, match="more than two decimals"):
        to_hundredths(Decimal("151.667"))


@given(AMOUNTS)
def test_rounding_moves_by_half_a_cent_at_most(value: Decimal) -> None:
    assert abs(to_cent(value) - value) <= Decimal("0.005")


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-01", "2026-1", "2026-01-01", ""])
def test_month_refuses_other_texts(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


@given(DAYS, st.integers(-40, 40))
def test_months_add_up(day: date, months: int) -> None:
    month = Month.of(day)
    assert month.plus(months).plus(-months) == month
    assert Month.parse(str(month)) == month
    assert month.first <= day <= month.last
    assert month.plus(1).first.toordinal() == month.last.toordinal() + 1


def test_year_so_far_starts_in_january() -> None:
    assert [str(each) for each in Month(2026, 3).year_so_far()] == ["2026-01", "2026-02", "2026-03"]


@given(DAYS, st.integers(0, 60), st.lists(DAYS, max_size=5))
def test_slices_add_up_to_the_whole(start: date, length: int, at: list[date]) -> None:
    whole = Span(start, date.fromordinal(start.toordinal() + length))
    pieces = cut(whole, at)
    assert sum(piece.days for piece in pieces) == whole.days
    assert pieces[0].start == whole.start
    assert pieces[-1].end == whole.end
    assert all(piece.start in {start, *at} for piece in pieces)


def test_spans_meet() -> None:
    january = Span(date(2026, 1, 1), date(2026, 1, 31))
    assert january.meet(Span(date(2026, 1, 20), date(2026, 3, 1))) == Span(date(2026, 1, 20), date(2026, 1, 31))
    assert january.meet(Span(date(2026, 2, 1), date(2026, 3, 1))) is None
