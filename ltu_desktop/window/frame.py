"""The frame: the one window, seen before anything on it is made, then with its bars, pages and drawers.

Nothing is imported here that the first paint can wait for. `ways` leads from page to page, `herald` shows what the
desk tells.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.ground import Ground
from ltu_desktop.window.tokens import LEAST, LOWEST, NARROW

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent

    from ltu_desktop.window.ahead import Ahead
    from ltu_desktop.window.bars import Navigation, StatusBar, TopBar
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.drawers import Drawers
    from ltu_desktop.window.file_line import FileLine
    from ltu_desktop.window.focus import FocusKeeper
    from ltu_desktop.window.herald import Herald
    from ltu_desktop.window.keys_help import KeysHelp
    from ltu_desktop.window.memory import Memory
    from ltu_desktop.window.overlays import Progress, Trouble
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.pages import Pages
    from ltu_desktop.window.palette import Palette
    from ltu_desktop.window.ring import FocusRing
    from ltu_desktop.window.start import StartPage
    from ltu_desktop.window.toast import Toast
    from ltu_desktop.window.ways import Ways
    from ltu_desktop.window.whereabouts import Whereabouts
    from ltu_desktop.words import Words

TITLE = "LTU Desktop"
SIZE = QSize(1366, 768)  # that the window is meant to have
TITLE_BAR = 40  # px that the system adds above


def takes_all(screen: QSize) -> bool:
    """Tell whether the window covers a screen, because what is free of it is smaller than the window is meant to be."""
    return screen.width() < SIZE.width() or screen.height() < SIZE.height() + TITLE_BAR


class Frame(QMainWindow):
    """The window. `painted` comes once, after the first paint; `language_chosen` asks for another language.

    Until `fill` there is only the ground: no more is needed to be seen.
    """

    painted = Signal()
    language_chosen = Signal(str)
    desk: Desk
    words: Words
    commands: Commands
    outer: QStackedWidget
    start: StartPage
    work: QWidget
    stack: QStackedWidget
    navigation: Navigation
    top: TopBar
    status: StatusBar
    file_line: FileLine
    trouble: Trouble
    drawers: Drawers
    toast: Toast
    progress: Progress
    ring: FocusRing
    focus: FocusKeeper
    pages: Pages
    whereabouts: Whereabouts
    ways: Ways
    herald: Herald
    ahead: Ahead | None = None  # of the running program

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._painted = False
        self.filled = False  # there is more than the ground
        self._narrow: bool | None = None
        self.setWindowTitle(TITLE)
        self.setMinimumSize(LEAST, LOWEST)
        self.setAcceptDrops(True)
        self.ground = Ground(framed=bool(memory.place))
        self.setCentralWidget(self.ground)
        self.resize(SIZE)
        self._placed = memory.restore(self)

    def appear(self) -> None:
        """Come where the window was last, else as large as it is meant to be; on a smaller screen, over all of it."""
        if not self._placed and takes_all(self.screen().availableSize()):
            self.showMaximized()
        else:
            self.show()

    # ---- what is on the window ----

    def fill(self, desk: Desk) -> None:
        """Make all that stays; each page comes at its first visit. The ground stays in sight until there is one."""
        from ltu_desktop.window.commands import Commands
        from ltu_desktop.window.herald import Herald
        from ltu_desktop.window.pages import Pages
        from ltu_desktop.window.start import StartPage
        from ltu_desktop.window.ways import Ways
        from ltu_desktop.window.whereabouts import Whereabouts

        self.desk, self.words = desk, desk.words
        self.commands = Commands(self, self.words)
        self._lay()
        self.start = StartPage(desk, self.commands)
        self.outer.addWidget(self.start)
        self.whereabouts = Whereabouts(self)
        self.pages = Pages(desk, self.commands, self._take_page)
        self.ways = Ways(self)
        self.herald = Herald(self)
        self._bind()
        for part in (*self._parts, self.start):  # now that they are whole and in their places
            theme.dress(part)
        self.filled = True
        self._fit()

    def _lay(self) -> None:
        from ltu_desktop.window.bars import Navigation, StatusBar, TopBar
        from ltu_desktop.window.drawers import Drawers
        from ltu_desktop.window.file_line import FileLine
        from ltu_desktop.window.focus import FocusKeeper
        from ltu_desktop.window.overlays import Progress, Trouble
        from ltu_desktop.window.pieces import column, row, rule
        from ltu_desktop.window.ring import FocusRing
        from ltu_desktop.window.toast import Toast

        self.navigation = Navigation(self.commands, self.words, self.menu)
        self.top = TopBar(self.commands, self.words)
        self.status = StatusBar(self.words)
        self.file_line = FileLine(self.desk, self.status)
        self.trouble = Trouble(self.words)
        lines = [rule(vertical=True, tone="line2"), rule(tone="line2"), rule(tone="line2")]
        self.stack, aside = QStackedWidget(), QWidget()
        pages = row(gap=0)
        pages.addWidget(self.stack, 1)
        pages.addWidget(aside)
        right = column()
        right.addWidget(self.top)
        right.addWidget(lines[1])
        right.addLayout(pages, 1)
        across = row(gap=0)
        across.addWidget(self.navigation)
        across.addWidget(lines[0])
        across.addLayout(right, 1)
        self.work = QWidget()
        whole = column(self.work)
        whole.addLayout(across, 1)
        whole.addWidget(lines[2])
        whole.addWidget(self.status)
        self.outer = QStackedWidget()
        centre = QWidget()
        box = column(centre)
        box.addWidget(self.trouble)
        box.addWidget(self.outer, 1)
        self.takeCentralWidget()
        self.outer.addWidget(self.ground)
        self.outer.addWidget(self.work)
        self.setCentralWidget(centre)
        self.drawers = Drawers(centre, self.outer, aside, self.desk, self.commands)
        self.toast = Toast(self)
        self.progress = Progress(self, self.desk.worker, self.words)
        self.ring = FocusRing(self)
        self.focus = FocusKeeper(self)
        self._parts = (self.navigation, self.top, self.status, self.trouble, *lines, self.toast, self.progress)

    def _bind(self) -> None:
        from ltu_desktop.window import icons

        self.commands.bind(
            {"file.quit": self._quit, "view.palette": self._search, "view.keys": self._keys}
            | self.start.commands()
            | self.ways.commands()
            | self.herald.commands()
            | self.drawers.work.commands()
        )
        self.herald.let_work(on=False)
        self.start.wanted.connect(self.show_start)
        self.start.left.connect(self._back_to_work)
        self.start.language_chosen.connect(self.language_chosen)
        self.desk.language_chosen.connect(self.language_chosen)
        self.drawers.work.leave.connect(self.close)
        theme.state().dressed.connect(icons.refresh)

    def show_start(self) -> None:
        """Show the first page in place of the pages, or of the ground: nothing can be done to a file behind it."""
        self.outer.setCurrentWidget(self.start)
        self.herald.let_work(on=False)
        self.ways.pause()
        self.toast.hide()

    def _back_to_work(self) -> None:
        if self.outer.currentWidget() is not self.work:
            self.outer.setCurrentWidget(self.work)
            self.herald.let_work(on=True)
            self.ways.resume()
            self.desk.ask_history()

    @cached_property
    def palette_popup(self) -> Palette:
        """The palette, made when it is first wanted."""
        from ltu_desktop.window.palette import Palette

        return Palette(self, self.desk, self.commands)

    @cached_property
    def keys_help(self) -> KeysHelp:
        """The list of keys, made when it is first wanted."""
        from ltu_desktop.window.keys_help import KeysHelp

        return KeysHelp(self, self.commands, self.words)

    def _search(self) -> None:
        self.palette_popup.open()

    def _keys(self) -> None:
        self.keys_help.lay()  # many texts: shown in a turn of their own
        self.desk.worker.later(self.keys_help.open)

    def _quit(self) -> None:
        self.close()

    def menu(self) -> QMenu:
        """Make the menu of the window."""
        from ltu_desktop.window.menu import window_menu

        return window_menu(self)

    # ---- pages ----

    def _take_page(self, page: Page) -> None:
        self.stack.addWidget(page)
        page.hinted.connect(self.ways.say_keys)

    @property
    def page(self) -> Page | None:
        """The page that is shown; None while no file is open."""
        return self.ways.page

    def go(self, code: str, what: object = None) -> None:
        """Show a page, and on it what is asked for."""
        self.ways.go(code, what)

    def take_file(self, path: Path) -> None:
        """Open one of our files; anything else is shown in the import's preview."""
        if path.suffix.lower() == ".ltu":
            self.start.open(path)
        elif self.desk.store is not None:
            if self.page is not None:  # one comes back to where the file was dropped
                self.pages["import"].parent_code = self.page.parent_code or self.page.code
            self.go("import", path)
        else:
            self.herald.not_ours(path)

    def _fit(self) -> None:
        """Adapt when the window crosses the narrow width."""
        from ltu_desktop.window.controls import Button

        narrow = self.width() < theme.grown(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.navigation.refit()
            for button in self.findChildren(Button):
                button.refit()
            for page in self.pages.made():
                page.fit()
            self.ways.say_keys()
        self.ring.place()

    # ---- Qt's calls ----

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Fit what is on the window to its width."""
        super().resizeEvent(event)
        if self.filled:
            self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Draw icons again when the screen's scale changed."""
        super().changeEvent(event)
        if self.filled and event.type() == QEvent.Type.DevicePixelRatioChange:
            from ltu_desktop.window import icons

            icons.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one file."""
        if self.filled and len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Open the dropped file, or show what importing it would do."""
        event.acceptProposedAction()
        self.take_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Remember place and size, let work under way end, close the file."""
        if self.filled:
            self.herald.stop()
            if self.ahead is not None:
                self.ahead.stop()
            self.whereabouts.stop()
            self.desk.memory.keep(self)
            self.desk.worker.cancel_all()
            self.start.let_go()
            self.desk.close()
        super().closeEvent(event)
