"""The explanation of any figure of a claim as a value: how it came about, down to payroll line and order. No Qt.

Each figure of the page can be explained: those of a person's line, of an adjustment, of a total, of a correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.claim_figures import (
    FTE,
    FUNDABLE,
    PAID,
    TOTAL,
    LineRow,
    Shown,
    figure_name,
    figure_text,
    formula_text,
    step_value,
    steps_to,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ltu_desktop.documents.claim_view import Entry, Sums
    from ltu_desktop.rules.answer import Line, Step, Used
    from ltu_desktop.rules.dossier import Correction, Dossier
    from ltu_desktop.words import Words

HOURS_BEFORE, HOURS_AFTER = "hours_before", "hours_after"
DIFFERENCE = "difference:"  # before a part's code
_ADJUSTED = {"others_limit": "others_limit"}  # adjustments that rest on a dated value


@dataclass(frozen=True)
class Told:
    """One step: what it is, its value, how it came about, and what it rests on (a file and line, an order)."""

    name: str
    value: str
    formula: str = ""
    source: str = ""


@dataclass(frozen=True)
class Explained:
    """A figure and how it came about; `sums` are amounts below it, `person` the staff number of whom it speaks."""

    title: str
    figure: str
    told: tuple[Told, ...]
    sums: tuple[tuple[str, str, bool], ...] = ()
    person: str = ""
    hours: str = ""
    status: str = ""
    provisional: bool = False
    whole: bool = False  # the last step is not the figure itself

    def text(self, colon: str) -> str:
        """Write it as plain text, to paste into a mail."""
        lines = [f"{self.title}{colon} {self.figure}"]
        for number, each in enumerate(self.told, 1):
            told = f"{number}. {each.name}{colon} {each.value}" if each.value else f"{number}. {each.name}"
            lines.append(" – ".join(part for part in (told, each.formula, each.source) if part))
        return "\n".join(lines)


def _used(dossier: Dossier, code: str) -> Used | None:
    return next((each for each in dossier.answer.parameters if each.code == code), None)


def payroll_line(words: Words, file: str, line: int) -> str:
    """Say where hours come from."""
    return words.text(N_("{file}, line {line}"), file=file, line=words.integer(line)) if line else file


def agreement_text(words: Words, dossier: Dossier) -> str:
    """Name the agreement and its amendment."""
    found = dossier.agreement
    said = [words.text(N_("agreement {number}"), number=found.number)] if found.number else []
    if found.amendment:
        said.append(words.text(N_("amendment {number}"), number=found.amendment))
    return ", ".join(said)


def _settings(words: Words, dossier: Dossier, codes: tuple[str, ...]) -> str:
    """Say which settings a step follows: the agreement's, or those that no text fixes."""
    found = [each for each in dossier.answer.settings if each.code in codes]
    if not found:
        return ""
    if any(not each.default for each in found):
        return agreement_text(words, dossier)
    return words.text(N_("settings of the scheme; no text fixes them"))


_RULES = {
    "fundable_hours": ("cap_hours", "mid_month", "complementary_hours", "overtime"),
    "class_c": ("sick_paid", "protected_leave", "partial_activity", "overtime", "exit_leave"),
    "counted_unpaid": ("unpaid_absence",),
    "on_sum": ("rounding",),
}


def source_of(words: Words, dossier: Dossier, chosen: LineRow, step: Step) -> str:
    """Say what a step rests on: its own order, a payroll file's line, the agreement, or a setting."""
    if step.source:
        return claim_labels.source(step.source, words)
    if step.code == "paid_hours" and chosen.card is not None and chosen.card.source_file:
        return payroll_line(words, chosen.card.source_file, chosen.card.source_line)
    if step.code == "calendar_hours":
        return words.text(N_("contract hours by calendar days; setting of the agreement"))
    if step.code == "fte":
        used = _used(dossier, "full_month_hours")
        return claim_labels.source(used.source, words) if used is not None else ""
    if step.code == "hours_off":
        used = _used(dossier, _ADJUSTED.get(chosen.line.code, ""))
        return claim_labels.source(used.source, words) if used is not None else agreement_text(words, dossier)
    return _settings(words, dossier, _RULES.get(step.code, ()))


