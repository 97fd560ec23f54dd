"""Calculation kinds: how a component turns slices of a month into an amount.

A kind is a function of one `Ask`. K1, K6 and K9 of the general model are here; a further kind is a further function
in `KINDS`, on the same pipeline (slice → base → quantity → rate step → uplift → cap → rounding).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from ltu_desktop.rules.answer import Step
from ltu_desktop.rules.money import to_cent
from ltu_desktop.rules.quantity import first_hire, months_between

if TYPE_CHECKING:
    from ltu_desktop.rules.dated import Parameters
    from ltu_desktop.rules.facts import PersonFact
    from ltu_desktop.rules.packs import Component
    from ltu_desktop.rules.quantity import Slice

ONE = Decimal(1)


@dataclass(slots=True)
class Ask:
    """What a kind is asked: the component, the slices with their quantities, the parts so far, whether to trace.

    `exact` keeps amounts unrounded (the setting "rounding on the sum only"); `currency` is the unit of the steps.
    """

    component: Component
    parameters: Parameters
    person: PersonFact | None
    slices: list[Slice]
    parts: dict[str, Decimal]
    steps: list[Step] | None = None
    exact: bool = False
    currency: str = "EUR"

    def round(self, value: Decimal) -> Decimal:
        """Round to the cent, unless rounding is left for the sum."""
        return value if self.exact else to_cent(value)

    def step(self, code: str, formula: str, exact: Decimal, value: Decimal, source: str) -> None:
        """Note a step of the trace."""
        if self.steps is not None:
            self.steps.append(
                Step(code, formula, value, self.currency, source, exact if exact != value else None),
            )


Kind = Callable[[Ask], Decimal]


def rate_of(ask: Ask, piece: Slice) -> tuple[Decimal | None, str]:
    """Return a slice's rate and its source: a dated parameter, or the step of the month of employment."""
    component = ask.component
    if component.rate:
        day = piece.span.start
        return ask.parameters.on(component.rate, day), ask.parameters.source(component.rate, day)
    if component.rate_steps and ask.person:
        hired = first_hire(ask.person)
        number = months_between(hired, piece.span.start) if hired else 1
        for step in component.rate_steps:
            if step.first <= number and (step.last is None or number <= step.last):
                return step.rate, component.source
        return Decimal(0), component.source
    return None, ""


@lru_cache(maxsize=256)
def sources(*texts: str) -> str:
    """Join sources, leaving out those that another one already names."""
    kept = [text for text in dict.fromkeys(texts) if text]
    return "; ".join(text for text in kept if not any(text != other and text in other for other in kept))


def reference_wage(ask: Ask) -> Decimal:
    """K1: base × quantity, rounded; then × rate (× 1 + uplift), rounded; summed over the slices."""
    whole = Decimal(0)
    component, parameters = ask.component, ask.parameters
    for piece in ask.slices:
        day = piece.span.start
        base = parameters.on(component.base, day)
        exact = base * piece.quantity
        amount = ask.round(exact)
        ask.step("base", f"{base} × {piece.quantity}", exact, amount, parameters.source(component.base, day))
        rate, source = rate_of(ask, piece)
        formula = f"{amount}"
        if rate is not None:
            exact, formula = amount * rate, f"{formula} × {rate}"
        if component.uplift:
            uplift = ONE + parameters.on(component.uplift, day)
            exact, formula = exact * uplift, f"{formula} × {uplift}"
        if component.cap:
            exact = min(exact, parameters.on(component.cap, day))
        part = ask.round(exact)
        ask.step(component.part, formula, exact, part, sources(component.source, source))
        whole += part
    return whole


def share(ask: Ask) -> Decimal:
    """K9: a share of another part, rounded."""
    component, day = ask.component, ask.slices[0].span.start
    of, rate = ask.parts[component.of], ask.parameters.on(component.rate, day)
    exact = of * rate
    part = ask.round(exact)
    source = sources(component.source, ask.parameters.source(component.rate, day))
    ask.step(component.part, f"{of} × {rate}", exact, part, source)
    return part


def one_off(ask: Ask) -> Decimal:
    """K6: a fixed amount times a quantity (the growth of a stock, a milestone), rounded; never negative."""
    component, piece = ask.component, ask.slices[0]
    unit = ask.parameters.on(component.base, piece.span.start)
    exact = max(Decimal(0), piece.quantity) * unit
    part = ask.round(exact)
    source = sources(component.source, ask.parameters.source(component.base, piece.span.start))
    ask.step(component.part, f"{max(Decimal(0), piece.quantity)} × {unit}", exact, part, source)
    return part


KINDS: dict[str, Kind] = {"reference_wage": reference_wage, "share": share, "one_off": one_off}

IMPERSONAL = frozenset(KINDS)
"""Kinds that look at nobody but for the steps of a rate: equal hours bring equal amounts."""
