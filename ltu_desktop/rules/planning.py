"""Plans: what stands against a shift, said with its rule; who could take one. Pure; times are minutes.

A shift belongs to the day on which it starts; an end after 1440 is on the next day. People are judged one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ltu_desktop.rules.attendance_days import morning_of
from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.matching import ORDER, Fit, candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ltu_desktop.rules.matching import Profile, Reason, Work
    from ltu_desktop.rules.work_time import Limits

DAY = 1440
TRAVEL = 30
"""Minutes that it takes from one site to another, where nobody has said otherwise."""

_ONE = timedelta(days=1)
_WEEK = timedelta(days=7)

SEVERITIES: dict[str, Severity] = {
    "overlap": Severity.BLOCKER,
    "two_sites": Severity.BLOCKER,
    "outside_contract": Severity.BLOCKER,
    "activity_ended": Severity.BLOCKER,
    "absent": Severity.BLOCKER,
    "refused_activity": Severity.BLOCKER,
    "limit": Severity.BLOCKER,
    "closed_site": Severity.BLOCKER,
    "daily_rest": Severity.BLOCKER,
    "weekly_rest": Severity.BLOCKER,
    "long_day": Severity.BLOCKER,
    "long_week": Severity.BLOCKER,
    "average_week": Severity.BLOCKER,
    "holiday": Severity.WARNING,
    "no_break": Severity.WARNING,
    "unavailable": Severity.WARNING,
    "over_contract": Severity.WARNING,
}
"""All codes of conflicts, with how much they weigh."""


@dataclass(frozen=True, slots=True)
class Span:
    """A shift as the rules see it; `site` is where it takes place."""

    key: bytes
    person: bytes
    day: date
    start: int
    end: int
    pause: int
    activity: bytes
    site: bytes | None

    @property
    def minutes(self) -> int:
        """Worked minutes."""
        return self.end - self.start - self.pause

    @property
    def begins(self) -> int:
        """Its start on one line of minutes."""
        return self.day.toordinal() * DAY + self.start

    @property
    def ends(self) -> int:
        """Its end on that line."""
        return self.day.toordinal() * DAY + self.end


@dataclass(frozen=True, slots=True)
class Away:
    """An absence of a day: `part` is day, morning, afternoon or hours."""

    part: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Planner:
    """A person as plans see her: contracts as (first, last day), what she does not do, when she can work and cannot.

    `before` are the minutes of the weeks before that an average counts: worked where hours are noted, else planned.
    `weekly` are the contract's (None:
    nobody has said), `cycle` those of this very week of her work pattern. `limits` None: those of the home country.
    """

    profile: Profile
    employed: tuple[tuple[date, date | None], ...]
    weekly: int | None = None
    available: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    away: Mapping[date, Away] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    before: int = 0
    site: bytes | None = None
    cycle: int = 0
    limits: Limits | None = None

    @property
    def due(self) -> int | None:
        """Minutes that the contract asks for in the week; a long week of a cycle may be more than the mean."""
        return None if self.weekly is None else max(self.weekly, self.cycle)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What stands against one or more shifts of a person; `params` are minutes and codes, `source` is the law's."""

    code: str
    severity: Severity
    person: bytes
    spans: tuple[bytes, ...]
    day: date
    params: dict[str, str | int] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Week:
    """All that a week's plan is judged by; `spans` reach a day further on both sides, or more."""

    monday: date
    people: Mapping[bytes, Planner]
    works: Mapping[bytes, Work]
    spans: Mapping[bytes, tuple[Span, ...]]
    closed: frozenset[tuple[bytes | None, date]]
    limits: Limits
    travel: int = TRAVEL

    def of(self, person: bytes) -> tuple[Span, ...]:
        """Return a person's shifts."""
        return self.spans.get(person, ())


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who could take a shift: how she fits and why, minutes of her contract left, what would be told."""

    person: bytes
    fit: Fit
    reasons: tuple[Reason, ...]
    left: int | None
    same_site: bool
    told: tuple[Conflict, ...]


def conflicts(week: Week) -> tuple[Conflict, ...]:
    """Return what stands against the week's shifts, by day, the weightiest first."""
    found: list[Conflict] = []
    for person in week.spans:
        found += of_person(week, person, week.of(person))
    order = {Severity.BLOCKER: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return tuple(sorted(found, key=lambda each: (order[each.severity], each.day, each.code, each.person)))


def of_person(week: Week, person: bytes, spans: Sequence[Span]) -> list[Conflict]:
    """Return what stands against one person's shifts of the week."""
    planner = week.people.get(person)
    ordered = sorted(spans, key=lambda each: (each.begins, each.ends))
    last = week.monday + 6 * _ONE
    inside = [each for each in ordered if week.monday <= each.day <= last]
    if not inside:
        return []
    judge = _Judge(week, person)
    for span in inside:
        if planner is None:
            judge.say("outside_contract", span.day, span)
            continue
        judge.alone(planner, span)
    judge.pairs(ordered)
    judge.days(inside)
    judge.week_of(planner, ordered, inside)
    return judge.found


class _Judge:
    """Gathers what stands against a person's shifts."""

    def __init__(self, week: Week, person: bytes) -> None:
        self._week, self._person = week, person
        planner = week.people.get(person)
        self._limits = week.limits if planner is None or planner.limits is None else planner.limits
        self.found: list[Conflict] = []

    def say(self, code: str, day: date, *spans: Span, **params: str | int) -> None:
        limit = self._limits.get(code)
        if limit is not None:
            params["limit_minutes"] = limit.minutes
        keys = tuple(span.key for span in spans)
        source = limit.source if limit is not None else ""
        self.found.append(Conflict(code, SEVERITIES[code], self._person, keys, day, params, source))

    # ---- one shift ----

    def alone(self, planner: Planner, span: Span) -> None:
        day, week = span.day, self._week
        if not any(first <= day and (last is None or day <= last) for first, last in planner.employed):
            self.say("outside_contract", day, span)
        away = planner.away.get(day)
        if away is not None and _meets(away, span):
            self.say("absent", day, span)
        if day in planner.holidays:
            self.say("holiday", day, span)
        if (span.site, day) in week.closed or (None, day) in week.closed:
            self.say("closed_site", day, span)
        if span.activity in planner.profile.refusals:
            self.say("refused_activity", day, span)
        work = week.works.get(span.activity)
        if work is not None and work.ended_on is not None and work.ended_on <= day:
            self.say("activity_ended", day, span)
        for limit in sorted(planner.profile.limits & (work.demands if work is not None else frozenset())):
            self.say("limit", day, span, limit=limit)
        if planner.available and not any(
            start <= span.start and span.end <= end for start, end in planner.available.get(day.weekday(), ())
        ):
            self.say("unavailable", day, span)
        rest = self._limits["no_break"]
        if span.end - span.start > rest.minutes and span.pause < rest.more:
            self.say("no_break", day, span, minutes=span.end - span.start)

    # ---- two shifts ----

    def pairs(self, ordered: Sequence[Span]) -> None:
        """Judge neighbours: in the week, or reaching into it."""
        week = self._week
        last = week.monday + 6 * _ONE
        reach: Span | None = None  # the shift that ends latest so far
        for span in ordered:
            before, reach = reach, span if reach is None or span.ends >= reach.ends else reach
            if before is None or not week.monday <= span.day <= last + _ONE:
                continue
            gap = span.begins - before.ends
            if gap < 0:
                self.say("two_sites" if _apart(before, span) else "overlap", span.day, before, span, minutes=-gap)
            elif gap < week.travel and _apart(before, span):
                self.say("two_sites", span.day, before, span, gap_minutes=gap)
            elif before.day != span.day and gap < self._limits["daily_rest"].minutes:
                self.say("daily_rest", span.day, before, span, minutes=gap)

    # ---- days and the week ----

    def days(self, inside: Sequence[Span]) -> None:
        """Judge the length of each day."""
        by_day: dict[date, list[Span]] = defaultdict(list)
        for span in inside:
            by_day[span.day].append(span)
        for day, spans in by_day.items():
            minutes = sum(span.minutes for span in spans)
            if minutes > self._limits["long_day"].minutes:
                self.say("long_day", day, *spans, minutes=minutes)
            self._without_break(day, spans)

    def _without_break(self, day: date, spans: Sequence[Span]) -> None:
        """Judge stretches that follow each other with too short a break between them."""
        rest = self._limits["no_break"]
        run: list[Span] = []
        for span in [*spans, None]:
            if span is not None and run and span.start - run[-1].end < rest.more and not run[-1].pause:
                run.append(span)
                continue
            if len(run) > 1 and run[-1].end - run[0].start > rest.minutes:
                self.say("no_break", day, *run, minutes=run[-1].end - run[0].start)
            run = [span] if span is not None else []

    def week_of(self, planner: Planner | None, ordered: Sequence[Span], inside: Sequence[Span]) -> None:
        """Judge the week as a whole: its hours, their average, the longest rest, the contract."""
        limits = self._limits
        minutes = sum(span.minutes for span in inside)
        last = inside[-1]
        if minutes > limits["long_week"].minutes:
            self.say("long_week", last.day, *inside, minutes=minutes)
        average = limits["average_week"]
        if planner is not None and planner.before + minutes > average.minutes * average.more:
            self.say("average_week", last.day, *inside, minutes=(planner.before + minutes) // average.more)
        due = limits["weekly_rest"].minutes
        rest = _longest_rest(self._week.monday, ordered, due)
        if rest < due:
            self.say("weekly_rest", last.day, *inside, minutes=rest)
        if planner is not None and planner.due is not None and minutes > planner.due:
            self.say("over_contract", last.day, *inside, minutes=minutes, weekly_minutes=planner.due)


def _apart(one: Span, other: Span) -> bool:
    """Tell whether two shifts are known to be at two places."""
    return one.site != other.site and None not in {one.site, other.site}


def _meets(away: Away, span: Span) -> bool:
    """Tell whether somebody is away in a shift; hours away may be any of the day, so they meet no shift for certain."""
    if away.part == "day":
        return True
    morning = morning_of(span.start, span.end, span.pause)
    return (away.part == "morning" and morning > 0) or (away.part == "afternoon" and span.minutes > morning)


def _longest_rest(monday: date, ordered: Sequence[Span], due: int) -> int:
    """Return the longest rest of a calendar week, in minutes.

    A rest may reach over the week's edges, but a whole day of it lies inside: what lies outside counts no more than
    `due` without that day (11 h of 35 h). Somebody who works on all seven days has none, whatever follows. Where
    nothing is known before or after is rest.
    """
    first, after = monday.toordinal() * DAY, (monday + _WEEK).toordinal() * DAY
    longest, reach = 0, first - due
    for begins, ends in (*((each.begins, each.ends) for each in ordered), (after + due, 0)):
        inside = min(begins, after) - max(reach, first)
        if inside > 0:
            longest = max(longest, min(begins - reach, inside + due - DAY))
        reach = max(reach, ends)
    return longest


def check_drop(week: Week, span: Span) -> tuple[Conflict, ...]:
    """Return what would stand against a shift put somewhere that does not stand there now; quick, for the hand.

    A shift of the same key is taken from where it is.
    """
    others = tuple(each for each in week.of(span.person) if each.key != span.key)
    now = {_same(each) for each in of_person(week, span.person, others)}
    then = of_person(week, span.person, (*others, span))
    return tuple(each for each in then if span.key in each.spans or _same(each) not in now)


def _same(conflict: Conflict) -> tuple[str, date, tuple[bytes, ...]]:
    return conflict.code, conflict.day, conflict.spans


def substitutes(week: Week, span: Span) -> list[Substitute]:
    """Rank who could take a shift; nobody who is busy, away, against it, or who may not.

    Wishes and skills first, then those of the site with most hours left in their contract.
    """
    work = week.works.get(span.activity)
    found = []
    for person, planner in week.people.items():
        if person == span.person or work is None:
            continue
        moved = Span(span.key, person, span.day, span.start, span.end, span.pause, span.activity, span.site)
        told = check_drop(week, moved)
        if any(each.severity is Severity.BLOCKER or each.code == "unavailable" for each in told):
            continue
        fits = candidate(work, planner.profile)
        last = week.monday + 6 * _ONE
        planned = sum(each.minutes for each in week.of(person) if week.monday <= each.day <= last)
        left = None if planner.due is None else planner.due - planned - span.minutes
        found.append(Substitute(person, fits.fit, fits.reasons, left, planner.site == span.site, told))
    return sorted(
        found,
        key=lambda each: (
            each.left is not None and each.left < 0,
            ORDER[each.fit],
            not each.same_site,
            -(each.left or 0),
            each.person,
        ),
    )


def covered(spans: Iterable[Span], activity: bytes, day: date, start: int, end: int, site: bytes | None) -> int:
    """Count the people whom a slot has: those who are there for half of it or more, a break for lunch or not."""
    there: dict[bytes, int] = defaultdict(int)
    for each in spans:
        if each.activity == activity and each.day == day and (site is None or each.site == site):
            there[each.person] += max(0, min(end, each.end) - max(start, each.start))
    return sum(1 for minutes in there.values() if 2 * minutes >= end - start)
