"""Month sheets: which came back, which are signed, their scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import attachments
from ltu_desktop.actions.checks import check_day
from ltu_desktop.queries.attendance import sheet_keys
from ltu_desktop.queries.people import staff_number
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import month_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed, Value


def set_sheets(
    ctx: Context, month: Month, person_ids: Sequence[bytes], *, received_on: date | None, signed: bool = False
) -> Changed:
    """Note that people's sheets came on a day, signed or not; `received_on` None takes that back. One step for all."""
    with ctx.store.write("attendance.set_sheets", initiator=ctx.initiator) as tx:
        if received_on is not None:
            check_day(ctx, ctx.words.month(month), "day", received_on, future=False)
        values: dict[str, Value] = {"received_on": received_on, "signed": int(signed and received_on is not None)}
        _put(tx, month, person_ids, values)
        tx.params |= {"month": month, "count": len(set(person_ids))}
    return tx.changed


def attach_sheet(ctx: Context, month: Month, person_id: bytes, name: str, content: bytes) -> bytes:
    """Attach a person's scanned sheet and return the paper's key; a sheet that had not come comes today."""
    with ctx.store.write("attendance.attach_sheet", initiator=ctx.initiator) as tx:
        number = staff_number(tx.connection, person_id)
        if number is None:
            raise UserError(
                "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
            )
        known = sheet_keys(tx.connection, month)
        if person_id not in known or known[person_id][1] is None:
            _put(tx, month, [person_id], {"received_on": ctx.clock.now().date()})
        key = sheet_keys(tx.connection, month)[person_id][0]
        found = attachments.add(ctx, tx, "month_sheet", key, name, content, kind="sheet", day=None)
        tx.params = {"month": month, "person": number, "name": tx.params["name"]}
    return found


def _put(tx: Write, month: Month, person_ids: Sequence[bytes], values: dict[str, Value]) -> None:
    known = sheet_keys(tx.connection, month)
    people = list(dict.fromkeys(person_ids))
    tx.update_many(month_sheet, {known[each][0]: values for each in people if each in known})
    new = [{"person_id": each, "month": str(month), **values} for each in people if each not in known]
    tx.insert_many(month_sheet, new)
