"""Is the file whole, and does it say what its journal says. A change made behind the program's back is named."""

# ruff: noqa: S608  the names in SQL are those of tables.py

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.journal import FIRST_HASH, entry_hash
from ltu_desktop.store.tables import EDITED, journal, journal_row, setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

STATEMENT = "statement."
"""Before year and version: the key of the setting that holds a sealed yearly statement."""

_RESTORE = N_("Restore the last backup; keep the damaged file aside.")
_ASK = N_("Compare with the last backup; if nobody can explain it, restore.")


def check(connection: Connection, progress: Callable[[int, int], None] | None) -> Iterator[UserError]:
    """Yield what is wrong with a file, as sentences; nothing when all is well. `progress` is told (done, of)."""
    steps = [_pages, _references, _journal, _contents, _statements]
    for done, step in enumerate(steps, 1):
        yield from step(connection)
        if progress:
            progress(done, len(steps))


def _pages(connection: Connection) -> Iterator[UserError]:
    # what SQLite says (trees, pages) helps nobody who reads it
    if connection.exec_driver_sql("PRAGMA main.integrity_check(1)").scalar() != "ok":
        yield UserError("damaged", N_("The file is damaged: a part of it cannot be read."), _RESTORE)


def _references(connection: Connection) -> Iterator[UserError]:
    found = Counter((row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA main.foreign_key_check"))
    for (table, parent), count in sorted(found.items()):
        yield UserError(
            "orphans",
            N_("{count} rows of {table} belong to a row of {parent} that is gone."),
            _RESTORE,
            params={"count": count, "table": table, "parent": parent},
        )


def _journal(connection: Connection) -> Iterator[UserError]:
    """Follow the chain of hashes, and let the entries build the rows again."""
    expected: dict[tuple[str, str], dict[str, Any]] = {}
    touched: set[tuple[str, int]] = set()
    previous = FIRST_HASH
    rows = connection.execute(select(journal).order_by(journal.c.number)).mappings()
    for number, found in enumerate(rows, 1):
        row = dict(found)
        if row["number"] != number or row["previous_hash"] != previous or row["hash"] != entry_hash(row):
            yield UserError(
                "journal_broken",
                N_("Entry {number} of the history was changed or removed outside of this program."),
                _ASK,
                params={"number": number},
            )
            return
        previous = row["hash"]
        for change in msgspec.json.decode(row["changes"]):
            touched.add((change["id"], number))
            key = (change["table"], change["id"])
            if change["after"] is None:
                expected.pop(key, None)
            else:
                expected.setdefault(key, {}).update(change["after"])
    if touched != {(key.hex(), entry) for key, entry in connection.execute(select(journal_row))}:
        yield UserError("journal_index", N_("The index of the history does not agree with the history."), _RESTORE)
    for table in EDITED:
        wanted = {key: image for (name, key), image in expected.items() if name == table.name}
        yield from _rows(connection, table.name, wanted)


def _rows(connection: Connection, table: str, wanted: dict[str, dict[str, Any]]) -> Iterator[UserError]:
    """Compare a table with what the entries say of it, in the columns that they know."""
    for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
        key = _plain(row["id"])
        image = wanted.pop(key, None)
        if image is None:
            yield _outside(table, key, N_("A row of {table} ({row}) was added outside of this program."))
        elif any(_plain(row[name]) != value for name, value in image.items() if name in row):
            yield _outside(table, key, N_("A row of {table} ({row}) was changed outside of this program."))
    for key in wanted:
        yield _outside(table, key, N_("A row of {table} ({row}) was deleted outside of this program."))


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _outside(table: str, key: str, what: str) -> UserError:
    return UserError("changed_outside", what, _ASK, params={"table": table, "row": key[-8:], "id": key})


def _statements(connection: Connection) -> Iterator[UserError]:
    """Check the figures of sealed yearly statements against the print that was sealed with them."""
    s = setting.c
    found = select(s.key, s.value).where(s.key.startswith(STATEMENT, autoescape=True)).order_by(s.key)
    for key, value in connection.execute(found):
        year, version = key.removeprefix(STATEMENT).split(".")
        told = msgspec.json.decode(value)
        if hashlib.sha256(told["figures"].encode()).hexdigest() != told["sha256"]:
            yield UserError(
                "statement_altered",
                N_("Version {version} of the statement of {year} is not what was sealed: its fingerprint differs."),
                _RESTORE,
                params={"version": version, "year": year},
            )


def _contents(connection: Connection) -> Iterator[UserError]:
    """Check the contents that rows name by their hash."""
    there = set()
    for name, content in connection.exec_driver_sql("SELECT sha256, CAST(content AS BLOB) FROM blob"):
        there.add(name)
        if hashlib.sha256(content).hexdigest() != name:
            yield UserError(
                "blob_broken", N_("A stored document ({row}) was altered."), _RESTORE, params={"row": name[:8]}
            )
    for table in EDITED:
        if "blob_sha256" in table.columns:
            for name in set(connection.execute(select(table.c.blob_sha256)).scalars()) - there:
                yield UserError(
                    "blob_missing", N_("A stored document ({row}) is missing."), _RESTORE, params={"row": name[:8]}
                )
