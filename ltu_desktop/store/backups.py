"""Backups: proven copies with the same key, named by moment and last entry; thinned; restored with the file kept aside.

All backups of the last day stay, then one a day for two weeks, one a week for twelve, one a month for two years, one a
year for ever.
"""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import checking
from ltu_desktop.store.connect import connect, single
from ltu_desktop.store.copies import Stand, prove, settle, stand, write_copy
from ltu_desktop.store.journal import Entry
from ltu_desktop.store.lock import WriterLock
from ltu_desktop.store.opening import Opened, find, head_revision, must_be_folder
from ltu_desktop.store.tables import EDITED
from ltu_desktop.store.trouble import damaged, told, worldly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ltu_desktop.rules.clock import Clock
    from ltu_desktop.store.file import Store
    from ltu_desktop.store.key import Key

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})-(?P<head>\d+)-(?P<hash>[0-9a-f]{8})\.ltu\Z")
_AT = "%Y%m%d-%H%M%S"
LOGS = ("-wal", "-shm")


class Backup(msgspec.Struct, frozen=True):
    """A backup as its name tells: whose, when, up to which entry."""

    path: Path
    stem: str
    at: datetime
    head: int
    hash: str


class Preview(msgspec.Struct, frozen=True):
    """What restoring would change: rows by table (now, in the backup) where they differ, the entries lost.

    `gained` counts entries that only the backup has: work done after an earlier restore.
    """

    rows: dict[str, tuple[int, int]]
    lost: list[Entry]
    gained: int


def folder_of(path: Path) -> Path:
    """Return where backups of a file lie when nobody says otherwise: beside it."""
    return path.with_name(f"{path.stem}-backups")


def home_of(backup: Path) -> Path | None:
    """Return of which file a backup is, as its name and folder tell; None when it lies elsewhere."""
    match = _NAME.match(backup.name)
    if match is None or backup.parent.name != f"{match['stem']}-backups":
        return None
    return backup.parent.with_name(f"{match['stem']}.ltu")


def listed(folder: Path, stem: str) -> list[Backup]:
    """Return the backups of a file that lie in a folder, the latest first."""
    found = []
    for path in folder.glob("*.ltu"):
        match = _NAME.match(path.name)
        if match and match["stem"] == stem:
            at = datetime.fromisoformat(match["at"].replace("-", "T"))
            found.append(Backup(path, stem, at, int(match["head"]), match["hash"]))
    return sorted(found, key=lambda backup: (backup.at, backup.head), reverse=True)


def make(opened: Opened, folder: Path, now: datetime, *, fresh: bool = False) -> Path:
    """Back a file up and thin the old backups; return the new backup, or the last one when nothing changed since.

    The last one is proven again; `fresh` makes a new one in any case.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        last = next(iter(listed(folder, opened.path.stem)), None)
        if last and not fresh and _unchanged(opened, last):
            return last.path
        copied = folder / f".{opened.path.stem}.copy"
        held = write_copy(opened.path, opened.key, copied, opened.key, mode=opened.mode)
        target = folder / f"{opened.path.stem}-{now:{_AT}}-{held.head}-{held.hash[:8] or '0' * 8}.ltu"
        settle(copied, target)
        for backup in excess(listed(folder, opened.path.stem), now.date()):
            backup.path.unlink()
        return target


def _unchanged(opened: Opened, last: Backup) -> bool:
    with opened.path.open("rb") as present, last.path.open("rb") as copy:
        if present.read(16) != copy.read(16):  # another salt: another passphrase
            return False
    raw = connect(opened.path, opened.key, mode=opened.mode)
    try:
        now = stand(raw, "main")
    finally:
        raw.close()
    return (last.head, last.hash) == (now.head, now.hash[:8]) and _proven(last, opened) == now


def _proven(last: Backup, opened: Opened) -> Stand | None:
    try:
        return prove(last.path, opened.key)
    except Exception as error:
        if isinstance(error, UserError) or worldly(error):
            return None
        raise


def excess(backups: Iterable[Backup], today: date) -> list[Backup]:
    """Choose the backups that may go; of each day, week, month and year the latest stays. Latest first, please."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for backup in backups:
        bucket = _bucket(backup, today)
        if bucket in seen:
            found.append(backup)
        seen.add(bucket)
    return found


def _bucket(backup: Backup, today: date) -> tuple[object, ...]:
    day = backup.at.date()
    age = (today - day).days
    if age <= 1:
        return ("each", backup.path)
    if age <= 14:
        return ("day", day)
    if age <= 12 * 7:
        return ("week", *day.isocalendar()[:2])
    if age <= 2 * 366:
        return ("month", day.year, day.month)
    return ("year", day.year)


