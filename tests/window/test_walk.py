"""A walk through every page, panel, drawer, popup and question that the gallery shows.

Everything is in one language and whole, nothing is cut or squeezed on an office screen nor on one at 125 % and at
150 %, nor when texts are larger by as much or 40 % longer; and everything tells a screen reader what it is.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.dialogs import Question
from ltu_desktop.window.form import text_field
from ltu_desktop.window.pieces import Elided
from ltu_desktop.words import Words
from tests.gallery import SHOTS
from tests.shots_names import SHOTS as LONG_NAMES  # the same in every language: in French will do
from tests.studio import Studio, make_example, settle, wait
from tests.window import on_screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.window.conftest import Desk

WIDE, AT_125, AT_150 = (1366, 768), (1093, 540), (911, 440)  # between title and task bar
PARTS = 10  # so that two workers share the walk, and no test takes long


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's file; workers side by side share the one that the first of them made, and only read it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make_example(tmp_path_factory.mktemp("walk"))
    folder = tmp_path_factory.getbasetemp().parent / "walk"
    told = folder / "made.txt"
    with FileLock(folder.with_suffix(".lock")):
        if not told.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one who broke off
            folder.mkdir()
            told.write_text(str(make_example(folder)), "utf-8")
    return Path(told.read_text("utf-8"))


def walk(studio: Studio, part: int, sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[str, QWidget, bool]]:
    """Show one thing of a part after the other, in each size; give its name with each window that then stands.

    And whether it stands there for the first time: what it says is the same in every size.
    """
    shots = SHOTS if studio.frame.words.language == "fr" else [each for each in SHOTS if each not in LONG_NAMES]
    for shot in shots[part * len(shots) // PARTS : (part + 1) * len(shots) // PARTS]:  # neighbours share their pages
        studio.frame.resize(*sizes[0])
        shot(studio)
        for width, height in sizes:
            studio.frame.resize(width, height)
            settle(studio.frame)
            wait(studio.frame, 30)
            yield f"{shot.__name__} {width}", studio.frame, (width, height) == sizes[0]
        for asked in studio.asked:
            yield shot.__name__, asked, True
        studio.tidy()


@pytest.fixture
def scale(request: pytest.FixtureRequest, look: QApplication) -> Iterator[int]:
    """Show texts in a size, in per cent."""
    theme.measure(look, request.param, "")
    yield request.param
    theme.measure(look, 100, "")


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # a question, on no screen
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(
    ("words", "sizes", "scale"),
    [
        (Words("fr"), (WIDE, AT_125, AT_150), 100),
        (Words("fr"), (WIDE,), 150),
        (on_screen.Longer(), (WIDE,), 100),
    ],
    ids=["fr", "fr_150", "longer_en"],
    indirect=["scale"],
)
def test_everything_is_whole_and_says_what_it_is(
    words: Words, sizes: Sequence[tuple[int, int]], scale: int, part: int, example: Path
) -> None:
    foreign = on_screen.english_only() if words.language == "fr" else set()
    wrong: dict[str, str] = {}
    assert theme.state().scale == scale
    studio = Studio(example, words=words, size=sizes[0])
    try:
        for name, root, first in walk(studio, part, sizes):
            found = [f"cut: {each}" for each in on_screen.cut_texts(root)]
            found += [f"squeezed: {each}" for each in on_screen.squeezed(root)]
            if words.language == "fr" and scale == 100:  # words made longer, or letters larger, may be shortened
                found += [f"shortened: {each}" for each in on_screen.cut_names(root)]
            if first:
                found += [f"says no name: {each}" for each in on_screen.nameless(root)]
                found += [f"says nothing: {each}" for each in on_screen.silent_cells(root)]
                for text in on_screen.shown_texts(root):
                    if re.search(r"\{\w+\}", text) or re.fullmatch(r"[a-z]+(_[a-z]+)+", text):
                        found.append(f"raw: {text!r}")
                    if text in foreign:
                        found.append(f"English: {text!r}")
            for each in found:
                wrong.setdefault(each, name)
    finally:
        studio.close()
    assert not wrong, "\n".join(f"{name}: {each}" for each, name in wrong.items())


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # a question, on no screen
def test_a_question_is_as_high_as_what_it_says(month: Desk) -> None:
    asked = Question(
        month.frame, "Sceller ?", "Une fois scellée, elle ne pourra plus être modifiée. " * 2, "Oui", "Non"
    )
    layout = asked.layout()
    assert layout is not None
    asked.show()
    month.rest()
    assert asked.height() == layout.totalHeightForWidth(asked.width())
    asked.close()
    asked.deleteLater()


def test_the_measure_finds_what_is_cut_and_what_has_no_name(qapp: QApplication) -> None:
    root = QWidget()
    root.resize(300, 200)
    QLineEdit(root)
    QLabel("Too long for its room", root).resize(20, 20)
    QPushButton("A whole word", root).resize(10, 20)
    short = Elided("Shortened with its tooltip")
    short.setParent(root)
    short.resize(20, 20)
    field = text_field("A name longer than its field")
    field.setParent(root)
    field.resize(60, 60)
    root.show()
    assert [text.split("'")[1] for text in on_screen.cut_texts(root)] == ["Too long for its room", "A whole word"]
    assert on_screen.nameless(root) == ["QLineEdit in QWidget"]
    assert [text.split("'")[1] for text in on_screen.cut_names(root)] == ["A name longer than its field"]
    root.close()
    assert qapp.focusWidget() is None


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_the_measure_finds_what_is_squeezed_and_what_lies_over_its_neighbour(qapp: QApplication) -> None:
    root = QWidget()
    across = QHBoxLayout(root)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    for text in ("One", "Two"):
        across.addWidget(QPushButton(text))
    root.resize(200, 40)
    root.show()
    assert on_screen.squeezed(root) == []
    across.itemAt(1).widget().setGeometry(90, 0, 20, 40)  # type: ignore[union-attr]
    found = on_screen.squeezed(root)
    assert [each.split("(")[0].strip() for each in found] == [
        "QPushButton 'One' lies over QPushButton 'Two'",
        "QPushButton 'Two' is",
    ]
    root.close()
    assert qapp.focusWidget() is None


def test_longer_words_are_longer_and_keep_their_places() -> None:
    longer = on_screen.Longer()
    assert longer.text("Backed up: {path}", path="a.ltu") == "Bâçkéddé ûpp: a.ltu"
    assert len(longer.text("Settings")) == round(len("Settings") * 1.4)
    assert longer.plural("{count} day", "{count} days", 3) == "3 dâÿssÿ"
