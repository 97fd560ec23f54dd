"""The sealed dossier: a claim's files in one archive, with a list of their SHA-256 that anybody can check.

The list has the form of `sha256sum`, so that `sha256sum -c empreintes.sha256` checks it without this program. The same
files give the same bytes, whenever and wherever they are packed.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ltu_desktop.words import Words

MANIFEST, NOTE = "empreintes.sha256", "lisez-moi.txt"
LARGEST = 256 * 1024 * 1024  # bytes, unpacked; ours are far smaller


def sealed_zip(files: Mapping[str, bytes], words: Words, *, code: str, at: datetime) -> bytes:
    """Pack files under their names; `code` is the seal's text (`LTU1:CDE:…`), `at` the moment of the seal (UTC)."""
    said = [
        words.text("The files of a sealed claim"),
        words.text("Seal: {code}", code=code),
        "",
        words.text("{manifest} lists the SHA-256 of each file. To check them:", manifest=MANIFEST),
        f"    sha256sum -c {MANIFEST}",
        "",
    ]
    whole = {**files, NOTE: "\r\n".join(said).encode()}
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in whole.items()]
    whole[MANIFEST] = "".join(lines).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in whole.items():
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second // 2 * 2))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def is_sealed_zip(data: bytes) -> bool:
    """Tell whether an archive is a sealed dossier, as far as its directory says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return MANIFEST in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return MANIFEST.encode() in data


def read_sealed_zip(data: bytes) -> tuple[bytes, bool]:
    """Return the note of a sealed dossier, which names the seal, and whether files and list disagree."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                return b"", True  # none of ours: a file that would swell without end
            files = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001  a broken archive may fail anywhere, in ways of its own
        return data, True
    listed: dict[str, str] = {}
    for line in files.pop(MANIFEST).decode("utf-8", "replace").splitlines():
        sha256, _, name = line.partition("  ")
        listed[name] = sha256
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files.get(NOTE, b""), found != listed
