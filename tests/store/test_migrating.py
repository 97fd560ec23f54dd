"""Updates of the tables: each trap of batch migrations is walked into here, on a file that holds rows."""

from __future__ import annotations

import re
import runpy
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, create_engine

from ltu_desktop.store import backups, connect, copies, migrate, opening, tables
from ltu_desktop.store.connect import single
from ltu_desktop.store.file import Store

if TYPE_CHECKING:
    from collections.abc import Callable

Refused = Any

HEAD = '''
"""A revision of a test."""
import sqlalchemy as sa
from alembic import op
revision = "{revision}"
down_revision = "{down}"
RECOUNTED = {recounted}
def upgrade():
'''

# a child table that cascades: what a batch migration of its parent empties when foreign keys are on
CASCADING = """
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.LargeBinary(16), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    )
    op.execute("INSERT INTO note (person_id) SELECT id FROM person")
"""
DROP_COLUMN = """
    with op.batch_alter_table("person") as batch:
        batch.drop_column("phone")
"""
ADD_COLUMN = """
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("nickname", sa.Text(), server_default="", nullable=False))
        batch.alter_column("email", new_column_name="mail")
    op.execute("UPDATE person SET town = 'Lille', version = version + 1 WHERE staff_number = 'F0002'")
"""


@pytest.fixture
def revise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Pretend that a later release brings one more revision."""
    folder = tmp_path / "versions"
    folder.mkdir()
    for path in opening.VERSIONS.glob("r*.py"):
        shutil.copy(path, folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def revise(body: str, recounted: tuple[str, ...] = ()) -> None:
        down = max(path.name[1:5] for path in folder.glob("r*.py"))
        revision = f"{int(down) + 1:04d}"
        text = HEAD.format(revision=revision, down=down, recounted=recounted) + body
        (folder / f"r{revision}_test.py").write_text(text)
        monkeypatch.setattr(opening, "VERSIONS", folder)

    return revise


@pytest.fixture
def filled(create: Any, person: Any, fast_key: None) -> Store:
    store: Store = create(passphrase="étoile")
    with store.write("people.add") as tx:
        for number in ("F0001", "F0002", "F0003"):
            person(tx, number)
    store.close()
    return store


def count(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def counts(store: Store) -> dict[str, int]:
    return {str(table.name): count(store, str(table.name)) for table in tables.EDITED}


def schema(connection: Any) -> dict[str, list[str]]:
    """Read the tables and indexes as sets of lines: Alembic orders and quotes otherwise than SQLAlchemy."""
    found = {}
    for name, sql in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
        plain = (
            re.sub(r"\s+", " ", sql.replace('"', "").replace("('')", "''")).removesuffix(")").replace("( ", "(").strip()
        )
        found[name] = sorted(re.split(r", ?(?![^()]*\))| (?=CONSTRAINT)", plain))
    return found


def test_revisions_from_scratch_make_the_tables_of_today(store: Store) -> None:
    """When this fails: `python tests/store/draft_revision.py what_it_does` (see there)."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        migrate.run(connection, opening.VERSIONS)
        migrated = schema(connection)
    engine.dispose()
    with store.read() as connection:
        made = schema(connection)
    assert migrated == made


def test_a_draft_makes_the_tables_of_today(store: Store, tmp_path: Path) -> None:
    draft = runpy.run_path(str(Path(__file__).parent / "draft_revision.py"))["draft"]
    folder = tmp_path / "versions"
    folder.mkdir()
    assert draft("first", folder).name == "r0001_first.py"
    assert draft("nothing_new", folder).name == "r0002_nothing_new.py"
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        migrate.run(connection, folder)
        drafted = schema(connection)
    engine.dispose()
    with store.read() as connection:
        assert drafted == schema(connection)


def test_head_is_the_newest_revision() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(opening.VERSIONS.parent), version_locations=[str(opening.VERSIONS)])
    assert opening.head_revision() == script.get_current_head()


