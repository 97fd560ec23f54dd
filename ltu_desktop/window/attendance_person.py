"""A person's month beside the grid: her sums, her paper sheet with its scan, her absences, who changed a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.attendance_faces import hours_text, kind_name
from ltu_desktop.window.attendance_side import Side
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.paper_copies import dropped
from ltu_desktop.window.pieces import Link, clear, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.window.attendance_sheet import GridRow, Stretch
    from ltu_desktop.words import Words

LONGEST = 30  # characters shown of a file's name


@dataclass(frozen=True)
class PersonLoaded:
    """What is read of a person's month besides the grid: scans of her sheet, the history of a cell as sentences."""

    papers: tuple[AttachmentRow, ...]
    history: tuple[str, ...]


class PersonPanel(Side):
    """The panel. What is asked for goes out by signals: the sheet's state, a scan, an absence to remove."""

    sheet_said = Signal(bool, bool)  # received, signed
    scan_wanted = Signal(object)  # a file, or None to ask for one
    paper_opened = Signal(object)
    absence_removed = Signal(object)  # a Stretch
    absence_wanted = Signal()
    person_wanted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words, words.text(N_("The person’s month")))
        self.setAcceptDrops(True)
        self.end.hide()  # nothing stands in it
        self.row: GridRow | None = None
        self.writable = False
        self.received = QCheckBox(words.text(N_("Sheet received")))
        self.signed = QCheckBox(words.text(N_("signed")))
        self.removers: list[Button] = []
        self.said: list[str] = []

    def show_person(self, row_: GridRow, loaded: PersonLoaded, cell: str, *, writable: bool) -> None:
        """Show a person; `cell` names the chosen day, whose history is told."""
        words, self.row, self.writable = self.words, row_, writable
        focused = next((name for name in ("received", "signed") if getattr(self, name).hasFocus()), "")
        clear(self.body)
        self.title.setText(words.named(row_.name, row_.apart))
        self.setAccessibleName(self.title.text())
        for name, minutes in (
            (words.term("column", "Planned"), row_.planned),
            (words.term("column", "Done"), row_.done),
            (words.term("column", "Away"), row_.absent),
        ):
            self.fact(name, f"{hours_text(words, minutes)}\u00a0h")
        gap = f"{hours_text(words, row_.balance)}\u00a0h" if row_.balance else "–"
        self.fact(words.term("column", "Gap"), gap, tone="attention" if row_.balance < 0 else "text")
        self._lay_sheet(loaded.papers)
        self._lay_absences(row_.absences)
        self.section(words.text(N_("History of {cell}"), cell=cell))
        self.said = list(loaded.history)
        for sentence in loaded.history:
            self.body.addWidget(label(sentence, Text.NOTE, "text2", wrap=True))
        if not loaded.history:
            self.body.addWidget(label(words.text(N_("Nothing was ever entered here.")), Text.DENSE, "text3"))
        self.body.addStretch(1)
        if focused:
            getattr(self, focused).setFocus()

    def _lay_sheet(self, papers: Sequence[AttachmentRow]) -> None:
        words = self.words
        assert self.row is not None
        state = self.row.sheet
        self.section(words.text(N_("Month sheet")))
        across = row(gap=16)
        self.received = QCheckBox(words.text(N_("received")))
        self.received.setChecked(state is not None and state.received_on is not None)
        self.signed = QCheckBox(words.text(N_("signed")))
        self.signed.setChecked(state is not None and state.signed)
        for box in (self.received, self.signed):
            box.setEnabled(self.writable)
            box.setAccessibleName(f"{words.text(N_('Month sheet'))}, {box.text()}")
            across.addWidget(box)
        self.signed.setEnabled(self.writable and self.received.isChecked())
        self.received.clicked.connect(lambda on: self.sheet_said.emit(on, on and self.signed.isChecked()))
        self.signed.clicked.connect(lambda on: self.sheet_said.emit(True, on))
        across.addStretch(1)
        self.body.addLayout(across)
        if state is not None and state.received_on is not None:
            said = words.text(N_("received on {day}"), day=words.day(state.received_on))
            self.body.addWidget(label(said, Text.DENSE, "text3"))
        for paper in papers:
            name = paper.name if len(paper.name) <= LONGEST else f"{paper.name[: LONGEST - 1]}…"
            link = Link(name, icon="paperclip")
            link.setToolTip(words.text(N_("Open a copy of {name}"), name=paper.name))
            link.setAccessibleName(link.toolTip())
            link.clicked.connect(lambda _on=False, key=paper.id: self.paper_opened.emit(key))
            self.body.addWidget(link)
        self.scan_button = Button(words.text(N_("Attach the scan…")), icon="paperclip", hint="Ctrl J")
        self.scan_button.setEnabled(self.writable)
        self.scan_button.setToolTip(words.text(N_("Or drop the file here.")))
        self.scan_button.clicked.connect(lambda: self.scan_wanted.emit(None))
        line = row(gap=8)
        line.addWidget(self.scan_button)
        line.addStretch(1)
        self.body.addLayout(line)

    def _lay_absences(self, found: Sequence[Stretch]) -> None:
        words = self.words
        self.section(words.text(N_("Absences")))
        self.removers = []
        for each in found:
            across = row(gap=8)
            name = kind_name(words, each.kind)
            days = words.day_of_month(each.first)
            if each.last != each.first:
                days = words.text(N_("{first} to {last}"), first=each.first.day, last=words.day_of_month(each.last))
            said = f"{name[:1].upper()}{name[1:]}, {days}"
            across.addWidget(label(said, Text.DENSE, wrap=True), 1)
            across.addWidget(label(words.duration(each.minutes, short=True), Text.DENSE_STRONG))
            away = Button(icon="x", kind=Kind.PLAIN, height=28)
            away.setAccessibleName(words.text(N_("Remove: {absence}"), absence=said))
            away.setToolTip(away.accessibleName())
            away.setEnabled(self.writable and each.kind != "absent")
            away.clicked.connect(lambda _on=False, each=each: self.absence_removed.emit(each))
            self.removers.append(away)
            across.addWidget(away)
            self.body.addLayout(across)
        if not found:
            self.body.addWidget(label(words.text(N_("None this month.")), Text.DENSE, "text3"))
        line = row(gap=8)
        add = Button(words.text(N_("Enter an absence…")), icon="calendar-x", height=28)
        add.setEnabled(self.writable)
        add.clicked.connect(self.absence_wanted)
        whole = Link(words.text(N_("The whole record")))
        whole.clicked.connect(lambda: self.person_wanted.emit(self.row.staff_number if self.row is not None else ""))
        line.addWidget(add)
        line.addWidget(whole)
        line.addStretch(1)
        self.body.addLayout(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one file: the scan of the sheet."""
        if self.writable and len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.scan_wanted.emit(dropped(event))
