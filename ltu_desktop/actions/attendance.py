"""Attendance: the cells of the month grid, typed one by one, by ranges, or filled as planned. Each is one undo step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ltu_desktop.actions.attendance_cells import Cells
from ltu_desktop.rules.attendance import AbsencePart, Entry, parse_cell
from ltu_desktop.rules.attendance_days import Outcome, settle
from ltu_desktop.rules.errors import N_, Problem, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.closed import refuse_closed
from ltu_desktop.words.codes import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

TYPED, PLANNED, IMPORTED = "typed", "planned", "imported"
_MANY_DAYS = 400
_LEFT = frozenset({"cell_no_target", "cell_over_target"})  # a range may hold such days: they are left as they are


@dataclass(frozen=True, slots=True)
class CellEntry:
    """What is typed for a person and a day: a text, or minutes, or a kind of absence for the whole day.

    With an activity, minutes are those worked on it and the rest of the day stays; else they are all of the day.
    None of the three clears the cell.
    """

    person_id: bytes
    day: date
    text: str | None = None
    minutes: int | None = None
    kind: str | None = None
    activity_id: bytes | None = None


@dataclass(frozen=True)
class Recorded:
    """What became of a range: how many cells changed, and those that were left with the reason.

    A `Problem`'s target is the staff number, its `day` the day.
    """

    changed: Changed
    cells: int
    refused: tuple[Problem, ...] = ()


def record(ctx: Context, entries: Sequence[CellEntry], *, origin: str = TYPED) -> Recorded:
    """Enter cells in one step.

    Cells on which nothing is planned take no absence, and no cell takes more of it than is planned: such cells are left
    and told. Raises UserError when a text cannot be read, a month is closed, or when no cell at all can be entered.
    """
    with ctx.store.write("attendance.record", initiator=ctx.initiator) as tx:
        count, refused = enter(ctx, tx, entries, origin)
    return Recorded(tx.changed, count, tuple(refused))


def enter(ctx: Context, tx: Write, entries: Sequence[CellEntry], origin: str) -> tuple[int, list[Problem]]:
    """Enter cells as part of another action; return how many changed and what was left."""
    if not entries:
        return 0, []
    days = [each.day for each in entries]
    check_span(days)
    refuse_closed(tx.connection, days)
    cells = Cells(ctx, tx.connection, {each.person_id for each in entries}, min(days), max(days))
    refused: list[Problem] = []
    count = 0
    for each in entries:
        number = cells.number(each.person_id)
        found = settled(cells, each)
        if isinstance(found, Problem):
            if found.code not in _LEFT:
                raise cell_error(ctx, number, each.day, found)
            refused.append(_placed(found, number, each.day))
        else:
            count += _set(cells, each, found, origin)
    if len(refused) == len(entries):
        raise cell_error(ctx, refused[0].target, entries[0].day, refused[0])
    cells.write(tx)
    tx.params |= told(cells, entries, count)
    return count, refused


def settled(cells: Cells, each: CellEntry) -> Outcome | Problem:
    """Say what an entry makes of its day; with an activity, of what is worked on that only."""
    if each.text is not None:
        entry = parse_cell(each.text)
    elif each.kind is not None:
        entry = Entry(each.minutes, (AbsencePart(each.kind),))
    else:
        entry = Entry(each.minutes)
    if isinstance(entry, Problem):
        return entry
    plan = cells.missable if entry.absences else cells.target
    return settle(entry, plan(each.person_id, each.day))


def _set(cells: Cells, each: CellEntry, outcome: Outcome, origin: str) -> bool:
    person_id, day = each.person_id, each.day
    if each.activity_id is not None and not outcome.absences:
        return cells.set_activity(person_id, day, each.activity_id, outcome.done, origin)
    absences = cells.set_absences(person_id, day, outcome.absences)
    return cells.set_minutes(person_id, day, outcome.done, origin) or absences


def _placed(problem: Problem, number: str, day: date) -> Problem:
    params = {**problem.params, "day": day.isoformat()}
    return Problem(problem.code, problem.severity, number, params, problem.at_stake)


def cell_error(ctx: Context, number: str, day: date, problem: Problem) -> UserError:
    """Refuse a cell, with its place."""
    what, mend = PROBLEMS[problem.code]
    place = f"{number}, {ctx.words.day(day)}" if number else ctx.words.day(day)
    return UserError(problem.code, what, mend, where=place, params=dict(ctx.words.params(problem)))


def told(cells: Cells, entries: Iterable[CellEntry], count: int) -> dict[str, str | int | date | Month]:
    """Say in the journal what was entered: how many cells, of whom when it is one person, of which day or month."""
    people = {each.person_id for each in entries}
    days = {each.day for each in entries}
    params: dict[str, str | int | date | Month] = {"cells": count, "month": Month.of(min(days))}
    if len(people) == 1:
        params["person"] = cells.number(next(iter(people)))
    if len(days) == 1:
        params["day"] = next(iter(days))
    return params


def check_span(days: Iterable[date]) -> None:
    """Refuse days that lie too far apart to be changed in one step: a slip of the year, mostly."""
    first, last = min(days), max(days)
    if (last - first).days > _MANY_DAYS:
        raise UserError(
            "too_many_days",
            N_("These cells lie more than a year apart ({first} to {last})."),
            N_("Enter them year by year."),
            params={"first": first, "last": last},
        )


# ---- as planned ----


@dataclass(frozen=True, slots=True)
class AsPlanned:
    """What "as planned" does: cells to fill and their minutes, what stays as it is, and what is still to come."""

    first: date
    last: date
    person_ids: tuple[bytes, ...]
    cells: int
    minutes: int
    absences: int
    said: int
    future: int


def plan_as_planned(ctx: Context, first: date, last: date, person_ids: Collection[bytes]) -> AsPlanned:
    """Count what "as planned" would fill from `first` to `last`, before it does. Writes nothing."""
    with ctx.store.read() as connection:
        return _as_planned(ctx, connection, first, last, person_ids)[0]


def as_planned(ctx: Context, first: date, last: date, person_ids: Collection[bytes]) -> Recorded:
    """Note the plan as done where nothing is said yet, up to today; absences and what was typed stay."""
    with ctx.store.write("attendance.as_planned", initiator=ctx.initiator) as tx:
        plan, cells = _as_planned(ctx, tx.connection, first, last, person_ids)
        cells.write(tx)
        tx.params |= {"first": first, "last": last, "count": len(plan.person_ids), "cells": plan.cells}
    return Recorded(tx.changed, plan.cells)


def _as_planned(
    ctx: Context, connection: Connection, first: date, last: date, person_ids: Collection[bytes]
) -> tuple[AsPlanned, Cells]:
    check_span((first, last))
    today = ctx.clock.now().date()
    cells = Cells(ctx, connection, set(person_ids), first, last)
    refuse_closed(connection, cells.targets.days)
    plan = AsPlanned(first, last, tuple(dict.fromkeys(person_ids)), 0, 0, 0, 0, 0)
    count = minutes = absences = said = future = 0
    for person_id in plan.person_ids:
        cells.number(person_id)
        for day in cells.targets.days:
            target = cells.target(person_id, day).minutes
            missed = cells.absent(person_id, day)
            absences += missed > 0
            if cells.done(person_id, day) is not None:
                said += 1
            elif target > missed:
                if day > today:
                    future += 1
                    continue
                cells.set_minutes(person_id, day, target - missed, PLANNED)
                count += 1
                minutes += target - missed
    counted = replace(plan, cells=count, minutes=minutes, absences=absences, said=said, future=future)
    return counted, cells
