"""Attached papers: what hangs on a row, by name, kind and day; the content comes only when it is asked for.

Papers of the kind `health` are shown to no role that health data are kept from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from ltu_desktop.rules.periods import Month
from ltu_desktop.store.roles import WITHOUT_HEALTH, no_health
from ltu_desktop.store.tables import (
    absence,
    absence_day,
    activity,
    agreement,
    attachment,
    blob,
    claim,
    eligibility,
    employer,
    metadata,
    month_sheet,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Select

HEALTH_KINDS = frozenset({"health", "sick_note"})
"""Kinds that tell of somebody's health."""


LOGO = "logo"
"""Kind of the employer's logo."""


@dataclass(frozen=True)
class AttachmentRow:
    """A paper; `subject` is the table of the row it hangs on, `size` is in bytes."""

    id: bytes
    version: int
    subject: str
    subject_id: bytes
    name: str
    media_type: str
    kind: str
    day: date | None
    size: int
    sha256: str


_ROW: Select[*tuple[Any, ...]] = select(
    attachment.c.id,
    attachment.c.version,
    attachment.c.subject,
    attachment.c.subject_id,
    attachment.c.name,
    attachment.c.media_type,
    attachment.c.kind,
    attachment.c.day,
    attachment.c.size,
    attachment.c.blob_sha256,
)


def attachments(connection: Connection, subject: str, subject_id: bytes, role: str) -> list[AttachmentRow]:
    """Return the papers of one row, by day and name."""
    a = attachment.c
    return _rows(connection, and_(a.subject == subject, a.subject_id == subject_id), role)


def of_person(connection: Connection, person_id: bytes, role: str) -> list[AttachmentRow]:
    """Return all papers of a person, with those of her eligibility, absences and sheets, by day and name."""
    a = attachment.c
    own = [and_(a.subject == "person", a.subject_id == person_id)]
    for table in (eligibility, absence, absence_day, month_sheet):
        keys = select(table.c.id).where(table.c.person_id == person_id)
        own.append(and_(a.subject == table.name, a.subject_id.in_(keys)))
    return _rows(connection, or_(*own), role)


def attachment_by_id(connection: Connection, attachment_id: bytes, role: str) -> AttachmentRow | None:
    """Return one paper, or None; raise UserError `no_health` when it is kept from the role."""
    row = connection.execute(_ROW.where(attachment.c.id == attachment_id)).first()
    if row is None:
        return None
    found = AttachmentRow(*row)
    if found.kind in HEALTH_KINDS and role == WITHOUT_HEALTH:
        raise no_health()
    return found


def logo_row(connection: Connection) -> AttachmentRow | None:
    """Return the employer's logo, or None."""
    a = attachment.c
    row = connection.execute(_ROW.where(a.subject == "employer", a.kind == LOGO)).first()
    return AttachmentRow(*row) if row else None


def content(connection: Connection, sha256: str) -> bytes:
    """Return a paper's bytes; raise NoResultFound when the file lacks them."""
    data: bytes = connection.execute(select(blob.c.content).where(blob.c.sha256 == sha256)).scalar_one()
    return data


def exists(connection: Connection, subject: str, subject_id: bytes) -> bool:
    """Whether the row is there on which a paper is to hang."""
    table = metadata.tables[subject]
    return connection.execute(select(table.c.id).where(table.c.id == subject_id)).first() is not None


def place(connection: Connection, subject: str, subject_id: bytes) -> str | Month:
    """Say on what a paper hangs: a staff number, an activity, an agreement's number, a claim's month, the employer."""
    match subject:
        case "claim":
            text: str = connection.execute(select(claim.c.month).where(claim.c.id == subject_id)).scalar_one()
            return Month.parse(text)
        case "agreement":
            query = select(agreement.c.number).where(agreement.c.id == subject_id)
        case "activity":
            query = select(activity.c.name).where(activity.c.id == subject_id)
        case "employer":
            query = select(employer.c.name).where(employer.c.id == subject_id)
        case "person":
            query = select(person.c.staff_number).where(person.c.id == subject_id)
        case _:
            table = metadata.tables[subject]
            query = select(person.c.staff_number).join(table, table.c.person_id == person.c.id)
            query = query.where(table.c.id == subject_id)
    return str(connection.execute(query).scalar_one())


def keys_of(connection: Connection, subject: str, subject_ids: Sequence[bytes]) -> list[bytes]:
    """Return the keys of all papers that hang on some rows, whoever asks."""
    a = attachment.c
    found = connection.execute(select(a.id).where(a.subject == subject, a.subject_id.in_(subject_ids)).order_by(a.id))
    return list(found.scalars())


def subjects_of(connection: Connection, subject: str, subject_ids: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """Return the keys of all papers that hang on some rows, each with its row's, whoever asks."""
    a = attachment.c
    found = connection.execute(
        select(a.id, a.subject_id).where(a.subject == subject, a.subject_id.in_(subject_ids)).order_by(a.id)
    )
    return [(key, row) for key, row in found]


def _rows(connection: Connection, condition: ColumnElement[bool], role: str) -> list[AttachmentRow]:
    query = _ROW.where(condition).order_by(attachment.c.day, attachment.c.name, attachment.c.id)
    if role == WITHOUT_HEALTH:
        query = query.where(attachment.c.kind.not_in(HEALTH_KINDS))
    return [AttachmentRow(*row) for row in connection.execute(query)]
