"""Where everything lies on the week board, and what the hand does there: pure geometry, without Qt.

Lengths are logical pixels, times are minutes of a day. The board is a column of names, days of equal width, a column of
hours; above the rows stand the heads of the days and the row of the needs, which do not scroll.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

STEP: Final = 15  # minutes that times snap to
STEP_WIDTH: Final = 6  # pixels of a stretch that are one step
EDGE: Final = 7  # pixels at the sides of a block that stretch it
START: Final = 4  # pixels that the pointer moves before a press becomes a drag
DAY: Final = 1440
LATEST: Final = 2160  # a shift may last until noon of the next day
PAD: Final = 3
LINE: Final = 26  # height of a block where several stand one below the other
SLIM: Final = 46  # width below which a block holds no more than a code
HALF: Final = 14  # height that one line of text needs


class Box(NamedTuple):
    """A rectangle."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first pixel beyond it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first pixel below it."""
        return self.top + self.height

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a point lies in it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


class Area(StrEnum):
    """The parts of the board."""

    NAME = "name"
    DAY = "day"  # the head of a day
    COVER = "cover"
    CELL = "cell"
    HOURS = "hours"
    NOTHING = "nothing"


class Part(StrEnum):
    """The parts of a block."""

    BODY = "body"
    START = "start"
    END = "end"


class Spot(NamedTuple):
    """Where the cursor is: a row, a day, and which block of the cell (0 also when it is empty)."""

    row: int
    day: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point; `at` is the block's place in its cell, or -1 beside all blocks."""

    area: Area
    row: int = -1
    day: int = -1
    at: int = -1
    part: Part = Part.BODY


@dataclass(frozen=True)
class Lay:
    """The board in a width and height: `counts` are the blocks of each row and day, `offset` what is scrolled away.

    `stacked` puts the blocks of a cell one below the other (rows of activities), else they share its width.
    """

    width: int
    height: int
    counts: tuple[tuple[int, ...], ...]
    days: int = 6
    names: int = 166
    hours: int = 76
    head: int = 32
    cover: int = 50
    row: int = 42
    line: int = LINE
    stacked: bool = False
    offset: int = 0

    @cached_property
    def lefts(self) -> tuple[int, ...]:
        """The left sides of the days, and the right side of the last one."""
        wide = max(0, self.width - self.names - self.hours) // self.days  # one width, so that alike blocks read alike
        return tuple(self.names + wide * day for day in range(self.days + 1))

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """The tops of the rows from the first one's, and the bottom of the last one."""
        if not self.stacked:
            return tuple(range(0, (len(self.counts) + 1) * self.row, self.row))
        found = [0]
        for counts in self.counts:
            most = max(counts[: self.days], default=0)
            found.append(found[-1] + max(self.row, most * self.line + 2 * PAD))
        return tuple(found)

    @property
    def body(self) -> int:
        """The top of what scrolls."""
        return self.head + self.cover

    @property
    def most(self) -> int:
        """How far it can be scrolled."""
        return max(0, self.tops[-1] - (self.height - self.body))

    def scrolled(self, offset: int) -> Lay:
        """Return the same board, scrolled elsewhere."""
        return replace(self, offset=min(max(0, offset), self.most))

    def name_box(self, row: int) -> Box:
        """Return where a row's name stands."""
        return Box(0, self.body + self.tops[row] - self.offset, self.names, self.tops[row + 1] - self.tops[row])

    def hours_box(self, row: int) -> Box:
        """Return where a row's hours stand."""
        return self.name_box(row)._replace(left=self.lefts[-1], width=self.width - self.lefts[-1])

    def cell(self, row: int, day: int) -> Box:
        """Return where a row's day stands."""
        left, top = self.lefts[day], self.tops[row]
        return Box(left, self.body + top - self.offset, self.lefts[day + 1] - left, self.tops[row + 1] - top)

    def head_box(self, day: int) -> Box:
        """Return where a day's head stands."""
        return Box(self.lefts[day], 0, self.lefts[day + 1] - self.lefts[day], self.head)

    def cover_box(self, day: int) -> Box:
        """Return where a day's needs stand."""
        return Box(self.lefts[day], self.head, self.lefts[day + 1] - self.lefts[day], self.cover)

    def block(self, row: int, day: int, at: int) -> Box:
        """Return where a block stands in its cell."""
        return lanes(self.cell(row, day), max(1, self.counts[row][day]), stacked=self.stacked, line=self.line)[at]

    def visible(self) -> range:
        """Return the rows that can be seen, also in part."""
        first = bisect_right(self.tops, self.offset) - 1
        last = bisect_right(self.tops, self.offset + self.height - self.body - 1)
        return range(max(0, first), min(len(self.counts), last))

    def row_at(self, y: int) -> int:
        """Return the row at a height, the nearest one above and below all rows; -1 when there is none."""
        if not self.counts:
            return -1
        return min(max(0, bisect_right(self.tops, y - self.body + self.offset) - 1), len(self.counts) - 1)

    def day_at(self, x: int) -> int:
        """Return the day at a place, the nearest one beside all days."""
        return min(max(0, bisect_right(self.lefts, x) - 1), self.days - 1)

    def hit(self, x: int, y: int) -> Hit:
        """Return what lies under a point."""
        inside = self.names <= x < self.lefts[-1]
        if y < self.head:
            return Hit(Area.DAY, day=self.day_at(x)) if inside else Hit(Area.NOTHING)
        if y < self.body:
            return Hit(Area.COVER, day=self.day_at(x)) if inside else Hit(Area.NOTHING)
        if not 0 <= y - self.body + self.offset < self.tops[-1]:
            return Hit(Area.NOTHING)
        row = self.row_at(y)
        if x < self.names:
            return Hit(Area.NAME, row)
        if not inside:
            return Hit(Area.HOURS, row)
        day = self.day_at(x)
        for at in range(self.counts[row][day]):
            box = self.block(row, day, at)
            if box.holds(x, y):
                return Hit(Area.CELL, row, day, at, part_at(box, x))
        return Hit(Area.CELL, row, day)

    def shown(self, row: int) -> int:
        """Return the offset nearest to the present one at which a row is seen whole."""
        room = self.height - self.body
        if self.tops[row] < self.offset:
            return self.tops[row]
        if self.tops[row + 1] > self.offset + room:
            return min(self.tops[row], self.tops[row + 1] - room)
        return self.offset


