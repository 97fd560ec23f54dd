"""What a field's text means while it is typed: what is wrong with it, or what it says (an age, a key, an FTE)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.queries.people import fte_of
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window.form import read_day, read_number
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.intake.findings import Finding
    from ltu_desktop.window.form import Field
    from ltu_desktop.words import Words

YOUNGEST, ADULT, OLDEST, EVER = 14, 18, 75, 120  # years of age
FULL_WEEK, LONGEST_WEEK = Decimal(35), Decimal(60)
NIR_LENGTH, NIR_WHOLE = 13, 15
WHOLE = {"iban": 27, "siret": 14, "ntt": 11}  # characters from which a number is looked at while it is typed
DAYS = frozenset({"birth_date", "start", "contract_start", "planned_end_on", "contract_end", "recognised_on"})
NOT_A_DAY = N_("This is not a date: day, month, year.")
NOT_A_NUMBER = N_("This is not a number.")


@dataclass(frozen=True)
class Said:
    """What is to be said below a field: `wrong` stops, `note` only tells (a meaning asks for a look)."""

    wrong: str = ""
    note: str = ""
    meaning: Meaning | None = None

    def show(self, field: Field) -> None:
        """Say it below the field."""
        field.wrong(self.wrong)
        if not self.wrong:
            field.note(self.note, self.meaning)


def check(words: Words, name: str, text: str, *, today: date, birth: date | None = None, typing: bool = False) -> Said:
    """Look at a field's text; while `typing`, what may still become right is not called wrong."""
    if not text:
        return Said()
    if name == "nir":
        return _nir(words, text, birth, typing=typing)
    if name in WHOLE:
        return _number(words, name, text, typing=typing)
    if name in DAYS:
        return _day(words, name, text, today, typing=typing)
    if name in {"weekly_hours", "hourly_pay"}:
        return _figure(words, name, text)
    if name == "email" and not typing and ("@" not in text or " " in text):
        return Said(note=words.text(N_("This does not look like an e-mail address.")), meaning=Meaning.ATTENTION)
    if name == "postcode" and not typing and not (len(text) == 5 and text.isdecimal()):
        return Said(note=words.text(N_("Five figures are usual.")), meaning=Meaning.ATTENTION)
    return Said()


def age(birth: date, today: date) -> int:
    """Return the whole years from a birth to a day."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _said(words: Words, found: Finding) -> Said:
    from ltu_desktop.actions.imports import sentence

    text = sentence(words, found)
    return Said(wrong=text) if found.severity is Severity.BLOCKER else Said(note=text, meaning=Meaning.ATTENTION)


def _nir(words: Words, text: str, birth: date | None, *, typing: bool) -> Said:
    from ltu_desktop.intake.identity import check_nir, nir_key, split_nir

    number, key = split_nir(text)
    count = len(number) + len(key)
    if typing and count < NIR_LENGTH:
        return Said(note=words.text(N_("{count} of {all} characters"), count=count, all=NIR_LENGTH))
    if typing and count == NIR_LENGTH + 1:
        return Said()  # the second figure of the key is still to come
    found = check_nir(text, birth)
    if found is not None:
        return _said(words, found)
    return Said(note=words.text(N_("Its key is {key}."), key=nir_key(number)))


def _number(words: Words, name: str, text: str, *, typing: bool) -> Said:
    from ltu_desktop.intake.identity import check_iban, check_ntt, check_siret, compact

    count = len(compact(text))
    if typing and count < WHOLE[name]:
        return Said(note=words.text(N_("{count} of {all} characters"), count=count, all=WHOLE[name]))
    found = {"iban": check_iban, "siret": check_siret, "ntt": check_ntt}[name](text)
    return _said(words, found) if found is not None else Said()


def _day(words: Words, name: str, text: str, today: date, *, typing: bool) -> Said:
    try:
        day = read_day(text)
    except ValueError:
        complete = sum(letter.isdigit() for letter in text) >= 8
        return Said() if typing and not complete else Said(wrong=words.text(NOT_A_DAY))
    if name != "birth_date" or day is None:
        return Said()
    years = age(day, today)
    if day > today or years > EVER:
        return Said(wrong=words.text(N_("Born on {day}? Check the year."), day=words.day(day)))
    told = words.plural("{count} year old", "{count} years old", years)
    if years < YOUNGEST:
        return Said(wrong=words.text(N_("{age}: too young for a contract."), age=told))
    if years < ADULT or years > OLDEST:
        return Said(note=words.text(N_("{age}: is the year right?"), age=told), meaning=Meaning.ATTENTION)
    return Said(note=told)


def _figure(words: Words, name: str, text: str) -> Said:
    try:
        value = read_number(text)
    except ValueError:
        return Said(wrong=words.text(NOT_A_NUMBER))
    if value is None or name != "weekly_hours":
        return Said()
    if not 0 < value <= LONGEST_WEEK:
        return Said(wrong=words.text(N_("Hours a week, up to {most}."), most=words.integer(int(LONGEST_WEEK))))
    fte = fte_of(value)
    assert fte is not None
    told = words.text(N_("{fte} FTE"), fte=words.fte(fte))
    return Said(note=told, meaning=Meaning.ATTENTION if value > FULL_WEEK else None)
