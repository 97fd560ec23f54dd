"""The employer, her sites and activities, and the agreement with its terms and overrides in force on a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from ltu_desktop.rules.money import from_hundredths
from ltu_desktop.store.tables import (
    activity,
    agreement,
    agreement_terms,
    contract,
    contract_terms,
    employer,
    parameter_override,
    person,
    site,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Table

    from ltu_desktop.rules.periods import Month


@dataclass(frozen=True)
class TermsInForce:
    """Terms of an agreement from a day on; `settings` are those that differ from the scheme's defaults."""

    id: bytes
    version: int
    start: date
    amendment: str
    signed_on: date | None
    ceiling_fte: Decimal | None
    settings: dict[str, str]


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with all its terms, oldest first."""

    id: bytes
    version: int
    scheme: str
    number: str
    signed_on: date | None
    start: date
    end: date | None
    fund: str
    territory: str
    committee: str
    departments: str
    terms: tuple[TermsInForce, ...]

    def on(self, day: date) -> TermsInForce | None:
        """Return the terms in force on a day."""
        found = [each for each in self.terms if each.start <= day]
        return found[-1] if found else None


@dataclass(frozen=True)
class OverrideRow:
    """A dated value that replaces the scheme's own; `agreement_id` None: for the scheme at large."""

    id: bytes
    version: int
    agreement_id: bytes | None
    parameter: str
    start: date
    value: Decimal
    source: str
    published: date | None
    provisional: bool


@dataclass(frozen=True)
class Place:
    """A site or an activity with how many people or terms use it; `site_id` and `analytic_code` are an activity's."""

    id: bytes
    version: int
    code: str
    name: str
    used: int
    site_id: bytes | None = None
    analytic_code: str = ""
    siret: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""


def employer_row(connection: Connection) -> dict[str, Any] | None:
    """Return the employer's row, or None when nobody has said who it is."""
    row = connection.execute(select(employer)).mappings().first()
    return dict(row) if row else None


def agreements(connection: Connection, scheme: str) -> list[AgreementRow]:
    """Return the agreements of a scheme with their terms, oldest first."""
    t, g = agreement_terms.c, agreement.c
    terms: dict[bytes, list[TermsInForce]] = {}
    for row in connection.execute(select(agreement_terms).order_by(t.start_on)):
        terms.setdefault(row.agreement_id, []).append(
            TermsInForce(
                row.id,
                row.version,
                row.start_on,
                row.amendment,
                row.signed_on,
                None if row.ceiling_fte is None else from_hundredths(row.ceiling_fte),
                json.loads(row.settings) if row.settings else {},
            )
        )
    rows = connection.execute(select(agreement).where(g.scheme == scheme).order_by(g.start_on, g.number))
    return [
        AgreementRow(
            row.id,
            row.version,
            row.scheme,
            row.number,
            row.signed_on,
            row.start_on,
            row.end_on,
            row.fund,
            row.territory,
            row.committee,
            row.departments,
            tuple(terms.get(row.id, ())),
        )
        for row in rows
    ]


def agreement_on(connection: Connection, scheme: str, day: date) -> AgreementRow | None:
    """Return the agreement in force on a day, the latest when there are several."""
    found = [
        each for each in agreements(connection, scheme) if each.start <= day and (each.end is None or each.end >= day)
    ]
    return found[-1] if found else None


def overrides(connection: Connection, scheme: str, agreement_id: bytes | None = None) -> list[OverrideRow]:
    """Return the dated values of the scheme at large, and those of an agreement when it is named, by parameter."""
    o = parameter_override.c
    rows = connection.execute(
        select(parameter_override)
        .where(o.scheme == scheme, or_(o.agreement_id.is_(None), o.agreement_id == agreement_id))
        .order_by(o.parameter, o.start_on)
    )
    return [
        OverrideRow(
            row.id,
            row.version,
            row.agreement_id,
            row.parameter,
            row.start_on,
            Decimal(row.value),
            row.source,
            row.published_on,
            bool(row.provisional),
        )
        for row in rows
    ]


def sites(connection: Connection) -> list[Place]:
    """Return the sites by code, with how many people each has."""
    counts = _counts(connection, person, "site_id")
    rows = connection.execute(select(site).order_by(site.c.code))
    return [
        Place(
            row.id,
            row.version,
            row.code,
            row.name,
            counts.get(row.id, 0),
            siret=row.siret,
            address=row.address,
            postcode=row.postcode,
            town=row.town,
        )
        for row in rows
    ]


def employed_at_sites(connection: Connection, month: Month) -> dict[bytes, int]:
    """Count by site the people with a contract in a month."""
    count = func.count(func.distinct(person.c.id))
    here = contract.c.start_on <= month.last, or_(contract.c.end_on.is_(None), contract.c.end_on >= month.first)
    query = select(person.c.site_id, count).join(contract, contract.c.person_id == person.c.id).where(*here)
    rows = connection.execute(query.where(person.c.site_id.is_not(None)).group_by(person.c.site_id))
    return {row[0]: row[1] for row in rows}


def activities(connection: Connection) -> list[Place]:
    """Return the activities by code, with how many contract terms name each."""
    counts = _counts(connection, contract_terms, "activity_id")
    rows = connection.execute(select(activity).order_by(activity.c.code))
    return [
        Place(
            row.id,
            row.version,
            row.code,
            row.name,
            counts.get(row.id, 0),
            site_id=row.site_id,
            analytic_code=row.analytic_code,
        )
        for row in rows
    ]


def _counts(connection: Connection, table: Table, column: str) -> dict[bytes, int]:
    key = table.c[column]
    rows = connection.execute(select(key, func.count()).where(key.is_not(None)).group_by(key))
    return {row[0]: row[1] for row in rows}


def agreement_head(connection: Connection, agreement_id: bytes) -> tuple[str, str, date] | None:
    """Return an agreement's scheme, number and first day."""
    g = agreement.c
    row = connection.execute(select(g.scheme, g.number, g.start_on).where(g.id == agreement_id)).first()
    return (row[0], row[1], row[2]) if row else None


def override(connection: Connection, override_id: bytes) -> tuple[str, date] | None:
    """Return a dated value's parameter and day."""
    o = parameter_override.c
    row = connection.execute(select(o.parameter, o.start_on).where(o.id == override_id)).first()
    return (row[0], row[1]) if row else None
