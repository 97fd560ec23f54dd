"""The type of an open reading, for rooms that pass one on to a query and know no SQL."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["Connection"]
