"""The laws of undo on random work: each step back gives the content before it, each step forward the one after."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ltu_desktop.rules.errors import UserError
from ltu_desktop.store import tables
from ltu_desktop.store.file import Store

if TYPE_CHECKING:
    from sqlalchemy import Table

    from ltu_desktop.store.gate import Write

PARENTS = {tables.activity: "site_id", tables.person: "site_id", tables.contract: "person_id",
           tables.contract_terms: "contract_id"}  # fmt: skip
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # hundreds of commits: no disk need wait for them
TABLES = [str(table.name) for table in (tables.site, *PARENTS)]

# one step of work: what is done, to which table, two numbers that choose rows and values
steps = st.tuples(st.sampled_from(["insert", "update", "update", "delete", "many"]), st.sampled_from(TABLES),
                  st.integers(0, 5), st.integers(0, 3))  # fmt: skip
actions = st.lists(steps, min_size=1, max_size=4)


def ids(tx: Write, table: Table) -> list[bytes]:
    return list(tx.connection.execute(select(table.c.id).order_by(table.c.id)).scalars())


def values(tx: Write, table: Table, one: int, other: int) -> dict[str, Any]:
    parents = ids(tx, tables.metadata.tables[PARENTS[table][:-3]]) if table in PARENTS else []
    found: dict[str, Any] = {PARENTS[table]: parents[one % len(parents)]} if parents else {}
    if table is tables.contract:
        return {**found, "start_on": date(2025, 1, 1) + timedelta(one), "end_on": None if other else date(2026, 1, 1)}
    if table is tables.contract_terms:
        return {**found, "start_on": date(2025, 1, 1) + timedelta(other), "weekly_hours": 100 * one if one else None}
    name = "staff_number" if table is tables.person else "code"
    return {**found, name: f"{one}", "name": f"n{other}"}


def act(store: Store, work: list[tuple[str, str, int, int]]) -> None:
    """Do some work in one action; work that the tables refuse is rolled back whole."""
    try:
        with store.write("test.work", {"steps": len(work)}) as tx:
            for what, name, one, other in work:
                table = tables.metadata.tables[name]
                rows = ids(tx, table)
                if what == "insert":
                    tx.insert(table, values(tx, table, one, other))
                elif what == "many":
                    column = {tables.contract: "nature", tables.contract_terms: "job"}.get(table, "name")
                    tx.update_many(table, {key: {column: f"m{one}"} for key in rows})
                elif rows and what == "update":
                    tx.update(table, rows[one % len(rows)], values(tx, table, other, one))
                elif rows:
                    tx.delete(table, rows[one % len(rows)])
    except IntegrityError:
        pass


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 12, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def content(store: Store) -> dict[str, Any]:
    with store.read() as connection:
        return {table.name: connection.execute(select(table).order_by(table.c.id)).all() for table in tables.EDITED}


@settings(max_examples=12)
@given(st.lists(actions, min_size=4, max_size=14), st.integers(0, 13))
def test_undo_of_all_and_redo_of_all(work: list[Any], reopen_at: int) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path, clock = Path(folder) / "x.ltu", Clock()
        store = Store.create(path, clock=clock, operator="A")
        stands = [content(store)]
        for action in work:
            head = store.journal_head()
            act(store, action)
            if store.journal_head() > head:
                stands.append(content(store))
        for number, stand in enumerate(reversed(stands[:-1])):
            if number == reopen_at:
                store.close()
                store = Store.open(path, clock=clock, operator="B")
            store.undo()
            assert content(store) == stand
        assert store.undoable() is None
        for number, stand in enumerate(stands[1:]):
            if number == reopen_at:
                store.close()
                store = Store.open(path, clock=clock, operator="C")
            store.redo()
            assert content(store) == stand
        assert store.redoable() is None
        assert store.check() == []
        store.close()


class Desk(RuleBasedStateMachine):
    """Somebody who does, undoes and redoes in any order; the model is two stacks of contents."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.clock = Clock()
        self.store = Store.create(Path(self.folder.name) / "x.ltu", clock=self.clock, operator="A")
        self.done: list[Any] = []  # contents that an undo must give
        self.undone: list[Any] = []  # contents that a redo must give

    @initialize(work=st.lists(actions, min_size=3, max_size=6))
    def begin(self, work: list[Any]) -> None:
        for action in work:
            self.do(action)

    @rule(action=actions)
    def do(self, action: list[Any]) -> None:
        before, head = content(self.store), self.store.journal_head()
        act(self.store, action)
        if self.store.journal_head() > head:
            self.done.append(before)
            self.undone.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.undone.append(content(self.store))
        self.store.undo()
        assert content(self.store) == self.done.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.done.append(content(self.store))
        self.store.redo()
        assert content(self.store) == self.undone.pop()

    @rule(choice=st.integers(0, 30))
    def undo_one_and_bring_it_back(self, choice: int) -> None:
        """An entry taken from the middle and brought back leaves all as it was; else the refusal names who stands."""
        head = self.store.journal_head()
        if not head:
            return
        before = content(self.store)
        number = choice % head + 1
        try:
            self.store.undo(number)
        except UserError as error:
            assert error.code in {"in_the_way", "already_undone", "sealed"}
            assert all(number < other <= head for other in error.params.get("blockers", []))  # type: ignore[attr-defined]
        else:
            self.store.undo(head + 1)
            self.done.clear()  # a new order of entries: begin a new model
            self.undone.clear()
            self.seal()
        assert content(self.store) == before

    def seal(self) -> None:
        with self.store.write("test.seal", final=True):
            pass

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.store.path, clock=self.clock, operator="B")

    @invariant()
    def next_steps_are_told(self) -> None:
        assert (self.store.undoable() is None) == (not self.done)
        assert (self.store.redoable() is None) == (not self.undone)

    def teardown(self) -> None:
        assert self.store.check() == []
        self.store.close()
        self.folder.cleanup()


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=12, stateful_step_count=15, phases=[Phase.generate]
)  # shrinking takes minutes
