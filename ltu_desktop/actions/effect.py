"""What an import would do to a month's claim, in euros, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ltu_desktop.actions.imports import Choices
from ltu_desktop.actions.trial import by_person, trial
from ltu_desktop.queries.claim_facts import facts
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.packs import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.imports import Answer, ImportPlan
    from ltu_desktop.actions.trial import Totals
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.gate import Write

_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Effect:
    """The month's total before and after the import, and the difference of each row by its key (0.00 left out)."""

    before: Decimal
    after: Decimal
    rows: dict[str, Decimal]

    @property
    def difference(self) -> Decimal:
        """What the import adds to the claim, or takes off."""
        return self.after - self.before


def effect(
    ctx: Context,
    plan: ImportPlan,
    month: Month,
    *,
    leave: frozenset[str] = frozenset(),
    answers: Mapping[str, Answer] | None = None,
    scheme: str = "fr-tzcld",
) -> Effect | None:
    """Try an import in a transaction that is taken back, and compare the month's claim; None when it has no rates.

    Needs the right to write: a file opened read-only raises `UserError`.
    """
    with trial(ctx) as (_inside, tx):
        return _compare(ctx, tx, plan, month, Choices(leave, {**plan.answers, **(answers or {})}), scheme)


def _compare(ctx: Context, tx: Write, plan: ImportPlan, month: Month, choices: Choices, scheme: str) -> Effect | None:
    try:
        before = _amounts(tx.connection, month, scheme)
    except UserError:  # a month whose rate is not known cannot be computed, but it can be imported
        return None
    outcome = plan.source.resolve(ctx, tx.connection, choices)
    outcome.write(tx)
    after = _amounts(tx.connection, month, scheme)
    keys = {row.staff_number: row.key for row in outcome.rows if row.key not in choices.leave}
    differences = {who: after.get(who, _ZERO) - before.get(who, _ZERO) for who in before.keys() | after.keys()}
    rows = {keys[who]: amount for who, amount in differences.items() if who in keys and amount}
    return Effect(sum(before.values(), _ZERO), sum(after.values(), _ZERO), rows)


def _amounts(connection: Connection, month: Month, scheme: str) -> Totals:
    return by_person(compute(load(scheme), facts(connection, month, scheme)))
