"""Who, what and where plans name: people, activities and sites, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sqlalchemy import select

from ltu_desktop.queries.names import list_name
from ltu_desktop.store.tables import activity, person, site

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.queries.planning_rows import ShiftRow


@dataclass(frozen=True)
class Place:
    """A site: its code, its name, and its name with the address."""

    code: str
    name: str
    address: str


@dataclass(frozen=True)
class Places:
    """People as (staff number, `NOM Prénom`, home site), activities as (code, name, site), sites; each by key."""

    people: dict[bytes, tuple[str, str, bytes | None]]
    activities: dict[bytes, tuple[str, str, bytes | None]]
    sites: dict[bytes, Place]

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """Read all, people in the order of their names."""
        p, a, s = person.c, activity.c, site.c
        people = connection.execute(
            select(p.id, p.staff_number, p.name, p.first_names, p.site_id).order_by(p.folded, p.staff_number)
        )
        activities = connection.execute(select(a.id, a.code, a.name, a.site_id).order_by(a.name))
        sites = connection.execute(select(s.id, s.code, s.name, s.address, s.postcode, s.town).order_by(s.name))
        return cls(
            {key: (number, list_name(name, first), home) for key, number, name, first, home in people},
            {key: (code, name, home) for key, code, name, home in activities},
            {
                key: Place(
                    code, name, ", ".join(part for part in (name, address, f"{postcode} {town}".strip()) if part)
                )
                for key, code, name, address, postcode, town in sites
            },
        )

    def site_of(self, each: ShiftRow) -> bytes | None:
        """Return where a shift is: its own site, else the activity's, else the person's."""
        return each.site_id or self.activities[each.activity_id][2] or self.people[each.person_id][2]
