"""Absences of several days: what they come to in hours, days and euros before they are saved, then saved in one step.

Only planned time is missed. An absence takes the place of another one on the same hours, and of work that was noted.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions import attachments
from ltu_desktop.actions.absence_effect import MonthEffect, effects
from ltu_desktop.actions.attendance import TYPED, check_span
from ltu_desktop.actions.attendance_cells import Cells
from ltu_desktop.queries.attendance import absence_rows, week_of
from ltu_desktop.queries.day_targets import day_targets, longest_days
from ltu_desktop.rules.absence_kinds import KINDS, SHOWN
from ltu_desktop.rules.attendance import AFTERNOON, DAY, HOURS, MORNING
from ltu_desktop.rules.attendance_days import Missed, leave_days
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.closed import refuse_closed
from ltu_desktop.store.roles import no_health

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.journal import Changed

PARTS = (DAY, MORNING, AFTERNOON, HOURS)


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence as it is entered: `minutes` a day only for the part `hours`; `kept` is the part of the pay kept."""

    person_id: bytes
    first: date
    last: date
    kind: str
    part: str = DAY
    minutes: int | None = None
    kept: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceDay:
    """A day of an absence: minutes missed, minutes of other absences and of noted work that give way.

    `after` are all absences of the day once it is saved, `room` what they leave of the plan for work.
    """

    day: date
    minutes: int
    replaced: int
    worked: int
    after: tuple[Missed, ...]
    room: int


@dataclass(frozen=True)
class AbsencePlan:
    """What an absence comes to. `leave_days` count a short day as half; days with nothing planned are not in `days`.

    `effects` are the claims of its months before and after, oldest first.
    """

    absence: Absence
    staff_number: str
    days: tuple[AbsenceDay, ...]
    leave_days: Decimal
    effects: tuple[MonthEffect, ...]

    @property
    def minutes(self) -> int:
        """Minutes missed in all."""
        return sum(each.minutes for each in self.days)

    @property
    def replaced(self) -> int:
        """Minutes of other absences that give way."""
        return sum(each.replaced for each in self.days)

    @property
    def worked(self) -> int:
        """Minutes of noted work that give way."""
        return sum(each.worked for each in self.days)


def plan_absence(ctx: Context, absence: Absence) -> AbsencePlan:
    """Say what an absence comes to, before anything is saved: days, hours, each month's claim before and after.

    Raises UserError as saving would: nothing planned, a closed month, a kind that the operator may not see.
    """
    with ctx.store.read() as connection:
        cells = _cells(ctx, connection, absence)
        days = _days(cells, absence, connection)
        number = cells.number(absence.person_id)
        counted = _counted(connection, absence, days)
    found = effects(ctx, lambda inside: record_absence(inside, absence), absence)
    return AbsencePlan(absence, number, tuple(days), counted, found)


def record_absence(
    ctx: Context, absence: Absence, *, proof: tuple[str, bytes] | None = None, proof_kind: str = "other"
) -> Changed:
    """Save an absence in one step, with its proof (name and content) when one is given.

    Raises UserError `nothing_planned` when no day of it has planned time, `month_closed`, `no_health`.
    Hours beyond a day's plan are not missed: that day counts its plan.
    """
    with ctx.store.write("absences.record", initiator=ctx.initiator) as tx:
        cells = _cells(ctx, tx.connection, absence)
        kept = None if absence.kept is None else int((absence.kept * 10_000).to_integral_value())
        days = _days(cells, absence, tx.connection)
        for each in days:
            _set(cells, absence, each, kept)
        cells.write(tx)
        if proof is not None:
            key = absence_rows(tx.connection, absence.person_id, absence.first, absence.last, absence.kind)[0]
            attachments.add(ctx, tx, "absence_day", key, *proof, kind=proof_kind, day=None)
        tx.params = {
            "person": cells.number(absence.person_id),
            "first": days[0].day,
            "last": days[-1].day,
            "month": Month.of(days[0].day),
            "minutes": sum(each.minutes for each in days),
        }
    return tx.changed


def remove_absence(ctx: Context, person_id: bytes, first: date, last: date, kind: str | None = None) -> Changed:
    """Take a person's absences of some days off, all or of one kind; kinds hidden from the operator stay."""
    with ctx.store.write("absences.remove", initiator=ctx.initiator) as tx:
        check_span((first, last))
        cells = Cells(ctx, tx.connection, {person_id}, first, last)
        days = []
        for day in cells.targets.days:
            rows = cells.visible(person_id, day)
            left = [Missed(row["kind"], row["minutes"], row["part"]) for row in rows if kind not in {None, row["kind"]}]
            if len(left) < len(rows):
                days.append(day)
                cells.set_absences(person_id, day, left)
        tx.params |= {"person": cells.number(person_id), "first": first, "last": last}
        cells.write(tx)
    return tx.changed


