"""Hours and cost by activity: figures worked out by hand, and nothing lost or made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.actions import claims
from ltu_desktop.actions.reports import Options, build, export
from ltu_desktop.intake.tables import read_table
from ltu_desktop.rules.analytic import share_out
from ltu_desktop.store import tables as t
from tests.claim_world import OCTOBER, World, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.documents.report import Report


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = ready(tmp_path / "a.ltu")
    yield made
    made.close()


def work(world: World, number: str, day: int, activity: bytes | None, minutes: int) -> None:
    world.insert(
        t.attendance, person_id=world.people[number], day=date(2026, 10, day), activity_id=activity, minutes=minutes
    )


def rows(report: Report) -> dict[str, dict[str, object]]:
    table = report.table("activities")
    return {
        row.key: {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True)} for row in table.rows
    }


def total(report: Report) -> dict[str, object]:
    table = report.table("activities")
    return {column.key: cell for column, cell in zip(table.columns, table.totals[0].cells, strict=True)}


def test_a_year_by_hand(world: World) -> None:
    """Zoé works 104 h: 60 h sewing, 44 h in the garden; nobody wrote down what the second did, and the third nothing."""
    [mill] = _sites(world)
    sewing = world.insert(t.activity, code="COU", name="Couture", analytic_code="611", site_id=mill)
    garden = world.insert(t.activity, code="MAR", name="Maraîchage")
    world.payroll(OCTOBER.plus(-1), {"F0001": "100.00"}, gross_pay=120000, employer_cost=150000)
    for number, gross in (("F0001", 128024), ("F0002", 186706), ("F0003", 140000)):
        _pay(world, number, gross)
    for day in range(1, 7):
        work(world, "F0001", day, sewing, 10 * 60)
    for day in range(7, 11):
        work(world, "F0001", day, garden, 11 * 60)
    work(world, "F0002", 5, None, 7 * 60)
    world.insert(t.turnover, activity_id=garden, month="2026-10", amount=45000)
    claims.seal(world.ctx, OCTOBER)
    report = build(world.ctx, "activities", Options(year=2026), "fr")
    found = rows(report)
    assert set(found) == {"COU/Le Moulin", "MAR/", "-"}
    couture, field, rest = found["COU/Le Moulin"], found["MAR/"], found["-"]
    assert (couture["people"], couture["hours"], couture["analytic"]) == (1, Decimal("60.00"), "611")
    assert couture["cost"] == Decimal("738.60")  # 1 280,24 × 60 ÷ 104
    assert field["cost"] == Decimal("541.64")
    # 104 h × 12,31 = 1 280,24; × 95 % = 1 216,23; × 15 % = 182,43: 1 398,66, of which 60/104 and 44/104
    assert (couture["subsidy"], field["subsidy"]) == (Decimal("806.92"), Decimal("591.74"))
    assert field["turnover"] == Decimal("450.00")
    assert field["rest"] == Decimal("500.10")  # 591,74 + 450 − 541,64
    assert couture["per_hour"] == Decimal("12.31")
    assert rest["hours"] == Decimal("7.00")
    assert rest["cost"] == Decimal("1500.00") + Decimal("1867.06") + Decimal("1400.00")
    whole = total(report)
    for key in ("hours", "cost", "subsidy", "turnover", "rest"):
        assert whole[key] == sum(Decimal(str(row[key])) for row in found.values())
    assert whole["share"] == 1
    assert any("salaire brut" in note for note in report.table("activities").notes)


def _sites(world: World) -> list[bytes]:
    with world.store.read() as connection:
        return list(connection.execute(t.site.select()).scalars())


def _pay(world: World, number: str, gross: int) -> None:
    with world.store.read() as connection:
        [key] = connection.execute(
            t.pay_month.select().where(
                t.pay_month.c.person_id == world.people[number], t.pay_month.c.month == "2026-10"
            )
        ).scalars()
    world.update(t.pay_month, key, gross_pay=gross)


def test_a_year_without_anything_says_so(world: World) -> None:
    report = build(world.ctx, "activities", Options(year=2019), "en")
    assert report.table("activities").rows == ()
    assert report.table("activities").totals == ()
    assert "2019" in report.period_text


def test_what_is_shown_is_what_is_written(world: World, tmp_path: Path) -> None:
    sewing = world.insert(t.activity, code="COU", name="Couture")
    garden = world.insert(t.activity, code="MAR", name="Maraîchage")
    work(world, "F0001", 5, sewing, 420)
    work(world, "F0001", 6, garden, 210)
    report = build(world.ctx, "activities", Options(year=2026, shown=("MAR/",), said="sans reste"), "fr")
    assert list(rows(report)) == ["MAR/"]
    assert any("1 lignes sur 2" in note for note in report.table("activities").notes)
    for kind in ("csv", "xlsx"):
        path = export(world.ctx, report, kind, tmp_path).path
        text = repr(read_table(path.read_bytes(), path.name))
        assert "Maraîchage" in text
        assert "Couture" not in text
    pdf = export(world.ctx, report, "pdf", tmp_path).path
    assert pdf.name == "activites-2026.pdf"


months = st.tuples(st.sampled_from("AB"), st.sampled_from(["2026-01", "2026-02"]))
cents = st.integers(-500_000, 500_000).map(lambda value: Decimal(value) / 100)


@pytest.mark.untraced
@given(
    st.dictionaries(months, st.dictionaries(st.sampled_from("xyz"), st.integers(0, 9000))),
    st.dictionaries(months, cents),
)
def test_nothing_is_lost_or_made(
    minutes: dict[tuple[str, str], dict[str, int]], amounts: dict[tuple[str, str], Decimal]
) -> None:
    found = share_out(minutes, amounts)
    assert sum(found.values(), Decimal(0)) == sum(amounts.values(), Decimal(0))
    worked = {key for each in minutes.values() for key, count in each.items() if count}
    assert set(found) <= {None, *worked}
