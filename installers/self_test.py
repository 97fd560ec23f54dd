"""What the tests of all built programs share: a file made from the source on Linux, and the comparison with it."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from installers import machine
from installers.machine import ROOT, SetupError, say

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = ROOT / "tests" / "intake" / "october"
PASSPHRASE = "Été : un mot de passe, très long"  # noqa: S105  of a fictional file


class FailedError(Exception):
    """The built program did not do what the source does."""


class Reference(NamedTuple):
    """What the source makes: an encrypted file, its passphrase, and the report of its own self-test."""

    file: Path
    secret: Path
    report: dict[str, Any]
    paint: float


def offscreen() -> dict[str, str]:
    """Return the variables for a program without a screen and without this person's settings."""
    return machine.clean_environment() | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def reference(folder: Path) -> Reference:
    """Make an employer's encrypted file with the source, seal its claim, and run the source's self-test on a copy."""
    folder.mkdir(parents=True)
    file, secret = folder / "fabrique.ltu", folder / "secret.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    steps = (
        ["new", file, "--employer", "La Fabrique Fictive", "--siret", "99900011100017", "--agreement", "2021-059-14",
         "--agreement-start", "2021-06-28", "--ceiling", "36"],
        ["import", "people", SAMPLE / "staff.csv", "--store", file],
        ["import", "dsn", SAMPLE / "dsn-2026-10.dsn", "--store", file],
        ["claim", "seal", "--store", file, "--period", "2026-10"],
    )  # fmt: skip
    for step in steps:
        command = [sys.executable, "-m", "ltu_desktop", *map(str, step), "--passphrase-file", str(secret)]
        subprocess.run(command, cwd=ROOT, env=offscreen(), check=True, capture_output=True)
    out = folder / "source"
    started = time.time()
    command = [sys.executable, "-m", "ltu_desktop", "--self-test", str(out), str(copy(file, out)), str(secret)]
    done = subprocess.run(command, cwd=ROOT, env=offscreen(), check=False, capture_output=True, text=True)
    report = judge(out, done, ())
    return Reference(file, secret, report, report["painted_at"] - started)


def copy(file: Path, out: Path) -> Path:
    """Copy a file into a test's folder: each test works on its own."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / file.name
    target.write_bytes(file.read_bytes())
    return target


def judge(out: Path, done: subprocess.CompletedProcess[str], known: tuple[str, ...]) -> dict[str, Any]:
    """Return a self-test's report; raise FailedError when it failed or said any line that is not known."""
    path = out / "report.json"
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if done.returncode or "failed" in report or not report:
        told = report.get("failed", "there is no report")
        raise FailedError(f"The self-test ended with {done.returncode}: {told}\n{done.stdout}{done.stderr}")
    said = (out / "lines.txt").read_text(encoding="utf-8") + done.stdout + done.stderr
    unknown = [line for line in said.splitlines() if not any(re.fullmatch(each, line) for each in known)]
    if unknown:
        raise FailedError("The self-test said what it should not:\n" + "\n".join(unknown))
    return report


def compare(report: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Raise FailedError unless figures and prints of all files are those that the source made."""
    for part in ("version", "demo", "opened"):
        if report.get(part) != wanted[part]:
            raise FailedError(f"{part} differs from the source:\n{report.get(part)}\n{wanted[part]}")


def try_built(
    arguments: list[str],
    manual: str,
    name: str,
    out: Path,
    build: Callable[[Path], object],
    run: Callable[[Path], None],
) -> int:
    """Build a program when asked, then try it; say how long it took. `out` is where it lies unless told otherwise."""
    parser = argparse.ArgumentParser(description=manual, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=out, metavar="DIR")
    parser.add_argument("--build", action="store_true", help="build it first")
    given = parser.parse_args(arguments)
    folder = given.out.absolute()
    begun = time.monotonic()
    try:
        if given.build:
            build(folder)
        run(folder)
    except (SetupError, FailedError) as failure:
        say(f"\n{failure}")
        return 2
    took = time.monotonic() - begun
    say(f"{name} is as it should be ({took:.0f} s); its pictures: {folder / 'pictures'}")
    return 0
