"""The claim’s part 5 (reconciliation with payroll), part 6 (changes, corrections) and a corrective’s differences."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.claim_tables import currency_sign
from ltu_desktop.documents.report import Cell, Column, Kind, Role, Row, Table
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ltu_desktop.documents.claim_view import Entry, View
    from ltu_desktop.documents.report import Value
    from ltu_desktop.rules.dossier import Correction
    from ltu_desktop.words import Words

# ---------------------------------------------------------------- part 5: reconciliation with payroll


def bridge(view: View, words: Words) -> Table:
    """Return the named steps from payroll's total to the claim's."""
    steps = view.dossier.bridge
    rows = [
        Row(
            (
                labels.bridge(step.code, words),
                step.lines,
                step.hours if step.code in {"payroll", "claim"} else Cell(step.hours, Kind.HOURS, sign=True),
            ),
            _bridge_role(step.code),
            step.code,
        )
        for step in steps
    ]
    total = tuple(row for row in rows if row.key == "claim")
    gap = unexplained(view)
    exact = len(view.entries) - len(gaps_entries(view))
    notes = [
        words.plural(
            "{count} line without gap (all lines: workbook).", "{count} lines without gap (all lines: workbook).", exact
        )
        + " "
        + words.text("Unexplained gap: {hours}.", hours=words.hours(gap)),
        words.text(
            "In payroll, not on the claim: {missing}. On the claim, not in payroll: {extra}.",
            missing=words.integer(view.dossier.in_payroll_not_claimed),
            extra=words.integer(view.dossier.claimed_not_in_payroll),
        ),
    ]
    return Table(
        "bridge",
        (
            Column("label", words.term("bridge", "From payroll’s total to the claim’s")),
            Column("lines", words.term("bridge", "Lines"), Kind.COUNT),
            Column("hours", words.term("bridge", "Hours"), Kind.HOURS),
        ),
        tuple(row for row in rows if row.key != "claim"),
        total,
        empty=words.text("No payroll was read for this month"),
        notes=tuple(notes),
    )


def _bridge_role(code: str) -> Role:
    return {"payroll": Role.SUBTOTAL, "claim": Role.TOTAL}.get(code, Role.LINE)


def unexplained(view: View) -> Decimal:
    """Return the hours between payroll and claim that no named reason explains (0.00 to seal)."""
    return sum((abs(_unexplained(entry)) for entry in view.entries), ZERO)


def _calendar(entry: Entry) -> bool:
    return any(step.code == "calendar_hours" for step in entry.line.steps)


def _added(entry: Entry) -> Decimal:
    """Return the hours not paid but counted, by a setting of the agreement."""
    line = entry.line
    return line.quantity + line.over_cap + line.hours_c - line.paid_hours


def _unexplained(entry: Entry) -> Decimal:
    if _calendar(entry):
        return ZERO
    return entry.line.paid_hours - (entry.card.payroll_hours - entry.card.back_pay_hours)


def gaps_entries(view: View) -> list[Entry]:
    """Return the entries whose claimed hours differ from payroll's."""
    return [entry for entry in view.entries if entry.line.quantity != entry.card.payroll_hours]


def gap_reasons(entry: Entry, words: Words) -> str:
    """Say why claimed and paid hours differ."""
    reasons = []
    if entry.card.back_pay_hours:
        days = [day for item in entry.card.remarks if item.code == "correction" for day in item.days.values()]
        month = labels.short_month(Month.of(days[0]), words) if days else ""
        reasons.append(words.term("gap", "Back pay {month}", month=month).strip())
    if entry.line.hours_c:
        reasons.append(words.term("gap", "Class C"))
    if entry.line.over_cap:
        reasons.append(words.term("gap", "Cap"))
    if _added(entry):
        reasons.append(words.term("gap", "Class B counted"))
    if _calendar(entry):
        reasons.append(words.term("gap", "Calendar"))
    if _unexplained(entry):
        reasons.append(words.term("gap", "Unexplained"))
    return ", ".join(reasons)


