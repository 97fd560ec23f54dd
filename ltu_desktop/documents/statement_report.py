"""The yearly statement as a report: month by month due, paid and difference, then balance, ceiling, 10 % rule, grant.

Keys of sections and their tables: months[months] · balance[balance] · ceiling[ceiling] · others[others] ·
grant[grant] (where the scheme has one) · signatures · notes · pieces[claims, payments]. Columns of `months`: month
reference hours fte <part>:due <part>:paid <part>:gap … gap remark; a row's key is the month, or `others_limit`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents import statement_notes as more
from ltu_desktop.documents.claim_front import agreement_line, grouped
from ltu_desktop.documents.report import Cell, Column, Kind, Report, Role, Row, Section, Table
from ltu_desktop.rules.adjust import ratio
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.money import ZERO, to_fte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.list_reports import Issue
    from ltu_desktop.documents.statement_figures import Grant, Mark, Seal, Statement, StatementMonth
    from ltu_desktop.rules.answer import Used
    from ltu_desktop.words import Words


def statement(told: Statement, issue: Issue, words: Words, seal: Seal | None = None) -> Report:
    """Return the yearly statement in the document's language; sealed figures say when, and under which print."""
    year = str(told.year)
    version = seal.version if seal is not None else 1
    drawn = words.text("Drawn up on {day}", day=words.day(issue.day))
    if seal is not None:
        at = words.text("sealed on {moment}", moment=words.moment(seal.at))
        drawn = f"{at[:1].upper()}{at[1:]} · {words.text('Fingerprint {print}', print=short_print(seal.sha256))}"
    sections = [
        Section("months", "", tables=(_months(told, words),), notes=(more.definition(told, words),)),
        Section("balance", words.text("Balance of the year"), "A", tables=(_balance(told, words),)),
        Section("ceiling", words.text("Ceiling and parameters"), "B", tables=(_ceiling(told, words),)),
    ]
    if told.limit is not None:
        sections.append(Section("others", words.text("10% rule"), "C", tables=(_others(told, told.limit, words),)))
    if told.grant is not None:
        letter = "ABCD"[len(sections) - 1]
        sections.append(
            Section("grant", words.text("Start-up grant"), letter, tables=(_grant(told, told.grant, words),))
        )
    sections += [
        Section("signatures", "", boxes=more.boxes(told, words)),
        Section("notes", words.text("Notes"), notes=more.notes(told, words)),
        Section(
            "pieces", words.text("Supporting documents"), tables=(more.claims(told, words), more.payments(told, words))
        ),
    ]
    card, agreement = told.employer, told.agreement
    said = [
        f"SIRET {grouped(card.siret)}" if card and card.siret else "",
        agreement_line(agreement, words),
        labels.safe(agreement.territory, words),
        labels.safe(agreement.departments, words),
    ]
    return Report(
        title=words.text("Yearly statement and settlement"),
        subtitle=words.text("Contribution to job development (CDE) · décret 2021-863, art. 25, 4°"),
        language=words.language,
        period=year,
        period_text=year,
        version=version,
        version_text=words.text("version {number}", number=version),
        subject=words.text("CDE yearly statement"),
        owner=labels.safe(issue.owner, words),
        owner_line="  ·  ".join(text for text in said if text),
        sealed_line=drawn,
        currency="EUR",
        sections=tuple(sections),
        author=labels.safe(issue.author, words),
        warnings=_warnings(told, words),
        form="statement",
        name=f"releve-cde-{year}-v{version}",
        file=issue.file,
        draft=told.draft,
        unfinished=more.unfinished(told, words),
        at=seal.at if seal is not None else None,
    )


def _warnings(told: Statement, words: Words) -> tuple[str, ...]:
    names = dict.fromkeys(words.parameter(each.code) for each in told.parameters if each.provisional)
    found = [words.text("{parameter} provisional", parameter=name) for name in names]
    if told.grant and told.grant.provisional:
        found.append(words.text("{parameter} provisional", parameter=words.parameter("start_up_unit")))
    if told.missing:
        found.append(words.plural("{count} month without a claim", "{count} months without a claim", len(told.missing)))
    return tuple(found)


# ---------------------------------------------------------------- month by month


