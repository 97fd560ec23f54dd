"""Attendance by command line: the month's grid, in and out; match with payroll, close, the accountant's variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import attendance_export, attendance_paste, closing, concordance, variables
from ltu_desktop.actions.closing import OPEN_DAYS, POINTS
from ltu_desktop.cli.door import read_file
from ltu_desktop.cli.report import shown

if TYPE_CHECKING:
    import argparse

    from ltu_desktop.actions.attendance_paste import PastePlan
    from ltu_desktop.cli.door import Door


def run_show(door: Door, args: argparse.Namespace) -> int:
    """Show a month's grid."""
    with door.open(args, read_only=True) as ctx:
        for line in shown(attendance_export.build(ctx, args.period), door.words):
            door.say(line)
    return 0


def run_export(door: Door, args: argparse.Namespace) -> int:
    """Write a month's grid to the files asked for; without any, as a workbook into the working folder."""
    from pathlib import Path

    with door.open(args, read_only=True) as ctx:
        made = attendance_export.build(ctx, args.period)
        wanted = [(kind, getattr(args, kind)) for kind in attendance_export.FORMATS if getattr(args, kind) is not None]
        for kind, path in wanted or [("xlsx", Path.cwd())]:
            written = attendance_export.export(ctx, made, kind, path)
            door.say(door.words.text("written: {path}", path=written))
    return 0


def run_import(door: Door, args: argparse.Namespace) -> int:
    """Take a month's grid or list in, or only say what it would change."""
    data = read_file(args.file)
    with door.open(args, read_only=args.dry_run) as ctx:
        plan = attendance_paste.plan_file(ctx, data, args.file.name, args.period)
        _tell(door, plan)
        if args.dry_run:
            door.say(door.words.text("Nothing was changed."))
            return 0
        attendance_paste.paste(ctx, plan)
    door.say(door.words.text("Imported."))
    return 0


def _tell(door: Door, plan: PastePlan) -> None:
    words = door.words
    for each in plan.refused:
        what, mend = words.problem(each.problem)
        place = words.text("row {row}, column {column}", row=each.row, column=each.column)
        who = f" ({each.who})" if each.who else ""
        door.tell(f"{place}{who}{words.colon} {what} {mend}")
    for name in plan.ignored:
        door.tell(words.text("left out: {name}", name=name))
    said = [
        words.plural("{count} cell changes", "{count} cells change", plan.changed),
        words.plural("{count} is so already", "{count} are so already", plan.unchanged),
        words.plural("{count} refused", "{count} refused", len(plan.refused)),
    ]
    door.say(", ".join(said))


def run_close(door: Door, args: argparse.Namespace) -> int:
    """Close a month, or only say what it lacks."""
    words = door.words
    with door.open(args, read_only=args.dry_run) as ctx:
        plan = closing.plan_closing(ctx, args.period)
        for each in plan.missing:
            line = f"{each.list_name} ({each.staff_number}){words.colon} {words.text(POINTS[each.code])}"
            if each.code == OPEN_DAYS and each.day is not None:
                day = words.day(each.day)
                line += f", {words.plural('{count} day from {day}', '{count} days from {day}', each.days, day=day)}"
            door.tell(line)
        door.say(
            words.text(
                "{people}: planned {planned}, done {done}, absent {absent}, gap {balance}",
                people=words.plural("{count} person", "{count} people", plan.people),
                planned=words.duration(plan.planned),
                done=words.duration(plan.done),
                absent=words.duration(plan.absent),
                balance=words.duration(plan.balance, sign=True),
            )
        )
        if args.dry_run:
            door.say(words.text("Nothing was changed."))
            return 0
        closing.close_month(ctx, args.period, note=args.note)
    door.say(words.text("Closed."))
    return 0


def run_reopen(door: Door, args: argparse.Namespace) -> int:
    """Open a closed month again."""
    with door.open(args) as ctx:
        closing.reopen_month(ctx, args.period, reason=args.reason)
    door.say(door.words.text("Reopened."))
    return 0


def run_match(door: Door, args: argparse.Namespace) -> int:
    """Say whose timesheet, payroll and claim differ, by how much and why."""
    words = door.words
    with door.open(args, read_only=True) as ctx:
        found = concordance.review(ctx, args.period)
    for row in found.open:
        for reason in row.match.reasons:
            door.say(
                f"{row.list_name} ({row.match.person}){words.colon} "
                f"{words.hours(reason.hours, sign=True)}, {words.cause(reason.code)}"
            )
    agreed = len(found.rows) - len(found.open)
    said = [
        words.plural("{count} agrees", "{count} agree", agreed),
        words.plural("{count} differs", "{count} differ", len(found.open)),
    ]
    door.say(", ".join(said))
    return 0


def run_variables(door: Door, args: argparse.Namespace) -> int:
    """Show the accountant's variables, write them, or write and keep them as sent."""
    words = door.words
    wanted = [(kind, getattr(args, kind)) for kind in variables.FORMATS if getattr(args, kind) is not None]
    with door.open(args, read_only=not args.send) as ctx:
        if not wanted:
            for line in shown(variables.build(ctx, args.period), words):
                door.say(line)
            return 0
        for index, (kind, path) in enumerate(wanted):
            write = variables.send if args.send and index == 0 else variables.export
            door.say(words.text("written: {path}", path=write(ctx, args.period, kind, path)))
    return 0
