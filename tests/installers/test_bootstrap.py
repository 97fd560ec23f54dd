"""The set-up of a bare machine: what it finds missing, what it says, and that it does nothing twice."""

from __future__ import annotations

import ast
import errno
import gettext
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from installers import bootstrap, jobs
from installers import machine as system
from installers.catalogues import compile_into

LOCK = """\
# made by a tool
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:ab
pyside6-essentials==6.12.0 ; sys_platform != 'win32' \\
    --hash=sha256:bb
zeta[extra]==2.0 \\
    --hash=sha256:cc
"""


class Machine:
    """Stands in for `subprocess.run`: records the commands, fails those it is told to, makes environments."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.failing: dict[str, str] = {}

    def __call__(self, command: list[str], **_: Any) -> SimpleNamespace:
        self.commands.append(command)
        line = " ".join(command)
        if "-m venv" in line:
            folder = Path(command[-1])
            shutil.rmtree(folder, ignore_errors=True)
            system.python_of(folder).parent.mkdir(parents=True, exist_ok=True)
            system.python_of(folder).touch()
            (system.libraries_of(folder) / "pip").mkdir(parents=True, exist_ok=True)
            version = ".".join(map(str, sys.version_info[:3]))
            (folder / "pyvenv.cfg").write_text(f"home = x\nversion = {version}\n", encoding="utf-8")
        told = next((text for part, text in self.failing.items() if part in line), None)
        return SimpleNamespace(returncode=0 if told is None else 1, stdout=told or "")

    @property
    def lines(self) -> list[str]:
        return [" ".join(command) for command in self.commands]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    stand_in = Machine()
    monkeypatch.setattr(subprocess, "run", stand_in)
    monkeypatch.setattr(system, "ROOT", tmp_path)
    return stand_in


# --- Python


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_the_locked_pythons_are_accepted(version: tuple[int, int]) -> None:
    assert bootstrap.refusal(version, ["demo"]) is None


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14)])
def test_another_python_is_refused_with_the_better_one_of_this_machine(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    needed = f"Python 3.11, 3.12 or 3.13 is needed; this is {version[0]}.{version[1]}. "
    assert bootstrap.refusal(version, ["demo"]) == needed + "Install one of them, then start again with it."
    monkeypatch.setattr(shutil, "which", {"python3.12": "there", "python3.11": "there"}.get)
    assert bootstrap.refusal(version, ["demo", "--people", "3"]) == (
        needed + "Start again with it: python3.12 installers/bootstrap.py demo --people 3"
    )


def test_an_old_python_is_refused_before_anything_else(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert bootstrap.main(["demo"]) == 2
    assert "this is 3.9." in capsys.readouterr().err
    assert not machine.commands


def test_the_door_can_be_read_by_an_old_python() -> None:
    ast.parse(Path(bootstrap.__file__).read_text("ascii"), feature_version=(3, 6))


# --- system packages


def test_a_package_is_missing_when_its_library_or_program_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", {"pdftoppm": "there"}.get)
    needs = (*jobs.ORACLES, system.Need("libnone1", "libnone-of-this-name.so.1"))
    assert system.missing_packages(needs) == ["libreoffice-calc-nogui", "libnone1"]


def test_debian_python_without_its_venv_module_needs_it_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    major, minor = sys.version_info[:2]
    assert system.missing_packages(()) == [f"python{major}.{minor}-venv"]


def as_user(monkeypatch: pytest.MonkeyPatch, *programs: str, uid: int = 1000) -> None:
    monkeypatch.setattr(shutil, "which", {name: name for name in programs}.get)
    monkeypatch.setattr(os, "geteuid", lambda: uid, raising=False)


def test_root_reads_the_list_then_installs_without_recommendations(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(monkeypatch, "apt-get", uid=0)
    system.install_packages(["one", "two"])
    assert machine.lines == [
        "env DEBIAN_FRONTEND=noninteractive apt-get -qq update",
        "env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install one two",
    ]


def test_another_user_goes_through_sudo(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "apt-get", "sudo")
    system.install_packages(["one"])
    assert [line.split()[0] for line in machine.lines] == ["sudo", "sudo"]


def test_without_root_and_sudo_the_command_for_root_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "apt-get")
    with pytest.raises(system.SetupError, match="As root: apt-get install --no-install-recommends one"):
        system.install_packages(["one"])
    assert not machine.commands


def test_a_refused_sudo_names_the_command_for_root_too(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, "apt-get", "sudo")
    machine.failing = {"apt-get": "sudo: a terminal is required to read the password"}
    with pytest.raises(
        system.SetupError, match=r"(?s)Administrator rights are needed\..*By hand, as root: apt-get install"
    ):
        system.install_packages(["one"])


def test_a_linux_without_apt_is_told_the_names(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch)
    with pytest.raises(system.SetupError, match=r"missing: libgl1, libegl1\. Install them"):
        system.install_packages(["libgl1", "libegl1"])
    assert not machine.commands


# --- causes


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("E: You don't have enough free space in /var/cache/apt/archives/.", None),
        (
            "NewConnectionError: Failed to establish a new connection: [Errno -2] Name or service not known",
            "The network",
        ),
        ("W: Temporary failure resolving 'mirror.example'", "The network"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7", "Another program"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "A downloaded library"),
        ("PermissionError: [Errno 13] Permission denied: '.venv/lib'", "A file or folder"),
        (
            "HINT: … since this system does not have Windows Long Path support enabled.",
            "The checkout's path is too long",
        ),
        ("ERROR: No matching distribution found for pikepdf==10.17.0", "A library is not made"),
        ("Failed to establish a new connection\nERROR: No matching distribution found for x", "The network"),
        ("SyntaxError: invalid syntax", None),
    ],
)
def test_the_cause_is_told_in_words(output: str, told: str | None) -> None:
    sentence = system.why(output)
    assert (sentence or "None").startswith(str(told))


def test_an_unknown_cause_shows_the_command_and_its_last_lines(machine: Machine) -> None:
    machine.failing = {"apt-get": "\n".join(f"line {number}" for number in range(20))}
    with pytest.raises(system.SetupError) as raised:
        system.carry_out(["apt-get", "update"], "Reading the list")
    text = str(raised.value)
    assert text.startswith("Reading the list did not succeed. The lines below say why.")
    assert "$ apt-get update" in text
    assert "line 12\n    line 13" in text
    assert "line 11" not in text


def test_a_known_cause_shows_its_last_line_only(machine: Machine) -> None:
    machine.failing = {"apt-get": "W: a warning\nE: Could not get lock, held by process 7"}
    with pytest.raises(system.SetupError) as raised:
        system.carry_out(["apt-get", "update"], "Reading the list")
    assert str(raised.value).splitlines()[1:] == [
        "    $ apt-get update",
        "    E: Could not get lock, held by process 7",
    ]


def test_a_small_disk_is_refused_before_anything_is_installed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=200_000_000))
    assert bootstrap.main(["setup"]) == 2
    assert "200 MB are free, 1000 MB are needed" in capsys.readouterr().err
    assert not machine.commands


def test_a_checkout_that_cannot_be_written_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_job: object) -> Path:
        raise OSError(errno.EROFS, "Read-only file system", ".venv")

    monkeypatch.setattr(jobs, "set_up", refuse)
    assert bootstrap.main(["setup"]) == 2
    assert "Read-only file system (.venv)" in capsys.readouterr().err


# --- the environment


@pytest.mark.parametrize(
    ("windows", "python", "libraries"),
    [
        (True, "Scripts/python.exe", "Lib/site-packages"),
        (False, "bin/python", f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"),
    ],
)
def test_an_environment_looks_as_its_platform_makes_it(
    *, windows: bool, python: str, libraries: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "WINDOWS", windows)
    assert system.python_of(Path("e")) == Path("e", python)
    assert system.libraries_of(Path("e")) == Path("e", libraries)


def test_the_environment_is_filled_once_and_again_when_the_lock_changes(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "venv"
    system.provide(folder, LOCK, "runtime")
    assert [line.split(" -m ")[1].split()[0] for line in machine.lines] == ["venv", "pip", "pip"]
    assert all("--require-hashes" in command for command in machine.commands[1:])
    halves = sorted(Path(command[-1]).read_text(encoding="utf-8") for command in machine.commands[1:])
    _, alpha, pyside, zeta = re.split(r"^(?=[a-z])", LOCK, flags=re.MULTILINE)
    assert halves == [alpha + zeta, pyside]

    system.provide(folder, LOCK, "runtime")
    assert len(machine.commands) == 3

    monkeypatch.setattr(sys, "version", "a security update of the same Python")
    system.provide(folder, LOCK, "runtime")
    assert len(machine.commands) == 3

    system.provide(folder, LOCK.replace("1.0", "1.1"), "runtime")
    assert [line.split(" -m ")[1].split()[0] for line in machine.lines[3:]] == ["pip", "pip"]


def test_a_broken_off_installation_is_taken_up_again(machine: Machine, tmp_path: Path) -> None:
    machine.failing = {"pip install": "Connection reset by peer"}
    with pytest.raises(system.SetupError, match="network"):
        system.provide(tmp_path / "venv", LOCK, "dev")
    machine.failing = {}
    system.provide(tmp_path / "venv", LOCK, "dev")
    assert "pip install" in machine.lines[-1]


def test_an_environment_of_another_python_is_made_anew(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "venv"
    system.provide(folder, LOCK, "dev")
    (folder / "pyvenv.cfg").write_text("home = x\nversion = 3.9.2\n", encoding="utf-8")
    system.provide(folder, LOCK.replace("1.0", "1.1"), "dev")
    assert "-m venv --clear" in machine.lines[3]


def test_the_checkout_is_importable_wherever_it_is_moved_to(machine: Machine, tmp_path: Path) -> None:
    system.provide(tmp_path / "venv", LOCK, "runtime")
    libraries = system.libraries_of(tmp_path / "venv")
    line = (libraries / "ltu_desktop_checkout.pth").read_text(encoding="ascii").strip()
    assert (libraries / line).resolve() == tmp_path.resolve()
    assert not Path(line).is_absolute()
    assert machine.commands


@pytest.mark.skipif(system.WINDOWS, reason="a shell's file, run by that shell")
def test_the_program_starts_by_its_name_from_anywhere(tmp_path: Path) -> None:
    folder = tmp_path / "a folder" / "venv"
    python, launch, link = system.python_of(folder), system.launcher(folder), tmp_path / "ltu"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n", encoding="ascii")
    launch.write_text(system.LAUNCHER, encoding="ascii")
    python.chmod(0o755)
    launch.chmod(0o755)
    link.symlink_to(launch)
    for name in (launch, link):
        done = subprocess.run([str(name), "check", "a b"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout == "<-m><ltu_desktop><check><a b>"


def test_the_environment_holds_a_launcher_of_its_platform(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for windows, name in ((False, "bin/ltu-desktop"), (True, "Scripts/ltu-desktop.cmd")):
        monkeypatch.setattr(system, "WINDOWS", windows)
        system.provide(tmp_path / f"venv-{windows}", LOCK, "runtime")
        text = (tmp_path / f"venv-{windows}" / name).read_bytes()
        assert text == (system.WINDOWS_LAUNCHER if windows else system.LAUNCHER).encode("ascii")
    assert os.access(tmp_path / "venv-False" / "bin/ltu-desktop", os.X_OK) or system.WINDOWS


def test_windows_and_macos_ask_for_no_system_package(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(jobs, "LOCKS", tmp_path)
    (tmp_path / "runtime.txt").write_text(LOCK, encoding="utf-8")
    monkeypatch.setattr(system, "present", lambda _proof: False)
    monkeypatch.setattr(sys, "platform", "darwin")
    jobs.set_up(jobs.JOBS["run"])
    assert not any("apt-get" in line for line in machine.lines)


# --- the environment without Qt


def installed(libraries: Path, name: str, *files: str) -> None:
    """Put a library into an environment as pip does."""
    info = f"{name}-1.0.dist-info"
    listed = (*files, f"{info}/METADATA", "../../../bin/tool")
    for file in listed[:-1]:
        (libraries / file).parent.mkdir(parents=True, exist_ok=True)
        (libraries / file).write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (libraries / info / "RECORD").write_text("".join(f"{file},,\n" for file in listed), encoding="utf-8")


def test_an_environment_shares_the_libraries_of_another_but_for_some(machine: Machine, tmp_path: Path) -> None:
    full, thin = tmp_path / "full", tmp_path / "thin"
    system.provide(full, LOCK, "dev")
    installed(system.libraries_of(full), "alpha", "alpha/__init__.py", "alpha/PySide6/kept.py")
    installed(system.libraries_of(full), "PySide6_Essentials", "PySide6/QtCore.so", "PySide6/plugins/one.so")
    lacking = frozenset({"pyside6-essentials"})
    system.share(thin, full, LOCK, lacking)
    there = {each.relative_to(system.libraries_of(thin)) for each in system.libraries_of(thin).rglob("*.*")}
    assert there >= {Path("alpha/__init__.py"), Path("alpha/PySide6/kept.py"), Path("ltu_desktop_checkout.pth")}
    assert not any(each.parts[0].lower().startswith("pyside6") for each in there)
    checkout = (system.libraries_of(thin) / "ltu_desktop_checkout.pth").read_text(encoding="ascii").strip()
    assert (system.libraries_of(thin) / checkout).resolve() == tmp_path.resolve()

    commands = len(machine.commands)
    system.share(thin, full, LOCK, lacking)
    assert len(machine.commands) == commands
    system.share(thin, full, LOCK.replace("1.0", "1.1"), lacking)
    assert "-m venv --clear" in machine.lines[-1]


def test_files_are_shared_where_the_disk_can_and_else_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    one.write_text("it", encoding="ascii")
    system.name_again(str(one), str(two))
    assert two.samefile(one)

    def refuse(_source: str, _target: str) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    system.name_again(str(one), str(three))
    assert three.read_text(encoding="ascii") == "it"
    assert not three.samefile(one)


# --- jobs


def test_arguments_of_the_demo_are_passed_on(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "set_up", lambda _job: Path("python"))
    assert bootstrap.main(["demo", "--out", "there", "--help"]) == 0
    assert machine.lines == ["python -m ltu_desktop demo --out there --help"]


def test_the_window_opens_on_the_given_file(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "set_up", lambda _job: Path("python"))
    monkeypatch.setenv("DISPLAY", ":0")
    assert bootstrap.main(["run", "lille.ltu"]) == 0
    assert machine.lines == ["python -m ltu_desktop lille.ltu"]


def test_the_window_is_refused_where_there_is_no_screen(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert bootstrap.main(["run"]) == 2
    assert "no screen" in capsys.readouterr().err
    assert not machine.commands


@pytest.mark.parametrize("arguments", [["dmeo"], ["test", "-k", "x"], ["setup", "x"]])
def test_an_unknown_command_shows_the_help_and_fails(
    arguments: list[str], machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(arguments) == 2
    assert "bootstrap.py demo" in capsys.readouterr().err
    assert not machine.commands


def test_every_check_runs_and_one_failure_fails_all(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(jobs, "LOCKS", Path(bootstrap.__file__).parent / "locks")
    monkeypatch.setattr(system, "WINDOWS", False)
    machine.failing = {"-m mypy": ""}
    system.provide(tmp_path / ".venv", LOCK, "dev")
    installed(system.libraries_of(tmp_path / ".venv"), "shiboken6", "shiboken6/Shiboken.so")
    assert jobs.test(Path("python")) == 1
    said = capsys.readouterr()
    steps = [line for line in machine.lines if "-m venv" not in line and "-m pip" not in line]
    beside = [line for line in steps if line.endswith(("-m mypy", "tests/programs"))]
    assert [line.split()[-1] for line in beside] == ["mypy", *(["tests/programs"] if sys.platform == "linux" else [])]
    steps = [line for line in steps if line not in beside]
    assert [" ".join(line.split()[1:4]) for line in steps] == [
        "-m ruff check",
        "-m ruff format",
        "-c from importlinter.cli",
        "-m pytest --quiet",
        "-m pytest --quiet",
    ]
    assert "--ignore=tests/window" in steps[3]
    assert ".venv-headless" in steps[3].split()[0]
    gate = [word for word in steps[3].split() if word.startswith("--cov")]
    assert gate == [
        "--cov=ltu_desktop/rules",
        "--cov=ltu_desktop/store",
        "--cov=ltu_desktop/actions",
        "--cov-report=term-missing:skip-covered",
        "--cov-fail-under=100",
    ]
    assert "--cov" not in steps[4]
    assert steps[4].endswith("tests/window")
    assert "Failed: types" in said.err
    assert said.out == "0 passed, 0 failed, 0 skipped\n"
    assert not (system.libraries_of(tmp_path / ".venv-headless") / "shiboken6").exists()
    told = [line for line in said.err.splitlines() if line.startswith("== ")]
    names = ["lint", "format", "import contracts", "tests without Qt", "tests of the window", "types", "built programs"]
    assert sorted(told) == sorted(f"== {name}" for name in names[: len(told)])
    assert "   types: FAILED in 0 s" in said.err.splitlines()


def test_the_closing_line_adds_up_the_reports(tmp_path: Path) -> None:
    suite = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'
    (tmp_path / "a.xml").write_text(suite.format(10, 1, 2, 3), encoding="utf-8")
    (tmp_path / "b.xml").write_text(suite.format(5, 0, 0, 0), encoding="utf-8")
    reports = [tmp_path / name for name in ("a.xml", "b.xml", "never-written.xml")]
    assert jobs.closing_line(reports) == "9 passed, 3 failed, 3 skipped"


def test_the_set_up_compiles_the_catalogues_whose_sources_changed(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "resources" / "words" / "fr"
    folder.mkdir(parents=True)
    source, made = folder / "window.po", folder.with_suffix(".mo")
    source.touch()
    jobs.compile_words(Path("python"))
    assert machine.lines == ["python -m installers.catalogues fr"]
    made.touch()
    os.utime(source, (1, 1))
    jobs.compile_words(Path("python"))
    assert len(machine.lines) == 1
    os.utime(made, (0, 0))
    jobs.compile_words(Path("python"))
    assert len(machine.lines) == 2


def test_a_compiled_catalogue_says_what_its_sources_say(tmp_path: Path) -> None:
    made = compile_into(tmp_path, "fr")
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("yes") == "oui"
    assert [path.name for path in tmp_path.iterdir()] == ["fr.mo"]