def lanes(cell: Box, count: int, *, stacked: bool = False, line: int = LINE) -> list[Box]:
    """Part a cell between its blocks: side by side in the order of time, or one below the other where that is slim."""
    left, top, width, height = cell.left + PAD, cell.top + PAD, cell.width - 2 * PAD - 1, cell.height - 2 * PAD - 1
    if stacked:
        return [Box(left, top + at * line, width, line - 2) for at in range(count)]
    half = (height - 2 * (count - 1)) // count
    if count > 1 and (width + PAD) // count - PAD < SLIM and half >= HALF:
        return [Box(left, top + at * (half + 2), width, half) for at in range(count)]
    edges = [left + (width + PAD) * at // count for at in range(count + 1)]
    return [Box(edges[at], top, edges[at + 1] - edges[at] - PAD, height) for at in range(count)]


def part_at(box: Box, x: int) -> Part:
    """Tell which part of a block a place is; a narrow one keeps the middle third for its body."""
    edge = min(EDGE, box.width // 3)
    if x < box.left + edge:
        return Part.START
    return Part.END if x >= box.right - edge else Part.BODY


def snap(minute: int) -> int:
    """Return the nearest step."""
    return (minute + STEP // 2) // STEP * STEP


def stretched(start: int, end: int, pause: int, part: Part, steps: int) -> tuple[int, int]:
    """Move one end of a span by steps on the grid of 15 minutes; at least a step of work is left, the day holds it."""
    least = pause + STEP
    if part is Part.START:
        begin = snap(start) + steps * STEP if steps else start
        return max(0, min(begin, end - least)), end
    finish = snap(end) + steps * STEP if steps else end
    return start, min(LATEST, max(finish, start + least))


class Grasp(StrEnum):
    """What the hand does with a block."""

    MOVE = "move"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Hand:
    """A block in the hand: where it was taken, where it is now, and its times now. `copies` leaves the block there."""

    grasp: Grasp
    origin: Spot
    target: Spot
    start: int
    end: int
    pause: int
    was: tuple[int, int]
    pressed: tuple[int, int] = (0, 0)  # where the pointer was when it was taken
    copies: bool = False
    keys: bool = False  # held by the keyboard

    @property
    def moved(self) -> bool:
        """Tell whether letting go would change anything."""
        if self.grasp is Grasp.MOVE:
            return (self.target.row, self.target.day) != (self.origin.row, self.origin.day)
        return (self.start, self.end) != self.was


def take(
    spot: Spot, span: tuple[int, int, int], part: Part, at: tuple[int, int] = (0, 0), *, keys: bool = False
) -> Hand:
    """Take a block (start, end, break) by one of its parts."""
    start, end, pause = span
    grasp = {Part.BODY: Grasp.MOVE, Part.START: Grasp.START, Part.END: Grasp.END}[part]
    return Hand(grasp, spot, spot, start, end, pause, (start, end), at, keys=keys)


def far(pressed: tuple[int, int], x: int, y: int) -> bool:
    """Tell whether the pointer went far enough for a press to be a drag."""
    return max(abs(x - pressed[0]), abs(y - pressed[1])) >= START


def drag(hand: Hand, lay: Lay, x: int, y: int, *, copies: bool) -> Hand:
    """Move what is in the hand to a point."""
    if hand.grasp is Grasp.MOVE:
        return replace(hand, target=Spot(lay.row_at(y), lay.day_at(x)), copies=copies)
    steps = round((x - hand.pressed[0]) / STEP_WIDTH)
    part = Part.START if hand.grasp is Grasp.START else Part.END
    start, end = stretched(*hand.was, hand.pause, part, steps)
    return replace(hand, start=start, end=end)


def carry(hand: Hand, lay: Lay, across: int, down: int) -> Hand:
    """Move what the keyboard holds by days and rows; it stays on the board."""
    row = min(max(0, hand.target.row + down), len(lay.counts) - 1)
    return replace(hand, target=Spot(row, min(max(0, hand.target.day + across), lay.days - 1)))


def stretch(hand: Hand, steps: int) -> Hand:
    """Stretch what the keyboard holds by further steps."""
    part = Part.START if hand.grasp is Grasp.START else Part.END
    start, end = stretched(hand.start, hand.end, hand.pause, part, steps)
    return replace(hand, start=start, end=end)


def step(spot: Spot, lay: Lay, across: int, down: int) -> Spot:
    """Move the cursor: from block to block in a cell and on to the next day, or to the same day of another row."""
    if not lay.counts:
        return Spot(0, 0)
    row, day, at = spot.row, spot.day, spot.at
    last = len(lay.counts) - 1
    if lay.stacked and down:
        if 0 <= at + down < lay.counts[row][day]:
            return Spot(row, day, at + down)
        target = min(max(0, row + down), last)
        if target == row:
            return spot
        return Spot(target, day, 0 if down > 0 else max(0, lay.counts[target][day] - 1))
    if down:
        return kept(Spot(row + down, day, 0), lay)
    if not lay.stacked and 0 <= at + across < lay.counts[row][day]:
        return Spot(row, day, at + across)
    target = day + across
    if not 0 <= target < lay.days:
        return spot
    return Spot(row, target, 0 if across > 0 or lay.stacked else max(0, lay.counts[row][target] - 1))


def kept(spot: Spot, lay: Lay) -> Spot:
    """Keep the cursor on the board, and on a block that is there."""
    if not lay.counts:
        return Spot(0, 0)
    row, day = min(max(0, spot.row), len(lay.counts) - 1), min(max(0, spot.day), lay.days - 1)
    return Spot(row, day, min(max(0, spot.at), max(0, lay.counts[row][day] - 1)))
