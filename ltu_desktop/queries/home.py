"""What a month's home page reads besides the claim: how far the month is, the year in euros, and what falls due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.payments import claims_against_payments
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.roles import WITHOUT_HEALTH
from ltu_desktop.store.tables import (
    absence_day,
    agreement,
    attendance,
    contract,
    employer,
    health,
    parameter_override,
    pay_month,
    payroll_file,
    person,
    shift,
    support_note,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy import Connection

    from ltu_desktop.queries.payments import ClaimOpen

LATE_AFTER = 30
"""Days after which money that was claimed counts as late; no text fixes one."""
AHEAD = 90
"""Days ahead in which something that ends or falls due is shown."""


@dataclass(frozen=True)
class MonthCounts:
    """A month's people and payroll: people with a contract, files that count, people in them, the last day received."""

    present: int
    files: int
    paid: int
    received_on: date | None


@dataclass(frozen=True)
class MonthBar:
    """A month's claims in euros, all versions together: claimed = paid + open.

    `late` is the part of open that waits for more than `LATE_AFTER` days since it was sent. `state` is that of the last
    version, "" when none is sealed.
    """

    month: Month
    claimed: Decimal
    paid: Decimal
    open: Decimal
    late: Decimal
    state: str


@dataclass(frozen=True)
class Deadline:
    """Something that ends or falls due; `days` are left from today, negative when it is past.

    `kind`: `certificate`, `agreement_end` (`code`: its number), `contract_end` (planned), `disability`,
    `medical_check`, `support` (next steps of people's support that are not done: `count`, the earliest one's day and
    person), `no_value` (from that day on the value `code` is not known), `provisional` (no order yet; the day is the
    one from which the value holds).
    """

    kind: str
    day: date
    days: int
    person_id: bytes | None = None
    staff_number: str = ""
    name: str = ""
    code: str = ""
    count: int = 1


def month_counts(connection: Connection, month: Month) -> MonthCounts:
    """Count a month's people and payroll."""
    c, f, p = contract.c, payroll_file.c, pay_month.c
    here = and_(c.start_on <= month.last, or_(c.end_on.is_(None), c.end_on >= month.first))
    present = connection.execute(select(func.count(func.distinct(c.person_id))).where(here)).scalar_one()
    counted = and_(f.month == str(month), f.replaced_by_id.is_(None))
    files, received = connection.execute(select(func.count(), func.max(f.received_on)).where(counted)).one()
    paid = connection.execute(
        select(func.count(func.distinct(p.person_id))).join(payroll_file, f.id == p.payroll_file_id).where(counted)
    ).scalar_one()
    return MonthCounts(present, files, paid, received)


def keeps_hours(connection: Connection, month: Month) -> bool:
    """Whether a month has plans or attendance: who only claims from payroll has neither."""
    for column in (attendance.c.day, absence_day.c.day, shift.c.day):
        query = select(column).where(column >= month.first, column <= month.last).limit(1)
        if connection.execute(query).first() is not None:
            return True
    return False


def versions(connection: Connection, month: Month, today: date, scheme: str) -> list[ClaimOpen]:
    """Return the versions of a month's claim against their payments, the first one first."""
    return [each for each in claims_against_payments(connection, today, scheme) if each.month == month]


def bars(connection: Connection, first: Month, last: Month, today: date, scheme: str) -> tuple[MonthBar, ...]:
    """Return each month from `first` to `last` with what was claimed, paid, and is open or late."""
    found: dict[Month, list[ClaimOpen]] = defaultdict(list)
    for row in claims_against_payments(connection, today, scheme):
        found[row.month].append(row)
    months = []
    month = first
    while month <= last:
        rows = found.get(month, [])
        months.append(
            MonthBar(
                month,
                claimed=sum((row.expected for row in rows), ZERO),
                paid=sum((row.expected - row.open for row in rows), ZERO),
                open=sum((row.open for row in rows), ZERO),
                late=sum((row.open for row in rows if (row.days or 0) > LATE_AFTER), ZERO),
                state=rows[-1].state if rows else "",
            )
        )
        month = month.plus(1)
    return tuple(months)


