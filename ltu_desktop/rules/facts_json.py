"""Facts and answers as JSON: strict in, canonical out."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from ltu_desktop.rules.answer import Answer
from ltu_desktop.rules.checks import fault_of_facts
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.facts import Facts
from ltu_desktop.rules.packs import Pack
from ltu_desktop.rules.strict import NotStrict, join, read


def read_facts(data: bytes, pack: Pack) -> Facts:
    """Read facts strictly; raise `UserError` ("bad_facts") with the path of the fault.

    Refused: text that is not JSON, a key that stands twice, unknown keys, amounts that are numbers instead of strings,
    absurd hours, two people with one id, a contract that ends before it starts, settings the scheme does not have.
    """
    try:
        raw = msgspec.json.decode(data)
    except (UnicodeDecodeError, RecursionError) as error:  # the latter from nothing but opening brackets
        raise refuse("", N_("this is not JSON."), {}) from error
    except msgspec.DecodeError as error:
        byte = re.search(r"\(byte (\d+)\)", str(error))
        line = data.count(b"\n", 0, int(byte[1]) if byte else len(data)) + 1
        raise refuse("", N_("this is not JSON, near line {line}."), {"line": line}) from error
    twice = _twice(data)
    if twice:
        raise refuse(twice, N_("this key stands twice in its object: which one counts?"), {})
    try:
        facts = read(raw, Facts)
    except NotStrict as error:
        raise refuse(error.path, error.reason, error.params) from error
    fault = fault_of_facts(facts, pack)
    if fault:
        raise refuse(*fault)
    return facts


class _Twice(Exception):  # noqa: N818  ends the quick look
    pass


def _twice(data: bytes) -> str:
    """Return the path of the first key that stands twice in one object of sound JSON, "" when none does."""

    def look(pairs: list[tuple[str, Any]]) -> None:
        if len({key for key, _ in pairs}) < len(pairs):
            raise _Twice

    try:
        json.loads(data, object_pairs_hook=look, parse_int=str, parse_float=str)
    except _Twice:
        return _path_of_twice(json.loads(data, object_pairs_hook=_Pairs, parse_int=str, parse_float=str), "")
    return ""


class _Pairs(list[tuple[str, Any]]):
    """An object as its pairs."""


def _path_of_twice(value: object, path: str) -> str:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, inside in value:
            place = join(path, key)
            found = place if key in seen else _path_of_twice(inside, place)
            if found:
                return found
            seen.add(key)
    elif isinstance(value, list):
        for at, inside in enumerate(value):
            found = _path_of_twice(inside, join(path, f"[{at}]"))
            if found:
                return found
    return ""


def refuse(path: str, reason: str, params: dict[str, object]) -> UserError:
    """Make the refusal of a fact: its path and the reason, an English sentence marked with `N_`."""
    mend = N_("Correct the facts at this place and run again.")
    return UserError("bad_facts", reason, mend=mend, where=path or "facts", params=params)


def answer_json(answer: Answer, claim: dict[str, object] | None = None) -> bytes:
    """Write an answer as indented JSON, with the `claim` object beside it when there is one."""
    value: dict[str, Any] = msgspec.to_builtins(answer)
    if claim is not None:
        value["claim"] = claim
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
