"""One computation at work: the settings made ready, a person's line, a month's sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ltu_desktop.rules import checks
from ltu_desktop.rules.answer import Line, Step
from ltu_desktop.rules.facts import PersonFact
from ltu_desktop.rules.kinds import IMPERSONAL, Ask, Kind
from ltu_desktop.rules.money import CENT, ZERO, to_fte
from ltu_desktop.rules.quantity import IMPERSONAL_HOURS, HourRules, Hours, Quantity, slices

if TYPE_CHECKING:
    from ltu_desktop.rules.dated import Parameters
    from ltu_desktop.rules.facts import AgreementFact, Facts, PersonMonth
    from ltu_desktop.rules.packs import Pack
    from ltu_desktop.rules.periods import Month

EXACT = Decimal("0.00000001")
"""How many decimals of an endless fraction the trace keeps."""

NOBODY = PersonFact(id="", status=None)
"""Stands for the whole claim where an amount is nobody's: adjustments, sums."""


@dataclass
class MonthSum:
    """A month's sums: hours by status, amounts by part."""

    main_hours: Decimal = ZERO
    other_hours: Decimal = ZERO
    parts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def hours(self) -> Decimal:
        """Hours of all."""
        return self.main_hours + self.other_hours

    def add(self, line: Line, *, main: bool) -> None:
        """Add a person's line."""
        if main:
            self.main_hours += line.quantity
        else:
            self.other_hours += line.quantity
        for part, amount in line.parts.items():
            self.parts[part] = self.parts.get(part, ZERO) + amount


@dataclass
class Run:
    """One computation: the pack, the facts and what was prepared from them."""

    pack: Pack
    facts: Facts
    agreement: AgreementFact
    parameters: Parameters
    kinds: Mapping[str, Kind]
    quantities: Mapping[str, Quantity]

    def __post_init__(self) -> None:
        """Prepare what is the same for every month."""
        self.chosen = self.agreement.settings
        self.exact = self.pack.setting("rounding", self.chosen) == "on_sum"
        self.monthly = [each for each in self.pack.scheme.component if each.period == "month"]
        self._alike = all(
            each.kind in IMPERSONAL and each.quantity in IMPERSONAL_HOURS and not each.rate_steps
            for each in self.monthly
        )
        self._plain: dict[tuple[int, int, bool, str], Line] = {}  # lines of nothing but paid hours

    def full_month(self, month: Month) -> Decimal:
        """Hours of one full-time month."""
        return self.parameters.on(self.pack.scheme.full_month, month.first)

    def ask_all(self, month: Month) -> None:
        """Ask for every value that the month's components name, so that a missing one is found without any line."""
        for component in self.monthly:
            for code in (component.base, component.rate, component.uplift, component.cap):
                if code:
                    self.parameters.on(code, month.first)

    def rules(self, month: Month) -> HourRules:
        """Return the settings that sort a month's hours."""
        return HourRules.of(self.pack, self.chosen, self.full_month(month))

    def is_main(self, status: str | None) -> bool:
        """Tell whether a status is the scheme's main one (PPDE)."""
        return status == self.pack.scheme.main_status

    def parts(
        self,
        person: PersonFact,
        month: Month,
        quantities: list[Decimal],
        steps: list[Step] | None = None,
        *,
        exact: bool = False,
    ) -> dict[str, Decimal]:
        """Run the month's components, each over its own quantity; give each part, rounded unless `exact`."""
        parts: dict[str, Decimal] = {}
        for component, quantity in zip(self.monthly, quantities, strict=True):
            pieces = slices(person, month, component, self.parameters, quantity)
            ask = Ask(component, self.parameters, person, pieces, parts, steps, exact, self.pack.scheme.currency)
            parts[component.part] = self.kinds[component.kind](ask)
        return parts

    def nobodys_parts(self, month: Month, quantity: Decimal, steps: list[Step] | None = None) -> dict[str, Decimal]:
        """Price hours that are nobody's: a sum, or an adjustment of the whole claim."""
        return self.parts(NOBODY, month, [quantity] * len(self.monthly), steps)

    def quantities_of(
        self, person: PersonFact, month: Month, pay: PersonMonth, rules: HourRules, hours: Hours
    ) -> list[Decimal]:
        """Return what each of the month's components pays for; the first one is the line's quantity."""
        return [
            self.quantities[each.quantity](rules, person, month, pay, hours) if each.quantity else hours.fundable
            for each in self.monthly
        ]

    def line(self, person: PersonFact, month: Month, pay: PersonMonth, rules: HourRules, *, trace: bool) -> Line:
        """Compute one person's line of a month; with `trace` it carries its steps.

        Nothing but paid hours bring the same to everybody, where neither days nor hires count: they are priced once.
        """
        if not self._alike or rules.calendar or not _plain(pay):
            return self._line(person, month, pay, rules, trace=trace)
        key = (month.year, month.number, trace, str(pay.paid_hours))
        found = self._plain.get(key)
        if found is None:
            found = self._plain[key] = self._line(NOBODY, month, pay, rules, trace=trace)
        return replace(found, person=person.id, status=person.status or "")

    def _line(self, person: PersonFact, month: Month, pay: PersonMonth, rules: HourRules, *, trace: bool) -> Line:
        hours = rules.hours(person, month, pay)
        steps: list[Step] | None = [] if trace else None
        quantities = self.quantities_of(person, month, pay, rules, hours)
        quantity = quantities[0]
        fte = to_fte(quantity / rules.full_month)
        if steps is not None:
            _hour_steps(steps, hours, rules, quantity, fte)
        parts = self.parts(person, month, quantities, steps, exact=self.exact)
        return Line(
            person=person.id,
            quantity=quantity,
            fte=fte,
            parts=parts,
            total=sum(parts.values(), ZERO),
            steps=tuple(steps or ()),
            status=person.status or "",
            paid_hours=hours.paid,
            hours_a=hours.a,
            hours_b=hours.b,
            hours_c=hours.c,
            over_cap=hours.over_cap,
        )

    def sums(self, month: Month) -> MonthSum:
        """Sum a month without its steps, for the year so far."""
        rules = self.rules(month)
        key = str(month)
        lines: list[Line] = []
        for person in self.facts.people:
            pay = person.months.get(key)
            if pay is None or person.status is None or checks.unusable(month, pay):
                continue
            lines.append(self.line(person, month, pay, rules, trace=False))
        return self.add_up(self.rounded(lines, month))

    def add_up(self, lines: list[Line]) -> MonthSum:
        """Sum people's lines."""
        total = MonthSum(parts={component.part: ZERO for component in self.monthly})
        for line in lines:
            total.add(line, main=self.is_main(line.status))
        return total

    def rounded(self, lines: list[Line], month: Month) -> list[Line]:
        """Round lines that were kept exact; the others are rounded already."""
        return _round_on_sum(self, lines, month) if self.exact else lines


