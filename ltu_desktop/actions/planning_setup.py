"""What plans rest on: cover needs, work patterns and whose they are, closed days, the calendar of each site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.activities import gone
from ltu_desktop.actions.checks import bad_value, check_day, field_error, missing
from ltu_desktop.actions.planning import check_times
from ltu_desktop.queries import people as people_queries
from ltu_desktop.queries import planning as queries
from ltu_desktop.queries.day_targets import public_holidays
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.text import fold
from ltu_desktop.store.tables import (
    activity,
    closure,
    contract_terms,
    cover_need,
    site,
    work_pattern,
    work_pattern_slot,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

MOST_WEEKS = 12
CALENDARS = ("FR", "FR-57", "FR-6AE", "BE", "NL", "GB-ENG", "RO", "DE", "LU")
"""Calendars of public holidays to choose from: France, Alsace-Moselle (Moselle; Alsace), and where others work."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Hours of a weekday in a week (from 0) of a pattern's cycle, in minutes after midnight."""

    week: int
    weekday: int
    start: int
    end: int
    pause: int = 0


# ---------------------------------------------------------------- cover needs


def set_cover_need(
    ctx: Context,
    activity_id: bytes,
    weekdays: Collection[int],
    start: int,
    end: int,
    people: int,
    *,
    site_id: bytes | None = None,
    start_on: date | None = None,
    end_on: date | None = None,
    need_id: bytes | None = None,
) -> list[bytes]:
    """Say how many people an activity needs on some weekdays; `need_id` names the one that is changed."""
    with ctx.store.write("planning.set_need", initiator=ctx.initiator) as tx:
        name = queries.names(tx.connection, activity, activity_id)
        tx.params |= {"name": name, "count": people}
        check_times(ctx, name, start, end, 0)
        if not 1 <= people <= 999:
            raise bad_value(ctx, name, "people_wanted", people)
        if not weekdays or not set(weekdays) <= set(range(7)):
            raise bad_value(ctx, name, "day", "–")
        if start_on is not None and end_on is not None and end_on < start_on:
            raise bad_value(ctx, name, "ended_on", end_on)
        values = {
            "activity_id": activity_id,
            "site_id": site_id,
            "start_minute": start,
            "end_minute": end,
            "people": people,
            "start_on": start_on,
            "end_on": end_on,
        }
        if need_id is not None:
            [weekday] = weekdays
            tx.update(cover_need, need_id, {**values, "weekday": weekday})
            return [need_id]
        return tx.insert_many(cover_need, [{**values, "weekday": weekday} for weekday in sorted(weekdays)])


def remove_cover_need(ctx: Context, need_id: bytes) -> Changed:
    """Take a need off."""
    with ctx.store.write("planning.remove_need", initiator=ctx.initiator) as tx:
        found = next((each for each in queries.cover_needs(tx.connection) if each.id == need_id), None)
        if found is None:
            raise gone()
        tx.params["name"] = queries.names(tx.connection, activity, found.activity_id)
        tx.delete(cover_need, need_id)
    return tx.changed


# ---------------------------------------------------------------- work patterns


def set_pattern(
    ctx: Context, name: str, weeks: int, slots: Sequence[Slot], *, pattern_id: bytes | None = None
) -> bytes:
    """Make a work pattern of one or more weeks, or change the one named, and return its key."""
    with ctx.store.write("planning.set_pattern", initiator=ctx.initiator) as tx:
        wanted = " ".join(name.split())
        if not wanted:
            raise missing(ctx, "", "name")
        tx.params["name"] = wanted
        for each in queries.patterns(tx.connection):
            if fold(each.name) == fold(wanted) and each.id != pattern_id:
                raise field_error(
                    ctx, wanted, "", "name_taken", N_("Another pattern has this name."), N_("Give another name.")
                )
        _check_slots(ctx, wanted, weeks, slots)
        if pattern_id is None:
            key = tx.insert(work_pattern, {"name": wanted, "weeks": weeks})
        else:
            key = pattern_id
            tx.update(work_pattern, key, {"name": wanted, "weeks": weeks})
        _put_slots(tx, key, slots)
    return key


def _check_slots(ctx: Context, name: str, weeks: int, slots: Sequence[Slot]) -> None:
    if not 1 <= weeks <= MOST_WEEKS:
        raise bad_value(ctx, name, "weeks", weeks)
    ends: dict[tuple[int, int], int] = {}
    for each in sorted(slots, key=lambda one: (one.week, one.weekday, one.start)):
        check_times(ctx, name, each.start, each.end, each.pause)
        if not (0 <= each.week < weeks and 0 <= each.weekday <= 6):
            raise bad_value(ctx, name, "weeks", each.week + 1)
        if each.start < ends.get((each.week, each.weekday), 0):
            raise bad_value(ctx, name, "start", ctx.words.clock_time(each.start))
        ends[each.week, each.weekday] = each.end


