"""A person's months in payroll: what was paid, the absences, and the file and line each figure comes from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from ltu_desktop.rules.money import from_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.tables import absence, pay_month, payroll_file

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class PayOrigin:
    """Where hours of a month come from: file, line, and whether the file still counts."""

    file: str
    line: int
    declared: Month
    contract_number: str
    paid_hours: Decimal
    unpaid_hours: Decimal
    gross_pay: Decimal | None
    counts: bool


@dataclass(frozen=True)
class MonthRow:
    """A person's payroll of one month worked: sums of what counts, absences by kind, and the origins, latest last."""

    month: Month
    paid_hours: Decimal
    unpaid_hours: Decimal
    gross_pay: Decimal | None
    absences: tuple[tuple[str, Decimal], ...]
    origins: tuple[PayOrigin, ...]


def months_of(connection: Connection, person_id: bytes) -> tuple[MonthRow, ...]:
    """Return a person's months in payroll, the latest first."""
    p, f, a = pay_month.c, payroll_file.c, absence.c
    origins: dict[str, list[PayOrigin]] = defaultdict(list)
    for row in connection.execute(
        select(
            p.month,
            f.name,
            p.line,
            f.month.label("declared"),
            p.contract_number,
            p.paid_hours,
            p.unpaid_hours,
            p.gross_pay,
            f.replaced_by_id,
        )
        .join(payroll_file, f.id == p.payroll_file_id)
        .where(p.person_id == person_id)
        .order_by(p.month, f.received_on, f.id, p.line)
    ):
        origins[row.month].append(
            PayOrigin(
                row.name,
                row.line,
                Month.parse(row.declared),
                row.contract_number,
                from_hundredths(row.paid_hours),
                from_hundredths(row.unpaid_hours),
                None if row.gross_pay is None else from_hundredths(row.gross_pay),
                row.replaced_by_id is None,
            )
        )
    kinds: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for month, kind, hours in connection.execute(
        select(a.month, a.kind, func.sum(a.hours))
        .outerjoin(payroll_file, f.id == a.payroll_file_id)
        .where(a.person_id == person_id, or_(a.payroll_file_id.is_(None), f.replaced_by_id.is_(None)))
        .group_by(a.month, a.kind)
        .order_by(a.kind)
    ):
        kinds[month].append((kind, from_hundredths(hours)))
    return tuple(_month_row(month, origins[month], kinds[month]) for month in sorted({*origins, *kinds}, reverse=True))


def _month_row(month: str, origins: list[PayOrigin], kinds: list[tuple[str, Decimal]]) -> MonthRow:
    counted = [each for each in origins if each.counts]
    pay = [each.gross_pay for each in counted if each.gross_pay is not None]
    zero = Decimal("0.00")
    return MonthRow(
        Month.parse(month),
        sum((each.paid_hours for each in counted), zero),
        sum((each.unpaid_hours for each in counted), zero),
        sum(pay, zero) if pay else None,
        tuple(kinds),
        tuple(origins),
    )
