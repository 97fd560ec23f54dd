"""What the claim page shows, as values: problems by weight, the chosen figure and its steps. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from ltu_desktop.documents.claim_view import View
from ltu_desktop.rules.errors import N_, Problem, Severity
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from ltu_desktop.queries.claims import ClaimRow
    from ltu_desktop.rules.answer import Line, Step
    from ltu_desktop.rules.dossier import Correction, Dossier, PersonCard
    from ltu_desktop.words import Words

PAID, FUNDABLE, FTE, TOTAL = "paid", "fundable", "fte", "total"
WHOLE_CLAIM = frozenset({"", "agreement", "employer", "payroll"})  # targets that are no person
AT_ONCE = 30  # problems of one weight that are shown, and added when more are asked for


@dataclass(frozen=True)
class Shown:
    """The claim that the page shows: a draft (no row) or a sealed version, and the month's versions, latest first.

    `asked` is what this version asks for: of a corrective one, the difference. `view` is the dossier line by line,
    `rows` are the lines as the table shows them, `checks` the problems.
    """

    view: View
    asked: Decimal
    row: ClaimRow | None
    versions: tuple[ClaimRow, ...]
    rows: tuple[LineRow, ...]
    checks: tuple[Group, ...]

    @classmethod
    def of(
        cls,
        words: Words,
        dossier: Dossier,
        asked: Decimal,
        row: ClaimRow | None = None,
        versions: tuple[ClaimRow, ...] = (),
    ) -> Self:
        """Work out what is shown of thousands of lines; for the worker."""
        view = View(dossier)
        view.everything, view.by_status, view.names  # noqa: B018  worked out now, and kept
        return cls(view, asked, row, versions, line_rows(words, view), groups(dossier))

    @property
    def dossier(self) -> Dossier:
        """What it is made of."""
        return self.view.dossier

    @property
    def month(self) -> Month:
        """The month it is for."""
        return Month.parse(self.dossier.head.period)

    @property
    def included(self) -> tuple[Correction, ...]:
        """Corrections of earlier months that it asks for besides its own month; a corrective version is one itself."""
        return self.dossier.corrections if self.dossier.head.version == 1 else ()

    @property
    def state(self) -> str:
        """`draft`, or the state of the sealed version."""
        return self.row.state if self.row is not None else "draft"

    @property
    def latest(self) -> bool:
        """Tell whether nothing later was sealed for the month."""
        return self.row is None or not self.versions or self.versions[0].id == self.row.id


@dataclass(frozen=True)
class Group:
    """Problems of one weight, and what is at stake in all of them together (None when unknown).

    They stand in the order in which they are best mended; more than `AT_ONCE`, the weightiest first.
    """

    severity: Severity
    problems: tuple[Problem, ...]
    at_stake: Decimal | None


def groups(dossier: Dossier) -> tuple[Group, ...]:
    """Sort the problems by weight; groups without problems are left out."""
    found = []
    for severity in Severity:
        problems = tuple(each for each in dossier.answer.problems if each.severity is severity)
        if problems:
            long = len(problems) > AT_ONCE
            found.append(Group(severity, weightiest_first(problems) if long else problems, at_stake(problems)))
    return tuple(found)


def weightiest_first(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Put those of the whole claim first, then people by what is at stake in each; what weighs the same stays."""
    return tuple(sorted(problems, key=lambda each: (each.target not in WHOLE_CLAIM, -(each.at_stake or ZERO))))


def at_stake(problems: tuple[Problem, ...]) -> Decimal | None:
    """Return what is at stake: of a person once however many problems she has, at least what the whole claim risks."""
    people: dict[str, Decimal] = {}
    whole: Decimal | None = None
    for each in problems:
        if each.at_stake is None:
            continue
        if each.target in WHOLE_CLAIM:
            whole = max(whole or ZERO, each.at_stake)
        else:
            people[each.target] = max(people.get(each.target, ZERO), each.at_stake)
    if whole is None and not people:
        return None
    return max(whole or ZERO, sum(people.values(), ZERO))


def worst(dossier: Dossier) -> dict[str, Severity]:
    """Return the weightiest problem of each person that has one (infos left out)."""
    found: dict[str, Severity] = {}
    for each in dossier.answer.problems:
        if each.target in WHOLE_CLAIM or each.severity is Severity.INFO:
            continue
        if found.get(each.target) is not Severity.BLOCKER:
            found[each.target] = each.severity
    return found


@dataclass(frozen=True)
class LineRow:
    """A line of the table: a person's, or an adjustment of the whole claim (no card)."""

    key: str
    name: str
    line: Line
    card: PersonCard | None = None
    severity: Severity | None = None

    @property
    def staff_number(self) -> str:
        """The staff number, "" for an adjustment."""
        return self.card.id if self.card else ""


