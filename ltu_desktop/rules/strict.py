"""Strict reading: plain values (from JSON or TOML) into types, or the path of the first fault."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from ltu_desktop.rules.errors import N_

T = TypeVar("T")

Fault = tuple[str, str, dict[str, object]]
"""A path, an English sentence marked with `N_`, and the values of its places."""

_PLAIN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?\Z")


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
        raise NotStrict(*(_locate(raw, kind, "") or _misfit(raw, kind, ""))) from error


def join(path: str, key: str) -> str:
    """Add a key or an index to a path."""
    return f"{path}{key}" if key.startswith("[") else f"{path}.{key}" if path else key


def _refuse_odd_decimals(raw: object, kind: Any, path: str) -> None:
    if kind is Decimal or (kind == Decimal | None and raw is not None):
        if not isinstance(raw, str):
            value = "null" if raw is None else str(raw)
            raise NotStrict(path, N_("an amount must be written as text, “{value}”."), {"value": value})
        if not _PLAIN.match(raw):
            raise NotStrict(path, N_("“{value}” is not a plain number with a dot, as in 151.67."), {"value": raw})
    for child, child_kind, key in _children(raw, kind):
        _refuse_odd_decimals(child, child_kind, join(path, key))


def _locate(raw: object, kind: Any, path: str) -> Fault | None:
    """Find the deepest place where a value does not fit its type."""
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        for child, child_kind, key in _children(raw, kind):
            found = _locate(child, child_kind, join(path, key))
            if found:
                return found
        return _misfit(raw, kind, path)
    return None


def _misfit(raw: object, kind: Any, path: str) -> Fault:
    """Say what is wrong with a value whose parts are right."""
    kind = _without_none(kind)
    struct = kind if _is_struct(kind) else None
    if struct is not None and isinstance(raw, dict):
        unknown = next((str(key) for key in raw if key not in struct.__struct_encode_fields__), "")
        if unknown:
            return join(path, unknown), N_("unknown key."), {}
        fields = msgspec.structs.fields(struct)
        missing = next((each.encode_name for each in fields if each.required and each.encode_name not in raw), "")
        return join(path, missing), N_("a value is missing here."), {}
    if kind is date:
        return path, N_("“{text}” is not a date (YYYY-MM-DD)."), {"text": str(raw)}
    if struct is not None or get_origin(kind) is dict:
        return path, N_("an object {{ }} is expected here."), {}
    if get_origin(kind) is tuple:
        return path, N_("a list [ ] is expected here."), {}
    if kind is str:
        return path, N_("a text in quotation marks is expected here."), {}
    return path, N_("this value is not of the kind expected here."), {}


def _without_none(kind: Any) -> Any:
    if type(None) in get_args(kind):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _children(raw: object, kind: Any) -> list[tuple[object, Any, str]]:
    kind = _without_none(kind)
    if isinstance(raw, dict):
        if get_origin(kind) is dict:
            return [(value, get_args(kind)[1], str(key)) for key, value in raw.items()]
        if _is_struct(kind):
            hints = get_type_hints(kind)
            names = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
            return [(raw[key], hints[name], key) for key, name in names.items() if key in raw]
    if isinstance(raw, list) and get_origin(kind) is tuple:
        return [(value, get_args(kind)[0], f"[{index}]") for index, value in enumerate(raw)]
    return []
