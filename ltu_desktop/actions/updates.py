"""A newer program brought on a key: believed when the signature beside it, `NAME.ltusig`, is that of this very file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ltu_desktop import __version__
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.signed import FAKED, open_signed

ENDING = ".ltusig"


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed of a program."""

    name: str
    version: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Update:
    """A program that may be started: it is what its maker signed, and newer than this one."""

    path: Path
    version: str


def look(path: Path, now: str = __version__) -> Update:
    """Check a program before it is started; raise UserError with what is wrong with it. Nothing of it is run."""
    try:
        told = msgspec.json.decode(open_signed(_signature(path), str(path)), type=Signed)
    except msgspec.DecodeError as error:
        raise _wrong(path) from error
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == told.sha256
    if not same or path.stat().st_size != told.size:
        raise _wrong(path)
    if _order(told.version) <= _order(now):
        raise UserError(
            "program_not_newer",
            N_("this is version {version}; version {now} is installed already."),
            mend=N_("Nothing needs to be done."),
            where=str(path),
            params={"version": told.version, "now": now},
        )
    return Update(path, told.version)


def _signature(path: Path) -> bytes:
    beside = path.with_name(path.name + ENDING)
    try:
        return beside.read_bytes()
    except OSError as error:
        raise UserError(
            "no_signature",
            N_("its signature is not beside it: the file {name}."),
            mend=N_("Copy both files onto the key, as they were delivered."),
            where=str(path),
            params={"name": beside.name},
        ) from error


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _wrong(path: Path) -> UserError:
    return UserError(
        "bad_signature", N_("its signature does not fit: it was changed on the way."), mend=FAKED, where=str(path)
    )
