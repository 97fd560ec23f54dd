"""Words: the catalogue and the formats, for window, documents and command line alike. No Qt.

Texts in the code are English sentences; `resources/words/<language>/<room>.po` holds the other languages. A text is
marked by the function that is given it: `Words.text`, `Words.plural`, `Words.term` translate at once, `N_` only marks
(for texts that are said later). `tests/test_words.py` refuses a marked text that a catalogue lacks.
"""

from __future__ import annotations

import gettext
import io
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ltu_desktop import RESOURCES
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import codes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ltu_desktop.rules.errors import Problem, UserError

LANGUAGES = ("fr", "en")
NARROW = "\u202f"  # thousands separator of French figures
NBSP = "\u00a0"  # before a unit
MINUS = "\u2212"  # as wide as a digit


def catalogue_files(language: str, root: Path = RESOURCES) -> list[Path]:
    """Return the catalogue's source files for a language, one a room."""
    return sorted((root / "words" / language).glob("*.po"))


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    compiled = RESOURCES / "words" / f"{language}.mo"
    sources = catalogue_files(language)
    if compiled.is_file() and all(compiled.stat().st_mtime >= source.stat().st_mtime for source in sources):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compile_catalogue(language))) if sources else gettext.NullTranslations()


def compile_catalogue(language: str, root: Path = RESOURCES) -> bytes:
    """Compile a language's `.po` files into the binary form that gettext reads."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    then = datetime(2026, 1, 1, tzinfo=UTC)  # not now: the same sources make the same bytes
    whole = Catalog(locale=language, creation_date=then, revision_date=then)
    for path in catalogue_files(language, root):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    whole.add(message.id, message.string, context=message.context)
    target = io.BytesIO()
    write_mo(target, whole)
    return target.getvalue()


class Words:
    """Texts and formats of one language; safe to share between threads.

    Numbers follow `words.md`: French `1 773,71 €` (U+202F, U+00A0), English (Europe) `€1,773.71`.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"unknown language: {language}")
        self.language = language
        self._locale = {"fr": "fr_FR", "en": "en_GB"}[language]
        self._lock = threading.Lock()
        self._known: dict[tuple[str | None, str], str] = {}  # what was looked up, by context and message

    def text(self, message: str, **params: object) -> str:
        """Translate a sentence and fill its `{named}` places."""
        found = self._translated(None, message)
        return found.format(**params) if params else found

    def _translated(self, context: str | None, message: str) -> str:
        """Look a message up once: lists ask for the same ones in each row."""
        found = self._known.get((context, message))
        if found is None:
            of = _catalogue(self.language)
            found = of.pgettext(context, message) if context is not None else of.gettext(message) if message else ""
            self._known[context, message] = found
        return found

    def plural(self, one: str, many: str, count: int, **params: object) -> str:
        """Translate a sentence that depends on a count, which fills `{count}`."""
        found = _catalogue(self.language).ngettext(one, many, count)
        return found.format(count=self.integer(count), **params)

    def term(self, context: str, message: str, **params: object) -> str:
        """Translate a short word whose sense needs a context (a column head, a button)."""
        found = self._translated(context, message)
        return found.format(**params) if params else found

    def error(self, error: UserError) -> str:
        """Say an error: where, what, and what to do next; the path of a fact stands as machines read it."""
        params = {key: self._named(key, value) for key, value in error.params.items()}
        colon = ":" if error.code in {"bad_facts", "no_value"} else self.colon
        what = self.text(error.what).format(**params)
        mend = self.text(error.mend).format(**params) if error.mend else ""
        return " ".join(part for part in (f"{error.where}{colon}" if error.where else "", what, mend) if part)

    def _named(self, key: str, value: object) -> str:
        """Say a value of an error; a dated value by its name and its code, which the command line asks for."""
        if key == "parameter" and value in codes.PARAMETERS:
            return f"{self.parameter(str(value))} ({value})"
        return self.value(value)

    @property
    def mark(self) -> str:
        """The decimal mark."""
        return "," if self.language == "fr" else "."

    @property
    def colon(self) -> str:
        """The colon as the language sets it."""
        return f"{NBSP}:" if self.language == "fr" else ":"

    def value(self, value: object) -> str:
        """Write any value of a sentence in the language's way."""
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Month):
            return self.month(value)
        if isinstance(value, Decimal):
            return self.number(value, max(0, -int(value.as_tuple().exponent)))
        if isinstance(value, bool):
            return self.text(N_("yes")) if value else self.text(N_("no"))
        if isinstance(value, int):
            return self.integer(value)
        return str(value)

    def number(self, value: Decimal, decimals: int = 2, *, sign: bool = False) -> str:
        """Write a number with the language's separators, U+2212 as minus and, if asked, `+` on gains."""
        body = f"{abs(value):,.{decimals}f}"
        if self.language == "fr":
            body = body.replace(",", NARROW).replace(".", ",")
        zero = not any(digit in body for digit in "123456789")
        mark = "" if zero else MINUS if value < 0 else "+" if sign else ""
        return mark + body

    def integer(self, value: int) -> str:
        """Write a whole number."""
        return self.number(Decimal(value), 0)

    def money(self, value: Decimal, *, sign: bool = False, currency: str = "EUR") -> str:
        """Write an amount with its currency: `1 773,71 €` or `€1,773.71`."""
        symbol = {"EUR": "€", "GBP": "£"}.get(currency, currency)
        if self.language == "fr":
            return f"{self.number(value, sign=sign)}{NBSP}{symbol}"
        body = self.number(abs(value))
        mark = MINUS if value < 0 else "+" if sign and value > 0 else ""
        return f"{mark}{symbol}{body}" if len(symbol) == 1 else f"{mark}{symbol}{NBSP}{body}"

    def hours(self, value: Decimal, *, sign: bool = False) -> str:
        """Write payroll hours in hundredths: `151,67 h`."""
        return f"{self.number(value, sign=sign)}{NBSP}h"

    def duration(self, minutes: int, *, sign: bool = False, short: bool = False) -> str:
        """Write working time in hours and minutes: `7 h 30`, `6 h 00`; short ones leave out `00`."""
        hours, rest = divmod(abs(minutes), 60)
        mark = MINUS if minutes < 0 else "+" if sign and minutes else ""
        tail = "" if short and not rest else f"{NBSP}{rest:02d}"
        return f"{mark}{self.integer(hours)}{NBSP}h{tail}"

    def clock_time(self, minutes: int, *, short: bool = True) -> str:
        """Write a time of day given in minutes after midnight: `8 h 30`, `13 h`, in English `8:30`, `13:00`."""
        minutes %= 1440
        if self.language == "fr":
            return self.duration(minutes, short=short)
        return f"{minutes // 60}:{minutes % 60:02d}"

    def weekday(self, day: date, *, short: bool = False) -> str:
        """Name the day of the week: `lundi`, `lun.`."""
        from babel.dates import format_date

        return str(format_date(day, "EEE" if short else "EEEE", locale=self._locale))

    def day_of_month(self, day: date) -> str:
        """Write a day within a sentence, without its year: `12 octobre`, `12 October`."""
        from babel.dates import format_date

        return str(format_date(day, "d MMMM", locale=self._locale))

    def percent(self, value: Decimal, decimals: int = 2) -> str:
        """Write a ratio as a percentage: `0.95` is `95,00 %`, in English `95.00%`."""
        body = self.number(value * 100, decimals)
        return f"{body}{NBSP}%" if self.language == "fr" else f"{body}%"

    def fte(self, value: Decimal, decimals: int = 2) -> str:
        """Write full-time equivalents, without a unit."""
        return self.number(value, decimals)

    def day(self, value: date) -> str:
        """Write a date: `16/10/2026` or `16 Oct 2026`."""
        if self.language == "fr":
            return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        from babel.dates import format_date

        return str(format_date(value, "d MMM y", locale=self._locale))

    def moment(self, value: datetime) -> str:
        """Write a moment to the minute: `12/11/2026, 10:42`."""
        return f"{self.day(value.date())}, {value:%H:%M}"

    def month(self, value: Month) -> str:
        """Write a month in words: `octobre 2026`."""
        from babel.dates import format_date

        return str(format_date(value.first, "MMMM y", locale=self._locale))

    def months(self, values: Sequence[Month]) -> str:
        """Write months one after the other, each year once: `décembre 2025, juillet et août 2026`."""
        names = [self.month(value) for value in values]
        for at, (month, following) in enumerate(pairwise(values)):
            if month.year == following.year:
                names[at] = names[at].removesuffix(f" {month.year}")
        last = " et " if self.language == "fr" else " and "
        return last.join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)

    def of_month(self, value: Month) -> str:
        """Write a month after "of": `d’octobre 2026`, `de mars 2026`, in English `October 2026`."""
        name = self.month(value)
        if self.language != "fr":
            return name
        return f"d’{name}" if name[0] in "ao" else f"de {name}"

    # codes of `rules`; an unknown code is said as it is, a test keeps that from happening

    def problem(self, problem: Problem) -> tuple[str, str]:
        """Say a problem: what it is, and what to do."""
        what, mend = codes.PROBLEMS.get(problem.code, (problem.code, ""))
        if problem.params.get("count") == "1":
            what = codes.OF_ONE.get(problem.code, what)
        params = self.params(problem)
        if problem.params.get("parameter") in codes.RATIOS and "value" in params:
            params["value"] = self.percent(Decimal(problem.params["value"]))
        return self.text(what).format(**params), self.text(mend).format(**params)

    def params(self, problem: Problem) -> dict[str, str]:
        """Write the values of a problem's sentence."""
        return {name: self._param(name, value) for name, value in problem.params.items()}

    def step(self, code: str) -> str:
        """Name a step of a calculation."""
        return self.text(codes.STEPS.get(code, code))

    def part(self, code: str) -> str:
        """Name a part: who pays."""
        return self.text(codes.PARTS.get(code, code))

    def line_name(self, code: str) -> str:
        """Name a line that is nobody's: an adjustment of the whole claim."""
        return self.text(codes.LINES.get(code, code))

    def status(self, code: str | None) -> str:
        """Say a status: PPDE or other."""
        return self.text(codes.STATUSES.get(code or "", code or ""))

    def named(self, name: str, number: str = "") -> str:
        """Name a person, with the staff number where others bear the same name."""
        return f"{name}, {self.text(N_('no. {number}'), number=number)}" if number else name

    def parameter(self, code: str) -> str:
        """Name a dated parameter."""
        return self.text(codes.PARAMETERS.get(code, code))

    def parameter_value(self, value: Decimal, unit: str) -> str:
        """Write a parameter's value with its unit: `12,31 €`, `95,00 %`, `151,67 h`."""
        if unit.startswith("EUR"):
            return self.money(value)
        if unit == "ratio":
            return self.percent(value)
        return self.hours(value) if unit == "h" else self.value(value)

    def setting(self, code: str, value: str) -> tuple[str, str]:
        """Name a setting and its option in use."""
        name, options = codes.SETTINGS.get(code, (code, {}))
        if code == "cap_hours":
            return self.text(name), self.hours(Decimal(value))
        return self.text(name), self.text(options.get(value, value))

    def absence(self, kind: str) -> str:
        """Name a kind of absence; for the office's eyes only."""
        return self.text(codes.ABSENCES.get(kind, kind))

    def cause(self, code: str) -> str:
        """Say why timesheet, payroll and claim differ."""
        return self.text(codes.CAUSES.get(code, code))

    def _param(self, name: str, value: str) -> str:
        kind = name.rsplit("_", 1)[-1]
        if kind == "parameter":
            return self.parameter(value)
        if kind == "setting":
            return _inside(self.text(codes.SETTINGS.get(value, (value, {}))[0]))
        writers = {
            "reasons": lambda text: ", ".join(_inside(self.cause(code)) for code in text.split(",")),
            "count": lambda text: self.integer(int(text)),
            "hours": lambda text: self.hours(Decimal(text)),
            "minutes": lambda text: self.duration(int(text)),
            "fte": lambda text: self.fte(Decimal(text)),
            "ratio": lambda text: self.percent(Decimal(text)),
            "amount": lambda text: self.money(Decimal(text)),
            "day": lambda text: self.day(date.fromisoformat(text)),
            "month": lambda text: self.month(Month.parse(text)),
            "value": lambda text: self.number(Decimal(text), len(text.partition(".")[2])),
        }
        return writers[kind](value) if kind in writers and value else value


def _inside(text: str) -> str:
    """Write a name as it stands inside a sentence, in small letters; initials stay as they are."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
