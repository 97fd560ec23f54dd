"""Days on the ground being changed: what stands in the file for some people and days, and the changes to it in one go.

Every action that writes hours worked or absences goes through here, so that all treat a day alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.queries.attachments import subjects_of
from ltu_desktop.queries.attendance import days_of, days_rows, planned_shares, staff_numbers
from ltu_desktop.queries.day_targets import day_targets
from ltu_desktop.rules.absence_kinds import SHOWN
from ltu_desktop.rules.attendance_days import Missed, Outcome, Shares, allot
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.journal import Change
from ltu_desktop.store.roles import WITHOUT_HEALTH, no_health, role_of
from ltu_desktop.store.tables import absence_day, attachment, attendance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.rules.attendance_days import DayTarget
    from ltu_desktop.store.gate import Write

Row = dict[str, Any]

NEAR = 4
"""Days apart at which two days of a kind are one absence: a weekend with a public holiday may lie between them."""


class Cells:
    """Some people's days from `first` to `last`, as the file has them; `set_*` note changes, `write` makes them."""

    def __init__(
        self, ctx: Context, connection: Connection, people: Collection[bytes], first: date, last: date
    ) -> None:
        self.targets = day_targets(connection, first, last, people)
        self.numbers = staff_numbers(connection, people)
        self.without_health = role_of(connection, ctx.store.operator) == WITHOUT_HEALTH
        self._planned = planned_shares(connection, first, last, people)
        self._done = days_rows(connection, attendance, people, first, last)
        self._away = days_rows(connection, absence_day, people, first, last)
        self._inserts: dict[str, list[Row]] = {"attendance": [], "absence_day": []}
        self._updates: dict[str, dict[bytes, Row]] = {"attendance": {}, "absence_day": {}}
        self._deletes: list[Change] = []

    def number(self, person_id: bytes) -> str:
        """Return a person's staff number; raise UserError `gone` when she is not in the file any more."""
        found = self.numbers.get(person_id)
        if found is None:
            raise UserError(
                "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
            )
        return found

    def target(self, person_id: bytes, day: date) -> DayTarget:
        """Return what is planned for a person on a day."""
        return self.targets.of(person_id, day)

    def missable(self, person_id: bytes, day: date) -> DayTarget:
        """Return what a person can miss on a day: what is planned, or what would be had nobody taken her place."""
        return self.targets.missable(person_id, day)

    def done(self, person_id: bytes, day: date) -> Shares | None:
        """Return the minutes worked by activity, None when nothing is said."""
        rows = self._done.get((person_id, day))
        return tuple((row["activity_id"], row["minutes"]) for row in rows) if rows else None

    def absent(self, person_id: bytes, day: date) -> int:
        """Return the minutes missed on a day."""
        return sum(row["minutes"] for row in self._away.get((person_id, day), ()))

    def visible(self, person_id: bytes, day: date) -> list[Row]:
        """Return the absences of a day that the operator may see and change, as the file has them."""
        rows = self._away.get((person_id, day), [])
        return [row for row in rows if not self.without_health or row["kind"] in SHOWN]

    def outcome(self, person_id: bytes, day: date, activity_id: bytes | None) -> Outcome:
        """Return what a day is, or what was worked on one activity, as far as the operator may see."""
        shares = self.done(person_id, day)
        if activity_id is not None:
            return Outcome(dict(shares or ()).get(activity_id), ())
        worked = None if shares is None else sum(minutes for _, minutes in shares)
        rows = self.visible(person_id, day)
        return Outcome(worked, tuple(Missed(row["kind"], row["minutes"], row["part"]) for row in rows))

    def set_minutes(self, person_id: bytes, day: date, minutes: int | None, origin: str) -> bool:
        """Say how long somebody worked in all, shared out to activities; None: nothing is said. Tell if it changes."""
        shares: dict[bytes | None, int] = {}
        if minutes is not None:
            planned = self._planned.get(person_id, {}).get(day, ())
            shares = allot(minutes, self.done(person_id, day) or (), planned, self._team(person_id, day))
        return self._set_shares(person_id, day, shares, origin)

    def set_activity(
        self, person_id: bytes, day: date, activity_id: bytes | None, minutes: int | None, origin: str
    ) -> bool:
        """Say how long somebody worked on one activity, leaving the others; None takes it off."""
        shares = dict(self.done(person_id, day) or ())
        shares.pop(activity_id, None)
        if minutes is not None:
            shares[activity_id] = minutes
        return self._set_shares(person_id, day, shares, origin)

    def _team(self, person_id: bytes, day: date) -> bytes | None:
        stretches = self.targets.employments.get(person_id, ())
        return next(
            (each.activity_id for each in stretches if each.start <= day and (each.end or day) >= day),
            None,
        )

    def _set_shares(self, person_id: bytes, day: date, shares: dict[bytes | None, int], origin: str) -> bool:
        left = dict(shares)
        changed = False
        for row in self._done.get((person_id, day), ()):
            minutes = left.pop(row["activity_id"], None)
            if minutes is None:
                self._deletes.append(Change("attendance", row["id"], row, None))
                changed = True
            elif minutes != row["minutes"]:
                self._updates["attendance"][row["id"]] = {"minutes": minutes, "origin": origin}
                changed = True
        for activity_id, minutes in left.items():
            values = {"person_id": person_id, "day": day, "activity_id": activity_id, "minutes": minutes}
            self._inserts["attendance"].append({**values, "origin": origin})
            changed = True
        return changed

    def set_absences(self, person_id: bytes, day: date, missed: Iterable[Missed]) -> bool:
        """Say what a person missed on a day and why; tell whether that changes anything.

        Kinds that the operator may not see stay as they are; he cannot enter them (UserError `no_health`).
        """
        left = {each.kind: each for each in missed}
        if self.without_health and not left.keys() <= SHOWN:
            raise no_health()
        changed = False
        for row in self.visible(person_id, day):
            each = left.pop(row["kind"], None)
            if each is None:
                self._deletes.append(Change("absence_day", row["id"], row, None))
                changed = True
            elif (row["minutes"], row["part"]) != (each.minutes, each.part):
                self._updates["absence_day"][row["id"]] = {"minutes": each.minutes, "part": each.part}
                changed = True
        for each in left.values():
            values = {"person_id": person_id, "day": day, "kind": each.kind}
            self._inserts["absence_day"].append({**values, "minutes": each.minutes, "part": each.part})
            changed = True
        return changed

    def set_more(self, person_id: bytes, day: date, kind: str, values: Row) -> None:
        """Say more of an absence that was set: the pay kept, a note."""
        for row in self._away.get((person_id, day), ()):
            if row["kind"] == kind:
                known = self._updates["absence_day"].setdefault(row["id"], {"minutes": row["minutes"]})
                known.update(values)
        for row in self._inserts["absence_day"]:
            if (row["person_id"], row["day"], row["kind"]) == (person_id, day, kind):
                row.update(values)

    def write(self, tx: Write) -> None:
        """Make the changes that were noted: what goes first, then what changes, then what is new; papers follow."""
        tx.apply(sorted(self._deletes, key=lambda change: change.table))
        for table in (attendance, absence_day):
            name = str(table.name)
            if self._updates[name]:
                tx.update_many(table, self._updates[name])
            if self._inserts[name]:
                tx.insert_many(table, self._inserts[name])
        self._keep_papers(tx)

    def _keep_papers(self, tx: Write) -> None:
        """Hang the papers of days of absence that go on what is left of the absence, or takes its place that day.

        Where neither is, on the person's nearest day of that kind, else on the person.
        """
        gone: dict[bytes, Row] = {
            change.id: dict(change.before or {}) for change in self._deletes if change.table == "absence_day"
        }
        for paper, subject_id in subjects_of(tx.connection, "absence_day", list(gone)):
            row = gone[subject_id]
            who, day = row["person_id"], row["day"]
            alike = days_of(tx.connection, who, row["kind"])
            near = sorted((abs((each - day).days), key) for key, each in alike.items())
            same_day = days_rows(tx.connection, absence_day, {who}, day, day).get((who, day), [])
            instead = [(0, each["id"]) for each in sorted(same_day, key=lambda one: -one["minutes"])]
            left = [each for each in near if each[0] <= NEAR]
            found = [*left, *instead, *near]
            subject, key = ("absence_day", found[0][1]) if found else ("person", who)
            tx.update(attachment, paper, {"subject": subject, "subject_id": key})
