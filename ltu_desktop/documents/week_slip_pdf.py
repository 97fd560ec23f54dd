"""Weekly slips: a person's week on an A5 page of her own, in large type, a colour, a pictogram and a word a line.

One idea a line, no abbreviation, figures for hours; "no work" for any day off, whatever the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents.fonts import BOLD, REGULAR, SEMIBOLD
from ltu_desktop.documents.ground_pages import bind, joined
from ltu_desktop.documents.pdf_frame import Mark as Bookmark
from ltu_desktop.documents.pdf_frame import Page
from ltu_desktop.documents.pdf_sheet import ACCENT, GREY, INK, PORTRAIT, TINT, WHITE
from ltu_desktop.documents.shades import under_white

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.ground import Imprint, Stint, WeekDay, WeekSlip
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.words import Words

A5 = (148.0, 210.0)
EDGE, WIDE = 9.0, 130.0
TOP, LOW = 22.0, 158.0  # between the heading and what is said below the days
TILE = 19.0
ICON, WORD, PLACE = 40.0, 62.5, 107.0  # where the columns begin
FREE = 10.0  # height of a day off


def week_slips_pdf(slips: Sequence[WeekSlip], words: Words, imprint: Imprint, *, two_up: bool = False) -> bytes:
    """Draw a slip for each person; `two_up` sets two on an A4 page to be cut. Give the bytes of a PDF/A-3b file."""
    pages = []
    for at in range(0, len(slips), 2 if two_up else 1):
        page = Page(size=(PORTRAIT[1], PORTRAIT[0]) if two_up else A5, first=True)
        for place, slip in enumerate(slips[at : at + (2 if two_up else 1)]):
            page.marks.append(Bookmark(slip.first_name, 10.0))
            page.add(_Slip(slip, words, imprint, EDGE + place * (A5[0] + 0.5)).draw)
        pages.append(page)
    days = slips[0].days
    title = words.text(
        "Weekly slips – week {week} – {employer}", week=days[0].day.isocalendar().week, employer=imprint.employer
    )
    return bind(pages, words, imprint, title, words.term("paper", "My week"))


class _Slip:
    """One slip; its left edge may be in the middle of a larger page."""

    def __init__(self, value: WeekSlip, words: Words, imprint: Imprint, left: float) -> None:
        self.value, self.words, self.imprint, self.left = value, words, imprint, left

    def draw(self, sheet: Sheet) -> None:
        """Draw the whole slip."""
        self._heading(sheet)
        worked = [day for day in self.value.days if day.stints]
        room = LOW - TOP - FREE * (len(self.value.days) - len(worked))
        height = min(29.0, room / max(1, len(worked)))
        y = TOP
        for day in self.value.days:
            y = self._day(sheet, y, day, height) if day.stints else self._free(sheet, y, day)
        self._after(sheet, y)
        self._foot(sheet)

    def _heading(self, sheet: Sheet) -> None:
        words, left = self.words, self.left
        first, last = self.value.days[0].day, self.value.days[-1].day
        right = left + WIDE
        sheet.text(right, 12.0, words.term("paper", "My week"), 14, face=SEMIBOLD, colour=ACCENT, align="r")
        begin = str(first.day) if first.month == last.month else words.day_of_month(first)
        dates = words.text("{first} to {last}", first=begin, last=words.day_of_month(last))
        taken = sheet.text(right, 18.2, dates, 14, face=SEMIBOLD, align="r")
        sheet.fitted(left, 16.8, self.value.first_name, WIDE - taken - 6, 30, face=BOLD)
        sheet.rule(left, TOP, WIDE, 2.0, INK)

    def _name_of(self, day: WeekDay) -> str:
        name = self.words.weekday(day.day)
        return name[:1].upper() + name[1:]

    def _day(self, sheet: Sheet, y: float, day: WeekDay, height: float) -> float:
        left = self.left
        sheet.fitted(left, y + 8.4, self._name_of(day), ICON - 3, 18, face=SEMIBOLD)
        sheet.text(left, y + 18.6, str(day.day.day), 24, face=REGULAR)
        groups = _groups(day.stints)
        each = (height - 2.4) / len(groups)
        for place, group in enumerate(groups):
            top = y + 2.4 + place * each
            side = min(TILE, each - 2.0)
            mark = group[0].mark
            sheet.rounded(left + ICON, top, side, side, under_white(mark.bar))
            sheet.pictogram(left + ICON + side * 0.16, top + side * 0.16, side * 0.68, mark.pictogram, WHITE)
            (self._short if len(groups) > 1 else self._long)(sheet, top, group)
        sheet.rule(left, y + height, WIDE, 1.0, INK)
        return y + height

    def _long(self, sheet: Sheet, top: float, group: Sequence[Stint]) -> None:
        """Write the one thing of a day: word, hours line by line, place with its pin."""
        left, words = self.left, self.words
        sheet.fitted(left + WORD, top + 5.8, group[0].mark.name, WIDE - WORD, 19, face=SEMIBOLD)
        line = top + 12.4
        for stint in group:
            sheet.text(left + WORD, line, words.clock_time(stint.start), 15, face=SEMIBOLD)
            sheet.text(left + WORD + 18.5, line, "→", 15)
            sheet.text(left + WORD + 25.0, line, words.clock_time(stint.end), 15, face=SEMIBOLD)
            line += 6.6
        if group[0].place:
            middle = left + (PLACE + WIDE) / 2
            sheet.pictogram(middle - 2.6, top + 10.0, 5.2, "map-pin")
            sheet.fitted(middle, top + 19.0, group[0].place, WIDE - PLACE, 11, face=SEMIBOLD, align="c")

    def _short(self, sheet: Sheet, top: float, group: Sequence[Stint]) -> None:
        """Write one of several things of a day: word and place, hours at the right."""
        left, words = self.left, self.words
        sheet.fitted(left + WORD - 8, top + 4.2, group[0].mark.name, PLACE - WORD + 2, 14, face=SEMIBOLD)
        if group[0].place:
            sheet.fitted(left + WORD - 8, top + 8.2, group[0].place, PLACE - WORD + 2, 10)
        for number, stint in enumerate(group):
            text = f"{words.clock_time(stint.start)} → {words.clock_time(stint.end)}"
            sheet.fitted(left + WIDE, top + 4.2 + number * 4.6, text, WIDE - PLACE + 6, 13, face=SEMIBOLD, align="r")

    def _free(self, sheet: Sheet, y: float, day: WeekDay) -> float:
        left = self.left
        x = left + sheet.text(left, y + 6.6, self._name_of(day), 16, face=SEMIBOLD) + 4.0
        x += sheet.text(x, y + 6.6, str(day.day.day), 16) + 4.0
        sheet.text(max(x, left + ICON), y + 6.6, self.words.term("paper", "No work"), 15, face=SEMIBOLD, colour=GREY)
        sheet.rule(left, y + FREE, WIDE, 0.6, INK)
        return y + FREE

    def _after(self, sheet: Sheet, y: float) -> None:
        words, value, left = self.words, self.value, self.left
        total = words.text("This week: {hours}", hours=_spoken(words, value.minutes))
        sheet.fitted(left, y + 8.0, total, WIDE, 17, face=SEMIBOLD)
        away = [day for day in value.days if any(each.place not in {"", value.home} for each in day.stints)]
        if not value.home or len(away) > 1:  # each line says its place; only the one exception is worth a sentence
            return
        for day in away:
            places = sorted({each.place for each in day.stints if each.place not in {"", value.home}})
            said = words.text("On {day} I work at {place}.", day=words.weekday(day.day), place=", ".join(places))
            sheet.fitted(left, y + 13.6, said[:1].upper() + said[1:], WIDE, 11)

    def _foot(self, sheet: Sheet) -> None:
        words, left, contact = self.words, self.left, self.imprint.contact
        if contact is not None:
            sheet.rounded(left, 178.0, WIDE, 16.5, TINT)
            sheet.pictogram(left + 5.0, 182.0, 8.0, "phone")
            said = words.text("A problem? I call {name}.", name=contact.name)
            sheet.fitted(left + 18.0, 184.8, said, WIDE - 22, 12, face=SEMIBOLD)
            sheet.fitted(left + 18.0, 191.4, contact.phone, WIDE - 22, 15, face=BOLD)
        week = self.value.days[0].day.isocalendar().week
        foot = words.text("{employer} · week {week}", employer=self.imprint.employer, week=week)
        printed = words.text("printed on {day}", day=words.day(self.imprint.printed.date()))
        taken = sheet.text(left + WIDE, 203.0, printed, 8, colour=GREY, align="r")
        sheet.fitted(left, 203.0, foot, WIDE - taken - 6, 8, colour=GREY)


def _groups(stints: Sequence[Stint]) -> list[list[Stint]]:
    """Group a day's stretches by activity and place, in order: one tile each."""
    found: list[list[Stint]] = []
    for stint in joined(stints):
        if found and (found[-1][0].mark, found[-1][0].place) == (stint.mark, stint.place):
            found[-1].append(stint)
        else:
            found.append([stint])
    return found


def _spoken(words: Words, minutes: int) -> str:
    """Write a total in words: `24 hours`, `24 h 30`."""
    hours, rest = divmod(minutes, 60)
    return words.duration(minutes) if rest else words.plural("{count} hour", "{count} hours", hours)
