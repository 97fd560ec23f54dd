"""The short words of a claim: remarks, kinds of change, reasons of exit, steps of the payroll bridge, parts.

Nothing here names a kind of absence: reasons of exit that touch health are said as "reason on file" only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.report import weekly
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.words import NARROW

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.rules.dossier import Remark
    from ltu_desktop.words import Words

_GAP = "[ .\u00a0\u202f\u2009-]?"
_NIR = re.compile(rf"(?<!\d)[1-478](?:{_GAP}\d){{5}}{_GAP}[\dABab](?:{_GAP}\d){{6}}(?:{_GAP}\d\d)?(?!\d)")
_SEMICOLON = re.compile(r"(\s*);\s+")
_FILE_NAME = re.compile(r"\S\.[A-Za-z0-9]{2,5}$")
_BREAKS = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]*[\n\r\t\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]+\s*"
)

# Payroll's codes (DSN S21.G00.62.002). A code that is not here is said as "reason on file": health-bound ones
# (066 death, 091 to 097 incapacity) are left out on purpose, and a new code is not trusted before it is known.
EXIT_REASONS = {
    "011": N_("Liquidation"),
    "012": N_("Closure of the establishment"),
    "014": N_("Economic dismissal"),
    "020": N_("Dismissal for another reason"),
    "025": N_("Economic dismissal"),
    "026": N_("Economic dismissal"),
    "031": N_("End of fixed-term contract"),
    "034": N_("End of trial period (employer)"),
    "035": N_("End of trial period (employee)"),
    "038": N_("Retirement (employer)"),
    "039": N_("Retirement"),
    "043": N_("Termination by mutual agreement"),
    "058": N_("Contract ended by the employee’s notice of breach"),
    "059": N_("Resignation"),
    "081": N_("End of apprenticeship"),
    "082": N_("Termination by a court"),
    "087": N_("Dismissal for serious misconduct"),
    "088": N_("Dismissal for gross misconduct"),
    "998": N_("Transfer of the contract"),
    "999": N_("End of the employment relationship"),
}
"""What a reason of exit may be shown as, by payroll's code."""

_BRIDGE = {
    "payroll": N_("Hours paid in payroll (activity 01, in hours)"),
    "back_pay": N_("Back pay of an earlier month (see 6.2)"),
    "class_c": N_("Class C: paid, not counted"),
    "cap": N_("Beyond the cap per person"),
    "unclaimed": N_("Paid, but not on the claim"),
    "calendar": N_("Entry or exit: contract hours by calendar days"),
    "added": N_("Class B: not paid, but counted"),
    "claim": N_("Fundable hours of the claim"),
}

_CHANGES = {"entry": N_("Entry"), "exit": N_("Exit"), "hours": N_("Hours"), "hours_change": N_("Hours")}

_PARTS_SHORT = {"state": N_("State"), "department": N_("Dept."), "start_up": N_("Start-up")}


def safe(text: str, words: Words) -> str:
    """Return a free text as paper may show it: signs it can draw, one line, any social security number struck out."""
    if text.isascii() and text.isprintable():
        line = text.strip()  # nothing of it changes
    else:
        line = fonts.printable(_BREAKS.sub(" ", unicodedata.normalize("NFC", text))).strip()
    return _NIR.sub(words.term("paper", "[number withheld]"), line)


def humanised(code: str) -> str:
    """Return a code without words of its own (a part of a scheme to come) as readable text."""
    return code.replace("_", " ").replace(":", " ").strip().capitalize()


def short_month(month: Month, words: Words) -> str:
    """Write a month's short name without its year: `sept.`, in English `Sept`."""
    from babel.dates import format_date

    return str(format_date(month.first, "MMM", locale={"fr": "fr_FR"}.get(words.language, "en_GB")))


def period(text: str, words: Words) -> str:
    """Write a period of a claim: `octobre 2026` for a month, the text itself for a year."""
    try:
        return words.month(Month.parse(text))
    except ValueError:
        return text


def of_period(text: str, words: Words) -> str:
    """Write a period after "of": `d’octobre 2026`, `de 2026`, in English without preposition."""
    try:
        return words.of_month(Month.parse(text))
    except ValueError:
        return words.term("period", "{year}", year=text)


