"""What the README says can be done, done: its first claim, line by line."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ltu_desktop import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = Path("tests", "intake", "october")


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 12, 10, 42, tzinfo=UTC)


def test_the_first_claim_goes_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / SAMPLE, tmp_path / SAMPLE)
    monkeypatch.chdir(tmp_path)
    block = README.partition("## A first claim in ten lines")[2].partition("\n## ")[0]
    lines = re.findall(r"^    (ltu-desktop .*)$", block.replace("\\\n    ", ""), re.MULTILINE)
    assert len(lines) == 8
    said = {}
    for line in lines:
        _program, *words = shlex.split(line, comments=True)
        assert cli.main([*words, "--language", "en"], clock=Clock()) == 0, line
        said[" ".join(words[:2])] = capsys.readouterr().out
    expected = json.loads((ROOT / SAMPLE / "expected.json").read_text(encoding="utf-8"))
    total = f"€{Decimal(expected['totals']['state']) + Decimal(expected['totals']['department']):,}"
    assert total in said["claim seal"]
    assert "Nothing stands in the way" in said["claim check"]
    assert "claim.pdf is intact" in said["verify claim.pdf"]
    assert "sealed the claim for October 2026" in said["journal --store"]


def test_every_path_it_names_is_there() -> None:
    named = re.findall(r"`(installers[^` ]*|tests[^` ]*|resources[^` ]*|ltu_desktop/[^` ]*|pyproject\.toml)`", README)
    pictures = re.findall(r"\]\(([^):]+)\)", README)
    assert len(pictures) >= 3
    missing = [path for path in (*named, *pictures) if not (ROOT / path).exists()]
    assert not missing
