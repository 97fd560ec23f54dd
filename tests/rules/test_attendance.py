"""Cells of the attendance grid: read as people type them, written back so that reading gives the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ltu_desktop.rules.absence_kinds import BY_CODE, KINDS, SHOWN, chip
from ltu_desktop.rules.attendance import (
    AbsencePart,
    Entry,
    hours_to_minutes,
    minutes_to_hundredths,
    parse_cell,
    show_entry,
    show_minutes,
)
from ltu_desktop.rules.attendance_days import (
    DayTarget,
    Missed,
    Outcome,
    allot,
    cell_text,
    leave_days,
    morning_of,
    settle,
)
from ltu_desktop.rules.errors import Problem
from ltu_desktop.words.codes import ABSENCES, PROBLEMS

LEAVE, SICK = "paid_leave", "sick_unpaid"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("7", 420),
        ("07", 420),
        ("7h", 420),
        ("7 h", 420),
        ("7:30", 450),
        ("7h30", 450),
        ("7 h 30", 450),
        ("7\u00a0h\u00a030", 450),
        ("7,5", 450),
        ("7.5", 450),
        ("7,50 h", 450),
        ("7,25", 435),
        ("7,33", 440),
        (",5", 30),
        ("0", 0),
        ("24", 1440),
        ("  7  ", 420),
    ],
)
def test_hours(text: str, minutes: int) -> None:
    assert parse_cell(text) == Entry(minutes)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("CP", [(LEAVE, "day", None)]),
        ("cp", [(LEAVE, "day", None)]),
        ("½CP", [(LEAVE, "half", None)]),
        ("CP½", [(LEAVE, "half", None)]),
        ("CP/2", [(LEAVE, "half", None)]),
        ("CPm", [(LEAVE, "morning", None)]),
        ("CPA", [(LEAVE, "afternoon", None)]),
        ("MALm", [(SICK, "morning", None)]),
        ("MALP", [("sick_paid", "day", None)]),
        ("CP3,5", [(LEAVE, "hours", 210)]),
        ("CP 3:30", [(LEAVE, "hours", 210)]),
        ("CPm MALa", [(LEAVE, "morning", None), (SICK, "afternoon", None)]),
        ("CP3 + MAL", [(LEAVE, "hours", 180), (SICK, "day", None)]),
        ("MAT", [("maternity", "day", None)]),
        ("ATm", [("work_accident", "morning", None)]),
    ],
)
def test_absences(text: str, parts: list[tuple[str, str, int | None]]) -> None:
    assert parse_cell(text) == Entry(None, tuple(AbsencePart(*part) for part in parts))


def test_hours_and_absences_and_nothing() -> None:
    assert parse_cell("4 CP") == Entry(240, (AbsencePart(LEAVE),))
    assert parse_cell("4CP3") == parse_cell("CP3 4") == Entry(240, (AbsencePart(LEAVE, "hours", 180),))
    assert parse_cell("  ") == Entry()
    assert Entry().empty
    assert not Entry(0).empty
    assert not Entry(None, (AbsencePart(LEAVE),)).empty


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sept", "cell_unreadable"),
        ("7:75", "cell_unreadable"),
        ("-7", "cell_unreadable"),
        ("CPX", "cell_unreadable"),
        ("CP0", "cell_unreadable"),
        ("CP3:75", "cell_unreadable"),
        ("½CP/2", "cell_unreadable"),
        ("½CPm", "cell_unreadable"),
        ("7,5,5", "cell_twice"),
        ("25", "cell_too_long"),
        ("24:01", "cell_too_long"),
        ("CP25", "cell_too_long"),
        ("7 7", "cell_twice"),
        ("CP CP", "cell_twice"),
        ("CP MAL", "cell_twice"),
        ("AB", "cell_which_absence"),
    ],
)
def test_what_cannot_be_read_says_so(text: str, code: str) -> None:
    found = parse_cell(text)
    assert isinstance(found, Problem)
    assert (found.code, found.params["text"]) == (code, text)
    assert code in PROBLEMS


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0"), (420, "7"), (450, "7,5"), (435, "7,25"), (423, "7,05"), (440, "7:20"), (1, "0:01"), (-450, "−7,5")],
)
def test_minutes_are_written_shortly(minutes: int, text: str) -> None:
    assert show_minutes(minutes) == text
    assert show_minutes(minutes, ".") == text.replace(",", ".")


def test_hundredths_of_an_hour() -> None:
    assert [minutes_to_hundredths(each) for each in (420, 440, 20, 1, 0, -440)] == [700, 733, 33, 2, 0, -733]
    assert hours_to_minutes(Decimal("151.67")) == 9100
    assert hours_to_minutes(Decimal("-0.5")) == -30


MINUTES = st.integers(0, 1440)


@given(MINUTES)
def test_a_minute_is_never_lost(minutes: int) -> None:
    assert parse_cell(show_minutes(minutes)) == Entry(minutes)
    assert abs(hours_to_minutes(Decimal(minutes_to_hundredths(minutes)).scaleb(-2)) - minutes) == 0


PARTS = st.one_of(
    st.builds(AbsencePart, st.sampled_from(sorted(KINDS)), st.sampled_from(["half", "morning", "afternoon"])),
    st.builds(AbsencePart, st.sampled_from(sorted(KINDS)), st.just("hours"), st.integers(1, 1440)),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    parts = draw(st.lists(PARTS, max_size=3, unique_by=lambda each: each.kind))
    rest = draw(st.sampled_from([None, *sorted(set(KINDS) - {each.kind for each in parts})]))
    if rest is not None:
        parts.insert(draw(st.integers(0, len(parts))), AbsencePart(rest))
    return Entry(draw(st.one_of(st.none(), MINUTES)), tuple(parts))


@given(entries(), st.sampled_from([",", "."]))
def test_reading_what_is_written_gives_it_back(entry: Entry, mark: str) -> None:
    assert parse_cell(show_entry(entry, mark)) == entry


@given(st.text(alphabet="0123456789:,.hCPMALm½/ +aAJFSx\u00a0", max_size=10))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse_cell(text)
    if isinstance(found, Entry):
        assert parse_cell(show_entry(found)) == found
    else:
        assert found.params["text"] == text.strip()


def test_codes_of_absence() -> None:
    assert {KINDS[kind].code: kind for kind in KINDS}.items() <= BY_CODE.items()
    assert {each.paper for each in KINDS.values()} == {"CP", "JF", "FO", "RC", "AB"}
    assert {"paid_leave", "public_holiday", "training", "rest"} == SHOWN
    assert [chip(kind) for kind in ("sick_paid", "paternity", "absent", "suspension")] == ["MAL", "MP", "AB", "AB"]
    assert set(KINDS) <= set(ABSENCES)


# ---- a day ----

WHOLE = DayTarget(420, 240)


def missed(text: str, target: DayTarget = WHOLE) -> list[tuple[str, int, str]]:
    entry = parse_cell(text)
    assert isinstance(entry, Entry)
    outcome = settle(entry, target)
    assert isinstance(outcome, Outcome)
    return [(each.kind, each.minutes, each.part) for each in outcome.absences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CP", [(LEAVE, 420, "day")]),
        ("CPm", [(LEAVE, 240, "morning")]),
        ("CPa", [(LEAVE, 180, "afternoon")]),
        ("½CP", [(LEAVE, 210, "hours")]),
        ("CP3", [(LEAVE, 180, "hours")]),
        ("CP7", [(LEAVE, 420, "day")]),
        ("4 CP", [(LEAVE, 180, "hours")]),
        ("CPm MAL", [(LEAVE, 240, "morning"), (SICK, 180, "hours")]),
        ("MAL CPm", [(LEAVE, 240, "morning"), (SICK, 180, "hours")]),
        ("9 CPm", [(LEAVE, 240, "morning")]),
        ("", []),
    ],
)
def test_a_cell_settled_against_the_plan(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert missed(text) == expected


def test_a_day_of_mornings_only() -> None:
    assert missed("CPm", DayTarget(210, 210)) == [(LEAVE, 210, "day")]


@pytest.mark.parametrize(
    ("text", "target", "code"),
    [
        ("CP", DayTarget(), "cell_no_target"),
        ("CP", DayTarget(0, 0, 420, "Toussaint"), "cell_no_target"),
        ("CPa", DayTarget(210, 210), "cell_no_target"),
        ("8 CP", WHOLE, "cell_no_target"),
        ("CP8", WHOLE, "cell_over_target"),
        ("CPm MAL4", WHOLE, "cell_over_target"),
    ],
)
def test_only_planned_time_is_missed(text: str, target: DayTarget, code: str) -> None:
    entry = parse_cell(text)
    assert isinstance(entry, Entry)
    found = settle(entry, target)
    assert isinstance(found, Problem)
    assert found.code == code


@given(entries(), st.integers(0, 600), st.integers(0, 600))
def test_never_more_is_missed_than_planned_and_the_cell_says_it_again(entry: Entry, minutes: int, morning: int) -> None:
    target = DayTarget(minutes, min(morning, minutes))
    outcome = settle(entry, target)
    if isinstance(outcome, Outcome):
        assert sum(each.minutes for each in outcome.absences) <= minutes
        assert all(each.minutes > 0 for each in outcome.absences)
        again = parse_cell(cell_text(outcome.done, outcome.absences, target))
        assert isinstance(again, Entry)
        assert settle(again, target) == outcome


def test_how_a_day_is_written() -> None:
    assert cell_text(None, [Missed(LEAVE, 210, "hours")], WHOLE) == "½CP"
    assert cell_text(180, [Missed(LEAVE, 240, "morning")], WHOLE) == "3 CPm"
    assert cell_text(None, [Missed(LEAVE, 420, "day")], WHOLE) == "CP"
    assert cell_text(None, [Missed(LEAVE, 90, "hours")], WHOLE, ".") == "CP1.5"


@pytest.mark.parametrize(
    ("start", "end", "pause", "morning"),
    [
        (510, 720, 0, 210),  # 8 h 30 to 12 h
        (510, 840, 30, 300),  # until two: a morning
        (720, 1020, 0, 0),  # from noon on
        (780, 990, 0, 0),
        (510, 990, 60, 240),  # the day with its break around one o'clock
        (510, 990, 0, 270),
        (700, 1000, 200, 0),
    ],
)
def test_what_is_morning(start: int, end: int, pause: int, morning: int) -> None:
    assert morning_of(start, end, pause) == morning


def test_days_of_leave() -> None:
    week = [(420, 420, 420)] * 4 + [(210, 210, 420)]
    assert leave_days(week) == Decimal("4.50")
    assert leave_days([(240, 240, 240)] * 5) == Decimal("5.00")
    assert leave_days([(210, 420, 420)]) == Decimal("0.50")
    assert leave_days([(105, 210, 420)]) == Decimal("0.25")
    assert leave_days([(60, 420, 420)]) == Decimal("0.14")
    assert leave_days([]) == Decimal("0.00")


A, B, C = b"a" * 16, b"b" * 16, b"c" * 16


def test_minutes_are_shared_out_to_activities() -> None:
    assert allot(420, (), (), C) == {C: 420}
    assert allot(420, (), (), None) == {None: 420}
    assert allot(420, (), ((A, 240), (B, 180)), C) == {A: 240, B: 180}
    assert allot(300, (), ((A, 240), (B, 180)), C) == {A: 240, B: 60}
    assert allot(480, (), ((A, 240), (B, 180)), C) == {A: 240, B: 240}
    assert allot(200, (), ((A, 240), (B, 180)), C) == {A: 200}
    assert allot(0, (), ((A, 240), (B, 180)), C) == {B: 0}
    assert allot(480, ((A, 240), (B, 180)), ((C, 480),), C) == {A: 300, B: 180}
    assert allot(100, ((A, 240), (B, 180)), (), C) == {B: 100}
    assert allot(0, ((A, 240), (B, 180)), (), C) == {A: 0}


@given(
    MINUTES,
    st.lists(st.tuples(st.sampled_from([A, B, C]), st.integers(0, 600)), max_size=3, unique_by=lambda each: each[0]),
)
def test_shares_add_up(minutes: int, shares: list[tuple[bytes, int]]) -> None:
    for known, planned in ((tuple(shares), ()), ((), tuple(shares))):
        assert sum(allot(minutes, known, planned, None).values()) == minutes
