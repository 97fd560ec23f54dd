"""What a claim prints besides its figures: employer, agreement, people, payroll files, attachments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, or_, select

from ltu_desktop.rules.dossier import AgreementCard, EmployerCard, FileCard, SiteCard
from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.store.tables import (
    agreement,
    agreement_terms,
    attachment,
    employer,
    operator,
    pay_month,
    payroll_file,
    person,
    site,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.rules.periods import Month


class PersonRow(msgspec.Struct, frozen=True):
    """A person as the nominal list names her."""

    id: bytes
    staff_number: str
    name: str
    first_names: str
    folded: str
    status: str | None
    site: str
    decision_number: str


class Payroll(msgspec.Struct):
    """One person's payroll around a month, in hours.

    `own` are hours worked in the month and paid by its files, `late` those that files of other months pay for it,
    `back_pay` what its files pay for other months (`back_pay_files`: by month, the file's name). `file` and `line`
    tell where the first own row stands, `late_file` which file of another month came last. `listed` are hours of
    lists that are no payroll declaration: such a list may lose rows to a declaration, so its control total no longer
    binds.
    """

    own: Decimal = ZERO
    late: Decimal = ZERO
    back_pay: Decimal = ZERO
    listed: Decimal = ZERO
    in_files: bool = False
    file: str = ""
    line: int = 0
    back_pay_files: dict[str, str] = {}
    late_file: str = ""

    @property
    def worked(self) -> Decimal:
        """Hours paid for the month, by whichever file."""
        return self.own + self.late


def employer_card(connection: Connection) -> EmployerCard | None:
    """Return the employer as printed, or None when nobody has said who it is."""
    e = employer.c
    row = connection.execute(
        select(e.name, e.siret, e.address, e.postcode, e.town, e.iban, e.signatory, e.signatory_quality)
    ).first()
    if row is None:
        return None
    name, siret, address, postcode, town, iban, signatory, quality = row
    return EmployerCard(name, siret, address, postcode, town, iban[-4:], signatory, quality)


def agreement_card(connection: Connection, agreement_id: bytes | None, month: Month) -> AgreementCard:
    """Return an agreement with the terms in force at a month's end; an empty card when there is none."""
    if agreement_id is None:
        return AgreementCard()
    g, t = agreement.c, agreement_terms.c
    number, signed_on, fund, territory, committee, departments = connection.execute(
        select(g.number, g.signed_on, g.fund, g.territory, g.committee, g.departments).where(g.id == agreement_id)
    ).one()
    terms = connection.execute(
        select(t.amendment, t.signed_on, t.ceiling_fte, t.start_on)
        .where(t.agreement_id == agreement_id, t.start_on <= month.last)
        .order_by(t.start_on.desc())
    ).first()
    amendment, amendment_on, ceiling, terms_from = terms or ("", None, None, None)
    return AgreementCard(
        number=number,
        signed_on=signed_on,
        fund=fund,
        territory=territory,
        committee=committee,
        departments=departments,
        amendment=amendment,
        amendment_on=amendment_on,
        terms_from=terms_from,
        ceiling_fte=None if ceiling is None else from_hundredths(ceiling),
    )


def people(connection: Connection) -> dict[bytes, PersonRow]:
    """Return everybody as the nominal list names them, in its order."""
    p = person.c
    rows = connection.execute(
        select(
            p.id,
            p.staff_number,
            p.name,
            p.first_names,
            p.folded,
            p.status,
            func.coalesce(site.c.code, ""),
            p.decision_number,
        )
        .outerjoin(site, site.c.id == p.site_id)
        .order_by(p.folded, p.staff_number)
    )
    return {row[0]: PersonRow(*row) for row in rows}


def sites(connection: Connection) -> tuple[SiteCard, ...]:
    """Return the sites by code."""
    rows = connection.execute(select(site.c.code, site.c.name).order_by(site.c.code))
    return tuple(SiteCard(code, name) for code, name in rows)


def payroll(connection: Connection, month: Month) -> dict[bytes, Payroll]:
    """Return each person's payroll around a month."""
    p, f, name = pay_month.c, payroll_file.c, str(month)
    rows = connection.execute(
        select(p.person_id, p.month, p.paid_hours, p.line, f.month, f.name, f.kind)
        .join(payroll_file, f.id == p.payroll_file_id)
        .where(f.replaced_by_id.is_(None), or_(p.month == name, f.month == name))
        .order_by(f.received_on, f.name, p.line)
    )
    found: dict[bytes, Payroll] = {}
    for owner, worked, hours, line, declared, file, kind in rows:
        each = found.setdefault(owner, Payroll())
        amount = from_hundredths(hours)
        each.in_files = each.in_files or declared == name
        if declared == name and kind != "dsn":
            each.listed += amount
        if worked != name:
            each.back_pay += amount
            each.back_pay_files[worked] = file
        elif declared == name:
            each.own += amount
            if not each.file:
                each.file, each.line = file, line
        else:
            each.late += amount
            each.late_file = file
    return found


def payroll_files(connection: Connection, month: Month) -> tuple[FileCard, ...]:
    """Return the payroll files that count for a month, with their control totals.

    A file is kept by establishment and part, and listed once.
    """
    f = payroll_file.c
    columns = f.name, f.received_on, f.sha256, f.kind, f.norm, f.type
    rows = connection.execute(
        select(*columns, func.sum(f.hours))
        .where(f.month == str(month), f.replaced_by_id.is_(None))
        .group_by(*columns)
        .order_by(f.received_on, f.name)
    )
    return tuple(
        FileCard(name, day, sha256, kind, norm, nature, from_hundredths(hours))
        for name, day, sha256, kind, norm, nature, hours in rows
    )


def attachments(connection: Connection, agreement_id: bytes | None) -> tuple[FileCard, ...]:
    """Return the papers of the employer and of the agreement; a person's papers are never listed.

    Of the contributions certificates only the latest is.
    """
    a = attachment.c
    wanted = [a.subject == "employer"]
    if agreement_id is not None:
        wanted.append((a.subject == "agreement") & (a.subject_id == agreement_id))
    rows = connection.execute(select(a.name, a.day, a.blob_sha256, a.kind).where(or_(*wanted)).order_by(a.name, a.id))
    found = [FileCard(name, day, sha256, kind) for name, day, sha256, kind in rows]
    certificates = [file for file in found if file.kind == "vigilance"]
    latest = max(certificates, key=lambda file: file.day or date.min, default=None)
    return tuple(file for file in found if file.kind != "vigilance" or file is latest)


def operator_quality(connection: Connection, name: str) -> str:
    """Return what an operator is in the house ("responsable administrative"), "" when not said."""
    return connection.execute(select(operator.c.quality).where(operator.c.name == name)).scalar() or ""


def payroll_sirets(connection: Connection, month: Month) -> list[str]:
    """Return who declared the payroll that counts for a month."""
    f = payroll_file.c
    query = select(f.siret).where(f.month == str(month), f.replaced_by_id.is_(None)).distinct().order_by(f.siret)
    return list(connection.execute(query).scalars())
