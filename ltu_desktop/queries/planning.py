"""The week board and what it rests on: shifts, absences, targets, needs, and all that conflicts are judged by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, or_, select

from ltu_desktop.queries.activity_looks import look
from ltu_desktop.queries.day_targets import FRANCE, day_targets, public_holidays
from ltu_desktop.queries.names import list_name
from ltu_desktop.queries.planning_rows import (
    ActivityMark,
    AwayRow,
    ClosureRow,
    CoverRow,
    NeedRow,
    PatternRow,
    PatternSlot,
    PersonWeek,
    ShiftRow,
    SiteMark,
    TemplateRow,
    WeekBoard,
)
from ltu_desktop.queries.profiles import profiles, works
from ltu_desktop.rules.absence_kinds import HIDDEN, SHOWN
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.planning import Away, Planner, Span, Week, conflicts, covered
from ltu_desktop.rules.text import sort_key
from ltu_desktop.rules.work_time import limits
from ltu_desktop.store.tables import (
    absence_day,
    activity,
    attendance,
    availability,
    closure,
    contract,
    contract_terms,
    cover_need,
    month_closing,
    person,
    shift,
    site,
    week_template,
    week_template_shift,
    work_pattern,
    work_pattern_slot,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from ltu_desktop.queries.day_targets import Employment, Targets

_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_board(
    connection: Connection,
    monday: date,
    *,
    site_id: bytes | None = None,
    activity_id: bytes | None = None,
    reasons: bool = True,
) -> WeekBoard:
    """Return a week's plan with its conflicts, of all people, or of those of a site or an activity.

    People of a site are those who belong there or are planned there; of an activity those planned in it, or whose
    contract names it. Conflicts and needs are those of what is shown. `reasons`: whether kinds of absence may be seen.
    """
    sunday = monday + 6 * _ONE
    marks = tuple(activity_marks(connection))
    places = {mark.id: mark.site_id for mark in marks}
    targets = day_targets(connection, monday, sunday)
    shifts = _shifts(connection, monday - _ONE, sunday + _ONE)  # the rests at the week's edges
    planned = {each.person_id for each in shifts if monday <= each.day <= sunday}
    people = _people(connection, {*targets.people, *planned})
    away = _away(connection, monday, sunday, reasons=reasons)
    week = _week(connection, monday, shifts, targets, away, places, people)
    own: dict[bytes, list[ShiftRow]] = defaultdict(list)
    for each in shifts:
        if monday <= each.day <= sunday:
            own[each.person_id].append(each)
    rows = [
        _person_week(row, week, targets, own[row.id], away.get(row.id, ()))
        for row in people
        if _wanted(row, own[row.id], targets, places, site_id, activity_id)
    ]
    shown = {row.person_id for row in rows}
    return WeekBoard(
        monday,
        tuple(rows),
        marks,
        tuple(
            SiteMark(*each)
            for each in connection.execute(select(site.c.id, site.c.code, site.c.name).order_by(site.c.code))
        ),
        tuple(_cover(connection, week, monday, site_id, activity_id)),
        _is_closed(connection, monday, sunday),
        tuple(each for each in conflicts(week) if each.person in shown),
        week,
    )


def site_marks(connection: Connection) -> list[SiteMark]:
    """Return the sites, by code."""
    rows = connection.execute(select(site.c.id, site.c.code, site.c.name).order_by(site.c.code))
    return [SiteMark(*row) for row in rows]


def site_names(connection: Connection) -> dict[bytes, str]:
    """Return the names of the sites."""
    return {each.id: each.name for each in site_marks(connection)}


def calendars(connection: Connection) -> dict[bytes | None, str]:
    """Return the calendar of public holidays of each site."""
    return {row[0]: row[1] for row in connection.execute(select(site.c.id, site.c.holidays))}


def activity_marks(connection: Connection) -> list[ActivityMark]:
    """Return the activities with how they look, by name."""
    a = activity.c
    rows = connection.execute(select(a.id, a.code, a.name, a.palette, a.pictogram, a.site_id, a.ended_on))
    found = []
    for row in sorted(rows, key=lambda each: sort_key(each.name, each.code)):
        shown = look(row.code, row.palette, row.pictogram)
        found.append(
            ActivityMark(row.id, row.code, row.name, shown.palette, shown.pictogram, row.site_id, row.ended_on)
        )
    return found


# ---------------------------------------------------------------- reading


def _shifts(connection: Connection, first: date, last: date) -> list[ShiftRow]:
    s = shift.c
    rows = connection.execute(
        select(
            s.id,
            s.version,
            s.person_id,
            s.day,
            s.activity_id,
            s.site_id,
            s.start_minute,
            s.end_minute,
            s.break_minutes,
            s.series_id,
            s.note,
        )
        .where(s.day >= first, s.day <= last)
        .order_by(s.day, s.start_minute, s.id)
    )
    return [ShiftRow(*row) for row in rows.all()]


def shift_row(connection: Connection, shift_id: bytes) -> ShiftRow | None:
    """Return a shift, or None when it is no more."""
    s = shift.c
    row = connection.execute(
        select(
            s.id, s.version, s.person_id, s.day, s.activity_id, s.site_id, s.start_minute, s.end_minute,
            s.break_minutes, s.series_id, s.note,
        ).where(s.id == shift_id)
    ).first()  # fmt: skip
    return ShiftRow(*row) if row else None


def shifts_of(connection: Connection, first: date, last: date, people: Iterable[bytes] | None = None) -> list[ShiftRow]:
    """Return the shifts of some days, of everybody or of some people, by day and start."""
    wanted = None if people is None else set(people)
    return [each for each in _shifts(connection, first, last) if wanted is None or each.person_id in wanted]


def series_of(connection: Connection, series_id: bytes) -> list[ShiftRow]:
    """Return the shifts that were made together, by day."""
    s = shift.c
    keys = connection.execute(select(s.id).where(s.series_id == series_id).order_by(s.day, s.start_minute)).scalars()
    found = (shift_row(connection, key) for key in keys.all())
    return [each for each in found if each is not None]


@dataclass(frozen=True, slots=True)
class _Person:
    id: bytes
    staff_number: str
    list_name: str
    status: str | None
    site_id: bytes | None


def _people(connection: Connection, wanted: set[bytes]) -> list[_Person]:
    p = person.c
    rows = connection.execute(
        select(p.id, p.staff_number, p.name, p.first_names, p.status, p.site_id).order_by(p.folded, p.staff_number)
    )
    return [
        _Person(row.id, row.staff_number, list_name(row.name, row.first_names), row.status, row.site_id)
        for row in rows
        if row.id in wanted
    ]


def _away(connection: Connection, first: date, last: date, *, reasons: bool) -> dict[bytes, list[AwayRow]]:
    d = absence_day.c
    found: dict[bytes, list[AwayRow]] = defaultdict(list)
    for owner, day, minutes, part, kind in connection.execute(
        select(d.person_id, d.day, d.minutes, d.part, d.kind).where(d.day >= first, d.day <= last).order_by(d.day)
    ):
        found[owner].append(AwayRow(owner, day, minutes, part, kind if reasons or kind in SHOWN else HIDDEN))
    return found


def _week(
    connection: Connection,
    monday: date,
    shifts: Sequence[ShiftRow],
    targets: Targets,
    away: Mapping[bytes, Sequence[AwayRow]],
    places: Mapping[bytes, bytes | None],
    people: Sequence[_Person],
) -> Week:
    sunday = monday + 6 * _ONE
    known = profiles(connection)
    employed: dict[bytes, list[tuple[date, date | None]]] = defaultdict(list)
    c = contract.c
    still = or_(c.end_on.is_(None), c.end_on >= monday)
    for owner, start, end in connection.execute(
        select(c.person_id, c.start_on, c.end_on).where(c.start_on <= sunday, still)
    ):
        employed[owner].append((start, end))
    hours: dict[bytes, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    v = availability.c
    for owner, weekday, start_minute, end_minute in connection.execute(
        select(v.person_id, v.weekday, v.start_minute, v.end_minute).order_by(v.start_minute)
    ):
        hours[owner][weekday].append((start_minute, end_minute))
    kept = {None: FRANCE, **calendars(connection)}
    years = {monday.year, sunday.year}
    holidays = {
        key: frozenset(day for year in years for day in public_holidays(calendar, year) if monday <= day <= sunday)
        for key, calendar in kept.items()
    }
    before = _before(connection, monday)
    spans: dict[bytes, list[Span]] = defaultdict(list)
    for each in shifts:
        spans[each.person_id].append(span_of(each, places))
    planners = {
        row.id: Planner(
            known[row.id],
            tuple(employed.get(row.id, ())),
            terms.week_minutes if (terms := _terms(targets, row.id, monday, sunday)) else None,
            {weekday: tuple(each) for weekday, each in hours.get(row.id, {}).items()},
            {each.day: Away(each.part, each.minutes) for each in away.get(row.id, ())},
            holidays.get(row.site_id, holidays[None]),
            before.get(row.id, 0),
            row.site_id,
            targets.cycle_minutes(terms, monday) if terms else 0,
            limits(kept.get(row.site_id, FRANCE)),
        )
        for row in people
    }
    return Week(
        monday,
        planners,
        works(connection),
        {key: tuple(each) for key, each in spans.items()},
        frozenset(_closed_days(connection, monday, sunday)),
        limits(FRANCE),
    )


def span_of(each: ShiftRow, places: Mapping[bytes, bytes | None]) -> Span:
    """Return a shift as the rules see it; one without a site is where its activity is."""
    where = each.site_id or places.get(each.activity_id)
    return Span(each.id, each.person_id, each.day, each.start, each.end, each.pause, each.activity_id, where)


def _terms(targets: Targets, person_id: bytes, monday: date, sunday: date) -> Employment | None:
    """Return the terms that hold in the week, the last ones when they change in it."""
    found = [each for each in targets.employments.get(person_id, ()) if each.start <= sunday]
    within = [each for each in found if each.end is None or each.end >= monday]
    return within[-1] if within else None


def _before(connection: Connection, monday: date) -> dict[bytes, int]:
    """Add up the minutes of the weeks that an average looks back on, for those employed in the week.

    A day for which hours are noted counts what was worked, any other what was planned, unless the person was away.
    """
    first = monday - (limits(FRANCE)["average_week"].more - 1) * _WEEK
    s, d, w, c = shift.c, attendance.c, absence_day.c, contract.c
    noted = exists().where(d.person_id == s.person_id, d.day == s.day)
    away = exists().where(w.person_id == s.person_id, w.day == s.day, w.part == "day")
    worked = select(func.sum(d.minutes)).where(d.person_id == person.c.id, d.day >= first, d.day < monday)
    planned = select(func.sum(s.end_minute - s.start_minute - s.break_minutes)).where(
        s.person_id == person.c.id, s.day >= first, s.day < monday, ~noted, ~away
    )
    employed = select(c.person_id).where(c.start_on <= monday + 6 * _ONE, or_(c.end_on.is_(None), c.end_on >= monday))
    rows = connection.execute(  # asked person by person, which an index answers: half the time of grouping all rows
        select(
            person.c.id,
            func.coalesce(worked.scalar_subquery(), 0) + func.coalesce(planned.scalar_subquery(), 0),
        ).where(person.c.id.in_(employed))
    )
    return {row[0]: int(row[1]) for row in rows}


def _closed_days(connection: Connection, first: date, last: date) -> Iterable[tuple[bytes | None, date]]:
    k = closure.c
    for where, start, end in connection.execute(
        select(k.site_id, k.start_on, k.end_on).where(k.start_on <= last, k.end_on >= first)
    ):
        day = max(start, first)
        while day <= min(end, last):
            yield where, day
            day += _ONE


def _is_closed(connection: Connection, first: date, last: date) -> bool:
    months = {str(Month.of(first)), str(Month.of(last))}
    found = connection.execute(select(month_closing.c.id).where(month_closing.c.month.in_(months)).limit(1)).first()
    return found is not None


# ---------------------------------------------------------------- rows


def _wanted(
    row: _Person,
    own: Sequence[ShiftRow],
    targets: Targets,
    places: Mapping[bytes, bytes | None],
    site_id: bytes | None,
    activity_id: bytes | None,
) -> bool:
    if site_id is None and activity_id is None:
        return True
    here = any((each.site_id or places.get(each.activity_id)) == site_id for each in own)
    if site_id is not None and row.site_id != site_id and not here:
        return False
    if activity_id is None:
        return True
    named = any(each.activity_id == activity_id for each in targets.employments.get(row.id, ()))
    return named or any(each.activity_id == activity_id for each in own)


def _person_week(
    row: _Person,
    week: Week,
    targets: Targets,
    own: Sequence[ShiftRow],
    away: Sequence[AwayRow],
) -> PersonWeek:
    planner = week.people[row.id]
    profile = planner.profile
    return PersonWeek(
        row.id,
        row.staff_number,
        row.list_name,
        row.status or "",
        row.site_id,
        planner.weekly,
        tuple(target.minutes for target in targets.people.get(row.id, ())) or (0,) * 7,
        tuple(own),
        tuple(away),
        frozenset(day.weekday() for day in planner.holidays),
        frozenset(skill for skill, level in profile.skills.items() if level >= 2),
        profile.refusals,
        profile.wishes,
        profile.limits,
    )


def _cover(
    connection: Connection, week: Week, monday: date, site_id: bytes | None, activity_id: bytes | None
) -> Iterable[CoverRow]:
    spans: dict[tuple[bytes, date], list[Span]] = defaultdict(list)
    for each in week.spans.values():
        for span in each:
            spans[span.activity, span.day].append(span)
    for need in cover_needs(connection):
        day = monday + need.weekday * _ONE
        if (need.start_on and day < need.start_on) or (need.end_on and day > need.end_on):
            continue
        if (site_id is not None and need.site_id not in {None, site_id}) or activity_id not in {None, need.activity_id}:
            continue
        filled = covered(
            spans.get((need.activity_id, day), ()), need.activity_id, day, need.start, need.end, need.site_id
        )
        yield CoverRow(need.id, need.activity_id, need.site_id, need.weekday, need.start, need.end, need.people, filled)


# ---------------------------------------------------------------- lists


def cover_needs(connection: Connection) -> list[NeedRow]:
    """Return how many people activities need, by weekday and start."""
    n = cover_need.c
    rows = connection.execute(
        select(
            n.id, n.version, n.activity_id, n.site_id, n.weekday, n.start_minute, n.end_minute, n.people, n.start_on,
            n.end_on,
        ).order_by(n.weekday, n.start_minute, n.id)
    )  # fmt: skip
    return [NeedRow(*tuple(row)) for row in rows]


def templates(connection: Connection) -> list[TemplateRow]:
    """Return the weeks that were kept, by name, with how many shifts and people each holds."""
    w, s = week_template.c, week_template_shift.c
    rows = connection.execute(
        select(w.id, w.version, w.name, func.count(s.id), func.count(s.person_id.distinct()))
        .outerjoin(week_template_shift, s.week_template_id == w.id)
        .group_by(w.id)
        .order_by(w.name)
    )
    return [TemplateRow(*row) for row in rows]


def template_shifts(connection: Connection, template_id: bytes) -> list[dict[str, Any]]:
    """Return the shifts of a kept week as they are in the file."""
    s = week_template_shift.c
    rows = connection.execute(
        select(week_template_shift).where(s.week_template_id == template_id).order_by(s.weekday, s.start_minute, s.id)
    )
    return [dict(row) for row in rows.mappings()]


def patterns(connection: Connection) -> list[PatternRow]:
    """Return the work patterns by name, with their slots and how many terms name each."""
    s, t = work_pattern_slot.c, contract_terms.c
    slots: dict[bytes, list[PatternSlot]] = defaultdict(list)
    for row in connection.execute(
        select(s.work_pattern_id, s.id, s.week, s.weekday, s.start_minute, s.end_minute, s.break_minutes).order_by(
            s.week, s.weekday, s.start_minute
        )
    ):
        slots[row[0]].append(PatternSlot(*row[1:]))
    used = {
        row[0]: row[1]
        for row in connection.execute(
            select(t.work_pattern_id, func.count()).where(t.work_pattern_id.is_not(None)).group_by(t.work_pattern_id)
        )
    }
    w = work_pattern.c
    rows = connection.execute(select(w.id, w.version, w.name, w.weeks).order_by(w.name))
    return [PatternRow(row[0], row[1], row[2], row[3], tuple(slots[row[0]]), used.get(row[0], 0)) for row in rows]


def closures(connection: Connection) -> list[ClosureRow]:
    """Return the closed days, the latest first."""
    k = closure.c
    rows = connection.execute(
        select(k.id, k.version, k.site_id, k.start_on, k.end_on, k.name).order_by(k.start_on.desc(), k.name)
    )
    return [ClosureRow(*row) for row in rows]


def names(connection: Connection, table: Any, key: bytes) -> str:
    """Return the name of a row that has one, empty when it is no more."""
    return connection.execute(select(table.c.name).where(table.c.id == key)).scalar() or ""
