"""A small employer's year 2025, claimed month by month, for tests of reports; and what it must come to, by hand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions import claims
from ltu_desktop.rules.money import to_hundredths
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import World

if TYPE_CHECKING:
    from pathlib import Path

YEAR = 2025
MONTHS = [Month(YEAR, number) for number in range(1, 13)]
SMIC, RATE, SHARE, FULL = Decimal("11.88"), Decimal("0.95"), Decimal("0.15"), Decimal("151.67")
HOURS = {"F0001": Decimal("104.00"), "F0002": Decimal("151.67"), "F0003": Decimal("20.00")}


def cent(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def amounts(hours: Decimal) -> tuple[Decimal, Decimal]:
    """State's and Department's part of somebody's hours in 2025, from the decree."""
    state = cent(cent(SMIC * hours) * RATE)
    return state, cent(state * SHARE)


def month_due(*hours: Decimal) -> tuple[Decimal, Decimal]:
    pairs = [amounts(each) for each in hours]
    return sum((state for state, _ in pairs), Decimal(0)), sum((part for _, part in pairs), Decimal(0))


class YearWorld(World):
    """The file, with shortcuts for payments and for the clock."""

    def at(self, year: int, month: int, day: int) -> None:
        self.clock.moment = datetime(year, month, day, 9, 0, tzinfo=UTC)

    def terms_of(self, agreement: bytes, start: date, ceiling: str, **settings: str) -> None:
        self.insert(
            t.agreement_terms,
            agreement_id=agreement,
            start_on=start,
            amendment="5",
            ceiling_fte=to_hundredths(Decimal(ceiling)),
            settings=json.dumps(settings),
        )

    def payment(self, day: date, amount: Decimal, shares: dict[bytes, Decimal] | None = None) -> bytes:
        key = self.insert(t.payment, received_on=day, amount=to_hundredths(amount), payer="Fonds ETCLD")
        for claim_id, part in (shares or {}).items():
            self.insert(t.payment_match, payment_id=key, claim_id=claim_id, amount=to_hundredths(part))
        return key

    def claim_of(self, month: Month, number: int = 1) -> bytes:
        return claims.find(self.ctx, month, number).id

    def total_of(self, month: Month, number: int = 1) -> Decimal:
        return claims.find(self.ctx, month, number).total


def house(path: Path, language: str = "fr") -> YearWorld:
    """Make the employer with three people; one of them, PPDE, came in July 2025 with 20 h a week."""
    world = YearWorld(path, language=language)
    world.employer(signatory="Hélène Vasseur", signatory_quality="présidente")
    agreement = world.insert(
        t.agreement,
        scheme="fr-tzcld",
        number="2021-059-14",
        start_on=date(2021, 6, 28),
        fund="Fonds ETCLD",
        territory="Rives-la-Deûle",
        departments="Nord (59)",
    )
    world.terms_of(agreement, date(2025, 1, 1), "4")
    world.insert(t.site, code="MO", name="Le Moulin")
    world.person("F0001", name="Delannoy", weekly="24")
    world.person("F0002", name="Traoré", first="Awa")
    world.person("F0003", name="Kowalczyk", first="Éric", status="other", weekly="5")
    world.person("F0004", name="Œuvrard", first="Inès", start=date(2025, 7, 1), weekly="20")
    return world


def payroll_of(world: YearWorld, month: Month) -> None:
    rows = {who: str(hours) for who, hours in HOURS.items()}
    if month.number >= 7:
        rows["F0004"] = "86.67"
    world.payroll(month, rows)


def claimed_year(path: Path, language: str = "fr") -> YearWorld:
    """Make the year, each month claimed; April brings 7 h of March for Delannoy, January 2026 takes 4 h of December.

    January is paid to the cent, February and March by one payment, April with 1 000 € less; the other months to
    November are noted as paid by hand, December is not paid. One payment of 12.34 € settles nothing.
    """
    world = house(path, language)
    for month in MONTHS:
        world.at(month.plus(1).year, month.plus(1).number, 12)
        payroll_of(world, month)
        if month.number == 4:
            world.payroll(month, [("F0001", month.plus(-1), "7.00")], name="rappel-mars.dsn")
        claims.seal(world.ctx, month)
    january = Month(2026, 1)
    world.at(2026, 2, 12)
    world.payroll(january, [("F0002", january, "151.67"), ("F0002", MONTHS[-1], "-4.00")])
    claims.seal(world.ctx, january)
    world.payment(date(2025, 3, 3), world.total_of(MONTHS[0]), {world.claim_of(MONTHS[0]): world.total_of(MONTHS[0])})
    both = {world.claim_of(month): world.total_of(month) for month in MONTHS[1:3]}
    world.payment(date(2025, 5, 5), sum(both.values(), Decimal(0)), both)
    april = world.total_of(MONTHS[3]) - 1000
    world.payment(date(2025, 6, 2), april, {world.claim_of(MONTHS[3]): april})
    world.payment(date(2025, 8, 1), Decimal("12.34"))
    for month in MONTHS[4:11]:
        claims.send(world.ctx, world.claim_of(month))
        claims.mark_paid(world.ctx, world.claim_of(month))
    claims.send(world.ctx, world.claim_of(january))
    claims.mark_paid(world.ctx, world.claim_of(january))
    world.at(2026, 3, 2)
    return world
