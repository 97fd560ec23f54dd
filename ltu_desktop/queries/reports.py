"""What reports are made of: employment by person, payroll by month, a year's ledger of claims and payments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, or_, select

from ltu_desktop.queries.claim_facts import weekly_hours
from ltu_desktop.queries.names import list_name
from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import (
    claim,
    claim_line,
    contract,
    contract_terms,
    pay_month,
    payment,
    payment_match,
    payroll_file,
    person,
    site,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Select


# ---------------------------------------------------------------- employment


class Terms(msgspec.Struct, frozen=True):
    """Terms of a contract from a day on; `weekly_hours` None when nobody has said them."""

    start: date
    weekly_hours: Decimal | None
    job: str
    category: str


class Contract(msgspec.Struct, frozen=True):
    """A contract with its terms, oldest first; `nature` is payroll's code."""

    start: date
    end: date | None
    nature: str
    terms: tuple[Terms, ...]

    def holds(self, day: date) -> bool:
        """Whether the contract is in force on a day."""
        return self.start <= day and (self.end is None or self.end >= day)

    def on(self, day: date) -> Terms | None:
        """Return the terms in force on a day, the first ones before they begin."""
        known = [each for each in self.terms if each.start <= day]
        return known[-1] if known else next(iter(self.terms), None)


class Member(msgspec.Struct, frozen=True):
    """A person with all her contracts, by start."""

    id: bytes
    staff_number: str
    name: str
    folded: str
    status: str | None
    sex: str
    birth_date: date | None
    site: str
    contracts: tuple[Contract, ...]


class Employment(msgspec.Struct, frozen=True):
    """A stay with the employer without a break, as it stood on the last day of a span (or on its own last day).

    `entry` is its first day, `exit` its last when that lies within the span. `weekly_hours` adds up the contracts
    in force on that day; None when one of them lacks its hours.
    """

    member: Member
    entry: date
    exit: date | None
    nature: str
    job: str
    category: str
    weekly_hours: Decimal | None


@dataclass(frozen=True)
class Staff:
    """Everybody with her contracts, read once."""

    members: tuple[Member, ...]

    def during(self, start: date, end: date) -> list[Employment]:
        """Return the stays that touch a span of days, in the order of entry, then by name."""
        found = [
            _employment(member, stay, last, end)
            for member in self.members
            for stay, first, last in _stays(member.contracts)
            if first <= end and (last is None or last >= start)
        ]
        return sorted(found, key=lambda each: (each.entry, each.member.folded, each.member.staff_number))


def _stays(contracts: Sequence[Contract]) -> Iterator[tuple[list[Contract], date, date | None]]:
    """Join contracts that follow each other without a break: the contracts, first day, last day (None: open)."""
    stay: list[Contract] = []
    last: date | None = None
    for each in contracts:
        if stay and last is not None and each.start > last + timedelta(days=1):
            yield stay, stay[0].start, last
            stay = []
        last = each.end if not stay else None if last is None or each.end is None else max(last, each.end)
        stay.append(each)
    if stay:
        yield stay, stay[0].start, last


def _employment(member: Member, stay: Sequence[Contract], last: date | None, end: date) -> Employment:
    left = last if last is not None and last <= end else None
    day = left or end
    here = [each for each in stay if each.holds(day)]
    terms = [found for each in here if (found := each.on(day)) is not None]
    hours = [each.weekly_hours for each in terms]
    known = [each for each in hours if each is not None]
    latest = terms[-1] if terms else None
    return Employment(
        member,
        entry=stay[0].start,
        exit=left,
        nature=here[-1].nature,
        job=latest.job if latest else "",
        category=latest.category if latest else "",
        weekly_hours=sum(known, ZERO) if len(known) == len(here) else None,
    )


def staff(connection: Connection) -> Staff:
    """Read everybody with contracts and terms, in one select a table."""
    t, c, p = contract_terms.c, contract.c, person.c
    terms: dict[bytes, list[Terms]] = defaultdict(list)
    for key, start, weekly, monthly, job, category in connection.execute(
        select(t.contract_id, t.start_on, t.weekly_hours, t.monthly_hours, t.job, t.category).order_by(t.start_on)
    ):
        terms[key].append(Terms(start, weekly_hours(weekly, monthly), job, category))
    contracts: dict[bytes, list[Contract]] = defaultdict(list)
    for owner, key, start, end, nature in connection.execute(
        select(c.person_id, c.id, c.start_on, c.end_on, c.nature).order_by(c.start_on, c.number)
    ):
        contracts[owner].append(Contract(start, end, nature, tuple(terms[key])))
    rows = connection.execute(
        select(
            p.id,
            p.staff_number,
            p.name,
            p.first_names,
            p.folded,
            p.status,
            p.sex,
            p.birth_date,
            func.coalesce(site.c.name, ""),
        )
        .outerjoin(site, site.c.id == p.site_id)
        .order_by(p.folded, p.staff_number)
    )
    return Staff(
        tuple(
            Member(row[0], row[1], list_name(row[2], row[3]), row[4], *row[5:], contracts=tuple(contracts[row[0]]))
            for row in rows
            if row[0] in contracts
        )
    )


# ---------------------------------------------------------------- payroll


@dataclass(frozen=True)
class PaidHours:
    """One person's payroll of a year: by number of the month, hours paid and hours not worked and not paid."""

    staff_number: str
    name: str
    folded: str
    status: str | None
    months: dict[int, tuple[Decimal, Decimal]]


