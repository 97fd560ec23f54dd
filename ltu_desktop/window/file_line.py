"""The status bar's first words: the file, how it is protected, and when it was last backed up and proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ltu_desktop.rules.errors import N_

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.bars import StatusBar
    from ltu_desktop.window.desk import Desk


def last_backup(ctx: Context) -> date | None:
    """Return the day of the latest backup beside the file, None before the first one."""
    from ltu_desktop.actions.backups import state

    found = state(ctx).found
    return found[0].at.date() if found else None


class FileLine(QObject):
    """Says it again whenever the file, the role or the backups change."""

    def __init__(self, desk: Desk, status: StatusBar) -> None:
        super().__init__(status)
        self._desk, self._words, self._status = desk, desk.words, status
        self._proven = ""
        desk.file_changed.connect(self._opened)
        desk.role_changed.connect(self._other_role)
        desk.changed.connect(lambda _changed: self.say())
        desk.backed_up.connect(self.ask)

    def _opened(self) -> None:
        self._proven = ""
        self._other_role()
        self.ask()

    def _other_role(self) -> None:
        self.say()
        store = self._desk.store
        if store is not None and not store.read_only and self._desk.why_not:
            self._desk.said.emit(self._desk.why_not, False)  # once; the top bar keeps it

    def ask(self) -> None:
        """Find out when the file was last backed up."""
        self._desk.act(last_backup, self._told)

    def _told(self, day: date | None) -> None:
        words = self._words
        self._proven = words.text(N_("backup proven on {day}"), day=words.day(day)) if day is not None else ""
        self.say()

    def say(self) -> None:
        """Say what is known."""
        store, text = self._desk.store, self._words.text
        if store is None:
            return
        if not self._desk.writable:
            state, icon = text(N_("read-only")), "eye"
        elif store.encrypted:
            state, icon = text(N_("encrypted")), "lock-simple"
        else:
            state, icon = text(N_("without passphrase")), "lock-simple-open"
        self._status.say_file(" · ".join(part for part in (store.path.name, state, self._proven) if part), icon)
