"""One writer at a time: a lock beside the file that says who holds it.

The system holds the lock (it falls with the process, so a killed program blocks nobody); the text in the lock file only
tells who it is. It starts at byte 1: Windows lets nobody read the locked byte 0.
"""

from __future__ import annotations

import getpass
import os
import platform
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import filelock
import msgspec

from ltu_desktop.rules.errors import N_, UserError

WINDOWS = os.name == "nt"


class Holder(msgspec.Struct, frozen=True):
    """Who has the file open for writing, and since when."""

    who: str
    host: str
    pid: int
    since: datetime


class WriterLock:
    """The right to write to one file, from `__init__` to `release`.

    Raises UserError `open_elsewhere` with the holder's name when somebody else has it.
    """

    def __init__(self, path: Path, operator: str, now: datetime) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._lock = filelock.FileLock(self._path, timeout=0)
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise _taken(path, holder(path)) from None
        me = Holder(operator or getpass.getuser(), platform.node(), os.getpid(), now.replace(microsecond=0))
        with self._path.open("r+b") as file:
            file.seek(1)
            file.truncate()
            file.write(msgspec.json.encode(me))

    def release(self) -> None:
        """Let the next one write, and leave nothing beside the file."""
        if not WINDOWS:  # while it is still ours, so that nobody can take the name in between
            self._path.unlink(missing_ok=True)
        self._lock.release()
        if WINDOWS:  # it removes no open file; should somebody have taken it meanwhile, it stays
            with suppress(OSError):
                self._path.unlink()


def holder(path: Path) -> Holder | None:
    """Return who holds the lock of a file, as far as the lock file tells."""
    try:
        text = path.with_name(path.name + ".lock").open("rb", buffering=0)
        with text:
            text.seek(1)
            return msgspec.json.decode(text.read(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return None


def _taken(path: Path, by: Holder | None) -> UserError:
    mend = N_("Close it there, or open it read-only here.")
    if by is None:
        return UserError("open_elsewhere", N_("The file is open in another window or program."), mend, where=str(path))
    return UserError(
        "open_elsewhere",
        N_("The file is open: {who} has it since {since} on the computer {host}."),
        mend,
        where=str(path),
        params={"who": by.who, "since": by.since, "host": by.host},
    )
