"""The week board as it is shown: rows, cells and blocks with their texts, made from the rows of the file. No Qt."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ltu_desktop.queries.activity_looks import Look, look
from ltu_desktop.queries.names import namesakes
from ltu_desktop.rules.errors import N_, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ltu_desktop.queries.planning_rows import ActivityMark, CoverRow, PersonWeek, ShiftRow, WeekBoard
    from ltu_desktop.words import Words

SUNDAY = 6
WHOLE_WEEK = frozenset({"over_contract", "average_week", "long_week", "weekly_rest"})
"""What stands against a week as a whole: told at the side, not on each of its blocks."""


@dataclass(frozen=True, slots=True)
class Block:
    """A shift as a block: `title` where there is room, else `short`, `code` where there is little, `times` below.

    `trouble` is the meaning of what stands against it: `blocking`, `attention`, or empty.
    """

    shift: ShiftRow
    look: Look
    title: str
    short: str
    code: str
    times: str
    trouble: str
    whole: str  # the name at full length

    def spoken(self, words: Words) -> str:
        """Say all of it: what or who, when, how long, and that something stands against it."""
        said = [self.whole, self.times, words.duration(self.shift.minutes, short=True)]
        if self.trouble:
            said.append(words.text(N_("conflict")))
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a row: its blocks in the order of time, and what stands there besides.

    `away` says that somebody is away and never why; `off` names a holiday or a closed day; `shut`: outside a contract.
    """

    blocks: tuple[Block, ...] = ()
    away: str = ""
    off: str = ""


FREE = (Cell(),) * 7
"""The days of somebody for whom nothing is planned and who is not away."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the board: a person, or an activity (then `look` is set)."""

    key: bytes
    title: str
    note: str
    cells: tuple[Cell, ...]
    planned: int
    target: int | None
    spared: int  # minutes that absences take from what is planned
    look: Look | None = None
    short: str = ""
    apart: str = ""  # the staff number, where somebody else bears the same name

    def with_blocks(self, day: int, blocks: Collection[Block], minutes: int) -> Row:
        """Return the row with other blocks on a day, and so many more minutes planned."""
        cell = replace(self.cells[day], blocks=tuple(blocks))
        cells = (*self.cells[:day], cell, *self.cells[day + 1 :])
        return replace(self, cells=cells, planned=self.planned + minutes)


@dataclass(frozen=True, slots=True)
class Lack:
    """A need that is not covered whole."""

    need: CoverRow
    mark: ActivityMark
    look: Look

    @property
    def missing(self) -> int:
        """How many people are missing."""
        return self.need.needed - self.need.filled


@dataclass(frozen=True, slots=True)
class Cover:
    """A day's needs together: people that are there of those needed, and what is not covered."""

    filled: int
    needed: int
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Sheet:
    """The board of a week; `by_activity` tells which rows it has, `days` how many days are shown."""

    board: WeekBoard
    rows: tuple[Row, ...]
    cover: tuple[Cover, ...]
    by_activity: bool
    days: int
    marks: Mapping[bytes, ActivityMark]
    people: Mapping[bytes, PersonWeek]
    alike: frozenset[str] = frozenset()  # names that several bear

    def who(self, person: PersonWeek, words: Words) -> str:
        """Name a person so that nobody else is meant."""
        return words.named(person.list_name, person.staff_number if person.list_name in self.alike else "")

    @cached_property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """The blocks of each row and day."""
        none = (0,) * 7
        return tuple(none if row.cells is FREE else tuple(len(cell.blocks) for cell in row.cells) for row in self.rows)

    def day(self, at: int) -> date:
        """Return a day by its place."""
        return self.board.monday + timedelta(days=at)

    def spot_of(self, shift_id: bytes) -> tuple[int, int, int] | None:
        """Return where a shift stands: row, day, place in the cell."""
        for row, each in enumerate(self.rows):
            for day, cell in enumerate(each.cells[: self.days]):
                for at, block in enumerate(cell.blocks):
                    if block.shift.id == shift_id:
                        return row, day, at
        return None

    def put(self, shift: ShiftRow, row: int, day: int, start: int, end: int) -> Sheet:
        """Return the board with a shift where a hand put it, as it will be once saved; conflicts are not known yet."""
        found = self.spot_of(shift.id)
        if found is None:
            return self
        key = self.rows[row].key
        owner = (shift.person_id, key) if self.by_activity else (key, shift.activity_id)
        there = replace(
            shift,
            person_id=owner[0],
            activity_id=owner[1],
            day=self.day(day),
            start=start,
            end=end,
            version=shift.version + 1,
        )
        was, rows = self.rows[found[0]].cells[found[1]].blocks[found[2]], list(self.rows)
        mark = self.marks[owner[1]]
        block = replace(was, shift=there, look=look_of(mark), code=mark.code, times=span_text(start, end), trouble="")
        kept = [each for each in rows[found[0]].cells[found[1]].blocks if each is not was]
        rows[found[0]] = rows[found[0]].with_blocks(found[1], kept, -shift.minutes)
        joined = [*rows[row].cells[day].blocks, block]
        joined.sort(key=lambda each: (each.shift.start, each.title if self.by_activity else "", each.shift.end))
        rows[row] = rows[row].with_blocks(day, joined, there.minutes)
        return replace(self, rows=tuple(rows))

    def row_of(self, key: bytes) -> int | None:
        """Return the place of a person or an activity."""
        return next((place for place, each in enumerate(self.rows) if each.key == key), None)

    def lacks(self) -> list[Lack]:
        """Return all that is not covered, day by day; nothing where nobody could cover it."""
        return [lack for cover in self.cover for lack in cover.lacks] if self.people else []


