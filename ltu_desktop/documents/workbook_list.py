"""The sheets "Liste" (one person a line, with live amounts) and "Contrôle" (what was sealed against what is shown)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents.claim_labels import safe
from ltu_desktop.documents.claim_tables import adjustment_name
from ltu_desktop.documents.report import Column, Kind, Role
from ltu_desktop.documents.tables import number_format
from ltu_desktop.documents.workbook_draft import label_columns
from ltu_desktop.documents.workbook_live import Mode
from ltu_desktop.documents.xlsx import GREY, TINT, Edge, Formula, Rule, column_letter
from ltu_desktop.rules.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.claim_view import Sums
    from ltu_desktop.documents.report import Row, Value
    from ltu_desktop.documents.workbook_draft import Draft
    from ltu_desktop.documents.xlsx import CellValue, Sheet
    from ltu_desktop.rules.answer import Line

_WIDTHS = {
    "number": 4.0,
    "id": 7.0,
    "name": 21.0,
    "status": 6.0,
    "site": 5.0,
    "entry": 10.0,
    "exit": 10.0,
    "contract": 8.0,
    "paid": 8.0,
    "a": 7.0,
    "b": 7.0,
    "c": 7.0,
    "fundable": 8.0,
    "fte": 6.0,
    "smic": 6.5,
    "rate": 7.5,
    "share": 7.5,
    "base": 9.5,
    "part:state": 9.5,
    "part:department": 8.5,
    "total": 9.5,
    "remark": 14.0,
}
_SUMMED = {"contract", "paid", "a", "b", "c", "fundable", "base", "total"}
_HEAD_ROW = 4
FIRST_ROW = 5
RED, RED_TINT = "9C0006", "FFC7CE"


def list_columns(draft: Draft) -> tuple[Column, ...]:
    """Return the list's columns: the form's, with the factors (where they vary) and the base before the parts."""
    columns: list[Column] = []
    for column in draft.report.table("list").columns:
        if column.key.startswith("part:") and not any(each.key == "base" for each in columns):
            columns += _extra_columns(draft, column)
        columns.append(column)
    return tuple(columns)


def _extra_columns(draft: Draft, part: Column) -> list[Column]:
    words, extra = draft.words, []
    if draft.live.mode is Mode.COLUMNS:
        extra = [
            Column("smic", words.term("workbook", "SMIC"), Kind.MONEY, unit=f"{part.unit}/h"),
            Column("rate", words.term("workbook", "Rate"), Kind.PERCENT),
            Column("share", words.term("workbook", "Share"), Kind.PERCENT),
        ]
    if all(base is not None for base in draft.live.bases):
        extra.append(Column("base", words.term("workbook", "Base"), Kind.MONEY, unit=part.unit))
    return extra


def write_list(draft: Draft) -> None:
    """Write the nominal list: title, totals and heads above, people, then adjustments and notes below."""
    sheet, places = draft.sheets["list"], draft.places
    section = draft.report.section("list")
    table = draft.report.table("list")
    columns = list_columns(draft)
    sums = _sum_values(draft, draft.view.everything)
    sheet.widths = [max(_WIDTHS.get(column.key, 10.0), _needed(sums.get(column.key))) for column in columns]
    places.letters = {column.key: column_letter(index) for index, column in enumerate(columns)}
    people = table.rows[: len(draft.view.entries)]
    adjustments = table.rows[len(draft.view.entries) :]
    places.first, places.last = FIRST_ROW, FIRST_ROW + max(len(people), 1) - 1
    places.adjustments = [places.last + 2 + index for index in range(len(adjustments))]

    draft.title(sheet, section.title)
    _sum_row(draft, sheet, columns, str(table.totals[0].cells[2]), shown=False)
    _sum_row(draft, sheet, columns, draft.words.text("Lines shown (filter)"), shown=True)
    draft.heads(sheet, columns, label_columns(columns))
    plain_styles, fifth_styles = draft.styles(columns), draft.styles(columns, place=5)
    for index, row in enumerate(people):
        styles = fifth_styles if (index + 1) % 5 == 0 else plain_styles
        cells = list(zip(_values(draft, columns, row, index), styles, strict=True))
        sheet.row(cells, draft.height(sheet, cells))
    if not people:
        sheet.row([(table.empty, draft.style(color=GREY))])
    else:
        last = places.letters[columns[-1].key]
        sheet.filter = f"A{_HEAD_ROW}:{last}{places.last}"
    if adjustments:
        sheet.gap()
    for row in adjustments:
        values = _row_values(table.columns, row)
        sheet.row(zip((values.get(column.key) for column in columns), plain_styles, strict=True))
    sheet.gap(8)
    for note in (*_mode_notes(draft), section.note, *table.notes):
        if note:
            draft.note(sheet, note, len(columns))
    sheet.freeze, sheet.repeat_rows = f"D{FIRST_ROW}", f"{_HEAD_ROW}:{_HEAD_ROW}"


def _mode_notes(draft: Draft) -> list[str]:
    if draft.live.mode is Mode.NAMES:
        return []
    if draft.live.mode is Mode.COLUMNS:
        return [draft.words.text("SMIC, rate and share change from line to line: they stand in columns.")]
    return [
        draft.words.text(
            "The amounts of this list are values, not formulas: with the settings or dates of this claim, a formula "
            "line by line could give another cent. The calculation annex shows each step."
        )
    ]


def _row_values(columns: Sequence[Column], row: Row) -> dict[str, Value]:
    return {
        column.key: None if cell == "" else cell  # type: ignore[misc]  # the list's cells are plain values
        for column, cell in zip(columns, row.cells, strict=True)
    }


def _values(draft: Draft, columns: Sequence[Column], row: Row, index: int) -> list[CellValue]:
    """Return a person's cells, amounts as formulas where the claim allows it."""
    values: dict[str, CellValue] = dict(_row_values(draft.report.table("list").columns, row))
    live, at, number = draft.live, draft.places.letters, draft.places.first + index
    if "base" in at:
        values["base"] = live.bases[index]
    if live.mode is not Mode.VALUES:
        smic, rate, share = "SMIC", "TAUX", "PART"
        if live.mode is Mode.COLUMNS:
            own = live.factors[index]
            values |= {"smic": own.smic, "rate": own.rate, "share": own.share}
            smic, rate, share = (f"{at[key]}{number}" for key in ("smic", "rate", "share"))
        hours, base, state = (f"{at[key]}{number}" for key in ("fundable", "base", "part:state"))
        texts = {
            "fundable": f"ROUND(MIN({at['paid']}{number}-{at['c']}{number},PLAFOND_H),2)",
            "fte": f"ROUND({hours}/H_MOIS,4)",
            "base": f"ROUND({smic}*{hours},2)",
            "part:state": f"ROUND({base}*{rate},2)",
            "part:department": f"ROUND({state}*{share},2)",
            "total": f"ROUND({state}+{at['part:department']}{number},2)",
        }
        for key, text in texts.items():
            values[key] = Formula(text, values[key])  # type: ignore[arg-type]  # figures, by the columns' kinds
    return [values.get(column.key) for column in columns]


