"""Settings that actions keep in the file under a key, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ltu_desktop.queries.settings import setting_row
from ltu_desktop.store.tables import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ltu_desktop.store.gate import Write


def remembered(connection: Connection, key: str, default: Any) -> Any:
    """Return what is kept under a key, or the default."""
    row = setting_row(connection, key)
    return default if row is None else json.loads(row.value)


def remember(tx: Write, key: str, value: Any) -> None:
    """Keep a value under a key, in the place of the former one."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    row = setting_row(tx.connection, key)
    if row is None:
        tx.insert(setting, {"key": key, "value": text})
    else:
        tx.update(setting, row.id, {"value": text})
