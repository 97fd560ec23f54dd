"""Which column holds which of our fields: many heads, French and English, compared without accents or case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ltu_desktop.intake.heads import HEADS, any_of
from ltu_desktop.intake.sheet_records import Mapping, Sheet
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.text import fold

LABELS: dict[str, str] = {
    "staff_number": N_("Staff number"),
    "full_name": N_("Name and first names"),
    "name": N_("Name"),
    "birth_name": N_("Birth name"),
    "first_names": N_("First names"),
    "birth_date": N_("Birth date"),
    "nir": N_("Social security number (NIR)"),
    "nir_key": N_("Key of the NIR"),
    "ntt": N_("Temporary number (NTT)"),
    "sex": N_("Sex"),
    "status": N_("Status (PPDE or other)"),
    "recognised_on": N_("Date of the committee’s decision"),
    "decision_number": N_("Number of the decision"),
    "site": N_("Site"),
    "activity": N_("Activity"),
    "entry": N_("Entry"),
    "exit": N_("Exit"),
    "weekly_hours": N_("Weekly hours"),
    "monthly_hours": N_("Monthly hours"),
    "hourly_pay": N_("Hourly pay"),
    "job": N_("Job"),
    "contract_number": N_("Contract number"),
    "address": N_("Address"),
    "postcode": N_("Postcode"),
    "town": N_("Town"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "iban": N_("IBAN"),
    "month": N_("Month"),
    "paid_hours": N_("Paid hours"),
    "gross_pay": N_("Gross pay"),
    "overtime_hours": N_("Overtime"),
    "complementary_hours": N_("Complementary hours"),
    "absence.paid_leave": N_("Paid leave"),
    "absence.public_holiday": N_("Public holiday"),
    "absence.training": N_("Training"),
    "absence.sick_unpaid": N_("Sick leave, unpaid"),
    "absence.sick_paid": N_("Sick leave, pay kept"),
    "absence.work_accident": N_("Work accident"),
    "absence.maternity": N_("Maternity"),
    "absence.paternity": N_("Paternity"),
    "absence.unpaid_leave": N_("Unpaid leave"),
    "absence.unjustified": N_("Unjustified absence"),
    "absence.suspension": N_("Suspension"),
    "absence.partial_activity": N_("Short-time working"),
    "absence.rest": N_("Compensatory rest"),
    "absence.unpaid": N_("Unpaid absences, all kinds"),
    "bank.date": N_("Transaction date"),
    "bank.value_date": N_("Value date"),
    "bank.label": N_("Bank description"),
    "bank.more": N_("Further description"),
    "bank.payer": N_("Payer"),
    "bank.debit": N_("Debit"),
    "bank.credit": N_("Credit"),
    "bank.amount": N_("Amount"),
    "bank.direction": N_("Debit or credit"),
    "bank.currency": N_("Currency"),
    "bank.id": N_("Bank reference"),
}
"""Our field → its name for people, to choose a column by hand."""

_CHOOSE = N_("Choose the columns by hand, or name them in the list’s first row.")
MOST_HEADS, LONGEST_HEAD = 12, 40  # told of a list that lacks a column; letters of each
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]|\*")
_SMALL = any_of("a|au|d|de|des|du|en|et|l|la|le|les|of|the")


class Matched(msgspec.Struct, frozen=True):
    """Columns matched: our field → head, our field → position, and the heads that no field took."""

    mapping: Mapping
    positions: dict[str, int]
    unknown: tuple[str, ...]


def head_key(head: str) -> str:
    """Reduce a head to what it is compared by: folded, without small words."""
    words = fold(head).split()
    return " ".join(word for word in words if word not in _SMALL) or " ".join(words)


@lru_cache(maxsize=8)
def _by_head(fields: tuple[str, ...]) -> dict[str, str]:
    table: dict[str, str] = {}
    for field in fields:
        for head in HEADS[field].split("|"):
            table.setdefault(head_key(head), field)
    return table


def _place(heads: Sequence[str], head: str) -> int | None:
    if head in heads:
        return heads.index(head)
    keys = [head_key(other) for other in heads]
    return keys.index(head_key(head)) if head_key(head) in keys else None


def known_heads(cells: Iterable[object]) -> int:
    """Count the fields that a row's cells name to the letter: the row that names most is the head row."""
    table = _by_head(tuple(HEADS))
    return len({table[key] for cell in cells if isinstance(cell, str) and (key := head_key(cell)) in table})


