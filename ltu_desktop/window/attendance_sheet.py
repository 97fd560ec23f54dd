"""The month as the grid holds it: rows in teams, cells that take what is typed at once, sums. No Qt, no file.

What is typed shows before it is saved. `put` gives back what has to be saved and what to `restore` when that fails.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nlargest
from typing import TYPE_CHECKING

from ltu_desktop.queries.attendance_rows import DayCell, SheetState
from ltu_desktop.queries.names import namesakes
from ltu_desktop.rules.attendance import Entry, parse_cell
from ltu_desktop.rules.attendance_days import DayTarget, settle
from ltu_desktop.rules.errors import Problem
from ltu_desktop.window.attendance_keys import Block, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ltu_desktop.queries.attendance_rows import ActivityHead, DayHead, MonthGrid, PersonMonth
    from ltu_desktop.window.attendance_layout import Line

LONGEST = 12
Key = tuple[bytes, bytes | None]
"""Names a row for good: the person, and the activity where a row is one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of absence of one kind in a row, as far as only days without plan lie between."""

    kind: str
    first: date
    last: date
    minutes: int


def stretches(cells: Sequence[DayCell], days: Sequence[DayHead]) -> tuple[Stretch, ...]:
    """Put a person's days of absence together: from Friday to Monday is one absence when nobody works between."""
    found: list[Stretch] = []
    running: dict[str, tuple[int, int, int]] = {}  # kind: place in found, last column, minutes
    for column, cell in enumerate(cells):
        for missed in cell.absences:
            known = running.get(missed.kind)
            between = cells[known[1] + 1 : column] if known else ()
            if known and not any(each.target or each.said for each in between):
                at, minutes = known[0], known[2] + missed.minutes
                found[at] = Stretch(missed.kind, found[at].first, days[column].day, minutes)
            else:
                at, minutes = len(found), missed.minutes
                found.append(Stretch(missed.kind, days[column].day, days[column].day, minutes))
            running[missed.kind] = (at, column, minutes)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: a person's month, or one activity's share of it. Only a row that is somebody's can be typed in."""

    key: Key
    name: str
    note: str
    cells: tuple[DayCell, ...]
    planned: int
    done: int
    absent: int
    balance: int
    staff_number: str = ""
    apart: str = ""  # the staff number, where somebody else bears the same name
    sheet: SheetState | None = None
    team: bytes | None = None
    editable: bool = True
    absences: tuple[Stretch, ...] = ()

    def with_cells(self, cells: tuple[DayCell, ...], days: Sequence[DayHead]) -> GridRow:
        """Return the row with other cells of the days, their sums and absences."""
        planned, done, absent = (
            sum(cell.target for cell in cells),
            sum(cell.done for cell in cells),
            sum(cell.absent for cell in cells),
        )
        return replace(
            self,
            cells=cells,
            planned=planned,
            done=done,
            absent=absent,
            balance=done + absent - planned,
            absences=stretches(cells, days),
        )


@dataclass(frozen=True, slots=True)
class Team:
    """Rows under one head; `rows` are places in the sheet."""

    key: bytes | None
    name: str
    icon: str
    rows: tuple[int, ...]
    site: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """Minutes of several rows."""

    planned: int = 0
    done: int = 0
    absent: int = 0
    balance: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.planned + other.planned,
            self.done + other.done,
            self.absent + other.absent,
            self.balance + other.balance,
        )


@dataclass(frozen=True, slots=True)
class Put:
    """What was put: where and what (as typed), what stood there, the new cells to know them by, what was refused.

    Columns are those of `days`: in another month they are other days.
    """

    days: tuple[DayHead, ...]
    texts: dict[tuple[Key, int], str]
    before: dict[tuple[Key, int], DayCell]
    after: dict[tuple[Key, int], DayCell]
    refused: dict[tuple[Key, int], Problem]


