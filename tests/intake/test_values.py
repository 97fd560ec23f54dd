"""Numbers, hours, dates and months as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.intake.values import (
    Doubtful,
    Unreadable,
    date_of_serial,
    read_date,
    read_hours,
    read_month,
    read_number,
)
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import Words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 773,71", "1773.71"),
        ("1\u202f773,71\u00a0€", "1773.71"),
        ("€1,773.71", "1773.71"),
        ("1,773.71", "1773.71"),
        ("1.773,71", "1773.71"),
        ("1'773.71", "1773.71"),
        ("1’773,71 EUR", "1773.71"),
        ("7,5", "7.5"),
        ("151.67", "151.67"),
        ("151,67 h", "151.67"),
        ("12,31 €/h", "12.31"),
        ("12.02 euros", "12.02"),
        ("\u221212,50", "-12.50"),
        ("- 12,50", "-12.50"),
        ("+3", "3"),
        ("-0,00", "0.00"),
        ("1 234 567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        (",5", "0.5"),
        ("1234,567", "1234.567"),
        ("007", "7"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "12abc", "1 77", "1 7734", "1,23,456", "1.2.3", "1 234.567,8.9", "--1", "1-2", "1e5", "NaN"),
        *("inf", "12,", "1_000", "١٢", "½", "1,234.567,8", "1,234 567", "12 34", "9" * 30, "€", "h"),
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@pytest.mark.parametrize("text", ["1,234", "1.234", "151.670", "-12,345"])
def test_three_decimals_or_thousands_are_doubtful(text: str) -> None:
    with pytest.raises(Doubtful):
        read_number(text)


def test_the_greatest_value_that_makes_sense_decides() -> None:
    assert read_number("151.670", Decimal(744)) == Decimal("151.670")
    assert read_number("1,234", Decimal(60)) == Decimal("1.234")
    with pytest.raises(Doubtful):
        read_number("1,234", Decimal(99_999))


@settings(max_examples=80)
@given(cents=st.integers(-(10**11), 10**11), language=st.sampled_from(["fr", "en"]))
def test_numbers_as_we_write_them_are_read_back(cents: int, language: str) -> None:
    value = Decimal(cents).scaleb(-2)
    words = Words(language)
    for text in (
        words.number(value),
        words.money(value),
        words.hours(value),
        f"{value:f}",
        f"{value:f}".replace(".", ","),
    ):
        assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("7 h 30", "7.50"), ("7h30", "7.50"), ("35:00", "35.00"), ("151:40", "151.67"), ("35h", "35"), ("35 heures", "35"),
     ("26H15min", "26.25"), ("-2 h 45", "-2.75"), ("7:20", "7.33"), ("28,5", "28.5"), ("35 h.", "35"), ("21 hrs", "21"),
     ("0:00", "0.00")],
)  # fmt: skip
def test_hours(text: str, value: str) -> None:
    assert read_hours(text) == Decimal(value)


@pytest.mark.parametrize("text", ["7h60", "h30", "7:5", "7 h 30 h", "abc"])
def test_what_is_no_hours(text: str) -> None:
    with pytest.raises(Unreadable):
        read_hours(text)


@pytest.mark.parametrize(
    "text",
    [
        *("16/10/2026", "16-10-2026", "16.10.2026", "16 10 2026", "2026-10-16", "2026/10/16", "2026-10-16T00:00:00"),
        *("2026-10-16 00:00:00", "16/10/2026 08:30", "16/10/26", "16 oct. 2026", "16 octobre 2026", "16 Oct 2026"),
        *("Oct 16, 2026", "October 16th, 2026", "vendredi 16 octobre 2026", "16102026", "20261016", "16-oct-26"),
        "16\u00a0octobre\u202f2026",
    ],
)
def test_dates(text: str) -> None:
    assert read_date(text) == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er mars 2020", date(2020, 3, 1)),
        ("1st March 2020", date(2020, 3, 1)),
        ("3 fév 2020", date(2020, 2, 3)),
        ("3 févr. 2020", date(2020, 2, 3)),
        ("14 août 1999", date(1999, 8, 14)),
        ("5 juil. 98", date(1998, 7, 5)),
        ("29/02/2024", date(2024, 2, 29)),
        ("4/5/2026", date(2026, 5, 4)),
    ],
)
def test_more_dates(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "10/16/2026",
            "31/02/2026",
            "29/02/2023",
            "00/10/2026",
            "16/10",
            "16/10/202",
            "2026-13-01",
            "16 jui 2026",
        ),
        *("demain", "16 oct", "32 octobre 2026", "16/10/0026", "99999999", "16 octobre 02026", "16//10/2026"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text)


def test_two_figures_of_a_birth_year() -> None:
    assert read_date("03/01/66", birth=True) == date(1966, 1, 3)
    assert read_date("03/01/03", birth=True) == date(2003, 1, 3)
    with pytest.raises(Doubtful):
        read_date("03/01/26", birth=True)


@settings(max_examples=80)
@given(st.dates(date(1913, 12, 31), date(2099, 12, 31)), st.sampled_from(["fr", "en"]))
def test_dates_as_we_write_them_are_read_back(day: date, language: str) -> None:
    from babel.dates import format_date

    assert read_date(Words(language).day(day)) == day
    assert read_date(day.isoformat()) == day
    assert date_of_serial(Decimal((day - date(1899, 12, 30)).days)) == day
    for style in ("short", "medium", "long", "full"):
        if style != "short" or 1980 <= day.year < 2080:
            assert read_date(format_date(day, style, locale="fr_FR")) == day


@pytest.mark.parametrize("number", ["4999", "80001", "46311.5", "-1"])
def test_what_is_no_day_number(number: str) -> None:
    with pytest.raises(Unreadable):
        date_of_serial(Decimal(number))


@pytest.mark.parametrize(
    "text",
    [
        *("2026-10", "10/2026", "octobre 2026", "Octobre 2026", "oct. 26", "october 2026", "202610", "102026"),
        "01/10/2026",
    ],
)
def test_months(text: str) -> None:
    assert read_month(text) == Month(2026, 10)


@pytest.mark.parametrize("text", ["", "octobre", "13/2026", "2026", "oct 2026 bis", "0/2026"])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(Unreadable):
        read_month(text)


@given(st.integers(1950, 2099), st.integers(1, 12), st.sampled_from(["fr", "en"]))
@settings(max_examples=50)
def test_months_as_we_write_them_are_read_back(year: int, number: int, language: str) -> None:
    month = Month(year, number)
    assert read_month(Words(language).month(month)) == read_month(str(month)) == month
