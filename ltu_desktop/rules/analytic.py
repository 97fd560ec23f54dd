"""What work costs and earns by activity: a person's month is shared out by the minutes that she worked in each. Pure.

What belongs to a month without any minutes stays unshared, so that the sum of all is always the whole.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.spread import spread

if TYPE_CHECKING:
    from collections.abc import Mapping

P = TypeVar("P")
K = TypeVar("K")


def share_out(minutes: Mapping[P, Mapping[K, int]], amounts: Mapping[P, Decimal]) -> dict[K | None, Decimal]:
    """Return amounts by key: each `P` (a person's month) in proportion to its minutes; under None what has none.

    Amounts are to the cent and the results add up to them exactly.
    """
    found: dict[K | None, Decimal] = defaultdict(lambda: ZERO)
    for owner, amount in amounts.items():
        worked = {key: Decimal(each) for key, each in minutes.get(owner, {}).items() if each > 0}
        if not worked:
            found[None] += amount
            continue
        for key, part in spread(amount, worked).items():
            found[key] += part
    return dict(found)
