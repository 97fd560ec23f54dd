"""The law of corrections: whatever changes and however it is corrected, the lines add up to the month recomputed."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ltu_desktop.actions import claims
from ltu_desktop.queries import claims as rows
from ltu_desktop.rules.errors import UserError
from ltu_desktop.rules.periods import Month
from ltu_desktop.store import tables as t
from tests.claim_world import World

MONTHS = [Month(2026, number) for number in (8, 9, 10)]
PEOPLE = ["F1", "F2", "F3"]

hours = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("170.00"), places=2)
steps = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from(MONTHS), st.sampled_from(PEOPLE), hours),
    st.tuples(st.just("back"), st.sampled_from(MONTHS), st.sampled_from(PEOPLE), hours),
    st.tuples(st.just("status"), st.sampled_from(MONTHS), st.sampled_from(PEOPLE), st.sampled_from(["ppde", "other"])),
    st.tuples(st.just("rate"), st.sampled_from(MONTHS), st.just(""), st.sampled_from(["0.90", "0.93", "1.02"])),
    st.tuples(st.just("seal"), st.sampled_from(MONTHS), st.just(""), st.just("")),
    st.tuples(st.just("correct"), st.sampled_from(MONTHS), st.just(""), st.just("")),
)


class Run:
    """One story: changes, seals and corrections in any order."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder / "a.ltu")
        self.world.employer()
        self.world.agreement(settings={"ten_percent": "running"})
        for number in PEOPLE:
            self.world.person(number, status="other" if number == "F3" else "ppde")
        self.count = 0
        for month in MONTHS:
            self.pay(month, "F1", Decimal("100.00"))
            self.pay(month, "F3", Decimal("35.00"))

    def pay(self, month: Month, person: str, amount: Decimal) -> None:
        self.count += 1
        self.world.payroll(month, [(person, month, str(amount))], f"file{self.count}")

    def step(self, what: str, month: Month, person: str, value: object) -> None:
        if what == "pay":
            self.pay(month, person, Decimal(str(value)))
        elif what == "back":  # paid with the next month's payroll, for this one
            self.count += 1
            self.world.payroll(month.plus(1), [(person, month, str(value))], f"file{self.count}")
        elif what == "status":
            self.world.update(t.person, self.world.people[person], status=value)
        elif what == "rate":
            with self.world.store.read() as connection:
                known = connection.execute(
                    t.parameter_override.select().where(t.parameter_override.c.start_on == month.first)
                ).first()
            if known:
                self.world.update(t.parameter_override, known.id, value=value)
            else:
                self.world.insert(
                    t.parameter_override,
                    scheme="fr-tzcld",
                    parameter="state_rate",
                    start_on=month.first,
                    value=value,
                    source="arrêté",
                )
        else:
            try:
                if what == "seal":
                    claims.seal(self.world.ctx, month)
                else:
                    claims.correct(self.world.ctx, month, "rectifié")
            except UserError as refusal:
                # two files may pay more hours than a month has: that blocks, and is no matter of sums
                assert refusal.code in {"already_sealed", "not_sealed", "nothing_changed", "blockers"}

    def claimed(self, month: Month) -> dict[str, Decimal]:
        """What all lines of the file ask for the month, by part."""
        with self.world.store.read() as connection:
            ledger = rows.ledger(connection, "fr-tzcld", month)
        total: dict[str, Decimal] = {}
        for each in ledger.values():
            for part, amount in each.parts.items():
                total[part] = total.get(part, Decimal("0.00")) + amount
        return total


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=3, max_size=12))
def test_claims_of_a_month_add_up_to_the_month_recomputed(story: list[tuple[str, Month, str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder))
        try:
            for step in story:
                run.step(*step)
            versions = claims.listing(run.world.ctx)
            everything = sum((each.total for each in versions), Decimal("0.00"))
            claimed = {month: run.claimed(month) for month in MONTHS}
            assert everything == sum((sum(parts.values()) for parts in claimed.values()), Decimal("0.00"))
            for month in {each.month for each in versions}:
                before = claims.review(run.world.ctx, month)
                if before.blockers:
                    continue
                parts = {
                    part: amount
                    + sum(
                        (c.parts_after.get(part, 0) - c.parts_before.get(part, 0) for c in before.dossier.corrections),
                        Decimal("0.00"),
                    )
                    for part, amount in claimed[month].items()
                }
                # the original and its corrections, with the one that is still to be sealed, are the month recomputed
                assert parts == before.dossier.answer.totals.parts
                assert sum(claimed[month].values()) + before.total == before.dossier.answer.totals.total
                if before.dossier.corrections:
                    claims.correct(run.world.ctx, month, "rectifié")
                assert run.claimed(month) == before.dossier.answer.totals.parts
                assert claims.review(run.world.ctx, month).total == 0
        finally:
            run.world.close()
