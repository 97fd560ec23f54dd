from __future__ import annotations

import random
import uuid
from typing import TYPE_CHECKING

from ltu_desktop.store.ids import Uuid7, seeded, short, timed

if TYPE_CHECKING:
    from ltu_desktop.rules.clock import Clock


def test_key_is_a_version_7_uuid_that_tells_its_moment() -> None:
    # RFC 9562, A.6: 2022-02-22T19:22:22Z is 0x017F22E279B0; random bits 0xCC3 and 0x18C4DC0C0C07398F
    ids = Uuid7(lambda: 0x017F22E279B0, lambda bits: (0xCC3 << 62 | 0x18C4DC0C0C07398F) & ((1 << bits) - 1))
    assert uuid.UUID(bytes=ids()) == uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


def test_keys_go_up_within_a_millisecond_and_when_the_clock_goes_back() -> None:
    moments = iter([1000] * 500 + [900] * 500 + [1001] * 500)
    ids = Uuid7(lambda: next(moments))
    keys = [ids() for _ in range(1500)]
    assert keys == sorted(set(keys))
    assert all(uuid.UUID(bytes=key).version == 7 and len(key) == 16 for key in keys)


def test_keys_carry_the_clock(clock: Clock) -> None:
    key = timed(clock)()
    assert int.from_bytes(key[:6]) == round(clock.now().timestamp() * 1000) - 1000


def test_seeded_keys_are_the_same_again_and_go_up() -> None:
    first, again = seeded(random.Random(5), 1_700_000_000_000), seeded(random.Random(5), 1_700_000_000_000)
    keys = [first() for _ in range(100)]
    assert keys == [again() for _ in range(100)] == sorted(keys)


def test_short_is_the_random_end() -> None:
    assert short(bytes(range(16))) == "0c0d0e0f"
