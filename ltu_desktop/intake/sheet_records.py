"""Records of staff and hours lists: what `read_table`, `read_staff` and `read_hours` give, each with its row number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from ltu_desktop.intake.findings import Finding
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.periods import Month

Cell = str | Decimal | date | None

Mapping = dict[str, str]
"""Our field → head of the column that holds it; a plain dict, to be remembered for the next file."""


class Row(msgspec.Struct, frozen=True):
    """One row of a sheet: its number as the spreadsheet shows it, and as many cells as there are heads."""

    number: int
    cells: tuple[Cell, ...]


class Sheet(msgspec.Struct, frozen=True):
    """A table as read from a file: heads, then rows. `kind` is xlsx, ods or csv; `tab` the sheet's own name."""

    name: str
    sha256: str
    kind: str
    tab: str
    heads: tuple[str, ...]
    head_row: int
    rows: tuple[Row, ...]
    problems: tuple[Finding, ...] = ()


class StaffRow(msgspec.Struct, frozen=True):
    """One person of a staff list. What the list does not say is "" or None; a refused row must not be imported."""

    row: int
    staff_number: str = ""
    name: str = ""
    first_names: str = ""
    birth_date: date | None = None
    nir: str = ""  # 13 characters, without key
    ntt: str = ""
    sex: str = ""
    status: str | None = None  # ppde, other
    recognised_on: date | None = None
    decision_number: str = ""
    site: str = ""
    activity: str = ""
    entry: date | None = None
    exit: date | None = None
    weekly_hours: Decimal | None = None
    monthly_hours: Decimal | None = None
    hourly_pay: Decimal | None = None
    job: str = ""
    contract_number: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""
    iban: str = ""
    problems: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a blocker forbids to import the row."""
        return any(problem.severity is Severity.BLOCKER for problem in self.problems)


class StaffList(msgspec.Struct, frozen=True):
    """A staff list as read: rows in the file's order, the mapping used, heads that no field took."""

    rows: tuple[StaffRow, ...]
    mapping: Mapping
    unknown_columns: tuple[str, ...]
    problems: tuple[Finding, ...]  # of the list and of all its rows


class HoursRow(msgspec.Struct, frozen=True):
    """One person's month in an hours list. `absences` holds hours by kind (as in `rules.facts.Absence.kind`)."""

    row: int
    month: Month | None
    paid_hours: Decimal | None
    staff_number: str = ""
    name: str = ""
    first_names: str = ""
    birth_date: date | None = None
    gross_pay: Decimal | None = None
    contract_number: str = ""
    overtime_hours: Decimal | None = None
    complementary_hours: Decimal | None = None
    absences: dict[str, Decimal] = {}
    problems: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a blocker forbids to import the row."""
        return any(problem.severity is Severity.BLOCKER for problem in self.problems)


class HoursList(msgspec.Struct, frozen=True):
    """An hours list as read; `paid_hours` is the control total: the column added up before any row is judged."""

    rows: tuple[HoursRow, ...]
    mapping: Mapping
    unknown_columns: tuple[str, ...]
    paid_hours: Decimal
    problems: tuple[Finding, ...]
