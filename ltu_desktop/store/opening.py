"""Making and opening files: is it ours, does the key fit, is it of this version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_mock_engine
from sqlcipher3 import dbapi2

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import key as keys
from ltu_desktop.store.connect import APPLICATION_ID, FORMAT, connect
from ltu_desktop.store.copies import settle, write_copy
from ltu_desktop.store.tables import metadata
from ltu_desktop.store.trouble import READONLY, sqlite_code

if TYPE_CHECKING:
    from datetime import datetime

    from ltu_desktop.store.key import Key

PLAIN = b"SQLite format 3\0"
PAGE = 4096
CANTOPEN, NOTADB = 14, 26
VERSIONS = Path(__file__).parent / "migrations" / "versions"


@dataclass(frozen=True)
class Opened:
    """A file that was found good: where it is, what opens it, and in which mode of `connect`."""

    path: Path
    key: Key | None
    mode: str
    revision: str


def head_revision() -> str:
    """Return the newest revision of the tables: the greatest number of the files `r0001_….py`."""
    return max(file.name[1:5] for file in VERSIONS.glob("r[0-9][0-9][0-9][0-9]_*.py"))


def must_be_file(path: Path) -> None:
    """Raise UserError when there is no file at a path."""
    if not path.is_file():
        raise UserError(
            "missing", N_("There is no file at this place."), N_("Check the folder and the name."), where=str(path)
        )


def must_be_folder(path: Path) -> None:
    """Raise UserError when there is no folder at a path."""
    if not path.is_dir():
        raise UserError(
            "missing", N_("There is no such folder."), N_("Check the folder and the name."), where=str(path)
        )


@cache
def _tables() -> tuple[str, ...]:
    """Return the statements that make all tables, compiled once: that takes four times as long as carrying them out."""
    found: list[str] = []

    def take(statement: Any, *_: object) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("sqlite://", take)
    metadata.create_all(engine, checkfirst=False)
    return tuple(found)


def create_file(path: Path, passphrase: str | None) -> Opened:
    """Make a new file with all tables; it appears under its name only when it is whole."""
    if path.exists():
        raise UserError(
            "exists", N_("There is a file of this name already."), N_("Choose another name."), where=str(path)
        )
    key = None if passphrase is None else keys.derive(passphrase, keys.new_salt())
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    raw = connect(unfinished, key, mode="rwc")
    try:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version = {FORMAT}")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("BEGIN")
        for statement in _tables():
            raw.execute(statement)
        raw.execute(
            "CREATE TABLE alembic_version "  # as Alembic makes it
            "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        raw.execute("INSERT INTO alembic_version VALUES (?)", (head_revision(),))
        raw.execute("COMMIT")
        raw.close()
        settle(unfinished, path)
    except BaseException:
        raw.close()
        unfinished.unlink(missing_ok=True)
        raise
    return Opened(path, key, "rw", head_revision())


def open_file(path: Path, passphrase: str | None, *, read_only: bool, at: datetime, operator: str) -> Opened:
    """Open a file and bring it up to date when its tables are older; raise UserError with what stands in the way."""
    found = find(path, passphrase, read_only=read_only)
    if found.revision < head_revision():
        if read_only:
            raise UserError(
                "older",
                N_("This file was written by an older version of LTU Desktop."),
                N_("Open it once for writing: it is copied, then brought up to date."),
                where=str(path),
            )
        from ltu_desktop.store.backups import folder_of, make
        from ltu_desktop.store.migrate import update

        copy = make(found, folder_of(path), at, fresh=True)
        update(path, found.key, copy, folder=VERSIONS, at=at, operator=operator)
        found = replace(found, revision=head_revision())
    if not read_only:
        _sweep(path)
        use_log(found)
    return found


def _sweep(path: Path) -> None:
    """Remove the unfinished copies that a killed program left beside the file."""
    for name in (f".{path.name}.new", f".{path.name}.rekeyed", f".{path.name}.restored"):
        for left in (name, f".{name}.part"):
            for end in ("", "-journal", "-wal", "-shm"):
                path.with_name(left + end).unlink(missing_ok=True)


def use_log(found: Opened) -> None:
    """Turn the write-ahead log on (a copy has it off) and make sure that the file can be written."""
    raw = connect(found.path, found.key)
    try:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("DELETE FROM blob WHERE 0")  # BEGIN IMMEDIATE alone says nothing of a file that cannot be written
    finally:
        raw.close()


def rewrite(found: Opened, key: Key | None) -> None:
    """Write a file that nobody has open anew under another key; all at once or not at all."""
    incoming = found.path.with_name(f".{found.path.name}.rekeyed")
    try:
        write_copy(found.path, found.key, incoming, key)
        raw = connect(found.path, found.key)
        try:
            raw.execute("PRAGMA journal_mode = DELETE")  # no log may be left beside the new file; fails when one reads
        finally:
            raw.close()
        settle(incoming, found.path)
    finally:
        incoming.unlink(missing_ok=True)


def find(path: Path, passphrase: str | None, *, read_only: bool = True, known: Key | None = None) -> Opened:
    """Find out whether a file is ours, what opens it and of which version it is; raise UserError otherwise.

    `known` is a key that is taken when it is this file's, so that nobody need type a passphrase again.
    """
    must_be_file(path)
    with path.open("rb") as file:
        start = file.read(100)
    if known and start[: keys.SALT_SIZE] == known.salt:
        return _reached(path, known, read_only=read_only)
    if start[:4] == keys.MAGIC:
        return _unlocked(path, passphrase, start[: keys.SALT_SIZE], read_only=read_only)
    if start.startswith(PLAIN) and start[68:72] == APPLICATION_ID.to_bytes(4):
        if passphrase is not None:
            raise UserError(
                "passphrase_not_needed",
                N_("This file has no passphrase."),
                N_("Open it without one."),
                where=str(path),
            )
        return _reached(path, None, read_only=read_only)
    raise UserError(
        "foreign",
        N_("This is no file of LTU Desktop."),
        N_("Choose a file whose name ends in .ltu, or restore a backup."),
        where=str(path),
    )


def _unlocked(path: Path, passphrase: str | None, salt: bytes, *, read_only: bool) -> Opened:
    if passphrase is None:
        raise UserError(
            "passphrase_needed",
            N_("This file is protected by a passphrase."),
            N_("Type the passphrase or the recovery key."),
            where=str(path),
        )
    for key in keys.candidates(passphrase, salt):
        try:
            return _reached(path, key, read_only=read_only)
        except dbapi2.DatabaseError as error:
            if sqlite_code(error) != NOTADB or path.stat().st_size < PAGE:
                raise
    wrong = keys.wrong_groups(passphrase)
    if wrong:
        raise UserError(
            "recovery_group",
            N_("The recovery key has a mistake in group {groups}."),
            N_("Compare this group with your sheet."),
            where=str(path),
            params={"groups": ", ".join(str(number) for number in wrong), "wrong": wrong},
        )
    raise UserError(
        "wrong_passphrase",
        N_("The passphrase does not open this file."),
        N_("Try again, mind capitals, or type the recovery key on your sheet."),
        where=str(path),
    )


def _reached(path: Path, key: Key | None, *, read_only: bool) -> Opened:
    """Read the file's version. Readers too open it `rw`, so that the last one removes the log when it leaves."""
    mode = "rw"
    try:
        version, revision = _version(path, key, mode)
    except dbapi2.OperationalError as error:
        if not read_only or sqlite_code(error) not in {CANTOPEN, READONLY}:
            raise
        mode = "immutable"  # read-only media: there is no place for a log
        version, revision = _version(path, key, mode)
    if version > FORMAT or revision > head_revision():
        raise UserError(
            "newer",
            N_("This file was written by a newer version of LTU Desktop."),
            N_("Install the newer version on this computer."),
            where=str(path),
        )
    return Opened(path, key, mode, revision)


def _version(path: Path, key: Key | None, mode: str) -> tuple[int, str]:
    raw = connect(path, key, mode=mode)
    try:
        (number,) = raw.execute("PRAGMA user_version").fetchone()
        (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        raw.close()
    return number, revision
