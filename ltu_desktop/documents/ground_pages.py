"""What the sheets for the ground share on paper: how times are written, who stands where, and the file they become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ltu_desktop.documents.pdf_frame import paint
from ltu_desktop.documents.pdfa import About, finish, language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ltu_desktop.documents.ground import Imprint, Stint
    from ltu_desktop.documents.pdf_frame import Page
    from ltu_desktop.documents.pdf_sheet import Sheet
    from ltu_desktop.words import Words

NOON_FROM, NOON_TO = 12 * 60 + 30, 13 * 60 + 30
"""A stretch that begins before the first and ends after the second is a whole day's, else it is one half's."""


def is_morning(stint: Stint) -> bool:
    """Tell whether a stretch belongs to the morning (a whole day's does not)."""
    return stint.end <= NOON_TO and stint.start < NOON_FROM


def is_whole(stint: Stint) -> bool:
    """Tell whether a stretch goes over noon."""
    return stint.start < NOON_FROM and stint.end > NOON_TO


def span(words: Words, start: int, end: int, *, short: bool = True) -> str:
    """Write from when to when: `8 h 30 – 12 h`."""
    return f"{words.clock_time(start, short=short)} – {words.clock_time(end, short=short)}"


def joined(stints: Iterable[Stint]) -> list[Stint]:
    """Return stretches in order, those at one place and activity that touch made one."""
    found: list[Stint] = []
    for stint in sorted(stints, key=lambda each: (each.start, each.end)):
        last = found[-1] if found else None
        if last is not None and (last.mark, last.place, last.end) == (stint.mark, stint.place, stint.start):
            found[-1] = type(stint)(last.mark, last.start, stint.end, last.pause + stint.pause, last.place)
        else:
            found.append(stint)
    return found


def bind(pages: Sequence[Page], words: Words, imprint: Imprint, title: str, subject: str) -> bytes:
    """Draw planned pages and make them an archive file (PDF/A-3b) without any hash: these sheets are for pens."""

    def draw(sheet: Sheet, page: Page, _number: int, _count: int) -> None:
        sheet.begin(page.size)
        for each in page.draws:
            each(sheet)
        sheet.finish()

    about = About(
        title=title,
        author=imprint.employer,
        subject=subject,
        seal="",
        language=language_tag(words.language),
        program=imprint.program,
        made=imprint.printed,
    )
    return finish(paint(pages, draw), about)
