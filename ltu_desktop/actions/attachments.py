"""Papers attached to people, activities, claims, agreement and employer: kept in the file, opened by a copy.

Only kinds of file that show something are taken: a copy is opened by whatever program the computer has for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ltu_desktop.actions.checks import check_day
from ltu_desktop.documents.names import write_new
from ltu_desktop.queries import attachments as queries
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.roles import WITHOUT_HEALTH, no_health, role_of
from ltu_desktop.store.tables import attachment

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

LIMIT = 20 * 1024 * 1024
"""Greatest paper, in bytes: thirty scanned pages fit, and the file stays easy to back up."""

KINDS = {
    "vigilance": N_("Urssaf certificate (attestation de vigilance)"),
    "agreement": N_("Agreement"),
    "amendment": N_("Amendment to the agreement"),
    "contract": N_("Contract"),
    "decision": N_("Decision of the local committee"),
    "proof": N_("Proof of eligibility"),
    "identity": N_("Proof of identity"),
    "payslip": N_("Payslips"),
    "receipt": N_("Acknowledgement of receipt"),
    "letter": N_("Letter"),
    "sick_note": N_("Sick note"),
    "sheet": N_("Month sheet, scanned"),
    "health": N_("Health (RQTH, medical check)"),
    "logo": N_("Logo"),
    "other": N_("Other document"),
}
"""Kinds of papers, in words."""

KINDS_OF = {
    "employer": ("vigilance", "letter", "other"),
    "agreement": ("agreement", "amendment", "letter", "other"),
    "person": ("contract", "decision", "identity", "payslip", "health", "letter", "other"),
    "eligibility": ("proof", "other"),
    "absence": ("sick_note", "other"),
    "absence_day": ("sick_note", "other"),
    "month_sheet": ("sheet", "other"),
    "activity": ("decision", "letter", "other"),
    "claim": ("receipt", "payslip", "letter", "other"),
}
"""On what papers hang, and which kinds to offer there; the first is the one proposed."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
    "eml": "message/rfc822",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Endings that are taken, none of them a program."""

_LONGEST = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names that Windows keeps for devices


def attach(
    ctx: Context,
    subject: str,
    subject_id: bytes,
    name: str,
    content: bytes,
    *,
    kind: str = "other",
    day: date | None = None,
) -> bytes:
    """Attach a paper to a row (`subject` is its table, a key of `KINDS_OF`) and return the paper's key.

    Raises UserError when it is empty, too large, of a kind of file that is not taken, or there already.
    """
    with ctx.store.write("attachments.attach", initiator=ctx.initiator) as tx:
        return add(ctx, tx, subject, subject_id, name, content, kind=kind, day=day)


def add(
    ctx: Context,
    tx: Write,
    subject: str,
    subject_id: bytes,
    name: str,
    content: bytes,
    *,
    kind: str,
    day: date | None,
) -> bytes:
    """Attach a paper as part of another action."""
    if subject not in KINDS_OF or kind not in KINDS:
        raise TypeError(f"no paper {kind} hangs on {subject}")
    role = role_of(tx.connection, ctx.store.operator)
    _allowed(role, kind)
    if not queries.exists(tx.connection, subject, subject_id):
        raise _gone()
    name, media_type = _named(name)
    _check_size(name, content)
    if day is not None:
        check_day(ctx, name, "day", day)
    sha256 = tx.put_blob(content)
    for each in queries.attachments(tx.connection, subject, subject_id, role):
        if each.sha256 == sha256:
            raise UserError(
                "already_attached",
                N_("This document is already attached, as “{name}”."),
                N_("There is nothing to do."),
                where=name,
                params={"name": each.name},
            )
    tx.params |= {"name": _told(name, kind), "place": queries.place(tx.connection, subject, subject_id)}
    return tx.insert(
        attachment,
        {
            "subject": subject,
            "subject_id": subject_id,
            "name": name,
            "media_type": media_type,
            "kind": kind,
            "day": day,
            "size": len(content),
            "blob_sha256": sha256,
        },
    )


def change(
    ctx: Context, attachment_id: bytes, *, name: str | None = None, kind: str | None = None, day: date | None = None
) -> Changed:
    """Correct a paper's name (its ending stays), kind or day; what is None stays."""
    with ctx.store.write("attachments.change", initiator=ctx.initiator) as tx:
        found = _found(ctx, tx.connection, attachment_id)
        values: dict[str, str | date] = {}
        if name is not None:
            ending = found.name.rpartition(".")[2]
            values["name"] = _named(name if name.lower().endswith(f".{ending}") else f"{name}.{ending}")[0]
        if kind is not None:
            if kind not in KINDS:
                raise TypeError(f"no kind of paper: {kind}")
            _allowed(role_of(tx.connection, ctx.store.operator), kind)
            values["kind"] = kind
        if day is not None:
            check_day(ctx, found.name, "day", day)
            values["day"] = day
        told = _told(_told(str(values.get("name", found.name)), str(values.get("kind", found.kind))), found.kind)
        tx.params |= {"name": told, "place": queries.place(tx.connection, found.subject, found.subject_id)}
        tx.update(attachment, attachment_id, values)
    return tx.changed


