"""What we ship is the wheel: it is built, unpacked and used here, apart from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of libraries that the wheel, built without network, was unpacked into."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def outside(installed: Path, *arguments: str) -> str:
    """Run Python with the unpacked wheel, away from the checkout, and return its standard output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=installed.parent,
        env=os.environ | {"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_the_wheel_holds_every_resource_and_compiled_catalogues(installed: Path) -> None:
    sources = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    packed = {
        path.relative_to(installed / "ltu_desktop") for path in (installed / "ltu_desktop/resources").rglob("*.*")
    }
    catalogues = {Path("resources/words", f"{path.parts[2]}.mo") for path in sources if path.suffix == ".po"}
    assert packed == {path for path in sources if path.suffix != ".po"} | catalogues


def test_the_installed_program_speaks_french_without_the_compiler_of_catalogues(installed: Path) -> None:
    said = outside(
        installed,
        "-c",
        "import sys, ltu_desktop, ltu_desktop.words as w\n"
        "print(ltu_desktop.__file__); print(ltu_desktop.RESOURCES)\n"
        "print(w.Words('fr').text('yes')); print('babel.messages' in sys.modules)",
    ).splitlines()
    inside = installed / "ltu_desktop"
    assert said == [str(inside / "__init__.py"), str(inside / "resources"), "oui", "False"]


def test_the_wheel_carries_the_licence_and_no_foreign_file(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir()}
    (about,) = (name for name in tops if name.endswith(".dist-info"))
    assert tops == {"ltu_desktop", about}
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (installed / about / "licenses" / "LICENSE").read_text("utf-8")
    assert "\nLicense-Expression: EUPL-1.2\n" in (installed / about / "METADATA").read_text("utf-8")
