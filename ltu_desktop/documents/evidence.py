"""Evidence: what a file given to "verify" says of itself: its SHA-256 and the seal it carries.

Whether it was altered is for the store to say, which knows the SHA-256 of each file that went out. Here only reading:
a damaged file still gives up the seal that can be found in its bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass

from ltu_desktop.documents.sealed_zip import is_sealed_zip, read_sealed_zip
from ltu_desktop.rules.dossier import seal_code
from ltu_desktop.rules.errors import N_, UserError

_SEAL = re.compile(rb"LTU1:CDE:(\d{4}(?:-\d\d)?):V(\d{1,4}):([0-9A-Fa-f]{64})(?![0-9A-Fa-f])")
_LARGEST = 256 * 1024 * 1024  # bytes of a workbook, unpacked; ours are far smaller
_PROPERTIES = "docProps/custom.xml"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file says of itself.

    `kind` is `pdf`, `xlsx`, `zip` (a sealed dossier), `json` or `csv`; `seal_code` the text of the QR code
    (`LTU1:CDE:2026-10:V1:<64 hex>`); `sha256` that of the whole file; `damaged` tells that the file no longer opens:
    only its bytes were searched.
    """

    kind: str
    seal_code: str | None
    sha256: str
    damaged: bool = False


def evidence(data: bytes, name: str) -> Evidence:
    """Read what a PDF, workbook, JSON or CSV file says of itself; `name` helps with bytes that begin with no mark.

    Raise `UserError` for a file without any seal: "no_seal" (a draft, or a file of another program), "damaged" when it
    no longer opens either.
    """
    kind = _kind(data, name)
    code: str | None = None
    damaged = False
    if kind == "pdf":
        code, damaged = _pdf(data)
    elif kind == "xlsx":
        code, damaged = _workbook(data)
    elif kind == "zip":
        note, damaged = read_sealed_zip(data)
        code = find_seal(note)
    elif kind == "json":
        code, damaged = _json(data)
    else:
        code = find_seal(data)
    if code is None:
        code = find_seal(data)
    if code is None and damaged:
        raise UserError(
            "damaged",
            N_("this file is damaged: it no longer opens, and no seal can be found in it."),
            mend=N_("Choose another copy of the file, or export it again."),
            where=name,
        )
    if code is None:
        raise UserError(
            "no_seal",
            N_("this file carries no seal: it is a draft, or another program made it."),
            mend=N_("Choose a claim’s PDF, workbook, archive, JSON or CSV file as it was exported."),
            where=name,
        )
    return Evidence(kind, code, hashlib.sha256(data).hexdigest(), damaged)


def find_seal(data: bytes) -> str | None:
    """Return the first seal code in some bytes (also as UTF-16, as PDF and Excel may keep it), or None."""
    found = _SEAL.search(data) or _SEAL.search(data.replace(b"\x00", b""))
    if found is None:
        return None
    period, version, sha256 = (group.decode("ascii") for group in found.groups())
    return seal_code(period, int(version), sha256)


def _kind(data: bytes, name: str) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK"):  # first: an archive may begin with a PDF that it holds as it is
        return "zip" if is_sealed_zip(data) else "xlsx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith((b"{", b"[")):
        return "json"
    ending = name.rpartition(".")[2].lower()
    return ending if ending in {"pdf", "xlsx", "json"} else "csv"


def _pdf(data: bytes) -> tuple[str | None, bool]:
    import pikepdf

    code: str | None = None
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as document:
            if "/Metadata" in document.Root:
                code = find_seal(document.Root.Metadata.read_bytes())
            for value in document.docinfo.values():
                code = code or find_seal(bytes(str(value), "utf-8"))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return code, True  # a broken file may fail anywhere: what was found so far still counts
    return code, False


def _workbook(data: bytes) -> tuple[str | None, bool]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                return None, True  # none of ours: a file that would swell without end
            broken = archive.testzip() is not None
            return find_seal(archive.read(_PROPERTIES)) if _PROPERTIES in archive.namelist() else None, broken
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return None, True


def _json(data: bytes) -> tuple[str | None, bool]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None, True
    claim = value.get("claim") if isinstance(value, dict) else None
    if isinstance(claim, dict) and isinstance(value.get("period"), str):
        text = f"LTU1:CDE:{value['period']}:V{claim.get('version')}:{claim.get('sha256')}"
        return find_seal(text.encode()), False
    return None, False
