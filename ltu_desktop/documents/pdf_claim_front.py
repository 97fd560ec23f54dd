"""The claim’s first page: who, with which parameters, how much, what to know; or a corrective version’s differences."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from ltu_desktop.documents import qr
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.pdf_claim_list import add_totals, totals_height
from ltu_desktop.documents.pdf_frame import QR_LARGE, Mark, Page, part_title, text_width
from ltu_desktop.documents.pdf_sheet import ACCENT, FIRM, GREY, INK, MARGIN, TINT
from ltu_desktop.documents.pdf_table import CAP, Grid, Track, allot
from ltu_desktop.documents.report import Notice, Role, plain, written

if TYPE_CHECKING:
    from ltu_desktop.documents.pdf_frame import Frame
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.report import Table
    from ltu_desktop.words import Words

MIDDLE, LEFT_WIDTH, RIGHT_WIDTH = 152.0, 132.0, 133.0
WHOLE = 273.0
LOWEST = 186.5  # the last line above the footer
LOGO_HEIGHT, LOGO_WIDTH = 12.0, 40.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Heights of page 1's rows, in millimetres: wide where there is room, tight where much must be said."""

    parameter: float
    setting: float
    amount: float
    total: float
    notice: float
    gap: float


WIDE, TIGHT = Pace(5.17, 4.25, 7.1, 10.2, 5.4, 11.4), Pace(4.5, 3.7, 5.6, 8.6, 4.4, 7.4)


def between(share: float) -> Pace:
    """Return the pace that lies so far (0 to 1) from wide to tight."""
    pairs = zip(astuple(WIDE), astuple(TIGHT), strict=True)
    return Pace(*(wide + (tight - wide) * share for wide, tight in pairs))


def first_page(frame: Frame) -> Page:
    """Plan page 1 of an initial claim: rows stand as wide as the page allows; what to know gives way last."""
    report = frame.report
    page = Page(first=True)
    amount, notice = report.section("amount"), report.section("notice")
    for step in range(5):
        pace = between(step / 4)
        top = max(35.0 + 5.17 * 11, parameters_end(frame, 33.3, pace), 103.0) + pace.gap
        below = top + amount_height(amount.tables[0], pace) + 8.6 - step / 4
        room = int((LOWEST - below - 1.7 - 4.4) / pace.notice) + 1
        if len(notice.notices) <= room:
            break
    shown = notice.notices
    if len(shown) > room:
        more = frame.words.plural(
            "and {count} other point: see the checks of the claim",
            "and {count} other points: see the checks of the claim",
            len(shown) - room + 1,
        )
        shown = (*shown[: room - 1], Notice("more", "", more, warning=False))
    page.add(lambda sheet: heading(sheet, frame))
    page.add(lambda sheet: draw_identification(sheet, frame, 33.3))
    page.add(lambda sheet: draw_parameters(sheet, frame, 33.3, pace))
    page.add(lambda sheet: draw_amount(sheet, frame, top, pace))
    page.add(lambda sheet: draw_notices(sheet, below, notice.title, shown, pace.notice))
    page.marks += [
        Mark(f"1 {report.section('identification').title}", 28.0),
        Mark(f"2 {report.section('parameters').title}", 28.0),
        Mark(amount.title, top - 5),
    ]
    return page


def heading(sheet: Sheet, frame: Frame) -> None:
    """Draw title, month, version, print and QR code."""
    report, words = frame.report, frame.words
    x = MARGIN
    if frame.logo:
        x += sheet.picture(MARGIN, 9.5, frame.logo, LOGO_HEIGHT, LOGO_WIDTH) + 5
    sheet.fitted(x, 15.7, report.title, MIDDLE - x - 3, 20, face=SEMIBOLD)
    sheet.fitted(x, 22.2, report.subtitle, MIDDLE - x - 3, 11, colour=GREY)
    sheet.text(MIDDLE, 15.7, report.period_text, 20, face=SEMIBOLD, colour=ACCENT)
    sheet.pill(MIDDLE, 18.3, report.version_text, dark=report.corrective)
    if frame.draft:
        sheet.text(sheet.right, 15.7, report.sealed_line, 11, face=SEMIBOLD, align="r")
        return
    edge = sheet.right - QR_LARGE - 2.8
    sheet.text(edge, 11.0, words.term("paper", "Fingerprint of the sealed file"), 8, colour=GREY, align="r")
    sheet.text(edge, 15.7, frame.print, 11, face=SEMIBOLD, align="r")
    sheet.text(edge, 20.3, report.sealed_line, 8, colour=GREY, align="r")
    sheet.code(sheet.right - QR_LARGE, 7.8, QR_LARGE, frame.seal, qr.LARGE_LEVEL)


