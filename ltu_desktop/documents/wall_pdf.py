"""The plan on the wall: a site's or an activity's week on A3 or A4, read from two metres, in colour or in grey.

Absent, off, ill, on leave: all the same dash; the file itself holds nothing more.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.fonts import BOLD, ELLIPSIS, REGULAR, SEMIBOLD
from ltu_desktop.documents.ground_pages import bind, is_morning, is_whole, joined, span
from ltu_desktop.documents.pdf_frame import Mark as Bookmark
from ltu_desktop.documents.pdf_frame import Page
from ltu_desktop.documents.pdf_sheet import ACCENT, GREY, HAIR, INK, MM, WHITE
from ltu_desktop.documents.pdf_table import CAP
from ltu_desktop.documents.shades import under_white

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.documents.ground import Imprint, Stint, Wall, WallRow
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.words import Words

A3 = (420.0, 297.0)
EDGE = 10.0
WHOLE = A3[0] - 2 * EDGE
NAME = 58.0
TOP, HEAD, FOOT = 28.0, 13.0, 278.0  # top of the days, their height, top of the line of those present
MOST, LEAST_ROW, MOST_ROW = 25, 9.0, 14.0
A4_SCALE = 297.0 / 420.0


def wall_pdf(walls: Sequence[Wall], words: Words, imprint: Imprint, *, a4: bool = False) -> bytes:
    """Draw each plan, over sheets of even length when it is long; give the bytes of a PDF/A-3b file. `a4`: smaller."""
    pages = []
    for wall in walls:
        count = max(1, ceil(len(wall.rows) / MOST))
        each = ceil(len(wall.rows) / count)
        for number in range(count):
            rows = wall.rows[number * each : (number + 1) * each]
            page = Page(size=(297.0, 210.0) if a4 else A3, first=True)
            if number == 0:
                page.marks.append(Bookmark(wall.title, 10.0))
            drawing = _Drawing(wall, rows, words, imprint, (number + 1, count))
            page.add(drawing.draw_small if a4 else drawing.draw)
            pages.append(page)
    week = walls[0].days[0].isocalendar().week
    title = words.text("Plan of the week {week} – {employer}", week=week, employer=imprint.employer)
    return bind(pages, words, imprint, title, words.term("paper", "Plan of the week"))


class _Drawing:
    """A sheet for the wall."""

    def __init__(
        self, wall: Wall, rows: Sequence[WallRow], words: Words, imprint: Imprint, number: tuple[int, int]
    ) -> None:
        self.wall, self.rows, self.words, self.imprint, self.number = wall, rows, words, imprint, number
        self.day_width = (WHOLE - NAME) / len(wall.days)
        room = FOOT - TOP - HEAD - 2.0
        self.row = min(MOST_ROW, max(LEAST_ROW, room / max(1, len(rows))))
        self.usual = usual_hours(wall)

    def draw_small(self, sheet: Sheet) -> None:
        """Draw the whole sheet on A4."""
        sheet.scaled(A4_SCALE, A3, self.draw)

    def draw(self, sheet: Sheet) -> None:
        """Draw the whole sheet."""
        self._heading(sheet)
        self._days(sheet)
        y = TOP + HEAD + 1.2
        for place, row in enumerate(self.rows):
            self._row(sheet, y + place * self.row, row, place)
        self._present(sheet, y + len(self.rows) * self.row)
        self._foot(sheet)

    def _heading(self, sheet: Sheet) -> None:
        words, wall = self.words, self.wall
        right = 0.0
        for key, baseline in (("morning", 14.6), ("afternoon", 21.6)):
            if self.usual.get(key):
                start, end = self.usual[key]
                text = (
                    words.text("Morning: {start} to {end}", start=words.clock_time(start), end=words.clock_time(end))
                    if key == "morning"
                    else words.text(
                        "Afternoon: {start} to {end}", start=words.clock_time(start), end=words.clock_time(end)
                    )
                )
                right = max(right, sheet.text(A3[0] - EDGE, baseline, text, 15, face=SEMIBOLD, align="r"))
        room = WHOLE - right - 10
        first, last = wall.days[0], wall.days[-1]
        taken = sheet.fitted(EDGE, 22.4, wall.title, room * 0.42, 40, face=BOLD)
        x = EDGE + taken + 10
        week = words.text("Week {week}", week=first.isocalendar().week)
        x += sheet.text(x, 22.4, week, 26, face=SEMIBOLD, colour=ACCENT) + 7
        begin = f"{words.weekday(first)} {first.day}" if first.month == last.month else self._long(first)
        said = words.text("from {first} to {last}", first=begin, last=self._long(last))
        if self.number[1] > 1:
            said += f" · {self.number[0]}/{self.number[1]}"
        sheet.fitted(x, 22.4, said, EDGE + room - x, 26, face=SEMIBOLD)

    def _long(self, day: date) -> str:
        return f"{self.words.weekday(day)} {self.words.day_of_month(day)}"

    def _days(self, sheet: Sheet) -> None:
        for place, day in enumerate(self.wall.days):
            x = self._x(place)
            sheet.tint(x, TOP, self.day_width - 0.6, HEAD, INK)
            name = self.words.weekday(day)
            text = f"{name[:1].upper()}{name[1:]} {day.day}"
            middle = x + self.day_width / 2
            sheet.fitted(middle, TOP + 9.2, text, self.day_width - 4, 23, face=BOLD, colour=WHITE, align="c")

    def _x(self, day: int) -> float:
        return EDGE + NAME + day * self.day_width

    def _row(self, sheet: Sheet, y: float, row: WallRow, place: int) -> None:
        if place % 2 == 0:
            sheet.tint(EDGE, y, NAME, self.row - 0.4)
        baseline = y + self.row / 2 + CAP * 18
        initial = sheet.text(EDGE + NAME - 2, baseline, row.initial, 14, face=SEMIBOLD, colour=GREY, align="r")
        sheet.fitted(EDGE + 2, baseline, row.first_name, NAME - initial - 7, 18, face=BOLD)
        for number, stints in enumerate(row.days):
            self._cell(sheet, self._x(number), y + 0.4, stints)

    def _cell(self, sheet: Sheet, x: float, y: float, stints: Sequence[Stint]) -> None:
        width, height = self.day_width - 0.6, self.row - 1.2
        blocks = blocks_of(stints)
        if not blocks:
            self._nothing(sheet, x, y, width, height)
            return
        if len(blocks) == 1 and blocks[0][0] == "day":
            self._block(sheet, x, y, width, height, blocks[0][1])
            return
        halves: dict[str, list[list[Stint]]] = {"morning": [], "afternoon": []}
        for half, block in blocks:
            halves["morning" if half == "day" else half].append(block)
        if len(blocks) == 2 and not (halves["morning"] and halves["afternoon"]):  # two stretches in one half
            halves = {"morning": [blocks[0][1]], "afternoon": [blocks[1][1]]}
        for place, half in enumerate(("morning", "afternoon")):
            left, room = x + place * width / 2, width / 2 - (0.5 if place == 0 else 0)
            if not halves[half]:
                self._nothing(sheet, left, y, room, height)
            for number, block in enumerate(halves[half]):
                each = room / len(halves[half])
                self._block(sheet, left + number * each, y, each - 0.3, height, block)

    def _nothing(self, sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        sheet.box(x, y, width, height, 0.5, colour=HAIR)
        sheet.text(x + width / 2, y + height / 2 + CAP * 14, "–", 14, colour=GREY, align="c")

    def _block(self, sheet: Sheet, x: float, y: float, width: float, height: float, block: Sequence[Stint]) -> None:
        mark, place = block[0].mark, block[0].place
        middle = y + height / 2
        if self.wall.place and place and place != self.wall.place:
            sheet.box(x, y, width, height, 0.6, colour=GREY)
            text = f"→ {place}"
            sheet.fitted(x + width / 2, middle + CAP * 13, text, width - 3, 13, face=SEMIBOLD, align="c")
            return
        bar = under_white(mark.bar)
        sheet.box(x, y, width, height, 0.6, colour=bar, fill=mark.tint)
        side = min(height, width * 0.22)
        sheet.tint(x, y, side, height, bar)
        sheet.pictogram(x + side * 0.14, middle - side * 0.36, side * 0.72, mark.pictogram, WHITE)
        left, room = x + side + 1.6, width - side - 2.6
        hours = self._other_hours(block)
        size = 17 if width > self.day_width * 0.7 else 13
        if hours and size == 17:
            room -= (
                sheet.fitted(x + width - 1.6, middle + CAP * 11, hours, room * 0.45, 11.5, face=SEMIBOLD, align="r") + 2
            )
        elif hours and height >= 9.5:
            sheet.fitted(left, middle + 3.4, hours, room, 11.5, face=SEMIBOLD)
            sheet.fitted(left, middle - 0.2, mark.name, room, size, face=SEMIBOLD)
            return
        two = min(13, height * 1.05)
        lines = fonts.wrap(fonts.drawable(mark.name), SEMIBOLD, two, room * MM)
        if size == 13 and len(lines) == 2 and not any(each.endswith(ELLIPSIS) for each in lines):
            pitch = two * 0.385  # in two lines it is read from as far as its neighbours
            first = middle + CAP * two - pitch / 2
            for number, line in enumerate(lines):
                sheet.text(left, first + number * pitch, line, two, face=SEMIBOLD)
            return
        sheet.fitted(left, middle + CAP * size, mark.name, room, size, face=SEMIBOLD)

    def _other_hours(self, block: Sequence[Stint]) -> str:
        """Write the hours that are not the usual ones of the site."""
        words = self.words
        start, end = block[0].start, block[-1].end
        morning, afternoon = self.usual.get("morning"), self.usual.get("afternoon")
        begins = {each[0] for each in (morning, afternoon) if each}
        ends = {each[1] for each in (morning, afternoon) if each}
        if start in begins and end in ends:
            return ""
        if start in begins:
            return f"→ {words.clock_time(end)}"
        if end in ends:
            return f"{words.clock_time(start)} →"
        return span(words, start, end)

    def _present(self, sheet: Sheet, y: float) -> None:
        words = self.words
        last = self.number[0] == self.number[1]
        if not last:
            return
        baseline = min(y, FOOT - 1) + 6.6
        sheet.text(EDGE + 2, baseline, words.term("paper", "Present"), 14, face=BOLD)
        for number in range(len(self.wall.days)):
            for text, place in (
                (words.text("morning {count}", count=self._count(number, "morning")), 0.25),
                (words.text("afternoon {count}", count=self._count(number, "afternoon")), 0.75),
            ):
                x = self._x(number) + self.day_width * place
                sheet.fitted(x, baseline, text, self.day_width / 2 - 2, 13, face=SEMIBOLD, align="c")

    def _count(self, day: int, half: str) -> int:
        """Count those who are here in a half-day."""
        here = 0
        for row in self.wall.rows:
            stints = [each for each in row.days[day] if not self.wall.place or each.place in {"", self.wall.place}]
            here += any(each_half in {half, "day"} for each_half, _ in blocks_of(stints))
        return here

    def _foot(self, sheet: Sheet) -> None:
        words, imprint = self.words, self.imprint
        y = A3[1] - 11.0
        sheet.rule(EDGE, y - 1.5, WHOLE, 0.6, INK)
        day = words.weekday(imprint.printed.date())
        said = words.text("– = not here. Printed on {day} {date}.", day=day, date=words.day(imprint.printed.date()))
        taken = sheet.text(A3[0] - EDGE, y + 4.4, said, 11.5, colour=GREY, align="r")
        if imprint.contact is not None:
            text = words.text("A problem? Call {name}: {phone}", name=imprint.contact.name, phone=imprint.contact.phone)
            sheet.fitted(EDGE + 2, y + 4.8, text, WHOLE - taken - 8, 15, face=SEMIBOLD)
        else:
            sheet.fitted(EDGE + 2, y + 4.8, imprint.employer, WHOLE - taken - 8, 12, face=REGULAR)


def usual_hours(wall: Wall) -> dict[str, tuple[int, int]]:
    """Return from when to when most people work in each half of a day, for the head of the sheet."""
    counted: dict[str, Counter[tuple[int, int]]] = {"morning": Counter(), "afternoon": Counter()}
    for row in wall.rows:
        for stints in row.days:
            for stint in stints:
                if not is_whole(stint):
                    counted["morning" if is_morning(stint) else "afternoon"][stint.start, stint.end] += 1
    return {half: min(found, key=lambda each: (-found[each], each)) for half, found in counted.items() if found}


def blocks_of(stints: Sequence[Stint]) -> list[tuple[str, list[Stint]]]:
    """Group a day's stretches into blocks of one activity and place, each with its half: morning, afternoon or day."""
    groups: list[list[Stint]] = []
    for stint in joined(stints):
        if groups and (groups[-1][0].mark, groups[-1][0].place) == (stint.mark, stint.place):
            groups[-1].append(stint)
        else:
            groups.append([stint])
    found = []
    for group in groups:
        halves = {"day" if is_whole(each) else "morning" if is_morning(each) else "afternoon" for each in group}
        found.append((halves.pop() if len(halves) == 1 else "day", group))
    return found
