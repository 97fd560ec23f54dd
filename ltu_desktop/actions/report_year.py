"""A year for the convention, worked out of the file: ledger of claims, payments, settlement, start-up grant.

The due is what all claims together ask for a month, as sealed; the calculator settles it (10 % rule, differences) and
prices the start-up grant. What a claim received stands on the claim's own month, so that a correction paid later
shows on both months and cancels out over the year.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents.statement_figures import Grant, Mark, Statement, StatementMonth
from ltu_desktop.queries import claim_cards, claim_facts
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.queries import reports as rows
from ltu_desktop.rules.adjust import Cumulated
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.dated import Parameters
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.facts import Facts
from ltu_desktop.rules.money import ZERO, to_fte
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.spread import spread
from ltu_desktop.rules.year import others_off, settle

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.queries.reports import Claimed, Employment, Staff
    from ltu_desktop.rules.answer import Used
    from ltu_desktop.rules.facts import AgreementFact
    from ltu_desktop.rules.packs import Pack

FULL_WEEK = Decimal(35)
"""Hours of a full-time week, for contractual FTE."""


def stock(employments: list[Employment], status: str) -> Decimal:
    """Return the contractual FTE of one status: weekly hours ÷ 35, four decimals, of the summed hours."""
    hours = [each.weekly_hours for each in employments if each.member.status == status]
    return to_fte(sum((each for each in hours if each is not None), ZERO) / FULL_WEEK)


def statement(connection: Connection, year: int, scheme: str, today: date) -> Statement:
    """Work a year's statement out of the file."""
    return _Year(connection, year, scheme, today).statement()


