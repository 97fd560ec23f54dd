"""One individual of a declaration: blocks 30 to 65 gathered into a person with contracts and pay."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.intake.dsn_lines import refuse
from ltu_desktop.intake.dsn_records import (
    DsnActivity,
    DsnChange,
    DsnContract,
    DsnPay,
    DsnPerson,
    DsnRemuneration,
    DsnSickLeave,
    DsnSuspension,
)
from ltu_desktop.intake.findings import Finding, Value
from ltu_desktop.intake.identity import check_nir, check_ntt, compact, split_nir
from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.rules.money import ZERO, to_cent
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.intake.dsn_blocks import Block

_HOURS, _PAID, _UNPAID = "10", "01", "02"
_GROSS, _WITH_ACTIVITY, _PARTIAL_ACTIVITY = "001", "002", "019"
_BEYOND = {"017", "018"}  # overtime of a full-timer, complementary hours of a part-timer
_FULL_MONTH, _FULL_WEEK, _FULL_YEAR = Decimal("151.67"), Decimal(35), Decimal(1607)


@dataclass
class _Period:
    """The remunerations and activities of one contract and pay period."""

    start: date
    end: date
    line: int
    remunerations: list[DsnRemuneration] = field(default_factory=list)
    activities: list[DsnActivity] = field(default_factory=list)
    paid: Decimal = ZERO
    unpaid: Decimal = ZERO
    beyond: Decimal = ZERO
    partial: Decimal = ZERO
    gross: Decimal | None = None


class PersonBuilder:
    """Gathers the blocks under an individual block; `close` gives the record."""

    def __init__(self, block: Block, siret: str, month: Month) -> None:
        self._block = block
        self._siret = siret
        self._month = month
        self._staff_number = block.value("019")
        self._problems: list[Finding] = []
        self._contracts: list[DsnContract] = []
        self._periods: dict[tuple[str, date, date], _Period] = {}
        self._open: tuple[_Period, str] | None = None  # period and type of the remuneration that activities belong to

    def contract(self, block: Block) -> None:
        """Open a contract (block 40)."""
        unit, reference, quantity = block.value("011"), block.number("012"), block.number("013")
        hours = contract_hours(unit, reference, quantity)
        if hours is None and quantity is not None:
            self._find("quantity_unit", block.at("011"), quantity=quantity, unit=unit)
        self._contracts.append(
            DsnContract(
                number=block.value("009"),
                start=block.needed_day("001"),
                job=block.value("006"),
                nature=block.value("007"),
                public_aid=block.value("008"),
                planned_end=block.day("010"),
                unit=unit,
                reference_quantity=reference,
                quantity=quantity,
                modality=block.value("014"),
                weekly_hours=hours[0] if hours else None,
                monthly_hours=hours[1] if hours else None,
                changes=(),
                end_date=None,
                end_reason="",
                sick_leaves=(),
                suspensions=(),
                line=block.line,
            )
        )

    def change(self, block: Block) -> None:
        """Add a change of the open contract (block 41)."""
        change = DsnChange(
            on=block.needed_day("001"),
            former_quantity=block.number("007"),
            former={f"{block.code}.{number}": value for number, value in block.values.items() if number != "001"},
            line=block.line,
        )
        contract = self._contract(block)
        self._contracts[-1] = msgspec.structs.replace(contract, changes=(*contract.changes, change))

    def sick_leave(self, block: Block) -> None:
        """Add a sick leave of the open contract (block 60)."""
        leave = DsnSickLeave(
            block.needed("001"), block.needed_day("002"), block.day("003"), block.day("010"), block.line
        )
        contract = self._contract(block)
        self._contracts[-1] = msgspec.structs.replace(contract, sick_leaves=(*contract.sick_leaves, leave))

    def suspension(self, block: Block) -> None:
        """Add another suspension of the open contract (block 65)."""
        suspension = DsnSuspension(block.needed("001"), block.needed_day("002"), block.day("003"), block.line)
        contract = self._contract(block)
        self._contracts[-1] = msgspec.structs.replace(contract, suspensions=(*contract.suspensions, suspension))

    def end(self, block: Block) -> None:
        """End the open contract (block 62)."""
        contract, day = self._contract(block), block.needed_day("001")
        if contract.end_date is not None:
            self._find("second_end", block.line, kept=day, former=contract.end_date)
        if day < contract.start:
            self._find("end_before_start", block.line, Severity.BLOCKER, end=day, start=contract.start)
        self._contracts[-1] = msgspec.structs.replace(contract, end_date=day, end_reason=block.value("002"))

    def _contract(self, block: Block) -> DsnContract:
        if not self._contracts:
            raise refuse(
                block.name,
                block.line,
                "out_of_place",
                N_("Block {block} stands where no block {parent} is open."),
                block=block.code,
                parent="S21.G00.40",
            )
        return self._contracts[-1]

    def remuneration(self, block: Block) -> None:
        """Add a remuneration (block 51) to its contract's period."""
        start, end, kind = block.needed_day("001"), block.needed_day("002"), block.needed("011")
        if end < start:
            raise refuse(
                block.name,
                block.at("002"),
                "impossible_period",
                N_("The pay period ends on {end}, before it begins on {start}."),
                start=start,
                end=end,
            )
        hours, amount = block.number("012"), block.number("013")
        period = self._period(block, start, end)
        period.remunerations.append(DsnRemuneration(kind, hours, amount, block.line))
        if kind == _GROSS and amount is not None:
            period.gross = (period.gross or ZERO) + amount
        elif kind in _BEYOND:
            period.beyond += hours or ZERO
        elif kind == _PARTIAL_ACTIVITY:
            period.partial += hours or ZERO
        self._open = period, kind

    def _period(self, block: Block, start: date, end: date) -> _Period:
        number = block.value("010")
        if not number and len(self._contracts) == 1:
            number = self._contracts[0].number
        period = self._periods.get((number, start, end))
        if period is None:
            if all(contract.number != number for contract in self._contracts):
                self._find("contract_unknown", block.at("010"), number=number)
            period = self._periods[number, start, end] = _Period(start, end, block.line)
        return period

    def activity(self, block: Block) -> None:
        """Add an activity (block 53) to the remuneration above it; only hours under type 002 are summed."""
        if self._open is None:
            raise refuse(
                block.name,
                block.line,
                "out_of_place",
                N_("Block {block} stands where no block {parent} is open."),
                block=block.code,
                parent="S21.G00.51",
            )
        period, remuneration = self._open
        kind, measure, unit = block.needed("001"), block.needed_number("002"), block.value("003")
        period.activities.append(DsnActivity(kind, measure, unit, block.line))
        if remuneration != _WITH_ACTIVITY:
            self._find("activity_place", block.line, measure=measure, type=remuneration)
        elif unit != _HOURS:
            code, weight = ("activity_unit", Severity.WARNING) if kind == _PAID else ("absence_unit", Severity.INFO)
            self._find(code, block.at("003"), weight, measure=measure, unit=unit)
        elif kind == _PAID:
            period.paid += measure
        elif kind == _UNPAID:
            period.unpaid += measure
        else:
            self._find("activity_kind", block.line, measure=measure, kind=kind)

    def close(self) -> DsnPerson:
        """Make the record of the person."""
        block = self._block
        staff_number, family_name = self._staff_number, block.needed("002")
        birth_date = self._birth_date()
        number = block.value("001")
        nir, ntt = split_nir(number)[0], compact(block.value("020"))
        if number:
            wrong = check_nir(number, birth_date)
            if wrong and wrong.severity is Severity.BLOCKER:  # a slip in a number must not cost a month's hours
                nir = ""
            self._keep(wrong, block.at("001"), Severity.WARNING)
        elif ntt:
            self._keep(check_ntt(ntt), block.at("020"), Severity.WARNING)
        elif not staff_number:
            self._find("no_identifier", block.line)
        pay = tuple(self._pay(number, period) for (number, _, _), period in self._periods.items())
        return DsnPerson(
            nir=nir,
            ntt=ntt,
            staff_number=staff_number,
            family_name=family_name,
            use_name=block.value("003"),
            first_names=block.value("004"),
            sex=block.value("005"),
            birth_date=birth_date,
            address=block.value("008"),
            postcode=block.value("009"),
            town=block.value("010"),
            siret=self._siret,
            contracts=tuple(self._contracts),
            pay=pay,
            line=block.line,
            problems=tuple(self._problems),
        )

    def _birth_date(self) -> date | None:
        """Read the birth date; a day or month of 00 or 99 is the norm's way to say that it is not known."""
        written = self._block.value("006")
        if len(written) == 8 and {written[:2], written[2:4]} & {"00", "99"}:
            self._find("birth_unknown", self._block.at("006"), Severity.INFO)
            return None
        return self._block.day("006")

    def _pay(self, number: str, period: _Period) -> DsnPay:
        contract = self._contract_of(number, period)
        full_time = contract is None or contract.full_time
        sums = (period.paid, period.unpaid, period.beyond, period.partial, period.gross or ZERO)
        if any(to_cent(value) != value for value in sums):
            self._find("rounded", period.line)
        if period.gross and not any(activity.kind == _PAID for activity in period.activities):
            self._find("gross_without_hours", period.line, gross=period.gross)
        beyond = to_cent(period.beyond)
        return DsnPay(
            contract_number=number,
            period_start=period.start,
            period_end=period.end,
            month=self._month_of(period),
            paid_hours=to_cent(period.paid),
            unpaid_hours=to_cent(period.unpaid),
            overtime_hours=beyond if full_time else ZERO,
            complementary_hours=ZERO if full_time else beyond,
            partial_activity_hours=to_cent(period.partial),
            gross_pay=None if period.gross is None else to_cent(period.gross),
            remunerations=tuple(period.remunerations),
            activities=tuple(period.activities),
            line=period.line,
        )

    def _contract_of(self, number: str, period: _Period) -> DsnContract | None:
        """Find the contract of a period: two may bear one number, then the one in force decides."""
        found = [contract for contract in self._contracts if contract.number == number]
        in_force = [
            contract
            for contract in found
            if contract.start <= period.end and (contract.end_date is None or contract.end_date >= period.start)
        ]
        return next(iter(reversed(in_force or found)), None)

    def _month_of(self, period: _Period) -> Month:
        first, last = Month.of(period.start), Month.of(period.end)
        if first == last:
            return first
        month = self._month if first <= self._month <= last else last
        self._find("period_across", period.line, start=period.start, end=period.end, month=month)
        return month

    def _find(self, code: str, line: int, severity: Severity = Severity.WARNING, **params: Value) -> None:
        self._problems.append(Finding(code, severity, line=line, target=self._staff_number, params=params))

    def _keep(self, finding: Finding | None, line: int, severity: Severity | None = None) -> None:
        if finding:
            weight = severity or finding.severity
            self._problems.append(
                msgspec.structs.replace(finding, line=line, target=self._staff_number, severity=weight)
            )


def contract_hours(unit: str, reference: Decimal | None, quantity: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """Work out a contract's weekly and monthly hours; None when its quantity is not in hours.

    A monthly quantity of a full month of 151.67 h makes 35 h a week in proportion, of another month `× 12 / 52`; a
    quantity of a week (reference up to 60) or of a year (from 1000) is taken as such. Rounded to the hundredth.
    """
    if unit != _HOURS or quantity is None or quantity < 0:
        return None
    full = reference or _FULL_MONTH
    if full <= 60:
        weekly = quantity
        monthly = quantity * _FULL_MONTH / _FULL_WEEK if full == _FULL_WEEK else quantity * 52 / 12
    elif full >= 1000:
        weekly = quantity * _FULL_WEEK / _FULL_YEAR
        monthly = quantity * _FULL_MONTH / _FULL_YEAR
    else:
        weekly = quantity / full * _FULL_WEEK if full == _FULL_MONTH else quantity * 12 / 52
        monthly = quantity
    return to_cent(weekly), to_cent(monthly)
