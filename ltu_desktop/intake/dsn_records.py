"""Records of a monthly payroll declaration (DSN): what `read_dsn` gives. Every record knows its line in the file.

Hours and amounts are `Decimal` as the file gives them, and may be negative (back pay).
Codes are those of the norm, kept as text; `/` in a comment separates the rubrics they come from.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from ltu_desktop.intake.findings import Finding
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.periods import Month


class DsnRemuneration(msgspec.Struct, frozen=True):
    """One remuneration (block 51), as written: `type` 001 gross, 002 gross for unemployment insurance, 010 base pay."""

    type: str
    hours: Decimal | None
    amount: Decimal | None
    line: int


class DsnActivity(msgspec.Struct, frozen=True):
    """One activity (block 53), as written: `kind` 01 paid work, 02 unpaid absence; `unit` 10 hours, 12 days."""

    kind: str
    measure: Decimal
    unit: str
    line: int


class DsnPay(msgspec.Struct, frozen=True):
    """One contract's pay for one pay period: the sum of its remunerations and activities, in hours and euros.

    `paid_hours` = activities 01 in hours, `unpaid_hours` = activities 02 in hours. Overtime (types 017 and 018) is
    `overtime_hours` of a full-timer and `complementary_hours` of a part-timer; both are part of the paid hours.
    `month` is the month worked in: that of the period, or the declared month when a period crosses it.
    """

    contract_number: str
    period_start: date
    period_end: date
    month: Month
    paid_hours: Decimal
    unpaid_hours: Decimal
    overtime_hours: Decimal
    complementary_hours: Decimal
    partial_activity_hours: Decimal  # type 019
    gross_pay: Decimal | None  # type 001; None when the period has none
    remunerations: tuple[DsnRemuneration, ...]
    activities: tuple[DsnActivity, ...]
    line: int


class DsnSickLeave(msgspec.Struct, frozen=True):
    """A sick leave (block 60): reason code, last day worked, planned end, resumption of work."""

    reason: str
    last_day_worked: date
    planned_end: date | None
    resumed_on: date | None
    line: int


class DsnSuspension(msgspec.Struct, frozen=True):
    """Another suspension of the contract (block 65): reason code, first and last day."""

    reason: str
    start: date
    end: date | None
    line: int


class DsnChange(msgspec.Struct, frozen=True):
    """A change of the contract (block 41): its date and the former values, by rubric (`S21.G00.41.013` → value)."""

    on: date
    former_quantity: Decimal | None
    former: dict[str, str]
    line: int


class DsnContract(msgspec.Struct, frozen=True):
    """A contract (block 40) with what happened to it.

    `weekly_hours` and `monthly_hours` are worked out of the contract's quantity, None when it is not in hours.
    """

    number: str
    start: date
    job: str
    nature: str  # 01 open-ended, 02 fixed-term…
    public_aid: str  # 99 none
    planned_end: date | None
    unit: str  # 10 hours, 12 days…
    reference_quantity: Decimal | None  # a full-timer's
    quantity: Decimal | None  # the contract's
    modality: str  # 10 full time, 20 part time
    weekly_hours: Decimal | None
    monthly_hours: Decimal | None
    changes: tuple[DsnChange, ...]
    end_date: date | None
    end_reason: str
    sick_leaves: tuple[DsnSickLeave, ...]
    suspensions: tuple[DsnSuspension, ...]
    line: int

    @property
    def full_time(self) -> bool:
        """Whether the contract is full time (modality 10)."""
        return self.modality == "10"


class DsnPerson(msgspec.Struct, frozen=True):
    """An individual (block 30) of one establishment, with contracts and pay.

    `nir` has 13 characters, without key; "" when there is only an `ntt` (temporary number). A `?` in a name stands for
    a letter that the declaration's alphabet lacks.
    """

    nir: str
    ntt: str
    staff_number: str
    family_name: str
    use_name: str
    first_names: str
    sex: str  # 01 male, 02 female
    birth_date: date | None
    address: str
    postcode: str
    town: str
    siret: str
    contracts: tuple[DsnContract, ...]
    pay: tuple[DsnPay, ...]
    line: int
    problems: tuple[Finding, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a blocker forbids to import the person's data."""
        return any(problem.severity is Severity.BLOCKER for problem in self.problems)

    @property
    def name(self) -> str:
        """The name in use, or the family name."""
        return self.use_name or self.family_name


class Declaration(msgspec.Struct, frozen=True):
    """One declaration (block S20) of the file: a month of one or several establishments.

    `type`: 01 normal, 02 without individuals, 03 cancels and replaces, 04 cancels, 05 cancels and replaces without
    individuals. `fraction`: two digits, `12` is the first of two parts.
    """

    nature: str
    type: str
    fraction: str
    order: int  # number of the declaration, growing with each one that replaces another
    month: Month
    siren: str
    sirets: tuple[str, ...]
    persons: tuple[DsnPerson, ...]
    line: int

    @property
    def replaces(self) -> bool:
        """Whether an earlier declaration of the same month is cancelled (types 03, 04, 05)."""
        return self.type in {"03", "04", "05"}

    @property
    def part(self) -> tuple[int, int]:
        """Which part of how many: `(1, 2)` for fraction `12`."""
        return int(self.fraction[0]), int(self.fraction[1])

    @property
    def paid_hours(self) -> Decimal:
        """Paid hours of all its persons."""
        return sum((pay.paid_hours for person in self.persons for pay in person.pay), Decimal("0.00"))


class UnknownRubric(msgspec.Struct, frozen=True):
    """A rubric that is not read: how often it stands in the file, where first, and with what value.

    `expected` is true for a block that the norm knows and no claim needs.
    """

    rubric: str
    count: int
    line: int
    sample: str
    expected: bool


class DsnFile(msgspec.Struct, frozen=True):
    """A payroll declaration file, whole and in good order.

    `paid_hours` is the control total: all activities 01 in hours, added line by line whatever their place in the tree;
    it equals `hours_read` when no hour was lost.
    """

    name: str
    sha256: str
    encoding: str
    norm: str
    software: str
    publisher: str
    software_version: str
    test: bool  # the sender marked it as a trial
    lines: int
    paid_hours: Decimal
    declarations: tuple[Declaration, ...]
    unknown: tuple[UnknownRubric, ...]
    problems: tuple[Finding, ...]  # of the file and of all its persons

    @property
    def hours_read(self) -> Decimal:
        """Paid hours of all the records read."""
        return sum((declaration.paid_hours for declaration in self.declarations), Decimal("0.00"))

    @property
    def earlier_hours(self) -> Decimal:
        """Paid hours that are put right of months before the declared ones."""
        pays = (
            (declaration.month, pay)
            for declaration in self.declarations
            for person in declaration.persons
            for pay in person.pay
        )
        return sum((pay.paid_hours for month, pay in pays if pay.month < month), Decimal("0.00"))

    @property
    def persons(self) -> int:
        """Number of individual blocks read."""
        return sum(len(declaration.persons) for declaration in self.declarations)
