"""What a month was worked, for reports: hours that count by status, with what they are held against; no amounts.

The hours are those of the month's claim before adjustments. No rate is asked for, so that a month whose rate is not
known yet can be told all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.rules import checks
from ltu_desktop.rules.adjust import funded, ratio
from ltu_desktop.rules.claim import NO_AGREEMENT, limit_for_others
from ltu_desktop.rules.dated import Parameters
from ltu_desktop.rules.kinds import KINDS
from ltu_desktop.rules.money import ZERO, to_fte
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.quantity import QUANTITIES
from ltu_desktop.rules.run import Run

if TYPE_CHECKING:
    from ltu_desktop.rules.facts import Facts
    from ltu_desktop.rules.packs import Pack


@dataclass(frozen=True)
class Worked:
    """Hours of one month or, added up, of several: of the main status (PPDE) and of the others, with their people.

    `full` are the hours of one FTE over the same months, `limit` the funded share of the others (None: no such rule).
    """

    main_people: int
    other_people: int
    main: Decimal
    other: Decimal
    full: Decimal
    limit: Decimal | None
    ceiling: Decimal | None

    @property
    def hours(self) -> Decimal:
        """Hours of all."""
        return self.main + self.other

    @property
    def main_fte(self) -> Decimal:
        """FTE of the main status, four decimals."""
        return to_fte(self.main / self.full)

    @property
    def other_fte(self) -> Decimal:
        """FTE of the others, four decimals."""
        return to_fte(self.other / self.full)

    @property
    def fte(self) -> Decimal:
        """FTE of all, of the summed hours."""
        return to_fte(self.hours / self.full)

    @property
    def funded_fte(self) -> Decimal:
        """FTE that the limit for the others lets be funded."""
        return to_fte(funded(self.main, self.other, self.limit) / self.full)

    @property
    def others_ratio(self) -> Decimal:
        """The others' share of the hours, four decimals; 0 when there are none."""
        return ratio(self.other, self.hours)

    def and_(self, later: Worked) -> Worked:
        """Add a later month, whose people, limit and ceiling hold."""
        return Worked(
            later.main_people,
            later.other_people,
            self.main + later.main,
            self.other + later.other,
            self.full + later.full,
            later.limit,
            later.ceiling,
        )


def worked(pack: Pack, facts: Facts) -> Worked:
    """Add up a month's hours by status; people without status and unusable months are left out, as in the claim."""
    month = Month.parse(facts.period)
    agreement = facts.agreement or NO_AGREEMENT
    run = Run(pack, facts, agreement, Parameters(pack.series, agreement.overrides), KINDS, QUANTITIES)
    rules = run.rules(month)
    people, hours = {True: 0, False: 0}, {True: ZERO, False: ZERO}
    for person in facts.people:
        pay = person.months.get(str(month))
        if pay is None or person.status is None or checks.unusable(month, pay):
            continue
        main = run.is_main(person.status)
        people[main] += 1
        hours[main] += run.quantities_of(person, month, pay, rules, rules.hours(person, month, pay))[0]
    return Worked(
        people[True],
        people[False],
        hours[True],
        hours[False],
        run.full_month(month),
        limit_for_others(run, month),
        agreement.ceiling_fte,
    )
