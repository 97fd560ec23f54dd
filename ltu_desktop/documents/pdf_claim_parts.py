"""The claim's parts 5 to 7: reconciliation with payroll, changes and corrections, declarations and signatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ltu_desktop.documents.fonts import SEMIBOLD
from ltu_desktop.documents.pdf_claim_list import totals_height
from ltu_desktop.documents.pdf_frame import Mark, Page, part_title, small_title
from ltu_desktop.documents.pdf_sheet import GREY, INK, MARGIN, RULE, TINT
from ltu_desktop.documents.pdf_table import PAD, Grid, Track, allot, notes, notes_height

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.documents.pdf_frame import Frame
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.report import Row, Section, SignatureBox, Table
    from ltu_desktop.words import Words

WHOLE = 273.0
TOP, LOWEST = 19.8, 186.5
RIGHT, RIGHT_WIDTH = 147.0, 138.0
GAP_ROW, CHANGE_ROW = 5.6, 5.8


@dataclass
class Flow:
    """Pages filled from top to bottom; `numbers` are the parts that stand on the page in hand."""

    words: Words
    pages: list[Page] = field(default_factory=list)
    y: float = TOP
    numbers: list[list[str]] = field(default_factory=list)

    def open(self) -> None:
        """Begin a new page."""
        self.pages.append(Page())
        self.numbers.append([])
        self.y = TOP

    def part(self, section: Section, needed: float, air: float = 12.0) -> float:
        """Find the place of a part's title, on this page if `needed` fits below it; give its baseline."""
        fresh = not self.pages
        if not fresh and self.y + air + needed > LOWEST:
            fresh = True
        if fresh:
            self.open()
        else:
            self.y += air
        self.pages[-1].marks.append(Mark(f"{section.number} {section.title}", self.y - 5))
        self.here(section.number)
        return self.y

    def here(self, number: str) -> None:
        """Note that a part stands on this page."""
        if number not in self.numbers[-1]:
            self.numbers[-1].append(number)

    def add(self, draw: Callable[[Sheet], object]) -> None:
        """Add something to draw on this page."""
        self.pages[-1].add(draw)

    def label(self) -> list[Page]:
        """Write at the head of each page which parts stand on it; give the pages."""
        for page, numbers in zip(self.pages, self.numbers, strict=True):
            page.says = says(numbers, self.words)
        return self.pages


def says(numbers: Sequence[str], words: Words) -> str:
    """Name the parts of a page."""
    if len(numbers) > 1:
        return words.text("Parts {first} and {second}", first=", ".join(numbers[:-1]), second=numbers[-1])
    return words.text("Part {number}", number=numbers[0]) if numbers else ""


def middle_pages(frame: Frame, before: Page | None = None) -> list[Page]:
    """Plan parts 5 and 6; below part 4 if that has a page of its own (`before`), else on new pages."""
    flow = Flow(frame.words)
    if before is not None:
        flow.pages, flow.numbers = [before], [[frame.report.section("totals").number]]
        flow.y = TOP + totals_height(frame)
    _reconciliation(flow, frame)
    _changes(flow, frame)
    pages = flow.label()
    return pages[1:] if before is not None else pages


# ---------------------------------------------------------------- part 5


def _bridge_grid(frame: Frame) -> Grid:
    table = frame.report.table("bridge")
    return Grid(table, frame.words, MARGIN, (Track("label", 84), Track("lines", 16), Track("hours", 27)))


def _gap_grid(frame: Frame, x: float, name: float = 42.0) -> Grid:
    tracks = (
        Track("number", 8, grey=True),
        Track("id", 14),
        Track("name", name),
        Track("payroll", 17),
        Track("claim", 19),
        Track("gap", 15),
        Track("reason", 21, before=2, wraps=True),
    )
    return Grid(frame.report.table("gaps"), frame.words, x, tracks, total_from="id")


