from __future__ import annotations

import hashlib
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables
from ltu_desktop.store.journal import Change, Changed, Param

if TYPE_CHECKING:
    from ltu_desktop.store.file import Store

Refused = Any


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(tables.site.c.name).order_by(tables.site.c.id)).scalars())


def test_a_write_is_there_with_its_entry(store: Store) -> None:
    with store.write("sites.add", {"site": "Le Moulin"}) as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "Le Moulin"})
    assert names(store) == ["Le Moulin"]
    assert tx.changed == Changed(frozenset({"site"}), frozenset({key}), 1)
    [entry] = store.entries()
    assert (entry.number, entry.operator, entry.action, entry.params) == (
        1,
        "Anne Martin",
        "sites.add",
        {"site": "Le Moulin"},
    )
    assert entry.at.isoformat() == "2026-11-12T10:42:04+01:00"
    assert (entry.undoes, entry.kind, entry.undone, entry.final) == (None, "do", False, False)
    [change] = store.changes(1)
    assert change.before is None
    assert change.after == {
        "id": key, "version": 1, "code": "M", "name": "Le Moulin", "siret": "", "address": "", "postcode": "", "town": "", "holidays": "FR",
    }  # fmt: skip
    assert store.journal_head() == 1


def test_update_keeps_only_what_changed_and_counts_the_version(store: Store) -> None:
    with store.write("sites.add") as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        assert tx.update(tables.site, key, {"name": "Le Moulin", "code": "M"}) == 2
    assert store.changes(1)[1] == Change(
        "site", key, {"name": "Moulin", "version": 1}, {"name": "Le Moulin", "version": 2}
    )


def test_update_to_what_is_there_changes_nothing(store: Store) -> None:
    with store.write("sites.add") as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "Moulin"})
    with store.write("sites.rename") as tx:
        assert tx.update(tables.site, key, {"name": "Moulin"}) == 1
    assert tx.changed == Changed(frozenset(), frozenset(), None)
    assert store.journal_head() == 1


def test_update_of_a_row_that_somebody_changed_shows_both_values(store: Store, refused: Refused) -> None:
    with store.write("sites.add") as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        tx.update(tables.site, key, {"name": "Le Moulin"}, expected_version=1)
    with refused("changed_meanwhile") as errors, store.write("sites.rename") as tx:
        tx.update(tables.site, key, {"name": "Grand Moulin"}, expected_version=1)
    assert errors[0].params["mine"] == {"name": "Grand Moulin"}
    assert errors[0].params["theirs"] == {"name": "Le Moulin"}


def test_a_row_that_is_gone_is_told(store: Store, refused: Refused) -> None:
    with refused("gone"), store.write("sites.change") as tx:
        tx.update(tables.site, bytes(16), {"name": "x"})
    with refused("gone"), store.write("sites.change") as tx:
        tx.update_many(tables.site, {bytes(16): {"name": "x"}})
    with refused("gone"), store.write("sites.change") as tx:
        tx.delete(tables.site, bytes(16))


def test_many_rows_at_once(store: Store) -> None:
    with store.write("sites.add") as tx:
        keys = tx.insert_many(tables.site, ({"code": str(n), "name": f"n{n}"} for n in range(1200)))
    assert names(store) == [f"n{n}" for n in range(1200)]
    with store.write("sites.rename") as tx:
        tx.update_many(tables.site, {key: {"name": "same" if n % 2 else f"n{n}"} for n, key in enumerate(keys)})
    assert names(store) == ["same" if n % 2 else f"n{n}" for n in range(1200)]
    assert len(store.changes(2)) == 600
    assert store.check() == []


def test_delete_remembers_the_row(store: Store) -> None:
    with store.write("people.add") as tx:
        key = tx.insert(tables.person, {"staff_number": "F1", "name": "PETIT", "birth_date": date(1980, 2, 29)})
    with store.write("people.delete") as tx:
        tx.delete(tables.person, key)
    [change] = store.changes(2)
    assert change.after is None
    assert change.before is not None
    assert change.before["birth_date"] == date(1980, 2, 29)
    assert change.before["site_id"] is None


def test_an_exception_rolls_all_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("sites.add") as tx:  # noqa: PT012  a whole action fails
        tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        tx.put_blob(b"proof")
        raise ZeroDivisionError
    assert names(store) == []
    assert store.journal_head() == 0
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.blob)).scalar_one() == 0
    with store.write("sites.add") as tx:  # and the next write works
        tx.insert(tables.site, {"code": "M", "name": "Moulin"})


