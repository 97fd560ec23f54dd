"""What payroll pays the demo's people each month: hours, absences, back pay, changes, exits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions.demo.cast import FULL_TIME
from ltu_desktop.rules.money import ZERO, to_cent
from ltu_desktop.rules.periods import Month, Span, cut

if TYPE_CHECKING:
    from random import Random

    from ltu_desktop.actions.demo.cast import Cast, Worker
    from ltu_desktop.rules.packs import Pack

FULL_MONTH = Decimal("151.67")
_WEEKEND = 5


@dataclass(frozen=True)
class Pay:
    """One pay period of a slip: the month itself, or back pay for an earlier one."""

    start: date
    end: date
    paid: Decimal
    gross: Decimal
    unpaid: Decimal = ZERO
    beyond: Decimal = ZERO


@dataclass(frozen=True)
class Stop:
    """A time without work: block 60 for a sick leave, 65 for an unpaid leave, with the norm's reason."""

    block: str
    reason: str
    start: date
    end: date


@dataclass(frozen=True)
class Slip:
    """One person's month in payroll; `changes` are days of amendments with the contract hours before."""

    worker: Worker
    contract_hours: Decimal
    pays: tuple[Pay, ...]
    stops: tuple[Stop, ...] = ()
    changes: tuple[tuple[date, Decimal], ...] = ()
    ends: bool = False


@dataclass
class Payroll:
    """The payroll of all months; `late` remembers what was paid, for back pay."""

    random: Random
    cast: Cast
    pack: Pack
    late: dict[str, Decimal] = field(default_factory=dict)

    def slips(self, month: Month) -> list[Slip]:
        """Make a month's slips; months are to be asked for in order.

        The last month shows a bit of everything, when there are people enough: back pay up and down, overtime beyond
        the cap, somebody away all month.
        """
        here = [worker for worker in self.cast.workers if worker.here(month)]
        steady = [
            worker
            for worker in here
            if worker.start < month.plus(-1).first and worker.end is None and len(worker.terms) == 1
        ]
        back = {worker.number: self._some_hours() for worker in steady if self.random.random() < 0.012}
        away = over = ""
        if month == self.cast.months[-1] and len(steady) > 8:
            full = [worker for worker in steady if worker.weekly_on(month.last) == FULL_TIME]
            away, over = steady[len(steady) // 2].number, full[-1].number if full else ""
            back |= {steady[1].number: Decimal("-7.00"), steady[4].number: Decimal("-3.50")}
        found = []
        for worker in here:
            number = worker.number
            found.append(self._slip(worker, month, back.get(number, ZERO), away=number == away, over=number == over))
        self.late = {slip.worker.number: slip.pays[0].paid for slip in found}
        return found

    def _some_hours(self) -> Decimal:
        return self.random.choice((Decimal("-7.00"), Decimal("7.00"), Decimal("3.50")))

    def wage(self, worker: Worker, month: Month) -> Decimal:
        """Return the hourly pay: the minimum wage unless the person earns more."""
        if worker.hourly is not None:
            return worker.hourly
        found = self.pack.series["smic_hourly"].on(month.first)
        assert found is not None
        assert found.value is not None
        return found.value

    def _slip(self, worker: Worker, month: Month, back: Decimal, *, away: bool, over: bool) -> Slip:
        due = month_hours(worker, month)
        wage = self.wage(worker, month)
        day = worker.weekly_on(month.last) / 5
        unpaid, stops = self._absence(worker, month, due, day)
        if away:
            unpaid, stops = due, (Stop("65", "501", month.first, month.last),)
        elif over:
            unpaid, stops = ZERO, ()
        beyond = self._beyond(worker, month, due, unpaid)
        if over:
            beyond = Decimal("6.50")
        paid = due - unpaid + beyond
        extra = Decimal("1.25") if worker.weekly_on(month.last) == FULL_TIME else Decimal("1.1")
        gross = to_cent((due - unpaid) * wage + beyond * wage * extra)
        start = max(month.first, worker.start)
        end = min(month.last, worker.end or month.last)
        pays = [Pay(start, end, paid, gross, unpaid, beyond)]
        before = self.late.get(worker.number, ZERO)
        if back and before > 20:
            hours = -back if before + back > FULL_MONTH else back
            earlier = month.plus(-1)
            pays.append(Pay(earlier.first, earlier.last, hours, to_cent(hours * self.wage(worker, earlier))))
        return Slip(
            worker=worker,
            contract_hours=contract_hours(worker.weekly_on(min(month.last, worker.end or month.last))),
            pays=tuple(pays),
            stops=stops,
            changes=tuple(
                (terms.start, contract_hours(former.weekly))
                for former, terms in zip(worker.terms, worker.terms[1:], strict=False)
                if month.first <= terms.start <= month.last
            ),
            ends=worker.end is not None and worker.end <= month.last,
        )

    def _absence(self, worker: Worker, month: Month, due: Decimal, day: Decimal) -> tuple[Decimal, tuple[Stop, ...]]:
        """Draw an unpaid absence: illness, unpaid leave, or hours that payroll does not explain."""
        draw = self.random.random()
        days = self.random.randint(1, 6)
        first = month.first + timedelta(days=self.random.randint(4, 14))
        if draw > 0.07 or (worker.end is not None and worker.end <= month.last) or worker.start > first:
            return ZERO, ()
        hours = min(to_cent(day * days), due)
        if draw < 0.045:
            return hours, (Stop("60", "01", first, first + timedelta(days=days)),)
        if draw < 0.055:
            return hours, (Stop("65", "501", first, first + timedelta(days=days)),)
        return min(to_cent(day), due), ()

    def _beyond(self, worker: Worker, month: Month, due: Decimal, unpaid: Decimal) -> Decimal:
        """Draw complementary hours of a part-timer, now and then overtime of a full-timer."""
        if unpaid or worker.start > month.first or worker.end is not None:
            return ZERO
        draw = self.random.random()
        if worker.weekly_on(month.last) == FULL_TIME:
            return Decimal("6.50") if draw < 0.015 else ZERO
        hours = Decimal(self.random.randint(4, 20)) / 2
        return min(hours, to_cent(due / 10)) if draw < 0.08 else ZERO


def contract_hours(weekly: Decimal) -> Decimal:
    """Return the monthly hours of a contract, as payroll writes them: 151.67 for full time, else × 52 ÷ 12."""
    return FULL_MONTH if weekly == FULL_TIME else to_cent(weekly * 52 / 12)


def month_hours(worker: Worker, month: Month) -> Decimal:
    """Return the hours due for a month: contract hours, in proportion to working days where it is cut."""
    start, end = max(month.first, worker.start), min(month.last, worker.end or month.last)
    pieces = cut(Span(start, end), [terms.start for terms in worker.terms])
    if len(pieces) == 1 and (start, end) == (month.first, month.last):
        return contract_hours(worker.weekly_on(start))
    whole = _workdays(Span(month.first, month.last))
    hours = sum((contract_hours(worker.weekly_on(piece.start)) * _workdays(piece) / whole for piece in pieces), ZERO)
    return to_cent(hours)


def _workdays(span: Span) -> int:
    return sum(1 for index in range(span.days) if (span.start + timedelta(days=index)).weekday() < _WEEKEND)
