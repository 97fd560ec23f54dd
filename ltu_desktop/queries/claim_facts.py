"""Facts of a claim, read from the file: people, contracts in stretches, payroll by month worked, the agreement.

A month's hours are all rows that were worked in that month, whichever payroll file brought them: back pay found in a
later file amends the month it pays for. Files that another one replaces do not count. Absences noted on the ground
count where payroll tells less of the same kind.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import extract, func, or_, select

from ltu_desktop.rules.attendance import minutes_to_hundredths
from ltu_desktop.rules.facts import Absence, AgreementFact, ContractFact, Facts, Override, PersonFact, PersonMonth
from ltu_desktop.rules.ground_hours import Kinds, joined
from ltu_desktop.rules.money import from_hundredths, to_cent
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import (
    absence,
    absence_day,
    agreement,
    agreement_terms,
    contract,
    contract_terms,
    employer,
    parameter_override,
    pay_month,
    payroll_file,
    person,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection


UNPAID = "unpaid"
"""Kind of the unpaid hours that payroll declares and no absence of the file explains."""

_WEEKS_A_MONTH = Decimal(52) / Decimal(12)


@lru_cache(maxsize=1024)
def monthly_hours(weekly: int | None, monthly: int | None) -> Decimal | None:
    """Return a contract's hours a month: as payroll gives them, else weekly hours × 52 ÷ 12."""
    if monthly is not None:
        return from_hundredths(monthly)
    return None if weekly is None else to_cent(from_hundredths(weekly) * _WEEKS_A_MONTH)


@lru_cache(maxsize=1024)
def weekly_hours(weekly: int | None, monthly: int | None) -> Decimal | None:
    """Return a contract's hours a week: as the contract gives them, else monthly hours × 12 ÷ 52."""
    if weekly is not None:
        return from_hundredths(weekly)
    return None if monthly is None else to_cent(from_hundredths(monthly) / _WEEKS_A_MONTH)


class Stretch(msgspec.Struct, frozen=True):
    """Days of employment on one set of terms, as the file holds them."""

    start: date
    end: date | None
    end_reason: str
    weekly_hours: Decimal | None
    monthly_hours: Decimal | None
    hourly_pay: Decimal | None
    nature: str
    public_aid: str

    def fact(self, last: date) -> ContractFact:
        """Tell it to the calculator as known on a day: an end that comes later is left out."""
        return ContractFact(
            start=self.start,
            end=self.end if self.end is not None and self.end <= last else None,
            weekly_hours=self.weekly_hours,
            hourly_pay=self.hourly_pay,
            nature=self.nature or None,
            public_aid=self.public_aid or None,
        )


class Worker(msgspec.Struct, frozen=True):
    """A person with all her stretches, oldest first, and her months of payroll."""

    person_id: bytes
    staff_number: str
    status: str | None
    stretches: tuple[Stretch, ...]
    months: dict[str, PersonMonth]


@dataclass(frozen=True)
class Agreement:
    """An agreement: its life, and `terms` as (from, ceiling, settings), oldest first."""

    id: bytes
    start: date
    end: date | None
    terms: tuple[tuple[date, Decimal | None, dict[str, str]], ...]


@dataclass(frozen=True)
class Source:
    """Everything that the claims of a span of months rest on, read in one go."""

    workers: tuple[Worker, ...]
    agreements: tuple[Agreement, ...]
    overrides: tuple[tuple[bytes | None, Override], ...]
    contributions_valid_until: date | None

    def facts(self, month: Month) -> Facts:
        """Build a month's facts; earlier months of its year come along for what is counted by year."""
        names = [str(each) for each in month.year_so_far()]
        people = []
        for worker in self.workers:
            months = {name: worker.months[name] for name in names if name in worker.months}
            contracts = tuple(
                stretch.fact(month.last)
                for stretch in worker.stretches
                if stretch.start <= month.last and (stretch.end is None or stretch.end >= date(month.year, 1, 1))
            )
            if months or contracts:
                people.append(PersonFact(worker.staff_number, worker.status, contracts, months))
        return Facts(period=str(month), agreement=self._agreement(month), people=tuple(people))

    def agreement_in_force(self, month: Month) -> Agreement | None:
        """Return the agreement in force in a month, the latest when there are several."""
        within = [
            each
            for each in self.agreements
            if each.start <= month.last and (each.end is None or each.end >= month.first)
        ]
        return within[-1] if within else None

    def _agreement(self, month: Month) -> AgreementFact | None:
        found = self.agreement_in_force(month)
        known: dict[tuple[str, date], Override] = {}
        for owner, override in self.overrides:  # those of the scheme at large come first: the agreement's own wins
            if owner is None or (found is not None and owner == found.id):
                known[override.parameter, override.start] = override
        if found is None and not known:
            return None
        terms = [each for each in found.terms if each[0] <= month.last] if found else []
        _, ceiling, settings = terms[-1] if terms else (None, None, {})
        return AgreementFact(
            ceiling_fte=ceiling,
            settings=settings,
            overrides=tuple(known[key] for key in sorted(known)),
            contributions_valid_until=self.contributions_valid_until if found else None,
        )


