"""A part of the panel: what stands behind one of its tabs. A further one is a class, listed in `person_panel.PARTS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ltu_desktop.window.pieces import column, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QHBoxLayout

    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.queries.eligibility import Checklist
    from ltu_desktop.queries.health import HealthRow
    from ltu_desktop.queries.people import PersonDetail, PersonRow
    from ltu_desktop.queries.skills import NoteRow, Portrait
    from ltu_desktop.words import Words

WIDTH = 470  # of the panel


@dataclass(frozen=True)
class Sheet:
    """All that the panel shows of a person; `history` is the latest that was done to her, as sentences.

    `health` is None for a role that health data are kept from; `sites` are the (key in hexadecimal, name) there are.
    """

    person: PersonDetail
    today: date
    listed: PersonRow | None = None
    history: tuple[str, ...] = ()
    checklist: Checklist | None = None
    papers: tuple[AttachmentRow, ...] = ()
    health: HealthRow | None = None
    sites: tuple[tuple[str, str], ...] = ()
    portrait: Portrait | None = None
    notes: tuple[NoteRow, ...] = ()
    activities: tuple[tuple[bytes, str], ...] = ()  # those that go on, for wishes
    writable: bool = False


class Part(QWidget):
    """What stands behind a tab. It is made once; `show_sheet` fills it again and again."""

    code: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.box = column(self, gap=10)

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:
        """Show a person; `again` when she was shown before: what is being typed stays."""

    def count(self, sheet: Sheet) -> int:  # noqa: ARG002  for parts that count
        """Return the number beside the tab's word; 0 shows none."""
        return 0

    def hand(self) -> str:
        """Return the name of the place in this part where the focus is, or ""."""
        return ""

    def put_hand(self, name: str) -> bool:  # noqa: ARG002  for parts with places
        """Put the focus into a place by its name; tell whether this part has it."""
        return False

    def mend(self, name: str) -> QWidget | None:  # noqa: ARG002  for parts with fields
        """Make a field ready, by its name in `actions.fields`, and return what takes the focus; None: not here."""
        return None

    def first(self) -> QWidget | None:
        """Return where the keyboard begins in this part."""
        return None

    def spread(self, *, wide: bool) -> None:
        """Lay out for a wide or a narrow panel."""


def section(title: str, said: str = "") -> QHBoxLayout:
    """Make the head of a section: its name, and what is to be said of it."""
    line = row(gap=10)
    line.addWidget(label(title, Text.SECTION), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(said, Text.BODY, "text2", wrap=True), 1)
    return line
