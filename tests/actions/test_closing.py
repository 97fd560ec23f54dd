"""Months are closed when nothing is missing or somebody says why; their figures stand still until they are reopened."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from ltu_desktop.actions.attendance import as_planned
from ltu_desktop.actions.closing import Missing, close_month, plan_closing, reopen_month
from ltu_desktop.actions.merging_people import merge, plan_merge
from ltu_desktop.actions.sheets import attach_sheet, set_sheets
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables as t
from tests.actions.ground_world import OCTOBER, Ground, october

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Value


def complete(world: Ground) -> None:
    as_planned(world.ctx, OCTOBER.first, OCTOBER.last, list(world.people.values()))
    set_sheets(world.ctx, OCTOBER, list(world.people.values()), received_on=date(2026, 11, 3), signed=True)


def test_what_is_missing_is_named_with_its_place(world: Ground) -> None:
    everybody = list(world.people.values())
    as_planned(world.ctx, OCTOBER.first, OCTOBER.last, everybody)
    world.type("F0002", october(6), "")
    world.type("F0002", october(8), "")
    set_sheets(world.ctx, OCTOBER, everybody[:1], received_on=date(2026, 11, 3), signed=True)
    set_sheets(world.ctx, OCTOBER, everybody[2:], received_on=date(2026, 11, 3))
    plan = plan_closing(world.ctx, OCTOBER)
    second, third = everybody[1:]
    assert plan.missing == (
        Missing("open_days", second, "F0002", "DELANNOY Zoé", october(6), 2, 720),
        Missing("no_sheet", second, "F0002", "DELANNOY Zoé"),
        Missing("not_signed", third, "F0003", "KOWALCZYK Zoé"),
    )
    assert (plan.people, plan.balance, plan.can_close, plan.needs_note) == (3, -720, True, True)
    assert plan.differing == 0
    world.type("F0001", october(5), "3")
    assert (plan_closing(world.ctx, OCTOBER).balance, plan_closing(world.ctx, OCTOBER).differing) == (-960, -240)
    world.type("F0001", october(5), "7")
    with pytest.raises(UserError) as refused:
        close_month(world.ctx, OCTOBER, note="  ")
    assert refused.value.code == "month_incomplete"
    close_month(world.ctx, OCTOBER, note="feuille perdue")
    assert world.grid().closing_note == "feuille perdue"


def test_the_figures_stand_still_when_the_rules_change(world: Ground) -> None:
    complete(world)
    before = [(row.planned, row.done, row.absent, row.balance) for row in world.grid().people]
    close_month(world.ctx, OCTOBER)
    assert world.grid().closed_on == date(2026, 11, 12)
    world.set_terms("F0001", weekly_hours=2000)
    row = world.row("F0001")
    assert (row.planned, row.done, row.absent, row.balance) == before[0]
    assert row.cells[0].target == 240
    reopen_month(world.ctx, OCTOBER, reason="feuille rectifiée")
    assert world.row("F0001").planned != before[0][0]
    assert world.grid().closed_on is None
    entry = world.store.entries(1)[0]
    assert (entry.action, entry.params["reason"]) == ("closing.reopen", "feuille rectifiée")


def test_closing_and_reopening_are_undone_in_one_step(world: Ground) -> None:
    complete(world)
    sheets = world.rows(t.month_sheet)
    close_month(world.ctx, OCTOBER)
    closed = (world.rows(t.month_sheet), world.rows(t.month_closing))
    reopen_month(world.ctx, OCTOBER, reason="oubli")
    world.store.undo()
    assert [{**row, "version": 0} for row in world.rows(t.month_sheet)] == [{**row, "version": 0} for row in closed[0]]
    assert world.grid().closed_on == date(2026, 11, 12)
    world.store.undo()
    assert [{**row, "version": 0} for row in world.rows(t.month_sheet)] == [{**row, "version": 0} for row in sheets]
    assert world.grid().closed_on is None


def test_a_month_cannot_be_closed_twice_nor_before_it_is_over(world: Ground) -> None:
    complete(world)
    close_month(world.ctx, OCTOBER)
    with pytest.raises(UserError) as refused:
        close_month(world.ctx, OCTOBER)
    assert refused.value.code == "month_closed_already"
    with pytest.raises(UserError) as refused:
        close_month(world.ctx, OCTOBER.plus(1), note="déjà")
    assert refused.value.code == "month_not_over"
    assert not plan_closing(world.ctx, OCTOBER.plus(1)).can_close
    world.clock.moment = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    close_month(world.ctx, OCTOBER.plus(1), note="tôt")


def test_reopening_needs_a_closed_month_and_a_reason(world: Ground) -> None:
    with pytest.raises(UserError) as refused:
        reopen_month(world.ctx, OCTOBER, reason="x")
    assert refused.value.code == "month_open"
    close_month(world.ctx, OCTOBER, note="essai")
    with pytest.raises(UserError) as refused:
        reopen_month(world.ctx, OCTOBER, reason=" ")
    assert refused.value.code == "no_reason"


def test_sheets_come_are_signed_and_scanned(world: Ground) -> None:
    first, second, _ = world.people.values()
    set_sheets(world.ctx, OCTOBER, [first, second], received_on=date(2026, 11, 3))
    assert [row.sheet.received_on for row in world.grid().people] == [date(2026, 11, 3), date(2026, 11, 3), None]
    set_sheets(world.ctx, OCTOBER, [first], received_on=date(2026, 11, 3), signed=True)
    attach_sheet(world.ctx, OCTOBER, second, "scan.pdf", b"%PDF-1")
    assert [(row.sheet.signed, row.sheet.attachments) for row in world.grid().people[:2]] == [(True, 0), (False, 1)]
    attach_sheet(world.ctx, OCTOBER, world.people["F0003"], "scan.pdf", b"%PDF-2")
    assert world.row("F0003").sheet.received_on == date(2026, 11, 12)
    set_sheets(world.ctx, OCTOBER, [first], received_on=None, signed=True)
    assert (world.row("F0001").sheet.received_on, world.row("F0001").sheet.signed) == (None, False)
    with pytest.raises(UserError) as refused:
        set_sheets(world.ctx, OCTOBER, [first], received_on=date(2027, 1, 1))
    assert refused.value.code == "bad_value"
    with pytest.raises(UserError) as refused:
        attach_sheet(world.ctx, OCTOBER, b"?" * 16, "scan.pdf", b"%PDF-3")
    assert refused.value.code == "gone"


def test_a_scan_may_be_attached_to_a_closed_month(world: Ground) -> None:
    complete(world)
    close_month(world.ctx, OCTOBER)
    with pytest.raises(UserError) as refused:
        set_sheets(world.ctx, OCTOBER, [world.people["F0001"]], received_on=date(2026, 11, 4))
    assert refused.value.code == "month_closed"
    attach_sheet(world.ctx, OCTOBER, world.people["F0001"], "scan.pdf", b"%PDF-1")
    assert world.row("F0001").sheet.attachments == 1


def test_history_cannot_change_a_closed_month_behind_its_back(world: Ground) -> None:
    complete(world)
    world.type("F0001", october(5), "6")
    typed = world.store.journal_head()
    world.type("F0001", october(6), "CP")
    absent = world.store.journal_head()
    world.insert(t.site, code="LO", name="Loos")  # something else, so that undo is not the last step's
    elsewhere = world.store.journal_head()
    close_month(world.ctx, OCTOBER)
    for number in (typed, absent):
        with pytest.raises(UserError) as refused:
            world.store.undo(number)
        assert refused.value.code == "month_closed"
    world.store.undo(elsewhere)
    reopen_month(world.ctx, OCTOBER, reason="erreur")
    world.store.undo(typed)
    assert world.cell("F0001", october(5)).text() == "7"


def test_no_action_can_forget_that_a_month_is_closed(world: Ground) -> None:
    complete(world)
    activity = world.activity("JAR")
    close_month(world.ctx, OCTOBER)
    person_id = world.people["F0001"]
    kept = {table: world.rows(table) for table in (t.attendance, t.absence_day, t.shift, t.month_sheet)}
    done, sheet = kept[t.attendance][0], kept[t.month_sheet][0]

    def move(tx: Write, day: date) -> None:
        tx.update(t.attendance, tx.insert(t.attendance, later), {"day": day})

    later: dict[str, Value] = {"person_id": person_id, "day": date(2026, 11, 3), "minutes": 60}
    planned: dict[str, Value] = {
        "person_id": person_id,
        "day": october(3),
        "activity_id": activity,
        "start_minute": 480,
        "end_minute": 540,
    }
    changes: list[Callable[[Write], object]] = [
        lambda tx: tx.insert(t.attendance, {**later, "day": october(3)}),
        lambda tx: tx.update(t.attendance, done["id"], {"minutes": 1}),
        lambda tx: tx.update(t.attendance, done["id"], {"day": date(2026, 11, 4)}),
        lambda tx: tx.delete(t.attendance, done["id"]),
        lambda tx: tx.update(t.month_sheet, sheet["id"], {"done_minutes": 0}),
        lambda tx: tx.insert(t.shift, planned),
        lambda tx: move(tx, october(4)),
    ]
    for change in changes:
        with pytest.raises(UserError) as refused, world.store.write("test") as tx:
            change(tx)
        assert refused.value.code == "month_closed"
    assert {table: world.rows(table) for table in kept} == kept
    with world.store.write("test") as tx:
        move(tx, date(2026, 11, 4))


def test_a_double_found_after_closing_is_merged_once_the_month_is_open_again(world: Ground) -> None:
    double = world.insert(t.person, staff_number="X-1", name="Delannoy", first_names="Zoé", folded="delannoy zoe")
    world.insert(t.attendance, person_id=double, day=october(3), minutes=60)
    close_month(world.ctx, OCTOBER, note="le doublon se voit plus tard")
    keep = world.people["F0002"]
    before = world.rows(t.attendance)
    for ask in (plan_merge, merge):
        with pytest.raises(UserError) as refused:
            ask(world.ctx, keep, double)
        assert (refused.value.code, refused.value.params) == ("month_closed", {"month": OCTOBER})
    assert world.rows(t.attendance) == before
    reopen_month(world.ctx, OCTOBER, reason="un doublon")
    plan_merge(world.ctx, keep, double)
    merge(world.ctx, keep, double)
    assert [row["person_id"] for row in world.rows(t.attendance)] == [keep]
