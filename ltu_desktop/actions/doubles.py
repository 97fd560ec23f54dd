"""Who may be in the file already: asked while somebody is being added, and before two records are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.imports import Candidate
from ltu_desktop.actions.matching import People
from ltu_desktop.intake.lookup import Search
from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.register import people_rows
from ltu_desktop.store.tables import person

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.matching import Identity

_CERTAIN = 100


def look_alikes(ctx: Context, who: Identity, *, but: bytes | None = None) -> tuple[Candidate, ...]:
    """Return the people who may be this one, the likeliest first; `but` leaves one out (herself)."""
    with ctx.store.read() as connection:
        people = People(Draft(person, row) for row in people_rows(connection) if row["id"] != but)
    found: dict[bytes, Candidate] = {}
    for match in (people.by_number(who), people.by_name(who, people.likely([who], Search())[0], ())):
        if match is None:
            continue
        if match.draft is not None:
            one = match.draft
            name = list_name(one["name"], one["first_names"] or "")
            found.setdefault(one.id or b"", Candidate(one.id or b"", one["staff_number"], name, _CERTAIN))
        for each in match.candidates:
            found.setdefault(each.person_id, each)
    return tuple(sorted(found.values(), key=lambda each: (-each.score, each.staff_number)))
