"""What people can, wish and do not do, when they can work, and the notes of support and training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ltu_desktop.rules.text import fold
from ltu_desktop.store.tables import (
    activity,
    availability,
    person,
    person_limit,
    person_skill,
    skill,
    support_note,
    wish,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection, Table


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill of the employer's list: how many master it (level 2 or 3), how many learn it."""

    id: bytes
    version: int
    name: str
    masters: int
    learners: int


@dataclass(frozen=True, slots=True)
class PersonSkill:
    """A person's level of a skill."""

    skill_id: bytes
    name: str
    level: int
    wants_to_learn: bool


@dataclass(frozen=True, slots=True)
class PersonWish:
    """An activity that somebody wishes or refuses."""

    activity_id: bytes
    name: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note of support or training; `done` is about its next step."""

    id: bytes
    version: int
    day: date
    kind: str
    minutes: int
    note: str
    next_step: str
    next_on: date | None
    done: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that a person's panel shows of skills and wishes; `hours` are stretches by weekday, none: always."""

    skills: tuple[PersonSkill, ...]
    wishes: tuple[PersonWish, ...]
    limits: frozenset[str]
    hours: dict[int, tuple[tuple[int, int], ...]]


def skills(connection: Connection) -> list[SkillRow]:
    """Return the employer's skills by name."""
    k = person_skill.c
    counts = {
        row[0]: (row[1], row[2])
        for row in connection.execute(
            select(
                k.skill_id,
                func.sum(k.level >= 2),
                func.sum((k.level < 2) & (k.wants_to_learn == 1)),
            ).group_by(k.skill_id)
        )
    }
    rows = connection.execute(select(skill))
    found = [SkillRow(row.id, row.version, row.name, *counts.get(row.id, (0, 0))) for row in rows]
    return sorted(found, key=lambda each: fold(each.name))


def portrait(connection: Connection, person_id: bytes) -> Portrait:
    """Return a person's skills, wishes, limits and hours."""
    k, w, v = person_skill.c, wish.c, availability.c
    levels = connection.execute(
        select(k.skill_id, skill.c.name, k.level, k.wants_to_learn)
        .join(skill, skill.c.id == k.skill_id)
        .where(k.person_id == person_id)
    )
    wishes = connection.execute(
        select(w.activity_id, activity.c.name, w.kind, w.note)
        .join(activity, activity.c.id == w.activity_id)
        .where(w.person_id == person_id)
        .order_by(w.kind.desc(), activity.c.name)
    )
    hours: dict[int, tuple[tuple[int, int], ...]] = {}
    for weekday, start, end in connection.execute(
        select(v.weekday, v.start_minute, v.end_minute)
        .where(v.person_id == person_id)
        .order_by(v.weekday, v.start_minute)
    ):
        hours[weekday] = (*hours.get(weekday, ()), (start, end))
    return Portrait(
        tuple(
            sorted(
                (PersonSkill(key, name, level, bool(wants)) for key, name, level, wants in levels),
                key=lambda each: (-each.level, fold(each.name)),
            )
        ),
        tuple(PersonWish(*row) for row in wishes),
        frozenset(limit_keys(connection, person_id)),
        hours,
    )


def notes(connection: Connection, person_id: bytes) -> list[NoteRow]:
    """Return a person's notes, newest first."""
    n = support_note.c
    rows = connection.execute(select(support_note).where(n.person_id == person_id).order_by(n.day.desc(), n.id.desc()))
    return [
        NoteRow(
            row.id,
            row.version,
            row.day,
            row.kind,
            row.minutes,
            row.note,
            row.next_step,
            row.next_on,
            bool(row.done),
        )
        for row in rows
    ]


def next_steps(connection: Connection, until: date) -> list[tuple[bytes, bytes, date, str]]:
    """Return next steps that are due until a day and not done: note, person, day, words; the oldest first."""
    n = support_note.c
    rows = connection.execute(
        select(n.id, n.person_id, n.next_on, n.next_step)
        .where(n.done == 0, n.next_on.is_not(None), n.next_on <= until)
        .order_by(n.next_on, n.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def skill_named(connection: Connection, name: str) -> bytes | None:
    """Return the key of the skill of this name, whatever its accents or case."""
    rows = connection.execute(select(skill.c.id, skill.c.name))
    return next((key for key, known in rows if fold(known) == fold(name)), None)


def skill_name(connection: Connection, skill_id: bytes) -> str:
    """Return a skill's name, empty when it is no more."""
    return connection.execute(select(skill.c.name).where(skill.c.id == skill_id)).scalar() or ""


def keys_of(connection: Connection, table: Table, column: str, value: bytes) -> list[bytes]:
    """Return the keys of a table's rows that name a row of another."""
    return list(connection.execute(select(table.c.id).where(table.c[column] == value)).scalars())


def key_of(connection: Connection, table: Table, values: Mapping[str, bytes]) -> bytes | None:
    """Return the key of the one row that names these rows."""
    query = select(table.c.id)
    for column, value in values.items():
        query = query.where(table.c[column] == value)
    found: bytes | None = connection.execute(query).scalar()
    return found


def limit_keys(connection: Connection, person_id: bytes) -> dict[str, bytes]:
    """Return the keys of a person's limits by kind."""
    m = person_limit.c
    rows = connection.execute(select(m.kind, m.id).where(m.person_id == person_id))
    return {row[0]: row[1] for row in rows}


def availability_keys(connection: Connection, person_id: bytes) -> dict[tuple[int, int, int], bytes]:
    """Return the keys of the stretches in which a person can work: (weekday, start, end) → key."""
    v = availability.c
    rows = connection.execute(select(v.weekday, v.start_minute, v.end_minute, v.id).where(v.person_id == person_id))
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def note_owner(connection: Connection, note_id: bytes) -> str:
    """Return the staff number of the person whom a note is about, empty when it is no more."""
    n = support_note.c
    found = connection.execute(
        select(person.c.staff_number).join(support_note, n.person_id == person.c.id).where(n.id == note_id)
    ).scalar()
    return found or ""
