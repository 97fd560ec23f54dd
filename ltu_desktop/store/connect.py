"""Connections: SQLCipher's driver with and without key, set up the same way everywhere.

The driver never begins a transaction by itself (`isolation_level=None`); readers BEGIN and see one snapshot, the writer
says BEGIN IMMEDIATE. All connections are `query_only`: only the gate of `store/gate.py` opens the writer's for the
length of its own statements.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Dialect, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool, StaticPool
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from ltu_desktop.store.key import Key

APPLICATION_ID = int.from_bytes(b"LTU1")
FORMAT = 1  # PRAGMA user_version: raised when key, journal or layout change in a way that no migration can tell
BUSY_MILLISECONDS = 3000
STATEMENTS: Final[LRUCache[Any, Any]] = LRUCache(1000)  # compiled: kept while the program runs, whatever file is open


def uri(path: Path, mode: str) -> str:
    """Name a file as SQLite opens it: `mode` is rw, rwc (may create), ro, or immutable (on read-only media)."""
    plain = path.absolute().as_posix()
    options = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    for sign, code in (("%", "%25"), ("?", "%3f"), ("#", "%23")):  # all that has a meaning in SQLite's names
        plain = plain.replace(sign, code)
    return f"file://{'' if plain.startswith('/') else '/'}{plain}?{options}"  # a share: file:////server/…


def connect(path: Path, key: Key | None, *, mode: str = "rw") -> Any:
    """Open a raw connection in a mode of `uri`."""
    connection = dbapi2.connect(uri(path, mode), uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # else each wrong passphrase writes to standard error
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.literal}"')
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def single(raw: Any) -> Engine:
    """Wrap one raw connection whose transactions the caller begins."""
    return create_engine("sqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool, hide_parameters=True)


@cache
def _dialect() -> Dialect:
    """Return the dialect of all engines: what one of them compiled, the others find in `STATEMENTS`."""
    with create_engine("sqlite://", module=dbapi2, poolclass=NullPool).connect() as connection:  # it asks once
        return connection.dialect


def engine(path: Path, key: Key | None, *, mode: str = "rw", writer: bool = False) -> Engine:
    """Make the pool of readers, or the writer's single connection."""

    def create() -> Any:
        connection = connect(path, key, mode=mode)
        connection.execute("PRAGMA query_only = ON")
        return connection

    made = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=create,
        hide_parameters=True,  # an error's text may reach a log, and rows hold names
        poolclass=QueuePool,
        pool_size=1 if writer else 4,
        max_overflow=0 if writer else 8,
        execution_options={"compiled_cache": STATEMENTS},
    )
    made.dialect = _dialect()

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        raw: Any = connection.connection.driver_connection
        if writer:
            raw.execute("PRAGMA query_only = OFF")
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("PRAGMA query_only = ON")
        else:
            raw.execute("BEGIN")

    return made
