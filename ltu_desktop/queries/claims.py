"""Claims as the file holds them: versions, the ledger of what was claimed for each month, exported files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import claim, claim_line, export, payroll_file, person, sealed

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row


Key = tuple[bytes | None, str]
"""Whom a claimed line is for: a person's key, or None and the code of an adjustment of the whole claim."""


@dataclass(frozen=True)
class ClaimRow:
    """One version of a month's claim; `total` is what it asks for, of a corrective version the difference."""

    id: bytes
    scheme: str
    month: Month
    number: int
    state: str
    reason: str
    corrects_id: bytes | None
    hours: Decimal
    total: Decimal
    sha256: str
    sealed_at: datetime
    version: int

    @property
    def corrective(self) -> bool:
        """Whether it only holds differences with earlier versions."""
        return self.number > 1


@dataclass(frozen=True)
class LineRow:
    """One claimed amount: who, for which month, which part. Hours stand on a line's first part only."""

    person_id: bytes | None
    staff_number: str
    name: str
    month: Month
    code: str
    status: str
    part: str
    quantity: Decimal
    amount: Decimal


@dataclass
class Due:
    """What all claims together ask for one person and month."""

    quantity: Decimal = ZERO
    parts: dict[str, Decimal] = field(default_factory=dict)

    def add(self, quantity: Decimal, part: str, amount: Decimal) -> None:
        """Add a claimed line's part."""
        self.quantity += quantity
        self.parts[part] = self.parts.get(part, ZERO) + amount

    @property
    def total(self) -> Decimal:
        """The sum of the parts."""
        return sum(self.parts.values(), ZERO)


Ledger = dict[Key, Due]
"""What is claimed for one month, by person: the sum of the lines of all versions and later claims."""


@dataclass(frozen=True)
class ExportRow:
    """A file written from a sealed claim."""

    claim_id: bytes
    at: str
    kind: str
    name: str
    sha256: str


_CLAIM = select(
    claim.c.id,
    claim.c.scheme,
    claim.c.month,
    claim.c.number,
    claim.c.state,
    claim.c.reason,
    claim.c.corrects_id,
    claim.c.hours,
    claim.c.total,
    sealed.c.sha256,
    sealed.c.at,
    claim.c.version,
).join(sealed, sealed.c.claim_id == claim.c.id)


def _row(row: Row[*tuple[Any, ...]]) -> ClaimRow:
    return ClaimRow(
        id=row[0],
        scheme=row[1],
        month=Month.parse(row[2]),
        number=row[3],
        state=row[4],
        reason=row[5],
        corrects_id=row[6],
        hours=from_hundredths(row[7]),
        total=from_hundredths(row[8]),
        sha256=row[9],
        sealed_at=datetime.fromisoformat(row[10]),
        version=row[11],
    )


def claims(connection: Connection, scheme: str, month: Month | None = None) -> list[ClaimRow]:
    """Return the versions of a scheme's claims, the latest month and version first; of one month when given."""
    query = _CLAIM.where(claim.c.scheme == scheme)
    if month is not None:
        query = query.where(claim.c.month == str(month))
    return [_row(row) for row in connection.execute(query.order_by(claim.c.month.desc(), claim.c.number.desc()))]


def claim_by_id(connection: Connection, claim_id: bytes) -> ClaimRow | None:
    """Return one version, or None."""
    row = connection.execute(_CLAIM.where(claim.c.id == claim_id)).first()
    return _row(row) if row else None


def claim_by_print(connection: Connection, sha256: str) -> ClaimRow | None:
    """Return the version with this SHA-256 of its sealed data (or the only one that starts so), or None."""
    rows = connection.execute(_CLAIM.where(sealed.c.sha256.startswith(sha256.lower(), autoescape=True)).limit(2)).all()
    return _row(rows[0]) if len(rows) == 1 else None


def sealed_data(connection: Connection, claim_id: bytes) -> bytes:
    """Return the canonical JSON that was sealed; raise NoResultFound when there is none."""
    data: bytes = connection.execute(select(sealed.c.dossier).where(sealed.c.claim_id == claim_id)).scalar_one()
    return data


def lines(connection: Connection, claim_id: bytes) -> list[LineRow]:
    """Return a version's claimed lines in the order of its list."""
    c = claim_line.c
    query = (
        select(
            c.person_id,
            person.c.staff_number,
            person.c.name,
            person.c.first_names,
            c.month,
            c.code,
            c.status,
            c.part,
            c.quantity,
            c.amount,
        )
        .outerjoin(person, person.c.id == c.person_id)
        .where(c.claim_id == claim_id)
        .order_by(c.position, c.id)
    )
    return [
        LineRow(
            person_id=key,
            staff_number=number or "",
            name=f"{name.upper()} {first}".strip() if name else "",
            month=Month.parse(month),
            code=code,
            status=status,
            part=part,
            quantity=from_hundredths(quantity),
            amount=from_hundredths(amount),
        )
        for key, number, name, first, month, code, status, part, quantity, amount in connection.execute(query)
    ]


def ledger(connection: Connection, scheme: str, month: Month) -> Ledger:
    """Return what is claimed so far for a month, by person, whichever claims hold the lines."""
    c = claim_line.c
    rows = connection.execute(
        select(c.person_id, c.code, c.part, func.sum(c.quantity), func.sum(c.amount))
        .join(claim, claim.c.id == c.claim_id)
        .where(claim.c.scheme == scheme, c.month == str(month))
        .group_by(c.person_id, c.code, c.part)
    )
    found: Ledger = defaultdict(Due)
    for owner, code, part, quantity, amount in rows:
        found[owner, code].add(from_hundredths(quantity), part, from_hundredths(amount))
    return dict(found)


def asked_by_part(connection: Connection, scheme: str, month: Month) -> dict[str, Decimal]:
    """Return what all versions of a month's claim ask for together, corrections of earlier months included."""
    rows = connection.execute(
        select(claim_line.c.part, func.sum(claim_line.c.amount))
        .join(claim, claim.c.id == claim_line.c.claim_id)
        .where(claim.c.scheme == scheme, claim.c.month == str(month))
        .group_by(claim_line.c.part)
    )
    return {part: from_hundredths(amount) for part, amount in rows}


def payroll_months(connection: Connection) -> list[Month]:
    """Return the months for which a payroll file counts, oldest first."""
    query = (
        select(payroll_file.c.month)
        .where(payroll_file.c.replaced_by_id.is_(None))
        .distinct()
        .order_by(payroll_file.c.month)
    )
    return [Month.parse(text) for text in connection.execute(query).scalars()]


def exports_by_print(connection: Connection, sha256: str) -> list[ExportRow]:
    """Return the records of an exported file with exactly these bytes."""
    return _exports(connection, export.c.sha256 == sha256)


def exports_by_name(connection: Connection, name: str) -> list[ExportRow]:
    """Return the records of exported files of this name."""
    return _exports(connection, export.c.name == name)


def exports_of(connection: Connection, claim_id: bytes) -> list[ExportRow]:
    """Return the files written from a version, oldest first."""
    return _exports(connection, export.c.claim_id == claim_id)


def _exports(connection: Connection, condition: ColumnElement[bool]) -> list[ExportRow]:
    e = export.c
    query = select(e.claim_id, e.at, e.kind, e.name, e.sha256).where(condition).order_by(e.at, e.id)
    return [ExportRow(*row) for row in connection.execute(query)]