def _reconciliation(flow: Flow, frame: Frame) -> None:
    section = frame.report.section("reconciliation")
    bridge, gaps = _bridge_grid(frame), _gap_grid(frame, RIGHT)
    rows = max(1, len(bridge.table.rows))
    beside = min(max(1, len(gaps.table.rows)), 6)
    left = 6.1 + GAP_ROW * rows + 6.2 * len(bridge.table.totals) + 4.2 + notes_height(bridge.table.notes, 125)
    y = flow.part(section, 1.75 + max(left, 6.1 + GAP_ROW * beside + 6.2))
    flow.add(lambda sheet: part_title(sheet, MARGIN, y, WHOLE, section.number, section.title, section.note))
    top = y + 1.75
    flow.add(lambda sheet: _draw_bridge(sheet, bridge, top))
    left_end = top + left
    columns = _columns(frame, gaps, top)
    for index, (grid, start, some, last) in enumerate(columns):
        if index and index % 2 == 1:
            flow.open()
            flow.here(section.number)
            title = frame.words.text("{title} (continued)", title=section.title)
            flow.add(lambda sheet, title=title: part_title(sheet, MARGIN, TOP, WHOLE, section.number, title))  # type: ignore[misc]  # a lambda with defaults
            left_end = 0.0
        flow.add(
            lambda sheet, grid=grid, start=start, some=some, last=last: _draw_lines(  # type: ignore[misc]  # a lambda with defaults
                sheet, grid, start, some, GAP_ROW, last=last
            )
        )
        end = start + 6.1 + GAP_ROW * max(1, len(some)) + (6.2 if last and gaps.table.totals else 0)
        left_end = max(left_end, end)
    flow.y = left_end


def _columns(frame: Frame, first: Grid, top: float) -> list[tuple[Grid, float, list[tuple[int, Row]], bool]]:
    """Spread the lines with a gap: right of the bridge first, then over two columns a page."""
    rows = list(enumerate(first.table.rows, 1))
    found: list[tuple[Grid, float, list[tuple[int, Row]], bool]] = []
    grid, start = first, top
    while True:
        room = int((LOWEST - start - 6.1) / GAP_ROW)
        if len(rows) + 2 <= room or not rows:
            found.append((grid, start, rows, True))
            return found
        taken = rows[: min(room, max(1, len(rows) - 2))]  # the total stays with the last two rows
        found.append((grid, start, taken, False))
        rows = rows[len(taken) :]
        start = TOP + 1.75
        x = MARGIN if len(found) % 2 == 1 else MARGIN + WHOLE - 133.0
        grid = _gap_grid(frame, x, 37.0)


def _draw_bridge(sheet: Sheet, grid: Grid, top: float) -> None:
    y = grid.head(sheet, top, 6.1)
    for row in grid.table.rows:
        y = grid.row(sheet, y, GAP_ROW, row)
    if not grid.table.rows:
        y = grid.empty(sheet, y, GAP_ROW)
    for row in grid.table.totals:
        y = grid.row(sheet, y, 6.2, row)
    notes(sheet, MARGIN + PAD, y + 4.2, grid.table.notes, grid.width - 2)


def _draw_lines(
    sheet: Sheet, grid: Grid, top: float, some: Sequence[tuple[int, Row]], height: float, *, last: bool
) -> float:
    """Draw heads, some rows and, at the end, the total; give the y below."""
    if not grid.table.rows:
        return grid.empty(sheet, top, height)
    y = grid.head(sheet, top, 6.1 if grid.head_lines == 1 else 9.0)
    for number, row in some:
        y = grid.row(sheet, y, height, row, number=number)
    if last:
        for row in grid.table.totals:
            y = grid.row(sheet, y, 6.2, row)
    return y


# ---------------------------------------------------------------- part 6


