"""The demo by command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.rules.periods import Month

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.cli.door import Door


def run_demo(door: Door, args: argparse.Namespace) -> int:
    """Build a demo and say where it is and what its last claim comes to."""
    from ltu_desktop.actions.demo.build import build, latest_month

    words = door.words
    period = args.period or latest_month(Month.of(door.clock.now().date()).plus(-1))
    made = build(
        args.out,
        period=period,
        words=words,
        people=args.people,
        months=args.months,
        seed=args.seed,
        progress=lambda done, total: door.tell(f"{done}/{total}"),
    )
    claim, totals = made.claim.row, made.claim.dossier.answer.totals
    door.say(words.text("made: {path}", path=made.store))
    payroll = [path for path in made.files if path.parent != made.folder]
    for path in made.files:
        if path not in payroll:
            door.say(words.text("written: {path}", path=path))
    door.say(
        words.plural(
            "and {count} payroll file in {folder}",
            "and {count} payroll files in {folder}",
            len(payroll),
            folder=payroll[0].parent,
        )
    )
    door.say(
        words.text(
            "Claim {of_month}: {people} people, {hours}, {fte} FTE",
            of_month=words.of_month(claim.month),
            people=words.integer(sum(1 for line in made.claim.dossier.answer.lines if line.person)),
            hours=words.hours(claim.hours),
            fte=words.fte(totals.fte),
        )
    )
    for part, amount in totals.parts.items():
        door.say(f"  {words.part(part)}{words.colon} {words.money(amount)}")
    door.say(words.text("  To be asked for, corrections included: {total}", total=words.money(claim.total)))
    return 0
