from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from sqlcipher3 import dbapi2

from ltu_desktop.store import connect, lock, opening, tables
from ltu_desktop.store.file import Store
from ltu_desktop.store.lock import WriterLock, holder
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from pathlib import Path

Refused = Any
Create = Any
Reopen = Any


def add(store: Store, code: str = "M") -> None:
    with store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": code, "name": "Le Moulin"})


def beside(path: Path) -> list[str]:
    return sorted(other.name for other in path.parent.iterdir() if other != path)


def test_odd_names_are_names(tmp_path: Path, create: Create, reopen: Reopen) -> None:
    for name in ("a?mode=ro.ltu", "b#c.ltu", "d%20e.ltu", "f'g\"h.ltu", "œuvre 文.ltu"):
        store = create(tmp_path / name, passphrase=None)
        add(store)
        assert store.backup(tmp_path / "copies").exists()
        store.close()
        assert reopen(tmp_path / name).journal_head() == 1
    assert len(list((tmp_path / "copies").iterdir())) == 5


def test_a_new_file_is_one_file(create: Create, path: Path) -> None:
    store = create()
    add(store)
    store.close()
    store.close()
    assert beside(path) == []
    assert path.read_bytes()[:16] == b"SQLite format 3\0"
    assert path.read_bytes()[68:72] == b"LTU1"


def test_settings_that_keep_what_was_saved(store: Store) -> None:
    with store.read() as connection:
        for pragma, value in {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "query_only": 1}.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
    with store.write("x") as tx:
        for pragma, value in {"synchronous": 2, "foreign_keys": 1, "query_only": 1}.items():
            assert tx.connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_an_encrypted_file_hides_all_but_that_it_is_ours(create: Create, path: Path, fast_key: None) -> None:
    store = create(passphrase="étoile")
    add(store)
    assert store.encrypted
    store.close()
    content = path.read_bytes()
    assert content.startswith(b"LTU1")
    assert b"Moulin" not in content
    assert b"CREATE TABLE" not in content


def test_an_encrypted_file_opens_with_passphrase_and_with_code(
    create: Create, reopen: Reopen, fast_key: None, content: Any
) -> None:
    store = create(passphrase="étoile")
    add(store)
    held, code = content(store), store.recovery_code()
    store.close()
    for text in ("étoile", code, code.lower().replace("-", " ")):
        with reopen(passphrase=text) as again:
            assert content(again) == held
            assert again.recovery_code() == code


def test_wrong_keys_are_told_apart(
    create: Create, reopen: Reopen, path: Path, fast_key: None, refused: Refused, capfd: pytest.CaptureFixture[str]
) -> None:
    store = create(passphrase="étoile")
    code = store.recovery_code()
    store.close()
    with refused("passphrase_needed"):
        reopen()
    with refused("wrong_passphrase"):
        reopen(passphrase="etoile")
    with refused("recovery_group") as errors:
        reopen(passphrase=code[:6] + ("0" if code[6] != "0" else "2") + code[7:])
    assert errors[0].params["wrong"] == [2]
    assert "group 2" in str(errors[0])
    with refused("wrong_passphrase"):  # a right code of another file
        reopen(passphrase="00009-0000A-0000B-0000C-0000D-0000E-0000F-0000G")
    assert capfd.readouterr() == ("", "")
    assert beside(path) == []


def test_an_empty_passphrase_is_refused(create: Create, refused: Refused, path: Path) -> None:
    with refused("passphrase_empty"):
        create(passphrase="")
    assert not path.exists()
    assert beside(path) == []


def test_a_plain_file_wants_no_passphrase(store: Store, reopen: Reopen, refused: Refused) -> None:
    store.close()
    assert not store.encrypted
    assert store.recovery_code() is None
    with refused("passphrase_not_needed"):
        reopen(passphrase="x")


