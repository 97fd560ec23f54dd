"""Build the Debian package, on Debian.

    python3 installers/linux/build.py [--out DIR]

DIR (`out/linux` unless given) then holds `ltu-desktop_VERSION_amd64.deb`, the tree `program` that it was made of, and
`manifest.txt`: SHA-256, size and name of each of its files.

The package uses Debian's own Python, which Debian keeps safe, and brings its own libraries, from the lock and pruned by
the same allow-list as for Windows. A bundle with a Python inside (PyInstaller) was set aside: it would need
an update for each fault of Python, and would be a second way to choose what is shipped.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers import jobs, machine
from installers.machine import ROOT, Need, SetupError, say

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
NEEDS = (Need("dpkg", "dpkg-deb"), Need("binutils", "readelf"))
DEPENDS = (
    *(need.package for need in (*jobs.QT, *jobs.SCREEN)),
    "libc6 (>= 2.34)",
    "libfreetype6",
    "libstdc++6",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libzstd1",
    "zlib1g",
)
BROUGHT = re.compile(r"libQt6|libicu|libpyside|libshiboken|.*-[0-9a-f]{8}\.so")  # never Debian's
CONTROL = """Package: ltu-desktop
Version: {version}
Section: misc
Priority: optional
Architecture: amd64
Maintainer: LTU Desktop <ltu-desktop@example.org>
Installed-Size: {size}
Depends: python3 (>= {python}~), python3 (<< {next}~), {depends}
Recommends: libcups2, libwayland-client0, libwayland-cursor0
Description: people, attendance and wage-subsidy claims of a job factory
 LTU Desktop keeps the employees, contracts, payroll months and payments of a
 job factory in one file on this computer, and turns a month of work into the
 wage-subsidy claim: right to the cent, explained figure by figure, as PDF and
 Excel. It works without a network.
"""


def build_tree(root: Path) -> None:
    """Lay out the package's files below a folder."""
    from installers import bundle

    home, share = root / "usr/lib/ltu-desktop", root / "usr/share"
    bundle.fetch_libraries(home / "lib", bundle.LINUX)
    bundle.prune(home / "lib", bundle.LINUX)
    bundle.add_program(home / "lib")
    compile_modules(home / "lib")
    shutil.copyfile(HERE / "start.py", home / "start.py")
    place(HERE / "ltu-desktop.sh", root / "usr/bin/ltu-desktop")
    (root / "usr/bin/ltu-desktop").chmod(0o755)
    place(HERE / "ltu-desktop.desktop", share / "applications/ltu-desktop.desktop")
    place(HERE / "ltu-desktop.xml", share / "mime/packages/ltu-desktop.xml")
    place(ROOT / "resources/icons/ltu-desktop.svg", share / "icons/hicolor/scalable/apps/ltu-desktop.svg")
    papers = share / "doc/ltu-desktop"
    papers.mkdir(parents=True)
    bundle.add_papers(papers, home / "lib", {})
    copyright_ = (papers / "LICENSE.txt").read_text(encoding="utf-8")
    (papers / "copyright").write_text(
        f"LTU Desktop. The licences of its parts: LICENCES.txt.\n\n{copyright_}", encoding="utf-8"
    )
    (papers / "LICENSE.txt").unlink()
    changes = (papers / "CHANGELOG.md").read_bytes()
    (papers / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
    (papers / "CHANGELOG.md").unlink()
    bundle.settle(root, bundle.build_time())


def place(source: Path, target: Path) -> None:
    """Copy a file, with the folders it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def compile_modules(libraries: Path) -> None:
    """Compile every module, so that a start compiles and writes nothing."""
    command = [sys.executable, "-I", str(HERE.parent / "compile_all.py"), str(libraries)]
    machine.carry_out(command, "Compiling the modules")


def check_libraries(root: Path) -> None:
    """Raise SetupError when a binary asks for a library that the wheels bring and the tree has not."""
    from installers.bundle import files_of

    binaries = [name for name in files_of(root) if ".so" in Path(name).suffixes]
    have = {Path(name).name for name in binaries}
    missing = []
    for name in binaries:
        told = subprocess.run(
            ["readelf", "--dynamic", str(root / name)], capture_output=True, text=True, check=True
        ).stdout
        asked = [line.partition("[")[2].rstrip("]") for line in told.splitlines() if "(NEEDED)" in line]
        missing += [f"{name} asks for {each}" for each in asked if BROUGHT.match(each) and each not in have]
    if missing:
        raise SetupError("Libraries are missing in the tree:\n  " + "\n  ".join(missing))


def pack(root: Path, target: Path, *, quick: bool) -> None:
    """Make the package of a tree."""
    from installers import bundle

    major, minor = bundle.LINUX.python.split(".")
    size = sum((root / name).stat().st_size for name in bundle.files_of(root)) // 1024
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        CONTROL.format(
            version=bundle.version(),
            size=size,
            python=bundle.LINUX.python,
            next=f"{major}.{int(minor) + 1}",
            depends=", ".join(sorted(DEPENDS)),
        ),
        encoding="utf-8",
    )
    bundle.settle(control, bundle.build_time())
    bundle.settle(root, bundle.build_time())
    packing = ["-Znone"] if quick else ["-Zxz", "-z6"]
    machine.carry_out(
        [
            "env", f"SOURCE_DATE_EPOCH={bundle.build_time()}",
            "dpkg-deb", *packing, "--root-owner-group", "--build", str(root), str(target),
        ],
        "Making the package",
    )  # fmt: skip
    shutil.rmtree(control)


def build(out: Path, *, quick: bool = False) -> Path:
    """Build the package into a folder and return its path; `quick` compresses nothing."""
    from installers import bundle

    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    root, target = out / "program", out / f"ltu-desktop_{bundle.version()}_amd64.deb"
    step("tree", lambda: build_tree(root))
    step("libraries of the binaries", lambda: check_libraries(root))
    (out / "manifest.txt").write_text(bundle.manifest(root), encoding="utf-8")
    step("package", lambda: pack(root, target, quick=quick))
    say(f"{target}: {target.stat().st_size / 1_000_000:.1f} MB, SHA-256 {bundle.print_of(target)}")
    return target


def step(name: str, work: Callable[[], object]) -> None:
    """Do a part of the work and say how long it took."""
    begun = time.monotonic()
    work()
    say(f"  {name}: {time.monotonic() - begun:.0f} s")


def main(arguments: list[str]) -> int:
    """Build, in the project's environment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "linux", metavar="DIR")
    given = parser.parse_args(arguments)
    try:
        build(given.out.absolute())
    except SetupError as failure:
        say(f"\n{failure}")
        return 2
    return 0


if __name__ == "__main__":
    if not __package__:
        sys.exit(jobs.start("installers.linux.build", NEEDS, sys.argv[1:]))
    sys.exit(main(sys.argv[1:]))
