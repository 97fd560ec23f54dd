"""Oracles: facts with the figures an authority or a careful hand found; a pack must give them back to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.facts_json import answer_json, read_facts
from ltu_desktop.rules.packs import Pack, read_toml


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One oracle: `expect` is the part of the answer that must be found, or `refused` the path of a refusal."""

    name: str
    source: str
    facts: dict[str, Any]
    expect: dict[str, Any] = {}
    refused: str = ""


class CaseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of one file of `cases/`."""

    case: tuple[Case, ...]


def cases(texts: Mapping[str, str], where: Path) -> list[tuple[str, Case]]:
    """Read the cases among a pack's texts with their file's name; raise `UserError` ("bad_pack") for one that is none.

    `where` is the pack's folder or file, for that error.
    """
    return [
        (name.removeprefix("cases/"), case)
        for name, text in sorted(texts.items())
        if name.startswith("cases/")
        for case in read_toml(text, CaseFile, where / name).case
    ]


def check(pack: Pack, case: Case) -> list[str]:
    """Run a case; return what differs, as `path: expected …, got …` (empty when all agree)."""
    try:
        answer = compute(pack, read_facts(msgspec.json.encode(case.facts), pack))
    except UserError as error:
        return [] if case.refused and error.where == case.refused else [f"refused at {error.where}: {error}"]
    if case.refused:
        return [f"expected a refusal at {case.refused}, got an answer"]
    return list(_differences(case.expect, msgspec.json.decode(answer_json(answer)), ""))


def _differences(expected: object, got: object, path: str) -> list[str]:
    """Compare what is expected with what was got: lines by person or code, problems by code, the rest by key."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return [f"{path}: expected {expected!r}, got {got!r}"]
        return [each for key, value in expected.items() for each in _differences(value, got.get(key), f"{path}.{key}")]
    if isinstance(expected, list) and isinstance(got, list) and all(isinstance(each, dict) for each in expected):
        found: list[str] = []
        for each in expected:
            name = next((key for key in ("person", "code") if key in each), "")
            match = [other for other in got if other.get(name) == each.get(name)]
            place = f"{path}[{each.get(name)}]"
            found += _differences(each, match[0], place) if match else [f"{place}: missing"]
        return found
    return [] if expected == got else [f"{path}: expected {expected!r}, got {got!r}"]
