"""Eligibility: what is known of a person's points, with days, notes and proofs; the committee's decision is hers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ltu_desktop.actions import attachments
from ltu_desktop.actions.checks import check_day
from ltu_desktop.queries.eligibility import point_rows
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.eligibility import CRITERIA, RECOGNISED
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import eligibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

NAMES = {
    "volunteer": N_("Volunteer"),
    "without_job": N_("Without a job for 1 year or more"),
    "resident": N_("Living in the territory for 6 months"),
    "recognised": N_("Recognised by the committee"),
}
"""The points in words."""


class Point(TypedDict, total=False):
    """What is said of a point; what is left out stays as it was."""

    since: date | None
    checked_on: date | None
    note: str


def set_point(ctx: Context, person_id: bytes, criterion: str, point: Point) -> Changed:
    """Say since when a point holds, when it was checked, and a note.

    The committee's decision is said with `people.change_person` (`recognised_on`, `decision_number`).
    """
    with ctx.store.write("eligibility.set", {"criterion": criterion}, initiator=ctx.initiator) as tx:
        tx.params["person"] = _put(ctx, tx, person_id, {criterion: point})
    return tx.changed


def set_many(ctx: Context, people: Mapping[bytes, Mapping[str, Point]]) -> Changed:
    """Say points of many people at once: person → criterion → what is said. One undo step."""
    with ctx.store.write("eligibility.set_many", {"count": len(people)}, initiator=ctx.initiator) as tx:
        for done, (person_id, points) in enumerate(people.items(), 1):
            _put(ctx, tx, person_id, points)
            ctx.progress(done, len(people))
    return tx.changed


def attach_proof(
    ctx: Context, person_id: bytes, criterion: str, name: str, content: bytes, *, day: date | None = None
) -> bytes:
    """Attach the proof of a point and return the paper's key; of `recognised` it is the committee's decision."""
    with ctx.store.write("attachments.attach", initiator=ctx.initiator) as tx:
        if criterion == RECOGNISED:
            return attachments.add(ctx, tx, "person", person_id, name, content, kind="decision", day=day)
        _put(ctx, tx, person_id, {criterion: {}})
        key = point_rows(tx.connection, person_id)[criterion]
        return attachments.add(ctx, tx, "eligibility", key, name, content, kind="proof", day=day)


def _put(ctx: Context, tx: Write, person_id: bytes, points: Mapping[str, Point]) -> str:
    """Write points and return the person's staff number."""
    number = staff_number(tx.connection, person_id)
    if number is None:
        raise UserError(
            "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
        )
    known = point_rows(tx.connection, person_id)
    for criterion, point in points.items():
        if criterion not in CRITERIA or criterion == RECOGNISED:
            raise TypeError(f"eligibility has no row for {criterion}")
        values: dict[str, str | date | None] = {}
        for field in ("since", "checked_on"):
            if field in point:
                day = point[field]
                if day is not None:
                    check_day(ctx, number, field, day, future=False)
                values[field] = day
        if "note" in point:
            values["note"] = point["note"].strip()
        if criterion in known:
            tx.update(eligibility, known[criterion], values)
        else:
            tx.insert(eligibility, {"person_id": person_id, "criterion": criterion, **values})
    return number
