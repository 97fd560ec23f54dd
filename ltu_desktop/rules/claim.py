"""The claim: facts in, answer out. The pipeline of every scheme, month by month and person by person.

eligibility → slice → base → quantity → rate step → uplift → caps → rounding → split → adjustments → settlement
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules import checks
from ltu_desktop.rules.adjust import Cumulated, adjustments, funded, ratio, year_to_date
from ltu_desktop.rules.answer import Answer, Guard, Line, Setting, Totals, Used, YearToDate
from ltu_desktop.rules.dated import Parameters
from ltu_desktop.rules.errors import N_, Problem, Severity, UserError
from ltu_desktop.rules.facts import AgreementFact, Facts
from ltu_desktop.rules.kinds import KINDS, Kind
from ltu_desktop.rules.money import ZERO, to_cent, to_fte
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.quantity import QUANTITIES, Quantity
from ltu_desktop.rules.run import MonthSum, Run

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.rules.facts import PersonFact, PersonMonth
    from ltu_desktop.rules.packs import Pack

NO_AGREEMENT = AgreementFact()


def compute(
    pack: Pack,
    facts: Facts,
    *,
    known_on: date | None = None,
    kinds: Mapping[str, Kind] = KINDS,
    quantities: Mapping[str, Quantity] = QUANTITIES,
) -> Answer:
    """Compute a month's or a year's claim.

    `known_on` leaves out values published later. Raises `UserError` ("no_value") for a period without a legal value.
    Facts that cannot be used (negative hours, no status) give a blocker and no line.
    """
    agreement = facts.agreement or NO_AGREEMENT
    parameters = Parameters(pack.series, agreement.overrides, known_on)
    run = Run(pack, facts, agreement, parameters, kinds, quantities)
    if len(facts.period) == len("2026"):
        from ltu_desktop.rules.year import compute_year  # the year stands on the month

        return compute_year(run, int(facts.period))
    return compute_month(run, Month.parse(facts.period))


def compute_month(run: Run, month: Month) -> Answer:
    """Compute a month: people's lines, adjustments of the whole claim, totals, the year so far, problems."""
    begins = run.pack.scheme.valid_from
    if month.first < begins:
        raise UserError("no_value", N_("the scheme begins on {day}."), where="period", params={"day": begins})
    run.ask_all(month)
    lines, problems, payroll = _people(run, month)
    now = run.add_up(lines)
    limit = limit_for_others(run, month)
    full_month = run.full_month(month)
    used = dict(run.parameters.used)
    year = cumulated(run, month.year_so_far()[:-1])
    adjusted = adjustments(run, month, now, year, limit)
    year.add(now, adjusted)
    so_far = year_to_date(run, month, year, limit)
    totals = _totals([*lines, *adjusted], now, full_month, limit)
    guard = _guard(totals, lines, payroll)
    problems += _claim_problems(run, month, totals, now, so_far, limit, guard, adjusted, list(used.values()))
    order = list(run.pack.series)
    return Answer(
        scheme=run.pack.code,
        period=str(month),
        currency=run.pack.scheme.currency,
        provisional=any(each.provisional for each in used.values()),
        lines=(*lines, *adjusted),
        totals=totals,
        problems=tuple(problems),
        parameters=tuple(sorted(used.values(), key=lambda each: (order.index(each.code), each.start))),
        settings=settings_of(run.pack, run.chosen),
        year_to_date=so_far,
        guard=guard,
        rules_version=run.pack.version,
        part_order=tuple(component.part for component in run.monthly),
    )


def settings_of(pack: Pack, chosen: dict[str, str]) -> tuple[Setting, ...]:
    """Return every setting in use; `default` where the agreement chose nothing."""
    return tuple(
        Setting(rule.code, chosen.get(rule.code, rule.default), rule.code not in chosen) for rule in pack.scheme.setting
    )


def limit_for_others(run: Run, month: Month) -> Decimal | None:
    """Return the funded share of those who are not PPDE; None when the scheme has no such rule."""
    code = run.pack.scheme.others_limit
    return run.parameters.on(code, month.first) if code else None


def cumulated(run: Run, months: list[Month]) -> Cumulated:
    """Add up months that have any payroll, with the adjustments that each of them had."""
    year = Cumulated()
    for month in months:
        key = str(month)
        if not any(key in person.months for person in run.facts.people):
            continue
        now = run.sums(month)
        year.add(now, adjustments(run, month, now, year, limit_for_others(run, month)))
    return year


