"""The calculation annex on paper: A4 portrait, a block of 24 mm a person, nine on the first page and ten after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import annex_report
from ltu_desktop.documents.claim_view import View
from ltu_desktop.documents.fonts import REGULAR, SEMIBOLD
from ltu_desktop.documents.pdf_frame import Mark, Page, text_width
from ltu_desktop.documents.pdf_sheet import ACCENT, GREY, INK, MARGIN, PORTRAIT, RULE, WARNING

if TYPE_CHECKING:
    from ltu_desktop.documents.annex_report import Annex, Block, Move
    from ltu_desktop.documents.pdf_frame import Frame
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.rules.dossier import Dossier
    from ltu_desktop.words import Words

WIDTH = 186.0
RIGHT = MARGIN + WIDTH
BAND, LINE, TAIL = 5.4, 4.35, 1.4
LINES = 4  # contract, paid, taken off, fundable beside base, State, Department, FTE
FIRST, NEXT, LOWEST = 51.8, 14.8, 273.0
PARAMETER_LINE = 8.75
TITLE = 9.5  # above the corrections of earlier months

# inside a block, from the left margin: the left half ends at 70, the right half begins at 77
LEFT, LEFT_END, STEP = 20.5, 82.0, 88.9
FORMULA_END, EQUALS, EXACT_END, ARROW, HALF = 134.0, 136.6, 159.0, 163.4, 170.4
SMALL = 8.5


def annex(dossier: Dossier, words: Words, *, sha256: str | None) -> bytes:
    """Draw the annex alone; `sha256` None draws a draft. Give the bytes of a PDF/A-3b file."""
    from ltu_desktop.documents.claim_pdf import claim_frame, render

    frame = claim_frame(dossier, words, sha256=sha256)
    title = words.text("Calculation annex")
    return render(frame, annex_pages(frame, View(dossier)), dossier, (), title=title)


def height(block: Block) -> float:
    """Return how high a block stands; it never breaks."""
    right = len(block.steps) + (1 if block.fte is not None else 0)
    lines = len(block.steps) if block.wide else max(LINES, len(block.hours), right)
    return BAND + LINE * lines + TAIL


def annex_pages(frame: Frame, view: View) -> list[Page]:
    """Plan the annex: people in the claim's order, then adjustments, then corrections of earlier months."""
    words = frame.words
    told = annex_report.build(view, words)
    title = words.text("Calculation annex")
    extra = PARAMETER_LINE * max(0, (len(told.parameters) + 1) // 2 - 2)
    page = Page(size=PORTRAIT, first=True, document=title)
    page.add(lambda sheet: _heading(sheet, frame, told))
    page.marks.append(Mark(title, 10.0))
    pages, y = [page], FIRST + extra
    shown: list[list[Block]] = [[]]
    first = next(iter(told.corrections), None)
    for block in (*told.people, *told.adjustments, *told.corrections):
        titled = TITLE if block is first and not frame.report.corrective else 0.0
        if y + titled + height(block) > LOWEST:
            pages.append(Page(size=PORTRAIT, document=title))
            shown.append([])
            y = NEXT
        name = f"{block.number} {block.name}" if block.number is not None else block.name
        if not block.wide or block.number is None:
            pages[-1].marks.append(Mark(name, y - 2, 1))
        if titled:
            text = words.text("Corrections of earlier months (part 6.2)")
            pages[-1].add(lambda sheet, y=y, text=text: sheet.text(MARGIN, y + 7.0, text, 11, face=SEMIBOLD))  # type: ignore[misc]  # a lambda with defaults
            y += titled
        pages[-1].add(lambda sheet, block=block, y=y: _block(sheet, frame, block, y))  # type: ignore[misc]  # a lambda with defaults
        shown[-1].append(block)
        y += height(block)
    if not told.people:
        pages[0].add(lambda sheet: sheet.text(MARGIN, FIRST + extra + 6, words.text("Nobody is claimed this month"), 9))
    for each, blocks in zip(pages, shown, strict=True):
        numbers = [block.number for block in blocks if block.number is not None and not block.wide]
        if numbers:
            each.says = words.text(
                "Lines {first} to {last} of {count}", first=numbers[0], last=numbers[-1], count=len(view.entries)
            )
    return pages


def _heading(sheet: Sheet, frame: Frame, told: Annex) -> None:
    report, words = frame.report, frame.words
    sheet.text(MARGIN, 16.8, words.text("Calculation annex"), 18, face=SEMIBOLD)
    said = words.text("{month} · version {number}", month=report.period_text, number=report.version)
    sheet.text(RIGHT, 16.8, said, 12.5, face=SEMIBOLD, colour=ACCENT, align="r")
    text = words.text("How each amount of the nominal list came about, line by line")
    if told.unchanged:
        text = words.plural(
            "How each changed amount came about; {count} line without change: see the version before",
            "How each changed amount came about; {count} lines without change: see the version before",
            told.unchanged,
        )
    sheet.fitted(MARGIN, 22.2, text, WIDTH, 10.5, colour=GREY)
    rows = max(2, (len(told.parameters) + 1) // 2)
    sheet.tint(MARGIN, 26.4, WIDTH, 1.3 + PARAMETER_LINE * rows)
    for index, parameter in enumerate(told.parameters):
        x = MARGIN + 2.5 + (95.0 if index % 2 else 0.0)
        y = 30.7 + PARAMETER_LINE * (index // 2)
        colour = WARNING if parameter.provisional else INK
        sheet.fitted(x, y, parameter.title, 88, SMALL, face=SEMIBOLD, colour=colour)
        sheet.fitted(x, y + 3.6, parameter.detail, 88, 8, colour=GREY)
    note = words.text(
        "Each step is rounded to the cent, half up, before the next.  ½ = the value fell just on half a cent."
    )
    if told.on_sum:
        note = words.text("Only the sum is rounded; the cents are shared between the lines by largest remainder.")
    sheet.fitted(MARGIN, 26.4 + 1.3 + PARAMETER_LINE * rows + 4.3, note, WIDTH, SMALL, colour=GREY)


def _block(sheet: Sheet, frame: Frame, block: Block, y: float) -> None:
    words, currency = frame.words, frame.report.currency
    sheet.tint(MARGIN, y, WIDTH, BAND)
    sheet.rule(MARGIN, y, WIDTH, 0.9, INK)
    base = y + 3.85
    if block.number is not None:
        sheet.text(MARGIN + 5.8, base, str(block.number), 9, colour=GREY, align="r")
    sheet.fitted(LEFT, base, block.id, 13.6, 9)
    total = words.money(block.total, sign=block.sign, currency=currency)
    room = 3 + text_width(total, 10, SEMIBOLD)
    sheet.fitted(35.0, base, block.name, 51.5, 10, face=SEMIBOLD)
    sheet.fitted(88.0, base, block.place, 31.0 if block.remark else RIGHT - 88 - room, SMALL, colour=GREY)
    if block.remark:
        sheet.fitted(120.0, base, block.remark, RIGHT - 1 - room - 120, SMALL, colour=GREY)
    sheet.text(RIGHT - 1, base, total, 10, face=SEMIBOLD, align="r")
    first = y + BAND + 3.2
    if block.wide:
        for index, step in enumerate(block.steps):
            _wide(sheet, frame, step, first + LINE * index)
        return
    lines = max(LINES, len(block.hours), len(block.steps) + 1)
    last = first + LINE * (lines - 1)
    sheet.rule(LEFT, last - 3.05, LEFT_END - LEFT, 0.5, RULE)
    sheet.rule(STEP, last - 3.05, RIGHT - STEP, 0.5, RULE)
    for index, row in enumerate(block.hours):
        bottom = index + 1 == len(block.hours)
        baseline = last if bottom else first + LINE * index
        face = SEMIBOLD if bottom else REGULAR
        sheet.fitted(LEFT, baseline, row.label, 46, SMALL, face=face, colour=INK if bottom else GREY)
        text = "–" if row.value is None else words.number(row.value, sign=row.sign)
        sheet.figure(LEFT_END, baseline, text, 16, SMALL, face=face)
    for index, step in enumerate(block.steps):
        _step(sheet, frame, step, first + LINE * index)
    if block.fte is not None:
        _step(sheet, frame, block.fte, last)
    sheet.text(ARROW + 6.2, last, words.term("annex", "Total"), SMALL, face=SEMIBOLD)
    sheet.figure(RIGHT - 1, last, words.number(block.total), 17, SMALL, face=SEMIBOLD)


def _step(sheet: Sheet, frame: Frame, step: Move, baseline: float) -> None:
    """Draw a step: name, formula = exact value → rounded."""
    name = sheet.fitted(STEP, baseline, step.label, 22, SMALL)
    room = FORMULA_END - STEP - name - 1.5
    sheet.figure(FORMULA_END, baseline, step.formula, room, SMALL)
    sheet.text(EQUALS, baseline, "=", SMALL, align="c")
    sheet.figure(EXACT_END, baseline, step.exact, 21.5, SMALL)
    if step.rounded is None:
        return
    sheet.text(ARROW, baseline, "→", SMALL, colour=GREY, align="c")
    if step.half:
        sheet.text(HALF, baseline, "½", SMALL, face=SEMIBOLD)
    sheet.figure(RIGHT - 1, baseline, frame.words.number(step.rounded), 20, SMALL, face=SEMIBOLD)


def _wide(sheet: Sheet, frame: Frame, step: Move, baseline: float) -> None:
    """Draw a step of an adjustment or a correction over the whole width: its formula may be long."""
    sheet.fitted(LEFT, baseline, step.label, 44, SMALL)
    text = f"{step.formula} = {step.exact}" if step.exact else step.formula
    sheet.fitted(66.0, baseline, text, RIGHT - 66 - 24, SMALL, colour=GREY)
    if step.half:
        sheet.text(HALF, baseline, "½", SMALL, face=SEMIBOLD)
    if step.rounded is not None:
        text = frame.words.number(step.rounded, sign=step.sign)
        sheet.figure(RIGHT - 1, baseline, text, 21, SMALL, face=SEMIBOLD)
