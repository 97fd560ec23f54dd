"""The yearly statement on paper: one A4 landscape page to read and sign, notes and supporting documents behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.list_pdf import Flow
from ltu_desktop.documents.pdf_frame import Mark, part_title, text_width
from ltu_desktop.documents.pdf_sheet import FIRM, GREY, INK, MARGIN, RULE, TINT
from ltu_desktop.documents.pdf_table import CAP, Grid, Track, allot, notes, notes_height
from ltu_desktop.documents.report import Role, plain, written
from ltu_desktop.documents.report_frame import IDENTITY, TOP, ReportFrame, archive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ltu_desktop.documents.pdf_frame import Page
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.pdfa import Attachment
    from ltu_desktop.documents.report import Report, Row, Section, SignatureBox, Table
    from ltu_desktop.words import Words

HEAD, ROW, TOTAL = 13.2, 5.6, 6.8  # two lines of remarks need the row
QUARTER = 3  # months between firm rules
BLOCK_ROW, BLOCK_TOTAL, BLOCK_GAP = 4.8, 8.0, 7.0
BOX_GAP, BOX_LEAST, BOX_MOST = 7.0, 17.0, 26.0
BLOCKS = ("balance", "ceiling", "others", "grant")


def statement_pdf(
    report: Report,
    words: Words,
    *,
    program: str,
    made: datetime | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Draw the yearly statement; give the bytes of a PDF/A-3b file."""
    frame = ReportFrame(report, words)
    first = frame.page(first=True)
    _plan(first, frame)
    flow = Flow(frame, [first], frame.lowest)
    says: list[str] = []
    for key in ("notes", "pieces"):
        section = report.section(key)
        if not (section.notes or section.tables):
            continue
        if not says:
            flow.open()
            flow.y = TOP - 8.0
        says.append(section.title)
        flow.section(section)
    for page in flow.pages[1:2]:
        page.says = " · ".join(says)
    return archive(frame, flow.pages, program=program, made=made, attachments=attachments)


def _plan(page: Page, frame: ReportFrame) -> None:
    """Plan the first page: the table, what it means, the blocks A to D, the boxes to sign."""
    report = frame.report
    months = report.section("months")
    grid = months_grid(report, frame.words, frame.width)
    top = IDENTITY + 3.0
    page.add(lambda sheet: draw_months(sheet, grid, top))
    y = top + HEAD + ROW * len(grid.table.rows) + TOTAL
    page.add(lambda sheet: notes(sheet, MARGIN, y + 3.9, months.notes, frame.width))
    blocks = [section for section in report.sections if section.key in BLOCKS]
    title = y + 3.9 + notes_height(months.notes, frame.width) + 3.6
    page.add(lambda sheet: _blocks(sheet, frame, blocks, title))
    page.marks += [Mark(f"{section.number} {section.title}", title - 5, 1) for section in blocks]
    lines = max(_block_height(section.tables[0]) for section in blocks)
    boxes = title + 1.75 + lines + 3.2
    height = min(BOX_MOST, max(BOX_LEAST, frame.lowest - boxes - 1.0))
    page.add(lambda sheet: _boxes(sheet, frame, report.section("signatures").boxes, boxes, height))


# ---------------------------------------------------------------- month by month


def months_grid(report: Report, words: Words, whole: float) -> Grid:
    """Set the table's columns as print.md has them; many parts share the room, figures keep what they need."""
    table = report.table("months")
    parts = [column.key.removesuffix(":due") for column in table.columns if column.key.endswith(":due")]
    wanted = {"month": 22.0, "reference": 12.0, "hours": 18.0, "fte": 13.0}
    air = {"gap": 3.0, "remark": 2.0}
    many = min(25.0, (whole - 110.0) / (3 * len(parts)))  # what more than two parts leave each other
    for index, part in enumerate(parts):
        each = (25.0, 25.0, 21.5) if index == 0 else (23.0, 23.0, 19.5)
        if len(parts) > 2:
            each = (many + 0.8, many + 0.8, many - 1.6)
        wanted |= dict(zip((f"{part}:due", f"{part}:paid", f"{part}:gap"), each, strict=True))
        air[f"{part}:due"] = 3.0 if len(parts) <= 2 else 1.5
    wanted |= {"gap": 21.5 if len(parts) <= 2 else many, "remark": 24.0}
    least = {"remark": 18.0, "month": 17.0}
    least |= {key: 12.0 for key in wanted if ":" in key or key == "gap"}
    widths = allot(table, words, wanted, whole - sum(air.values()), least, grows="remark")
    tracks = [Track(key, widths[key], before=air.get(key, 0.0), wraps=key == "remark") for key in widths]
    return Grid(table, words, MARGIN, tracks, report.currency)


