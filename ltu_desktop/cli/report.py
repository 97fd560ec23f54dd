"""Reports by command line: written to files, or shown as text when no file is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import reports
from ltu_desktop.documents.report import written

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ltu_desktop.cli.door import Door
    from ltu_desktop.documents.report import Report, Table
    from ltu_desktop.words import Words

_GAP = "  "


def run_report(door: Door, args: argparse.Namespace) -> int:
    """Write a report to the files asked for, or show it."""
    if args.year is not None:
        options = reports.Options(year=args.year)
    else:
        options = reports.Options.on(args.on or door.clock.now().date())
    with door.open(args, read_only=True) as ctx:
        report = reports.build(ctx, args.kind, options)
        wanted = [(kind, getattr(args, kind)) for kind in reports.FORMATS if getattr(args, kind) is not None]
        for kind, path in wanted:
            found = reports.export(ctx, report, kind, path)
            door.say(door.words.text("written: {path}", path=found.path))
    if not wanted:
        for line in shown(report, door.words):
            door.say(line)
    return 0


def shown(report: Report, words: Words) -> Iterator[str]:
    """Write a report as lines of text: heading, tables in columns, notes."""
    yield f"{report.title} – {report.period_text}"
    yield from (text for text in (report.subtitle, report.sealed_line, *report.warnings) if text)
    for section in report.sections:
        if section.title:
            yield f"\n{section.title}"
        for table in section.tables:
            yield ""
            if table.title:
                yield table.title
            yield from _columns(table, words, report.currency)
        yield from section.notes


def _columns(table: Table, words: Words, currency: str) -> Iterator[str]:
    """Write a table with its columns under each other, figures at the right."""
    if not table.rows:
        yield table.empty
        return
    columns = table.columns
    lines = [
        [f"{column.short or column.head} {column.unit}".strip() for column in columns],
        *(
            [written(cell, column, words, currency) for cell, column in zip(row.cells, columns, strict=True)]
            for row in (*table.rows, *table.totals)
        ),
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    if any(column.group for column in columns):
        yield _groups(table, widths)
    for line in lines:
        texts = (
            text.rjust(width) if column.kind.right else text.ljust(width)
            for text, width, column in zip(line, widths, columns, strict=True)
        )
        yield _GAP.join(texts).rstrip()
    yield from table.notes


def _groups(table: Table, widths: Sequence[int]) -> str:
    """Write the heads above groups of columns, each where its group begins."""
    line, at, last = "", 0, ""
    for column, width in zip(table.columns, widths, strict=True):
        if column.group and column.group != last:
            line = f"{line:<{at}}{_GAP if len(line) > at else ''}{column.group}"
        last = column.group
        at += width + len(_GAP)
    return line
