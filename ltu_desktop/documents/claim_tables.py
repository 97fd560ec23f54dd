"""The claim's nominal list (part 3) and totals (part 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.report import Column, Kind, Role, Row, Table
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.documents.claim_view import Entry, Sums, View
    from ltu_desktop.rules.answer import Line
    from ltu_desktop.words import Words

MOST_TOTAL_ROWS = 26  # part 4 never breaks: beyond, sites are shown without their statuses, then put together


def part_columns(view: View, words: Words, *, sign: bool = False, prefix: str = "part") -> list[Column]:
    """Return one column of money for each part of the claim."""
    return [
        Column(
            f"{prefix}:{code}",
            labels.part(code, words),
            Kind.MONEY,
            labels.part(code, words, short=True),
            unit="€" if view.dossier.answer.currency == "EUR" else view.dossier.answer.currency,
            sign=sign,
        )
        for code in view.parts
    ]


def currency_sign(view: View) -> str:
    """Return the currency as a column head shows it."""
    return "€" if view.dossier.answer.currency == "EUR" else view.dossier.answer.currency


# ---------------------------------------------------------------- part 3: the nominal list


def list_columns(view: View, words: Words) -> tuple[Column, ...]:
    """Return the columns of the nominal list."""
    money = currency_sign(view)
    return (
        Column("number", words.term("list", "No."), Kind.COUNT),
        Column("id", words.term("list", "Staff number"), Kind.CODE, words.term("list", "Staff no.")),
        Column("name", words.term("list", "NAME First name")),
        Column("status", words.term("list", "Status")),
        Column("site", words.term("list", "Site"), Kind.CODE),
        Column("entry", words.term("list", "Entry"), Kind.DATE),
        Column("exit", words.term("list", "Exit"), Kind.DATE),
        Column("contract", words.term("list", "Contract"), Kind.HOURS, unit="h"),
        Column("paid", words.term("list", "Paid"), Kind.HOURS, unit="h"),
        Column("a", words.term("list", "incl. A"), Kind.HOURS, unit="h", dash=True),
        Column("b", "B", Kind.HOURS, unit="h", dash=True),
        Column("c", "C", Kind.HOURS, unit="h", dash=True),
        Column("fundable", words.term("list", "Fundable"), Kind.HOURS, words.term("list", "Fund."), "h", strong=True),
        Column("fte", words.term("list", "FTE"), Kind.FTE, decimals=fte_decimals(view)),
        *part_columns(view, words),
        Column("total", words.term("list", "Total"), Kind.MONEY, unit=money, strong=True),
        Column("remark", words.term("list", "Remark")),
    )


def fte_decimals(view: View) -> int:
    """How many decimals of an FTE the list prints: a setting, 2 unless told otherwise."""
    chosen = next((each.value for each in view.dossier.answer.settings if each.code == "fte_decimals"), "2")
    return 4 if chosen == "4" else 2


def list_row(entry: Entry, view: View, words: Words) -> Row:
    """Return one person's row of the nominal list."""
    card, line = entry.card, entry.line
    remarks = ", ".join(labels.remark(item, words) for item in card.remarks)
    return Row(
        (
            entry.number,
            labels.safe(card.id, words),
            labels.safe(entry.name, words),
            words.status(card.status),
            labels.safe(card.site, words),
            card.entry,
            card.exit,
            card.contract_hours,
            line.paid_hours,
            line.hours_a,
            line.hours_b,
            line.hours_c,
            line.quantity,
            line.fte,
            *(line.parts.get(part, ZERO) for part in view.parts),
            line.total,
            remarks,
        ),
        key=card.id,
    )


def adjustment_row(line: Line, view: View, words: Words) -> Row:
    """Return the row of an adjustment of the whole claim, which belongs to nobody."""
    return Row(
        (
            None,
            "",
            adjustment_name(line, words),
            *("",) * 2,
            *(None,) * 7,
            line.quantity,
            line.fte,
            *(line.parts.get(part, ZERO) for part in view.parts),
            line.total,
            "",
        ),
        key=line.code,
    )


def adjustment_name(line: Line, words: Words) -> str:
    """Name an adjustment of the whole claim."""
    return labels.said(words.line_name(line.code), line.code)


def sum_row(name: str, sums: Sums, role: Role) -> Row:
    """Return a row of sums under the nominal list's columns."""
    return Row(
        (
            None,
            "",
            name,
            "",
            "",
            None,
            None,
            sums.contract,
            sums.paid,
            sums.hours_a,
            sums.hours_b,
            sums.hours_c,
            sums.fundable,
            sums.fte,
            *sums.parts.values(),
            sums.total,
            "",
        ),
        role,
    )


