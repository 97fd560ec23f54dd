"""The journal: who did what when, the rows before and after, chained by hash. Undo and history read nothing else.

An entry that undoes another names it in `undoes`; a redo undoes the undo. So entries hang together in chains
(done, undone, done again…): a chain of odd length has its effect, one of even length has none.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Date, LargeBinary, func, insert, select

from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import journal, journal_row, metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Row, Table

Value = str | int | bytes | date | None
Param = str | int | Decimal | date | datetime | Month | None
Image = dict[str, Value]

_JSON = msgspec.json.Encoder(order="deterministic")
DONE, FINAL, NOTE = 0, 1, 2  # values of journal.final: can be undone, stops undo, is outside undo
MIGRATED = "store.migrate"  # action of the entry that an update of the tables leaves
FIRST_HASH = "0" * 64


class Change(msgspec.Struct, frozen=True):
    """One row's change: no `before` means inserted, no `after` deleted; else the changed columns, before and after."""

    table: str
    id: bytes
    before: Image | None
    after: Image | None

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.id, self.after, self.before)


class Entry(msgspec.Struct, frozen=True):
    """One entry: one transaction of one action.

    `undoes` is the entry that this one takes back, `kind` is "do", "undo", "redo" or "note", `undone` tells whether it
    is without effect now, `final` that it stops undo for good.
    """

    number: int
    at: datetime
    operator: str
    action: str
    params: dict[str, Param]
    undoes: int | None
    kind: str
    undone: bool
    final: bool


class Changed(msgspec.Struct, frozen=True):
    """What a write has changed: for pages that show these tables. `initiator` need not reload."""

    tables: frozenset[str]
    ids: frozenset[bytes]
    entry: int | None
    initiator: object | None = None


# ---- params: typed values in JSON ----

_TAGS: dict[type, tuple[str, Any]] = {
    Decimal: ("decimal", Decimal),
    datetime: ("moment", datetime.fromisoformat),
    date: ("day", date.fromisoformat),
    Month: ("month", Month.parse),
}
_READERS: dict[str, Any] = dict(_TAGS.values())


def encode_params(params: Mapping[str, Param]) -> str:
    """Write params as JSON; a type that is not of `Param` raises TypeError (floats above all)."""
    return _JSON.encode({key: _tagged(key, value) for key, value in params.items()}).decode()


def decode_params(text: str) -> dict[str, Param]:
    """Read params back, typed as they were."""
    found: dict[str, Any] = msgspec.json.decode(text)
    return {key: _untagged(value) if isinstance(value, dict) else value for key, value in found.items()}


def _tagged(key: str, value: Param) -> Any:
    if value is None or isinstance(value, (str, int)):
        return value
    if type(value) not in _TAGS:
        raise TypeError(f"param {key}: {type(value).__name__} is not kept in the journal")
    tag = _TAGS[type(value)][0]
    return {tag: value.isoformat() if isinstance(value, date) else str(value)}


def _untagged(value: dict[str, str]) -> Param:
    [(tag, text)] = value.items()
    read: Param = _READERS[tag](text)
    return read


# ---- changes: rows in JSON; the column's type tells how to read a value back ----


def encode_changes(changes: Iterable[Change]) -> str:
    """Write changes as JSON: keys and dates as text."""
    rows = [{"table": c.table, "id": c.id.hex(), "before": _plain(c.before), "after": _plain(c.after)} for c in changes]
    return _JSON.encode(rows).decode()


def _plain(image: Image | None) -> dict[str, Any] | None:
    if image is None:
        return None
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in image.items()}


def decode_changes(text: str) -> list[Change]:
    """Read changes back."""
    return [
        Change(c["table"], bytes.fromhex(c["id"]), _typed(c["table"], c["before"]), _typed(c["table"], c["after"]))
        for c in msgspec.json.decode(text)
    ]


def _typed(table: str, image: dict[str, Any] | None) -> Image | None:
    if image is None:
        return None
    columns: Any = metadata.tables[table].columns if table in metadata.tables else {}
    return {
        name: _read(columns[name].type, value) if value is not None and name in columns else value
        for name, value in image.items()
    }


def _read(kind: object, value: Any) -> Value:
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    known: Value = value
    return known


# ---- entries ----


def append(
    connection: Connection,
    *,
    at: datetime,
    operator: str,
    action: str,
    params: Mapping[str, Param],
    changes: list[Change],
    undoes: int | None,
    final: int,
) -> int:
    """Write the next entry and its index in the running transaction; return its number."""
    last = connection.execute(
        select(journal.c.number, journal.c.hash).order_by(journal.c.number.desc()).limit(1)
    ).one_or_none()
    number, previous = (last.number + 1, last.hash) if last else (1, FIRST_HASH)
    row: dict[str, Any] = {
        "number": number,
        "at": at.isoformat(),
        "operator": operator,
        "action": action,
        "undoes": undoes,
        "final": final,
        "previous_hash": previous,
        "params": encode_params(params),
        "changes": encode_changes(changes),
    }
    connection.execute(insert(journal), [{**row, "hash": entry_hash(row)}])
    touched = sorted({change.id for change in changes})
    if touched:
        connection.execute(insert(journal_row), [{"row_id": key, "number": number} for key in touched])
    return number


