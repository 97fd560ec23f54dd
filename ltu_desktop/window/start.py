"""The first page: a new file, the example, a file that is there. Also where a passphrase is asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import Commands, key_text
from ltu_desktop.window.controls import Button, Kind, Select
from ltu_desktop.window.pieces import Clickable, Elided, clear, column, label, pane, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from ltu_desktop.store.file import Store
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.sheets import NewFileSheet, PassphraseSheet, RecoverySheet, Sheet
    from ltu_desktop.window.worker import Task

KINDS = "LTU Desktop (*.ltu)"
EXAMPLE_MONTHS = 12
CARD = 320


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
        theme.dress(self)
        ground = pane("canvas")
        outer = column(self)
        outer.addWidget(ground)
        box = column(ground)
        box.addLayout(self._head())
        self.views = QStackedWidget()
        self.choices = self._choices()
        self.views.addWidget(self.choices)
        box.addWidget(self.views, 1)
        box.addWidget(rule(tone="line2"))
        box.addWidget(self._promises())
        self.refresh()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what can be done from here, on every page."""
        return {"file.new": self.begin_new, "file.open": self.choose, "file.demo": self.demo}

    def refresh(self) -> None:
        """Show the three choices with the files opened lately."""
        self._say_recent()
        self.views.setCurrentWidget(self.choices)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Begin at the first choice."""
        super().showEvent(event)
        if self.views.currentWidget() is self.choices:
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

        made = RecoverySheet(self.words)
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

    def _choices(self) -> QWidget:
        text = self.words.text
        view = QWidget()
        box = column(view, margins=(24, 0, 24, 0))
        box.addStretch(3)
        title = label(text(N_("Welcome. Where shall we begin?")), Text.FIGURE)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        said = label(
            text(N_("The employees and the subsidy claims of a job factory, in one file.")), Text.SECTION, "text2"
        )
        said.setFont(theme.font(Text.BODY))
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(title)
        box.addSpacing(8)
        box.addWidget(said)
        box.addSpacing(20)
        box.addStretch(1)
        cards = row(gap=24)
        cards.addStretch(1)
        new, self.first = self._card(
            "file-plus",
            text(N_("Create our file")),
            text(N_("The employer’s name and a passphrase. The rest can wait.")),
            text(N_("Create")),
            "Alt+1",
            text(N_("about 2 minutes")),
            self.begin_new,
            first=True,
        )
        example, self.example = self._card(
            "play-circle",
            text(N_("Try with an example")),
            text(N_("An invented job factory with its months. Touch everything, nothing is real.")),
            text(N_("Open the example")),
            "Alt+2",
            text(N_("at once")),
            self.demo,
        )
        there, self.there = self._card(
            "folder-open",
            text(N_("Open a file")),
            text(N_("A colleague’s .ltu file, one on a USB stick or from a backup.")),
            text(N_("Choose the file…")),
            "Alt+3",
            text(N_("with its passphrase or recovery code")),
            self.choose,
        )
        for card in (new, example, there):
            cards.addWidget(card, 20)
        cards.addStretch(1)
        box.addLayout(cards)
        box.addSpacing(24)
        across = row()
        across.addStretch(1)
        self._recent = column(gap=0)
        holder = QWidget()
        holder.setMaximumWidth(CARD * 3 + 48)
        holder.setLayout(self._recent)
        across.addWidget(holder, 20)
        across.addStretch(1)
        box.addLayout(across)
        box.addStretch(3)
        return view

    def _card(
        self,
        icon: str,
        title: str,
        text: str,
        button: str,
        keys: str,
        note: str,
        do: Callable[[], None],
        *,
        first: bool = False,
    ) -> tuple[QFrame, Button]:
        card = QFrame()
        card.setProperty("card", "first" if first else "true")
        card.setMaximumWidth(CARD)
        card.setFixedHeight(280)
        box = column(card, margins=(24, 24, 24, 16))
        sign = QFrame()
        sign.setProperty("ground", "accenttint")
        sign.setFixedSize(56, 56)
        inner = column(sign)
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.put(picture, icon, "accent", 28)
        inner.addWidget(picture)
        box.addWidget(sign)
        box.addSpacing(16)
        box.addWidget(label(title, Text.TITLE, wrap=True))
        box.addSpacing(6)
        box.addWidget(label(text, Text.BODY, "text2", wrap=True))
        box.addStretch(1)
        way = Button(button, kind=Kind.PRIMARY if first else Kind.NORMAL, hint=key_text(self.words, keys), height=40)
        way.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        way.setShortcut(keys)
        way.clicked.connect(do)
        box.addWidget(way)
        box.addSpacing(6)
        below = label(note, Text.DENSE, "text3", wrap=True)
        below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(below)
        return card, way

    def _say_recent(self) -> None:
        clear(self._recent)
        recent = self.desk.memory.recent
        if not recent:
            drop = QFrame()
            drop.setProperty("drop", "true")
            drop.setFixedHeight(56)
            across = row(drop)
            across.addStretch(1)
            sign = QLabel()
            icons.put(sign, "download-simple", "text2", 20)
            across.addWidget(sign)
            across.addWidget(label(self.words.text(N_("You can also drop an .ltu file here.")), Text.BODY, "text2"))
            across.addStretch(1)
            self._recent.addWidget(drop)
            return
        self._recent.addWidget(label(self.words.text(N_("Opened lately")), Text.DENSE_STRONG, "text2"))
        self._recent.addSpacing(4)
        for path in recent[:3]:
            line = Clickable()
            line.setFixedHeight(36)
            line.setAccessibleName(str(path))
            across = row(line, margins=(8, 0, 8, 0), gap=10)
            sign = QLabel()
            icons.put(sign, "file-text", "accent", 20)
            across.addWidget(sign)
            across.addWidget(label(path.name, Text.STRONG))
            across.addWidget(Elided(str(path.parent), Text.DENSE, "text3"), 1)
            line.clicked.connect(lambda path=path: self.open(path))
            self._recent.addWidget(line)

    def _promises(self) -> QWidget:
        text = self.words.text
        holder = pane("canvas")
        holder.setFixedHeight(56)
        across = row(holder, gap=8)
        across.addStretch(1)
        for icon, strong, rest in (
            ("lock-simple", text(N_("Encrypted")), text(N_("with your passphrase"))),
            ("hard-drives", text(N_("On this computer")), text(N_("nothing is sent"))),
            ("arrow-u-up-left", text(N_("Everything can be undone")), text(N_("even tomorrow"))),
        ):
            sign = QLabel()
            icons.put(sign, icon, "accent", 18)
            across.addWidget(sign)
            across.addWidget(label(strong, Text.STRONG, "text2"))
            across.addWidget(label(rest, Text.BODY, "text2"))
            across.addSpacing(24)
        across.addStretch(1)
        return holder

    def _leave(self) -> None:
        self.refresh()
        if self.desk.store is not None:
            self.left.emit()

    # ---- opening ----

    def _try(self, passphrase: str) -> None:
        self.desk.open(self._path, passphrase=passphrase, read_only=self._read_only, failed=self._refused)

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
        folder = Path(platformdirs.user_data_dir("LTU Desktop", appauthor=False))
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

    def _make(self, name: str, passphrase: str) -> None:
        from ltu_desktop.window import dialogs

        memory, text = self.desk.memory, self.words.text
        plain = "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-")
        path = dialogs.ask_save(self, text(N_("Where shall the file lie?")), memory.folder / f"{plain}.ltu", KINDS)
        if path is None:
            return
        path = path.with_suffix(".ltu")
        memory.folder = path.parent
        desk = self.desk

        def job(_task: Task[Store]) -> Store:
            from ltu_desktop.actions.agreements import set_employer
            from ltu_desktop.actions.context import Context
            from ltu_desktop.store.file import Store

            store = Store.create(path, clock=desk.clock, operator=desk.operator, passphrase=passphrase)
            set_employer(Context(store, desk.words, desk.clock), {"name": name})
            return store

        desk.worker.run(job, self._made, title=text(N_("Creating the file")))

    def _made(self, store: Store) -> None:
        self.maker.forget()
        self._pending = store
        self.paper.show_code(store.recovery_code() or "", self._take)
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
