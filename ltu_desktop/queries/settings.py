"""Settings kept in the file: one JSON text by key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.store.tables import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection


PAPER_LANGUAGE = "paper.language"
"""Key of the language of the documents."""


@dataclass(frozen=True)
class SettingRow:
    """One setting; `value` is JSON."""

    id: bytes
    key: str
    value: str


def setting_row(connection: Connection, key: str) -> SettingRow | None:
    """Return a setting, or None when it was never said."""
    s = setting.c
    row = connection.execute(select(s.id, s.key, s.value).where(s.key == key)).first()
    return SettingRow(*row) if row else None


FILTERS = "filters."
"""Before a page's code: the key of its kept filters."""


def kept_filters(connection: Connection, page: str) -> dict[str, dict[str, str]]:
    """Return a page's kept filters by name: what each sets, by the filter's code."""
    row = setting_row(connection, f"{FILTERS}{page}")
    found: dict[str, dict[str, str]] = json.loads(row.value) if row else {}
    return found


def paper_language(connection: Connection) -> str | None:
    """Return the language of the documents, or None when nobody has chosen one."""
    row = setting_row(connection, PAPER_LANGUAGE)
    return None if row is None else str(json.loads(row.value))
