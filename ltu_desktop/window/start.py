"""The first page: a new file, the example, a file that is there. Also where a passphrase is asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QWidget

from ltu_desktop import places
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import Commands
from ltu_desktop.window.controls import Kind, Select
from ltu_desktop.window.pieces import column, label, pane, row, scrolled
from ltu_desktop.window.start_choices import StartChoices, promises
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from ltu_desktop.actions.backups import Restored
    from ltu_desktop.store.file import Store
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.sheet_restore import RestoreSheet
    from ltu_desktop.window.sheets import NewFileSheet, PassphraseSheet, RecoverySheet, Sheet
    from ltu_desktop.window.worker import Task

KINDS = "LTU Desktop (*.ltu)"
EXAMPLE_MONTHS = 12
LOW = 600  # of the window: below it the page has no room for more than its choices


class StartPage(QWidget):
    """Three choices, the recent files, and the two forms they lead to; `wanted` asks to be shown."""

    wanted = Signal()
    left = Signal()  # back to the file that is open
    elsewhere = Signal(object, object)  # somebody else writes the file: the error and the path
    language_chosen = Signal(str)

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self.desk, self.words, self._commands = desk, desk.words, commands
        self._path = Path()
        self._read_only = False
        self._pending: Store | None = None  # made, but its recovery code is still on the screen
        ground = pane("canvas")
        outer = column(self)
        outer.addWidget(ground)
        box = column(ground)
        box.addLayout(self._head())
        self.views = QStackedWidget()
        self.choices = StartChoices(self.words, desk.memory)
        self.first, self.example, self.there = self.choices.first, self.choices.example, self.choices.there
        self.choices.new.connect(self.begin_new)
        self.choices.demo.connect(self.demo)
        self.choices.opening.connect(self.choose)
        self.choices.restoring.connect(self.restore)
        self.choices.chosen.connect(self.open)
        self.welcome = scrolled(self.choices)
        self.views.addWidget(self.welcome)
        box.addWidget(self.views, 1)
        self.promises = promises(self.words)
        box.addWidget(self.promises)
        self.refresh()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what can be done from here, on every page."""
        return {
            "file.new": self.begin_new,
            "file.open": self.choose,
            "file.demo": self.demo,
            "file.restore": self.restore,
        }

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Take the room there is."""
        super().resizeEvent(event)
        self._fit()

    def leave_free(self, wide: int) -> None:
        """Leave px free at the right, where something stands."""
        self.setContentsMargins(0, 0, wide, 0)
        self._fit()

    def _fit(self) -> None:
        """In a small window let what one reads give way to what one does."""
        room = self.contentsRect()
        low = room.height() < theme.grown(LOW)
        self.promises.setVisible(not low and self.promises.sizeHint().width() <= room.width())
        self.choices.fit(low=low)

    def refresh(self) -> None:
        """Show the three choices with the files opened lately."""
        self.choices.say_recent()
        self.views.setCurrentWidget(self.welcome)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Begin at the first choice."""
        super().showEvent(event)
        if self.views.currentWidget() is self.welcome:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the parts; the sheets are made when they are first wanted ----

    @cached_property
    def lock(self) -> PassphraseSheet:
        """The sheet that asks for a passphrase."""
        from ltu_desktop.window.sheets import PassphraseSheet

        made = PassphraseSheet(self.words)
        made.tried.connect(self._try)
        made.left.connect(self._leave)
        self.views.addWidget(made)
        return made

    @cached_property
    def maker(self) -> NewFileSheet:
        """The sheet that describes a new file."""
        from ltu_desktop.window.sheets import NewFileSheet

        made = NewFileSheet(self.words)
        made.wanted.connect(self._make)
        made.left.connect(self._leave)
        self.views.addWidget(made)
        return made

    @cached_property
    def paper(self) -> RecoverySheet:
        """The sheet that shows a new file's recovery code."""
        from ltu_desktop.window.sheets import RecoverySheet

        made = RecoverySheet(self.desk)
        self.views.addWidget(made)
        return made

    @cached_property
    def rescue(self) -> RestoreSheet:
        """The sheet that restores a backup where no file is open."""
        from ltu_desktop.window.sheet_restore import RestoreSheet

        made = RestoreSheet(self.desk)
        made.left.connect(self._leave)
        made.restored.connect(self._rescued)
        self.views.addWidget(made)
        return made

    def _head(self) -> QHBoxLayout:
        across = row(margins=(24, 12, 24, 12), gap=10)
        mark = QLabel()
        icons.put(mark, "identification-card", "accent", 28)
        across.addWidget(mark)
        across.addWidget(label("LTU Desktop", Text.SECTION, "accent"))
        across.addStretch(1)
        language = Select((("fr", "Français"), ("en", "English")), self.words.language)
        language.setAccessibleName(self.words.text(N_("Language")))
        language.setFixedWidth(140)
        language.activated.connect(lambda at: self.language_chosen.emit(language.itemData(at)))
        across.addWidget(language)
        across.addWidget(self._commands.button("view.help", kind=Kind.QUIET))
        return across

    def back(self) -> None:
        """Leave the form that is shown, as its button does."""
        from ltu_desktop.window.sheets import Sheet

        sheet = self.views.currentWidget()
        if isinstance(sheet, Sheet):
            sheet.leave()

    def _leave(self) -> None:
        self.refresh()
        if self.desk.store is not None:
            self.left.emit()

    # ---- opening ----

    def _try(self, passphrase: str) -> None:
        by_code = self.lock.by_code

        def opened() -> None:
            self.desk.file_changed.disconnect(opened)
            self._code_used()

        def failed(error: UserError) -> None:
            if by_code:
                self.desk.file_changed.disconnect(opened)
            self._refused(error)

        if by_code:
            self.desk.file_changed.connect(opened)
        self.desk.open(self._path, passphrase=passphrase, read_only=self._read_only, failed=failed)

    def _code_used(self) -> None:
        """Lead to a new passphrase, when the old one is lost."""
        self.lock.forget()
        if self.desk.administrator:
            self.desk.go.emit("settings", "passphrase")
            said = N_("Opened with the recovery key. Choose a new passphrase, then print its sheet.")
            self.desk.said.emit(self.words.text(said), False)

    def choose(self) -> None:
        """Ask which file to open, and open it."""
        from ltu_desktop.window import dialogs

        memory = self.desk.memory
        path = dialogs.ask_open(self, self.words.text(N_("Open a file")), memory.folder, KINDS)
        if path is not None:
            memory.folder = path.parent
            self.open(path)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a file; ask for its passphrase when it has one."""
        self._path, self._read_only = path, read_only
        now = self.desk.store
        if now is not None and now.path == path and now.read_only == read_only:
            self.left.emit()  # it is the open one
            return
        self.desk.open(path, read_only=read_only, failed=self._refused)

    def _refused(self, error: UserError) -> None:
        if error.code == "passphrase_needed":
            self.wanted.emit()
            self.lock.ask(self._path)
            self._turn(self.lock)
        elif error.code in {"wrong_passphrase", "recovery_group", "passphrase_empty"}:
            self.lock.refuse(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        elif error.code == "open_elsewhere":
            self.elsewhere.emit(error, self._path)
        else:
            self.desk.troubled.emit(error)

    # ---- the example ----

    def demo(self) -> None:
        """Open the example, made at the first time."""
        folder = places.data()
        path = folder / self.words.text(N_("example")) / "demo.ltu"
        if path.exists():
            self.open(path)
            return
        desk = self.desk

        def job(task: Task[Path]) -> Path:
            from ltu_desktop.actions.demo.build import build, latest_month

            folder.mkdir(parents=True, exist_ok=True)
            last = latest_month(Month.of(desk.clock.now().date()).plus(-1))
            return build(
                path.parent, period=last, words=desk.words, months=EXAMPLE_MONTHS, progress=task.progress
            ).store

        desk.worker.run(job, self.open, title=self.words.text(N_("Making the example")))

    # ---- a new file ----

    def begin_new(self) -> None:
        """Ask for what a new file needs."""
        self.wanted.emit()
        self._turn(self.maker)

    # ---- back from a backup ----

    def restore(self) -> None:
        """Restore a backup: over the open file in its settings, else where the backup came from."""
        from ltu_desktop.window import dialogs

        desk = self.desk
        if desk.store is not None:
            self.left.emit()
            desk.go.emit("settings", "backups")
            return
        path = dialogs.ask_open(self, self.words.text(N_("Which backup?")), desk.memory.backup_folder, KINDS)
        if path is not None:
            self.wanted.emit()
            self.rescue.ask(path)
            self._turn(self.rescue)

    def _rescued(self, found: Restored) -> None:
        assert found.store is not None, "it would have raised"
        self.desk.take(found.store)
        if found.aside is not None:
            said = self.words.text(N_("Restored. The previous file is kept as {name}"), name=found.aside.name)
            self.desk.said.emit(said, False)

    # ---- making ----

    def _make(self, name: str, passphrase: str) -> None:
        from ltu_desktop.window import dialogs

        memory, text = self.desk.memory, self.words.text
        plain = "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-")
        path = dialogs.ask_save(
            self, text(N_("Where should the file be saved?")), memory.folder / f"{plain}.ltu", KINDS
        )
        if path is None:
            return
        path = path.with_suffix(".ltu")
        memory.folder = path.parent
        desk = self.desk

        def job(_task: Task[Store]) -> Store:
            from ltu_desktop.actions.agreements import set_employer
            from ltu_desktop.actions.context import Context
            from ltu_desktop.actions.paper import set_language
            from ltu_desktop.store.file import Store

            store = Store.create(path, clock=desk.clock, operator=desk.operator, passphrase=passphrase or None)
            ctx = Context(store, desk.words, desk.clock)
            set_employer(ctx, {"name": name})
            set_language(ctx, desk.words.language)  # documents read the same whoever exports them
            return store

        desk.worker.run(job, self._made, title=text(N_("Creating the file")))

    def _made(self, store: Store) -> None:
        self.maker.forget()
        if not store.encrypted:
            self.desk.take(store)
            return
        self._pending = store
        self.paper.keep(store, self._take)
        self._turn(self.paper)

    def _take(self) -> None:
        store, self._pending = self._pending, None
        if store is not None:
            self.desk.take(store)

    def let_go(self) -> None:
        """Close a new file whose recovery code was never written down, when the window closes."""
        store, self._pending = self._pending, None
        if store is not None:
            self.desk.worker.run(lambda _task: store.close(), lambda _none: None)

    def _turn(self, sheet: Sheet) -> None:
        self.views.setCurrentWidget(sheet)
        sheet.first().setFocus(Qt.FocusReason.OtherFocusReason)
