"""A month's grid written to files: the figures of the screen, and read back without a change in both languages."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from ltu_desktop.actions.attendance import as_planned
from ltu_desktop.actions.attendance_export import build, export
from ltu_desktop.actions.attendance_paste import plan_file
from ltu_desktop.actions.closing import close_month
from ltu_desktop.actions.operators import add_operator
from ltu_desktop.actions.sheets import set_sheets
from tests.actions.ground_world import OCTOBER, Ground, ground, october

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    for day, number, text in (
        (5, "F0001", "7:20"),
        (6, "F0001", "½CP"),
        (7, "F0001", "3 MALm"),
        (8, "F0001", "0"),
        (9, "F0001", "CP1,5"),
        (5, "F0003", "FO"),
    ):
        made.type(number, october(day), text)
    as_planned(made.ctx, october(12), october(16), list(made.people.values()))
    yield made
    made.close()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_goes_out_comes_back_without_a_change(world: Ground, tmp_path: Path, language: str, kind: str) -> None:
    path = export(world.ctx, build(world.ctx, OCTOBER, language=language), kind, tmp_path)
    assert path.name == f"presences-2026-10.{kind}"
    plan = plan_file(world.ctx, path.read_bytes(), path.name, OCTOBER)
    said = sum(bool(cell.text()) for row in world.grid().people for cell in row.cells)
    people = {entry.person_id for entry in plan.entries}
    assert (plan.changed, plan.unchanged, people) == (0, said, set(world.people.values()))
    assert plan.refused == ()
    assert "Total" in plan.ignored


def test_hours_are_numbers_and_sums_are_the_grids(world: Ground, tmp_path: Path) -> None:
    path = export(world.ctx, build(world.ctx, OCTOBER), "xlsx", tmp_path / "p.xlsx")
    sheet = load_workbook(BytesIO(path.read_bytes())).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [row] = [row for row in rows if row[0] == "F0001"]
    assert [Decimal(str(value)) if isinstance(value, (int, float)) else value for value in row[7:12]] == [
        Decimal("7.33"),
        "½CP",
        "3 MALm",
        Decimal(0),
        "CP1,5",
    ]
    made = build(world.ctx, OCTOBER).table("attendance")
    done = made.index("done")
    assert made.totals[0].cells[done] == sum((each.cells[done] for each in made.rows), Decimal(0))  # type: ignore[type-var]


def test_sheets_and_closing_are_said(world: Ground) -> None:
    first, second, _ = world.people.values()
    set_sheets(world.ctx, OCTOBER, [first], received_on=october(31), signed=True)
    set_sheets(world.ctx, OCTOBER, [second], received_on=october(31))
    world.person("F0004", name="Zola", weekly=None)
    close_month(world.ctx, OCTOBER, note="essai")
    report = build(world.ctx, OCTOBER)
    assert "clôturé le 12/11/2026" in report.subtitle
    table = report.table("attendance")
    assert [row.cells[table.index("sheet")] for row in table.rows] == ["Signée", "Reçue", "Manque", ""]
    assert table.rows[3].cells[table.index("weekly")] is None


def test_a_site_alone_and_reasons_kept_from_a_role(world: Ground) -> None:
    assert build(world.ctx, OCTOBER, site_id=b"?" * 16).table("attendance").rows == ()
    add_operator(world.ctx, name="Nadia Roussel", role="administrator")
    add_operator(world.ctx, name="B.", role="without_health")
    world.store.operator = "B."
    table = build(world.ctx, OCTOBER).table("attendance")
    assert [table.rows[0].cells[table.index(key)] for key in ("d06", "d07")] == ["½CP", "3"]
