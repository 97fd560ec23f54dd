"""Closing a month: what is missing first, then the figures stand still until somebody reopens it and says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.queries.attendance import closing_of, month_grid, sheet_keys
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import month_closing, month_sheet

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance_rows import MonthGrid, PersonMonth
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed, Value

OPEN_DAYS, NO_SHEET, NOT_SIGNED = "open_days", "no_sheet", "not_signed"

POINTS = {
    OPEN_DAYS: N_("Days without hours or absence"),
    NO_SHEET: N_("Month sheet missing"),
    NOT_SIGNED: N_("Month sheet not signed"),
}
"""What may be missing in a month, in words."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a person's month lacks: for open days the first of them, how many, and their minutes."""

    code: str
    person_id: bytes
    staff_number: str
    list_name: str
    day: date | None = None
    days: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class ClosingPlan:
    """A month to be closed: what is missing, and the sums in minutes that would stand still.

    `over`: the month is over, so that it can be closed at all; `needs_note`: only with a reason.
    """

    month: Month
    over: bool
    closed_on: date | None
    missing: tuple[Missing, ...]
    people: int
    planned: int
    done: int
    absent: int

    @property
    def balance(self) -> int:
        """What neither work nor absence explains, in minutes."""
        return self.done + self.absent - self.planned

    @property
    def differing(self) -> int:
        """The part of the balance that lies in what was entered, not in days of which nothing is known, in minutes."""
        return self.balance + sum(each.minutes for each in self.missing)

    @property
    def needs_note(self) -> bool:
        """Whether it can only be closed by saying why."""
        return bool(self.missing)

    @property
    def can_close(self) -> bool:
        """Whether it can be closed, with a note where one is needed."""
        return self.over and self.closed_on is None


def plan_closing(ctx: Context, month: Month) -> ClosingPlan:
    """Say what a month lacks before it is closed, person by person."""
    with ctx.store.read() as connection:
        return plan_of(ctx, month_grid(connection, month))


def close_month(ctx: Context, month: Month, *, note: str = "") -> Changed:
    """Close a month: each person's planned, worked and absent time stands still; one step.

    Raises UserError `month_not_over`, `month_closed_already`, or `month_incomplete` when something is missing and no
    note says why it is closed all the same.
    """
    with ctx.store.write("closing.close", initiator=ctx.initiator) as tx:
        grid = month_grid(tx.connection, month)
        plan = plan_of(ctx, grid)
        if not plan.over:
            raise UserError(
                "month_not_over",
                N_("{month} is not over: its last day is {last}."),
                N_("Close it from that day on."),
                params={"month": month, "last": month.last},
            )
        if plan.closed_on is not None:
            raise UserError(
                "month_closed_already",
                N_("{month} was closed on {day}."),
                N_("There is nothing to do."),
                params={"month": month, "day": plan.closed_on},
            )
        if plan.needs_note and not note.strip():
            raise UserError(
                "month_incomplete",
                N_("{month} lacks something in {count} places, first of all for {person}."),
                N_("Complete it, or say why it is closed all the same."),
                params={"month": month, "count": len(plan.missing), "person": plan.missing[0].list_name},
            )
        tx.insert(
            month_closing, {"month": str(month), "closed_on": ctx.clock.now().date(), "note": " ".join(note.split())}
        )
        known = sheet_keys(tx.connection, month)
        figures: dict[bytes, dict[str, Value]] = {
            row.person_id: {"planned_minutes": row.planned, "done_minutes": row.done, "absent_minutes": row.absent}
            for row in grid.people
        }
        tx.update_many(month_sheet, {known[key][0]: each for key, each in figures.items() if key in known})
        new = [{"person_id": key, "month": str(month), **each} for key, each in figures.items() if key not in known]
        tx.insert_many(month_sheet, new)
        tx.params |= {"month": month, "count": plan.people, "missing": len(plan.missing)}
    return tx.changed


def reopen_month(ctx: Context, month: Month, *, reason: str) -> Changed:
    """Open a closed month again and keep the reason in the history; its figures are counted anew."""
    with ctx.store.write("closing.reopen", initiator=ctx.initiator) as tx:
        found = closing_of(tx.connection, month)
        if found is None:
            raise UserError(
                "month_open",
                N_("{month} is not closed."),
                N_("There is nothing to do."),
                params={"month": month},
            )
        if not reason.strip():
            raise UserError(
                "no_reason",
                N_("A month is reopened with a reason, which the history keeps."),
                N_("Say why in a few words."),
                params={"month": month},
            )
        tx.delete(month_closing, found.id)
        nothing: dict[str, Value] = {"planned_minutes": None, "done_minutes": None, "absent_minutes": None}
        tx.update_many(month_sheet, {key: nothing for key, _ in sheet_keys(tx.connection, month).values()})
        tx.params |= {"month": month, "reason": " ".join(reason.split())}
    return tx.changed


def plan_of(ctx: Context, grid: MonthGrid) -> ClosingPlan:
    """Say what a month lacks, its attendance being read already."""
    month = grid.month
    missing = tuple(each for row in grid.people for each in _missing(row, month))
    return ClosingPlan(
        month,
        ctx.clock.now().date() >= month.last,
        grid.closed_on,
        missing,
        len(grid.people),
        sum(row.planned for row in grid.people),
        sum(row.done for row in grid.people),
        sum(row.absent for row in grid.people),
    )


def _missing(row: PersonMonth, month: Month) -> list[Missing]:
    who = (row.person_id, row.staff_number, row.list_name)
    days = [index for index, cell in enumerate(row.cells) if cell.planned_only]
    found = []
    if days:
        minutes = sum(row.cells[index].open for index in days)
        found.append(Missing(OPEN_DAYS, *who, month.first.replace(day=days[0] + 1), len(days), minutes))
    if row.planned or row.done:
        if row.sheet.received_on is None:
            found.append(Missing(NO_SHEET, *who))
        elif not row.sheet.signed:
            found.append(Missing(NOT_SIGNED, *who))
    return found
