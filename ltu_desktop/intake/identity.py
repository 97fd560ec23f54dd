"""Numbers that identify people and establishments: what is wrong with one, and what was expected.

A check returns None, or a `Finding` whose params never hold the number itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ltu_desktop.intake.findings import Finding
from ltu_desktop.rules.errors import Severity

if TYPE_CHECKING:
    from datetime import date

_NIR = re.compile(r"[0-9]{5}(?:[0-9]{2}|2A|2B)[0-9]{6}", re.ASCII)
_NTT = re.compile(r"[12][0-9]{9}[0-9A-Z]{1,30}", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}", re.ASCII)
_SEXES = frozenset("123478")  # 3 and 4: number being given, 7 and 8: temporary
_MONTHS = frozenset(range(1, 13)) | frozenset(range(20, 43)) | frozenset(range(50, 100))
"""Months of birth a NIR may hold: from 20 on the real month is not known, or the month's numbers ran out."""


def compact(text: str) -> str:
    """Strip a number of its separators (spaces of any width, dots, hyphens, apostrophes) and write it in capitals."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u200b\ufeff.-'’").upper()


def nir_key(nir: str) -> str:
    """Return the two-digit key of a NIR's 13 characters: 97 − NIR mod 97, Corsica's 2A counting as 19 and 2B as 18."""
    from stdnum.fr import nir as stdnum_nir

    return str(stdnum_nir.calc_check_digits(nir[:13]))


def split_nir(text: str) -> tuple[str, str]:
    """Split a number as typed into the NIR's 13 characters and its key ("" when it is not given)."""
    number = compact(text)
    return number[:13], number[13:]


def check_nir(text: str, birth_date: date | None = None) -> Finding | None:
    """Check a NIR of 13 characters, or 15 with its key: shape, sex, month of birth, key, then the birth date.

    A number that cannot be right is a blocker; one that only disagrees with the birth date is a warning.
    """
    nir, key = split_nir(text)
    wrong = Severity.BLOCKER
    if len(nir) != 13 or len(key) not in {0, 2}:
        return Finding("nir_length", wrong, params={"count": len(nir) + len(key)})
    if not _NIR.fullmatch(nir) or (key and not (key.isdecimal() and key.isascii())):
        return Finding("nir_form", wrong)
    if nir[0] not in _SEXES:
        return Finding("nir_sex", wrong, params={"read": nir[0]})
    if int(nir[3:5]) not in _MONTHS:
        return Finding("nir_month", wrong, params={"read": nir[3:5]})
    if key and key != (expected := nir_key(nir)):
        return Finding("nir_key", wrong, params={"read": key, "expected": expected})
    if birth_date and not _born_then(nir, birth_date):
        return Finding("nir_birth", params={"read": f"{nir[3:5]}/{nir[1:3]}", "expected": f"{birth_date:%m/%y}"})
    return None


def _born_then(nir: str, birth_date: date) -> bool:
    month = int(nir[3:5])
    return int(nir[1:3]) == birth_date.year % 100 and (month > 12 or month == birth_date.month)


def check_ntt(text: str) -> Finding | None:
    """Check the shape of a temporary number: sex 1 or 2, the employer's SIREN, then 1 to 30 letters or digits."""
    return None if _NTT.fullmatch(compact(text)) else Finding("ntt_form", Severity.BLOCKER)


def check_siret(text: str) -> Finding | None:
    """Check an establishment's SIRET: 14 digits, Luhn's key (La Poste's own rule for its offices)."""
    from stdnum import exceptions
    from stdnum.fr import siret

    number = compact(text)
    if len(number) != 14:
        return Finding("siret_length", Severity.BLOCKER, params={"count": len(number)})
    try:
        siret.validate(number)
    except exceptions.InvalidChecksum:
        return Finding("siret_key", Severity.WARNING)  # told, not refused: payroll itself may carry such a number
    except exceptions.ValidationError:
        return Finding("siret_form", Severity.BLOCKER)
    return None


def check_iban(text: str) -> Finding | None:
    """Check an IBAN: country, length and key."""
    from stdnum import iban

    number = compact(text)
    if not _IBAN.fullmatch(number):
        return Finding("iban_form", Severity.BLOCKER)
    if iban.is_valid(number):
        return None
    expected = str(iban.calc_check_digits(number))
    if expected != number[2:4] and iban.is_valid(number[:2] + expected + number[4:]):
        return Finding("iban_key", Severity.BLOCKER, params={"read": number[2:4], "expected": expected})
    return Finding("iban_form", Severity.BLOCKER)
