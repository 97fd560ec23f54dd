"""The frame: one window with navigation, top bar, pages and status bar. It wires pages to commands and to the desk."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import Commands
from ltu_desktop.window.controls import Button
from ltu_desktop.window.file_line import FileLine
from ltu_desktop.window.focus import FocusKeeper, first_focusable
from ltu_desktop.window.pieces import column, row, rule
from ltu_desktop.window.tokens import NARROW, Meaning

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent

    from ltu_desktop.store.journal import Changed, Entry
    from ltu_desktop.window.bars import Navigation, StatusBar, TopBar
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.drawers import Drawers
    from ltu_desktop.window.overlays import Progress, Trouble
    from ltu_desktop.window.page import Page
    from ltu_desktop.window.pages import Pages
    from ltu_desktop.window.palette import KeysHelp, Palette
    from ltu_desktop.window.ring import FocusRing
    from ltu_desktop.window.start import StartPage
    from ltu_desktop.window.toast import Toast
    from ltu_desktop.window.whereabouts import Whereabouts

TITLE = "LTU Desktop"
SETTINGS = ("sites", "operators", "passphrase", "deleted")  # sections that are commands of their own
OF_A_FILE = (
    *(f"settings.{code}" for code in SETTINGS),
    *("file.backup", "file.close", "month.previous", "month.next", "view.palette", "view.history"),
)
BADGE_AFTER = 400  # ms of rest before the blockers are counted


class Frame(QMainWindow):
    """The window. `painted` comes once, after the first paint; `language_chosen` asks for another language.

    Until `furnish` there is only the first page: no more is needed to be seen.
    """

    painted = Signal()
    language_chosen = Signal(str)
    navigation: Navigation
    top: TopBar
    status: StatusBar
    trouble: Trouble
    drawers: Drawers
    toast: Toast
    progress: Progress
    ring: FocusRing
    focus: FocusKeeper
    pages: Pages
    whereabouts: Whereabouts

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.words = desk, desk.words
        self._painted = False
        self._narrow: bool | None = None
        self._furnished = False
        self.page: Page | None = None
        self.start: StartPage | None = None
        self.setWindowTitle(TITLE)
        self.setMinimumSize(900, 480)
        self.setAcceptDrops(True)
        self.commands = Commands(self, self.words)
        self._centre = QWidget()
        self._box = column(self._centre)
        self.outer = QStackedWidget()
        self._box.addWidget(self.outer, 1)
        self.setCentralWidget(self._centre)
        self.work = QWidget()
        self.stack = QStackedWidget()
        self.commands.bind({"file.quit": self._quit})
        self._badge = QTimer(self)
        self._badge.setSingleShot(True)
        self._badge.setInterval(BADGE_AFTER)
        self._badge.timeout.connect(self._ask_blockers)
        self.resize(1366, 768)
        desk.memory.restore(self)

    def furnish(self) -> None:
        """Make what the first paint need not wait for; each page comes at its first visit."""
        from ltu_desktop.window.pages import Pages
        from ltu_desktop.window.whereabouts import Whereabouts

        self._lay()
        self.whereabouts = Whereabouts(self)
        self.pages = Pages(self.desk, self.commands, self.stack.addWidget)
        self._wire()
        self._furnished = True

    def _lay(self) -> None:
        from ltu_desktop.window.bars import Navigation, StatusBar, TopBar
        from ltu_desktop.window.drawers import Drawers
        from ltu_desktop.window.overlays import Progress, Trouble
        from ltu_desktop.window.ring import FocusRing
        from ltu_desktop.window.toast import Toast

        self.navigation = Navigation(self.commands, self.words, self.menu)
        self.top = TopBar(self.commands, self.words)
        self.status = StatusBar(self.words)
        self.file_line = FileLine(self.desk, self.status)
        self.trouble = Trouble(self.words)
        for part in (self.navigation, self.top, self.status, self.trouble):
            theme.dress(part)
        whole = column(self.work)
        across = row(gap=0)
        across.addWidget(self.navigation)
        lines = [rule(vertical=True, tone="line2"), rule(tone="line2"), rule(tone="line2")]
        for line in lines:
            theme.dress(line)
        across.addWidget(lines[0])
        right = column()
        right.addWidget(self.top)
        right.addWidget(lines[1])
        pages, aside = row(gap=0), QWidget()
        pages.addWidget(self.stack, 1)
        pages.addWidget(aside)
        right.addLayout(pages, 1)
        across.addLayout(right, 1)
        whole.addLayout(across, 1)
        whole.addWidget(lines[2])
        whole.addWidget(self.status)
        self.outer.addWidget(self.work)
        self._box.insertWidget(0, self.trouble)
        self.drawers = Drawers(self._centre, self.outer, aside, self.desk, self.commands)
        self.toast = Toast(self)
        self.progress = Progress(self, self.desk.worker, self.words)
        for popup in (self.toast, self.progress):
            theme.dress(popup)
        self.ring = FocusRing(self)
        self.focus = FocusKeeper(self)

    def _wire(self) -> None:
        desk = self.desk
        desk.file_changed.connect(self._file_changed)
        desk.month_changed.connect(self._month_changed)
        desk.changed.connect(self._changed)
        desk.role_changed.connect(self._role_changed)
        desk.language_chosen.connect(self.language_chosen)
        desk.history_changed.connect(self._history)
        desk.said.connect(self.say)
        desk.counted.connect(self.status.facts.setText)
        desk.troubled.connect(self.show_trouble)
        desk.go.connect(self.go)
        desk.worker.broken.connect(self._broken)
        self.toast.undo.connect(desk.undo)
        theme.state().changed.connect(icons.refresh)
        self.commands.bind(
            {
                "file.close": desk.close_file,
                "file.backup": self._back_up,
                "month.previous": lambda: desk.set_month(desk.month.plus(-1)),
                "month.next": lambda: desk.set_month(desk.month.plus(1)),
                "edit.undo": desk.undo,
                "edit.redo": desk.redo,
                "view.filter": self._to_filter,
                "view.pane": self._next_pane,
                "view.back": self._back,
                "view.palette": self._search,
                "view.help": lambda: self.drawers.toggle("help"),
                "view.history": lambda: self.drawers.toggle("history"),
                "view.about": lambda: self.drawers.toggle("about"),
                "view.keys": self._keys,
                "view.activities": lambda: self.go("activities"),
            }
            | {f"settings.{code}": partial(self.go, "settings", code) for code in SETTINGS}
            | {f"page.{code}": partial(self.go, code) for code in self.pages if f"page.{code}" in self.commands.actions}
        )
        self.commands.bind(self.drawers.work.commands())
        self.drawers.work.leave.connect(self.close)
        self.outer.currentChanged.connect(lambda _at: self._tell_drawers())
        self._history(None, None)

    @cached_property
    def palette_popup(self) -> Palette:
        """The palette, made when it is first wanted."""
        from ltu_desktop.window.palette import Palette

        return Palette(self, self.desk, self.commands)

    @cached_property
    def keys_help(self) -> KeysHelp:
        """The list of keys, made when it is first wanted."""
        from ltu_desktop.window.palette import KeysHelp

        return KeysHelp(self, self.commands, self.words)

    def _search(self) -> None:
        self.palette_popup.open()

    def _keys(self) -> None:
        self.keys_help.open()

    def _quit(self) -> None:
        self.close()

    # ---- pages ----

    def add_start(self, start: StartPage) -> None:
        """Give the page that is shown while no file is open."""
        self.start = start
        start.wanted.connect(lambda: self.outer.setCurrentWidget(start))
        start.left.connect(lambda: self.outer.setCurrentWidget(self.work))
        start.elsewhere.connect(self._offer_reading)
        start.language_chosen.connect(self.language_chosen)
        self.outer.addWidget(start)
        self.outer.setCurrentWidget(start)
        self.commands.bind(start.commands())

    def go(self, code: str, what: object = None) -> None:
        """Show a page, and on it what is asked for."""
        page = self.pages[code]
        self.trouble.dismiss()
        page.show_what(what)
        self.page = page
        self.stack.setCurrentWidget(page)
        self.navigation.show_page(page.parent_code or code)
        self.commands.page(page.handlers())
        page.fit()
        page.stale = False
        page.refresh()
        self._say_keys()
        self._tell_drawers()
        self.focus.begin()

    def _tell_drawers(self) -> None:
        working = self.outer.currentWidget() is self.work
        self.drawers.follow(self.page.code if working and self.page is not None else "")

    def _say_keys(self) -> None:
        if self.page is not None:
            self.status.say_keys(self.page.hints(), few=self.width() < theme.grown(NARROW))

    def _back(self) -> None:
        made = [vars(self).get(name) for name in ("keys_help", "palette_popup")]
        popup = next((each for each in made if each is not None and each.isVisible()), None)
        if popup is not None:
            popup.vanish()
        elif self.trouble.isVisible():
            self.trouble.dismiss()
        elif self.drawers.open is not None:
            self.drawers.open.vanish()
        elif self.page is not None and not self.page.back() and self.page.parent_code:
            self.go(self.page.parent_code)

    def _to_filter(self) -> None:
        field = self.page.filter_field() if self.page is not None else None
        field = self.drawers.filter_field() or field
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next_pane(self) -> None:
        """Move the focus to the next pane: an area that names itself one."""
        if self.page is None:
            return
        panes = [w for w in self.page.findChildren(QWidget) if w.property("pane") and w.isVisibleTo(self.page)]
        panes += [self.drawers.open] if self.drawers.open is not None else []
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

    # ---- what the desk tells ----

    def _file_changed(self) -> None:
        store = self.desk.store
        self.trouble.dismiss()
        opened = store is not None
        for code in (*OF_A_FILE, *(f"page.{code}" for code in self.pages)):
            if code in self.commands.actions:
                self.commands.enable(code, on=opened)
        if store is None:
            self.whereabouts.forget()
            self.setWindowTitle(TITLE)
            self.commands.page({})
            self.page = None
            if self.start is not None:
                self.start.refresh()
                self.outer.setCurrentWidget(self.start)
            self._history(None, None)
            return
        self.setWindowTitle(f"{store.path.name} – {TITLE}")
        self.outer.setCurrentWidget(self.work)
        self.say_saved()
        self._spoil()
        if not self.whereabouts.put_back():
            self.go(next(iter(self.pages)))

    def _role_changed(self) -> None:
        """Show everything again as the role of whoever works here lets it be seen and changed."""
        self.say_saved()
        self.desk.ask_history()
        self._spoil()
        if self.page is not None:
            self.page.stale = False
            self.page.refresh()

    def _spoil(self) -> None:
        for page in self.pages.made():
            page.stale = True

    def _ask_blockers(self) -> None:
        """Count what blocks the month's claim, for the badge in the navigation."""
        from ltu_desktop.window.claim_work import count_blockers

        month = self.desk.month
        self.desk.act(
            lambda ctx: count_blockers(ctx, month),
            self.navigation.buttons["page.claims"].set_badge,
            failed=lambda _error: self.navigation.buttons["page.claims"].set_badge(0),
        )

    def say_saved(self) -> None:
        """Show in words that all is saved."""
        desk = self.desk
        if desk.store is not None and not desk.writable:
            self.top.say_saved(self.words.text(N_("Read-only")), "eye", "attention", "attention.icon", desk.why_not)
        elif desk.saved_at is None:
            self.top.say_saved(self.words.text(N_("All is saved")), "check-circle", "text3", "text3")
        else:
            at = f"{desk.saved_at.astimezone():%H:%M}"
            self.top.say_saved(self.words.text(N_("Saved at {time}"), time=at), "check-circle", "ok", "ok.icon")

    def _month_changed(self) -> None:
        self.top.month.say(self.words, self.desk.month)
        self._badge.start()
        self._spoil()
        if self.page is not None and self.desk.store is not None:
            self.page.stale = False
            self.page.month_changed()

    def _changed(self, changed: Changed) -> None:
        self.say_saved()
        self._badge.start()
        for page in self.pages.made():
            page.file_changed(changed)

    def _history(self, undoable: Entry | None, redoable: Entry | None) -> None:
        writable = self.desk.writable
        for code, entry, nothing in (
            ("edit.undo", undoable, N_("There is nothing to undo.")),
            ("edit.redo", redoable, N_("There is nothing to do again.")),
        ):
            reason = self.desk.why_not or self.words.text(nothing)
            self.commands.enable(code, on=writable and entry is not None, reason=reason)
            self.commands.tell(code, self.desk.said_entry(entry) if entry is not None else "")

    def say(self, text: str, undo: bool = False) -> None:  # noqa: FBT001, FBT002  a signal's arguments
        """Say in a toast what was done."""
        self.toast.say(text, self.words.text(N_("Undo")) if undo else "", "Ctrl Z" if undo else "")

    def show_trouble(self, error: UserError) -> None:
        """Say what stands in the way, and what to do next."""
        bare = UserError(error.code, error.what, "", error.where, error.params)
        mend = UserError(error.code, error.mend, "", "", error.params)
        self.trouble.say(self.words.error(bare), self.words.error(mend) if error.mend else "")

    def _back_up(self) -> None:
        def done(path: Path) -> None:
            self.say(self.words.text(N_("Backed up and proven: {path}"), path=path))
            self.desk.backed_up.emit()

        self.desk.act(
            lambda ctx: ctx.store.backup(),
            done,
            title=self.words.text(N_("Backing up")),
        )

    def _offer_reading(self, error: UserError, path: Path) -> None:
        """Say who has the file, and offer to read it meanwhile."""
        way = Button(self.words.text(N_("Open read-only")), icon="eye")
        way.clicked.connect(lambda: self.start.open(path, read_only=True) if self.start is not None else None)
        bare = UserError(error.code, error.what, "", path.name, error.params)
        self.trouble.say(self.words.error(bare), "", way, meaning=Meaning.ATTENTION)

    def _broken(self, error: BaseException) -> None:
        from ltu_desktop.window.crash import write_report

        path = write_report(error, self.desk.clock)
        self.trouble.say(
            self.words.text(N_("The program made a mistake. What was shown as saved is safe.")),
            self.words.text(N_("A report without any personal data lies in {path}."), path=path),
        )

    # ---- the menu ----

    def menu(self) -> QMenu:
        """Make the menu of the window."""
        from ltu_desktop.window.menu import window_menu

        return window_menu(self)

    # ---- Qt's calls ----

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Tell once that the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Adapt when the window crosses the narrow width."""
        super().resizeEvent(event)
        if not self._furnished:
            return
        narrow = self.width() < theme.grown(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.navigation.refit()
            for button in self.findChildren(Button):
                button.refit()
            for page in self.pages.made():
                page.fit()
            self._say_keys()
        self.ring.place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Draw icons again when the screen's scale changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            icons.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one file."""
        if len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Open the dropped file, or show what importing it would do."""
        event.acceptProposedAction()
        self.take_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def take_file(self, path: Path) -> None:
        """Open one of our files; anything else is shown in the import's preview."""
        if path.suffix.lower() == ".ltu" and self.start is not None:
            self.start.open(path)
        elif self.desk.store is not None:
            self.go("import", path)
        else:
            self.show_trouble(
                UserError(
                    "not_ours", N_("This is not an LTU Desktop file."), N_("Open a file that ends in .ltu."), path.name
                )
            )

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Remember place and size, let work under way end, close the file."""
        self._badge.stop()
        if self._furnished:
            self.whereabouts.stop()
        self.desk.memory.keep(self)
        self.desk.worker.cancel_all()
        if self.start is not None:
            self.start.let_go()
        self.desk.close()
        super().closeEvent(event)
