"""Hours lists compared with the register: paid hours and absences, month by month, where payroll is silent."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions.book import Book, bare_row, match_all, of_the_file, worst
from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.imports import Choices, ControlTotals, FileFacts, Outcome, PlanRow, RowState
from ltu_desktop.actions.matching import Identity, Match
from ltu_desktop.actions.pay_files import PayFiles, Unit, hundredths, keep, replaced, use
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.lookup import Search
from ltu_desktop.queries.names import folded_name
from ltu_desktop.rules.errors import Severity
from ltu_desktop.store.tables import absence, pay_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.sheet_records import HoursList, HoursRow, Sheet
    from ltu_desktop.store.gate import Write

_ZERO = Decimal("0.00")


@dataclass
class _Listed:
    """One person of the list, with all her rows."""

    key: str
    who: Identity
    rows: list[HoursRow] = field(default_factory=list)

    @property
    def problems(self) -> list[Finding]:
        return [problem for row in self.rows for problem in row.problems]


@dataclass(frozen=True)
class HoursSource:
    """An hours list, ready to be compared; `content` is the file itself, kept with the import."""

    hours: HoursList
    sheet: Sheet
    content: bytes
    kind: str = "hours"
    action: str = "imports.hours"
    search: Search = field(default_factory=Search, compare=False, repr=False)

    def resolve(self, ctx: Context, connection: Connection, choices: Choices) -> Outcome:
        """Compare person by person; those left out or refused change nothing."""
        return _Comparison(self, ctx, connection, choices).outcome()


class _Comparison:
    def __init__(self, source: HoursSource, ctx: Context, connection: Connection, choices: Choices) -> None:
        self.source, self.ctx, self.choices = source, ctx, choices
        self.book = Book(connection)
        self.files = PayFiles(connection)
        self.people = _gather(source.hours.rows)
        months = sorted({row.month for row in source.hours.rows if row.month is not None})
        self.units = {month: self._open(Unit(month)) for month in months}

    def _open(self, unit: Unit) -> Unit:
        sheet = self.source.sheet
        self.files.open(unit, sheet.sha256)
        keep(
            unit,
            self.ctx.clock.now().date(),
            name=sheet.name,
            sha256=sheet.sha256,
            kind="hours",
            hours=sum(hundredths(row.paid_hours) or 0 for row in self.source.hours.rows if row.month == unit.month),
            lines=len(sheet.rows),
            blob_sha256=sheet.sha256,
        )
        return unit

    def outcome(self) -> Outcome:
        """Compare, and tell what the list comes to."""
        usable = {
            each.key: each.who
            for each in self.people
            if not any(row.refused for row in each.rows) and each.key not in self.choices.leave
        }
        matches = match_all(self.book.people, usable, self.choices, self.source.search)
        refusals = {each.key: self._refusal(each, matches.get(each.key)) for each in self.people}
        for month, unit in self.units.items():
            owners = {
                match.draft.id
                for each in self.people
                if refusals[each.key] is None and any(row.month == month for row in each.rows)
                if isinstance(match := matches.get(each.key), Match) and match.draft and match.draft.id
            }
            if not unit.known:
                self.files.hours_lists(unit, owners, self.book.drafts)
        rows = []
        for done, each in enumerate(self.people):
            self.ctx.progress(done, len(self.people))
            rows.append(self._row(each, matches.get(each.key), refusals[each.key]))
        hours = self.source.hours
        sheet = self.source.sheet
        return Outcome(
            file=FileFacts(
                sheet.name,
                sheet.sha256,
                type=sheet.kind,
                lines=len(sheet.rows),
                month=max(self.units, default=None),
                replaces=replaced(self.units.values()),
            ),
            rows=tuple(rows),
            write=self._write,
            totals=ControlTotals(hours.paid_hours, sum((row.paid_hours or _ZERO for row in hours.rows), _ZERO)),
            problems=tuple(of_the_file(hours.problems, (row.problems for row in hours.rows))),
            unknown_codes=dict.fromkeys(hours.unknown_columns, len(hours.rows)),
        )

    def _refusal(self, each: _Listed, match: Match | RowState | None) -> Finding | None:
        line, target = each.rows[0].row, each.who.staff_number
        if match is None:
            return worst(each.problems)
        if isinstance(match, RowState):
            return Finding("twice", Severity.BLOCKER, line=line, target=target)
        if match.candidates:
            return None
        if match.draft is None and not each.who.name:
            return Finding("no_name", Severity.BLOCKER, line=line, target=target)
        for row in each.rows:
            if row.month is None:
                return Finding("no_month", Severity.BLOCKER, line=row.row, target=target)
            if match.draft is not None and self.files.counted(match.draft.id, row.month, "dsn"):
                params = {"month": row.month}
                return Finding("in_payroll", Severity.BLOCKER, line=row.row, target=target, params={**params})
        return None

    def _row(self, each: _Listed, match: Match | RowState | None, refusal: Finding | None) -> PlanRow:
        where = f"{self.source.sheet.name}:{each.rows[0].row}"
        if refusal is not None or not isinstance(match, Match):
            return bare_row(each.key, where, each.who, RowState.REFUSED, refusal)
        if match.candidates:
            return bare_row(each.key, where, each.who, RowState.QUESTION, worst(each.problems), match)
        draft = match.draft
        if draft is None:
            draft = self.book.new_person(each.who, staff=False)
        key = draft.id
        new = []
        for row in each.rows:
            assert row.month is not None  # refused above
            unit = self.units[row.month]
            if unit.superseded is None and not (unit.known and self.files.has(unit, key)):
                use(unit, self.book.drafts)
                new.append(self._put(draft, row, unit))
        return self.book.row(
            each.key,
            where,
            draft,
            pay=self.files.changes(key, list(self.units), new) if new else (),
            problem=worst(each.problems),
        )

    def _put(self, draft: Draft, row: HoursRow, unit: Unit) -> Draft:
        assert unit.file is not None
        owner, file, month = draft.id or draft, unit.file.id or unit.file, str(unit.month)
        for kind, hours in row.absences.items():
            self.book.drafts.add(
                Draft(absence, person_id=owner, month=month, kind=kind, hours=hundredths(hours), payroll_file_id=file)
            )
        return self.book.drafts.add(
            Draft(
                pay_month,
                person_id=owner,
                payroll_file_id=file,
                month=month,
                contract_number=row.contract_number,
                paid_hours=hundredths(row.paid_hours) or 0,
                unpaid_hours=0,
                overtime_hours=hundredths(row.overtime_hours) or 0,
                complementary_hours=hundredths(row.complementary_hours) or 0,
                gross_pay=hundredths(row.gross_pay),
                line=row.row,
            )
        )

    def _write(self, tx: Write) -> None:
        if any(unit.used and unit.file is not None and unit.file.new for unit in self.units.values()):
            tx.put_blob(self.source.content)
        self.book.drafts.write(tx)


def _gather(rows: Sequence[HoursRow]) -> list[_Listed]:
    found: dict[tuple[str, ...], _Listed] = {}
    for row in rows:
        who = Identity(
            staff_number=row.staff_number, name=row.name, first_names=row.first_names, birth_date=row.birth_date
        )
        key = ("staff", row.staff_number) if row.staff_number else _by_name(row)
        found.setdefault(key, _Listed(f"row{row.row}", who)).rows.append(row)
    return list(found.values())


def _by_name(row: HoursRow) -> tuple[str, ...]:
    return "name", folded_name(row.name, row.first_names), str(row.birth_date)