def test_files_that_are_not_ours(path: Path, reopen: Reopen, refused: Refused) -> None:
    other = dbapi2.connect(str(path))
    other.execute("CREATE TABLE x (y)")
    other.close()
    with refused("foreign"):
        reopen()
    path.write_text("Bonjour")
    with refused("foreign"):
        reopen()
    path.write_bytes(b"")
    with refused("foreign"):
        reopen()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", "y")
    with refused("foreign"):
        reopen(passphrase="x")
    assert beside(path) == []


def test_a_file_that_is_not_there(path: Path, tmp_path: Path, reopen: Reopen, create: Create, refused: Refused) -> None:
    with refused("missing"):
        reopen()
    with refused("missing"):
        reopen(tmp_path)
    with refused("missing"):
        create(tmp_path / "no folder" / "x.ltu")
    (tmp_path / "file").write_text("")
    with refused("missing"):
        create(tmp_path / "file" / "x.ltu")
    assert beside(path) == ["file"]


def test_a_file_that_is_there_is_not_made_again(path: Path, create: Create, refused: Refused) -> None:
    path.write_text("precious")
    with refused("exists"):
        create()
    assert path.read_text() == "precious"
    assert beside(path) == []


def test_a_file_that_could_not_be_made_leaves_nothing(
    path: Path, create: Create, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(opening, "head_revision", fail)
    with pytest.raises(ZeroDivisionError):
        create()
    assert not path.exists()
    assert beside(path) == []


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 2", "UPDATE alembic_version SET version_num = '9999'"])
def test_a_newer_file_is_refused(
    store: Store, reopen: Reopen, behind: Any, refused: Refused, statement: str, path: Path
) -> None:
    behind(store, statement)
    store.close()
    held = path.read_bytes()
    with refused("newer"):
        reopen()
    with refused("newer"):
        reopen(read_only=True)
    assert path.read_bytes() == held


@pytest.mark.parametrize("passphrase", [None, "étoile"])
@pytest.mark.parametrize("size", [200, 6000, 40_000])
def test_a_truncated_file(
    create: Create, reopen: Reopen, path: Path, fast_key: None, refused: Refused, passphrase: str | None, size: int
) -> None:
    create(passphrase=passphrase).close()
    path.write_bytes(path.read_bytes()[:size])
    with refused("damaged"):
        reopen(passphrase=passphrase)
    assert beside(path) == []


@pytest.mark.parametrize("passphrase", [None, "étoile"])
def test_a_damaged_page_is_told_when_it_is_read(
    create: Create, reopen: Reopen, path: Path, fast_key: None, refused: Refused, passphrase: str | None, content: Any
) -> None:
    store = create(passphrase=passphrase)
    size = path.stat().st_size
    with store.write("x") as tx:
        tx.insert_many(tables.site, ({"code": f"{n}", "name": "x" * 200} for n in range(300)))
    store.close()
    held = bytearray(path.read_bytes())
    held[size:] = os.urandom(len(held) - size)
    path.write_bytes(held)
    again = reopen(passphrase=passphrase)
    with refused("damaged"):
        content(again)
    assert {error.code for error in again.check()} == {"damaged"}


def test_a_second_window_is_told_who_has_the_file(store: Store, reopen: Reopen, path: Path, refused: Refused) -> None:
    add(store)
    with refused("open_elsewhere") as errors:
        reopen()
    assert errors[0].params["who"] == "Anne Martin"
    assert "12/11/2026, 10:42" in Words("fr").error(errors[0])
    who = holder(path)
    assert who is not None
    assert who.pid == os.getpid()
    reader = reopen(read_only=True)
    assert reader.read_only
    assert len(reader.entries()) == 1
    add(store, "N")
    assert len(reader.entries()) == 2
    with refused("read_only"), reader.write("x"):
        pass
    with refused("read_only"):
        reader.undo()
    with refused("read_only"):
        reader.change_passphrase("x")
    store.close()
    assert holder(path) is None
    reader.close()
    add(reopen(), "O")


def test_another_program_that_uses_the_file_is_told(
    store: Store, reopen: Reopen, path: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(connect, "BUSY_MILLISECONDS", 1)
    other = dbapi2.connect(str(path), isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with refused("busy"):
        reopen()
    with refused("busy"):
        reopen(read_only=True)
    other.close()
    reopen()


def test_a_lock_whose_text_is_missing_still_holds(store: Store, reopen: Reopen, path: Path, refused: Refused) -> None:
    path.with_name(path.name + ".lock").write_bytes(b"")
    with refused("open_elsewhere"):
        reopen()


def test_a_lock_file_that_a_killed_program_left_blocks_nobody(store: Store, reopen: Reopen, path: Path) -> None:
    store.close()
    path.with_name(path.name + ".lock").write_bytes(
        b'\0{"who":"Ghost","host":"x","pid":1,"since":"2026-01-01T00:00:00Z"}'
    )
    add(reopen())
    who = holder(path)
    assert who is not None
    assert who.who == "Bruno Petit"


def test_unfinished_copies_of_a_killed_program_are_swept_away(store: Store, reopen: Reopen, path: Path) -> None:
    store.close()
    for name in (
        f".{path.name}.new-journal",
        f"..{path.name}.rekeyed.part",
        f".{path.name}.restored",
        f"{path.name}.txt",
    ):
        path.with_name(name).write_text("x")
    reopen(read_only=True).close()
    assert len(beside(path)) == 4  # a reader leaves them, and leaves nothing itself
    reopen().close()
    assert beside(path) == [f"{path.name}.txt"]


def test_a_lock_on_windows_is_removed_after_its_release(
    path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    monkeypatch.setattr(lock, "WINDOWS", True)
    first = WriterLock(path, "", clock.now())
    with refused("open_elsewhere") as errors:
        WriterLock(path, "B", clock.now())
    assert errors[0].params["who"]  # nobody said a name: the system's
    first.release()
    assert not path.with_name(path.name + ".lock").exists()
    WriterLock(path, "B", clock.now()).release()


@pytest.mark.skipif(os.name == "nt", reason="rights of a folder are no such thing there")
def test_a_folder_that_may_only_be_read(everybody: Path, clock: Any, refused: Refused) -> None:
    path = everybody / "x.ltu"
    with Store.create(path, clock=clock, operator="A") as store:
        add(store)
    everybody.chmod(0o555)
    path.chmod(0o444)
    try:
        with refused("denied"):
            Store.open(path, clock=clock, operator="A")
        with refused("denied"):
            Store.create(everybody / "y.ltu", clock=clock, operator="A")
        with refused("denied"), Store.open(path, clock=clock, operator="A", read_only=True) as store:
            assert len(store.entries()) == 1
            assert store.check() == []
            store.backup()
    finally:
        everybody.chmod(0o777)
    with refused("read_only"):  # the folder may be written, the file not
        Store.open(path, clock=clock, operator="A")
    with Store.open(path, clock=clock, operator="A", read_only=True) as store:
        assert store.backup(everybody / "copies").exists()
    path.chmod(0o000)
    with refused("denied"):
        Store.open(path, clock=clock, operator="A", read_only=True)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/anne/Entreprise à but.ltu", "file:///srv/anne/Entreprise à but.ltu?mode=rw"),
        ("//server/share/a?b#c%20.ltu", "file:////server/share/a%3fb%23c%2520.ltu?mode=rw"),
        ("C:/Bureau/anne/x.ltu", "file:///C:/Bureau/anne/x.ltu?mode=rw"),
    ],
)
def test_files_are_named_as_sqlite_wants_it(path: str, name: str) -> None:
    class Plain:
        def absolute(self) -> Plain:
            return self

        def as_posix(self) -> str:
            return path

    assert connect.uri(Plain(), "rw") == name  # type: ignore[arg-type]


def test_a_connection_that_cannot_be_set_up_is_closed(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(connect, "BUSY_MILLISECONDS", "x y")
    with pytest.raises(dbapi2.OperationalError):
        connect.connect(path, None)
