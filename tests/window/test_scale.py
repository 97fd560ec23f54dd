"""Larger texts: bars, rows and columns grow with them, and nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import ROW_COMPACT, ROW_LIST, SIZES, Text
from tests import gallery, shots_settings
from tests.studio import Studio, make_example, settle, wait
from tests.window import on_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

SHOWN = (
    *(gallery.start, gallery.home, gallery.people, gallery.claims, gallery.draft, gallery.report),
    *(shots_settings.agreement, shots_settings.sites, shots_settings.operators, shots_settings.backups),
    *(shots_settings.passphrase, shots_settings.display, shots_settings.locked, shots_settings.recovery),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example(tmp_path_factory.mktemp("scale"), people=24, months=3)


@pytest.fixture(params=[125, 150])
def large(request: pytest.FixtureRequest, look: QApplication) -> Iterator[int]:
    theme.measure(look, request.param, "")
    yield request.param
    theme.measure(look, 100, "")


def test_nothing_is_cut_when_texts_are_larger(large: int, example: Path) -> None:
    studio = Studio(example)
    wrong: dict[str, str] = {}
    try:
        for shot in SHOWN:
            studio.frame.desk.close_file()
            settle(studio.frame)
            shot(studio)
            settle(studio.frame)
            wait(studio.frame, 30)
            for each in on_screen.cut_texts(studio.frame):
                wrong.setdefault(each, shot.__name__)
            studio.tidy()
    finally:
        studio.close()
    assert not wrong, "\n".join(f"{name}: {each}" for each, name in wrong.items())
    assert large == theme.state().scale


def test_fonts_and_rows_follow_what_was_chosen(look: QApplication) -> None:
    theme.measure(look, 150, "")
    assert theme.font(Text.BODY).pixelSize() == SIZES[Text.BODY][0] * 1.5
    assert theme.row_height(ROW_LIST) == ROW_LIST * 1.5
    theme.measure(look, 100, "compact")
    assert theme.row_height(ROW_LIST) == ROW_COMPACT
    assert theme.row_height(24) == 24, "rows that are low already stay"
    theme.measure(look, 100, "")
