"""The gate: the only way in which rows change. What passes is recorded before and after, for the journal.

The connection around it is `query_only`; the gate opens it for the length of its own statements. So SQL that changes
rows past the gate fails, and nothing can be changed without the journal knowing.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, LargeBinary, Text, bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.journal import Change, Changed, table_of
from ltu_desktop.store.roles import may_change
from ltu_desktop.store.tables import EDITED, blob
from ltu_desktop.store.trouble import READONLY, sqlite_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Table

    from ltu_desktop.store.ids import Ids
    from ltu_desktop.store.journal import Image, Param, Value

_PYTHON: dict[type, type] = {Text: str, Integer: int, LargeBinary: bytes, Date: date}
_CHUNK = 500


@contextmanager
def opened(connection: Connection) -> Iterator[None]:
    """Let the writer's connection change rows inside the block: all of the block, or nothing when it raises."""
    raw: Any = connection.connection.driver_connection
    if not raw.in_transaction:  # a full disk ends it, whoever catches the error
        raise RuntimeError("the transaction was rolled back")
    raw.execute("PRAGMA query_only = OFF")
    try:
        raw.execute("SAVEPOINT gate")
        try:
            yield
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK TO gate")
            raise
        finally:
            if raw.in_transaction:
                raw.execute("RELEASE gate")
    finally:
        raw.execute("PRAGMA query_only = ON")


@contextmanager
def guarded() -> Iterator[None]:
    """Name the bug when SQL past the gate tries to change something."""
    try:
        yield
    except DBAPIError as error:
        if sqlite_code(error) != READONLY:
            raise
        raise RuntimeError("rows are changed through Write, which keeps the journal") from error


class Write:
    """One transaction of one action: what `Store.write` yields.

    `connection` reads inside the transaction, `params` may be completed until the end, `changed` tells afterwards what
    was changed.
    """

    def __init__(
        self,
        connection: Connection,
        ids: Ids,
        params: dict[str, Param],
        initiator: object | None,
        closed: frozenset[str] = frozenset(),
    ) -> None:
        self.connection = connection
        self.params = params
        self.changes: list[Change] = []
        self.changed = Changed(frozenset(), frozenset(), None, initiator)
        self._ids = ids
        self._closed = closed  # tables that the operator's role may not change

    def new_id(self) -> bytes:
        """Return a new key, for rows that name each other."""
        return self._ids()

    def insert(self, table: Table, values: Mapping[str, Value]) -> bytes:
        """Insert a row and return its key: the given "id", else a new one."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: Table, rows: Iterable[Mapping[str, Value]]) -> list[bytes]:
        """Insert rows at once and return their keys in order."""
        whole = [self._whole(table, row) for row in rows]
        keys: list[Any] = [row["id"] for row in whole]
        self.apply([Change(str(table.name), key, None, image) for key, image in zip(keys, whole, strict=True)])
        return keys

    def update(self, table: Table, key: bytes, values: Mapping[str, Value], expected_version: int | None = None) -> int:
        """Change columns of a row and return its version now; values that are there already change nothing.

        Raises UserError `changed_meanwhile` when the row has another version than expected, `gone` when it is no more.
        """
        row = self._row(table, key)
        version: Any = row["version"]
        if expected_version is not None and version != expected_version:
            theirs = {name: row[name] for name in values}
            raise UserError(
                "changed_meanwhile",
                N_("Somebody else has changed this in the meantime."),
                N_("Look at the new values, then change them again if need be."),
                params={"table": table.name, "mine": dict(values), "theirs": theirs},
            )
        change = self._difference(table, key, row, values)
        if change is None:
            return int(version)
        self.apply([change])
        return int(version) + 1

    def update_many(self, table: Table, rows: Mapping[bytes, Mapping[str, Value]]) -> None:
        """Change columns of many rows at once; raise UserError `gone` when one is no more."""
        keys = list(rows)
        found: dict[Any, Image] = {}
        for at in range(0, len(keys), _CHUNK):
            query = select(table).where(table.c.id.in_(keys[at : at + _CHUNK]))
            found.update({row["id"]: dict(row) for row in self.connection.execute(query).mappings()})
        if len(found) < len(keys):
            raise _gone(table)
        changes = [change for key in keys if (change := self._difference(table, key, found[key], rows[key]))]
        self.apply(changes)

    def delete(self, table: Table, key: bytes) -> None:
        """Delete a row; raise UserError `gone` when it is no more."""
        row = self._row(table, key)
        self.apply([Change(str(table.name), key, row, None)])

    def put_blob(self, content: bytes) -> str:
        """Keep a content under its SHA-256 (once, and outside undo) and return that."""
        name = hashlib.sha256(content).hexdigest()
        with opened(self.connection):
            self.connection.execute(insert(blob).prefix_with("OR IGNORE"), [{"sha256": name, "content": content}])
        return name

    def apply(self, changes: Sequence[Change]) -> None:
        """Make changes in order and record them; neighbours of the same shape go in one statement."""
        for table in {change.table for change in changes}:
            may_change(self._closed, table)
        with opened(self.connection):
            for _, group in groupby(changes, key=_shape):
                _execute(self.connection, list(group))
        self.changes += changes

    def _whole(self, table: Table, values: Mapping[str, Value]) -> Image:
        """Complete a new row with its key and the columns' defaults, empty ones included."""
        _checked(table, values)
        row = {**_defaults(table), **values}
        row["id"] = row["id"] or self._ids()
        return row

    def _row(self, table: Table, key: bytes) -> Image:
        found = self.connection.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
        if found is None:
            raise _gone(table)
        return dict(found)

    def _difference(self, table: Table, key: bytes, row: Image, values: Mapping[str, Value]) -> Change | None:
        _checked(table, values)
        if "id" in values or "version" in values:
            raise TypeError(f"{table.name}: the store keeps id and version")
        after = {name: value for name, value in values.items() if row[name] != value}
        if not after:
            return None
        version: Any = row["version"]
        before = {name: row[name] for name in after}
        return Change(str(table.name), key, {**before, "version": version}, {**after, "version": version + 1})


