"""The dossier: everything a claim says, frozen when it is sealed; the documents are drawn from it and nothing else."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal

import msgspec

from ltu_desktop.rules.answer import Answer
from ltu_desktop.rules.facts import Facts

FORMAT = "ltu-claim-1"


class EmployerCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """The employer as printed; `iban_end` is the last four characters of the account."""

    name: str
    siret: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    iban_end: str = ""
    signatory: str = ""
    signatory_quality: str = ""


class AgreementCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """The agreement with the Fund and its current amendment, as printed."""

    number: str = ""
    signed_on: date | None = None
    fund: str = ""
    territory: str = ""
    committee: str = ""
    departments: str = ""
    amendment: str = ""
    amendment_on: date | None = None
    ceiling_fte: Decimal | None = None
    terms_from: date | None = None


class SiteCard(msgspec.Struct, frozen=True):
    """A site: the code of the nominal list and its name."""

    code: str
    name: str


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A short fixed remark of the nominal list.

    Codes: `entry` (day), `exit` (day), `hours_change` (before, after, day), `complementary` (hours), `cap`,
    `class_c`, `correction` (month), `no_payroll`. `days` holds the dates, `figures` the numbers, by name.
    """

    code: str
    days: dict[str, date] = {}
    figures: dict[str, Decimal] = {}


class PersonCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person as the claim shows her: no NIR, no reason of absence.

    `contract_hours` are the monthly hours in force at the month's end (or at the exit); `source_line` is the line of
    the payroll file that gave the paid hours, `payroll_hours` what that file says for the month, `back_pay_hours` what
    it pays for earlier months (not claimed here).
    """

    id: str
    name: str
    first_names: str
    status: str
    site: str = ""
    entry: date | None = None
    exit: date | None = None
    weekly_hours: Decimal | None = None
    contract_hours: Decimal | None = None
    payroll_hours: Decimal = Decimal("0.00")
    back_pay_hours: Decimal = Decimal("0.00")
    source_file: str = ""
    source_line: int = 0
    remarks: tuple[Remark, ...] = ()


class BridgeStep(msgspec.Struct, frozen=True):
    """A step from payroll's total to the claim's: `payroll`, `back_pay`, `class_c`, `cap`, `unclaimed`, `claim`."""

    code: str
    lines: int
    hours: Decimal


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry, an exit or a change of weekly hours since last month; `reason` is the payroll's code of an exit."""

    kind: str
    person: str
    day: date
    before: Decimal | None = None
    after: Decimal | None = None
    reason: str = ""
    detail: str = ""


class Correction(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line that differs from an earlier version: hours and parts before and after."""

    period: str
    version: int
    sha256: str
    person: str
    hours_before: Decimal
    hours_after: Decimal
    parts_before: dict[str, Decimal]
    parts_after: dict[str, Decimal]
    reason: str = ""


class FileCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """An attached or read file: name, date, SHA-256, and for payroll its norm, type and hours."""

    name: str
    day: date | None
    sha256: str
    kind: str = ""
    norm: str = ""
    nature: str = ""
    hours: Decimal | None = None


class ClaimHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which claim this is. `corrects` holds the SHA-256 of the version that a corrective one starts from."""

    id: str
    period: str
    version: int
    author: str = ""
    author_quality: str = ""
    sealed_at: datetime | None = None
    corrects: str = ""
    corrects_sealed_at: datetime | None = None
    corrects_total: dict[str, Decimal] = {}
    reason: str = ""


class Dossier(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim with all that its documents print; `people` are sorted as printed (name without accents or case).

    In a corrective version `answer` is the whole month recomputed and `corrections` are the differences with the
    version corrected: only those are to be paid. In an initial one, `corrections` concern earlier months (part 6.2).
    `facts_prints` are the SHA-256 of the facts of the months that were computed for it, by month: they tell later
    whether a month must be computed again.
    """

    head: ClaimHead
    employer: EmployerCard
    agreement: AgreementCard
    facts: Facts
    answer: Answer
    sites: tuple[SiteCard, ...] = ()
    people: tuple[PersonCard, ...] = ()
    bridge: tuple[BridgeStep, ...] = ()
    changes: tuple[Change, ...] = ()
    corrections: tuple[Correction, ...] = ()
    payroll_files: tuple[FileCard, ...] = ()
    attachments: tuple[FileCard, ...] = ()
    in_payroll_not_claimed: int = 0
    claimed_not_in_payroll: int = 0
    facts_prints: dict[str, str] = {}
    format: str = FORMAT
    program: str = ""


def canonical(dossier: Dossier) -> bytes:
    """Write a dossier as canonical JSON: UTF-8, keys sorted, no spaces, amounts as text."""
    return msgspec.json.encode(dossier, order="sorted")


def read(data: bytes) -> Dossier:
    """Read a canonical dossier back, its parts in the scheme's order; raise msgspec.DecodeError when it is not one."""
    dossier = msgspec.json.decode(data, type=Dossier)
    answer = dossier.answer
    amounts = [answer.totals.parts, dossier.head.corrects_total, *(line.parts for line in answer.lines)]
    if answer.year_to_date:
        amounts.append(answer.year_to_date.parts)
    for correction in dossier.corrections:
        amounts += [correction.parts_before, correction.parts_after]
    for parts in amounts:
        for part in answer.part_order:  # taken out and put back at the end, one by one: the scheme's order
            if part in parts:
                parts[part] = parts.pop(part)
    return dossier


def fingerprint(data: bytes) -> str:
    """Return the SHA-256 of the sealed data, 64 hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


def short_print(sha256: str) -> str:
    """Return the print that people read: the first 12 characters in groups of four, `D3F1-BE2E-D8C6`."""
    text = sha256[:12].upper()
    return "-".join((text[:4], text[4:8], text[8:12]))


def seal_code(period: str, version: int, sha256: str) -> str:
    """Return the text of the QR code: `LTU1:CDE:2026-10:V1:<64 hex>`, capitals only."""
    return f"LTU1:CDE:{period}:V{version}:{sha256.upper()}"
