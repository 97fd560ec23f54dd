"""Support and training: what was done with somebody, how long, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.activities import gone
from ltu_desktop.actions.checks import bad_value, check_day
from ltu_desktop.queries import skills as queries
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.errors import N_
from ltu_desktop.store.tables import support_note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.journal import Changed

KINDS: dict[str, str] = {
    "interview": N_("Interview"),
    "support": N_("Support"),
    "project": N_("Project"),
    "training": N_("Training"),
}
"""Kinds of notes in words."""

_MOST_MINUTES = 200 * 60


def add_note(ctx: Context, person_id: bytes, *, day: date, kind: str, **values: object) -> bytes:
    """Note an interview, a support, a project or a training; `values`: `minutes`, `note`, `next_step`, `next_on`."""
    with ctx.store.write("support.add", initiator=ctx.initiator) as tx:
        number = staff_number(tx.connection, person_id)
        if number is None:
            raise gone()
        tx.params |= {"person": number, "day": day}
        checked = _checked(ctx, number, {"day": day, "kind": kind, **values})
        return tx.insert(support_note, {"person_id": person_id, **checked})


def change_note(
    ctx: Context, note_id: bytes, values: Mapping[str, object], *, expected_version: int | None = None
) -> Changed:
    """Change a note; `done` says whether its next step is done."""
    with ctx.store.write("support.change", initiator=ctx.initiator) as tx:
        number = queries.note_owner(tx.connection, note_id)
        tx.params["person"] = number
        checked = _checked(ctx, number, values)
        tx.update(support_note, note_id, checked, expected_version)
    return tx.changed


def remove_note(ctx: Context, note_id: bytes) -> Changed:
    """Remove a note."""
    with ctx.store.write("support.remove", initiator=ctx.initiator) as tx:
        tx.params["person"] = queries.note_owner(tx.connection, note_id)
        tx.delete(support_note, note_id)
    return tx.changed


def _checked(ctx: Context, place: str, values: Mapping[str, object]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for field, value in values.items():
        if field in {"note", "next_step"}:
            checked[field] = str(value or "").strip()
        elif field in {"day", "next_on"}:
            day: Any = value
            if day is not None:
                check_day(ctx, place, field, day)
            checked[field] = day
        elif field == "kind":
            if value not in KINDS:
                raise bad_value(ctx, place, field, value)
            checked[field] = value
        elif field == "minutes":
            if not isinstance(value, int) or not 0 <= value <= _MOST_MINUTES:
                raise bad_value(ctx, place, field, value)
            checked[field] = value
        elif field == "done":
            checked[field] = int(bool(value))
        else:
            raise TypeError(f"support_note.{field} is not changed this way")
    return checked
