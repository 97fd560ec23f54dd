"""Plans by command line: written as a list, taken in from one, written as calendars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ltu_desktop.actions import calendars, plan_files
from ltu_desktop.cli.door import read_file
from ltu_desktop.cli.report import shown
from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.cli.door import Door


def _span(args: argparse.Namespace) -> None:
    if args.last < args.first:
        raise UserError(
            "wrong_period",
            N_("the period ends on {end}, before it starts on {start}."),
            mend=N_("Swap the two days."),
            params={"start": args.first, "end": args.last},
        )


def run_show(door: Door, args: argparse.Namespace) -> int:
    """Show the plan of some days, or write it to the files asked for."""
    _span(args)
    with door.open(args, read_only=True) as ctx:
        made = plan_files.build(ctx, args.first, args.last)
        wanted = [(kind, getattr(args, kind)) for kind in plan_files.FORMATS if getattr(args, kind) is not None]
        for kind, path in wanted:
            door.say(door.words.text("written: {path}", path=plan_files.export(ctx, made, kind, path)))
    if not wanted:
        for line in shown(made, door.words):
            door.say(line)
    return 0


def run_import(door: Door, args: argparse.Namespace) -> int:
    """Take a list of shifts in, or only say what it would change."""
    words = door.words
    data = read_file(args.file)
    with door.open(args, read_only=args.dry_run) as ctx:
        plan = plan_files.plan_file(ctx, data, args.file.name)
        for each in plan.refused:
            what, mend = words.problem(each.problem)
            door.tell(f"{words.text('row {row}', row=each.row)} ({each.text}){words.colon} {what} {mend}")
        for name in plan.ignored:
            door.tell(words.text("left out: {name}", name=name))
        said = [
            words.plural("{count} shift to add", "{count} shifts to add", len(plan.shifts)),
            *(
                [words.plural("{count} to change", "{count} to change", changed)]
                if (changed := len(plan.changes))
                else []
            ),
            words.plural("{count} is so already", "{count} are so already", plan.unchanged),
            words.plural("{count} refused", "{count} refused", len(plan.refused)),
        ]
        door.say(", ".join(said))
        if args.dry_run:
            door.say(words.text("Nothing was changed."))
            return 0
        plan_files.take_in(ctx, plan)
    door.say(words.text("Imported."))
    return 0


def run_ical(door: Door, args: argparse.Namespace) -> int:
    """Write a calendar for each person and each site into a folder."""
    _span(args)
    folder: Path = args.out
    folder.mkdir(parents=True, exist_ok=True)
    with door.open(args, read_only=True) as ctx:
        for path in calendars.export_all(ctx, args.first, args.last, folder):
            door.say(door.words.text("written: {path}", path=path))
    return 0
