"""The parts that the program is made of, with their versions and licences: for About, and for the built programs."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

from ltu_desktop import RESOURCES

_PAPER = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)


class Part(NamedTuple):
    """A library: its name, the version that is installed, its licence by SPDX."""

    name: str
    version: str
    licence: str


def _told() -> dict[str, dict[str, object]]:
    with (RESOURCES / "licences" / "parts.toml").open("rb") as file:
        return {part["name"]: part for part in tomllib.load(file)["part"]}


def plain(name: str) -> str:
    """Write a library's name in the one form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(libraries: Path | None) -> dict[str, Path]:
    """Return where each library's own papers lie, by plain name: its folder `NAME-VERSION.dist-info`."""
    folders = [libraries] if libraries is not None else [Path(each) for each in sys.path if each]
    return {
        plain(info.name.partition("-")[0]): info for folder in reversed(folders) for info in folder.glob("*.dist-info")
    }


def parts(libraries: Path | None = None) -> list[Part]:
    """Return Python and the libraries of the program that are installed, by name; `libraries` is another folder."""
    installed = _installed(libraries)
    version = ".".join(map(str, sys.version_info[:3]))
    found = [
        Part(name, installed[name].stem.partition("-")[2], str(told["licence"]))
        for name, told in _told().items()
        if name in installed
    ]
    return sorted([Part("Python", version, "PSF-2.0"), *found], key=lambda part: part.name.lower())


def texts_of(name: str, libraries: Path | None = None) -> list[str]:
    """Return the licence texts of a library: its own, and those of `resources/licences` that it lacks."""
    told = _told().get(plain(name), {})
    texts = []
    info = _installed(libraries).get(plain(name))
    if info is not None:
        own = [path for path in sorted(info.rglob("*")) if path.is_file() and _PAPER.search(path.name)]
        own += [info.parent / str(told["file"])] if "file" in told else []
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in own if "Commercial" not in path.name]
    more = told.get("texts", [])
    assert isinstance(more, list)
    texts += [(RESOURCES / "licences" / each).read_text(encoding="utf-8") for each in more]
    return texts
