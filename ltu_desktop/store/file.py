"""The store: one file of an employer, opened. Everything that reads or changes it goes through here."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import journal as book
from ltu_desktop.store import undoing
from ltu_desktop.store.connect import engine
from ltu_desktop.store.gate import Write, guarded, opened
from ltu_desktop.store.ids import Ids, timed
from ltu_desktop.store.journal import Change, Changed, Entry, History, Param
from ltu_desktop.store.lock import WriterLock
from ltu_desktop.store.opening import Opened, create_file, must_be_file, open_file
from ltu_desktop.store.trouble import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

    from ltu_desktop.rules.clock import Clock


class Store:
    """One open file. Use `create` or `open`; close it, or use it as a context manager.

    One thread at a time writes (others wait); any thread may read. `operator` is the name that entries carry.
    """

    def __init__(
        self, opened: Opened, lock: WriterLock | None, *, clock: Clock, operator: str, ids: Ids | None
    ) -> None:
        self.path = opened.path
        self.read_only = lock is None
        self.operator = operator
        self.clock = clock
        self._key = opened.key
        self._lock = lock
        self._ids = ids or timed(clock)
        self._readers = engine(opened.path, opened.key, mode=opened.mode)
        self._writer = engine(opened.path, opened.key, mode=opened.mode, writer=True)
        self._writing = threading.Lock()
        self._writing_thread: int | None = None
        self._history = History()
        self._history_lock = threading.Lock()
        self._subscribers: list[Callable[[Changed], None]] = []

    @classmethod
    def create(
        cls, path: str | Path, *, clock: Clock, operator: str, passphrase: str | None = None, ids: Ids | None = None
    ) -> Self:
        """Make a new file and open it; raise UserError when there is one already or the place cannot be written."""
        path = Path(path)
        with told(path):
            lock = WriterLock(path, operator, clock.now())
            try:
                made = create_file(path, passphrase)
                return cls(made, lock, clock=clock, operator=operator, ids=ids)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        clock: Clock,
        operator: str,
        passphrase: str | None = None,
        read_only: bool = False,
        ids: Ids | None = None,
    ) -> Self:
        """Open a file with its passphrase or its recovery code; raise UserError with what stands in the way."""
        path = Path(path)
        with told(path):
            must_be_file(path)
            lock = None if read_only else WriterLock(path, operator, clock.now())
            try:
                found = open_file(path, passphrase, read_only=read_only)
                return cls(found, lock, clock=clock, operator=operator, ids=ids)
            except BaseException:
                if lock:
                    lock.release()
                raise

    @property
    def encrypted(self) -> bool:
        """Whether the file needs a passphrase."""
        return self._key is not None

    def close(self) -> None:
        """Close the file and let the next one write; closing twice does nothing."""
        self._writer.dispose()
        self._readers.dispose()
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def subscribe(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call back after each write, on the writing thread; returns what ends it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    # ---- reading ----

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent snapshot and changes nothing."""
        with told(self.path), self._readers.connect() as connection, guarded():
            yield connection

    def journal_head(self) -> int:
        """Return the number of the last entry, 0 when there is none."""
        with self.read() as connection:
            return book.head(connection)

    def entries(self, limit: int | None = None, row_id: bytes | None = None) -> list[Entry]:
        """Return entries, the latest first; those that touched a row when it is given."""
        with self.read() as connection, self._told_history(connection) as history:
            return book.entries(connection, history, limit=limit, row_id=row_id)

    def changes(self, number: int) -> list[Change]:
        """Return the rows of an entry before and after."""
        with self.read() as connection:
            return book.changes_of(connection, number)

    def undoable(self) -> Entry | None:
        """Return the entry that `undo` would take back."""
        with self.read() as connection, self._told_history(connection) as history:
            return book.entry(connection, history, history.undoable)

    def redoable(self) -> Entry | None:
        """Return the undo that `redo` would take back."""
        with self.read() as connection, self._told_history(connection) as history:
            return book.entry(connection, history, history.redoable)

    @contextmanager
    def _told_history(self, connection: Connection) -> Iterator[History]:
        with self._history_lock:
            self._history.read(connection)
            yield self._history

    # ---- writing ----

    @contextmanager
    def write(
        self,
        action: str,
        params: Mapping[str, Param] | None = None,
        *,
        final: bool = False,
        initiator: object | None = None,
    ) -> Iterator[Write]:
        """Open a transaction of one action; an exception inside rolls all back."""
        with self._transaction(initiator, dict(params or {})) as tx:
            yield tx
            self._enter(tx, action, final=final)
        self._tell(tx.changed)

    @contextmanager
    def _transaction(self, initiator: object | None, params: dict[str, Param]) -> Iterator[Write]:
        if self.read_only:
            raise UserError(
                "read_only",
                N_("The file was opened read-only."),
                N_("Close it and open it for writing."),
                where=str(self.path),
            )
        me = threading.get_ident()
        if self._writing_thread == me:
            raise RuntimeError("a write inside a write")
        with self._writing:
            self._writing_thread = me
            try:
                with told(self.path), self._writer.begin() as connection, guarded():
                    yield Write(connection, self._ids, params, initiator)
            finally:
                self._writing_thread = None

    def _enter(self, tx: Write, action: str, *, undoes: int | None = None, final: bool = False) -> None:
        number = None
        if tx.changes or final:
            with opened(tx.connection):
                number = book.append(
                    tx.connection,
                    at=self.clock.now(),
                    operator=self.operator,
                    action=action,
                    params=tx.params,
                    changes=tx.changes,
                    undoes=undoes,
                    final=final,
                )
        tables = frozenset(change.table for change in tx.changes)
        ids = frozenset(change.id for change in tx.changes)
        tx.changed = Changed(tables, ids, number, tx.changed.initiator)

    def _tell(self, changed: Changed) -> None:
        if changed.entry is not None:
            for callback in list(self._subscribers):
                callback(changed)

    def undo(self, number: int | None = None, *, initiator: object | None = None) -> Changed:
        """Take an entry back (the latest when none is named) as a new entry; raise UserError when it cannot be."""
        return self._take_back(lambda history: history.undoable if number is None else number, initiator)

    def redo(self, *, initiator: object | None = None) -> Changed:
        """Do again what was undone last, when nothing else was done since; raise UserError otherwise."""
        return self._take_back(lambda history: history.redoable, initiator, redo=True)

    def _take_back(
        self, choose: Callable[[History], int | None], initiator: object | None, *, redo: bool = False
    ) -> Changed:
        with self._transaction(initiator, {}) as tx:
            with self._told_history(tx.connection) as history:
                entry = undoing.chosen(tx.connection, history, choose(history), redo=redo)
                changes = book.changes_of(tx.connection, entry.number)
                undoing.check(tx.connection, history, entry, changes)
            tx.params = entry.params
            tx.apply([change.inverse for change in reversed(changes)])
            self._enter(tx, entry.action, undoes=entry.number)
        self._tell(tx.changed)
        return tx.changed
