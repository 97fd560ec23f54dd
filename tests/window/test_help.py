"""The help: a page for each page in both languages, no dead link, with our looks; it follows the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QPixmap, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser

from ltu_desktop import RESOURCES
from ltu_desktop.window import theme
from ltu_desktop.window.commands import BY_CODE
from ltu_desktop.window.drawer import WIDTH
from ltu_desktop.window.tokens import SIZES, Appearance, Text
from ltu_desktop.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.window.conftest import Desk

PAGES = sorted((RESOURCES / "help").rglob("*.md"))


def name(path: Path) -> str:
    return "/".join(path.parts[-2:])


def test_every_page_has_its_help_in_both_languages(month: Desk) -> None:
    wanted = {f"{language}/{page}.md" for language in LANGUAGES for page in ("start", *month.frame.pages)}
    assert wanted <= {name(path) for path in PAGES}


def test_both_languages_have_the_same_pages() -> None:
    by_language = [{path.name for path in PAGES if path.parent.name == language} for language in LANGUAGES]
    assert by_language[0] == by_language[1]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_link_is_dead_and_no_picture_missing(path: Path) -> None:
    text = path.read_text("utf-8")
    for link in re.findall(r"\[[^]]+]\(([^)]+)\)", text):
        scheme, _, command = link.partition(":")
        assert command in BY_CODE if scheme == "do" else (path.parent / link).is_file(), link
    heads = re.findall(r"^(#+) ", text, re.MULTILINE)
    assert heads[0] == "#"
    assert set(heads[1:]) == {"##"}


def test_the_help_has_its_own_pictures_of_light_weight() -> None:
    pictures = sorted((RESOURCES / "help" / "pictures").glob("*.png"))
    assert 8 <= len(pictures) <= 12
    assert max(path.stat().st_size for path in pictures) < 60_000
    shown = {Path(link).name for path in PAGES for link in re.findall(r"!\[[^]]+]\(([^)]+)\)", path.read_text("utf-8"))}
    assert shown == {path.name for path in pictures}
    dark = sorted((RESOURCES / "help" / "pictures" / "dark").glob("*.png"))
    assert [path.name for path in dark] == [path.name for path in pictures]
    assert max(path.stat().st_size for path in dark) < 60_000


def test_a_picture_fits_the_drawer(month: Desk) -> None:
    month.go("people")
    month.frame.commands.do("view.help")
    month.rest()
    text = month.frame.drawers.help.text
    assert (
        text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("../pictures/people-fr.png")) is not None
    )
    assert text.document().idealWidth() <= text.viewport().width()
    assert text.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("path", [each for each in PAGES if each.parent.name == "fr"], ids=name)
def test_french_is_set_as_the_french_set_it(path: Path) -> None:
    text = re.sub(r"!\[([^]]*)\]\([^)]*\)", r"\1", path.read_text("utf-8"))
    text = re.sub(r"\]\([^)]*\)", "]", text)
    assert re.findall(r".{0,12}(?:(?<!\u202f)[?!;]|(?<!\u00a0):|«(?!\u00a0)|(?<!\u00a0)»|').{0,12}", text) == []


def test_f1_shows_the_help_for_the_page_and_follows(month: Desk) -> None:
    month.go("people")
    QTest.keyClick(month.frame, Qt.Key.Key_F1)
    month.rest()
    drawer = month.frame.drawers.help
    assert drawer.isVisible()
    assert drawer.text.toPlainText().startswith("Personnes\n")
    month.go("claims")
    assert drawer.page == "claims"
    QTest.keyClick(month.frame, Qt.Key.Key_F1)
    assert not drawer.isVisible()
    assert month.frame.drawers.open is None


def test_links_lead_from_page_to_page_and_to_the_keys(month: Desk) -> None:
    month.go("people")
    month.frame.commands.do("view.help")
    drawer = month.frame.drawers.help
    drawer.text.anchorClicked.emit(QUrl("settings.md"))
    assert drawer.page == "settings"
    drawer.text.anchorClicked.emit(QUrl("do:view.keys"))
    month.rest()
    assert month.frame.keys_help.isVisible()
    month.frame.keys_help.vanish()


def test_the_first_page_has_its_help_in_english(make_window: Callable[..., Desk]) -> None:
    window = make_window("en")
    QTest.keyClick(window.frame, Qt.Key.Key_F1)
    window.rest()
    drawer = window.frame.drawers.help
    assert drawer.text.toPlainText().startswith("First screen\n")
    assert drawer.height() == window.frame.outer.height()
    QTest.keyClick(drawer.text, Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def drawn(text: QTextBrowser) -> QImage:
    """The first picture of a text, as it is found."""
    cursor = QTextCursor(text.document())
    while not cursor.charFormat().isImageFormat():
        assert cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    address = QUrl(cursor.charFormat().toImageFormat().name())
    found = text.document().resource(QTextDocument.ResourceType.ImageResource.value, address)
    assert isinstance(found, QPixmap)
    return found.toImage()


def test_its_text_takes_our_font_and_the_colours_in_force(month: Desk, look: QApplication) -> None:
    month.go("people")
    month.frame.commands.do("view.help")
    month.rest()
    drawer = month.frame.drawers.help
    for appearance in Appearance:
        theme.apply(look, appearance)
        picture = drawn(drawer.text)
        assert (picture.pixelColor(0, 0).lightness() < 60) is (appearance is not Appearance.LIGHT), (
            "its pictures are of the same appearance"
        )
        cursor = QTextCursor(drawer.text.document())
        cursor.setPosition(3)
        assert cursor.charFormat().foreground().color() == theme.colour("text")
        assert cursor.charFormat().font().family() == theme.FAMILY
        assert cursor.charFormat().font().pixelSize() == SIZES[Text.TITLE][0]
    assert drawer.text.verticalScrollBar().value() == 0


def test_a_wide_window_makes_room_beside_the_page(
    make_window: Callable[..., Desk], open_month: Path, tmp_path: Path
) -> None:
    path = tmp_path / "large.ltu"
    path.write_bytes(open_month.read_bytes())
    window = make_window("fr", (1920, 1080))
    window.open(path)
    window.frame.commands.do("view.help")
    window.rest()
    drawer, stack = window.frame.drawers.help, window.frame.stack
    assert stack.mapTo(window.frame, stack.rect().topRight()).x() < drawer.x()
    window.frame.resize(1366, 768)
    window.rest()
    assert stack.mapTo(window.frame, stack.rect().topRight()).x() < drawer.x()
    assert not window.frame.pages["home"].head.context.isVisible()  # what is left is narrow
    window.frame.resize(1093, 614)
    window.rest()
    assert drawer.geometry().right() == window.frame.outer.geometry().right()
    assert stack.width() > 1093 - 80 - WIDTH
    window.frame.commands.do("view.help")
