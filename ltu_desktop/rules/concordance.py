"""Three-way match: what the timesheet makes us expect of payroll, what it paid, what is claimed; and why not alike.

French payroll smooths the month: a full-time month is paid 151.67 h whatever its number of working days. So the sheet
is not held against payroll hour by hour. It is expected to pay the contract's hours of the month, plus what was worked
beyond the plan, less what was missed without pay or without a word. Where payroll pays real hours instead (it fits more
people), it is held against those.

A difference is named by the fewest causes that together explain it within the tolerance. All hours have two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from ltu_desktop.rules.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

TOLERANCE = Decimal("0.50")
"""Hours a month that two of the three may differ by, unless the office says another number."""
ROUNDING = Decimal("0.25")
"""Hours that rounding alone may make."""

REASONS = (
    "overtime",
    "complementary",
    "unpaid_leave",
    "sick_pay",
    "unjustified",
    "partial_activity",
    "unpaid_absence",
    "entry_exit",
    "hours_change",
    "back_pay",
    "holiday",
    "missing_hours",
    "sheet_incomplete",
    "no_sheet",
    "not_in_payroll",
    "not_on_sheet",
    "leave_kind",
    "rounding",
    "not_claimed",
    "claim_outdated",
    "unexplained",
)
"""Codes of causes, in the order in which they are tried and shown."""

_BY_KIND = {
    "unpaid_leave": "unpaid_leave",
    "sick_unpaid": "sick_pay",
    "sick_paid": "sick_pay",
    "work_accident": "sick_pay",
    "maternity": "sick_pay",
    "paternity": "sick_pay",
    "unjustified": "unjustified",
    "partial_activity": "partial_activity",
}
CALENDAR = "calendar"
"""Code of a base that shares a month out by calendar days: as good as by working days, when somebody comes or goes."""

_MOST = 3  # causes at once: a month with more is looked at by a person


@dataclass(frozen=True)
class Hours:
    """One person's month on the three sides.

    `base` are the contract's hours of the month, shared out by working days when it does not fill the month; the other
    `bases` are hours that payroll may take instead, with the cause: `calendar`, `entry_exit` or `hours_change`.
    `planned`, `done`, `holiday` and `open` (neither worked nor missed yet) are the sheet's. `missed` and `declared` are
    absences by kind, on the sheet and in payroll; `extra` are overtime and complementary hours, inside `paid`;
    `back_pay` are hours of this month that other payroll files brought. `claimed` is None when nothing is claimed,
    `due` what the rules make of payroll now, `taken_off` what they leave out; `rate` are the claim's euros an hour.
    """

    person: str
    base: Decimal | None = None
    bases: tuple[tuple[str, Decimal], ...] = ()
    full_time: bool = True
    on_sheet: bool = False
    planned: Decimal = ZERO
    done: Decimal = ZERO
    holiday: Decimal = ZERO
    open: Decimal = ZERO
    missed: Mapping[str, Decimal] = field(default_factory=dict)
    in_payroll: bool = False
    paid: Decimal = ZERO
    unpaid: Decimal = ZERO
    extra: Decimal = ZERO
    back_pay: Decimal = ZERO
    declared: Mapping[str, Decimal] = field(default_factory=dict)
    claimed: Decimal | None = None
    due: Decimal | None = None
    taken_off: Decimal = ZERO
    rate: Decimal | None = None

    @property
    def balance(self) -> Decimal:
        """Hours worked or missed beyond the plan; below zero when the plan is not filled."""
        return self.done + sum(self.missed.values(), ZERO) - self.planned


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause and the hours it explains: above zero when payroll (or the claim) has more than is expected."""

    code: str
    hours: Decimal


@dataclass(frozen=True)
class Match:
    """A person's month put side by side: what is expected of payroll, what it paid, what is claimed, and why not alike.

    `gap` is payroll less expected, `claim_gap` the claim less what the rules make of payroll now. Without a timesheet
    `expected` is None.
    """

    hours: Hours
    expected: Decimal | None
    gap: Decimal
    claim_gap: Decimal
    reasons: tuple[Reason, ...]

    @property
    def person(self) -> str:
        """The staff number."""
        return self.hours.person

    @property
    def matched(self) -> bool:
        """Whether all three agree."""
        return not self.reasons

    @property
    def at_stake(self) -> Decimal | None:
        """Euros of the claim that hang on the hours that do not agree; None when no rate is known."""
        most = max((abs(each.hours) for each in self.reasons), default=ZERO)
        return None if self.hours.rate is None or not most else (most * self.hours.rate).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Rules:
    """How strictly months are matched: hours of tolerance, kinds that payroll pays, kinds that it tells of at all."""

    paid_kinds: Collection[str]
    told_kinds: Collection[str] = ()
    tolerance: Decimal = TOLERANCE


def match(people: Sequence[Hours], rules: Rules) -> tuple[Match, ...]:
    """Match a month's people. A month in which nobody has a timesheet is not held against payroll at all."""
    sheets = any(each.on_sheet for each in people)
    real = pays_real_hours(people, rules)
    return tuple(_match(each, rules, sheets=sheets, real=real) for each in people)


def pays_real_hours(people: Iterable[Hours], rules: Rules) -> bool:
    """Tell whether payroll pays what was worked rather than the contract's month: what fits more people."""
    by_contract = by_hours = 0
    for each in people:
        if each.on_sheet and each.in_payroll and each.base is not None:
            by_contract += _fits(each, rules, real=False)
            by_hours += _fits(each, rules, real=True)
    return by_hours > by_contract


