"""The machine: system packages and Python environments, and the sentences for what stands in the way.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = sys.platform == "win32"


class SetupError(Exception):
    """Something in the user's world stands in the way; its text says what, and what to do."""


class Need(NamedTuple):
    """A Debian package, and the shared library or program by which we see that it is there."""

    package: str
    proof: str


# What starts the program; they find the interpreter beside them, so that the checkout may be moved or lie anywhere.
LAUNCHER = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m ltu_desktop "$@"\n'
WINDOWS_LAUNCHER = '@"%~dp0python.exe" -m ltu_desktop %*\r\n'

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
    "The checkout's path is too long for Windows. Move it nearer to the top of the drive, then start again.": (
        r"Long Path support"
    ),
    "A file or folder may not be written. Check who owns the checkout.": r"Permission denied|Errno 13\b|WinError 5\b",
    "A library is not made for this kind of machine. Needed are 64 bits and Debian 12, Ubuntu 22.04, Windows 10 or "
    "macOS 15 on Apple silicon, or newer.": r"No matching distribution found",
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
        told = why(done.stdout)
        shown = done.stdout.strip().splitlines()[-1 if told else -8 :]
        lines = "".join(f"\n    {line}" for line in shown)
        sentence = told or "The lines below say why. Mend that, then start again."
        raise SetupError(f"{purpose} did not succeed. {sentence}\n    $ {' '.join(command)}{lines}")


def clean_environment() -> dict[str, str]:
    """Return the variables for child processes, without those that would mix other libraries into ours."""
    return {key: value for key, value in os.environ.items() if key not in {"PYTHONHOME", "PYTHONPATH"}}


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


def launcher(folder: Path) -> Path:
    """Return the file of an environment that starts the program."""
    return folder / "Scripts" / "ltu-desktop.cmd" if WINDOWS else folder / "bin" / "ltu-desktop"


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
    """Return what an environment was filled from: the lock, this Python (not its build), this kind of machine."""
    return hashlib.sha256(f"{lock}\n{sys.implementation.cache_tag}\n{sys.platform}".encode()).hexdigest()


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
    entries = re.findall(r"^[^\s#].*\n(?:\s.*\n)*", lock, flags=re.MULTILINE)  # a library, its hashes indented
    say(f"Libraries: installing {len(entries)} into {folder.name} (the first time, about 150 MB to download)")

    def install(half: int) -> None:
        listed = folder / f"{label}.{half}.lock"
        listed.write_text("".join(entries[half::2]), encoding="utf-8")
        carry_out(
            [
                str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
                "--no-deps", "--only-binary", ":all:", "--require-hashes", "--requirement", str(listed),
            ],
            "Installing the Python libraries",
        )  # fmt: skip

    with ThreadPoolExecutor() as side_by_side:  # pip computes on one core, or waits for the network
        list(side_by_side.map(install, range(min(2, len(entries)))))
    # Relative, so that the path has no letters that Python versions read differently, and the checkout may be moved.
    link = os.path.relpath(ROOT, libraries_of(folder))
    (libraries_of(folder) / "ltu_desktop_checkout.pth").write_text(f"{link}\n", encoding="ascii")
    launch = launcher(folder)
    launch.write_text(WINDOWS_LAUNCHER if WINDOWS else LAUNCHER, encoding="ascii", newline="")
    launch.chmod(0o755)
    stamp.write_text(wanted, encoding="ascii")


def share(folder: Path, source: Path, lock: str, lacking: frozenset[str]) -> None:
    """Make sure that an environment holds what another one was filled with from a lock, without some libraries.

    Its files are the other one's own (hard links), so that it takes no time, no network and no room.
    """
    stamp = folder / "share.stamp"
    wanted = fingerprint("\n".join([lock, *sorted(lacking)]))
    if python_of(folder).exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    say(f"Python environment: making {folder.name} from {source.name}")
    made = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)]
    carry_out(made, "Making the Python environment")
    libraries = libraries_of(source)
    left = {
        file.parts[0]
        for found in distributions(path=[str(libraries)])
        if re.sub(r"[-_.]+", "-", found.name).lower() in lacking
        for file in found.files or ()
    }
    shutil.copytree(
        libraries,
        libraries_of(folder),
        ignore=lambda at, _names: left if Path(at) == libraries else set(),
        copy_function=name_again,
        dirs_exist_ok=True,
    )
    stamp.write_text(wanted, encoding="ascii")


def name_again(source: str, target: str) -> None:
    """Give a file a second name, or a copy where the disk knows no second names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
