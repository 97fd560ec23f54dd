"""Hours, cost, subsidy and turnover of a year, by activity and site: what auditors ask for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ltu_desktop.rules.analytic import share_out
from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import (
    activity,
    attendance,
    claim,
    claim_line,
    pay_month,
    payroll_file,
    person,
    site,
    turnover,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy import Connection

Place = tuple[bytes | None, bytes | None]
"""An activity and a site; None: not said."""


@dataclass(frozen=True, slots=True)
class ActivityYear:
    """An activity at a site over a year; without an activity: hours and money that nothing attributes.

    `cost` is what payroll says the employer paid (gross pay where it says no cost), `subsidy` what was claimed.
    """

    site: str
    activity: str
    code: str
    analytic_code: str
    people: int
    minutes: int
    cost: Decimal
    subsidy: Decimal
    turnover: Decimal


@dataclass(frozen=True, slots=True)
class Year:
    """A year by activity: rows by site and activity, the unattributed one last; `gross_only` months lack their cost."""

    rows: tuple[ActivityYear, ...]
    gross_only: int


def by_activity(connection: Connection, year: int, scheme: str) -> Year:
    """Return a year's hours, cost, subsidy and turnover by site and activity."""
    activities = {row.id: row for row in connection.execute(select(activity))}
    sites = {row[0]: row[1] for row in connection.execute(select(site.c.id, site.c.name))}
    homes = {row[0]: row[1] for row in connection.execute(select(person.c.id, person.c.site_id))}
    minutes, people = _minutes(connection, year, {key: row.site_id for key, row in activities.items()}, homes)
    costs, gross_only = _costs(connection, year)
    cost = share_out(minutes, costs)
    subsidy = share_out(minutes, _claimed(connection, year, scheme))
    sold = _turnover(connection, year, {key: row.site_id for key, row in activities.items()})
    worked: dict[Place | None, int] = defaultdict(int)
    for each in minutes.values():
        for place, count in each.items():
            worked[place] += count
    places = {place for place in (*worked, *cost, *subsidy, *sold) if place is not None and place[0] is not None}
    rows = [
        ActivityYear(
            sites.get(place[1] or b"", ""),
            activities[place[0]].name if place[0] else "",
            activities[place[0]].code if place[0] else "",
            activities[place[0]].analytic_code if place[0] else "",
            len(people.get(place, ())),
            worked.get(place, 0),
            cost.get(place, ZERO),
            subsidy.get(place, ZERO),
            sold.get(place, ZERO),
        )
        for place in places
    ]
    rows.sort(key=lambda row: (row.site, row.activity, row.code))
    rest = [place for place in (*worked, *cost, *subsidy) if place is None or place[0] is None]
    unsaid = set(rest)
    nowhere = ActivityYear(
        "",
        "",
        "",
        "",
        len({who for place in unsaid if place is not None for who in people.get(place, ())}),
        sum(worked.get(place, 0) for place in unsaid),
        sum((cost.get(place, ZERO) for place in unsaid), ZERO),
        sum((subsidy.get(place, ZERO) for place in unsaid), ZERO),
        ZERO,
    )
    if nowhere.minutes or nowhere.cost or nowhere.subsidy:
        rows.append(nowhere)
    return Year(tuple(rows), gross_only)


def _minutes(
    connection: Connection, year: int, places: dict[bytes, bytes | None], homes: dict[bytes, bytes | None]
) -> tuple[dict[tuple[bytes | None, str], dict[Place, int]], dict[Place, set[bytes]]]:
    """Add up attendance by person's month and place: the activity's site, or the person's where it has none."""
    a = attendance.c
    found: dict[tuple[bytes | None, str], dict[Place, int]] = defaultdict(lambda: defaultdict(int))
    people: dict[Place, set[bytes]] = defaultdict(set)
    rows = connection.execute(
        select(a.person_id, a.day, a.activity_id, func.sum(a.minutes))
        .where(a.day >= date(year, 1, 1), a.day <= date(year, 12, 31))
        .group_by(a.person_id, a.day, a.activity_id)
    )
    for who, day, which, count in rows:
        place = (which, (places.get(which) if which else None) or homes.get(who))
        found[who, str(Month.of(day))][place] += count
        people[place].add(who)
    return found, people


def _costs(connection: Connection, year: int) -> tuple[dict[tuple[bytes | None, str], Decimal], int]:
    """Return what each person's month cost, and in how many of them payroll says the gross pay only."""
    p = pay_month.c
    rows = connection.execute(
        select(p.person_id, p.month, func.sum(p.employer_cost), func.sum(p.gross_pay))
        .join(payroll_file, payroll_file.c.id == p.payroll_file_id)
        .where(p.month.startswith(f"{year:04d}-"), payroll_file.c.replaced_by_id.is_(None))
        .group_by(p.person_id, p.month)
    ).all()
    found: dict[tuple[bytes | None, str], Decimal] = {}
    gross_only = 0
    for who, month, cost, gross in rows:
        if cost is None and gross is not None:
            gross_only += 1
        found[who, month] = from_hundredths(cost if cost is not None else gross or 0)
    return found, gross_only


def _claimed(connection: Connection, year: int, scheme: str) -> dict[tuple[bytes | None, str], Decimal]:
    c = claim_line.c
    rows = connection.execute(
        select(c.person_id, c.month, func.sum(c.amount))
        .join(claim, claim.c.id == c.claim_id)
        .where(claim.c.scheme == scheme, c.month.startswith(f"{year:04d}-"))
        .group_by(c.person_id, c.month)
    )
    return {(row[0], row[1]): from_hundredths(row[2]) for row in rows}


def _turnover(connection: Connection, year: int, places: dict[bytes, bytes | None]) -> dict[Place, Decimal]:
    t = turnover.c
    rows = connection.execute(
        select(t.activity_id, func.sum(t.amount)).where(t.month.startswith(f"{year:04d}-")).group_by(t.activity_id)
    )
    return {(row[0], places[row[0]]): from_hundredths(row[1]) for row in rows}
