"""The parts of the window: pages that come when they are wanted, each part dressed, another appearance without a stop."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop.window import ahead, theme
from ltu_desktop.window.ahead import Ahead
from ltu_desktop.window.controls import Button
from ltu_desktop.window.page import Page
from ltu_desktop.window.pages import PAGES
from ltu_desktop.window.pieces import Clickable
from ltu_desktop.window.ring import FocusRing
from ltu_desktop.window.tokens import DARK, LIGHT, Appearance
from tests.studio import wait

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from PySide6.QtGui import QPaintEvent

    from tests.window.conftest import Desk


def test_a_page_is_made_at_its_first_visit_and_kept(make_window: Callable[..., Desk]) -> None:
    window = make_window()
    assert window.frame.pages.made() == []
    page = window.frame.pages["claims"]
    assert window.frame.pages["claims"] is page
    assert window.frame.pages.made() == [page]


def test_pages_are_made_ahead_one_step_at_a_time_while_nothing_else_is_done(
    month: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST", "EVERY"):
        monkeypatch.setattr(ahead, name, 0)
    frame = month.frame
    focus, shown, before = QApplication.focusWidget(), frame.page, len(frame.pages.made())
    made = Ahead(frame)
    counts = [before]
    with monkeypatch.context() as held:
        held.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
        wait(frame, 60)
        assert len(frame.pages.made()) == before, "a drag is under way"
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)  # a drawn drag is never let go
    while made.waits():
        QApplication.processEvents()
        counts.append(len(frame.pages.made()))
    assert counts[-1] == len(PAGES)
    assert {later - earlier for earlier, later in pairwise(counts)} == {0, 1}
    assert (QApplication.focusWidget(), frame.page) == (focus, shown)
    wait(frame, 20)
    assert [page.code for page in frame.pages.made() if page.isVisible()] == ["people"]


def test_nothing_is_made_ahead_while_no_file_is_open(
    make_window: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "FIRST", 0)
    frame = make_window().frame
    made = Ahead(frame)
    wait(frame, 60)
    assert frame.pages.made() == []
    made.stop()


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


def test_a_button_is_drawn_again_when_the_pointer_comes_and_goes(look: QApplication) -> None:
    drawn: list[tuple[type[QWidget], bool]] = []

    class LitButton(Button):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
            drawn.append((Button, self.underMouse()))
            super().paintEvent(event)

    class LitArea(Clickable):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
            drawn.append((Clickable, self.underMouse()))
            super().paintEvent(event)

    ground = QWidget()
    for at, each in enumerate((LitButton("Enregistrer", parent=ground), LitArea(ground))):
        each.setGeometry(20, 20 + 60 * at, 120, 40)
    ground.resize(200, 200)
    ground.show()
    QTest.qWaitForWindowExposed(ground)
    QTest.mouseMove(ground.windowHandle(), QPoint(190, 190))
    look.processEvents()
    drawn.clear()
    for place in (QPoint(80, 40), QPoint(190, 190), QPoint(80, 100), QPoint(190, 190)):
        QTest.mouseMove(ground.windowHandle(), place)
        look.processEvents()
    assert drawn == [(Button, True), (Button, False), (Clickable, True), (Clickable, False)]
    ground.deleteLater()


def test_another_appearance_reaches_what_is_hidden_too(month: Desk, look: QApplication) -> None:
    month.go("claims")
    month.go("people")
    theme.apply(look, Appearance.DARK)
    try:
        people, claims = month.frame.pages["people"], month.frame.pages["claims"]
        left, half = [], []
        while theme.state().changing:  # the hidden ones come one by one, and the window is at work in between
            left.append((len(theme.state().waiting), claims.styleSheet()))
            half.append(people.updatesEnabled() and DARK.canvas not in people.styleSheet())
            look.processEvents()
        assert not any(half), "nothing is seen in half of its colours"
        assert people.updatesEnabled()
        assert DARK.canvas in people.styleSheet()
        assert len({count for count, _ in left}) > 1
        assert "" in [sheet for _, sheet in left], "undressed in a turn of its own"
        assert DARK.canvas in claims.styleSheet()
    finally:
        theme.apply(look, Appearance.LIGHT)
        month.rest()
    assert LIGHT.canvas in people.styleSheet()
