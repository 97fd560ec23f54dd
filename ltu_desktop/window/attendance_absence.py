"""An absence by its form: kind, days, part; what it comes to in hours and euros stands below before it is saved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ltu_desktop.rules.absence_kinds import KINDS
from ltu_desktop.rules.attendance import AFTERNOON, DAY, HOURS, MORNING, minutes_to_hundredths, parse_cell
from ltu_desktop.rules.errors import N_, Problem, UserError
from ltu_desktop.window.attendance_side import Side
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.paper_copies import dropped
from ltu_desktop.window.pieces import Band, DropZone, clear, column, label, row
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent

    from ltu_desktop.actions.absences import AbsencePlan
    from ltu_desktop.words import Words

RESTS = 250  # ms of rest before the effect is worked out
PART_NAMES = (
    (DAY, N_("whole days")),
    (MORNING, N_("mornings")),
    (AFTERNOON, N_("afternoons")),
    (HOURS, N_("some hours a day")),
)


class AbsenceForm(Side):
    """The form. `asked` wants the effect of what is typed, `wanted` saves it with its proof (a file or None)."""

    asked = Signal(object)
    wanted = Signal(object, object)
    proof_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words, words.text(N_("Absence")))
        text = words.text
        self.person_id = b""
        self.proof: Path | None = None
        self.plan: AbsencePlan | None = None
        self.setAcceptDrops(True)
        self._shown = 0  # kinds offered
        self.fields: dict[str, Field] = {
            "kind": choice_field(text(N_("Reason")), []),
            "first": text_field(text(N_("First day")), help_text=text(N_("For example 16/10/2026"))),
            "last": text_field(text(N_("Last day")), help_text=text(N_("Empty: one day only"))),
            "part": choice_field(text(N_("Part of the day")), [(code, text(name)) for code, name in PART_NAMES]),
            "hours": text_field(text(N_("Hours a day")), unit="h"),
        }
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTS)
        self._timer.timeout.connect(self._ask)
        days = row(gap=12)
        for name, field in self.fields.items():
            if name not in {"first", "last"}:
                self.body.addWidget(field)
                continue
            days.addWidget(field, 1)
            if name == "last":
                self.body.addLayout(days)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, QComboBox):
                widget.currentIndexChanged.connect(self._touched)
            elif isinstance(widget, QLineEdit):
                widget.textEdited.connect(self._touched)
                widget.returnPressed.connect(self._save)
        self._lay_proof()
        self.effect = column(gap=4)
        self.body.addLayout(self.effect)
        self.body.addStretch(1)
        self.save_button = Button(text(N_("Save the absence")), icon="check", kind=Kind.PRIMARY)
        self.save_button.clicked.connect(self._save)
        self.foot.addStretch(1)
        self.foot.addWidget(self.save_button)

    def _lay_proof(self) -> None:
        text = self.words.text
        self._zone = DropZone()
        inside = row(self._zone, margins=(10, 8, 10, 8), gap=8)
        self.proof_name = label(text(N_("Drop the proof here")), Text.DENSE, "text2", wrap=True)
        inside.addWidget(self.proof_name, 1)
        self.proof_button = Button(text(N_("Choose…")), icon="paperclip", height=28)
        self.proof_button.clicked.connect(self.proof_wanted)
        inside.addWidget(self.proof_button)
        self.body.addWidget(self._zone)

    def first(self) -> QWidget:
        """Begin with the reason."""
        return self.fields["kind"].widget

    def begin(self, person_id: bytes, name: str, first: date, last: date, *, reasons: bool) -> None:
        """Ask for an absence of a person; days are those chosen in the grid."""
        self.person_id, self.plan = person_id, None
        self.title.setText(name)
        self.setAccessibleName(f"{self.words.text(N_('Absence'))}, {name}")
        kinds = self.fields["kind"].widget
        assert isinstance(kinds, QComboBox)
        kinds.blockSignals(True)
        kinds.clear()
        for kind in KINDS.values():
            if reasons or kind.shown:
                kinds.addItem(f"{self.words.absence(kind.kind)} ({kind.code})", kind.kind)
        kinds.blockSignals(False)
        self._write("first", write_day(first))
        self._write("last", write_day(last) if last != first else "")
        part = self.fields["part"].widget
        assert isinstance(part, QComboBox)
        part.setCurrentIndex(0)
        self._write("hours", "")
        self.take_proof(None)
        for field in self.fields.values():
            field.wrong("")
        self._touched()

    def _write(self, name: str, value: str) -> None:
        widget = self.fields[name].widget
        assert isinstance(widget, QLineEdit)
        widget.setText(value)

    def take_proof(self, path: Path | None) -> None:
        """Keep a file to be attached when the absence is saved."""
        self.proof = path
        self.proof_name.setText(path.name if path is not None else self.words.text(N_("Drop the proof here")))

    # ---- reading ----

    def _touched(self, *_: object) -> None:
        self.fields["hours"].setVisible(value_of(self.fields["part"]) == HOURS)
        self.save_button.setEnabled(False)
        self._timer.start()

    def read(self) -> object:
        """Return the `Absence` that is typed, or None with what is wrong said at its field."""
        from ltu_desktop.actions.absences import Absence

        words = self.words
        days: dict[str, date | None] = {}
        for name in ("first", "last"):
            self.fields[name].wrong("")
            try:
                days[name] = read_day(value_of(self.fields[name]))
            except ValueError:
                self.fields[name].wrong(words.text(N_("This is not a date: 16/10/2026")))
                return None
        first = days["first"]
        if first is None:
            self.fields["first"].wrong(words.text(N_("This is needed.")))
            return None
        part, minutes = value_of(self.fields["part"]), None
        self.fields["hours"].wrong("")
        if part == HOURS:
            entry = parse_cell(value_of(self.fields["hours"]))
            if isinstance(entry, Problem) or entry.absences or not entry.minutes:
                self.fields["hours"].wrong(words.text(N_("Type hours: 3.5 or 3:30")))
                return None
            minutes = entry.minutes
        kind = value_of(self.fields["kind"])
        return Absence(self.person_id, first, days["last"] or first, kind, part, minutes)

    def _ask(self) -> None:
        absence = self.read()
        if absence is not None and self.isVisible():
            self.asked.emit(absence)

    def _save(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
        absence = self.read()
        if absence is None:
            bad = next((field for field in self.fields.values() if field.is_wrong()), None)
            if bad is not None:
                bad.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(absence, self.proof)

    # ---- the effect ----

    def show_plan(self, plan: AbsencePlan) -> None:
        """Say what the absence comes to."""
        words, self.plan = self.words, plan
        clear(self.effect)
        self.effect.addWidget(label(words.text(N_("What it comes to")), Text.STRONG))
        days = words.number(plan.leave_days, 1 if plan.leave_days % 1 else 0)
        hours = self._hours(plan.minutes)
        self._line(words.text(N_("Absence")), words.text(N_("{days} d · {hours}"), days=days, hours=hours))
        if plan.worked:
            self._line(words.text(N_("Hours entered that are replaced")), self._hours(plan.worked))
        if plan.replaced:
            self._line(words.text(N_("Other absences that are replaced")), self._hours(plan.replaced))
        for each in plan.effects:
            self._line(
                words.text(N_("Hours in the claim for {of_month}"), of_month=words.of_month(each.month)),
                words.hours(each.hours, sign=True) if each.hours else words.term("hours", "unchanged"),
            )
            if each.difference is not None:
                self._line(
                    words.text(N_("Claim for {of_month}"), of_month=words.of_month(each.month)),
                    words.money(each.difference, sign=True) if each.difference else words.term("claim", "unchanged"),
                )
            note = ""
            if each.assumed:
                note = words.text(N_("Reckoned as if payroll paid the contract’s hours: it is not imported yet."))
            elif not each.hours:
                note = words.text(N_("Payroll is imported already: the claim follows the hours that it paid."))
            if note:
                self.effect.addWidget(label(note, Text.NOTE, "text3", wrap=True))
        self.save_button.setEnabled(True)

    def _hours(self, minutes: int) -> str:
        """Write all hours of the effect in hundredths, as those of the claim below them are."""
        return self.words.hours(Decimal(minutes_to_hundredths(minutes)) / 100)

    def _line(self, name: str, value: str) -> None:
        across = row(gap=8)
        across.addWidget(label(name, Text.DENSE, "text2", wrap=True), 1)
        across.addWidget(label(value, Text.DENSE_STRONG))
        self.effect.addLayout(across)

    def refuse(self, error: UserError) -> None:
        """Say what the file refuses, where the effect would stand."""
        self.plan = None
        words = self.words
        clear(self.effect)
        bare = UserError(error.code, error.what, "", "", error.params)
        mend = UserError(error.code, error.mend, "", "", error.params)
        self.effect.addWidget(Band(Meaning.BLOCKING, words.error(bare), words.error(mend) if error.mend else ""))
        self.save_button.setEnabled(False)

    # ---- Qt's calls ----

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Stop the clock."""
        self._timer.stop()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take one file: the proof."""
        if len([url for url in event.mimeData().urls() if url.isLocalFile()]) == 1:
            self._zone.light(on=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        """Calm down."""
        self._zone.light(on=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Keep what was dropped."""
        self._zone.light(on=False)
        event.acceptProposedAction()
        self.take_proof(dropped(event))
