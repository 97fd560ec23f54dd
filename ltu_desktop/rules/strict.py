"""Strict reading: plain values (from JSON or TOML) into types, or the path of the first fault."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from ltu_desktop.rules.errors import N_

T = TypeVar("T")

Fault = tuple[str, str, dict[str, object]]
"""A path, an English sentence marked with `N_`, and the values of its places."""

_PLAIN = re.compile(r"-?\d{1,12}(\.\d{1,6})?\Z")


class NotStrict(ValueError):  # noqa: N818  named for what was met
    """Raised with the fault found; `path` is like `people[0].months.2024-01.paid_hours`."""

    def __init__(self, path: str, reason: str, params: dict[str, object]) -> None:
        super().__init__(f"{path}: {reason.format(**params)}")
        self.path, self.reason, self.params = path, reason, params


def read(raw: object, kind: type[T]) -> T:
    """Convert plain values into a type; raise `NotStrict` with the path of the first fault.

    Amounts must be text with a dot: a number could be a binary fraction, an exponent is written by nobody.
    """
    _refuse_odd_decimals(raw, kind, "")
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        path, detail = _locate(raw, kind, "") or ("", str(error))
        raise NotStrict(path, N_("{detail}."), {"detail": detail}) from error


def join(path: str, key: str) -> str:
    """Add a key or an index to a path."""
    return f"{path}{key}" if key.startswith("[") else f"{path}.{key}" if path else key


def _refuse_odd_decimals(raw: object, kind: Any, path: str) -> None:
    if raw is not None and kind in {Decimal, Decimal | None}:
        if not isinstance(raw, str):
            raise NotStrict(path, N_("an amount must be written as text, “{value}”."), {"value": str(raw)})
        if not _PLAIN.match(raw):
            raise NotStrict(path, N_("“{value}” is not a plain number with a dot, as in 151.67."), {"value": raw})
    for child, child_kind, key in _children(raw, kind):
        _refuse_odd_decimals(child, child_kind, join(path, key))


def _locate(raw: object, kind: Any, path: str) -> tuple[str, str] | None:
    """Find the deepest place where a value does not fit its type: its path and msgspec's reason."""
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        reason = str(error).split(" - at `", maxsplit=1)[0]
    else:
        return None
    for child, child_kind, key in _children(raw, kind):
        found = _locate(child, child_kind, join(path, key))
        if found:
            return found
    unknown = _unknown_key(raw, kind)
    return (join(path, unknown), "unknown key") if unknown else (path, reason)


def _children(raw: object, kind: Any) -> list[tuple[object, Any, str]]:
    if type(None) in get_args(kind):
        kind = next(each for each in get_args(kind) if each is not type(None))
    if isinstance(raw, dict):
        if get_origin(kind) is dict:
            return [(value, get_args(kind)[1], str(key)) for key, value in raw.items()]
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            hints = get_type_hints(kind)
            names = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
            return [(raw[key], hints[name], key) for key, name in names.items() if key in raw]
    if isinstance(raw, list) and get_origin(kind) is tuple:
        return [(value, get_args(kind)[0], f"[{index}]") for index, value in enumerate(raw)]
    return []


def _unknown_key(raw: object, kind: Any) -> str:
    for each in (kind, *get_args(kind)):
        if isinstance(raw, dict) and isinstance(each, type) and issubclass(each, msgspec.Struct):
            return next((str(key) for key in raw if key not in each.__struct_encode_fields__), "")
    return ""
