"""Limits of working time, by country: data with their source, read strictly. Pure but for reading its file once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ltu_desktop import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

HOME = "FR"
CODES = ("daily_rest", "weekly_rest", "long_day", "long_week", "average_week", "no_break")
_FOLDER = RESOURCES / "work_time"
_MORE = {"average_week": "weeks", "no_break": "pause"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in minutes with its legal source; `more` are the weeks of an average, or the minutes of a break."""

    minutes: int
    source: str
    more: int = 0


Limits = dict[str, Limit]


class LimitsError(ValueError):
    """A file of limits is not as it should be: which key, and what is wrong."""


def read(path: Path) -> Limits:
    """Read a file of limits; raise `LimitsError` for a key that is missing, unknown or no whole number."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    if unknown := sorted(set(data) - set(CODES)):
        raise LimitsError(f"{path.name}: {unknown[0]}: unknown")
    return {code: _limit(path.name, code, data.get(code)) for code in CODES}


def _limit(name: str, code: str, entry: Any) -> Limit:
    more = _MORE.get(code)
    keys = {"minutes", "source", *([more] if more else [])}
    if not isinstance(entry, dict) or set(entry) != keys:
        raise LimitsError(f"{name}: {code}: needs {', '.join(sorted(keys))}")
    for key in keys - {"source"}:
        if type(entry[key]) is not int or entry[key] <= 0:
            raise LimitsError(f"{name}: {code}.{key}: a whole number above 0")
    if not entry["source"]:
        raise LimitsError(f"{name}: {code}.source: empty")
    return Limit(entry["minutes"], entry["source"], entry[more] if more else 0)


def country_of(calendar: str) -> str:
    """Return the country whose limits hold for a calendar (`FR`, `FR-57`): its own, or home where none are known."""
    country = calendar.partition("-")[0]
    return country if (_FOLDER / f"{country}.toml").is_file() else HOME


@lru_cache
def limits(calendar: str) -> Limits:
    """Return the limits that hold for a calendar."""
    return read(_FOLDER / f"{country_of(calendar)}.toml")