def added(months: tuple[MonthBar, ...]) -> MonthBar:
    """Add months up, at least one: the sums stand under the last one."""
    return MonthBar(
        months[-1].month,
        sum((each.claimed for each in months), ZERO),
        sum((each.paid for each in months), ZERO),
        sum((each.open for each in months), ZERO),
        sum((each.late for each in months), ZERO),
        months[-1].state,
    )


def deadlines(connection: Connection, today: date, role: str, scheme: str) -> list[Deadline]:
    """Return what ends or falls due within `AHEAD` days and what did so unnoticed, the earliest first.

    Provisional values come last. People count while they have a contract; health only for a role that may see it.
    """
    until = today + timedelta(days=AHEAD)
    found = [*_of_the_employer(connection, today, until, scheme), *_of_people(connection, today, until, role)]
    found += _of_the_scheme(connection, today, until, scheme)
    return sorted(found, key=lambda each: (each.kind == "provisional", each.day, each.kind, each.name, each.code))


def _of_the_employer(connection: Connection, today: date, until: date, scheme: str) -> list[Deadline]:
    found = []
    certificate = connection.execute(select(employer.c.contributions_valid_until)).scalar()
    if certificate is not None and certificate <= until:
        found.append(Deadline("certificate", certificate, (certificate - today).days))
    g = agreement.c
    last = connection.execute(
        select(g.end_on, g.number).where(g.scheme == scheme).order_by(g.start_on.desc(), g.number.desc())
    ).first()
    if last is not None and last.end_on is not None and last.end_on <= until:
        found.append(Deadline("agreement_end", last.end_on, (last.end_on - today).days, code=last.number))
    return found


def _of_people(connection: Connection, today: date, until: date, role: str) -> list[Deadline]:
    p, c, h = person.c, contract.c, health.c
    names = (p.id, p.staff_number, p.name, p.first_names)
    here = and_(c.start_on <= until, or_(c.end_on.is_(None), c.end_on >= today))
    planned = select(c.planned_end_on, *names).join(person, p.id == c.person_id)
    planned = planned.where(here, c.end_on.is_(None), c.planned_end_on <= until)
    found = [_of_a_person("contract_end", today, *row) for row in connection.execute(planned)]
    if role != WITHOUT_HEALTH:
        present = select(c.person_id).where(here)
        for kind, column in (("disability", h.disability_until), ("medical_check", h.medical_check_due)):
            query = select(column, *names).join(person, p.id == h.person_id)
            rows = connection.execute(query.where(column <= until, h.person_id.in_(present)))
            found += [_of_a_person(kind, today, *row) for row in rows]
    return [*found, *_next_steps(connection, today, until, names, here)]


def _next_steps(connection: Connection, today: date, until: date, names: Any, here: Any) -> list[Deadline]:
    """Tell the next steps that are not done in one line: they are many, and the month has other things to do."""
    s = support_note.c
    query = select(s.next_on, *names).join(person, person.c.id == s.person_id)
    query = query.where(s.done == 0, s.next_step != "", s.next_on <= until)
    query = query.where(s.person_id.in_(select(contract.c.person_id).where(here))).order_by(s.next_on, person.c.id)
    rows = connection.execute(query).all()
    return [replace(_of_a_person("support", today, *rows[0]), count=len(rows))] if rows else []


def _of_a_person(kind: str, today: date, day: date, key: bytes, number: str, name: str, first: str) -> Deadline:
    return Deadline(kind, day, (day - today).days, key, number, list_name(name, first))


def _of_the_scheme(connection: Connection, today: date, until: date, scheme: str) -> list[Deadline]:
    """Find values in force without an order, and those that nobody knows from a day soon on."""
    o = parameter_override.c
    entered: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(select(o.parameter, o.start_on, o.provisional).where(o.scheme == scheme)):
        entered[row.parameter].append(row)
    found = []
    for code, series in load_pack(scheme).series.items():
        own = {each.start: (each.value is not None, each.provisional) for each in series.values}
        values = {**own, **{row.start_on: (True, bool(row.provisional)) for row in entered[code]}}
        starts = sorted(values)
        for index, start in enumerate(starts):
            known, provisional = values[start]
            over = index + 1 < len(starts) and starts[index + 1] <= today
            if over or start > until:
                continue
            if not known or provisional:
                kind = "provisional" if known else "no_value"
                found.append(Deadline(kind, start, (start - today).days, code=code))
    return found
