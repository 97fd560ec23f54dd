"""What every test can count on."""

from __future__ import annotations

import gc
import importlib.util
from pathlib import Path

import pytest
from hypothesis import settings

from installers import jobs

# machines differ in speed: no law of ours is about time; the same examples on each run, no folder left behind
settings.register_profile("ours", deadline=None, database=None, derandomize=True)
settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know pytest-qt's setting also where Qt is not installed (`installers/bootstrap.py test` runs so)."""
    if importlib.util.find_spec("pytestqt") is None:
        parser.addini("qt_log_level_fail", "read by pytest-qt only")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Trace branches in the tests of the rooms that must have them all run, and in no others: it takes its time."""
    rooms = [Path(__file__).parent / room for room in jobs.PROVEN]
    for item in items:
        if item.path.parent not in rooms:
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Spare the collector all that was imported: it stays to the end, and windows collect what they leave."""
    gc.freeze()
