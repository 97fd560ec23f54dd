"""The claim's nominal list, twenty lines a page whatever happens, and part 4 below it where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import pdf_gauge
from ltu_desktop.documents.fonts import SEMIBOLD
from ltu_desktop.documents.pdf_frame import Mark, Page, part_title
from ltu_desktop.documents.pdf_sheet import FIFTH, FIRM, HAIR, INK, MARGIN, RULE, THIN
from ltu_desktop.documents.pdf_table import Grid, Track, allot, notes, notes_height
from ltu_desktop.documents.report import Role, Row, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.documents.claim_view import View
    from ltu_desktop.documents.pdf_frame import Frame
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.report import Table
    from ltu_desktop.words import Words

LINES_A_PAGE = 20
ROW, HEAD, CARRIED = 6.55, 9.0, 7.0
WHOLE = 273.0
TOP = 19.8
LOWEST = 186.5


def list_tracks(table: Table, words: Words) -> list[Track]:
    """Return the widths of the nominal list; what wide totals or other parts need comes from name, then remark."""
    parts = [column.key for column in table.columns if column.key.startswith("part:")]
    wanted = WIDTHS | dict(zip(parts, (16.3, 14.8) if len(parts) == 2 else (14.8,) * len(parts), strict=True))
    if table.columns[table.index("fte")].decimals == 4:
        wanted["fte"] = 12.7
    least = {"name": 28.0, "remark": 13.0, "exit": 15.9, "entry": 15.9}
    least |= dict.fromkeys(("b", "c", "a", "contract", "paid", "fundable", "total"), 8.5)
    widths = allot(table, words, wanted, WHOLE - SEEN - REMARK_AIR, least, grows="name")
    strong, wraps = {"fundable", "total"}, {"name", "remark"}
    return [
        Track(
            column.key,
            widths[column.key],
            before=REMARK_AIR if column.key == "remark" else 0.0,
            grey=column.key == "number",
            strong=column.key in strong,
            wraps=column.key in wraps,
        )
        for column in table.columns
    ]


WIDTHS = {
    "number": 6.8,
    "id": 13.5,
    "name": 36.2,
    "status": 11.3,
    "site": 7.7,
    "entry": 16.7,
    "exit": 16.7,
    "contract": 13.3,
    "paid": 13.3,
    "a": 11.3,
    "b": 11.4,
    "c": 10.5,
    "fundable": 14.0,
    "fte": 9.7,
    "total": 16.5,
    "remark": 24.8,
}
REMARK_AIR = 2.0
SEEN = 6.2  # the column of empty boxes for the controller's pen


def list_pages(frame: Frame, view: View) -> list[Page]:
    """Plan part 3, and part 4 after it."""
    report, words = frame.report, frame.words
    section = report.section("list")
    table = section.tables[0]
    grid = Grid(table, words, MARGIN, list_tracks(table, words), report.currency, two_lines=True, total_from="id")
    chunks = [table.rows[start : start + LINES_A_PAGE] for start in range(0, len(table.rows), LINES_A_PAGE)] or [()]
    carried = _carried(frame, view, [len(chunk) for chunk in chunks])
    pages = []
    for index, chunk in enumerate(chunks):
        numbers = [plain(row.cells[0]) for row in chunk if row.cells[0] is not None]  # adjustments have none
        page = Page(says=section.title)
        if numbers:
            page.says = words.text(
                "Lines {first} to {last} of {count}", first=numbers[0], last=numbers[-1], count=len(view.entries)
            )
        page.add(_list_drawer(frame, grid, index, chunk, carried, ends=index + 1 == len(chunks)))
        if index == 0:
            page.marks.append(Mark(f"{section.number} {section.title}", TOP - 5))
        pages.append(page)
    lines = len(chunks[-1]) or 1
    end = TOP + 1.75 + HEAD + ROW * lines + CARRIED * (2 if len(chunks) > 1 else 1)
    end += 4.4 + notes_height(table.notes, WHOLE)
    if end + 8 + totals_height(frame) <= LOWEST:
        add_totals(frame, pages[-1], end + 8)
    else:
        totals = report.section("totals")
        page = Page(says=words.text("Part {number}", number=totals.number))
        add_totals(frame, page, TOP)
        pages.append(page)
    return pages


def add_totals(frame: Frame, page: Page, top: float) -> None:
    """Plan part 4 on a page, its title at a height."""
    totals = frame.report.section("totals")
    page.add(lambda sheet: draw_totals(sheet, frame, top))
    page.marks.append(Mark(f"{totals.number} {totals.title}", top - 5))


def _carried(frame: Frame, view: View, counts: Sequence[int]) -> list[Row]:
    """Return, for each page, the sums of all lines up to its end: "to carry", then "carried from page n"."""
    from ltu_desktop.documents.claim_tables import sum_row

    label = frame.words.term("list", "To be carried forward")
    rows, end = [], 0
    entries, adjustments = view.entries, view.adjustments
    for count in counts:
        end += count
        sums = view.sums(entries[:end], adjustments[: max(0, end - len(entries))])
        rows.append(sum_row(label, sums, Role.TOTAL))
    return rows


def _list_drawer(
    frame: Frame, grid: Grid, index: int, chunk: Sequence[Row], carried: Sequence[Row], *, ends: bool
) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        section = frame.report.section("list")
        title = section.title
        if index:
            title = frame.words.text("{title} (continued)", title=title)
        part_title(sheet, MARGIN, TOP, WHOLE, section.number, title, section.note)
        y = grid.head(sheet, TOP + 1.75, HEAD)
        _seen_head(sheet, frame, y)
        if index:
            before = carried[index - 1]
            # page 1 is the front page, so the list's page n is the document's page n + 1
            label = frame.words.term("list", "Carried from page {number}", number=frame.list_page + index - 1)
            y = _widened(sheet, grid, y, Row((*before.cells[:2], label, *before.cells[3:]), Role.TOTAL))
        if not chunk:
            y = grid.empty(sheet, y, ROW)
        for place, row in enumerate(chunk, 1):
            y = grid.row(sheet, y, ROW, row, number=place)
            _seen_box(sheet, y, fifth=place % 5 == 0)
        if ends:
            y = _widened(sheet, grid, y, grid.table.totals[0])
            notes(sheet, MARGIN, y + 4.4, grid.table.notes, WHOLE)
        else:
            _widened(sheet, grid, y, carried[index])

    return draw


def _widened(sheet: Sheet, grid: Grid, y: float, row: Row) -> float:
    """Draw a row of sums over the whole width, the pen's column included."""
    sheet.tint(MARGIN + grid.width, y, WHOLE - grid.width, CARRIED)
    below = grid.row(sheet, y, CARRIED, row)
    if row.role is Role.GRAND:
        sheet.rule(MARGIN, y, WHOLE, FIRM, INK)
    sheet.rule(MARGIN, below, WHOLE, FIRM, INK)
    return below