def _match(each: Hours, rules: Rules, *, sheets: bool, real: bool) -> Match:
    expected = None
    if each.on_sheet:
        expected = _real(each, rules) if real or each.base is None else _expected(each, each.base, rules)
    gap = each.paid - expected if expected is not None else ZERO
    reasons: list[Reason] = list(_of_sheet(each, rules, gap, real=real)) if sheets else []
    claim_gap = ZERO
    if each.claimed is not None and each.due is not None:
        claim_gap = each.claimed - each.due
        if abs(claim_gap) > rules.tolerance:
            reasons.append(Reason("claim_outdated", claim_gap))
    elif each.claimed is None and each.due is None and each.paid > rules.tolerance:
        reasons.append(Reason("not_claimed", -each.paid))
    return Match(each, expected, gap, claim_gap, tuple(reasons))


def _of_sheet(each: Hours, rules: Rules, gap: Decimal, *, real: bool) -> Iterator[Reason]:
    worked = each.done + sum(each.missed.values(), ZERO)
    if not each.in_payroll:
        if worked > rules.tolerance:
            yield Reason("not_in_payroll", -worked)
    elif not each.on_sheet:
        if each.paid > rules.tolerance:
            yield Reason("no_sheet" if each.planned else "not_on_sheet", each.paid)
    else:
        if not _fits(each, rules, real=real):
            yield from _named(each, rules, gap)
        yield from _kinds(each, rules)


def _expected(each: Hours, base: Decimal, rules: Rules) -> Decimal:
    return base + each.balance - sum(_unpaid(each, rules), ZERO)


def _real(each: Hours, rules: Rules) -> Decimal:
    """Return the hours that payroll pays where it pays what was worked."""
    return each.done + sum(each.missed.values(), ZERO) - sum(_unpaid(each, rules), ZERO) + each.holiday


def _fits(each: Hours, rules: Rules, *, real: bool) -> bool:
    if real or each.base is None:
        ways = [_real(each, rules)]
    else:
        bases = [each.base, *(hours for code, hours in each.bases if code == CALENDAR)]
        ways = [_expected(each, base, rules) for base in bases]
    return any(abs(each.paid - hours) <= rules.tolerance for hours in ways)


def _named(each: Hours, rules: Rules, gap: Decimal) -> list[Reason]:
    """Name a gap by the fewest causes that explain it; else by the one that explains most, and the rest as such."""
    if abs(gap) <= ROUNDING:
        return [Reason("rounding", gap)]
    causes = [cause for cause in _causes(each, rules) if cause.hours]
    for count in range(1, _MOST + 1):
        fits = [
            (abs(gap - sum((cause.hours for cause in several), ZERO)), several)
            for several in combinations(causes, count)
            if len({cause.code for cause in several}) == count
        ]
        best = min(fits, key=lambda one: one[0], default=None)
        if best is not None and best[0] <= rules.tolerance:
            return _ordered(best[1])
    seen = [cause for cause in causes if cause.code != "holiday"]  # a holiday is no sign of anything by itself
    nearest = min(seen, key=lambda cause: abs(gap - cause.hours), default=None)
    if nearest is None or 2 * abs(gap - nearest.hours) > abs(gap):
        return [Reason("unexplained", gap)]
    return [nearest, Reason("unexplained", gap - nearest.hours)]


def _ordered(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda each: REASONS.index(each.code))


def _causes(each: Hours, rules: Rules) -> Iterator[Reason]:
    """List what may lie between expected and paid, each with the hours that it would make, the likelier first."""
    more = max(each.balance, ZERO)
    beyond = "overtime" if each.full_time else "complementary"
    yield Reason(beyond, each.extra - more)
    yield Reason(beyond, -more)
    for kind, code in _BY_KIND.items():
        missed, declared = each.missed.get(kind, ZERO), each.declared.get(kind, ZERO)
        if kind in rules.paid_kinds:
            yield Reason(code, -max(missed - declared, ZERO))  # expected to be paid, and payroll did not
        else:
            yield Reason(code, missed - declared)
    yield Reason("unpaid_absence", sum(_unpaid(each, rules), ZERO) - each.unpaid)
    yield Reason("back_pay", each.back_pay)
    yield Reason("sheet_incomplete", each.open)
    yield Reason("missing_hours", max(-each.balance - each.open, ZERO))
    for code, hours in each.bases:
        yield Reason("entry_exit" if code == CALENDAR else code, hours - (each.base or ZERO))
    yield Reason("holiday", -each.holiday)
    yield Reason("holiday", each.holiday)


def _unpaid(each: Hours, rules: Rules) -> Iterator[Decimal]:
    return (hours for kind, hours in each.missed.items() if kind not in rules.paid_kinds)


def _kinds(each: Hours, rules: Rules) -> Iterator[Reason]:
    """Find absences that payroll pays alike but calls otherwise, or has more or fewer of: leave days go wrong there."""
    for kind in ("paid_leave", "training", "rest"):
        if kind in rules.told_kinds:
            differs = each.declared.get(kind, ZERO) - each.missed.get(kind, ZERO)
            if abs(differs) > rules.tolerance:
                yield Reason("leave_kind", differs)
