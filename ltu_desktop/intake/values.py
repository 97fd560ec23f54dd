"""Numbers, hours, dates and months as people write them in lists, French or English; never through a float.

A text that can be read in two ways is not guessed: `Doubtful` is raised, and `Unreadable` when it says nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from ltu_desktop.rules.money import to_cent
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold


class Unreadable(Exception):  # noqa: N818  a value of a sheet is not an error of the program
    """The text is not a value of the kind that was asked for."""


class Doubtful(Unreadable):
    """The text can be read in two ways."""


_UNITS = re.compile(r"(?:€(?:/h)?|eur(?:os?)?|h(?:eures?|rs?)?\.?)$", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ ,.'][0-9]{3})+", re.ASCII)
_CLOCK = re.compile(r"(-?)([0-9]{1,4}) ?(?:h|:) ?([0-5][0-9])(?: ?(?:min|mn|:00))?", re.ASCII | re.IGNORECASE)


def read_number(text: str, most: Decimal | None = None) -> Decimal:
    """Read a number such as `1 773,71`, `1,773.71`, `7,5`, `151.67` or `12 €`.

    `1.234` may be either; `most`, the greatest value that makes sense, can decide.
    """
    body = _tidy(text).replace("\u2212", "-")
    negative = body.startswith("-")
    body = _UNITS.sub("", body.removeprefix("-").removeprefix("+").strip().removeprefix("€")).strip()
    if len(body) > 24:
        raise Unreadable
    value = _unsigned(body, most)
    return -value if negative and value else value


def _unsigned(body: str, most: Decimal | None) -> Decimal:
    if _PLAIN.fullmatch(body):
        return Decimal(body)
    comma, dot = body.rfind(","), body.rfind(".")
    if comma < 0 and dot < 0:
        return _whole(body)
    at = max(comma, dot)
    whole, decimals = body[:at], body[at + 1 :]
    if min(comma, dot) < 0 and body.count(body[at]) > 1:
        return _whole(body)  # 1.234.567
    if not _PLAIN.fullmatch(decimals):
        raise Unreadable
    if body[at] in whole:
        raise Unreadable
    value = _whole(whole or "0") + Decimal(f"0.{decimals}")
    if min(comma, dot) < 0 and _GROUPED.fullmatch(body) and not body.startswith("0"):
        grouped = _whole(body)
        if most is not None and value <= most < grouped:
            return value
        raise Doubtful
    return value


def _whole(body: str) -> Decimal:
    """Read a whole number, perhaps in groups of three figures with one separator throughout."""
    if _PLAIN.fullmatch(body):
        return Decimal(body)
    separators = {letter for letter in body if not letter.isdecimal()}
    if len(separators) == 1 and _GROUPED.fullmatch(body):
        return Decimal(body.replace(separators.pop(), ""))
    raise Unreadable


def read_hours(text: str, most: Decimal | None = None) -> Decimal:
    """Read hours: a number, or hours and minutes (`7 h 30`, `35:00`), to the hundredth of an hour."""
    clock = _CLOCK.fullmatch(_tidy(text).replace("\u2212", "-"))
    if clock:
        value = to_cent(Decimal(clock[2]) + Decimal(clock[3]) / 60)
        return -value if clock[1] and value else value
    return read_number(text, most)


def _tidy(text: str) -> str:
    """Make all spaces plain ones, and apostrophes too (Swiss thousands)."""
    return " ".join(text.replace("’", "'").split())


MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout aou august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}
_NAMES_OF_DAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
_WEEKDAYS = frozenset(_NAMES_OF_DAYS.split())
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ][0-9:.+Z]*)?", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})(?: [0-9:.]+)?", re.ASCII)
_ORDINAL = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th)", re.ASCII)
_FIGURES = re.compile(r"[0-9]{8}", re.ASCII)
_ISO_MONTH = re.compile(r"([0-9]{4})[-/. ]?(0?[1-9]|1[0-2])", re.ASCII)
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-/. ]?([0-9]{4})", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 5000, 80000  # 1913 to 2119
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


def read_date(text: str, *, birth: bool = False) -> date:
    """Read a date: `16/10/2026` (day first), `2026-10-16`, `16 oct. 2026`, `1er mars 2020`, `16102026`.

    A year of two figures is doubtful for a birth date between 13 and 29; any other is taken to the nearer century.
    """
    body = _tidy(text)
    if found := _ISO.fullmatch(body):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(body):
        return _day(_year(found[3], birth=birth), int(found[2]), int(found[1]))
    if _FIGURES.fullmatch(body):
        for year, month, day in ((body[4:], body[2:4], body[:2]), (body[:4], body[4:6], body[6:])):
            try:
                return _day(int(year), int(month), int(day))
            except Unreadable:
                continue
        raise Unreadable
    return _date_in_words(body, birth=birth)


def _date_in_words(body: str, *, birth: bool) -> date:
    words = [word for word in fold(body).split() if word not in _WEEKDAYS]
    if len(words) != 3:
        raise Unreadable
    if words[0] in MONTH_NAMES:  # Oct 16, 2026
        words[0], words[1] = words[1], words[0]
    day, month, year = (
        words[0].removesuffix("er").removesuffix("st").removesuffix("nd").removesuffix("rd"),
        words[1],
        words[2],
    )
    day = day.removesuffix("th")
    if not _PLAIN.fullmatch(day) or not _PLAIN.fullmatch(year) or month not in MONTH_NAMES or len(year) not in {2, 4}:
        raise Unreadable
    return _day(_year(year, birth=birth), MONTH_NAMES[month], int(day))


def _year(text: str, *, birth: bool) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    if birth:
        if 12 < year < 30:
            raise Doubtful
        return 2000 + year if year <= 12 else 1900 + year
    return 2000 + year if year < 80 else 1900 + year


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2199:
        raise Unreadable
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable from None


def date_of_serial(number: Decimal) -> date:
    """Read a spreadsheet's day number, as it shows in a cell that lost its date format."""
    if number != number.to_integral_value() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise Unreadable
    return _EPOCH + timedelta(days=int(number))


def read_month(text: str) -> Month:
    """Read a month: `2026-10`, `10/2026`, `octobre 2026`, `oct. 26`, or a date in it."""
    body = _tidy(text)
    if found := _ISO_MONTH.fullmatch(body):
        return Month(int(found[1]), int(found[2]))
    if found := _MONTH_FIRST.fullmatch(body):
        return Month(int(found[2]), int(found[1]))
    words = fold(body).split()
    if len(words) == 2 and words[0] in MONTH_NAMES and _PLAIN.fullmatch(words[1]) and len(words[1]) in {2, 4}:
        return Month(_year(words[1], birth=False), MONTH_NAMES[words[0]])
    return Month.of(read_date(body))
