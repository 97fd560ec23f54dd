"""Keys of rows: UUIDv7, which sort by the moment they were made and never collide between sites."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from ltu_desktop.rules.clock import Clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Ids(Protocol):
    """A source of row keys."""

    def __call__(self) -> bytes:
        """Return a new key of 16 bytes, greater than all before it."""
        ...


class Uuid7:
    """UUIDv7 (RFC 9562 §5.7): milliseconds, then 74 random bits, which only count up within one millisecond.

    `milliseconds` tells the time and `bits(n)` gives n random bits; `seeded` makes both repeatable.
    """

    def __init__(self, milliseconds: Callable[[], int], bits: Callable[[int], int] = secrets.randbits) -> None:
        self._milliseconds = milliseconds
        self._bits = bits
        self._last = 0  # the 48 + 74 bits given last
        self._lock = threading.Lock()

    def __call__(self) -> bytes:
        """Return a new key of 16 bytes, greater than all before it."""
        with self._lock:
            fresh = (self._milliseconds() << 74) | self._bits(74)
            # the same millisecond, or a clock that went back: go on from the last one
            self._last = fresh if fresh > self._last else self._last + 1 + self._bits(16)
            moment, rest = self._last >> 74, self._last & ((1 << 74) - 1)
        value = (moment << 80) | (7 << 76) | ((rest >> 62) << 64) | (2 << 62) | (rest & ((1 << 62) - 1))
        return value.to_bytes(16)


def timed(clock: Clock) -> Uuid7:
    """Return ids that carry a clock's moment."""
    return Uuid7(lambda: (clock.now() - _EPOCH) // timedelta(milliseconds=1))


def seeded(source: random.Random, start: int) -> Uuid7:
    """Return repeatable ids for demo files: from `start` (milliseconds since 1970) on, one a millisecond."""
    moment = start

    def milliseconds() -> int:
        nonlocal moment
        moment += 1
        return moment

    return Uuid7(milliseconds, source.getrandbits)


def short(key: bytes) -> str:
    """Return the eight hexadecimal digits that people and logs can hold a row by: its random end."""
    return key[-4:].hex()
