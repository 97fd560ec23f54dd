"""Tables on paper: tracks in millimetres, heads, rows and totals as print.md sets them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.pdf_sheet import FIFTH, FIRM, GREY, HAIR, INK, MM, RULE, THIN, WARNING, WARNING_TINT
from ltu_desktop.documents.report import Kind, Role, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.report import Column, Row, Table
    from ltu_desktop.words import Words

PAD = 1.0
HEAD_SLACK = 0.4
OVER = 0.6  # of its left padding, a figure may take so much before it shrinks
DATE_PAD = 0.5  # English dates ("30 Sept 2026") need the room
CAP = 0.33 * 25.4 / 72  # half the height of a capital, per point, in millimetres
TOTAL_ROLES = {Role.TOTAL, Role.GRAND}


@dataclass(frozen=True, slots=True)
class Track:
    """A column's width, the air before it, and how its cells look."""

    key: str
    width: float
    before: float = 0.0
    size: float = 9.0
    grey: bool = False
    strong: bool = False
    wraps: bool = False  # onto a second line of small type, before anything is cut


@dataclass(slots=True)
class Place:
    """A column set at its place: inner left and right, and how its cells are written."""

    column: Column
    track: Track
    left: float
    right: float
    head: tuple[str, ...]

    @property
    def room(self) -> float:
        """Width for a cell's content."""
        return self.right - self.left


