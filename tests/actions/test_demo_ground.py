"""The demo's ground agrees with its payroll, and shows a bit of everything."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from ltu_desktop.actions.demo.build import build
from ltu_desktop.actions.demo.ground import week_of
from ltu_desktop.queries.day_targets import day_targets, public_holidays
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from ltu_desktop.store.file import Store
from ltu_desktop.words import Words
from tests.claim_world import FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

OCTOBER = Month(2026, 10)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = build(tmp_path_factory.mktemp("demo") / "d", period=OCTOBER, words=Words("fr"), people=40, months=3)
    with Store.open(made.store, clock=FixedClock(), operator="A") as opened:
        yield opened


def test_what_is_worked_and_missed_is_what_was_planned(store: Store) -> None:
    a, m = t.attendance.c, t.absence_day.c
    with store.read() as connection:
        targets = day_targets(connection, date(2026, 8, 1), date(2026, 9, 30))
        explained: dict[tuple[bytes, date], int] = defaultdict(int)
        for table in (t.attendance, t.absence_day):
            for who, day, minutes in connection.execute(select(table.c.person_id, table.c.day, table.c.minutes)):
                explained[who, day] += minutes
        gaps = [
            explained[who, day] - target.minutes
            for who, row in targets.people.items()
            for day, target in zip(targets.days, row, strict=True)
        ]
        assert min(gaps) == 0
        assert sum(1 for gap in gaps if gap) < len(gaps) / 50  # a few who worked more, as payroll says
        assert connection.execute(select(func.count()).select_from(t.attendance).where(a.minutes == 0)).scalar() == 0
        kinds = set(connection.execute(select(m.kind)).scalars())
        assert {"paid_leave", "sick_unpaid"} <= kinds


def test_who_is_not_paid_was_away(store: Store) -> None:
    p, m = t.pay_month.c, t.absence_day.c
    with store.read() as connection:
        unpaid: dict[tuple[bytes, str], int] = defaultdict(int)
        for who, month, hours in connection.execute(
            select(p.person_id, p.month, p.unpaid_hours)
            .join(t.payroll_file, t.payroll_file.c.id == p.payroll_file_id)
            .where(t.payroll_file.c.replaced_by_id.is_(None), p.unpaid_hours > 0)
        ):
            unpaid[who, month] += hours
        missed: dict[tuple[bytes, str], int] = defaultdict(int)
        for who, day, minutes in connection.execute(
            select(m.person_id, m.day, m.minutes).where(m.kind != "paid_leave")
        ):
            missed[who, str(Month.of(day))] += minutes
    assert unpaid
    assert unpaid.keys() >= missed.keys()
    equal = [key for key in unpaid if abs(Decimal(unpaid[key]) / 100 - Decimal(missed[key]) / 60) < Decimal("0.02")]
    assert len(equal) >= len(unpaid) * 2 // 3  # an absence near the end of the month has fewer days than payroll took


def test_some_sheets_of_the_last_month_are_still_to_come(store: Store) -> None:
    s, m = t.shift.c, t.month_sheet.c
    with store.read() as connection:
        for month, missing in ((Month(2026, 9), 0), (OCTOBER, 3)):
            planned = select(func.count(s.person_id.distinct())).where(s.day >= month.first, s.day <= month.last)
            came = select(func.count()).where(m.month == str(month))
            assert connection.execute(planned).scalar_one() - connection.execute(came).scalar_one() == missing


def test_the_weeks_ahead_are_planned_and_needs_are_there(store: Store) -> None:
    s = t.shift.c
    with store.read() as connection:
        ahead = connection.execute(select(func.min(s.day), func.max(s.day)).where(s.day > OCTOBER.last)).one()
        filled = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (
                t.cover_need,
                t.week_template_shift,
                t.local_need,
                t.turnover,
                t.wish,
                t.person_skill,
                t.support_note,
            )
        }
    assert tuple(ahead) == (date(2026, 11, 2), date(2026, 11, 13))
    assert all(filled.values()), filled


@pytest.mark.parametrize("weekly", ["35.00", "32.00", "30.00", "28.00", "26.00", "24.00", "20.00", "17.50"])
def test_a_week_comes_to_the_contract(weekly: str) -> None:
    for number in range(12):
        week = week_of(Decimal(weekly), number)
        assert Decimal(sum(week.values())) / 60 == Decimal(weekly)
        assert len(week) == (5 if Decimal(weekly) >= 30 else 4 if Decimal(weekly) >= 20 else 3)
        assert set(week) <= set(range(5))


def test_nobody_is_planned_on_a_holiday(store: Store) -> None:
    with store.read() as connection:
        days = set(connection.execute(select(t.shift.c.day)).scalars())
    assert not days & set(public_holidays("FR", 2026))
