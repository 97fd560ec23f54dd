"""What all built programs share: the allow-list, the lock of one system, the licences, the version."""

from __future__ import annotations

import re
import struct
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installers import bundle
from installers.machine import SetupError
from installers.windows import build as windows
from ltu_desktop import RESOURCES, __version__, licences, places

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "installers/locks/runtime.txt").read_text(encoding="utf-8")


def kept(names: list[str], text: str, system: str = "linux") -> list[str]:
    return bundle.chosen(names, bundle.allow_list(text), system)[0]


def test_only_what_the_allow_list_names_is_kept() -> None:
    names = ["a/one.py", "a/b/two.py", "a/one.txt", "tests/c.py", "a/tests/d.py"]
    assert kept(names, "**/*.py\n!**/tests/**  # not shipped") == ["a/one.py", "a/b/two.py"]
    assert kept(names, "a/*") == ["a/one.py", "a/one.txt"]
    assert kept(names, "") == []


def test_the_last_line_that_matches_decides_and_a_section_is_for_one_system() -> None:
    names = ["lib/x.dll", "lib/x.so", "lib/y.so"]
    text = "[windows]\nlib/*.dll\n[linux]\nlib/*.so\n!lib/y.so\n[all]\n!lib/z*"
    assert kept(names, text, "windows") == ["lib/x.dll"]
    assert kept(names, text, "linux") == ["lib/x.so"]


def test_a_line_that_names_nothing_any_more_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, listed = tmp_path / "tree", tmp_path / "keep.txt"
    (tree / "a").mkdir(parents=True)
    (tree / "a/one.py").touch()
    (tree / "a/two.txt").touch()
    monkeypatch.setattr(bundle, "KEEP", listed)
    listed.write_text("a/*.py\nb/*.py\n", encoding="utf-8")
    with pytest.raises(SetupError, match=r"b/\*\.py"):
        bundle.prune(tree, bundle.LINUX)
    assert bundle.files_of(tree) == ["a/one.py", "a/two.txt"]
    listed.write_text("a/*.py\n", encoding="utf-8")
    bundle.prune(tree, bundle.LINUX)
    assert bundle.files_of(tree) == ["a/one.py"]


def entries(lock: str) -> dict[str, str]:
    found = [each for each in re.split(r"^(?=\S)", lock, flags=re.MULTILINE) if each and each[0] != "#"]
    return {canonicalize_name(Requirement(each.partition(" \\")[0]).name): each for each in found}


def test_a_lock_for_one_system_has_no_markers_and_all_hashes() -> None:
    whole = entries(LOCK)
    for target in (bundle.WINDOWS, bundle.LINUX):
        mine = entries(bundle.lock_for(target, LOCK))
        assert not any(" ; " in each for each in mine.values())
        assert {name: each.count("--hash") for name, each in mine.items()} == {
            name: each.count("--hash") for name, each in whole.items() if name in mine
        }
        assert whole.keys() - mine.keys() == ({"tzdata"} if target is bundle.LINUX else set())


def test_each_library_of_the_lock_has_its_licence_told() -> None:
    told = tomllib.loads((RESOURCES / "licences/parts.toml").read_text(encoding="utf-8"))["part"]
    assert [part["name"] for part in told] == sorted(entries(LOCK))
    assert all(part["licence"] for part in told)


def test_about_names_the_versions_that_are_locked_and_finds_a_text_for_each() -> None:
    locked = {name: each.partition("==")[2].split()[0] for name, each in entries(LOCK).items()}
    found = {part.name: part.version for part in licences.parts() if part.name != "Python"}
    assert found.items() <= locked.items()
    assert len(found) > 20
    for name in found:
        text = "\n".join(licences.texts_of(name))
        assert len(text) > 300, name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in "".join(licences.texts_of("PySide6_Essentials")) or (
        "pyside6-essentials" not in found  # the step without Qt
    )


def test_version_project_and_changelog_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__ == bundle.version()
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = [each for each in headings if each != "Unreleased"]
    assert released[:1] in ([], [__version__])
    assert headings
    assert windows.numbers("1.2.3") == ["1", "2", "3", "0"]
    assert windows.numbers("1.2") == ["1", "2", "0", "0"]


def test_the_moment_of_all_files_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert bundle.build_time() == 86400


def test_a_tree_is_told_by_its_content_alone(tmp_path: Path) -> None:
    for name, order in (("one", ("b.txt", "a.txt")), ("two", ("a.txt", "b.txt"))):
        (tmp_path / name).mkdir()
        for each in order:
            (tmp_path / name / each).write_text(each, encoding="utf-8")
        bundle.settle(tmp_path / name, 1_000_000)
    one, two = bundle.manifest(tmp_path / "one"), bundle.manifest(tmp_path / "two")
    assert one == two
    assert [line.split()[1:] for line in one.splitlines()] == [["5", "a.txt"], ["5", "b.txt"]]
    assert {path.stat().st_mtime for path in tmp_path.rglob("*.txt")} == {1_000_000}


def test_the_icon_has_every_size_that_windows_asks_for() -> None:
    data = (RESOURCES / "icons/ltu-desktop.ico").read_bytes()
    (count,) = struct.unpack("<H", data[4:6])
    sizes = [data[6 + 16 * at] or 256 for at in range(count)]
    assert sizes == [16, 20, 24, 32, 40, 48, 64, 256]
    for at in range(count):
        length, place = struct.unpack("<II", data[14 + 16 * at : 22 + 16 * at])
        assert data[place : place + 8] == b"\x89PNG\r\n\x1a\n"
        assert place + length <= len(data)


def test_a_portable_program_keeps_all_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "LTU Desktop.exe"))
    outside = [places.settings(), places.data(), places.reports()]
    assert places.portable() is None
    assert not any(path.is_relative_to(tmp_path) for path in outside)
    beside = tmp_path / "portable"
    beside.mkdir()
    assert [places.settings(), places.data(), places.reports()] == [beside, beside, beside / "reports"]
