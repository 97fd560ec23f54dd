"""The parts that the program is made of, with their versions and licences: for About, and for the built programs."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ltu_desktop import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAPER = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)


class Part(NamedTuple):
    """A library: its name, the version that is installed, its licence by SPDX, and where the texts of that are."""

    name: str
    version: str
    licence: str
    papers: tuple[Path, ...]


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
    every, installed = _told(), _installed(libraries)
    version = ".".join(map(str, sys.version_info[:3]))
    found = [
        Part(name, info.stem.partition("-")[2], str(told["licence"]), _papers(told, info))
        for name, told in every.items()
        if (info := installed.get(name)) is not None
    ]
    python = Part("Python", version, "PSF-2.0", _papers(every.get("python", {}), None))
    return sorted([python, *found], key=lambda part: part.name.lower())


def _papers(told: Mapping[str, object], info: Path | None) -> tuple[Path, ...]:
    """Return where the licence texts of a library are: its own, and those of `resources/licences` that it lacks."""
    own: list[Path] = []
    if info is not None:
        own = [path for path in sorted(info.rglob("*")) if path.is_file() and _PAPER.search(path.name)]
        own += [info.parent / str(told["file"])] if "file" in told else []
    more = told.get("texts", [])
    assert isinstance(more, list)
    return (
        *(path for path in own if "Commercial" not in path.name),
        *(RESOURCES / "licences" / each for each in more),
    )


def texts_of(name: str, libraries: Path | None = None) -> list[str]:
    """Return the licence texts of a library."""
    papers = _papers(_told().get(plain(name), {}), _installed(libraries).get(plain(name)))
    return [path.read_text(encoding="utf-8", errors="replace") for path in papers]
