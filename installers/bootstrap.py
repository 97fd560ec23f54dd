"""Set LTU Desktop up on a bare machine, then do one job.

    python3 installers/bootstrap.py demo [--out DIR …]   make a fictional job factory and its claim of last month
    python3 installers/bootstrap.py run [FILE]           open the window
    python3 installers/bootstrap.py test                 run every check and every test
    python3 installers/bootstrap.py setup                only set up

Works from a fresh checkout with Python 3.11, 3.12 or 3.13 and nothing else, on Linux, Windows and macOS: installs
the missing system packages (Debian and Ubuntu, as root or by sudo), makes the environment `.venv` in the checkout and
fills it from a lock file with hashes. A second run finds all that done. Exit code 2: the set-up needs a helping hand.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "installers" / "locks"
PYTHONS = ((3, 11), (3, 12), (3, 13))
WINDOWS = sys.platform == "win32"
QT_LIBRARIES = frozenset({"pyside6-essentials", "pyside6-pdf", "shiboken6", "pytest-qt", "qtawesome", "qtpy"})


class SetupError(Exception):
    """Something in the user's world stands in the way; its text says what, and what to do."""


class Need(NamedTuple):
    """A Debian package, and the shared library or program by which we see that it is there."""

    package: str
    proof: str


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


class Job(NamedTuple):
    """What a command needs before it can start."""

    lock: str
    packages: tuple[Need, ...]
    megabytes: int


JOBS = {
    "demo": Job("runtime", (), 1000),
    "run": Job("runtime", QT + SCREEN, 1000),
    "setup": Job("runtime", QT + SCREEN, 1000),
    "test": Job("dev", QT + ORACLES, 3000),
}

# The sentence for what the installers print when the user's world is the cause.
CAUSES = {
    "The disk is full. Free at least 3 GB, then start again.": (
        r"No space left on device|not enough free space|Errno 28\b"
    ),
    "The network cannot be reached. Check the connection (and the proxy), then start again.": (
        r"Temporary failure|Could not resolve|Name or service not known|getaddrinfo|Network is unreachable"
        r"|Failed to establish a new connection|NewConnectionError|Connection (?:refused|timed out|reset)|timed out"
        r"|ProxyError|Failed to fetch"
    ),
    "Another program is installing packages. Wait until it is done, then start again.": (
        r"Could not get lock|is another process using it"
    ),
    "A downloaded library is not the one that was locked, so it was not installed. Start again; if this comes back, "
    "report it.": r"DO NOT MATCH THE HASHES",
    "Administrator rights are needed.": (
        r"a password is required|not in the sudoers file|no new privileges|a terminal is required"
    ),
    "A file or folder may not be written. Check who owns the checkout.": r"Permission denied|Errno 13\b|WinError 5\b",
}


def say(text: str) -> None:
    """Tell the progress, apart from the job's own results."""
    print(text, file=sys.stderr, flush=True)


def why(output: str) -> str | None:
    """Return the sentence for an installer's failure, or None when its cause is unknown."""
    return next((sentence for sentence, pattern in CAUSES.items() if re.search(pattern, output)), None)