def draw_months(sheet: Sheet, grid: Grid, top: float) -> float:
    """Draw heads, months with a firm rule each quarter, the 10 % rule, the year; give the y below."""
    y = grid.grouped_head(sheet, top, HEAD)
    for place, row in enumerate(grid.table.rows, 1):
        y = grid.row(sheet, y, ROW, row, number=0 if place % QUARTER else 5)
    for row in grid.table.totals:
        y = grid.row(sheet, y, TOTAL, row)
    return y


# ---------------------------------------------------------------- blocks A to D


def _block_height(table: Table) -> float:
    return BLOCK_ROW * len(table.rows) + BLOCK_TOTAL * len(table.totals)


def _blocks(sheet: Sheet, frame: ReportFrame, blocks: Sequence[Section], y: float) -> None:
    width = (frame.width - BLOCK_GAP * (len(blocks) - 1)) / len(blocks)
    for place, section in enumerate(blocks):
        x = MARGIN + place * (width + BLOCK_GAP)
        part_title(sheet, x, y, width, section.number, section.title)
        top = y + 1.75
        for row in section.tables[0].rows:
            top = _pair(sheet, frame, section.tables[0], row, x, top, width)
        for row in section.tables[0].totals:
            top = _result(sheet, frame, section.tables[0], row, x, top, width)


def _pair(sheet: Sheet, frame: ReportFrame, table: Table, row: Row, x: float, y: float, width: float) -> float:
    """Draw a label with its value at the right; the value keeps its room, the label gives way."""
    face = SEMIBOLD if row.role is Role.SUBTOTAL else REGULAR
    value = written(row.cells[1], table.columns[1], frame.words, frame.report.currency)
    baseline = y + BLOCK_ROW / 2 + CAP * 9
    label = str(plain(row.cells[0]))
    needed = text_width(label, fonts.SMALLEST, face) + 3.0
    room = max(width - 1.0 - needed, width / 2)
    taken = sheet.fitted(x + width - 0.5, baseline, value, room, 9, face=face, align="r")
    sheet.fitted(x + 0.5, baseline, label, width - taken - 3.0, 9, face=face)
    sheet.rule(x, y + BLOCK_ROW, width)
    return y + BLOCK_ROW


def _result(sheet: Sheet, frame: ReportFrame, table: Table, row: Row, x: float, y: float, width: float) -> float:
    """Draw what a block comes to, in larger type."""
    value = written(row.cells[1], table.columns[1], frame.words, frame.report.currency)
    sheet.tint(x, y, width, BLOCK_TOTAL)
    size = 13.0 if row.key == "rest" else 10.5
    baseline = y + BLOCK_TOTAL / 2 + CAP * size
    taken = text_width(value, size, SEMIBOLD)
    sheet.figure(x + width - 1.5, baseline, value, width - 3.0, size, face=SEMIBOLD)
    sheet.fitted(x + 1.5, baseline, str(plain(row.cells[0])), width - taken - 6.0, 10.5, face=SEMIBOLD)
    sheet.rule(x, y + BLOCK_TOTAL, width, FIRM, INK)
    return y + BLOCK_TOTAL


# ---------------------------------------------------------------- boxes


def _boxes(sheet: Sheet, frame: ReportFrame, boxes: Sequence[SignatureBox], y: float, height: float) -> None:
    width = (frame.width - BOX_GAP * (len(boxes) - 1)) / len(boxes)
    for place, box in enumerate(boxes):
        x = MARGIN + place * (width + BOX_GAP)
        sheet.box(x, y, width, height, 0.9, colour=INK, fill=TINT if box.tinted else "")
        sheet.fitted(x + 2.6, y + 4.6, box.title, width - 5.2, 9, face=SEMIBOLD)
        (_, who), (day, _) = box.fields
        sheet.fitted(x + 2.6, y + 9.2, who, width - 5.2, 9)
        line = y + height - 3.0
        start = x + 2.6 + sheet.text(x + 2.6, line, day, 9, colour=GREY) + 2.0
        sheet.rule(start, line + 0.9, 26.0, 0.5, RULE)
        sheet.text(start + 32.0, line, box.space, 9, colour=GREY)
