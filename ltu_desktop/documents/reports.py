"""One report value, three kinds of file: PDF, workbook, CSV. Each is written by one renderer for all reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import names
from ltu_desktop.documents.csv_file import csv_bytes, safe_text, table_rows

if TYPE_CHECKING:
    from datetime import datetime

    from ltu_desktop.documents.report import Report
    from ltu_desktop.words import Words

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render(report: Report, kind: str, words: Words, *, at: datetime | None = None) -> bytes:
    """Write a report as `pdf`, `xlsx` or `csv`; `at` is the moment that the file bears, the same gives equal bytes."""
    if kind == "pdf":
        return report_pdf(report, words, at=at)
    if kind == "xlsx":
        return report_xlsx(report, words, at=at)
    if kind == "csv":
        return report_csv(report, words)
    raise ValueError(f"no such kind of file: {kind}")


def report_pdf(report: Report, words: Words, *, at: datetime | None = None) -> bytes:
    """Draw a report in its own layout, or as a plain list; the statement carries its workbook along."""
    from ltu_desktop.documents.tables import program

    if report.form == "statement":
        from ltu_desktop.documents.pdfa import Attachment
        from ltu_desktop.documents.statement_pdf import statement_pdf

        name = names.report_file(report.name, "xlsx", draft=report.draft)
        said = words.text("The statement as a workbook")
        workbook = Attachment(name, report_xlsx(report, words, at=at), WORKBOOK, said, "Alternative")
        return statement_pdf(report, words, program=program(), made=at, attachments=[workbook])
    from ltu_desktop.documents.list_pdf import list_pdf

    return list_pdf(report, words, program=program(), made=at)


def report_xlsx(report: Report, words: Words, *, at: datetime | None = None) -> bytes:
    """Write a workbook with a sheet for each table: typed cells, totals below; what it says besides on the last."""
    from ltu_desktop.documents.report import Column
    from ltu_desktop.documents.tables import NEVER, add_table, new_book, program
    from ltu_desktop.documents.xlsx import Properties

    title = f"{report.title} – {report.period_text}"
    book = new_book(title, words)
    sections = {table.key: section.title for section in report.sections for table in section.tables}
    for table in report.tables:
        name = table.title or sections[table.key] or report.title
        rows = [row.cells for row in table.rows]
        add_table(book, name, table.columns, rows, words, totals=[row.cells for row in table.totals])
    about = [(line,) for line in about_lines(report)]
    add_table(book, words.term("sheet", "About"), (Column("text", report.title),), about, words)
    stamp = at.replace(tzinfo=None) if at else NEVER
    return book.save(
        Properties(title, report.author or report.owner, report.subtitle, words.language, stamp, program())
    )


def report_csv(report: Report, words: Words) -> bytes:
    """Write the tables one below the other, each under its title if there are several, then what they belong to."""
    tables = report.tables
    sections = {table.key: section.title for section in report.sections for table in section.tables}
    lines: list[list[str]] = []
    for table in tables:
        title = table.title or sections[table.key]
        if len(tables) > 1 and title:
            lines.append([safe_text(title)])
        lines += [*table_rows(table, words), []]
    lines += [[safe_text(line)] for line in about_lines(report)]
    return csv_bytes(lines, words)


def about_lines(report: Report) -> list[str]:
    """Return what a report says besides its tables: heading, owner, warnings, notes."""
    said = [
        f"{report.title} – {report.period_text}",
        report.subtitle,
        " · ".join(text for text in (report.owner, report.owner_line) if text),
        " · ".join(text for text in (report.file, report.sealed_line, report.version_text) if text),
        *report.warnings,
    ]
    for section in report.sections:
        said += section.notes
        for table in section.tables:
            said += table.notes
    return [text for text in said if text]
