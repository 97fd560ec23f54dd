"""Who works by which pattern: the terms that hold on a day, with their hours and their pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from ltu_desktop.queries.claim_facts import weekly_hours
from ltu_desktop.queries.names import list_name
from ltu_desktop.rules.attendance import hours_to_minutes
from ltu_desktop.store.tables import contract, contract_terms, person, site

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class PatternUse:
    """The terms of somebody's contract: weekly minutes (None: nobody has said), pattern, a day of its first week."""

    terms_id: bytes
    list_name: str
    weekly_minutes: int | None
    pattern_id: bytes | None
    cycle_from: date | None


def pattern_uses(connection: Connection, day: date) -> list[PatternUse]:
    """Return the terms that hold on a day, by name; of each contract the latest that have begun."""
    c, t, p = contract.c, contract_terms.c, person.c
    rows = connection.execute(
        select(
            c.id,
            t.id,
            p.name,
            p.first_names,
            t.weekly_hours,
            t.monthly_hours,
            t.work_pattern_id,
            t.cycle_from,
        )
        .join(contract_terms, t.contract_id == c.id)
        .join(person, p.id == c.person_id)
        .where(c.start_on <= day, or_(c.end_on.is_(None), c.end_on >= day), t.start_on <= day)
        .order_by(p.folded, p.staff_number, c.start_on, t.start_on)
    )
    found: dict[bytes, PatternUse] = {}
    for key, terms_id, name, first_names, weekly, monthly, pattern, cycle in rows:
        hours = weekly_hours(weekly, monthly)
        minutes = None if hours is None else hours_to_minutes(hours)
        found[key] = PatternUse(terms_id, list_name(name, first_names), minutes, pattern, cycle)
    return list(found.values())


def site_calendars(connection: Connection) -> list[tuple[bytes, str, str]]:
    """Return the sites by name: key, name, calendar of public holidays."""
    c = site.c
    rows = connection.execute(select(c.id, c.name, c.holidays).order_by(c.name, c.code))
    return [(key, name, calendar) for key, name, calendar in rows]
