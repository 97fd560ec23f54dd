"""The sheets "Totaux", "Rapprochement" (one person a line) and "Changements" (since last month, and corrections)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.claim_changes import corrective, gap_reasons
from ltu_desktop.documents.report import Column, Kind, Role, plain
from ltu_desktop.documents.workbook_draft import distinct, label_columns
from ltu_desktop.documents.workbook_list import RED, RED_TINT
from ltu_desktop.documents.xlsx import GREY, TINT, Edge, Formula, Rule, column_letter
from ltu_desktop.rules.money import ZERO, to_fte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.claim_view import Entry
    from ltu_desktop.documents.report import Gauge, Row, Table
    from ltu_desktop.documents.workbook_draft import Draft
    from ltu_desktop.documents.xlsx import CellValue, Sheet

# ---------------------------------------------------------------- Totaux


def write_totals(draft: Draft) -> None:
    """Write the totals by site and status with their formulas, the year so far, ceiling and limits."""
    sheet, section = draft.sheets["totals"], draft.report.section("totals")
    table = section.table("totals")
    sheet.widths = [36.0, 7.0, 12.0, 9.0] + [13.5] * (len(table.columns) - 4)
    draft.title(sheet, section.title)
    draft.heads(sheet, table.columns, label_columns(table.columns))
    keys = _list_keys(draft)
    adjusted = len(draft.view.adjustments)
    plain_rows = table.rows[: len(table.rows) - adjusted]
    for row in plain_rows:
        draft.row(sheet, table, row, formulas=_sums_of(draft, row, sheet.row_number + 1))
    for row, number in zip(table.rows[len(plain_rows) :], draft.places.adjustments, strict=True):
        links = {key: draft.ref("list", f"{draft.places.letters[listed]}{number}") for key, listed in keys.items()}
        draft.row(sheet, table, row, formulas=_valued(links, table, row))
    for row in table.totals:
        links = {key: draft.list_total(listed) for key, listed in keys.items()}
        links["fte"] = draft.list_total("fte")
        draft.row(sheet, table, row, formulas=_valued(links, table, row))
    for extra in section.tables:
        if extra.key == "year":
            sheet.gap(8)
            for row in extra.rows:
                draft.row(sheet, extra, row)
            for note in extra.notes:
                draft.note(sheet, note, len(table.columns))
    for gauge in section.gauges:
        _gauge(draft, sheet, gauge, len(table.columns))


def _list_keys(draft: Draft) -> dict[str, str]:
    """Return the list's columns by the keys of the totals' columns."""
    parts = {f"part:{part}": f"part:{part}" for part in draft.view.parts}
    return {"hours": "fundable", **parts, "total": "total"}


def _valued(formulas: dict[str, str], table: Table, row: Row) -> dict[str, CellValue]:
    """Put the report's own value beside each formula."""
    return {
        key: Formula(text, plain(row.cells[table.index(key)]))  # type: ignore[arg-type]  # figures, by the columns' kind
        for key, text in formulas.items()
    }


def _sums_of(draft: Draft, row: Row, number: int) -> dict[str, CellValue]:
    """Return the formulas of a row of sums by site and status; none where a sheet could not tell the codes apart."""
    entries = draft.view.entries
    # a site's own row bears its code alone; a row of one status ends with it
    site, _, status = (row.key, "", "") if row.role is Role.SUBTOTAL else row.key.rpartition("/")
    sites, statuses = {entry.card.site for entry in entries}, {entry.card.status for entry in entries}
    shown = {draft.words.status(each) for each in statuses}
    people_once = len({entry.card.id for entry in entries}) == len(entries)
    codes = [labels.safe(each, draft.words) for each in sites]
    if not (distinct(codes) and distinct(shown) and len(shown) == len(statuses) and people_once):
        return {}
    chosen: list[tuple[str, str]] = []
    if not site or (site == "*" and not status) or (row.role is Role.LINE and not status):
        return {}  # small sites put together; LibreOffice 7.4 miscounts "equal to nothing" beside another condition
    if site != "*":
        chosen.append((draft.listed("site"), _criterion(labels.safe(site, draft.words))))
    if status:
        chosen.append((draft.listed("status"), _criterion(draft.words.status(status))))
    where = ",".join(f"{cells},{criterion}" for cells, criterion in chosen)
    table = draft.report.table("totals")
    texts = {"people": f"COUNTIFS({where})"}
    for key, listed in _list_keys(draft).items():
        texts[key] = f"ROUND(SUMIFS({draft.listed(listed)},{where}),2)"
    if "H_MOIS" in draft.named:
        texts["fte"] = f"ROUND(C{number}/H_MOIS,4)"
    return _valued(texts, table, row)


