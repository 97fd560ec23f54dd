"""Payroll declarations compared with the register: people, contracts and terms, hours and absences."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ltu_desktop.actions.book import Book, bare_row, match_all, of_the_file, worst
from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.dsn_contracts import absences, merge_contracts
from ltu_desktop.actions.imports import Choices, ControlTotals, FileFacts, Outcome, PlanRow, RowState
from ltu_desktop.actions.matching import Identity, Match
from ltu_desktop.actions.merging import merge
from ltu_desktop.actions.pay_files import REPLACING, PayFiles, Unit, hundredths, keep, replaced, use
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.lookup import Search
from ltu_desktop.queries.names import folded_name, list_name
from ltu_desktop.rules.errors import Severity
from ltu_desktop.store.tables import pay_month

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.dsn_records import DsnFile, DsnPay, DsnPerson
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.gate import Write


@dataclass
class _Incoming:
    """One person of the file, who may stand in several establishments or parts."""

    key: str
    who: Identity
    parts: list[tuple[Unit, DsnPerson]] = field(default_factory=list)

    @property
    def problems(self) -> list[Finding]:
        return [problem for _, person in self.parts for problem in person.problems]

    @property
    def refused(self) -> bool:
        return any(problem.severity is Severity.BLOCKER for problem in self.problems)


@dataclass(frozen=True)
class DsnSource:
    """A declaration file, ready to be compared; `content` is the file itself, kept with the import."""

    file: DsnFile
    content: bytes
    kind: str = "dsn"
    action: str = "imports.dsn"
    search: Search = field(default_factory=Search, compare=False, repr=False)

    def resolve(self, ctx: Context, connection: Connection, choices: Choices) -> Outcome:
        """Compare person by person; those left out or refused change nothing."""
        return _Comparison(self, ctx, connection, choices).outcome()


class _Comparison:
    def __init__(self, source: DsnSource, ctx: Context, connection: Connection, choices: Choices) -> None:
        self.source, self.file, self.ctx, self.choices = source, source.file, ctx, choices
        self.book = Book(connection)
        self.files = PayFiles(connection)
        everybody = [person for declaration in self.file.declarations for person in declaration.persons]
        self.problems = of_the_file(self.file.problems, (person.problems for person in everybody))
        self.units: list[Unit] = []
        self._told: dict[int, set[Month]] = {}  # months of this file already told, by person
        self.people = self._gather()
        self.months = sorted({unit.month for unit in self.units})

    def _gather(self) -> list[_Incoming]:
        found: dict[tuple[str, ...], _Incoming] = {}
        for declaration in self.file.declarations:
            of_siret: dict[str, Unit] = {}
            for siret in declaration.sirets or (declaration.siren,):
                unit = Unit(declaration.month, siret, declaration.fraction, declaration.type)
                self._open(unit)
                of_siret[siret] = unit
            for person in declaration.persons:
                key = _who_key(person)
                each = found.setdefault(key, _Incoming(f"line{person.line}", _identity(person)))
                each.parts.append((of_siret[person.siret], person))
        return list(found.values())

    def _open(self, unit: Unit) -> None:
        """Compare a unit with the files there are; a second declaration of one month takes the first one’s place."""
        self.files.open(unit, self.file.sha256)
        for other in self.units:
            if (other.month, other.siret, other.fraction) == (unit.month, unit.siret, unit.fraction):
                other.superseded = {"name": self.file.name}
        if unit.superseded is not None:
            params = {"month": unit.month, "file": unit.superseded["name"]}
            finding = Finding("superseded", Severity.WARNING, params={**params})
            if finding not in self.problems:  # said once, not for each establishment
                self.problems.append(finding)
        keep(
            unit,
            self.ctx.clock.now().date(),
            name=self.file.name,
            sha256=self.file.sha256,
            kind="dsn",
            norm=self.file.norm,
            software=" ".join(part for part in (self.file.software, self.file.software_version) if part),
            nature="01",
            hours=0,
            lines=self.file.lines,
            unknown_codes=json.dumps({each.rubric: each.count for each in self.file.unknown}, sort_keys=True),
            blob_sha256=self.file.sha256,
        )
        self.units.append(unit)

    def outcome(self) -> Outcome:
        """Compare, and tell what the file comes to."""
        usable = {each.key: each.who for each in self.people if not each.refused and each.key not in self.choices.leave}
        matches = match_all(self.book.people, usable, self.choices, self.source.search)
        met = {key: match.draft for key, match in matches.items() if isinstance(match, Match) and match.draft}
        for unit in self.units:
            if not unit.known and unit.superseded is None:
                owners = {
                    met[each.key].id or b""
                    for each in self.people
                    if each.key in met and any(part is unit for part, _ in each.parts)
                }
                self.files.hours_lists(unit, owners, self.book.drafts)
        replaced_people = self.files.replaced_people(self.units)
        rows = []
        for done, each in enumerate(self.people):
            self.ctx.progress(done, len(self.people))
            rows.append(self._row(each, matches.get(each.key), replaced_people))
        rows += self._gone(replaced_people - {draft.id for draft in met.values()})
        self._close_units()
        first = self.units[0]
        return Outcome(
            file=FileFacts(
                name=self.file.name,
                sha256=self.file.sha256,
                nature="01",
                type=first.type,
                norm=self.file.norm,
                encoding=self.file.encoding,
                lines=self.file.lines,
                month=self.months[-1],
                siret=first.siret,
                fraction=first.fraction,
                software=self.file.software,
                replaces=replaced(self.units),
            ),
            rows=tuple(rows),
            write=self._write,
            totals=ControlTotals(self.file.paid_hours, self.file.hours_read, self.file.earlier_hours),
            problems=tuple(self.problems),
            unknown_codes={each.rubric: each.count for each in self.file.unknown if not each.expected},
        )

    def _close_units(self) -> None:
        """Note each unit's control total; a declaration without people is kept for what it cancels."""
        for unit in self.units:
            mine = [person for each in self.people for part, person in each.parts if part is unit]
            if unit.file is not None and unit.file.new:
                unit.file["hours"] = sum(hundredths(pay.paid_hours) or 0 for person in mine for pay in person.pay)
            if not mine and unit.superseded is None:
                use(unit, self.book.drafts)

    def _row(self, each: _Incoming, match: Match | RowState | None, replaced_people: set[bytes]) -> PlanRow:
        where = f"{self.file.name}:{each.parts[0][1].line}"
        if match is None:
            return bare_row(each.key, where, each.who, RowState.REFUSED, worst(each.problems))
        if isinstance(match, RowState):
            twice = Finding("twice", Severity.BLOCKER, line=each.parts[0][1].line, target=each.who.staff_number)
            return bare_row(each.key, where, each.who, RowState.REFUSED, twice)
        if match.candidates:
            return bare_row(each.key, where, each.who, RowState.QUESTION, worst(each.problems), match)
        draft = match.draft
        open_parts = [
            (unit, person)
            for unit, person in each.parts
            if unit.superseded is None and not (unit.known and self.files.has(unit, draft.id if draft else None))
        ]
        if not open_parts:
            return PlanRow(
                each.key,
                draft["staff_number"] if draft else each.who.staff_number,
                list_name(draft["name"], draft["first_names"])
                if draft
                else list_name(each.who.name, each.who.first_names),
                RowState.UNCHANGED,
                problem=worst(each.problems),
                where=where,
                person_id=draft.id if draft else None,
            )
        finding = None
        if draft is None:
            draft = self.book.new_person(each.who, staff=False)
        else:
            self.book.take(draft)
            finding = merge(draft, each.who, self.book.people, staff=False)
        new = [row for unit, person in open_parts for row in self._put(draft, unit, person)]
        return self.book.row(
            each.key,
            where,
            draft,
            pay=self.files.changes(draft.id, self.months, new),
            problem=worst([*each.problems, *([finding] if finding else [])]),
            required=draft.id in replaced_people,
        )

    def _put(self, draft: Draft, unit: Unit, person: DsnPerson) -> list[Draft]:
        """Put one establishment's word on a person into the register; give the pay rows."""
        use(unit, self.book.drafts)
        assert unit.file is not None
        told = self._told.setdefault(id(draft), set())
        known = sorted({*self.files.known_months(draft.id, unit.month), *(told - {unit.month})})
        told.add(unit.month)
        merge_contracts(
            self.book,
            draft,
            person.contracts,
            unit.month,
            known,
            replacing=unit.type in REPLACING and bool(unit.replaces),
        )
        rows = []
        for pay in person.pay:
            rows.append(self.book.drafts.add(_pay_row(draft, pay, unit.file)))
            for absence in absences(draft, person, pay, unit.file):
                self.book.drafts.add(absence)
        if not rows:  # on the payroll, with nothing paid
            rows.append(self.book.drafts.add(_no_pay(draft, person, unit.month, unit.file)))
        return rows

    def _gone(self, people: set[bytes]) -> list[PlanRow]:
        """Show the people of the replaced files who are no longer in this one."""
        found = []
        for key in people:
            draft = self.book.people.by_id[key]
            found.append(
                PlanRow(
                    f"gone{key.hex()}",
                    draft["staff_number"],
                    list_name(draft["name"], draft["first_names"]),
                    RowState.CHANGED,
                    tuple(self.files.changes(key, self.months, ())),
                    Finding("gone", Severity.WARNING, target=draft["staff_number"]),
                    self.file.name,
                    person_id=key,
                    required=True,
                )
            )
        return sorted(found, key=lambda row: row.staff_number)

    def _write(self, tx: Write) -> None:
        if any(unit.used and unit.file is not None and unit.file.new for unit in self.units):
            tx.put_blob(self.source.content)
        self.book.drafts.write(tx)