def time_text(minute: int) -> str:
    """Write a time as it stands in a block: `8:30`; the same in both languages, short."""
    minute %= 1440
    return f"{minute // 60}:{minute % 60:02d}"


def span_text(start: int, end: int) -> str:
    """Write from when to when: `8:30–16:30`."""
    return f"{time_text(start)}–{time_text(end)}"


def hours_text(words: Words, minutes: int) -> str:
    """Write hours as the board's column has them: `28`, `22 h 30`."""
    return words.duration(minutes, short=True) if minutes % 60 else words.integer(minutes // 60)


def look_of(mark: ActivityMark) -> Look:
    """Return what an activity is shown with."""
    return look(mark.code, mark.palette, mark.pictogram)


def short_title(name: str) -> str:
    """Shorten an activity's name: what stands before "et" or a comma, else without the last of its words."""
    first = re.split(r",| et | and | & ", name)[0]
    words = first.split()
    if first == name and len(words) == 2 and len(words[0]) > 4:
        return words[0]
    return first


def family_of(list_name: str) -> str:
    """Return what is in capitals of a name: the family name, all that a block says of somebody alone to have it."""
    return " ".join(part for part in list_name.split() if part == part.upper()) or list_name


def short_name(list_name: str) -> str:
    """Shorten a name for a block: the family name and an initial, `BERTIN S.`."""
    first = [part for part in list_name.split() if part != part.upper()]
    return f"{family_of(list_name)} {first[0][0]}.".strip() if first else family_of(list_name)


def sunday_wanted(board: WeekBoard) -> bool:
    """Tell whether somebody works on Sunday."""
    return any(shift.day.weekday() == SUNDAY for person in board.people for shift in person.shifts) or any(
        need.weekday == SUNDAY for need in board.cover
    )


def make_sheet(
    board: WeekBoard,
    words: Words,
    *,
    by_activity: bool = False,
    sunday: bool = False,
    site: bytes | None = None,
    activity: bytes | None = None,
    show: Collection[bytes] | None = None,
) -> Sheet:
    """Make the board of a week: by person or by activity, of one site or activity; `show` leaves some people only."""
    marks = {mark.id: mark for mark in board.activities}
    people = {person.person_id: person for person in board.people}
    troubled = {
        key: "blocking" if conflict.severity is Severity.BLOCKER else "attention"
        for conflict in reversed(board.conflicts)  # the weightiest come first, and are to win
        if conflict.code not in WHOLE_WEEK
        for key in conflict.spans
    }
    alike = namesakes(person.list_name for person in board.people)
    maker = _Maker(board, words, marks, troubled, alike)
    shown = [
        person
        for person in board.people
        if (show is None or person.person_id in show)
        and (site is None or person.site_id == site or any(maker.site_of(each) == site for each in person.shifts))
        and (activity is None or any(each.activity_id == activity for each in person.shifts))
    ]
    if by_activity:
        rows = maker.activity_rows(shown, site, activity)
    else:
        rows = tuple(maker.person_row(person) for person in shown)
    cover = maker.cover(site, activity)
    days = 7 if sunday or sunday_wanted(board) else 6
    return Sheet(board, rows, cover, by_activity, days, marks, people, alike)


class _Maker:
    """Makes rows; keeps what all of them need."""

    def __init__(
        self,
        board: WeekBoard,
        words: Words,
        marks: Mapping[bytes, ActivityMark],
        troubled: Mapping[bytes, str],
        alike: frozenset[str],
    ) -> None:
        self.board, self.words, self.marks, self.troubled = board, words, marks, troubled
        self.looks = {key: look_of(mark) for key, mark in marks.items()}
        self.notes: dict[tuple[str, int | None], str] = {}
        self.alike = alike
        shorts = {key: short_title(mark.name) for key, mark in marks.items()}
        often = Counter(shorts.values())
        self.shorts = {key: short if often[short] == 1 else "" for key, short in shorts.items()}  # alike tell nothing

    @cached_property
    def families(self) -> Counter[str]:
        """How many people of the week share a family name."""
        return Counter(family_of(person.list_name) for person in self.board.people if person.shifts)

    def site_of(self, shift: ShiftRow) -> bytes | None:
        """Return where a shift is: its own place, else its activity's."""
        return shift.site_id or (self.marks[shift.activity_id].site_id if shift.activity_id in self.marks else None)

    def block(self, shift: ShiftRow, who: PersonWeek, *, name: bool) -> Block:
        mark, look = self.marks[shift.activity_id], self.looks[shift.activity_id]
        times, trouble = span_text(shift.start, shift.end), self.troubled.get(shift.id, "")
        if name:
            title = family_of(who.list_name)
            if self.families[title] > 1:
                title = short_name(who.list_name)
            return Block(shift, look, title, title, mark.code, times, trouble, who.list_name)
        return Block(shift, look, mark.name, self.shorts[mark.id] or mark.code, mark.code, times, trouble, mark.name)

    def _note(self, status: str, weekly: int | None) -> str:
        """Say what stands below a name; said once for all who share it."""
        note = self.notes.get((status, weekly))
        if note is None:
            note = self.words.status(status)
            if weekly is not None:
                note = f"{note} · {self.words.duration(weekly, short=True)}"
            self.notes[status, weekly] = note
        return note

    def person_row(self, person: PersonWeek) -> Row:
        free = not (person.shifts or person.away or person.holidays)
        cells = FREE if free else tuple(self._cell(person, day) for day in range(7))
        spared = sum(away.minutes for away in person.away)
        note = self._note(person.status, person.weekly_minutes)
        apart = person.staff_number if person.list_name in self.alike else ""
        if apart:
            note = f"{apart} · {note}"
        planned = sum(shift.minutes for shift in person.shifts)
        week = person.weekly_minutes
        return Row(person.person_id, person.list_name, note, cells, planned, week, spared, apart=apart)

    def _cell(self, person: PersonWeek, weekday: int) -> Cell:
        words, day = self.words, self.board.monday + timedelta(days=weekday)
        shifts = sorted((each for each in person.shifts if each.day == day), key=lambda each: (each.start, each.end))
        blocks = tuple(self.block(each, person, name=False) for each in shifts)
        gone = sum(away.minutes for away in person.away if away.day == day)
        away = ""
        if gone:
            whole = all(each.part == "day" for each in person.away if each.day == day)
            away = (
                words.term("plan", "Away")
                if whole
                else words.text(N_("Away {hours}"), hours=words.duration(gone, short=True))
            )
        off = words.text(N_("Holiday")) if weekday in person.holidays else ""
        return Cell(blocks, away, off)

    def activity_rows(self, people: list[PersonWeek], site: bytes | None, activity: bytes | None) -> tuple[Row, ...]:
        """Return a row for each activity that goes on, or that somebody works in."""
        found: dict[bytes, list[list[Block]]] = {}
        minutes: dict[bytes, int] = {}
        for person in people:
            for shift in person.shifts:
                if shift.activity_id not in self.marks or (site is not None and self.site_of(shift) != site):
                    continue
                days = found.setdefault(shift.activity_id, [[] for _ in range(7)])
                days[shift.day.weekday()].append(self.block(shift, person, name=True))
                minutes[shift.activity_id] = minutes.get(shift.activity_id, 0) + shift.minutes
        rows = []
        for mark in self.board.activities:
            if activity is not None and mark.id != activity:
                continue
            goes_on = mark.ended_on is None or mark.ended_on > self.board.monday
            here = site is None or mark.site_id in {None, site}
            if mark.id not in found and not (goes_on and here):
                continue
            days = found.get(mark.id, [[] for _ in range(7)])
            cells = tuple(
                Cell(tuple(sorted(each, key=lambda block: (block.shift.start, block.title)))) for each in days
            )
            many = len({block.shift.person_id for each in days for block in each})
            note = self.words.plural("{count} person", "{count} people", many)
            rows.append(
                Row(
                    mark.id,
                    mark.name,
                    note,
                    cells,
                    minutes.get(mark.id, 0),
                    None,
                    0,
                    self.looks[mark.id],
                    self.shorts[mark.id] or mark.name,
                )
            )
        return tuple(rows)

    def cover(self, site: bytes | None, activity: bytes | None) -> tuple[Cover, ...]:
        days = []
        for weekday in range(7):
            needs = [
                each
                for each in self.board.cover
                if each.weekday == weekday
                and each.activity_id in self.marks
                and (activity is None or each.activity_id == activity)
                and (site is None or (each.site_id or self.marks[each.activity_id].site_id) == site)
            ]
            lacks = tuple(
                Lack(each, self.marks[each.activity_id], self.looks[each.activity_id])
                for each in sorted(needs, key=lambda need: (need.filled - need.needed, need.start))
                if each.filled < each.needed
            )
            filled = sum(min(each.filled, each.needed) for each in needs)
            days.append(Cover(filled, sum(each.needed for each in needs), lacks))
        return tuple(days)
