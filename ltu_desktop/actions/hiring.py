"""A new person with her contract, entered together: one entry of the journal, one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.actions import people
from ltu_desktop.actions.trial import joined
from ltu_desktop.queries.people import staff_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context


def hire(ctx: Context, person: Mapping[str, Any], contract: Mapping[str, Any] | None = None) -> bytes:
    """Add a person, and with `contract` her contract, and return her key.

    Both are the arguments of `people.add_person` and `people.add_contract`, which refuse what cannot be.
    """
    with ctx.store.write("people.hire", initiator=ctx.initiator) as tx:
        inside = joined(ctx, tx)
        key = people.add_person(inside, **person)
        tx.params["person"] = str(person["staff_number"]).strip()
        if contract is not None:
            people.add_contract(inside, key, **contract)
            tx.params |= {"start": contract["start"], "hours": contract["weekly_hours"]}
    return key


def next_number(connection: Connection) -> str:
    """Return a staff number to propose: the greatest of the kind most used, plus one; "" when there is none yet.

    A kind is what stands before the figures and how many figures there are: `F0123` is followed by `F0124`.
    """
    kinds: dict[tuple[str, int], list[int]] = {}
    for number in staff_numbers(connection):
        head = number.rstrip("0123456789")
        figures = number[len(head) :]
        if figures:
            kinds.setdefault((head, len(figures)), []).append(int(figures))
    if not kinds:
        return ""
    (head, length), found = max(kinds.items(), key=lambda kind: (len(kind[1]), kind[0]))
    return f"{head}{max(found) + 1:0{length}d}"