def _put_slots(tx: Write, key: bytes, slots: Sequence[Slot]) -> None:
    """Write the slots that are new and take off those that are no more."""
    known = next((each.slots for each in queries.patterns(tx.connection) if each.id == key), ())
    had = {Slot(each.week, each.weekday, each.start, each.end, each.pause): each.id for each in known}
    wanted = dict.fromkeys(slots)
    for slot, slot_id in had.items():
        if slot not in wanted:
            tx.delete(work_pattern_slot, slot_id)
    tx.insert_many(
        work_pattern_slot,
        [
            {
                "work_pattern_id": key,
                "week": each.week,
                "weekday": each.weekday,
                "start_minute": each.start,
                "end_minute": each.end,
                "break_minutes": each.pause,
            }
            for each in wanted
            if each not in had
        ],
    )


def remove_pattern(ctx: Context, pattern_id: bytes) -> Changed:
    """Remove a work pattern that no contract names."""
    with ctx.store.write("planning.remove_pattern", initiator=ctx.initiator) as tx:
        found = next((each for each in queries.patterns(tx.connection) if each.id == pattern_id), None)
        if found is None:
            raise gone()
        if found.used:
            raise field_error(
                ctx,
                found.name,
                "",
                "place_in_use",
                N_("“{name}” is in use and cannot be removed."),
                N_("Give those who use it another one first."),
                name=found.name,
            )
        tx.params["name"] = found.name
        for each in found.slots:
            tx.delete(work_pattern_slot, each.id)
        tx.delete(work_pattern, pattern_id)
    return tx.changed


def set_terms_pattern(
    ctx: Context, terms_id: bytes, pattern_id: bytes | None, *, cycle_from: date | None = None
) -> Changed:
    """Give the terms of a contract a work pattern; `cycle_from` is a day of the cycle's first week."""
    with ctx.store.write("planning.set_terms_pattern", initiator=ctx.initiator) as tx:
        contract_id = people_queries.contract_of_terms(tx.connection, terms_id)
        owner = people_queries.owner_of_contract(tx.connection, contract_id) if contract_id is not None else None
        if owner is None:
            raise gone()
        number = people_queries.staff_number(tx.connection, owner) or ""
        if cycle_from is not None:
            check_day(ctx, number, "start", cycle_from)
            cycle_from = queries.monday_of(cycle_from)
        tx.params |= {
            "person": number,
            "name": queries.names(tx.connection, work_pattern, pattern_id) if pattern_id else "–",
        }
        tx.update(contract_terms, terms_id, {"work_pattern_id": pattern_id, "cycle_from": cycle_from})
    return tx.changed


# ---------------------------------------------------------------- closed days and calendars


def set_closure(
    ctx: Context,
    name: str,
    start: date,
    end: date,
    *,
    site_id: bytes | None = None,
    closure_id: bytes | None = None,
) -> bytes:
    """Say on which days a site, or (None) every site, is closed; change the closure named."""
    with ctx.store.write("planning.set_closure", initiator=ctx.initiator) as tx:
        wanted = " ".join(name.split())
        if not wanted:
            raise missing(ctx, "", "name")
        for field, day in (("start", start), ("ended_on", end)):
            check_day(ctx, wanted, field, day)
        if end < start:
            raise bad_value(ctx, wanted, "ended_on", end)
        tx.params |= {"name": wanted, "first": start, "last": end}
        values: dict[str, Any] = {"name": wanted, "start_on": start, "end_on": end, "site_id": site_id}
        if closure_id is None:
            return tx.insert(closure, values)
        tx.update(closure, closure_id, values)
        return closure_id


def remove_closure(ctx: Context, closure_id: bytes) -> Changed:
    """Take a closure off."""
    with ctx.store.write("planning.remove_closure", initiator=ctx.initiator) as tx:
        tx.params["name"] = queries.names(tx.connection, closure, closure_id)
        tx.delete(closure, closure_id)
    return tx.changed


def set_calendar(ctx: Context, site_id: bytes, calendar: str) -> Changed:
    """Say which public holidays a site keeps: a country (`FR`), or a country and its region (`FR-57`)."""
    with ctx.store.write("planning.set_calendar", initiator=ctx.initiator) as tx:
        name = queries.names(tx.connection, site, site_id)
        tx.params |= {"name": name, "calendar": calendar}
        if not _known_calendar(calendar, ctx.clock.now().year):
            raise bad_value(ctx, name, "holidays", calendar)
        tx.update(site, site_id, {"holidays": calendar})
    return tx.changed


def _known_calendar(calendar: str, year: int) -> bool:
    try:
        found: Any = public_holidays(calendar, year)
    except (NotImplementedError, KeyError, ValueError):
        return False
    return bool(found)
