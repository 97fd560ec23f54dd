"""Money, hours and rounding: `Decimal` in code, whole cents and hundredths of an hour in the file."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from enum import StrEnum
from functools import lru_cache

CENT = Decimal("0.01")
FTE_STEP = Decimal("0.0001")
ZERO = Decimal("0.00")


class Rounding(StrEnum):
    """Ways to round an amount to the cent; every use is a named step of the trace."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


_MODES = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.UP: ROUND_UP, Rounding.DOWN: ROUND_DOWN}


def to_cent(value: Decimal, how: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round an amount (or hours) to two decimals, half away from zero unless told otherwise."""
    return value.quantize(CENT, _MODES[how]) + ZERO  # adding zero turns -0.00 into 0.00


def to_fte(value: Decimal) -> Decimal:
    """Round full-time equivalents to the four decimals that are kept."""
    return value.quantize(FTE_STEP, ROUND_HALF_UP) + Decimal("0.0000")


def to_hundredths(value: Decimal) -> int:
    """Turn an amount or hours with at most two decimals into whole hundredths; raise ValueError when more are given."""
    scaled = value * 100
    if scaled != scaled.to_integral_value():
        raise ValueError(f"more than two decimals: {value}")
    return int(scaled)


@lru_cache(maxsize=4096)  # the same hours and amounts come again and again
def from_hundredths(value: int) -> Decimal:
    """Turn whole hundredths (cents, hundredths of an hour) back into a `Decimal` with two decimals."""
    return Decimal(value).scaleb(-2)