def _cells(ctx: Context, connection: Connection, absence: Absence) -> Cells:
    if (
        absence.kind not in KINDS
        or absence.part not in PARTS
        or (absence.part == HOURS) != (absence.minutes is not None)
    ):
        raise TypeError(f"no absence {absence.kind}, {absence.part}, {absence.minutes}")
    if absence.last < absence.first:
        raise UserError(
            "ends_before_start",
            N_("The absence would end on {last}, before it starts on {first}."),
            N_("Choose a later last day."),
            params={"first": absence.first, "last": absence.last},
        )
    check_span((absence.first, absence.last))
    cells = Cells(ctx, connection, {absence.person_id}, absence.first, absence.last)
    cells.number(absence.person_id)
    if cells.without_health and absence.kind not in SHOWN:
        raise no_health()
    return cells


def _days(cells: Cells, absence: Absence, connection: Connection) -> list[AbsenceDay]:
    found = [each for day in cells.targets.days if (each := _day(cells, absence, day)) is not None]
    if not found:
        raise UserError(
            "nothing_planned",
            N_("Nothing is planned for {person} from {first} to {last}, so nothing is missed."),
            N_("Check the days, or plan the work first."),
            params={
                "person": cells.number(absence.person_id),
                "first": absence.first,
                "last": absence.last,
            },
        )
    refuse_closed(connection, [each.day for each in found])
    return found


def _day(cells: Cells, absence: Absence, day: date) -> AbsenceDay | None:
    """Say what becomes of a day, None when it has nothing to miss."""
    target = cells.missable(absence.person_id, day)
    rows = cells.visible(absence.person_id, day)
    hidden = cells.absent(absence.person_id, day) - sum(row["minutes"] for row in rows)
    most = target.minutes - hidden
    wanted = {
        DAY: target.minutes,
        MORNING: target.morning,
        AFTERNOON: target.minutes - target.morning,
        HOURS: absence.minutes or 0,
    }[absence.part]
    part = absence.part
    for row in rows:
        if row["kind"] == absence.kind and row["part"] != part:  # the other half of the same absence
            wanted, part = wanted + row["minutes"], HOURS
    wanted = min(wanted, most)
    if wanted <= 0:
        return None
    others = [Missed(row["kind"], row["minutes"], row["part"]) for row in rows if row["kind"] != absence.kind]
    kept, replaced = _shrunk(others, most - wanted)
    room = most - wanted - sum(each.minutes for each in kept)
    worked = max(0, sum(minutes for _, minutes in cells.done(absence.person_id, day) or ()) - room)
    whole = DAY if wanted == target.minutes else part if part != DAY else HOURS
    return AbsenceDay(day, wanted, replaced, worked, (Missed(absence.kind, wanted, whole), *kept), room)


def _shrunk(others: list[Missed], most: int) -> tuple[list[Missed], int]:
    """Let other absences of a day give way until they take at most so many minutes; the longest first."""
    over = replaced = max(0, sum(each.minutes for each in others) - most)
    kept = []
    for each in sorted(others, key=lambda one: -one.minutes):
        less = min(over, each.minutes)
        over -= less
        if each.minutes > less:
            kept.append(Missed(each.kind, each.minutes - less, HOURS if less else each.part))
    return kept, replaced


def _set(cells: Cells, absence: Absence, each: AbsenceDay, kept: int | None) -> None:
    cells.set_absences(absence.person_id, each.day, each.after)
    cells.set_more(absence.person_id, each.day, absence.kind, {"kept": kept, "note": absence.note.strip()})
    if each.worked:
        cells.set_minutes(absence.person_id, each.day, each.room or None, TYPED)


def _counted(connection: Connection, absence: Absence, days: list[AbsenceDay]) -> Decimal:
    """Count the days of an absence in the person's own weeks: her longest day there is a whole one."""
    first, last = week_of(absence.first)[0], week_of(absence.last)[1]
    targets = day_targets(connection, first, last, {absence.person_id})
    longest = longest_days(targets, absence.person_id)
    return leave_days(
        (each.minutes, targets.missable(absence.person_id, each.day).minutes, longest[week_of(each.day)[0]])
        for each in days
    )