def test_errors_of_other_files_inside_a_write_stay_what_they_are(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.write("intake.read"):
        (store.path.parent / "nothing").read_text()
    with pytest.raises(FileNotFoundError), store.read():
        (store.path.parent / "nothing").read_text()


def test_reads_inside_see_what_was_written_and_others_do_not(store: Store) -> None:
    with store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        assert tx.connection.execute(select(tables.site.c.name)).scalars().all() == ["Moulin"]
        assert names(store) == []


def test_a_reader_sees_one_snapshot(store: Store) -> None:
    with store.read() as connection:
        count = select(func.count()).select_from(tables.site)
        assert connection.execute(count).scalar_one() == 0
        with store.write("sites.add") as tx:
            tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        assert connection.execute(count).scalar_one() == 0
    assert names(store) == ["Moulin"]


@pytest.mark.parametrize(
    "sql", ["DELETE FROM site", "UPDATE site SET name = 'x'", "INSERT INTO blob VALUES ('a', 'b')", "DROP TABLE site"]
)
def test_nothing_changes_past_the_gate(store: Store, sql: str) -> None:
    with store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": "M", "name": "Moulin"})
    with pytest.raises(RuntimeError, match="through Write"), store.read() as connection:
        connection.execute(text(sql))
    with pytest.raises(RuntimeError, match="through Write"), store.write("x") as tx:  # noqa: PT012  a whole action fails
        tx.insert(tables.site, {"code": "N", "name": "Nord"})
        tx.connection.execute(text(sql))
    assert names(store) == ["Moulin"]


def test_a_wrong_sql_is_our_bug_and_goes_on(store: Store) -> None:
    with pytest.raises(Exception, match="no such table"), store.read() as connection:
        connection.execute(text("SELECT * FROM nowhere"))


def test_rules_of_the_tables_hold(store: Store) -> None:
    with store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": "M", "name": "Moulin"})
    broken: list[tuple[Any, dict[str, Any]]] = [
        (tables.site, {"code": "M", "name": "again"}),
        (tables.activity, {"code": "A", "name": "x", "site_id": bytes(16)}),
        (tables.claim, {"scheme": "x", "month": "2026-1", "state": "sealed"}),
    ]
    for table, row in broken:
        with pytest.raises(IntegrityError), store.write("x") as tx:
            tx.insert(table, row)


def test_an_error_that_an_action_catches_leaves_nothing_half_done(store: Store) -> None:
    with store.write("sites.add") as tx:
        tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        rows = [{"code": code, "name": code} for code in ("A", "B", "M")]
        with pytest.raises(IntegrityError):
            tx.insert_many(tables.site, rows)
        tx.insert(tables.site, {"code": "Z", "name": "Zinc"})
    assert names(store) == ["Moulin", "Zinc"]
    assert store.check() == []


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (tables.site, {"code": 1, "name": "x"}),
        (tables.contract_terms, {"weekly_hours": Decimal("28.00")}),
        (tables.contract_terms, {"weekly_hours": 28.0}),
        (tables.person, {"birth_date": "1980-02-29"}),
        (tables.person, {"birth_date": datetime(1980, 2, 29, tzinfo=UTC)}),
        (tables.pay_month, {"month": Month(2026, 10)}),
        (tables.journal, {"action": "x"}),
    ],
)
def test_values_of_another_type_are_our_bug(store: Store, table: Any, values: dict[str, Any]) -> None:
    with pytest.raises(TypeError), store.write("x") as tx:
        tx.insert(table, values)


def test_unknown_columns_are_our_bug(store: Store) -> None:
    with pytest.raises(KeyError), store.write("x") as tx:
        tx.insert(tables.site, {"code": "M", "name": "x", "colour": "red"})


def test_flags_and_codes_are_values_too(store: Store) -> None:
    with store.write("x") as tx:
        day = date(2026, 1, 1)
        tx.insert(
            tables.parameter_override,
            {"scheme": "x", "parameter": "x", "start_on": day, "value": "1", "source": "x", "provisional": True},
        )
        tx.insert(tables.person, {"staff_number": "F1", "name": Severity.INFO})
    with store.read() as connection:
        assert connection.execute(select(tables.parameter_override.c.provisional)).scalar_one() == 1
        assert connection.execute(select(tables.person.c.name)).scalar_one() == "info"
    assert store.check() == []
    store.undo()
    store.redo()
    assert store.check() == []


