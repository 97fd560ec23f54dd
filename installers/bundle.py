"""What the built programs of all systems share: the libraries from the lock, our package, the licences, the manifest.

A built program is a tree of files. Its libraries come from `locks/runtime.txt`, each checked by its hash; what it keeps
of them is named in `keep.txt` (an allow-list: what is not named there is not shipped). Nothing in a tree depends on the
day, the machine or the order of folders, so two builds of one state are equal file by file.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from installers import machine
from installers.machine import ROOT, SetupError

LOCK = ROOT / "installers" / "locks" / "runtime.txt"
KEEP = ROOT / "installers" / "keep.txt"


class Target(NamedTuple):
    """A system and a Python to build for, as pip names them; `system` is Python's own name of it."""

    name: str
    python: str
    platforms: tuple[str, ...]
    system: str


WINDOWS = Target("windows", "3.13", ("win_amd64",), "win32")
LINUX = Target(
    "linux",
    f"{sys.version_info[0]}.{sys.version_info[1]}",
    (*(f"manylinux_2_{minor}_x86_64" for minor in range(36, 4, -1)), "manylinux2014_x86_64"),
    "linux",
)


def version() -> str:
    """Return the program's version."""
    text = (ROOT / "ltu_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    assert found
    return found[1]


def build_time() -> int:
    """Return the one moment that all files carry, in seconds: that of the last commit, or SOURCE_DATE_EPOCH."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    command = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def lock_for(target: Target, lock: str) -> str:
    """Return a lock's entries for one system: those whose marker it fulfils, without the marker."""
    from packaging.markers import Marker

    around = {
        "sys_platform": target.system,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_version": target.python,
    }
    kept = []
    for entry in re.split(r"^(?=\S)", lock, flags=re.MULTILINE):
        head, end, hashes = entry.partition(" \\\n")
        requirement, semicolon, marker = head.partition(" ; ")
        if not semicolon or Marker(marker).evaluate(around):
            kept.append(f"{requirement}{end}{hashes}")
    return "".join(kept)


def fetch_libraries(folder: Path, target: Target) -> None:
    """Install the locked libraries of a system into a folder; pip refuses any whose hash is another one."""
    folder.mkdir(parents=True)
    listed = folder.with_suffix(".lock")
    listed.write_text(lock_for(target, LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    tag = "cp" + target.python.replace(".", "")
    platforms = [part for name in target.platforms for part in ("--platform", name)]
    machine.carry_out(
        [
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
            "--no-compile", "--only-binary", ":all:", "--require-hashes", *platforms,
            "--python-version", target.python, "--implementation", "cp",
            "--abi", tag, "--abi", "abi3", "--abi", "none",
            "--target", str(folder), "--requirement", str(listed),
        ],
        f"Fetching the libraries for {target.name}",
    )  # fmt: skip
    listed.unlink()


# ---------------------------------------------------------------- the allow-list


class Pattern(NamedTuple):
    """A line of the allow-list: files to keep (or, after `!`, to leave out all the same), for one system or both."""

    text: str
    keep: bool
    system: str


def allow_list(text: str) -> list[Pattern]:
    """Read an allow-list: a pattern a line, `#` begins a comment, `[windows]` and `[linux]` begin what only one has."""
    system, found = "", []
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("["):
            system = "" if line == "[all]" else line.strip("[]")
        elif line:
            found.append(Pattern(line.removeprefix("!"), not line.startswith("!"), system))
    return found


def chosen(names: list[str], patterns: list[Pattern], system: str) -> tuple[list[str], list[str]]:
    """Return the names that a system keeps, and the patterns that match none of them.

    `*` matches within a name, `**` any depth; the last pattern that matches decides.
    """
    mine = [each for each in patterns if each.system in {"", system}]
    matchers = [(re.compile(_regex(each.text)), each) for each in mine]
    used: set[Pattern] = set()
    kept = []
    for name in names:
        keep = False
        for matcher, pattern in matchers:
            if matcher.fullmatch(name):
                used.add(pattern)
                keep = pattern.keep
        if keep:
            kept.append(name)
    return kept, [each.text for each in mine if each not in used]


def _regex(pattern: str) -> str:
    special = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    parts = re.split(r"(\*\*/|\*\*|\*)", pattern)
    return "".join(special.get(part, re.escape(part)) for part in parts)


def files_of(folder: Path) -> list[str]:
    """Return the names of all files below a folder, sorted, with `/`."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def prune(folder: Path, target: Target) -> None:
    """Remove what the allow-list does not name; raise SetupError for a pattern that names nothing any more."""
    names = files_of(folder)
    kept, idle = chosen(names, allow_list(KEEP.read_text(encoding="utf-8")), target.name)
    if idle:
        raise SetupError(f"installers/keep.txt names what no library has for {target.name}: {', '.join(idle)}")
    for name in set(names) - set(kept):
        (folder / name).unlink()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


# ---------------------------------------------------------------- our own files


def add_program(folder: Path) -> None:
    """Copy our package and its resources beside the libraries, the catalogues compiled."""
    from ltu_desktop.words import LANGUAGES, compile_catalogue

    home = folder / "ltu_desktop"
    for source in sorted((ROOT / "ltu_desktop").rglob("*")):
        if source.is_file() and "__pycache__" not in source.parts:
            _copy(source, home / source.relative_to(ROOT / "ltu_desktop"))
    for source in sorted((ROOT / "resources").rglob("*")):
        if source.is_file() and source.suffix not in {".po", ".mo", ".new"}:
            _copy(source, home / source.relative_to(ROOT))
    for language in LANGUAGES:
        if any((ROOT / "resources" / "words" / language).glob("*.po")):
            made = home / "resources" / "words" / f"{language}.mo"
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(compile_catalogue(language))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def add_papers(folder: Path, libraries: Path, more: dict[str, str]) -> None:
    """Write our licence, the history of changes and one file with the licences of all parts; `more` are others."""
    _copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    _copy(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
    (folder / "LICENCES.txt").write_text(licences(libraries, more), encoding="utf-8", newline="\n")


def licences(libraries: Path, more: dict[str, str]) -> str:
    """Return the licence texts of all libraries of a tree, in alphabetical order; none may be without."""
    from ltu_desktop.licences import texts_of

    parts: dict[str, str] = dict(more)
    for info in sorted(libraries.glob("*.dist-info")):
        metadata = (info / "METADATA").read_text(encoding="utf-8")
        name = re.search(r"^Name: (.+)$", metadata, re.MULTILINE)
        number = re.search(r"^Version: (.+)$", metadata, re.MULTILINE)
        assert name
        assert number
        said = "\n\n".join(texts_of(name[1], libraries))
        if not said:
            raise SetupError(f"No licence text is known for {name[1]}: add it to resources/licences.")
        parts[f"{name[1]} {number[1]}"] = said
    line = "=" * 78
    return "".join(f"{line}\n{name}\n{line}\n\n{parts[name].strip()}\n\n\n" for name in sorted(parts, key=str.lower))


# ---------------------------------------------------------------- the same twice


def settle(folder: Path, moment: int) -> None:
    """Give every file and folder the same time and the same rights."""
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            os.utime(path, (moment, moment))


def print_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest(folder: Path) -> str:
    """Return one line a file: SHA-256, size, name, sorted by name."""
    return "".join(
        f"{print_of(folder / name)} {(folder / name).stat().st_size:>9} {name}\n" for name in files_of(folder)
    )