def month_name(text: str, words: Words) -> str:
    """Write a month's name without its year, capitalised: `Octobre`."""
    try:
        month = Month.parse(text)
    except ValueError:
        return text
    from babel.dates import format_date

    name = str(format_date(month.first, "MMMM", locale={"fr": "fr_FR"}.get(words.language, "en_GB")))
    return name[:1].upper() + name[1:]


def short_period(text: str, words: Words) -> str:
    """Write a period shortly: `sept. 2026`."""
    try:
        month = Month.parse(text)
    except ValueError:
        return text
    return f"{short_month(month, words)} {month.year}"


def semicolon(words: Words) -> str:
    """Return the semicolon with its spaces, to join short statements."""
    return f"{NARROW}; " if words.language == "fr" else "; "


def source(text: str, words: Words) -> str:
    """Write what a figure rests on, its texts joined as the language joins them: what is sealed joins them bare.

    A semicolon after a space is that of a French text, which is quoted as it is in any language.
    """
    return _SEMICOLON.sub(lambda found: f"{NARROW}; " if found[1] else semicolon(words), safe(text, words))


def day_of_month(day: date, words: Words) -> str:
    """Write the day alone: `12`, in French `1er` for the first."""
    return "1er" if words.language == "fr" and day.day == 1 else str(day.day)


def remark(item: Remark, words: Words) -> str:
    """Write a remark of the nominal list, short enough for its column."""
    day = next(iter(item.days.values()), None)
    figures: Mapping[str, Decimal] = item.figures
    number = {name: words.number(value) for name, value in figures.items()}
    if item.code == "entry" and day:
        return words.term("remark", "In on\u00a0{day}", day=day_of_month(day, words))
    if item.code == "exit" and day:
        return words.term("remark", "Out on\u00a0{day}", day=day_of_month(day, words))
    if item.code == "hours_change" and day:
        before, after = (weekly(figures[name]) if name in figures else "–" for name in ("before", "after"))
        return words.term(
            "remark", "{before} → {after} on\u00a0{day}", before=before, after=after, day=day_of_month(day, words)
        )
    if item.code == "complementary":
        return words.term("remark", "{hours} h extra", hours=next(iter(number.values()), "–"))
    if item.code == "cap":
        return words.term("remark", "Cap {hours}", hours=next(iter(number.values()), "")).strip()
    if item.code == "class_c":
        return words.term("remark", "Class C: check")
    if item.code == "correction":
        month = short_month(Month.of(day), words) if day else ""
        return words.term("remark", "Corr. {month}: 6.2", month=month)
    if item.code == "no_payroll":
        return words.term("remark", "Not in payroll")
    return humanised(item.code)


def exit_reason(code: str, words: Words) -> str:
    """Say why somebody left: the payroll's label and code, or "reason on file" for anything that may touch health."""
    if not code:
        return ""
    label = EXIT_REASONS.get(code)
    if label is None:
        return words.text("End of contract, reason on file")
    return words.text("{reason} (payroll code {code})", reason=words.text(label), code=code)


def withheld(code: str) -> bool:
    """Whether a reason of exit is not to be printed."""
    return bool(code) and code not in EXIT_REASONS


def change(kind: str, words: Words) -> str:
    """Name a kind of change since last month."""
    return words.text(_CHANGES[kind]) if kind in _CHANGES else humanised(kind)


def bridge(code: str, words: Words) -> str:
    """Name a step from payroll's total to the claim's."""
    return words.text(_BRIDGE[code]) if code in _BRIDGE else humanised(code)


def part(code: str, words: Words, *, short: bool = False) -> str:
    """Name who pays a part, in full or as short as a column head."""
    if short and code in _PARTS_SHORT:
        return words.text(_PARTS_SHORT[code])
    return said(words.part(code), code)


def said(text: str, code: str) -> str:
    """Return a code's words; where the catalogue of codes has none, the code made readable."""
    return humanised(code) if text == code else text


def correction_reason(reason: str, words: Words) -> str:
    """Say why a line was corrected: back pay where a payroll file is named, else the text that was given."""
    if _FILE_NAME.search(reason):
        return words.term("gap", "Back pay")
    return safe(reason, words)


def is_file_name(text: str) -> bool:
    """Whether a text is the name of a file, which paper does not repeat: it may name a person or a reason."""
    return bool(_FILE_NAME.search(text))
