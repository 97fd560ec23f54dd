"""Any list report on paper: columns as wide as what they hold, upright or lying A4, heads repeated, totals kept.

No figure, date or code is ever cut: where a list is too wide, texts give way first (they wrap onto two lines of small
type), then figures shrink to 8 points; `fonts.TooWide` beyond is a fault of the report's columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.pdf_frame import Mark, Page, part_title
from ltu_desktop.documents.pdf_sheet import LANDSCAPE, MARGIN, MM, PORTRAIT
from ltu_desktop.documents.pdf_table import HEAD_SLACK, PAD, Grid, Track, notes, notes_height
from ltu_desktop.documents.report import Kind, written
from ltu_desktop.documents.report_frame import IDENTITY, TOP, ReportFrame, archive

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.pdfa import Attachment
    from ltu_desktop.documents.report import Column, Report, Row, Section, Table
    from ltu_desktop.words import Words

ROW, TOTAL_ROW = 5.35, 6.2
HEAD_ONE, HEAD_TWO, HEAD_GROUPED, HEAD_TALL = 6.1, 9.0, 11.6, 14.4
AIR = 2.0  # between figures and the text that follows them, and between groups of columns
TEXT_LEAST = 16.0  # millimetres that a text keeps when all else has given way
MOST_GROWTH = 9.0  # millimetres by which a column may be spread
SECTION, TITLE = 9.75, 8.3  # titles of a section and of a table inside one, with the air around them
GROUP = 5  # rows between firm rules: a page ends with one


def list_pdf(
    report: Report,
    words: Words,
    *,
    program: str,
    made: datetime | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Draw a list report; give the bytes of a PDF/A-3b file."""
    widths = [_natural(table, words) for table in report.tables]
    needed = max((sum(width for width, _ in found) + _air(found) for found in widths), default=0.0)
    upright = needed <= PORTRAIT[0] - 2 * MARGIN
    frame = ReportFrame(report, words, PORTRAIT if upright else LANDSCAPE)
    flow = Flow(frame, [frame.page(first=True)], IDENTITY + 3.4)
    for section in report.sections:
        flow.section(section)
    return archive(frame, flow.pages, program=program, made=made, attachments=attachments)


# ---------------------------------------------------------------- widths

Wanted = list[tuple[float, "Column"]]


def _texts(table: Table, place: int, words: Words) -> list[str]:
    column = table.columns[place]
    return [fonts.drawable(written(row.cells[place], column, words)) for row in table.rows]


def _needs(table: Table, words: Words, size: float, total: float) -> dict[str, float]:
    """Return the room of each column with its rows and its totals at the given sizes; a text's total may reach further.

    Figures of one kind in one group need the same, so that they stand at even distances.
    """
    found: dict[str, float] = {}
    families: dict[object, float] = {}
    for place, column in enumerate(table.columns):
        texts = _texts(table, place, words)
        widest = max((fonts.ems(text, SEMIBOLD if column.strong else REGULAR) for text in texts), default=0.0) * size
        if column.kind.right:
            sums = (fonts.drawable(written(row.cells[place], column, words)) for row in table.totals)
            widest = max(widest, max((fonts.ems(text, SEMIBOLD) for text in sums), default=0.0) * total)
        found[column.key] = max(widest / MM + 2 * PAD, _head(column)) + 0.1
        family = _family(column)
        families[family] = max(found[column.key], families.get(family, 0.0))
    return {column.key: families[_family(column)] for column in table.columns}


def _head(column: Column) -> float:
    """Return the width of a column's short head, on two lines where it has a space."""
    text = f"{column.short or column.head} {column.unit}".strip()
    return _halved(fonts.drawable(text), SEMIBOLD) * 8 / MM + 2 * PAD - HEAD_SLACK + 0.5


def _natural(table: Table, words: Words) -> Wanted:
    """Return the width at which each column needs neither smaller type nor a second line."""
    needs = _needs(table, words, 9, 9)
    return [(needs[column.key], column) for column in table.columns]


def _family(column: Column) -> object:
    """Name what columns share that stand best at one width: figures of one kind in one group."""
    return (column.kind, column.unit, column.group, column.strong) if column.kind.right else column.key


def _apart(before: Column, after: Column) -> bool:
    """Whether two neighbours need air between them: figures then text, or two groups."""
    if before.kind.right and not after.kind.right:
        return True
    return bool(before.group or after.group) and before.group != after.group


