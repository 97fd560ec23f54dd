"""Draft the next revision of the tables: `python tests/store/draft_revision.py what_it_does`, then read and mend it.

It writes what makes a file of the revisions so far equal to `tables.py`. Before the first release there is one
revision: delete `r0001_first.py` and draft it again as `first`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, create_engine
from sqlalchemy.sql.elements import conv

from ltu_desktop.store.opening import VERSIONS
from ltu_desktop.store.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '''"""{title}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down!r}


def upgrade() -> None:
    """Bring the tables from the revision before to this one."""
    {body}
'''


def draft(name: str, folder: Path = VERSIONS) -> Path:
    """Write the revision to the folder of revisions and return its path."""
    script = ScriptDirectory(str(folder.parent), version_locations=[str(folder)])
    down = script.get_current_head()
    revision = f"{int(down or 0) + 1:04d}"
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        if down:
            with EnvironmentContext(
                Config(), script, fn=lambda now, _: script._upgrade_revs("head", now)
            ) as environment:
                environment.configure(connection=connection)
                environment.run_migrations()
        context = MigrationContext.configure(connection, opts={"render_as_batch": down is not None})
        found = produce_migrations(context, metadata)
        assert found.upgrade_ops is not None
        for step in found.upgrade_ops.ops:
            if isinstance(step, CreateTableOp):  # Alembic forgets the checks that stand in a column
                checks = [
                    CheckConstraint(rule.sqltext, name=conv(str(rule.name)))
                    for column in step.columns
                    if isinstance(column, Column)
                    for rule in column.constraints
                    if isinstance(rule, CheckConstraint)
                ]
                step.columns = [*step.columns, *checks]
        body = render_python_code(found.upgrade_ops, render_as_batch=down is not None, migration_context=context)
    path = folder / f"r{revision}_{name}.py"
    title = name.replace("_", " ").capitalize()
    path.write_text(HEAD.format(title=title, revision=revision, down=down, body=body), "utf-8")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{draft(sys.argv[1])}\n")
