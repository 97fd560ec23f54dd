"""What goes out to the sites by command line: the plan on the wall, weekly slips, month sheets. As PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.actions import ground_print
from ltu_desktop.documents import names
from ltu_desktop.queries import planning as plans
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.rules.text import fold

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.ground_print import Printed
    from ltu_desktop.cli.door import Door
    from ltu_desktop.queries.planning_rows import ActivityMark, SiteMark


def run_wall(door: Door, args: argparse.Namespace) -> int:
    """Write the plan of a week for the wall."""
    with door.open(args, read_only=True) as ctx:
        site, activity = _part(ctx, args)
        made = ground_print.wall(ctx, args.week, a4=args.a4, site_id=site, activity_id=activity)
        _write(door, made, args.pdf)
    return 0


def run_slips(door: Door, args: argparse.Namespace) -> int:
    """Write the slips of a week, one for each person who works in it."""
    with door.open(args, read_only=True) as ctx:
        site, activity = _part(ctx, args)
        made = ground_print.slips(ctx, args.week, two_up=args.two_up, site_id=site, activity_id=activity)
        _write(door, made, args.pdf)
    return 0


def run_sheets(door: Door, args: argparse.Namespace) -> int:
    """Write the sheets of a month, to fill by hand or as the month was."""
    with door.open(args, read_only=True) as ctx:
        site, activity = _part(ctx, args)
        made = ground_print.month_sheets(ctx, args.period, filled=args.filled, site_id=site, activity_id=activity)
        _write(door, made, args.pdf)
    return 0


def _part(ctx: Context, args: argparse.Namespace) -> tuple[bytes | None, bytes | None]:
    """Return the keys of the site and the activity that are asked for, None for all."""
    with ctx.store.read() as connection:
        sites, activities = plans.site_marks(connection), plans.activity_marks(connection)
    return (
        _find(args.site, sites, "unknown_site", N_("There is no site “{name}”."), N_("The sites are: {names}.")),
        _find(
            args.activity,
            activities,
            "unknown_activity",
            N_("There is no activity “{name}”."),
            N_("The activities are: {names}."),
        ),
    )


def _find(said: str | None, marks: Sequence[SiteMark | ActivityMark], code: str, what: str, mend: str) -> bytes | None:
    """Return what is called so, by its code or name; None when none is asked for."""
    if said is None:
        return None
    found = next((each.id for each in marks if fold(said) in {fold(each.code), fold(each.name)}), None)
    if found is None:
        by_name = sorted(marks, key=lambda each: fold(each.name))
        known = ", ".join(f"{each.name} ({each.code})" for each in by_name) or "–"
        raise UserError(code, what, mend=mend, params={"name": said, "names": known})
    return found


def _write(door: Door, made: Printed, path: Path) -> None:
    folder, name = (path, made.name) if path.is_dir() else (path.parent, path.name)
    door.say(door.words.text("written: {path}", path=names.write_new(folder, name, made.data)))
