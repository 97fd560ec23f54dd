"""A payroll declaration's contracts in the register: matched, described, ended, with their terms; and its absences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.terms import Told, move_start, tell
from ltu_desktop.intake.dsn_person import contract_hours
from ltu_desktop.rules.money import to_hundredths
from ltu_desktop.rules.periods import Month, Span
from ltu_desktop.store.tables import absence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from ltu_desktop.actions.book import Book
    from ltu_desktop.intake.dsn_records import DsnContract, DsnPay, DsnPerson

_ILLNESS = "01"  # block 60: ordinary illness; the other reasons suspend the contract by law
_UNPAID_LEAVE = {"501"}  # block 65: leave without pay


def merge_contracts(
    book: Book, who: Draft, told: Sequence[DsnContract], month: Month, known: Sequence[Month], *, replacing: bool
) -> None:
    """Put what a month's declaration says of a person's contracts into the register.

    `known` are the other months of which payroll has spoken. A declaration that replaces another may take back the end
    of a contract in its month.
    """
    contracts = book.contracts(who)
    pairs: dict[int, Draft] = {}
    for exact in (True, False):
        for index, each in enumerate(told):
            if index in pairs:
                continue
            free = [draft for draft in contracts if draft not in pairs.values()]
            found = _same(free, each) if exact else _likely(free, each)
            if found is not None:
                pairs[index] = found
    for index, each in enumerate(told):
        draft = pairs.get(index) or book.new_contract(who, each.start)
        _describe(book, draft, each, month, replacing=replacing)
        tell(book.terms(draft), draft, list(_told(each, month)), month, known, book.drafts.add)


def _same(contracts: Sequence[Draft], told: DsnContract) -> Draft | None:
    for draft in contracts:
        if draft["start_on"] == told.start and draft["number"] == told.number:
            return draft
    return None


def _likely(contracts: Sequence[Draft], told: DsnContract) -> Draft | None:
    """Find the contract of the same day, or the one with this number, or one that nobody numbered yet."""
    open_ones = [
        draft
        for draft in contracts
        if (draft["end_on"] is None or draft["end_on"] >= told.start)
        and (told.end_date is None or told.end_date >= draft["start_on"])
    ]
    for fits in (
        [draft for draft in contracts if draft["start_on"] == told.start and not (draft["number"] and draft["nature"])],
        [draft for draft in open_ones if draft["number"] == told.number],
        [draft for draft in open_ones if not draft["nature"]],
    ):
        if fits:
            return fits[0]
    return None


def _describe(book: Book, draft: Draft, told: DsnContract, month: Month, *, replacing: bool) -> None:
    if draft["start_on"] != told.start:
        move_start(book.terms(draft), told.start)
        draft["start_on"] = told.start
    for column, value in (("number", told.number), ("nature", told.nature), ("public_aid", told.public_aid)):
        if value:
            draft[column] = value
    if told.planned_end:
        draft["planned_end_on"] = told.planned_end
    if told.end_date:
        draft["end_on"], draft["end_reason"] = told.end_date, told.end_reason
    elif replacing and draft["end_reason"] and draft["end_on"] and Month.of(draft["end_on"]) == month:
        draft["end_on"], draft["end_reason"] = None, ""  # the declaration that is replaced had said it


def _hours(told: DsnContract, quantity: Decimal | None) -> tuple[int | None, int | None]:
    found = contract_hours(told.unit, told.reference_quantity, quantity)
    return (to_hundredths(found[0]), to_hundredths(found[1])) if found else (None, None)


def _told(told: DsnContract, month: Month) -> Iterator[Told]:
    """Say what holds from which day on: the former quantities up to each change, then the present one."""
    changes = sorted((each for each in told.changes if told.start < each.on <= month.last), key=lambda each: each.on)
    weekly, monthly = _hours(told, told.quantity)
    begin = max(month.first, told.start)
    if changes:
        begin = min(begin, max(told.start, changes[0].on.replace(day=1)))
    for change in changes:
        former = _hours(told, change.former_quantity)
        if former[0] is not None and begin < change.on:
            yield Told(begin, *former)
        begin = change.on
    yield Told(begin, weekly, monthly, told.job)


def absences(person: Draft, told: DsnPerson, pay: DsnPay, file: Draft) -> Iterator[Draft]:
    """Say of which kind a period's unpaid hours are, where the declaration makes it clear; the rest stays unsaid."""
    rest = pay.unpaid_hours
    if pay.partial_activity_hours > 0:
        hours = min(pay.partial_activity_hours, rest) if rest > 0 else pay.partial_activity_hours
        rest -= hours
        yield _absence(person, pay, file, "partial_activity", hours, None)
    if rest <= 0:
        return
    found = list(_stops(told, pay))
    if len({kind for kind, _ in found}) == 1:
        kind, span = found[0]
        yield _absence(person, pay, file, kind, rest, span if len(found) == 1 else None)


def _stops(told: DsnPerson, pay: DsnPay) -> Iterator[tuple[str, Span]]:
    """Give the sick leaves and suspensions that touch a pay period, with the days they share."""
    from datetime import timedelta

    period = Span(pay.period_start, pay.period_end)
    day = timedelta(days=1)
    for contract in told.contracts:
        if pay.contract_number and contract.number != pay.contract_number:
            continue
        for leave in contract.sick_leaves:
            end = leave.resumed_on - day if leave.resumed_on else leave.planned_end
            shared = _shared(period, leave.last_day_worked + day, end)
            if shared:
                yield "sick_unpaid" if leave.reason == _ILLNESS else "suspension", shared
        for stop in contract.suspensions:
            shared = _shared(period, stop.start, stop.end)
            if shared:
                yield "unpaid_leave" if stop.reason in _UNPAID_LEAVE else "suspension", shared


def _shared(period: Span, start: date, end: date | None) -> Span | None:
    last = period.end if end is None else end
    return period.meet(Span(start, last)) if start <= last else None


def _absence(person: Draft, pay: DsnPay, file: Draft, kind: str, hours: Decimal, span: Span | None) -> Draft:
    return Draft(
        absence,
        person_id=person.id or person,
        month=str(pay.month),
        kind=kind,
        hours=to_hundredths(hours),
        payroll_file_id=file.id or file,
        start_on=span.start if span else None,
        end_on=span.end if span else None,
    )