def paid_hours(connection: Connection, year: int) -> list[PaidHours]:
    """Return each person's hours of the months worked in a year, of the files that count, by name."""
    m, p = pay_month.c, person.c
    rows = connection.execute(
        select(
            p.staff_number,
            p.name,
            p.first_names,
            p.folded,
            p.status,
            m.month,
            func.sum(m.paid_hours),
            func.sum(m.unpaid_hours),
        )
        .join(pay_month, m.person_id == p.id)
        .join(payroll_file, payroll_file.c.id == m.payroll_file_id)
        .where(m.month.startswith(f"{year:04d}-"), payroll_file.c.replaced_by_id.is_(None))
        .group_by(p.id, m.month)
        .order_by(p.folded, p.staff_number, m.month)
    )
    found: dict[str, PaidHours] = {}
    for number, name, first, folded, status, month, paid, unpaid in rows:
        owner = found.setdefault(number, PaidHours(number, list_name(name, first), folded, status, {}))
        owner.months[Month.parse(month).number] = (from_hundredths(paid), from_hundredths(unpaid))
    return list(found.values())


def years(connection: Connection) -> list[int]:
    """Return the years that payroll or claims speak of, the latest first."""
    texts = {
        *connection.execute(select(pay_month.c.month).distinct()).scalars(),
        *connection.execute(select(claim.c.month).distinct()).scalars(),
    }
    return sorted({Month.parse(text).year for text in texts}, reverse=True)


# ---------------------------------------------------------------- a year's ledger


@dataclass(frozen=True)
class Claimed:
    """What a version of a claim asks for one month and part: its own month, or an earlier one put right."""

    claim_id: bytes
    claim_month: Month
    state: str
    month: Month
    part: str
    amount: Decimal


@dataclass(frozen=True)
class ClaimedHours:
    """Hours that all claims together ask for one month: of a person, or (None) of an adjustment named by `code`."""

    month: Month
    person_id: bytes | None
    code: str
    status: str
    hours: Decimal


@dataclass(frozen=True)
class Matched:
    """A part of a payment that settles a version of a claim."""

    claim_id: bytes
    received_on: date
    payer: str
    payment: Decimal
    amount: Decimal


def _of_year(scheme: str, year: int) -> Select[Any]:
    """Select the keys of the claims that concern a year: its own, and those that put its months right."""
    start = f"{year:04d}-"
    return (
        select(claim.c.id)
        .join(claim_line, claim_line.c.claim_id == claim.c.id)
        .where(claim.c.scheme == scheme, or_(claim.c.month.startswith(start), claim_line.c.month.startswith(start)))
    )


def claimed(connection: Connection, scheme: str, year: int) -> list[Claimed]:
    """Return what the claims that concern a year ask for, whole claims, by age."""
    c, line = claim.c, claim_line.c
    rows = connection.execute(
        select(c.id, c.month, c.state, line.month, line.part, func.sum(line.amount))
        .join(claim_line, line.claim_id == c.id)
        .where(c.id.in_(_of_year(scheme, year)))
        .group_by(c.id, line.month, line.part)
        .order_by(c.id, line.month, line.part)
    )
    return [
        Claimed(key, Month.parse(own), state, Month.parse(month), part, from_hundredths(amount))
        for key, own, state, month, part, amount in rows
    ]


def claimed_hours(connection: Connection, scheme: str, year: int) -> list[ClaimedHours]:
    """Return the hours claimed for the months of a year, whichever claims hold them; one row a person and month.

    A person's hours of a month go to the status that the latest line names: one that takes a line back names none.
    """
    c = claim_line.c
    rows = connection.execute(
        select(c.month, c.person_id, c.code, c.status, c.quantity)
        .join(claim, claim.c.id == c.claim_id)
        .where(claim.c.scheme == scheme, c.month.startswith(f"{year:04d}-"))
        .order_by(c.id)
    )
    hours: dict[tuple[str, bytes | None, str], int] = defaultdict(int)
    status: dict[tuple[str, bytes | None, str], str] = {}
    for month, owner, code, said, quantity in rows:
        key = (month, owner, code)
        hours[key] += quantity
        status[key] = said or status.get(key, "")
    return [
        ClaimedHours(Month.parse(key[0]), key[1], key[2], status[key], from_hundredths(total))
        for key, total in hours.items()
    ]


def matched(connection: Connection, scheme: str, year: int) -> list[Matched]:
    """Return the payments matched to the claims that concern a year, by day."""
    m, p = payment_match.c, payment.c
    rows = connection.execute(
        select(m.claim_id, p.received_on, p.payer, p.amount, m.amount)
        .join(payment, p.id == m.payment_id)
        .where(m.claim_id.in_(_of_year(scheme, year)))
        .order_by(p.received_on, p.id, m.id)
    )
    return [
        Matched(key, day, payer, from_hundredths(whole), from_hundredths(amount))
        for key, day, payer, whole, amount in rows
    ]


def unmatched(connection: Connection, year: int) -> tuple[int, Decimal]:
    """Return how many payments received in a year are not wholly matched, and what is left of them."""
    m, p = payment_match.c, payment.c
    used = func.coalesce(func.sum(m.amount), 0)
    rows = connection.execute(
        select(p.amount - used)
        .outerjoin(payment_match, m.payment_id == p.id)
        .where(p.received_on >= date(year, 1, 1), p.received_on <= date(year, 12, 31))
        .group_by(p.id)
        .having(p.amount != used)
    )
    left = [from_hundredths(rest) for rest in rows.scalars()]
    return len(left), sum(left, ZERO)
