from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ltu_desktop.store import tables
from ltu_desktop.store.connect import connect
from ltu_desktop.store.copies import prove
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from ltu_desktop.store.file import Store


@pytest.fixture
def site(store: Store) -> bytes:
    with store.write("sites.add") as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        tx.insert(tables.activity, {"code": "A", "name": "Couture", "site_id": key})
        tx.insert(
            tables.attachment,
            {"subject": "site", "subject_id": key, "name": "x.pdf", "blob_sha256": tx.put_blob(b"proof")},
        )
    with store.write("sites.rename") as tx:
        tx.update(tables.site, key, {"name": "Le Moulin"})
    return key


def test_a_good_file_is_good(store: Store, site: bytes) -> None:
    with store.write("sites.delete") as tx:
        other = tx.insert(tables.site, {"code": "N", "name": "Nord"})
        tx.delete(tables.site, other)
    store.undo()
    told: list[tuple[int, int]] = []
    assert store.check(lambda done, of: told.append((done, of))) == []
    assert told == [(done, 5) for done in range(1, 6)]


@pytest.mark.parametrize(
    ("sql", "code", "sentence"),
    [
        ("UPDATE site SET name = 'x'", "changed_outside", "A row of site ({row}) was changed outside of this program."),
        ("UPDATE site SET town = 'x'", "changed_outside", "A row of site ({row}) was changed outside of this program."),
        (
            "UPDATE site SET version = 9",
            "changed_outside",
            "A row of site ({row}) was changed outside of this program.",
        ),
        (
            "DELETE FROM activity",
            "changed_outside",
            "A row of activity ({activity}) was deleted outside of this program.",
        ),
        (
            "INSERT INTO employer (id, name) VALUES (x'00112233445566778899aabbccddeeff', 'x')",
            "changed_outside",
            "A row of employer (ccddeeff) was added outside of this program.",
        ),
        ("UPDATE blob SET content = 'x'", "blob_broken", "A stored document (c1cda263) was altered."),
        ("DELETE FROM blob", "blob_missing", "A stored document (c1cda263) is missing."),
        ("DELETE FROM journal_row", "journal_index", "The index of the history does not agree with the history."),
        ("UPDATE journal SET operator = 'x' WHERE number = 1", "journal_broken", "Entry 1 of the history was changed"),
        ("UPDATE journal SET changes = '[]' WHERE number = 2", "journal_broken", "Entry 2 of the history was changed"),
        ("UPDATE journal SET hash = hash || ' ' WHERE number = 1", "journal_broken", "Entry 1 of the history"),
    ],
)
def test_what_was_changed_behind_our_back_is_named(
    store: Store, site: bytes, behind: Any, sql: str, code: str, sentence: str
) -> None:
    activity = store.changes(1)[1].id
    behind(store, sql)
    [found] = store.check()
    assert found.code == code
    assert sentence.format(row=site[-4:].hex(), activity=activity[-4:].hex()) in str(found)
    assert found.mend
    assert "{" not in Words("fr").error(found)


def test_a_missing_entry_is_named(store: Store, site: bytes, behind: Any) -> None:
    behind(store, "DELETE FROM journal WHERE number = 1")
    assert [(error.code, error.params.get("number")) for error in store.check()] == [
        ("orphans", None),
        ("journal_broken", 1),
    ]


def test_a_cut_end_of_the_journal_is_seen_on_the_rows(store: Store, site: bytes, behind: Any) -> None:
    behind(store, "DELETE FROM journal WHERE number = 2")
    behind(store, "DELETE FROM journal_row WHERE number = 2")
    assert [error.code for error in store.check()] == ["changed_outside"]


def test_lost_parents_are_counted(store: Store, site: bytes, behind: Any) -> None:
    behind(store, "DELETE FROM site")
    first, second = store.check()
    assert (first.code, str(first)) == ("orphans", "1 rows of activity belong to a row of site that is gone.")
    assert second.code == "changed_outside"


def test_an_index_that_does_not_fit_its_table_is_damage(store: Store, site: bytes, refused: Any) -> None:
    raw = connect(store.path, None)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute(
        "UPDATE sqlite_master SET sql = replace(sql, '(subject_id)', '(size)') WHERE name = 'ix_attachment_subject_id'"
    )
    raw.close()
    store.close()
    (damage,) = [error for error in store.check() if error.code == "damaged"]
    assert str(damage) == "The file is damaged: a part of it cannot be read."
    with refused("damaged"):
        prove(store.path, None)
