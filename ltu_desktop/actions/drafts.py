"""Rows being prepared: as they are, as they will be, and one way to write the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.store.tables import (
    absence,
    activity,
    contract,
    contract_terms,
    pay_month,
    payroll_file,
    person,
    site,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Table

    from ltu_desktop.queries.register import Row
    from ltu_desktop.store.gate import Write

_ORDER = (site, activity, person, contract, contract_terms, payroll_file, pay_month, absence)
"""Parents first, so that a new row's key is known when its children are written."""


class Draft:
    """One row of a table: `before` is None when it is new. A value may be another draft: its key, once it has one."""

    __slots__ = ("before", "dropped", "id", "table", "values")

    def __init__(self, table: Table, before: Row | None = None, **values: Any) -> None:
        self.table = table
        self.before = before
        self.values: Row = {**(before or {}), **values}
        self.id: bytes | None = before["id"] if before else None
        self.dropped = False

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def __setitem__(self, column: str, value: Any) -> None:
        self.values[column] = value

    @property
    def new(self) -> bool:
        """Whether the row is not in the file yet."""
        return self.before is None

    def changed(self) -> Iterator[tuple[str, Any, Any]]:
        """Give column, value before and value after, where they differ (empty text and None are the same)."""
        before = self.before or {}
        for column, value in self.values.items():
            old = before.get(column)
            if old != value and (old or value or old == 0 or value == 0):
                yield column, old, value


class Drafts:
    """All drafts of one import, written in one go."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Draft]] = {table.name: [] for table in _ORDER}

    def add(self, draft: Draft) -> Draft:
        """Take a draft; what it holds when `write` is called is written."""
        self._rows[draft.table.name].append(draft)
        return draft

    def write(self, tx: Write) -> None:
        """Write new rows in bulk and the differences of the others; a dropped row is deleted."""
        for table in reversed(_ORDER):
            for draft in self._rows[table.name]:
                if draft.dropped and draft.id is not None:
                    tx.delete(table, draft.id)
        for table in _ORDER:
            drafts = [draft for draft in self._rows[table.name] if not draft.dropped]
            new = [draft for draft in drafts if draft.new]
            if new:
                keys = tx.insert_many(table, [_said(draft.values) for draft in new])
                for draft, key in zip(new, keys, strict=True):
                    draft.id = key
            changes = {draft.id: _difference(draft) for draft in drafts if draft.before is not None and draft.id}
            if any(changes.values()):
                tx.update_many(table, {key: values for key, values in changes.items() if values})


def _resolved(values: Row) -> Row:
    return {name: value.id if isinstance(value, Draft) else value for name, value in values.items()}


def _said(values: Row) -> Row:
    """Leave out what is not said, so that the column's own default stands."""
    return {name: value for name, value in _resolved(values).items() if value is not None}


def _difference(draft: Draft) -> Row:
    return _resolved({column: after for column, _, after in draft.changed()})