def carry_out(command: list[str], purpose: str) -> None:
    """Run a step of the set-up silently; raise SetupError with the cause when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=clean_environment(),
        stdin=None if sys.stdin and sys.stdin.isatty() else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-8:])
        told = why(done.stdout) or "The last lines below say why. Mend that, then start again."
        raise SetupError(f"{purpose} did not succeed. {told}\n    $ {' '.join(command)}\n{last}")


def clean_environment() -> dict[str, str]:
    """Return the variables for child processes, without those that would mix other libraries into ours."""
    return {key: value for key, value in os.environ.items() if key not in {"PYTHONHOME", "PYTHONPATH"}}


def check_python(version: tuple[int, int]) -> None:
    """Refuse a Python that the locked libraries do not know, and name a better one of this machine."""
    if version in PYTHONS:
        return
    names = [f"python{major}.{minor}" for major, minor in reversed(PYTHONS)]
    better = next((name for name in names if shutil.which(name)), None)
    mend = (
        f"Start again with it: {better} installers/bootstrap.py {' '.join(sys.argv[1:])}"
        if better
        else "Install one of them, then start again with it."
    )
    raise SetupError(f"Python 3.11, 3.12 or 3.13 is needed; this is {version[0]}.{version[1]}. {mend}")


def check_disk(megabytes: int) -> None:
    """Refuse to begin what the disk cannot hold."""
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < megabytes:
        raise SetupError(
            f"The disk is nearly full: {free} MB are free, {megabytes} MB are needed. Free some, then start again."
        )


# --- system packages


def present(proof: str) -> bool:
    """Return whether the shared library can be loaded, or the program found."""
    if ".so" not in proof:
        return shutil.which(proof) is not None
    try:
        ctypes.CDLL(proof)
    except OSError:
        return False
    return True


def missing_packages(needs: tuple[Need, ...]) -> list[str]:
    """Return the Debian packages that the job lacks on this Linux machine, `venv` first."""
    missing = [need.package for need in needs if not present(need.proof)]
    if importlib.util.find_spec("ensurepip") is None:  # Debian takes it out of Python
        missing.insert(0, f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, as root or by sudo."""
    by_hand = "apt-get install --no-install-recommends " + " ".join(packages)
    if not shutil.which("apt-get"):
        raise SetupError(
            f"These Debian packages, or what your system calls them, are missing: {', '.join(packages)}. "
            "Install them, then start again."
        )
    prefix = []
    if os.geteuid() != 0:  # type: ignore[attr-defined,unused-ignore]  # Linux only
        if not shutil.which("sudo"):
            raise SetupError(f"System packages are missing, and only root may install them. As root: {by_hand}")
        prefix = ["sudo"]
    say(f"System packages: installing {', '.join(packages)}")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    try:
        carry_out([*quiet, "update"], "Reading the list of system packages")
        carry_out(
            [*quiet, "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0", "install", *packages],
            "Installing system packages",
        )
    except SetupError as failure:
        raise SetupError(f"{failure}\nBy hand, as root: {by_hand}") from None
    importlib.invalidate_caches()


# --- the Python environment


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / "Scripts" / "python.exe" if WINDOWS else folder / "bin" / "python"


def libraries_of(folder: Path) -> Path:
    """Return the folder of an environment's libraries."""
    if WINDOWS:
        return folder / "Lib" / "site-packages"
    return folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def fits(folder: Path) -> bool:
    """Return whether a folder is an environment of this Python version, with pip."""
    settings = folder / "pyvenv.cfg"
    if not (settings.is_file() and python_of(folder).exists() and (libraries_of(folder) / "pip").is_dir()):
        return False
    made_by = re.search(r"^version\s*=\s*(\d+\.\d+)\.", settings.read_text(encoding="utf-8"), re.MULTILINE)
    return made_by is not None and made_by[1] == f"{sys.version_info[0]}.{sys.version_info[1]}"


def fingerprint(lock: str) -> str:
    """Return what an environment was filled from: the lock, this Python, this kind of machine."""
    return hashlib.sha256(f"{lock}\n{sys.version}\n{sys.platform}".encode()).hexdigest()


def without(lock: str, names: frozenset[str]) -> str:
    """Return a lock without some libraries (a library's entry begins at the margin, its hashes are indented)."""
    entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(entry for entry in entries if re.split(r"[=\[ ]", entry, maxsplit=1)[0] not in names)


