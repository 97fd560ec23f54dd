"""Where the program keeps what is not in anybody's file: settings, the example, rules packs, reports of mistakes.

Beside a portable program (on a USB key) that is its folder `portable`; otherwise it is where the system wants it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

NAME = "LTU Desktop"


def portable() -> Path | None:
    """Return the folder `portable` beside the program, None when there is none: then it was installed."""
    folder = Path(sys.executable).parent / "portable"
    return folder if folder.is_dir() else None


def settings() -> Path:
    """Return the folder of the settings."""
    return portable() or Path(platformdirs.user_config_dir(NAME, appauthor=False))


def data() -> Path:
    """Return the folder of the example and the rules packs."""
    return portable() or Path(platformdirs.user_data_dir(NAME, appauthor=False))


def reports() -> Path:
    """Return the folder of the reports of our mistakes."""
    beside = portable()
    return beside / "reports" if beside else Path(platformdirs.user_log_dir(NAME, appauthor=False))
