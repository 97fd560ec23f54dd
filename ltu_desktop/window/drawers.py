"""The drawers of the frame, history, help and About: one at a time, over the page, or beside it in a wide window."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, Literal

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import ASIDE, LEAST, STATUS_BAR, TOP_BAR

if TYPE_CHECKING:
    from ltu_desktop.window.about_drawer import AboutDrawer
    from ltu_desktop.window.about_work import AboutWork
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.drawer import Drawer
    from ltu_desktop.window.help_drawer import HelpDrawer
    from ltu_desktop.window.history_drawer import HistoryDrawer

START: Final = "start"  # the help of the first page


class Drawers(QObject):
    """Makes each drawer when it is first wanted and keeps it in its place; `open` is the one that is shown.

    `outer` is the area of the pages, `aside` the room that a drawer takes from them in a wide window.
    """

    hinted = Signal()  # other keys are useful in one of them now
    placed = Signal(int, int)  # the px that the page leaves free at its right, and those that are covered of it there

    def __init__(self, parent: QWidget, outer: QStackedWidget, aside: QWidget, desk: Desk, commands: Commands) -> None:
        super().__init__(parent)
        self._parent, self._outer, self._aside, self._desk, self._commands = parent, outer, aside, desk, commands
        self._page = ""  # the page that is shown; none while no file is open
        self.open: Drawer | None = None
        aside.setFixedWidth(0)
        outer.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._give_way)

    @cached_property
    def history(self) -> HistoryDrawer:
        """What was done to the file."""
        from ltu_desktop.window.history_drawer import HistoryDrawer

        made = HistoryDrawer(self._parent, self._desk)
        made.hinted.connect(self.hinted)
        made.shown.connect(partial(self._shown, made))
        return made

    @cached_property
    def help(self) -> HelpDrawer:
        """The help for the page."""
        from ltu_desktop.window.help_drawer import HelpDrawer

        made = HelpDrawer(self._parent, self._commands, self._desk.words)
        made.shown.connect(partial(self._shown, made))
        return made

    @cached_property
    def work(self) -> AboutWork:
        """What is brought on a key."""
        from ltu_desktop.window.about_work import AboutWork

        return AboutWork(self._parent, self._desk)

    @cached_property
    def about(self) -> AboutDrawer:
        """Version, rules and licences."""
        from ltu_desktop.window.about_drawer import AboutDrawer

        made = AboutDrawer(self._parent, self._commands, self._desk.words, self.work)
        made.shown.connect(partial(self._shown, made))
        return made

    def toggle(self, which: Literal["history", "help", "about"]) -> None:
        """Show a drawer in place of the other one, or take it away."""
        drawer: Drawer = getattr(self, which)
        came = self.open is not drawer
        if self.open is not None:
            self.open.vanish()
        if came:
            drawer.appear(self._area())
            if which == "history":
                self.history.refresh()
            elif which == "about":
                self._desk.worker.later(self.about.refresh)  # a long text, as the help's
            else:
                self._desk.worker.later(lambda: self.help.show_page(self._page or START))

    def follow(self, page: str) -> None:
        """Take note of the page that is shown, "" for the first one: open help shows that page's, and history goes."""
        self._page = page
        if not page and self.open is not None and self.open is vars(self).get("history"):
            self.history.vanish()
        self._place()
        if self.open is not None and self.open is vars(self).get("help"):
            self.help.show_page(page or START)

    def with_focus(self) -> Drawer | None:
        """Return the drawer that has the focus inside."""
        focus, drawer = QApplication.focusWidget(), self.open
        if drawer is None or focus is None or not shiboken6.isValid(drawer):  # the focus leaves a dying window too
            return None
        return drawer if drawer.isAncestorOf(focus) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Keep the drawer's place when the area of the pages changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def _give_way(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Go when the keyboard goes to what the drawer covers whole: nobody would see where it is."""
        drawer = self.open
        if drawer is None or new is None or not shiboken6.isValid(drawer) or new.window() is not drawer.window():
            return
        place = QRect(drawer.mapFromGlobal(new.mapToGlobal(QPoint(0, 0))), new.size())
        if drawer.rect().contains(place) and not drawer.isAncestorOf(new):
            drawer.vanish()

    def _shown(self, drawer: Drawer, on: bool) -> None:  # noqa: FBT001  a signal's argument
        self.open = drawer if on else None
        self._place()

    def _area(self) -> QRect:
        area = self._outer.geometry()
        return area.adjusted(0, theme.grown(TOP_BAR) + 1, 0, -theme.grown(STATUS_BAR) - 1) if self._page else area

    def _place(self) -> None:
        drawer = self.open
        taken = drawer.width() if drawer is not None else 0
        beside = taken if self._outer.width() - taken >= theme.grown(LEAST) else 0
        self._aside.setFixedWidth(beside if self._page else 0)
        self._outer.window().setProperty(ASIDE, beside if self._page else 0)
        self.placed.emit(beside, taken - beside)
        if drawer is not None:
            drawer.place(self._area())
            drawer.raise_()
