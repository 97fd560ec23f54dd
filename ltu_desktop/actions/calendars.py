"""Plans out as iCalendar: one calendar for a person, or one for a site with everybody's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import names
from ltu_desktop.documents.ical import Event, ical
from ltu_desktop.queries.calendars import Places
from ltu_desktop.queries.planning import shifts_of
from ltu_desktop.rules.errors import N_, UserError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.planning_rows import ShiftRow

PROGRAM = "LTU Desktop"


def person_calendar(ctx: Context, person_id: bytes, first: date, last: date) -> bytes:
    """Write a person's plan of some days."""
    with ctx.store.read() as connection:
        places = Places.read(connection)
        if person_id not in places.people:
            raise _gone()
        rows = shifts_of(connection, first, last, {person_id})
    return _write(ctx, places.people[person_id][1], rows, places, named=False)


def site_calendar(ctx: Context, site_id: bytes, first: date, last: date) -> bytes:
    """Write the plan of everybody at a site."""
    with ctx.store.read() as connection:
        places = Places.read(connection)
        if site_id not in places.sites:
            raise _gone()
        rows = [each for each in shifts_of(connection, first, last) if places.site_of(each) == site_id]
    return _write(ctx, places.sites[site_id].name, rows, places, named=True)


def export_all(ctx: Context, first: date, last: date, folder: Path) -> list[Path]:
    """Write a calendar for each person with a plan and for each site into a folder; names of files hold no names.

    Never over an existing file. Raises UserError "nothing_planned" when there is no plan in these days.
    """
    with ctx.store.read() as connection:
        places = Places.read(connection)
        rows = shifts_of(connection, first, last)
    if not rows:
        raise UserError(
            "nothing_planned",
            N_("Nothing is planned from {first} to {last}."),
            N_("Choose other days, or plan first."),
            params={"first": first, "last": last},
        )
    found = []
    for key, (number, name, _) in places.people.items():
        own = [each for each in rows if each.person_id == key]
        if own:
            data = _write(ctx, name, own, places, named=False)
            found.append(names.write_new(folder, f"planning-{names.slug(number)}.ics", data))
    for key, place in places.sites.items():
        own = [each for each in rows if places.site_of(each) == key]
        if own:
            data = _write(ctx, place.name, own, places, named=True)
            found.append(names.write_new(folder, f"planning-site-{names.slug(place.code)}.ics", data))
    return found


def _write(ctx: Context, name: str, rows: list[ShiftRow], places: Places, *, named: bool) -> bytes:
    words = ctx.words
    events = []
    for each in rows:
        title = places.activities[each.activity_id][1]
        where = places.site_of(each)
        pause = words.text("Break of {time}", time=words.duration(each.pause)) if each.pause else ""
        events.append(
            Event(
                uid=f"{each.id.hex()}@ltu-desktop",
                version=each.version,
                day=each.day,
                start=each.start,
                end=each.end,
                title=f"{title} – {places.people[each.person_id][1]}" if named else title,
                place=places.sites[where].address if where else "",
                text=pause,
            )
        )
    title = words.text("Plan of {name}", name=name)
    return ical(title, events, program=PROGRAM, made=ctx.clock.now())


def _gone() -> UserError:
    return UserError(
        "gone", N_("This has been deleted in the meantime."), N_("Look at the history to see who deleted it.")
    )
