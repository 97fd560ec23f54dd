"""Merge two records of one person: all that hangs on the one goes over to the other, in one undo step.

What the record that stays says is kept; what it leaves open is taken from the other one. A contract that both have
(same first day) is kept once. Sealed claims stay as they were printed; their lines follow the person, so that nothing
is asked for twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.fields import PERSON
from ltu_desktop.queries import people as queries
from ltu_desktop.queries import person_rows
from ltu_desktop.queries.attachments import keys_of
from ltu_desktop.queries.names import folded_name, list_name
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.closed import refuse_closed
from ltu_desktop.store.tables import attachment, contract, contract_terms, person

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from sqlalchemy import Connection, Table

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.person_rows import Row
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

_CONTRACT = ("number", "nature", "public_aid")  # what a contract kept once takes from its double when it lacks it


@dataclass(frozen=True)
class MergeField:
    """A column of which both records say something else: what stays unless the other is taken. Sites are names."""

    field: str
    stays: object
    other: object


@dataclass(frozen=True)
class MergePlan:
    """What a merge would do: fields to choose of, contracts that go over, months in which both have hours."""

    staff_number: str
    list_name: str
    other_number: str
    other_name: str
    fields: tuple[MergeField, ...]
    contracts: int
    months: tuple[tuple[Month, Decimal, Decimal], ...]


def plan_merge(ctx: Context, keep_id: bytes, other_id: bytes) -> MergePlan:
    """Show what a merge would do; raise `UserError` when it could not be done (see `merge`)."""
    with ctx.store.read() as connection:
        keep, other = _both(connection, keep_id, other_id)
        refuse_closed(connection, person_rows.ground_days(connection, other_id))
        names = queries.places(connection)
        contracts = _contracts(connection, keep_id, other_id, keep)
        hours = person_rows.paid_months(connection, keep_id)
        theirs = person_rows.paid_months(connection, other_id)
    return MergePlan(
        keep["staff_number"],
        list_name(keep["name"], keep["first_names"]),
        other["staff_number"],
        list_name(other["name"], other["first_names"]),
        tuple(
            MergeField(field, names.get(keep[field], keep[field]), names.get(other[field], other[field]))
            for field in PERSON
            if keep[field] and other[field] and keep[field] != other[field]
        ),
        sum(1 for _, double in contracts if double is None),
        tuple((Month.parse(month), hours[month], theirs[month]) for month in hours if month in theirs),
    )


def merge(ctx: Context, keep_id: bytes, other_id: bytes, *, take: Collection[str] = ()) -> Changed:
    """Merge the other record into the one that stays; `take` names the columns of which the other one's value is kept.

    Raises UserError `two_people` when their NIR differ, `contracts_overlap` when contracts of different first days do,
    `month_closed` when hours of a closed month would move, `no_health` when health data would and the role is kept from
    them.
    """
    with ctx.store.write("people.merge", initiator=ctx.initiator) as tx:
        keep, other = _both(tx.connection, keep_id, other_id)
        tx.params |= {"person": keep["staff_number"], "other": other["staff_number"]}
        for row, double in _contracts(tx.connection, keep_id, other_id, keep):
            if double is not None:
                _join_contracts(tx, row, double)
        for table in person_rows.tables():
            if table.name in person_rows.ONE_EACH:
                _join(tx, table, keep_id, other_id)
            else:
                rows = person_rows.rows_of(tx.connection, table, other_id)
                tx.update_many(table, {row["id"]: {"person_id": keep_id} for row in rows})
        _move_papers(tx, "person", other_id, keep_id)
        tx.delete(person, other_id)
        values = {field: other[field] for field in PERSON if other[field] and (not keep[field] or field in take)}
        if values.keys() & {"name", "first_names"}:
            whole = {**keep, **values}
            values["folded"] = folded_name(whole["name"], whole["first_names"])
        tx.update(person, keep_id, values)
    return tx.changed


def _both(connection: Connection, keep_id: bytes, other_id: bytes) -> tuple[Row, Row]:
    if keep_id == other_id:
        raise TypeError("a record is not merged with itself")
    keep, other = (person_rows.row_of(connection, key) for key in (keep_id, other_id))
    if keep is None or other is None:
        raise UserError(
            "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
        )
    if keep["nir"] and other["nir"] and keep["nir"] != other["nir"]:
        raise UserError(
            "two_people",
            N_("The social security numbers of {first} and {second} differ: these are two people."),
            N_("If one of the numbers is wrong, correct it first."),
            params={"first": keep["staff_number"], "second": other["staff_number"]},
        )
    return keep, other


def _contracts(connection: Connection, keep_id: bytes, other_id: bytes, keep: Row) -> list[tuple[Row, Row | None]]:
    """Return the other record's contracts, each with the contract of the same first day, if the record has one."""
    own = person_rows.rows_of(connection, contract, keep_id)
    by_start = {row["start_on"]: row for row in own}
    found = []
    for row in person_rows.rows_of(connection, contract, other_id):
        double = by_start.get(row["start_on"])
        if double is None and any(_overlap(row, each) for each in own):
            raise UserError(
                "contracts_overlap",
                N_("The contract overlaps the one of {start}."),
                N_("End that one first, or choose other days."),
                where=keep["staff_number"],
                params={"start": row["start_on"]},
            )
        found.append((row, double))
    return found


def _overlap(one: Row, other: Row) -> bool:
    first, second = sorted((one, other), key=lambda each: each["start_on"])
    return first["end_on"] is None or first["end_on"] >= second["start_on"]


def _join_contracts(tx: Write, row: Row, double: Row) -> None:
    """Keep a contract once: what the double lacks comes over, the terms only when it has none."""
    terms = queries.terms_rows(tx.connection, row["id"])
    if queries.terms_rows(tx.connection, double["id"]):
        for each in terms:
            tx.delete(contract_terms, each["id"])
    else:
        tx.update_many(contract_terms, {each["id"]: {"contract_id": double["id"]} for each in terms})
    tx.update(
        contract, double["id"], {column: row[column] for column in _CONTRACT if row[column] and not double[column]}
    )
    tx.delete(contract, row["id"])


def _join(tx: Write, table: Table, keep_id: bytes, other_id: bytes) -> None:
    """Move the rows of a table that holds one a person; where both have one, fill what the kept one leaves open."""
    columns = person_rows.ONE_EACH[table.name]
    own = {tuple(row[each] for each in columns): row for row in person_rows.rows_of(tx.connection, table, keep_id)}
    for row in person_rows.rows_of(tx.connection, table, other_id):
        kept = own.get(tuple(row[each] for each in columns))
        if kept is None:
            tx.update(table, row["id"], {"person_id": keep_id})
            continue
        values: dict[str, Any] = {
            name: value for name, value in row.items() if value and not kept[name] and name not in {"id", "version"}
        }
        tx.update(table, kept["id"], values)
        _move_papers(tx, table.name, row["id"], kept["id"])
        tx.delete(table, row["id"])


def _move_papers(tx: Write, subject: str, before: bytes, after: bytes) -> None:
    keys = keys_of(tx.connection, subject, [before])
    tx.update_many(attachment, {key: {"subject_id": after} for key in keys})
