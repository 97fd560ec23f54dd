"""Backups for people: what is there, what is proven, what restoring would change, and restoring with the file aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.actions import backups, operators, people
from ltu_desktop.actions.journal_words import phrase
from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import backups as files
from ltu_desktop.store import key as keys
from ltu_desktop.store.file import Store
from ltu_desktop.store.tables import journal
from tests.actions.office import Office, StandingClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ltu_desktop.actions.backups import Restored


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "a.ltu", "en")
    yield made
    made.close()


def hire(office: Office, *numbers: str) -> None:
    for number in numbers:
        people.add_person(office.ctx, staff_number=number, name="Petit", status="ppde")


def refused(call: Any) -> str:
    with pytest.raises(UserError) as error:
        call()
    return error.value.code


def test_the_state_counts_what_the_latest_backup_does_not_hold(office: Office) -> None:
    hire(office, "F1")
    assert backups.state(office.ctx) == backups.BackupState(office.store.path.with_name("a-backups"), (), 1)
    path = office.store.backup()
    hire(office, "F2", "F3")
    now = backups.state(office.ctx)
    assert ([each.path for each in now.found], now.behind) == ([path], 2)


def test_a_proof_restores_the_latest_and_makes_one_where_none_is(office: Office) -> None:
    hire(office, "F1")
    proven = backups.prove(office.ctx)
    assert proven.head == 1
    hire(office, "F2")
    assert backups.prove(office.ctx) == proven, "what is there is proven, not what is open"
    assert [path.name for path in proven.path.parent.iterdir()] == [proven.path.name]


def test_a_preview_says_counts_and_each_change_that_would_be_lost(office: Office) -> None:
    hire(office, "F1")
    path = office.store.backup()
    hire(office, "F2")
    office.store.undo()
    hire(office, "F3")
    found = backups.preview(office.ctx, path)
    assert found.now == {"person": 2, "claim": 0, "payment": 0}
    assert found.then == {"person": 1, "claim": 0, "payment": 0}
    assert [each.partition(", ")[2] for each in found.lost] == ["A. added F3", "A. undid: added F2", "A. added F2"]
    assert (found.others, found.gained) == (0, 0)


def test_other_rows_that_differ_are_counted(office: Office) -> None:
    path = office.store.backup()
    operators.add_operator(office.ctx, "B.", role="reader")
    assert backups.preview(office.ctx, path).others == 2, "whoever added her came along"


def test_an_update_of_the_file_is_said_by_what_it_was(office: Office) -> None:
    path = office.store.backup()
    office.store.note("store.migrate")
    [said] = backups.preview(office.ctx, path).lost
    assert said.endswith("14:03: the file was brought up to date")


def test_restoring_keeps_the_file_aside_and_goes_on_with_the_backup(office: Office) -> None:
    hire(office, "F1")
    path = office.store.backup()
    hire(office, "F2")
    found = backups.restore_over(office.store, path)
    with opened(found) as store:
        assert found.error is None
        assert found.aside is not None
        assert [entry.action for entry in store.entries()] == ["store.restore", "people.add"]
        assert phrase(office.ctx.words, store.entries()[0]) == f"restored the backup “{path.name}”"
    with Store.open(found.aside, clock=StandingClock(), operator="A.") as aside:
        assert len(aside.entries()) == 2


def test_a_protected_file_is_restored_without_typing_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap(monkeypatch)
    store = Store.create(tmp_path / "s.ltu", clock=StandingClock(), operator="A.", passphrase="one")
    path = store.backup()
    store.note("store.print_recovery", {"sheet": 1})
    found = backups.restore_over(store, path)
    with opened(found) as again:
        assert again.encrypted
        assert [entry.action for entry in again.entries()] == ["store.restore"]


def test_a_backup_under_another_passphrase_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap(monkeypatch)
    store = Store.create(tmp_path / "s.ltu", clock=StandingClock(), operator="A.", passphrase="one")
    path = store.backup()
    store.change_passphrase("two")
    found = backups.restore_over(store, path)
    assert failed(found) == "passphrase_needed"
    assert found.store is not None
    assert found.store.entries(), "the file is open as it was"
    with opened(backups.restore_over(found.store, path, "one")) as again:
        assert again.recovery_code() == keys.derive("one", again.opened.key.salt).recovery_code  # type: ignore[union-attr]


def opened(found: Restored) -> Store:
    """Return the file that is open after a restore."""
    assert found.store is not None
    return found.store


def failed(found: Restored) -> str:
    """Return what a restore failed for."""
    assert isinstance(found.error, UserError)
    return found.error.code


def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys at a price that a test can pay; `tests/store/test_key.py` proves the real one."""
    monkeypatch.setattr(keys, "derive", lambda text, salt: keys.Key((text.encode() + bytes(20))[:20], salt))


def test_only_an_administrator_restores(office: Office) -> None:
    path = office.store.backup()
    operators.add_operator(office.ctx, "B.", role="without_health")
    office.store.operator = "B."
    found = backups.restore_over(office.store, path)
    opened(found).close()
    assert failed(found) == "administrators_only"


