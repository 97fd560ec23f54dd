"""Variables for the accountant: a person's month in figures under fixed keys, and what changed since it was sent.

Keys of a kind of absence are `paid_leave.hours`, `paid_leave.days`, `paid_leave.dates`. Figures are kept as text, so
that what was sent can be held against what is now, whatever the layout was.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules.absence_kinds import KINDS
from ltu_desktop.rules.attendance import minutes_to_hundredths
from ltu_desktop.rules.money import from_hundredths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Value = str | Decimal | None

PERSON = ("staff_number", "list_name", "name", "first_names", "site")
FIGURES = ("weekly_hours", "monthly_hours", "planned", "done", "holiday", "extra", "missing", "absent")
OF_KIND = ("hours", "days", "dates")
KEYS = (*PERSON, *FIGURES, *(f"{kind}.{figure}" for kind in KINDS for figure in OF_KIND))
"""What a layout may show, in the order in which it is offered."""

DEFAULT = (
    *("staff_number", "list_name", "monthly_hours", "done", "holiday", "extra", "missing"),
    *("paid_leave.days", "paid_leave.hours", "rest.hours", "training.hours", "sick_unpaid.hours", "sick_paid.hours"),
    *("work_accident.hours", "unpaid_leave.hours", "unjustified.hours"),
)
"""The columns until somebody chooses others; the days of each absence stand in a list of their own."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one absence, those without planned time between them included: minutes, days of leave, whole or not."""

    kind: str
    first: date
    last: date
    minutes: int
    days: Decimal
    whole: bool


@dataclass(frozen=True)
class PersonVariables:
    """A person's month; times in minutes, `monthly_hours` as the contract gives them."""

    staff_number: str
    name: str
    first_names: str
    list_name: str
    site: str
    weekly: int | None
    monthly_hours: Decimal | None
    planned: int
    done: int
    holiday: int
    absent: int
    stretches: tuple[Stretch, ...]

    @property
    def balance(self) -> int:
        """What neither work nor absence explains."""
        return self.done + self.absent - self.planned

    def value(self, key: str) -> Value:
        """Return the value of a key, None when there is nothing to say."""
        if key in PERSON:
            return str(getattr(self, key))
        if key == "monthly_hours":
            return self.monthly_hours
        kind, _, figure = key.rpartition(".")
        if kind:
            return self._of_kind(kind, figure)
        minutes = {
            "weekly_hours": self.weekly,
            "planned": self.planned,
            "done": self.done,
            "holiday": self.holiday,
            "extra": max(self.balance, 0),
            "missing": max(-self.balance, 0),
            "absent": self.absent,
        }[key]
        return None if minutes is None else hours(minutes)

    def _of_kind(self, kind: str, figure: str) -> Value:
        own = [each for each in self.stretches if each.kind == kind]
        if not own:
            return None
        if figure == "hours":
            return hours(sum(each.minutes for each in own))
        if figure == "days":
            return sum((each.days for each in own), Decimal("0.00"))
        return ", ".join(
            f"{each.first.day}" if each.first == each.last else f"{each.first.day}–{each.last.day}" for each in own
        )

    def content(self) -> dict[str, str]:
        """Return all figures as text, those that say nothing left out."""
        values = {key: self.value(key) for key in KEYS if key not in {"name", "first_names"}}
        return {key: str(value) for key, value in values.items() if value is not None and value != Decimal(0)}


@dataclass(frozen=True, slots=True)
class VariableChange:
    """A figure that is not what was sent; "" stands for nothing."""

    staff_number: str
    list_name: str
    key: str
    before: str
    after: str


def hours(minutes: int) -> Decimal:
    """Turn minutes into hours with two decimals, half up."""
    return from_hundredths(minutes_to_hundredths(minutes))


def changes(sent: Mapping[str, Mapping[str, str]], now: Mapping[str, Mapping[str, str]]) -> tuple[VariableChange, ...]:
    """Compare what was sent with what is now, by staff number; people who are gone or new are told by all figures."""
    found = []
    for number in [*now, *(each for each in sent if each not in now)]:
        before, after = sent.get(number, {}), now.get(number, {})
        name = after.get("list_name") or before.get("list_name", "")
        found += [
            VariableChange(number, name, key, before.get(key, ""), after.get(key, ""))
            for key in KEYS
            if key not in PERSON and before.get(key, "") != after.get(key, "")
        ]
    return tuple(found)
