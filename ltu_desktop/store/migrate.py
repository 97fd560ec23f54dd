"""Bring an older file up to date: all or nothing, after a proven backup.

The traps: with foreign keys on, SQLite empties the children of a table that a batch migration makes anew, and it does
not let us switch them off inside a transaction. So they are off on the raw connection before BEGIN, rows are counted
before and after, and references and pages are checked before the commit. DDL takes part in the transaction because
the driver begins none by itself.
"""

# ruff: noqa: S608  the names in SQL are those of tables.py and of the file's own columns

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ltu_desktop.store import journal as book
from ltu_desktop.store.connect import connect, single, uri
from ltu_desktop.store.copies import stand
from ltu_desktop.store.journal import Change
from ltu_desktop.store.tables import EDITED
from ltu_desktop.store.trouble import worldly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import Connection

    from ltu_desktop.store.key import Key


def update(path: Path, key: Key | None, backup: Path, *, folder: Path, at: datetime, operator: str) -> None:
    """Run the revisions that a file lacks; `backup` is a proven copy of it, `folder` holds the revisions.

    Any failure leaves the file as it was and raises RuntimeError: a revision that fails is our bug.
    """
    raw = connect(path, key)
    try:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("ATTACH ? AS old KEY ?", (uri(backup, "ro"), key.literal if key else ""))
        with single(raw).connect() as connection:
            connection.begin()
            raw.execute("BEGIN IMMEDIATE")
            _update(connection, raw, folder, at=at, operator=operator)
            connection.commit()
    except Exception as error:
        if worldly(error):
            raise
        raise RuntimeError(f"{path.name} could not be updated; it is as before, the copy is {backup.name}") from error
    finally:
        raw.close()


def _update(connection: Connection, raw: Any, folder: Path, *, at: datetime, operator: str) -> None:
    before = stand(raw, "main").rows
    start, recounted = run(connection, folder)
    after = stand(raw, "main").rows
    lost = {name for name in before if before[name] != after.get(name)} - recounted
    if lost:
        raise RuntimeError(f"the update changed the number of rows of {', '.join(sorted(lost))}")
    if raw.execute("PRAGMA main.foreign_key_check").fetchone():
        raise RuntimeError("the update broke a reference")
    if raw.execute("PRAGMA main.integrity_check(1)").fetchone()[0] != "ok":
        raise RuntimeError("the update damaged the file")
    book.append(
        connection,
        at=at,
        operator=operator,
        action=book.MIGRATED,
        params={"from": start, "to": raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]},
        changes=list(_differences(raw)),
        undoes=None,
        final=book.FINAL,
    )


def run(connection: Connection, folder: Path) -> tuple[str, set[str]]:
    """Run Alembic without its files; return the first revision and the tables whose rows may change in number."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(folder.parent), version_locations=[str(folder)])
    start: list[str] = []
    recounted: set[str] = set()

    def revisions(now: Any, _: MigrationContext) -> Any:
        start.extend(now)
        steps = script._upgrade_revs("head", now)  # noqa: SLF001  what alembic's own `upgrade` command calls
        for step in steps:
            recounted.update(getattr(step.revision.module, "RECOUNTED", ()))
        return steps

    with EnvironmentContext(Config(), script, fn=revisions) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
    return start[0] if start else "", recounted


def _differences(raw: Any) -> Iterator[Change]:
    """Compare each table with the backup, in the columns that both have."""
    for table in EDITED:
        name = str(table.name)
        new, old = (_columns(raw, schema, name) for schema in ("main", "old"))
        here = f"SELECT * FROM main.{name}"
        if old:
            both = [column for column in new if column in old]
            same = " AND ".join(f"main.{name}.{column} IS old.{name}.{column}" for column in both)
            found = raw.execute(
                f"SELECT {_list('main', name, both)}, {_list('old', name, both)} "
                f"FROM main.{name} JOIN old.{name} ON main.{name}.id = old.{name}.id WHERE NOT ({same})"
            )
            for row in found:
                after, before = (dict(zip(both, part, strict=True)) for part in (row[: len(both)], row[len(both) :]))
                changed = [column for column in both if after[column] != before[column]]
                yield Change(name, after["id"], {c: before[c] for c in changed}, {c: after[c] for c in changed})
            for row in raw.execute(f"SELECT * FROM old.{name} WHERE id NOT IN (SELECT id FROM main.{name})"):
                image = dict(zip(old, row, strict=True))
                yield Change(name, image["id"], image, None)
            here += f" WHERE id NOT IN (SELECT id FROM old.{name})"
        for row in raw.execute(here):
            image = dict(zip(new, row, strict=True))
            yield Change(name, image["id"], None, image)


def _columns(raw: Any, schema: str, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f'PRAGMA {schema}.table_info("{table}")')]


def _list(schema: str, table: str, columns: list[str]) -> str:
    return ", ".join(f"{schema}.{table}.{column}" for column in columns)