def _checked(table: Table, values: Mapping[str, Value]) -> None:
    """Refuse, as our bug, a table outside the journal, unknown columns and values of another type than the column's."""
    kinds = _kinds(table)
    for name, value in values.items():
        kind = kinds[name]
        if type(value) is kind or value is None:
            continue
        if not isinstance(value, kind) or isinstance(value, datetime):  # a moment is a date too, in Python
            raise TypeError(f"{table.name}.{name} takes {kind.__name__}, not {type(value).__name__}")


@lru_cache
def _kinds(table: Table) -> dict[str, type]:
    if table not in EDITED:
        raise TypeError(f"{table.name} is not changed by actions")
    return {str(column.name): _PYTHON[type(column.type)] for column in table.columns}


@lru_cache
def _defaults(table: Table) -> Image:
    return {str(column.name): getattr(column.default, "arg", None) for column in table.columns}


def _shape(change: Change) -> tuple[str, bool, tuple[str, ...]]:
    return change.table, change.before is None, () if change.after is None else tuple(change.after)


def _execute(connection: Connection, changes: list[Change]) -> None:
    """Make changes of one shape: same table, same kind, same columns."""
    table = table_of(changes[0].table)
    first = changes[0]
    rows: list[Any]
    if first.after is None:
        statement: Any = delete(table).where(table.c.id == bindparam("the_id"))
        rows = [{"the_id": change.id} for change in changes]
    elif first.before is None:
        statement, rows = insert(table), [change.after for change in changes]
    else:
        statement = update(table).where(table.c.id == bindparam("the_id"))
        rows = [{**(change.after or {}), "the_id": change.id} for change in changes]
    done = connection.execute(statement, rows)
    assert first.before is None or done.rowcount == len(changes), f"{table.name}: the journal and the rows disagree"


def _gone(table: Table) -> UserError:
    return UserError(
        "gone",
        N_("This has been deleted in the meantime."),
        N_("Look at the history to see who deleted it."),
        params={"table": table.name},
    )
