"""Facts and answers as JSON: strict in, canonical out."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from ltu_desktop.rules.checks import fault_of_facts
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.facts import Facts

if TYPE_CHECKING:
    from ltu_desktop.rules.answer import Answer
    from ltu_desktop.rules.packs import Pack

_DECIMAL = re.compile(r"-?\d{1,12}(\.\d{1,6})?\Z")
_INDEX = re.compile(r"^\[")


def refuse(path: str, text: str, **params: object) -> UserError:
    """Make the refusal of a fact: its path and the reason, an English sentence marked with `N_`."""
    return UserError(
        "bad_facts",
        text,
        mend=N_("Mend the facts at this place and run again."),
        where=path or "facts",
        params=params,
    )


def read_facts(data: bytes, pack: Pack) -> Facts:
    """Read facts strictly; raise `UserError` ("bad_facts") with the path of the fault.

    Refused: text that is not JSON, unknown keys, amounts that are numbers instead of strings, absurd hours, two people
    with one id, a contract that ends before it starts, settings the scheme does not have.
    """
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise refuse("", N_("this is not JSON: {detail}."), detail=str(error)) from error
    _refuse_numbers(raw, "")
    _refuse_odd_decimals(raw, Facts, "")
    try:
        facts = msgspec.convert(raw, Facts)
    except msgspec.ValidationError as error:
        path, reason = _locate(raw, Facts, "") or ("", str(error))
        raise refuse(path, N_("{detail}."), detail=reason) from error
    fault = fault_of_facts(facts, pack)
    if fault:
        path, reason, params = fault
        raise refuse(path, reason, **params)
    return facts


def answer_json(answer: Answer, claim: dict[str, object] | None = None) -> bytes:
    """Write an answer as indented JSON, with the `claim` object beside it when there is one."""
    value = msgspec.to_builtins(answer, builtin_types=(), order=None)
    if claim is not None:
        value["claim"] = claim
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _join(path: str, key: str) -> str:
    return f"{path}{key}" if _INDEX.match(key) else f"{path}.{key}" if path else key


def _refuse_numbers(raw: object, path: str) -> None:
    """Refuse any JSON number: amounts and hours are text, so that no binary fraction can slip in."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            _refuse_numbers(value, _join(path, key))
    elif isinstance(raw, list):
        for index, value in enumerate(raw):
            _refuse_numbers(value, _join(path, f"[{index}]"))
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        raise refuse(path, N_("a number must be written as text, “{value}”."), value=str(raw))


def _refuse_odd_decimals(raw: object, kind: Any, path: str) -> None:
    """Refuse text that `Decimal` would read but no administrator writes: exponents, NaN, Infinity, underscores."""
    if isinstance(raw, str) and (kind is Decimal or Decimal in get_args(kind)) and not _DECIMAL.match(raw):
        raise refuse(path, N_("“{value}” is not a plain number with a dot, as in 151.67."), value=raw)
    for child, child_kind, key in _children(raw, kind):
        _refuse_odd_decimals(child, child_kind, _join(path, key))


def _locate(raw: object, kind: Any, path: str) -> tuple[str, str] | None:
    """Find the deepest place where a value does not fit its type: its path and msgspec's reason."""
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        reason = str(error).split(" - at `")[0]
    else:
        return None
    for child, child_kind, key in _children(raw, kind):
        found = _locate(child, child_kind, _join(path, key))
        if found:
            return found
    unknown = _unknown_key(raw, kind)
    return (_join(path, unknown), "unknown key") if unknown else (path, reason)


def _children(raw: object, kind: Any) -> list[tuple[object, Any, str]]:
    if type(None) in get_args(kind):
        kind = next((each for each in get_args(kind) if each is not type(None)), kind)
    if isinstance(raw, dict):
        if get_origin(kind) is dict:
            return [(value, get_args(kind)[1], key) for key, value in raw.items()]
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
            return next((key for key in raw if key not in each.__struct_encode_fields__), "")
    return ""
