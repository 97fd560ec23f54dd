"""A newer program brought on a key is believed only with its maker's signature of this very file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from installers import schemes as publisher
from ltu_desktop import __version__
from ltu_desktop.actions import updates
from ltu_desktop.rules import signed
from ltu_desktop.rules.errors import UserError
from tests.pack_world import SECRET, SIGNER, Bench, bench

__all__ = ["bench"]


def sign(path: Path, version: str) -> None:
    data = signed.sign(publisher.describe(path, version), SIGNER, SECRET)
    beside(path).write_bytes(data)


def beside(path: Path) -> Path:
    return path.with_name(path.name + updates.ENDING)


def size_only(path: Path) -> None:
    told = msgspec.json.decode(publisher.describe(path, "9.0.0"))
    beside(path).write_bytes(signed.sign(msgspec.json.encode(told | {"size": 1}), SIGNER, SECRET))


@pytest.fixture
def setup(bench: Bench) -> Path:
    """A newer program with its signature."""
    path = bench.folder / "LTU-Desktop-10.0.0-setup.exe"
    path.write_bytes(b"MZ new")
    sign(path, "10.0.0")
    return path


def test_a_newer_program_with_its_signature_may_be_started(setup: Path) -> None:
    assert updates.look(setup, "9.9.9") == updates.Update(setup, "10.0.0")
    assert updates.look(setup).version == "10.0.0"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"MZ bad"), "bad_signature"),
        (size_only, "bad_signature"),
        (lambda path: beside(path).unlink(), "no_signature"),
        (lambda path: beside(path).write_bytes(b"x"), "not_signed"),
        (lambda path: beside(path).write_bytes(signed.sign(b"[]", SIGNER, SECRET)), "bad_signature"),
        (lambda path: sign(path, __version__), "program_not_newer"),
        (lambda path: sign(path, "0.0.9"), "program_not_newer"),
    ],
)
def test_another_one_is_refused_with_a_next_step(setup: Path, spoil: Callable[[Path], object], code: str) -> None:
    spoil(setup)
    with pytest.raises(UserError) as refused:
        updates.look(setup)
    assert (refused.value.code, refused.value.where) == (code, str(setup))
    assert refused.value.mend
