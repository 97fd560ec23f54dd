"""LTU Desktop: people, attendance and wage-subsidy claims of a job factory, in one offline file.

Rooms, from the top: `__main__`, `cli` and `app` (the two doors), `window`, `actions`, `documents` and `intake`,
`queries`, `store`, `words`, `rules`. A room imports only rooms below it; `pyproject.toml` holds the contract.
"""

from pathlib import Path

__version__ = "0.1.0"

_inside = Path(__file__).parent / "resources"

RESOURCES: Path = _inside if _inside.is_dir() else Path(__file__).parent.parent / "resources"
"""Folder of the packed data (schemes, words, demo, help): inside the wheel, or beside the package in a checkout."""
