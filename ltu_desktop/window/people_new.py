"""A new person with a contract, asked for in the panel: fields are looked at while they are typed, doubles told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import live_checks
from ltu_desktop.window.contract_form import ARGUMENTS, NATURES
from ltu_desktop.window.controls import Button
from ltu_desktop.window.form import Field, choice_field, read_day, read_number, text_field, value_of
from ltu_desktop.window.live_checks import DAYS, NIR_LENGTH
from ltu_desktop.window.pieces import Band, Link, clear, column, label, row, rule
from ltu_desktop.window.side_panel import SidePanel
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.actions.imports import Candidate
    from ltu_desktop.actions.matching import Identity
    from ltu_desktop.words import Words

ASKS = 250  # ms without typing before doubles are looked for
PERSON = ("name", "first_names", "staff_number", "status", "birth_date", "nir", "ntt")
CONTRACT = ("contract_start", "weekly_hours", "nature", "planned_end_on", "hourly_pay", "job")
WHO = frozenset({"name", "first_names", "staff_number", "birth_date", "nir", "ntt"})  # what tells two people apart
NUMBERS = frozenset({"weekly_hours", "hourly_pay"})
NEEDED = ("name", "staff_number")
FIXED_TERM = "02"


@dataclass(frozen=True)
class Hire:
    """What was typed: the arguments of `actions.hiring.hire`."""

    person: dict[str, Any]
    contract: dict[str, Any] | None


class NewPersonPanel(SidePanel):
    """The form; `wanted` gives a `Hire`, `asked` an `Identity` whose doubles shall be told to `say_alike`."""

    wanted = Signal(object)
    asked = Signal(object)
    opened = Signal(str)  # somebody who is in the file already, by their staff number

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(words, words.text(N_("New person")))
        self._today = today
        self._identity: Identity | None = None
        self.links: dict[str, Link] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASKS)
        self._timer.timeout.connect(self._ask)
        text = words.text
        body = self.add_body()
        self.fields = self._make()
        body.addLayout(self._grid(PERSON))
        self._alike = column(gap=6)
        body.addLayout(self._alike)
        body.addWidget(rule())
        line = row(gap=10)
        line.addWidget(label(text(N_("Contract")), Text.SECTION))
        line.addWidget(label(text(N_("may come later, with the payroll")), Text.BODY, "text2"), 1)
        body.addLayout(line)
        body.addLayout(self._grid(CONTRACT))
        body.addStretch(1)
        ways = self.add_foot()
        ways.addStretch(1)
        self.add_button = Button(text(N_("Add")), icon="check", hint=words.term("key", "Enter"))
        self.add_button.clicked.connect(self._add)
        ways.addWidget(self.add_button)

    def _make(self) -> dict[str, Field]:
        words = self.words
        fields: dict[str, Field] = {}
        for name in (*PERSON, *CONTRACT):
            said = field_name(words, name)
            if name == "status":
                options = (("", words.status("")), ("ppde", words.status("ppde")), ("other", words.status("other")))
                field = choice_field(said, options)
            elif name == "nature":
                field = choice_field(said, [(code, words.text(text)) for code, text in NATURES.items()], "01")
            else:
                field = text_field(said, unit={"weekly_hours": "h", "hourly_pay": "€"}.get(name, ""))
            fields[name] = field
            widget = field.widget
            if isinstance(widget, QComboBox):
                widget.activated.connect(lambda _at: self._fit_nature())
                continue
            assert isinstance(widget, QLineEdit)
            widget.textEdited.connect(lambda _text, name=name: self._typed(name))
            widget.editingFinished.connect(lambda name=name: self._look(name))
            widget.returnPressed.connect(self._add)
            if name in DAYS:
                widget.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        return fields

    def _grid(self, names: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, name in enumerate(names):
            grid.addWidget(self.fields[name], at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fit_nature(self) -> None:
        """Ask for the planned end only of a contract that has one."""
        field, fixed = self.fields["planned_end_on"], value_of(self.fields["nature"]) == FIXED_TERM
        field.widget.setEnabled(fixed)
        field.note("" if fixed else self.words.text(N_("For a fixed-term contract only.")))

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.fields["name"].widget

    def begin(self, number: str = "") -> None:
        """Empty the form; `number` is the staff number to propose."""
        self._timer.stop()
        self._identity = None
        for name, field in self.fields.items():
            field.wrong("")
            if isinstance(field.widget, QLineEdit):
                field.widget.setText(number if name == "staff_number" else "")
            elif isinstance(field.widget, QComboBox):
                field.widget.setCurrentIndex(0)
        self._fit_nature()
        clear(self._alike)
        self.links = {}

    def propose(self, number: str) -> None:
        """Propose a staff number, unless one is typed already."""
        widget = self.fields["staff_number"].widget
        assert isinstance(widget, QLineEdit)
        if not widget.text():
            widget.setText(number)

    # ---- while it is typed ----

    def _typed(self, name: str) -> None:
        self._look(name, typing=True)
        if name == "birth_date" and value_of(self.fields["nir"]):
            self._look("nir", typing=True)
        if name in WHO:
            self._timer.start()

    def _birth(self) -> date | None:
        try:
            return read_day(value_of(self.fields["birth_date"]))
        except ValueError:
            return None

    def _look(self, name: str, *, typing: bool = False) -> None:
        field = self.fields[name]
        if not field.widget.isEnabled():
            return  # it says why
        live_checks.check(
            self.words, name, value_of(field), today=self._today, birth=self._birth(), typing=typing
        ).show(field)

    def identity(self) -> Identity:
        """Return who is being typed."""
        from ltu_desktop.actions.matching import Identity
        from ltu_desktop.intake.identity import compact

        said = {name: value_of(self.fields[name]) for name in WHO - {"birth_date"}}
        nir = compact(said["nir"])[:NIR_LENGTH]
        said["nir"] = nir if len(nir) == NIR_LENGTH else ""  # half a number is nobody's
        said["ntt"] = compact(said["ntt"])
        return Identity(**said, birth_date=self._birth())

    def _ask(self) -> None:
        who = self.identity()
        if who.name or who.nir or who.ntt:
            self._identity = who
            self.asked.emit(who)
        else:
            self.say_alike(who, ())

    def say_alike(self, who: Identity, found: Sequence[Candidate]) -> None:
        """Tell who is in the file already and may be this person, with how alike they are."""
        if self._identity is not None and who != self._identity:
            return  # of what was typed before
        words = self.words
        clear(self._alike)
        self.links = {}
        if not found:
            return
        band = Band(
            Meaning.ATTENTION,
            words.text(N_("In the file already?")),
            words.text(N_("Look at the record before adding a second one.")),
        )
        self._alike.addWidget(band)
        for each in found[:3]:
            text = words.text(
                N_("{number} {name}, {score}% match"),
                number=each.staff_number,
                name=each.name,
                score=each.score,
            )
            link = Link(text, icon="user")
            link.clicked.connect(lambda _on=False, number=each.staff_number: self.opened.emit(number))
            self.links[each.staff_number] = link
            self._alike.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    # ---- adding ----

    def _read(self) -> Hire | None:
        """Return what is typed; None when a field is wrong, which gets the focus."""
        needed = self.words.text(N_("This is needed."))
        for name in self.fields:
            self._look(name)
        typed = {name: value_of(field) for name, field in self.fields.items()}
        engaged = any(typed[name] for name in ("contract_start", "weekly_hours", "hourly_pay", "job"))
        for name in (*NEEDED, *(("contract_start", "weekly_hours") if engaged else ())):
            if not typed[name]:
                self.fields[name].wrong(needed)
        wrong = next((field for field in self.fields.values() if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        person: dict[str, Any] = {name: typed[name] for name in PERSON if typed[name]}
        person["first_names"] = typed["first_names"]
        if typed["birth_date"]:
            person["birth_date"] = read_day(typed["birth_date"])
        if not engaged:
            return Hire(person, None)
        contract: dict[str, Any] = {}
        for name in CONTRACT:
            text = typed[name]
            if text and (name != "planned_end_on" or typed["nature"] == FIXED_TERM):
                value = read_day(text) if name in DAYS else read_number(text) if name in NUMBERS else text
                contract[ARGUMENTS.get(name, name)] = value
        return Hire(person, contract)

    def _add(self) -> None:
        hire = self._read()
        if hire is not None:
            self._timer.stop()
            self.wanted.emit(hire)

    def refuse(self, error: UserError) -> None:
        """Say what the file refuses, below its field."""
        field = self.fields.get(str(error.params.get("field", "")), self.fields["staff_number"])
        field.wrong(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
