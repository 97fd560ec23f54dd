"""What each page of a report repeats: heading on the first, head line on the others, footer with file and page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ltu_desktop.documents.fonts import SEMIBOLD
from ltu_desktop.documents.pdf_frame import Mark, Page, paint
from ltu_desktop.documents.pdf_sheet import ACCENT, GREY, HAIR, INK, LANDSCAPE, MARGIN, RULE, WARNING
from ltu_desktop.documents.pdfa import About, finish, language_tag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.pdfa import Attachment
    from ltu_desktop.documents.report import Report
    from ltu_desktop.words import Words

HEAD_RULE = 25.4  # below title and subtitle of the first page
IDENTITY = 30.4  # baseline of the line that says who
FOOT = 15.6  # from the footer's rule to the paper's edge
TOP = 19.8  # baseline of a title on the pages after the first


@dataclass(frozen=True, slots=True)
class ReportFrame:
    """A report's pages: all of one size."""

    report: Report
    words: Words
    size: tuple[float, float] = LANDSCAPE

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.size[0] - 2 * MARGIN

    @property
    def lowest(self) -> float:
        """Where the last line above the footer ends."""
        return self.size[1] - FOOT - 1.5

    def page(self, *, first: bool = False, says: str = "") -> Page:
        """Plan a page of the report's size; the first one has the heading."""
        page = Page(size=self.size, first=first, says=says)
        if first:
            page.add(self.heading)
            page.marks.append(Mark(self.report.title, 10.0))
        return page

    def draw(self, sheet: Sheet, page: Page, number: int, count: int) -> None:
        """Draw a whole page."""
        sheet.begin(page.size)
        if not page.first:
            self._head(sheet, page)
        for draw in page.draws:
            draw(sheet)
        self._foot(sheet, number, count)
        if self.report.draft:
            sheet.draft(self.words.term("paper", "DRAFT"))
        sheet.finish()

    def heading(self, sheet: Sheet) -> None:
        """Draw title and subtitle, at the right the period and the day; below, who it is about."""
        report, right = self.report, sheet.right
        period = sheet.text(right, 16.2, report.period_text, 20, face=SEMIBOLD, colour=ACCENT, align="r")
        sheet.fitted(MARGIN, 16.2, report.title, self.width - period - 6, 20, face=SEMIBOLD)
        said = " · ".join(text for text in (report.sealed_line, report.version_text) if text)
        made = sheet.text(right, 22.4, said, 10, colour=GREY, align="r")
        sheet.fitted(MARGIN, 22.4, report.subtitle, self.width - made - 6, 10.5, colour=GREY)
        sheet.rule(MARGIN, HEAD_RULE, self.width, 0.8, ACCENT)
        owner = sheet.fitted(MARGIN, IDENTITY, report.owner, self.width / 2, 9, face=SEMIBOLD)
        if report.owner_line:
            sheet.fitted(MARGIN + owner, IDENTITY, f"  ·  {report.owner_line}", self.width - owner, 9)

    def _head(self, sheet: Sheet, page: Page) -> None:
        report = self.report
        width = sheet.text(MARGIN, 10.4, report.subject, 9, face=SEMIBOLD, colour=ACCENT)
        right = sheet.text(sheet.right, 10.4, page.says, 9, colour=GREY, align="r")
        said = f"{report.owner} · {report.period_text}"
        sheet.fitted(MARGIN + width + 2, 10.4, said, self.width - width - right - 6, 9, colour=GREY)
        sheet.rule(MARGIN, 12.3, self.width, 0.5, HAIR)

    def _foot(self, sheet: Sheet, number: int, count: int) -> None:
        report, words = self.report, self.words
        y = sheet.height - FOOT
        sheet.rule(MARGIN, y, self.width, 0.5, RULE)
        page = words.term("paper", "Page {number}/{count}", number=number, count=count)
        taken = sheet.text(sheet.right, y + 5.6, page, 10, face=SEMIBOLD, align="r")
        middle = MARGIN + self.width * 0.36
        sheet.fitted(MARGIN, y + 3.8, report.owner, middle - MARGIN - 4, 8, face=SEMIBOLD)
        version = f" · {report.version_text}" if report.version_text else ""
        sheet.fitted(
            MARGIN, y + 7.6, f"{report.subject} · {report.period_text}{version}", middle - MARGIN - 4, 8, colour=GREY
        )
        room = sheet.right - taken - 6 - middle
        drawn = " · ".join(text for text in (report.file, report.sealed_line) if text)
        sheet.fitted(middle, y + 3.8, drawn, room, 8, colour=GREY)
        if report.warnings:
            sheet.warning(middle, y + 7.6, 2.7)
            text = " · ".join(report.warnings)
            sheet.fitted(middle + 4.0, y + 7.6, text, room - 4, 8, face=SEMIBOLD, colour=WARNING)
        elif report.draft:
            sheet.text(middle, y + 7.6, words.text("Draft: not to be sent"), 8, face=SEMIBOLD, colour=INK)


def archive(
    frame: ReportFrame,
    pages: Sequence[Page],
    *,
    program: str,
    made: datetime | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Draw planned pages and make them an archive file (PDF/A-3b); `made` is the moment that the file bears."""
    report = frame.report
    about = About(
        title=f"{report.title} – {report.period_text} – {report.owner}",
        author=report.author or report.owner,
        subject=report.subtitle,
        seal="",
        language=language_tag(report.language),
        program=program,
        made=made,
    )
    return finish(paint(pages, frame.draw), about, attachments)
