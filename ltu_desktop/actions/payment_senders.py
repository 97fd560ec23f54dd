"""Whose money a bank line is: the Fund's, by its name, by practice, by the claims it names or fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ltu_desktop.intake.mentions import months_in
from ltu_desktop.queries import payments as queries
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection

_SHORT = re.compile(r"\b[A-Z]{4,}\b")
_SCHEME = {"etcld", "tzcld"}  # how the Fund of the home scheme signs its transfers


class Senders:
    """What the file knows of those who pay its claims."""

    def __init__(self, connection: Connection, today: date) -> None:
        known, funds = queries.payers(connection)
        claims = queries.claims_against_payments(connection, today, scheme=None)
        self._known = {fold(name) for name in known}
        self._funds = {fold(name) for name in funds}
        self._short = _SCHEME | {fold(word) for name in funds for word in _SHORT.findall(name)}
        self._months = {claim.month for claim in claims}
        self._open = {claim.unmatched for claim in claims if claim.unmatched}

    def fund(self, payer: str, label: str) -> bool:
        """Whether a payer or a line's words are those of the Fund, or of one whose money settled claims before."""
        text = f" {fold(f'{payer} {label}')} "
        if fold(payer) in self._known:
            return True
        return any(f" {name} " in text for name in self._funds if name) or not self._short.isdisjoint(text.split())

    def named(self, label: str) -> bool:
        """Whether a line names the month of a claim."""
        return bool(months_in(label) & self._months)

    def wanted(self, amount: Decimal, payer: str, label: str) -> bool:
        """Whether a line is taken in without asking.

        All that comes in, until practice shows who pays; then, and of what goes out, only what fits.
        """
        if amount > 0 and not self._known:
            return True
        if amount in self._open or self.fund(payer, label):
            return True
        return amount > 0 and self.named(label)