def _criterion(text: str) -> str:
    """Write a text as the criterion "equal to it", its wildcards taken as themselves."""
    plain_text = "".join(f"~{sign}" if sign in "*?~" else sign for sign in text)
    return '"=' + plain_text.replace('"', '""') + '"'


def _gauge(draft: Draft, sheet: Sheet, gauge: Gauge, columns: int) -> None:
    """Write a limit: average, month and limit as figures, then what the form says of them."""
    words = draft.words
    draft.section(sheet, gauge.title)
    column = Column("value", "", gauge.kind)
    name = {"ceiling": "PLAFOND_ETP", "others_limit": "LIMITE_AUTRES"}.get(gauge.key, "")
    limit: CellValue = gauge.limit
    if gauge.limit is not None and name in draft.named:
        limit = Formula(name, gauge.limit)
    month: CellValue = to_fte(gauge.month)
    if gauge.key == "ceiling" and not draft.view.adjustments and draft.view.everything.fte == gauge.month:
        month = Formula(draft.list_total("fte"), gauge.month)
    rows: list[tuple[str, CellValue]] = [
        (words.term("totals", "Average of the year so far"), to_fte(gauge.average)),
        (words.term("totals", "This month"), month),
        (words.term("totals", "Limit"), limit if gauge.limit is not None else "–"),
    ]
    if gauge.key == "others_limit":
        rows.append((words.term("totals", "FTE funded this month"), _funded(draft)))
        year = draft.view.dossier.answer.year_to_date
        if year is not None:
            rows.append((words.term("totals", "FTE funded, average of the year so far"), year.funded_fte))
    label = draft.style(edge=Edge.HAIR)
    for place, (text, value) in enumerate(rows):
        each = column if place < 3 else Column("value", "", Kind.FTE)
        sheet.row([(text, label), (None, label), (value, draft.column_style(each))])
    for sentence in gauge.sentences:
        draft.note(sheet, sentence, columns)


def _funded(draft: Draft) -> CellValue:
    """Return the funded FTE of the month, as a formula over the list where that gives the sealed figure."""
    view = draft.view
    sealed = view.dossier.answer.totals.funded_fte
    limit, full = view.used("others_limit"), view.full_month
    if limit is None or full is None or not {"LIMITE_AUTRES", "H_MOIS"} <= draft.named:
        return sealed
    main = sum((entry.line.quantity for entry in view.entries if entry.card.status == "ppde"), ZERO)
    other = sum((entry.line.quantity for entry in view.entries), ZERO) - main
    if to_fte((main + min(other, limit.value * (main + other))) / full) != sealed:
        return sealed
    hours, status = draft.listed("fundable"), draft.listed("status")
    main_text = f"SUMIFS({hours},{status},{_criterion(draft.words.status('ppde'))})"
    text = f"ROUND(({main_text}+MIN(SUM({hours})-{main_text},LIMITE_AUTRES*SUM({hours})))/H_MOIS,4)"
    return Formula(text, sealed)


# ---------------------------------------------------------------- Rapprochement


