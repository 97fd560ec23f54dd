"""A contract changed by hand, in the panel: an amendment, a further contract, an end, what payroll says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.documents.claim_labels import EXIT_REASONS
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, choice_field, read_day, read_number, text_field, value_of, write_day
from ltu_desktop.window.people_list import hours_text
from ltu_desktop.window.pieces import column, label, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.people import ContractRow, PersonDetail
    from ltu_desktop.words import Words

NATURES = {"01": N_("open-ended"), "02": N_("fixed-term"), "03": N_("temporary agency work")}
"""Kinds of contract by payroll's code."""


class Step(StrEnum):
    """What is done to a contract."""

    AMEND = "amend"
    ADD = "add"
    END = "end"
    CORRECT = "correct"  # its first day, its kind, what payroll says of it
    MOVE = "move"  # an amendment on another day; done on the line of time


@dataclass(frozen=True)
class Wanted:
    """A change of a person's contracts; `values` are the arguments of the action, `contract` is None for a new one."""

    step: Step
    person: bytes
    contract: bytes | None
    values: dict[str, Any]

    def __call__(self, ctx: Context) -> object:
        """Do it. Raises `UserError` with the field's name in `params["field"]`."""
        from ltu_desktop.actions import people

        if self.step is Step.ADD:
            return people.add_contract(ctx, self.person, **self.values)
        assert self.contract is not None
        if self.step is Step.MOVE:
            return people.move_terms(ctx, **self.values)
        if self.step is Step.AMEND:
            return people.change_terms(ctx, self.contract, **self.values)
        if self.step is Step.CORRECT:
            return people.change_contract(ctx, self.contract, **self.values)
        return people.end_contract(ctx, self.contract, **self.values)


TITLES = {
    Step.AMEND: N_("New amendment"),
    Step.ADD: N_("New contract"),
    Step.END: N_("End of the contract"),
    Step.CORRECT: N_("Correct the contract"),
}
"""What is asked for by form."""
TRIES = 400  # ms without typing before the effect is asked for
DAYS = frozenset({"start", "contract_start", "planned_end_on", "contract_end"})
NUMBERS = frozenset({"weekly_hours", "hourly_pay"})
NEEDED = {
    Step.AMEND: ("start",),
    Step.ADD: ("contract_start", "weekly_hours"),
    Step.END: ("contract_end", "end_reason"),
    Step.CORRECT: ("contract_start",),
}
LEAST = {Step.AMEND: 2, Step.CORRECT: 1}  # values that make a change, with the day from which it holds
NOTHING = {
    Step.AMEND: ("weekly_hours", N_("Nothing has changed yet: change hours, pay or job.")),
    Step.CORRECT: ("contract_start", N_("Nothing has changed yet.")),
}
"""What is said, and below which field, of a form that is saved as it was shown."""
ARGUMENTS = {"contract_start": "start", "planned_end_on": "planned_end", "contract_end": "end", "end_reason": "reason"}