@pytest.mark.parametrize("own", [{"id": b"k" * 16}, {"version": 7}])
def test_id_and_version_are_kept_by_the_store(store: Store, own: dict[str, Any]) -> None:
    with store.write("x") as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "x"})
    with pytest.raises(TypeError), store.write("x") as tx:
        tx.update(tables.site, key, own)


def test_given_keys_are_kept(store: Store) -> None:
    with store.write("x") as tx:
        assert tx.insert(tables.site, {"id": b"k" * 16, "code": "M", "name": "x"}) == b"k" * 16


def test_contents_are_kept_once_under_their_hash(store: Store) -> None:
    content = bytes(range(256)) * 100
    with store.write("x") as tx:
        name = tx.put_blob(content)
        assert tx.put_blob(content) == name == hashlib.sha256(content).hexdigest()
    with store.read() as connection:
        assert connection.execute(select(tables.blob)).all() == [(name, content)]
    assert store.journal_head() == 0


def test_params_come_back_typed_and_may_be_completed(store: Store) -> None:
    params: dict[str, Param] = {
        "person": "F0007", "before": Decimal("28.00"), "day": date(2026, 11, 1), "month": Month(2026, 10), "count": 3,
        "at": datetime(2026, 11, 12, 10, 42, tzinfo=UTC), "first": True, "end": None, "odd": '{"day":"x"} \n ’',
    }  # fmt: skip
    with store.write("x", params) as tx:
        tx.insert(tables.site, {"code": "M", "name": "x"})
        tx.params["count"] = 12
    [entry] = store.entries()
    assert entry.params == {**params, "count": 12}
    assert [type(value) for value in entry.params.values()] == [
        type(value) for _, value in sorted({**params, "count": 12}.items())
    ]
    assert str(entry.params["before"]) == "28.00"
    assert params["count"] == 3


def test_floats_do_not_enter_the_journal(store: Store) -> None:
    with pytest.raises(TypeError, match="hours"), store.write("x", {"hours": 28.5}) as tx:  # type: ignore[dict-item]
        tx.insert(tables.site, {"code": "M", "name": "x"})
    assert names(store) == []


def test_final_entries_are_written_even_without_rows(store: Store) -> None:
    with store.write("claims.seal", final=True) as tx:
        pass
    assert tx.changed.entry == 1
    assert store.entries()[0].final


def test_notes_are_told_and_change_no_rows(store: Store) -> None:
    heard: list[Changed] = []
    store.subscribe(heard.append)
    assert store.note("key.printed", {"count": 2}) == Changed(frozenset(), frozenset(), 1)
    assert [entry.kind for entry in store.entries()] == ["note"]
    assert len(heard) == 1


def test_subscribers_hear_of_changes_after_the_commit(store: Store) -> None:
    heard: list[tuple[Changed, list[str]]] = []
    end = store.subscribe(lambda changed: heard.append((changed, names(store))))
    me = object()
    with store.write("sites.add", initiator=me) as tx:
        key = tx.insert(tables.site, {"code": "M", "name": "Moulin"})
        tx.update(tables.site, key, {"name": "Le Moulin"})
    with store.write("nothing"):
        pass
    with pytest.raises(KeyError), store.write("fails"):
        raise KeyError
    assert heard == [(Changed(frozenset({"site"}), frozenset({key}), 1, me), ["Le Moulin"])]
    assert tx.changed.initiator is me
    end()
    store.undo()
    assert len(heard) == 1


def test_entries_of_one_row(store: Store) -> None:
    with store.write("sites.add") as tx:
        one, other = tx.insert_many(tables.site, [{"code": "M", "name": "x"}, {"code": "N", "name": "y"}])
    with store.write("sites.rename") as tx:
        tx.update(tables.site, one, {"name": "z"})
    assert [entry.number for entry in store.entries(row_id=one)] == [2, 1]
    assert [entry.number for entry in store.entries(row_id=other)] == [1]
    assert [entry.number for entry in store.entries(limit=1)] == [2]


def test_a_write_inside_a_write_is_our_bug(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside"), store.write("x"), store.write("y"):
        pass
    with store.write("z") as tx:
        tx.insert(tables.site, {"code": "M", "name": "x"})


def test_threads_take_turns_to_write_and_read_freely(store: Store) -> None:
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for n in range(10):
                with store.write("sites.add") as tx:
                    tx.insert(tables.site, {"code": f"{name}{n}", "name": name})
                assert len(names(store)) > n
                assert store.undoable() is not None
        except BaseException as error:  # noqa: BLE001  told to the test below
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(names(store)) == store.journal_head() == 40
    assert store.check() == []