def provide(folder: Path, lock: str, label: str) -> None:
    """Make sure that an environment holds what a lock says, and our checkout. A stamp tells that it is done."""
    stamp = folder / f"{label}.stamp"
    python = python_of(folder)
    wanted = fingerprint(lock)
    if python.exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    if not fits(folder):
        say(f"Python environment: making {folder.name}")
        carry_out([sys.executable, "-m", "venv", "--clear", str(folder)], "Making the Python environment")
    say(
        f"Libraries: installing {lock.count('==')} of them into {folder.name} (about 150 MB to download the first time)"
    )
    listed = folder / f"{label}.lock"
    listed.write_text(lock, encoding="utf-8")
    carry_out(
        [
            str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps",
            "--require-hashes", "--requirement", str(listed),
        ],
        "Installing the Python libraries",
    )  # fmt: skip
    # Relative, so that the path has no letters that Python versions read differently, and the checkout may be moved.
    link = os.path.relpath(ROOT, libraries_of(folder))
    (libraries_of(folder) / "ltu_desktop_checkout.pth").write_text(f"{link}\n", encoding="ascii")
    stamp.write_text(wanted, encoding="ascii")


def set_up(job: Job) -> Path:
    """Install whatever a job lacks and return the interpreter to do it with. Does nothing twice."""
    begun = time.monotonic()
    environment = ROOT / ".venv"
    lock = (LOCKS / f"{job.lock}.txt").read_text(encoding="utf-8")
    missing = missing_packages(job.packages) if sys.platform == "linux" else []
    if missing or not python_of(environment).exists():
        check_disk(job.megabytes)
    if missing:
        install_packages(missing)
    provide(environment, lock, job.lock)
    took = time.monotonic() - begun
    if took > 1:
        say(f"Set-up: done in {took:.0f} s")
    return python_of(environment)


# --- the jobs


def run(command: list[str], **more: str) -> int:
    """Run a job's command in the checkout, its output shown as it comes, and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=clean_environment() | more, check=False).returncode


def check_screen() -> None:
    """Refuse to open the window where there is nowhere to show it."""
    places = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in places):
        raise SetupError("There is no screen here to open the window on. Without one, use the command demo.")


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
    """Run every check, the cheap ones first, and every test once: all but the window's without Qt installed."""
    headless = ROOT / ".venv-headless"
    lock = (LOCKS / "dev.txt").read_text(encoding="utf-8")
    provide(headless, without(lock, QT_LIBRARIES), "headless")
    with tempfile.TemporaryDirectory() as scratch:
        reports = [Path(scratch, "rest.xml"), Path(scratch, "window.xml")]
        pytest = ["-m", "pytest", "--quiet", "--numprocesses=auto", "--maxprocesses=4", "--benchmark-disable"]
        imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
        steps = {
            "lint": [str(python), "-m", "ruff", "check", "--quiet"],
            "format": [str(python), "-m", "ruff", "format", "--check", "--quiet"],
            "import contracts": [str(python), "-c", imports],
            "types": [str(python), "-m", "mypy"],
            "tests without Qt": [
                str(python_of(headless)), *pytest, f"--junitxml={reports[0]}", "--ignore=tests/window", "tests",
            ],
            "tests of the window": [str(python), *pytest, f"--junitxml={reports[1]}", "tests/window"],
        }  # fmt: skip
        failed = []
        for name, command in steps.items():
            say(f"\n== {name}")
            begun = time.monotonic()
            if run(command, QT_QPA_PLATFORM="offscreen"):
                failed.append(name)
            say(f"   {name}: {'FAILED' if name in failed else 'passed'} in {time.monotonic() - begun:.0f} s")
        total = closing_line(reports)
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    print(total, flush=True)
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Do the command and return the exit code: the job's own, or 2 when the set-up failed."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console may lack a letter
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in {"-h", "--help"}:
        print(__doc__)
        return 0
    if command not in JOBS or (rest and command in {"setup", "test"}):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        check_python(sys.version_info[:2])
        if command == "run":
            check_screen()
        python = set_up(JOBS[command])
        if command == "setup":
            return 0
        if command == "test":
            return test(python)
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
    program = [str(python), "-m", "ltu_desktop"]
    return run([*program, *rest] if command == "run" else [*program, "demo", *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
