"""Names of the files we make: ASCII, lower case, no person's name; an existing file is never overwritten."""

from __future__ import annotations

import errno
import re
import unicodedata
from itertools import chain
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from pathlib import Path


_LONGEST = 60  # characters of one part of a name: paths stay below Windows' limit
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "’": " "}
)
_TRIES = 9999


def slug(text: str) -> str:
    """Write a text with a–z, 0–9 and hyphens only: `La Halle` is `la-halle`."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")


def claim_file(period: str, version: int, suffix: str, *, sealed: bool = True) -> str:
    """Name a claim's file, `demande-cde-2026-10-v1.pdf`; the archive of all its files is `dossier-cde-2026-10-v1.zip`.

    A draft ends with `-projet`, so that nobody sends it for the sealed one.
    """
    draft = "" if sealed else "-projet"
    kind = "dossier" if suffix == "zip" else "demande"
    return f"{kind}-cde-{slug(period)}-v{version}{draft}.{suffix}"


def report_file(name: str, suffix: str, *, draft: bool = False) -> str:
    """Name a report's file: `registre-personnel-2026-10-31.xlsx`; a draft's ends with `-projet`."""
    return f"{slug(name)}{'-projet' if draft else ''}.{suffix}"


def free_path(folder: Path, name: str) -> Path:
    """Return a path in `folder` that does not exist yet: `name`, or the same with `-2`, `-3` and so on."""
    first = folder / name
    tries = (first.with_name(f"{first.stem}-{number}{first.suffix}") for number in range(2, _TRIES))
    return next(path for path in chain((first,), tries) if not path.exists())


def write_new(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file, never over an existing one, and return its path.

    Raise `UserError` ("cannot_write") when the folder refuses it; then no half-written file is left.
    """
    while True:
        path = free_path(folder, name)
        try:
            with path.open("xb") as file:
                try:
                    file.write(content)
                    file.flush()
                except OSError:
                    file.close()
                    path.unlink(missing_ok=True)
                    raise
        except FileExistsError:
            continue  # another program took the name meanwhile
        except OSError as error:
            raise _refused(folder, error) from error
        return path


def _refused(folder: Path, error: OSError) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        what, mend = N_("the disk is full."), N_("Free some space, or choose another folder.")
    elif error.errno in {errno.ENOENT, errno.ENOTDIR}:
        what, mend = N_("this folder cannot be found."), N_("Choose another folder.")
    else:
        what, mend = N_("nothing can be written into this folder."), N_("Choose another folder.")
    return UserError("cannot_write", what, mend, where=str(folder))
