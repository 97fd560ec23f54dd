"""PySide6 must not be able to use up the count of None, True and False (see `ltu_desktop.window`)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

import ltu_desktop.window as room

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_singletons_outlive_any_number_of_calls(qtbot: QtBot) -> None:
    assert room.__doc__
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(20_000):  # more than None's ordinary count
        assert widget.parentWidget() is None
        assert widget.isVisible() is False
    for single in (None, True, False, NotImplemented):
        assert sys.getrefcount(single) > 1 << 28
