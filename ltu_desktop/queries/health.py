"""Health: until when somebody counts as disabled (RQTH), and when the next medical check is due. Not for all roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.store import tables
from ltu_desktop.store.roles import WITHOUT_HEALTH, no_health

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


@dataclass(frozen=True)
class HealthRow:
    """A person's two days; nothing else about her health is kept."""

    disability_until: date | None = None
    medical_check_due: date | None = None
    id: bytes | None = None
    version: int = 0


def health(connection: Connection, person_id: bytes, role: str) -> HealthRow:
    """Return a person's days, empty when nothing is said; raise UserError `no_health` for a role kept from them."""
    if role == WITHOUT_HEALTH:
        raise no_health()
    h = tables.health.c
    row = connection.execute(
        select(h.disability_until, h.medical_check_due, h.id, h.version).where(h.person_id == person_id)
    ).first()
    return HealthRow(*row) if row else HealthRow()
