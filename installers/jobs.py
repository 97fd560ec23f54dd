"""The jobs of the set-up command: the demonstration, the window, the tests. Standard library only."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, NamedTuple

from installers import machine
from installers.machine import Need, SetupError, say

LOCKS = machine.ROOT / "installers" / "locks"
MEMORY = Path("/dev/shm")  # noqa: S108  where Linux keeps files in memory
ROOM = 4_000_000_000  # bytes that must be free there for the files of the tests
PROVEN = ("rules", "store", "actions")  # the rooms in which every branch is run by a test
QT_LIBRARIES = frozenset({"pyside6-essentials", "pyside6-pdf", "shiboken6", "pytest-qt", "qtawesome", "qtpy"})

QT = (
    Need("libgl1", "libGL.so.1"),
    Need("libegl1", "libEGL.so.1"),
    Need("libxkbcommon0", "libxkbcommon.so.0"),
    Need("libglib2.0-0", "libglib-2.0.so.0"),
    Need("libfontconfig1", "libfontconfig.so.1"),
    Need("libdbus-1-3", "libdbus-1.so.3"),
)
SCREEN = (
    Need("libxcb-cursor0", "libxcb-cursor.so.0"),
    Need("libxcb-icccm4", "libxcb-icccm.so.4"),
    Need("libxcb-image0", "libxcb-image.so.0"),
    Need("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Need("libxcb-render-util0", "libxcb-render-util.so.0"),
    Need("libxcb-shape0", "libxcb-shape.so.0"),
    Need("libxcb-xkb1", "libxcb-xkb.so.1"),
    Need("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
)
ORACLES = (  # programs that read back what we write
    Need("poppler-utils", "pdftoppm"),
    Need("libreoffice-calc-nogui", "soffice"),
)


BUILDERS = (  # what the quick builds of the programs need
    Need("gcc-mingw-w64-x86-64-win32", "x86_64-w64-mingw32-gcc"),
    Need("osslsigncode", "osslsigncode"),
    Need("binutils", "readelf"),
    Need("python3", "/usr/bin/python3"),
)
DRIVER = (  # a screen that nobody sees, and a hand on its keyboard
    Need("xvfb", "Xvfb"),
    Need("xdotool", "xdotool"),
)


class Job(NamedTuple):
    """What a command needs before it can start."""

    lock: str
    packages: tuple[Need, ...]
    megabytes: int


JOBS = {
    "demo": Job("runtime", (), 1000),
    "run": Job("runtime", QT + SCREEN, 1000),
    "setup": Job("runtime", QT + SCREEN, 1000),
    "test": Job("dev", QT + SCREEN + DRIVER + ORACLES + BUILDERS, 4000),
}


def set_up(job: Job) -> Path:
    """Install whatever a job lacks and return the interpreter to do it with. Does nothing twice."""
    begun = time.monotonic()
    environment = machine.ROOT / ".venv"
    lock = (LOCKS / f"{job.lock}.txt").read_text(encoding="utf-8")
    missing = machine.missing_packages(job.packages) if sys.platform == "linux" else []
    if missing or not machine.python_of(environment).exists():
        machine.check_disk(job.megabytes)
    if missing:
        machine.install_packages(missing)
    machine.provide(environment, lock, job.lock)
    compile_words(machine.python_of(environment))
    took = time.monotonic() - begun
    if took > 1:
        say(f"Set-up: done in {took:.0f} s")
    return machine.python_of(environment)


def compile_words(python: Path) -> None:
    """Compile the catalogues whose sources changed: the window starts sooner than when it does that itself."""
    stale = []
    for folder in (machine.ROOT / "resources" / "words").glob("*/"):
        made = folder.with_suffix(".mo")
        sources = [source.stat().st_mtime for source in folder.glob("*.po")]
        if sources and (not made.exists() or made.stat().st_mtime < max(sources)):
            stale.append(folder.name)
    if stale:
        machine.carry_out([str(python), "-m", "installers.catalogues", *sorted(stale)], "compiling the catalogues")


def run(command: list[str], folder: Path | None = None, output: IO[bytes] | None = None, **more: str) -> int:
    """Run a job's command, by default where the user stands; return its exit code.

    Its output is shown as it comes, or kept in a file.
    """
    errors = subprocess.STDOUT if output is not None else None
    around = machine.clean_environment() | more
    return subprocess.run(command, cwd=folder, env=around, stdout=output, stderr=errors, check=False).returncode


def check_screen() -> None:
    """Refuse to open the window where there is nowhere to show it."""
    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in places):
        raise SetupError("There is no screen here to open the window on. Without one, use the command demo.")


def scratch() -> Path | None:
    """Return where the files of the tests lie best: in memory, so that no commit waits for a disk; else None.

    Some tests start programs from there.
    """
    if sys.platform == "win32" or not MEMORY.is_dir():
        return None
    found = os.statvfs(MEMORY)
    return MEMORY if found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC else None


def closing_line(reports: list[Path]) -> str:
    """Add up the tests of some JUnit reports; a run that broke off before it wrote one counts nothing."""
    total = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for report in filter(Path.is_file, reports):
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  our own file, written a moment ago
            for key in total:
                total[key] += int(suite.get(key, "0"))
    failed = total["failures"] + total["errors"]
    return f"{total['tests'] - failed - total['skipped']} passed, {failed} failed, {total['skipped']} skipped"


def test(python: Path) -> int:
    """Run every check, the cheap ones first, and every test once: all but the window's without Qt installed.

    Beside its tests, the step without Qt fails when any branch of the proven rooms was not run. Types are checked and
    the programs built while the tests go on: one needs a single core, the other waits for the disk most of its time.
    """
    headless = machine.ROOT / ".venv-headless"
    lock = (LOCKS / "dev.txt").read_text(encoding="utf-8")
    machine.share(headless, machine.ROOT / ".venv", lock, QT_LIBRARIES)
    with tempfile.TemporaryDirectory(dir=scratch()) as made:
        folder = Path(made)
        folder.chmod(0o1777)  # as the system's own: some tests go on as nobody
        reports = [folder / f"{name}.xml" for name in ("rest", "window", "programs")]
        pytest = ["-m", "pytest", "--quiet"]
        shared = [*pytest, "--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal"]  # neighbours share fixtures
        gate = [*(f"--cov=ltu_desktop/{room}" for room in PROVEN), "--cov-report=term-missing:skip-covered"]
        gate = [] if machine.WINDOWS else [*gate, "--cov-fail-under=100"]  # some faults cannot be tested on Windows
        imports = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo'])"
        steps = {
            "lint": [str(python), "-m", "ruff", "check", "--quiet"],
            "format": [str(python), "-m", "ruff", "format", "--check", "--quiet"],
            "import contracts": [str(python), "-c", imports],
            "tests without Qt": [
                str(machine.python_of(headless)), *shared, *gate, f"--junitxml={reports[0]}",
                "--ignore=tests/window", "--ignore=tests/programs", "tests",
            ],
            "tests of the window": [str(python), *shared, f"--junitxml={reports[1]}", "tests/window"],
        }  # fmt: skip
        beside = {"types": [str(python), "-m", "mypy"]}
        if sys.platform == "linux":  # the programs for Windows are built there too
            beside["built programs"] = [str(python), *pytest, f"--junitxml={reports[2]}", "tests/programs"]
        around = {
            "QT_QPA_PLATFORM": "offscreen",
            "COVERAGE_FILE": str(folder / "coverage"),
            "TMPDIR": made,
            "PYTHONDONTWRITEBYTECODE": "",  # Python starts often: what one start compiled is there for the next
        }
        failed = []

        def carry_out(name: str, command: list[str], output: IO[bytes] | None = None) -> str:
            begun = time.monotonic()
            if run(command, machine.ROOT, output, **around):
                failed.append(name)
            return f"   {name}: {'FAILED' if name in failed else 'passed'} in {time.monotonic() - begun:.0f} s"

        def keep(name: str, command: list[str]) -> str:
            with (folder / f"{name}.txt").open("w+b") as told:
                closing = carry_out(name, command, told)
                told.seek(0)
                return f"\n== {name}\n{told.read().decode(errors='replace')}{closing}"

        with ThreadPoolExecutor(max_workers=1) as one_by_one:
            kept = [one_by_one.submit(keep, name, command) for name, command in beside.items()]
            for name, command in steps.items():
                say(f"\n== {name}")
                say(carry_out(name, command))
                while kept and kept[0].done():
                    say(kept.pop(0).result())
            for each in kept:
                say(each.result())
        total = closing_line(reports)
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    print(total, flush=True)
    return 1 if failed else 0


def start(module: str, needs: tuple[Need, ...], arguments: list[str]) -> int:
    """Run one of the builders in the project's environment, with the system packages that it needs."""
    try:
        python = set_up(Job("runtime", (*QT, *needs), 2000))
    except SetupError as failure:
        say(f"\n{failure}")
        return 2
    return run([str(python), "-m", module, *arguments])


def main(arguments: list[str], manual: str) -> int:
    """Do the command and return the exit code: the job's own, or 2 when the set-up failed."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may lack a letter
    command, *rest = arguments or ["--help"]
    if command in {"-h", "--help"}:
        print(manual)
        return 0
    if command not in JOBS or (rest and command in {"setup", "test"}):
        say(manual)
        return 2
    try:
        if command == "run":
            check_screen()
        python = set_up(JOBS[command])
        if command == "setup":
            return 0
        if command == "test":
            return test(python)
        program = [str(python), "-m", "ltu_desktop"]
        return run([*program, *rest] if command == "run" else [*program, "demo", *rest])
    except SetupError as failure:
        say(f"\n{failure}")
        return 2
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT}:
            raise
        say(f"\nThe checkout cannot be written: {error.strerror} ({error.filename}). Mend that, then start again.")
        return 2
    except KeyboardInterrupt:
        return 130
