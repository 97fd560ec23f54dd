"""What was told as saved is there, whatever happens to the program or the disk."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store
from ltu_desktop.store.trouble import told, worldly

Refused = Any


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed program forks")
@pytest.mark.parametrize(("passphrase", "kills"), [(None, 47), ("étoile", 3)])
def test_killed_at_any_moment(create: Any, reopen: Any, path: Path, passphrase: str | None, kills: int) -> None:
    moments = random.Random(7)
    with create(passphrase=passphrase) as store, store.write("people.add") as tx:
        tx.insert(tables.person, {"staff_number": "F0001", "name": "MARTIN"})
    worker = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "busy_worker.py"), str(path), passphrase or ""],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdin is not None
    assert worker.stdout is not None
    saved, found = 1, 1
    for _ in range(kills):
        worker.stdin.write("go\n")
        worker.stdin.flush()
        pid = int(worker.stdout.readline())
        for _ in range(moments.randrange(1, 8)):
            saved = int(worker.stdout.readline())
        until = time.perf_counter() + moments.random() * 0.004
        while time.perf_counter() < until:  # a moment too short to sleep
            pass
        os.kill(pid, signal.SIGKILL)
        while (line := worker.stdout.readline()) != "dead\n":
            saved = int(line)
        with reopen(passphrase=passphrase) as store:
            found = store.journal_head()
            assert found in {saved, saved + 1}  # the last one may be saved and not told
            with store.read() as connection:
                rows = connection.execute(select(func.count()).select_from(tables.absence)).scalar_one()
            imports = sum(entry.action == "payroll.import" for entry in store.entries())
            assert rows == 40 * imports
    worker.stdin.close()
    worker.stdout.close()
    assert worker.wait() == 0
    assert found > kills
    with reopen(passphrase=passphrase) as store:
        assert store.check() == []


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(tables.site.c.name)).scalars())


def test_a_full_disk_saves_nothing_of_the_change_and_all_before(
    create: Any, reopen: Any, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = create()
    with store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": "A", "name": "saved"})
    with refused("disk_full"), store.write("payroll.import") as tx:
        tx.connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the present size: no page more
        tx.put_blob(bytes(10_000_000))
    assert names(store) == ["saved"]
    with store.write("sites.add") as tx:
        tx.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        tx.insert(tables.site, {"code": "B", "name": "saved later"})
    store.close()
    with reopen() as again:
        assert names(again) == ["saved", "saved later"]
        assert again.check() == []


def test_an_action_cannot_go_on_after_a_full_disk(store: Store) -> None:
    with pytest.raises(RuntimeError, match="rolled back"), store.write("payroll.import") as tx:  # noqa: PT012  an action
        tx.insert(tables.site, {"code": "A", "name": "not saved"})
        tx.connection.exec_driver_sql("PRAGMA max_page_count = 1")
        try:
            tx.put_blob(bytes(10_000_000))
        except DBAPIError:
            tx.insert(tables.site, {"code": "B", "name": "not saved"})
    assert names(store) == []
    assert store.journal_head() == 0


LIMITED = """
import datetime, resource, sys
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store
class Clock:
    def now(self): return datetime.datetime(2026, 11, 12, tzinfo=datetime.UTC)
store = Store.open(sys.argv[1], clock=Clock(), operator="A")
with store.write("x") as tx:
    tx.insert(tables.site, {"code": "B", "name": "saved later"})
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
try:
    with store.write("x") as tx:
        tx.insert(tables.site, {"code": "C", "name": "not saved"})
        tx.put_blob(bytes(3_000_000))
except UserError as error:
    print(error.code)
try:
    store.backup().stat()
    store.change_passphrase("x")
    with store.write("x") as tx:
        tx.put_blob(bytes(3_000_000))
except UserError as error:
    print(error.code)
with store.write("x") as tx:
    tx.insert(tables.site, {"code": "D", "name": "saved last"})
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_file_that_may_not_grow(create: Any, reopen: Any, path: Path) -> None:
    with create() as store, store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": "A", "name": "saved"})
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], check=True, capture_output=True, text=True)
    assert (set(done.stdout.split()) <= {"disk_full", "disk"}, len(done.stdout.split()), done.stderr) == (True, 2, "")
    with reopen(passphrase="x") as store:
        assert names(store) == ["saved", "saved later", "saved last"]
        assert store.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no folder with open files")
def test_a_folder_that_is_moved_away_loses_nothing_that_was_told_as_saved(
    tmp_path: Path, clock: Any, refused: Refused, reopen: Any
) -> None:
    folder, moved = tmp_path / "share", tmp_path / "gone"
    folder.mkdir()
    store = Store.create(folder / "x.ltu", clock=clock, operator="A")
    saved = []
    for name in ("before", "after"):
        try:
            with store.write("x") as tx:
                tx.insert(tables.site, {"code": name, "name": name})
            saved.append(name)
        except UserError as error:
            assert error.code in {"disk", "denied", "read_only"}
        if not moved.exists():
            folder.rename(moved)
    with refused("missing"):
        store.change_passphrase("x")
    store.close()
    with reopen(moved / "x.ltu") as again:
        assert names(again) == saved
        assert again.check() == []


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "x"), "disk_full"),
        (OSError(errno.EIO, "x"), "disk"),
        (OSError(errno.EROFS, "x"), "denied"),
        (FileNotFoundError(errno.ENOENT, "x"), "missing"),
        (OSError(errno.ELOOP, "x"), None),
        (ValueError("x"), None),
    ],
)
def test_only_what_the_world_does_is_put_in_words(
    error: Exception, code: str | None, refused: Refused, tmp_path: Path
) -> None:
    def fail() -> None:
        with told(tmp_path):
            raise error

    if code is None:
        with pytest.raises(type(error)) as info:
            fail()
        assert info.value is error
    else:
        with refused(code) as errors:
            fail()
        assert errors[0].where == str(tmp_path)
    assert worldly(error) == (code is not None)


def test_a_disk_too_full_to_read_is_told_as_full(
    tmp_path: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says only "disk I/O error" when the file that readers share finds no room."""

    def fail(code: str, path: Path) -> None:
        with refused(code), told(path):
            raise OSError(errno.EIO, "x")

    fail("disk", tmp_path / "a.ltu")
    fail("disk", tmp_path / "gone" / "a.ltu")
    monkeypatch.setattr("ltu_desktop.store.trouble._READERS_NEED", 1 << 60)
    fail("disk_full", tmp_path / "a.ltu")
