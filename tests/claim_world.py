"""A small employer's file for tests of claims: rows put in directly, so that each test sees what it rests on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ltu_desktop.actions.context import Context
from ltu_desktop.rules.money import to_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold
from ltu_desktop.store import tables as t
from ltu_desktop.store.file import Store
from ltu_desktop.words import Words

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER = Month(2026, 10)


@dataclass
class FixedClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = datetime(2026, 11, 12, 10, 42, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@dataclass
class World:
    """An open file, its context, and short ways to put rows in."""

    path: Path
    clock: FixedClock = field(default_factory=FixedClock)
    language: str = "fr"

    def __post_init__(self) -> None:
        self.store = Store.create(self.path, clock=self.clock, operator="Nadia Roussel")
        self.ctx = Context(self.store, Words(self.language), self.clock)
        self.people: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}

    def close(self) -> None:
        self.store.close()

    def insert(self, table: Any, **values: Any) -> bytes:
        with self.store.write("test") as tx:
            return tx.insert(table, values)

    def update(self, table: Any, key: bytes, **values: Any) -> None:
        with self.store.write("test") as tx:
            tx.update(table, key, values)

    def delete(self, table: Any, key: bytes) -> None:
        with self.store.write("test") as tx:
            tx.delete(table, key)

    def employer(self, **values: Any) -> bytes:
        given = {
            "name": "La Fabrique du Canal",
            "siret": "12345678200010",
            "contributions_valid_until": date(2027, 1, 31),
        }
        return self.insert(t.employer, **{**given, **values})

    def agreement(self, ceiling: str = "36", settings: dict[str, str] | None = None, **values: Any) -> bytes:
        given = {"scheme": "fr-tzcld", "number": "2021-059-14", "start_on": date(2021, 6, 28), "fund": "Fonds ETCLD"}
        key = self.insert(t.agreement, **{**given, **values})
        self.insert(
            t.agreement_terms,
            agreement_id=key,
            start_on=date(2026, 1, 1),
            amendment="6",
            ceiling_fte=to_hundredths(Decimal(ceiling)),
            settings=json.dumps(settings or {}),
        )
        return key

    def person(
        self,
        number: str,
        *,
        status: str | None = "ppde",
        name: str = "",
        first: str = "Zoé",
        start: date | None = date(2020, 1, 1),
        end: date | None = None,
        weekly: str | None = "35",
        **contract: Any,
    ) -> bytes:
        """Put in a person, with a contract from `start` unless it is None."""
        name = name or f"Nom{number}"
        key = self.insert(
            t.person, staff_number=number, name=name, first_names=first, folded=fold(f"{name} {first}"), status=status
        )
        self.people[number] = key
        if start is not None:
            self.contract(number, start, end, weekly, **contract)
        return key

    def contract(
        self, number: str, start: date, end: date | None = None, weekly: str | None = "35", **more: Any
    ) -> bytes:
        given = {"nature": "01", "public_aid": "99", "end_reason": "059" if end else ""}
        key = self.insert(t.contract, person_id=self.people[number], start_on=start, end_on=end, **{**given, **more})
        if weekly is not None:
            self.terms(key, start, weekly)
        return key

    def terms(self, contract: bytes, start: date, weekly: str) -> bytes:
        return self.insert(
            t.contract_terms, contract_id=contract, start_on=start, weekly_hours=to_hundredths(Decimal(weekly))
        )

    def payroll(
        self, month: Month, rows: dict[str, str] | list[tuple[str, Month, str]], name: str = "", **more: Any
    ) -> bytes:
        """Put in a month's payroll file: staff number → hours, or (staff number, month worked, hours)."""
        entries = [(who, month, hours) for who, hours in rows.items()] if isinstance(rows, dict) else rows
        name = name or f"dsn-{month}.dsn"
        with self.store.write("test") as tx:
            blob = tx.put_blob(name.encode())
            key = tx.insert(
                t.payroll_file,
                {
                    "name": name,
                    "sha256": blob,
                    "month": str(month),
                    "kind": "dsn",
                    "siret": "12345678200010",
                    "norm": "P26V01",
                    "type": "01",
                    "hours": sum(to_hundredths(Decimal(hours)) for _, _, hours in entries),
                    "received_on": month.plus(1).first,
                    "blob_sha256": blob,
                },
            )
            tx.insert_many(
                t.pay_month,
                [
                    {
                        "person_id": self.people[who],
                        "payroll_file_id": key,
                        "month": str(worked),
                        "paid_hours": to_hundredths(Decimal(hours)),
                        "line": 100 + index,
                        **more,
                    }
                    for index, (who, worked, hours) in enumerate(entries)
                ],
            )
        self.files[name] = key
        return key

    def absence(self, number: str, month: Month, kind: str, hours: str, kept: int | None = None) -> bytes:
        return self.insert(
            t.absence,
            person_id=self.people[number],
            month=str(month),
            kind=kind,
            hours=to_hundredths(Decimal(hours)),
            kept=kept,
        )


def ready(path: Path) -> World:
    """Return a file whose October 2026 can be sealed: three people, one of them not PPDE."""
    world = World(path)
    world.employer()
    world.agreement()
    world.insert(t.site, code="MO", name="Le Moulin")
    world.person("F0001", name="Delannoy", weekly="24")
    world.person("F0002", name="Traoré")
    world.person("F0003", name="Kowalczyk", status="other")
    world.payroll(OCTOBER, {"F0001": "104.00", "F0002": "151.67", "F0003": "75.00"})
    return world