@dataclass
class Grid:
    """A table's columns set on paper from x on; `two_lines` puts units under the heads."""

    table: Table
    words: Words
    x: float
    tracks: Sequence[Track]
    currency: str = "EUR"
    two_lines: bool = False
    size: float = 9.0
    total_from: str = ""
    places: list[Place] = field(default_factory=list)
    width: float = 0.0

    def __post_init__(self) -> None:
        """Set each column at its place."""
        columns = {column.key: column for column in self.table.columns}
        x = self.x
        widths = {track.key: track.width for track in self.tracks}
        self._short_parts = any(
            _head_width(column.label) > widths[column.key] - 2 * PAD + HEAD_SLACK
            for column in self.table.columns
            if column.key.startswith("part:") and column.key in widths
        )
        for track in self.tracks:
            x += track.before
            column = columns[track.key]
            pad = DATE_PAD if column.kind is Kind.DATE else PAD
            left, right = x + pad, x + track.width - (DATE_PAD if column.kind is Kind.DATE else pad)
            right += PAD if track.wraps and column is self.table.columns[-1] else 0.0
            self.places.append(Place(column, track, left, right, self._head(column, right - left)))
            x += track.width
        if not self.two_lines and any(len(place.head) > 1 for place in self.places):
            for place in self.places:  # neighbours of a head on two lines are set alike
                if place.column.kind.right and " " in place.head[0]:
                    place.head = _halves(place.head[0]) if len(place.head) == 1 else place.head
        self.width = x - self.x
        self._index = {column.key: place for place, column in enumerate(self.table.columns)}

    def _head(self, column: Column, room: float) -> tuple[str, ...]:
        """Choose a head: the long form if it fits (of parts: if all fit), else the short one, else two lines."""
        if self.two_lines and column.unit:
            return (column.short or column.head, column.unit)
        shorter = f"{column.short or column.head} {column.unit}".strip()
        texts = (shorter,) if column.key.startswith("part:") and self._short_parts else (column.label, shorter)
        for text in texts:
            if _head_width(text) <= room + HEAD_SLACK:
                return (text,)
        return _halves(shorter)

    @property
    def head_lines(self) -> int:
        """How many lines the heads take."""
        return max((len(place.head) for place in self.places), default=1)

    def head(self, sheet: Sheet, y: float, height: float) -> float:
        """Draw the heads at the bottom of a tinted band; give the y below it."""
        sheet.tint(self.x, y, self.width, height)
        for place in self.places:
            right = place.column.kind.right
            baseline = y + height - 1.9 - 3.3 * (len(place.head) - 1)
            for line in place.head:
                x = place.right if right else place.left
                sheet.fitted(x, baseline, line, place.room + 1.6, 8, face=SEMIBOLD, align="r" if right else "l")
                baseline += 3.3
        sheet.rule(self.x, y + height, self.width, FIRM, INK)
        return y + height

    def grouped_head(self, sheet: Sheet, y: float, height: float) -> float:
        """Draw heads on two storeys: the groups above their columns, ruled; give the y below."""
        below = self.head(sheet, y, height)
        groups: dict[str, list[float]] = {}
        for place in self.places:
            if place.column.group:
                edges = groups.setdefault(place.column.group, [place.left, place.right])
                edges[1] = place.right
        for name, (left, right) in groups.items():
            sheet.fitted((left + right) / 2, y + 4.6, name, right - left + 2, 8, face=SEMIBOLD, align="c")
            sheet.rule(left, y + 6.2, right - left, 0.5, INK)
        return below

    def row(self, sheet: Sheet, y: float, height: float, row: Row, *, number: int = 0) -> float:
        """Draw a row; `number` counts from 1, each fifth is ruled firmly. Give the y below it."""
        if row.role in TOTAL_ROLES:
            return self._total(sheet, y, height, row)
        size = self.size
        baseline = y + height / 2 + CAP * size
        marked = row.role is Role.MARKED
        strong = row.role is Role.SUBTOTAL or marked
        if marked:
            sheet.tint(self.x, y, self.width, height, WARNING_TINT)
        fifth = bool(number) and number % 5 == 0
        sheet.rule(self.x, y + height, self.width, FIFTH if fifth else THIN, RULE if fifth else HAIR)
        last = self.places[-1]
        for place in self.places:
            column, track = place.column, place.track
            text = written(row.cells[self._index[column.key]], column, self.words, self.currency)
            if not text:
                continue
            bold = strong and (row.role is Role.SUBTOTAL or column.kind is not Kind.DATE)
            face = SEMIBOLD if column.strong or track.strong or bold else REGULAR
            colour = WARNING if marked and place is last else GREY if track.grey else INK
            wanted = min(track.size, size)
            if column.kind.right:
                sheet.figure(place.right, baseline, text, place.room + OVER, wanted, face=face, colour=colour)
            elif column.kind is Kind.DATE:
                fitting = fonts.fit_figure(text, face, wanted, place.room * MM)
                sheet.text(place.left, baseline, text, fitting, face=face, colour=colour)
            elif track.wraps and fonts.ems(fonts.drawable(text), face) * fonts.SMALLEST / MM > place.room:
                self._two_lines(sheet, place, y, height, text, face)
            else:
                sheet.fitted(place.left, baseline, text, place.room, wanted, face=face, colour=colour)
        return y + height

    def _two_lines(self, sheet: Sheet, place: Place, y: float, height: float, text: str, face: str) -> None:
        """Write a text too long for its cell on two lines of small type; only the rest is cut."""
        lines = _two(fonts.drawable(text), face, place.room * MM)
        if len(lines) == 1:
            sheet.fitted(place.left, y + height / 2 + CAP * 8, text, place.room, fonts.SMALLEST, face=face)
            return
        pitch = 2.8 if height > 6 else 2.6
        last = y + height - (height - 2 * CAP * fonts.SMALLEST - pitch) / 2
        sheet.text(place.left, last - pitch, lines[0], fonts.SMALLEST, face=face)
        sheet.fitted(place.left, last, " ".join(lines[1:]), place.room, fonts.SMALLEST, face=face)

    def _total(self, sheet: Sheet, y: float, height: float, row: Row) -> float:
        """Draw a total: tinted, semibold, its label over the empty cells beside it."""
        sheet.tint(self.x, y, self.width, height)
        if row.role is Role.GRAND:
            sheet.rule(self.x, y, self.width, FIRM, INK)
        baseline = y + height / 2 + CAP * self.size
        texts = [
            written(row.cells[self._index[place.column.key]], place.column, self.words, self.currency)
            for place in self.places
        ]
        for index, (place, text) in enumerate(zip(self.places, texts, strict=True)):
            if not text:
                continue
            if place.column.kind.right:
                self._sum(sheet, place, baseline, text)
                continue
            left = next((each.left for each in self.places if each.column.key == self.total_from), place.left)
            following = (each for each, said in zip(self.places[index + 1 :], texts[index + 1 :], strict=True) if said)
            reach = next((each.left for each in following), self.x + self.width)
            sheet.fitted(min(left, place.left), baseline, text, reach - min(left, place.left), self.size, face=SEMIBOLD)
        sheet.rule(self.x, y + height, self.width, FIRM, INK)
        return y + height

    def _sum(self, sheet: Sheet, place: Place, baseline: float, text: str) -> None:
        """Write a total's figure: smaller before it takes of the padding, for sums side by side are long ones."""
        smaller = place.room * MM / fonts.ems(fonts.drawable(text), SEMIBOLD)
        size = max(fonts.SMALLEST, min(self.size, smaller))
        sheet.figure(place.right, baseline, text, place.room + OVER, size, face=SEMIBOLD)

    def empty(self, sheet: Sheet, y: float, height: float) -> float:
        """Draw the line that says in words that there is nothing; give the y below it."""
        sheet.fitted(self.x + PAD, y + height / 2 + CAP * self.size, self.table.empty, self.width - 2, 9, colour=GREY)
        sheet.rule(self.x, y + height, self.width)
        return y + height


