"""What each person's days should be: from shifts, else from the work pattern, else from the weekly hours.

Shifts count for the whole week in which there is one. A pattern's weeks go round from `cycle_from`, which is the Monday
of the terms' start when nothing is said; an amendment that keeps the pattern lets it go on. Public holidays of the
person's site and closed days spare what was planned.
On a day without a shift in such a week, what was missed is what had been planned: whoever is away is left out of plans.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from ltu_desktop.queries.claim_facts import weekly_hours
from ltu_desktop.rules.attendance import hours_to_minutes
from ltu_desktop.rules.attendance_days import DayTarget, morning_of
from ltu_desktop.store.tables import absence_day, closure, contract, contract_terms, person, shift, site, work_pattern
from ltu_desktop.store.tables import work_pattern_slot as slot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

FRANCE = "FR"
_OFF = DayTarget()
_ONE = timedelta(days=1)
Half = tuple[int, int]  # minutes of a day, those in the morning


@dataclass(frozen=True, slots=True)
class Employment:
    """Days on one set of terms; `week_minutes` is None when nobody has said the hours yet."""

    start: date
    end: date | None
    week_minutes: int | None
    pattern_id: bytes | None
    cycle_from: date
    activity_id: bytes | None


@dataclass(frozen=True)
class Targets:
    """The targets of some days: `days` in order, and for each person one target a day."""

    days: tuple[date, ...]
    people: dict[bytes, tuple[DayTarget, ...]]
    employments: dict[bytes, list[Employment]]
    patterns: Mapping[bytes, list[list[Half]]] = field(default_factory=dict)
    used: dict[tuple[bytes, date], int] = field(default_factory=dict)
    """Minutes planned or missed in a week of shifts, by person and Monday."""
    shift_days: dict[bytes, frozenset[date]] = field(default_factory=dict)

    def of(self, person_id: bytes, day: date) -> DayTarget:
        """Return one person's target of one day; outside her contracts nothing is planned."""
        found = self.people.get(person_id)
        return found[(day - self.days[0]).days] if found else _OFF

    def cycle_minutes(self, employment: Employment, monday: date) -> int:
        """Return what a work pattern gives in one week of its cycle; 0 without a pattern."""
        weeks = self.patterns.get(employment.pattern_id) if employment.pattern_id else None
        return sum(minutes for minutes, _ in weeks[_turn(employment, monday, len(weeks))]) if weeks else 0

    def missable(self, person_id: bytes, day: date) -> DayTarget:
        """Return what a person can miss on a day.

        That is what is planned; where a week of shifts leaves her out on that day, because somebody took her place, it
        is her terms' day as far as her hours of the week are not planned otherwise.
        """
        target = self.of(person_id, day)
        used = self.used.get((person_id, day - timedelta(days=day.weekday())))
        current = _current(self.employments.get(person_id, ()), day)
        if target.holiday or target.closed or used is None or current is None or current.week_minutes is None:
            return target
        if day in self.shift_days[person_id]:
            return target
        minutes, morning = _by_terms(current, self.patterns, day)
        left = min(minutes, current.week_minutes - used + target.minutes)
        return DayTarget(left, min(morning, left)) if left > target.minutes else target


@lru_cache(maxsize=64)
def public_holidays(calendar: str, year: int, language: str = "fr") -> Mapping[date, str]:
    """Return a year's public holidays of a calendar, `FR` or `FR-57`, with their names."""
    from holidays import country_holidays

    country, _, region = calendar.partition("-")
    names = {"fr": "fr", "en": "en_US"}[language]
    return dict(country_holidays(country, subdiv=region or None, years=year, language=names))