def test_children_survive_a_batch_migration_of_their_parent(
    filled: Store, reopen: Any, revise: Any, person: Any
) -> None:
    before = {**counts_of_closed(filled), "note": 3}
    revise(CASCADING, ("note",))
    revise(DROP_COLUMN)
    with reopen(passphrase="étoile") as store:
        assert {**counts(store), "note": count(store, "note")} == before
        with store.read() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
            columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(person)")]
            assert "phone" not in columns
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        [entry] = store.entries(limit=1)
        assert (entry.action, entry.params, entry.final) == ("store.migrate", {"from": "0002", "to": "0004"}, True)
        assert entry.operator == "Bruno Petit"


def counts_of_closed(store: Store) -> dict[str, int]:
    raw = connect.connect(store.path, store.opened.key)
    try:
        return {
            str(table.name): raw.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in tables.EDITED
        }
    finally:
        raw.close()


def test_with_foreign_keys_on_the_children_would_be_lost(filled: Store, reopen: Any, revise: Any) -> None:
    """Show the trap itself, so that nobody takes the guard away: the same revisions, foreign keys left on."""
    revise(CASCADING, ("note",))
    reopen(passphrase="étoile").close()
    raw = connect.connect(filled.path, filled.opened.key)
    with single(raw).connect() as connection:
        from alembic.migration import MigrationContext
        from alembic.operations import Operations

        raw.execute("BEGIN")
        raw.execute("PRAGMA foreign_keys = OFF")  # too late: inside a transaction it is ignored
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        raw.execute("DELETE FROM contract_terms")
        raw.execute("DELETE FROM contract")
        with Operations(MigrationContext.configure(connection)).batch_alter_table("person") as batch:
            batch.drop_column("phone")
        assert raw.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    raw.close()


def test_the_copy_before_an_update_is_proven_and_stays(filled: Store, reopen: Any, revise: Any) -> None:
    old = filled.backup()
    revise(DROP_COLUMN)
    reopen(passphrase="étoile").close()
    found = backups.listed(old.parent, filled.path.stem)
    assert len(found) == 2
    assert copies.prove(found[0].path, filled.opened.key).rows["person"] == 3
    raw = connect.connect(found[0].path, filled.opened.key, mode="ro")
    assert raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] == "0002"
    raw.close()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            DROP_COLUMN + "    op.create_table('half', sa.Column('x', sa.Integer()))\n    raise ZeroDivisionError\n",
            None,
        ),
        ("    op.execute('DELETE FROM contract_terms')\n", "number of rows of contract_terms"),
        ("    op.drop_table('absence')\n", "number of rows of absence"),
        ("    op.execute('UPDATE contract SET person_id = zeroblob(16)')\n", "broke a reference"),
        (
            """
    op.execute("PRAGMA writable_schema = ON")
    op.execute("UPDATE sqlite_master SET sql = replace(sql, '(folded)', '(staff_number)') WHERE name = 'ix_person_folded'")
    op.execute("PRAGMA writable_schema = RESET")
            """,
            "damaged the file",
        ),
    ],
)
def test_an_update_that_fails_leaves_the_file_as_it_was(
    filled: Store, reopen: Any, revise: Any, monkeypatch: pytest.MonkeyPatch, body: str, why: str | None
) -> None:
    held = counts_of_closed(filled)
    with monkeypatch.context() as patch:
        revise(body)
        with pytest.raises(RuntimeError, match="as before") as info:
            reopen(passphrase="étoile")
        del patch
    assert why is None or why in str(info.value.__cause__)
    monkeypatch.undo()
    raw = connect.connect(filled.path, filled.opened.key)
    names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master").fetchall()]
    raw.close()
    assert "half" not in names
    assert not [name for name in names if name.startswith("_alembic_tmp")]
    assert counts_of_closed(filled) == held


