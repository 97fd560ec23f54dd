"""What a yearly statement tells: figures of the ledger and of the rules, before any words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ltu_desktop.queries.claims import ClaimRow
from ltu_desktop.queries.reports import Matched
from ltu_desktop.rules.answer import Settlement, Used
from ltu_desktop.rules.dossier import AgreementCard, EmployerCard
from ltu_desktop.rules.money import ZERO
from ltu_desktop.rules.periods import Month


@dataclass(frozen=True)
class Mark:
    """Why a month's difference is what it is: `corrected_in`, `corrects` (with the months), or none for the others.

    Codes: corrected_in, corrects, corrective (a later version), not_claimed, too_much, nothing_paid, left_to_pay.
    """

    code: str
    months: tuple[Month, ...] = ()


@dataclass(frozen=True)
class StatementMonth:
    """A month: `due` is the last state of all claims for it, `paid` what its own claims received; None: not claimed."""

    month: Month
    reference: Decimal | None
    hours: Decimal | None
    fte: Decimal | None
    due: dict[str, Decimal] | None
    paid: dict[str, Decimal]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Grant:
    """The start-up grant: FTE of the main status at both year ends, their growth, the unit amount, what it gives."""

    before: Decimal
    after: Decimal
    growth: Decimal
    unit: Decimal
    amount: Decimal
    provisional: bool


@dataclass(frozen=True)
class Seal:
    """What is known of a statement's seal: its version, the moment, and the SHA-256 of the sealed figures."""

    version: int
    at: datetime
    sha256: str


@dataclass(frozen=True)
class Statement:
    """A year for the convention; amounts by part, FTE averaged over the months claimed.

    `taken_off` is what the yearly 10 % rule takes off each part. `parameters` are the dated values of the months
    claimed. `own` is what each of the `claims` (its key in
    hexadecimal) asks for months of the year. `paid_unmatched` counts claims noted as
    paid by hand, which count in full; `loose` are the payments of the year that no claim takes up. `partly` tells that
    a claim also asks for months of another year.
    """

    year: int
    parts: tuple[str, ...]
    months: tuple[StatementMonth, ...]
    hours: Decimal
    fte: Decimal
    main_fte: Decimal
    other_fte: Decimal
    limit: Decimal | None
    taken_off: dict[str, Decimal]
    settlement: Settlement
    parameters: tuple[Used, ...]
    reference: str
    agreement: AgreementCard
    employer: EmployerCard | None
    grant: Grant | None
    claims: tuple[ClaimRow, ...]
    own: dict[str, Decimal]
    payments: tuple[Matched, ...]
    paid_unmatched: int
    loose: tuple[int, Decimal]
    partly: bool
    unknown_hours: int
    missing: tuple[Month, ...]
    year_over: bool

    @property
    def draft(self) -> bool:
        """Whether the year is not complete: it is not over, or a month has no claim."""
        return not self.year_over or bool(self.missing)

    @property
    def due(self) -> Decimal:
        """What all funders owe for the year."""
        return sum(self.settlement.due.values(), ZERO)

    @property
    def paid(self) -> Decimal:
        """What the Fund has paid."""
        return sum(self.settlement.paid.values(), ZERO)
