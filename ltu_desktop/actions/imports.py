"""Imports, shared by window and command line: first a plan of what would change, then one transaction.

A plan is made against the file as it is; `apply` makes it again inside the transaction and refuses when the file has
changed in between, so that nothing is written that nobody has seen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.findings import Finding
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed
    from ltu_desktop.words import Words

Value: TypeAlias = str | Decimal | date | Month | int | None
NEW: Literal["new"] = "new"
Answer: TypeAlias = bytes | Literal["new"]
"""Who a question row is: the key of a person of the file, or `NEW`."""


class RowState(StrEnum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    QUESTION = "question"


@dataclass(frozen=True)
class FieldChange:
    """One value that would change; `month` tells which month's hours when they are not those of the file.

    `field` is a code that `journal_words.field_name` turns into words, and `journal_words.field_value` its values;
    `since` is the first day of dated terms that begin inside the contract.
    """

    field: str
    before: Value
    after: Value
    month: Month | None = None
    since: date | None = None


@dataclass(frozen=True)
class Candidate:
    """A person of the file who may be the one of a question row; `score` goes from 0 to 100."""

    person_id: bytes
    staff_number: str
    name: str
    score: int


@dataclass(frozen=True)
class PlanRow:
    """One person of an import: what would happen to her, why not, or who she may be.

    `key` names the row in `leave` and `answers` of `apply`; `name` is `NOM Prénom`; `where` is "file:line".
    A row may carry a `problem` that only asks for a look (a name that differs) and be imported all the same: the state
    alone tells what happens. A `required` row cannot be left out: its hours stand in the file that this one replaces.
    A row put `aside` seems to have no business in this file (a bill paid by the bank): it is left out unless asked for.
    """

    key: str
    staff_number: str
    name: str
    state: RowState
    changes: tuple[FieldChange, ...] = ()
    problem: Finding | None = None
    where: str = ""
    candidates: tuple[Candidate, ...] = ()
    person_id: bytes | None = None
    required: bool = False
    aside: bool = False


@dataclass(frozen=True)
class ReplacedFile:
    """An earlier file whose rows would no longer count."""

    id: bytes
    name: str
    received_on: date


@dataclass(frozen=True)
class FileFacts:
    """The file as the preview shows it; codes (`nature`, `type`) are those of the payroll norm, "" elsewhere."""

    name: str
    sha256: str
    nature: str = ""
    type: str = ""
    norm: str = ""
    encoding: str = ""
    lines: int = 0
    month: Month | None = None
    siret: str = ""
    fraction: str = ""
    software: str = ""
    replaces: tuple[ReplacedFile, ...] = ()


@dataclass(frozen=True)
class ControlTotals:
    """Hours that the file holds and hours that reach rows: they must be equal, or something was lost.

    Of a bank's file these are euros: all movements together. `earlier` of the hours were worked in earlier months.
    """

    hours_in_file: Decimal = Decimal("0.00")
    hours_in_rows: Decimal = Decimal("0.00")
    earlier: Decimal = Decimal("0.00")

    @property
    def equal(self) -> bool:
        """No hour is lost or counted twice."""
        return self.hours_in_file == self.hours_in_rows


@dataclass(frozen=True)
class Choices:
    """What the user decided on the preview: rows to leave out, and who the question rows are."""

    leave: frozenset[str] = frozenset()
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a source comes to against the file as it is: the preview, and the rows that `write` writes."""

    file: FileFacts
    rows: tuple[PlanRow, ...]
    write: Callable[[Write], None]
    totals: ControlTotals = ControlTotals()
    problems: tuple[Finding, ...] = ()
    unknown_codes: Mapping[str, int] = field(default_factory=dict)


class Source(Protocol):
    """A file that was read and can be compared with the register."""

    @property
    def kind(self) -> str:
        """`people`, `dsn`, `hours` or `bank`."""
        ...

    @property
    def action(self) -> str:
        """Code of the journal entry."""
        ...

    def resolve(self, ctx: Context, connection: Connection, choices: Choices) -> Outcome:
        """Compare the file with the register."""
        ...


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is written yet. `kind` is `people`, `dsn`, `hours` or `bank`.

    `problems` concern the file as a whole; `unknown_codes` are rubrics or columns that are not read, with their count.
    """

    kind: str
    file: FileFacts
    rows: tuple[PlanRow, ...]
    totals: ControlTotals = ControlTotals()
    problems: tuple[Finding, ...] = ()
    unknown_codes: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    source: Source = field(kw_only=True, repr=False, compare=False)

    def count(self, state: RowState) -> int:
        """How many rows are in a state."""
        return sum(1 for row in self.rows if row.state is state)

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to import: all rows unchanged, refused or put aside."""
        return all(row.aside or row.state in {RowState.UNCHANGED, RowState.REFUSED} for row in self.rows)

    @property
    def aside(self) -> frozenset[str]:
        """The rows that are left out unless the user asks for them."""
        return frozenset(row.key for row in self.rows if row.aside)


