"""Where everything of the attendance grid lies, in logical pixels: pure arithmetic, no Qt.

Names stand still at the left, totals at the right, day heads above, sums below; the days scroll both ways between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ltu_desktop.window.attendance_keys import Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.window.attendance_sheet import Sheet

HEAD, FOOT, ROW, TEAM = 42, 32, 28, 32
NAME, NAME_NARROW, NAME_MOST = 160, 144, 200
DAY, DAY_GOOD, DAY_MOST = 26, 32, 48
FEW = 7  # days in sight: with fewer only the last of the sums stays
WIDE = (61, 61, 52, 55, 78)  # planned, done, absent, balance, sheet
SLIM = (60, 60, 50, 52, 30)  # in a narrow window the sheet is an icon
SLIM_BELOW = 1180  # width of the grid


class Area(NamedTuple):
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int


class Line(NamedTuple):
    """A line of the grid: a team's head, or a row that is shown; `place` counts each kind by itself."""

    team: bool
    place: int
    y: int
    height: int


def lines(sheet: Sheet, scale: int = 100) -> Sequence[Line]:
    """Return the lines from above, with their places in the whole height; `scale` is that of the texts, in percent."""
    if scale not in sheet.lines:
        sheet.lines[scale] = _lines(sheet, scale)
    return sheet.lines[scale]


def _lines(sheet: Sheet, scale: int) -> list[Line]:
    team_height, row_height = TEAM * scale // 100, ROW * scale // 100
    found: list[Line] = []
    y = row = 0
    for at, team in enumerate(sheet.teams):
        found.append(Line(True, at, y, team_height))
        y += team_height
        if team.key not in sheet.folded:
            for _ in team.rows:
                found.append(Line(False, row, y, row_height))
                y += row_height
                row += 1
    return found


class Part(StrEnum):
    """What lies at a place."""

    NOTHING = "nothing"
    CELL = "cell"
    NAME = "name"
    TOTAL = "total"
    SHEET = "sheet"
    TEAM = "team"
    DAY = "day"


class Hit(NamedTuple):
    """What lies at a place, and which: the row and column of a cell, the team's place, or the column of a day."""

    part: Part
    row: int = -1
    column: int = -1


