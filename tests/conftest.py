"""What every test can count on."""

from __future__ import annotations

import importlib.util

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know pytest-qt's setting also where Qt is not installed (`installers/bootstrap.py test` runs so)."""
    if importlib.util.find_spec("pytestqt") is None:
        parser.addini("qt_log_level_fail", "read by pytest-qt only")