# ---------------------------------------------------------------- parts 1 and 2


def draw_identification(sheet: Sheet, frame: Frame, y: float) -> float:
    """Draw part 1: labels and values; give the y below it."""
    section = frame.report.section("identification")
    part_title(sheet, MARGIN, y, LEFT_WIDTH, section.number, section.title)
    top = y + 1.75
    for row in section.tables[0].rows:
        label, value = (str(plain(cell)) for cell in row.cells)
        baseline = top + 3.6
        sheet.fitted(MARGIN + 0.5, baseline, label, 37, 8, colour=GREY)
        face = SEMIBOLD if row.role is Role.SUBTOTAL else REGULAR
        sheet.fitted(MARGIN + 38, baseline, value, LEFT_WIDTH - 38.5, 9, face=face)
        top += 5.17
        sheet.rule(MARGIN, top, LEFT_WIDTH)
    return top


def _parameter_grid(frame: Frame) -> Grid:
    tracks = (
        Track("label", 37),
        Track("value", 20, strong=True),
        Track("since", 18, before=2),
        Track("source", 56),
    )
    table = frame.report.section("parameters").table("parameters")
    return Grid(table, frame.words, MIDDLE, tracks, frame.report.currency)


def _setting_rows(frame: Frame) -> int:
    return (len(frame.report.section("parameters").table("settings").rows) + 1) // 2


def parameters_end(frame: Frame, y: float, pace: Pace = WIDE) -> float:
    """Return the y below part 2."""
    rows = len(frame.report.section("parameters").table("parameters").rows) or 1
    return y + 1.75 + 5.7 + pace.parameter * rows + 5.9 + pace.setting * _setting_rows(frame)


def draw_parameters(sheet: Sheet, frame: Frame, y: float, pace: Pace = WIDE) -> float:
    """Draw part 2: dated values, then all settings in two columns; give the y below it."""
    section = frame.report.section("parameters")
    part_title(sheet, MIDDLE, y, RIGHT_WIDTH, section.number, section.title, section.note)
    grid = _parameter_grid(frame)
    top = grid.head(sheet, y + 1.75, 5.7)
    for row in grid.table.rows:
        top = grid.row(sheet, top, pace.parameter, row)
    if not grid.table.rows:
        top = grid.empty(sheet, top, pace.parameter)
    settings = section.table("settings")
    baseline = top + 4.5
    sheet.text(MIDDLE, baseline, settings.title, 9, face=SEMIBOLD)
    room = RIGHT_WIDTH - text_width(settings.title, 9, SEMIBOLD) - 4
    sheet.fitted(MIDDLE + RIGHT_WIDTH, baseline, settings.note, room, 8, colour=GREY, align="r")
    sheet.rule(MIDDLE, top + 5.9, RIGHT_WIDTH, 0.6, INK)
    return _settings(sheet, settings, top + 5.9, _setting_rows(frame), pace.setting)


def _settings(sheet: Sheet, table: Table, top: float, rows: int, height: float) -> float:
    width = 64.0
    for index, row in enumerate(table.rows):
        x = MIDDLE if index < rows else MIDDLE + RIGHT_WIDTH - width
        y = top + height * (index % rows)
        name, value = str(plain(row.cells[0])), str(plain(row.cells[1]))
        baseline = y + height / 2 + CAP * 8
        label = min(text_width(name, 8), 42.0)
        sheet.fitted(x + 0.5, baseline, name, label + 0.1, 8, colour=GREY)
        sheet.fitted(x + width - 0.5, baseline, value, width - label - 3, 8, align="r")
        sheet.rule(x, y + height, width)
    return top + height * rows


# ---------------------------------------------------------------- the amount

AMOUNT_HEAD = 6.6


def amount_height(table: Table, pace: Pace = WIDE) -> float:
    """Return how high the amount table stands, from its title's baseline on."""
    grand = sum(1 for row in (*table.rows, *table.totals) if row.role is Role.GRAND)
    plain_rows = len(table.rows) + len(table.totals) - grand
    return 1.75 + AMOUNT_HEAD + pace.amount * plain_rows + pace.total * grand


