"""A person's points of eligibility with their days, and her documents: attached or dropped, opened by a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QMenu, QWidget

from ltu_desktop.actions.attachments import KINDS, KINDS_OF
from ltu_desktop.actions.eligibility import NAMES
from ltu_desktop.rules.eligibility import RESIDENT, VOLUNTEER, WITHOUT_JOB, State
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, read_day, text_field, value_of, write_day
from ltu_desktop.window.pieces import Link, column, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.queries.attachments import AttachmentRow
    from ltu_desktop.queries.eligibility import Checklist, PointRow
    from ltu_desktop.words import Words

LABELS = {
    VOLUNTEER: N_("Volunteer, noted on"),
    WITHOUT_JOB: N_("Without a job since"),
    RESIDENT: N_("Living here since"),
}
LACKING = {
    VOLUNTEER: N_("date of volunteering"),
    WITHOUT_JOB: N_("date of the last job’s end"),
    RESIDENT: N_("date of arrival in the area"),
}
"""What is missing, inside a sentence."""
LONGEST = 30  # characters shown of a name
POINT = "point:"  # before a point's code: the paper is its proof


class Points(QWidget):
    """The days of the points, each with its proof: `changed` gives the point's code and what is said of it.

    `wanted` asks for a proof of a point, as `Papers.wanted` does; `opened` gives the key of one that is there.
    """

    changed = Signal(str, object)
    wanted = Signal(str)
    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._days: dict[str, date | None] = {}
        self.fields: dict[str, Field] = {}
        self.proofs: dict[str, Link] = {}
        self._papers: dict[str, AttachmentRow] = {}
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for code, text in LABELS.items():
            field = text_field(words.text(text))
            edit = field.widget
            assert isinstance(edit, QLineEdit)
            edit.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
            edit.editingFinished.connect(lambda code=code: self._save(code))
            self.fields[code] = field
            link = Link("")
            link.clicked.connect(lambda _on=False, code=code: self._proof(code))
            self.proofs[code] = link
            cell = QWidget()
            box = column(cell, gap=2)
            box.addWidget(field)
            box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._cells.append(cell)
        self.spread(3)

    def spread(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for at in range(3):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def show_points(self, checklist: Checklist, *, writable: bool, again: bool) -> None:
        """Show the days of somebody's points."""
        for point in checklist.points:
            if point.criterion in LABELS:
                self._show(point, writable=writable, again=again)

    def lacking(self, checklist: Checklist) -> list[str]:
        """Return the names of the points of which nothing is said."""
        missing = (point.criterion for point in checklist.points if point.state is State.MISSING)
        return [self._words.text(LACKING[code]) for code in missing if code in LACKING]

    def _show(self, point: PointRow, *, writable: bool, again: bool) -> None:
        code, field = point.criterion, self.fields[point.criterion]
        day = point.checked_on if code == VOLUNTEER else point.since
        if again and day != self._days.get(code):
            field.wrong("")  # what was told of the former day
        self._days[code] = day
        field.widget.setEnabled(writable)
        self._show_proof(code, point.proofs, writable=writable)
        doubtful = point.state is State.DOUBTFUL
        field.refill(write_day(day), again=again and not doubtful)
        if doubtful:
            field.wrong(self._words.text(N_("For this hire: {day} at the latest."), day=self._words.day(point.latest)))

    def _show_proof(self, code: str, proofs: Sequence[AttachmentRow], *, writable: bool) -> None:
        """Lead to a point's proof, or to attaching one."""
        words, link = self._words, self.proofs[code]
        name = words.text(LABELS[code])
        if proofs:
            self._papers[code] = proofs[0]
            link.icon_name = "paperclip"
            link.setText(words.text(N_("Proof")))
            link.setToolTip(words.text(N_("Open a copy of {name}"), name=proofs[0].name))
        else:
            self._papers.pop(code, None)
            link.icon_name = "plus"
            link.setText(words.text(N_("Proof…")))
            link.setToolTip(words.text(N_("Attach the proof: {point}"), point=name))
        link.setAccessibleName(link.toolTip())
        link.setEnabled(bool(proofs) or writable)
        link.refit()

    def _proof(self, code: str) -> None:
        paper = self._papers.get(code)
        if paper is not None:
            self.opened.emit(paper.id)
        else:
            self.wanted.emit(f"{POINT}{code}")

    def hand(self) -> str:
        """Return which point the focus is in."""
        return next((f"{POINT}{code}" for code, field in self.fields.items() if field.widget.hasFocus()), "")

    def _save(self, code: str) -> None:
        field = self.fields[code]
        try:
            day = read_day(value_of(field))
        except ValueError:
            field.wrong(self._words.text(N_("This is not a date: day, month, year.")))
            return
        if day != self._days.get(code):
            field.wrong("")
            field.settle()
            self.changed.emit(code, {"checked_on" if code == VOLUNTEER else "since": day})


class Papers(QWidget):
    """The documents, each a link that opens a copy; `wanted` says what kind is to be attached."""

    wanted = Signal(str)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, words: Words, papers: Sequence[AttachmentRow], *, concerned: bool, writable: bool) -> None:
        super().__init__()
        self._words, self._concerned = words, concerned
        self.links: dict[str, Link] = {}
        box = column(self, gap=2)
        for paper in papers:
            box.addLayout(self._line(paper, writable=writable))
        if not papers:
            box.addWidget(label(words.text(N_("None yet. A file can also be dropped here.")), Text.DENSE, "text3"))
        self.add_button = Button(words.text(N_("Attach…")), icon="paperclip", hint="Ctrl J")
        self.add_button.drops = True
        self.add_button.setEnabled(writable)
        self.add_button.clicked.connect(self.ask)
        line = row(margins=(0, 6, 0, 0))
        line.addWidget(self.add_button)
        line.addStretch(1)
        box.addLayout(line)

    def _line(self, paper: AttachmentRow, *, writable: bool) -> QHBoxLayout:
        words = self._words
        line = row(gap=8)
        name = paper.name if len(paper.name) <= LONGEST else f"{paper.name[: LONGEST - 1]}…"
        link = Link(name, icon="paperclip")
        link.setToolTip(words.text(N_("Open a copy of {name}"), name=paper.name))
        link.setAccessibleName(link.toolTip())
        link.clicked.connect(lambda _on=False, key=paper.id: self.opened.emit(key))
        self.links[paper.name] = link
        line.addWidget(link)
        kind = label(words.text(KINDS[paper.kind]), Text.DENSE, "text3", wrap=True)
        line.addWidget(kind, 1)
        away = Button(icon="x", kind=Kind.QUIET, height=28)
        away.setAccessibleName(words.text(N_("Remove {name}"), name=paper.name))
        away.setToolTip(away.accessibleName())
        away.setEnabled(writable)
        away.clicked.connect(lambda _on=False, key=paper.id: self.removed.emit(key))
        line.addWidget(away)
        return line

    def kinds(self) -> list[tuple[str, str]]:
        """Return what a paper may be, with its words: proofs of points first, for those who are PPDE."""
        text = self._words.text
        proofs = [
            (f"{POINT}{code}", f"{text(KINDS['proof'])}{self._words.colon} {text(NAMES[code])}") for code in LABELS
        ]
        own = [(kind, text(KINDS[kind])) for kind in KINDS_OF["person"]]
        return [*(proofs if self._concerned else []), *own]

    def ask(self) -> None:
        """Ask what the paper is."""
        menu = QMenu(self)
        for code, said in self.kinds():
            menu.addAction(said).triggered.connect(lambda _on=False, code=code: self.wanted.emit(code))
        menu.exec(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))
        menu.deleteLater()
