"""Operators: whose name the journal carries, what each is in the house, and what each may do.

Only an administrator changes them, and one administrator always stays. Names are chosen, not proved (`store.roles`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions.checks import field_error, missing
from ltu_desktop.queries.operators import operators
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.roles import ADMINISTRATOR, READER, ROLES, WITHOUT_HEALTH, role_of
from ltu_desktop.store.tables import operator

if TYPE_CHECKING:
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.operators import OperatorRow
    from ltu_desktop.store.journal import Changed

ROLE_NAMES = {
    ADMINISTRATOR: N_("Administrator"),
    WITHOUT_HEALTH: N_("Without health data"),
    READER: N_("Reader"),
}
"""The roles in words, the one that may most first."""


def add_operator(ctx: Context, name: str, *, quality: str = "", role: str = ADMINISTRATOR) -> bytes:
    """Add an operator and return her key; the first one brings whoever adds her along, as an administrator."""
    with ctx.store.write("operators.add", initiator=ctx.initiator) as tx:
        known = operators(tx.connection)
        values = _checked(ctx, known, None, name, quality, role)
        tx.params |= {"name": values["name"], "role": role}
        me = ctx.store.operator
        if not known and values["name"] != me:
            tx.insert(operator, {"name": me, "role": ADMINISTRATOR})
        elif not known and role != ADMINISTRATOR:
            raise _last(values["name"])
        return tx.insert(operator, values)


def change_operator(
    ctx: Context, operator_id: bytes, *, name: str | None = None, quality: str | None = None, role: str | None = None
) -> Changed:
    """Change an operator's name, quality or role; what is None stays.

    Whoever renames herself goes on under the new name, and that is not undone: the old name would be nobody's.
    """
    with ctx.store.read() as connection:
        mine = name is not None and _known(operators(connection), operator_id).name == ctx.store.operator
    with ctx.store.write("operators.change", aside=mine, initiator=ctx.initiator) as tx:
        known = operators(tx.connection)
        former = _known(known, operator_id)
        values = _checked(
            ctx,
            known,
            former,
            former.name if name is None else name,
            former.quality if quality is None else quality,
            former.role if role is None else role,
        )
        _one_stays(known, former, values["role"])
        tx.params |= {"name": values["name"], "role": values["role"]}
        tx.update(operator, operator_id, values)
    if mine:
        ctx.store.operator = values["name"]
    return tx.changed


def remove_operator(ctx: Context, operator_id: bytes) -> Changed:
    """Remove an operator; what she did stays in the history. Without any, the file is everybody's again."""
    with ctx.store.write("operators.remove", initiator=ctx.initiator) as tx:
        known = operators(tx.connection)
        former = _known(known, operator_id)
        if len(known) > 1:
            _one_stays(known, former, "")
        tx.params["name"] = former.name
        tx.delete(operator, operator_id)
    return tx.changed


def work_as(ctx: Context, name: str) -> str:
    """Go on under another operator's name (of the list, or any when there is none) and return her role."""
    name = " ".join(name.split())
    if not name:
        raise missing(ctx, "", "operator")
    with ctx.store.read() as connection:
        ctx.store.operator = name
        return role_of(connection, name)


def _checked(
    ctx: Context, known: list[OperatorRow], former: OperatorRow | None, name: str, quality: str, role: str
) -> dict[str, str]:
    name = " ".join(name.split())
    if not name:
        raise missing(ctx, "", "operator")
    if role not in ROLES:
        raise TypeError(f"no such role: {role}")
    if any(each.name.casefold() == name.casefold() and each is not former for each in known):
        raise field_error(
            ctx,
            "",
            "operator",
            "operator_taken",
            N_("“{name}” is there already."),
            N_("Give another name."),
            name=name,
        )
    return {"name": name, "quality": " ".join(quality.split()), "role": role}


def _known(known: list[OperatorRow], operator_id: bytes) -> OperatorRow:
    found = next((each for each in known if each.id == operator_id), None)
    if found is None:
        raise UserError(
            "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
        )
    return found


def _one_stays(known: list[OperatorRow], former: OperatorRow, role: str) -> None:
    """Refuse to leave the file without an administrator."""
    others = [each for each in known if each is not former and each.role == ADMINISTRATOR]
    if role != ADMINISTRATOR and not others:
        raise _last(former.name)


def _last(name: str) -> UserError:
    return UserError(
        "last_administrator",
        N_("“{name}” is the only administrator: one has to stay."),
        N_("Make someone else an administrator first."),
        params={"name": name},
    )
