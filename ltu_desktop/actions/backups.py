"""Backups for people: where they lie and which were proven, what restoring one would change, restoring it.

Restoring asks for an administrator: it takes changes of everybody back. The present file is kept aside.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.actions.context import Context
from ltu_desktop.actions.journal_words import PHRASES, sentence
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.store import backups as files
from ltu_desktop.store.file import Store
from ltu_desktop.store.opening import find
from ltu_desktop.store.roles import ADMINISTRATOR, role_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ltu_desktop.rules.clock import Clock
    from ltu_desktop.store.backups import Backup
    from ltu_desktop.store.journal import Entry
    from ltu_desktop.words import Words

COUNTED = ("person", "claim", "payment")
"""Tables whose rows people know and count."""


@dataclass(frozen=True)
class BackupState:
    """Where backups lie, those there are (the latest first), and how many changes the latest does not hold yet."""

    folder: Path
    found: tuple[Backup, ...]
    behind: int


@dataclass(frozen=True)
class Restoring:
    """What restoring a backup would change: rows of `COUNTED` now and then, other rows that differ, what would be lost.

    `now` is None where there is no present file to compare with; `gained` counts changes that only the backup has.
    """

    now: dict[str, int] | None
    then: dict[str, int]
    others: int = 0
    lost: tuple[str, ...] = ()
    gained: int = 0


@dataclass(frozen=True)
class Restored:
    """The file that is open now (None when none could be opened), where the former one is kept aside, what failed."""

    store: Store | None
    aside: Path | None = None
    error: Exception | None = None


def state(ctx: Context) -> BackupState:
    """Look at the backups beside the file."""
    folder = files.folder_of(ctx.store.path)
    found = tuple(files.listed(folder, ctx.store.path.stem))
    head = ctx.store.journal_head()
    return BackupState(folder, found, head - found[0].head if found else head)


def prove(ctx: Context) -> Backup:
    """Restore the latest backup on trial, check all of it, and return which it was; one is made when none is there."""
    now = state(ctx)
    if not now.found:
        ctx.store.backup()
        now = state(ctx)
    files.rehearse(ctx.store.opened, now.found[0])
    return now.found[0]


def preview(ctx: Context, backup: Path, passphrase: str | None = None) -> Restoring:
    """Tell what restoring a backup over the open file would change, with a sentence for each change that is lost."""
    seen = files.preview(ctx.store, backup, passphrase)
    then = files.contents(backup, passphrase, known=ctx.store.opened.key)
    now = {name: seen.rows[name][0] if name in seen.rows else then[name] for name in COUNTED}
    others = sum(abs(before - after) for name, (before, after) in seen.rows.items() if name not in COUNTED)
    today = ctx.clock.now().date()
    lost = tuple(said(ctx.words, entry, today) for entry in seen.lost)
    return Restoring(now, {name: then[name] for name in COUNTED}, others, lost, seen.gained)


def compare(words: Words, backup: Path, target: Path, *, clock: Clock, passphrase: str | None = None) -> Restoring:
    """Tell what a backup holds and, where a file is that the same passphrase opens, what would change in it."""
    then = files.contents(backup, passphrase)
    with (
        suppress(UserError),  # none is there, or it cannot be read: the more reason to restore
        Store.open(target, clock=clock, operator="", passphrase=passphrase, read_only=True) as store,
    ):
        return preview(Context(store, words, clock), backup, passphrase)
    return Restoring(None, {name: then[name] for name in COUNTED})


def said(words: Words, entry: Entry, today: date) -> str:
    """Say an entry as the history does; one that the program itself wrote by what it was."""
    if entry.action in PHRASES:
        return sentence(words, entry, today)
    return words.text(N_("{when}: the file was brought up to date"), when=words.moment(entry.at))


def restore_over(store: Store, backup: Path, passphrase: str | None = None) -> Restored:
    """Close a file, put a backup in its place and open that; whatever fails, the file as it was is open again."""
    former, key = store.recovery_code(), store.opened.key
    try:
        with store.read() as connection:
            may_restore(role_of(connection, store.operator))
        theirs = find(backup, passphrase, known=key).key
        store.close()
        aside = files.restore(backup, store.path, clock=store.clock, operator=store.operator, known=theirs)
        code = theirs.recovery_code if theirs else None
        return _opened(store.path, store.clock, store.operator, code, backup, aside)
    except Exception as fault:  # noqa: BLE001  whatever it was, nobody is left without a file
        store.close()
        return _open_again(store, former, fault)


def _open_again(store: Store, code: str | None, fault: Exception) -> Restored:
    try:
        return Restored(_open(store.path, store.clock, store.operator, code), error=fault)
    except Exception as closed:  # noqa: BLE001  whatever keeps it closed, a sentence says so
        error = UserError(
            "restore_closed",
            N_("The backup was not restored, and the file is closed now."),
            N_("Open it again. Beside it lie its backups and, if one was kept, the file as it was before."),
            where=str(store.path),
        )
        error.__cause__ = closed
        return Restored(None, error=error)


def restore_as(backup: Path, target: Path, *, clock: Clock, operator: str, passphrase: str | None = None) -> Restored:
    """Put a backup at a place and open it; raise UserError when it cannot be, and change nothing then."""
    aside = files.restore(backup, target, clock=clock, operator=operator, passphrase=passphrase)
    return _opened(target, clock, operator, passphrase, backup, aside)


def _opened(
    path: Path, clock: Clock, operator: str, passphrase: str | None, backup: Path, aside: Path | None
) -> Restored:
    """Open a file that was just restored; where it does not open, put back what was there before."""
    try:
        store = _open(path, clock, operator, passphrase)
    except BaseException:
        files.put_back(aside, path, clock=clock, operator=operator)
        raise
    with suppress(UserError):  # whoever only reads the restored file leaves no entry in it
        store.note("store.restore", {"backup": backup.name, "aside": aside.name if aside else ""})
    return Restored(store, aside)


def _open(path: Path, clock: Clock, operator: str, passphrase: str | None) -> Store:
    return Store.open(path, clock=clock, operator=operator, passphrase=passphrase)


def may_restore(role: str) -> None:
    """Raise UserError `administrators_only` for anybody but an administrator."""
    if role != ADMINISTRATOR:
        raise UserError(
            "administrators_only",
            N_("Only an administrator restores a backup or changes the passphrase."),
            N_("Ask an administrator."),
        )
