"""The wheel's own step: resources inside the package, catalogues compiled."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from hatchling.builders.config import BuilderConfig

    Hook = BuildHookInterface[BuilderConfig]
else:
    Hook = BuildHookInterface


class Resources(Hook):
    """Pack `resources/` as `ltu_desktop/resources`, with `words/<language>.mo` in place of the `.po` sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to add; an editable install reads them from the checkout instead."""
        if version == "editable":
            return
        root = Path(self.root)
        packed = build_data["force_include"]
        for path in sorted((root / "resources").rglob("*")):
            if path.is_file() and path.suffix not in {".po", ".mo"}:
                packed[str(path)] = f"ltu_desktop/{path.relative_to(root).as_posix()}"
        sys.path.insert(0, str(root))
        from ltu_desktop.words import compile_catalogue

        self._scratch = tempfile.TemporaryDirectory()
        for language in sorted({path.parent.name for path in (root / "resources" / "words").glob("*/*.po")}):
            compiled = Path(self._scratch.name, f"{language}.mo")
            compiled.write_bytes(compile_catalogue(language))
            packed[str(compiled)] = f"ltu_desktop/resources/words/{language}.mo"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  hatchling calls it so
        """Remove the compiled catalogues, which now lie in the wheel."""
        if version != "editable":
            self._scratch.cleanup()
