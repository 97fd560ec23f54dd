"""Checks of a claim against the file: what stands in the way of sealing, and what asks for a look.

The calculator checks the figures (`rules.checks`); here is what only the file knows: payroll read or not, agreement,
employer, earlier months. Each finding says what, where and, when it is known, the € at stake.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.intake.identity import check_siret
from ltu_desktop.rules.eligibility import RECOGNISED, State
from ltu_desktop.rules.errors import Problem, Severity
from ltu_desktop.rules.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ltu_desktop.rules.answer import Answer
    from ltu_desktop.rules.concordance import Match
    from ltu_desktop.rules.dossier import BridgeStep, Correction, EmployerCard
    from ltu_desktop.rules.periods import Month

BLOCKER, WARNING, INFO = Severity.BLOCKER, Severity.WARNING, Severity.INFO
_MANY = 10


@dataclass(frozen=True)
class Situation:
    """What the checks look at.

    `exits` are staff numbers and days of exits without a reason; `payroll` and `claimed` the months with payroll and
    those claimed before this one; `payroll_sirets` who declared the month's payroll; `last_total` what the last claim
    asked for. `points` are the open points of PPDE's eligibility, by staff number, `matches` the people whose timesheet
    and payroll differ.
    """

    month: Month
    today: date
    employer: EmployerCard | None
    has_agreement: bool
    agreement_start: date | None
    has_ceiling: bool
    has_certificate: bool
    answer: Answer
    bridge: Sequence[BridgeStep]
    exits: Sequence[tuple[str, date]]
    corrections: Sequence[Correction]
    payroll: Sequence[Month]
    payroll_sirets: Sequence[str]
    claimed: Sequence[Month]
    points: Mapping[str, Mapping[str, State]]
    matches: Sequence[Match] = ()
    last_total: Decimal | None = None


def unexplained(bridge: Sequence[BridgeStep]) -> Decimal:
    """Return the hours between payroll and claim that no step names."""
    return sum((-step.hours if step.code == "claim" else step.hours for step in bridge), ZERO)


def problems(situation: Situation) -> list[Problem]:
    """Return the findings, in the order in which they are best mended."""
    return [
        *_employer(situation),
        *_agreement(situation),
        *_payroll(situation),
        *_people(situation),
        *_eligibility(situation),
        *_hours(situation),
        *_earlier(situation),
    ]


def _employer(each: Situation) -> Iterator[Problem]:
    stake = each.answer.totals.total
    if each.employer is None:
        yield Problem("employer_missing", BLOCKER, "employer", at_stake=stake)
        return
    if not each.employer.siret:
        yield Problem("siret_missing", BLOCKER, "employer", at_stake=stake)
    elif check_siret(each.employer.siret):
        yield Problem("siret_doubtful", WARNING, "employer", {"siret": each.employer.siret})
    others = [siret for siret in each.payroll_sirets if siret and siret[:9] != each.employer.siret[:9]]
    if each.employer.siret and others:
        yield Problem("payroll_of_another_employer", WARNING, "employer", {"siret": others[0]})


def _agreement(each: Situation) -> Iterator[Problem]:
    if not each.has_agreement:
        yield Problem("agreement_missing", BLOCKER, "agreement", {"month": str(each.month)}, each.answer.totals.total)
        return
    if not each.has_ceiling:
        yield Problem("ceiling_missing", WARNING, "agreement")
    if not each.has_certificate:
        yield Problem("contributions_missing", WARNING, "employer")


def _payroll(each: Situation) -> Iterator[Problem]:
    if each.month not in each.payroll:
        yield Problem("payroll_missing", BLOCKER, "payroll", {"month": str(each.month)}, each.last_total)
    elif not each.answer.lines:
        yield Problem("nothing_to_claim", BLOCKER, "payroll", {"month": str(each.month)})
    gap = unexplained(each.bridge)
    if gap:
        yield Problem("payroll_gap", BLOCKER, "payroll", {"hours": f"{gap:.2f}"})
    if each.today <= each.month.last:
        yield Problem("month_not_over", WARNING, "", {"month": str(each.month)})


def _people(each: Situation) -> Iterator[Problem]:
    for person, day in each.exits:
        yield Problem("exit_without_reason", WARNING, person, {"day": day.isoformat()})


def _eligibility(each: Situation) -> Iterator[Problem]:
    """Tell which claimed PPDE lack the day of the committee's decision, and whose points do not fit the hire.

    To look at, never blockers: the decision may lie in a cupboard, and no text makes its date a part of the claim.
    """
    lines = [(line.person, line.total, each.points.get(line.person, {})) for line in each.answer.lines if line.person]
    undecided = [line for line in lines if line[2].get(RECOGNISED) is State.MISSING]
    if len(undecided) > _MANY:  # the office keeps no decisions here: that is said once
        stake = sum((amount for _, amount, _ in undecided), ZERO)
        yield Problem("decisions_missing", WARNING, "", {"count": str(len(undecided))}, stake)
    else:
        for person, amount, _ in undecided:
            yield Problem("decision_missing", WARNING, person, {}, amount)
    for person, amount, states in lines:
        if State.DOUBTFUL in states.values():
            yield Problem("eligibility_doubtful", WARNING, person, {}, amount)


def _hours(each: Situation) -> Iterator[Problem]:
    """Tell whose timesheet and payroll differ, and why; what only the claim lacks is told by other checks."""
    found = []
    for one in each.matches:
        reasons = [reason for reason in one.reasons if reason.code not in {"not_claimed", "claim_outdated"}]
        if reasons:
            most = max(abs(reason.hours) for reason in reasons)
            codes = ",".join(dict.fromkeys(reason.code for reason in reasons))
            found.append((one.person, {"gap_hours": f"{most:.2f}", "why_reasons": codes}, one.at_stake))
    if len(found) > _MANY:
        stake = sum((amount or ZERO for _, _, amount in found), ZERO)
        yield Problem("hours_differ_many", WARNING, "", {"count": str(len(found))}, stake)
        return
    for person, params, amount in found:
        yield Problem("hours_differ", WARNING, person, params, amount)


def _earlier(each: Situation) -> Iterator[Problem]:
    start = each.agreement_start
    open_months = [
        month
        for month in each.payroll
        if month < each.month and month not in each.claimed and (start is None or month.last >= start)
    ]
    if open_months:
        params = {"count": str(len(open_months)), "month": str(open_months[0])}
        yield Problem("months_not_claimed", WARNING, "", params)
    for month in each.claimed:
        if month not in each.payroll:
            yield Problem("earlier_payroll_gone", WARNING, "payroll", {"month": str(month)})
    if each.corrections:
        total = sum(
            (sum(one.parts_after.values(), ZERO) - sum(one.parts_before.values(), ZERO) for one in each.corrections),
            ZERO,
        )
        first = min(one.period for one in each.corrections)
        params = {"count": str(len(each.corrections)), "month": first}
        yield Problem("corrections_included", INFO, "", params, total)
