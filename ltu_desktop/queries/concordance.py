"""The three sides of a month, person by person: timesheet, payroll, claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from ltu_desktop.queries.attendance import month_grid
from ltu_desktop.rules.attendance import minutes_to_hundredths
from ltu_desktop.rules.concordance import CALENDAR, Hours
from ltu_desktop.rules.money import ZERO, from_hundredths, to_cent
from ltu_desktop.rules.periods import Span
from ltu_desktop.store.tables import absence, attendance, hours_reason, pay_month, payroll_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.queries.attendance_rows import MonthGrid, PersonMonth
    from ltu_desktop.queries.claim_facts import Source, Stretch
    from ltu_desktop.queries.claims import Ledger
    from ltu_desktop.rules.answer import Answer
    from ltu_desktop.rules.periods import Month

_FULL_WEEK = Decimal(35)


@dataclass(frozen=True)
class Sides:
    """The hours of a month, people in the order of their names, and the kinds of absence that payroll tells of."""

    people: tuple[Hours, ...]
    ids: dict[str, bytes]
    names: dict[str, str]
    told_kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A cause that somebody accepted: so many minutes of the person's month are explained by it."""

    id: bytes
    person_id: bytes
    month: Month
    code: str
    minutes: int
    note: str


def has_sheets(connection: Connection, month: Month) -> bool:
    """Whether anybody's hours worked are noted in a month."""
    a = attendance.c
    query = select(a.id).where(a.day >= month.first, a.day <= month.last).limit(1)
    return connection.execute(query).first() is not None


def sides(
    connection: Connection,
    month: Month,
    source: Source,
    answer: Answer,
    claimed: Ledger,
    grid: MonthGrid | None = None,
) -> Sides:
    """Read the three sides of a month.

    `source` and `answer` are those of its claim, `claimed` what is claimed, `grid` its attendance where it was read.
    """
    grid = grid or month_grid(connection, month)
    rows = {row.person_id: row for row in grid.people}
    paid = _paid(connection, month)
    declared = _declared(connection, month)
    workers = {worker.person_id: worker for worker in source.workers}
    lines = {line.person: line for line in answer.lines if line.person is not None}
    found, ids, names = [], {}, {}
    keys = [*rows, *(key for key in workers if key not in rows and key in paid)]
    for key in keys:
        row, worker = rows.get(key), workers.get(key)
        number = row.staff_number if row else worker.staff_number if worker else ""
        stretches = worker.stretches if worker else ()
        line, ledger = lines.get(number), claimed.get((key, ""))
        base, bases, full_time = _bases(stretches, month)
        total = line.total if line else None
        sheet, pay = _of_sheet(row), paid.get(key, _Pay())
        found.append(
            Hours(
                person=number,
                base=base,
                bases=bases,
                full_time=full_time,
                on_sheet=sheet.on_sheet,
                planned=sheet.planned,
                done=sheet.done,
                holiday=sheet.holiday,
                open=sheet.open,
                missed=sheet.missed,
                in_payroll=key in paid,
                paid=pay.paid,
                unpaid=pay.unpaid,
                extra=pay.extra,
                back_pay=pay.back_pay,
                declared=declared.get(key, {}),
                claimed=ledger.quantity if ledger else line.quantity if line and not claimed else None,
                due=line.quantity if line else None,
                taken_off=line.hours_c + line.over_cap if line else ZERO,
                rate=total / line.quantity if line and total and line.quantity else None,
            )
        )
        ids[number] = key
        names[number] = row.list_name if row else number
    told = frozenset(kind for kinds in declared.values() for kind in kinds)
    return Sides(tuple(found), ids, names, told)


