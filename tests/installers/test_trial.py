"""How a built program is tried: built first when asked, a failure told in words with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.machine import SetupError
from installers.self_test import FailedError, try_built


def test_it_is_built_only_when_asked_and_tried_where_it_lies(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[tuple[str, Path]] = []

    def build(out: Path) -> None:
        done.append(("built", out))

    def run(out: Path) -> None:
        done.append(("tried", out))

    assert try_built([], "", "The package", Path("/out"), build, run) == 0
    assert done == [("tried", Path("/out"))]
    assert try_built(["--build", "--out", "/elsewhere"], "", "The package", Path("/out"), build, run) == 0
    assert done[1:] == [("built", Path("/elsewhere")), ("tried", Path("/elsewhere"))]
    assert "The package is as it should be" in capsys.readouterr().err


@pytest.mark.parametrize("failure", [SetupError("Xvfb does not start."), FailedError("It differs.")])
def test_what_fails_is_told(failure: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    def run(_out: Path) -> None:
        raise failure

    assert try_built([], "", "The package", Path("/out"), lambda _out: None, run) == 2
    assert str(failure) in capsys.readouterr().err