def line_rows(words: Words, view: View) -> tuple[LineRow, ...]:
    """Return the lines as the table shows them: people by name, then adjustments of the whole claim."""
    marks = worst(view.dossier)
    people = tuple(
        LineRow(f"{entry.card.id}/{entry.number}", entry.name, entry.line, entry.card, marks.get(entry.card.id))
        for entry in view.entries
    )
    rest = tuple(
        LineRow(f"/{at}/{line.code}", words.line_name(line.code), line) for at, line in enumerate(view.adjustments)
    )
    return people + rest


def value_of(row: LineRow, code: str) -> Decimal:
    """Return the figure of a line by the code of its column."""
    line = row.line
    if code in line.parts:
        return line.parts[code]
    return {PAID: line.paid_hours, FUNDABLE: line.quantity, FTE: line.fte}.get(code, line.total)


def figure_text(words: Words, code: str, value: Decimal, currency: str = "EUR") -> str:
    """Write a figure with its unit, by the code of its column."""
    if code in {PAID, FUNDABLE}:
        return words.hours(value)
    return words.fte(value, 4) if code == FTE else words.money(value, currency=currency)


def figure_name(words: Words, code: str) -> str:
    """Name a figure by the code of its column."""
    names = {PAID: N_("paid hours"), FUNDABLE: N_("fundable hours"), FTE: N_("FTE"), TOTAL: N_("line total")}
    return words.text(names[code]) if code in names else words.part(code)


_LAST_STEP = {PAID: ("paid_hours", "calendar_hours"), FUNDABLE: ("fundable_hours",), FTE: ("fte",)}


def steps_to(row: LineRow, code: str) -> tuple[Step, ...]:
    """Return the steps that lead to a figure; for the total, and where the figure has no step of its own, all."""
    steps = row.line.steps
    wanted = _LAST_STEP.get(code, (code,))
    at = next((at for at, step in enumerate(steps) if step.code in wanted), None)
    if code == TOTAL or at is None:
        return steps
    return tuple(step for step in steps[: at + 1] if step.code != FTE or code == FTE)


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def formula_text(words: Words, step: Step, parts: frozenset[str]) -> str:
    """Write a formula in the language's way; a part's rate as a percentage; empty when it says nothing new."""
    if not any(sign in step.formula for sign in "×÷+−-"):
        return ""
    pieces = step.formula
    rate = ""
    if step.code in parts and " × " in pieces:
        pieces, _, last = pieces.rpartition(" × ")
        if _NUMBER.fullmatch(last) and Decimal(last) <= 2:
            rate = f" × {words.percent(Decimal(last), max(0, len(last.partition('.')[2]) - 2))}"
        else:
            rate = f" × {_said(words, last)}"
    text = _NUMBER.sub(lambda found: _said(words, found[0]), pieces) + rate
    if step.exact is not None:
        text += f" = {_said(words, str(step.exact))}"
    return text


def _said(words: Words, number: str) -> str:
    return words.number(Decimal(number), len(number.partition(".")[2])) if _NUMBER.fullmatch(number) else number


def step_value(words: Words, step: Step) -> str:
    """Write a step's value with its unit."""
    if step.unit == "h":
        return words.hours(step.value)
    if step.unit == "FTE":
        return words.fte(step.value, 4)
    return words.money(step.value, currency=step.unit)


@dataclass(frozen=True)
class Verified:
    """Something that was checked and is in order, said quietly."""

    text: str


def verified(words: Words, dossier: Dossier) -> tuple[Verified, ...]:
    """Say what was checked and raises no problem."""
    answer = dossier.answer
    raised = {each.code for each in answer.problems}
    found: list[str] = []
    year = answer.year_to_date
    ceiling = dossier.agreement.ceiling_fte
    if year is not None and ceiling is not None and not raised & {"ceiling_used_up", "ceiling_pace"}:
        found.append(
            words.text(N_("Ceiling: {fte} of {ceiling} FTE"), fte=words.fte(year.fte), ceiling=words.fte(ceiling))
        )
    limit = next((used.value for used in answer.parameters if used.code == "others_limit"), None)
    if year is not None and limit is not None and "others_over_limit" not in raised:
        found.append(
            words.text(
                N_("Not PPDE: {ratio} of {limit}"),
                ratio=words.percent(year.others_ratio, 1),
                limit=words.percent(limit, 0),
            )
        )
    if dossier.bridge and "payroll_gap" not in raised:
        found.append(words.text(N_("Hours equal those of the payroll")))
    if answer.lines and not any(each.code == "pay_below_minimum" for each in answer.problems):
        found.append(words.text(N_("No pay below the minimum wage")))
    if answer.lines and sum((line.total for line in answer.lines), ZERO) == answer.totals.total:
        found.append(words.text(N_("Lines add up to the total")))
    return tuple(Verified(text) for text in found)
