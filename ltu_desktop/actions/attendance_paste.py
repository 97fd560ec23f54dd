"""Blocks of attendance taken in: from the clipboard of a spreadsheet, or from a file; told first, then one step.

Empty cells leave the day as it is. A cell that cannot be taken is named with its place and its reason; its text stays
with the plan, so that nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from ltu_desktop.actions.attendance import IMPORTED, TYPED, CellEntry, enter, settled
from ltu_desktop.actions.attendance_cells import Cells
from ltu_desktop.actions.who import People
from ltu_desktop.intake.attendance_block import Block, read_grid, read_text
from ltu_desktop.intake.tables import read_grids
from ltu_desktop.rules.absence_kinds import SHOWN
from ltu_desktop.rules.attendance import refusal
from ltu_desktop.rules.errors import N_, Problem, UserError
from ltu_desktop.rules.text import fold
from ltu_desktop.store.closed import closed_months

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.attendance_block import BlockCell
    from ltu_desktop.queries.attendance_rows import DayHead, PersonMonth
    from ltu_desktop.rules.attendance_days import DayTarget, Outcome
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed

_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that is not taken: its place in the block (from 1), what it says, whose and when as far as known, why."""

    row: int
    column: int
    text: str
    who: str
    day: date | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that becomes something else: whose and when, what it is and what it would be, its planned time."""

    who: str
    day: date
    before: Outcome
    after: Outcome
    target: DayTarget


@dataclass(frozen=True)
class PastePlan:
    """What a block would do: cells that change, that stay as they are, that are refused; names of columns left out."""

    entries: tuple[CellEntry, ...]
    changes: tuple[CellChange, ...]
    refused: tuple[Refused, ...]
    ignored: tuple[str, ...] = ()
    file: str = ""

    @property
    def changed(self) -> int:
        """Count the cells that change."""
        return len(self.changes)

    @property
    def unchanged(self) -> int:
        """Count the cells that stay as they are."""
        return len(self.entries) - len(self.changes)


def plan_paste(
    ctx: Context, text: str, month: Month, *, person_ids: Sequence[bytes] = (), first_day: date | None = None
) -> PastePlan:
    """Read a clipboard's text and say what it would do. Writes nothing.

    Rows that name nobody go to `person_ids` in order, columns without a day to the days from `first_day` on.
    """
    return _plan(ctx, read_text(text, month), month, person_ids, first_day)


def plan_file(ctx: Context, data: bytes, name: str, month: Month) -> PastePlan:
    """Read a file (Excel, LibreOffice, CSV) of a month's attendance and say what it would do. Writes nothing.

    Of several sheets the one with most cells is read. Raises UserError for a file that names neither people nor days.
    """
    _, tabs = read_grids(data, name)
    block = max(
        (read_grid(rows, month) for rows in tabs.values()), key=lambda each: (each.named, each.dated, len(each.cells))
    )
    if not block.named or not block.dated:
        raise UserError(
            "no_attendance",
            N_("No people with their days were found in this file."),
            N_("Put names or staff numbers at the left and dates above; “Export” writes a file as an example."),
            where=name,
        )
    found = _plan(ctx, block, month, (), None)
    return replace(found, file=name)


def paste(ctx: Context, plan: PastePlan) -> Changed:
    """Take a block in, in one step: the cells that a plan found good, as they are now."""
    action, origin = ("attendance.import", IMPORTED) if plan.file else ("attendance.paste", TYPED)
    with ctx.store.write(action, initiator=ctx.initiator) as tx:
        enter(ctx, tx, plan.entries, origin)
        tx.params |= {"file": plan.file} if plan.file else {}
    return tx.changed


def copy_text(rows: Sequence[PersonMonth], days: Sequence[DayHead], *, mark: str = ",", heads: bool = False) -> str:
    """Write cells for the clipboard: tabs and lines, as pasting reads them; with heads also numbers, names and days."""
    lines = [["", "", *(head.day.isoformat() for head in days)]] if heads else []
    for row in rows:
        cells = [row.cells[head.day.day - 1].text(mark) for head in days]
        lines.append([row.staff_number, row.list_name, *cells] if heads else cells)
    return "".join("\t".join(line) + "\n" for line in lines)


def _plan(ctx: Context, block: Block, month: Month, person_ids: Sequence[bytes], first_day: date | None) -> PastePlan:
    if len(block.cells) > _MOST_CELLS:
        raise UserError(
            "too_many_cells",
            N_("{count} cells are too many to be taken in at once."),
            N_("Take it in month by month."),
            params={"count": len(block.cells)},
        )
    refused: list[Refused] = []
    with ctx.store.read() as connection:
        known = People(connection)
        activities = known.activities
        placed: list[tuple[BlockCell, CellEntry]] = []
        for cell in block.cells:
            person_id = _person(known, cell, person_ids)
            day = cell.day or (first_day + timedelta(days=cell.offset) if first_day and not block.dated else None)
            name = known.names[person_id] if isinstance(person_id, bytes) else ""
            if isinstance(person_id, Problem):
                refused.append(_refused(cell, day, "", person_id))
            elif day is None or (not block.dated and (day.year, day.month) != (month.year, month.number)):
                refused.append(_refused(cell, day, name, refusal("paste_outside", cell.text)))
            elif cell.activity and fold(cell.activity) not in activities:
                refused.append(_refused(cell, day, name, refusal("paste_activity", cell.activity)))
            else:
                activity = activities.get(fold(cell.activity)) if cell.activity else None
                placed.append((cell, CellEntry(person_id, day, cell.text, activity_id=activity)))
        entries, changes = _sort_out(ctx, connection, known.names, placed, refused)
    refused.sort(key=lambda each: (each.row, each.column))
    return PastePlan(tuple(entries), tuple(changes), tuple(refused), block.ignored)


def _sort_out(
    ctx: Context,
    connection: Connection,
    names: Mapping[bytes, str],
    placed: list[tuple[BlockCell, CellEntry]],
    refused: list[Refused],
) -> tuple[list[CellEntry], list[CellChange]]:
    """Keep the cells that can be taken, each person and day once; say what becomes of those that change something."""
    if not placed:
        return [], []
    closed = closed_months(connection)
    days = [entry.day for _, entry in placed]
    cells = Cells(ctx, connection, {entry.person_id for _, entry in placed}, min(days), max(days))
    entries: list[CellEntry] = []
    seen: set[tuple[bytes, date, bytes | None]] = set()
    changes: list[CellChange] = []
    for cell, entry in placed:
        key = entry.person_id, entry.day, entry.activity_id
        found, name = settled(cells, entry), names[entry.person_id]
        if f"{entry.day:%Y-%m}" in closed:
            refused.append(_refused(cell, entry.day, name, refusal("paste_closed", cell.text)))
        elif key in seen:
            refused.append(_refused(cell, entry.day, name, refusal("paste_again", cell.text)))
        elif isinstance(found, Problem):
            refused.append(_refused(cell, entry.day, name, found))
        elif cells.without_health and not {each.kind for each in found.absences} <= SHOWN:
            refused.append(_refused(cell, entry.day, name, refusal("paste_no_health", cell.text)))
        else:
            seen.add(key)
            entries.append(entry)
            before = cells.outcome(entry.person_id, entry.day, None if found.absences else entry.activity_id)
            if (before.done, set(before.absences)) != (found.done, set(found.absences)):
                changes.append(CellChange(name, entry.day, before, found, cells.target(entry.person_id, entry.day)))
    return entries, changes


def _person(known: People, cell: BlockCell, person_ids: Sequence[bytes]) -> bytes | Problem:
    """Return whose a cell is: of whom its row names, else of the person at its place."""
    if cell.who:
        return known.find(cell.who, cell.text)
    return person_ids[cell.place] if cell.place < len(person_ids) else refusal("paste_nobody", cell.text)


def _refused(cell: BlockCell, day: date | None, name: str, problem: Problem) -> Refused:
    return Refused(cell.row, cell.column, cell.text, name or " ".join(cell.who), day, problem)
