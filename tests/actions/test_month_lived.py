"""A month lived through: planned from a template, a substitute found, printed, keyed, closed, matched, claimed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions import (
    attendance_export,
    calendars,
    claims,
    concordance,
    ground_print,
    planning,
    planning_weeks,
    variables,
)
from ltu_desktop.actions.absences import Absence, plan_absence, record_absence
from ltu_desktop.actions.attendance import as_planned, plan_as_planned
from ltu_desktop.actions.closing import close_month, plan_closing
from ltu_desktop.actions.sheets import attach_sheet, set_sheets
from ltu_desktop.queries.attendance_balances import balances
from ltu_desktop.queries.planning import week_board
from ltu_desktop.rules.concordance import Reason
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.planning import substitutes
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, october
from tests.documents.pdf_reader import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.queries.planning_rows import WeekBoard

DAY = (510, 990)  # 8 h 30 to 16 h 30, an hour of break: seven hours
MONDAYS = (date(2026, 9, 28), october(12), october(19), october(26))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    made = Ground(tmp_path / "a.ltu")
    made.employer()
    made.agreement()
    made.insert(t.site, code="MO", name="Le Moulin")
    made.person("F0001", name="Amrani")
    made.person("F0002", name="Benali")
    made.person("F0003", name="Cousin", weekly="28")
    made.person("F0004", name="Diallo", status="other", weekly="20")
    yield made
    made.close()


def board(world: Ground, monday: date) -> WeekBoard:
    with world.store.read() as connection:
        return week_board(connection, monday)


@pytest.mark.untraced
def test_a_month_from_the_plan_to_the_claim(world: Ground, tmp_path: Path) -> None:
    ctx, people = world.ctx, world.people
    field = world.activity("MAR", "Maraîchage")
    amrani, benali, cousin, diallo = (people[f"F000{number}"] for number in range(1, 5))

    # the week of the 5th is planned by hand, kept, and put onto the other weeks of the month
    week = [october(day) for day in range(5, 10)]
    for person, days in ((amrani, week), (benali, week), (cousin, week[:4])):
        planning.add_shift(ctx, person, days[0], field, *DAY, pause=60, days=days[1:])
    leave = Absence(amrani, october(19), october(20), "paid_leave")
    assert plan_absence(ctx, leave).leave_days == Decimal("2.00")
    record_absence(ctx, leave)
    template = planning_weeks.save_template(ctx, "Semaine", october(5))
    shown = planning_weeks.plan_template(ctx, template, MONDAYS)
    assert (shown.added, [(each.list_name, each.day, each.code) for each in shown.skipped]) == (
        54,
        [("AMRANI Zoé", october(19), "absent"), ("AMRANI Zoé", october(20), "absent")],
    )
    head = world.store.journal_head()
    assert planning_weeks.apply_template(ctx, template, MONDAYS) == shown
    assert world.store.journal_head() == head + 1

    # somebody is missing on Wednesday the 14th: who could take her shift?
    benalis = [each for row in board(world, october(12)).people if row.person_id == benali for each in row.shifts]
    hers = next(each for each in benalis if each.day == october(14))
    found = board(world, october(12))
    span = next(each for each in found.week.of(benali) if each.key == hers.id)
    ranked = [each.person for each in substitutes(found.week, span)]
    assert ranked[0] == diallo  # the others work then
    planning.substitute(ctx, hers.id, diallo)
    sick = Absence(benali, october(15), october(16), "sick_paid", kept=Decimal(1))
    plan = plan_absence(ctx, sick)
    assert (plan.minutes, plan.effects[0].assumed, plan.effects[0].hours) == (840, True, Decimal("-14.00"))
    record_absence(ctx, sick, proof=("arret.pdf", b"%PDF"), proof_kind="sick_note")

    # the week on the wall and the slips say who works when, never why somebody does not
    world.update(t.activity, field, site_id=world.rows(t.site)[0]["id"])
    wall, slip = (Paper(made(ctx, october(12)).data).text() for made in (ground_print.wall, ground_print.slips))
    assert "Maraîchage" in wall
    assert not {"MAL", "Maladie", "CP"} & set((wall + slip).split())

    # the month as it was planned in one step; then only what was otherwise
    everybody = list(people.values())
    counts = plan_as_planned(ctx, OCTOBER.first, OCTOBER.last, everybody)
    assert as_planned(ctx, OCTOBER.first, OCTOBER.last, everybody).cells == counts.cells
    world.type("F0003", october(8), "8:30")
    world.type("F0001", october(6), "4 SS")

    # sheets are printed for all, with the codes of paper
    sheets = Paper(ground_print.month_sheets(ctx, OCTOBER, filled=True).data)
    assert len(sheets.pages) == 4
    benalis_sheet = next(text for page in range(4) if "BENALI" in (text := sheets.text(page)))
    assert "AB" in benalis_sheet.split()
    assert "MAL" not in benalis_sheet.split()

    # they come back, the month is complete, its figures stand still
    assert {each.code for each in plan_closing(ctx, OCTOBER).missing} == {"no_sheet"}
    set_sheets(ctx, OCTOBER, everybody, received_on=date(2026, 11, 4), signed=True)
    attach_sheet(ctx, OCTOBER, amrani, "feuille.pdf", b"%PDF-1")
    attendance_export.export(ctx, attendance_export.build(ctx, OCTOBER), "xlsx", tmp_path)
    assert len(calendars.export_all(ctx, OCTOBER.first, OCTOBER.last, tmp_path)) == 5
    assert plan_closing(ctx, OCTOBER).missing == ()
    close_month(ctx, OCTOBER)
    with pytest.raises(UserError, match="is closed"):
        world.type("F0001", october(6), "7")
    with world.store.read() as connection:
        assert balances(connection, OCTOBER)[cousin].minutes == 90

    # the accountant gets the variables; payroll comes back and is held against the sheets
    variables.send(ctx, OCTOBER, "csv", tmp_path)
    assert variables.changed_since(ctx, OCTOBER) == ()
    world.payroll(OCTOBER, {"F0001": "148.67", "F0002": "151.67", "F0003": "121.33", "F0004": "86.67"})
    differs = {row.match.person: row.match.reasons for row in concordance.review(ctx, OCTOBER).open}
    assert differs == {"F0003": (Reason("complementary", Decimal("-1.50")),)}
    told = [each for each in claims.prepare(ctx, OCTOBER).answer.problems if each.code == "hours_differ"]
    assert [(each.target, each.params["gap_hours"]) for each in told] == [("F0003", "1.50")]
    concordance.accept(ctx, OCTOBER, cousin, differs["F0003"], note="payées en novembre")
    assert concordance.review(ctx, OCTOBER).open == ()

    # and the claim counts what was worked: Benali's 14 hours of sick leave are paid and not counted
    prepared = claims.prepare(ctx, OCTOBER)
    assert [each.code for each in prepared.answer.problems if each.code.startswith("hours_")] == []
    lines = {line.person: line for line in prepared.answer.lines}
    assert (lines["F0002"].paid_hours, lines["F0002"].quantity) == (Decimal("151.67"), Decimal("137.67"))
    # 12.31 × 137.67 = 1 694.72; × 95 % = 1 609.98; × 15 % = 241.50
    assert lines["F0002"].total == Decimal("1609.98") + Decimal("241.50")
    # 12.31 × 148.67 = 1 830.13; × 95 % = 1 738.62; × 15 % = 260.79
    assert lines["F0001"].total == Decimal("1738.62") + Decimal("260.79")
    sealed = claims.seal(ctx, OCTOBER)
    assert sealed.row.total == prepared.answer.totals.total