def gaps(view: View, words: Words) -> Table:
    """Return the lines whose claimed hours differ from payroll's, with the reason."""
    found = gaps_entries(view)
    rows = tuple(
        Row(
            (
                entry.number,
                labels.safe(entry.card.id, words),
                labels.safe(entry.name, words),
                entry.card.payroll_hours,
                entry.line.quantity,
                entry.line.quantity - entry.card.payroll_hours,
                gap_reasons(entry, words),
            ),
            key=entry.card.id,
        )
        for entry in found
    )
    payroll = sum((entry.card.payroll_hours for entry in found), ZERO)
    claimed = sum((entry.line.quantity for entry in found), ZERO)
    label = words.plural("{count} line with a gap", "{count} lines with a gap", len(found))
    total = Row((None, label, "", payroll, claimed, claimed - payroll, ""), Role.TOTAL)
    return Table(
        "gaps",
        (
            Column("number", words.term("list", "No."), Kind.COUNT),
            Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
            Column("name", words.term("list", "NAME First name")),
            Column("payroll", words.term("bridge", "Payroll"), Kind.HOURS, unit="h"),
            Column("claim", words.term("bridge", "Claim"), Kind.HOURS, unit="h"),
            Column("gap", words.term("bridge", "Gap"), Kind.HOURS, unit="h", sign=True),
            Column("reason", words.term("bridge", "Reason")),
        ),
        rows,
        (total,) if rows else (),
        empty=words.text("No line with a gap"),
    )


# ---------------------------------------------------------------- part 6: changes and corrections


def changes(view: View, words: Words) -> Table:
    """Return the entries, exits and changes of hours since last month."""
    rows = []
    for change in view.dossier.changes:
        detail = labels.exit_reason(change.reason, words)
        if change.detail and not labels.withheld(change.reason):
            more = labels.safe(change.detail, words)
            if change.kind == "entry":
                more = words.text("Recognised by the local committee, decision {number}", number=more)
            detail = labels.semicolon(words).join(part for part in (detail, more) if part)
        rows.append(
            Row(
                (
                    labels.change(change.kind, words),
                    view.numbers.get(change.person),
                    labels.safe(change.person, words),
                    labels.safe(view.names.get(change.person, ""), words),
                    change.day,
                    _weekly(change.before),
                    _weekly(change.after),
                    detail,
                ),
                key=change.person,
            )
        )
    return Table(
        "changes",
        (
            Column("kind", words.term("changes", "Kind"), strong=True),
            Column("number", words.term("list", "No."), Kind.COUNT),
            Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
            Column("name", words.term("list", "NAME First name")),
            Column("day", words.term("changes", "Date"), Kind.DATE),
            Column("before", words.term("changes", "Before")),
            Column("after", words.term("changes", "After")),
            Column("detail", words.term("changes", "Detail")),
        ),
        tuple(rows),
        title=words.text("Entries, exits, changes of hours"),
        empty=words.text("No change this month"),
    )


def _weekly(hours: Decimal | None) -> Value | Cell:
    return "–" if hours is None else Cell(hours, Kind.WEEKLY)


def corrections(view: View, words: Words) -> Table:
    """Return part 6.2: differences of earlier months, which a corrective version shows on its first page instead."""
    items = () if corrective(view) else view.dossier.corrections
    columns = (
        Column("origin", words.term("corrections", "Original claim")),
        Column("number", words.term("list", "No."), Kind.COUNT),
        Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
        Column("name", words.term("list", "NAME First name")),
        Column("before", words.term("corrections", "Hours before"), Kind.HOURS),
        Column("after", words.term("corrections", "Hours after"), Kind.HOURS),
        *_difference_columns(view, words),
        Column(
            "difference",
            words.term("corrections", "Difference total"),
            Kind.MONEY,
            unit=currency_sign(view),
            sign=True,
            strong=True,
        ),
        Column("reason", words.term("corrections", "Reason")),
    )
    rows = tuple(
        Row(
            (
                f"{labels.short_period(item.period, words)} v{item.version} · {short_print(item.sha256)}",
                view.numbers.get(item.person),
                labels.safe(item.person, words),
                _name(item, view, words),
                item.hours_before,
                item.hours_after,
                *(difference(item, part) for part in view.parts),
                sum((difference(item, part) for part in view.parts), ZERO),
                _reason(item, words),
            ),
            key=item.person,
        )
        for item in items
    )
    parts = corrections_total(items, view.parts)
    total = Row(
        (
            None,
            None,
            "",
            words.text("Total of the corrections"),
            None,
            None,
            *parts.values(),
            sum(parts.values(), ZERO),
            "",
        ),
        Role.TOTAL,
    )
    return Table(
        "corrections",
        columns,
        rows,
        (total,) if rows else (),
        title=words.text("Corrections of earlier months (differences; the original claim is not changed)"),
        empty=words.text("No correction of an earlier month"),
        notes=(_after_correction(items, view, words),) if rows else (),
    )


