"""Wine, to compile and to try the Windows program on Debian: a prefix of its own, thrown away afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from installers import machine
from installers.machine import Need

NEEDS = (Need("wine", "wine"), Need("wine64", "/usr/lib/wine/wine64"))
STUBS = Path(__file__).resolve().parent / "stubs"
COMPILER = "x86_64-w64-mingw32-gcc"


class Wine:
    """A fresh Windows of Wine's in a folder."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        self.environment = machine.clean_environment() | {
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=;mscms=n",
            "LC_ALL": "C.UTF-8",
        }
        self.environment.pop("DISPLAY", None)
        prefix.mkdir(parents=True)
        self.run("wineboot", "--init")
        self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        self.wait()

    def add_stubs(self) -> None:
        """Build the libraries that Wine lacks into its system folder."""
        for source in sorted(STUBS.glob("*.c")):
            target = self.prefix / "drive_c" / "windows" / "system32" / f"{source.stem}.dll"
            target.unlink(missing_ok=True)
            machine.carry_out(
                [COMPILER, "-shared", "-O1", "-s", "-o", str(target), str(source), "-ladvapi32"],
                f"Compiling {source.name}",
            )

    def run(self, *command: str, folder: Path | None = None, limit: int = 600) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end and return its exit code and all that it said."""
        return subprocess.run(
            ["wine", *command],
            cwd=folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            check=False,
        )

    def wait(self) -> None:
        """Wait until every process of this Windows has ended."""
        subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=120, check=False)

    def stop(self) -> None:
        """End whatever still runs in this Windows."""
        subprocess.run(["wineserver", "--kill"], env=self.environment, timeout=60, check=False)

    def path(self, path: Path) -> str:
        """Return a path of this machine as Windows programs see it."""
        return "Z:" + str(path).replace("/", "\\")

    def inside(self, *parts: str) -> Path:
        """Return where a place on drive C lies on this machine."""
        return self.prefix.joinpath("drive_c", *parts)

    @property
    def user(self) -> str:
        """The login name inside."""
        return os.environ.get("USER") or ("root" if sys.platform == "linux" and os.geteuid() == 0 else "user")
