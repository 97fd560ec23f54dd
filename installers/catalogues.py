"""Compile catalogues beside their sources, as the set-up does: `python -m installers.catalogues fr`."""

from __future__ import annotations

import sys
from pathlib import Path

from ltu_desktop import RESOURCES
from ltu_desktop.words import compile_catalogue


def compile_into(folder: Path, language: str) -> Path:
    """Write `<language>.mo` into a folder, whole or not at all; return where it is."""
    made, scratch = folder / f"{language}.mo", folder / f"{language}.mo.new"
    scratch.write_bytes(compile_catalogue(language))
    scratch.replace(made)
    return made


if __name__ == "__main__":
    for name in sys.argv[1:]:
        compile_into(RESOURCES / "words", name)