def explain_line(words: Words, shown: Shown, chosen: LineRow, code: str) -> Explained:
    """Explain a figure of a person's line, or of an adjustment."""
    dossier = shown.dossier
    answer = dossier.answer
    parts = tuple(answer.totals.parts)
    code = code if code in {PAID, FUNDABLE, FTE, *parts} else TOTAL
    told = [
        Told(
            words.step(step.code),
            step_value(words, step),
            formula_text(words, step, frozenset(parts)),
            source_of(words, dossier, chosen, step),
        )
        for step in steps_to(chosen, code)
    ]
    sums = [
        (claim_labels.part(part, words), words.money(chosen.line.parts[part]), False)
        for part in parts
        if code not in {part, TOTAL}  # every part is already a step of the total
    ]
    sums.append((words.text(N_("Total of the line")), words.money(chosen.line.total), code == TOTAL))
    card = chosen.card
    hours = ""
    if card is not None and card.weekly_hours is not None:
        plain = f"{card.weekly_hours.normalize():f}".replace(".", words.mark)
        hours = words.text(N_("{hours} h a week"), hours=plain)
    return Explained(
        f"{chosen.name} · {figure_name(words, code)}",
        figure_text(words, code, value_of(chosen, code), answer.currency),
        tuple(told),
        tuple(sums),
        chosen.staff_number,
        hours,
        words.status(chosen.line.status) if card is not None else "",
        answer.provisional,
        code == TOTAL,
    )


def explain_total(
    words: Words, shown: Shown, name: str, code: str, entries: list[Entry], rest: list[Line]
) -> Explained:
    """Explain a total: the lines it adds up by status, adjustments, the way from payroll, the orders behind it."""
    dossier, view = shown.dossier, shown.view
    answer = dossier.answer
    parts = tuple(answer.totals.parts)
    code = code if code in {PAID, FUNDABLE, FTE, *parts} else TOTAL
    sums = view.sums(entries, rest)
    value = _figure(code)
    told: list[Told] = []
    by_status = {
        status: [entry for entry in entries if entry.line.status == status]
        for status in dict.fromkeys(entry.line.status for entry in entries)
    }
    for status, some in by_status.items():
        told.append(
            Told(
                words.status(status),
                figure_text(words, code, value(view.sums(some)), answer.currency),
                words.plural("sum of {count} line", "sum of {count} lines", len(some)),
            )
        )
    for line in rest:
        row = LineRow("", words.line_name(line.code), line)
        formula = next(
            (formula_text(words, step, frozenset(parts)) for step in line.steps if step.code == "hours_off"), ""
        )
        told.append(
            Told(
                row.name,
                figure_text(words, code, value_of(row, code), answer.currency),
                formula,
                next((source_of(words, dossier, row, step) for step in line.steps), ""),
            )
        )
    if code == FTE:
        used = _used(dossier, "full_month_hours")
        if used is not None:
            formula = f"{words.number(sums.fundable)} ÷ {words.number(used.value)}"
            told.append(
                Told(words.step("fte"), words.fte(sums.fte, 4), formula, claim_labels.source(used.source, words))
            )
    if code in {PAID, FUNDABLE} and len(entries) == len(view.entries):
        told += _bridge(words, dossier)
    if code in {*parts, TOTAL}:
        told += _orders(words, dossier)
    figure = figure_text(words, code, value(sums), answer.currency)
    return Explained(
        f"{name} · {figure_name(words, code)}",
        figure,
        tuple(told),
        ((words.text(N_("Sum")), figure, True),),
        provisional=answer.provisional,
        whole=True,
    )


def _figure(code: str) -> Callable[[Sums], Decimal]:
    names = {PAID: "paid", FUNDABLE: "fundable", FTE: "fte", TOTAL: "total"}
    if code in names:
        return lambda sums: getattr(sums, names[code])
    return lambda sums: sums.parts.get(code, ZERO)


def _bridge(words: Words, dossier: Dossier) -> list[Told]:
    """Say the way from payroll's total to the claim's, with the payroll files."""
    files = claim_labels.semicolon(words).join(
        f"{file.name} ({short_print(file.sha256)})" for file in dossier.payroll_files
    )
    return [
        Told(
            claim_labels.bridge(step.code, words),
            words.hours(step.hours),
            words.plural("{count} line", "{count} lines", step.lines),
            files if step.code == "payroll" else "",
        )
        for step in dossier.bridge
    ]


def _orders(words: Words, dossier: Dossier, month: Month | None = None) -> list[Told]:
    """Say the dated values that the amounts rest on, with their orders; of an earlier month, those it already knew."""
    found = []
    for used in dossier.answer.parameters:
        if month is not None and used.start > month.last:
            continue
        since = words.text(N_("since {day}"), day=words.day(used.start))
        value = words.parameter_value(used.value, used.unit)
        found.append(Told(words.parameter(used.code), value, since, claim_labels.source(used.source, words)))
    return found


