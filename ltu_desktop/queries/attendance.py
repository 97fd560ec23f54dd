"""A month of attendance as the grid shows it: who was there, how long, on what, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from ltu_desktop.queries.activity_looks import look
from ltu_desktop.queries.attendance_rows import ActivityHead, DayCell, DayHead, MonthGrid, PersonMonth, SheetState
from ltu_desktop.queries.day_targets import FRANCE, day_targets, public_holidays
from ltu_desktop.queries.names import list_name
from ltu_desktop.rules.absence_kinds import HIDDEN, SHOWN, chip
from ltu_desktop.rules.attendance_days import DayTarget, Missed
from ltu_desktop.rules.text import fold
from ltu_desktop.store.tables import (
    absence_day,
    activity,
    attachment,
    attendance,
    month_closing,
    month_sheet,
    person,
    shift,
    site,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import Connection, Table

    from ltu_desktop.queries.day_targets import Targets
    from ltu_desktop.rules.periods import Month

Done = dict[bytes, dict["date", tuple[tuple[bytes | None, int], ...]]]
Away = dict[bytes, dict["date", tuple[Missed, ...]]]

_NAMES = select(person.c.id, person.c.staff_number, person.c.name, person.c.first_names).order_by(person.c.folded)
_SATURDAY = 5
_NOTHING = DayTarget()


@dataclass(frozen=True, slots=True)
class Closing:
    """A month that is closed: since when, and what was still missing then."""

    id: bytes
    closed_on: date
    note: str


def month_grid(
    connection: Connection,
    month: Month,
    *,
    site_id: bytes | None = None,
    activity_id: bytes | None = None,
    reasons: bool = True,
    language: str = "fr",
) -> MonthGrid:
    """Return a month's grid, people in the order of their names; of one site or one activity when it is given.

    An activity's people are those whose contract terms name it, or who are planned on it or worked on it in the month.
    Without `reasons` a kind that not everybody may see is "absent".
    """
    first, last = month.first, month.last
    targets = day_targets(connection, first, last)
    done = done_minutes(connection, first, last)
    away = absences(connection, first, last, reasons=reasons)
    sheets, frozen = _sheets(connection, month)
    closing = closing_of(connection, month)
    people = []
    p = person.c
    names = connection.execute(
        select(p.id, p.staff_number, p.name, p.first_names, p.site_id).order_by(p.folded, p.staff_number)
    ).all()
    planned_on = _planned_on(connection, first, last, activity_id)
    nothing, plain = (_NOTHING,) * month.days, _Plain()
    for key, number, name, first_names, home in names:
        if (key not in targets.people and key not in done and key not in away) or (site_id and home != site_id):
            continue
        stretches = targets.employments.get(key, [])
        team = stretches[-1].activity_id if stretches else None
        days = done.get(key, {})
        if activity_id and team != activity_id and key not in planned_on and not _worked_on(days, activity_id):
            continue
        cells = _cells(targets.people.get(key, nothing), targets.days, days, away.get(key, {}), plain)
        week = stretches[-1].week_minutes if stretches else None
        people.append(
            _row(key, number, list_name(name, first_names), week, team, home, cells, sheets.get(key), frozen.get(key))
        )
    return MonthGrid(
        month,
        _heads(connection, targets, site_id, language),
        tuple(people),
        _activities(connection),
        closing.closed_on if closing else None,
        closing.note if closing else "",
    )


def _worked_on(days: dict[date, tuple[tuple[bytes | None, int], ...]], activity_id: bytes) -> bool:
    return any(one == activity_id for row in days.values() for one, _ in row)


def _row(
    key: bytes,
    number: str,
    name: str,
    week: int | None,
    team: bytes | None,
    home: bytes | None,
    cells: tuple[DayCell, ...],
    sheet: SheetState | None,
    frozen: tuple[int, int, int] | None,
) -> PersonMonth:
    planned, done, absent = frozen or (
        sum([cell.target for cell in cells]),
        sum([cell.done for cell in cells]),
        sum([cell.absent for cell in cells]),
    )
    return PersonMonth(
        person_id=key,
        staff_number=number,
        list_name=name,
        weekly_minutes=week,
        team=team,
        site_id=home,
        cells=cells,
        planned=planned,
        done=done,
        absent=absent,
        holiday=sum([cell.holiday for cell in cells]),
        balance=done + absent - planned,
        sheet=sheet or SheetState(),
    )


class _Plain(dict[DayTarget, DayCell]):
    """Days of which nothing is noted, each made once for all who have it."""

    def __missing__(self, target: DayTarget) -> DayCell:
        made = self[target] = day_cell(target, None, ())
        return made


def _cells(
    targets: tuple[DayTarget, ...],
    days: tuple[date, ...],
    done: dict[date, tuple[tuple[bytes | None, int], ...]],
    away: dict[date, tuple[Missed, ...]],
    plain: _Plain,
) -> tuple[DayCell, ...]:
    if not done and not away:
        return tuple(map(plain.__getitem__, targets))
    return tuple(
        day_cell(target, done.get(day), away.get(day, ())) if day in done or day in away else plain[target]
        for day, target in zip(days, targets, strict=True)
    )


def day_cell(
    target: DayTarget, worked: tuple[tuple[bytes | None, int], ...] | None, missed: tuple[Missed, ...]
) -> DayCell:
    """Put a day together: its plan, what was worked by activity (None: nothing said), and the absences."""
    done = sum(minutes for _, minutes in worked) if worked else 0
    absent = sum(each.minutes for each in missed)
    kind = max(missed, key=lambda each: each.minutes).kind if missed else ""
    return DayCell(
        target=target.minutes,
        done=done,
        absent=absent,
        kind=kind,
        code=chip(kind) if kind else "JF" if target.holiday and target.spared else "",
        holiday=target.spared,
        closed=target.closed,
        changed=worked is not None and done + absent != target.minutes,
        planned_only=worked is None and target.minutes > absent,
        by_activity=worked or (),
        absences=missed,
        morning=target.morning,
        said=worked is not None,
    )


def done_minutes(connection: Connection, first: date, last: date, people: Collection[bytes] | None = None) -> Done:
    """Return the minutes worked by person and day, each with its activities in order."""
    a = attendance.c
    query = select(a.person_id, a.day, a.activity_id, a.minutes).where(a.day >= first, a.day <= last)
    if people is not None:
        query = query.where(a.person_id.in_(people))
    found: Done = defaultdict(dict)
    for owner, day, activity_id, minutes in connection.execute(query):
        known = found[owner].get(day)
        found[owner][day] = (
            ((activity_id, minutes),)
            if known is None
            else tuple(sorted((*known, (activity_id, minutes)), key=lambda each: each[0] or b""))
        )
    return found


def absences(
    connection: Connection,
    first: date,
    last: date,
    people: Collection[bytes] | None = None,
    *,
    reasons: bool = True,
) -> Away:
    """Return the absences by person and day, the morning's first; without `reasons` hidden kinds are "absent"."""
    a = absence_day.c
    query = select(a.person_id, a.day, a.kind, a.minutes, a.part).where(a.day >= first, a.day <= last)
    if people is not None:
        query = query.where(a.person_id.in_(people))
    found: Away = defaultdict(dict)
    for owner, day, kind, minutes, part in connection.execute(query.order_by(a.part.desc(), a.kind)):
        shown = kind if reasons or kind in SHOWN else HIDDEN
        found[owner][day] = (*found[owner].get(day, ()), Missed(shown, minutes, part))
    return found