def remove(ctx: Context, attachment_id: bytes) -> Changed:
    """Take a paper off; undo brings it back."""
    with ctx.store.write("attachments.remove", initiator=ctx.initiator) as tx:
        found = _found(ctx, tx.connection, attachment_id)
        place = queries.place(tx.connection, found.subject, found.subject_id)
        tx.params |= {"name": _told(found.name, found.kind), "place": place}
        tx.delete(attachment, attachment_id)
    return tx.changed


def copy_to(ctx: Context, attachment_id: bytes, folder: Path) -> Path:
    """Write a copy of a paper into a folder, never over another file, and return its path.

    Raises UserError `cannot_write` when the folder refuses it.
    """
    with ctx.store.read() as connection:
        found = _found(ctx, connection, attachment_id)
        content = queries.content(connection, found.sha256)
    return write_new(folder, found.name, content)


def _found(ctx: Context, connection: Connection, attachment_id: bytes) -> AttachmentRow:
    found = queries.attachment_by_id(connection, attachment_id, role_of(connection, ctx.store.operator))
    if found is None:
        raise _gone()
    return found


def _allowed(role: str, kind: str) -> None:
    if kind in queries.HEALTH_KINDS and role == WITHOUT_HEALTH:
        raise no_health()


def _told(name: str, kind: str) -> str:
    """Keep the name of a paper about health out of the history, which everybody may read."""
    return "…" if kind in queries.HEALTH_KINDS else name


def _named(name: str) -> tuple[str, str]:
    """Return a name that any system can write as a file, and its media type; refuse endings that are not taken."""
    plain = re.split(r"[/\\]", name)[-1]
    plain = " ".join(re.sub(r'[<>:"|?*\x00-\x1f]', " ", plain).split()).rstrip(" .")
    stem, _, ending = plain.rpartition(".")
    ending = ending.strip().lower() if stem or plain.startswith(".") else ""
    if ending not in MEDIA_TYPES:
        raise UserError(
            "attachment_kind",
            N_("Files of this kind (“{ending}”) are not attached."),
            N_("Save it as PDF or as a picture, then attach that."),
            where=plain,
            params={"ending": ending},
        )
    stem = stem.strip(" .")[:_LONGEST].rstrip(" .") or "document"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}", MEDIA_TYPES[ending]


def _check_size(name: str, content: bytes) -> None:
    if not content:
        raise UserError(
            "attachment_empty",
            N_("This document is empty."),
            N_("Check the file, then attach it again."),
            where=name,
        )
    if len(content) > LIMIT:
        raise UserError(
            "attachment_too_large",
            N_("This document is {size} MB large; {limit} MB is the most that is attached."),
            N_("Scan it in black and white at 200 dots per inch, or cut it in several documents."),
            where=name,
            params={"size": -(-len(content) // (1024 * 1024)), "limit": LIMIT // (1024 * 1024)},
        )


def _gone() -> UserError:
    return UserError(
        "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
    )
