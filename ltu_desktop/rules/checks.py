"""Checks of the facts themselves: what is refused at the door, and what the claim must warn of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_, Problem, Severity
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.strict import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ltu_desktop.rules.facts import AgreementFact, ContractFact, Facts, PersonFact, PersonMonth
    from ltu_desktop.rules.packs import Pack


HOURS_A_DAY = 10
"""Greatest legal working day (Code du travail L3121-18): more paid hours in a month than that cannot be right."""

GREATEST_WEEK = Decimal(60)
"""Greatest working week even by exemption (Code du travail L3121-21)."""

HIGH_WEEK = Decimal(48)
"""Greatest ordinary working week (Code du travail L3121-20): above it, a look is asked for."""


def fault_of_facts(facts: Facts, pack: Pack) -> Fault | None:
    """Return the first fault that makes facts unusable: its path, an English sentence and its values."""
    return next(_faults(facts, pack), None)


def _faults(facts: Facts, pack: Pack) -> Iterator[Fault]:
    if fault := _period_fault(facts.period):
        yield fault
    if facts.agreement:
        yield from _agreement_faults(facts.agreement, pack)
    seen: set[str] = set()
    for index, person in enumerate(facts.people):
        path = f"people[{index}]"
        if not person.id:
            yield f"{path}.id", N_("a value is missing here."), {}
        if person.id in seen:
            yield f"{path}.id", N_("two people have the id “{id}”."), {"id": person.id}
        seen.add(person.id)
        if person.status is not None and person.status not in pack.statuses:
            allowed = ", ".join(pack.statuses)
            yield (
                f"{path}.status",
                N_("unknown status “{status}”, expected: {allowed}."),
                {
                    "status": person.status,
                    "allowed": allowed,
                },
            )
        for number, contract in enumerate(person.contracts):
            yield from _contract_faults(contract, f"{path}.contracts[{number}]")
        for month, pay in person.months.items():
            yield from _month_faults(month, pay, pack, f"{path}.months.{month}")
    for name, value in [*facts.stocks.items()]:
        if _not_a_day(name):
            yield f"stocks.{name}", N_("“{text}” is not a date (YYYY-MM-DD)."), {"text": name}
        if not value.is_finite() or value < 0:
            yield f"stocks.{name}", N_("a stock of FTE cannot be {value}."), {"value": value}
    parts = [component.part for component in pack.scheme.component]
    for name, amount in facts.paid.items():
        if name not in parts:
            yield f"paid.{name}", N_("the scheme has no part “{part}”."), {"part": name}
        if not _two_decimals(amount):
            yield f"paid.{name}", N_("an amount cannot be {amount}."), {"amount": amount}


def _period_fault(period: str) -> Fault | None:
    if len(period) == 4 and period.isascii() and period.isdigit():  # a year
        return None
    try:
        Month.parse(period)
    except ValueError:
        return "period", N_("“{text}” is neither a month (YYYY-MM) nor a year (YYYY)."), {"text": period}
    return None


def _agreement_faults(agreement: AgreementFact, pack: Pack) -> Iterator[Fault]:
    if agreement.ceiling_fte is not None and not 0 <= agreement.ceiling_fte <= 100_000:
        yield "agreement.ceiling_fte", N_("a ceiling cannot be {value} FTE."), {"value": agreement.ceiling_fte}
    for code, value in agreement.settings.items():
        rule = pack.settings.get(code)
        if rule is None:
            yield f"agreement.settings.{code}", N_("the scheme has no setting “{setting}”."), {"setting": code}
        elif rule.number and not rule.allows(value):
            yield (
                f"agreement.settings.{code}",
                N_("“{value}” is not a number of hours, as in 151.67."),
                {"value": value},
            )
        elif not rule.allows(value):
            allowed = ", ".join(rule.options)
            yield (
                f"agreement.settings.{code}",
                N_("unknown option “{value}”, expected: {allowed}."),
                {
                    "value": value,
                    "allowed": allowed,
                },
            )
    for index, override in enumerate(agreement.overrides):
        if override.parameter not in pack.series:
            yield (
                f"agreement.overrides[{index}].parameter",
                N_("the scheme has no parameter “{parameter}”."),
                {
                    "parameter": override.parameter,
                },
            )
        nothing = override.value == 0 and override.parameter == pack.scheme.full_month  # hours are divided by it
        if not override.value.is_finite() or override.value < 0 or nothing:
            yield f"agreement.overrides[{index}].value", N_("a value cannot be {value}."), {"value": override.value}


def _contract_faults(contract: ContractFact, path: str) -> Iterator[Fault]:
    if contract.end is not None and contract.end < contract.start:
        yield (
            f"{path}.end",
            N_("the contract ends on {end}, before it starts on {start}."),
            {
                "end": contract.end,
                "start": contract.start,
            },
        )
    if contract.weekly_hours is not None and not 0 <= contract.weekly_hours <= GREATEST_WEEK:
        yield f"{path}.weekly_hours", N_("weekly hours cannot be {hours}."), {"hours": contract.weekly_hours}
    if contract.hourly_pay is not None and not 0 <= contract.hourly_pay <= 1000:
        yield f"{path}.hourly_pay", N_("an hourly pay cannot be {amount}."), {"amount": contract.hourly_pay}


def _month_faults(month: str, pay: PersonMonth, pack: Pack, path: str) -> Iterator[Fault]:
    try:
        most = Decimal(HOURS_A_DAY * Month.parse(month).days)
    except ValueError:
        most = Decimal(0)
        yield path, N_("“{text}” is not a month (YYYY-MM)."), {"text": month}
    amounts = {
        "paid_hours": pay.paid_hours,
        "overtime_hours": pay.overtime_hours,
        "complementary_hours": pay.complementary_hours,
        "leave_indemnity_hours": pay.leave_indemnity_hours,
        **{f"absences[{index}].hours": absence.hours for index, absence in enumerate(pay.absences)},
    }
    for name, value in amounts.items():
        if value is None:
            continue
        if not value.is_finite() or value < 0 or value > most:
            yield f"{path}.{name}", N_("{hours} h in a month is not possible."), {"hours": value}
        elif not _two_decimals(value):
            yield f"{path}.{name}", N_("hours have two decimals at most, not {hours}."), {"hours": value}
    for name, money in {"gross_pay": pay.gross_pay, "employer_cost": pay.employer_cost}.items():
        if money is not None and (not money.is_finite() or money < 0 or not _two_decimals(money)):
            yield f"{path}.{name}", N_("an amount cannot be {amount}."), {"amount": money}
    for index, absence in enumerate(pay.absences):
        if absence.kind not in pack.absences:
            yield (
                f"{path}.absences[{index}].kind",
                N_("unknown kind of absence “{kind}”, expected: {allowed}."),
                {
                    "kind": absence.kind,
                    "allowed": ", ".join(pack.absences),
                },
            )
        if absence.kept is not None and not (absence.kept.is_finite() and 0 <= absence.kept <= 1):
            yield (
                f"{path}.absences[{index}].kept",
                N_("the part of pay kept lies between 0 and 1, not {value}."),
                {
                    "value": absence.kept,
                },
            )


def _two_decimals(value: Decimal) -> bool:
    return value == value.quantize(Decimal("0.01"))


def _not_a_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return True
    return False


def unusable(month: Month, pay: PersonMonth) -> str:
    """Return the code of the fault that keeps a person's month out of the claim; "" when it can be computed."""
    if pay.paid_hours < 0:
        return "negative_hours"
    most = HOURS_A_DAY * month.days
    more = (pay.overtime_hours, pay.complementary_hours, pay.leave_indemnity_hours)
    given = (pay.paid_hours, *(hours for hours in more if hours is not None), *(each.hours for each in pay.absences))
    return "" if all(0 <= hours <= most for hours in given) else "unusable_hours"