def plan(ctx: Context, source: Source, answers: Mapping[str, Answer] | None = None) -> ImportPlan:
    """Compare a source with the register; with `answers`, as it will be once the questions are answered."""
    with ctx.store.read() as connection:
        outcome = source.resolve(ctx, connection, Choices(answers=answers or {}))
    return ImportPlan(
        source.kind,
        outcome.file,
        outcome.rows,
        outcome.totals,
        outcome.problems,
        outcome.unknown_codes,
        answers or {},
        source=source,
    )


def answered(ctx: Context, former: ImportPlan, answers: Mapping[str, Answer]) -> ImportPlan:
    """Make a plan again with answers to its questions, to show what they come to."""
    return plan(ctx, former.source, answers)


def apply(
    ctx: Context,
    plan: ImportPlan,
    *,
    leave: frozenset[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
) -> Changed:
    """Carry a plan out: one transaction, one journal entry, one undo step. Rows named in `leave` are left out.

    Without `leave` these are the rows that the plan puts aside; `plan.aside - {…}` takes some of them in.

    Raises UserError `import_stale` when the register changed since the plan, `import_unanswered` when a question has
    no answer, `import_required` when a row is left that cannot be.
    """
    answers = {**plan.answers, **(answers or {})}
    leave = plan.aside if leave is None else leave
    _check_choices(plan, leave, answers)
    source = plan.source
    with ctx.store.write(source.action, {}, initiator=ctx.initiator) as tx:
        if source.resolve(ctx, tx.connection, Choices(answers=plan.answers)).rows != plan.rows:
            raise UserError(
                "import_stale",
                N_("The register has changed since this preview was made."),
                N_("Look at the preview again, then import."),
                where=plan.file.name,
            )
        outcome = source.resolve(ctx, tx.connection, Choices(leave, answers))
        outcome.write(tx)
        rows = [row for row in outcome.rows if row.key not in leave]
        tx.params["file"] = plan.file.name
        for state in (RowState.NEW, RowState.CHANGED, RowState.UNCHANGED, RowState.REFUSED):
            tx.params[state.value] = sum(1 for row in rows if row.state is state)
        tx.params["left"] = len(leave)
        if plan.file.month is not None:
            tx.params["month"] = plan.file.month
    return tx.changed


def _check_choices(plan: ImportPlan, leave: frozenset[str], answers: Mapping[str, Answer]) -> None:
    taken: set[bytes] = set()
    owners: dict[bytes, set[str]] = defaultdict(set)
    for row in plan.rows:
        if row.person_id is not None:
            owners[row.person_id].add(row.key)
    for row in plan.rows:
        answer = answers.get(row.key)
        if row.key in leave:
            if row.required:
                raise _refused(
                    "import_required",
                    N_("{name} is in the file that this one replaces: the line cannot be left out."),
                    N_("Import it, then correct the person."),
                    row,
                )
        elif row.state is RowState.QUESTION and answer is None:
            raise _refused(
                "import_unanswered",
                N_("{name}: nobody has said yet who this is."),
                N_("Choose the person, say that it is somebody new, or leave the line out."),
                row,
            )
        elif isinstance(answer, bytes):
            if answer in taken or owners[answer] - {row.key}:
                raise _refused(
                    "import_same_person",
                    N_("{name}: another line of the file is already this person."),
                    N_("Choose another person."),
                    row,
                )
            taken.add(answer)


def _refused(code: str, what: str, mend: str, row: PlanRow) -> UserError:
    return UserError(code, what, mend, where=row.where, params={"name": row.name})


SENTENCES = {
    "name_differs": N_("The file says {file}, the register {here}. The name stays as it is."),
    "number_taken": N_("The staff number {number} belongs to {name}."),
    "twice": N_("This person already has another line in this file."),
    "no_name": N_("The line has no name, and nobody has this staff number."),
    "new_site": N_("The site “{name}” is new: it is added to the list of sites."),
    "new_activity": N_("The activity “{name}” is new: it is added to the list of activities."),
    "no_entry": N_("The list gives no entry date: hours, pay and activity wait for the first payroll file."),
    "payroll_hours": N_("Payroll says {payroll} h a week, the list {list} h. Payroll’s hours stay."),
    "contract_dates": N_("The exit {end} is before the entry {start}."),
    "gone": N_("No longer in the file: the hours of the file that is replaced do not count any more."),
    "superseded": N_("The declaration of {month} has already been replaced by “{file}”: this one no longer counts."),
    "in_payroll": N_("Payroll already gives the hours of {month}: the line is not imported."),
    "no_month": N_("The line has no month."),
    "perhaps_known": N_("A payment of this amount on this day is already there: it may be the same."),
    "not_the_fund": N_("Not for a claim."),
}
"""What an import may say of a row or file besides the findings of the reader."""


def sentence(words: Words, finding: Finding) -> str:
    """Say a finding of a plan, the reader's or ours, in the user's language."""
    if finding.code not in SENTENCES:
        return finding.say(words)
    return words.text(SENTENCES[finding.code]).format(
        **{key: words.value(value) for key, value in finding.params.items()}
    )
