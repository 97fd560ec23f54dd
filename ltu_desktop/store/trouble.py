"""The user's world in words: what SQLite and the system report, turned into a sentence and a next step.

Only what the world can do to a file is translated, by its code; anything else is our bug and goes on as it is.
"""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READONLY = 8
FULL = 13
CONSTRAINT = 19

_READERS_NEED = 32 * 1024
"""Room that SQLite's index of the log takes, in bytes."""

_DAMAGED = (
    "damaged",
    N_("The file is damaged: a part of it cannot be read."),
    N_("Restore the last backup; keep the damaged file aside."),
)
_READ_ONLY = (
    "read_only",
    N_("The file can be read but not changed."),
    N_("Open it read-only, or copy it to a folder where you may write."),
)
_FULL = ("disk_full", N_("The disk is full. Nothing of this change was saved."), N_("Free some space and try again."))
_BUSY = ("busy", N_("Another program is using the file."), N_("Close the other program and try again."))
_IO = (
    "disk",
    N_("The disk or the network folder did not answer. Nothing of this change was saved."),
    N_("Check the connection of the disk or folder, then try again."),
)
_DENIED = (
    "denied",
    N_("We may not write in this folder."),
    N_("Choose another folder, or open the file read-only."),
)
_GONE = ("missing", N_("There is no file at this place."), N_("Check the folder and the name."))

_BY_SQLITE = {5: _BUSY, 6: _BUSY, READONLY: _READ_ONLY, 10: _IO, 11: _DAMAGED, FULL: _FULL, 14: _DENIED, 26: _DAMAGED}
_BY_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.ENOTDIR: _GONE,
    errno.ENOENT: _GONE,
    errno.EIO: _IO,
}


def sqlite_code(error: BaseException) -> int:
    """Return SQLite's primary result code of an error, 0 when it is none of SQLite's."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(origin, "sqlite_errorcode", 0)) & 0xFF


def worldly(error: BaseException) -> bool:
    """Tell whether an error is of the user's world, not our bug."""
    return _words(error) is not None


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the world does to a file into a UserError."""
    with _told(path, Exception):
        yield


@contextmanager
def told_of_sqlite(path: Path) -> Iterator[None]:
    """Do the same for what SQLite reports alone: inside the block others may meet errors of other files."""
    with _told(path, DBAPIError, dbapi2.Error):
        yield


def damaged(path: Path) -> UserError:
    """Say that a file cannot be read whole."""
    return UserError(*_DAMAGED, where=str(path))


def busy(path: Path) -> UserError:
    """Say that somebody else is using a file."""
    return UserError(*_BUSY, where=str(path))


@contextmanager
def _told(path: Path, *kinds: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kinds as error:
        words = _words(error)
        if words is None:
            raise
        if words is _DENIED and not path.parent.is_dir():  # SQLite tells both as "cannot open"
            words = _GONE
        if words is _IO and _full(path):  # no room even for the small file that readers share
            words = _FULL
        raise UserError(*words, where=str(path)) from error


def _full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _READERS_NEED
    except OSError:
        return False


def _words(error: BaseException) -> tuple[str, str, str] | None:
    if isinstance(error, (DBAPIError, dbapi2.Error)):
        return _BY_SQLITE.get(sqlite_code(error))
    return _BY_SYSTEM.get(error.errno or 0) if isinstance(error, OSError) else None