def _months(told: Statement, words: Words) -> Table:
    due, paid, gap = words.term("year", "Due"), words.term("year", "Paid"), words.term("year", "Difference")
    columns = [
        Column("month", words.term("year", "Month")),
        Column("reference", _reference(told, words), Kind.NUMBER, unit="€/h"),
        Column("hours", words.term("year", "Fundable hours"), Kind.HOURS),
        Column("fte", words.term("list", "FTE"), Kind.FTE),
    ]
    for part in told.parts:
        name = labels.part(part, words)
        columns += [
            Column(f"{part}:due", due, Kind.MONEY, unit="€", group=name),
            Column(f"{part}:paid", paid, Kind.MONEY, unit="€", group=name),
            Column(f"{part}:gap", gap, Kind.MONEY, unit="€", group=name, sign=True, dash=True, strong=True),
        ]
    together = words.term("year", "Total")
    columns += [
        Column("gap", gap, Kind.MONEY, unit="€", group=together, sign=True, dash=True, strong=True),
        Column("remark", words.term("list", "Remark")),
    ]
    rows = [_month_row(each, told.parts, words) for each in told.months]
    rows.append(_rule_row(told, words))
    return Table("months", tuple(columns), tuple(rows), (_year_row(told, words),))


def _reference(told: Statement, words: Words) -> str:
    """Name the column of the reference wage: the scheme's, or the parameter's own name."""
    if told.reference == "smic_hourly":
        return words.term("year", "SMIC")
    return words.parameter(told.reference) if told.reference else ""


def _month_row(each: StatementMonth, parts: Sequence[str], words: Words) -> Row:
    cells: list[str | Decimal | None] = [
        labels.month_name(str(each.month), words),
        each.reference,
        each.hours,
        each.fte,
    ]
    whole = ZERO
    for part in parts:
        paid = each.paid.get(part, ZERO)
        if each.due is None:
            cells += [None, paid or None, -paid if paid else None]
            whole -= paid
        else:
            due = each.due.get(part, ZERO)
            cells += [due, paid, due - paid]
            whole += due - paid
    cells.append(whole if each.due is not None or whole else None)
    marks = sorted(each.marks, key=lambda mark: mark.code not in _OPEN)  # first what is still to come, or to go back
    said = [_mark(mark, words, other=any(each.paid.values())) for mark in marks]
    cells.append(", ".join([*said[:1], *(text[:1].lower() + text[1:] for text in said[1:])]))
    return Row(tuple(cells), key=str(each.month))


_OPEN = frozenset({"too_much", "nothing_paid", "left_to_pay"})


def _mark(mark: Mark, words: Words, *, other: bool) -> str:
    """Say what a month's difference comes from; `other` tells that another month's claim paid something for it."""
    months = ", ".join(labels.short_month(month, words) for month in mark.months)
    return {
        "corrected_in": words.term("year", "Corrected in {months}", months=months),
        "corrects": words.term("year", "Corrects {months}", months=months),
        "corrective": words.term("year", "Corrective version"),
        "not_claimed": words.term("year", "No claim"),
        "too_much": words.term("year", "Overpaid"),
        "nothing_paid": words.term("year", "Claim unpaid") if other else words.term("year", "Unpaid"),
        "left_to_pay": words.term("year", "Partly paid"),
    }[mark.code]


def _rule_row(told: Statement, words: Words) -> Row:
    """Return the line of the yearly 10 % rule, there even when it takes nothing off."""
    cells: list[str | Decimal | None] = [words.term("year", "10% rule"), None, None, None]
    off = sum(told.taken_off.values(), ZERO)
    for part in told.parts:
        less = -told.taken_off.get(part, ZERO)
        cells += [less, None, less]
    kept = words.term("year", "Respected") if not off else words.term("year", "Exceeded")
    said = words.term("year", "{state}, see {letter}", state=kept, letter="C") if told.limit is not None else ""
    return Row((*cells, -off, said), key="others_limit")


def _year_row(told: Statement, words: Words) -> Row:
    settled = told.settlement
    cells: list[str | Decimal | None] = [
        words.term("year", "Year {year}", year=told.year),
        None,
        told.hours,
        told.fte,
    ]
    for part in told.parts:
        cells += [settled.due[part], settled.paid.get(part, ZERO), settled.difference[part]]
    return Row((*cells, told.due - told.paid, ""), Role.GRAND, str(told.year))


# ---------------------------------------------------------------- blocks A to D


def _pairs(key: str, rows: Sequence[Row], words: Words, totals: Sequence[Row] = ()) -> Table:
    columns = (Column("label", words.term("year", "Item")), Column("value", words.term("year", "Value")))
    return Table(key, columns, tuple(rows), tuple(totals))