def preview(store: Store, backup: Path, passphrase: str | None = None) -> Preview:
    """Tell what restoring a backup over the open file would change; the passphrase is needed when it was another."""
    with told(backup):
        found = find(backup, passphrase, known=store.opened.key)
        theirs, there = _told_by(found)
    ours, here = _told_by(store.opened)
    common = max((number for number, mark in ours.items() if theirs.get(number) == mark), default=0)
    differing = [name for name in {*here, *there} if here.get(name) != there.get(name)]
    return Preview(
        rows={name: (here.get(name, 0), there.get(name, 0)) for name in sorted(differing)},
        lost=store.entries(limit=len(ours) - common),
        gained=len(theirs) - common,
    )


def _told_by(opened: Opened) -> tuple[dict[int, str], dict[str, int]]:
    """Return the hashes of a file's entries, and the rows of its tables."""
    raw = connect(opened.path, opened.key, mode=opened.mode)
    try:
        raw.execute("BEGIN")
        rows = stand(raw, "main").rows
        return dict(raw.execute("SELECT number, hash FROM journal").fetchall()), {
            str(table.name): rows.get(table.name, 0) for table in EDITED
        }
    finally:
        raw.close()


def rehearse(opened: Opened, backup: Backup) -> Stand:
    """Restore a backup to a passing file, check all of it, and throw it away; return what it holds.

    Raises UserError when the backup cannot be restored whole, or is not what its name says.
    """
    passing = backup.path.with_name(f".{backup.path.name}.rehearsed")
    with told(backup.path):
        found = find(backup.path, None, known=opened.key)
        try:
            held = write_copy(backup.path, found.key, passing, found.key, mode=found.mode)
            faults = _faults(passing, found.key) if found.revision == head_revision() else []
        finally:
            passing.unlink(missing_ok=True)
    if faults:
        raise faults[0]
    if (held.head, held.hash[:8] or "0" * 8) != (backup.head, backup.hash):
        raise damaged(backup.path)
    return held


def _faults(path: Path, key: Key | None) -> list[UserError]:
    raw = connect(path, key, mode="ro")
    try:
        with single(raw).connect() as connection:
            return list(checking.check(connection, None))
    finally:
        raw.close()


def contents(backup: Path, passphrase: str | None = None, *, known: Key | None = None) -> dict[str, int]:
    """Return how many rows of each table a backup holds; raise UserError when it cannot be opened."""
    with told(backup):
        return _told_by(find(backup, passphrase, known=known))[1]


def restore(
    backup: Path,
    target: Path,
    *,
    clock: Clock,
    operator: str,
    passphrase: str | None = None,
    known: Key | None = None,
) -> Path | None:
    """Put a proven backup in the place of a file and return where that is kept aside (None when there was none).

    The file must be closed; `known` is a key that opens the backup when nobody shall type a passphrase again. Raises
    UserError when the backup is damaged, newer or locked, and changes nothing then.
    """
    with told(target):
        must_be_folder(target.parent)
        lock = WriterLock(target, operator, clock.now())
        try:
            found = find(backup, passphrase, known=known)
            incoming = target.with_name(f".{target.name}.restored")
            write_copy(backup, found.key, incoming, found.key, mode=found.mode)
            aside = _set_aside(target, clock.now()) if target.exists() else None
            try:
                settle(incoming, target)
            except BaseException:
                if aside:
                    _move_log(aside, target)
                raise
        finally:
            lock.release()
        return aside


def put_back(aside: Path | None, target: Path, *, clock: Clock, operator: str) -> None:
    """Take a restore back: the file that was kept aside has its place again, or nothing is there, as before."""
    with told(target):
        lock = WriterLock(target, operator, clock.now())
        try:
            for part in ("", *LOGS) if aside is None else LOGS:
                target.with_name(target.name + part).unlink(missing_ok=True)
            if aside:
                settle(aside, target)
                _move_log(aside, target)
        finally:
            lock.release()


def _set_aside(target: Path, now: datetime) -> Path:
    """Keep a file under a dated name, with the commits that a killed program left in its log."""
    stem = f"{target.stem}-before-restore-{now:{_AT}}"
    names = (target.with_name(f"{stem}{end}{target.suffix}") for end in ("", *(f"-{n}" for n in range(2, 100))))
    aside = next(path for path in names if not path.exists())
    try:
        os.link(target, aside)
    except OSError:  # a file system without links
        shutil.copy2(target, aside)
    _move_log(target, aside)
    return aside


def _move_log(start: Path, end: Path) -> None:
    """Give a file's log, when there is one, to another name of the file."""
    for part in LOGS:
        log = start.with_name(start.name + part)
        if log.exists():
            log.replace(end.with_name(end.name + part))
