"""What the attendance page asks of the file, over there: reading a month, saving what was typed, filling as planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.paper_copies import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ltu_desktop.actions.absences import Absence, AbsencePlan
    from ltu_desktop.actions.attendance import AsPlanned, Recorded
    from ltu_desktop.actions.attendance_paste import PastePlan
    from ltu_desktop.actions.closing import ClosingPlan
    from ltu_desktop.actions.concordance import Concordance, Row
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.attendance_rows import DayHead, MonthGrid
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.journal import Changed, Entry
    from ltu_desktop.window.attendance_person import PersonLoaded
    from ltu_desktop.window.attendance_sendings import Sendings
    from ltu_desktop.window.attendance_sheet import GridRow, Key

LOOKS_BACK: Final = 400  # entries of the journal in which a day's name is looked for
TOLD: Final = 6  # entries of a day's history that are told
LARGE: Final = 2_000  # cells of an entry that is not looked through for one of them


@dataclass(frozen=True)
class Loaded:
    """A month with what surrounds it: names of sites, what the operator may see and do, and today.

    `rows` and `codes`, the codes of her absences, are in the order of the month's people.
    """

    grid: MonthGrid
    rows: list[GridRow]
    codes: list[set[str]]
    sites: dict[bytes, str]
    reasons: bool
    reader: bool
    today: date


def load(ctx: Context, month: Month) -> Loaded:
    """Read a month."""
    from ltu_desktop.queries.agreements import sites
    from ltu_desktop.queries.attendance import month_grid
    from ltu_desktop.store.roles import READER, WITHOUT_HEALTH
    from ltu_desktop.window.attendance_sheet import people_rows

    role = ctx.role
    with ctx.store.read() as connection:
        grid = month_grid(connection, month, reasons=role != WITHOUT_HEALTH, language=ctx.words.language)
        places = {each.id: each.name for each in sites(connection)}
    rows = people_rows(grid, mark=ctx.words.mark)
    codes = [{cell.code for cell in person.cells if cell.absences} - {""} for person in grid.people]
    return Loaded(grid, rows, codes, places, role != WITHOUT_HEALTH, role == READER, ctx.clock.now().date())


def save(ctx: Context, days: Sequence[DayHead], texts: Mapping[tuple[Key, int], str]) -> Recorded:
    """Enter what was typed, in one step."""
    from ltu_desktop.actions.attendance import CellEntry, record

    entries = [
        CellEntry(person, days[column].day, text=text, activity_id=activity)
        for ((person, activity), column), text in texts.items()
    ]
    return record(ctx, entries)


def ask_as_planned(ctx: Context, first: date, last: date, people: Sequence[bytes]) -> AsPlanned:
    """Count what "as planned" would fill."""
    from ltu_desktop.actions.attendance import plan_as_planned

    return plan_as_planned(ctx, first, last, people)


def fill_as_planned(ctx: Context, plan: AsPlanned) -> Recorded:
    """Fill what was counted."""
    from ltu_desktop.actions.attendance import as_planned

    return as_planned(ctx, plan.first, plan.last, plan.person_ids)


# ---- a person's month ----


def load_person(ctx: Context, person_id: bytes, number: str, sheet_id: bytes | None, day: date) -> PersonLoaded:
    """Read what the panel shows of a person's month: scans of her sheet, and who changed a day."""
    from ltu_desktop.queries.attachments import attachments
    from ltu_desktop.window.attendance_person import PersonLoaded

    with ctx.store.read() as connection:
        papers = attachments(connection, "month_sheet", sheet_id, ctx.role) if sheet_id is not None else []
    return PersonLoaded(tuple(papers), cell_history(ctx, person_id, number, day))


def cell_history(ctx: Context, person_id: bytes, number: str, day: date) -> tuple[str, ...]:
    """Say who changed a person's day, the latest first: what touched its rows, and what names the day."""
    from ltu_desktop.actions.journal_words import PHRASES, sentence
    from ltu_desktop.queries.attendance import day_keys

    with ctx.store.read() as connection:
        keys = day_keys(connection, person_id, day)
    found = {entry.number: entry for key in keys for entry in ctx.store.entries(row_id=key)}
    for entry in ctx.store.entries(limit=LOOKS_BACK):
        params = entry.params
        if params.get("person") == number and entry.action.startswith(("attendance.", "absences.")):
            first, last = params.get("first", params.get("day")), params.get("last", params.get("day"))
            if isinstance(first, date) and isinstance(last, date) and first <= day <= last:
                found[entry.number] = entry
    latest = sorted(found.values(), key=lambda entry: entry.number, reverse=True)[:TOLD]
    turns, today = _turns(ctx, latest, person_id, day), ctx.clock.now().date()
    return tuple(
        " · ".join(part for part in (turn, sentence(ctx.words, entry, today)) if part)
        for entry, turn in zip(latest, turns, strict=True)
        if entry.action in PHRASES
    )