def test_a_restore_that_fails_leaves_the_file_open_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    hire(office, "F1")
    path = office.store.backup()
    hire(office, "F2")

    def full(*_: object, **__: object) -> None:
        raise UserError("disk_full", "The disk is full.")

    monkeypatch.setattr(files, "write_copy", full)
    found = backups.restore_over(office.store, path)
    with opened(found) as store:
        assert (failed(found), found.aside) == ("disk_full", None)
        assert len(store.entries()) == 2


def break_it(*_: object, **__: object) -> None:
    raise RuntimeError("the disk went")


def test_an_unforeseen_fault_leaves_the_file_open_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office.store.backup()
    hire(office, "F2")
    before = office.store.entries()
    monkeypatch.setattr(files, "settle", break_it)
    found = backups.restore_over(office.store, path)
    with opened(found) as store:
        assert repr(found.error) == "RuntimeError('the disk went')"
        assert store.entries() == before


def opening_fails(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let opening a file fail so many times."""
    real, left = Store.open, iter(range(times))

    def once(*given: object, **named: object) -> Store:
        if next(left, None) is not None:
            raise UserError("disk", "The disk did not answer.")
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "open", once)


def test_a_restored_file_that_does_not_open_gives_its_place_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.store.backup()
    hire(office, "F2")
    before = office.store.entries()
    opening_fails(monkeypatch, 1)
    found = backups.restore_over(office.store, path)
    with opened(found) as store:
        assert (failed(found), found.aside) == ("disk", None)
        assert store.entries() == before
    assert not list(path.parent.parent.glob("*before-restore*"))


def test_a_file_that_cannot_be_opened_again_is_told_of_and_lost_to_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = office.store.backup()
    hire(office, "F2")
    before = office.store.entries()
    opening_fails(monkeypatch, 2)
    found = backups.restore_over(office.store, path)
    assert found.store is None
    assert failed(found) == "restore_closed"
    assert found.error.where == str(office.store.path)  # type: ignore[union-attr]
    with Store.open(office.store.path, clock=StandingClock(), operator="A.") as store:
        assert store.entries() == before


def test_a_new_place_is_left_empty_when_what_was_restored_there_does_not_open(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, target = office.store.backup(), tmp_path / "new.ltu"
    opening_fails(monkeypatch, 1)
    assert refused(lambda: backups.restore_as(path, target, clock=office.clock, operator="A.")) == "disk"
    assert [each.name for each in tmp_path.glob("*new.ltu*") if each.suffix != ".lock"] == []


def test_whoever_only_reads_the_restored_file_leaves_no_entry_in_it(office: Office) -> None:
    operators.add_operator(office.ctx, "B.", role="administrator")
    key = operators.add_operator(office.ctx, "C.", role="reader")
    path = office.store.backup()
    operators.change_operator(office.ctx, key, role="administrator")
    office.store.operator = "C."
    with opened(backups.restore_over(office.store, path)) as store:
        assert [entry.action for entry in store.entries(limit=1)] == ["operators.add"]


def test_a_backup_is_restored_where_no_file_is(office: Office, tmp_path: Path) -> None:
    hire(office, "F1")
    path = office.store.backup()
    words, target = office.ctx.words, tmp_path / "new.ltu"
    held = backups.compare(words, path, target, clock=office.clock)
    assert (held.now, held.then["person"]) == (None, 1)
    found = backups.restore_as(path, target, clock=office.clock, operator="A.")
    with opened(found) as store:
        assert found.aside is None
        assert [entry.action for entry in store.entries()] == ["store.restore", "people.add"]


def test_a_file_that_is_there_is_compared_and_kept_aside(office: Office) -> None:
    hire(office, "F1")
    path = office.store.backup()
    hire(office, "F2")
    office.close()
    target = office.store.path
    found = backups.compare(office.ctx.words, path, target, clock=office.clock)
    assert (found.now, len(found.lost)) == ({"person": 2, "claim": 0, "payment": 0}, 1)
    restored = backups.restore_as(path, target, clock=office.clock, operator="A.")
    with opened(restored):
        assert restored.aside is not None
        assert restored.aside.exists()


def test_a_damaged_file_is_no_reason_not_to_look_at_its_backup(office: Office) -> None:
    hire(office, "F1")
    path = office.store.backup()
    office.close()
    office.store.path.write_bytes(b"rubbish")
    found = backups.compare(office.ctx.words, path, office.store.path, clock=office.clock)
    assert (found.now, found.then["person"]) == (None, 1)


def test_the_journal_holds_no_key(office: Office) -> None:
    office.store.change_passphrase("correct horse battery staple")
    code = str(office.store.recovery_code())
    with office.store.read() as connection:
        text = str(connection.execute(journal.select()).fetchall())
    assert not any(group in text for group in code.split("-"))
    assert "horse" not in text
