"""What all tables are made of: their key and version, references, texts, counts.

Every row has a UUIDv7 key of 16 bytes and a `version` that counts its edits. Months are text, `2026-10`.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

MONTH = "{0} GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'"


def table(name: str, *columns: Column[object] | CheckConstraint | UniqueConstraint | Index) -> Table:
    """Make a table with its key and the count of its edits."""
    return Table(
        name,
        metadata,
        Column("id", LargeBinary(16), primary_key=True),
        Column("version", Integer, nullable=False, default=1, server_default="1"),
        *columns,
    )


def ref(name: str, target: str, *, optional: bool = False, index: bool = True) -> Column[object]:
    """Make a column that names a row of another table."""
    return Column(name, LargeBinary(16), ForeignKey(f"{target}.id"), nullable=optional, index=index)


def text(name: str) -> Column[object]:
    """Make a text column, empty rather than NULL."""
    return Column(name, Text, nullable=False, default="", server_default="")


def count(name: str, *, optional: bool = False) -> Column[object]:
    """Make a column of whole numbers: 0 when nothing is said, or NULL when that differs."""
    if optional:
        return Column(name, Integer)
    return Column(name, Integer, nullable=False, default=0, server_default="0")


def flag(name: str) -> Column[object]:
    """Make a yes or no."""
    return Column(name, Integer, nullable=False, default=0, server_default="0")
