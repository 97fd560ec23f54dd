"""Shifts: put, moved, stretched, copied, taken away, given to a substitute. One gesture is one undo step.

Whatever stands against a plan is told, not forbidden: who plans knows more than the rules. Only what cannot be (a day
in a closed month, an end before the start) is refused.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions import planning_weeks
from ltu_desktop.actions.activities import gone
from ltu_desktop.actions.checks import field_error
from ltu_desktop.queries import planning as queries
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.errors import N_
from ltu_desktop.store.tables import shift

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

LATEST_END = 36 * 60
"""A shift may end the next day at noon at the latest."""

COLUMNS = {"start": "start_minute", "end": "end_minute", "pause": "break_minutes"}
_WEEK = timedelta(days=7)


def add_shift(
    ctx: Context,
    person_id: bytes,
    day: date,
    activity_id: bytes,
    start: int,
    end: int,
    *,
    pause: int = 0,
    site_id: bytes | None = None,
    note: str = "",
    days: Collection[date] = (),
) -> list[bytes]:
    """Plan a shift, in minutes after midnight, and return its key; `days` are further ones, together a series."""
    with ctx.store.write("planning.add", initiator=ctx.initiator) as tx:
        every = sorted({day, *days})
        number = _person(tx.connection, person_id)
        check_times(ctx, number, start, end, pause)
        tx.params |= {"person": number, "first": every[0], "last": every[-1], "count": len(every)}
        series = tx.new_id() if len(every) > 1 else None
        values = {
            "person_id": person_id,
            "activity_id": activity_id,
            "site_id": site_id,
            "start_minute": start,
            "end_minute": end,
            "break_minutes": pause,
            "series_id": series,
            "note": " ".join(note.split()),
        }
        return tx.insert_many(shift, [{**values, "day": each} for each in every])


def change_shift(
    ctx: Context, shift_id: bytes, values: Mapping[str, Any], *, expected_version: int | None = None
) -> Changed:
    """Move, stretch or change a shift: whose it is, its `day`, `start`, `end`, `pause`, activity, site or note."""
    with ctx.store.write("planning.change", initiator=ctx.initiator) as tx:
        known = _shift(tx.connection, shift_id)
        after = {name: values.get(name, getattr(known, name)) for name in ("person_id", "day", "start", "end", "pause")}
        number = _person(tx.connection, after["person_id"])
        check_times(ctx, number, after["start"], after["end"], after["pause"])
        tx.params |= {"person": number, "first": after["day"], "last": after["day"], "count": 1}
        columns = {COLUMNS.get(name, name): value for name, value in values.items()}
        if unknown := set(columns) - {*COLUMNS.values(), "person_id", "day", "activity_id", "site_id", "note"}:
            raise TypeError(f"shift.{min(unknown)} is not changed this way")
        tx.update(shift, shift_id, columns, expected_version)
    return tx.changed


def copy_shifts(ctx: Context, targets: Sequence[tuple[bytes, bytes, date]]) -> list[bytes]:
    """Copy shifts: (the shift, whose the copy is, its day) each; return the copies' keys."""
    with ctx.store.write("planning.copy", {"count": len(targets)}, initiator=ctx.initiator) as tx:
        rows = []
        for shift_id, person_id, day in targets:
            _person(tx.connection, person_id)
            rows.append({**row_of(_shift(tx.connection, shift_id)), "person_id": person_id, "day": day})
        _tell(tx, rows)
        return tx.insert_many(shift, rows)


def delete_shifts(ctx: Context, shift_ids: Sequence[bytes]) -> Changed:
    """Take shifts off the plan; those that are gone already are left."""
    with ctx.store.write("planning.delete", initiator=ctx.initiator) as tx:
        found = [each for key in shift_ids if (each := queries.shift_row(tx.connection, key)) is not None]
        _delete(tx, found)
    return tx.changed


def delete_series(ctx: Context, series_id: bytes, *, since: date | None = None) -> Changed:
    """Take all shifts of a series off the plan, or those from a day on."""
    with ctx.store.write("planning.delete", initiator=ctx.initiator) as tx:
        found = [each for each in queries.series_of(tx.connection, series_id) if since is None or each.day >= since]
        _delete(tx, found)
    return tx.changed


