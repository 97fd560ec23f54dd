"""Try the built Windows program on Debian, under Wine and Xvfb: all that a person does with it, and its self-test.

    python3 installers/windows/try.py [--out DIR] [--build]

Takes what `build.py` left in DIR (`out/windows` unless given; `--build` builds it first). The test installs an older
program, upgrades it silently, starts the new one, opens a file made on Linux with its passphrase, makes the demo's
claim and compares every written file with the source's by its hash; it does so also from a folder with accents and
spaces and from a read-only one, and uninstalls at the end. The pictures stay in DIR/pictures.
"""

from __future__ import annotations

import contextlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers import jobs, self_test
from installers.machine import ROOT, Need, SetupError, say
from installers.windows import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installers.self_test import Reference
    from installers.windows.wine import Wine

NEEDS = (*build.NEEDS, Need("xvfb", "Xvfb"))
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\LTU Desktop"
KNOWN = (  # Wine 8 lacks these two; Windows 10 has them
    r"Qt: QtWindows::DpiAwareness::PerMonitorVersion2 is not supported by current system\.",
    r"Qt: EnableNonClientDpiScaling\(\) failed for HWND 0x[0-9a-f]+ \(120\) \(Call not implemented\.\)",
)
OLD = "0.0.1"
SCREEN = ":93"


