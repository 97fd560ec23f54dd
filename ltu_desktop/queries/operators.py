"""Who works with the file: names for the journal, what each is in the house, and roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from ltu_desktop.store.tables import operator

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class OperatorRow:
    """An operator; `quality` is what she is in the house ("responsable administrative"), printed on her claims."""

    id: bytes
    version: int
    name: str
    quality: str
    role: str


def operators(connection: Connection) -> list[OperatorRow]:
    """Return the operators by name; none in a file that is everybody's."""
    o = operator.c
    rows = connection.execute(select(o.id, o.version, o.name, o.quality, o.role).order_by(o.name))
    return [OperatorRow(*row) for row in rows]
