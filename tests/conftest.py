"""What every test can count on."""

from __future__ import annotations

import gc
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage
from hypothesis import settings

from installers import jobs

if TYPE_CHECKING:
    from collections.abc import Generator

# machines differ in speed: no law of ours is about time; the same examples on each run, no folder left behind
settings.register_profile("ours", deadline=None, database=None, derandomize=True)
settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know pytest-qt's setting also where Qt is not installed (`installers/bootstrap.py test` runs so)."""
    if importlib.util.find_spec("pytestqt") is None:
        parser.addini("qt_log_level_fail", "read by pytest-qt only")


def pytest_configure(config: pytest.Config) -> None:
    """Name our marker."""
    config.addinivalue_line("markers", "untraced: runs much and long, and no branch that other tests do not run")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Trace branches in the tests of the rooms that must have them all run, and in no others: it doubles their time."""
    rooms = [Path(__file__).parent / room for room in jobs.PROVEN]
    proving = item.path.parent in rooms and item.get_closest_marker("untraced") is None
    tracer = None if proving else Coverage.current()
    if tracer is None:
        return (yield)
    tracer.stop()
    try:
        return (yield)
    finally:
        tracer.start()


def pytest_collection_finish() -> None:
    """Spare the collector all that was imported: it stays to the end, and windows collect what they leave."""
    gc.freeze()
