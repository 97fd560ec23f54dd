"""What the accountant gets: the month's hours and absences in his layout, and what changed since he got it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from ltu_desktop.actions import variables
from ltu_desktop.actions.attendance import as_planned
from ltu_desktop.actions.operators import add_operator
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.variables import KEYS
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, ground, october
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.documents.report import Report


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = ground(tmp_path / "a.ltu")
    everybody = list(made.people.values())
    for day, number, text in (
        (1, "F0003", "CP"),  # Thursday and Friday's morning, then Monday: one leave over a weekend
        (2, "F0003", "CP"),
        (5, "F0003", "CP"),
        (7, "F0003", "CPm"),
        (14, "F0001", "MAL"),
        (15, "F0001", "MAL2"),
        (20, "F0001", "9"),
        (22, "F0002", "4"),
    ):
        made.type(number, october(day), text)
    as_planned(made.ctx, OCTOBER.first, OCTOBER.last, everybody)
    yield made
    made.close()


def rows(report: Report, table: str) -> list[dict[str, Any]]:
    found = report.table(table)
    return [dict(zip([column.key for column in found.columns], row.cells, strict=True)) for row in found.rows]


def test_hours_and_absences_by_person(world: Ground) -> None:
    first, second, third = rows(variables.build(world.ctx, OCTOBER), "variables")
    assert first["staff_number"] == "F0001"
    assert (first["monthly_hours"], first["done"], first["extra"]) == (
        Decimal("151.67"),
        Decimal("147.00"),
        Decimal("2.00"),
    )
    assert (first["sick_unpaid.hours"], first["rest.hours"], first["paid_leave.days"]) == (
        Decimal("9.00"),
        "",
        "",
    )
    assert (second["missing"], second["done"]) == (Decimal("2.00"), Decimal("100.00"))
    # 1, 2 and 5 October are a day, half a day and a day; the morning of the 7th is 4 of 7 hours
    assert (third["paid_leave.days"], third["paid_leave.hours"]) == (Decimal("3.07"), Decimal("21.50"))


def test_absences_are_listed_from_day_to_day(world: Ground) -> None:
    found = rows(variables.build(world.ctx, OCTOBER, "fr"), "absences")
    assert [
        (row["number"], row["code"], row["first"].day, row["last"].day, row["days"], row["hours"]) for row in found
    ] == [
        ("F0001", "MAL", 14, 14, Decimal("1.00"), Decimal("7.00")),
        ("F0001", "MAL", 15, 15, Decimal("0.29"), Decimal("2.00")),
        ("F0003", "CP", 1, 5, Decimal("2.50"), Decimal("17.50")),
        ("F0003", "CP", 7, 7, Decimal("0.57"), Decimal("4.00")),
    ]
    assert [row["kind"] for row in found[1:3]] == ["Maladie non payée", "Congé payé"]


def test_totals_are_the_sums(world: Ground) -> None:
    table = variables.build(world.ctx, OCTOBER).table("variables")
    place = table.index("done")
    assert table.totals[0].cells[place] == sum((row.cells[place] for row in table.rows), Decimal(0))  # type: ignore[type-var]
    assert table.totals[0].cells[table.index("list_name")] == ""


def test_a_layout_is_remembered_and_undone(world: Ground) -> None:
    variables.set_layout(
        world.ctx,
        [("staff_number", " Mat. "), ("done", "0100"), ("paid_leave.days", ""), ("site", "")],
        {"paid_leave": "CPAYES", "training": " "},
    )
    table = variables.build(world.ctx, OCTOBER).table("variables")
    assert [column.head for column in table.columns] == ["Mat.", "0100", "CPAYES, jours", "Site"]
    assert world.store.entries(1)[0].params == {"columns": 4}
    world.store.undo()
    assert len(variables.build(world.ctx, OCTOBER).table("variables").columns) > 10


@pytest.mark.parametrize(("columns", "code"), [([], "no_columns"), ([("done", ""), ("done", "x")], "column_twice")])
def test_a_layout_that_makes_no_sense(world: Ground, columns: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(UserError) as refused:
        variables.set_layout(world.ctx, columns, {})
    assert refused.value.code == code
    with pytest.raises(TypeError):
        variables.set_layout(world.ctx, [("shoe_size", "")], {})


def test_each_column_that_is_offered_can_be_written(world: Ground, tmp_path: Path) -> None:
    variables.set_layout(world.ctx, [(key, "") for key in KEYS], {})
    path = variables.export(world.ctx, OCTOBER, "xlsx", tmp_path / "tout.xlsx")
    sheet = load_workbook(BytesIO(path.read_bytes())).worksheets[0]
    assert sheet.max_column == len(KEYS)


def test_a_wide_layout_is_parted_on_paper(world: Ground, tmp_path: Path) -> None:
    variables.set_layout(world.ctx, [(key, "") for key in KEYS], {})
    report = variables.build(world.ctx, OCTOBER, paper=True)
    parts = [table for table in report.tables if table.key.startswith("variables")]
    shown = [[column.key for column in table.columns] for table in parts]
    assert [keys[:2] for keys in shown] == [["staff_number", "list_name"]] * 3
    assert sorted({key for keys in shown for key in keys}) == sorted(KEYS)
    text = Paper(variables.export(world.ctx, OCTOBER, "pdf", tmp_path).read_bytes()).text()
    assert text.count("F0003") == len(parts) + 2  # and two absences
    variables.set_layout(world.ctx, [("site", ""), *((key, "") for key in KEYS if "." in key)], {})
    parts = [t for t in variables.build(world.ctx, OCTOBER, paper=True).tables if t.key.startswith("variables")]
    assert [table.columns[0].key for table in parts] == ["site"] * 3


def test_a_layout_may_begin_with_a_figure(world: Ground) -> None:
    variables.set_layout(world.ctx, [("done", ""), ("unpaid_leave.dates", "")], {})
    table = variables.build(world.ctx, OCTOBER).table("variables")
    assert table.totals[0].cells == (Decimal("362.00"), "")


def test_files_hold_what_the_report_says(world: Ground, tmp_path: Path) -> None:
    columns = [("staff_number", "Matricule"), ("done", "Heures"), ("paid_leave.dates", "Congés")]
    variables.set_layout(world.ctx, columns, {})
    csv = variables.export(world.ctx, OCTOBER, "csv", tmp_path).read_text("utf-8-sig").splitlines()
    assert csv == ["Matricule;Heures;Congés", "F0001;147,00;", "F0002;100,00;", "F0003;115,00;1–5, 7"]
    book = load_workbook(BytesIO(variables.export(world.ctx, OCTOBER, "xlsx", tmp_path).read_bytes()))
    values = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert ["F0001", 147, None] in [[v or None for v in row[:3]] for row in values]
    pdf = variables.export(world.ctx, OCTOBER, "pdf", tmp_path)
    assert pdf.name == "variables-2026-10.pdf"
    assert "F0003" in Paper(pdf.read_bytes()).text()


def test_what_changed_since_the_sending_is_told(world: Ground, tmp_path: Path) -> None:
    assert variables.changed_since(world.ctx, OCTOBER) == ()
    path = variables.send(world.ctx, OCTOBER, "csv", tmp_path)
    assert path.exists()
    [sent] = variables.sendings(world.ctx, OCTOBER)
    assert (sent.name, sent.at) == ("variables-2026-10.csv", world.clock.moment)
    assert variables.changed_since(world.ctx, OCTOBER) == ()
    assert variables.build(world.ctx, OCTOBER).table("changes").rows == ()
    world.type("F0002", october(22), "SS")
    world.person("F0004", name="Neuf", start=october(26))
    world.type("F0004", october(26), "7")
    told = [
        (each.staff_number, each.key, each.before, each.after) for each in variables.changed_since(world.ctx, OCTOBER)
    ]
    assert ("F0002", "unpaid_leave.dates", "", "22") in told
    assert ("F0002", "done", "100.00", "96.00") in told
    assert ("F0002", "missing", "2.00", "") in told
    assert ("F0004", "done", "", "7.00") in told
    assert {number for number, *_ in told} == {"F0002", "F0004"}
    shown = rows(variables.build(world.ctx, OCTOBER), "changes")
    assert ("Heures faites", "100,00", "96,00") in [(row["figure"], row["before"], row["after"]) for row in shown]
    assert "–" in {row["before"] for row in shown}
    world.clock.moment = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)
    variables.send(world.ctx, OCTOBER, "xlsx", tmp_path / "v2.xlsx")
    assert variables.changed_since(world.ctx, OCTOBER) == ()
    assert [each.name for each in variables.sendings(world.ctx, OCTOBER)] == ["v2.xlsx", "variables-2026-10.csv"]


def test_somebody_who_is_gone_is_told(world: Ground, tmp_path: Path) -> None:
    variables.send(world.ctx, OCTOBER, "csv", tmp_path)
    world.update(t.contract, world.rows(t.contract)[1]["id"], end_on=date(2026, 9, 30))
    for row in world.rows(t.attendance):
        if row["person_id"] == world.people["F0002"]:
            world.delete(t.attendance, row["id"])
    changes = variables.changed_since(world.ctx, OCTOBER)
    assert {each.staff_number for each in changes} == {"F0002"}
    assert ("done", "100.00", "") in [(each.key, each.before, each.after) for each in changes]
    assert changes[0].list_name == "DELANNOY Zoé"


def test_a_sending_lies_outside_undo_and_is_none_when_it_cannot_be_written(world: Ground, tmp_path: Path) -> None:
    last = world.store.undoable()
    variables.send(world.ctx, OCTOBER, "csv", tmp_path)
    assert world.store.undoable() == last
    with pytest.raises(UserError):
        variables.send(world.ctx, OCTOBER, "csv", tmp_path / "nowhere" / "v.csv")
    assert len(variables.sendings(world.ctx, OCTOBER)) == 1


def test_reasons_are_kept_from_a_role(world: Ground, tmp_path: Path) -> None:
    add_operator(world.ctx, name="Nadia Roussel", role="administrator")
    add_operator(world.ctx, name="B.", role="without_health")
    world.store.operator = "B."
    for job in (
        lambda: variables.build(world.ctx, OCTOBER),
        lambda: variables.changed_since(world.ctx, OCTOBER),
        lambda: variables.sendings(world.ctx, OCTOBER),
        lambda: variables.export(world.ctx, OCTOBER, "csv", tmp_path),
        lambda: variables.send(world.ctx, OCTOBER, "csv", tmp_path),
    ):
        with pytest.raises(UserError) as refused:
            job()
        assert refused.value.code == "no_health"