def _people(run: Run, month: Month) -> tuple[list[Line], list[Problem], dict[str, PersonMonth]]:
    pack, rules, key = run.pack, run.rules(month), str(month)
    least_pay = _least_pay(run, month)
    lines: list[Line] = []
    problems: list[Problem] = []
    payroll: dict[str, PersonMonth] = {}
    for person in run.facts.people:
        pay = person.months.get(key)
        stake = ZERO
        if pay is not None:
            fault = checks.unusable(month, pay)
            if fault:
                problems.append(Problem(fault, Severity.BLOCKER, person.id, {"hours": str(pay.paid_hours)}))
                continue
            line = run.line(person, month, pay, rules, trace=True)
            stake = to_cent(line.total)
            if person.status is not None:
                lines.append(line)
                payroll[person.id] = pay
            problems += _flagged(run, person, pay, stake)
        if person.status is None and (pay is not None or checks.present(person, month)):
            problems.append(Problem("no_status", Severity.BLOCKER, person.id, {}, stake))
        problems += checks.person_problems(person, month, pay, pack, least_pay, stake)
    return run.rounded(lines, month), problems, payroll


def _least_pay(run: Run, month: Month) -> Decimal | None:
    """Return the reference wage of an hour, when the scheme rests on one."""
    base = next((each.base for each in run.monthly if each.kind == "reference_wage"), "")
    return run.parameters.on(base, month.first) if base else None


def _flagged(run: Run, person: PersonFact, pay: PersonMonth, stake: Decimal) -> Iterator[Problem]:
    """Warn of hours whose treatment no text and no agreement settles."""
    rules = run.pack.absences
    open_settings = {
        rules[absence.kind].setting: absence.hours
        for absence in pay.absences
        if absence.hours and run.pack.settings[rules[absence.kind].setting].flagged
    }
    for setting, hours in open_settings.items():
        if setting not in run.chosen:
            params = {"setting": setting, "hours": f"{hours:.2f}"}
            yield Problem("open_setting", Severity.WARNING, person.id, params, stake)


def _totals(lines: list[Line], now: MonthSum, full_month: Decimal, limit: Decimal | None) -> Totals:
    parts = {part: sum((line.parts[part] for line in lines), ZERO) for part in now.parts}
    return Totals(
        parts=parts,
        total=sum(parts.values(), ZERO),
        fte=to_fte(sum((line.quantity for line in lines), ZERO) / full_month),
        funded_fte=to_fte(funded(now.main_hours, now.other_hours, limit) / full_month),
    )


def _guard(totals: Totals, lines: list[Line], payroll: dict[str, PersonMonth]) -> Guard:
    base = sum((step.value for line in lines for step in line.steps if step.code == "base"), ZERO)
    costs = [payroll[line.person].employer_cost for line in lines if line.person]
    known = [cost for cost in costs if cost is not None]
    cost = sum(known, ZERO) if known and len(known) == len(costs) else None
    return Guard(
        aid=totals.total,
        smic=to_cent(base),
        aid_to_smic=ratio(totals.total, base) if base else None,
        employer_cost=cost,
        aid_to_cost=ratio(totals.total, cost) if cost else None,
    )


def _claim_problems(
    run: Run,
    month: Month,
    totals: Totals,
    now: MonthSum,
    year: YearToDate,
    limit: Decimal | None,
    guard: Guard,
    adjusted: list[Line],
    used: list[Used],
) -> Iterator[Problem]:
    for value in used:
        if value.provisional:
            yield Problem(
                "provisional", Severity.WARNING, "agreement", {"parameter": value.code, "value": str(value.value)}
            )
    valid_until = run.agreement.contributions_valid_until
    if valid_until is not None and valid_until < month.last:
        yield Problem("contributions_expired", Severity.WARNING, "employer", {"day": str(valid_until)}, totals.total)
    if limit is not None:
        params = {
            "month_ratio": str(ratio(now.other_hours, now.hours)),
            "year_ratio": str(year.others_ratio),
            "limit_ratio": str(limit),
        }
        if year.others_ratio > limit:
            yield Problem("others_over_limit", Severity.WARNING, "", params)
        elif ratio(now.other_hours, now.hours) > limit:
            yield Problem("others_over_limit_this_month", Severity.INFO, "", params)
    ceiling = run.agreement.ceiling_fte
    if ceiling is not None:
        off = next((line for line in adjusted if line.code == "ceiling"), None)
        worked = to_fte(now.hours / run.full_month(month))
        params = {"fte": str(worked), "ceiling_fte": str(ceiling), "year_fte": str(year.fte)}
        if off is not None:
            yield Problem("ceiling_used_up", Severity.WARNING, "agreement", params, -off.total)
        elif year.fte > ceiling:
            left = f"{year.ceiling_left}" if year.ceiling_left is not None else ""
            yield Problem("ceiling_pace", Severity.WARNING, "agreement", {**params, "left_fte": left})
        elif worked > ceiling:
            yield Problem("ceiling_this_month", Severity.INFO, "agreement", params)
    if guard.aid_to_cost is not None and guard.aid_to_cost >= 1:
        yield Problem(
            "aid_over_cost",
            Severity.WARNING,
            "",
            {"cost_ratio": str(guard.aid_to_cost), "smic_ratio": str(guard.aid_to_smic)},
        )