def write_reconciliation(draft: Draft) -> None:
    """Write, person by person, how payroll's hours become the claim's; what no reason explains is red."""
    sheet, view = draft.sheets["reconciliation"], draft.view
    section = draft.report.section("reconciliation")
    gaps = section.table("gaps")
    steps = [_hours(entry) for entry in view.entries]
    columns = _hour_columns(draft, gaps.columns, other=any(each["other"] for each in steps))
    sheet.widths = [5.0, 9.0, 27.0, *[11.0] * (len(columns) - 4), 32.0]
    letters = {column.key: column_letter(index) for index, column in enumerate(columns)}
    last = 3 + max(len(steps), 1)
    draft.title(sheet, section.title)
    total: list[CellValue] = [None, draft.words.term("list", "Total"), None]
    for column in columns[3:-1]:
        letter = letters[column.key]
        value = sum((each[column.key] for each in steps), ZERO)
        total.append(Formula(f"ROUND(SUM({letter}4:{letter}{last}),2)", value))
    total.append(None)
    sheet.row(zip(total, draft.styles(columns, Role.GRAND), strict=True))
    draft.heads(sheet, columns, label_columns(columns))
    styles = {place: draft.styles(columns, place=place) for place in (1, 5)}
    for place, (entry, hours) in enumerate(zip(view.entries, steps, strict=True)):
        at = 4 + place
        values: dict[str, CellValue] = {
            **hours,
            "number": entry.number,
            "id": labels.safe(entry.card.id, draft.words),
            "name": labels.safe(entry.name, draft.words),
            "reason": gap_reasons(entry, draft.words) or None,
        }
        before = chr(ord(letters["expected"]) - 1)
        texts = {
            "expected": f"ROUND(SUM(D{at}:{before}{at}),2)",
            "claim": draft.of_person("fundable", f"$B{at}", place),
            "gap": f"ROUND({letters['claim']}{at}-{letters['expected']}{at},2)",
        }
        values |= {key: Formula(text, hours[key]) for key, text in texts.items()}
        row = [values[column.key] for column in columns]
        cells = list(zip(row, styles[5 if (place + 1) % 5 == 0 else 1], strict=True))
        sheet.row(cells, draft.height(sheet, cells))
    if steps:
        sheet.filter = f"A3:{letters['reason']}{last}"
    else:
        sheet.row([(gaps.empty, draft.style(color=GREY))])
    cell = f"{letters['gap']}2"
    formula = f"IF(ISERROR({cell}),TRUE,AND(ISNUMBER({cell}),{cell}<>0))"
    sheet.rules.append(Rule(f"{cell}:{letters['gap']}{last}", formula, RED, RED_TINT))
    sheet.freeze, sheet.repeat_rows = "D4", "3:3"
    _bridge(draft, sheet, section.table("bridge"), len(columns))
    if section.note:
        draft.note(sheet, section.note, len(columns))


def _hours(entry: Entry) -> dict[str, Decimal]:
    """Return a person's way from payroll to claim, by the keys of the sheet's columns.

    `other` is what settings add or replace: hours not paid but counted, hours by the calendar.
    """
    card, line = entry.card, entry.line
    other = line.quantity - (line.paid_hours - line.hours_c - line.over_cap)
    if any(step.code == "calendar_hours" for step in line.steps):
        other += line.paid_hours - (card.payroll_hours - card.back_pay_hours)
    expected = card.payroll_hours - card.back_pay_hours - line.hours_c - line.over_cap + other
    return {
        "payroll": card.payroll_hours,
        "back_pay": -card.back_pay_hours + ZERO,
        "class_c": -line.hours_c + ZERO,
        "cap": -line.over_cap + ZERO,
        "other": other,
        "expected": expected,
        "claim": line.quantity,
        "gap": line.quantity - expected,
    }