def day_targets(connection: Connection, first: date, last: date, people: Collection[bytes] | None = None) -> Targets:
    """Return the targets of the days from `first` to `last` for everybody employed in them, or for some people."""
    days = tuple(first + timedelta(days=index) for index in range((last - first).days + 1))
    employed = employments(connection, first, last, people)
    patterns = _patterns(connection)
    shifts = _shifts(connection, first, last, people)
    calendars = _calendars(connection, first, last)
    homes = dict(connection.execute(select(person.c.id, person.c.site_id)).all())
    missed = _missed(connection, first, last, people) if shifts else {}
    used: dict[tuple[bytes, date], int] = defaultdict(int)
    memo: dict[tuple[object, ...], DayTarget] = {}
    alike: dict[tuple[object, ...], tuple[DayTarget, ...]] = {}  # of those whose days follow from the same terms
    mondays = [day - timedelta(days=day.weekday()) for day in days]
    found: dict[bytes, tuple[DayTarget, ...]] = {}
    for owner, stretches in employed.items():
        home = homes.get(owner)
        home = home if home in calendars else None
        spared = calendars[home]
        planned = shifts.get(owner, {})
        terms = None if planned else _terms(stretches, days)
        if terms is not None and (home, *terms) in alike:
            found[owner] = alike[home, *terms]
            continue
        away = missed.get(owner, {}) if planned else {}
        own_weeks = _weeks(planned)
        for day, half in (away | planned).items():
            used[owner, day - timedelta(days=day.weekday())] += half[0]
        row: list[DayTarget] = []
        for index, day in enumerate(days):
            current = _current(stretches, day)
            if current is None:
                row.append(_OFF)
                continue
            if mondays[index] in own_weeks and (day in planned or day not in spared):
                half = planned.get(day) or away.get(day, (0, 0))
            else:
                half = _by_terms(current, patterns, day)
            key = (half, spared.get(day))
            target = memo.get(key)
            if target is None:
                target = memo[key] = _target(half, spared.get(day))
            row.append(target)
        found[owner] = tuple(row)
        if terms is not None:
            alike[home, *terms] = found[owner]
    shift_days = {owner: frozenset(planned) for owner, planned in shifts.items()}
    weeks = {owner: _weeks(planned) for owner, planned in shift_days.items()}
    weeks_used = {key: minutes for key, minutes in used.items() if key[1] in weeks[key[0]]}
    return Targets(days, found, employed, patterns, weeks_used, shift_days)


def _terms(stretches: Sequence[Employment], days: Sequence[date]) -> tuple[object, ...] | None:
    """Return all that somebody's days follow from, when the same terms hold on all of them."""
    first = stretches[0]
    if first.start > days[0] or (first.end is not None and first.end < days[-1]):
        return None
    return first.week_minutes, first.pattern_id, first.cycle_from if first.pattern_id else None


def _weeks(planned: Iterable[date]) -> set[date]:
    return {day - timedelta(days=day.weekday()) for day in planned}


def _current(stretches: Iterable[Employment], day: date) -> Employment | None:
    return next((each for each in stretches if each.start <= day and (each.end or day) >= day), None)


def longest_days(targets: Targets, person_id: bytes) -> dict[date, int]:
    """Return the longest day of each week by its Monday, holidays as they would have been: what a day of leave is."""
    found: dict[date, int] = {}
    for day, target in zip(targets.days, targets.people.get(person_id, ()), strict=False):
        monday = day - timedelta(days=day.weekday())
        found[monday] = max(found.get(monday, 0), target.minutes + target.spared)
    return found


def _target(half: Half, off: tuple[str, bool] | None) -> DayTarget:
    minutes, morning = half
    return DayTarget(minutes, morning) if off is None else DayTarget(0, 0, minutes, off[0], off[1])


def _by_terms(current: Employment, patterns: Mapping[bytes, list[list[Half]]], day: date) -> Half:
    weeks = patterns.get(current.pattern_id) if current.pattern_id else None
    if weeks:
        return weeks[_turn(current, day, len(weeks))][day.weekday()]
    if current.week_minutes is None or day.weekday() > 4:
        return 0, 0
    each, rest = divmod(current.week_minutes, 5)
    minutes = each + (day.weekday() < rest)
    return minutes, (minutes + 1) // 2


def _turn(current: Employment, day: date, weeks: int) -> int:
    return (day - current.cycle_from).days // 7 % weeks


