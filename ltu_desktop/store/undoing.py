"""Whether an entry may be taken back: not when it is final, not when later changes stand on its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, and_, exists, select

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import journal as book
from ltu_desktop.store.tables import EDITED, attachment, journal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Column, Connection, Table

    from ltu_desktop.store.journal import Change, Entry, History

MIGRATED = "store.migrate"  # action of the entry that an update of the tables leaves
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
    return entry


def _final(entry: Entry) -> UserError:
    if entry.action == MIGRATED:
        return UserError("migrated", N_("What was done before an update of the file cannot be undone."))
    return UserError(
        "sealed",
        N_("A sealed claim cannot be undone, only corrected."),
        N_("Make a corrective claim."),
        params={"number": entry.number},
    )


def check(connection: Connection, history: History, entry: Entry, changes: list[Change]) -> None:
    """Raise UserError that names the later entries which stand in the way of taking an entry back."""
    updated = select(exists().where(journal.c.action == MIGRATED, journal.c.number > entry.number))
    if connection.execute(updated).scalar_one():
        raise UserError("migrated", N_("What was done before an update of the file cannot be undone."))
    own = {change.id for change in changes}
    rows = own.union(*(_standing(connection, change, own) for change in changes), _children(connection, changes, own))
    later = book.touching(connection, rows, entry.number)
    blockers = sorted(number for number in later if history.effective(number))
    if blockers:
        raise UserError(
            "in_the_way",
            N_("Later changes stand on this one: entries {numbers} of the history."),
            N_("Undo those first, the latest first."),
            params={"numbers": ", ".join(str(number) for number in blockers), "blockers": blockers},
        )


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
    yield attachment, attachment.c.subject_id


def _standing(connection: Connection, change: Change, own: set[bytes]) -> set[bytes]:
    """Find what stands where a row is to come back: a parent that is gone, another row with the same unique values."""
    if not change.before:
        return set()
    table = book.table_of(change.table)
    parents: list[Any] = [change.before.get(column.name) for column in table.columns if column.foreign_keys]
    found: set[bytes] = {parent for parent in parents if parent is not None}
    for columns in _unique(table):
        if not any(column.name in change.before for column in columns):
            continue
        row = connection.execute(select(*columns).where(table.c.id == change.id)).mappings().one_or_none()
        now: Mapping[str, Any] = {} if row is None else dict(row)
        values = {column.name: change.before.get(column.name, now.get(column.name)) for column in columns}
        same = and_(*(column == values[column.name] for column in columns))
        found.update(key for key in connection.execute(select(table.c.id).where(same)).scalars() if key not in own)
    return found


def _unique(table: Table) -> list[list[Column[Any]]]:
    """Return the columns of each unique constraint of a table."""
    return [list(rule.columns) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
