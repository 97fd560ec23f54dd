"""Reports: read the file, ask the rules, give one report value; write it as PDF, workbook or CSV.

`build` gives the value that a page shows; `export` writes the same value, filtered and ordered as the page shows it.
Nothing is written into the employer's file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ltu_desktop.actions.claims import HOME_SCHEME
from ltu_desktop.documents import names
from ltu_desktop.documents.list_reports import Issue, MonthFte
from ltu_desktop.queries import claim_cards, claim_facts
from ltu_desktop.queries import reports as rows
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.packs import load as load_pack
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.worked import worked
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.documents.list_reports import Shown
    from ltu_desktop.documents.report import Report
    from ltu_desktop.rules.worked import Worked

KINDS = ("register", "fte", "hours", "activities", "statement")
"""The reports there are."""

FORMATS = ("pdf", "xlsx", "csv")
"""The kinds of file, which are also their endings."""

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Options:
    """What a report is about: a year; for the register a day (`start` = `end`), a period or a year.

    `shown` are the keys of the rows that a screen shows, in its order (None: all), `said` how it names its filter.
    `version` is a sealed version of the yearly statement (0: as the file stands now).
    """

    year: int | None = None
    start: date | None = None
    end: date | None = None
    shown: Shown = None
    said: str = ""
    version: int = 0

    @classmethod
    def on(cls, day: date) -> Options:
        """Ask for a day."""
        return cls(start=day, end=day)


@dataclass(frozen=True)
class Exported:
    """A file that was written."""

    path: Path
    kind: str
    sha256: str


def build(ctx: Context, kind: str, options: Options, language: str | None = None, scheme: str = HOME_SCHEME) -> Report:
    """Return a report (one of `KINDS`) in the document's language.

    Raises UserError "no_year" without a usable year, "wrong_period" for a period that ends before it starts.
    """
    words = Words(language) if language else ctx.words
    today = ctx.clock.now().date()
    with ctx.store.read() as connection:
        issue = _issue(ctx, connection, options)
        if kind == "register":
            from ltu_desktop.documents.list_reports import register

            start, end = _span(options)
            return register(rows.staff(connection).during(start, end), start, end, issue, words, options.shown)
        year = _year(options.year)
        if kind == "fte":
            from ltu_desktop.documents.list_reports import fte

            return fte(year, _fte_months(connection, year, scheme), issue, words, options.shown)
        if kind == "hours":
            from ltu_desktop.documents.list_reports import hours

            return hours(year, rows.paid_hours(connection, year), issue, words, options.shown)
        if kind == "activities":
            from ltu_desktop.documents.activity_report import activities
            from ltu_desktop.queries.analytic import by_activity

            return activities(year, by_activity(connection, year, scheme), issue, words, options.shown)
        if kind == "statement":
            from ltu_desktop.actions.report_year import statement as work_out
            from ltu_desktop.documents.statement_report import statement

            if options.version:
                from ltu_desktop.actions.statements import read_statement

                told, seal = read_statement(connection, year, options.version)
                return statement(told, replace(issue, author=""), words, seal)
            return statement(work_out(connection, year, scheme, today), issue, words)
    raise ValueError(f"no such report: {kind}")


def years(ctx: Context) -> list[int]:
    """Return the years that there is something to report of, the latest first."""
    with ctx.store.read() as connection:
        return rows.years(connection)


def file_name(report: Report, kind: str) -> str:
    """Name a report's file of one kind: `releve-cde-2026-v1.pdf`."""
    return names.report_file(report.name, kind, draft=report.draft)


def export(ctx: Context, report: Report, kind: str, path: Path) -> Exported:
    """Write a report to a file or into a folder, never over an existing one; raise UserError "cannot_write"."""
    from ltu_desktop.documents.reports import render

    data = render(report, kind, Words(report.language), at=report.at or ctx.clock.now())
    folder, name = (path, file_name(report, kind)) if path.is_dir() else (path.parent, path.name)
    return Exported(names.write_new(folder, name, data), kind, hashlib.sha256(data).hexdigest())


# ---------------------------------------------------------------- what reports are asked about


def _year(year: int | None) -> int:
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError("no_year", N_("this report needs a year."), mend=N_("Give one with four digits, such as 2026."))
    return year


def _span(options: Options) -> tuple[date, date]:
    if options.end is None:
        year = _year(options.year)
        return date(year, 1, 1), date(year, 12, 31)
    start = options.start or options.end
    if start > options.end:
        raise UserError(
            "wrong_period",
            N_("the period ends on {end}, before it starts on {start}."),
            mend=N_("Swap the two days."),
            params={"start": start, "end": options.end},
        )
    return start, options.end


def _issue(ctx: Context, connection: Connection, options: Options) -> Issue:
    from ltu_desktop.documents.claim_front import grouped

    card = claim_cards.employer_card(connection)
    return Issue(
        owner=(card.name if card else "").split(",")[0],  # what follows a comma is its legal form
        owner_line=f"SIRET {grouped(card.siret)}" if card and card.siret else "",
        file=ctx.store.path.name,
        day=ctx.clock.now().date(),
        author=ctx.store.operator,
        said=options.said,
    )


def _fte_months(connection: Connection, year: int, scheme: str) -> list[MonthFte]:
    """Return the year's months up to the last one with payroll, each under its own terms."""
    from ltu_desktop.actions.report_year import stock

    pack = load_pack(scheme)
    months = [Month(year, number) for number in range(1, 13)]
    source = claim_facts.load(connection, months[0], months[-1], scheme)
    staff = rows.staff(connection)
    paid = {name for worker in source.workers for name in worker.months}
    last = max((number for number, month in enumerate(months, 1) if str(month) in paid), default=0)
    found: list[MonthFte] = []
    so_far: Worked | None = None
    for month in months[:last]:
        there = staff.during(month.last, month.last)
        facts = source.facts(month)
        now = worked(pack, facts) if str(month) in paid else None
        ceiling = facts.agreement.ceiling_fte if facts.agreement is not None else None
        if now is not None:
            so_far = now if so_far is None else so_far.and_(now)
        main, other = (stock(there, status) for status in (pack.scheme.main_status, pack.scheme.other_status))
        found.append(MonthFte(month, main, other, now, so_far, ceiling))
    return found