def _seen_head(sheet: Sheet, frame: Frame, y: float) -> None:
    left = MARGIN + WHOLE - SEEN
    sheet.tint(left, y - HEAD, SEEN, HEAD)
    sheet.text(left + SEEN / 2, y - 1.9, frame.words.term("list", "Seen"), 8, face=SEMIBOLD, align="c")
    sheet.rule(MARGIN, y, WHOLE, FIRM, INK)


def _seen_box(sheet: Sheet, y: float, *, fifth: bool) -> None:
    left = MARGIN + WHOLE - SEEN
    sheet.rule(left, y, SEEN, FIFTH if fifth else THIN, RULE if fifth else HAIR)
    sheet.tick_box(left + SEEN / 2 - 1.75, y - ROW / 2 - 1.75, 3.5, 0.6, RULE)


# ---------------------------------------------------------------- part 4

TOTAL_ROW, TOTAL_HEAD = 5.25, 5.9
GAUGE_X, GAUGE_WIDTH = 176.0, 109.0


def _total_tracks(table: Table, words: Words) -> list[Track]:
    parts = [column.key for column in table.columns if column.key.startswith("part:")]
    wanted = {"label": 31.0, "people": 14.0, "hours": 23.0, "fte": 14.0, "total": 25.0}
    wanted |= dict(zip(parts, (24.0, 22.0) if len(parts) == 2 else (16.0,) * len(parts), strict=True))
    least = {"label": 22.0, "total": 17.0, "hours": 16.0, "people": 9.0, "fte": 10.0} | dict.fromkeys(parts, 13.0)
    widths = allot(table, words, wanted, 153.0, least, grows="label")
    return [Track(column.key, widths[column.key], wraps=column.key == "label") for column in table.columns]


def totals_height(frame: Frame) -> float:
    """Return how high part 4 stands."""
    section = frame.report.section("totals")
    left = TOTAL_HEAD + TOTAL_ROW * len(section.tables[0].rows) + 6.2
    if len(section.tables) > 1:
        left += 3.4 + 5.6 + 5.0
    right = 4.5 + sum(pdf_gauge.height(gauge, GAUGE_WIDTH) + 6 for gauge in section.gauges)
    return 1.75 + max(left, right)


def draw_totals(sheet: Sheet, frame: Frame, y: float) -> None:
    """Draw part 4: the totals at the left, the gauges at the right."""
    section = frame.report.section("totals")
    part_title(sheet, MARGIN, y, WHOLE, section.number, section.title)
    table = section.table("totals")
    grid = Grid(table, frame.words, MARGIN, _total_tracks(table, frame.words), frame.report.currency)
    top = grid.head(sheet, y + 1.75, TOTAL_HEAD)
    for row in table.rows:
        top = grid.row(sheet, top, TOTAL_ROW, row)
    for row in table.totals:
        top = grid.row(sheet, top, 6.2, row)
    if len(section.tables) > 1:
        year = section.table("year")
        below = Grid(year, frame.words, MARGIN, _total_tracks(table, frame.words), frame.report.currency)
        top = below.row(sheet, top + 3.4, 5.6, Row(year.rows[0].cells, Role.SUBTOTAL))
        notes(sheet, MARGIN + 1, top + 3.6, year.notes, 150)
    left = y + 1.75 + 5.3
    for gauge in section.gauges:
        left = pdf_gauge.draw(sheet, GAUGE_X, left, GAUGE_WIDTH, gauge) + 5.5