class ContractForm(QFrame):
    """The form below the contracts; `wanted` gives a `Wanted`, `closed` comes when nothing is wanted any more.

    `tried` gives a `Wanted` whose effect shall be told to `say_effect` while it is being typed.
    """

    wanted = Signal(object)
    tried = Signal(object)
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.fields: dict[str, Field] = {}
        self.step: Step | None = None
        self._person: PersonDetail | None = None
        self.meant: ContractRow | None = None  # the one that is meant; None: the latest, or that of the day
        self._shown: dict[str, str] = {}
        self.setProperty("card", "true")
        self._box = column(self, margins=(16, 12, 16, 12), gap=10)
        self._inside: QWidget | None = None
        self._tried: Wanted | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TRIES)
        self._timer.timeout.connect(self._try)
        self.hide()

    # ---- showing ----

    def begin(
        self, step: Step, person: PersonDetail, values: Mapping[str, str], contract: ContractRow | None = None
    ) -> None:
        """Ask for what a step needs, beginning with what holds today and with the texts that are known."""
        self.step, self._person, self.meant = step, person, contract
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        self._box.addWidget(self._inside)
        box = column(self._inside, gap=10)
        title = self._words.text(TITLES[step])
        self.setAccessibleName(title)
        box.addWidget(label(title, Text.STRONG))
        self.fields = self._make(step, person)
        self._shown = {name: value_of(field) for name, field in self.fields.items()}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
            if isinstance(field.widget, QLineEdit):
                field.widget.returnPressed.connect(self._save)
                field.widget.textEdited.connect(lambda _text: self._edited())
            elif isinstance(field.widget, QComboBox):
                field.widget.activated.connect(lambda _at: self._edited())
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        self.effect = label("", Text.DENSE, "text2", wrap=True)
        self.effect.setAccessibleName(self._words.text(N_("Effect on the claim")))
        box.addWidget(self.effect)
        for name, text in values.items():
            edit = self.fields[name].widget
            assert isinstance(edit, QLineEdit)
            edit.setText(text)
        ways = row(gap=8)
        ways.addStretch(1)
        self.leave_button = Button(self._words.text(N_("Cancel")), kind=Kind.QUIET)
        self.leave_button.clicked.connect(self.leave)
        self.save_button = Button(self._words.text(N_("Save")), icon="check")
        self.save_button.clicked.connect(self._save)
        ways.addWidget(self.leave_button)
        ways.addWidget(self.save_button)
        box.addLayout(ways)
        self.show()
        self.focus(next(iter(self.fields)))

    def focus(self, name: str) -> None:
        """Put the focus into a field."""
        self.fields[name].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, name: str, code: str) -> None:
        """Set a choice to a code, as if it had been shown so."""
        self.fields[name].refill(code)
        self._shown[name] = value_of(self.fields[name])

    # ---- the effect, before anything is saved ----

    def _edited(self) -> None:
        self._tried = None
        self.effect.clear()
        self._timer.start()

    def _try(self) -> None:
        """Ask for the effect of what is typed, when it is whole."""
        if self.step is None or self._person is None:
            return
        values = self._typed()
        if values is not None:
            self._tried = self._as_wanted(values)
            self.tried.emit(self._tried)

    def say_effect(self, wanted: Wanted, text: str) -> None:
        """Say what a change would do, if it is still the one that is typed."""
        if wanted is self._tried:
            self.effect.setText(text)

    def _as_it_was(self, name: str, text: str) -> bool:
        """Tell whether a field leaves things as they are, so that it is no part of the change."""
        return self.step in LEAST and name != "start" and text == self._shown[name]

    def _typed(self) -> dict[str, Any] | None:
        """Return what is typed when it could be saved; nothing is said about what is wrong or missing."""
        assert self.step is not None
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            text = value_of(field)
            if self._as_it_was(name, text):
                continue
            try:
                values[name] = read_day(text) if name in DAYS else read_number(text) if name in NUMBERS else text
            except ValueError:
                return None
        needed = (value_of(self.fields[name]) for name in NEEDED[self.step])
        if not all(needed) or len(values) < LEAST.get(self.step, 0):
            return None
        return {name: value for name, value in values.items() if value is not None}

    def leave(self) -> None:
        """Close the form; what was typed is forgotten."""
        self._timer.stop()
        self.hide()
        self.step = None
        self.closed.emit()

    def _make(self, step: Step, person: PersonDetail) -> dict[str, Field]:
        words = self._words
        if step is Step.END:
            reasons = sorted((words.text(text), code) for code, text in EXIT_REASONS.items() if code not in _DOUBLES)
            options = [("", words.text(N_("choose"))), *((code, text) for text, code in reasons)]
            return {
                "contract_end": self._day("contract_end", words.text(N_("Last day"))),
                "end_reason": choice_field(field_name(words, "end_reason"), options),
            }
        if step is Step.CORRECT:
            return self._make_correction(self.meant or person.contracts[-1])
        latest = person.contracts[-1] if person.contracts else None
        terms = latest.terms[-1] if latest is not None and latest.terms and step is Step.AMEND else None
        hours = hours_text(words, terms.weekly_hours) if terms is not None and terms.weekly_hours is not None else ""
        pay = words.number(terms.hourly_pay) if terms is not None and terms.hourly_pay is not None else ""
        last = {
            "hourly_pay": text_field(field_name(words, "hourly_pay"), value=pay, unit="€"),
            "job": text_field(field_name(words, "job"), value=terms.job if terms is not None else ""),
        }
        if step is Step.AMEND:
            return {
                "start": self._day("start", field_name(words, "start")),
                "weekly_hours": text_field(field_name(words, "weekly_hours"), value=hours, unit="h"),
                **last,
            }
        natures = [(code, words.text(text)) for code, text in NATURES.items()]
        return {
            "contract_start": self._day("contract_start", field_name(words, "contract_start")),
            "weekly_hours": text_field(field_name(words, "weekly_hours"), unit="h"),
            "nature": choice_field(field_name(words, "nature"), natures, "01"),
            "planned_end_on": self._day("planned_end_on", field_name(words, "planned_end_on")),
            **last,
        }

    def _make_correction(self, contract: ContractRow) -> dict[str, Field]:
        words = self._words
        natures = {code: words.text(text) for code, text in NATURES.items()}
        natures.setdefault(contract.nature, contract.nature or "–")  # payroll knows more kinds than are offered
        return {
            "contract_start": self._day("contract_start", field_name(words, "contract_start"), contract.start),
            "nature": choice_field(field_name(words, "nature"), list(natures.items()), contract.nature),
            "planned_end_on": self._day("planned_end_on", field_name(words, "planned_end_on"), contract.planned_end),
            "public_aid": text_field(
                field_name(words, "public_aid"),
                value=contract.public_aid,
                help_text=words.text(N_("Payroll’s code; 99 when there is none.")),
            ),
        }

    def _day(self, name: str, text: str, day: date | None = None) -> Field:
        field = text_field(text, value=write_day(day))
        edit = field.widget
        assert isinstance(edit, QLineEdit)
        edit.setPlaceholderText(self._words.text(N_("dd/mm/yyyy")))
        edit.setObjectName(name)
        return field

    # ---- saving ----

    def _read(self) -> dict[str, Any] | None:
        """Return what is typed; None when a field is wrong, which is told below it and gets the focus."""
        assert self.step is not None
        text = self._words.text
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            field.wrong("")
            typed = value_of(field)
            if not typed and name in NEEDED[self.step]:
                field.wrong(text(N_("This is needed.")))
                continue
            if self._as_it_was(name, typed):
                continue
            try:
                values[name] = read_day(typed) if name in DAYS else read_number(typed) if name in NUMBERS else typed
            except ValueError:
                is_day = name in DAYS
                field.wrong(
                    text(N_("This is not a date: day, month, year.")) if is_day else text(N_("This is not a number."))
                )
        values = {name: value for name, value in values.items() if value is not None}
        right = not any(field.is_wrong() for field in self.fields.values())
        if right and len(values) < LEAST.get(self.step, 0):
            name, said = NOTHING[self.step]
            self.fields[name].wrong(text(said))
        return values if self._focus_wrong() is None else None

    def _focus_wrong(self) -> Field | None:
        wrong = next((field for field in self.fields.values() if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(wrong.widget, QLineEdit):
                wrong.widget.selectAll()
        return wrong

    def want(self) -> Wanted | None:
        """Return the change as it is typed; None when a field is wrong."""
        person, step = self._person, self.step
        values = self._read() if step is not None else None
        if person is None or step is None or values is None:
            return None
        return self._as_wanted(values)

    def _as_wanted(self, values: Mapping[str, Any]) -> Wanted:
        person, step = self._person, self.step
        assert person is not None
        assert step is not None
        contract = None if step is Step.ADD else self.meant or _contract_for(person, values.get("start"), step)
        arguments = {ARGUMENTS.get(name, name): value for name, value in values.items()}
        return Wanted(step, person.id, contract.id if contract is not None else None, arguments)

    def _save(self) -> None:
        self._timer.stop()
        wanted = self.want()
        if wanted is not None:
            self.wanted.emit(wanted)

    def refuse(self, error: UserError) -> bool:
        """Say what the file refuses, below its field; tell whether there is one."""
        field = self.fields.get(str(error.params.get("field", "")))
        if field is None or self.step is None:
            return False
        field.wrong(self._words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        self._focus_wrong()
        return True


_DOUBLES = frozenset({"025", "026"})  # said in the same words as 014


def _contract_for(person: PersonDetail, day: date | None, step: Step) -> ContractRow:
    """Return the contract that a step is about: the one that holds on the day, else the latest."""
    if step is Step.AMEND and day is not None:
        for each in person.contracts:
            if each.start <= day and (each.end is None or day <= each.end):
                return each
    return person.contracts[-1]
