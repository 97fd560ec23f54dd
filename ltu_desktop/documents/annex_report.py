"""How each amount came about, as values: one block a person, from the contract to the cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.documents import claim_labels as labels
from ltu_desktop.documents.claim_changes import corrective, difference
from ltu_desktop.documents.claim_front import parameter_cell, parameter_name
from ltu_desktop.documents.claim_tables import adjustment_name
from ltu_desktop.documents.report import Column, weekly, written
from ltu_desktop.rules.dossier import short_print
from ltu_desktop.rules.money import ZERO, to_cent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ltu_desktop.documents.claim_view import Entry, View
    from ltu_desktop.rules.answer import Line, Step, Used
    from ltu_desktop.rules.dossier import Correction
    from ltu_desktop.words import Words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that formulas refer to by its mark `[1]`."""

    mark: str
    title: str
    detail: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """A line from contract to fundable hours; `value` None says that there is nothing to take off."""

    label: str
    value: Decimal | None
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A step of the money: formula, exact value, whether it fell on half a cent, rounded value (None for FTE)."""

    label: str
    formula: str
    exact: str
    half: bool = False
    rounded: Decimal | None = None
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A person's calculation, or (number None) that of an adjustment or a correction."""

    number: int | None
    id: str
    name: str
    place: str
    remark: str
    total: Decimal
    hours: tuple[Hours, ...]
    steps: tuple[Move, ...]
    fte: Move | None = None
    wide: bool = False
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Annex:
    """The whole annex: the values referred to, the people, then adjustments and corrections of earlier months."""

    parameters: tuple[Parameter, ...]
    people: tuple[Block, ...]
    adjustments: tuple[Block, ...]
    corrections: tuple[Block, ...]
    on_sum: bool
    unchanged: int = 0


def build(view: View, words: Words) -> Annex:
    """Turn a dossier into its annex; of a corrective version only the changed lines are explained."""
    changed = {item.person for item in view.dossier.corrections} if corrective(view) else None
    marks = _marks(view)
    on_sum = any(each.code == "rounding" and each.value == "on_sum" for each in view.dossier.answer.settings)
    entries = [entry for entry in view.entries if changed is None or entry.card.id in changed]
    explain = _Explainer(view, words, marks, on_sum=on_sum)
    return Annex(
        parameters=tuple(_parameter(mark, used, view, words) for mark, used in marks),
        people=tuple(explain.person(entry) for entry in entries),
        adjustments=tuple(explain.adjustment(line) for line in view.adjustments),
        corrections=tuple(explain.correction(item) for item in view.dossier.corrections),
        on_sum=on_sum,
        unchanged=len(view.entries) - len(entries),
    )


def _marks(view: View) -> list[tuple[str, Used]]:
    """Give a number to each value that formulas use; a limit of the whole claim is in no formula."""
    told = [used for used in view.dossier.answer.parameters if used.code != "others_limit"]
    return [(f"[{number}]", used) for number, used in enumerate(told, 1)]


def _parameter(mark: str, used: Used, view: View, words: Words) -> Parameter:
    value = written(parameter_cell(used, view, words), Column("", ""), words, view.dossier.answer.currency)
    detail = words.text("{source}, since {day}", source=labels.source(used.source, words), day=words.day(used.start))
    if used.provisional:
        detail = words.text("provisional: {source}", source=labels.source(used.source, words))
    return Parameter(mark, f"{mark} {parameter_name(used.code, words)} {value}", detail, used.provisional)


def localised(formula: str, words: Words, ratios: Iterable[str] = ()) -> str:
    """Write a formula's numbers in the language's way; a rate of the scheme as a percentage."""
    rates = set(ratios)

    def number(found: re.Match[str]) -> str:
        text = found[0]
        value = Decimal(text)
        if text in rates:
            percent = (value * 100).normalize()
            return words.percent(value, max(0, -_exponent(percent)))
        return words.number(value, max(0, -_exponent(value)))

    return _NUMBER.sub(number, formula)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def is_half_cent(value: Decimal) -> bool:
    """Whether an exact amount falls just between two cents."""
    return (value * 100) % 1 in {Decimal("0.5"), Decimal("-0.5")}


