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
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.actions.ground_print import Printed
    from ltu_desktop.cli.door import Door


def run_wall(door: Door, args: argparse.Namespace) -> int:
    """Write the plan of a week for the wall."""
    with door.open(args, read_only=True) as ctx:
        _write(door, ground_print.wall(ctx, args.week, site_id=_site(ctx, args.site), a4=args.a4), args.pdf)
    return 0


def run_slips(door: Door, args: argparse.Namespace) -> int:
    """Write the slips of a week, one for each person who works in it."""
    with door.open(args, read_only=True) as ctx:
        made = ground_print.slips(ctx, args.week, site_id=_site(ctx, args.site), two_up=args.two_up)
        _write(door, made, args.pdf)
    return 0


def run_sheets(door: Door, args: argparse.Namespace) -> int:
    """Write the sheets of a month, to fill by hand or as the month was."""
    with door.open(args, read_only=True) as ctx:
        made = ground_print.month_sheets(ctx, args.period, site_id=_site(ctx, args.site), filled=args.filled)
        _write(door, made, args.pdf)
    return 0


def _site(ctx: Context, said: str | None) -> bytes | None:
    """Return the site called so, by its code or name; None when none is asked for."""
    if said is None:
        return None
    with ctx.store.read() as connection:
        sites = plans.site_marks(connection)
    found = next((each.id for each in sites if fold(said) in {fold(each.code), fold(each.name)}), None)
    if found is None:
        raise UserError(
            "unknown_site",
            N_("There is no site “{site}”."),
            mend=N_("The sites are: {sites}."),
            params={"site": said, "sites": ", ".join(f"{each.name} ({each.code})" for each in sites) or "–"},
        )
    return found


def _write(door: Door, made: Printed, path: Path) -> None:
    folder, name = (path, made.name) if path.is_dir() else (path.parent, path.name)
    door.say(door.words.text("written: {path}", path=names.write_new(folder, name, made.data)))