@dataclass(frozen=True, slots=True)
class _Sheet:
    on_sheet: bool = False
    planned: Decimal = ZERO
    done: Decimal = ZERO
    holiday: Decimal = ZERO
    open: Decimal = ZERO
    missed: dict[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class _Pay:
    paid: Decimal = ZERO
    unpaid: Decimal = ZERO
    extra: Decimal = ZERO
    back_pay: Decimal = ZERO


def _of_sheet(row: PersonMonth | None) -> _Sheet:
    if row is None:
        return _Sheet()
    missed: dict[str, int] = defaultdict(int)
    for cell in row.cells:
        for each in cell.absences:
            missed[each.kind] += each.minutes
    return _Sheet(
        on_sheet=any(cell.said or cell.absent for cell in row.cells),
        planned=_hours(sum(cell.target for cell in row.cells)),
        done=_hours(sum(cell.done for cell in row.cells)),
        holiday=_hours(row.holiday),
        open=_hours(sum(cell.open for cell in row.cells if cell.planned_only)),
        missed={kind: _hours(minutes) for kind, minutes in missed.items()},
    )


def _hours(minutes: int) -> Decimal:
    return from_hundredths(minutes_to_hundredths(minutes))


def _paid(connection: Connection, month: Month) -> dict[bytes, _Pay]:
    p, f = pay_month.c, payroll_file.c
    found: dict[bytes, _Pay] = defaultdict(_Pay)
    for owner, declared_in, hours, unpaid, overtime, complementary in connection.execute(
        select(p.person_id, f.month, p.paid_hours, p.unpaid_hours, p.overtime_hours, p.complementary_hours)
        .join(payroll_file, f.id == p.payroll_file_id)
        .where(p.month == str(month), f.replaced_by_id.is_(None))
    ):
        each = found[owner]
        each.paid += from_hundredths(hours)
        each.unpaid += from_hundredths(unpaid)
        each.extra += from_hundredths(overtime + complementary)
        if declared_in != str(month):
            each.back_pay += from_hundredths(hours)
    return found


def _declared(connection: Connection, month: Month) -> dict[bytes, dict[str, Decimal]]:
    a = absence.c
    found: dict[bytes, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for owner, kind, hours in connection.execute(
        select(a.person_id, a.kind, a.hours)
        .outerjoin(payroll_file, payroll_file.c.id == a.payroll_file_id)
        .where(a.month == str(month), or_(a.payroll_file_id.is_(None), payroll_file.c.replaced_by_id.is_(None)))
    ):
        found[owner][kind] += from_hundredths(hours)
    return found


def _bases(
    stretches: tuple[Stretch, ...], month: Month
) -> tuple[Decimal | None, tuple[tuple[str, Decimal], ...], bool]:
    """Return the contract's hours of the month, those that payroll may take instead, and whether it is full time."""
    whole = Span(month.first, month.last)
    pieces = [
        (met, stretch)
        for stretch in stretches
        if (met := whole.meet(Span(stretch.start, stretch.end or month.last))) is not None
    ]
    known = [(met, stretch.monthly_hours) for met, stretch in pieces if stretch.monthly_hours is not None]
    if not known:
        return None, (), True
    full_time = (pieces[-1][1].weekly_hours or _FULL_WEEK) >= _FULL_WEEK
    if len(known) == 1 and known[0][0] == whole:
        return known[0][1], (), full_time
    working = _working_days(whole)
    by_days = to_cent(sum((hours * _working_days(met) / working for met, hours in known), ZERO))
    by_calendar = to_cent(sum((hours * met.days / month.days for met, hours in known), ZERO))
    several = len({hours for _, hours in known}) > 1
    others = sorted({hours for _, hours in known}, reverse=True)
    cause = "hours_change" if several else "entry_exit"
    return by_days, ((CALENDAR, by_calendar), *((cause, hours) for hours in others)), full_time


def _working_days(span: Span) -> int:
    return sum((span.start + timedelta(days=index)).weekday() < 5 for index in range(span.days))


def accepted(connection: Connection, month: Month) -> dict[bytes, tuple[ReasonRow, ...]]:
    """Return the causes that were accepted in a month, by person."""
    h = hours_reason.c
    found: dict[bytes, tuple[ReasonRow, ...]] = {}
    for key, owner, code, minutes, note in connection.execute(
        select(h.id, h.person_id, h.code, h.minutes, h.note).where(h.month == str(month)).order_by(h.id)
    ):
        found[owner] = (*found.get(owner, ()), ReasonRow(key, owner, month, code, minutes, note))
    return found
