"""One change for many people at once: site, status or activity. Shown first, then one action and one undo step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.checks import bad_value, check_day
from ltu_desktop.actions.fields import STATUSES
from ltu_desktop.queries import people as queries
from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.register import register_of
from ltu_desktop.store.tables import contract_terms, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.register import Row
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

_TERMS = ("weekly_hours", "monthly_hours", "hourly_pay", "job", "category")


@dataclass(frozen=True)
class BulkChange:
    """What to set: `field` is `site`, `status` or `activity`; `value` its key or code, None to take it away.

    An activity holds from the day `start` on: the contract gets an amendment.
    """

    field: str
    value: bytes | str | None
    start: date | None = None


class BulkState(StrEnum):
    """What happens with a person: changed, already so, or left out for want of a contract on the day."""

    CHANGED = "changed"
    SAME = "same"
    NO_CONTRACT = "no_contract"


@dataclass(frozen=True)
class BulkRow:
    """A person of the preview; before and after are names of places, or codes of statuses."""

    person_id: bytes
    staff_number: str
    list_name: str
    state: BulkState
    before: str
    after: str


@dataclass(frozen=True)
class BulkPlan:
    """What a change of many people would do, in the order of the list."""

    change: BulkChange
    rows: tuple[BulkRow, ...]

    def count(self, state: BulkState) -> int:
        """How many people are in a state."""
        return sum(1 for row in self.rows if row.state is state)


def plan_many(ctx: Context, person_ids: Iterable[bytes], change: BulkChange) -> BulkPlan:
    """Show what a change would do; raise `UserError` for a value that cannot be."""
    with ctx.store.read() as connection:
        return BulkPlan(change, tuple(row for row, _ in _plan(ctx, connection, list(person_ids), change)))


def change_many(ctx: Context, person_ids: Iterable[bytes], change: BulkChange) -> Changed:
    """Set a site, status or activity for many people; those without a contract on the day are left out."""
    with ctx.store.write("people.change_many", {"field": change.field}, initiator=ctx.initiator) as tx:
        found = [each for each in _plan(ctx, tx.connection, list(person_ids), change) if each[0].state == "changed"]
        tx.params |= {"count": len(found), "after": _said(tx.connection, change)}
        if change.field == "activity":
            assert change.start is not None  # `_plan` asked for it
            _amend(tx, [terms for _, terms in found], change.value, change.start)
        else:
            column = "site_id" if change.field == "site" else "status"
            tx.update_many(person, {row.person_id: {column: change.value} for row, _ in found})
    return tx.changed


def _said(connection: Connection, change: BulkChange) -> str:
    if isinstance(change.value, bytes):
        return queries.places(connection)[change.value]
    return change.value or ""


def _plan(
    ctx: Context, connection: Connection, person_ids: Sequence[bytes], change: BulkChange
) -> list[tuple[BulkRow, Row]]:
    """Return the rows of the preview, each with the terms that an amendment starts from (empty for the rest)."""
    names = queries.places(connection)
    _check(ctx, names, change)
    found = register_of(connection, person_ids)
    rows: list[tuple[BulkRow, Row]] = []
    for each in found.people:
        terms: Row = {}
        state = BulkState.CHANGED
        if change.field == "activity":
            terms = _terms_on(found.contracts.get(each["id"], ()), found.terms, change.start)
            before = terms.get("activity_id")
            state = BulkState.CHANGED if terms else BulkState.NO_CONTRACT
        else:
            before = each["site_id" if change.field == "site" else "status"]
        if state is BulkState.CHANGED and before == change.value:
            state = BulkState.SAME
        after = before if state is BulkState.NO_CONTRACT else change.value
        row = BulkRow(
            each["id"],
            each["staff_number"],
            list_name(each["name"], each["first_names"]),
            state,
            *(names[value] if isinstance(value, bytes) else value or "" for value in (before, after)),
        )
        rows.append((row, terms))
    return rows


def _check(ctx: Context, names: dict[bytes, str], change: BulkChange) -> None:
    if change.field not in {"site", "status", "activity"}:
        raise TypeError(f"person.{change.field} is not changed for many")
    known: set[Any] = {None, *(STATUSES if change.field == "status" else names)}
    if change.value not in known:
        raise bad_value(ctx, "", change.field, "?")
    if change.field == "activity":
        if change.start is None:
            raise TypeError("an activity holds from a day on")
        check_day(ctx, "", "start", change.start)


def _terms_on(contracts: Iterable[Row], terms: dict[bytes, list[Row]], day: date | None) -> Row:
    """Return the terms in force on a day of the contract that holds then; empty without a contract."""
    assert day is not None  # `_check` asked for it
    for contract in contracts:
        if contract["start_on"] <= day and (contract["end_on"] is None or contract["end_on"] >= day):
            rows = [row for row in terms.get(contract["id"], ()) if row["start_on"] <= day]
            return rows[-1] if rows else {"contract_id": contract["id"], "start_on": None}
    return {}


def _amend(tx: Write, rows: Iterable[Row], activity_id: bytes | str | None, start: date) -> None:
    """Correct terms that begin on the day, and let new ones begin after the others."""
    corrected: dict[bytes, dict[str, Any]] = {}
    added: list[dict[str, Any]] = []
    for terms in rows:
        if terms["start_on"] == start:
            corrected[terms["id"]] = {"activity_id": activity_id}
        else:
            kept = {column: terms[column] for column in _TERMS if column in terms}
            added.append(
                {
                    **kept,
                    "contract_id": terms["contract_id"],
                    "start_on": start,
                    "activity_id": activity_id,
                }
            )
    tx.update_many(contract_terms, corrected)
    tx.insert_many(contract_terms, added)