def test_a_full_disk_during_an_update_is_said_in_words(
    filled: Store, reopen: Any, revise: Any, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = connect.connect

    def small(*arguments: Any, **more: Any) -> Any:
        raw = real(*arguments, **more)
        raw.execute("PRAGMA max_page_count = 10")
        return raw

    monkeypatch.setattr(migrate, "connect", small)
    revise(CASCADING, ("note",))
    with refused("disk_full"):
        reopen(passphrase="étoile")


def test_rows_that_an_update_changes_are_in_the_journal(
    filled: Store, reopen: Any, revise: Any, refused: Refused
) -> None:
    revise(
        ADD_COLUMN
        + """
    op.execute("DELETE FROM contract_terms WHERE contract_id IN (SELECT c.id FROM contract c JOIN person p "
               "ON p.id = c.person_id WHERE p.staff_number = 'F0003')")
    op.execute("INSERT INTO site (id, code, name) VALUES (x'0123456789abcdef0123456789abcdef', 'M', 'Le Moulin')")
    """,
        ("contract_terms", "site"),
    )
    with reopen(passphrase="étoile") as store:
        found = {change.table: change for change in store.changes(2)}
        assert len(store.changes(2)) == 3
        person = found["person"]
        assert (person.before, person.after) == ({"version": 1, "town": ""}, {"version": 2, "town": "Lille"})
        terms = found["contract_terms"]
        assert terms.after is None
        assert terms.before is not None
        assert terms.before["start_on"] == date(2025, 1, 6)
        site = found["site"]
        assert site.before is None
        assert site.after is not None
        assert site.after["id"] == site.id == bytes.fromhex("0123456789abcdef" * 2)
        assert store.check() == []
        assert store.undoable() is None
        with refused("migrated"):
            store.undo()
        with refused("migrated"):
            store.undo(1)
        with refused("migrated"):
            store.undo(2)


def test_a_table_that_comes_and_one_that_goes(
    filled: Store, reopen: Any, revise: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program of a later release knows one table more and one less than this one."""
    revise(
        """
    op.drop_table('absence')
    op.create_table("novelty", sa.Column("id", sa.LargeBinary(16), primary_key=True), sa.Column("name", sa.Text()))
    op.execute("INSERT INTO novelty VALUES (x'0123456789abcdef0123456789abcdef', 'Couture')")
    """,
        ("absence",),
    )
    novelty = Table("novelty", MetaData(), Column("id", LargeBinary(16)))
    monkeypatch.setattr(migrate, "EDITED", (*(table for table in tables.EDITED if table.name != "absence"), novelty))
    with reopen(passphrase="étoile") as store:
        [change] = store.changes(2)
        assert (change.table, change.before) == ("novelty", None)
        assert change.after == {"id": "0123456789abcdef" * 2, "name": "Couture"}  # a table that we do not know yet


def test_an_older_file_is_not_updated_by_a_reader(filled: Store, reopen: Any, revise: Any, refused: Refused) -> None:
    revise(DROP_COLUMN)
    held = filled.path.read_bytes()
    with refused("older"):
        reopen(passphrase="étoile", read_only=True)
    assert filled.path.read_bytes() == held


def test_alembic_is_not_loaded_for_a_file_of_today(store: Store) -> None:
    import subprocess

    store.close()
    code = f"""
import sys, datetime
from ltu_desktop.store.file import Store
class Clock:
    def now(self): return datetime.datetime.now(datetime.UTC)
with Store.open({str(store.path)!r}, clock=Clock(), operator="A") as store: store.entries()
assert not {{"alembic", "sqlalchemy.orm", "babel"}} & set(sys.modules), sorted(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


OLD = Path(__file__).parent.parent / "old_files"


@pytest.mark.parametrize("path", sorted(OLD.glob("*.ltu")), ids=lambda path: path.stem)
def test_files_of_old_releases_open(path: Path, tmp_path: Path, reopen: Any) -> None:
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    with reopen(copy, passphrase="phrase secrète de test" if "secret" in path.stem else None) as store:
        assert store.check() == []
        assert count(store, "person") >= 3
        assert count(store, "pay_month") >= 3
        assert count(store, "sealed") >= 1
        assert {entry.kind for entry in store.entries()} >= {"do", "undo", "redo", "note"}
        with store.write("people.add") as tx:
            tx.insert(tables.person, {"staff_number": "NEW", "name": "x", "birth_date": date(2000, 1, 1)})
        store.undo()


def test_there_is_a_file_of_this_release() -> None:
    assert (OLD / "0.1.0.ltu").is_file()
    assert (OLD / "0.1.0-secret.ltu").is_file()
