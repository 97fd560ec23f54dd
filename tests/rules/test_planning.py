"""What stands against a shift: a table of cases for each rule, the edges of days and weeks, and laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.errors import Severity
from ltu_desktop.rules.matching import Fit, Profile, Work
from ltu_desktop.rules.planning import (
    SEVERITIES,
    Away,
    Planner,
    Span,
    Week,
    check_drop,
    conflicts,
    covered,
    of_person,
    substitutes,
)
from ltu_desktop.rules.work_time import CODES, Limit, LimitsError, country_of, limits, read

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = date(2026, 10, 19)
ZOE, ALI, EVA = b"z" * 16, b"a" * 16, b"e" * 16
MILL, HALL = b"m" * 16, b"h" * 16
GARDEN, SEWING = b"g" * 16, b"s" * 16
DRIVING = b"d" * 16
MENDING = b"r" * 16


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def span(
    day: int,
    start: str,
    end: str,
    *,
    pause: int = 0,
    person: bytes = ZOE,
    activity: bytes = GARDEN,
    site: bytes | None = MILL,
) -> Span:
    """A shift `day` days after Monday; its key says when it is."""
    key = f"{day:+d} {start}".encode().ljust(16)
    return Span(key, person, MONDAY + timedelta(days=day), minutes(start), minutes(end), pause, activity, site)


def profile(person: bytes = ZOE, **more: Any) -> Profile:
    given: dict[str, Any] = {
        "skills": {},
        "learns": frozenset(),
        "wishes": frozenset(),
        "refusals": frozenset(),
        "limits": frozenset(),
        "minutes": {},
    }
    return Profile(person, **{**given, **more})


def planner(person: bytes = ZOE, **more: Any) -> Planner:
    skills = {name: more.pop(name) for name in ("skills", "wishes", "refusals", "limits") if name in more}
    if isinstance(skills.get("limits"), dict):  # the country's, not hers
        more["limits"] = skills.pop("limits")
    return Planner(profile(person, **skills), **{"employed": ((date(2025, 1, 6), None),), "site": MILL, **more})


def week(*spans: Span, closed: tuple[tuple[bytes | None, int], ...] = (), **people: Planner) -> Week:
    named = {
        ZOE: people.get("zoe", planner()),
        **{each.profile.id: each for name, each in people.items() if name != "zoe"},
    }
    by_person: dict[bytes, tuple[Span, ...]] = {}
    for each in spans:
        by_person[each.person] = (*by_person.get(each.person, ()), each)
    works = {
        GARDEN: Work(GARDEN, {DRIVING: 2}, frozenset({"lifting"})),
        SEWING: Work(SEWING, {}, frozenset()),
        MENDING: Work(MENDING, {}, frozenset(), MONDAY + timedelta(days=2)),
    }
    days = frozenset((site, MONDAY + timedelta(days=day)) for site, day in closed)
    return Week(MONDAY, named, works, by_person, days, limits("FR"))


def codes(found: Any) -> list[str]:
    return sorted(each.code for each in found)


DAY = span(0, "8:30", "16:30", pause=60)

CASES: list[tuple[str, Week, list[str]]] = [
    ("a plain day", week(DAY), []),
    ("nothing planned", week(), []),
    ("an hour twice in one place", week(DAY, span(0, "16:00", "17:00")), ["overlap"]),
    ("an hour twice, where nobody named a place", week(span(0, "8:00", "12:00", site=None), span(0, "11:00", "13:00")), ["overlap"]),
    ("next day at the other site, too early", week(span(0, "18:00", "24:00"), span(1, "1:00", "2:00", site=HALL)), ["daily_rest"]),
    ("an hour in two places", week(DAY, span(0, "16:00", "17:00", site=HALL)), ["two_sites"]),
    ("one inside the other", week(span(0, "8:00", "13:00"), span(0, "9:00", "10:00"), span(0, "12:00", "14:00")), ["overlap", "overlap"]),
    ("no time to go to the other site", week(span(0, "8:00", "12:00"), span(0, "12:15", "14:00", site=HALL)), ["two_sites"]),
    ("time to go to the other site", week(span(0, "8:00", "12:00"), span(0, "12:30", "14:00", site=HALL)), []),
    ("a place that nobody named", week(span(0, "8:00", "12:00", site=None), span(0, "12:00", "13:00")), []),
    ("rest of 9 h 30", week(span(2, "16:30", "21:30"), span(3, "7:00", "13:00")), ["daily_rest"]),
    ("rest of 11 h", week(span(2, "16:30", "20:00"), span(3, "7:00", "13:00")), []),
    ("a break in the day is no night", week(span(0, "8:00", "10:00"), span(0, "19:00", "20:00")), []),
    ("over midnight", week(span(0, "20:00", "26:00"), span(1, "12:00", "14:00")), ["daily_rest"]),
    ("over midnight, then rest", week(span(0, "20:00", "26:00"), span(1, "13:00", "14:00")), []),
    ("the Sunday before is too late", week(span(-1, "15:00", "22:00", pause=60), span(0, "8:00", "12:00")), ["daily_rest"]),
    ("the Monday after is too early", week(span(6, "18:00", "22:00"), span(7, "6:00", "10:00")), ["daily_rest"]),
    ("what is next week's is next week's", week(span(0, "8:00", "9:00"), span(7, "20:00", "22:00"), span(8, "6:00", "10:00")), []),
    ("11 h of work", week(span(0, "7:00", "19:00", pause=60)), ["long_day"]),
    ("10 h of work", week(span(0, "7:00", "18:00", pause=60)), []),
    ("seven hours at a stretch", week(span(0, "7:00", "14:00")), ["no_break"]),
    ("seven hours in two that touch", week(span(0, "7:00", "11:00"), span(0, "11:10", "14:00", activity=SEWING)), ["no_break"]),
    ("twenty minutes between them", week(span(0, "7:00", "11:00"), span(0, "11:20", "14:20")), []),
    ("a break inside the first", week(span(0, "7:00", "11:00", pause=20), span(0, "11:00", "14:00")), []),
    ("away all day", week(DAY, zoe=planner(away={MONDAY: Away("day", 420)})), ["absent"]),
    ("away in the afternoon", week(span(0, "8:00", "12:00"), zoe=planner(away={MONDAY: Away("afternoon", 180)})), []),
    ("away in the afternoon, planned then", week(DAY, zoe=planner(away={MONDAY: Away("afternoon", 180)})), ["absent"]),
    ("away in the morning", week(DAY, zoe=planner(away={MONDAY: Away("morning", 180)})), ["absent"]),
    ("away in the afternoon, a morning till one", week(span(0, "9:00", "13:00"), zoe=planner(away={MONDAY: Away("afternoon", 180)})), []),
    ("away in the morning, an afternoon from noon", week(span(0, "12:00", "17:00"), zoe=planner(away={MONDAY: Away("morning", 180)})), []),
    ("away in the morning, planned all day", week(span(0, "8:00", "17:00", pause=60), zoe=planner(away={MONDAY: Away("morning", 180)})), ["absent"]),
    ("away for an hour", week(DAY, zoe=planner(away={MONDAY: Away("hours", 60)})), []),
    ("away another day", week(DAY, zoe=planner(away={MONDAY + timedelta(days=1): Away("day", 420)})), []),
    ("a public holiday", week(DAY, zoe=planner(holidays=frozenset({MONDAY}))), ["holiday"]),
    ("closed there", week(DAY, closed=((MILL, 0),)), ["closed_site"]),
    ("closed everywhere", week(DAY, closed=((None, 0),)), ["closed_site"]),
    ("closed elsewhere", week(DAY, closed=((HALL, 0),)), []),
    ("refused", week(DAY, zoe=planner(refusals=frozenset({GARDEN}))), ["refused_activity"]),
    ("a limit", week(DAY, zoe=planner(limits=frozenset({"lifting", "driving"}))), ["limit"]),
    ("an activity that has ended", week(span(2, "8:30", "12:00", activity=MENDING)), ["activity_ended"]),
    ("the day before an activity ends", week(span(1, "8:30", "12:00", activity=MENDING)), []),
    ("an activity that asks nothing", week(span(0, "8:30", "12:00", activity=b"?" * 16), zoe=planner(limits=frozenset({"lifting"}))), []),
    ("within her hours", week(DAY, zoe=planner(available={0: ((480, 1020),)})), []),
    ("beyond her hours", week(DAY, zoe=planner(available={0: ((480, 960),)})), ["unavailable"]),
    ("a day on which she cannot", week(DAY, zoe=planner(available={1: ((480, 960),)})), ["unavailable"]),
    ("before her contract", week(DAY, zoe=planner(employed=((date(2026, 10, 20), None),))), ["outside_contract"]),
    ("after her contract", week(DAY, zoe=planner(employed=((date(2025, 1, 6), date(2026, 10, 18)),))), ["outside_contract"]),
    ("on its last day", week(DAY, zoe=planner(employed=((date(2025, 1, 6), MONDAY),))), []),
    ("nobody whom we know", week(replace(DAY, person=b"?" * 16)), ["outside_contract"]),
    ("more than the contract", week(*(span(day, "8:00", "16:00", pause=60) for day in range(5)), zoe=planner(weekly=34 * 60)), ["over_contract"]),
    ("a long week of her cycle", week(*(span(day, "8:00", "16:00", pause=60) for day in range(5)), zoe=planner(weekly=30 * 60, cycle=35 * 60)), []),
    ("more than a long week of her cycle", week(*(span(day, "8:00", "16:00", pause=60) for day in range(5)), zoe=planner(weekly=30 * 60, cycle=34 * 60)), ["over_contract"]),
    ("just the contract", week(*(span(day, "8:00", "16:00", pause=60) for day in range(5)), zoe=planner(weekly=35 * 60)), []),
    ("49 h a week", week(*(span(day, "8:00", "18:48", pause=60) for day in range(5))), ["long_week"]),
    ("45 h after eleven weeks of 44 h", week(*(span(day, "8:00", "18:00", pause=60) for day in range(5)), zoe=planner(before=11 * 2640)), ["average_week"]),
    ("44 h after eleven weeks of 44 h", week(*(span(day, "8:00", "17:48", pause=60) for day in range(5)), zoe=planner(before=11 * 2640)), []),
    ("seven days", week(*(span(day, "8:00", "12:00") for day in range(8))), ["weekly_rest"]),
    ("a free Sunday", week(*(span(day, "8:00", "12:00") for day in (*range(6), 7))), []),
    ("a free Wednesday", week(*(span(day, "8:00", "12:00") for day in (-1, 0, 1, 3, 4, 5, 6, 7))), []),
    ("seven days, nothing known after", week(*(span(day, "8:00", "12:00") for day in range(7))), ["weekly_rest"]),
    ("six days, then a week that begins late", week(*(span(day, "8:00", "18:00", pause=180) for day in (-1, 1, 2, 3, 4, 5, 6))), []),
    ("Saturday night to Monday morning, too short", week(*(span(day, "8:00", "12:00") for day in range(5)), span(5, "12:00", "22:00"), span(7, "6:00", "8:00")), ["no_break", "weekly_rest"]),
    ("a rest that lies in the week before", week(span(-3, "8:00", "12:00"), *(span(day, "8:00", "12:00") for day in range(8))), ["weekly_rest"]),
    ("a rest of 34 h", week(*(span(day, "8:00", "12:00") for day in (-1, 0, 1, 4, 5, 6, 7)), span(2, "14:00", "22:00", pause=60)), ["weekly_rest"]),
    ("a rest of 35 h", week(*(span(day, "9:00", "12:00") for day in (-1, 0, 1, 4, 5, 6, 7)), span(2, "14:00", "22:00", pause=60)), []),
]  # fmt: skip


@pytest.mark.parametrize(("given_week", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_stands_against_a_plan(given_week: Week, wanted: list[str]) -> None:
    found = conflicts(given_week)
    assert codes(found) == wanted
    for each in found:
        assert each.severity is SEVERITIES[each.code]
        assert each.spans
        assert bool(each.source) == (each.code in CODES)  # the law is named where it is the law's


def test_every_code_has_a_case() -> None:
    assert {code for _, _, wanted in CASES for code in wanted} == set(SEVERITIES)


def test_conflicts_say_how_far_it_is_off() -> None:
    [rest] = conflicts(week(span(2, "16:30", "21:30"), span(3, "7:00", "13:00")))
    assert rest.params == {"minutes": 570, "limit_minutes": 660}
    assert rest.source == "Code du travail, art. L3131-1"
    assert (rest.day, len(rest.spans)) == (date(2026, 10, 22), 2)
    [gap] = conflicts(week(span(0, "8:00", "12:00"), span(0, "12:15", "14:00", site=HALL)))
    assert gap.params == {"gap_minutes": 15}


def test_the_weightiest_come_first() -> None:
    found = conflicts(
        week(
            span(0, "7:00", "14:00"),
            span(4, "8:00", "12:00"),
            zoe=planner(holidays=frozenset({MONDAY}), refusals=frozenset({GARDEN})),
        )
    )
    assert [each.severity for each in found] == [Severity.BLOCKER, Severity.BLOCKER, Severity.WARNING, Severity.WARNING]


# ---- what a drop would do


def test_a_drop_tells_only_what_is_new() -> None:
    here = week(DAY, span(0, "16:00", "17:00"))
    late = span(1, "16:30", "21:30")
    assert codes(check_drop(here, late)) == []
    early = span(1, "3:00", "5:00")
    assert codes(check_drop(here, early)) == ["daily_rest"]  # the overlap of Monday was there before


def test_a_shift_is_taken_from_where_it_is() -> None:
    here = week(DAY, zoe=planner(weekly=7 * 60))
    moved = replace(DAY, day=MONDAY + timedelta(days=1))
    assert codes(check_drop(here, moved)) == []
    assert codes(check_drop(here, span(1, "8:00", "9:00"))) == ["over_contract"]
    assert codes(check_drop(here, replace(DAY, person=ALI))) == ["outside_contract"]


# ---- substitutes


def test_who_could_take_a_shift() -> None:
    here = week(
        DAY,
        span(0, "9:00", "10:00", person=ALI),
        span(1, "9:00", "12:00", person=EVA),
        ali=planner(ALI, weekly=35 * 60),
        eva=planner(EVA, weekly=28 * 60, wishes=frozenset({GARDEN}), skills={DRIVING: 2}),
        zed=planner(b"1" * 16, weekly=35 * 60),
        far=planner(b"2" * 16, weekly=35 * 60, site=HALL),
        full=planner(b"3" * 16, weekly=6 * 60),
        unknown=planner(b"4" * 16),
        no=planner(b"5" * 16, refusals=frozenset({GARDEN})),
        lifts=planner(b"6" * 16, limits=frozenset({"lifting"})),
        off=planner(b"7" * 16, available={1: ((0, 1440),)}),
        gone=planner(b"8" * 16, employed=()),
    )
    found = substitutes(here, DAY)
    assert [each.person[:1] for each in found] == [b"e", b"1", b"4", b"2", b"3"]
    eva = found[0]
    assert (eva.fit, eva.left, eva.same_site) == (Fit.WISHED, 28 * 60 - 180 - 420, True)
    assert [reason.code for reason in eva.reasons] == ["wish", "skill"]
    assert codes(found[-1].told) == ["over_contract"]
    assert substitutes(here, replace(DAY, activity=b"?" * 16)) == []  # an activity that is no more


people = st.builds(
    lambda at, weekly, wish, refuses, lifts, away, hours, end: planner(
        bytes([at]) * 16,
        weekly=weekly,
        wishes=frozenset({GARDEN} if wish else ()),
        refusals=frozenset({GARDEN} if refuses else ()),
        limits=frozenset({"lifting"} if lifts else ()),
        away={MONDAY: Away(away, 60)} if away else {},
        available={0: ((hours, 1440),)} if hours else {},
        employed=((date(2025, 1, 6), end),),
    ),
    st.integers(1, 9),
    st.sampled_from([None, 300, 2100]),
    *(st.booleans() for _ in range(3)),
    st.sampled_from(["", "", "day", "morning", "afternoon", "hours"]),
    st.sampled_from([0, 480, 540]),
    st.sampled_from([None, None, date(2026, 10, 18), MONDAY]),
)


def among(found: list[Planner], *spans: Span) -> Week:
    return replace(week(*spans), people={ZOE: planner(), **{each.profile.id: each for each in found}})


@given(
    st.lists(people, max_size=6, unique_by=lambda each: each.profile.id),
    st.lists(st.tuples(st.integers(1, 9), st.integers(-1, 7), st.integers(0, 1200)), max_size=6),
)
def test_nobody_is_proposed_against_whom_something_stands(
    found: list[Planner], busy: list[tuple[int, int, int]]
) -> None:
    others = [
        Span(bytes([at]) * 16, bytes([who]) * 16, MONDAY + timedelta(days=day), start, start + 240, 0, SEWING, MILL)
        for at, (who, day, start) in enumerate(busy, 100)
    ]
    here = among(found, DAY, *others)
    proposed = substitutes(here, DAY)
    assert {each.person for each in proposed} <= {each.profile.id for each in found}
    fits = [each.left is not None and each.left < 0 for each in proposed]
    assert fits == sorted(fits)  # who has hours left comes before who has not
    for each in proposed:
        given = replace(DAY, person=each.person)
        after = among(found, given, *others)
        against = [one for one in conflicts(after) if given.key in one.spans and one.person == each.person]
        assert {one.code for one in against} <= {"over_contract", "no_break", "holiday"}
        planned = sum(one.minutes for one in after.of(each.person) if MONDAY <= one.day <= MONDAY + timedelta(days=6))
        weekly = here.people[each.person].weekly
        assert each.left == (None if weekly is None else weekly - planned)
    refused = {one.profile.id for one in found} - {each.person for each in proposed}
    for one in refused:  # and nobody is forgotten
        given = replace(DAY, person=one)
        after = among(found, given, *others)
        told = [each for each in conflicts(after) if given.key in each.spans]
        assert any(each.severity is Severity.BLOCKER or each.code == "unavailable" for each in told)


# ---- cover


@pytest.mark.parametrize(
    ("spans", "people"),
    [
        ((), 0),
        ((span(0, "8:30", "16:30", pause=60),), 1),
        ((span(0, "8:30", "12:00"), span(0, "13:00", "16:30")), 1),  # one person, with a break for lunch
        ((span(0, "8:30", "12:00"), span(0, "13:00", "16:30", person=ALI)), 0),  # two halves are nobody's day… yet
        ((span(0, "8:30", "12:30"), span(0, "12:00", "16:30", person=ALI)), 2),
        ((span(0, "8:30", "16:30", activity=SEWING), span(1, "8:30", "16:30")), 0),
        ((span(0, "8:30", "16:30", site=HALL),), 0),
    ],
)
def test_how_many_a_slot_has(spans: tuple[Span, ...], people: int) -> None:
    assert covered(spans, GARDEN, MONDAY, minutes("8:30"), minutes("16:30"), MILL) == people


def test_any_place_will_do_where_none_is_asked() -> None:
    assert covered([span(0, "8:30", "16:30", site=HALL)], GARDEN, MONDAY, 510, 990, None) == 1


# ---- laws


shifts = st.builds(
    lambda at, day, start, length, pause, site: Span(
        bytes([at]) * 16, ZOE, MONDAY + timedelta(days=day), start, start + length, min(pause, length - 1), GARDEN, site
    ),
    st.integers(0, 255),
    st.integers(-7, 13),
    st.integers(0, 1439),
    st.integers(1, 720),
    st.integers(0, 90),
    st.sampled_from([MILL, HALL, None]),
)


@given(st.lists(shifts, max_size=9, unique_by=lambda each: each.key))
def test_order_does_not_matter_and_all_conflicts_touch_the_week(found: list[Span]) -> None:
    here, there = week(*found), week(*reversed(found))
    assert sorted(map(repr, conflicts(here))) == sorted(map(repr, conflicts(there)))
    for each in of_person(here, ZOE, found):
        assert MONDAY - timedelta(days=1) <= each.day <= MONDAY + timedelta(days=7)


@given(st.lists(shifts, max_size=6, unique_by=lambda each: each.key), shifts)
def test_a_drop_tells_what_is_there_afterwards(found: list[Span], new: Span) -> None:
    others = [each for each in found if each.key != new.key]
    told = check_drop(week(*others), new)
    after = conflicts(week(*others, new))
    assert set(map(repr, told)) <= set(map(repr, after))
    assert {repr(each) for each in after if new.key in each.spans} <= set(map(repr, told))


# ---- limits


def test_people_are_judged_by_the_limits_of_their_country() -> None:
    elsewhere = {**limits("FR"), "long_day": Limit(8 * 60, "Lex, 1")}
    long = [span(0, "7:00", "16:30", pause=60), span(0, "7:00", "16:30", pause=60, person=ALI)]
    here = week(*long, ali=planner(ALI, limits=elsewhere))
    [found] = conflicts(here)
    assert (found.code, found.person, found.source) == ("long_day", ALI, "Lex, 1")
    assert found.params == {"minutes": 510, "limit_minutes": 480}


def test_limits_are_those_of_the_country() -> None:
    assert limits("FR-57") == limits("FR")
    assert limits("XX") == limits("FR")
    assert [country_of(each) for each in ("FR", "FR-57", "NL", "GB-ENG")] == ["FR"] * 4
    assert limits("FR")["average_week"].more == 12
    assert set(limits("FR")) == set(CODES)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("minutes = 660", "daily_rest"),
        ("minutes = 660.5\nsource = 'x'", "daily_rest.minutes"),
        ("minutes = -1\nsource = 'x'", "daily_rest.minutes"),
        ("minutes = 660\nsource = ''", "daily_rest.source"),
        ("minutes = 660\nsource = 'x'\nhours = 11", "daily_rest"),
    ],
)
def test_a_file_of_limits_is_read_strictly(tmp_path: Path, change: str, said: str) -> None:
    path = tmp_path / "XX.toml"
    path.write_text(f"[daily_rest]\n{change}\n", "utf-8")
    with pytest.raises(LimitsError, match=said):
        read(path)


def test_an_unknown_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "XX.toml"
    path.write_text("[siesta]\nminutes = 60\n", "utf-8")
    with pytest.raises(LimitsError, match="siesta"):
        read(path)
    path.write_text("daily_rest = 660\n", "utf-8")
    with pytest.raises(LimitsError, match="daily_rest"):
        read(path)
