"""The desk: what all pages share. The open file, the one month, the words, and the only ways to read and to act."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.window.worker import Task, Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from ltu_desktop.actions.backups import Restored
    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.rules.clock import Clock
    from ltu_desktop.store.file import Store
    from ltu_desktop.store.journal import Changed, Entry
    from ltu_desktop.window.memory import Memory
    from ltu_desktop.words import Words

T = TypeVar("T")
ADMINISTRATOR, READER, WITHOUT_HEALTH = "administrator", "reader", "without_health"  # as `store.roles` has them


class Desk(QObject):
    """The open file with everything around it; lives on the window's thread and sends all work to the worker.

    `changed` tells pages which tables a write touched, and who asked for it.
    """

    file_changed = Signal()
    month_changed = Signal()
    changed = Signal(object)
    history_changed = Signal(object, object)  # what could be undone and redone: Entry or None
    said = Signal(str, bool)  # a text for the toast, and whether it offers Undo
    troubled = Signal(object)  # a UserError to be shown
    counted = Signal(str)  # count, sum, mean of what is chosen, for the status bar
    go = Signal(str, object)  # a page by its code, and what it should show
    role_changed = Signal()
    language_chosen = Signal(str)  # for the window
    backed_up = Signal()
    waits = Signal(bool)  # whether a change in sight waits for its button: it is not saved yet
    remake = Signal()  # the window is to be made anew: another size of texts, other rows
    _written = Signal(object)

    def __init__(self, words: Words, clock: Clock, memory: Memory, operator: str) -> None:
        super().__init__()
        self.words, self.clock, self.memory, self.operator = words, clock, memory, operator
        self.store: Store | None = None
        self.role = ADMINISTRATOR  # the operator's, as the file has it
        self.saved_at: datetime | None = None
        self.month = Month.of(clock.now().date()).plus(-1)  # a month is claimed after its end
        self.worker = Worker(self)
        self.worker.user_error.connect(self.troubled)
        self._written.connect(self._after_write)
        self._unsubscribe: Callable[[], None] | None = None

    # ---- the file ----

    @property
    def writable(self) -> bool:
        """Tell whether there is a file that may be changed, by whoever works here."""
        return self.store is not None and not self.store.read_only and self.role != READER

    @property
    def administrator(self) -> bool:
        """Tell whether whoever works here may do all: manage operators, restore, change the passphrase."""
        return self.writable and self.role == ADMINISTRATOR

    @property
    def sees_health(self) -> bool:
        """Tell whether health dates and papers are shown to whoever works here."""
        return self.role != WITHOUT_HEALTH

    @property
    def why_not(self) -> str:
        """Say why nothing can be changed; empty when it can."""
        if self.store is None or self.writable:
            return ""
        if self.store.read_only:
            return self.words.text(N_("The file is open read-only."))
        return self.words.text(
            N_("“{name}” has read-only access. An administrator can change this role in the settings."),
            name=self.operator,
        )

    def open(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        read_only: bool = False,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Open a file in place of the present one."""

        def job(_task: Task[Store]) -> Store:
            from ltu_desktop.store.file import Store

            self.words.month(Month.of(self.clock.now().date()))  # Babel takes long the first time: not over here
            return Store.open(
                path, clock=self.clock, operator=self.operator, passphrase=passphrase, read_only=read_only
            )

        self.worker.run(job, self.take, failed=failed, title=self.words.text(N_("Opening the file")))

    def take(self, store: Store) -> None:
        """Work with an opened file from now on, and let the former one go."""
        self._drop()
        self.store = store
        self.saved_at = None
        self._unsubscribe = store.subscribe(self._written.emit)
        self.worker.run(lambda _task: self.memory.opened(store.path), lambda _none: None)
        self.act(_first_look, self._arrive)
        self.ask_history()

    def swap(self, job: Callable[[Store], Restored], done: Callable[[Restored], None], *, title: str) -> None:
        """Let a job put another file in the place of the open one, and go on with that; nobody reads meanwhile."""
        store = self.release()
        if store is None:
            return

        def found(restored: Restored) -> None:
            if restored.store is None:
                self.file_changed.emit()
            else:
                self.take(restored.store)
            done(restored)

        self.worker.run(lambda _task: job(store), found, title=title)

    def sign(self, name: str) -> None:
        """Let changes and claims go under this name from now on."""
        self.operator = self.memory.operator = name
        if self.store is not None:
            self.store.operator = name
            self._ask_role()

    def close_file(self) -> None:
        """Close the file."""
        self._drop()
        self.file_changed.emit()

    def release(self) -> Store | None:
        """Let go of the file without closing it, for another window to take."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        store, self.store = self.store, None
        return store

    def _drop(self) -> None:
        changed = self.saved_at is not None
        store = self.release()
        if store is not None:
            self.worker.run(lambda _task: _close(store, backup=changed), lambda _none: None)

    def _ask_role(self) -> None:
        """Find out what whoever works here may do now, and tell when that changed."""

        def told(role: str) -> None:
            if role != self.role:
                self.role = role
                self.role_changed.emit()

        self.act(lambda ctx: ctx.role, told)

    def _arrive(self, found: tuple[Month | None, str]) -> None:
        month, self.role = found
        if month is not None:
            self.month = month
        self.month_changed.emit()
        self.file_changed.emit()

    def set_month(self, month: Month) -> None:
        """Change the month that all pages show."""
        if month != self.month:
            self.month = month
            self.month_changed.emit()

    # ---- reading and acting ----

    def read(
        self,
        query: Callable[[Connection], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Ask the file something over there and use the answer here; without a file nothing happens."""
        store = self.store
        if store is None:
            return

        def job(_task: Task[T]) -> T:
            with store.read() as connection:
                return query(connection)

        self.worker.run(job, lambda value: done(value) if self.store is store else None, failed=failed)

    def act(
        self,
        action: Callable[[Context], T],
        done: Callable[[T], None],
        *,
        title: str = "",
        initiator: object | None = None,
        failed: Callable[[UserError], None] | None = None,
    ) -> Task[T] | None:
        """Run an action (or long work on the file) over there, and go on here with what it returns."""
        store = self.store
        if store is None:
            return None

        def job(task: Task[T]) -> T:
            from ltu_desktop.actions.context import Context

            return action(Context(store, self.words, self.clock, task.progress, initiator))

        return self.worker.run(
            job, lambda value: done(value) if self.store is store else None, failed=failed, title=title
        )

    def undo(self) -> None:
        """Take the last change back, and say which."""
        store = self.store
        if store is not None:
            self.worker.run(lambda _task: (store.undoable(), store.undo())[0], self._say_undone)

    def redo(self) -> None:
        """Do again what was undone last, and say which."""
        store = self.store
        if store is not None:
            self.worker.run(lambda _task: (store.redoable(), store.redo())[0], self._say_redone)

    def _say_undone(self, entry: Entry | None) -> None:
        self.said.emit(self.words.text(N_("Undone: {what}"), what=self.said_entry(entry)), False)

    def _say_redone(self, entry: Entry | None) -> None:
        self.said.emit(self.words.text(N_("Done again: {what}"), what=self.said_entry(entry)), False)

    def said_entry(self, entry: Entry | None) -> str:
        """Say who did what, as the history does."""
        from ltu_desktop.actions.journal_words import PHRASES, phrase

        if entry is None or entry.action not in PHRASES:
            return "–"
        return f"{entry.operator} {phrase(self.words, entry)}"

    def ask_history(self) -> None:
        """Find out what could be undone and redone."""
        store = self.store
        if store is None:
            return

        def job(_task: Task[tuple[Entry | None, Entry | None]]) -> tuple[Entry | None, Entry | None]:
            return store.undoable(), store.redoable()

        self.worker.run(job, lambda pair: self.history_changed.emit(*pair))

    def _after_write(self, changed: Changed) -> None:
        self.saved_at = self.clock.now()
        self.changed.emit(changed)
        if "operator" in changed.tables:
            self._ask_role()
        self.ask_history()

    def close(self) -> None:
        """Close the file and stop the thread; the desk is of no use afterwards."""
        self._drop()
        self.worker.close()


def _first_look(ctx: Context) -> tuple[Month | None, str]:
    """Find the latest month with a payroll, and the role of whoever works here."""
    from ltu_desktop.queries.claims import payroll_months

    with ctx.store.read() as connection:
        months = payroll_months(connection)
    return months[-1] if months else None, ctx.role


def _close(store: Store, *, backup: bool) -> None:
    """Close a file; back it up first when something was changed. A backup that fails must not keep it open."""
    try:
        if backup and not store.read_only:
            store.backup()
    finally:
        store.close()