def match(
    sheet: Sheet, fields: Sequence[str], mapping: Mapping | None = None, remembered: Iterable[Mapping] = ()
) -> Matched:
    """Match a sheet's heads with fields.

    A `mapping` is followed to the letter (a head that is not there is refused). Else the first `remembered` one whose
    heads are all there is followed, and the rest found by name.
    """
    positions: dict[str, int] = {}
    if mapping is not None:
        for field, head in mapping.items():
            place = _place(sheet.heads, head)
            if place is None:
                raise UserError(
                    "missing_head",
                    N_("The list has no column “{head}”. Columns found: {heads}."),
                    _CHOOSE,
                    where=sheet.name,
                    params={"head": head, "heads": _told(sheet.heads)},
                )
            positions[field] = place
    else:
        for memory in remembered:
            found = {field: _place(sheet.heads, head) for field, head in memory.items() if field in fields}
            known = {field: place for field, place in found.items() if place is not None}
            if known and len(known) == len(found):
                positions = known
                break
        _by_name(sheet.heads, fields, positions)
    taken = set(positions.values())
    return Matched(
        mapping={field: sheet.heads[place] for field, place in positions.items()},
        positions=positions,
        unknown=tuple(head for place, head in enumerate(sheet.heads) if place not in taken),
    )


def _told(heads: Sequence[str]) -> str:
    """Say the heads of a list in a sentence: a file that is none may have anything in its first line."""
    said = [head if len(head) <= LONGEST_HEAD else f"{head[: LONGEST_HEAD - 1]}…" for head in heads[:MOST_HEADS]]
    return ", ".join([*said, "…"] if len(heads) > MOST_HEADS else said)


def _by_name(heads: Sequence[str], fields: Sequence[str], positions: dict[str, int]) -> None:
    """Give the columns left to the fields left: heads that are right, then without brackets, then slips of the pen."""
    table, others = _by_head(tuple(fields)), _by_head(tuple(HEADS))
    named: set[int] = set()  # a column that names a field to the letter is no slip of the pen
    for keys in ([head_key(head) for head in heads], [head_key(_BRACKETS.sub(" ", head)) for head in heads]):
        for place, key in enumerate(keys):
            if key in others:
                named.add(place)
            field = table.get(key)
            if field and field not in positions and place not in positions.values():
                positions[field] = place
    for place, head in enumerate(heads):
        if place in positions.values() or place in named:
            continue
        left = [key for key, field in table.items() if field not in positions]
        field = table.get(_slip(head_key(head), left))
        if field:
            positions[field] = place


def _slip(key: str, known: list[str]) -> str:
    """Find the head that a key misspells: one letter wrong from 6 letters on, two from 16 on; "" when none is."""
    allowed = 2 if len(key) >= 16 else 1 if len(key) >= 6 else 0
    if not allowed:
        return ""
    near = process.extractOne(key, known, scorer=OSA.distance, score_cutoff=allowed)
    return str(near[0]) if near else ""


def need(sheet: Sheet, matched: Matched, fields: Sequence[str], what: str) -> None:
    """Refuse a sheet that has none of these fields; `what` is the sentence, with `{heads}`."""
    if not any(field in matched.positions for field in fields):
        raise UserError("missing_column", what, _CHOOSE, where=sheet.name, params={"heads": _told(sheet.heads)})