def _changes(flow: Flow, frame: Frame) -> None:
    section = frame.report.section("changes")
    y = flow.part(section, 30)
    flow.add(lambda sheet: part_title(sheet, MARGIN, y, WHOLE, section.number, section.title))
    flow.y = y + 1.75
    changes = Grid(
        section.table("changes"),
        frame.words,
        MARGIN,
        (
            Track("kind", 26),
            Track("number", 9, grey=True),
            Track("id", 16),
            Track("name", 46),
            Track("day", 22),
            Track("before", 34),
            Track("after", 34),
            Track("detail", 86, wraps=True),
        ),
        total_from="id",
    )
    _spread(flow, frame, section, "6.1", changes)
    table = section.table("corrections")
    parts = [column.key for column in table.columns if column.key.startswith("part:")]
    wanted = {"origin": 42.0, "number": 9.0, "id": 16.0, "name": 46.0, "before": 22.0, "after": 22.0}
    wanted |= dict.fromkeys(parts, 22.0 if len(parts) <= 2 else 16.0) | {"difference": 22.0, "reason": 46.0}
    least = {"reason": 28.0, "name": 34.0, "before": 14.0, "after": 14.0, "origin": 34.0}
    widths = allot(table, frame.words, wanted, WHOLE - 2, least, grows="reason")
    air = {"reason": 2.0}
    corrections = Grid(
        table,
        frame.words,
        MARGIN,
        [
            Track(key, width, before=air.get(key, 0.0), grey=key == "number", wraps=key == "reason")
            for key, width in ((column.key, widths[column.key]) for column in table.columns)
        ],
        frame.report.currency,
        total_from="name",
    )
    _spread(flow, frame, section, "6.2", corrections)
    below = notes_height(table.notes, WHOLE)
    if not below:
        return
    if flow.y + 4.4 + below > LOWEST:
        flow.open()
        flow.here(section.number)
    at = flow.y + 4.4
    flow.add(lambda sheet: notes(sheet, MARGIN, at, table.notes, WHOLE))


def _spread(flow: Flow, frame: Frame, section: Section, number: str, grid: Grid) -> None:
    """Set a table below the cursor; it breaks between rows, its heads repeated, the total with the last two rows."""
    head = 6.1 if grid.head_lines == 1 else 9.0
    if not grid.table.rows:
        head = 0.0  # an empty table is its title and one line in words
    rows = list(enumerate(grid.table.rows, 1))
    totals = 6.2 * len(grid.table.totals)
    title = f"{number}  {grid.table.title}"
    while True:
        least = 6.8 + head + CHANGE_ROW * min(3, max(1, len(rows))) + (totals if len(rows) <= 3 else 0)
        if flow.y + least > LOWEST:
            flow.open()
            flow.here(section.number)
            again = frame.words.text("{title} (continued)", title=section.title)
            flow.add(lambda sheet, again=again: part_title(sheet, MARGIN, TOP, WHOLE, section.number, again))  # type: ignore[misc]  # a lambda with defaults
            flow.y = TOP + 1.75
        baseline = flow.y + 4.9
        flow.add(lambda sheet, at=baseline, title=title: small_title(sheet, MARGIN, at, title))  # type: ignore[misc]  # a lambda with defaults
        start = baseline + 1.9
        room = int((LOWEST - start - head) / CHANGE_ROW)
        last = len(rows) * CHANGE_ROW + totals <= LOWEST - start - head
        taken = rows if last else rows[: min(room, max(1, len(rows) - 2))]
        flow.add(
            lambda sheet, start=start, taken=taken, last=last: _draw_lines(  # type: ignore[misc]  # a lambda with defaults
                sheet, grid, start, taken, CHANGE_ROW, last=last
            )
        )
        flow.y = start + head + CHANGE_ROW * max(1, len(taken)) + (totals if last else 0)
        if last:
            flow.y += 2.0
            return
        rows = rows[len(taken) :]
        title = frame.words.text("{title} (continued)", title=f"{number}  {grid.table.title}")
        flow.y = LOWEST  # the rest begins on a new page


# ---------------------------------------------------------------- part 7

BOX_TOP, BOX_WIDTH, BOX_HEIGHT, BOX_APART = 90.2, 87.0, 74.0, 6.0
ATTACHMENTS_BESIDE = 8


def last_pages(frame: Frame) -> list[Page]:
    """Plan part 7: declarations beside the attachments (many of them first, on pages of their own), boxes below."""
    section = frame.report.section("declarations")
    table = section.table("attachments")
    pages = []
    many = len(table.rows) > ATTACHMENTS_BESIDE
    if many:
        pages = _attachment_pages(frame, section, table)
    page = Page(says=says([section.number], frame.words))
    page.marks.append(Mark(f"{section.number} {section.title}", TOP - 5))
    page.add(lambda sheet: _draw_declarations(sheet, frame, section, beside=not many))
    pages.append(page)
    return pages