def _balance(told: Statement, words: Words) -> Table:
    names = " + ".join(labels.part(part, words, short=True) for part in told.parts)
    due = words.term("year", "Due ({parts})", parts=names) if len(told.parts) == 2 else words.term("year", "Due")
    rest = told.due - told.paid
    rows = [
        Row((due, Cell(told.due, Kind.MONEY)), key="due"),
        Row((words.term("year", "Paid by the Fund"), Cell(told.paid, Kind.MONEY)), key="paid"),
    ]
    for part in told.parts:
        name = words.term("year", "balance, {part}", part=labels.part(part, words, short=True))
        amount = told.settlement.difference[part]
        rows.append(Row((name, words.money(amount, sign=True)), key=f"balance:{part}"))
    if rest > 0:
        said = words.term("year", "The Fund owes")
    elif rest < 0:
        said = words.term("year", "The employer owes")
    else:
        said = words.term("year", "Nothing to settle")
    return _pairs("balance", rows, words, (Row((said, Cell(abs(rest), Kind.MONEY)), Role.GRAND, "rest"),))


def _fte_cell(value: Decimal, words: Words, decimals: int = 2) -> Cell:
    return Cell(value, Kind.FTE, words.term("unit", "FTE"), decimals)


def _ceiling(told: Statement, words: Words) -> Table:
    agreement = told.agreement
    rows = []
    ceiling = agreement.ceiling_fte
    if ceiling is not None:
        name = words.term("year", "Ceiling {year}", year=told.year)
        if agreement.amendment:
            number = labels.safe(agreement.amendment, words)
            name = words.term("year", "Ceiling {year} (amendment {number})", year=told.year, number=number)
        rows.append(Row((name, _fte_cell(ceiling, words)), key="ceiling"))
    rows.append(Row((words.term("year", "Average funded"), _fte_cell(told.fte, words)), key="average"))
    for code in dict.fromkeys(each.code for each in told.parameters):
        values = [each for each in told.parameters if each.code == code]
        provisional = any(each.provisional for each in values)
        name = words.term("year", "Hourly SMIC") if code == "smic_hourly" else words.parameter(code)
        role = Role.SUBTOTAL if provisional else Role.LINE
        rows.append(Row((name, _dated(values, words, provisional=provisional)), role, code))
    return _pairs("ceiling", rows, words)


def _dated(values: Sequence[Used], words: Words, *, provisional: bool) -> str:
    """Write a parameter's values of the year: `12,02 puis 12,31 au 01/06`, `95,00 % provisoire`."""
    texts = [
        words.number(each.value) if each.unit == "EUR/h" else words.parameter_value(each.value, each.unit)
        for each in values
    ]
    said = " → ".join(texts)
    if len(values) == 2:
        day = _day_and_month(values[1].start, words)
        said = words.term("year", "{before}, then {after} from {day}", before=texts[0], after=texts[1], day=day)
    if provisional:
        said = words.term("year", "{value} provisional", value=said)
    return said


def _day_and_month(day: date, words: Words) -> str:
    return f"{day.day:02d}/{day.month:02d}" if words.language == "fr" else words.day(day).rpartition(" ")[0]


def _others(told: Statement, limit: Decimal, words: Words) -> Table:
    whole = told.main_fte + told.other_fte
    share = ratio(told.other_fte, whole)
    off = sum(told.taken_off.values(), ZERO)
    limit_name = words.term("year", "Limit: {limit} of {fte}", limit=words.percent(limit, 0), fte=words.fte(whole))
    return _pairs(
        "others",
        (
            Row((words.status("ppde"), _fte_cell(told.main_fte, words)), key="ppde"),
            Row((words.term("fte", "Others"), _fte_cell(told.other_fte, words)), key="other"),
            Row((limit_name, _fte_cell(to_fte(whole * limit), words)), key="limit"),
            Row((words.term("fte", "Others’ share"), Cell(share, Kind.PERCENT)), key="share"),
            Row((words.term("year", "Adjustment"), words.money(-off, sign=True)), Role.SUBTOTAL, "adjustment"),
        ),
        words,
    )


def _grant(told: Statement, grant: Grant, words: Words) -> Table:
    def stock(year: int) -> str:
        return words.term("year", "{status} at {day}", status=words.status("ppde"), day=words.day(date(year, 12, 31)))

    unit = words.money(grant.unit)
    if grant.provisional:
        unit = words.term("year", "{value} provisional", value=unit)
    role = Role.SUBTOTAL if grant.provisional else Role.LINE
    return _pairs(
        "grant",
        (
            Row((stock(told.year - 1), _fte_cell(grant.before, words, 4)), key="before"),
            Row((stock(told.year), _fte_cell(grant.after, words, 4)), key="after"),
            Row((words.term("year", "Net growth"), _fte_cell(grant.growth, words, 4)), key="growth"),
            Row((words.term("year", "Amount per FTE"), unit), role, "unit"),
        ),
        words,
        (Row((words.term("year", "Grant"), Cell(grant.amount, Kind.MONEY)), Role.GRAND, "amount"),),
    )