@dataclass(frozen=True, slots=True)
class Figures:
    """A range: how many cells, how many of them hold hours, and the sum of these in minutes."""

    cells: int
    filled: int
    total: int

    @property
    def mean(self) -> int:
        """Minutes of a filled cell on average."""
        return round(self.total / self.filled)


@dataclass
class Sheet:
    """Rows in teams, some of which are folded; places are those of the rows that are shown."""

    days: tuple[DayHead, ...] = ()
    rows: list[GridRow] = field(default_factory=list)
    teams: tuple[Team, ...] = ()
    mark: str = ","
    folded: set[bytes | None] = field(default_factory=set)
    shown: list[int] = field(default_factory=list)
    lines: dict[int, Sequence[Line]] = field(default_factory=dict)  # as laid out before, by the scale of the texts
    _sums: dict[Sequence[int], Sums] = field(default_factory=dict)

    @cached_property
    def longest(self) -> list[GridRow]:
        """The rows that say most in letters: the widest is one of them, and there may be thousands."""
        return nlargest(LONGEST, self.rows, key=lambda row: len(row.name) + len(row.apart) + len(row.note))

    def lay(self) -> None:
        """Find out which rows are shown."""
        self.lines.clear()
        self.shown = [row for team in self.teams if team.key not in self.folded for row in team.rows]

    @property
    def size(self) -> tuple[int, int]:
        """How many rows are shown, and how many days there are."""
        return len(self.shown), len(self.days)

    def row(self, place: int) -> GridRow:
        """Return a row that is shown."""
        return self.rows[self.shown[place]]

    def cell(self, spot: Spot) -> DayCell:
        """Return a cell."""
        return self.rows[self.shown[spot.row]].cells[spot.column]

    def text(self, spot: Spot) -> str:
        """Return a cell as it would be typed."""
        return self.cell(spot).text(self.mark)

    def filled(self, spot: Spot) -> bool:
        """Tell whether a cell holds anything typed."""
        cell = self.cell(spot)
        return cell.said or bool(cell.absences)

    def wanted(self, spot: Spot) -> bool:
        """Tell whether Tab stops at a cell: somebody should work, or something stands there."""
        cell = self.cell(spot)
        return cell.target > 0 or cell.said or bool(cell.absences) or not self.row(spot.row).editable

    def place(self, key: Key) -> int | None:
        """Return where a row is shown, None when it is not."""
        return next((place for place, row in enumerate(self.shown) if self.rows[row].key == key), None)

    def team_of(self, place: int) -> Team:
        """Return the team of a row that is shown."""
        row = self.shown[place]
        return next(team for team in self.teams if row in team.rows)

    # ---- typing ----

    def put(self, texts: Mapping[Spot, str]) -> Put:
        """Take what is typed into many cells; those that cannot take it stay, with the reason."""
        return self.put_keys({(self.row(spot.row).key, spot.column): text for spot, text in texts.items()})

    def put_keys(self, texts: Mapping[tuple[Key, int], str]) -> Put:
        """Take what is typed, by rows' keys: as `put`, and for what is on its way when the rows are read again."""
        put = Put(self.days, {}, {}, {}, {})
        changed: dict[int, dict[int, DayCell]] = defaultdict(dict)
        read: dict[str, Entry | Problem] = {}
        places = {row.key: at for at, row in enumerate(self.rows)}
        for where, text in texts.items():
            at = places.get(where[0])
            if at is None or not self.rows[at].editable:
                continue
            row, column = self.rows[at], where[1]
            if text not in read:
                read[text] = parse_cell(text)
            old = row.cells[column]
            new = self._typed(row, old, read[text], self.days[column].holiday_name)
            if isinstance(new, Problem):
                put.refused[where] = new
                continue
            put.texts[where], put.before[where], put.after[where] = text, old, new
            changed[at][column] = new
        self._take(changed)
        return put

    @staticmethod
    def _typed(row: GridRow, old: DayCell, entry: Entry | Problem, holiday: str) -> DayCell | Problem:
        if isinstance(entry, Problem):
            return entry
        target = DayTarget(old.target, old.morning, old.holiday, holiday if old.code == "JF" else "", old.closed)
        if row.key[1] is not None:  # an activity's share: hours alone
            if entry.absences:
                return replace_code(entry)
            return shared(old, entry.minutes)
        outcome = settle(entry, target)
        if isinstance(outcome, Problem):
            return outcome
        from ltu_desktop.queries.attendance import day_cell

        worked = None if outcome.done is None else ((None, outcome.done),)
        hidden = tuple(each for each in old.absences if each.kind == "absent")  # whoever may not see them keeps them
        return day_cell(target, worked, (*hidden, *outcome.absences))

    def restore(self, put: Put) -> None:
        """Give cells back what stood there before, unless something else was typed since, or another month is shown."""
        if not self.same_days(put):
            return
        changed: dict[int, dict[int, DayCell]] = defaultdict(dict)
        places = {row.key: at for at, row in enumerate(self.rows)}
        for (key, column), cell in put.after.items():
            at = places.get(key)
            if at is not None and self.rows[at].cells[column] is cell:
                changed[at][column] = put.before[key, column]
        self._take(changed)

    def _take(self, changed: Mapping[int, Mapping[int, DayCell]]) -> None:
        for at, cells in changed.items():
            row = self.rows[at]
            new = tuple(cells.get(column, cell) for column, cell in enumerate(row.cells))
            self.rows[at] = row.with_cells(new, self.days)
        self._sums.clear()

    def same_days(self, put: Put) -> bool:
        """Tell whether something was put into the month of these rows."""
        return [each.day for each in put.days] == [each.day for each in self.days]

    def set_sheet(self, key: Key, state: SheetState) -> None:
        """Note the state of a person's paper sheet."""
        for at, row in enumerate(self.rows):
            if row.key == key:
                self.rows[at] = replace(row, sheet=state)

    # ---- sums ----

    def sums(self, team: Team) -> Sums:
        """Add a team's rows up; its sums are kept until a row changes, for drawing asks for them each time."""
        if team.rows not in self._sums:
            planned = done = absent = balance = 0
            for row in map(self.rows.__getitem__, team.rows):
                planned += row.planned
                done += row.done
                absent += row.absent
                balance += row.balance
            self._sums[team.rows] = Sums(planned, done, absent, balance)
        return self._sums[team.rows]

    def day_sums(self, rows: Iterable[int]) -> list[int]:
        """Return the minutes worked by day, of some rows."""
        worked = [[cell.done for cell in self.rows[row].cells] for row in rows if self.rows[row].done]
        return [sum(column) for column in zip(*worked, strict=True)] or [0] * len(self.days)

    def figures(self, block: Block) -> Figures:
        """Count a range and sum it up."""
        done = [cell.done for spot in block.spots() if (cell := self.cell(spot)).said]
        return Figures(block.cells, len(done), sum(done))

    def open(self, team: Team, until: date) -> bool:
        """Tell whether a team has cells up to a day that "as planned" would fill; it is asked at each change."""
        columns = sum(head.day <= until for head in self.days)
        planned = (self.rows[row] for row in team.rows if self.rows[row].planned)
        return any(cell.planned_only for row in planned for cell in row.cells[:columns])

    def open_days(self, team: Team, first: date, last: date) -> list[int]:
        """Return the columns between two days in which "as planned" would fill cells of a team."""
        planned = [self.rows[row].cells for row in team.rows if self.rows[row].planned]
        asked = (column for column, head in enumerate(self.days) if first <= head.day <= last)
        return [column for column in asked if any(cells[column].planned_only for cells in planned)]


