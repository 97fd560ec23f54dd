"""Making and opening files: is it ours, does the key fit, is it of this version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import key as keys
from ltu_desktop.store.connect import APPLICATION_ID, FORMAT, connect
from ltu_desktop.store.tables import metadata
from ltu_desktop.store.trouble import sqlite_code

if TYPE_CHECKING:
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


def head_revision(folder: Path = VERSIONS) -> str:
    """Return the newest revision of the tables: the greatest number of the files `r0001_….py`."""
    return max(file.name[1:5] for file in folder.glob("r[0-9][0-9][0-9][0-9]_*.py"))


def must_be_file(path: Path) -> None:
    """Raise UserError when there is no file at a path."""
    if not path.is_file():
        raise UserError(
            "missing", N_("There is no file at this place."), N_("Check the folder and the name."), where=str(path)
        )


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
        with create_engine("sqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool).connect() as made:
            metadata.create_all(made, checkfirst=False)
            made.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            made.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (head_revision(),))
            made.commit()
        raw.close()
        unfinished.replace(path)
    except BaseException:
        raw.close()
        unfinished.unlink(missing_ok=True)
        raise
    return Opened(path, key, "rw")


def open_file(path: Path, passphrase: str | None, *, read_only: bool) -> Opened:
    """Find out how to open a file; raise UserError with what stands in the way."""
    with path.open("rb") as file:
        start = file.read(100)
    size = path.stat().st_size
    if start[:4] == keys.MAGIC:
        found = _unlocked(path, passphrase, size, start[: keys.SALT_SIZE], read_only=read_only)
    elif start.startswith(PLAIN) and start[68:72] == APPLICATION_ID.to_bytes(4):
        if passphrase is not None:
            raise UserError(
                "passphrase_not_needed",
                N_("This file has no passphrase."),
                N_("Open it without one."),
                where=str(path),
            )
        found = _reached(path, None, read_only=read_only)
    else:
        raise UserError(
            "foreign",
            N_("This is no file of LTU Desktop."),
            N_("Choose a file whose name ends in .ltu, or restore a backup."),
            where=str(path),
        )
    _settle(found)
    return found


def _unlocked(path: Path, passphrase: str | None, size: int, salt: bytes, *, read_only: bool) -> Opened:
    if passphrase is None:
        raise UserError(
            "passphrase_needed",
            N_("This file is protected by a passphrase."),
            N_("Type the passphrase or the recovery code."),
            where=str(path),
        )
    for key in keys.candidates(passphrase, salt):
        try:
            return _reached(path, key, read_only=read_only)
        except dbapi2.DatabaseError as error:
            if sqlite_code(error) != NOTADB or size < PAGE:
                raise
    wrong = keys.wrong_groups(passphrase)
    if wrong:
        raise UserError(
            "recovery_group",
            N_("The recovery code has a slip in group {groups}."),
            N_("Compare this group with your sheet."),
            where=str(path),
            params={"groups": ", ".join(str(number) for number in wrong), "wrong": wrong},
        )
    raise UserError(
        "wrong_passphrase",
        N_("The passphrase does not open this file."),
        N_("Try again, mind capitals, or type the recovery code of your sheet."),
        where=str(path),
    )


def _reached(path: Path, key: Key | None, *, read_only: bool) -> Opened:
    """Read the file's first page; a reader on read-only media needs the mode `immutable`."""
    modes = ["ro", "immutable"] if read_only else ["rw"]
    for mode in modes:
        raw = connect(path, key, mode=mode)
        try:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.OperationalError as error:
            if sqlite_code(error) != CANTOPEN or mode == modes[-1]:
                raise
        else:
            return Opened(path, key, mode)
        finally:
            raw.close()
    raise AssertionError("unreachable")


def _settle(found: Opened) -> None:
    """Check the version, and turn WAL on (a restored backup has it off)."""
    raw = connect(found.path, found.key, mode=found.mode)
    try:
        version: Any = raw.execute("PRAGMA user_version").fetchone()[0]
        revision: Any = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        if version > FORMAT or revision > head_revision():
            raise UserError(
                "newer",
                N_("This file was written by a newer version of LTU Desktop."),
                N_("Install the newer version on this computer."),
                where=str(found.path),
            )
        if found.mode == "rw":
            raw.execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