def explain_correction(words: Words, shown: Shown, item: Correction, name: str, code: str) -> Explained:
    """Explain a figure of a correction: before, after, why, and which sealed version it corrects."""
    dossier = shown.dossier
    month = Month.parse(item.period)
    version = words.text(
        N_("version {version}, fingerprint {print}"), version=item.version, print=short_print(item.sha256)
    )
    card = next((each for each in dossier.people if each.id == item.person), None)
    source = item.reason if claim_labels.is_file_name(item.reason) else ""
    if not source and card is not None and card.source_file and item.period == dossier.head.period:
        source = payroll_line(words, card.source_file, card.source_line)
    told = [
        Told(words.text(N_("Hours claimed")), words.hours(item.hours_before), "", version),
        Told(words.text(N_("Correct hours")), words.hours(item.hours_after), "", source),
    ]
    parts = [part for part in dossier.answer.totals.parts if code in {TOTAL, f"{DIFFERENCE}{part}"}]
    for part in parts or (() if code in {HOURS_BEFORE, HOURS_AFTER} else tuple(dossier.answer.totals.parts)):
        before, after = item.parts_before.get(part, ZERO), item.parts_after.get(part, ZERO)
        told.append(
            Told(
                claim_labels.part(part, words),
                words.money(difference(item, part), sign=True),
                f"{words.number(after)} − {words.number(before)}",
            )
        )
    if code not in {HOURS_BEFORE, HOURS_AFTER}:
        told += _orders(words, dossier, month)
    if item.reason and item.person:
        told.append(Told(words.text(N_("Reason")), "", claim_labels.correction_reason(item.reason, words)))
    total = difference(item)
    figure = {
        HOURS_BEFORE: words.hours(item.hours_before),
        HOURS_AFTER: words.hours(item.hours_after),
    }.get(code)
    if figure is None:
        figure = words.money(difference(item, code.removeprefix(DIFFERENCE)), sign=True)
    return Explained(
        f"{name} · {words.month(month)}",
        figure,
        tuple(told),
        ((words.text(N_("Difference")), words.money(total, sign=True), True),),
        item.person,
        whole=True,
        provisional=dossier.answer.provisional,
    )


def explain_included(words: Words, shown: Shown, code: str) -> Explained:
    """Explain what corrections of earlier months add to a claim, or take off: the sum of each month's."""
    told = []
    for period in dict.fromkeys(item.period for item in shown.included):
        items = [item for item in shown.included if item.period == period]
        month = words.month(Month.parse(period))
        told.append(
            Told(
                month[:1].upper() + month[1:],
                words.money(differences(items, code), sign=True),
                words.plural("sum of {count} line", "sum of {count} lines", len(items)),
                words.text(
                    N_("version {version}, fingerprint {print}"),
                    version=items[0].version,
                    print=short_print(items[0].sha256),
                ),
            )
        )
    figure = words.money(differences(shown.included, code), sign=True)
    return Explained(
        f"{words.text(N_('Corrections'))} · {figure_name(words, code)}",
        figure,
        tuple(told),
        ((words.text(N_("Sum")), figure, True),),
        whole=True,
    )


def explain_asked(words: Words, shown: Shown, code: str) -> Explained:
    """Explain what a claim with corrections of earlier months asks for: its own month, and those."""
    own, rest = _figure(code)(shown.view.everything), differences(shown.included, code)
    month = words.month(shown.month)
    figure = words.money(own + rest)
    return Explained(
        f"{words.text(N_('Total claimed'))} · {figure_name(words, code)}",
        figure,
        (
            Told(month[:1].upper() + month[1:], words.money(own)),
            Told(words.text(N_("Corrections of earlier months")), words.money(rest, sign=True)),
        ),
        ((words.text(N_("Sum")), figure, True),),
        provisional=shown.dossier.answer.provisional,
        whole=True,
    )


def difference(item: Correction, part: str = TOTAL) -> Decimal:
    """Return what a correction adds or takes off, in all or of one part."""
    if part != TOTAL:
        return item.parts_after.get(part, ZERO) - item.parts_before.get(part, ZERO)
    return sum(item.parts_after.values(), ZERO) - sum(item.parts_before.values(), ZERO)


def differences(items: Iterable[Correction], part: str = TOTAL) -> Decimal:
    """Return what corrections add or take off together."""
    return sum((difference(item, part) for item in items), ZERO)
