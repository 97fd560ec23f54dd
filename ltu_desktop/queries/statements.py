"""Sealed yearly statements: their versions and their frozen figures, kept as settings of the file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.store.checking import STATEMENT
from ltu_desktop.store.tables import setting

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class SealedStatement:
    """A sealed version: when, the SHA-256 of the figures, and the figures themselves as canonical JSON."""

    year: int
    version: int
    at: datetime
    sha256: str
    data: bytes


def sealed_statements(connection: Connection, year: int) -> list[SealedStatement]:
    """Return the sealed versions of a year, the latest first."""
    s = setting.c
    head = f"{STATEMENT}{year:04d}."
    rows = connection.execute(select(s.key, s.value).where(s.key.startswith(head, autoescape=True)))
    found = []
    for key, value in rows:
        told = json.loads(value)
        version = int(key.removeprefix(head))
        at = datetime.fromisoformat(told["at"])
        found.append(SealedStatement(year, version, at, told["sha256"], told["figures"].encode()))
    return sorted(found, key=lambda each: each.version, reverse=True)


def statement_key(year: int, version: int) -> str:
    """Return the key under which a version is kept."""
    return f"{STATEMENT}{year:04d}.{version}"