def _air(columns: Wanted) -> float:
    return AIR * sum(_apart(before, after) for (_, before), (_, after) in pairwise(columns))


def fit(table: Table, words: Words, whole: float, *, stretch: bool = True) -> list[Track]:
    """Return the columns' widths, at most `whole` millimetres together: texts give way where it is too narrow.

    With `stretch` they fill it: texts take what is left over; else a small table stays together.
    """
    wanted = _natural(table, words)
    widths = {column.key: width for width, column in wanted}
    texts = [column for column in table.columns if column.kind is Kind.TEXT]
    spare = whole - _air(wanted) - sum(widths.values())
    spare = _give_way(table, words, widths, spare) if spare < 0 else _spread(table, widths, spare)
    if texts and stretch and spare > 0:
        for column in texts:
            widths[column.key] += spare / len(texts)
    tracks = []
    for place, column in enumerate(table.columns):
        before = place > 0 and _apart(table.columns[place - 1], column)
        tracks.append(
            Track(
                column.key,
                widths[column.key],
                before=AIR if before else 0.0,
                grey=column.key == "number",
                wraps=column.kind is Kind.TEXT,
            )
        )
    return tracks


def _give_way(table: Table, words: Words, widths: dict[str, float], spare: float) -> float:
    """Narrow columns: totals to 8 points, texts to two lines, figures to 8 points, then texts until they are cut."""
    figures = {column.key for column in table.columns if column.kind is not Kind.TEXT}
    small_totals, small = (_needs(table, words, size, fonts.SMALLEST) for size in (9, fonts.SMALLEST))
    two_lines: dict[str, float] = {}
    for place, column in enumerate(table.columns):
        if column.key not in figures:
            face = SEMIBOLD if column.strong else REGULAR
            widest = max((_halved(text, face) for text in _texts(table, place, words)), default=0.0)
            two_lines[column.key] = max(widest * fonts.SMALLEST / MM + 2 * PAD, _head(column)) + 0.1
    for least in (
        {key: small_totals[key] for key in figures},
        two_lines,
        {key: small[key] for key in figures},
        dict.fromkeys(two_lines, TEXT_LEAST),
    ):
        slack = {key: max(0.0, widths[key] - narrow) for key, narrow in least.items()}
        whole = sum(slack.values())
        share = min(1.0, -spare / whole) if whole > 0 and spare < 0 else 0.0
        for key, room in slack.items():
            widths[key] -= room * share
        spare += whole * share
    return spare


def _halved(text: str, face: str) -> float:
    """Return how wide a text is, in em, on the two lines that part it best."""
    cuts = [place for place, char in enumerate(text) if char == " "]
    halves = (max(fonts.ems(text[:cut], face), fonts.ems(text[cut + 1 :], face)) for cut in cuts)
    return min(halves, default=fonts.ems(text, face))


def _spread(table: Table, widths: dict[str, float], spare: float) -> float:
    """Give each column a share of the room left over, so little that they stay together; return what is left."""
    each = min(spare / len(table.columns), MOST_GROWTH)
    for column in table.columns:
        widths[column.key] += each
    return spare - each * len(table.columns)


# ---------------------------------------------------------------- pages


