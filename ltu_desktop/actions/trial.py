"""A trial: actions done in one transaction that is taken back, to show what they would change.

The actions themselves run, so that a preview can never disagree with what saving does.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from ltu_desktop.queries import claim_facts
from ltu_desktop.queries import claims as claim_rows
from ltu_desktop.rules.claim import compute
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.packs import load as load_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from ltu_desktop.actions.context import Context
    from ltu_desktop.rules.answer import Answer
    from ltu_desktop.rules.facts import Facts
    from ltu_desktop.rules.periods import Month
    from ltu_desktop.store.file import Store
    from ltu_desktop.store.gate import Write

Totals = dict[str, Decimal]
"""A claim's euros by staff number; adjustments of the whole claim stand under ""."""


@dataclass(frozen=True)
class ChangeEffect:
    """What a change does to a month's claim: its total before and after, None while a legal value is missing.

    `people` are the differences by staff number ("": adjustments of the whole claim). `claimed` is what it changes in
    other months that are claimed already, by month: it comes as corrections. `bare` are the months with a payroll that
    lose their agreement: their claims can no longer be sealed.
    """

    month: Month
    before: Decimal | None
    after: Decimal | None
    people: Totals = field(default_factory=dict)
    claimed: dict[Month, Decimal] = field(default_factory=dict)
    bare: tuple[Month, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """What the change adds to the month's claim, or takes off."""
        return None if self.before is None or self.after is None else self.after - self.before


class _Joined:
    """Stands in for the store inside a transaction: what actions write joins it, what they read sees it."""

    def __init__(self, store: Store, tx: Write) -> None:
        self._tx = tx
        self.operator = store.operator
        self.clock = store.clock

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self._tx.connection

    @contextmanager
    def write(self, _action: str, params: Any = None, **_how: Any) -> Iterator[Write]:
        kept, self._tx.params = self._tx.params, dict(params or {})
        try:
            yield self._tx
        finally:
            self._tx.params = kept


class _TakeBack(Exception):  # noqa: N818  ends a trial, and is no error
    pass


def joined(ctx: Context, tx: Write) -> Context:
    """Return a context whose actions become part of a running one: one entry, one undo step."""
    return replace(ctx, store=cast("Store", _Joined(ctx.store, tx)))


@contextmanager
def trial(ctx: Context) -> Iterator[tuple[Context, Write]]:
    """Give a context whose actions are taken back at the end. Needs the right to write."""
    with suppress(_TakeBack), ctx.store.write("trial") as tx:
        yield joined(ctx, tx), tx
        raise _TakeBack


def effect(ctx: Context, change: Callable[[Context], object], month: Month, scheme: str = "fr-tzcld") -> ChangeEffect:
    """Try a change and compare the claims before and after it, before anything is saved.

    `change` calls the action with the context that it is given, as saving would: what the action refuses is raised.
    """
    with trial(ctx) as (inside, tx):
        paid = set(claim_rows.payroll_months(tx.connection))
        claimed = {row.month for row in claim_rows.claims(tx.connection, scheme)} & paid
        months = sorted({*claimed, month})
        facts, agreed = _facts(tx.connection, months, scheme)
        change(inside)
        changed, still_agreed = _facts(tx.connection, months, scheme)
    # a month whose facts are the same is claimed the same: only the others are worked out, twice
    concerned = [each for each in months if each == month or facts[each] != changed[each]]
    before = _totals(ctx, facts, concerned, scheme, 0)
    after = _totals(ctx, changed, concerned, scheme, len(concerned))
    was, now = before[month], after[month]
    return ChangeEffect(
        month,
        None if was is None else sum(was.values(), Decimal("0.00")),
        None if now is None else sum(now.values(), Decimal("0.00")),
        _differences(was, now),
        {
            each: sum(found.values(), Decimal("0.00"))
            for each in concerned
            if each != month and (found := _differences(before[each], after[each]))
        },
        tuple(sorted((agreed - still_agreed) & paid)),
    )


def by_person(answer: Answer) -> Totals:
    """Add a claim's lines up by staff number."""
    sums: Totals = {}
    for line in answer.lines:
        sums[line.person or ""] = sums.get(line.person or "", Decimal("0.00")) + line.total
    return sums


def _facts(connection: Connection, months: list[Month], scheme: str) -> tuple[dict[Month, Facts], set[Month]]:
    """Read what some months' claims are worked out from, the oldest first, and which of them have an agreement."""
    source = claim_facts.load(connection, months[0], months[-1], scheme)
    agreed = {month for month in months if source.agreement_in_force(month) is not None}
    return {month: source.facts(month) for month in months}, agreed


def _totals(
    ctx: Context, facts: dict[Month, Facts], months: list[Month], scheme: str, done: int
) -> dict[Month, Totals | None]:
    """Compute some months; None for one without a legal value."""
    pack = load_pack(scheme)
    found: dict[Month, Totals | None] = {}
    for index, month in enumerate(months, 1):
        try:
            found[month] = by_person(compute(pack, facts[month]))
        except UserError as error:
            if error.code != "no_value":
                raise
            found[month] = None
        ctx.progress(done + index, 2 * len(months))
    return found


def _differences(before: Totals | None, after: Totals | None) -> Totals:
    """Return what changed, by staff number; nothing when one of both is not known."""
    if before is None or after is None:
        return {}
    zero = Decimal("0.00")
    found = {who: after.get(who, zero) - before.get(who, zero) for who in sorted(before.keys() | after.keys())}
    return {who: amount for who, amount in found.items() if amount}
