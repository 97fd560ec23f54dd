"""Restore a backup where no file is open: what it holds, where it goes, what that would change there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs
from ltu_desktop.window.form import secret_field, value_of
from ltu_desktop.window.pieces import Elided, Link, label, row
from ltu_desktop.window.restore_view import RestoreView
from ltu_desktop.window.sheets import Sheet
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ltu_desktop.actions.backups import Restored, Restoring
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.worker import Task

KINDS = "LTU Desktop (*.ltu)"


class RestoreSheet(Sheet):
    """Looks at a backup first; the same button then restores it. `restored` gives the open file."""

    restored = Signal(object)

    def __init__(self, desk: Desk) -> None:
        words, text = desk.words, desk.words.text
        super().__init__(words, text(N_("Restore a backup")), "", text(N_("Restore")), "clock-counter-clockwise")
        self._desk = desk
        self._backup, self.target = Path(), Path()
        self._known = False  # what the backup holds was shown
        self._name = Elided("", Text.STRONG)
        self._where = Elided("", Text.BODY, "text2")
        self.elsewhere = Link(text(N_("Elsewhere…")), icon="folder-open")
        self.elsewhere.clicked.connect(self._choose)
        across = row()
        across.addWidget(self._where, 1)
        across.addWidget(self.elsewhere)
        self.field = secret_field(text(N_("Passphrase or recovery key of that time")))
        self._enter_goes_on(self.field)
        self.view = RestoreView(words)
        self.note = label("", Text.DENSE, "text2", wrap=True)
        self.body.addWidget(self._name)
        self.body.addLayout(across)
        for widget in (self.field, self.view, self.note):
            self.body.addWidget(widget)

    def first(self) -> QWidget:
        """Begin with the passphrase while it is asked for."""
        return self.on_button if self.field.isHidden() else self.field.widget

    def ask(self, backup: Path) -> None:
        """Ask about a backup; it goes back to where it was made unless another place is chosen."""
        from ltu_desktop.store.backups import home_of

        self._backup = backup
        self._name.setText(backup.name)
        self.forget()
        self.field.wrong("")
        self.field.setVisible(False)
        self._to(home_of(backup) or backup.with_name(f"{backup.stem}-restored.ltu"))
        self._look(None)

    def _to(self, target: Path) -> None:
        self.target = target
        self._where.setText(self.words.text(N_("to {path}"), path=target))
        there = N_("A file of this name already exists: it will be kept under another name, in the same folder.")
        self.note.setText(self.words.text(there) if target.exists() else "")
        self.note.setVisible(target.exists())

    def _choose(self) -> None:
        path = dialogs.ask_save(self, self.words.text(N_("Where should the file be saved?")), self.target, KINDS)
        if path is not None:
            self._to(path.with_suffix(".ltu"))
            self._look(self._secret())

    def _secret(self) -> str | None:
        return None if self.field.isHidden() else value_of(self.field)

    def _look(self, passphrase: str | None) -> None:
        self._known = False
        self.view.hide()
        backup, target, desk = self._backup, self.target, self._desk

        def job(_task: Task[Restoring]) -> Restoring:
            from ltu_desktop.actions import backups

            return backups.compare(desk.words, backup, target, clock=desk.clock, passphrase=passphrase)

        desk.worker.run(job, self._seen, failed=self._refused, title=self.words.text(N_("Comparing")))

    def _seen(self, found: Restoring) -> None:
        self._known = True
        self.view.show_preview(found)
        self.view.show()
        self.on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: UserError) -> None:
        if error.code == "passphrase_needed":
            self.field.setVisible(True)
        elif self.field.isHidden():
            self._desk.troubled.emit(error)
            return
        else:
            self.field.wrong(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        edit = self.field.widget
        assert isinstance(edit, QLineEdit)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def go_on(self) -> None:
        """Look at the backup with what is typed; once it was seen, restore it."""
        passphrase = self._secret()
        self.field.wrong("")
        if not self._known:
            self._look(passphrase)
            return
        backup, target, desk = self._backup, self.target, self._desk

        def job(_task: Task[Restored]) -> Restored:
            from ltu_desktop.actions.backups import restore_as

            return restore_as(backup, target, clock=desk.clock, operator=desk.operator, passphrase=passphrase)

        def done(found: Restored) -> None:
            self.forget()
            self.restored.emit(found)

        desk.worker.run(job, done, failed=self._refused, title=self.words.text(N_("Restoring")))
