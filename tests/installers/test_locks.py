"""The lock files: complete, hashed, of one mind with each other and with `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked(name: str) -> dict[str, Requirement]:
    text = (ROOT / "installers" / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    heads = re.findall(r"^(?!#)\S[^\\\n]*", text, flags=re.MULTILINE)
    return {canonicalize_name(found.name): found for found in map(Requirement, heads)}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("runtime", PROJECT["dependencies"]),
        ("dev", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_every_dependency_is_locked_in_an_allowed_version(name: str, wanted: list[str]) -> None:
    pins = locked(name)
    for text in wanted:
        requirement = Requirement(text)
        (pin,) = pins[canonicalize_name(requirement.name)].specifier
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), f"{text}: run installers/lock.py"


def test_tests_run_with_the_libraries_that_are_shipped() -> None:
    dev = {name: str(pin) for name, pin in locked("dev").items()}
    runtime = {name: str(pin) for name, pin in locked("runtime").items()}
    assert runtime.items() <= dev.items()


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_library_has_hashes_and_no_source_is_named(name: str) -> None:
    text = (ROOT / "installers" / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE) if entry and entry[0] != "#"]
    assert entries
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text