@dataclass(frozen=True)
class Layout:
    """The whole arrangement for a width, some days and some lines."""

    width: int
    height: int
    columns: int
    lines: Sequence[Line]
    name: int
    day: int
    totals: tuple[int, ...]
    slim: bool = False  # the sheet's state is shown by its icon alone
    head: int = HEAD
    foot: int = FOOT

    @classmethod
    def make(
        cls, width: int, height: int, sheet: Sheet, scale: int = 100, need: Sequence[int] = (), names: int = 0
    ) -> Layout:
        """Lay a sheet out: names first, then the days, up to a most; below their least these scroll, day by day.

        All that holds texts grows with their `scale`, in percent. `need`: the least widths of the totals; one that
        needs nothing is left out. `names`: what the longest name needs; it gets that where the days leave it, and
        what is left beside whole days.
        """
        columns = len(sheet.days)
        slim = width * 100 < SLIM_BELOW * scale
        totals = tuple(each * scale // 100 for each in (SLIM if slim else WIDE))
        if need:
            totals = tuple(max(own, least) if least else 0 for own, least in zip(totals, need, strict=True))
        name = (NAME_NARROW if slim else NAME) * scale // 100
        least, most = DAY * scale // 100, DAY_MOST * scale // 100
        if slim and (width - sum(totals) - name) * 100 < FEW * DAY * scale:
            totals = (0, 0, 0, *totals[3:])
        room = width - sum(totals)
        wanted = max(name, min(names, max(NAME_MOST, room * 100 // scale - DAY_GOOD * columns) * scale // 100))
        day = min(most, max(least, (room - wanted) // max(1, columns)))
        scrolls = day * columns > room - name
        name = room - day * (max(1, (room - wanted) // day) if scrolls else columns)
        return cls(
            width,
            height,
            columns,
            lines(sheet, scale),
            name,
            day,
            totals,
            slim,
            HEAD * scale // 100,
            FOOT * scale // 100,
        )

    @property
    def totals_x(self) -> int:
        """Where the totals begin, which end at the right edge."""
        return self.width - sum(self.totals)

    @property
    def days_width(self) -> int:
        """How much of the days can be seen at once."""
        return self.totals_x - self.name

    @property
    def body_height(self) -> int:
        """How much of the lines can be seen at once."""
        return max(0, self.height - self.head - self.foot)

    @property
    def most_x(self) -> int:
        """How far the days scroll."""
        return max(0, self.day * self.columns - self.days_width)

    @property
    def most_y(self) -> int:
        """How far the lines scroll: until a whole line is the first of the last ones."""
        whole = self.lines[-1].y + self.lines[-1].height if self.lines else 0
        return self._line_from(whole - self.body_height)

    def _line_from(self, height: int) -> int:
        """Return where the first line begins that is at a height or below it."""
        at = bisect_left(self.lines, height, key=lambda line: line.y)
        return self.lines[min(at, len(self.lines) - 1)].y if self.lines else 0

    def whole_lines(self, scroll_y: int) -> int:
        """Return the scrolling nearest to one that cuts no line below the head."""
        after = self._line_from(scroll_y)
        before = self._line_before(scroll_y)
        return min(self.most_y, after if after - scroll_y < scroll_y - before else before)

    def _line_before(self, height: int) -> int:
        """Return where the last line begins that is at a height or above it."""
        at = bisect_right(self.lines, height, key=lambda line: line.y) - 1
        return self.lines[max(0, at)].y if self.lines else 0

    def whole_days(self, scroll_x: int) -> int:
        """Return the scrolling nearest to one that cuts no day."""
        return round(scroll_x / self.day) * self.day

    def day_x(self, column: int, scroll_x: int) -> int:
        """Return where a day begins."""
        return self.name + column * self.day - scroll_x

    def line_of_row(self, place: int) -> Line | None:
        """Return the line of a row that is shown."""
        return next((line for line in self.lines if not line.team and line.place == place), None)

    def below_team(self, team: int, scroll_y: int) -> int:
        """Return where a team's last line ends in the view."""
        at = next(at for at, line in enumerate(self.lines) if line.team and line.place == team)
        last = next((line for line in self.lines[at + 1 :] if line.team), None)
        end = last.y if last is not None else self.lines[-1].y + self.lines[-1].height
        return self.head + end - scroll_y

    def cell(self, spot: Spot, scroll_x: int, scroll_y: int) -> Area | None:
        """Return where a cell lies."""
        line = self.line_of_row(spot.row)
        if line is None:
            return None
        return Area(self.day_x(spot.column, scroll_x), self.head + line.y - scroll_y, self.day, line.height)

    def visible(self, scroll_y: int, top: int | None = None, bottom: int | None = None) -> Sequence[Line]:
        """Return the lines between two heights of the view."""
        high = self.head if top is None else top
        low = self.height - self.foot if bottom is None else bottom
        first = bisect_right(self.lines, scroll_y + high - self.head, key=lambda line: line.y) - 1
        last = bisect_right(self.lines, scroll_y + low - self.head - 1, key=lambda line: line.y)
        return self.lines[max(0, first) : last]

    def visible_days(self, scroll_x: int) -> range:
        """Return the days of which anything can be seen."""
        first = scroll_x // self.day
        return range(first, min(self.columns, (scroll_x + self.days_width - 1) // self.day + 1))

    def hit(self, x: int, y: int, scroll_x: int, scroll_y: int) -> Hit:
        """Say what lies at a place of the view."""
        column = (x - self.name + scroll_x) // self.day if self.name <= x < self.totals_x else -1
        if y < self.head:
            return Hit(Part.DAY, -1, column) if 0 <= column < self.columns else Hit(Part.NOTHING)
        found = self.visible(scroll_y, y, y + 1) if y < self.height - self.foot else ()
        line = next((one for one in found if one.y <= y - self.head + scroll_y < one.y + one.height), None)
        if line is None:
            return Hit(Part.NOTHING)
        if line.team:
            return Hit(Part.TEAM, line.place)
        if x < self.name:
            return Hit(Part.NAME, line.place)
        if x < self.totals_x:
            return Hit(Part.CELL, line.place, min(column, self.columns - 1))
        edge = self.totals_x
        for at, width in enumerate(self.totals):
            edge += width
            if x < edge:
                return Hit(Part.SHEET if at == len(self.totals) - 1 else Part.TOTAL, line.place, at)
        return Hit(Part.NOTHING)

    def nearest(self, x: int, y: int, scroll_x: int, scroll_y: int) -> Spot | None:
        """Return the cell nearest to a place: for a drag that leaves the days."""
        rows = [line for line in self.lines if not line.team]
        if not rows:
            return None
        height = y - self.head + scroll_y
        at = bisect_right(rows, height, key=lambda line: line.y) - 1
        column = min(max((x - self.name + scroll_x) // self.day, 0), self.columns - 1)
        return Spot(rows[max(0, at)].place, column)

    def reveal(self, spot: Spot, scroll_x: int, scroll_y: int) -> tuple[int, int]:
        """Return the least scrolling that shows a cell, with its team's head when it is the first of it."""
        line = self.line_of_row(spot.row)
        if line is None:
            return scroll_x, scroll_y
        at = self.lines.index(line)
        top = self.lines[at - 1].y if at and self.lines[at - 1].team else line.y
        end = min(line.y, self._line_from(line.y + line.height - self.body_height))
        y = min(scroll_y, top) if top < scroll_y else max(scroll_y, end)
        return self.reveal_day(spot.column, scroll_x), min(max(0, y), self.most_y)

    def reveal_day(self, column: int, scroll_x: int) -> int:
        """Return the least scrolling that shows a day."""
        left, right = column * self.day, (column + 1) * self.day
        x = min(scroll_x, left) if left < scroll_x else max(scroll_x, right - self.days_width)
        return min(max(0, x), self.most_x)
