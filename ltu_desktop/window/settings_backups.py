"""Settings: the file and its backups: where, when, kept how long, proven when; made by hand; restored after a look."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs, theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import secret_field, value_of
from ltu_desktop.window.pieces import Elided, Link, label, row
from ltu_desktop.window.restore_view import FIRST, RestoreView
from ltu_desktop.window.settings_section import Section
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QHBoxLayout, QWidget

    from ltu_desktop.actions.backups import BackupState, Restored, Restoring
    from ltu_desktop.actions.context import Context
    from ltu_desktop.store.backups import Backup
    from ltu_desktop.store.file import Store
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.words import Words

SHOWN = 6  # backups in the list; the others when they are asked for
KINDS = "LTU Desktop (*.ltu)"


def load_state(ctx: Context) -> BackupState:
    """Look at the backups."""
    from ltu_desktop.actions.backups import state

    return state(ctx)


class BackupsSection(Section):
    """Where the backups are, proving and making them, restoring one."""

    code: ClassVar[str] = "backups"
    title: ClassVar[str] = N_("File and backups")
    icon: ClassVar[str] = "shield-check"
    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state: BackupState | None = None
        self._all = False
        self._chosen: Path | None = None
        self._preview: Restoring | None = None
        self._locked = False  # the chosen backup was made with another passphrase
        self._passphrase: str | None = None
        self._fresh = False  # the preview came just now: the hand goes to it
        self.ways: dict[Path, Link] = {}
        self.view: RestoreView | None = None
        self.restore_button: Button | None = None
        self.prove_button: Button | None = None
        self.make_button: Button | None = None
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_hand())

    def first_focus(self) -> QWidget | None:
        """Begin at what makes a backup."""
        return self.make_button

    def refresh(self) -> None:
        """Look at the backups again."""
        self.desk.act(load_state, self._show)

    def back(self) -> bool:
        """Restore nothing."""
        if self._chosen is None:
            return False
        self.leave()
        return True

    # ---- showing ----

    def _show(self, found: BackupState) -> None:
        self._state = found
        stand = self.begin()
        text = self.words.text
        self.head(text(N_("File and backups")))
        store = self.desk.store
        assert store is not None
        self.form.addLayout(facts_grid(self.words, found, store.path, self.desk.memory.proof(store.path)))
        self._ways()
        self.view = self.restore_button = None
        if self._chosen is not None:
            self._restoring(self._chosen)
        self.head(text(N_("Restore")), text(N_("nothing changes before you have seen what would change")))
        self._list(found)
        self.end(stand)
        self._give_hand()

    def _give_hand(self) -> None:
        """Go to what restores, once, when a preview has just come."""
        fresh, self._fresh = self._fresh, False
        if fresh and self.restore_button is not None:
            self.restore_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ways(self) -> None:
        text = self.words.text
        ways = row()
        self.make_button = Button(text(N_("Back up now")), icon="shield-check", kind=Kind.PRIMARY)
        self.prove_button = Button(text(N_("Test a restore now")), icon="check-circle")
        elsewhere = Button(text(N_("Back up to another folder…")), icon="hard-drives")
        self.make_button.clicked.connect(self.make)
        self.prove_button.clicked.connect(self.prove)
        elsewhere.clicked.connect(self.make_elsewhere)
        for button in (self.make_button, self.prove_button, elsewhere):
            ways.addWidget(button)
        ways.addStretch(1)
        self.form.addLayout(ways)

    def _list(self, found: BackupState) -> None:
        words, text = self.words, self.words.text
        self.ways = {}
        shown = found.found if self._all else found.found[:SHOWN]
        if not shown:
            self.form.addWidget(label(text(N_("There is no backup yet.")), Text.BODY, "text2"))
        for each in shown:
            self.form.addLayout(self._line(each))
        ways = row()
        if len(found.found) > len(shown):
            more = Button(
                words.plural("Show {count} older one", "Show {count} older ones", len(found.found) - len(shown)),
                kind=Kind.QUIET,
            )
            more.clicked.connect(self._show_all)
            ways.addWidget(more)
        other = Button(text(N_("Restore another file…")), icon="folder-open")
        other.clicked.connect(self.choose_file)
        other.setEnabled(self.desk.administrator)
        ways.addWidget(other)
        ways.addStretch(1)
        self.form.addLayout(ways)
        if not self.desk.administrator:
            self.form.addWidget(
                label(text(N_("Only an administrator can restore a backup.")), Text.DENSE, "text3", wrap=True)
            )

    def _line(self, backup: Backup) -> QHBoxLayout:
        words = self.words
        line = row(gap=24)
        when = label(words.moment(backup.at), Text.STRONG)
        when.setMinimumWidth(theme.grown(FIRST))
        line.addWidget(when)
        number = words.text(N_("up to entry no. {number} of the history"), number=words.integer(backup.head))
        line.addWidget(Elided(number, Text.BODY, "text2"), 1)
        link = Link(words.text(N_("See what it would change")), icon="eye")
        link.setAccessibleName(f"{link.text()}{words.colon} {when.text()}")
        link.setEnabled(self.desk.administrator)
        link.clicked.connect(lambda _on=False, path=backup.path: self.choose(path))
        self.ways[backup.path] = link
        line.addWidget(link)
        return line

    def _show_all(self) -> None:
        self._all = True
        self.refresh()

    def _show_hand(self) -> None:
        """Keep what the hand is at in sight: its place is known only once all is laid."""
        button = self.restore_button
        if button is not None and button.hasFocus():
            self.area.ensureWidgetVisible(button, 0, 24)

    # ---- making and proving ----

    def make(self) -> None:
        """Back the file up beside it."""
        self.desk.act(
            lambda ctx: ctx.store.backup(),
            lambda path: self._done(self.words.text(N_("Backed up and proven: {path}"), path=path.name)),
            title=self.words.text(N_("Backing up")),
        )

    def make_elsewhere(self) -> None:
        """Back the file up into a folder that is chosen: a stick, another disk."""
        memory = self.desk.memory
        folder = dialogs.ask_folder(self, self.words.text(N_("Back up into which folder?")), memory.backup_folder)
        if folder is None:
            return
        memory.backup_folder = folder
        self.desk.act(
            lambda ctx: ctx.store.backup(folder),
            lambda path: self._done(self.words.text(N_("Backed up and proven: {path}"), path=path)),
            title=self.words.text(N_("Backing up")),
        )

    def prove(self) -> None:
        """Restore the latest backup on trial, and say that it can be done."""

        def job(ctx: Context) -> Backup:
            from ltu_desktop.actions.backups import prove

            return prove(ctx)

        self.desk.act(job, self._proven, title=self.words.text(N_("Testing a restore")))

    def _proven(self, backup: Backup) -> None:
        words, store = self.words, self.desk.store
        assert store is not None
        now = words.moment(self.desk.clock.now())
        said = words.text(N_("{now}: the backup of {at} was fully restored"), now=now, at=words.moment(backup.at))
        self.desk.memory.keep_proof(store.path, said)
        self._done(words.text(N_("Proven: this backup can be fully restored.")))

    def _done(self, said: str) -> None:
        self.desk.said.emit(said, False)
        self.desk.backed_up.emit()
        self.refresh()

    # ---- restoring ----

    def choose_file(self) -> None:
        """Choose a backup anywhere, to see what restoring it would change."""
        path = dialogs.ask_open(self, self.words.text(N_("Which backup?")), self.desk.memory.backup_folder, KINDS)
        if path is not None:
            self.choose(path)

    def choose(self, path: Path) -> None:
        """See what restoring a backup would change."""
        self._chosen, self._preview, self._locked, self._passphrase = path, None, False, None
        self._ask(None)

    def _ask(self, passphrase: str | None) -> None:
        path = self._chosen
        assert path is not None

        def job(ctx: Context) -> Restoring:
            from ltu_desktop.actions.backups import preview

            return preview(ctx, path, passphrase)

        def failed(error: UserError) -> None:
            if error.code == "passphrase_needed":
                self._locked = True
                self.refresh()
            elif self._locked and "restore.passphrase" in self.fields:
                field = self.fields["restore.passphrase"]
                field.wrong(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))
                field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.leave()
                self.desk.troubled.emit(error)

        def done(found: Restoring) -> None:
            self._preview, self._passphrase, self._fresh = found, passphrase, True
            self.refresh()

        self.desk.act(job, done, failed=failed, title=self.words.text(N_("Comparing")))

    def _restoring(self, path: Path) -> None:
        text = self.words.text
        at = next((each.at for each in self._state.found if each.path == path), None) if self._state else None
        if at is None:
            self.head(text(N_("Restore {name}"), name=path.name))
        else:
            self.head(text(N_("Restore the backup of {at}"), at=self.words.moment(at)))
        ways = row()
        if self._preview is not None:
            self.view = RestoreView(self.words)
            self.view.show_preview(self._preview)
            self.form.addWidget(self.view)
            aside = text(N_("The file as it is now is kept under another name, in the same folder."))
            self.form.addWidget(label(aside, Text.DENSE, "text3", wrap=True))
            self.restore_button = Button(text(N_("Restore this backup")), icon="clock-counter-clockwise")
            self.restore_button.setEnabled(self.desk.administrator)
            self.restore_button.clicked.connect(self.restore)
            ways.addWidget(self.restore_button)
        elif self._locked:
            field = secret_field(
                text(N_("Passphrase or recovery key of that time")),
                help_text=text(N_("This backup was made with another passphrase.")),
            )
            field.widget.setMaximumWidth(360)
            self.fields["restore.passphrase"] = field
            self.form.addWidget(field)
            see = Button(text(N_("See what it would change")), icon="eye")
            assert isinstance(field.widget, QLineEdit)
            field.widget.returnPressed.connect(self._try)
            see.clicked.connect(self._try)
            ways.addWidget(see)
        leave = Button(text(N_("Leave as it is")))
        leave.clicked.connect(self.leave)
        ways.addWidget(leave)
        ways.addStretch(1)
        self.form.addLayout(ways)

    def _try(self) -> None:
        self._ask(value_of(self.fields["restore.passphrase"]))

    def leave(self) -> None:
        """Restore nothing."""
        self._chosen, self._preview, self._locked, self._passphrase = None, None, False, None
        self.refresh()

    def _tell(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.desk.troubled.emit(error)
        else:
            self.desk.worker.broken.emit(error)

    def _tell_later(self, error: Exception) -> None:
        """Say why all is as it was, once the file that was opened again is shown: that takes messages away."""

        def told() -> None:
            self.desk.file_changed.disconnect(told)
            self._tell(error)

        self.desk.file_changed.connect(told)

    def restore(self) -> None:
        """Restore the backup that was looked at; the window goes on with the restored file."""
        path, passphrase = self._chosen, self._passphrase
        assert path is not None

        def job(store: Store) -> Restored:
            from ltu_desktop.actions.backups import restore_over

            return restore_over(store, path, passphrase)

        self.leave()
        self.desk.swap(job, self._restored, title=self.words.text(N_("Restoring")))

    def _restored(self, found: Restored) -> None:
        if found.error is not None and found.store is None:
            self._tell(found.error)
        elif found.error is not None:
            self._tell_later(found.error)
        elif found.aside is not None:
            said = self.words.text(N_("Restored. The previous file is kept as {name}"), name=found.aside.name)
            self.desk.said.emit(said, False)


def facts_grid(words: Words, found: BackupState, path: Path, proof: str) -> QGridLayout:
    """Lay out where the file and its backups are, which is the latest, how they are made, proven and kept."""
    text = words.text
    if not found.found:
        latest = text(N_("none yet"))
    else:
        latest = words.moment(found.found[0].at)
        if found.behind > 0:
            since = words.plural("{count} change since", "{count} changes since", found.behind)
            latest = f"{latest} · {since}"
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, theme.grown(FIRST))
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(
        (
            (text(N_("The file")), str(path)),
            (text(N_("Its backups")), str(found.folder)),
            (text(N_("Latest backup")), latest),
            (text(N_("Last proven restore")), proof or text(N_("not yet on this computer"))),
            (text(N_("Made")), text(N_("when the file is closed after a change, and before any risky operation"))),
            (
                text(N_("Kept")),
                text(
                    N_(
                        "all of the last day, one a day for two weeks, one a week for twelve weeks, "
                        "one a month for two years, one a year with no limit"
                    )
                ),
            ),
        )
    ):
        grid.addWidget(label(name, Text.BODY, "text2"), at, 0, Qt.AlignmentFlag.AlignTop)
        said = label(value, Text.BODY, wrap=True, select=True) if at > 1 else Elided(value, Text.BODY)
        grid.addWidget(said, at, 1)
    return grid
