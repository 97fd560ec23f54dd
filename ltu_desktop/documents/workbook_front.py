"""The sheets "Demande" (who claims how much, and whether the file still says what was sealed) and "Paramètres"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents.report import Cell, Column, Kind, Role, plain
from ltu_desktop.documents.tables import lines_of, number_format
from ltu_desktop.documents.workbook_draft import LINE, NAMES
from ltu_desktop.documents.workbook_list import RED, RED_TINT, gaps_area
from ltu_desktop.documents.xlsx import (
    ACCENT,
    GREY,
    INPUT,
    TINT,
    WARNING,
    WARNING_TINT,
    Edge,
    Formula,
    Rule,
    absolute,
    column_letter,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from ltu_desktop.documents.report import Row, Table
    from ltu_desktop.documents.workbook_draft import Draft
    from ltu_desktop.documents.xlsx import CellValue, Sheet


def write_parameters(draft: Draft) -> None:
    """Write the dated values, each with the name that formulas use, then all settings."""
    words, sheet, report = draft.words, draft.sheets["parameters"], draft.report
    sheet.widths = [15.0, 40.0, 13.0, 13.0, 52.0, 15.0]
    table, settings = report.table("parameters"), report.table("settings")
    draft.title(sheet, report.section("parameters").title)
    heads = [
        words.term("workbook", "Name"),
        *(column.label for column in table.columns),
        words.term("workbook", "State"),
    ]
    columns = [Column("name", ""), *table.columns, Column("state", "")]
    draft.heads(sheet, columns, heads)
    once = [row.key for row in table.rows]
    used = {each.code: each for each in draft.view.dossier.answer.parameters}
    for row in table.rows:
        name = NAMES.get(row.key, "") if once.count(row.key) == 1 else ""
        each = used.get(row.key)
        state = words.term("workbook", "in force")
        if each is not None and each.provisional:
            state = words.term("workbook", "provisional")
        elif each is None or each.overridden:
            state = words.term("workbook", "agreement")
        _name(draft, sheet, name, f"C{sheet.row_number + 1}")
        _parameter_row(draft, sheet, table, row, name, state)
    if not table.rows:
        sheet.row([(table.empty, draft.style(color=GREY))])

    draft.section(sheet, settings.title)
    if settings.note:
        draft.note(sheet, settings.note, 6)
    sheet_heads = ["", settings.columns[0].label, settings.columns[1].label, "", settings.columns[2].label, ""]
    draft.heads(sheet, [Column("", "")] * 6, sheet_heads)
    for row in settings.rows:
        number = sheet.row_number + 1
        name, value, style = "", plain(row.cells[1]), draft.style(edge=Edge.HAIR, align="left", fill=INPUT, wrap=True)
        if row.key == "cap_hours" and draft.live.cap is not None:
            name, value = NAMES[row.key], draft.live.cap
            style = draft.style('#,##0.00\\ "h"', edge=Edge.HAIR, fill=INPUT)
            _name(draft, sheet, name, f"C{number}")
        line = draft.style(edge=Edge.HAIR)
        label, source = plain(row.cells[0]), plain(row.cells[2])
        named = draft.style(color=GREY, edge=Edge.HAIR)
        sheet.row([(name or None, named), (label, line), (value, style), (None, style), (source, line), (None, line)])
        sheet.merged.append(f"C{number}:D{number}")


def _name(draft: Draft, sheet: Sheet, name: str, ref: str) -> None:
    if name:
        draft.book.name(name, sheet, ref)
        draft.named.add(name)


def _parameter_row(draft: Draft, sheet: Sheet, table: Table, row: Row, name: str, state: str) -> None:
    marked = row.role is Role.MARKED
    tint, color = (WARNING_TINT, WARNING) if marked else ("", "15202B")
    cells: list[tuple[CellValue, int]] = [(name or None, draft.style(color=GREY, edge=Edge.HAIR))]
    for column, cell in zip(table.columns, row.cells, strict=True):
        code = number_format(column, draft.words, cell if isinstance(cell, Cell) else None)
        value = column.key == "value"
        style = draft.style(
            code,
            bold=value,
            color=color if column.key == "source" else "15202B",
            fill=INPUT if value else tint,
            edge=Edge.HAIR,
            align="right" if column.kind.right else "left",
            wrap=column.kind is Kind.TEXT,
            indent=1 if column.kind is Kind.DATE else 0,
        )
        cells.append((plain(cell), style))
    cells.append((state, draft.style(bold=marked, color=color, fill=tint, edge=Edge.HAIR)))
    lines = lines_of(str(plain(row.cells[-1])), sheet.widths[4])
    sheet.row(cells, lines * LINE + 2)


# ---------------------------------------------------------------- Demande


def write_claim(draft: Draft) -> None:
    """Write the first sheet: identity, amounts by link, and whether the file still is what was sealed."""
    sheet, report = draft.sheets["claim"], draft.report
    table = report.table("amount")
    last = len(table.columns)
    sheet.widths = [37.0] + [max(17.0, 63.0 / (last - 1))] * (last - 1)
    sheet.row([(report.title, draft.style(bold=True, size=18))], 26)
    sheet.row([(report.subtitle, draft.style(color=GREY, size=11))], 18)
    month = f"{report.period_text} · {report.version_text}{draft.mark}"
    sheet.row([(month, draft.style(bold=True, color=ACCENT, size=14))], 24)
    if report.corrective:
        for note in report.section("difference").notes:
            draft.note(sheet, note, last, size=10)
    _identity(draft, sheet, last)
    _amount(draft, sheet, table)
    _verdict(draft, sheet, last)
    _notices(draft, sheet, last)


def _identity(draft: Draft, sheet: Sheet, last: int) -> None:
    section = draft.report.section("identification")
    draft.section(sheet, section.title)
    width = sum(sheet.widths[1:last])
    for row in section.table("identification").rows:
        label, text = (str(plain(cell) or "") for cell in row.cells)
        strong = row.role is Role.SUBTOTAL
        value = draft.style("@", bold=strong, edge=Edge.HAIR, wrap=True)
        cells: list[tuple[CellValue, int]] = [(label, draft.style(color=GREY, edge=Edge.HAIR)), (text, value)]
        cells += [(None, value)] * (last - 2)
        number = sheet.row(cells, lines_of(text, width) * LINE + 3)
        sheet.merged.append(f"B{number}:{column_letter(last - 1)}{number}")


def _amount(draft: Draft, sheet: Sheet, table: Table) -> None:
    """Write the amounts: each a link or a sum, so that the sheet follows its list."""
    section = draft.report.section("amount")
    draft.section(sheet, section.title)
    draft.note(sheet, section.note, len(table.columns))
    draft.heads(sheet, table.columns, [column.label for column in table.columns])
    first = sheet.row_number + 1
    adjustments = iter(draft.places.adjustments)
    for place, row in enumerate((*table.rows, *table.totals)):
        number = first + place
        cells: list[tuple[CellValue, int]] = [(plain(row.cells[0]), _amount_style(draft, table.columns[0], row.role))]
        from_list = next(adjustments, 0) if row.key not in _OWN_KEYS else 0
        for index, column in enumerate(table.columns[1:], 1):
            value: Decimal = plain(row.cells[index])  # type: ignore[assignment]  # amounts, by the columns' kind
            text = _amount_formula(draft, row.key, column, (first, number), from_list, len(table.columns) - 1)
            cells.append((Formula(text, value) if text else value, _amount_style(draft, column, row.role)))
            if row.key in {"total", "difference"}:
                draft.claimed[column.key.removeprefix("part:")] = draft.ref("claim", f"{column_letter(index)}{number}")
        grown = 1.35 if row.role is Role.GRAND else 1.1  # of the letters: 13 points bold, 11 points
        lines = lines_of(str(plain(row.cells[0])), sheet.widths[0] / grown)
        sheet.row(cells, lines * LINE * grown + 4)


_OWN_KEYS = {"list", "corrections", "total", "before", "difference", "after"}


def _amount_formula(draft: Draft, key: str, column: Column, rows: tuple[int, int], adjustment: int, parts: int) -> str:
    """Return the formula of one amount; "" for a plain value (an earlier version's amount)."""
    first, number = rows
    if column.key == "total":
        return f"ROUND(SUM(B{number}:{column_letter(parts - 1)}{number}),2)"
    letter = column_letter([*draft.view.parts].index(column.key.removeprefix("part:")) + 1)
    if key == "list":
        return f"ROUND(SUM({draft.listed(column.key)}),2)"
    if key in {"corrections", "difference"}:
        return draft.corrections.get(column.key.removeprefix("part:"), "")
    if key == "total":
        return f"ROUND(SUM({letter}{first}:{letter}{number - 1}),2)"
    if key == "after":
        return f"ROUND({letter}{first}+{letter}{number - 1},2)"
    if adjustment:
        return draft.ref("list", f"{draft.places.letters[column.key]}{adjustment}")
    return ""


def _amount_style(draft: Draft, column: Column, role: Role) -> int:
    grand = role is Role.GRAND
    return draft.style(
        number_format(column, draft.words),
        bold=grand,
        size=13 if grand else 11,
        fill=TINT if grand else "",
        edge=Edge.GRAND if grand else Edge.HAIR,
        align="right" if column.kind.right else "left",
        wrap=column.kind is Kind.TEXT,
    )


def _verdict(draft: Draft, sheet: Sheet, last: int) -> None:
    """Say whether the amounts shown are the sealed ones; the check sheet tells where not."""
    words = draft.words
    good = words.text("Agrees with the sealed claim") if draft.sha256 else words.text("Agrees with the draft")
    bad = words.text("Gap: do not send")
    sheet.gap(8)
    area, count = gaps_area(draft)
    cells = draft.ref("check", absolute(area))
    quoted = [text.replace('"', '""') for text in (good, bad)]
    formula = Formula(f'IF(COUNTIF({cells},0)={count},"{quoted[0]}","{quoted[1]}")', good)
    style = draft.style(bold=True, size=11, color="1E6B3A", fill="E8F3EC", wrap=True)
    label = draft.style(color=GREY, wrap=True)
    number = sheet.row(
        [(words.term("workbook", "Check of the amounts"), label), (formula, style), *[(None, style)] * (last - 2)], 20
    )
    area = f"B{number}:{column_letter(last - 1)}{number}"
    sheet.merged.append(area)
    sheet.rules.append(Rule(area, f'$B${number}<>"{quoted[0]}"', RED, RED_TINT))
    if draft.sha256:
        from ltu_desktop.rules.dossier import seal_code, short_print

        head = draft.view.dossier.head
        code = seal_code(head.period, head.version, draft.sha256)
        said = f"{short_print(draft.sha256)} · {draft.report.sealed_line}"
    else:
        code, said = "", draft.report.sealed_line
    line = draft.style(edge=Edge.NONE)
    sheet.row([(words.term("workbook", "Fingerprint"), draft.style(color=GREY)), (said, line)], 16)
    if code:
        draft.note(sheet, code, last, size=8)


def _notices(draft: Draft, sheet: Sheet, last: int) -> None:
    section = draft.report.section("notice")
    if not section.notices:
        return
    draft.section(sheet, section.title)
    width = sum(sheet.widths[1:last])
    for notice in section.notices:
        color = WARNING if notice.warning else "15202B"
        text = draft.style(edge=Edge.HAIR, wrap=True)
        cells: list[tuple[CellValue, int]] = [
            (notice.title, draft.style(bold=True, color=color, edge=Edge.HAIR, wrap=True)),
            (notice.text, text),
            *[(None, text)] * (last - 2),
        ]
        number = sheet.row(cells, lines_of(notice.text, width) * LINE + 3)
        sheet.merged.append(f"B{number}:{column_letter(last - 1)}{number}")