def nominal_list(view: View, words: Words) -> Table:
    """Return part 3: one row a person, adjustments, the total."""
    month = labels.period(view.dossier.head.period, words)
    total = words.plural(
        "Total {month} – {count} person", "Total {month} – {count} people", len(view.numbers), month=month
    )
    notes = []
    if view.full_month is not None:
        notes.append(
            words.text(
                "The total FTE is computed on the total hours ({hours} ÷ {full}): the sum of the column’s rounded FTE "
                "may differ by some hundredths. Hours and euros do add up to the cent.",
                hours=words.number(view.everything.fundable),
                full=words.number(view.full_month),
            )
        )
    sites = ", ".join(f"{labels.safe(site.code, words)} {labels.safe(site.name, words)}" for site in view.dossier.sites)
    notes.append(
        " ".join(
            part
            for part in (
                words.text("Sites: {sites}.", sites=sites) if sites else "",
                words.text(
                    "Absences by effect, without reason: A paid and counted, B not paid, C paid but not counted."
                ),
                words.text("Contract: monthly hours at the month’s end (or at the exit)."),
            )
            if part
        )
    )
    return Table(
        "list",
        list_columns(view, words),
        (
            *(list_row(entry, view, words) for entry in view.entries),
            *(adjustment_row(line, view, words) for line in view.adjustments),
        ),
        (sum_row(total, view.everything, Role.GRAND),),
        empty=words.text("Nobody is claimed this month"),
        notes=tuple(notes),
    )


# ---------------------------------------------------------------- part 4: totals


def _totals_columns(view: View, words: Words, head: str) -> tuple[Column, ...]:
    return (
        Column("label", head),
        Column("people", words.term("totals", "People"), Kind.COUNT, words.term("totals", "Pers.")),
        Column("hours", words.term("totals", "Fundable hours"), Kind.HOURS, words.term("totals", "Fund. hours")),
        Column("fte", words.term("totals", "FTE"), Kind.FTE),
        *part_columns(view, words),
        Column("total", words.term("totals", "Total"), Kind.MONEY, unit=currency_sign(view)),
    )


def _totals_row(label: str, sums: Sums, role: Role = Role.LINE, key: str = "") -> Row:
    people = sums.people or (None if sums.fundable else 0)  # an adjustment is nobody's
    return Row((label, people, sums.fundable, sums.fte, *sums.parts.values(), sums.total), role, key)


def totals(view: View, words: Words) -> Table:
    """Return the totals by site and status, then by status, then of all."""
    head = labels.period(view.dossier.head.period, words)
    names = {site.code: labels.safe(site.name, words) for site in view.dossier.sites}
    codes = [*names, *sorted({entry.card.site for entry in view.entries} - set(names))]
    statuses = sorted({entry.card.status for entry in view.entries}, key=lambda code: (code != "ppde", code))
    by_site = {code: [entry for entry in view.entries if entry.card.site == code] for code in codes}
    by_site = {code: entries for code, entries in by_site.items() if entries}
    unnamed = words.text("Without site")
    detailed = len(by_site) * (len(statuses) + 1) + len(statuses) + 1 <= MOST_TOTAL_ROWS
    rows: list[Row] = []
    shown = list(by_site)[: MOST_TOTAL_ROWS - len(statuses) - 2]
    for code in shown if len(by_site) > 1 or any(by_site) else ():
        entries, name = by_site[code], names.get(code) or code or unnamed
        if detailed:
            for status in statuses:
                some = [entry for entry in entries if entry.card.status == status]
                if some:
                    label = f"{name} · {words.status(status)}" if status else name
                    rows.append(_totals_row(label, view.sums(some), key=f"{code}/{status}"))
        rows.append(_totals_row(name, view.sums(entries), Role.SUBTOTAL, code))
    if len(by_site) > len(shown):
        rest = [entry for code, entries in by_site.items() if code not in shown for entry in entries]
        rows.append(_totals_row(words.text("Other sites"), view.sums(rest), Role.SUBTOTAL, "*"))
    for status in statuses:
        some = [entry for entry in view.entries if entry.card.status == status]
        label = words.term("totals", "Total {status}", status=words.status(status))
        rows.append(_totals_row(label, view.sums(some), key=f"*/{status}"))
    rows.extend(
        _totals_row(adjustment_name(line, words), view.sums((), (line,)), key=line.code) for line in view.adjustments
    )
    return Table(
        "totals",
        _totals_columns(view, words, head[:1].upper() + head[1:]),
        tuple(rows),
        (_totals_row(words.term("totals", "All"), view.everything, Role.GRAND),),
    )


def year_to_date(view: View, words: Words) -> Table | None:
    """Return the row of the year so far, or None when the answer does not hold it."""
    year = view.dossier.answer.year_to_date
    if year is None:
        return None
    span = months_span(view, words)
    label = words.term("totals", "Year so far, {months}", months=span)
    row = Row(
        (
            label,
            None,
            year.ppde_hours + year.other_hours,
            year.fte,
            *(year.parts.get(part, ZERO) for part in view.parts),
            sum(year.parts.values(), ZERO),
        ),
        Role.LINE,
    )
    note = words.plural(
        "Year so far: sealed claims, without corrections; FTE = average of {count} month.",
        "Year so far: sealed claims, without corrections; FTE = average of {count} months.",
        year.months,
    )
    return Table("year", _totals_columns(view, words, ""), (row,), notes=(note,))


def months_span(view: View, words: Words) -> str:
    """Name the months from January to the claimed one, `janv.–oct.`; only that one where the year is not known."""
    try:
        month = Month.parse(view.dossier.head.period)
    except ValueError:
        return view.dossier.head.period
    first = labels.short_month(Month(month.year, 1), words)
    if view.dossier.answer.year_to_date is None:
        return labels.short_month(month, words)
    return first if month.number == 1 else f"{first}–{labels.short_month(month, words)}"
