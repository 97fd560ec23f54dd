"""Staff lists: who the people are, their status and site, and contracts as far as payroll has not told them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ltu_desktop.actions import imports
from ltu_desktop.actions.book import Book, bare_row, match_all, of_the_file, worst
from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.imports import Choices, FileFacts, Outcome, RowState
from ltu_desktop.actions.matching import Identity, Match
from ltu_desktop.actions.merging import better, merge, same_name
from ltu_desktop.intake.findings import Finding
from ltu_desktop.intake.lookup import Search
from ltu_desktop.intake.sheet_records import StaffRow
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.money import from_hundredths, to_hundredths
from ltu_desktop.store.tables import activity, contract_terms, site

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.intake.sheet_records import Sheet, StaffList


def plan_staff(ctx: Context, staff: StaffList, sheet: Sheet) -> imports.ImportPlan:
    """Compare a staff list with the register; `sheet` is the file that it was read from."""
    return imports.plan(ctx, StaffSource(staff, sheet))


@dataclass(frozen=True)
class StaffSource:
    """A staff list, ready to be compared."""

    staff: StaffList
    sheet: Sheet
    kind: str = "people"
    action: str = "imports.people"
    search: Search = field(default_factory=Search, compare=False, repr=False)

    def resolve(self, ctx: Context, connection: Connection, choices: Choices) -> Outcome:
        """Compare row by row; rows left out or refused change nothing."""
        book = Book(connection)
        listed = {f"row{row.row}": row for row in self.staff.rows}
        who = {key: identity(row) for key, row in listed.items()}
        usable = {key: each for key, each in who.items() if not listed[key].refused and key not in choices.leave}
        matches = match_all(book.people, usable, choices, self.search)
        rows = []
        for done, (key, row) in enumerate(listed.items()):
            ctx.progress(done, len(listed))
            rows.append(self._row(book, key, row, who[key], matches.get(key)))
        unknown = dict.fromkeys(self.staff.unknown_columns, len(self.staff.rows))
        whole = of_the_file(self.staff.problems, (row.problems for row in self.staff.rows))
        return Outcome(
            file=FileFacts(self.sheet.name, self.sheet.sha256, type=self.sheet.kind, lines=len(listed)),
            rows=tuple(rows),
            write=book.drafts.write,
            problems=(*whole, *book.problems),
            unknown_codes=unknown,
        )

    def _row(
        self, book: Book, key: str, row: StaffRow, who: Identity, match: Match | RowState | None
    ) -> imports.PlanRow:
        where = f"{self.sheet.name}:{row.row}"
        if match is None:
            return bare_row(key, where, who, RowState.REFUSED, worst(row.problems))
        if isinstance(match, RowState):
            return bare_row(key, where, who, RowState.REFUSED, _blocker(row, "twice"))
        if match.candidates:
            return bare_row(key, where, who, RowState.QUESTION, worst(row.problems), match)
        refusal = _refusal(book, row, who, match.draft)
        if refusal:
            return bare_row(key, where, who, RowState.REFUSED, refusal)
        draft = match.draft
        if draft is None:
            draft = book.new_person(who, staff=True)
        else:
            book.take(draft)
            merge(draft, who, book.people, staff=True)
        _own_values(book, draft, row)
        finding = _contract(book, draft, row)
        return book.row(key, where, draft, problem=worst([*row.problems, *([finding] if finding else [])]))


def identity(row: StaffRow) -> Identity:
    """Take what a row says of a person."""
    return Identity(
        staff_number=row.staff_number,
        name=row.name,
        first_names=row.first_names,
        nir=row.nir,
        ntt=row.ntt,
        sex=row.sex,
        birth_date=row.birth_date,
        address=row.address,
        postcode=row.postcode,
        town=row.town,
        email=row.email,
        phone=row.phone,
    )


def _blocker(row: StaffRow, code: str, **params: str) -> Finding:
    return Finding(code, Severity.BLOCKER, line=row.row, target=row.staff_number, params={**params})


def _refusal(book: Book, row: StaffRow, who: Identity, draft: Draft | None) -> Finding | None:
    if draft is None and not who.name:
        return _blocker(row, "no_name")
    owner = book.people.number_taken(who.staff_number) if who.staff_number else None
    if owner is not None and owner is not draft:
        return _blocker(row, "number_taken", number=who.staff_number, name=owner["name"])
    if row.entry and row.exit and row.exit < row.entry:
        return Finding("contract_dates", Severity.BLOCKER, line=row.row, params={"start": row.entry, "end": row.exit})
    return None


def _own_values(book: Book, draft: Draft, row: StaffRow) -> None:
    """Put in what only a staff list says."""
    for column in ("status", "recognised_on", "decision_number"):
        value = getattr(row, column)
        if value:
            draft[column] = value
    place = book.place(site, row.site)
    if place is not None:
        draft["site_id"] = place


def _cents(value: Decimal | None) -> int | None:
    return None if value is None else to_hundredths(value)


def _contract(book: Book, draft: Draft, row: StaffRow) -> Finding | None:
    """Fill contracts with what payroll has not said; make one when there is none and the list gives the entry."""
    told = (row.entry, row.exit, row.weekly_hours, row.monthly_hours, row.hourly_pay, row.job, row.activity)
    if not any(told):
        return None
    contracts = book.contracts(draft)
    found = _meant(contracts, row)
    if found is None:
        if row.entry is None:
            return Finding("no_entry", Severity.WARNING, line=row.row, target=row.staff_number)
        found = book.new_contract(draft, row.entry, end_on=row.exit, number=row.contract_number)
    elif _by_payroll(found):
        if row.exit and not found["end_on"] and row.exit >= found["start_on"]:
            found["end_on"] = row.exit
    else:
        if row.exit and row.exit >= (row.entry or found["start_on"]):
            found["end_on"] = row.exit
        fits = row.entry and (found["end_on"] is None or row.entry <= found["end_on"])
        if fits and row.entry != found["start_on"] and len(book.terms(found)) <= 1:
            found["start_on"] = row.entry
            for terms in book.terms(found):
                terms["start_on"] = row.entry
        found["number"] = row.contract_number or found["number"] or ""
    return _terms(book, found, row)


def _by_payroll(contract: Draft) -> bool:
    """Whether payroll (or somebody by hand, with all its codes) has described the contract."""
    return bool(contract["nature"])


def _meant(contracts: list[Draft], row: StaffRow) -> Draft | None:
    """Find the contract that a row speaks of: by number, by start, else the first that overlaps, else the last."""
    for wanted in ("number", "start_on"):
        value = row.contract_number if wanted == "number" else row.entry
        found = [each for each in contracts if value and each[wanted] == value]
        if found:
            return found[-1]
    if row.entry is None:
        return contracts[-1] if contracts else None
    for each in contracts:
        ends = each["end_on"]
        if (ends is None or ends >= row.entry) and (row.exit is None or row.exit >= each["start_on"]):
            return each
    return None


def _terms(book: Book, contract: Draft, row: StaffRow) -> Finding | None:
    weekly, monthly, pay = _cents(row.weekly_hours), _cents(row.monthly_hours), _cents(row.hourly_pay)
    rows = book.terms(contract)
    if not rows and (weekly, monthly, pay, row.job, row.activity) == (None, None, None, "", ""):
        return None
    if not rows:
        rows.append(
            book.drafts.add(Draft(contract_terms, contract_id=contract.id or contract, start_on=contract["start_on"]))
        )
    latest = rows[-1]
    place = book.place(activity, row.activity)
    for terms in rows:
        for column, value in (("hourly_pay", pay), ("activity_id", place)):
            if value is not None and (terms is latest or terms[column] is None):
                terms[column] = value
        if row.job and terms["job"] and same_name(row.job, terms["job"]):
            terms["job"] = better(terms["job"], row.job)
        elif row.job and not (terms["job"] and _by_payroll(contract)):
            terms["job"] = row.job
    if weekly is None and monthly is None:
        return None
    if not _by_payroll(contract) or (latest["weekly_hours"] is None and latest["monthly_hours"] is None):
        latest["weekly_hours"], latest["monthly_hours"] = weekly, monthly
        return None
    known = latest["weekly_hours"]
    if weekly is not None and known is not None and abs(weekly - known) > 1:
        params = {"payroll": from_hundredths(known), "list": from_hundredths(weekly)}
        return Finding("payroll_hours", Severity.INFO, line=row.row, target=row.staff_number, params={**params})
    return None
