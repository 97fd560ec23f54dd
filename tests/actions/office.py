"""An office for tests of imports: a file, short ways to import, and its content without keys, to be compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from ltu_desktop.actions import imports
from ltu_desktop.actions.context import Context
from ltu_desktop.actions.imports import ImportPlan, PlanRow
from ltu_desktop.actions.payroll import plan_dsn, plan_hours
from ltu_desktop.actions.people import plan_staff
from ltu_desktop.intake.dsn import read_dsn
from ltu_desktop.intake.sheet_records import HoursList, HoursRow, Sheet, StaffList, StaffRow
from ltu_desktop.intake.staff import read_staff
from ltu_desktop.intake.tables import read_table
from ltu_desktop.store import tables as t
from ltu_desktop.store.file import Store
from ltu_desktop.words import Words

SAMPLE = Path(__file__).parent.parent / "intake" / "october"
NOW = datetime(2026, 11, 12, 14, 3, tzinfo=UTC)


@dataclass
class StandingClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


class Office:
    """An open file and what is done with it."""

    def __init__(self, path: Path, language: str = "fr") -> None:
        self.clock = StandingClock()
        self.store = Store.create(path, clock=self.clock, operator="A.")
        self.ctx = Context(self.store, Words(language), self.clock)

    def close(self) -> None:
        self.store.close()

    def plan_dsn(self, data: bytes, name: str = "paie.dsn") -> ImportPlan:
        return plan_dsn(self.ctx, read_dsn(data, name), data)

    def dsn(self, data: bytes, name: str = "paie.dsn", **choices: Any) -> ImportPlan:
        plan = self.plan_dsn(data, name)
        imports.apply(self.ctx, plan, **choices)
        return plan

    def plan_staff(self, *rows: StaffRow) -> ImportPlan:
        problems = tuple(problem for row in rows for problem in row.problems)
        return plan_staff(self.ctx, StaffList(rows, {}, (), problems), sheet(repr(rows), "personnel.csv"))

    def staff(self, *rows: StaffRow, **choices: Any) -> ImportPlan:
        plan = self.plan_staff(*rows)
        imports.apply(self.ctx, plan, **choices)
        return plan

    def plan_hours(self, *rows: HoursRow, name: str = "heures.csv") -> ImportPlan:
        total = sum((row.paid_hours or Decimal(0) for row in rows), Decimal("0.00"))
        content = repr(rows).encode()
        return plan_hours(self.ctx, HoursList(rows, {}, (), total, ()), sheet(repr(rows), name), content)

    def hours(self, *rows: HoursRow, name: str = "heures.csv", **choices: Any) -> ImportPlan:
        plan = self.plan_hours(*rows, name=name)
        imports.apply(self.ctx, plan, **choices)
        return plan

    def sample_dsn(self) -> ImportPlan:
        return self.dsn((SAMPLE / "dsn-2026-10.dsn").read_bytes(), "dsn-2026-10.dsn")

    def plan_sample_staff(self) -> ImportPlan:
        data = (SAMPLE / "staff.csv").read_bytes()
        table = read_table(data, "staff.csv")
        return plan_staff(self.ctx, read_staff(table), table)

    def sample_staff(self) -> ImportPlan:
        plan = self.plan_sample_staff()
        imports.apply(self.ctx, plan)
        return plan

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.store.read() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]

    def person_id(self, staff_number: str) -> bytes:
        return bytes(next(row["id"] for row in self.rows(t.person) if row["staff_number"] == staff_number))

    def content(self) -> dict[str, list[Any]]:
        """Return all that imports write, with names in the place of keys."""
        name: dict[Any, Any] = {None: None}
        found: dict[str, list[Any]] = {}
        kinds = (
            (t.site, "name"),
            (t.activity, "name"),
            (t.person, "staff_number"),
            (t.payroll_file, "name"),
            (t.contract, "start_on"),
            (t.contract_terms, "start_on"),
            (t.pay_month, "month"),
            (t.absence, "month"),
        )
        tables = {table.name: self.rows(table) for table, _ in kinds}
        for table, label in kinds:
            for row in tables[table.name]:
                name[row["id"]] = (name.get(row.get("person_id")), row[label]) if "person_id" in row else row[label]
        for table, _ in kinds:
            lines = [
                {
                    column: name.get(value) if column.endswith("_id") else value
                    for column, value in row.items()
                    if column not in {"id", "version"}
                }
                for row in tables[table.name]
            ]
            found[table.name] = sorted(lines, key=repr)
        return found

    def terms(self, staff_number: str) -> list[tuple[date, Any, Any, str]]:
        owner = self.person_id(staff_number)
        contracts = {row["id"] for row in self.rows(t.contract) if row["person_id"] == owner}
        return sorted(
            (row["start_on"], row["weekly_hours"], row["monthly_hours"], row["job"])
            for row in self.rows(t.contract_terms)
            if row["contract_id"] in contracts
        )

    def counted(self, staff_number: str) -> dict[str, int]:
        """Paid hours by month, in hundredths, of the files that count."""
        owner = self.person_id(staff_number)
        files = {row["id"] for row in self.rows(t.payroll_file) if row["replaced_by_id"] is None}
        found: dict[str, int] = {}
        for row in self.rows(t.pay_month):
            if row["person_id"] == owner and row["payroll_file_id"] in files:
                found[row["month"]] = found.get(row["month"], 0) + row["paid_hours"]
        return found


def sheet(content: str, name: str) -> Sheet:
    return Sheet(name, hashlib.sha256(content.encode()).hexdigest(), "csv", "", (), 1, ())


def the_row(plan: ImportPlan, staff_number: str) -> PlanRow:
    return next(row for row in plan.rows if row.staff_number == staff_number)


def shown(row: PlanRow) -> dict[str, tuple[Any, Any]]:
    """The changes of a row by field; those of another month by `field@month`."""
    return {
        (f"{each.field}@{each.month}" if each.month else each.field): (each.before, each.after) for each in row.changes
    }
