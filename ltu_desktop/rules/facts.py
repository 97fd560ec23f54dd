"""Facts: what the calculator is told. The JSON of `ltu-desktop compute`, read strictly.

Amounts and hours are text with a dot in JSON and `Decimal` here; hours are hundredths of an hour as payroll gives them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec


class Absence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Hours of one kind of absence in a month; `kept` is the part of the pay that was kept (for pro rata)."""

    kind: str
    hours: Decimal
    kept: Decimal | None = None


class PersonMonth(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One person's payroll of one month; the last three hours are part of `paid_hours`."""

    paid_hours: Decimal
    gross_pay: Decimal | None = None
    employer_cost: Decimal | None = None
    absences: tuple[Absence, ...] = ()
    overtime_hours: Decimal | None = None
    complementary_hours: Decimal | None = None
    leave_indemnity_hours: Decimal | None = None


class ContractFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A stretch of employment on one set of terms; an amendment of hours is a new stretch.

    `nature` is the payroll's code (01 open-ended), `public_aid` the code of another State aid (99 none).
    """

    start: date
    end: date | None = None
    weekly_hours: Decimal | None = None
    hourly_pay: Decimal | None = None
    nature: str | None = None
    public_aid: str | None = None


class PersonFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person: `status` is `ppde` or `other`, or None when nobody has said it (then she is not claimed).

    The further fields serve schemes other than fr-tzcld.
    """

    id: str
    status: str | None = None
    contracts: tuple[ContractFact, ...] = ()
    months: dict[str, PersonMonth] = {}
    birth_date: date | None = None
    hire_date: date | None = None
    category: str | None = None
    productivity: Decimal | None = None


class Override(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A dated value that replaces the pack's own: an order before we ship it, or the agreement's own rate."""

    parameter: str
    start: date = msgspec.field(name="from")
    value: Decimal
    source: str
    published: date | None = None
    provisional: bool = False


class AgreementFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The agreement in force: greatest FTE of the year, settings that differ from the defaults, dated overrides."""

    ceiling_fte: Decimal | None = None
    settings: dict[str, str] = {}
    overrides: tuple[Override, ...] = ()
    contributions_valid_until: date | None = None


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """All that a claim rests on: a month (`2026-10`) or a year (`2026`), the agreement, the people.

    For a year: `stocks` are the PPDE FTE at both year ends, `paid` what the funders paid during the year.
    """

    period: str
    agreement: AgreementFact | None = None
    people: tuple[PersonFact, ...] = ()
    stocks: dict[str, Decimal] = {}
    paid: dict[str, Decimal] = {}
