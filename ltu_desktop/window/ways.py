"""The ways through the window: from page to page, back, to the next pane, to the field that filters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.focus import first_focusable
from ltu_desktop.window.tokens import NARROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.window.frame import Frame
    from ltu_desktop.window.page import Page

SETTINGS = ("sites", "operators", "passphrase", "deleted")  # sections that are commands of their own


@runtime_checkable
class Tells(Protocol):
    """What has keys of its own: a panel, a popup, a form."""

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys most useful inside; none to leave it to what is around."""


class Ways(QObject):
    """Leads the frame's user; `page` is where she is."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, frame.desk
        self.page: Page | None = None
        self._compact = False  # the page, when it was fitted last
        self._desk.go.connect(self.go)
        frame.outer.currentChanged.connect(lambda _at: self._tell_drawers())
        frame.drawers.hinted.connect(self.say_keys)
        frame.drawers.placed.connect(self._make_room)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._look)

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what leads elsewhere, on every page."""
        frame, desk = self._frame, self._desk
        pages = [code for code in frame.pages if f"page.{code}" in frame.commands.actions]
        return {
            "month.previous": lambda: desk.set_month(desk.month.plus(-1)),
            "month.next": lambda: desk.set_month(desk.month.plus(1)),
            "view.filter": self._to_filter,
            "view.pane": self._next_pane,
            "view.back": self._back,
            "view.help": lambda: frame.drawers.toggle("help"),
            "view.history": lambda: frame.drawers.toggle("history"),
            "view.about": lambda: frame.drawers.toggle("about"),
            "view.activities": lambda: self.go("activities"),
            **{f"settings.{code}": partial(self.go, "settings", code) for code in SETTINGS},
            **{f"page.{code}": partial(self.go, code) for code in pages},
        }

    def go(self, code: str, what: object = None) -> None:
        """Show a page, and on it what is asked for."""
        frame = self._frame
        page = frame.pages[code]
        frame.trouble.dismiss()
        page.show_what(what)
        self.page = page
        frame.stack.setCurrentWidget(page)
        frame.navigation.show_page(page.parent_code or code)
        frame.commands.page(page.handlers())
        page.fit()
        self._compact = page.compact()
        self.refresh()
        self.say_keys()
        self._tell_drawers()
        frame.focus.begin()

    def leave(self) -> None:
        """Be on no page: there is no file. The first page comes instead."""
        self.page = None

    def pause(self) -> None:
        """Let nothing be done on the page while the first one stands before it."""
        self._frame.commands.page({})

    def resume(self) -> None:
        """Go on where the first page came between."""
        if self.page is not None:
            self._frame.commands.page(self.page.handlers())
            self.refresh()
            self._frame.focus.begin()

    def spoil(self) -> None:
        """Let every page read anew when it is next shown."""
        for page in self._frame.pages.made():
            page.stale = True

    def refresh(self) -> None:
        """Let the page that is shown read anew."""
        if self.page is not None:
            self.page.stale = False
            self.page.refresh()

    def _tell_drawers(self) -> None:
        self._frame.drawers.follow(self.page.code if self._working() and self.page is not None else "")

    def _working(self) -> bool:
        return self._frame.outer.currentWidget() is self._frame.work

    def say_keys(self) -> None:
        """Show the keys most useful where the focus is: of the first thing around it that tells any."""
        around, hints = QApplication.focusWidget(), list[tuple[str, str]]()
        while around is not None and around is not self.page and not hints:
            hints = around.hints() if isinstance(around, Tells) else []
            around = around.parentWidget()
        if not hints and self.page is not None:
            hints = self.page.hints()
        self._frame.status.say_keys(hints, few=self._frame.width() < theme.grown(NARROW))

    def _look(self) -> None:
        if shiboken6.isValid(self._frame):  # the focus leaves a dying window too
            self.say_keys()

    def _make_room(self, beside: int, covered: int) -> None:
        """Let the page's head leave alone what a drawer covers of it, and the page adapt to a drawer beside it."""
        self._frame.start.leave_free(beside)
        if self.page is not None:
            self.page.head.cover(covered)
            if self.page.compact() != self._compact:
                self._compact = self.page.compact()
                self.page.fit()  # the others do at their next visit

    def _back(self) -> None:
        frame = self._frame
        made = [vars(frame).get(name) for name in ("keys_help", "palette_popup")]
        popup = next((each for each in made if each is not None and each.isVisible()), None)
        if popup is not None:
            popup.vanish()
        elif frame.trouble.isVisible():
            frame.trouble.dismiss()
        elif frame.drawers.open is not None:
            frame.drawers.open.vanish()
        elif not self._working():
            frame.start.back()
        elif self.page is not None and not self.page.back() and self.page.parent_code:
            self.go(self.page.parent_code)

    def _to_filter(self) -> None:
        drawer = self._frame.drawers.with_focus()
        field = self.page.filter_field() if self.page is not None else None
        field = (drawer.filter_field() if drawer is not None else None) or field
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next_pane(self) -> None:
        """Move the focus to the next pane: an area that names itself one."""
        if self.page is None:
            return
        panes = [w for w in self.page.findChildren(QWidget) if w.property("pane") and w.isVisibleTo(self.page)]
        panes += [self._frame.drawers.open] if self._frame.drawers.open is not None else []
        focus = QApplication.focusWidget()
        here = next(
            (at for at, p in enumerate(panes) if focus is p or (focus is not None and p.isAncestorOf(focus))), -1
        )
        for step in range(1, len(panes) + 1):
            pane = panes[(here + step) % len(panes)]
            target = pane if pane.focusPolicy() & Qt.FocusPolicy.TabFocus else first_focusable(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return