@dataclass
class Flow:
    """Pages filled from the top; `y` is where the next thing begins."""

    frame: ReportFrame
    pages: list[Page] = field(default_factory=list)
    y: float = TOP

    def open(self, says: str = "") -> None:
        """Begin a new page."""
        self.pages.append(self.frame.page(says=says))
        self.y = TOP - 3.4

    def section(self, section: Section) -> None:
        """Set a section: its title, its notes, its tables."""
        if section.title:
            needed = SECTION + notes_height(section.notes, self.frame.width)
            needed += self._needed(section.tables[0]) if section.tables else 0.0
            if self.y + min(needed, self.frame.lowest - TOP) > self.frame.lowest:
                self.open()
            baseline = self.y + 8.0
            self.pages[-1].marks.append(Mark(section.title, baseline - 5, 1))
            self._add(
                lambda sheet: part_title(
                    sheet, MARGIN, baseline, self.frame.width, section.number, section.title, section.note
                )
            )
            self.y = baseline + 1.75
        self.notes(section.notes)
        for table in section.tables:
            self.table(table, repeated=section.title)

    def _add(self, draw: Callable[[Sheet], object]) -> None:
        self.pages[-1].add(draw)

    def notes(self, lines: Sequence[str]) -> None:
        """Set notes below the cursor, each kept whole."""
        for text in lines:
            high = notes_height((text,), self.frame.width)
            if self.y + 4.4 + high > self.frame.lowest:
                self.open()
            at = self.y + 4.4
            self._add(partial(notes, x=MARGIN, y=at, lines=(text,), room=self.frame.width))
            self.y = at + high - 3.7

    def table(self, table: Table, *, repeated: str = "") -> None:
        """Set a table; it breaks between rows, heads repeated, totals with the last two rows, notes below."""
        words, frame = self.frame.words, self.frame
        tracks = fit(table, words, frame.width, stretch=not table.title)
        grid = Grid(table, words, MARGIN, tracks, frame.report.currency, total_from="name")
        head = head_height(grid)
        rows = list(enumerate(table.rows, 1))
        totals = TOTAL_ROW * len(table.totals)
        if table.title:
            self._title(table)
        while True:
            room = frame.lowest - self.y - head
            last = max(1, len(rows)) * ROW + totals <= room
            some = rows if last else rows[: _whole_groups(room, rows)]
            self._says(table, some, repeated)
            self._add(partial(draw_rows, grid=grid, top=self.y, head=head, rows=some, last=last))
            if last:
                break
            rows = rows[len(some) :]
            self.open()
        self.y += head + ROW * max(1, len(some)) + totals
        self.y += 0.8
        self.notes(table.notes)

    def _needed(self, table: Table) -> float:
        """Return the room that a table's title and beginning need: all of it if it fits a page, else some rows."""
        title = TITLE if table.title else 0.0
        height = HEAD_TALL + ROW * max(1, len(table.rows)) + TOTAL_ROW * len(table.totals)
        whole = self.frame.lowest - TOP - TITLE - SECTION
        return title + (height if height <= whole else HEAD_TALL + 2 * GROUP * ROW)

    def _title(self, table: Table) -> None:
        """Set a table's title; a table that fits a page of its own but not what is left of this one begins there."""
        if self.y + self._needed(table) > self.frame.lowest:
            self.open()
        at = self.y + TITLE - 1.9
        self._add(lambda sheet: sheet.text(MARGIN, at, table.title, 10, face=SEMIBOLD))
        self.y = at + 1.9

    def _says(self, table: Table, rows: Sequence[tuple[int, Row]], repeated: str) -> None:
        """Say at the head of the page which rows stand on it."""
        if len(rows) == len(table.rows):
            self.pages[-1].says = self.pages[-1].says or repeated
            return
        self.pages[-1].says = self.frame.words.text(
            "Lines {first} to {last} of {count}", first=rows[0][0], last=rows[-1][0], count=len(table.rows)
        )


def _whole_groups(room: float, rows: Sequence[object]) -> int:
    """Return how many rows a page takes: whole groups between firm rules; two rows stay for the totals' page."""
    count = max(1, int(room / ROW))
    if count > GROUP:
        count -= count % GROUP
    return min(count, max(1, len(rows) - 2))


def head_height(grid: Grid) -> float:
    """Return how high a table's heads stand; an empty table has none, only its line in words."""
    if not grid.table.rows:
        return 0.0
    grouped = any(column.group for column in grid.table.columns)
    if grouped:
        return HEAD_TALL if grid.head_lines > 1 else HEAD_GROUPED
    return HEAD_TWO if grid.head_lines > 1 else HEAD_ONE


def draw_rows(
    sheet: Sheet, grid: Grid, top: float, head: float, rows: Sequence[tuple[int, Row]], *, last: bool
) -> float:
    """Draw heads, numbered rows and, at the end, the totals; an empty table is one line in words."""
    if not grid.table.rows:
        return grid.empty(sheet, top, ROW)
    grouped = any(column.group for column in grid.table.columns)
    y = grid.grouped_head(sheet, top, head) if grouped else grid.head(sheet, top, head)
    for number, row in rows:
        y = grid.row(sheet, y, ROW, row, number=number)
    if last:
        for row in grid.table.totals:
            y = grid.row(sheet, y, TOTAL_ROW, row)
    return y
