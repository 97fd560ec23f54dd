"""Each finding has its sentence, and each sentence its finding."""

from __future__ import annotations

import re
from pathlib import Path

import ltu_desktop.intake
from ltu_desktop.intake.sentences import SENTENCES
from ltu_desktop.intake.staff import FIELDS

SOURCES = "".join(path.read_text("utf-8") for path in Path(ltu_desktop.intake.__file__).parent.glob("*.py"))
COMPUTED = {f"{field}_unknown" for field in FIELDS} | {f"{field}_twice" for field in ("staff_number", "nir")}


def test_codes_and_sentences_agree() -> None:
    said = set(re.findall(r"""(?:Finding|find|_find)\(\s*"(\w+)\"""", SOURCES))
    quoted = set(re.findall(r'"(\w+)"', SOURCES))
    assert said
    assert said <= set(SENTENCES)
    assert set(SENTENCES) <= quoted | COMPUTED
    computed = {code for code in SENTENCES if not re.search(rf'"{code}"(?!: N_)', SOURCES)}
    assert computed == {"status_unknown", "sex_unknown", "staff_number_twice", "nir_twice"}