def absence_rows(connection: Connection, person_id: bytes, first: date, last: date, kind: str) -> list[bytes]:
    """Return the keys of a person's days of absence of one kind, in order."""
    a = absence_day.c
    query = select(a.id).where(a.person_id == person_id, a.day >= first, a.day <= last, a.kind == kind)
    return list(connection.execute(query.order_by(a.day)).scalars())


def days_of(connection: Connection, person_id: bytes, kind: str) -> dict[bytes, date]:
    """Return all of a person's days of absence of one kind, by key."""
    a = absence_day.c
    rows = connection.execute(select(a.id, a.day).where(a.person_id == person_id, a.kind == kind))
    return dict(rows.all())


def day_keys(connection: Connection, person_id: bytes, day: date) -> list[bytes]:
    """Return the keys of all rows of a person's day: hours and absences."""
    a, b = attendance.c, absence_day.c
    done = select(a.id).where(a.person_id == person_id, a.day == day)
    away = select(b.id).where(b.person_id == person_id, b.day == day)
    return [*connection.execute(done).scalars(), *connection.execute(away).scalars()]


def day_rows(connection: Connection, person_id: bytes, day: date) -> dict[bytes, tuple[str, int]]:
    """Return all rows of a person's day by key: the kind of an absence (empty for hours), and minutes."""
    a, b = attendance.c, absence_day.c
    done = connection.execute(select(a.id, a.minutes).where(a.person_id == person_id, a.day == day))
    away = connection.execute(select(b.id, b.kind, b.minutes).where(b.person_id == person_id, b.day == day))
    return {key: ("", minutes) for key, minutes in done} | {key: (kind, minutes) for key, kind, minutes in away}


