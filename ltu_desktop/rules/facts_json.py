"""Facts and answers as JSON: strict in, canonical out."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from ltu_desktop.rules.answer import Answer
from ltu_desktop.rules.checks import fault_of_facts
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.facts import Facts
from ltu_desktop.rules.packs import Pack
from ltu_desktop.rules.strict import NotStrict, read


def read_facts(data: bytes, pack: Pack) -> Facts:
    """Read facts strictly; raise `UserError` ("bad_facts") with the path of the fault.

    Refused: text that is not JSON, unknown keys, amounts that are numbers instead of strings, absurd hours, two people
    with one id, a contract that ends before it starts, settings the scheme does not have.
    """
    try:
        raw = msgspec.json.decode(data)
    except (UnicodeDecodeError, RecursionError) as error:  # the latter from nothing but opening brackets
        raise refuse("", N_("this is not JSON."), {}) from error
    except msgspec.DecodeError as error:
        byte = re.search(r"\(byte (\d+)\)", str(error))
        line = data.count(b"\n", 0, int(byte[1]) if byte else len(data)) + 1
        raise refuse("", N_("this is not JSON, near line {line}."), {"line": line}) from error
    try:
        facts = read(raw, Facts)
    except NotStrict as error:
        raise refuse(error.path, error.reason, error.params) from error
    fault = fault_of_facts(facts, pack)
    if fault:
        raise refuse(*fault)
    return facts


def refuse(path: str, reason: str, params: dict[str, object]) -> UserError:
    """Make the refusal of a fact: its path and the reason, an English sentence marked with `N_`."""
    mend = N_("Mend the facts at this place and run again.")
    return UserError("bad_facts", reason, mend=mend, where=path or "facts", params=params)


def answer_json(answer: Answer, claim: dict[str, object] | None = None) -> bytes:
    """Write an answer as indented JSON, with the `claim` object beside it when there is one."""
    value: dict[str, Any] = msgspec.to_builtins(answer)
    if claim is not None:
        value["claim"] = claim
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
