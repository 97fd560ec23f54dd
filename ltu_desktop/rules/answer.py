"""The answer: lines, parts, steps, totals, problems. What `ltu-desktop compute` prints and a seal freezes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from ltu_desktop.rules.errors import Problem


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a figure: `formula` holds the numbers, `exact` the value before rounding when it differs."""

    code: str
    formula: str
    value: Decimal
    unit: str
    source: str = ""
    exact: Decimal | None = None


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One claimed line: a person's, or (person None) an adjustment of the whole claim named by `code`.

    `paid_hours` etc. explain `quantity` = min(paid − excluded, cap): A is paid and counted (inside paid), B not paid,
    C paid but not counted, `over_cap` what the cap per person takes off.
    """

    person: str | None
    quantity: Decimal
    fte: Decimal
    parts: dict[str, Decimal]
    total: Decimal
    steps: tuple[Step, ...]
    status: str = ""
    code: str = ""
    paid_hours: Decimal = Decimal("0.00")
    hours_a: Decimal = Decimal("0.00")
    hours_b: Decimal = Decimal("0.00")
    hours_c: Decimal = Decimal("0.00")
    over_cap: Decimal = Decimal("0.00")


class Totals(msgspec.Struct, frozen=True):
    """Sums of the lines: `fte` is their hours ÷ hours of a full-time month, adjustments included.

    `funded_fte` is what the 10 % rule lets be funded of the FTE that people worked.
    """

    parts: dict[str, Decimal]
    total: Decimal
    fte: Decimal
    funded_fte: Decimal


class Used(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dated value that the claim used, with its source."""

    code: str
    value: Decimal
    unit: str
    start: date
    source: str
    published: date | None = None
    provisional: bool = False
    overridden: bool = False


class Setting(msgspec.Struct, frozen=True, omit_defaults=True):
    """A setting that the claim used; `default` tells that no text and no agreement fixed it."""

    code: str
    value: str
    default: bool = True


class YearToDate(msgspec.Struct, frozen=True):
    """January to the claimed month: months counted, hours by status, average FTE, use of the ceiling.

    `used_fte_months` and `ceiling_fte_months` count one FTE for one month as 1; `ceiling_left` is None without ceiling.
    """

    months: int
    ppde_hours: Decimal
    other_hours: Decimal
    parts: dict[str, Decimal]
    fte: Decimal
    ppde_fte: Decimal
    other_fte: Decimal
    funded_fte: Decimal
    others_ratio: Decimal
    used_fte_months: Decimal
    ceiling_fte_months: Decimal | None
    ceiling_left: Decimal | None


class Guard(msgspec.Struct, frozen=True):
    """Remuneration guard: public money against gross SMIC and against the employer's cost (None when unknown)."""

    aid: Decimal
    smic: Decimal
    aid_to_smic: Decimal | None
    employer_cost: Decimal | None
    aid_to_cost: Decimal | None


class Settlement(msgspec.Struct, frozen=True):
    """A year's due, paid and difference by part."""

    due: dict[str, Decimal]
    paid: dict[str, Decimal]
    difference: dict[str, Decimal]


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole answer; `sum(lines) == totals` to the cent, always.

    `part_order` keeps the scheme's order of parts (who pays first), which JSON with sorted keys would lose.
    """

    scheme: str
    period: str
    currency: str
    provisional: bool = msgspec.field()
    lines: tuple[Line, ...] = msgspec.field()
    totals: Totals = msgspec.field()
    problems: tuple[Problem, ...] = msgspec.field()
    parameters: tuple[Used, ...] = ()
    settings: tuple[Setting, ...] = ()
    year_to_date: YearToDate | None = None
    guard: Guard | None = None
    settlement: Settlement | None = None
    rules_version: str = ""
    part_order: tuple[str, ...] = ()
