"""What the reports page asks of the file, on the worker: build a report as its options want it, draw it, write it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.text import fold
from ltu_desktop.window.reports_measure import Extent, extents

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.reports import Exported, Options
    from ltu_desktop.documents.report import Report, Row, Table
    from ltu_desktop.documents.statement_figures import Seal

DAY, YEAR = "day", "year"
ORDERS = {"register": ("name", "site", "job")}
"""Columns that a report may be ordered by, besides its own order."""


@dataclass(frozen=True)
class Ask:
    """What is to be shown: a report, its day (the register's) or its year, the filter and the order of its rows.

    `version` is a sealed version of the yearly statement (0: as the file stands now).
    """

    kind: str
    year: int
    day: date | None = None
    status: str = ""
    site: str = ""
    order: str = ""
    version: int = 0


@dataclass(frozen=True)
class Shown:
    """A report as the screen shows it, hence as it is written; and the values that its filters may take.

    `sealed` are the sealed versions of the year's statement with the moment of their seal, the latest first;
    `extents` are those of each table's columns, by its key.
    """

    ask: Ask
    report: Report
    years: tuple[int, ...]
    statuses: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    sealed: tuple[tuple[int, datetime], ...] = ()
    extents: Mapping[str, tuple[Extent, ...]] = field(default_factory=dict)


def load_report(ctx: Context, ask: Ask) -> Shown:
    """Build a report with all that the screen shows of it."""
    shown = _load(ctx, ask)
    report = shown.report
    return replace(shown, extents={table.key: extents(table, ctx.words, report.currency) for table in report.tables})


def _load(ctx: Context, ask: Ask) -> Shown:
    """Build a report; filtered or ordered rows are built again, so that totals and notes speak of them alone."""
    from ltu_desktop.actions import reports

    years = tuple(reports.years(ctx))
    if ask.kind == "statement":
        return _statement(ctx, ask, years)
    whole = reports.build(ctx, ask.kind, _options(ask))
    if ask.kind not in {"register", "hours"}:
        return Shown(ask, whole, years)
    table = whole.table(ask.kind)
    statuses, sites = _values(table, "status"), _values(table, "site")
    status = ask.status if ask.status in statuses else ""
    site = ask.site if ask.site in sites else ""
    order = ask.order if ask.order in ORDERS.get(ask.kind, ()) else ""
    if not (status or site or order):
        return Shown(ask, whole, years, statuses, sites)
    rows = [
        row
        for row in table.rows
        if (not status or _text(table, row, "status") == status) and (not site or _text(table, row, "site") == site)
    ]
    if order:
        rows.sort(key=lambda row: fold(_text(table, row, order)))
    words = ctx.words
    said = [
        f"{words.text(name)}{words.colon} {value}"
        for name, value in ((N_("Status"), status), (N_("Site"), site))
        if value
    ]
    keys = tuple(row.key for row in rows)
    return Shown(ask, reports.build(ctx, ask.kind, _options(ask, keys, " · ".join(said))), years, statuses, sites)


def on_paper(ctx: Context, shown: Shown) -> Report:
    """Return the report that is shown in the language of the documents: the same rows in the same order."""
    from ltu_desktop.actions import reports

    words = ctx.paper
    if words.language == shown.report.language:
        return shown.report
    paper, ask = replace(ctx, words=words), shown.ask
    if not (ask.status or ask.site or ask.order):
        return reports.build(paper, ask.kind, _options(ask))
    keys = tuple(row.key for row in shown.report.table(ask.kind).rows)
    table = reports.build(paper, ask.kind, _options(ask, keys)).table(ask.kind)
    said = [
        f"{words.text(name)}{words.colon} {_text(table, row, column)}"
        for row in table.rows[:1]
        for name, column, wanted in ((N_("Status"), "status", ask.status), (N_("Site"), "site", ask.site))
        if wanted
    ]
    return reports.build(paper, ask.kind, _options(ask, keys, " · ".join(said)))


def _statement(ctx: Context, ask: Ask, years: tuple[int, ...]) -> Shown:
    """Build the statement as it stands, or a sealed version of it that is there."""
    from ltu_desktop.actions import reports
    from ltu_desktop.queries.statements import sealed_statements

    with ctx.store.read() as connection:
        sealed = tuple((each.version, each.at) for each in sealed_statements(connection, ask.year))
    if ask.version not in {version for version, _ in sealed}:
        ask = replace(ask, version=0)
    return Shown(ask, reports.build(ctx, ask.kind, _options(ask)), years, sealed=sealed)


def seal(ctx: Context, year: int) -> Seal:
    """Seal a year's statement."""
    from ltu_desktop.actions.statements import seal_statement

    return seal_statement(ctx, year)


def export_files(ctx: Context, report: Report, kinds: tuple[str, ...], folder: Path) -> list[Exported]:
    """Write the very report that is shown, in several kinds, into a folder; never over an existing file."""
    from ltu_desktop.actions import reports

    files = []
    for done, kind in enumerate(kinds):
        ctx.progress(done, len(kinds))
        files.append(reports.export(ctx, report, kind, folder))
    return files


def pdf_bytes(ctx: Context, report: Report) -> bytes:
    """Draw a report as it is printed."""
    from ltu_desktop.documents.reports import render
    from ltu_desktop.words import Words

    return render(report, "pdf", Words(report.language), at=report.at or ctx.clock.now())


def _options(ask: Ask, shown: tuple[str, ...] | None = None, said: str = "") -> Options:
    from ltu_desktop.actions.reports import Options

    if ask.day is not None:
        return Options(start=ask.day, end=ask.day, shown=shown, said=said)
    return Options(year=ask.year, shown=shown, said=said, version=ask.version)


def _text(table: Table, row: Row, key: str) -> str:
    return str(row.cells[table.index(key)] or "")


def _values(table: Table, key: str) -> tuple[str, ...]:
    """Return the different texts of a column; nothing when the table lacks it."""
    if key not in {column.key for column in table.columns}:
        return ()
    return tuple(sorted({text for row in table.rows if (text := _text(table, row, key))}, key=fold))