def _turns(ctx: Context, latest: Sequence[Entry], person_id: bytes, day: date) -> list[str]:
    """Say for each entry what a person's day was and became, from the present back; an entry too large ends it."""
    from ltu_desktop.queries.attendance import day_rows

    with ctx.store.read() as connection:
        rows = day_rows(connection, person_id, day)
    found: list[str] = []
    for entry in latest:
        cells = entry.params.get("cells", 1)
        if not isinstance(cells, int) or cells > LARGE:
            break
        after = _day_text(ctx, rows)
        for change in reversed(ctx.store.changes(entry.number)):
            whole = change.before or change.after or {}
            if change.id not in rows and (whole.get("person_id"), whole.get("day")) != (person_id, day):
                continue
            kind, minutes = rows.pop(change.id, ("", 0))
            if change.before is not None:
                was = change.before.get("minutes", minutes)
                rows[change.id] = str(change.before.get("kind", kind)), was if isinstance(was, int) else 0
        before = _day_text(ctx, rows)
        found.append(f"{before} → {after}" if before != after else "")
    return found + [""] * (len(latest) - len(found))


def _day_text(ctx: Context, rows: Mapping[bytes, tuple[str, int]]) -> str:
    """Write a day's hours and codes of absence, as far as the operator may see these."""
    from ltu_desktop.rules.absence_kinds import PAPER, SHOWN, chip
    from ltu_desktop.rules.attendance import show_minutes
    from ltu_desktop.store.roles import WITHOUT_HEALTH

    done = [minutes for kind, minutes in rows.values() if not kind]
    kinds = sorted({kind for kind, _ in rows.values() if kind})
    codes = [chip(kind) if kind in SHOWN or ctx.role != WITHOUT_HEALTH else PAPER for kind in kinds]
    hours = [show_minutes(sum(done), ctx.words.mark)] if done else []
    return " ".join(hours + codes) or ctx.words.term("cell", "empty")


def set_sheet(ctx: Context, month: Month, person_id: bytes, *, received: bool, signed: bool) -> Changed:
    """Note that a sheet came today, signed or not, or that it did not come."""
    from ltu_desktop.actions.sheets import set_sheets

    today = ctx.clock.now().date() if received else None
    return set_sheets(ctx, month, [person_id], received_on=today, signed=signed)


def attach_scan(ctx: Context, month: Month, person_id: bytes, path: Path) -> bytes:
    """Attach the scan of a sheet."""
    from ltu_desktop.actions.sheets import attach_sheet

    return attach_sheet(ctx, month, person_id, path.name, read_file(path))


# ---- absences ----


def ask_absence(ctx: Context, absence: Absence) -> AbsencePlan:
    """Say what an absence comes to."""
    from ltu_desktop.actions.absences import plan_absence

    return plan_absence(ctx, absence)


def save_absence(ctx: Context, absence: Absence, proof: Path | None) -> Changed:
    """Save an absence with its proof."""
    from ltu_desktop.actions.absences import record_absence
    from ltu_desktop.rules.absence_kinds import SHOWN

    content = (proof.name, read_file(proof)) if proof is not None else None
    kind = "other" if absence.kind in SHOWN else "sick_note"
    return record_absence(ctx, absence, proof=content, proof_kind=kind)


def take_absence_off(ctx: Context, person_id: bytes, first: date, last: date, kind: str) -> Changed:
    """Take an absence off."""
    from ltu_desktop.actions.absences import remove_absence

    return remove_absence(ctx, person_id, first, last, kind)


# ---- closing ----


def ask_closing(ctx: Context, month: Month) -> ClosingPlan:
    """Say what the month lacks."""
    from ltu_desktop.actions.closing import plan_closing

    return plan_closing(ctx, month)


