"""Quantities: how many hours of a person's month count, and how a month is sliced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules.money import ZERO, to_cent
from ltu_desktop.rules.periods import Month, Span, cut

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.rules.dated import Parameters
    from ltu_desktop.rules.facts import ContractFact, PersonFact, PersonMonth
    from ltu_desktop.rules.packs import Component, Pack

LEGAL_WEEK = Decimal(35)


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's hours of a month, in hours with two decimals.

    `a` is paid and counted (inside `paid`), `b` not paid, `c` paid but not counted, `added` unpaid but counted,
    `over_cap` taken off by the cap per person; `fundable` = min(paid − c + added, cap).
    """

    paid: Decimal
    a: Decimal
    b: Decimal
    c: Decimal
    added: Decimal
    over_cap: Decimal
    fundable: Decimal
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the month on one set of values, with its share of the month's quantity."""

    span: Span
    quantity: Decimal
    contract: ContractFact | None


@dataclass(frozen=True, slots=True)
class HourRules:
    """The settings that decide which hours count, made ready once for a claim."""

    effects: dict[str, tuple[bool, str]]  # kind of absence → (inside paid hours, option)
    complementary: bool
    overtime: bool
    exit_leave: bool
    calendar: bool
    cap: Decimal
    full_month: Decimal

    @classmethod
    def of(cls, pack: Pack, chosen: dict[str, str], full_month: Decimal) -> HourRules:
        """Read the settings of a pack, as chosen by the agreement."""
        cap = pack.setting("cap_hours", chosen)
        return cls(
            effects={kind: (rule.paid, pack.setting(rule.setting, chosen)) for kind, rule in pack.absences.items()},
            complementary=pack.setting("complementary_hours", chosen) != "exclude",
            overtime=pack.setting("overtime", chosen) != "exclude",
            exit_leave=pack.setting("exit_leave", chosen) != "exclude",
            calendar=pack.setting("mid_month", chosen) == "calendar",
            cap=Decimal(cap) + ZERO if cap else Decimal("Infinity"),
            full_month=full_month,
        )

    def hours(self, person: PersonFact, month: Month, pay: PersonMonth) -> Hours:
        """Sort a month's hours into A, B, C and apply the cap per person."""
        a = b = c = added = ZERO
        for absence in pay.absences:
            paid, option = self.effects[absence.kind]
            if paid:
                counted = absence.hours if option == "count" else ZERO
                if option == "pro_rata":
                    counted = to_cent(absence.hours * (absence.kept or ZERO))
                a += counted
                c += absence.hours - counted
            else:
                b += absence.hours
                added += absence.hours if option == "count" else ZERO
        if not self.complementary:
            c += pay.complementary_hours or ZERO
        if not self.exit_leave:
            c += pay.leave_indemnity_hours or ZERO
        paid_hours, calendar = pay.paid_hours + ZERO, False
        if self.calendar and _is_partial(person, month):
            calendar = True
            paid_hours = max(ZERO, self.calendar_hours(person, month) - b)
        c = min(c, paid_hours)
        over = max(ZERO, paid_hours - c + added - self.cap)
        if not self.overtime:
            # overtime goes first into what the cap takes off anyway; only the rest is "paid but not counted"
            rest = min(max(ZERO, (pay.overtime_hours or ZERO) - over), paid_hours - c)
            c += rest
            over = max(ZERO, paid_hours - c + added - self.cap)
        fundable = min(paid_hours - c + added, self.cap)
        return Hours(paid_hours, a, b, c, added, over, fundable, calendar)

    def calendar_hours(self, person: PersonFact, month: Month) -> Decimal:
        """Contract hours by calendar days: weekly hours ÷ 35 × full month × days in contract ÷ days of the month."""
        whole = ZERO
        for contract in person.contracts:
            met = Span(month.first, month.last).meet(Span(contract.start, contract.end or month.last))
            if met and contract.weekly_hours is not None:
                whole += contract.weekly_hours / LEGAL_WEEK * self.full_month * met.days / month.days
        return to_cent(whole)


def _is_partial(person: PersonFact, month: Month) -> bool:
    """Tell whether an entry, an exit or a change of hours falls inside the month."""
    whole = Span(month.first, month.last)
    inside = [c for c in person.contracts if whole.meet(Span(c.start, c.end or month.last))]
    return len(inside) != 1 or inside[0].start > month.first or (inside[0].end or month.last) < month.last


def first_hire(person: PersonFact) -> date | None:
    """Return the day of hire: as told, else the first contract's start."""
    return person.hire_date or min((contract.start for contract in person.contracts), default=None)


def months_between(start: date, day: date) -> int:
    """Count the month of employment that a day falls in, from 1."""
    whole = (day.year - start.year) * 12 + day.month - start.month
    return whole + 1 if day.day >= start.day else whole


def slices(
    person: PersonFact,
    month: Month,
    component: Component,
    parameters: Parameters,
    quantity: Decimal,
) -> list[Slice]:
    """Cut a person's month where a value changes and share the quantity by days; the slices add up to the whole.

    Cuts: a new value of base, rate, uplift or cap, and a step of the rate by month of employment.
    """
    whole = Span(month.first, month.last)
    codes = tuple(code for code in (component.base, component.rate, component.uplift, component.cap) if code)
    at = parameters.changes(codes, whole.start, whole.end)
    hired = first_hire(person)
    if component.rate_steps and hired:
        at = [
            *at,
            *(
                day
                for day in (_plus_months(hired, step.first - 1) for step in component.rate_steps)
                if whole.start < day <= whole.end
            ),
        ]
    if not at:
        return [Slice(whole, to_cent(quantity), _contract_on(person, whole.start))]
    pieces = cut(whole, at)
    days = sum(piece.days for piece in pieces)
    found: list[Slice] = []
    before, passed = ZERO, 0
    for piece in pieces:
        passed += piece.days
        upto = to_cent(quantity * passed / days)
        found.append(Slice(piece, upto - before, _contract_on(person, piece.start)))
        before = upto
    return found


def _contract_on(person: PersonFact, day: date) -> ContractFact | None:
    return next((c for c in person.contracts if c.start <= day and (c.end is None or day <= c.end)), None)


def _plus_months(day: date, months: int) -> date:
    month = Month.of(day).plus(months)
    return month.first.replace(day=min(day.day, month.days))


Quantity = Callable[["HourRules", "PersonFact", Month, "PersonMonth", Hours], Decimal]


def fundable_hours(_rules: HourRules, _person: PersonFact, _month: Month, _pay: PersonMonth, hours: Hours) -> Decimal:
    """Hours that count, after absences and the cap per person."""
    return hours.fundable


QUANTITIES: dict[str, Quantity] = {"fundable_hours": fundable_hours}

IMPERSONAL_HOURS = frozenset({"", *QUANTITIES})
"""Quantities that look at nobody: equal payroll counts for equal hours ("": what counts after absences and cap)."""
