"""Read a staff list: who the people are and their status, which no payroll file holds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.intake.cells import Cells, is_repeated_head, is_total
from ltu_desktop.intake.columns import match, need
from ltu_desktop.intake.findings import Finding, Value
from ltu_desktop.intake.heads import any_of
from ltu_desktop.intake.identity import check_iban, check_nir, check_ntt, compact
from ltu_desktop.intake.likeness import MAYBE, Named, score
from ltu_desktop.intake.names import Split, split_name
from ltu_desktop.intake.sheet_records import StaffList, StaffRow
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ltu_desktop.intake.sheet_records import Mapping, Sheet

FIELDS = (
    *("staff_number", "full_name", "name", "birth_name", "first_names", "birth_date", "nir", "nir_key", "ntt", "sex"),
    *("status", "recognised_on", "decision_number", "site", "activity", "entry", "exit", "weekly_hours"),
    *("monthly_hours", "hourly_pay", "job", "contract_number", "address", "postcode", "town", "email", "phone", "iban"),
)
"""The fields that a staff list may have."""

_PPDE = any_of(
    "ppde|oui|o|yes|y|x|1|vrai|true|salarie ppde|salariee ppde|beneficiaire|prive durablement d emploi|"
    "privee durablement d emploi|personne privee durablement d emploi|prive d emploi|privee d emploi"
)
_OTHER = any_of(
    "autre|autres|other|others|non|n|no|0|faux|false|hors ppde|non ppde|not ppde|autre salarie|"
    "autre salariee|salarie autre|support|encadrant|encadrante|encadrants|encadrement|"
    "encadrant technique|encadrante technique|direction|directeur|directrice|permanent|permanente|cadre|"
    "supervisor|staff|coordinateur|coordinatrice"
)
_MALE = any_of("m|h|1|01|homme|masculin|male|man|monsieur|mr")
_FEMALE = any_of("f|2|02|femme|feminin|female|woman|mme|madame|mlle|mademoiselle|mrs|ms|miss")
_SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]+", re.ASCII)  # 1,87E+14: what a spreadsheet makes of a long number
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

MOST_WEEKLY, MOST_MONTHLY, MOST_HOURLY_PAY = Decimal(60), Decimal(260), Decimal(500)
"""The greatest values that a list may hold: hours a week, hours a month, euros an hour."""


def read_staff(sheet: Sheet, mapping: Mapping | None = None, remembered: Iterable[Mapping] = ()) -> StaffList:
    """Read a staff list; raise `UserError` when it names nobody.

    A `mapping` (our field → head) is followed to the letter; else a `remembered` one that fits, then the heads' names.
    Values that cannot be read are left out and told; a row that cannot be right is refused, and told.
    """
    matched = match(sheet, FIELDS, mapping, remembered)
    need(
        sheet,
        matched,
        ("staff_number", "name", "full_name", "birth_name"),
        N_("The list has no column for the name or the staff number. Columns found: {heads}."),
    )
    rows: list[StaffRow] = []
    problems = list(sheet.problems)
    for row in sheet.rows:
        if is_repeated_head(row, sheet.heads):
            continue
        cells = Cells(row, matched)
        if is_total(row) and not cells.written("nir") and not cells.written("birth_date"):
            problems.append(Finding("total_row", Severity.INFO, line=row.number))
            continue
        rows.append(_read_row(row.number, cells))
    rows = _twice(rows)
    problems += [problem for row in rows for problem in row.problems]
    return StaffList(tuple(rows), matched.mapping, matched.unknown, tuple(problems))


def _read_row(number: int, cells: Cells) -> StaffRow:
    who = _names(cells)
    birth_date = cells.day("birth_date", birth=True)
    entry, leave = cells.day("entry"), cells.day("exit")
    if entry and leave and leave < entry:
        cells.find("end_before_start", "exit", Severity.BLOCKER, end=leave, start=entry)
    staff_number = cells.written("staff_number")
    if not staff_number and not who.name:
        cells.find("no_identity", severity=Severity.BLOCKER)
    made = StaffRow(
        row=number,
        staff_number=staff_number,
        name=who.name,
        first_names=who.first_names,
        birth_date=birth_date,
        nir=_nir(cells),
        ntt=_checked(cells, "ntt"),
        sex=_word(cells, "sex", {"01": _MALE, "02": _FEMALE}) or "",
        status=_word(cells, "status", {"ppde": _PPDE, "other": _OTHER}),
        recognised_on=cells.day("recognised_on"),
        decision_number=cells.written("decision_number"),
        site=cells.written("site"),
        activity=cells.written("activity"),
        entry=entry,
        exit=leave,
        weekly_hours=cells.hours("weekly_hours", MOST_WEEKLY),
        monthly_hours=cells.hours("monthly_hours", MOST_MONTHLY),
        hourly_pay=cells.number("hourly_pay", MOST_HOURLY_PAY),
        job=cells.written("job"),
        contract_number=cells.written("contract_number"),
        address=cells.written("address"),
        postcode=cells.figures("postcode", 5),
        town=cells.written("town"),
        email=_email(cells),
        phone=cells.figures("phone", 10),
        iban=_checked(cells, "iban"),
    )
    if made.nir and birth_date and (doubt := check_nir(made.nir, birth_date)):
        cells.add(doubt, "nir")
    return msgspec.structs.replace(
        made, problems=tuple(msgspec.structs.replace(problem, target=staff_number) for problem in cells.problems)
    )


def _names(cells: Cells) -> Split:
    """Read the names: the one in use before the one of birth, first names beside or in one cell with the name."""
    name, first_names = cells.written("name") or cells.written("birth_name"), cells.written("first_names")
    if name:
        return Split(name, first_names)
    whole = cells.written("full_name")
    if first_names:
        return Split(whole, first_names)
    split = split_name(whole)
    if not split.sure:
        cells.find("name_doubtful", "full_name", name=split.name, first_names=split.first_names)
    return split


def _nir(cells: Cells) -> str:
    """Read the NIR with its key, which may stand in a column of its own; a wrong one refuses the row."""
    written, key = compact(cells.written("nir")), compact(cells.written("nir_key"))
    if not written or not any(letter.isdecimal() for letter in written):
        if written:
            cells.find("nir_none", "nir", value=cells.written("nir"))
        return ""
    if _SHORTENED.fullmatch(written) or _SHORTENED.fullmatch(cells.written("nir").upper()):
        cells.find("nir_shortened", "nir", Severity.BLOCKER)
        return ""
    number = written + key.zfill(2) if len(written) == 13 and key else written
    wrong = check_nir(number)
    if wrong:
        cells.add(wrong, "nir")
        return ""
    return number[:13]


def _checked(cells: Cells, field: str) -> str:
    """Read a number that is left out when it is wrong."""
    number = compact(cells.written(field))
    wrong = {"ntt": check_ntt, "iban": check_iban}[field](number) if number else None
    if wrong:
        cells.add(wrong, field, Severity.WARNING)
        return ""
    return number


def _word(cells: Cells, field: str, meanings: dict[str, frozenset[str]]) -> str | None:
    """Read a word that has a meaning for us; another is told."""
    written = cells.written(field)
    folded = fold(written)
    for meaning, words in meanings.items():
        if folded in words:
            return meaning
    if folded:
        cells.find(f"{field}_unknown", field, value=written)
    return None


def _email(cells: Cells) -> str:
    written = cells.written("email")
    if written and not _EMAIL.fullmatch(written):
        cells.find("email_form", "email", value=written)
        return ""
    return written


def _twice(rows: list[StaffRow]) -> list[StaffRow]:
    """Tell rows that share a number: one person twice is to be looked at, two people under one number are refused.

    Without any number, a second row of one name and birth date is refused.
    """
    first: dict[tuple[str, str], StaffRow] = {}
    made = []
    for row in rows:
        found = list(row.problems)
        for field, number in (("staff_number", row.staff_number), ("nir", row.nir)):
            other = first.setdefault((field, fold(number)), row) if number else row
            if other is row:
                continue
            same = not row.name or not other.name or score(_named(row), _named(other)) >= MAYBE
            if field == "staff_number" or not same:
                weight = Severity.WARNING if same else Severity.BLOCKER
                code = "same_person_twice" if same else f"{field}_twice"
                params: dict[str, Value] = {"row": other.row, "number": number}
                found.append(Finding(code, weight, line=row.row, target=row.staff_number, params=params))
        if row.name and not (row.staff_number or row.nir or row.ntt):  # nothing but her name tells her from another
            other = first.setdefault(("name", fold(f"{row.name} {row.first_names}") + str(row.birth_date)), row)
            if other is not row:
                found.append(
                    Finding(
                        "same_person_twice", Severity.BLOCKER, line=row.row, params={"row": other.row, "number": ""}
                    )
                )
        made.append(msgspec.structs.replace(row, problems=tuple(found)))
    return made


def _named(row: StaffRow) -> Named:
    return Named(row.name, row.first_names, row.birth_date)
