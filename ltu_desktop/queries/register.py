"""The register as imports compare with it: whole rows of people, contracts, sites and payroll, read once.

Rows are plain dicts of the tables' columns, because an import compares and writes column by column.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ltu_desktop.store.tables import absence, activity, contract, contract_terms, pay_month, payroll_file, person, site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, Connection, Table

Row = dict[str, Any]
_FEW = 1000


@dataclass(frozen=True)
class Register:
    """People with their contracts (by start) and terms (by start), sites and activities; keys are row ids."""

    people: list[Row]
    contracts: dict[bytes, list[Row]]
    terms: dict[bytes, list[Row]]
    sites: list[Row]
    activities: list[Row]


@dataclass(frozen=True)
class PaySum:
    """What one payroll file says of one person and month, in hundredths and cents; `rows` counts its pay rows."""

    file_id: bytes
    person_id: bytes
    month: str
    paid: int
    unpaid: int
    rows: int


@dataclass(frozen=True)
class Payroll:
    """All payroll files, replaced ones included, and what each says by person and month."""

    files: list[Row]
    sums: list[PaySum]


def _rows(connection: Connection, table: Table, *order: str) -> list[Row]:
    columns = [table.c[name] for name in order]
    return [dict(row) for row in connection.execute(select(table).order_by(*columns)).mappings()]


def register(connection: Connection) -> Register:
    """Read the register in one select a table."""
    contracts: dict[bytes, list[Row]] = defaultdict(list)
    for row in _rows(connection, contract, "start_on", "number", "id"):
        contracts[row["person_id"]].append(row)
    terms: dict[bytes, list[Row]] = defaultdict(list)
    for row in _rows(connection, contract_terms, "start_on"):
        terms[row["contract_id"]].append(row)
    return Register(
        people=_rows(connection, person, "staff_number"),
        contracts=contracts,
        terms=terms,
        sites=_rows(connection, site, "code"),
        activities=_rows(connection, activity, "code"),
    )


def people_rows(connection: Connection) -> list[Row]:
    """Read everybody's own row, by staff number."""
    return _rows(connection, person, "staff_number")


def register_of(connection: Connection, person_ids: Sequence[bytes]) -> Register:
    """Read some people, by name, with their contracts and terms; without sites and activities."""
    keys = set(person_ids)
    whole = len(keys) > _FEW  # SQLite binds so many values at most

    def wanted(table: Table, column: Column[Any], values: set[bytes], *order: str) -> list[Row]:
        query = select(table).order_by(*(table.c[name] for name in order))
        if not whole:
            query = query.where(column.in_(values))
        return [dict(row) for row in connection.execute(query).mappings()]

    people = [row for row in wanted(person, person.c.id, keys, "folded", "staff_number") if row["id"] in keys]
    contracts: dict[bytes, list[Row]] = defaultdict(list)
    owned = set()
    for row in wanted(contract, contract.c.person_id, keys, "start_on", "number", "id"):
        contracts[row["person_id"]].append(row)
        owned.add(row["id"])
    terms: dict[bytes, list[Row]] = defaultdict(list)
    for row in wanted(contract_terms, contract_terms.c.contract_id, owned, "start_on"):
        terms[row["contract_id"]].append(row)
    return Register(people=people, contracts=contracts, terms=terms, sites=[], activities=[])


def payroll(connection: Connection) -> Payroll:
    """Read all payroll files and their sums by person and month."""
    p = pay_month.c
    sums = connection.execute(
        select(
            p.payroll_file_id,
            p.person_id,
            p.month,
            func.sum(p.paid_hours),
            func.sum(p.unpaid_hours),
            func.count(),
        ).group_by(p.payroll_file_id, p.person_id, p.month)
    )
    return Payroll(files=_rows(connection, payroll_file, "received_on", "id"), sums=[PaySum(*row) for row in sums])


def absence_rows(connection: Connection, file_id: bytes) -> list[Row]:
    """Return the absences that a file brought."""
    found = connection.execute(select(absence).where(absence.c.payroll_file_id == file_id).order_by(absence.c.id))
    return [dict(row) for row in found.mappings()]


def pay_rows(connection: Connection, file_id: bytes) -> list[Row]:
    """Return a file's pay rows, in the file's order."""
    found = connection.execute(
        select(pay_month).where(pay_month.c.payroll_file_id == file_id).order_by(pay_month.c.line, pay_month.c.id)
    )
    return [dict(row) for row in found.mappings()]