def _hour_columns(draft: Draft, gaps: Sequence[Column], *, other: bool) -> list[Column]:
    words = draft.words
    number, person, name, payroll, claim, gap, reason = gaps
    signed = [
        Column("back_pay", words.term("bridge", "Back pay"), Kind.HOURS, unit="h", sign=True, dash=True),
        Column("class_c", words.term("gap", "Class C"), Kind.HOURS, unit="h", sign=True, dash=True),
        Column("cap", words.term("gap", "Cap"), Kind.HOURS, unit="h", sign=True, dash=True),
    ]
    if other:
        signed.append(Column("other", words.term("bridge", "By setting"), Kind.HOURS, unit="h", sign=True, dash=True))
    expected = Column("expected", words.term("bridge", "Expected"), Kind.HOURS, unit="h")
    return [number, person, name, payroll, *signed, expected, claim, replace(gap, strong=True), reason]


def _bridge(draft: Draft, sheet: Sheet, bridge: Table, columns: int) -> None:
    """Write the named steps from payroll's total to the claim's, under the people."""
    label, lines, hours = bridge.columns
    draft.section(sheet, label.label)
    if not bridge.rows and not bridge.totals:
        sheet.row([(bridge.empty, draft.style(color=GREY))])
    else:
        head = draft.head_style(right=True)
        sheet.row([*[(None, head)] * 3, (lines.label, head), (hours.label, head)], 18)
        for row in (*bridge.rows, *bridge.totals):
            text, count, value = (plain(cell) for cell in row.cells)
            style = draft.column_style(label, None, row.role)
            figures = [
                (count, draft.column_style(lines, None, row.role)),
                (value, draft.column_style(hours, None, row.role)),
            ]
            number = sheet.row([(text, style), (None, style), (None, style), *figures])
            sheet.merged.append(f"A{number}:C{number}")
    for note in bridge.notes:
        draft.note(sheet, note, columns)


# ---------------------------------------------------------------- Changements


def write_changes(draft: Draft) -> None:
    """Write 6.1 and 6.2 as in the form; a corrective version has its differences, before and after, instead of 6.2."""
    sheet, report = draft.sheets["changes"], draft.report
    section = report.section("changes")
    draft.title(sheet, section.title)
    if corrective(draft.view):
        table = report.table("difference")
        sheet.widths = [5.0, 9.0, 27.0, *[11.5] * (len(table.columns) - 4), 30.0]
        spans = ["A", "B", "C", "D:E", "F", "G", "H", f"I:{column_letter(len(table.columns) - 1)}"]
        order = ["number", "id", "name", "kind", "day", "before", "after", "detail"]
    else:
        table = section.table("corrections")
        sheet.widths = [28.0, 5.0, 9.0, 27.0, 11.5, 11.5, *[12.5] * (len(table.columns) - 7), 34.0]
        spans = ["A", "B", "C", "D", "E", "F", "G", f"H:{column_letter(len(table.columns) - 1)}"]
        order = ["kind", "number", "id", "name", "day", "before", "after", "detail"]
    _changes(draft, sheet, section.table("changes"), order, spans)
    title = table.title or report.section("difference").title
    draft.section(sheet, f"6.2 {title}" if table.key == "corrections" else title)
    if not table.rows:
        sheet.row([(table.empty, draft.style(color=GREY))])
        return
    _group_heads(draft, sheet, table.columns)
    draft.heads(sheet, table.columns, label_columns(table.columns))
    first = sheet.row_number + 1
    for place, row in enumerate(table.rows, 1):
        draft.row(sheet, table, row, place, _difference_formulas(draft, table, row, sheet.row_number + 1))
    for row in table.totals:
        number = sheet.row_number + 1
        formulas: dict[str, CellValue] = {}
        for index, column in enumerate(table.columns):
            value = plain(row.cells[index])
            if isinstance(value, Decimal):
                letter = column_letter(index)
                formulas[column.key] = Formula(f"ROUND(SUM({letter}{first}:{letter}{number - 1}),2)", value)
        draft.row(sheet, table, row, formulas=formulas)
        for part in (*draft.view.parts, "total"):
            key = _difference_key(table, part)
            draft.corrections[part] = draft.ref("changes", f"{column_letter(table.index(key))}{number}")
    for note in table.notes:
        draft.note(sheet, note, len(table.columns))


