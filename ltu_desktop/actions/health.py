"""Health: the RQTH's last day and the next medical check. The history says that they changed, never to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions.checks import check_day
from ltu_desktop.queries import health as queries
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.roles import role_of
from ltu_desktop.store.tables import health

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.journal import Changed

FIELDS = ("disability_until", "medical_check_due")


def set_health(ctx: Context, person_id: bytes, values: Mapping[str, date | None]) -> Changed:
    """Say until when a person has the RQTH and when her medical check is due; only the days given change.

    Raises UserError `no_health` for a role that health data are kept from.
    """
    with ctx.store.write("health.set", initiator=ctx.initiator) as tx:
        known = queries.health(tx.connection, person_id, role_of(tx.connection, ctx.store.operator))
        number = staff_number(tx.connection, person_id)
        if number is None:
            raise UserError(
                "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
            )
        for field, day in values.items():
            if field not in FIELDS:
                raise TypeError(f"health.{field} is not changed this way")
            if day is not None:
                check_day(ctx, number, field, day)
        tx.params["person"] = number
        if known.id is None:
            if any(values.values()):
                tx.insert(health, {"person_id": person_id, **values})
        else:
            tx.update(health, known.id, dict(values))
    return tx.changed
