"""What the attendance grid draws, and the room that its texts need."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics

from ltu_desktop.rules.attendance import show_minutes
from ltu_desktop.window import theme
from ltu_desktop.window.attendance_faces import hours_text
from ltu_desktop.window.attendance_sheet import Sums
from ltu_desktop.window.theme import metrics
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

    from ltu_desktop.window.attendance_keys import Choice, Spot
    from ltu_desktop.window.attendance_layout import Layout
    from ltu_desktop.window.attendance_sheet import GridRow, Sheet
    from ltu_desktop.window.tokens import Meaning
    from ltu_desktop.words import Words

STRETCHES = (100, 90, 80)  # per cent of the width of a letter
EDGE, MARGIN = 7, 24  # right of a sum; of the page


@dataclass(frozen=True, slots=True)
class TeamFace:
    """What a team's head says: its people, its sheets with their meaning; `fill`: "as planned" would do something."""

    people: str
    sheets: str = ""
    meaning: Meaning | None = None
    fill: bool = False


@dataclass
class View:
    """All that is drawn: the sheet, where things lie, what is chosen, and what is said around it."""

    words: Words
    sheet: Sheet
    layout: Layout
    choice: Choice
    scroll_x: int = 0
    scroll_y: int = 0
    focus: bool = False
    frozen: bool = False  # the month is closed
    past: bool = True  # the month is over: a sheet that is not there is missing
    editing: Spot | None = None
    wrong: dict[Spot, str] = field(default_factory=dict)
    dragged: tuple[Spot, Spot] | None = None  # what the handle would fill
    teams: Sequence[TeamFace] = ()
    heads: Sequence[str] = ()  # of the totals
    letters: Sequence[str] = ()  # of the days
    name_head: str = ""
    note_head: str = ""
    foot_name: str = ""
    foot: Sequence[int] = ()
    foot_sums: Sums = field(default_factory=Sums)
    fill_text: str = ""
    sheets: bool = True  # the last total is the state of the paper sheet
    buttons: dict[int, QRect] = field(default_factory=dict)  # where "as planned" was drawn, by the team's place


def width_of(use: Text, text: str) -> int:
    """Return how wide a text is."""
    return metrics(use).horizontalAdvance(text)


def totals_need(view: View) -> tuple[int, ...]:
    """Return how wide each total must be at least, heads and sums whole; 0 for what is not said in this view."""
    if not view.heads:
        return ()
    sums = (view.foot_sums, *(view.sheet.sums(team) for team in view.sheet.teams))
    found = []
    for index, name in enumerate(("planned", "done", "absent", "balance")):
        texts = (view.heads[index], *(hours_text(view.words, getattr(each, name)) for each in sums))
        said = view.sheets or index == 1
        free = (4 if view.sheets else 12) + edge_of(view)  # more where there are no other sums beside it
        found.append(max(width_of(Text.DENSE_STRONG, text) for text in texts) + free if said else 0)
    return (*found, 1 if view.sheets else 0)


def edge_of(view: View) -> int:
    """Return what is free at the right of a sum: where it is the last column, the page's margin."""
    return EDGE if view.sheets else MARGIN


def names_need(sheet: Sheet) -> int:
    """Return how wide the column of names must be for the longest."""
    return max(
        (width_of(Text.DENSE_STRONG, row.name) + apart_need(row) + beside(row.note) for row in sheet.longest), default=0
    )


def apart_need(row: GridRow) -> int:
    """Return what the number that tells a row from its namesakes' takes from its name."""
    return width_of(Text.NOTE, row.apart) + 5 if row.apart else 0


def beside(note: str) -> int:
    """Return what the margins and the note of a row take from its name."""
    return 26 + (width_of(Text.DENSE, note) + 8 if note else 0)


def foot_texts(foot: Sequence[int], width: int, mark: str) -> tuple[list[str], QFont]:
    """Write the days' sums in the room there is, all in narrower letters if one of them needs these.

    Whole hours where parts of an hour do not fit in the narrowest (the tooltip has them).
    """
    texts = [show_minutes(minutes, mark) for minutes in foot]
    room = width - 3  # apart from its neighbour's line
    for stretch in STRETCHES:
        letters, measures = _narrow(theme.state().scale, stretch)
        wide = [measures.horizontalAdvance(text) for text in texts]
        if max(wide, default=0) <= room:
            break
    whole = (str((minutes + 30) // 60) for minutes in foot)
    return [text if one <= room else less for text, one, less in zip(texts, wide, whole, strict=True)], letters


@cache
def _narrow(_scale: int, stretch: int) -> tuple[QFont, QFontMetrics]:
    """Make narrower letters once for each scale of the texts."""
    made = QFont(theme.font(Text.NOTE_STRONG))
    made.setStretch(stretch)
    return made, QFontMetrics(made)
