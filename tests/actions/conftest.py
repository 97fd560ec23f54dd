"""The worlds that most tests of actions begin in; a file that needs another one says so under the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.ground_world import Ground, ground
from tests.actions.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ground]:
    """A file whose people have contracts, to be planned and to be present."""
    made = ground(tmp_path / "a.ltu")
    yield made
    made.close()


@pytest.fixture
def garden(world: Ground) -> bytes:
    """An activity of that file."""
    return world.activity("MAR", "Maraîchage")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty file, with short ways to import and to look."""
    made = Office(tmp_path / "a.ltu")
    yield made
    made.close()
