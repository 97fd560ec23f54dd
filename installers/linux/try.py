"""Try the built Debian package in a bare Debian 12: install it, run its self-test, remove it. As root.

    python3 installers/linux/try.py [--out DIR] [--build]

Takes what `build.py` left in DIR (`out/linux` unless given; `--build` builds it first). The self-test opens a file that
the source made, with its passphrase, makes the demo's claim, and each written file must equal the source's by its hash.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers import jobs, machine, self_test
from installers.linux import build
from installers.machine import ROOT, Need, SetupError, say

NEEDS = (*build.NEEDS, Need("debootstrap", "debootstrap"))
SUITE = "bookworm"
RATIO = 1.2  # first paint of the installed program against the source's


def mirror() -> str:
    """Return where this machine takes its Debian packages from."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(REPO_URI) $(COMPONENT)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for line in told.splitlines():
        uri = line.split()[1]
        if uri.rstrip("/").endswith("/debian"):
            return uri
    raise SetupError("This machine's package sources name no Debian.")


class Bare:
    """A bare Debian in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        machine.carry_out(["debootstrap", "--variant=minbase", SUITE, str(root), mirror()], "Laying out a bare Debian")
        for name in ("etc/apt/apt.conf.d", "etc/apt/sources.list.d", "etc/apt/sources.list", "etc/resolv.conf"):
            source, target = Path("/", name), root / name
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.is_file():
                shutil.copyfile(source, target)

    def run(self, *command: str, user: str = "0:0") -> subprocess.CompletedProcess[str]:
        """Run a command inside, with nothing of this machine's environment."""
        proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        return subprocess.run(
            ["chroot", f"--userspec={user}", str(self.root), *command],
            env={
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME": "/tmp/home",  # noqa: S108  of the bare system
                "LC_ALL": "C.UTF-8",
                "DEBIAN_FRONTEND": "noninteractive",
                "QT_QPA_PLATFORM": "offscreen",
                "XDG_RUNTIME_DIR": "/tmp/home",  # noqa: S108
            }
            | proxies,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def must(self, *command: str) -> str:
        """Run a command inside that must succeed."""
        done = self.run(*command)
        if done.returncode:
            raise SetupError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout


def paint(command: list[str], out: Path) -> float:
    """Return the seconds from a program's start to its first paint, the best of three."""
    import json

    best = 99.0
    for _ in range(3):
        shutil.rmtree(out, ignore_errors=True)
        started = time.time()
        subprocess.run(
            [*command, "--self-test", str(out)], cwd=ROOT, env=self_test.offscreen(), check=True, capture_output=True
        )
        best = min(best, json.loads((out / "report.json").read_text(encoding="utf-8"))["painted_at"] - started)
    return best


def try_tree(root: Path, scratch: Path) -> None:
    """Run the self-test of an unpacked package where it lies, and compare it with the source's."""
    known = self_test.reference(scratch / "reference")
    out = scratch / "tree"
    file = self_test.copy(known.file, out)
    command = ["/usr/bin/python3", "-I", "-B", "-X", "utf8", str(root / "usr/lib/ltu-desktop/start.py")]
    done = subprocess.run(
        [*command, "--self-test", str(out), str(file), str(known.secret)],
        env=self_test.offscreen(),
        capture_output=True,
        text=True,
        check=False,
    )
    self_test.compare(self_test.judge(out, done, ()), known.report)


def run(out: Path) -> None:
    """Try everything."""
    from installers import bundle

    package = out / f"ltu-desktop_{bundle.version()}_amd64.deb"
    pictures = out / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        known = self_test.reference(scratch / "reference")
        bare = Bare(scratch / "debian")
        say("  a bare Debian is there")
        shutil.copyfile(package, bare.root / "tmp/ltu-desktop.deb")
        bare.must("apt-get", "-qq", "update")
        bare.must("apt-get", "-qq", "-y", "--no-install-recommends", "install", "/tmp/ltu-desktop.deb")  # noqa: S108
        version = bare.must("dpkg-query", "-W", "-f", "${Version}", "ltu-desktop")
        say(f"  ltu-desktop {version} is installed with what it depends on, and nothing else")
        if version != bundle.version():
            raise self_test.FailedError(f"Debian knows version {version}, not {bundle.version()}")
        home = bare.root / "tmp/home"
        file = self_test.copy(known.file, home / "out")
        shutil.copyfile(known.secret, home / "secret.txt")
        for path in [home, *home.rglob("*")]:
            os.chown(path, 65534, 65534)
        place = "/tmp/home/out"  # noqa: S108
        done = bare.run(
            "ltu-desktop", "--self-test", place, f"{place}/{file.name}", "/tmp/home/secret.txt",  # noqa: S108
            user="65534:65534",
        )  # fmt: skip
        report = self_test.judge(home / "out", done, ())
        self_test.compare(report, known.report)
        for picture in (home / "out").glob("*.png"):
            shutil.copyfile(picture, pictures / picture.name)
        say(f"  started with Python {report['python']}, opened, claimed, exported as the source does")
        checked = bare.must("ltu-desktop", "schemes", "check", "--language", "en")
        say(f"  the command line answers: {checked.strip()}")
        bare.must("apt-get", "-qq", "-y", "remove", "ltu-desktop")
        left = list((bare.root / "usr/lib").glob("ltu-desktop/**/*"))
        if left:
            raise self_test.FailedError(f"Removing it left {left[0]} and {len(left) - 1} more")
        say("  removed, nothing is left")
        subprocess.run(["dpkg-deb", "-x", str(package), str(scratch / "tree")], check=True)
        start = str(scratch / "tree/usr/lib/ltu-desktop/start.py")
        installed = paint(["/usr/bin/python3", "-I", "-B", "-X", "utf8", start], scratch / "paint")
        source = paint([sys.executable, "-m", "ltu_desktop"], scratch / "paint")
        say(
            f"  first paint after {installed:.2f} s, of the source after {source:.2f} s: {installed / source:.2f} times"
        )
        if installed > RATIO * source:
            raise self_test.FailedError("The installed program starts too slowly.")


if __name__ == "__main__":
    if not __package__:
        sys.exit(jobs.start("installers.linux.try", NEEDS, sys.argv[1:]))
    manual = str(__doc__)
    sys.exit(self_test.try_built(sys.argv[1:], manual, "The Debian package", ROOT / "out" / "linux", build.build, run))