def replace_code(entry: Entry) -> Problem:
    """Refuse an absence in a row that is an activity's."""
    from ltu_desktop.rules.attendance import refusal, show_entry

    return refusal("cell_unreadable", show_entry(entry))


def shared(old: DayCell, minutes: int | None) -> DayCell:
    """Return an activity's share of a day."""
    return replace(old, done=minutes or 0, said=minutes is not None)


# ---- building ----


def people_rows(grid: MonthGrid, *, mark: str) -> list[GridRow]:
    """Make a row of each person of a month, in their order."""
    from ltu_desktop.rules.attendance import show_minutes

    weeks = {person.weekly_minutes for person in grid.people}  # few, whatever the number of people
    notes = {minutes: "" if minutes is None else show_minutes(minutes, mark) for minutes in weeks}
    alike = namesakes(person.list_name for person in grid.people)
    return [
        _person_row(person, notes[person.weekly_minutes], grid.days, alone=person.list_name not in alike)
        for person in grid.people
    ]


def people_sheet(
    grid: MonthGrid, rows: list[GridRow], sites: Mapping[bytes, str], *, nobody: str, mark: str = ","
) -> Sheet:
    """Put people's rows into teams: by activity, then by site; those of no activity come last, under `nobody`."""
    activities = {each.id: each for each in grid.activities}
    found: dict[bytes | None, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        found[row.team].append(at)
    teams = [_team(key, places, activities, sites, nobody) for key, places in found.items()]
    teams.sort(key=lambda team: (team.key is None, team.name.casefold()))
    sheet = Sheet(grid.days, rows, tuple(teams), mark)
    sheet.lay()
    return sheet


def _person_row(person: PersonMonth, note: str, days: Sequence[DayHead], *, alone: bool) -> GridRow:
    return GridRow(
        key=(person.person_id, None),
        name=person.list_name,
        note=note,
        cells=person.cells,
        planned=person.planned,
        done=person.done,
        absent=person.absent,
        balance=person.balance,
        staff_number=person.staff_number,
        apart="" if alone else person.staff_number,
        sheet=person.sheet,
        team=person.team,
        absences=stretches(person.cells, days),
    )


def _team(
    key: bytes | None,
    places: Sequence[int],
    activities: Mapping[bytes, ActivityHead],
    sites: Mapping[bytes, str],
    nobody: str,
) -> Team:
    if key is None or key not in activities:
        return Team(None, nobody, "users", tuple(places))
    activity = activities[key]
    return Team(key, activity.name, activity.pictogram, tuple(places), sites.get(activity.site_id or b"", ""))


def activity_sheet(grid: MonthGrid, person: PersonMonth | None, *, everybody: str, none: str, mark: str = ",") -> Sheet:
    """Show hours by activity: of everybody (to read), and of one person (to type in)."""
    rows: list[GridRow] = []
    activities: list[tuple[bytes | None, str]] = [(each.id, each.name) for each in grid.activities]
    activities.append((None, none))
    width = len(grid.days)
    totals: dict[bytes | None, list[int]] = defaultdict(lambda: [0] * width)
    for each in grid.people:
        for column, cell in enumerate(each.cells):
            for activity, minutes in cell.by_activity:
                totals[activity][column] += minutes
    whole = [
        _share_row((b"", key), name, [minutes or None for minutes in totals[key]], editable=False)
        for key, name in activities
        if key in totals
    ]
    rows += whole
    teams = [Team(b"all", everybody, "users", tuple(range(len(whole))))]
    if person is not None:
        start = len(rows)
        shares = [dict(cell.by_activity) for cell in person.cells]
        for key, name in activities:
            own = [share.get(key) for share in shares]
            if key is not None or any(each is not None for each in own):
                rows.append(_share_row((person.person_id, key), name, own, editable=key is not None))
        teams.insert(0, Team(b"one", person.list_name, "user", tuple(range(start, len(rows)))))
    sheet = Sheet(grid.days, rows, tuple(teams), mark)
    sheet.lay()
    return sheet


def _share_row(key: Key, name: str, minutes: Sequence[int | None], *, editable: bool) -> GridRow:
    cells = tuple(DayCell(done=each or 0, said=each is not None) for each in minutes)
    done = sum(cell.done for cell in cells)
    return GridRow(key, name, "", cells, 0, done, 0, 0, editable=editable)
