"""The month's grid: who stands in it, in which order, with which sums, of one site or activity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions.attendance import as_planned
from ltu_desktop.actions.closing import close_month
from ltu_desktop.actions.sheets import set_sheets
from ltu_desktop.queries.attendance_balances import balances, missing_sheets
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, ground, october

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOVEMBER = Month(2026, 11)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    yield made
    made.close()


def numbers(world: Ground, month: Month = OCTOBER, **how: object) -> list[str]:
    return [row.staff_number for row in world.grid(month, **how).people]


def test_people_of_the_month_in_the_order_of_their_names(world: Ground) -> None:
    world.person("F0004", name="Écuyer")
    world.person("F0005", name="Ancien", end=date(2026, 9, 30))
    world.person("F0006", name="Futur", start=date(2026, 11, 1))
    assert numbers(world) == ["F0001", "F0002", "F0004", "F0003"]
    world.insert(t.attendance, person_id=world.people["F0005"], day=october(1), minutes=60)
    assert numbers(world)[0] == "F0005"
    assert world.row("F0005").balance == 60
    assert numbers(world, NOVEMBER) == ["F0001", "F0002", "F0004", "F0006", "F0003"]


def test_sums_and_days(world: Ground) -> None:
    world.type("F0001", october(5), "9")
    world.type("F0001", october(6), "CP")
    row = world.row("F0001")
    assert (row.planned, row.done, row.absent, row.holiday) == (22 * 420, 540, 420, 0)
    assert row.balance == 540 + 420 - 22 * 420
    assert row.balance == sum(cell.balance for cell in row.cells)
    grid = world.grid(NOVEMBER, language="en")
    assert [head.holiday_name for head in grid.days if head.holiday_name] == ["All Saints' Day", "Armistice Day"]
    assert [head.day.day for head in grid.days if head.weekend][:3] == [1, 7, 8]
    cell = world.cell("F0001", date(2026, 11, 11))
    assert (cell.target, cell.holiday, cell.code, cell.planned_only) == (0, 420, "JF", False)
    assert world.row("F0001", NOVEMBER).holiday == 420


def test_one_site_has_its_own_people_and_holidays(world: Ground) -> None:
    alsace = world.insert(t.site, code="ST", name="Strasbourg", holidays="FR-57")
    world.update(t.person, world.people["F0002"], site_id=alsace)
    assert numbers(world, site_id=alsace) == ["F0002"]
    days = world.grid(Month(2026, 4), site_id=alsace).days
    assert [head.day.day for head in days if head.holiday_name] == [3, 6]
    assert [head.day.day for head in world.grid(Month(2026, 4)).days if head.holiday_name] == [6]


def test_one_activity_has_its_team_and_who_was_planned_or_worked_there(world: Ground) -> None:
    field, shop = world.activity("MAR", "Maraîchage"), world.activity("EPI", "Épicerie")
    world.set_terms("F0001", activity_id=field)
    world.shift("F0002", october(6), field, 540, 780)
    world.type("F0003", october(7), "2", field)
    world.person("F0004", name="Zola")
    assert numbers(world, activity_id=field) == ["F0001", "F0002", "F0003"]
    assert numbers(world, activity_id=shop) == []
    assert world.row("F0001").team == field
    heads = {head.code: head for head in world.grid().activities}
    assert (heads["MAR"].name, heads["MAR"].palette, bool(heads["EPI"].pictogram)) == ("Maraîchage", "MAR", True)


def test_hours_are_told_by_activity(world: Ground) -> None:
    field, shop = world.activity("MAR"), world.activity("EPI")
    world.type("F0001", october(5), "3", shop)
    world.type("F0001", october(5), "5", field)
    cell = world.cell("F0001", october(5))
    assert cell.by_activity == ((field, 300), (shop, 180))
    assert (cell.done, cell.changed) == (480, True)


def test_what_is_planned_and_not_said(world: Ground) -> None:
    cell = world.cell("F0001", october(5))
    assert (cell.planned_only, cell.open, cell.changed, cell.said, cell.text()) == (True, 420, False, False, "")
    as_planned(world.ctx, october(5), october(5), [world.people["F0001"]])
    cell = world.cell("F0001", october(5))
    assert (cell.planned_only, cell.open, cell.changed, cell.said, cell.text()) == (False, 0, False, True, "7")
    weekend = world.cell("F0001", october(4))
    assert (weekend.planned_only, weekend.target, weekend.code) == (False, 0, "")


def test_balances_of_the_year_and_leave_since_june(world: Ground) -> None:
    first, second, third = world.people.values()
    for day, number, text in (
        (date(2025, 12, 1), "F0001", "9"),  # last year's hours are no part of this year's balance
        (date(2026, 5, 29), "F0003", "CP"),  # before 1 June: another year of leave
        (date(2026, 9, 7), "F0003", "CP"),
        (date(2026, 9, 11), "F0003", "CP"),
        (date(2026, 9, 10), "F0003", "MAL"),
    ):
        world.type(number, day, text)
    for month in (Month(2026, 9), OCTOBER):
        as_planned(world.ctx, month.first, month.last, [first, third])
    world.type("F0001", date(2026, 9, 8), "9")
    world.type("F0001", october(8), "6")
    with world.store.read() as connection:
        found = balances(connection, OCTOBER)
        hidden = balances(connection, OCTOBER, reasons=False)
        spring = balances(connection, Month(2026, 5))
    assert found[first].minutes == 120 - 60
    assert second not in found
    assert found[third].leave == {"paid_leave": Decimal("1.50"), "sick_unpaid": Decimal("1.00")}
    assert hidden[third].leave == {"paid_leave": Decimal("1.50"), "absent": Decimal("1.00")}
    assert spring[third].leave == {"paid_leave": Decimal("0.50")}
    # May itself: all of its planned time but the leave is open
    assert spring[third].minutes == world.row("F0003", Month(2026, 5)).balance


def test_frozen_months_keep_their_balance(world: Ground) -> None:
    first = world.people["F0001"]
    as_planned(world.ctx, OCTOBER.first, OCTOBER.last, [first])
    world.type("F0001", october(8), "6")
    close_month(world.ctx, OCTOBER, note="essai")
    world.set_terms("F0001", weekly_hours=2000)
    with world.store.read() as connection:
        assert balances(connection, OCTOBER)[first].minutes == -60


def test_sheets_that_are_missing_or_not_signed(world: Ground) -> None:
    first, second, third = world.people.values()
    set_sheets(world.ctx, OCTOBER, [first], received_on=october(31), signed=True)
    set_sheets(world.ctx, OCTOBER, [second], received_on=october(31))
    world.person("F0009", weekly=None)
    with world.store.read() as connection:
        found = missing_sheets(connection, OCTOBER)
    assert [(each.person_id, each.list_name, each.sheet.received_on) for each in found] == [
        (second, "DELANNOY Zoé", october(31)),
        (third, "KOWALCZYK Zoé", None),
    ]
