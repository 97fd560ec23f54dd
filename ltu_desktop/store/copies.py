"""Copies of the file that are proven: written aside in one snapshot, opened again, counted, then named.

Everything that needs a second file stands on `write_copy`: backups, restoring, a new passphrase. The copy is made by
`sqlcipher_export`, inside the transaction in which the rows of the source are counted, so that the counts must agree.
"""

# ruff: noqa: S608  the names in SQL are those of the file's own tables

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import msgspec
from sqlcipher3 import dbapi2

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.connect import APPLICATION_ID, connect, uri
from ltu_desktop.store.lock import WINDOWS
from ltu_desktop.store.trouble import damaged

if TYPE_CHECKING:
    from pathlib import Path

    from ltu_desktop.store.key import Key


class Stand(msgspec.Struct, frozen=True):
    """What a file holds: rows by table, and its last entry."""

    rows: dict[str, int]
    head: int
    hash: str


def write_copy(source: Path, key: Key | None, target: Path, target_key: Key | None, *, mode: str = "rw") -> Stand:
    """Copy a file, maybe under another key, and prove the copy before it gets its name; return what it holds.

    Raises UserError `copy_failed` when the copy differs; a target that exists is replaced in one step.
    """
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        expected = _export(uri(source, mode), key, unfinished, target_key)
        if prove(unfinished, target_key) != expected:
            raise UserError(
                "copy_failed",
                N_("The copy differs from the file; it was thrown away."),
                N_("Try another disk or folder."),
                where=str(target),
            )
        settle(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return expected


def _export(source: str, key: Key | None, target: Path, target_key: Key | None) -> Stand:
    raw = dbapi2.connect(":memory:", uri=True, isolation_level=None)
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute("ATTACH ? AS source KEY ?", (source, key.literal if key else ""))
        raw.execute("ATTACH ? AS copy KEY ?", (uri(target, "rwc"), target_key.literal if target_key else ""))
        raw.execute("BEGIN")
        found = stand(raw, "source")
        raw.execute("SELECT sqlcipher_export('copy', 'source')")
        raw.execute(f"PRAGMA copy.application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA copy.user_version = {raw.execute('PRAGMA source.user_version').fetchone()[0]}")
        raw.execute("COMMIT")
        return found
    finally:
        raw.close()


def prove(path: Path, key: Key | None, *, mode: str = "ro") -> Stand:
    """Open a file and check all its pages; return what it holds, raise UserError `damaged` otherwise."""
    raw = connect(path, key, mode=mode)
    try:
        found = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(path)
        return stand(raw, "main")
    finally:
        raw.close()


def stand(raw: Any, schema: str) -> Stand:
    """Count the rows of all tables and read the last entry."""
    names = raw.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    rows = {
        name: int(raw.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0])
        for (name,) in sorted(names.fetchall())
    }
    last = raw.execute(f"SELECT number, hash FROM {schema}.journal ORDER BY number DESC LIMIT 1").fetchone()
    return Stand(rows, *(last or (0, "")))


def settle(unfinished: Path, target: Path) -> None:
    """Give a whole file its name, so that a power cut leaves either the old file or the new one."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    if not WINDOWS:  # which knows no folder to flush
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
