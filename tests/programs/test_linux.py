"""The Debian package, built quickly, unpacked and run. `try.py` installs it into a bare Debian besides."""

from __future__ import annotations

import importlib
import subprocess
from pathlib import Path
from typing import Any

import pytest

from installers import bundle, self_test
from installers.linux import build
from installers.machine import ROOT, SetupError
from ltu_desktop import __version__

trial: Any = importlib.import_module("installers.linux.try")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build.build(tmp_path_factory.mktemp("linux") / "out", quick=True)


@pytest.fixture(scope="module")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["dpkg-deb", "-x", str(package), str(root)], check=True)
    return root


def field(package: Path, name: str) -> str:
    return subprocess.run(["dpkg-deb", "-f", str(package), name], capture_output=True, text=True, check=True).stdout


def test_the_program_does_what_the_source_does(unpacked: Path, tmp_path: Path) -> None:
    trial.try_tree(unpacked, tmp_path)


def test_debian_is_told_version_python_and_libraries(package: Path) -> None:
    assert field(package, "Version").strip() == __version__
    depends = field(package, "Depends")
    assert f"python3 (>= {bundle.LINUX.python}~)" in depends
    assert "libxcb-cursor0" in depends


def test_menu_icon_and_kind_of_file_are_there(unpacked: Path) -> None:
    share = unpacked / "usr/share"
    entry = (share / "applications/ltu-desktop.desktop").read_text(encoding="utf-8")
    assert "\nExec=ltu-desktop %f\n" in entry
    assert "\nMimeType=application/x-ltu;\n" in entry
    assert '<glob pattern="*.ltu"/>' in (share / "mime/packages/ltu-desktop.xml").read_text(encoding="utf-8")
    assert (share / "icons/hicolor/scalable/apps/ltu-desktop.svg").read_text(encoding="utf-8").startswith("<svg")
    assert {path.name for path in (share / "doc/ltu-desktop").iterdir()} == {
        *("LICENCES.txt", "changelog.gz", "copyright")
    }
    assert (unpacked / "usr/bin/ltu-desktop").stat().st_mode & 0o777 == 0o755


def test_every_module_is_compiled_and_nothing_tells_where_it_was_built(unpacked: Path) -> None:
    home = unpacked / "usr/lib/ltu-desktop/lib"
    compiled = {path.name.partition(".")[0] for path in home.rglob("*.pyc")}
    assert compiled == {path.stem for path in home.rglob("*.py")}
    one = (home / "ltu_desktop/__pycache__").glob("app.*.pyc")
    assert bytes(ROOT) not in next(one).read_bytes()


def test_a_library_that_is_left_out_is_noticed(unpacked: Path, tmp_path: Path) -> None:
    plugin = unpacked / "usr/lib/ltu-desktop/lib/PySide6/Qt/plugins/platforms/libqxcb.so"
    (tmp_path / plugin.name).write_bytes(plugin.read_bytes())
    with pytest.raises(SetupError, match=r"libqxcb\.so asks for libQt6XcbQpa"):
        build.check_libraries(tmp_path)


def test_a_line_that_nobody_knows_fails_the_self_test(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"version": "1"}', encoding="utf-8")
    (tmp_path / "lines.txt").write_text("Qt: known 12\nQt: new\n", encoding="utf-8")
    done = subprocess.CompletedProcess(["program"], 0, "", "")
    with pytest.raises(self_test.FailedError, match=r"Qt: new\Z"):
        self_test.judge(tmp_path, done, (r"Qt: known \d+",))
    assert self_test.judge(tmp_path, done, (r"Qt: known \d+", "Qt: new")) == {"version": "1"}
    with pytest.raises(self_test.FailedError, match="ended with 3"):
        self_test.judge(tmp_path, subprocess.CompletedProcess(["program"], 3, "", ""), ())


def test_other_figures_fail_the_self_test() -> None:
    wanted = {"version": "1", "demo": {"total": "2.00"}, "opened": {}}
    self_test.compare(wanted | {"python": "3"}, wanted)
    with pytest.raises(self_test.FailedError, match="demo differs"):
        self_test.compare(wanted | {"demo": {"total": "2.01"}}, wanted)
