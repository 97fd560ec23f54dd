from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from ltu_desktop.store import tables
from ltu_desktop.store.journal import Changed

if TYPE_CHECKING:
    from ltu_desktop.store.file import Store

Refused = Any


def rename(store: Store, key: bytes, name: str) -> int:
    with store.write("sites.rename", {"name": name}) as tx:
        tx.update(tables.site, key, {"name": name})
    assert tx.changed.entry is not None
    return tx.changed.entry


def add(store: Store, code: str = "M") -> bytes:
    with store.write("sites.add", {"code": code}) as tx:
        return tx.insert(tables.site, {"code": code, "name": code})


def kinds(store: Store) -> list[tuple[int, str, bool]]:
    return [(entry.number, entry.kind, entry.undone) for entry in reversed(store.entries())]


def test_undo_and_redo_one_by_one(store: Store, content: Any) -> None:
    stands = [content(store)]
    key = add(store)
    stands.append(content(store))
    for name in "ab":
        rename(store, key, name)
        stands.append(content(store))
    for stand in reversed(stands[:-1]):
        store.undo()
        assert content(store) == stand
    assert store.undoable() is None
    for stand in stands[1:]:
        store.redo()
        assert content(store) == stand
    assert store.redoable() is None
    assert store.check() == []


def test_what_can_be_undone_is_told_in_the_words_of_the_action(store: Store) -> None:
    key = add(store)
    rename(store, key, "a")
    undoable, redoable = store.undoable(), store.redoable()
    assert undoable is not None
    assert (undoable.action, undoable.params) == ("sites.rename", {"name": "a"})
    assert redoable is None
    changed = store.undo(initiator="page")
    assert changed == Changed(frozenset({"site"}), frozenset({key}), 3, "page")
    undoable, redoable = store.undoable(), store.redoable()
    assert undoable is not None
    assert redoable is not None
    assert undoable.action == "sites.add"
    assert (redoable.number, redoable.action, redoable.params, redoable.kind) == (
        3,
        "sites.rename",
        {"name": "a"},
        "undo",
    )
    store.redo()
    undoable = store.undoable()
    assert undoable is not None
    assert (undoable.number, undoable.action, undoable.params, undoable.kind) == (
        4,
        "sites.rename",
        {"name": "a"},
        "redo",
    )
    assert kinds(store) == [(1, "do", False), (2, "do", False), (3, "undo", True), (4, "redo", False)]
    assert [entry.undoes for entry in store.entries()] == [3, 2, None, None]
    store.undo()
    assert kinds(store) == [
        (1, "do", False),
        (2, "do", True),
        (3, "undo", False),
        (4, "redo", True),
        (5, "undo", False),
    ]


def test_undo_brings_the_version_back(store: Store) -> None:
    key = add(store)
    rename(store, key, "a")
    store.undo()
    with store.read() as connection:
        assert connection.execute(select(tables.site.c.version)).scalar_one() == 1
    with store.write("x") as tx:
        tx.update(tables.site, key, {"name": "b"}, expected_version=1)


def test_state_is_in_the_file_alone(store: Store, reopen: Any) -> None:
    key = add(store)
    rename(store, key, "a")
    store.undo()
    store.close()
    again = reopen()
    assert again.redo().entry == 4
    again.undo()
    again.undo()
    again.close()
    with reopen(read_only=True) as reader:
        assert reader.undoable() is None
        redoable = reader.redoable()
        assert redoable is not None
        assert redoable.action == "sites.add"


def test_a_new_change_ends_redo(store: Store, refused: Refused) -> None:
    key = add(store)
    rename(store, key, "a")
    store.undo()
    rename(store, key, "b")
    assert store.redoable() is None
    with refused("nothing"):
        store.redo()


def test_notes_stand_outside_undo(store: Store, refused: Refused) -> None:
    key = add(store)
    rename(store, key, "a")
    store.undo()
    note = store.note("printed").entry
    assert note == 4
    with refused("note"):
        store.undo(note)
    store.redo()
    store.undo()
    store.undo()
    with refused("nothing"):
        store.undo()


def test_nothing_to_undo_in_a_new_file(store: Store, refused: Refused) -> None:
    with refused("nothing"):
        store.undo()
    with refused("nothing"):
        store.redo()
    with refused("no_entry"):
        store.undo(3)


def test_sealing_stops_undo(store: Store, refused: Refused, content: Any) -> None:
    key = add(store)
    rename(store, key, "a")
    store.undo()
    with store.write("claims.seal", final=True) as tx:
        tx.insert(tables.claim, {"scheme": "fr-tzcld", "month": "2026-10", "number": 1, "state": "sealed"})
    before = content(store)
    assert store.undoable() is None
    assert store.redoable() is None
    with refused("sealed") as errors:
        store.undo()
    assert "only corrected" in str(errors[0])
    with refused("sealed"):
        store.undo(tx.changed.entry)
    with refused("nothing"):
        store.redo()
    assert content(store) == before
    later = rename(store, key, "later")
    assert store.undo().entry == later + 1
    with refused("sealed"):
        store.undo()
    store.undo(1)  # what came before the seal may be taken back by its number, when nothing stands on it
    assert store.check() == []


def test_an_earlier_entry_can_be_undone_when_nothing_stands_on_it(store: Store, refused: Refused, content: Any) -> None:
    one, other = add(store, "A"), add(store, "B")
    number = rename(store, one, "a")
    before = content(store)
    rename(store, other, "b")
    store.undo(number)
    with store.read() as connection:
        assert dict(connection.execute(select(tables.site.c.code, tables.site.c.name)).all()) == {"A": "A", "B": "b"}
    with refused("already_undone"):
        store.undo(number)
    store.redo()
    store.undo()
    store.redo()
    store.undo(number + 1)
    assert content(store) == before


