"""Imports, shared by window and command line: first a plan of what would change, then one transaction.

A plan is made against the file as it is; `apply` makes it again inside the transaction and refuses when the file has
changed in between, so that nothing is written that nobody has seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.rules.errors import Problem

Value: TypeAlias = str | Decimal | date | Month | int | None
NEW: Literal["new"] = "new"


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

    `field` is a code that `journal_words.field_name` turns into words.
    """

    field: str
    before: Value
    after: Value
    month: Month | None = None


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
    alone tells what happens.
    """

    key: str
    staff_number: str
    name: str
    state: RowState
    changes: tuple[FieldChange, ...] = ()
    problem: Problem | None = None
    where: str = ""
    candidates: tuple[Candidate, ...] = ()
    person_id: bytes | None = None


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
    """Hours that the file holds and hours that reach rows: they must be equal, or something was lost."""

    hours_in_file: Decimal = Decimal("0.00")
    hours_in_rows: Decimal = Decimal("0.00")

    @property
    def equal(self) -> bool:
        """No hour is lost or counted twice."""
        return self.hours_in_file == self.hours_in_rows


@dataclass(frozen=True)
class Choices:
    """What the user decided on the preview: rows to leave out, and who the question rows are."""

    leave: frozenset[str] = frozenset()
    answers: Mapping[str, bytes | Literal["new"]] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; nothing is written yet. `kind` is `people`, `dsn` or `hours`."""

    kind: str
    file: FileFacts
    rows: tuple[PlanRow, ...]
    totals: ControlTotals = ControlTotals()
    problems: tuple[Problem, ...] = ()
    unknown_codes: Mapping[str, int] = field(default_factory=dict)

    def count(self, state: RowState) -> int:
        """How many rows are in a state."""
        return sum(1 for row in self.rows if row.state is state)