def _identity(person: DsnPerson) -> Identity:
    return Identity(
        staff_number=person.staff_number,
        name=person.name,
        first_names=person.first_names,
        use_name=person.family_name,
        nir=person.nir,
        ntt=person.ntt,
        sex=person.sex,
        birth_date=person.birth_date,
        address=person.address,
        postcode=person.postcode,
        town=person.town,
    )


def _who_key(person: DsnPerson) -> tuple[str, ...]:
    """Return what tells one person of a file from another."""
    if person.nir or person.ntt:
        return "number", person.nir or person.ntt
    if person.staff_number:
        return "staff", person.staff_number
    return "name", folded_name(person.name, person.first_names), str(person.birth_date)


def _pay_row(person: Draft, pay: DsnPay, file: Draft) -> Draft:
    return Draft(
        pay_month,
        person_id=person.id or person,
        payroll_file_id=file.id or file,
        month=str(pay.month),
        contract_number=pay.contract_number,
        paid_hours=hundredths(pay.paid_hours),
        unpaid_hours=hundredths(pay.unpaid_hours),
        overtime_hours=hundredths(pay.overtime_hours),
        complementary_hours=hundredths(pay.complementary_hours),
        gross_pay=hundredths(pay.gross_pay),
        line=pay.line,
    )


def _no_pay(person: Draft, told: DsnPerson, month: Month, file: Draft) -> Draft:
    return Draft(
        pay_month,
        person_id=person.id or person,
        payroll_file_id=file.id or file,
        month=str(month),
        contract_number=told.contracts[0].number if told.contracts else "",
        paid_hours=0,
        unpaid_hours=0,
        overtime_hours=0,
        complementary_hours=0,
        line=told.line,
    )