@contextlib.contextmanager
def screen(folder: Path) -> Iterator[Path]:
    """Have an X screen; give the file in which its picture lies."""
    command = ["Xvfb", SCREEN, "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset", "-fbdir", str(folder)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        picture = folder / "Xvfb_screen0"
        while not picture.exists():
            if server.poll() is not None:
                raise SetupError("Xvfb does not start.")
            time.sleep(0.1)
        yield picture
    finally:
        server.terminate()
        server.wait()


def photograph(picture: Path, target: Path) -> None:
    """Write what the X screen shows as PNG (its file is in the old form of `xwd`)."""
    from PIL import Image

    data = picture.read_bytes()
    head = struct.unpack(">25I", data[:100])
    size, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
    pixels = data[size + 12 * colours :]
    Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", line, 1).save(target)


class Trial:
    """One Windows with the program in it."""

    def __init__(self, wine: Wine, known: Reference, out: Path) -> None:
        self.wine, self.known, self.out = wine, known, out
        self.pictures = out / "pictures"
        self.home = wine.inside("users", wine.user)
        self.program = self.home / "AppData" / "Local" / "Programs" / "LTU Desktop"
        self.link = self.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/LTU Desktop.lnk"

    def expect(self, what: str, *, true: bool) -> None:
        """Tell what is so; raise FailedError when it is not."""
        if not true:
            raise self_test.FailedError(f"Not so: {what}")
        say(f"  {what}")

    def install(self, setup: Path) -> int:
        """Run an installer silently and return its exit code."""
        code = self.wine.run(str(setup), "/S").returncode
        self.wine.wait()
        return code

    def registered(self, key: str, name: str | None = None) -> str:
        """Return a value of the registry, "" when it is not there."""
        told = self.wine.run("reg", "query", key, *(["/v", name] if name else ["/ve"])).stdout
        return told.partition("REG_SZ")[2].strip()

    def self_test(self, program: Path, name: str, picture: Path) -> dict[str, Any]:
        """Start a program's self-test and compare its report with the source's; keep the pictures."""
        out = self.out / "trial" / name
        file = self_test.copy(self.known.file, out)
        paths = [self.wine.path(each) for each in (program, out, file, self.known.secret)]
        begun = time.monotonic()
        with subprocess.Popen(
            ["wine", paths[0], "--self-test", *paths[1:], "-platform", "windows"],
            env=self.wine.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as running:
            while running.poll() is None and not (out / "claims.png").exists():
                time.sleep(0.05)
            time.sleep(0.1)
            photograph(picture, self.pictures / f"{name}-screen.png")
            told, errors = running.communicate(timeout=300)
        self.wine.wait()
        done = subprocess.CompletedProcess(running.args, running.returncode, told, errors)
        report = self_test.judge(out, done, KNOWN)
        self_test.compare(report, self.known.report)
        for each in out.glob("*.png"):
            shutil.copyfile(each, self.pictures / f"{name}-{each.name}")
        self.expect(
            f"{name}: started, opened, claimed, exported as the source does, in {time.monotonic() - begun:.0f} s",
            true=True,
        )
        return report


def old_setup(scratch: Path) -> Path:
    """Make an installer of an older version: the same script, one old file in it."""
    tree, setup = scratch / "old", scratch / "old-setup.exe"
    tree.mkdir()
    for name in ("LTU Desktop.exe", "old.txt"):
        (tree / name).write_text("old", encoding="ascii")
    (tree / "installed.txt").write_text(
        "installed.txt\nLTU Desktop.exe\nold.txt\n", encoding="utf-16-le", newline="\r\n"
    )
    build.pack_installer(tree, setup, 0, zlib=True, version=OLD)
    return setup


def install_and_upgrade(trial: Trial, setup: Path, scratch: Path) -> None:
    """Install an older version, then ours over it; a person's files and settings stay."""
    from installers import bundle

    older = old_setup(scratch)
    trial.expect("an older version installs", true=trial.install(older) == 0 and (trial.program / "old.txt").is_file())
    settings = trial.home / "AppData" / "Local" / "LTU Desktop" / "window.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[General]\nlanguage=fr\n", encoding="utf-8")
    kept = trial.program / "ma fabrique.ltu"  # where it should not be, but is
    shutil.copyfile(trial.known.file, kept)
    before = bundle.print_of(kept)
    trial.expect("ours installs over it, silently", true=trial.install(setup) == 0)
    trial.expect(
        "the old program is gone, settings and files are as they were",
        true=not (trial.program / "old.txt").exists() and settings.is_file() and bundle.print_of(kept) == before,
    )
    trial.expect("there is a start menu entry", true=trial.link.is_file())
    version = trial.registered(UNINSTALL, "DisplayVersion")
    trial.expect(f"Windows knows version {version}", true=version == bundle.version())
    opens = trial.registered(r"HKCU\Software\Classes\LTUDesktop.File\shell\open\command")
    trial.expect("an .ltu file opens with it", true=opens.endswith('LTU Desktop.exe" "%1"'))
    trial.expect("an older version is refused over it", true=trial.install(older) == 4)


def uninstall(trial: Trial) -> None:
    """Uninstall silently; only the program goes."""
    trial.wine.run(str(trial.program / "uninstall.exe"), "/S")
    trial.wine.wait()
    left = sorted(path.name for path in trial.program.rglob("*")) if trial.program.exists() else []
    trial.expect(
        f"after uninstalling only the person's file is left: {', '.join(left[:5])}", true=left == ["ma fabrique.ltu"]
    )
    settings = trial.home / "AppData" / "Local" / "LTU Desktop" / "window.ini"
    trial.expect("and the settings", true=settings.is_file())
    gone = not trial.link.exists() and not trial.registered(UNINSTALL, "DisplayVersion")
    trial.expect("menu entry, association and registry keys are gone", true=gone)
    opens = trial.registered(r"HKCU\Software\Classes\LTUDesktop.File\shell\open\command")
    trial.expect("the association too", true=not opens)


def run(out: Path) -> None:
    """Try everything."""
    from installers import bundle
    from installers.windows.wine import Wine

    name = f"LTU-Desktop-{bundle.version()}"
    setup, portable = out / f"{name}-setup.exe", out / f"{name}-portable.zip"
    shutil.rmtree(out / "trial", ignore_errors=True)
    shutil.rmtree(out / "pictures", ignore_errors=True)
    (out / "pictures").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        known = self_test.reference(scratch / "reference")
        wine = Wine(scratch / "wine")
        wine.add_stubs()
        (scratch / "screen").mkdir()
        with screen(scratch / "screen") as picture:
            wine.environment["DISPLAY"] = SCREEN
            try:
                trial = Trial(wine, known, out)
                install_and_upgrade(trial, setup, scratch)
                before = bundle.manifest(trial.program)
                for path in trial.program.rglob("*"):
                    path.chmod(path.stat().st_mode & ~0o222)
                trial.self_test(trial.program / "LTU Desktop.exe", "installed", picture)
                trial.expect(
                    "nothing was written into the read-only program folder",
                    true=bundle.manifest(trial.program) == before,
                )
                for path in trial.program.rglob("*"):
                    path.chmod(path.stat().st_mode | 0o200)
                checked = wine.run(str(trial.program / "ltu-desktop.exe"), "schemes", "check", "--language", "en")
                trial.expect(
                    f"the command line answers: {checked.stdout.strip()}",
                    true=checked.returncode == 0 and "cases agree" in checked.stdout and not checked.stderr,
                )
                key = wine.inside("Clé à côté", "Été 2026 – l’EBE")
                with zipfile.ZipFile(portable) as archive:
                    archive.extractall(key)
                report = trial.self_test(key / "LTU Desktop" / "LTU Desktop.exe", "portable", picture)
                trial.expect("on a key its settings stay beside it", true=report["portable"].endswith("portable"))
                uninstall(trial)
            finally:
                wine.stop()
    shutil.rmtree(out / "trial")


if __name__ == "__main__":
    if not __package__:
        sys.exit(jobs.start("installers.windows.try", NEEDS, sys.argv[1:]))
    manual = str(__doc__)
    sys.exit(
        self_test.try_built(sys.argv[1:], manual, "The Windows program", ROOT / "out" / "windows", build.build, run)
    )
