"""Blocks from a spreadsheet: said before they are taken in, refused cells named with their place, one undo step."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ltu_desktop.actions import attendance_paste
from ltu_desktop.actions.attendance_paste import copy_text, paste, plan_file, plan_paste
from ltu_desktop.actions.closing import close_month
from ltu_desktop.actions.operators import add_operator
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, october

if TYPE_CHECKING:
    from ltu_desktop.actions.attendance_paste import PastePlan


def block(*rows: str) -> str:
    return "\n".join(row.replace("|", "\t") for row in rows)


def planned(world: Ground, *rows: str, first: int | None = None) -> PastePlan:
    people = list(world.people.values())
    day = october(first) if first else None
    return plan_paste(world.ctx, block(*rows), OCTOBER, person_ids=people, first_day=day)


def why(plan: PastePlan) -> list[tuple[int, int, str, str]]:
    return [(each.row, each.column, each.text, each.problem.code) for each in plan.refused]


def test_bare_cells_go_where_the_cursor_is(world: Ground) -> None:
    plan = planned(world, "7|8|CP", "6||4 CP", first=5)
    assert (plan.changed, plan.unchanged, plan.refused) == (5, 0, ())
    paste(world.ctx, plan)
    assert [world.cell("F0001", october(day)).text() for day in (5, 6, 7)] == ["7", "8", "CP"]
    assert [world.cell("F0002", october(day)).text() for day in (5, 6, 7)] == ["6", "", "4 CP2"]
    again = planned(world, "7|8|CP", "6||4 CP", first=5)
    assert (again.changed, again.unchanged) == (0, 5)
    world.store.undo()
    assert world.rows(t.attendance) == world.rows(t.absence_day) == []


def test_what_cannot_be_taken_is_named_and_the_rest_is(world: Ground) -> None:
    plan = planned(
        world,
        "Nom|08/10/2026|09/10/2026|Total",
        "DELANNOY Zoé|7|CP|14",
        "Zoé Benali|sept|AB|",
        "F0003|99|7 7|",
        "Dupont|7||",
        "F0001|8||",
    )
    assert why(plan) == [
        (2, 3, "CP", "cell_no_target"),
        (3, 2, "sept", "cell_unreadable"),
        (3, 3, "AB", "cell_which_absence"),
        (4, 2, "99", "cell_too_long"),
        (4, 3, "7 7", "cell_twice"),
        (5, 2, "7", "paste_unknown"),
    ]
    assert (plan.refused[0].who, plan.refused[0].day) == ("DELANNOY Zoé", october(9))
    assert plan.refused[3].who == "KOWALCZYK Zoé", "a number is not all that is known of her"
    assert plan.ignored == ("Total",)
    assert plan.changed == 2
    paste(world.ctx, plan)
    assert [world.cell(number, october(8)).text() for number in ("F0001", "F0002", "F0003")] == ["8", "7", ""]
    said = {each.problem.code: world.ctx.words.problem(each.problem)[0] for each in plan.refused}
    assert said["paste_unknown"] == "«\u00a0Dupont\u00a0»\u00a0: ni nom ni matricule connu."


def test_people_of_one_name_are_told_apart_by_number(world: Ground) -> None:
    world.person("F0009", name="Benali")
    head = "|05/10/2026"
    assert why(planned(world, head, "BENALI Zoé|7")) == [(2, 2, "7", "paste_several")]
    plan = planned(world, "|" + head, "F0009|BENALI Zoé|7")
    assert [entry.person_id for entry in plan.entries] == [world.people["F0009"]]


def test_a_name_wins_over_a_number_that_is_something_else(world: Ground) -> None:
    world.person("35", name="Ancien")
    plan = planned(world, "Nom|h/sem.|05/10/2026", "DELANNOY Zoé|35|7")
    assert [entry.person_id for entry in plan.entries] == [world.people["F0002"]]


def test_cells_beyond_the_month_or_the_people(world: Ground) -> None:
    plan = planned(world, "7|7|7", "7", "7", "7", first=30)
    assert why(plan) == [(1, 3, "7", "paste_outside"), (4, 1, "7", "paste_nobody")]
    assert why(planned(world, "7")) == [(1, 1, "7", "paste_outside")]


def test_one_day_given_twice_and_a_closed_month(world: Ground) -> None:
    plan = planned(world, "Nom|Date|Heures", "Benali Zoé|5/10/2026|7", "Benali Zoé|5/10/2026|8")
    assert why(plan) == [(3, 3, "8", "paste_again")]
    close_month(world.ctx, OCTOBER, note="essai")
    assert why(planned(world, "7", first=5)) == [(1, 1, "7", "paste_closed")]
    assert paste(world.ctx, planned(world, "7", first=5)).entry is None


def test_activities_of_a_list(world: Ground) -> None:
    field = world.activity("MAR", "Maraîchage")
    rows = "Nom|Date|Heures|Activité", "Benali Zoé|5/10/2026|4|maraichage", "Benali Zoé|5/10/2026|3|Piscine"
    plan = planned(world, *rows)
    assert why(plan) == [(3, 3, "3", "paste_activity")]
    paste(world.ctx, plan)
    assert world.cell("F0001", october(5)).by_activity == ((field, 240),)
    assert planned(world, *rows).unchanged == 1


def test_hidden_kinds_are_refused_to_a_role(world: Ground) -> None:
    world.type("F0001", october(6), "MAL")
    add_operator(world.ctx, name="Nadia Roussel", role="administrator")
    add_operator(world.ctx, name="B.", role="without_health")
    world.store.operator = "B."
    plan = planned(world, "MAL|7|CP", first=5)
    assert why(plan) == [(1, 1, "MAL", "paste_no_health")]
    paste(world.ctx, plan)
    assert sorted(row["kind"] for row in world.rows(t.absence_day)) == ["paid_leave", "sick_unpaid"]


def workbook(*rows: tuple[object, ...], title: str = "Octobre") -> bytes:
    book = Workbook()
    book.create_sheet("Notes", 0).append(["lire d’abord"])
    sheet = book.active
    assert sheet is not None
    sheet = book["Sheet"]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_is_told_first_then_taken_in(world: Ground) -> None:
    data = workbook(
        ("Matricule", "Nom", date(2026, 10, 5), date(2026, 10, 6)),
        ("F0001", "BENALI Zoé", 7.5, "CP"),
        ("F0002", "DELANNOY Zoé", 6, "sept"),
    )
    plan = plan_file(world.ctx, data, "octobre.xlsx", OCTOBER)
    assert (plan.changed, why(plan), plan.file) == (3, [(3, 4, "sept", "cell_unreadable")], "octobre.xlsx")
    assert world.rows(t.attendance) == []
    paste(world.ctx, plan)
    assert world.cell("F0001", october(5)).done == 450
    assert {row["origin"] for row in world.rows(t.attendance)} == {"imported"}
    [entry, *_] = world.store.entries(1)
    assert (entry.action, entry.params["file"], entry.params["cells"]) == ("attendance.import", "octobre.xlsx", 3)
    assert plan_file(world.ctx, data, "octobre.xlsx", OCTOBER).changed == 0


def test_a_file_of_something_else_is_refused(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        plan_file(world.ctx, b"Nom;Prix\nPain;2\n", "prix.csv", OCTOBER)
    assert refused.value.code == "no_attendance"


def test_far_too_many_cells_are_refused(world: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attendance_paste, "_MOST_CELLS", 3)
    with pytest.raises(UserError) as refused:
        planned(world, "7|7", "7|7", first=5)
    assert refused.value.code == "too_many_cells"


CELLS = st.sampled_from(["", "7", "7:20", "0", "CP", "½CP", "MALm", "CPa", "3 FO", "CP2,5", "8 AT1"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=8, max_size=8), st.booleans(), st.sampled_from([",", "."]))
def test_what_is_copied_is_pasted_without_a_change(world: Ground, cells: list[str], heads: bool, mark: str) -> None:  # noqa: FBT001
    days = [5, 6, 7, 8]
    for index, text in enumerate(cells):
        world.type(("F0001", "F0003")[index // 4], october(days[index % 4]), text)
    grid = world.grid()
    rows, columns = [grid.people[0], grid.people[2]], grid.days[4:8]
    text = copy_text(rows, columns, mark=mark, heads=heads)
    plan = plan_paste(
        world.ctx, text, OCTOBER, person_ids=[row.person_id for row in rows], first_day=None if heads else october(5)
    )
    assert (plan.changed, plan.refused) == (0, ())
    assert plan.unchanged == sum(1 for row in rows for cell in row.cells[4:8] if cell.text())
