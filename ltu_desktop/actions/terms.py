"""A contract's terms through time, told month by month by payroll.

Payroll says what holds in a month, never since when. So the first thing it says holds since the contract's start until
a later file or an earlier one knows better; whatever the order in which the months arrive, the terms come out the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.actions.drafts import Draft
from ltu_desktop.actions.merging import better, same_name
from ltu_desktop.store.tables import contract_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from ltu_desktop.rules.periods import Month

_DATED = ("weekly_hours", "monthly_hours", "hourly_pay", "job", "category", "activity_id")


@dataclass(frozen=True)
class Told:
    """What holds from a day on; hours are hundredths, None or "" where nothing is said."""

    start: date
    weekly: int | None = None
    monthly: int | None = None
    job: str = ""


def in_force(terms: Sequence[Draft], day: date) -> Draft | None:
    """Return the terms in force on a day."""
    found = None
    for row in terms:
        if row["start_on"] <= day:
            found = row
    return found


def tell(
    terms: list[Draft],
    contract: Draft,
    told: Sequence[Told],
    month: Month,
    known: Sequence[Month],
    add: Callable[[Draft], Draft],
) -> None:
    """Bring terms in line with what payroll tells in the declaration of a month, oldest first.

    `known` are the other months of which payroll has spoken. A stretch in which it never spoke takes the new value;
    one that it knows keeps its own, and so do the months that come later.
    """
    for index, each in enumerate(told):
        if not terms:
            terms.append(add(_row(contract, contract["start_on"], each, None)))
            continue
        row = in_force(terms, each.start)
        if row is not None and _says_the_same(row, each):
            _fill(row, each)
            continue
        _part(terms, contract, row, each, month, known, add, first=index == 0)
        terms.sort(key=lambda draft: draft["start_on"])


def _part(
    terms: list[Draft],
    contract: Draft,
    row: Draft | None,
    told: Told,
    declared: Month,
    known: Sequence[Month],
    add: Callable[[Draft], Draft],
    *,
    first: bool,
) -> None:
    former = {column: row[column] for column in _DATED} if row is not None else None
    assumed = (
        first
        and row is terms[0]
        and not any(month.last >= row["start_on"] and month.last < told.start for month in known)
    )
    if row is not None and (assumed or row["start_on"] == told.start):
        _set(row, told)
    else:
        terms.append(add(_row(contract, told.start, told, row)))
    later = next((month for month in sorted(known) if month > declared), None)
    if later is None or former is None:
        return
    if not any(told.start < other["start_on"] <= later.first for other in terms):
        terms.append(add(Draft(contract_terms, contract_id=_owner(contract), start_on=later.first, **former)))


def _owner(contract: Draft) -> object:
    return contract.id or contract


def _row(contract: Draft, start: date, told: Told, before: Draft | None) -> Draft:
    base = {column: before[column] for column in _DATED} if before is not None else {}
    row = Draft(contract_terms, contract_id=_owner(contract), **{**base, "start_on": start})
    _set(row, told)
    return row


def _set(row: Draft, told: Told) -> None:
    if told.weekly is not None:
        row["weekly_hours"], row["monthly_hours"] = told.weekly, told.monthly
    if told.job:
        known = row["job"] or ""
        row["job"] = better(known, told.job) if known and same_name(known, told.job) else told.job


def _fill(row: Draft, told: Told) -> None:
    if told.weekly is not None and row["monthly_hours"] is None:
        row["weekly_hours"], row["monthly_hours"] = told.weekly, told.monthly
    if told.job:
        row["job"] = better(row["job"] or "", told.job)


def _says_the_same(row: Draft, told: Told) -> bool:
    if told.weekly is not None:
        if row["monthly_hours"] is not None:
            if row["monthly_hours"] != told.monthly:
                return False
        elif row["weekly_hours"] is not None and abs(row["weekly_hours"] - told.weekly) > 1:
            return False
    return not (told.job and row["job"] and not same_name(row["job"], told.job))


def move_start(terms: list[Draft], start: date) -> None:
    """Let the first terms begin with the contract when its start is corrected."""
    if not terms:
        return
    current = in_force(terms, start) or terms[0]
    for row in terms:
        if row is not current and row["start_on"] <= start:
            row.dropped = True
    terms[:] = [row for row in terms if not row.dropped]
    current["start_on"] = start