def allot(
    table: Table, words: Words, widths: dict[str, float], whole: float, least: dict[str, float], *, grows: str
) -> dict[str, float]:
    """Return widths in which every figure fits at 8 points; what that needs is taken from `least`'s columns in turn.

    `widths` are the wanted ones, `least` the narrowest that some columns may become; room left over goes to `grows`.
    """
    found, needed = dict(widths), {}
    for place, column in enumerate(table.columns):
        if column.key in found and column.kind.right:
            texts = (written(row.cells[place], column, words) for row in (*table.rows, *table.totals))
            widest = max((fonts.ems(fonts.drawable(text), SEMIBOLD) for text in texts), default=0.0)
            needed[column.key] = widest * fonts.SMALLEST / MM + 2 * PAD - OVER + 0.1
            found[column.key] = max(found[column.key], needed[column.key])
    spare = whole - sum(found.values())
    for key, narrow in least.items():
        taken = min(max(0.0, -spare), max(0.0, found[key] - max(narrow, needed.get(key, 0.0))))
        found[key] -= taken
        spare += taken
    found[grows] += max(0.0, spare)
    return found


def _two(text: str, face: str, room: float) -> list[str]:
    """Break a text in two, between its remarks ("Cap 151.67, Not in payroll") if the first of them fits."""
    cuts = [place + 1 for place in range(len(text)) if text.startswith(", ", place)]
    fitting = [cut for cut in cuts if fonts.ems(text[:cut], face) * fonts.SMALLEST <= room]
    if fitting:
        return [text[: fitting[-1]], text[fitting[-1] + 1 :]]
    return fonts.wrap(text, face, fonts.SMALLEST, room)


def _halves(text: str) -> tuple[str, ...]:
    """Cut a head into two lines where they come out most alike; a unit stays with its word."""
    cuts = [place for place, char in enumerate(text) if char == " " and len(text) - place > 3]
    if not cuts:
        return (text,)
    cut = min(cuts, key=lambda place: max(_head_width(text[:place]), _head_width(text[place + 1 :])))
    return (text[:cut], text[cut + 1 :])


def _head_width(text: str) -> float:
    return fonts.ems(fonts.drawable(text), SEMIBOLD) * 8 / MM


def notes(sheet: Sheet, x: float, y: float, lines: Sequence[str], room: float) -> float:
    """Draw notes in small grey type, wrapped; give the y below them."""
    for text in lines:
        y = sheet.paragraph(x, y, text, room, 8, pitch=3.7, colour=GREY)
    return y


def notes_height(lines: Sequence[str], room: float) -> float:
    """Return how high some notes stand."""
    return 3.7 * sum(len(fonts.wrap(fonts.drawable(text), REGULAR, 8, room * MM)) for text in lines)