def _name(item: Correction, view: View, words: Words) -> str:
    """Name whom a correction concerns; without a person, the adjustment of the whole claim."""
    if item.person:
        return labels.safe(view.names.get(item.person, item.person), words)
    return labels.said(words.line_name(item.reason), item.reason)


def _reason(item: Correction, words: Words) -> str:
    return labels.correction_reason(item.reason, words) if item.person else ""


def _difference_columns(view: View, words: Words) -> list[Column]:
    return [
        Column(
            f"part:{code}",
            words.term("corrections", "Difference {part}", part=labels.part(code, words, short=True)),
            Kind.MONEY,
            unit=currency_sign(view),
            sign=True,
        )
        for code in view.parts
    ]


def _after_correction(items: Iterable[Correction], view: View, words: Words) -> str:
    """Say what each corrected line amounts to now, so that a reader can redo the differences."""
    said = []
    for item in items:
        parts = " + ".join(words.number(item.parts_after.get(part, ZERO)) for part in view.parts)
        name = _name(item, view, words)
        said.append(f"{name} {words.hours(item.hours_after)} → {parts}")
    return words.text("After correction: {lines}.", lines=labels.semicolon(words).join(said))


def corrective(view: View) -> bool:
    """Whether this version corrects an earlier one of the same period."""
    return view.dossier.head.version > 1


def difference(item: Correction, part: str) -> Decimal:
    """Return what a correction changes in one part: the difference of two rounded amounts."""
    return item.parts_after.get(part, ZERO) - item.parts_before.get(part, ZERO)


def corrections_total(items: Iterable[Correction], parts: Iterable[str]) -> dict[str, Decimal]:
    """Add up the differences of some corrections, part by part."""
    listed = list(items)
    return {part: sum((difference(item, part) for item in listed), ZERO) for part in parts}


def differences(view: View, words: Words) -> Table:
    """Return the first table of a corrective version: changed lines, before, after and difference."""
    money = currency_sign(view)
    before, after = words.term("differences", "Before"), words.term("differences", "After")
    gap = words.term("differences", "Difference")
    columns = [
        Column("number", words.term("list", "No."), Kind.COUNT),
        Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
        Column("name", words.term("list", "NAME First name")),
    ]
    hours = words.term("differences", "Fundable hours")
    columns += [
        Column("hours:before", before, Kind.HOURS, group=hours),
        Column("hours:after", after, Kind.HOURS, group=hours),
        Column("hours:gap", gap, Kind.HOURS, group=hours, sign=True, strong=True),
    ]
    for code in view.parts:
        group = f"{labels.part(code, words)} {money}"
        columns += [
            Column(f"{code}:before", before, Kind.MONEY, group=group),
            Column(f"{code}:after", after, Kind.MONEY, group=group),
            Column(f"{code}:gap", gap, Kind.MONEY, group=group, sign=True, strong=True),
        ]
    columns += [
        Column("total:gap", gap, Kind.MONEY, group=f"{words.term('list', 'Total')} {money}", sign=True, strong=True),
        Column("reason", words.term("corrections", "Reason")),
    ]
    items = view.dossier.corrections if corrective(view) else ()
    rows = tuple(
        Row(
            (
                view.numbers.get(item.person),
                labels.safe(item.person, words),
                _name(item, view, words),
                item.hours_before,
                item.hours_after,
                item.hours_after - item.hours_before,
                *_before_after(item, view),
                sum((difference(item, part) for part in view.parts), ZERO),
                _reason(item, words),
            ),
            key=item.person,
        )
        for item in items
    )
    parts = corrections_total(items, view.parts)
    hours_gap = sum((item.hours_after - item.hours_before for item in items), ZERO)
    sums: list[Value] = [None, "", words.text("Total of the differences"), None, None, hours_gap]
    for value in parts.values():
        sums += [None, None, value]
    total = Row((*sums, sum(parts.values(), ZERO), ""), Role.TOTAL)
    return Table(
        "difference",
        tuple(columns),
        rows,
        (total,) if rows else (),
        empty=words.text("No line differs"),
    )


def _before_after(item: Correction, view: View) -> list[Value]:
    cells: list[Value] = []
    for part in view.parts:
        cells += [item.parts_before.get(part, ZERO), item.parts_after.get(part, ZERO), difference(item, part)]
    return cells
