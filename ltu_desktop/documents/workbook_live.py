"""Whether a claim's amounts can stand as formulas: tried out in decimals first, line by line, to the cent.

A formula that gives another cent than the sealed claim must never be written. So each line is recomputed here as the
sheet would do it; where that does not give the line (rounding on the sum only, a value that changes inside the month,
another scheme), the sheet holds values and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

from ltu_desktop.rules.money import to_cent, to_fte

if TYPE_CHECKING:
    from ltu_desktop.documents.claim_view import View
    from ltu_desktop.rules.answer import Line

SMIC, RATE, SHARE = "smic_hourly", "state_rate", "department_share"
_PARTS = ("state", "department")


class Mode(StrEnum):
    """Where a line's formulas take SMIC, rate and share from; `VALUES`: there are no formulas."""

    NAMES = "names"
    COLUMNS = "columns"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Factors:
    """The three values that a line was computed with."""

    smic: Decimal
    rate: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Live:
    """How the list is written: the mode, each line's factors (in `COLUMNS`), each line's base (before the rate)."""

    mode: Mode
    cap: Decimal | None = None
    full_month: Decimal | None = None
    factors: tuple[Factors, ...] = ()
    bases: tuple[Decimal | None, ...] = ()


def live(view: View) -> Live:
    """Find out how the lines of a claim can be written."""
    lines = [entry.line for entry in view.entries]
    known = Live(Mode.VALUES, cap_hours(view), view.full_month, bases=tuple(_traced_base(line) for line in lines))
    if view.parts != _PARTS or known.cap is None or known.full_month is None:
        return known
    choices = _choices(view)
    found: list[Factors] = []
    for line in lines:
        fitting = next((each for each in choices if _gives(line, each, known.cap, known.full_month)), None)
        if fitting is None:
            return known
        found.append(fitting)
    bases = tuple(to_cent(each.smic * line.quantity) for each, line in zip(found, lines, strict=True))
    mode = Mode.NAMES if len(choices) == 1 else Mode.COLUMNS
    return Live(mode, known.cap, known.full_month, tuple(found), bases)


def cap_hours(view: View) -> Decimal | None:
    """Return the most hours of one person in a month, as the settings say; None when they do not."""
    chosen = next((each.value for each in view.dossier.answer.settings if each.code == "cap_hours"), "")
    return Decimal(chosen) if chosen else None


def _choices(view: View) -> list[Factors]:
    """Return every combination of the values used: one in an ordinary month."""
    used = view.dossier.answer.parameters
    values = [[each.value for each in used if each.code == code] for code in (SMIC, RATE, SHARE)]
    return [Factors(smic, rate, share) for smic, rate, share in product(*values)]


def _gives(line: Line, factors: Factors, cap: Decimal, full_month: Decimal) -> bool:
    """Tell whether the sheet's formulas give this line, cent by cent."""
    hours = to_cent(min(line.paid_hours - line.hours_c, cap))
    state = to_cent(to_cent(factors.smic * hours) * factors.rate)
    department = to_cent(state * factors.share)
    return (hours, to_fte(hours / full_month), state, department, state + department) == (
        line.quantity,
        line.fte,
        line.parts.get("state"),
        line.parts.get("department"),
        line.total,
    )


def _traced_base(line: Line) -> Decimal | None:
    """Return the wage before the rate as the trace tells it, for lists without formulas; None when it does not."""
    values = [step.value for step in line.steps if step.code == "base"]
    return to_cent(sum(values[1:], values[0])) if values else None
