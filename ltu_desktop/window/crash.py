"""Reports of our own mistakes: where in the program, never with what values, so that they hold no personal data."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop import __version__, places

if TYPE_CHECKING:
    from ltu_desktop.rules.clock import Clock


def write_report(error: BaseException, clock: Clock, folder: Path | None = None) -> Path:
    """Write the kind of mistake and the lines of code that led to it; the message is left out, it may hold a name."""
    folder = folder or places.reports()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"mistake-{clock.now():%Y-%m-%d-%H%M%S}.txt"
    lines = [f"LTU Desktop {__version__}", type(error).__name__]
    lines += [
        f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