def _group_heads(draft: Draft, sheet: Sheet, columns: Sequence[Column]) -> None:
    """Add the heads over neighbouring columns (hours, each part), where there are any."""
    if not any(column.group for column in columns):
        return
    style = draft.style(bold=True, fill=TINT, align="center", wrap=True)
    texts: list[CellValue] = []
    for index, column in enumerate(columns):
        goes_on = bool(column.group) and index > 0 and columns[index - 1].group == column.group
        texts.append(None if goes_on or not column.group else column.group)
    number = sheet.row([(text, style) for text in texts], 18)
    starts = [index for index, text in enumerate(texts) if text]
    for start in starts:
        end = start
        while end + 1 < len(columns) and columns[end + 1].group == columns[start].group:
            end += 1
        if end > start:
            sheet.merged.append(f"{column_letter(start)}{number}:{column_letter(end)}{number}")


def _difference_key(table: Table, part: str) -> str:
    """Return the key of the column that holds a part's difference."""
    if table.key == "difference":
        return f"{part}:gap"
    return "difference" if part == "total" else f"part:{part}"


def _difference_formulas(draft: Draft, table: Table, row: Row, number: int) -> dict[str, CellValue]:
    """Return the differences of a line: after − before, and their sum; never a rounded difference of wages."""
    letters = {column.key: column_letter(index) for index, column in enumerate(table.columns)}
    texts: dict[str, str] = {}
    for key in letters:
        what, _, which = key.rpartition(":")
        if which == "gap" and what != "total":
            texts[key] = f"ROUND({letters[f'{what}:after']}{number}-{letters[f'{what}:before']}{number},2)"
    parts = "+".join(f"{letters[_difference_key(table, part)]}{number}" for part in draft.view.parts)
    texts[_difference_key(table, "total")] = f"ROUND({parts},2)"
    return _valued(texts, table, row)


_INDENTED = {"name", "id", "kind", "before", "after", "detail"}


def _changes(draft: Draft, sheet: Sheet, table: Table, order: Sequence[str], spans: Sequence[str]) -> None:
    """Write 6.1 over the columns that 6.2 needs: each of its own may stand over several."""
    draft.section(sheet, f"6.1 {table.title}")
    if not table.rows:
        sheet.row([(table.empty, draft.style(color=GREY))])
        return
    columns = [table.columns[table.index(key)] for key in order]
    heads: list[tuple[CellValue, int]] = []
    for column, span in zip(columns, spans, strict=True):
        style = draft.head_style(right=column.kind.right, indent=int(column.key in _INDENTED and bool(heads)))
        heads += [(column.short or column.head, style), *[(None, style)] * (_breadth(span) - 1)]
    sheet.row(heads, max(18, draft.height(sheet, heads)))
    _merge(sheet, spans)
    for place, row in enumerate(table.rows, 1):
        cells: list[tuple[CellValue, int]] = []
        for column, span in zip(columns, spans, strict=True):
            cell = row.cells[table.index(column.key)]
            indent = int(column.key in _INDENTED and bool(cells))
            style = draft.column_style(column, cell, row.role, place, indent=indent)
            cells += [(plain(cell), style), *[(None, style)] * (_breadth(span) - 1)]
        sheet.row(cells)
        _merge(sheet, spans)


def _breadth(span: str) -> int:
    first, _, last = span.partition(":")
    return ord(last) - ord(first) + 1 if last else 1


def _merge(sheet: Sheet, spans: Sequence[str]) -> None:
    for span in spans:
        first, _, last = span.partition(":")
        if last and last != first:
            sheet.merged.append(f"{first}{sheet.row_number}:{last}{sheet.row_number}")
