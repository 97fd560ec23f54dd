"""What an absence does to the claims of its months, tried before it is saved.

A month whose payroll is in the file is computed whole, as the claim will be. For a month that payroll has not told yet,
the person alone is computed as if payroll paid her contract's hours of the month less her unpaid absences: `assumed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.actions.trial import trial
from ltu_desktop.queries import claim_facts
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.facts import Absence as AbsenceFact
from ltu_desktop.rules.facts import Facts, PersonFact, PersonMonth
from ltu_desktop.rules.money import ZERO, from_hundredths
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from ltu_desktop.actions.absences import Absence
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.claim_facts import Worker
    from ltu_desktop.rules.ground_hours import Kinds
    from ltu_desktop.rules.packs import Pack


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """A month's claim before and after: hours of the person that count, euros of the whole claim.

    Euros are None while a legal value of the month is missing. `assumed`: payroll has not told the month yet.
    """

    month: Month
    hours_before: Decimal
    hours_after: Decimal
    before: Decimal | None
    after: Decimal | None
    assumed: bool

    @property
    def hours(self) -> Decimal:
        """Hours that the claim loses (below zero) or gains."""
        return self.hours_after - self.hours_before

    @property
    def difference(self) -> Decimal | None:
        """Euros that the claim loses (below zero) or gains."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class _State:
    hours: Decimal
    total: Decimal | None
    assumed: bool


def effects(
    ctx: Context, change: Callable[[Context], object], absence: Absence, scheme: str = "fr-tzcld"
) -> tuple[MonthEffect, ...]:
    """Try an absence and compare the claims of its months; what the action refuses is raised."""
    months = [Month.of(absence.first)]
    while months[-1] < Month.of(absence.last):
        months.append(months[-1].plus(1))
    with trial(ctx) as (inside, tx):
        before = _states(tx.connection, months, absence.person_id, scheme)
        change(inside)
        after = _states(tx.connection, months, absence.person_id, scheme)
    return tuple(
        MonthEffect(month, was.hours, now.hours, was.total, now.total, now.assumed)
        for month, was, now in zip(months, before, after, strict=True)
    )


def _states(connection: Connection, months: list[Month], person_id: bytes, scheme: str) -> list[_State]:
    pack = load_pack(scheme)
    source = claim_facts.load(connection, months[0], months[-1], scheme)
    ground = claim_facts.absent_on_the_ground(connection, str(months[0]), str(months[-1]))
    worker = next((each for each in source.workers if each.person_id == person_id), None)
    found = []
    for month in months:
        facts = source.facts(month)
        assumed = worker is None or str(month) not in worker.months
        if assumed and worker is not None:
            person = _as_if_paid(worker, month, ground.get((person_id, str(month)), {}), pack)
            facts = Facts(facts.period, facts.agreement, (person,))
        found.append(_state(pack, facts, worker.staff_number if worker else "", assumed=assumed))
    return found


def _state(pack: Pack, facts: Facts, staff_number: str, *, assumed: bool) -> _State:
    try:
        answer = compute(pack, facts)
    except UserError as error:
        if error.code != "no_value":
            raise
        return _State(ZERO, None, assumed)
    hours = sum((line.quantity for line in answer.lines if line.person == staff_number and line.quantity), ZERO)
    return _State(hours, answer.totals.total, assumed)


def _as_if_paid(worker: Worker, month: Month, ground: Kinds, pack: Pack) -> PersonFact:
    """Build the person's month as payroll would tell it: her contract's hours, less what is not paid."""
    stretches = [
        each for each in worker.stretches if each.start <= month.last and (each.end or month.last) >= month.first
    ]
    whole = stretches[-1].monthly_hours if stretches else None
    unpaid = sum(hours for (kind, _), hours in ground.items() if not pack.absences[kind].paid)
    absences = tuple(
        AbsenceFact(kind, from_hundredths(hours), None if kept is None else Decimal(kept).scaleb(-4))
        for (kind, kept), hours in sorted(ground.items(), key=lambda each: (each[0][0], each[0][1] or 0))
    )
    paid = max(ZERO, (whole or ZERO) - from_hundredths(unpaid))
    return msgspec.structs.replace(
        PersonFact(worker.staff_number, worker.status, tuple(each.fact(month.last) for each in stretches)),
        months={str(month): PersonMonth(paid_hours=paid, absences=absences)},
    )