def load(connection: Connection, first: Month, last: Month, pack_code: str) -> Source:
    """Read what the claims from `first` to `last` rest on, in one select a table."""
    start = str(first.year_so_far()[0])
    paid_kinds = frozenset(kind for kind, rule in load_pack(pack_code).absences.items() if rule.paid)
    months = _months(connection, start, str(last), paid_kinds)
    stretches = _stretches(connection)
    rows = connection.execute(
        select(person.c.id, person.c.staff_number, person.c.status).order_by(person.c.staff_number)
    )
    valid_until = connection.execute(select(employer.c.contributions_valid_until)).scalars().first()
    return Source(
        workers=tuple(
            Worker(key, number, status, tuple(stretches.get(key, ())), months.get(key, {}))
            for key, number, status in rows
            if key in stretches or key in months
        ),
        agreements=_agreements(connection, pack_code),
        overrides=_overrides(connection, pack_code),
        contributions_valid_until=valid_until,
    )


def facts(connection: Connection, month: Month, pack_code: str) -> Facts:
    """Build the facts of one month's claim."""
    return load(connection, month, month, pack_code).facts(month)


def _stretches(connection: Connection) -> dict[bytes, list[Stretch]]:
    terms: dict[bytes, list[tuple[date, int | None, int | None, int | None]]] = defaultdict(list)
    t = contract_terms.c
    for key, start, weekly, monthly, pay in connection.execute(
        select(t.contract_id, t.start_on, t.weekly_hours, t.monthly_hours, t.hourly_pay).order_by(t.start_on)
    ):
        terms[key].append((start, weekly, monthly, pay))
    found: dict[bytes, list[Stretch]] = defaultdict(list)
    c = contract.c
    for key, owner, start, end, reason, nature, aid in connection.execute(
        select(c.id, c.person_id, c.start_on, c.end_on, c.end_reason, c.nature, c.public_aid).order_by(
            c.start_on, c.number
        )
    ):
        pieces = [each for each in terms[key] if end is None or each[0] <= end]
        if not pieces or pieces[0][0] > start:
            pieces.insert(0, (start, None, None, None))  # nobody has said the hours yet
        for index, (begin, weekly, monthly, pay) in enumerate(pieces):
            after = pieces[index + 1][0] if index + 1 < len(pieces) else None
            if after is not None and after <= start:
                continue  # terms that ended before the contract began
            found[owner].append(
                Stretch(
                    start=max(begin, start),
                    end=after - timedelta(days=1) if after is not None else end,
                    end_reason=reason,
                    weekly_hours=weekly_hours(weekly, monthly),
                    monthly_hours=monthly_hours(weekly, monthly),
                    hourly_pay=None if pay is None else from_hundredths(pay),
                    nature=nature,
                    public_aid=aid,
                )
            )
    for each in found.values():
        each.sort(key=lambda stretch: stretch.start)
    return found


class _Sum:
    """What the payroll rows of one person and month add up to, in hundredths."""

    __slots__ = ("complementary", "cost", "overtime", "paid", "pay", "unpaid")

    def __init__(self) -> None:
        self.paid = self.unpaid = self.overtime = self.complementary = 0
        self.pay: int | None = None
        self.cost: int | None = None


def _add(total: int | None, more: int | None) -> int | None:
    return total if more is None else (total or 0) + more


def _money(value: int | None) -> Decimal | None:
    return None if value is None else from_hundredths(value)


