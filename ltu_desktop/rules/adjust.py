"""Adjustments of a whole claim: the agreement's ceiling, the limit for those who are not PPDE. The year so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules.answer import Line, Step, YearToDate
from ltu_desktop.rules.money import ZERO, to_cent, to_fte
from ltu_desktop.rules.run import MonthSum, Run

if TYPE_CHECKING:
    from ltu_desktop.rules.periods import Month

MONTHS_A_YEAR = 12


@dataclass
class Cumulated:
    """January to a month: hours by status, amounts by part (adjustments included), hours already taken off."""

    months: int = 0
    main: Decimal = ZERO
    other: Decimal = ZERO
    off_others: Decimal = ZERO
    off_ceiling: Decimal = ZERO
    parts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def hours(self) -> Decimal:
        """Hours of all, before adjustments."""
        return self.main + self.other

    def add(self, now: MonthSum, adjustments: list[Line]) -> None:
        """Add a month with its adjustments."""
        self.months += 1
        self.main += now.main_hours
        self.other += now.other_hours
        for part, amount in now.parts.items():
            self.parts[part] = self.parts.get(part, ZERO) + amount
        for line in adjustments:
            if line.code == "others_limit":
                self.off_others -= line.quantity
            else:
                self.off_ceiling -= line.quantity
            for part, amount in line.parts.items():
                self.parts[part] += amount


def funded(main: Decimal, other: Decimal, limit: Decimal | None) -> Decimal:
    """Return what is funded of main and other hours (or FTE): main + min(other, limit × (main + other))."""
    return main + (other if limit is None else min(other, limit * (main + other)))


def adjustments(run: Run, month: Month, now: MonthSum, before: Cumulated, limit: Decimal | None) -> list[Line]:
    """Return the month's adjustment lines, each with its steps; none when nothing is over.

    The 10 % rule makes a line only under the setting `ten_percent = running`; the ceiling counts one FTE for one month
    as 1 and is used up at 12 × the agreement's yearly FTE.
    """
    lines: list[Line] = []
    main, other = before.main + now.main_hours, before.other + now.other_hours
    off = ZERO
    if limit is not None and run.pack.setting("ten_percent", run.chosen) == "running":
        over = to_cent(main + other - funded(main, other, limit))
        off = over - before.off_others
        if off:
            formula = f"{other} − min({other}, {limit} × {main + other}) − {before.off_others}"
            lines.append(_line(run, month, "others_limit", -off, formula, now))
    ceiling = run.agreement.ceiling_fte
    if ceiling is not None:
        most = to_cent(ceiling * MONTHS_A_YEAR * run.full_month(month))
        counted = main + other - before.off_others - off
        over = max(ZERO, counted - most) - before.off_ceiling
        if over:
            formula = f"{counted} − {ceiling} × {MONTHS_A_YEAR} × {run.full_month(month)} − {before.off_ceiling}"
            lines.append(_line(run, month, "ceiling", -over, formula, now))
    return lines


def _line(run: Run, month: Month, code: str, quantity: Decimal, formula: str, now: MonthSum) -> Line:
    """Price hours that are taken off (or given back) like a person's, so that a whole month taken off leaves zero."""
    steps = [Step("hours_off", formula, quantity, "h")]
    if quantity == -now.hours:
        parts = {part: ZERO - amount for part, amount in now.parts.items()}  # never -0.00
        steps += [Step(part, f"{off}".replace("-", "−"), off, run.pack.scheme.currency) for part, off in parts.items()]
    else:
        priced: list[Step] = []
        positive = run.nobodys_parts(month, abs(quantity), priced)
        sign = -1 if quantity < 0 else 1
        parts = {part: ZERO + amount * sign for part, amount in positive.items()}
        steps += priced
    fte = to_fte(quantity / run.full_month(month))
    return Line(None, quantity, fte, parts, sum(parts.values(), ZERO), tuple(steps), code=code)


def year_to_date(run: Run, month: Month, year: Cumulated, limit: Decimal | None) -> YearToDate:
    """Say what the year has used so far: average FTE, ratio of those who are not PPDE, ceiling used and left."""
    full = run.full_month(month)
    months = full * max(1, year.months)
    ceiling = run.agreement.ceiling_fte
    used = (year.hours - year.off_others - year.off_ceiling) / full
    whole = None if ceiling is None else to_fte(ceiling * MONTHS_A_YEAR)
    return YearToDate(
        months=year.months,
        ppde_hours=year.main,
        other_hours=year.other,
        parts=dict(year.parts),
        fte=to_fte(year.hours / months),
        ppde_fte=to_fte(year.main / months),
        other_fte=to_fte(year.other / months),
        funded_fte=to_fte(funded(year.main, year.other, limit) / months),
        others_ratio=ratio(year.other, year.hours),
        used_fte_months=to_fte(used),
        ceiling_fte_months=whole,
        ceiling_left=None if whole is None else to_fte(whole - used),
    )


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Return part ÷ whole with four decimals, 0 when there is nothing."""
    return to_fte(part / whole) if whole else to_fte(ZERO)