def employments(
    connection: Connection, first: date, last: date, people: Collection[bytes] | None = None
) -> dict[bytes, list[Employment]]:
    """Return everybody's stretches of employment that touch the days, oldest first."""
    c, t = contract.c, contract_terms.c
    query = (
        select(
            c.person_id,
            c.id,
            c.start_on,
            c.end_on,
            t.start_on,
            t.weekly_hours,
            t.monthly_hours,
            t.work_pattern_id,
            t.cycle_from,
            t.activity_id,
        )
        .outerjoin(contract_terms, t.contract_id == c.id)
        .where(c.start_on <= last, or_(c.end_on.is_(None), c.end_on >= first))
        .order_by(c.start_on, c.id, t.start_on)
    )
    if people is not None and len(people) < 200:
        query = query.where(c.person_id.in_(people))
    found: dict[bytes, list[Employment]] = defaultdict(list)
    rows = connection.execute(query).all()
    base, before = first, (b"", None)
    for index, row in enumerate(rows):
        owner, key, start, end, since, weekly, monthly, pattern, cycle, activity_id = row
        if people is not None and owner not in people:
            continue
        after = rows[index + 1] if index + 1 < len(rows) and rows[index + 1][1] == key else None
        begin = start if since is None or index == 0 or rows[index - 1][1] != key else max(start, since)
        finish = after[4] - _ONE if after is not None else end
        base = cycle or (base if (key, pattern) == before else begin)
        before = (key, pattern)
        if finish is not None and finish < max(begin, first):
            continue
        hours = weekly_hours(weekly, monthly)
        found[owner].append(
            Employment(
                begin,
                finish,
                None if hours is None else hours_to_minutes(hours),
                pattern,
                base - timedelta(days=base.weekday()),
                activity_id,
            )
        )
    return found


def _patterns(connection: Connection) -> dict[bytes, list[list[Half]]]:
    w = work_pattern.c
    found: dict[bytes, list[list[Half]]] = {
        key: [[(0, 0)] * 7 for _ in range(weeks)] for key, weeks in connection.execute(select(w.id, w.weeks))
    }
    s = slot.c
    for key, week, weekday, start, end, pause in connection.execute(
        select(s.work_pattern_id, s.week, s.weekday, s.start_minute, s.end_minute, s.break_minutes)
    ):
        weeks = found[key]
        if week < len(weeks):
            weeks[week][weekday] = _plus(weeks[week][weekday], start, end, pause)
    return found


def _plus(half: Half, start: int, end: int, pause: int) -> Half:
    return half[0] + end - start - pause, half[1] + morning_of(start, end, pause)


def _shifts(
    connection: Connection, first: date, last: date, people: Collection[bytes] | None
) -> dict[bytes, dict[date, Half]]:
    s = shift.c
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    query = select(s.person_id, s.day, s.start_minute, s.end_minute, s.break_minutes)
    query = query.where(s.day >= monday, s.day <= sunday)
    if people is not None and len(people) < 200:
        query = query.where(s.person_id.in_(people))
    found: dict[bytes, dict[date, Half]] = defaultdict(dict)
    for owner, day, start, end, pause in connection.execute(query).all():
        known = found[owner]
        known[day] = _plus(known.get(day, (0, 0)), start, end, pause)
    return found


def _missed(
    connection: Connection, first: date, last: date, people: Collection[bytes] | None
) -> dict[bytes, dict[date, Half]]:
    """Return the minutes missed by person and day, for the whole weeks that the days touch."""
    a = absence_day.c
    monday, sunday = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    query = select(a.person_id, a.day, func.sum(a.minutes)).where(a.day >= monday, a.day <= sunday)
    if people is not None and len(people) < 200:
        query = query.where(a.person_id.in_(people))
    found: dict[bytes, dict[date, Half]] = defaultdict(dict)
    for owner, day, minutes in connection.execute(query.group_by(a.person_id, a.day)):
        found[owner][day] = minutes, (minutes + 1) // 2
    return found


def _calendars(connection: Connection, first: date, last: date) -> dict[bytes | None, dict[date, tuple[str, bool]]]:
    """Return, by site (None: people without one), the days that are spared: holiday's name, whether it is closed."""
    sites = dict(connection.execute(select(site.c.id, site.c.holidays)).all())
    k = closure.c
    closed = connection.execute(
        select(k.site_id, k.start_on, k.end_on, k.name).where(k.start_on <= last, k.end_on >= first)
    ).all()
    found: dict[bytes | None, dict[date, tuple[str, bool]]] = {}
    keys: Iterable[bytes | None] = (None, *sites)
    for key in keys:
        off = {
            day: (name, False)
            for year in range(first.year, last.year + 1)
            for day, name in public_holidays(sites.get(key, FRANCE) if key else FRANCE, year).items()
            if first <= day <= last
        }
        for where, start, end, _ in closed:
            if where is not None and where != key:
                continue
            day = max(start, first)
            while day <= min(end, last):
                off.setdefault(day, ("", True))
                day += _ONE
        found[key] = off
    return found
