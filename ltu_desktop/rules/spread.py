"""Spread an amount over several payees in proportion, to the cent and without a cent left over."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from ltu_desktop.rules.money import ZERO, to_cent

if TYPE_CHECKING:
    from collections.abc import Mapping

K = TypeVar("K")


def spread(amount: Decimal, weights: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """Return `amount` split in proportion to `weights`, which may be negative; the parts add up to it exactly.

    Each part is rounded half up and the greatest weight bears the cents that are left. When the weights add up to
    nothing, the greatest takes all: what was asked for in sum nothing gives no proportion.
    """
    if not weights:
        return {}
    whole = sum(weights.values(), ZERO)
    parts = {key: to_cent(amount * weight / whole) if whole else ZERO for key, weight in weights.items()}
    greatest = max(weights, key=lambda key: abs(weights[key]))
    parts[greatest] += amount - sum(parts.values(), ZERO)
    return parts
