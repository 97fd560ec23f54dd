"""Pack files (`.ltupack`): a newer edition of a scheme, signed, brought without a network; and those installed here.

An installed edition is kept as the very file that was delivered, so its signature is checked again at each start.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import msgspec

from ltu_desktop import RESOURCES, places
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.signed import open_signed
from ltu_desktop.rules.strict import NotStrict, read

ENDING = ".ltupack"
LARGEST = 4_000_000  # bytes; a real one has some 30 000


class PackFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An edition of a scheme; `note` says what is new by language, `files` are its texts by name."""

    code: str
    edition: int
    issued: date
    engine: str
    note: dict[str, str]
    files: dict[str, str]


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which edition of a scheme comes with the program, and its day."""

    number: int
    issued: date


def shipped(code: str) -> Edition:
    """Return the edition that comes with the program."""
    text = (RESOURCES / "schemes" / code / "edition.toml").read_text("utf-8")
    return read(tomllib.loads(text), Edition)


def read_pack(data: bytes, where: Path) -> PackFile:
    """Read a pack file: first the signature, then the form. Raises UserError."""
    if len(data) > LARGEST:
        raise _bad(where)
    content = open_signed(data, str(where))
    try:
        return read(msgspec.json.decode(content), PackFile)
    except (msgspec.DecodeError, NotStrict) as error:
        raise _bad(where) from error


def write_pack(pack: PackFile) -> bytes:
    """Return a pack's content, to be signed."""
    return msgspec.json.format(msgspec.json.encode(pack, order="sorted"), indent=1)


def _bad(where: Path) -> UserError:
    return UserError(
        "bad_pack_file",
        N_("this is not a rules pack."),
        mend=N_("Choose the file as it was delivered; its name ends in .ltupack."),
        where=str(where),
    )


def shelf(code: str) -> Path:
    """Return the folder of a scheme's installed editions."""
    return places.data() / "schemes" / code


def installed(code: str) -> list[Path]:
    """Return the files of a scheme's installed editions that are newer than the shipped one, the newest first."""
    own = shipped(code).number
    found = sorted(shelf(code).glob(f"[0-9][0-9][0-9][0-9]{ENDING}"), reverse=True)
    return [path for path in found if int(path.stem) > own]


def newest(code: str) -> PackFile | None:
    """Return the newest installed edition, None when the shipped one is; raise UserError when it is damaged.

    A damaged edition is never passed over in silence: older rules would give other figures.
    """
    there = installed(code)
    return read_pack(there[0].read_bytes(), there[0]) if there else None
