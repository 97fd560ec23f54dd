"""The register open for an import: people, contracts and terms as drafts, found, made and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.drafts import Draft, Drafts
from ltu_desktop.actions.imports import NEW, Choices, PlanRow, RowState
from ltu_desktop.actions.matching import Identity, Match, People
from ltu_desktop.actions.merging import made_up_number, merge
from ltu_desktop.actions.preview import changes, state_of
from ltu_desktop.intake.findings import Finding
from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.register import register
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.text import fold
from ltu_desktop.store.tables import contract, contract_terms, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection, Table

    from ltu_desktop.actions.imports import FieldChange
    from ltu_desktop.intake.lookup import Search
    from ltu_desktop.queries.register import Row


class Book:
    """Drafts of the register; what is taken from it is written by `drafts.write`."""

    def __init__(self, connection: Connection) -> None:
        found = register(connection)
        self._register = found
        self.people = People(Draft(person, row) for row in found.people)
        self.drafts = Drafts()
        self.names: dict[bytes, str] = {row["id"]: row["name"] for row in (*found.sites, *found.activities)}
        self.problems: list[Finding] = []
        self._contracts: dict[int, list[Draft]] = {}
        self._terms: dict[int, list[Draft]] = {}
        self._places = {"site": Places(found.sites), "activity": Places(found.activities)}

    def contracts(self, who: Draft) -> list[Draft]:
        """Return a person's contracts, by start."""
        if id(who) not in self._contracts:
            rows = self._register.contracts.get(who.id, ()) if who.id else ()
            self._contracts[id(who)] = [self.drafts.add(Draft(contract, row)) for row in rows]
        return self._contracts[id(who)]

    def terms(self, which: Draft) -> list[Draft]:
        """Return a contract's terms, by start."""
        if id(which) not in self._terms:
            rows = self._register.terms.get(which.id, ()) if which.id else ()
            self._terms[id(which)] = [self.drafts.add(Draft(contract_terms, row)) for row in rows]
        return self._terms[id(which)]

    def take(self, who: Draft) -> None:
        """Take a person of the register, so that her changes are written."""
        self.drafts.add(who)

    def new_person(self, who: Identity, *, staff: bool) -> Draft:
        """Make a person whom the register does not have."""
        draft = self.drafts.add(Draft(person, staff_number="", name="", first_names=""))
        merge(draft, who, self.people, staff=staff)
        if not draft["staff_number"]:
            draft["staff_number"] = made_up_number(who, self.people)
        self.people.add(draft)
        return draft

    def new_contract(self, who: Draft, start: date, **values: Any) -> Draft:
        """Make a contract of a person."""
        draft = self.drafts.add(Draft(contract, person_id=who.id or who, start_on=start, **values))
        self.contracts(who).append(draft)
        return draft

    def place(self, table: Table, text: str) -> bytes | Draft | None:
        """Find a site or activity by code or name; one that is not known is made and told."""
        if not text.strip():
            return None
        known = self._places[table.name]
        found = known.find(text)
        if found is not None:
            return found
        draft = self.drafts.add(Draft(table, code=known.new_code(text), name=text.strip()))
        known.add(draft["code"], draft["name"], draft)
        self.problems.append(Finding(f"new_{table.name}", Severity.INFO, params={"name": text.strip()}))
        return draft

    def row(
        self,
        key: str,
        where: str,
        who: Draft,
        *,
        pay: Sequence[FieldChange] = (),
        problem: Finding | None = None,
        required: bool = False,
    ) -> PlanRow:
        """Show what the drafts of a person come to."""
        found = [*changes(who, self.contracts(who), self.terms, self.names), *pay]
        return PlanRow(
            key,
            who["staff_number"],
            list_name(who["name"], who["first_names"] or ""),
            state_of(who, found),
            tuple(found),
            problem,
            where,
            person_id=who.id,
            required=required,
        )


class Places:
    """The sites or activities of the file, by code and name."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._codes: set[str] = set()
        self._known: dict[str, bytes | Draft] = {}
        for row in rows:
            self.add(row["code"], row["name"], row["id"])

    def add(self, code: str, name: str, place: bytes | Draft) -> None:
        """Take one in; of two that are called the same the first is meant."""
        self._codes.add(code)
        for text in (code, name):
            self._known.setdefault(fold(text), place)

    def find(self, text: str) -> bytes | Draft | None:
        """Return the one that a text means: its key, or its draft when it is new."""
        return self._known.get(fold(text))

    def new_code(self, text: str) -> str:
        """Make a code for a new one from the first letters of its name."""
        stem = "".join(letter for letter in fold(text).upper() if letter.isalnum())[:3] or "X"
        numbered = (f"{stem}{number or ''}" for number in range(len(self._codes) + 1))
        return next(code for code in numbered if code not in self._codes)


def match_all(
    people: People, rows: Mapping[str, Identity], choices: Choices, search: Search
) -> dict[str, Match | RowState]:
    """Say for each row who is meant: a person, nobody (new), candidates, or `REFUSED` when another row is her already.

    Rows that a number decides go first; then those that only have a name are compared with the people left.
    """
    found: dict[str, Match | RowState] = {}
    taken: set[int] = set()
    later: list[str] = []
    for key, who in rows.items():
        answer = choices.answers.get(key)
        if answer is not None:
            match: Match | None = Match() if answer == NEW else Match(people.by_id[answer])
        else:
            match = people.by_number(who)
        if match is None:
            later.append(key)
        else:
            found[key] = _claim(match, taken)
    for key, likely in zip(later, people.likely([rows[key] for key in later], search), strict=True):
        found[key] = _claim(people.by_name(rows[key], likely, taken), taken)
    return found


def _claim(match: Match, taken: set[int]) -> Match | RowState:
    if match.draft is None:
        return match
    if id(match.draft) in taken:
        return RowState.REFUSED
    taken.add(id(match.draft))
    return match


def bare_row(
    key: str, where: str, who: Identity, state: RowState, problem: Finding | None = None, match: Match | None = None
) -> PlanRow:
    """Show a row that changes nothing: refused, or a question with its candidates."""
    return PlanRow(
        key,
        who.staff_number,
        list_name(who.name, who.first_names),
        state,
        problem=problem,
        where=where,
        candidates=match.candidates if match else (),
    )


def of_the_file(problems: Iterable[Finding], of_rows: Iterable[Iterable[Finding]]) -> list[Finding]:
    """Return the findings that no row shows."""
    shown = {id(problem) for row in of_rows for problem in row}
    return [problem for problem in problems if id(problem) not in shown]


def worst(problems: Iterable[Finding]) -> Finding | None:
    """Return the finding that weighs most, the first of its kind."""
    order = [Severity.BLOCKER, Severity.WARNING, Severity.INFO]
    return min(problems, key=lambda each: order.index(each.severity), default=None)
