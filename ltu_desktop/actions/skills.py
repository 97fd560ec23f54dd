"""What people can, wish and do not do: skills, wishes and refusals, limits, when they can work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.activities import gone
from ltu_desktop.actions.checks import bad_value, field_error, missing
from ltu_desktop.queries import skills as queries
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.matching import LEVELS, LIMITS
from ltu_desktop.store.tables import activity_skill, availability, person_limit, person_skill, skill, wish

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Table

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

WISH, REFUSAL = "wish", "refusal"


def add_skill(ctx: Context, name: str) -> bytes:
    """Add a skill to the employer's list and return its key; one of the same name is returned as it is."""
    with ctx.store.write("skills.add", initiator=ctx.initiator) as tx:
        wanted = _name(ctx, name)
        tx.params["name"] = wanted
        known = queries.skill_named(tx.connection, wanted)
        return known if known is not None else tx.insert(skill, {"name": wanted})


def rename_skill(ctx: Context, skill_id: bytes, name: str) -> Changed:
    """Give a skill another name, unless another one has it."""
    with ctx.store.write("skills.rename", initiator=ctx.initiator) as tx:
        wanted = _name(ctx, name)
        tx.params["name"] = wanted
        known = queries.skill_named(tx.connection, wanted)
        if known is not None and known != skill_id:
            raise field_error(
                ctx, wanted, "", "skill_taken", N_("There is a skill of this name already."), N_("Give another name.")
            )
        tx.update(skill, skill_id, {"name": wanted})
    return tx.changed


def remove_skill(ctx: Context, skill_id: bytes) -> Changed:
    """Remove a skill with all that was said of it."""
    with ctx.store.write("skills.remove", initiator=ctx.initiator) as tx:
        tx.params["name"] = queries.skill_name(tx.connection, skill_id)
        for table in (person_skill, activity_skill):
            for key in queries.keys_of(tx.connection, table, "skill_id", skill_id):
                tx.delete(table, key)
        tx.delete(skill, skill_id)
    return tx.changed


def _name(ctx: Context, name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise missing(ctx, "", "skill")
    return wanted


def set_person_skill(
    ctx: Context, person_id: bytes, skill_id: bytes, level: int | None, *, wants_to_learn: bool = False
) -> Changed:
    """Say how well somebody masters a skill (0 not yet, 1 with help, 2 alone, 3 can teach it); None forgets it."""
    with ctx.store.write("skills.set_person", initiator=ctx.initiator) as tx:
        number = _person(tx.connection, person_id)
        tx.params |= {"person": number, "name": queries.skill_name(tx.connection, skill_id)}
        values = {"level": level, "wants_to_learn": int(wants_to_learn)}
        _put(ctx, tx, person_skill, {"person_id": person_id, "skill_id": skill_id}, values)
    return tx.changed


def set_activity_skill(ctx: Context, activity_id: bytes, skill_id: bytes, level: int | None) -> Changed:
    """Say which level an activity asks of those who do it alone; None asks nothing."""
    with ctx.store.write("skills.set_activity", initiator=ctx.initiator) as tx:
        tx.params["name"] = queries.skill_name(tx.connection, skill_id)
        _put(ctx, tx, activity_skill, {"activity_id": activity_id, "skill_id": skill_id}, {"level": level})
    return tx.changed


def _put(ctx: Context, tx: Write, table: Table, key: dict[str, bytes], values: dict[str, int | None]) -> None:
    if values["level"] not in {None, *LEVELS}:
        raise bad_value(ctx, "", "level", values["level"])
    known = queries.key_of(tx.connection, table, key)
    if values["level"] is None:
        if known is not None:
            tx.delete(table, known)
    elif known is None:
        tx.insert(table, {**key, **values})
    else:
        tx.update(table, known, values)


def set_wish(ctx: Context, person_id: bytes, activity_id: bytes, kind: str | None, *, note: str = "") -> Changed:
    """Note that somebody wishes an activity (`wish`) or does not want it (`refusal`); None takes it back."""
    with ctx.store.write("skills.set_wish", initiator=ctx.initiator) as tx:
        number = _person(tx.connection, person_id)
        tx.params["person"] = number
        if kind not in {None, WISH, REFUSAL}:
            raise bad_value(ctx, number, "wish", kind)
        known = queries.key_of(tx.connection, wish, {"person_id": person_id, "activity_id": activity_id})
        values = {"kind": kind, "note": " ".join(note.split())}
        if kind is None:
            if known is not None:
                tx.delete(wish, known)
        elif known is None:
            tx.insert(wish, {"person_id": person_id, "activity_id": activity_id, **values})
        else:
            tx.update(wish, known, values)
    return tx.changed


def set_limits(ctx: Context, person_id: bytes, kinds: Collection[str]) -> Changed:
    """Say all that somebody does not do (codes of `rules.matching.LIMITS`); why is not kept."""
    with ctx.store.write("skills.set_limits", initiator=ctx.initiator) as tx:
        number = _person(tx.connection, person_id)
        tx.params["person"] = number
        if unknown := sorted(set(kinds) - set(LIMITS)):
            raise bad_value(ctx, number, "limits", unknown[0])
        known = queries.limit_keys(tx.connection, person_id)
        for kind, key in known.items():
            if kind not in kinds:
                tx.delete(person_limit, key)
        new = [each for each in LIMITS if each in kinds and each not in known]
        tx.insert_many(person_limit, [{"person_id": person_id, "kind": each} for each in new])
    return tx.changed


def set_availability(ctx: Context, person_id: bytes, hours: Mapping[int, Sequence[tuple[int, int]]]) -> Changed:
    """Say when somebody can work: weekday (0 Monday) → stretches in minutes after midnight; nothing at all: always."""
    with ctx.store.write("skills.set_availability", initiator=ctx.initiator) as tx:
        number = _person(tx.connection, person_id)
        tx.params["person"] = number
        wanted: set[tuple[Any, ...]] = set()
        for weekday, stretches in hours.items():
            end_before = 0
            for start, end in sorted(stretches):
                if not (0 <= weekday <= 6 and end_before <= start < end <= 1440):
                    said = f"{ctx.words.clock_time(start)} – {ctx.words.clock_time(end)}"
                    raise bad_value(ctx, number, "availability", said)
                wanted.add((weekday, start, end))
                end_before = end
        known = queries.availability_keys(tx.connection, person_id)
        for stretch, key in known.items():
            if stretch not in wanted:
                tx.delete(availability, key)
        tx.insert_many(
            availability,
            [
                {"person_id": person_id, "weekday": weekday, "start_minute": start, "end_minute": end}
                for weekday, start, end in sorted(wanted - known.keys())
            ],
        )
    return tx.changed


def _person(connection: Connection, person_id: bytes) -> str:
    number = staff_number(connection, person_id)
    if number is None:
        raise gone()
    return number
