"""Larger texts: bars, rows and columns grow with them. That nothing is cut, the walk finds (`test_walk`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import ROW_COMPACT, ROW_LIST, SIZES, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_fonts_and_rows_follow_what_was_chosen(look: QApplication) -> None:
    theme.measure(look, 150, "")
    assert theme.font(Text.BODY).pixelSize() == SIZES[Text.BODY][0] * 1.5
    assert theme.row_height(ROW_LIST) == ROW_LIST * 1.5
    theme.measure(look, 100, "compact")
    assert theme.row_height(ROW_LIST) == ROW_COMPACT
    assert theme.row_height(24) == 24, "rows that are low already stay"
    theme.measure(look, 100, "")