def _plain(pay: PersonMonth) -> bool:
    """Tell whether a month has nothing but paid hours."""
    return not pay.absences and not pay.overtime_hours and not pay.complementary_hours and not pay.leave_indemnity_hours


def _hour_steps(steps: list[Step], hours: Hours, rules: HourRules, quantity: Decimal, fte: Decimal) -> None:
    steps.append(Step("calendar_hours" if hours.calendar else "paid_hours", f"{hours.paid}", hours.paid, "h"))
    formula = f"{hours.paid}"
    if hours.c:
        steps.append(Step("class_c", f"−{hours.c}", hours.c, "h"))
        formula += f" − {hours.c}"
    if hours.added:
        steps.append(Step("counted_unpaid", f"{hours.added}", hours.added, "h"))
        formula += f" + {hours.added}"
    if hours.over_cap:
        formula = f"min({formula}, {rules.cap})"
    steps.append(Step("fundable_hours", formula, quantity, "h"))
    exact = (quantity / rules.full_month).quantize(EXACT)
    steps.append(Step("fte", f"{quantity} ÷ {rules.full_month}", fte, "FTE", exact=None if exact == fte else exact))


def _round_on_sum(run: Run, lines: list[Line], month: Month) -> list[Line]:
    """Round on the sum only (base, then parts, of all hours) and share the cents by largest remainder."""
    if not lines:
        return []
    whole = run.nobodys_parts(month, sum((line.quantity for line in lines), ZERO))
    parts: list[dict[str, Decimal]] = [{} for _ in lines]
    for part, target in whole.items():
        exact = [line.parts[part] for line in lines]
        down = [amount.quantize(CENT, ROUND_FLOOR) for amount in exact]
        each, rest = divmod(int((target - sum(down, ZERO)) / CENT), len(lines))
        order = sorted(range(len(lines)), key=lambda i: (down[i] - exact[i], i))
        for rank, index in enumerate(order):
            parts[index][part] = down[index] + CENT * (each + (rank < rest))
    unit = run.pack.scheme.currency
    settled = []
    for line, shared in zip(lines, parts, strict=True):
        total = sum(shared.values(), ZERO)
        steps = [Step("on_sum", f"{line.parts[part]}", amount, unit, part) for part, amount in shared.items()]
        settled.append(replace(line, parts=shared, total=total, steps=(*line.steps, *steps) if line.steps else ()))
    return settled