def planned_shares(
    connection: Connection, first: date, last: date, people: Collection[bytes]
) -> dict[bytes, dict[date, tuple[tuple[bytes | None, int], ...]]]:
    """Return the minutes planned by person and day on each activity, in the order of the day."""
    s = shift.c
    query = select(s.person_id, s.day, s.activity_id, s.end_minute - s.start_minute - s.break_minutes)
    query = query.where(s.day >= first, s.day <= last, s.person_id.in_(people)).order_by(s.day, s.start_minute)
    found: dict[bytes, dict[date, tuple[tuple[bytes | None, int], ...]]] = defaultdict(dict)
    for owner, day, activity_id, minutes in connection.execute(query):
        found[owner][day] = (*found[owner].get(day, ()), (activity_id, minutes))
    return found


def staff_numbers(connection: Connection, people: Collection[bytes]) -> dict[bytes, str]:
    """Return the staff numbers of some people; who is not in the file any more is left out."""
    rows = connection.execute(select(person.c.id, person.c.staff_number).where(person.c.id.in_(people)))
    return dict(rows.all())


def days_rows(
    connection: Connection, table: Table, people: Collection[bytes], first: date, last: date
) -> dict[tuple[bytes, date], list[dict[str, Any]]]:
    """Return whole rows of a table of days, by person and day, oldest first."""
    query = select(table).where(table.c.day >= first, table.c.day <= last, table.c.person_id.in_(people))
    found: dict[tuple[bytes, date], list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(query.order_by(table.c.id)).mappings():
        found[row["person_id"], row["day"]].append(dict(row))
    return found


def people_names(connection: Connection) -> tuple[list[tuple[bytes, str, str, str]], dict[str, bytes]]:
    """Return everybody's key, staff number and names, and the activities by folded code and name."""
    a = activity.c
    people = [(key, number, name, first) for key, number, name, first in connection.execute(_NAMES)]
    rows = connection.execute(select(a.id, a.code, a.name)).all()
    activities = {fold(name): key for key, _, name in rows} | {fold(code): key for key, code, _ in rows}
    return people, activities


def closing_of(connection: Connection, month: Month) -> Closing | None:
    """Return a month's closing, or None while it is open."""
    c = month_closing.c
    row = connection.execute(select(c.id, c.closed_on, c.note).where(c.month == str(month))).first()
    return Closing(*row) if row else None


def sheet_keys(connection: Connection, month: Month) -> dict[bytes, tuple[bytes, date | None]]:
    """Return the month's sheets by person: the row's key, and the day on which the sheet came."""
    m = month_sheet.c
    rows = connection.execute(select(m.person_id, m.id, m.received_on).where(m.month == str(month)))
    return {owner: (key, received) for owner, key, received in rows}


def _sheets(connection: Connection, month: Month) -> tuple[dict[bytes, SheetState], dict[bytes, tuple[int, int, int]]]:
    m = month_sheet.c
    papers = (
        select(attachment.c.subject_id, func.count().label("papers"))
        .where(attachment.c.subject == "month_sheet")
        .group_by(attachment.c.subject_id)
        .subquery()
    )
    sheets: dict[bytes, SheetState] = {}
    frozen: dict[bytes, tuple[int, int, int]] = {}
    for key, owner, received, signed, planned, done, absent, count in connection.execute(
        select(
            m.id,
            m.person_id,
            m.received_on,
            m.signed,
            m.planned_minutes,
            m.done_minutes,
            m.absent_minutes,
            papers.c.papers,
        )
        .outerjoin(papers, papers.c.subject_id == m.id)
        .where(m.month == str(month))
    ):
        sheets[owner] = SheetState(received, bool(signed), count or 0, key)
        if planned is not None:
            frozen[owner] = (planned, done, absent)
    return sheets, frozen


def _planned_on(connection: Connection, first: date, last: date, activity_id: bytes | None) -> frozenset[bytes]:
    if activity_id is None:
        return frozenset()
    s = shift.c
    query = select(s.person_id).where(s.day >= first, s.day <= last, s.activity_id == activity_id).distinct()
    return frozenset(connection.execute(query).scalars())


def _heads(connection: Connection, targets: Targets, site_id: bytes | None, language: str) -> tuple[DayHead, ...]:
    calendar = FRANCE
    if site_id is not None:
        calendar = str(connection.execute(select(site.c.holidays).where(site.c.id == site_id)).scalar() or FRANCE)
    names = public_holidays(calendar, targets.days[0].year, language)
    return tuple(DayHead(day, day.weekday() >= _SATURDAY, names.get(day, "")) for day in targets.days)


def _activities(connection: Connection) -> tuple[ActivityHead, ...]:
    a = activity.c
    query = select(a.id, a.code, a.name, a.palette, a.pictogram, a.site_id).order_by(a.name, a.code)
    found = []
    for key, code, name, palette, pictogram, home in connection.execute(query):
        shown = look(code, palette, pictogram)
        found.append(ActivityHead(key, code, name, shown.palette, shown.pictogram, home))
    return tuple(found)


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
