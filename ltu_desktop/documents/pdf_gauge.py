"""Gauges on paper: the year’s average as a bar, the limit as a thick line, this month as a triangle; and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents import fonts
from ltu_desktop.documents.fonts import SEMIBOLD
from ltu_desktop.documents.pdf_sheet import ACCENT, GREY, INK, MM, WHITE

if TYPE_CHECKING:
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.documents.report import Gauge

BAR = 5.4
GAP_TO_LABEL = 4.6


def height(gauge: Gauge, width: float) -> float:
    """Return how high a gauge with its sentences stands."""
    lines = sum(len(fonts.wrap(fonts.drawable(text), fonts.REGULAR, 8, width * MM)) for text in gauge.sentences)
    return 4.0 + BAR + 1.3 + GAP_TO_LABEL + 4.6 + 3.9 * lines


def draw(sheet: Sheet, x: float, y: float, width: float, gauge: Gauge) -> float:
    """Draw a gauge from y on; give the y below its sentences."""
    sheet.fitted(x, y, gauge.title, width, 9, face=SEMIBOLD)
    top = y + 2.7
    values = [gauge.average, gauge.month, *([gauge.limit] if gauge.limit is not None else [])]
    # the scale leaves room for the limit's words: beside the limit, or beside the average when that is greater
    words = fonts.ems(gauge.limit_text, SEMIBOLD) * 8.5 / MM + 4
    scale = float(max(values)) * 1.1
    if gauge.limit is not None:
        scale = max(scale, float(gauge.limit) * 1.3, float(gauge.average) * width / (width - words))
    scale = scale or 1.0

    def place(value: object) -> float:
        return x + width * min(1.0, max(0.0, float(str(value)) / scale))

    end = place(gauge.average)
    limit = place(gauge.limit) if gauge.limit is not None else None
    filled = min(end, limit) if limit is not None else end
    sheet.tint(x, top, filled - x, BAR, ACCENT)
    if limit is not None and end > limit:
        sheet.hatch(limit, top, end - limit, BAR)
    sheet.box(x, top, width, BAR, 0.6)
    baseline = top + BAR / 2 + 1.05
    said = fonts.ems(gauge.average_text, SEMIBOLD) * 9 / MM
    below = 0.0
    if filled - x > said + 3:
        sheet.text(filled - 1.5, baseline, gauge.average_text, 9, face=SEMIBOLD, colour=WHITE, align="r")
    elif limit is not None and limit - end > said + 4:
        sheet.text(end + 1.5, baseline, gauge.average_text, 9, face=SEMIBOLD)
    else:  # no room in or beside the bar: below it
        sheet.text(x, top + BAR + GAP_TO_LABEL + 1.5, gauge.average_text, 8.5, face=SEMIBOLD)
        below = fonts.ems(gauge.average_text, SEMIBOLD) * 8.5 / MM + 4
    if limit is not None:
        sheet.upright(limit, top - 1.4, BAR + 2.8, 1.8)
        _limit_words(sheet, x + width, limit, end, baseline, gauge.limit_text)
    return _month(sheet, x, top + BAR, width, place(gauge.month), gauge, below)


def _limit_words(sheet: Sheet, right: float, limit: float, end: float, baseline: float, text: str) -> None:
    room = fonts.ems(text, SEMIBOLD) * 8.5 / MM
    start = max(limit, end) + 1.4
    if start + room > right - 0.5:
        start = right - room - 0.8
    sheet.text(start, baseline, text, 8.5, face=SEMIBOLD)


def _month(sheet: Sheet, x: float, y: float, width: float, at: float, gauge: Gauge, taken: float) -> float:
    """Draw the triangle of this month with its words (right of what is taken already), then the sentences."""
    sheet.triangle(at - 1.3, y + 0.5, 2.6, INK)
    room = fonts.ems(gauge.month_text, fonts.REGULAR) * 8.5 / MM
    left = min(max(x + taken, at - room / 2), x + width - room)
    baseline = y + GAP_TO_LABEL + 1.5
    sheet.text(left, baseline, gauge.month_text, 8.5)
    baseline += 4.6
    for index, text in enumerate(gauge.sentences):
        indent = 0.0
        if gauge.over and index == 0:
            sheet.warning(x, baseline, 2.8)
            indent = 3.8
        baseline = sheet.paragraph(x + indent, baseline, text, width - indent, 8, pitch=3.9, colour=GREY)
    return baseline
