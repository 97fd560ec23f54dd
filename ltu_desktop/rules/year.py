"""A year: the start-up grant, the yearly average of those who are not PPDE, the settlement (due minus paid)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules.adjust import MONTHS_A_YEAR, Cumulated, funded
from ltu_desktop.rules.answer import Answer, Line, Settlement, Step, Totals
from ltu_desktop.rules.claim import cumulated, limit_for_others, settings_of
from ltu_desktop.rules.errors import N_, Problem, Severity, UserError
from ltu_desktop.rules.kinds import Ask
from ltu_desktop.rules.money import ZERO, to_cent, to_fte
from ltu_desktop.rules.periods import Month, Span
from ltu_desktop.rules.quantity import Slice
from ltu_desktop.rules.run import EXACT, NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.rules.run import Run


def compute_year(run: Run, year: int) -> Answer:
    """Compute the yearly components: one-off parts from the stocks, and the settlement when `paid` is told.

    Lines: `start_up` from the stocks; with `paid`, `settlement` for each part is due minus paid, the due being the
    twelve months' amounts less what the yearly average of those who are not PPDE takes off. Without any month there is
    nothing to compare `paid` with: a problem says so.
    """
    if year < run.pack.scheme.valid_from.year:
        raise UserError(
            "no_value",
            N_("the scheme begins on {day}."),
            where="period",
            params={"day": run.pack.scheme.valid_from},
        )
    lines = _one_offs(run, year)
    december = Month(year, MONTHS_A_YEAR)
    whole = cumulated(run, december.year_so_far())
    limit = limit_for_others(run, december) if whole.months else None
    full = run.full_month(december) if whole.months else Decimal(1)
    settlement = None
    problems: list[Problem] = []
    if whole.months:
        if whole.months < MONTHS_A_YEAR:
            params = {"count": str(whole.months)}
            problems.append(Problem("year_incomplete", Severity.WARNING, "", params))
        off = others_off(whole, limit)
        if run.facts.paid:
            settlement, line = settle(whole, off, run.facts.paid, run.pack.scheme.currency)
            lines.append(line)
    elif run.facts.paid:
        problems.append(Problem("year_without_months", Severity.WARNING, ""))
    months = full * MONTHS_A_YEAR
    parts: dict[str, Decimal] = {}
    for line in lines:
        for part, amount in line.parts.items():
            parts[part] = parts.get(part, ZERO) + amount
    used = run.parameters.used.values()
    return Answer(
        scheme=run.pack.code,
        period=str(year),
        currency=run.pack.scheme.currency,
        provisional=any(each.provisional for each in used),
        lines=tuple(lines),
        totals=Totals(
            parts,
            sum(parts.values(), ZERO),
            to_fte(whole.hours / months),
            to_fte(funded(whole.main, whole.other, limit) / months),
        ),
        problems=tuple(problems + [_provisional(each.code, each.value) for each in used if each.provisional]),
        parameters=tuple(used),
        settings=settings_of(run.pack, run.chosen),
        settlement=settlement,
        rules_version=run.pack.version,
        part_order=tuple(component.part for component in run.pack.scheme.component),
    )


def _provisional(code: str, value: Decimal) -> Problem:
    return Problem("provisional", Severity.WARNING, "agreement", {"parameter": code, "value": str(value)})


def _one_offs(run: Run, year: int) -> list[Line]:
    """Price the net growth of the main status's FTE between both year ends; nil when it shrank."""
    stocks = run.facts.stocks
    if not stocks:
        return []
    first, last = f"{year - 1}-12-31", f"{year}-12-31"
    for day in (first, last):
        if day not in stocks:
            raise UserError(
                "bad_facts",
                N_("the stock of FTE on this day is missing."),
                mend=N_("Give the stock of FTE at both year ends."),
                where=f"stocks.{day}",
            )
    growth = max(ZERO, stocks[last] - stocks[first])
    span = Span(date(year, 1, 1), date(year, 12, 31))
    lines = []
    for component in run.pack.scheme.component:
        if component.period != "year":
            continue
        steps = [Step("stock_growth", f"max(0, {stocks[last]} − {stocks[first]})", growth, "FTE")]
        ask = Ask(
            component,
            run.parameters,
            NOBODY,
            [Slice(span, growth, None)],
            {},
            steps,
            currency=run.pack.scheme.currency,
        )
        amount = to_cent(run.kinds[component.kind](ask))
        lines.append(
            Line(None, growth, to_fte(growth), {component.part: amount}, amount, tuple(steps), code=component.part)
        )
    return lines


def others_off(whole: Cumulated, limit: Decimal | None) -> Decimal:
    """Return the hours that the yearly 10 % rule takes off, beyond what months already took off."""
    over = whole.hours - funded(whole.main, whole.other, limit)
    return max(ZERO, to_cent(over) - whole.off_others)


def settle(whole: Cumulated, off: Decimal, told: Mapping[str, Decimal], currency: str) -> tuple[Settlement, Line]:
    """Due minus paid (`told`) by part; hours taken off are priced at the year's average amount of an hour."""
    counted = whole.hours - whole.off_others - whole.off_ceiling
    steps: list[Step] = []
    due: dict[str, Decimal] = {}
    difference: dict[str, Decimal] = {}
    for part, amount in whole.parts.items():
        exact = (amount * off / counted).quantize(EXACT) if counted else ZERO
        less = to_cent(exact)
        if off:
            steps.append(Step("others_limit", f"{amount} × {off} ÷ {counted}", less, currency, exact=exact))
        due[part] = amount - less
        paid = told.get(part, ZERO)
        difference[part] = due[part] - paid
        steps.append(Step(part, f"{due[part]} − {paid}", difference[part], currency))
    line = Line(None, ZERO, to_fte(ZERO), difference, sum(difference.values(), ZERO), tuple(steps), code="settlement")
    return Settlement(due, dict(told), difference), line
