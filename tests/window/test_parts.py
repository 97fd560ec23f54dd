"""The parts of the window: pages that come when they are wanted, each part dressed, another appearance without a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.page import Page
from ltu_desktop.window.pages import PAGES
from ltu_desktop.window.ring import FocusRing
from ltu_desktop.window.tokens import DARK, LIGHT, Appearance

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.window.conftest import Desk


def test_a_page_is_made_at_its_first_visit_and_kept(make_window: Callable[..., Desk]) -> None:
    window = make_window()
    assert window.frame.pages.made() == []
    page = window.frame.pages["claims"]
    assert window.frame.pages["claims"] is page
    assert window.frame.pages.made() == [page]


def test_each_page_answers_to_its_name(month: Desk) -> None:
    for code in PAGES:
        page = month.frame.pages[code]
        assert isinstance(page, Page)
        assert page.code == code
    assert list(month.frame.pages) == list(PAGES)


def dressed(widget: QWidget) -> bool:
    """Tell whether a widget takes our style sheet: it or what holds it was given one."""
    above: QWidget | None = widget
    while above is not None and not above.styleSheet():
        above = above.parentWidget()
    return above is not None


def test_every_part_of_the_window_is_dressed(month: Desk) -> None:
    frame = month.frame
    for command in ("view.help", "view.palette", "view.keys", "view.history"):
        frame.commands.do(command)
        month.rest()
    bare = [
        widget
        for widget in frame.findChildren(QWidget)
        if widget.property("ground") or widget.property("rule") or widget.property("tone") or widget.property("popup")
        if not dressed(widget)
    ]
    assert bare == []
    menu = frame.menu()
    assert dressed(menu)
    menu.deleteLater()
    assert not dressed(FocusRing(frame)), "the measure knows what is bare"


def test_another_appearance_reaches_what_is_hidden_too(month: Desk, look: QApplication) -> None:
    month.go("claims")
    month.go("people")
    theme.apply(look, Appearance.DARK)
    try:
        people, claims = month.frame.pages["people"], month.frame.pages["claims"]
        assert DARK.canvas in people.styleSheet()
        while theme.state().waiting:  # the hidden ones come one by one
            look.processEvents()
        assert DARK.canvas in claims.styleSheet()
    finally:
        theme.apply(look, Appearance.LIGHT)
    assert LIGHT.canvas in people.styleSheet()
