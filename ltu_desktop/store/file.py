"""The store: one file of an employer, opened. Everything that reads or changes it goes through here."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import backups, checking, undoing
from ltu_desktop.store import journal as book
from ltu_desktop.store import key as keys
from ltu_desktop.store.closed import refuse_changes
from ltu_desktop.store.connect import engine
from ltu_desktop.store.gate import Write, guarded, opened
from ltu_desktop.store.ids import Ids, timed
from ltu_desktop.store.journal import Change, Changed, Entry, History, Param
from ltu_desktop.store.lock import WriterLock
from ltu_desktop.store.opening import Opened, create_file, must_be_file, must_be_folder, open_file, rewrite, use_log
from ltu_desktop.store.roles import closed_tables, may_write, role_of
from ltu_desktop.store.trouble import busy, told, told_of_sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection, Engine

    from ltu_desktop.rules.clock import Clock


def _engines(found: Opened) -> tuple[Engine, Engine]:
    readers = engine(found.path, found.key, mode=found.mode)
    return readers, engine(found.path, found.key, mode=found.mode, writer=True)


class Store:
    """One open file. Use `create` or `open`; close it, or use it as a context manager.

    One thread at a time writes (others wait); any thread may read. `operator` is the name that entries carry.
    """

    def __init__(self, found: Opened, lock: WriterLock | None, *, clock: Clock, operator: str, ids: Ids | None) -> None:
        self.path = found.path
        self.opened = found
        self.read_only = lock is None
        self.operator = operator
        self.clock = clock
        self._lock = lock
        self._ids = ids or timed(clock)
        self._readers, self._writer = _engines(found)
        self._swapping = threading.Lock()  # held while a reader's connection is taken out, or all are replaced
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
        path = Path(path).absolute()
        with told(path):
            must_be_folder(path.parent)
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
        path = Path(path).absolute()
        with told(path):
            must_be_file(path)
            lock = None if read_only else WriterLock(path, operator, clock.now())
            try:
                found = open_file(path, passphrase, read_only=read_only, at=clock.now(), operator=operator)
                return cls(found, lock, clock=clock, operator=operator, ids=ids)
            except BaseException:
                if lock:
                    lock.release()
                raise

    @property
    def encrypted(self) -> bool:
        """Whether the file needs a passphrase."""
        return self.opened.key is not None

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

    # ---- key and copies ----

    def recovery_code(self) -> str | None:
        """Return the code that opens this file instead of its passphrase, for paper only; None without passphrase."""
        return self.opened.key.recovery_code if self.opened.key else None

    def change_passphrase(self, passphrase: str | None) -> None:
        """Write the file anew under another passphrase (None: without one); the old one and its code open it no more.

        Backups keep the passphrase that they were made with. Raises UserError `busy` while somebody reads the file.
        """
        self._may_write()
        with self.read() as connection:
            may_write(role_of(connection, self.operator), self.operator)
        former = self.opened.key
        key = None if passphrase is None else keys.derive(passphrase, keys.new_salt())
        with self._turn(), self._swapping, told(self.path):
            if self._readers.pool.checkedout():  # type: ignore[attr-defined]  # a QueuePool counts
                raise busy(self.path)
            self._readers.dispose()
            self._writer.dispose()
            try:
                rewrite(self.opened, key)
                self.opened = replace(self.opened, key=key)
            finally:
                use_log(self.opened)
                self._readers, self._writer = _engines(self.opened)
        what = "removed" if key is None else "set" if former is None else "changed"
        self.note("store.change_passphrase", {"what": what})

    def backup(self, folder: str | Path | None = None) -> Path:
        """Back the file up (beside it unless a folder is named) and return the proven copy; see `backups`."""
        return backups.make(self.opened, Path(folder) if folder else backups.folder_of(self.path), self.clock.now())

    def check(self, progress: Callable[[int, int], None] | None = None) -> list[UserError]:
        """Return what is wrong with the file, as sentences; empty when all is well. `progress` is told (done, of)."""
        found: list[UserError] = []
        try:
            with self.read() as connection:
                found.extend(checking.check(connection, progress))
        except UserError as error:  # pages so damaged that reading stops
            found.append(error)
        return found

    # ---- reading ----

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent snapshot and changes nothing."""
        with told_of_sqlite(self.path):
            with self._swapping:
                connection = self._readers.connect()
            with connection, guarded():
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
        """Return the undo that `redo` would take back; action and params are those of what was undone."""
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
        aside: bool = False,
        initiator: object | None = None,
    ) -> Iterator[Write]:
        """Open a transaction of one action; an exception inside rolls all back.

        A `final` entry ends what can be undone; one `aside` lies outside undo and redo: a file that went out. Raises
        UserError `month_closed` when rows of a closed month would change.
        """
        with self._transaction(initiator, params or {}) as tx:
            yield tx
            refuse_changes(tx.connection, tx.changes)
            self._enter(tx, action, weight=book.FINAL if final else book.NOTE if aside else book.DONE)
        self._tell(tx.changed)

    def note(self, action: str, params: Mapping[str, Param] | None = None) -> Changed:
        """Write an entry without rows, outside undo and redo: a print, a new passphrase, a restored backup."""
        with self._transaction(None, params or {}) as tx:
            self._enter(tx, action, weight=book.NOTE)
        self._tell(tx.changed)
        return tx.changed

    def undo(self, number: int | None = None, *, initiator: object | None = None) -> Changed:
        """Take an entry back (the latest when none is named) as a new entry; raise UserError when it cannot be."""
        return self._take_back(lambda history: history.undoable if number is None else number, initiator)

    def why_not(self, number: int) -> UserError | None:
        """Tell what stands in the way of undoing an entry; None when nothing does."""
        try:
            with self.read() as connection, self._told_history(connection) as history:
                entry = undoing.chosen(connection, history, number, redo=False)
                undoing.check(connection, history, entry, book.changes_of(connection, entry.number))
        except UserError as error:
            return error
        return None

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

    @contextmanager
    def _transaction(self, initiator: object | None, params: Mapping[str, Param]) -> Iterator[Write]:
        self._may_write()
        with self._turn(), told_of_sqlite(self.path), self._writer.begin() as connection, guarded():
            role = role_of(connection, self.operator)
            may_write(role, self.operator)
            yield Write(connection, self._ids, dict(params), initiator, closed_tables(role))

    def _may_write(self) -> None:
        if self.read_only:
            raise UserError(
                "read_only",
                N_("The file was opened read-only."),
                N_("Close it and open it for writing."),
                where=str(self.path),
            )

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until no other thread writes."""
        me = threading.get_ident()
        if self._writing_thread == me:
            raise RuntimeError("a write inside a write")
        with self._writing:
            self._writing_thread = me
            try:
                yield
            finally:
                self._writing_thread = None

    def _enter(self, tx: Write, action: str, *, undoes: int | None = None, weight: int = book.DONE) -> None:
        number = None
        if tx.changes or weight != book.DONE:
            with opened(tx.connection):
                number = book.append(
                    tx.connection,
                    at=self.clock.now(),
                    operator=self.operator,
                    action=action,
                    params=tx.params,
                    changes=tx.changes,
                    undoes=undoes,
                    final=weight,
                )
        tables = frozenset(change.table for change in tx.changes)
        ids = frozenset(change.id for change in tx.changes)
        tx.changed = Changed(tables, ids, number, tx.changed.initiator)

    def _tell(self, changed: Changed) -> None:
        if changed.entry is not None:
            for callback in list(self._subscribers):
                callback(changed)
