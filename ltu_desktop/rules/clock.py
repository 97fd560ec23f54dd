"""The only place that names "now": a protocol, so that tests and documents choose their day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Clock(Protocol):
    """Tells the present moment; the doors (`cli`, `app`) pass the real one."""

    def now(self) -> datetime:
        """Return the present moment with its time zone."""
        ...