def entry_hash(row: Mapping[str, Any]) -> str:
    """Hash an entry: all its columns but its own hash, the previous entry's hash included."""
    head = [row[name] for name in ("number", "at", "operator", "action", "undoes", "final")]
    text = "\n".join([row["previous_hash"], _JSON.encode(head).decode(), row["params"], row["changes"]])
    return hashlib.sha256(text.encode()).hexdigest()


def changes_of(connection: Connection, number: int) -> list[Change]:
    """Return the changes of an entry in the order in which they were made."""
    return decode_changes(connection.execute(select(journal.c.changes).where(journal.c.number == number)).scalar_one())


def touching(connection: Connection, ids: Iterable[bytes], after: int) -> set[int]:
    """Return the numbers of the entries later than `after` that touched one of the rows."""
    found: set[int] = set()
    keys = list(ids)
    for at in range(0, len(keys), 500):
        query = select(journal_row.c.number).distinct()
        query = query.where(journal_row.c.row_id.in_(keys[at : at + 500]), journal_row.c.number > after)
        found.update(connection.execute(query).scalars())
    return found


_COLUMNS = tuple(journal.c[name] for name in ("number", "at", "operator", "action", "params", "undoes", "final"))


class History:
    """What can be undone and redone, folded from the journal's small columns; reads only what is new."""

    def __init__(self) -> None:
        self.barrier: int | None = None  # the last final entry
        self.updated = 0  # the last update of the tables: older images may not fit
        self._last = 0
        self._notes: set[int] = set()
        self._undo: list[int] = []
        self._redo: list[int] = []
        self._undoes: dict[int, int] = {}
        self._undone_by: dict[int, int] = {}

    def read(self, connection: Connection) -> None:
        """Take in the entries committed since the last call."""
        columns = (journal.c.number, journal.c.undoes, journal.c.final, journal.c.action)
        query = select(*columns).where(journal.c.number > self._last).order_by(journal.c.number)
        for number, undoes, final, action in connection.execute(query):
            self._last = number
            if action == MIGRATED:
                self.updated = number
            if final == NOTE:
                self._notes.add(number)
            else:
                self._add(number, undoes, final=final == FINAL)

    def _add(self, number: int, undoes: int | None, *, final: bool) -> None:
        if undoes is not None:
            self._undoes[number] = undoes
            self._undone_by[undoes] = number
        if self.kind(number) == "undo":
            if undoes in self._undo:
                self._undo.remove(undoes)
            self._redo.append(number)
            return
        if undoes in self._redo:
            self._redo.remove(undoes)
        else:
            self._redo.clear()
        if final:
            self._undo.clear()
            self.barrier = number
        else:
            self._undo.append(number)

    @property
    def undoable(self) -> int | None:
        """The entry that a plain undo takes back."""
        return self._undo[-1] if self._undo else None

    @property
    def redoable(self) -> int | None:
        """The undo that a redo takes back."""
        return self._redo[-1] if self._redo else None

    def kind(self, number: int) -> str:
        """Tell whether an entry does, undoes, does again or only notes."""
        if number in self._notes:
            return "note"
        depth = 0
        while number in self._undoes:
            number, depth = self._undoes[number], depth + 1
        return "do" if depth == 0 else "undo" if depth % 2 else "redo"

    def undone(self, number: int) -> bool:
        """Tell whether an entry was taken back and stayed so."""
        steps = 0
        while number in self._undone_by:
            number, steps = self._undone_by[number], steps + 1
        return steps % 2 == 1

    def last(self, number: int) -> int:
        """Return the last entry of the chain to which an entry belongs."""
        while number in self._undone_by:
            number = self._undone_by[number]
        return number

    def effective(self, number: int) -> bool:
        """Tell whether the chain to which an entry belongs has its effect on the rows now."""
        return self.undone(number) == (self.kind(number) == "undo")


def entry(connection: Connection, history: History, number: int | None) -> Entry | None:
    """Return an entry by its number; None when there is none."""
    if number is None:
        return None
    found = connection.execute(select(*_COLUMNS).where(journal.c.number == number)).one_or_none()
    return _entry(found, history) if found else None


def entries(
    connection: Connection, history: History, *, limit: int | None = None, row_id: bytes | None = None
) -> list[Entry]:
    """Return entries, the latest first; those that touched a row when it is given."""
    query = select(*_COLUMNS).order_by(journal.c.number.desc())
    if row_id is not None:
        query = query.join(journal_row, journal_row.c.number == journal.c.number).where(journal_row.c.row_id == row_id)
    if limit is not None:
        query = query.limit(limit)
    return [_entry(row, history) for row in connection.execute(query)]


def _entry(row: Row[Any], history: History) -> Entry:
    return Entry(
        number=row.number,
        at=datetime.fromisoformat(row.at),
        operator=row.operator,
        action=row.action,
        params=decode_params(row.params),
        undoes=row.undoes,
        kind=history.kind(row.number),
        undone=history.undone(row.number),
        final=row.final == FINAL,
    )


def head(connection: Connection) -> int:
    """Return the number of the last entry, 0 when there is none."""
    return int(connection.execute(select(func.coalesce(func.max(journal.c.number), 0))).scalar_one())


def table_of(name: str) -> Table:
    """Return a table by its name in the journal."""
    return metadata.tables[name]