def close_month(ctx: Context, month: Month, note: str) -> Changed:
    """Close the month."""
    from ltu_desktop.actions.closing import close_month as close

    return close(ctx, month, note=note)


def open_month(ctx: Context, month: Month, reason: str) -> Changed:
    """Open the month again."""
    from ltu_desktop.actions.closing import reopen_month

    return reopen_month(ctx, month, reason=reason)


# ---- the three-way match ----


def load_match(ctx: Context, month: Month) -> Concordance:
    """Hold timesheet, payroll and claim of a month against each other."""
    from ltu_desktop.actions.concordance import review

    return review(ctx, month)


def accept(ctx: Context, month: Month, row: Row, note: str) -> Changed:
    """Keep the causes of a person's difference as found out."""
    from ltu_desktop.actions.concordance import accept as keep

    return keep(ctx, month, row.person_id, row.match.reasons, note=note)


def take_back(ctx: Context, month: Month, row: Row) -> Changed:
    """Take accepted causes back."""
    from ltu_desktop.actions.concordance import take_back as forget

    return forget(ctx, month, row.person_id)


# ---- to the accountant ----


def load_sendings(ctx: Context, month: Month) -> Sendings:
    """Read what would be sent, what was, and what changed since."""
    from ltu_desktop.actions import variables
    from ltu_desktop.documents.variables_report import column_name
    from ltu_desktop.rules.variables import KEYS
    from ltu_desktop.window.attendance_columns import Heading
    from ltu_desktop.window.attendance_sendings import Sendings
    from ltu_desktop.window.reports_measure import extents

    words = ctx.words
    report = variables.build(ctx, month)
    with ctx.store.read() as connection:
        layout = variables.layout(connection)
    names, ours = dict(layout.columns), replace(layout, columns=())
    table = next((each for each in report.tables if each.key == "changes"), None)
    changes = tuple(
        words.text(
            N_("{name}, {figure}: {before} → {after}"),
            name=cells[1],
            figure=cells[2],
            before=cells[3] or "–",
            after=cells[4] or "–",
        )
        for cells in (line.cells for line in (table.rows if table is not None else ()))
    )
    return Sendings(
        report,
        {each.key: extents(each, words, report.currency) for each in report.tables},
        tuple(Heading(key, column_name(key, ours, words), names.get(key, "")) for key in KEYS),
        tuple(key for key, _ in layout.columns),
        tuple((each.at, each.name) for each in variables.sendings(ctx, month)),
        changes,
    )


def choose_columns(ctx: Context, columns: Sequence[tuple[str, str]]) -> Changed:
    """Choose the columns that are sent, key and given name of each, in their order."""
    from ltu_desktop.actions import variables

    with ctx.store.read() as connection:
        kinds = variables.layout(connection).kinds
    return variables.set_layout(ctx, columns, kinds)


def write_variables(ctx: Context, month: Month, kind: str, folder: Path, *, send: bool) -> Path:
    """Write the variables into a folder, and with `send` keep them as sent."""
    from ltu_desktop.actions import variables

    return (variables.send if send else variables.export)(ctx, month, kind, folder)


# ---- in and out ----


def plan_file(ctx: Context, path: Path, month: Month) -> PastePlan:
    """Say what a file of attendance would do."""
    from ltu_desktop.actions import attendance_paste

    return attendance_paste.plan_file(ctx, read_file(path), path.name, month)


def plan_block(ctx: Context, text: str, month: Month, people: Sequence[bytes], first: date) -> PastePlan:
    """Say what a block with heads would do; rows and columns that name nothing go on from the chosen cell."""
    from ltu_desktop.actions import attendance_paste

    return attendance_paste.plan_paste(ctx, text, month, person_ids=people, first_day=first)


def take_in(ctx: Context, plan: PastePlan) -> Changed:
    """Take in what was shown."""
    from ltu_desktop.actions import attendance_paste

    return attendance_paste.paste(ctx, plan)


def export(ctx: Context, month: Month, kind: str, folder: Path, site: bytes | None, team: bytes | None) -> Path:
    """Write the month into a folder, as the filters leave it."""
    from ltu_desktop.actions import attendance_export

    made = attendance_export.build(ctx, month, site_id=site, activity_id=team)
    return attendance_export.export(ctx, made, kind, folder)