def draw_amount(sheet: Sheet, frame: Frame, y: float, pace: Pace = WIDE) -> float:
    """Draw the amounts, the largest type of the page on what is claimed; give the y below."""
    section = frame.report.section("amount")
    table = section.tables[0]
    part_title(sheet, MARGIN, y, WHOLE, "", section.title, section.note)
    widths = _amount_widths(len(table.columns) - 2)
    rights = [MARGIN + widths[0]]
    for width in widths[1:]:
        rights.append(rights[-1] + width)
    top = y + 1.75
    sheet.tint(MARGIN, top, WHOLE, AMOUNT_HEAD)
    for column, right in zip(table.columns[1:], rights[1:], strict=True):
        sheet.text(right - 1, top + AMOUNT_HEAD - 2.2, column.label, 9, face=SEMIBOLD, align="r")
    sheet.rule(MARGIN, top + AMOUNT_HEAD, WHOLE, 0.6, INK)
    top += AMOUNT_HEAD
    for row in (*table.rows, *table.totals):
        grand = row.role is Role.GRAND
        height, size = (pace.total, 13.0) if grand else (pace.amount, 10.5)
        face = SEMIBOLD if grand else REGULAR
        if grand:
            sheet.tint(MARGIN, top, WHOLE, height)
            sheet.rule(MARGIN, top, WHOLE, 1.6, INK)
        baseline = top + height / 2 + CAP * size
        sheet.fitted(MARGIN + 1, baseline, str(plain(row.cells[0])), widths[0] - 4, size, face=face)
        for index, (cell, column) in enumerate(zip(row.cells[1:], table.columns[1:], strict=True), 1):
            text = written(cell, column, frame.words, frame.report.currency)
            last = grand and index == len(table.columns) - 1
            sheet.figure(rights[index] - 1, baseline, text, widths[index] - 2, 16 if last else size, face=face)
        top += height
        sheet.rule(MARGIN, top, WHOLE, FIRM if grand else 0.35, INK if grand else "B4BDC4")
    return top


def _amount_widths(parts: int) -> list[float]:
    if parts == 2:
        return [129.0, 40.0, 46.0, 58.0]
    total = 58.0
    each = min(40.0, (WHOLE - total - 70) / max(1, parts))
    return [WHOLE - total - each * parts, *([each] * parts), total]


# ---------------------------------------------------------------- what to know


def draw_notices(sheet: Sheet, y: float, title: str, notices: tuple[Notice, ...], pitch: float = WIDE.notice) -> float:
    """Draw the lines of "to know before checking"; give the y below them."""
    sheet.text(MARGIN, y, title, 10.5, face=SEMIBOLD)
    sheet.rule(MARGIN, y + 1.7, WHOLE, 0.6, INK)
    baseline = y + 1.7 + 4.4
    left = MARGIN + 6
    widest = max((text_width(notice.title, 9, SEMIBOLD) for notice in notices), default=0.0)
    start = left + min(max(40.0, widest + 4), 62.0)
    for notice in notices:
        if notice.warning:
            sheet.warning(MARGIN + 0.7, baseline, 3.1)
        if notice.title:
            sheet.fitted(left, baseline, notice.title, start - left - 2, 9, face=SEMIBOLD)
        sheet.fitted(start, baseline, notice.text, MARGIN + WHOLE - start, 9)
        baseline += pitch
    return baseline


# ---------------------------------------------------------------- a corrective version


def _difference_tracks(table: Table, words: Words) -> list[Track]:
    """Return the widths of the differences; of more than three parts only the differences have room."""
    parts = [column.key.partition(":")[0] for column in table.columns if column.key.endswith(":before")][1:]
    wanted = {"number": 7.0, "id": 14.0, "name": 42.0, "hours:before": 15.5, "hours:after": 15.5, "hours:gap": 16.0}
    air: dict[str, float] = {"total:gap": 3.0, "reason": 2.0}
    for index, part in enumerate(parts):
        width = 18.0 if index == 0 else 16.0
        ends = ("before", "after", "gap") if len(parts) <= 3 else ("gap",)
        wanted |= {f"{part}:{end}": width if len(parts) <= 2 else 13.0 for end in ends}
        air[f"{part}:{ends[0]}"] = 3.0 if len(parts) <= 2 else 1.5
    wanted |= {"total:gap": 18.0, "reason": 30.0}
    least = {"reason": 18.0, "name": 28.0}
    widths = allot(table, words, wanted, WHOLE - sum(air.values()), least, grows="reason")
    return [
        Track(
            key,
            width,
            before=air.get(key, 0.0),
            grey=key == "number",
            strong=key.endswith(":gap"),
            wraps=key in {"name", "reason"},
        )
        for key, width in widths.items()
    ]


DIFFERENCE_ROW, DIFFERENCE_HEAD = 6.6, 12.0


