"""What we ship is the wheel: it is built, unpacked and used here, apart from the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.documents.pdf_reader import Paper

ROOT = Path(__file__).parent.parent
WORKED_EXAMPLE: dict[str, Any] = {
    "period": "2024-01",
    "agreement": {"ceiling_fte": "100", "settings": {}, "overrides": []},
    "people": [
        {
            "id": "A1",
            "status": "ppde",
            "contracts": [{"start": "2023-09-01", "end": None, "weekly_hours": "35.00", "hourly_pay": "11.65"}],
            "months": {"2024-01": {"paid_hours": "151.67", "gross_pay": "1766.96", "absences": []}},
        }
    ],
}


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


def outside(installed: Path, *arguments: str, told: str = "") -> str:
    """Run Python with the unpacked wheel, away from the checkout, and return what it put out; `told` is a pattern."""
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
    assert re.fullmatch(told, done.stderr), done.stderr
    return done.stdout


def program(installed: Path, *arguments: str, told: str = "") -> str:
    return outside(installed, "-m", "ltu_desktop", *arguments, "--language", "en", told=told)


def test_the_wheel_holds_every_resource_and_compiled_catalogues(installed: Path) -> None:
    there = (path for path in (ROOT / "resources").rglob("*") if path.suffix != ".mo")  # the set-up's own
    sources = {path.relative_to(ROOT) for path in there if path.is_file()}
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


def test_the_installed_program_knows_its_commands_and_proves_its_schemes(installed: Path) -> None:
    assert "demande" in outside(installed, "-m", "ltu_desktop", "--language", "fr", "--help")
    listed = program(installed, "schemes", "list").splitlines()
    assert [line.split()[0] for line in listed] == [
        path.name for path in sorted((ROOT / "resources" / "schemes").iterdir())
    ]
    for line in program(installed, "schemes", "check").splitlines():
        agree, _of, total = line.partition(": ")[2].split()[:3]
        assert int(agree) == int(total) > 0


def test_the_installed_calculator_finds_the_worked_example(installed: Path) -> None:
    (installed.parent / "facts.json").write_text(json.dumps(WORKED_EXAMPLE), encoding="utf-8")
    answer = json.loads(program(installed, "compute", "fr-tzcld", "facts.json"))
    assert answer["totals"] == {
        "parts": {"state": "1678.61", "department": "251.79"},
        "total": "1930.40",
        "fte": "1.0000",
        "funded_fte": "1.0000",
    }


def test_the_installed_demo_writes_a_claim_that_says_one_sum_everywhere(installed: Path) -> None:
    size = ("--people", "12", "--months", "2", "--period", "2026-10")
    said = program(installed, "demo", *size, "--out", "demo", told=r"(\d+/\d+\n)+")
    folder = installed.parent / "demo"
    (data,) = folder.glob("*2026-10*.json")
    answer = json.loads(data.read_bytes())
    total = Decimal(answer["totals"]["total"])
    assert total == sum(Decimal(line["total"]) for line in answer["lines"]) > 0
    assert f"€{total:,}" in said

    paper = Paper(data.with_suffix(".pdf").read_bytes())
    assert answer["claim"]["sha256"][:4].upper() in paper.text(0)
    assert f"{total:,}" in paper.text(0)
    assert {name.partition(".")[2] for name in paper.pdf.attachments} == {"json", "xlsx"}

    book = load_workbook(data.with_suffix(".xlsx"), data_only=True)
    figures = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert float(total) in figures

    program(installed, "verify", f"demo/{data.stem}.pdf", "--store", "demo/demo.ltu")
