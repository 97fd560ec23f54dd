"""Month sheets on paper: a person a page, a line a date, two boxes to sign; all staff in one file.

Rows, order and codes equal the screen's, so that a signed sheet is keyed back line by line.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.ground import PAPER_CODES
from ltu_desktop.documents.ground_pages import bind, is_morning, is_whole, joined, span
from ltu_desktop.documents.pdf_frame import Mark as Bookmark
from ltu_desktop.documents.pdf_frame import Page
from ltu_desktop.documents.pdf_sheet import ACCENT, FIRM, GREY, HAIR, INK, MARGIN, PORTRAIT
from ltu_desktop.documents.pdf_table import CAP
from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import to_cent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.ground import Imprint, MonthSheet, SheetDay
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.words import Words

ROW, HEAD, TOP = 5.2, 9.0, 34.0
WIDTHS = {
    "date": 17.0,
    "activity": 40.0,
    "planned": 17.0,
    "morning": 28.0,
    "afternoon": 28.0,
    "done": 17.0,
    "gap": 15.0,
    "code": 10.0,
    "initials": 14.0,
}
EDGES = {key: MARGIN + sum(list(WIDTHS.values())[:place]) for place, key in enumerate(WIDTHS)}
WHOLE = sum(WIDTHS.values())
BOX, BOX_HEIGHT = 90.0, 30.0
WEEK = "DCE3E7"  # the tint of a week's total, a shade darker than rest days

CODES: dict[str, str] = {
    "CP": N_("paid leave"),
    "JF": N_("public holiday"),
    "FO": N_("training"),
    "RC": N_("time off in lieu"),
    "AB": N_("absence: the reason stays in the office"),
}


def month_sheets_pdf(sheets: Sequence[MonthSheet], words: Words, imprint: Imprint) -> bytes:
    """Draw a page for each person, in the given order; give the bytes of a PDF/A-3b file."""
    pages = []
    for sheet in sheets:
        page = Page(size=PORTRAIT, first=True)
        page.marks.append(Bookmark(sheet.list_name, 10.0))
        page.add(_Drawing(sheet, words, imprint).draw)
        pages.append(page)
    month = words.month(sheets[0].month)
    title = words.text("Attendance sheets – {month} – {employer}", month=month, employer=imprint.employer)
    return bind(pages, words, imprint, title, words.term("paper", "Attendance sheet"))


class _Drawing:
    """One person's page."""

    def __init__(self, value: MonthSheet, words: Words, imprint: Imprint) -> None:
        self.value, self.words, self.imprint = value, words, imprint

    def draw(self, sheet: Sheet) -> None:
        """Draw the whole page."""
        self._heading(sheet)
        y = self._head(sheet)
        top = y
        for _, week in groupby(self.value.days, key=lambda each: each.day.isocalendar()[:2]):
            days = list(week)
            for day in days:
                y = self._day(sheet, y, day)
            y = self._week(sheet, y, days)
        for key in list(EDGES)[1:]:
            sheet.upright(EDGES[key], top, y - top, 0.35, HAIR)
        y = self._total(sheet, y)
        self._foot(sheet, y)

    def _heading(self, sheet: Sheet) -> None:
        value, words = self.value, self.words
        month = words.month(value.month)
        right = sheet.text(
            sheet.right, 17.2, month[:1].upper() + month[1:], 18, face=SEMIBOLD, colour=ACCENT, align="r"
        )
        sheet.fitted(MARGIN, 17.2, words.term("paper", "Attendance sheet"), WHOLE - right - 6, 18, face=SEMIBOLD)
        sheet.rule(MARGIN, 20.0, WHOLE, 0.8, ACCENT)
        weekly = (
            words.text("{hours} a week", hours=words.duration(value.weekly_minutes, short=True))
            if value.weekly_minutes
            else "–"
        )
        cells = (
            (0.0, 72.0, words.term("paper", "NAME First name"), value.list_name, SEMIBOLD, 12.0),
            (74.0, 24.0, words.term("paper", "Staff number"), value.staff_number, REGULAR, 11.0),
            (100.0, 38.0, words.term("paper", "Site"), value.site or "–", REGULAR, 11.0),
            (140.0, 46.0, words.term("paper", "Contract"), weekly, REGULAR, 11.0),
        )
        for x, room, label, said, face, size in cells:
            sheet.fitted(MARGIN + x, 24.2, label, room, 8, colour=GREY)
            sheet.fitted(MARGIN + x, 29.4, said, room, size, face=face)
        sheet.rule(MARGIN, 32.2, WHOLE, 0.35, HAIR)

    def _head(self, sheet: Sheet) -> float:
        words = self.words
        sheet.tint(MARGIN, TOP, WHOLE, HEAD)
        low = TOP + HEAD - 1.6
        heads = {
            "date": (words.term("paper", "Date"), "l"),
            "activity": (words.term("paper", "Planned activity"), "l"),
            "planned": (words.term("paper", "Planned"), "r"),
            "done": (words.term("paper", "Done"), "r"),
            "gap": (words.term("paper", "Gap"), "r"),
            "code": (words.term("paper", "Code"), "c"),
            "initials": (words.term("paper", "Initials"), "c"),
        }
        for key, (text, align) in heads.items():
            self._cell(sheet, key, low, text, align=align, size=8, face=SEMIBOLD)
        for key, text in (
            ("morning", words.term("paper", "Morning")),
            ("afternoon", words.term("paper", "Afternoon")),
        ):
            self._cell(sheet, key, low - 3.3, text, align="c", size=8, face=SEMIBOLD)
            self._cell(sheet, key, low, words.term("paper", "from – to"), align="c", size=8, face=SEMIBOLD)
        sheet.rule(MARGIN, TOP + HEAD, WHOLE, FIRM, INK)
        return TOP + HEAD

    def _cell(
        self,
        sheet: Sheet,
        key: str,
        baseline: float,
        text: str,
        *,
        align: str = "l",
        size: float = 9,
        face: str = REGULAR,
        colour: str = INK,
    ) -> None:
        left, width = EDGES[key], WIDTHS[key]
        x = {"l": left + 1.0, "r": left + width - 1.0, "c": left + width / 2}[align]
        sheet.fitted(x, baseline, text, width - 1.6, size, face=face, colour=colour, align=align)

    def _day(self, sheet: Sheet, y: float, day: SheetDay) -> float:
        words, value = self.words, self.value
        baseline = y + ROW / 2 + CAP * 9
        if day.rest:
            sheet.tint(MARGIN, y, WHOLE, ROW)
        works = bool(day.stints or day.planned)
        tone, face = (INK, SEMIBOLD) if works else (GREY, REGULAR)
        sheet.text(MARGIN + 1.0, baseline, words.weekday(day.day, short=True), 9, colour=tone)
        sheet.text(EDGES["activity"] - 1.2, baseline, str(day.day.day), 9, face=face, colour=tone, align="r")
        marks = list(dict.fromkeys(stint.mark for stint in day.stints)) or ([day.team] if day.team else [])
        if marks:
            sheet.pictogram(EDGES["activity"] + 1.2, y + 0.8, ROW - 1.6, marks[0].pictogram)
            names = ", ".join(mark.name for mark in marks)
            sheet.fitted(EDGES["activity"] + 6.4, baseline, names, WIDTHS["activity"] - 7.2, 9)
        if day.planned:
            self._cell(sheet, "planned", baseline, words.duration(day.planned), align="r")
        if value.filled:
            self._filled(sheet, baseline, day)
        sheet.rule(MARGIN, y + ROW, WHOLE)
        return y + ROW

    def _filled(self, sheet: Sheet, baseline: float, day: SheetDay) -> None:
        words = self.words
        if day.done == day.planned and day.stints:  # as planned: the hours of the plan are those that were worked
            self._times(sheet, baseline, day)
        if day.done is not None and (day.done or day.planned):
            self._cell(sheet, "done", baseline, words.duration(day.done), align="r", face=SEMIBOLD)
            if day.done != day.planned:
                gap = words.duration(day.done - day.planned, sign=True)
                self._cell(sheet, "gap", baseline, gap, align="r")
        if day.code:
            assert day.code in PAPER_CODES, "a reason of absence on paper"
            self._cell(sheet, "code", baseline, day.code, align="c", face=SEMIBOLD)

    def _times(self, sheet: Sheet, baseline: float, day: SheetDay) -> None:
        halves: dict[str, list[str]] = {"morning": [], "afternoon": []}
        for stint in joined(day.stints):
            text = span(self.words, stint.start, stint.end, short=False)
            if is_whole(stint):  # it goes over noon: the break stands in the other half
                halves["morning"].append(text)
                if stint.pause:
                    pause = self.words.duration(stint.pause, short=True)
                    halves["afternoon"].append(self.words.text("break {hours}", hours=pause))
            else:
                halves["morning" if is_morning(stint) else "afternoon"].append(text)
        for key, texts in halves.items():
            self._cell(sheet, key, baseline, ", ".join(texts), align="c")

    def _week(self, sheet: Sheet, y: float, days: Sequence[SheetDay]) -> float:
        words = self.words
        baseline = y + ROW / 2 + CAP * 8.5
        sheet.tint(MARGIN, y, WHOLE, ROW, WEEK)
        week = days[0].day.isocalendar().week
        self._cell(sheet, "activity", baseline, words.text("Total week {week}", week=week), size=8.5, face=SEMIBOLD)
        planned, done = self._sums(days)
        self._cell(sheet, "planned", baseline, words.duration(planned), align="r", size=8.5, face=SEMIBOLD)
        if self.value.filled:
            self._cell(sheet, "done", baseline, words.duration(done), align="r", size=8.5, face=SEMIBOLD)
            if done != planned:
                gap = words.duration(done - planned, sign=True)
                self._cell(sheet, "gap", baseline, gap, align="r", size=8.5, face=SEMIBOLD)
        sheet.rule(MARGIN, y + ROW, WHOLE, FIRM, INK)
        return y + ROW

    def _sums(self, days: Sequence[SheetDay]) -> tuple[int, int]:
        return sum(day.planned for day in days), sum(day.done or 0 for day in days)

    def _total(self, sheet: Sheet, y: float) -> float:
        words = self.words
        baseline = y + 3.7 + CAP * 10.5
        planned, done = self._sums(self.value.days)
        self._cell(sheet, "activity", baseline, words.term("paper", "Total of the month"), size=11, face=SEMIBOLD)
        right = EDGES["planned"] + WIDTHS["planned"] - 1.0
        sheet.text(right, baseline, words.duration(planned), 11, face=SEMIBOLD, align="r")
        sheet.text(right + 2.4, baseline, words.hours(_hundredths(planned)), 9, colour=GREY)
        if self.value.filled:
            right = EDGES["done"] + WIDTHS["done"] - 1.0
            sheet.text(right, baseline, words.duration(done), 11, face=SEMIBOLD, align="r")
            sheet.text(EDGES["done"] - 1.0, baseline, words.hours(_hundredths(done)), 9, colour=GREY, align="r")
            gap = words.duration(done - planned, sign=True)
            self._cell(sheet, "gap", baseline, gap, align="r", size=11, face=SEMIBOLD)
        sheet.rule(MARGIN, y + 7.4, WHOLE, FIRM, INK)
        return y + 7.4

    def _foot(self, sheet: Sheet, y: float) -> None:
        words, value, imprint = self.words, self.value, self.imprint
        if value.sentence:
            sheet.fitted(MARGIN, y + 4.2, value.sentence, WHOLE, 9)
        x = MARGIN + sheet.text(MARGIN, y + 8.6, words.term("paper", "Codes"), 8.5, face=SEMIBOLD) + 2.0
        for code, meaning in CODES.items():
            x += sheet.text(x, y + 8.6, code, 8.5, face=SEMIBOLD) + 1.0
            x += sheet.text(x, y + 8.6, words.text(meaning), 8.5) + 2.4
        top = max(y + 11.6, 249.0)
        for x, who, name in (
            (MARGIN, words.term("paper", "Employee"), value.list_name),
            (sheet.right - BOX, words.term("paper", "Manager"), value.manager),
        ):
            sheet.box(x, top, BOX, BOX_HEIGHT, 0.9)
            taken = sheet.text(x + 2.4, top + 4.6, who, 9, face=SEMIBOLD)
            sheet.fitted(x + 2.4 + taken + 3.0, top + 4.6, name, BOX - taken - 8, 9)
            day = sheet.text(x + 2.4, top + 9.2, words.term("paper", "On"), 9, colour=GREY)
            sheet.rule(x + 2.4 + day + 1.6, top + 9.8, 27.0, 0.5, GREY)
            sheet.text(x + 40.0, top + 9.2, words.term("paper", "Signature"), 9, colour=GREY)
        low = sheet.height - 9.5
        foot = words.text(
            "{employer} · attendance sheet {number} · {month} · printed on {day}",
            employer=imprint.employer,
            number=value.staff_number,
            month=str(value.month),
            day=words.day(imprint.printed.date()),
        )
        sheet.fitted(MARGIN, low, foot, WHOLE - 24, 8, colour=GREY)
        page = words.term("paper", "Page {number}/{count}", number=1, count=1)
        sheet.text(sheet.right, low, page, 9, face=SEMIBOLD, align="r")


def _hundredths(minutes: int) -> Decimal:
    return to_cent(Decimal(minutes) / 60)