def test_later_changes_of_the_same_row_stand_in_the_way(store: Store, refused: Refused) -> None:
    key = add(store)
    first, second, third = (rename(store, key, name) for name in "abc")
    with refused("in_the_way") as errors:
        store.undo(first)
    assert errors[0].params["blockers"] == [second, third]
    assert f"{second}, {third}" in str(errors[0])
    store.undo()
    store.undo()
    store.undo(first)  # what was undone no longer stands in the way
    assert store.check() == []


def test_an_undone_entry_can_be_brought_back_by_undoing_its_undo(store: Store, content: Any) -> None:
    one, other = add(store, "A"), add(store, "B")
    rename(store, one, "a")
    undo = store.undo().entry
    rename(store, other, "b")
    before = content(store)
    store.undo(undo)
    with store.read() as connection:
        assert "a" in connection.execute(select(tables.site.c.name)).scalars().all()
    undoable = store.undoable()
    assert undoable is not None
    assert undoable.number == 6
    store.undo()
    assert content(store) == before


def test_rows_that_hang_on_an_inserted_row_stand_in_the_way(store: Store, refused: Refused, person: Any) -> None:
    with store.write("people.add") as tx:
        key = tx.insert(tables.person, {"staff_number": "F1", "name": "PETIT"})
    with store.write("contracts.add") as tx:
        tx.insert(tables.contract, {"person_id": key, "start_on": date(2025, 1, 6)})
    with refused("in_the_way") as errors:
        store.undo(1)
    assert errors[0].params["blockers"] == [2]
    store.undo()
    with store.write("people.proof") as tx:  # an attachment names its row without a foreign key
        tx.insert(
            tables.attachment,
            {"subject": "person", "subject_id": key, "name": "x.pdf", "blob_sha256": tx.put_blob(b"x")},
        )
    with refused("in_the_way") as errors:
        store.undo(1)
    assert errors[0].params["blockers"] == [4]


def test_a_parent_that_is_gone_stands_in_the_way(store: Store, refused: Refused) -> None:
    site = add(store)
    with store.write("x") as tx:
        key = tx.insert(tables.activity, {"code": "A", "name": "x", "site_id": site})
    with store.write("moved") as tx:
        tx.update(tables.activity, key, {"site_id": None})
    with store.write("sites.delete") as tx:
        tx.delete(tables.site, site)
    with refused("in_the_way") as errors:
        store.undo(3)
    assert errors[0].params["blockers"] == [4]


def test_another_row_of_the_same_code_stands_in_the_way(store: Store, refused: Refused) -> None:
    site = add(store, "M")
    with store.write("sites.code") as tx:
        tx.update(tables.site, site, {"code": "N"})
    add(store, "M")
    with refused("in_the_way") as errors:
        store.undo(2)
    assert errors[0].params["blockers"] == [3]
    with store.write("sites.delete") as tx:
        tx.delete(tables.site, site)
    add(store, "N")
    with refused("in_the_way") as errors:
        store.undo(4)
    assert errors[0].params["blockers"] == [5]


def test_a_big_import_is_undone_at_once(store: Store, content: Any) -> None:
    with store.write("x") as tx:
        key = tx.insert(tables.person, {"staff_number": "F1", "name": "x"})
    before = content(store)
    with store.write("payroll.import") as tx:
        tx.insert_many(
            tables.absence,
            ({"person_id": key, "month": "2026-10", "kind": "sick", "hours": n} for n in range(1300)),
        )
    after = content(store)
    assert len(store.undo().ids) == 1300
    assert content(store) == before
    store.redo()
    assert content(store) == after


def test_rows_changed_twice_in_one_entry_retrace_their_steps(store: Store, content: Any) -> None:
    with store.write("sites.swap") as tx:
        one = tx.insert(tables.site, {"code": "A", "name": "one"})
        other = tx.insert(tables.site, {"code": "B", "name": "other"})
    before = content(store)
    with store.write("sites.swap") as tx:
        tx.update(tables.site, one, {"code": "-"})
        tx.update(tables.site, other, {"code": "A"})
        tx.update(tables.site, one, {"code": "B"})
        tx.delete(tables.site, other)
        tx.insert(tables.site, {"id": other, "code": "A", "name": "born again"})
    after = content(store)
    store.undo()
    assert content(store) == before
    store.redo()
    assert content(store) == after
    assert store.check() == []


def test_a_change_of_the_parent_does_not_stand_in_the_way(store: Store) -> None:
    site = add(store)
    with store.write("x") as tx:
        key = tx.insert(tables.activity, {"code": "A", "name": "x", "site_id": site})
    with store.write("moved") as tx:
        tx.update(tables.activity, key, {"site_id": None})
    rename(store, site, "new name")
    store.undo(3)
    assert store.check() == []


def test_an_entry_comes_back_only_on_the_row_that_it_knew(store: Store, refused: Refused) -> None:
    key = add(store)
    first, second = rename(store, key, "a"), rename(store, key, "b")
    undo_second, undo_first = store.undo().entry, store.undo().entry
    with refused("in_the_way") as errors:
        store.undo(undo_second)
    assert errors[0].params["blockers"] == [undo_first]
    store.undo(undo_first)
    store.undo(undo_second)
    assert [entry.number for entry in store.entries() if not entry.undone and entry.kind == "do"] == [second, first, 1]
    assert store.check() == []


def test_a_row_changed_behind_our_back_is_not_made_worse(store: Store, behind: Any, refused: Refused) -> None:
    add(store)
    behind(store, "DELETE FROM site")
    with refused("changed_outside"):
        store.undo()
    assert store.journal_head() == 1
