"""Roles: what an operator may do. Names are chosen, not proved: a role keeps honest colleagues from slips.

A file in which nobody is limited is everybody's. Once somebody is, a name that is not among the operators only reads;
were no administrator left, everybody would be one, so that nobody is shut out for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import operator

if TYPE_CHECKING:
    from sqlalchemy import Connection

ADMINISTRATOR, READER, WITHOUT_HEALTH = "administrator", "reader", "without_health"
ROLES = (ADMINISTRATOR, WITHOUT_HEALTH, READER)

_CLOSED: dict[str, frozenset[str]] = {WITHOUT_HEALTH: frozenset({"health", "operator"})}


def role_of(connection: Connection, name: str) -> str:
    """Return the role of the operator of this name."""
    o = operator.c
    rows = {row[0]: row[1] for row in connection.execute(select(o.name, o.role))}
    roles = set(rows.values())
    return rows.get(name, READER) if len(roles) > 1 and ADMINISTRATOR in roles else ADMINISTRATOR


def closed_tables(role: str) -> frozenset[str]:
    """Return the tables that a role that writes may not change, not even by undo."""
    return _CLOSED.get(role, frozenset())


def may_write(role: str, name: str) -> None:
    """Raise UserError `reader` for a role that only reads."""
    if role == READER:
        raise UserError(
            "reader",
            N_("“{name}” may read this file, but not change it."),
            N_("Ask an administrator to do it, or to give you another role."),
            params={"name": name},
        )


def may_change(closed: frozenset[str], table: str) -> None:
    """Raise UserError for a table that is closed to the role: `no_health`, or `no_operators`."""
    if table in closed:
        raise no_health() if table == "health" else no_operators()


def no_health() -> UserError:
    """Say that health data are kept from this role."""
    return UserError(
        "no_health",
        N_("Health data are kept from your role."),
        N_("Ask an administrator."),
    )


def no_operators() -> UserError:
    """Say that only an administrator manages operators."""
    return UserError(
        "no_operators",
        N_("Only an administrator says who works with this file."),
        N_("Ask an administrator."),
    )