class _Explainer:
    """Writes blocks with what is the same for all of them at hand."""

    def __init__(self, view: View, words: Words, marks: list[tuple[str, Used]], *, on_sum: bool) -> None:
        self.view, self.words, self.marks, self.on_sum = view, words, marks, on_sum
        self.ratios = {str(used.value) for _, used in marks if used.unit == "ratio"}
        self.sites = {site.code: labels.safe(site.name, words) for site in view.dossier.sites}
        kinds = {file.name: file.kind for file in view.dossier.payroll_files}
        self.sources = {
            name: "DSN" if kind == "dsn" else words.term("annex", "payroll") for name, kind in kinds.items()
        }

    def person(self, entry: Entry) -> Block:
        """Explain one person's line."""
        card, line, words = entry.card, entry.line, self.words
        site = self.sites.get(card.site) or labels.safe(card.site, words)
        status = words.status(card.status) if card.status else ""
        return Block(
            number=entry.number,
            id=labels.safe(card.id, words),
            name=labels.safe(entry.name, words),
            place=" · ".join(part for part in (status, site) if part),
            remark=", ".join(labels.remark(item, words) for item in card.remarks),
            total=line.total,
            hours=tuple(self._hours(entry)),
            steps=tuple(self._money(line)),
            fte=self._fte(line),
        )

    def _hours(self, entry: Entry) -> list[Hours]:
        card, line, words = entry.card, entry.line, self.words
        rows = [Hours(self._contract(entry), card.contract_hours)]
        source = self.sources.get(card.source_file, words.term("annex", "payroll"))
        paid = words.text("Paid ({source}, line {line})", source=source, line=card.source_line)
        rows.append(
            Hours(paid if card.source_line else words.text("Paid ({source})", source=source), card.payroll_hours)
        )
        taken = []
        if card.back_pay_hours:
            days = [day for item in card.remarks if item.code == "correction" for day in item.days.values()]
            label = words.text("Back pay, taken off (6.2)")
            if days:
                label = words.text("Back pay {month}, taken off (6.2)", month=self._month(days[0].isoformat()[:7]))
            taken.append(Hours(label, -card.back_pay_hours, sign=True))
        calendar = line.paid_hours - (card.payroll_hours - card.back_pay_hours)
        if calendar:
            by_days = any(step.code == "calendar_hours" for step in line.steps)
            label = words.text("By calendar days") if by_days else words.text("Unexplained gap")
            taken.append(Hours(label, calendar, sign=True))
        if line.hours_c:
            taken.append(Hours(words.text("Class C, paid but not counted"), -line.hours_c, sign=True))
        added = line.quantity + line.over_cap + line.hours_c - line.paid_hours
        if added:
            taken.append(Hours(words.text("Class B, not paid but counted"), added, sign=True))
        if line.over_cap:
            taken.append(Hours(words.text("Beyond the cap per person"), -line.over_cap, sign=True))
        if not taken:
            taken.append(Hours(words.text("Class C, cap: nothing to take off"), None))
        return [*rows, *taken, Hours(words.term("annex", "Fundable"), line.quantity)]

    def _month(self, period: str) -> str:
        return labels.of_period(period, self.words).rsplit(" ", 1)[0]

    def _contract(self, entry: Entry) -> str:
        card, words = entry.card, self.words
        if card.weekly_hours is None:
            return words.text("Contract")
        changed = next((item for item in card.remarks if item.code == "hours_change" and item.days), None)
        if changed is not None and {"before", "after"} <= changed.figures.keys():
            day = next(iter(changed.days.values()))
            return words.text(
                "Contract {before}, then {after} from {day}",
                before=weekly(changed.figures["before"]),
                after=weekly(changed.figures["after"]),
                day=re.split(r"[/ ]\d{4}", words.day(day))[0],  # the year is the claim's
            )
        if card.contract_hours == to_cent(card.weekly_hours * 52 / 12):
            return words.text("Contract {hours} a week × 52 ÷ 12", hours=weekly(card.weekly_hours))
        return words.text("Contract {hours} a week", hours=weekly(card.weekly_hours))

    def _mark(self, step: Step) -> str:
        """Find the value that a step's formula uses: its number stands in the formula, its source in the step's."""
        numbers = set(_NUMBER.findall(step.formula))
        for mark, used in self.marks:
            named = step.code == "fte" and used.code == "full_month_hours"
            if str(used.value) in numbers and (named or (used.source and used.source in step.source)):
                return f" {mark}"
        return ""

    def _money(self, line: Line) -> list[Move]:
        words = self.words
        currency = self.view.dossier.answer.currency
        rows = []
        for step in line.steps:
            if step.unit != currency:
                continue
            exact = step.exact if step.exact is not None else step.value
            name = self._step_name(step.code)
            rounded = line.parts.get(step.code) if self.on_sum else step.value
            rows.append(
                Move(
                    f"{name}{self._mark(step)}",
                    localised(step.formula, words, self.ratios),
                    words.number(exact, min(6, max(4, -_exponent(exact.normalize())))),
                    half=not self.on_sum and is_half_cent(exact),
                    rounded=rounded,
                )
            )
        return rows

    def _step_name(self, code: str) -> str:
        if code in self.view.parts:
            return labels.part(code, self.words, short=True)
        return labels.said(self.words.step(code), code)

    def _fte(self, line: Line) -> Move | None:
        step = next((each for each in line.steps if each.code == "fte"), None)
        if step is None:
            return None
        formula = localised(step.formula, self.words)
        return Move(f"{self.words.step('fte')}{self._mark(step)}", formula, self.words.number(step.value, 4))

    def adjustment(self, line: Line) -> Block:
        """Explain a line of the whole claim: its steps over the full width."""
        words = self.words
        steps = []
        for step in line.steps:
            exact = step.exact if step.exact is not None else step.value
            places = 4 if step.exact is not None else 2
            steps.append(
                Move(
                    f"{self._step_name(step.code)}{self._mark(step)}",
                    localised(step.formula, words, self.ratios),
                    words.number(exact, places),
                    half=step.exact is not None and is_half_cent(exact),
                    rounded=to_cent(step.value),
                )
            )
        name = adjustment_name(line, words)
        return Block(None, "", name, "", "", line.total, (), tuple(steps), wide=True, sign=True)

    def correction(self, item: Correction) -> Block:
        """Explain a correction: what was claimed, what is due, the difference."""
        words, parts = self.words, self.view.parts
        name = labels.safe(self.view.names.get(item.person, item.person), words)
        if not item.person:
            name = labels.said(words.line_name(item.reason), item.reason)

        def told(label: str, hours: Decimal, amounts: dict[str, Decimal], *, sign: bool = False) -> Move:
            said = " + ".join(
                words.number(amounts.get(part, ZERO), sign=sign and index == 0) for index, part in enumerate(parts)
            )
            total = sum((amounts.get(part, ZERO) for part in parts), ZERO)
            return Move(label, f"{words.hours(hours)} → {said}", "", rounded=total)

        gaps = {part: difference(item, part) for part in parts}
        steps = (
            told(words.term("differences", "Before"), item.hours_before, item.parts_before),
            told(words.term("differences", "After"), item.hours_after, item.parts_after),
            Move(
                words.term("differences", "Difference"),
                labels.semicolon(words).join(
                    f"{labels.part(part, words, short=True)} {words.number(gap, sign=True)}"
                    for part, gap in gaps.items()
                ),
                "",
                rounded=sum(gaps.values(), ZERO),
                sign=True,
            ),
        )
        origin = f"{labels.short_period(item.period, words)} v{item.version} · {short_print(item.sha256)}"
        total = sum(gaps.values(), ZERO)
        number = self.view.numbers.get(item.person)
        identity = labels.safe(item.person, words)
        return Block(number, identity, name, origin, "", total, (), steps, wide=True, sign=True)
