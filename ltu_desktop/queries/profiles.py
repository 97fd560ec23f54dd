"""People and activities as matching sees them: skills, wishes, refusals, limits; what each activity asks for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ltu_desktop.rules.matching import Profile, Work
from ltu_desktop.store.tables import activity, activity_skill, attendance, person, person_limit, person_skill, wish

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection


def profiles(connection: Connection, *, worked_until: date | None = None) -> dict[bytes, Profile]:
    """Return everybody's profile; with a day, also the minutes worked until then by activity."""
    k, w, m = person_skill.c, wish.c, person_limit.c
    skills: dict[bytes, dict[bytes, int]] = defaultdict(dict)
    learns: dict[bytes, set[bytes]] = defaultdict(set)
    for owner, skill_id, level, wants in connection.execute(select(k.person_id, k.skill_id, k.level, k.wants_to_learn)):
        skills[owner][skill_id] = level
        if wants:
            learns[owner].add(skill_id)
    told: dict[tuple[bytes, str], set[bytes]] = defaultdict(set)
    for owner, which, kind in connection.execute(select(w.person_id, w.activity_id, w.kind)):
        told[owner, kind].add(which)
    limited: dict[bytes, set[str]] = defaultdict(set)
    for owner, kind in connection.execute(select(m.person_id, m.kind)):
        limited[owner].add(kind)
    minutes = _minutes(connection, worked_until) if worked_until is not None else {}
    return {
        key: Profile(
            key,
            skills.get(key, {}),
            frozenset(learns.get(key, ())),
            frozenset(told.get((key, "wish"), ())),
            frozenset(told.get((key, "refusal"), ())),
            frozenset(limited.get(key, ())),
            minutes.get(key, {}),
        )
        for key in connection.execute(select(person.c.id)).scalars()
    }


def _minutes(connection: Connection, day: date) -> dict[bytes, dict[bytes, int]]:
    found: dict[bytes, dict[bytes, int]] = defaultdict(dict)
    t = attendance.c
    for owner, which, worked in connection.execute(
        select(t.person_id, t.activity_id, func.sum(t.minutes))
        .where(t.day <= day, t.activity_id.is_not(None))
        .group_by(t.person_id, t.activity_id)
    ):
        found[owner][which] = worked
    return found


def works(connection: Connection) -> dict[bytes, Work]:
    """Return what each activity asks of those who do it alone, which limits keep from it, and when it ends."""
    asked: dict[bytes, dict[bytes, int]] = defaultdict(dict)
    s = activity_skill.c
    for which, skill_id, level in connection.execute(select(s.activity_id, s.skill_id, s.level)):
        asked[which][skill_id] = level
    rows = connection.execute(select(activity.c.id, activity.c.demands, activity.c.ended_on))
    return {
        key: Work(key, asked[key], frozenset(code for code in demands.split(",") if code), ended_on)
        for key, demands, ended_on in rows
    }
