"""Dated values: legal figures that change from a day on, with the day they could be known and their source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import msgspec

from ltu_desktop.rules.answer import Used
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.facts import Override


class DatedValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value from a day on; without `value` the law's figure is unknown from that day (and asking for it raises)."""

    start: date = msgspec.field(name="from")
    source: str
    value: Decimal | None = None
    published: date | None = None
    provisional: bool = False
    overridden: bool = False


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A parameter's values in order of their days."""

    unit: str
    values: tuple[DatedValue, ...]
    name: str = ""

    def on(self, day: date, known_on: date | None = None) -> DatedValue | None:
        """Return the value in force on a day, as far as it was published by `known_on`; None when there is none."""
        known = self.values
        if known_on is not None:
            known = tuple(each for each in known if each.published is None or each.published <= known_on)
        index = bisect_right(known, day, key=lambda each: each.start)
        found = known[index - 1] if index else None
        return found if found is not None and found.value is not None else None


@dataclass
class Parameters:
    """A pack's series with the agreement's overrides laid over them; remembers what was asked for."""

    series: dict[str, Series]
    overrides: tuple[Override, ...] = ()
    known_on: date | None = None
    used: dict[tuple[str, date], Used] = field(default_factory=dict)
    _merged: dict[str, Series] = field(default_factory=dict)
    _found: dict[tuple[str, date], Decimal] = field(default_factory=dict)
    _sources: dict[tuple[str, date], str] = field(default_factory=dict)
    _changes: dict[tuple[tuple[str, ...], date, date], list[date]] = field(default_factory=dict)

    def _series(self, code: str) -> Series:
        if code not in self._merged:
            own = self.series[code]
            extra = [
                DatedValue(o.start, o.source, o.value, o.published, o.provisional, overridden=True)
                for o in self.overrides
                if o.parameter == code
            ]
            # an override holds from its day until the pack's next own value that starts later
            taken = {each.start for each in extra}
            values = sorted(
                [each for each in own.values if each.start not in taken] + extra, key=lambda each: each.start
            )
            self._merged[code] = Series(own.unit, tuple(values), own.name)
        return self._merged[code]

    def on(self, code: str, day: date) -> Decimal:
        """Return a parameter's value on a day; raise `UserError` ("no_value") when none is known."""
        key = (code, day)
        if key not in self._found:
            series = self._series(code)
            found = series.on(day, self.known_on)
            if found is None or found.value is None:
                raise UserError(
                    "no_value",
                    N_("no value of “{parameter}” is known for {day}."),
                    mend=N_("Add the dated value with its source to the agreement."),
                    where="period",
                    params={"parameter": code, "day": day},
                )
            self._found[key] = found.value
            self.used[code, found.start] = Used(
                code,
                found.value,
                series.unit,
                found.start,
                found.source,
                found.published,
                found.provisional,
                found.overridden,
            )
        return self._found[key]

    def source(self, code: str, day: date) -> str:
        """Return the source of the value in force on a day."""
        key = (code, day)
        if key not in self._sources:
            found = self._series(code).on(day, self.known_on)
            self._sources[key] = found.source if found else ""
        return self._sources[key]

    def changes(self, codes: tuple[str, ...], first: date, last: date) -> list[date]:
        """Return the days after `first`, up to `last`, on which one of the parameters changes; a list to be kept."""
        key = (codes, first, last)
        if key not in self._changes:
            days = {each.start for code in codes for each in self._series(code).values}
            self._changes[key] = sorted(day for day in days if first < day <= last)
        return self._changes[key]
