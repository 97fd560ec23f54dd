"""The list of people as a file: the rows that are shown, in their order, with the chosen columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.window.people_list import people_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.documents.report import Value
    from ltu_desktop.queries.people import PersonRow
    from ltu_desktop.rules.periods import Month

KINDS = (("xlsx", N_("Workbook (Excel)")), ("csv", N_("List (CSV)")))


def export_people(
    ctx: Context, rows: Sequence[PersonRow], off: frozenset[str], month: Month, kind: str, folder: Path
) -> Path:
    """Write people into a new file of a folder and return its path; `off` are columns that are left out.

    Raises UserError "cannot_write".
    """
    from ltu_desktop.documents import names, tables
    from ltu_desktop.documents.report import Column, Kind

    words = ctx.paper
    kinds = {
        "staff_number": Kind.CODE,
        "weekly_hours": Kind.HOURS,
        "fte": Kind.FTE,
        "paid_hours": Kind.HOURS,
        "entry": Kind.DATE,
        "exit": Kind.DATE,
    }
    shown = [each for each in people_columns(words) if each.code not in off]
    columns: list[Column] = []
    for each in shown:
        if each.code == "name":
            columns.append(Column("name", words.text(N_("Family name"))))
            columns.append(Column("first_names", words.text(N_("First names"))))
        else:
            unit = "h" if kinds.get(each.code) is Kind.HOURS and each.unit else ""
            columns.append(Column(each.code, each.head, kinds.get(each.code, Kind.TEXT), unit=unit))
    said = {each.code: each.cell for each in shown}

    def value(row: PersonRow, code: str) -> Value:
        if code in {"status", "file"}:
            return said[code](row).text
        found: Value = getattr(row, code)
        return found

    lines = [[value(row, column.key) for column in columns] for row in rows]
    fte = sum((row.fte for row in rows if row.fte is not None), ZERO)
    total: list[Value] = [fte if column.key == "fte" else None for column in columns]
    total[0] = total[0] or words.text(N_("Total"))
    title = f"{words.text(N_('People'))} {month}"
    if kind == "csv":
        data = tables.to_csv(columns, lines, words, totals=[total])
    else:
        data = tables.to_xlsx(title, columns, lines, words, totals=[total], at=ctx.clock.now())
    return names.write_new(folder, f"{words.text(N_('people'))}-{month}.{kind}", data)