def _sum_row(draft: Draft, sheet: Sheet, columns: Sequence[Column], label: str, *, shown: bool) -> None:
    """Add a row of totals: of all lines (adjustments included), or of the people that the filter shows."""
    places = draft.places
    values = _sum_values(draft, draft.view.sums(draft.view.entries) if shown else draft.view.everything)
    number = 3 if shown else places.total
    cells: list[tuple[CellValue, int]] = []
    for column in columns:
        letter = places.letters[column.key]
        value: CellValue = None
        if column.key in _SUMMED or column.key.startswith("part:"):
            last = places.last if shown else places.bottom
            cells_of = f"{letter}{places.first}:{letter}{last}"
            text = f"ROUND(SUBTOTAL(109,{cells_of}),2)" if shown else f"ROUND(SUM({cells_of}),2)"
            value = Formula(text, values[column.key])
        elif column.key == "fte":
            value = values["fte"]
            if draft.live.full_month is not None and "H_MOIS" in draft.named:
                value = Formula(f"ROUND({places.letters['fundable']}{number}/H_MOIS,4)", values["fte"])
        elif column.key == "id":
            value = label
        cells.append((value, _sum_style(draft, column, shown=shown)))
    sheet.row(cells)


def _sum_values(draft: Draft, sums: Sums) -> dict[str, Decimal]:
    """Return the sums of some lines by the list's columns."""
    return {
        "contract": sums.contract,
        "paid": sums.paid,
        "a": sums.hours_a,
        "b": sums.hours_b,
        "c": sums.hours_c,
        "fundable": sums.fundable,
        "fte": sums.fte,
        "base": sum((base for base in draft.live.bases if base is not None), ZERO),
        **{f"part:{part}": amount for part, amount in sums.parts.items()},
        "total": sums.total,
    }


def _needed(value: Decimal | None) -> float:
    """Return how wide a sum stands in bold figures, so that no cell shows ####."""
    return 0.95 * len(f"{value:,.2f}") + 0.4 if value is not None else 0.0


def _sum_style(draft: Draft, column: Column, *, shown: bool) -> int:
    format_ = "General" if column.key == "id" else number_format(column, draft.words)
    align = "right" if column.kind.right else "left"
    if shown:
        return draft.style(format_, color=GREY, edge=Edge.HAIR, align=align)
    return draft.style(format_, bold=True, fill=TINT, edge=Edge.GRAND, align=align)


# ---------------------------------------------------------------- the check