def _delete(tx: Write, found: Sequence[ShiftRow]) -> None:
    _tell(tx, [row_of(each) | {"person_id": each.person_id, "day": each.day} for each in found])
    for each in found:
        tx.delete(shift, each.id)


def substitute(ctx: Context, shift_id: bytes, person_id: bytes) -> Changed:
    """Give a shift to somebody else."""
    with ctx.store.write("planning.substitute", initiator=ctx.initiator) as tx:
        known = _shift(tx.connection, shift_id)
        tx.params |= {
            "person": _person(tx.connection, person_id),
            "other": staff_number(tx.connection, known.person_id) or "",
            "first": known.day,
        }
        tx.update(shift, shift_id, {"person_id": person_id, "series_id": None})
    return tx.changed


def copy_week(
    ctx: Context, monday: date, into: date, *, people: Collection[bytes] | None = None, replace: bool = False
) -> planning_weeks.Laid:
    """Copy a week's plan into another week, of everybody or of some; return the copies' keys and what was left out.

    What is planned there stays and gets no double, unless it is replaced. Left out is what a template leaves out
    (`planning_weeks.SKIPPED`): shifts of people who are away, on holidays, of contracts that have ended.
    """
    with ctx.store.write("planning.copy_week", {"first": monday, "last": into}, initiator=ctx.initiator) as tx:
        source = queries.shifts_of(tx.connection, monday, monday + timedelta(days=6), people)
        pieces = [
            {**row_of(each), "id": each.id, "person_id": each.person_id, "weekday": each.day.weekday()}
            for each in source
        ]
        laying = planning_weeks.Laying(tx.connection)
        if pieces:
            laying.lay(pieces, into, people, replace=replace)
        tx.params |= {"count": len(laying.rows)}
        keys = planning_weeks.write(tx, laying.rows, laying.old, laying.skipped)
    return planning_weeks.Laid(keys, tuple(laying.skipped))


# ---------------------------------------------------------------- what all share


def row_of(each: ShiftRow) -> dict[str, Any]:
    """Return the columns that a copy of a shift takes over."""
    return {
        "activity_id": each.activity_id,
        "site_id": each.site_id,
        "start_minute": each.start,
        "end_minute": each.end,
        "break_minutes": each.pause,
        "note": each.note,
    }


def check_times(ctx: Context, place: str, start: int, end: int, pause: int) -> None:
    """Refuse times that cannot be: an end before the start, longer than a day, a break that takes it all."""
    if not (0 <= start < 1440 and start < end <= LATEST_END and end - start <= 1440):
        raise field_error(
            ctx,
            place,
            "end",
            "bad_times",
            N_("{start} to {end} is not a valid shift."),
            N_("Give an end after the start, at most a day later."),
            start=ctx.words.clock_time(start),
            end=ctx.words.clock_time(end),
        )
    if not 0 <= pause < end - start:
        raise field_error(
            ctx,
            place,
            "pause",
            "bad_pause",
            N_("A break of {minutes} minutes leaves no work."),
            N_("Give a shorter break."),
            minutes=pause,
        )


def _tell(tx: Write, rows: Iterable[Mapping[str, Any]]) -> None:
    """Say in the journal whose shifts and which days they were."""
    listed = list(rows)
    days = sorted(row["day"] for row in listed)
    people = {row["person_id"] for row in listed}
    tx.params["count"] = len(listed)
    if days:
        tx.params |= {"first": days[0], "last": days[-1]}
    if len(people) == 1:
        tx.params["person"] = staff_number(tx.connection, people.pop()) or ""


def _person(connection: Connection, person_id: bytes) -> str:
    number = staff_number(connection, person_id)
    if number is None:
        raise gone()
    return number


def _shift(connection: Connection, shift_id: bytes) -> ShiftRow:
    found = queries.shift_row(connection, shift_id)
    if found is None:
        raise gone()
    return found
