"""Whether an entry may be taken back: not when it is final, not when later changes stand on its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, and_, exists, select

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import journal as book
from ltu_desktop.store.closed import refuse_changes
from ltu_desktop.store.tables import EDITED, attachment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column, Connection, Table

    from ltu_desktop.store.journal import Change, Entry, History, Image

_CHUNK = 500


def chosen(connection: Connection, history: History, number: int | None, *, redo: bool) -> Entry:
    """Return the entry to take back; raise UserError when there is none, or it is final or taken back already."""
    entry = book.entry(connection, history, number)
    if entry is None and number is not None:
        raise UserError("no_entry", N_("The history has no entry {number}."), params={"number": number})
    if entry is None and redo:
        raise UserError("nothing", N_("There is nothing to redo."))
    if entry is None:  # when a final entry came last, say so
        entry = book.entry(connection, history, history.barrier)
    if entry is None:
        raise UserError("nothing", N_("There is nothing to undo."))
    params: dict[str, object] = {"number": entry.number}
    if entry.final:
        raise _final(entry)
    if entry.kind == "note":
        raise UserError(
            "note", N_("Entry {number} of the history changed no data: there is nothing to undo."), params=params
        )
    if entry.undone:
        raise UserError("already_undone", N_("Entry {number} of the history was undone already."), params=params)
    return book.entry(connection, history, history.last(entry.number)) or entry  # done again: what did it last


def _final(entry: Entry) -> UserError:
    if entry.action == book.MIGRATED:
        return _final_update()
    return UserError(
        "sealed",
        N_("A sealed claim cannot be undone, only corrected."),
        N_("Make a corrective claim."),
        params={"number": entry.number},
    )


def _final_update() -> UserError:
    return UserError("migrated", N_("What was done before an update of the file cannot be undone."))


def check(connection: Connection, history: History, entry: Entry, changes: list[Change]) -> None:
    """Raise UserError that names what stands in the way of taking an entry back.

    Its rows must be as the entry left them; no row may hang on those that go; for those that come back there must be
    their parents, and no other row with the same unique values; closed months stand still.
    """
    if history.updated > entry.number:
        raise _final_update()
    refuse_changes(connection, changes)
    left: dict[str, dict[bytes, Image | None]] = {}
    for change in changes:
        rows = left.setdefault(change.table, {})
        known = rows.get(change.id)
        rows[change.id] = None if change.after is None else {**(known or {}), **change.after}
    own = {change.id for change in changes}
    stuck = {key for table, rows in left.items() for key in _different(connection, table, rows)}
    stuck.update(_children(connection, changes, own))
    for change in changes:
        stuck.update(_missing_parents(connection, change, own))
        stuck.update(_rivals(connection, change, own))
    if not stuck:
        return
    later = sorted({history.last(number) for number in book.touching(connection, stuck, entry.number)})
    blockers = [number for number in later if history.effective(number)] or later
    if not blockers:
        raise UserError(
            "changed_outside",
            N_("This was changed outside of this program and cannot be undone."),
            N_("Check the file, then change it by hand or restore a backup."),
        )
    one = len(blockers) == 1
    raise UserError(
        "in_the_way",
        N_("A later change depends on this one (history entry {numbers}).")
        if one
        else N_("Later changes depend on this one (history entries {numbers})."),
        N_("Undo that one first.") if one else N_("Undo those first, the latest first."),
        params={"numbers": ", ".join(str(number) for number in blockers), "blockers": blockers},
    )


def _different(connection: Connection, name: str, left: Mapping[bytes, Image | None]) -> Iterator[bytes]:
    """Find the rows that are no longer as they were left; None stands for a deleted row."""
    table = book.table_of(name)
    keys = list(left)
    for at in range(0, len(keys), _CHUNK):
        chunk = keys[at : at + _CHUNK]
        query = select(table).where(table.c.id.in_(chunk))
        there = {row["id"]: row for row in connection.execute(query).mappings()}
        for key in chunk:
            image, row = left[key], there.get(key)
            if image is None or row is None:
                same = image is None and row is None
            else:
                same = all(row[column] == value for column, value in image.items())
            if not same:
                yield key


def _children(connection: Connection, changes: list[Change], own: set[bytes]) -> Iterator[bytes]:
    """Find the rows that hang on rows which were inserted, and would now lose them."""
    inserted: dict[str, list[bytes]] = {}
    for change in changes:
        if change.before is None:
            inserted.setdefault(change.table, []).append(change.id)
    for parent, keys in inserted.items():
        for table, column in _references(parent):
            for at in range(0, len(keys), _CHUNK):
                found = connection.execute(select(table.c.id).where(column.in_(keys[at : at + _CHUNK]))).scalars()
                yield from (key for key in found if key not in own)


def _references(parent: str) -> Iterator[tuple[Table, Column[Any]]]:
    for table in EDITED:
        for column in table.columns:
            if any(key.column.table.name == parent for key in column.foreign_keys):
                yield table, column
    yield attachment, attachment.c.subject_id  # names rows of any table


def _missing_parents(connection: Connection, change: Change, own: set[bytes]) -> Iterator[bytes]:
    for column in book.table_of(change.table).columns:
        parent: Any = (change.before or {}).get(column.name)
        for key in column.foreign_keys:
            if parent is not None and parent not in own:
                there = select(exists().where(key.column == parent))
                if not connection.execute(there).scalar_one():
                    yield parent


def _rivals(connection: Connection, change: Change, own: set[bytes]) -> Iterator[bytes]:
    table = book.table_of(change.table)
    before = change.before or {}
    for rule in table.constraints:
        columns = list(rule.columns) if isinstance(rule, UniqueConstraint) else []
        if not any(column.name in before for column in columns):
            continue
        row = connection.execute(select(*columns).where(table.c.id == change.id)).mappings().one_or_none()
        now: Mapping[str, Any] = {} if row is None else dict(row)
        same = and_(*(column == before.get(column.name, now.get(column.name)) for column in columns))
        found = connection.execute(select(table.c.id).where(same)).scalars()
        yield from (key for key in found if key not in own)