def _attachment_grid(frame: Frame, table: Table, x: float) -> Grid:
    tracks = (Track("number", 7, grey=True), Track("label", 64), Track("day", 20), Track("sha256", 46))
    return Grid(table, frame.words, x, tracks)


def _attachment_pages(frame: Frame, section: Section, table: Table) -> list[Page]:
    rows = list(enumerate(table.rows, 1))
    room = int((LOWEST - TOP - 8.55 - 6.1) / 5.6)
    pages = []
    for start in range(0, len(rows), room):
        page = Page(says=says([section.number], frame.words))
        some = rows[start : start + room]

        def draw(sheet: Sheet, some: list[tuple[int, Row]] = some) -> None:
            part_title(sheet, MARGIN, TOP, WHOLE, section.number, section.title)
            small_title(sheet, MARGIN, TOP + 6.7, table.title)
            _draw_lines(sheet, _attachment_grid(frame, table, MARGIN), TOP + 8.5, some, 5.6, last=False)

        page.add(draw)
        pages.append(page)
    return pages


def _draw_declarations(sheet: Sheet, frame: Frame, section: Section, *, beside: bool) -> None:
    part_title(sheet, MARGIN, TOP, WHOLE, section.number, section.title)
    sheet.text(MARGIN, 26.6, section.notes[0], 9)
    y = 33.2
    for text in section.statements:
        sheet.tick_box(MARGIN, y - 3.4, 4.2)
        below = sheet.paragraph(MARGIN + 7, y, text, 122, 9, pitch=4.3)
        y = max(below, y + 8.6) + 4.4
    sheet.text(MARGIN, min(y + 0.6, BOX_TOP - 3.4), section.notes[1], 8, colour=GREY)
    table = section.table("attachments")
    small_title(sheet, 148, 26.6, table.title, 9.5)
    if beside:
        grid = _attachment_grid(frame, table, 148)
        below = _draw_lines(sheet, grid, 28.3, list(enumerate(table.rows, 1)), 5.6, last=False)
        notes(sheet, 148, below + 4.0, table.notes, 137)
    else:
        text = frame.words.plural(
            "{count} attachment, listed before.", "{count} attachments, listed before.", len(table.rows)
        )
        sheet.text(148, 33.2, text, 9)
        notes(sheet, 148, 38.0, table.notes, 137)
    for index, box in enumerate(section.boxes):
        _box(sheet, MARGIN + index * (BOX_WIDTH + BOX_APART), box)
    _verify(sheet, frame)


def _box(sheet: Sheet, x: float, box: SignatureBox) -> None:
    sheet.box(x, BOX_TOP, BOX_WIDTH, BOX_HEIGHT, 0.9, colour=INK, fill=TINT if box.tinted else "")
    sheet.fitted(x + 3, BOX_TOP + 5.6, box.title, BOX_WIDTH - 6, 10, face=SEMIBOLD)
    y = BOX_TOP + 15.8
    for label, value in box.fields:
        sheet.fitted(x + 3, y, label, 28, 8.5, colour=GREY)
        sheet.fitted(x + 32, y - 0.3, value, BOX_WIDTH - 35, 10)
        sheet.rule(x + 32, y + 1.3, BOX_WIDTH - 35, 0.5, RULE)
        y += 8.0
    sheet.text(x + 3, y - 0.3, box.space, 8.5, colour=GREY)


def _verify(sheet: Sheet, frame: Frame) -> None:
    """Say below the boxes how the print can be checked."""
    if frame.draft:
        return
    y = BOX_TOP + BOX_HEIGHT + 7
    width = sheet.text(MARGIN, y, frame.words.text("Verify this claim"), 9, face=SEMIBOLD)
    text = frame.words.text(
        "The fingerprint {print} is that of the sealed file (people, hours, parameters, result), not of this PDF. "
        "To check it: Claims, Verify a file, then type or read the code.",
        print=frame.print,
    )
    sheet.paragraph(MARGIN + width + 6, y, text, WHOLE - width - 6, 8, pitch=3.8, colour=GREY)