@dataclass
class _Ledger:
    """What the claims ask for and received: by month and part; and which claims touch which other months.

    `open` and `received` are those of a month's own claims, `own` what each claim asks for the year's months.
    """

    due: dict[Month, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Decimal)))
    paid: dict[Month, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Decimal)))
    corrected_in: dict[Month, set[Month]] = field(default_factory=lambda: defaultdict(set))
    corrects: dict[Month, set[Month]] = field(default_factory=lambda: defaultdict(set))
    open: dict[Month, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    received: dict[Month, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    own: dict[bytes, Decimal] = field(default_factory=dict)
    partly: bool = False
    paid_unmatched: int = 0


class _Year:
    """One statement: what was read, once, for all its parts."""

    def __init__(self, connection: Connection, year: int, scheme: str, today: date) -> None:
        self.connection, self.year, self.today = connection, year, today
        self.pack: Pack = load_pack(scheme)
        self.months = [Month(year, number) for number in range(1, 13)]
        self.source = claim_facts.load(connection, self.months[0], self.months[-1], scheme)
        found = self.source.agreement_in_force(self.months[-1])
        self.agreement = found or next(
            (each for month in reversed(self.months) if (each := self.source.agreement_in_force(month))), None
        )
        self.claimed = rows.claimed(connection, scheme, year)
        self.matched = rows.matched(connection, scheme, year)
        keys = {each.claim_id for each in self.claimed}
        self.claims = sorted(
            (each for each in claim_rows.claims(connection, scheme) if each.id in keys),
            key=lambda each: (each.month, each.number),
        )
        self.parts = self._parts()
        self.parameters = Parameters(self.pack.series, self._terms.overrides if self._terms else ())
        self.staff: Staff = rows.staff(connection)

    @property
    def _terms(self) -> AgreementFact | None:
        return self.source.facts(self.months[-1]).agreement

    def _parts(self) -> tuple[str, ...]:
        """Return the parts of the months' claims, in the scheme's order; one that it no longer has comes last."""
        own = [each.part for each in self.pack.scheme.component if each.period == "month"]
        return tuple(dict.fromkeys([*own, *(each.part for each in self.claimed)]))

    def statement(self) -> Statement:
        """Put the parts together."""
        ledger = self._ledger()
        whole = self._cumulated(ledger)
        count = max(1, whole.months)
        full = self._value(self.pack.scheme.full_month, self.months[0]) or Decimal(1)
        limit = self._limit()
        off = others_off(whole, limit)
        paid = {part: sum((each[part] for each in ledger.paid.values()), ZERO) for part in self.parts}
        settlement, _ = settle(whole, off, paid, self.pack.scheme.currency)
        reference = next((each.base for each in self.pack.scheme.component if each.base), "")
        told = tuple(self._month(month, ledger, reference, full) for month in self.months)
        grant, unknown = self._grant()
        last = self.months[-1]
        return Statement(
            year=self.year,
            parts=self.parts,
            months=told,
            hours=whole.hours - whole.off_others - whole.off_ceiling,
            fte=to_fte((whole.hours - whole.off_others - whole.off_ceiling) / (full * count)),
            main_fte=to_fte(whole.main / (full * count)),
            other_fte=to_fte(whole.other / (full * count)),
            limit=limit,
            taken_off={part: whole.parts[part] - settlement.due[part] for part in self.parts},
            settlement=settlement,
            parameters=self._used(ledger),
            reference=reference,
            agreement=claim_cards.agreement_card(self.connection, self.agreement.id if self.agreement else None, last),
            employer=claim_cards.employer_card(self.connection),
            grant=grant,
            claims=tuple(self.claims),
            own={key.hex(): amount for key, amount in ledger.own.items()},
            payments=tuple(self.matched),
            paid_unmatched=ledger.paid_unmatched,
            loose=rows.unmatched(self.connection, self.year),
            partly=ledger.partly,
            unknown_hours=unknown,
            missing=tuple(each.month for each in told if each.due is None and self._missed(each.month)),
            year_over=self.today > last.last,
        )

    # -------------------------------------------------------- due and paid

    def _ledger(self) -> _Ledger:
        found = _Ledger()
        by_claim: dict[bytes, list[Claimed]] = defaultdict(list)
        for each in self.claimed:
            by_claim[each.claim_id].append(each)
            if each.month.year == self.year:
                found.due[each.month][each.part] += each.amount
            if each.month != each.claim_month:
                found.corrects[each.claim_month].add(each.month)
                found.corrected_in[each.month].add(each.claim_month)
        received: dict[bytes, Decimal] = defaultdict(Decimal)
        for payment in self.matched:
            received[payment.claim_id] += payment.amount
        for claim in self.claims:
            asked = by_claim[claim.id]
            if any(each.month.year != self.year for each in asked):
                found.partly = True
            amount = received[claim.id]
            if claim.state == "paid" and amount != claim.total:  # noted by hand
                amount = claim.total
                found.paid_unmatched += 1
            found.received[claim.month] += amount
            found.open[claim.month] += claim.total - amount
            found.own[claim.id] = sum((each.amount for each in asked if each.month.year == self.year), ZERO)
            self._receive(found, asked, amount)
        return found

    def _receive(self, ledger: _Ledger, asked: list[Claimed], amount: Decimal) -> None:
        """Share what a claim received between the months and parts it asks for; another year's share is left out."""
        weights: dict[tuple[Month, str], Decimal] = defaultdict(Decimal)
        for each in asked:
            within = each.claim_month if each.claim_month.year == each.month.year else each.month
            weights[within, each.part] += each.amount
        for (month, part), share in spread(amount, weights).items():
            if month.year == self.year:
                ledger.paid[month][part] += share

    def _month(self, month: Month, ledger: _Ledger, reference: str, full: Decimal) -> StatementMonth:
        due = ledger.due.get(month)
        paid = dict(ledger.paid.get(month, {}))
        hours = self.hours.get(month) if due is not None else None
        return StatementMonth(
            month,
            self._value(reference, month) if reference and due is not None else None,
            hours,
            None if hours is None else to_fte(hours / full),
            None if due is None else {part: due.get(part, ZERO) for part in self.parts},
            paid,
            tuple(self._marks(month, ledger)),
        )

    def _marks(self, month: Month, ledger: _Ledger) -> list[Mark]:
        """Say what a month's difference comes from."""
        if month not in ledger.due:
            return [Mark("not_claimed")] if self._missed(month) else []
        found = []
        if any(each.month == month and each.corrective for each in self.claims):
            found.append(Mark("corrective"))
        for code, others in (("corrects", ledger.corrects), ("corrected_in", ledger.corrected_in)):
            if others.get(month):
                found.append(Mark(code, tuple(sorted(others[month]))))
        left = ledger.open[month]
        if left:
            code = "too_much" if left < 0 else "left_to_pay" if ledger.received[month] else "nothing_paid"
            found.append(Mark(code))
        return found

    def _missed(self, month: Month) -> bool:
        """Whether a month that is over should have been claimed; without an agreement every one should."""
        found = self.agreement
        covered = found is None or (found.start <= month.last and (found.end is None or found.end >= month.first))
        return covered and month.last < self.today

    # -------------------------------------------------------- settlement

    def _cumulated(self, ledger: _Ledger) -> Cumulated:
        """Return the year's sums as the calculator adds them up, from the ledger."""
        whole = Cumulated(months=len(ledger.due), parts=dict.fromkeys(self.parts, ZERO))
        for amounts in ledger.due.values():
            for part, amount in amounts.items():
                whole.parts[part] += amount
        self.hours: dict[Month, Decimal] = defaultdict(Decimal)
        for each in rows.claimed_hours(self.connection, self.pack.code, self.year):
            self.hours[each.month] += each.hours
            if each.person_id is None and each.code == "others_limit":
                whole.off_others -= each.hours
            elif each.person_id is None:
                whole.off_ceiling -= each.hours
            elif each.status == self.pack.scheme.main_status:
                whole.main += each.hours
            else:
                whole.other += each.hours
        return whole

    def _value(self, code: str, month: Month) -> Decimal | None:
        """Return a parameter's value in a month, None when none is known."""
        try:
            return self.parameters.on(code, month.first)
        except UserError:
            return None

    def _limit(self) -> Decimal | None:
        code = self.pack.scheme.others_limit
        return self._value(code, self.months[-1]) if code else None

    def _used(self, ledger: _Ledger) -> tuple[Used, ...]:
        """Return the rates and bases of the months claimed, in the scheme's order."""
        asked = Parameters(self.pack.series, self.parameters.overrides)
        monthly = [each for each in self.pack.scheme.component if each.period == "month"]
        codes = [code for each in monthly for code in (each.rate, each.base) if code]
        for month in sorted(ledger.due):
            for code in codes:
                if self._value(code, month) is not None:
                    asked.on(code, month.first)
        rates = [code for each in monthly if (code := each.rate)]
        order = [*rates, *(code for code in codes if code not in rates)]
        return tuple(sorted(asked.used.values(), key=lambda each: (order.index(each.code), each.start)))

    # -------------------------------------------------------- start-up grant

    def _grant(self) -> tuple[Grant | None, int]:
        """Price the growth of contractual FTE between both year ends; also count the contracts without hours."""
        days = (date(self.year - 1, 12, 31), date(self.year, 12, 31))
        there = [self.staff.during(day, day) for day in days]
        main = self.pack.scheme.main_status
        before, after = (stock(each, main) for each in there)
        stocks = {str(day): amount for day, amount in zip(days, (before, after), strict=True)}
        facts = Facts(period=str(self.year), agreement=self._terms, stocks=stocks)
        try:
            answer = compute(self.pack, facts)
        except UserError:  # no unit amount is known for the year
            return None, 0
        if not answer.lines:
            return None, 0
        line = answer.lines[0]
        unit = next(each for each in answer.parameters if each.unit == "EUR/FTE")
        lacking = {each.member.id for some in there for each in some if each.weekly_hours is None}
        return Grant(before, after, line.quantity, unit.value, line.total, unit.provisional), len(lacking)