def corrective_pages(frame: Frame) -> list[Page]:
    """Plan the first pages of a corrective version: changed lines only, then the amount before and after."""
    report = frame.report
    section = report.section("difference")
    table = section.tables[0]
    grid = Grid(table, frame.words, MARGIN, _difference_tracks(table, frame.words), report.currency, total_from="name")
    rows = list(enumerate(table.rows, 1))
    pages: list[Page] = []
    start = 0
    while True:
        first = not pages
        page = Page(first=first, says="" if first else section.title)
        top = 54.4 if first else 19.8
        if first:
            page.add(lambda sheet: heading(sheet, frame))
            page.add(lambda sheet: _band(sheet, frame))
            page.marks.append(Mark(section.title, 48.0))
        head_end = top + 1.75 + DIFFERENCE_HEAD
        room = int((LOWEST - head_end) / DIFFERENCE_ROW)
        left = len(rows) - start
        fits = left + len(table.totals) <= room
        count = left if fits else min(left, room)
        if not fits and left - count < 2:
            count = max(0, left - 2)  # the total stays with the last two rows
        some = rows[start : start + count]
        page.add(lambda sheet, some=some, top=top, fits=fits: _differences(sheet, frame, grid, top, some, last=fits))  # type: ignore[misc]  # a lambda with defaults
        pages.append(page)
        start += count
        if fits:
            lines = max(1, count) + len(table.totals)
            _after_differences(frame, pages, head_end + DIFFERENCE_ROW * lines)
            return pages


def _band(sheet: Sheet, frame: Frame) -> None:
    """Draw the band that names the version corrected, and one line that says who."""
    section = frame.report.section("difference")
    sheet.tint(MARGIN, 30.0, WHOLE, 9.6, TINT)
    sheet.fitted(MARGIN + 3, 36.0, section.notes[0], WHOLE - 6, 9.5)
    rows = {row.key: str(plain(row.cells[1])) for row in frame.report.section("identification").tables[0].rows}
    said = [frame.report.owner, f"SIRET {rows['siret']}", frame.report.owner_line, rows["committee"], rows["author"]]
    line = "  ·  ".join(text for text in said if text and not text.endswith("–"))
    if len(section.notes) > 1:
        line = f"{line}  ·  {section.notes[1]}"
    sheet.fitted(MARGIN, 45.6, line, WHOLE, 9)


def _differences(
    sheet: Sheet, frame: Frame, grid: Grid, top: float, some: list[tuple[int, object]], *, last: bool
) -> None:
    section = frame.report.section("difference")
    part_title(sheet, MARGIN, top, WHOLE, "", section.title, section.note)
    y = grid.grouped_head(sheet, top + 1.75, DIFFERENCE_HEAD)
    if not some and not grid.table.rows:
        y = grid.empty(sheet, y, DIFFERENCE_ROW)
    for number, row in some:
        y = grid.row(sheet, y, DIFFERENCE_ROW, row, number=number)  # type: ignore[arg-type]
    if last:
        for total in grid.table.totals:
            y = grid.row(sheet, y, DIFFERENCE_ROW, total)


def _after_differences(frame: Frame, pages: list[Page], y: float) -> None:
    """Plan the amount before and after, and what to know, on the last page if there is room, else on a new one."""
    report = frame.report
    amount, notice = report.section("amount"), report.section("notice")
    needed = amount_height(amount.tables[0]) + 10 + WIDE.notice * len(notice.notices) + 4
    page = pages[-1]
    top = y + 14.5
    if top + needed > LOWEST:
        page = Page(says=amount.title)
        pages.append(page)
        top = 19.8
    page.add(lambda sheet: draw_amount(sheet, frame, top))
    below = top + amount_height(amount.tables[0]) + 10
    page.add(lambda sheet: draw_notices(sheet, below, notice.title, notice.notices))
    page.marks.append(Mark(amount.title, top - 5))


def recap_pages(frame: Frame) -> list[Page]:
    """Plan a corrective version's parts 1 and 2, and part 4 below them if there is room."""
    report, words = frame.report, frame.words
    totals = report.section("totals")
    page = Page(says=words.text("Parts {first} and {second}", first=1, second=2))
    page.add(lambda sheet: draw_identification(sheet, frame, 19.8))
    page.add(lambda sheet: draw_parameters(sheet, frame, 19.8))
    page.marks += [
        Mark(f"1 {report.section('identification').title}", 15.0),
        Mark(f"2 {report.section('parameters').title}", 15.0),
    ]
    pages, top = [page], parameters_end(frame, 19.8) + 13
    if top + totals_height(frame) > LOWEST:
        pages.append(Page(says=words.text("Part {number}", number=totals.number)))
        top = 19.8
    else:
        page.says = words.text("Parts {first} and {second}", first="1, 2", second=totals.number)
    add_totals(frame, pages[-1], top)
    return pages
