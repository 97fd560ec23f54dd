"""Plans out and in as Excel or CSV: a list with a row a shift; told first, then taken in as one step.

Rows that are planned already change nothing, so that a list can be taken in again; one that overlaps the same person's
shift in the same activity gives it its new times, so that a list can be edited between.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.planning import LATEST_END
from ltu_desktop.actions.who import People
from ltu_desktop.documents import names
from ltu_desktop.documents.list_reports import Issue
from ltu_desktop.documents.plan_report import report
from ltu_desktop.intake.plan_list import read_plan
from ltu_desktop.intake.tables import read_grids
from ltu_desktop.queries import claim_cards
from ltu_desktop.queries.calendars import Places
from ltu_desktop.queries.planning import shifts_of
from ltu_desktop.rules.attendance import refusal
from ltu_desktop.rules.errors import N_, Problem, UserError
from ltu_desktop.rules.text import fold
from ltu_desktop.store.closed import closed_months
from ltu_desktop.store.tables import shift
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.documents.report import Report
    from ltu_desktop.intake.plan_list import PlanLine
    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.store.journal import Changed

FORMATS = ("xlsx", "csv", "pdf")


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift that a list brings."""

    person_id: bytes
    day: date
    start: int
    end: int
    pause: int
    activity_id: bytes
    site_id: bytes | None


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A row that is not taken: its number in the file, what it says, why."""

    row: int
    text: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class ChangedShift:
    """A shift of the file, in the version that was looked at, and what a list makes of it."""

    id: bytes
    version: int
    shift: NewShift


@dataclass(frozen=True)
class PlanImport:
    """What a list would do: shifts to add and to change, rows planned already, rows refused, columns left out."""

    file: str
    shifts: tuple[NewShift, ...]
    changes: tuple[ChangedShift, ...]
    unchanged: int
    refused: tuple[RefusedLine, ...]
    ignored: tuple[str, ...]


def build(
    ctx: Context, first: date, last: date, *, site_id: bytes | None = None, language: str | None = None
) -> Report:
    """Return the plan of some days as a report, of one site when it is given."""
    words = Words(language) if language else ctx.words
    with ctx.store.read() as connection:
        places = Places.read(connection)
        rows = shifts_of(connection, first, last)
        if site_id is not None:
            rows = [each for each in rows if places.site_of(each) == site_id]
        card = claim_cards.employer_card(connection)
    issue = Issue(card.name if card else "", "", ctx.store.path.name, ctx.clock.now().date(), ctx.store.operator)
    return report(rows, places, first, last, issue, words)


def export(ctx: Context, made: Report, kind: str, path: Path) -> Path:
    """Write a plan as xlsx, csv or pdf to a file or into a folder, never over an existing one."""
    from ltu_desktop.documents.reports import render

    data = render(made, kind, Words(made.language), at=ctx.clock.now())
    folder, name = (path, names.report_file(made.name, kind)) if path.is_dir() else (path.parent, path.name)
    return names.write_new(folder, name, data)


def plan_file(ctx: Context, data: bytes, name: str) -> PlanImport:
    """Read a list of shifts (Excel, LibreOffice, CSV) and say what it would do. Writes nothing.

    Raises UserError "no_plan" for a file that is no such list.
    """
    _, tabs = read_grids(data, name)
    found = max((read_plan(rows) for rows in tabs.values()), key=lambda each: (each.known, len(each.lines)))
    if not found.known:
        raise UserError(
            "no_plan",
            N_("No list of shifts was found in this file."),
            N_("Name its columns: staff number, date, start, end, break, activity; “Export” writes an example."),
            where=name,
        )
    lines = [line for line in found.lines if not (line.who and fold(line.who[0]).startswith("total"))]
    with ctx.store.read() as connection:
        return _Reading(connection).plan(name, lines, found.ignored)


def take_in(ctx: Context, plan: PlanImport) -> Changed:
    """Plan the shifts of a list, in one step; raise UserError when one to change was changed meanwhile."""
    with ctx.store.write("planning.import", {"file": plan.file}, initiator=ctx.initiator) as tx:
        tx.params["count"] = len(plan.shifts) + len(plan.changes)
        for each in plan.changes:
            tx.update(shift, each.id, _columns(each.shift), each.version)
        tx.insert_many(shift, [_columns(each) for each in plan.shifts])
    return tx.changed


def _columns(each: NewShift) -> dict[str, Any]:
    return {
        "person_id": each.person_id,
        "day": each.day,
        "activity_id": each.activity_id,
        "site_id": each.site_id,
        "start_minute": each.start,
        "end_minute": each.end,
        "break_minutes": each.pause,
    }


@dataclass(slots=True)
class _Held:
    """A shift that stands on a day: of the file (`row`), or brought by the list; `said`: a row of the list is it."""

    shift: NewShift
    row: ShiftRow | None
    said: bool


class _Reading:
    """Rows of a list held against the file: people, activities, sites, closed months, what is planned."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._people = People(connection)
        places = Places.read(connection)
        self._sites = {fold(place.name): key for key, place in places.sites.items()}
        self._sites |= {fold(place.code): key for key, place in places.sites.items()}
        self._closed = closed_months(connection)

    def plan(self, name: str, lines: list[PlanLine], ignored: tuple[str, ...]) -> PlanImport:
        """Sort the rows into those to add, those that change one, those planned already and those refused."""
        taken = self._taken([line.day for line in lines if line.day is not None])
        added: list[NewShift] = []
        changes: list[ChangedShift] = []
        refused: list[RefusedLine] = []
        new: list[tuple[PlanLine, NewShift]] = []
        for line in lines:
            found = self._shift(line)
            if isinstance(found, Problem):
                refused.append(RefusedLine(line.row, line.text, found))
            elif same := [each for each in taken[found.person_id, found.day] if each.shift == found]:
                same[0].said = True
            else:
                new.append((line, found))
        for line, found in new:
            there = taken[found.person_id, found.day]
            crossing = [each for each in there if each.shift.start < found.end and found.start < each.shift.end]
            row = crossing[0].row if len(crossing) == 1 and not crossing[0].said else None
            if not crossing:
                added.append(found)
            elif row is not None and row.activity_id == found.activity_id:
                there.remove(crossing[0])
                changes.append(ChangedShift(row.id, row.version, found))
            elif any(each.shift == found for each in crossing):
                continue
            else:
                refused.append(RefusedLine(line.row, line.text, refusal("plan_overlap", line.text)))
                continue
            there.append(_Held(found, None, said=True))
        refused.sort(key=lambda each: each.row)
        unchanged = len(lines) - len(added) - len(changes) - len(refused)
        return PlanImport(name, tuple(added), tuple(changes), unchanged, tuple(refused), ignored)

    def _taken(self, days: list[date]) -> dict[tuple[bytes, date], list[_Held]]:
        """Return what is planned in the days of the list, by person and day."""
        taken: dict[tuple[bytes, date], list[_Held]] = defaultdict(list)
        for each in shifts_of(self._connection, min(days), max(days)) if days else ():
            known = NewShift(each.person_id, each.day, each.start, each.end, each.pause, each.activity_id, each.site_id)
            taken[each.person_id, each.day].append(_Held(known, each, said=False))
        return taken

    def _shift(self, line: PlanLine) -> NewShift | Problem:
        person_id = self._people.find(line.who, line.text)
        if isinstance(person_id, Problem):
            return person_id
        if line.day is None:
            return refusal("plan_day", line.text)
        if f"{line.day:%Y-%m}" in self._closed:
            return refusal("paste_closed", line.text)
        start, end = line.start, line.end
        if start is None or end is None or not (start < 1440 and end <= LATEST_END):
            return refusal("plan_times", line.text)
        if line.pause is None or not 0 <= line.pause < end - start:
            return refusal("plan_pause", line.text)
        activity_id = self._people.activities.get(fold(line.activity))
        if activity_id is None:
            return refusal("paste_activity", line.activity)
        site_id = self._sites.get(fold(line.site))
        if line.site and site_id is None:
            return refusal("plan_site", line.text, site=line.site)
        return NewShift(person_id, line.day, start, end, line.pause, activity_id, site_id)
