from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from ltu_desktop.store import key as keys
from ltu_desktop.store.connect import connect
from ltu_desktop.store.file import Store
from ltu_desktop.store.tables import EDITED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.store.gate import Write


class Ticking:
    """A clock that goes on by a second at each look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 12, 10, 42, tzinfo=timezone(timedelta(hours=1)))

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Entreprise à but d’emploi.ltu"


@pytest.fixture
def create(path: Path, clock: Ticking) -> Iterator[Callable[..., Store]]:
    made: list[Store] = []

    def create(where: Path = path, **more: Any) -> Store:
        made.append(Store.create(where, clock=clock, operator="Anne Martin", **more))
        return made[-1]

    yield create
    for store in made:
        store.close()


@pytest.fixture
def reopen(path: Path, clock: Ticking) -> Iterator[Callable[..., Store]]:
    made: list[Store] = []

    def reopen(where: Path = path, **more: Any) -> Store:
        made.append(Store.open(where, clock=clock, operator="Bruno Petit", **more))
        return made[-1]

    yield reopen
    for store in made:
        store.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new file, made once: copying is faster than making."""
    path = tmp_path_factory.mktemp("empty") / "empty.ltu"
    Store.create(path, clock=Ticking(), operator="Anne Martin").close()
    return path


@pytest.fixture
def store(empty: Path, path: Path, clock: Ticking) -> Iterator[Store]:
    shutil.copy(empty, path)
    with Store.open(path, clock=clock, operator="Anne Martin") as store:
        yield store


@pytest.fixture
def fast_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys at a price that a test can pay; `test_key.py` proves the real one."""

    def derive(passphrase: str, salt: bytes) -> keys.Key:
        return keys.Key((passphrase.encode() + bytes(20))[:20], salt)

    monkeypatch.setattr(keys, "derive", derive)


def content_of(store: Store) -> dict[str, list[dict[str, object]]]:
    with store.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
            for table in EDITED
        }


@pytest.fixture
def content() -> Callable[[Store], dict[str, list[dict[str, object]]]]:
    return content_of


@pytest.fixture
def behind() -> Callable[[Store, str], None]:
    """Change a file behind the program's back, as another SQLite program would."""

    def behind(store: Store, sql: str) -> None:
        raw = connect(store.path, store.opened.key)
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute(sql)
        raw.close()

    return behind


@pytest.fixture
def person() -> Callable[..., bytes]:
    """Add a person with a contract of 28 hours."""
    from ltu_desktop.store import tables

    def person(tx: Write, number: str = "F0001", **more: Any) -> bytes:
        key = tx.insert(tables.person, {"staff_number": number, "name": "MARTIN", **more})
        contract = tx.insert(tables.contract, {"person_id": key, "start_on": datetime(2025, 1, 6).date()})  # noqa: DTZ001  a day
        tx.insert(
            tables.contract_terms,
            {"contract_id": contract, "start_on": datetime(2025, 1, 6).date(), "weekly_hours": 2800},  # noqa: DTZ001  a day
        )
        return key

    return person


@pytest.fixture
def everybody() -> Iterator[Path]:
    """Give a folder where rights count: tests that run as root go on as nobody."""
    with as_nobody(), tempfile.TemporaryDirectory() as name:
        yield Path(name)


@contextmanager
def as_nobody() -> Iterator[None]:
    root = os.name == "posix" and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def refused() -> Callable[..., Any]:
    """Expect a UserError with a code; every sentence must be complete and have a next step where one is asked."""
    from ltu_desktop.rules.errors import UserError
    from ltu_desktop.words import Words

    @contextmanager
    def refused(code: str) -> Iterator[list[UserError]]:
        caught: list[UserError] = []
        with pytest.raises(UserError) as info:
            yield caught
        caught.append(info.value)
        assert info.value.code == code
        for language in ("fr", "en"):
            said = Words(language).error(info.value)
            assert "{" not in said
            assert said.endswith(".")

    return refused