def write_check(draft: Draft) -> None:
    """Write the check: the sealed parts as values, the sheet's own by formula, their difference, red when not 0."""
    words, sheet, view = draft.words, draft.sheets["check"], draft.view
    keys = [f"part:{part}" for part in view.parts] + ["total"]
    amounts = {column.key: column for column in draft.report.table("list").columns if column.key in keys}
    count = len(keys)
    name = draft.report.table("list").columns[2]
    columns = [draft.report.table("list").columns[1], name]
    heads = label_columns(columns)
    for mark in (
        words.term("check", "Sealed"),
        words.term("check", "Computed here"),
        words.term("check", "Difference"),
    ):
        for key in keys:
            columns.append(replace(amounts[key], strong=False))
            heads.append(f"{mark}\n{amounts[key].short or amounts[key].head} {amounts[key].unit}")
    columns[-count:] = [replace(column, sign=True) for column in columns[-count:]]
    sheet.widths = [8.0, 23.0] + [max(9.5, _needed(view.dossier.answer.totals.total))] * (3 * count)

    lines: list[tuple[str, str, list[Decimal], list[str]]] = []
    total = [*view.dossier.answer.totals.parts.values(), view.dossier.answer.totals.total]
    top = ("", words.term("check", "List, total"), total, [draft.list_total(key) for key in keys])
    for index, entry in enumerate(view.entries):
        formulas = [draft.of_person(key, f"$A{4 + index}", index) for key in keys]
        row = (safe(entry.card.id, words), safe(entry.name, words), _amounts(entry.line, view.parts), formulas)
        lines.append(row)
    for line, number in zip(view.adjustments, draft.places.adjustments, strict=True):
        formulas = [draft.ref("list", f"{draft.places.letters[key]}{number}") for key in keys]
        lines.append(("", adjustment_name(line, words), _amounts(line, view.parts), formulas))
    lines += _claim_lines(draft, [*view.parts, "total"])

    draft.title(sheet, words.term("sheet", "Check"))
    styles = {
        role: draft.styles(columns, role, place)
        for role, place in ((Role.GRAND, 1), (Role.LINE, 1), (Role.SUBTOTAL, 5))
    }
    _check_row(sheet, 2, top, styles[Role.GRAND])
    draft.heads(sheet, columns, heads)
    for index, row in enumerate(lines):
        _check_row(sheet, 4 + index, row, styles[Role.SUBTOTAL if not row[0] else Role.LINE])
    area, _ = gaps_area(draft)
    cell = area.partition(":")[0]
    sheet.rules.append(Rule(area, f"IF(ISERROR({cell}),TRUE,AND(ISNUMBER({cell}),{cell}<>0))", RED, RED_TINT))
    sheet.freeze, sheet.repeat_rows = "B4", "3:3"


def gaps_area(draft: Draft) -> tuple[str, int]:
    """Return the cells of the check's differences and how many figures stand there (row 3 holds heads)."""
    view, count = draft.view, len(draft.view.parts) + 1
    rows = len(view.entries) + len(view.adjustments) + bool(draft.corrections) + 1
    return f"{column_letter(2 + 2 * count)}2:{column_letter(1 + 3 * count)}{3 + rows}", count * (rows + 1)


def _amounts(line: Line, parts: Sequence[str]) -> list[Decimal]:
    return [*(line.parts.get(part, ZERO) for part in parts), line.total]


def _claim_lines(draft: Draft, keys: list[str]) -> list[tuple[str, str, list[Decimal], list[str]]]:
    """Return the lines of the whole claim: corrections (or differences), and the amount claimed."""
    from ltu_desktop.documents.claim_changes import corrections_total, corrective

    view, words = draft.view, draft.words
    changed = corrections_total(view.dossier.corrections, view.parts)
    sealed = (
        dict(changed) if corrective(view) else {k: v + changed[k] for k, v in view.dossier.answer.totals.parts.items()}
    )
    lines: list[tuple[str, str, list[Decimal], list[str]]] = []
    if draft.corrections:
        label = words.term("check", "Differences") if corrective(view) else words.term("check", "Corrections")
        lines.append(("", label, _with_total(changed), [draft.corrections[key] for key in keys]))
    lines.append(("", words.term("check", "Amount claimed"), _with_total(sealed), [draft.claimed[key] for key in keys]))
    return lines


def _with_total(parts: dict[str, Decimal]) -> list[Decimal]:
    return [*parts.values(), sum(parts.values(), ZERO)]


def _check_row(
    sheet: Sheet, number: int, row: tuple[str, str, list[Decimal], list[str]], styles: Sequence[int]
) -> None:
    person, name, sealed, formulas = row
    count = len(sealed)
    values: list[CellValue] = [person or None, name, *sealed]
    values += [Formula(text, value) for text, value in zip(formulas, sealed, strict=True)]
    for index in range(count):
        before, after = column_letter(2 + index), column_letter(2 + count + index)
        values.append(Formula(f"ROUND({after}{number}-{before}{number},2)", ZERO))
    sheet.row(zip(values, styles, strict=True))
