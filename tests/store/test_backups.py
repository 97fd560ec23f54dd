from __future__ import annotations

import errno
import os
import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.store import backups, copies, opening, tables
from ltu_desktop.store.backups import Backup, excess, listed, preview, restore
from ltu_desktop.store.file import Store

Refused = Any
Create = Any
Reopen = Any


def add(store: Store, *codes: str) -> None:
    for code in codes:
        with store.write("sites.add", {"code": code}) as tx:
            tx.insert(tables.site, {"code": code, "name": "Le Moulin"})


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir() if not other.name.startswith(path.name))


@pytest.mark.parametrize("passphrase", [None, "étoile"])
def test_a_backup_holds_all_and_opens_with_the_same_key(
    create: Create, reopen: Reopen, fast_key: None, passphrase: str | None, content: Any, tmp_path: Path
) -> None:
    store = create(passphrase=passphrase)
    add(store, "A", "B")
    backup = store.backup(tmp_path / "copies")
    assert backup.name.startswith("Entreprise à but d’emploi-20261112-1042")
    assert backup.name.endswith(f"-2-{store_hash(store)}.ltu")
    assert list(backup.parent.iterdir()) == [backup]
    add(store, "C")  # the copy does not change with the file
    with reopen(backup, passphrase=passphrase) as copy:
        assert copy.journal_head() == 2
        assert copy.check() == []
        assert copy.recovery_code() == store.recovery_code()
        store.undo()
        assert content(copy) == content(store)


def store_hash(store: Store) -> str:
    with store.read() as connection:
        return str(connection.exec_driver_sql("SELECT hash FROM journal ORDER BY number DESC").scalar())[:8]


def test_a_backup_is_made_only_when_something_changed(store: Store) -> None:
    add(store, "A")
    first = store.backup()
    assert first.parent == store.path.with_name("Entreprise à but d’emploi-backups")
    assert store.backup() == first
    store.close()
    add_again = store.path
    assert listed(first.parent, add_again.stem)[0].path == first


def test_a_backup_is_made_again_when_the_last_one_is_bad(store: Store) -> None:
    add(store, "A")
    first = store.backup()
    first.write_bytes(first.read_bytes()[:5000])
    second = store.backup()
    assert second != first
    second.write_bytes(first.read_bytes()[:16] + bytes(5000))
    assert store.backup() not in {first, second}


def test_a_backup_is_made_again_after_a_new_passphrase(create: Create, fast_key: None) -> None:
    store = create(passphrase="un")
    add(store, "A")
    first = store.backup()
    store.change_passphrase("deux")
    assert store.backup() != first


def test_a_new_file_has_a_backup_too(store: Store) -> None:
    assert store.backup().name.endswith("-0-00000000.ltu")


def test_our_bug_while_proving_is_not_hidden(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "A")
    store.backup()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(backups, "prove", fail)
    with pytest.raises(ZeroDivisionError):
        store.backup()


def test_a_copy_that_differs_is_thrown_away(store: Store, monkeypatch: pytest.MonkeyPatch, refused: Refused) -> None:
    add(store, "A")
    monkeypatch.setattr(copies, "prove", lambda *_: copies.Stand({}, 1, ""))
    with refused("copy_failed"):
        store.backup()
    assert list(backups.folder_of(store.path).iterdir()) == []


