"""A dossier seen line by line: who stands at which number, her line of the answer, sums over any lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from ltu_desktop.rules.dossier import PersonCard
from ltu_desktop.rules.money import ZERO, to_fte

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ltu_desktop.rules.answer import Line, Used
    from ltu_desktop.rules.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered line of the nominal list: the person's card and her line of the answer."""

    number: int
    card: PersonCard
    line: Line

    @property
    def name(self) -> str:
        """The name as printed, `NOM Prénom`."""
        return full_name(self.card)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over some lines; the FTE are those of the summed hours, not the sum of rounded FTE."""

    people: int
    contract: Decimal
    paid: Decimal
    hours_a: Decimal
    hours_b: Decimal
    hours_c: Decimal
    fundable: Decimal
    fte: Decimal
    parts: dict[str, Decimal]
    total: Decimal


@dataclass(frozen=True)
class View:
    """A dossier with its lines in printed order."""

    dossier: Dossier

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The codes of the parts, in the scheme's order."""
        return tuple(self.dossier.answer.totals.parts)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All claimed people, in the dossier's order and numbered from 1; a person without a card comes last."""
        lines: dict[str, list[Line]] = {}
        for line in self.dossier.answer.lines:
            if line.person is not None:
                lines.setdefault(line.person, []).append(line)
        cards = {card.id: card for card in self.dossier.people}
        ordered = [*(card.id for card in self.dossier.people), *(person for person in lines if person not in cards)]
        found = [(person, line) for person in ordered for line in lines.get(person, ())]
        return tuple(
            Entry(number, cards.get(person) or _bare_card(person, line), line)
            for number, (person, line) in enumerate(found, 1)
        )

    @cached_property
    def adjustments(self) -> tuple[Line, ...]:
        """Lines of the whole claim that belong to nobody."""
        return tuple(line for line in self.dossier.answer.lines if line.person is None)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each claimed person's first line."""
        return {entry.card.id: entry.number for entry in reversed(self.entries)}

    @cached_property
    def names(self) -> dict[str, str]:
        """Printed names by staff number."""
        return {card.id: full_name(card) for card in self.dossier.people}

    def used(self, code: str) -> Used | None:
        """Return a parameter that the claim used, or None."""
        return next((each for each in self.dossier.answer.parameters if each.code == code), None)

    @cached_property
    def full_month(self) -> Decimal | None:
        """Hours of one full-time month, where the scheme counts FTE that way."""
        found = self.used("full_month_hours")
        return found.value if found is not None and found.value > 0 else None

    def fte(self, hours: Decimal, lines: Iterable[Line] = ()) -> Decimal:
        """Return the FTE of summed hours (without full-time hours: the sum of the lines' own FTE)."""
        if self.full_month is None:
            return sum((line.fte for line in lines), Decimal("0.0000"))
        return to_fte(hours / self.full_month)

    def sums(self, entries: Iterable[Entry], adjustments: Iterable[Line] = ()) -> Sums:
        """Add up some entries (and adjustments of the whole claim)."""
        listed = list(entries)
        lines = [*(entry.line for entry in listed), *adjustments]
        hours = _add(line.quantity for line in lines)
        return Sums(
            people=len({entry.card.id for entry in listed}),
            contract=_add(entry.card.contract_hours or ZERO for entry in listed),
            paid=_add(line.paid_hours for line in lines),
            hours_a=_add(line.hours_a for line in lines),
            hours_b=_add(line.hours_b for line in lines),
            hours_c=_add(line.hours_c for line in lines),
            fundable=hours,
            fte=self.fte(hours, lines),
            parts={part: _add(line.parts.get(part, ZERO) for line in lines) for part in self.parts},
            total=_add(line.total for line in lines),
        )

    @cached_property
    def by_status(self) -> dict[str, tuple[list[Entry], Sums]]:
        """The entries of each status in the claim, with their sums."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.line.status, []).append(entry)
        return {status: (entries, self.sums(entries)) for status, entries in found.items()}

    @cached_property
    def everything(self) -> Sums:
        """The sums of the whole claim; its amounts are the answer's totals."""
        return self.sums(self.entries, self.adjustments)


def full_name(card: PersonCard) -> str:
    """Write a name as lists and paper show it: family name in capitals, then first names."""
    return f"{card.name.upper()} {card.first_names}".strip()


def _add(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def _bare_card(person: str, line: Line) -> PersonCard:
    return PersonCard(id=person, name="", first_names="", status=line.status)