def _months(
    connection: Connection, first: str, last: str, paid_kinds: frozenset[str]
) -> dict[bytes, dict[str, PersonMonth]]:
    sums: dict[tuple[bytes, str], _Sum] = defaultdict(_Sum)
    p = pay_month.c
    for owner, month, paid, unpaid, overtime, complementary, pay, cost in connection.execute(
        select(
            p.person_id,
            p.month,
            p.paid_hours,
            p.unpaid_hours,
            p.overtime_hours,
            p.complementary_hours,
            p.gross_pay,
            p.employer_cost,
        )
        .join(payroll_file, payroll_file.c.id == p.payroll_file_id)
        .where(p.month >= first, p.month <= last, payroll_file.c.replaced_by_id.is_(None))
    ):
        total = sums[owner, month]
        total.paid += paid
        total.unpaid += unpaid
        total.overtime += overtime
        total.complementary += complementary
        total.pay = _add(total.pay, pay)
        total.cost = _add(total.cost, cost)

    absences: dict[tuple[bytes, str], dict[tuple[str, int | None], int]] = defaultdict(lambda: defaultdict(int))
    a = absence.c
    for owner, month, kind, hours, kept in connection.execute(
        select(a.person_id, a.month, a.kind, a.hours, a.kept)
        .outerjoin(payroll_file, payroll_file.c.id == a.payroll_file_id)
        .where(
            a.month >= first,
            a.month <= last,
            or_(a.payroll_file_id.is_(None), payroll_file.c.replaced_by_id.is_(None)),
        )
    ):
        absences[owner, month][kind, kept] += hours

    ground = absent_on_the_ground(connection, first, last)
    found: dict[bytes, dict[str, PersonMonth]] = defaultdict(dict)
    for owner, month in sorted(sums.keys() | absences.keys()):
        # without payroll there is nothing to take hours off
        seen = ground.get((owner, month), {}) if (owner, month) in sums else {}
        total = sums.get((owner, month)) or _Sum()
        kinds = joined(absences.get((owner, month), {}), seen, total.unpaid, paid_kinds, UNPAID)
        found[owner][month] = PersonMonth(
            paid_hours=from_hundredths(total.paid),
            gross_pay=_money(total.pay),
            employer_cost=_money(total.cost),
            absences=tuple(_absences(kinds.items())),
            overtime_hours=_money(total.overtime or None),
            complementary_hours=_money(total.complementary or None),
        )
    return found


def absent_on_the_ground(connection: Connection, first: str, last: str) -> dict[tuple[bytes, str], Kinds]:
    """Return the hours missed from one month to another, as noted day by day, rounded half up once a month and kind."""
    a = absence_day.c
    year, number = extract("year", a.day), extract("month", a.day)
    found: dict[tuple[bytes, str], Kinds] = defaultdict(dict)
    for owner, kind, kept, in_year, in_month, minutes in connection.execute(
        select(a.person_id, a.kind, a.kept, year, number, func.sum(a.minutes))
        .where(a.day >= Month.parse(first).first, a.day <= Month.parse(last).last)
        .group_by(a.person_id, a.kind, a.kept, year, number)
    ):
        found[owner, str(Month(in_year, in_month))][kind, kept] = minutes_to_hundredths(minutes)
    return found


def _absences(hours: Iterable[tuple[tuple[str, int | None], int]]) -> list[Absence]:
    return [
        Absence(kind, from_hundredths(value), None if kept is None else Decimal(kept).scaleb(-4))
        for (kind, kept), value in sorted(hours, key=lambda each: (each[0][0], each[0][1] or 0))
        if value
    ]


def _agreements(connection: Connection, pack_code: str) -> tuple[Agreement, ...]:
    terms: dict[bytes, list[tuple[date, Decimal | None, dict[str, str]]]] = defaultdict(list)
    t = agreement_terms.c
    for key, start, ceiling, settings in connection.execute(
        select(t.agreement_id, t.start_on, t.ceiling_fte, t.settings).order_by(t.start_on)
    ):
        terms[key].append((start, _money(ceiling), json.loads(settings) if settings else {}))
    g = agreement.c
    return tuple(
        Agreement(key, start, end, tuple(terms[key]))
        for key, start, end in connection.execute(
            select(g.id, g.start_on, g.end_on).where(g.scheme == pack_code).order_by(g.start_on, g.number)
        )
    )


def _overrides(connection: Connection, pack_code: str) -> tuple[tuple[bytes | None, Override], ...]:
    o = parameter_override.c
    return tuple(
        (owner, Override(parameter, start, Decimal(value), source, published, bool(provisional)))
        for owner, parameter, start, value, source, published, provisional in connection.execute(
            select(o.agreement_id, o.parameter, o.start_on, o.value, o.source, o.published_on, o.provisional)
            .where(o.scheme == pack_code)
            .order_by(o.agreement_id.is_not(None), o.parameter, o.start_on)
        )
    )