def test_a_disk_that_is_full_leaves_no_half_copy(
    store: Store, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    add(store, "A")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with refused("disk_full"):
        store.backup()
    assert list(backups.folder_of(store.path).iterdir()) == []


def test_windows_has_no_folder_to_flush(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "WINDOWS", True)
    assert store.backup().exists()


def made(*days: str) -> list[Backup]:
    return [Backup(Path(day), "x", datetime.fromisoformat(day), number, "") for number, day in enumerate(days)]


def test_backups_thin_out_with_age() -> None:
    kept = [
        "2026-11-12T17:00", "2026-11-12T09:00", "2026-11-11T17:00", "2026-11-11T09:00",  # each of today and yesterday
        "2026-11-10T17:00", "2026-11-09T17:00", "2026-10-29T17:00",  # the last of each day
        "2026-10-27T09:00", "2026-10-23T09:00",  # the last of each week
        "2026-08-17T09:00", "2026-07-31T09:00", "2025-01-31T09:00",  # the last of each month
        "2024-10-31T09:00", "2023-12-31T09:00", "2014-01-01T09:00",  # the last of each year
    ]  # fmt: skip
    gone = [
        "2026-11-10T09:00",
        "2026-10-26T09:00",
        "2026-08-16T09:00",
        "2026-07-01T09:00",
        "2024-10-30T09:00",
        "2023-01-01T09:00",
    ]
    everything = made(*sorted(kept + gone, reverse=True))
    found = excess(everything, date(2026, 11, 12))
    assert sorted(str(backup.path) for backup in found) == sorted(gone)


@given(st.sets(st.integers(0, 3000), min_size=1, max_size=200))
def test_thinning_keeps_the_latest_and_stays_within_bounds(ages: set[int]) -> None:
    today = datetime(2026, 11, 12, 12)  # noqa: DTZ001  names carry no zone
    days = sorted((today - timedelta(days=age) for age in ages), reverse=True)
    everything = made(*(day.isoformat() for day in days))
    gone = excess(everything, today.date())
    left = [backup for backup in everything if backup not in gone]
    assert left[0] == everything[0]
    assert {backup.at.year for backup in left} == {backup.at.year for backup in everything}
    assert len(left) <= 2 + 13 + 11 + 25 + 10
    assert excess(left, today.date()) == []


def test_old_backups_go_when_a_new_one_comes(store: Store, clock: Any) -> None:
    paths: list[Path] = []
    for _ in range(4):
        add(store, str(len(paths)))
        paths.append(store.backup())
        clock.moment += timedelta(minutes=5)
    other = paths[0].with_name("somebody’s file.ltu")
    other.write_text("x")
    clock.moment += timedelta(days=3)
    add(store, "later")
    last = store.backup()
    assert sorted(paths[0].parent.iterdir()) == sorted([paths[3], last, other])


@pytest.mark.parametrize("passphrase", [None, "étoile"])
def test_restoring_keeps_the_present_file_aside(
    create: Create, reopen: Reopen, clock: Any, fast_key: None, passphrase: str | None, content: Any, path: Path
) -> None:
    store = create(passphrase=passphrase)
    add(store, "A")
    backup, then = store.backup(), content(store)
    add(store, "B", "C")
    now = content(store)
    shown = preview(store, backup)
    assert shown.rows == {"site": (3, 1)}
    assert [entry.params["code"] for entry in shown.lost] == ["C", "B"]
    assert shown.gained == 0
    store.close()
    aside = restore(backup, path, clock=clock, operator="Anne", passphrase=passphrase)
    assert aside is not None
    assert beside(path) == ["Entreprise à but d’emploi-backups", aside.name]
    with reopen(passphrase=passphrase) as again:
        assert content(again) == then
        add(again, "D")
        shown = preview(again, aside)
        assert shown.rows == {"site": (2, 3)}
        assert [entry.params["code"] for entry in shown.lost] == ["D"]
        assert shown.gained == 2
    with reopen(aside, passphrase=passphrase) as kept:
        assert content(kept) == now
    clock.moment -= timedelta(seconds=3)
    second = {restore(backup, path, clock=clock, operator="Anne", passphrase=passphrase) for _ in range(2)}
    assert len({*second, aside}) == 3


def test_restoring_two_times_in_a_second_keeps_both(store: Store, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "A")
    backup, path = store.backup(), store.path
    store.close()
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    asides = [restore(backup, path, clock=clock, operator="A") for _ in range(3)]
    assert [aside.name[-6:] for aside in asides[1:] if aside] == ["-2.ltu", "-3.ltu"]
    assert len(set(asides)) == 3


def test_restoring_where_nothing_was(store: Store, clock: Any, tmp_path: Path, reopen: Reopen, content: Any) -> None:
    add(store, "A")
    backup = store.backup()
    target = tmp_path / "new.ltu"
    assert restore(backup, target, clock=clock, operator="Anne") is None
    with reopen(target) as again:
        assert content(again) == content(store)


def test_restoring_over_a_file_that_a_killed_program_left(
    store: Store, clock: Any, reopen: Reopen, content: Any, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "A")
    backup = store.backup()
    add(store, "B")
    held = content(store)
    crashed = tmp_path / "crash" / path.name
    crashed.parent.mkdir()
    for end in ("", "-wal", "-shm"):
        shutil.copy(f"{path}{end}", f"{crashed}{end}")

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    aside = restore(backup, crashed, clock=clock, operator="A")
    assert aside is not None
    with reopen(crashed) as again:
        assert again.journal_head() == 1
    with reopen(aside) as kept:  # with what was in its log
        assert content(kept) == held


def test_restoring_that_fails_at_the_last_step_leaves_the_file_with_its_log(
    store: Store, clock: Any, reopen: Reopen, content: Any, path: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, refused: Refused,
) -> None:  # fmt: skip
    add(store, "A")
    backup = store.backup()
    add(store, "B")
    held = content(store)
    crashed = tmp_path / "crash" / path.name
    crashed.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", f"{crashed}{end}")

    def settle(unfinished: Path, target: Path) -> None:
        raise OSError(errno.EIO, "x")

    with monkeypatch.context() as patch, refused("disk"):
        patch.setattr(backups, "settle", settle)
        restore(backup, crashed, clock=clock, operator="A")
    with reopen(crashed) as again:
        assert content(again) == held
    with monkeypatch.context() as patch, refused("disk"):
        patch.setattr(backups, "settle", settle)
        restore(backup, tmp_path / "new.ltu", clock=clock, operator="A")
    with refused("missing"):
        restore(backup, tmp_path / "no folder" / "new.ltu", clock=clock, operator="A")


def test_a_file_in_use_is_not_restored(store: Store, clock: Any, refused: Refused, content: Any) -> None:
    add(store, "A")
    backup = store.backup()
    add(store, "B")
    with refused("open_elsewhere"):
        restore(backup, store.path, clock=clock, operator="B")
    assert len(content(store)["site"]) == 2


def test_bad_backups_change_nothing(
    store: Store, clock: Any, refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "A")
    backup, path = store.backup(), store.path
    store.close()
    held = path.read_bytes()
    bad = tmp_path / "bad.ltu"
    with refused("missing"):
        restore(bad, path, clock=clock, operator="A")
    bad.write_text("x")
    with refused("foreign"):
        restore(bad, path, clock=clock, operator="A")
    content = bytearray(backup.read_bytes())
    content[-8192:] = random.Random(1).randbytes(8192)
    bad.write_bytes(content)
    with refused("damaged"):
        restore(bad, path, clock=clock, operator="A")
    monkeypatch.setattr(opening, "FORMAT", 0)
    with refused("newer"):
        restore(backup, path, clock=clock, operator="A")
    assert path.read_bytes() == held
    assert beside(path) == [f"{path.stem}-backups", "bad.ltu"]


def test_preview_of_a_backup_with_another_passphrase(create: Create, fast_key: None, refused: Refused) -> None:
    store = create(passphrase="un")
    add(store, "A")
    backup = store.backup()
    store.change_passphrase("deux")
    with refused("passphrase_needed"):
        preview(store, backup)
    shown = preview(store, backup, "un")
    assert shown.rows == {}
    assert [entry.action for entry in shown.lost] == ["store.change_passphrase"]


# ---- a new passphrase ----


@pytest.mark.parametrize(("old", "new"), [(None, "neuf"), ("ancien", "neuf"), ("ancien", None), ("même", "même")])
def test_a_new_passphrase_opens_and_the_old_one_does_not(
    create: Create, reopen: Reopen, fast_key: None, refused: Refused, content: Any, path: Path,
    old: str | None, new: str | None,
) -> None:  # fmt: skip
    store = create(passphrase=old)
    add(store, "A")
    held = content(store)
    store.change_passphrase(new)
    assert content(store) == held
    assert store.encrypted == (new is not None)
    assert [entry.kind for entry in store.entries()] == ["note", "do"]
    add(store, "B")
    store.undo()
    store.undo()
    store.redo()
    assert store.check() == []
    new_code = store.recovery_code()
    store.close()
    assert beside(path) == []
    assert (new or old or "x").encode() not in path.read_bytes()
    with reopen(passphrase=new) as again:
        assert content(again) == held
        assert again.recovery_code() == new_code
    if old != new and old and new:
        with refused("wrong_passphrase"):
            reopen(passphrase=old)


def test_an_old_recovery_code_opens_no_newer_file(create: Create, reopen: Reopen, refused: Refused) -> None:
    store = create(passphrase="le même")
    code = store.recovery_code()
    store.change_passphrase("le même")
    assert store.recovery_code() != code
    store.close()
    with refused("wrong_passphrase"):
        reopen(passphrase=code)
    reopen(passphrase="le même")


def test_no_new_passphrase_while_somebody_reads(
    create: Create, reopen: Reopen, fast_key: None, refused: Refused, content: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ltu_desktop.store import connect

    monkeypatch.setattr(connect, "BUSY_MILLISECONDS", 1)
    store = create(passphrase="un")
    add(store, "A")
    held = content(store)
    with store.read() as connection:
        connection.execute(tables.site.select()).all()
        with refused("busy"):
            store.change_passphrase("deux")
    other = reopen(passphrase="un", read_only=True)
    assert content(other) == held
    with refused("busy"):
        store.change_passphrase("deux")
    other.close()
    assert content(store) == held
    add(store, "B")
    store.close()
    with reopen(passphrase="un") as again:
        assert again.check() == []
        assert again.journal_head() == 2


def test_a_new_passphrase_that_fails_half_way_changes_nothing(
    create: Create, reopen: Reopen, fast_key: None, refused: Refused, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    store = create(passphrase="un")
    add(store, "A")
    calls = []

    def settle(unfinished: Path, target: Path) -> None:
        calls.append(target)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, refused("disk_full"):
        patch.setattr(opening, "settle", settle)
        store.change_passphrase("deux")
    assert calls == [path]
    add(store, "B")
    store.close()
    assert beside(path) == []
    with reopen(passphrase="un") as again:
        assert again.journal_head() == 2


@pytest.mark.parametrize("passphrase", [None, "étoile"])
def test_a_rehearsal_restores_on_trial_and_leaves_nothing(
    create: Create, fast_key: None, passphrase: str | None, tmp_path: Path
) -> None:
    store = create(passphrase=passphrase)
    add(store, "A", "B")
    folder = tmp_path / "copies"
    store.backup(folder)
    add(store, "C")
    [backup] = listed(folder, store.path.stem)
    held = backups.rehearse(store.opened, backup)
    assert (held.head, held.rows["site"]) == (2, 2)
    assert list(folder.iterdir()) == [backup.path]


def test_a_backup_that_is_not_what_its_name_says_is_not_proven(store: Store, tmp_path: Path, refused: Refused) -> None:
    add(store, "A")
    path = store.backup(tmp_path / "copies")
    renamed = path.with_name(path.name.replace("-1-", "-7-"))
    path.rename(renamed)
    [backup] = listed(renamed.parent, store.path.stem)
    with refused("damaged"):
        backups.rehearse(store.opened, backup)
    assert list(renamed.parent.iterdir()) == [renamed]


def test_a_rehearsal_finds_what_was_changed_behind_the_journal(
    store: Store, tmp_path: Path, behind: Any, refused: Refused
) -> None:
    add(store, "A")
    behind(store, "UPDATE site SET name = 'La Halle'")
    path = store.backup(tmp_path / "copies")
    [backup] = listed(path.parent, store.path.stem)
    with refused("changed_outside"):
        backups.rehearse(store.opened, backup)


def test_an_older_backup_is_proven_by_its_pages_alone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, "A")
    path = store.backup(tmp_path / "copies")
    [backup] = listed(path.parent, store.path.stem)
    monkeypatch.setattr(backups, "head_revision", lambda: "9999")
    assert backups.rehearse(store.opened, backup).head == 1


def test_a_backup_tells_what_it_holds_and_whose_it_is(store: Store, tmp_path: Path) -> None:
    add(store, "A", "B")
    path = store.backup()
    assert backups.contents(path)["site"] == 2
    assert backups.home_of(path) == store.path
    assert backups.home_of(tmp_path / path.name) is None, "it lies elsewhere"
    assert backups.home_of(path.with_name("lettre.ltu")) is None


def test_a_known_key_opens_a_backup_without_its_passphrase(
    create: Create, reopen: Reopen, fast_key: None, clock: Any, refused: Refused
) -> None:
    store = create(passphrase="étoile")
    add(store, "A")
    path = store.backup()
    add(store, "B")
    key = store.opened.key
    store.close()
    with refused("passphrase_needed"):
        restore(path, store.path, clock=clock, operator="x")
    assert restore(path, store.path, clock=clock, operator="x", known=key) is not None
    with reopen(passphrase="étoile") as again:
        assert again.journal_head() == 1
