"""Filters of a list that are kept under a name, in the file: whoever opens it finds them again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ltu_desktop.queries.settings import FILTERS, kept_filters, setting_row
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store.tables import setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.gate import Write
    from ltu_desktop.store.journal import Changed

LONGEST = 40


def keep_filter(ctx: Context, page: str, name: str, values: Mapping[str, str]) -> Changed:
    """Keep what a page's filters are set to under a name; one of that name is replaced. Raises UserError `no_name`."""
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise UserError("no_name", N_("A saved filter needs a name."), N_("Give it one."))
    with ctx.store.write("filters.keep", {"name": name}, initiator=ctx.initiator) as tx:
        _write(tx, page, {**kept_filters(tx.connection, page), name: dict(values)})
    return tx.changed


def forget_filter(ctx: Context, page: str, name: str) -> Changed:
    """Keep a filter no longer."""
    with ctx.store.write("filters.forget", {"name": name}, initiator=ctx.initiator) as tx:
        _write(tx, page, {each: values for each, values in kept_filters(tx.connection, page).items() if each != name})
    return tx.changed


def _write(tx: Write, page: str, filters: Mapping[str, Mapping[str, str]]) -> None:
    key = f"{FILTERS}{page}"
    row = setting_row(tx.connection, key)
    value = json.dumps(filters, ensure_ascii=False, sort_keys=True)
    if row is None:
        tx.insert(setting, {"key": key, "value": value})
    else:
        tx.update(setting, row.id, {"value": value})
