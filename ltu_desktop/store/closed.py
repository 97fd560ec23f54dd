"""Months whose attendance is closed: nothing in them changes, by no action and no undo, until they are reopened.

`Store.write` looks at every change at the end of its transaction, so that no action can forget it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store.journal import table_of
from ltu_desktop.store.tables import month_closing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from ltu_desktop.store.journal import Change

_BY_DAY = frozenset({"attendance", "absence_day", "shift"})
_BY_MONTH = frozenset({"month_sheet"})


def closed_months(connection: Connection) -> frozenset[str]:
    """Return the months that are closed, as `2026-10`."""
    return frozenset(connection.execute(select(month_closing.c.month)).scalars())


def refuse_closed(connection: Connection, days: Iterable[date]) -> None:
    """Raise UserError `month_closed` when one of the days lies in a month that is closed."""
    _refuse({str(Month.of(day)) for day in days} & closed_months(connection))


def refuse_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """Raise UserError `month_closed` when rows of a closed month would change, unless its closing goes with them."""
    rows = [change for change in changes if change.table in _BY_DAY | _BY_MONTH]
    if not rows or not (closed := closed_months(connection)):
        return
    touched: set[str] = set()
    later: dict[str, list[bytes]] = defaultdict(list)
    for change in rows:
        name = "day" if change.table in _BY_DAY else "month"
        images = [image for image in (change.before, change.after) if image is not None]
        touched |= {str(image[name])[:7] for image in images if name in image}
        if name not in images[0]:  # an update that leaves it as it is: it stands in the row only
            later[change.table].append(change.id)
    for table, keys in later.items():
        rows_of = table_of(table)
        column = rows_of.c.day if table in _BY_DAY else rows_of.c.month
        for at in range(0, len(keys), 500):
            query = select(column).where(rows_of.c.id.in_(keys[at : at + 500])).distinct()
            touched |= {str(value)[:7] for value in connection.execute(query).scalars()}
    own = {
        str(image["month"])
        for change in changes
        if change.table == "month_closing"
        for image in (change.before, change.after)
        if image is not None and "month" in image
    }
    _refuse(touched & closed - own)


def _refuse(months: set[str]) -> None:
    if months:
        raise UserError(
            "month_closed",
            N_("{month} is closed: its hours and absences no longer change."),
            N_("Reopen the month, with your reason, then make the change."),
            params={"month": Month.parse(min(months))},
        )