def present(person: PersonFact, month: Month) -> list[ContractFact]:
    """Return the contracts that hold on some day of the month."""
    return [c for c in person.contracts if c.start <= month.last and (c.end is None or c.end >= month.first)]


def person_problems(
    person: PersonFact, month: Month, pay: PersonMonth | None, pack: Pack, least_pay: Decimal | None, stake: Decimal
) -> Iterator[Problem]:
    """Find what is to look at in one person's month; `stake` is what her line brings."""
    here = present(person, month)
    if _overlap(person.contracts):
        yield Problem("contracts_overlap", Severity.BLOCKER, person.id, {}, stake)
    if any(contract.end is not None and contract.end < contract.start for contract in person.contracts):
        yield Problem("contract_ends_before_start", Severity.BLOCKER, person.id, {}, stake)
    if pay is None:
        if here:
            yield Problem("no_payroll", Severity.WARNING, person.id, {"month": str(month)})
        return
    if not here and pay.paid_hours > 0:
        yield Problem("no_contract", Severity.BLOCKER, person.id, {"hours": f"{pay.paid_hours:.2f}"}, stake)
    if pay.paid_hours > HIGH_WEEK * month.days / 7:
        yield Problem("hours_high", Severity.WARNING, person.id, {"hours": f"{pay.paid_hours:.2f}"}, stake)
    for contract in here:
        if contract.public_aid is not None and contract.public_aid not in pack.scheme.aid_free_codes:
            yield Problem("cumulation", Severity.BLOCKER, person.id, {"code": contract.public_aid}, stake)
        codes = pack.scheme.open_ended_codes
        if codes and contract.nature is not None and contract.nature not in codes:
            yield Problem("not_open_ended", Severity.WARNING, person.id, {"code": contract.nature}, stake)
        if least_pay is not None and contract.hourly_pay is not None and contract.hourly_pay < least_pay:
            params = {"pay_amount": str(contract.hourly_pay), "least_amount": str(least_pay)}
            yield Problem("pay_below_minimum", Severity.WARNING, person.id, params)


def _overlap(contracts: tuple[ContractFact, ...]) -> bool:
    ordered = sorted(contracts, key=lambda contract: contract.start)
    return any(first.end is None or first.end >= second.start for first, second in pairwise(ordered))
