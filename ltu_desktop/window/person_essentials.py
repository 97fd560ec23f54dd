"""The first part of the panel: what is missing, the contracts, and what her eligibility rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.form import choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.live_checks import NOT_A_DAY
from ltu_desktop.window.people_list import STOPS
from ltu_desktop.window.person_contracts import Contracts
from ltu_desktop.window.person_papers import POINT, Points
from ltu_desktop.window.person_part import Part
from ltu_desktop.window.pieces import Band, clear, column, label, row, rule
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.window.form import Field
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.words import Words

LACKS = {
    "status": (N_("The status is missing: PPDE or other?"), N_("Without it nothing can be claimed for this person.")),
    "recognised_on": (
        N_("The date of the committee’s decision is missing"),
        N_("It is in the committee’s minutes."),
    ),
    "contract": (N_("There is no contract"), N_("Add it below, or import the list or the payroll that holds it.")),
    "weekly_hours": (N_("The contract’s weekly hours are missing"), N_("Import the staff list that holds them.")),
    "aid": (
        N_("Payroll declares another State aid"),
        N_("This hire cannot carry two: have the code corrected in payroll."),
    ),
}
MENDS = (("status", "status"), ("recognised_on", "day"))  # what is missing, and the field that mends it


class Essentials(Part):
    """What stops or is missing, contracts and eligibility; `changed` gives columns of the person."""

    code: ClassVar[str] = "essentials"
    title: ClassVar[str] = N_("Essentials")

    changed = Signal(object)
    point_changed = Signal(str, object)  # a point of her eligibility, what is said of it

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._sheet: Sheet | None = None
        self._lacking = column(gap=8)
        self.contracts = Contracts(words)
        self.box.addLayout(self._lacking)
        self.box.addWidget(self.contracts)
        self.box.addWidget(rule())
        line = row(gap=10)
        line.addWidget(label(words.text(N_("Eligibility")), Text.SECTION), 0, Qt.AlignmentFlag.AlignTop)
        self._said = label("", Text.BODY, "text2", wrap=True)
        line.addWidget(self._said, 1)
        self.box.addLayout(line)
        options = (("", words.status("")), ("ppde", words.status("ppde")), ("other", words.status("other")))
        self.status = choice_field(words.text(N_("Status")), options)
        self.day = text_field(words.text(N_("Committee’s decision")))
        self.number = text_field(words.text(N_("Decision number")))
        self._edit(self.day).setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self.box.addLayout(self._grid)
        self.points = Points(words)
        self.points.changed.connect(self.point_changed)
        self.box.addWidget(self.points)
        self.box.addStretch(1)
        choice = self.status.widget
        assert isinstance(choice, QComboBox)
        choice.activated.connect(lambda _at: self._save())
        self._edit(self.day).editingFinished.connect(self._save)
        self._edit(self.number).editingFinished.connect(self._save)
        self.spread(wide=True)

    @staticmethod
    def _edit(field: Field) -> QLineEdit:
        assert isinstance(field.widget, QLineEdit)
        return field.widget

    def spread(self, *, wide: bool) -> None:
        """Lay the fields out in three columns, or in two."""
        for field, spot in ((self.status, (0, 0)), (self.day, (0, 1)), (self.number, (0, 2) if wide else (1, 0))):
            self._grid.addWidget(
                field, *spot, 1, 1 if wide or field is not self.number else 2, Qt.AlignmentFlag.AlignTop
            )
        columns = 3 if wide else 2
        for at in range(3):  # the edges of the points below
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        self.points.spread(columns)

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:
        """Show what is missing, the contracts, the points."""
        words, values, listed = self.words, sheet.person.values, sheet.listed
        self._sheet = sheet
        clear(self._lacking)
        for code in listed.missing if listed is not None else ():
            title, text = LACKS[code]
            meaning = Meaning.BLOCKING if code in STOPS else Meaning.ATTENTION
            self._lacking.addWidget(Band(meaning, words.text(title), words.text(text)))
        self.contracts.show_sheet(sheet, again=again)
        checklist = sheet.checklist
        concerned = checklist is not None and checklist.concerned
        said = ""
        if checklist is not None and concerned:
            said = words.text(N_("{done} of {all} in order"), done=checklist.done, all=len(checklist.points))
            lacking = self.points.lacking(checklist)
            if lacking and checklist.done:  # where all is to be done nothing needs to be named
                said += f" · {words.text(N_('missing: {points}'), points=', '.join(lacking))}"
        self._said.setText(said)
        self.status.refill(values["status"] or "", again=again)
        self.day.refill(write_day(values["recognised_on"]), again=again)
        self.number.refill(values["decision_number"], again=again)
        for field in (self.status, self.day, self.number):
            field.widget.setEnabled(sheet.writable)
        self.points.setVisible(concerned)
        if checklist is not None and concerned:
            self.points.show_points(checklist, writable=sheet.writable, again=again)

    def _save(self) -> None:
        """Save what differs; a wrong day is told below its field and kept as typed."""
        if self._sheet is None:
            return
        try:
            day = read_day(value_of(self.day))
        except ValueError:
            self.day.wrong(self.words.text(NOT_A_DAY))
            return
        self.day.wrong("")
        typed = {
            "status": value_of(self.status) or None,
            "recognised_on": day,
            "decision_number": value_of(self.number),
        }
        values = {name: value for name, value in typed.items() if value != self._sheet.person.values[name]}
        if values:
            for field in (self.day, self.number):
                field.settle()
            self.changed.emit(values)

    def refuse(self, name: str, text: str) -> bool:
        """Say below its field what the file refuses; tell whether the field is here."""
        field = {"recognised_on": self.day, "decision_number": self.number, "status": self.status}.get(name)
        if field is None:
            return False
        field.wrong(text)
        return True

    def hand(self) -> str:
        """Return in which field the focus is."""
        for name in ("status", "day", "number"):
            if getattr(self, name).widget.hasFocus():
                return name
        if self.contracts.timeline is not None and self.contracts.timeline.hasFocus():
            return "timeline"
        return self.points.hand()

    def put_hand(self, name: str) -> bool:
        """Put the focus into a field, a point, the line of time, or at the ways of the contracts."""
        if name == "contracts":
            self.contracts.focus_ways()
            return True
        widget: QWidget | None = None
        if name == "timeline":
            widget = self.contracts.timeline
        elif name.startswith(POINT):
            widget = self.points.fields[name.removeprefix(POINT)].widget
        elif name in {"status", "day", "number"}:
            widget = getattr(self, name).widget
        if widget is None:
            return False
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def mend(self, name: str) -> QWidget | None:
        """Return a field, the point that does not fit, or a field of a contract, whose form is opened."""
        field = {"status": self.status, "recognised_on": self.day, "decision_number": self.number}.get(name)
        if name == "eligibility":
            doubtful = (each for each in self.points.fields.values() if each.is_wrong())
            field = next(doubtful, self.day)
        if field is not None:
            return field.widget
        return self.contracts.form.fields[name].widget if self.contracts.mend(name) else None

    def missing_field(self) -> QWidget | None:
        """Return the very field that mends what is missing."""
        missing = self._sheet.listed.missing if self._sheet is not None and self._sheet.listed is not None else ()
        for code, field in MENDS:
            if code in missing:
                widget: QWidget = getattr(self, field).widget
                return widget
        return None

    def first(self) -> QWidget | None:
        """Begin with the status."""
        return self.status.widget
