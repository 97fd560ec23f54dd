"""Legal values with their days: those in force in the month, one's own that replace them, a form for a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.documents import claim_labels
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button
from ltu_desktop.window.form import (
    Field,
    UnitField,
    choice_field,
    off_until,
    read_day,
    read_number,
    text_field,
    value_of,
    write_day,
)
from ltu_desktop.window.pieces import Chip, Link, clear, column, label, row
from ltu_desktop.window.settings_effect import EffectBand
from ltu_desktop.window.settings_section import fit_links, head, said_width, three_columns
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from ltu_desktop.actions.context import Context
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.window.desk import Desk

HUNDRED = Decimal(100)
NEEDED = ("start", "value", "source")
WIDE = frozenset({"parameter", "source"})  # the long ones


@dataclass(frozen=True)
class ValueRow:
    """A value of a parameter from a day on; `key` is that of one's own value, None for the program's."""

    parameter: str
    unit: str
    start: date
    value: Decimal
    source: str
    provisional: bool
    key: bytes | None


def load_values(connection: Connection, scheme: str, day: date) -> tuple[ValueRow, ...]:
    """Return each parameter's value in force on a day, and every value of one's own, in the scheme's order."""
    from ltu_desktop.queries.agreements import overrides
    from ltu_desktop.rules.packs import load

    own = overrides(connection, scheme)
    found: list[ValueRow] = []
    for code, series in load(scheme).series.items():
        mine = [each for each in own if each.parameter == code]
        theirs = series.on(day)
        latest = max((each.start for each in mine if each.start <= day), default=None)
        if theirs is not None and theirs.value is not None and (latest is None or latest < theirs.start):
            found.append(
                ValueRow(code, series.unit, theirs.start, theirs.value, theirs.source, theirs.provisional, None)
            )
        found += [
            ValueRow(code, series.unit, each.start, each.value, each.source, each.provisional, each.id) for each in mine
        ]
    return tuple(found)


@dataclass(frozen=True)
class AddValue:
    """A value to be added, or corrected when its parameter has one from that day already."""

    scheme: str
    parameter: str
    start: date
    value: Decimal
    source: str
    provisional: bool

    def __call__(self, ctx: Context) -> object:
        """Add it. Raises `UserError` with the field's name in `params["field"]`."""
        from ltu_desktop.actions.agreements import add_override

        return add_override(
            ctx,
            parameter=self.parameter,
            start=self.start,
            value=self.value,
            source=self.source,
            scheme=self.scheme,
            provisional=self.provisional,
        )


class DatedValues(QWidget):
    """The section; `saved` tells that a value was added or taken back."""

    saved = Signal()

    def __init__(self, desk: Desk, scheme: str) -> None:
        from ltu_desktop.rules.packs import load

        super().__init__()
        self._desk, self._words, self._scheme = desk, desk.words, scheme
        self._units = {code: series.unit for code, series in load(scheme).series.items()}
        self._values: tuple[ValueRow, ...] = ()
        words = desk.words
        text = words.text
        box = column(self, gap=12)
        head(box, text(N_("Legal values")), text(N_("your own values apply until the program has newer ones")))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(0, 1)
        box.addLayout(self._rows)
        self._needed = 0  # px of the longest row with the words of its link
        self.ways: dict[tuple[str, date], Link] = {}
        head(box, text(N_("Enter another value")))
        options = [(code, words.parameter(code)) for code in self._units]
        sure = (("", text(N_("final"))), ("provisional", text(N_("provisional"))))
        self.fields: dict[str, Field] = {
            "parameter": choice_field(text(N_("Legal value")), options),
            "start": text_field(field_name(words, "start")),
            "value": text_field(text(N_("Value"))),
            "source": text_field(field_name(words, "source"), help_text=text(N_("Order or decision, with its date."))),
            "provisional": choice_field(text(N_("This value is")), sure),
        }
        day, choice = self.fields["start"].widget, self.fields["parameter"].widget
        assert isinstance(day, QLineEdit)
        assert isinstance(choice, QComboBox)
        day.setPlaceholderText(text(N_("dd/mm/yyyy")))
        choice.currentIndexChanged.connect(self._say_unit)
        self._say_unit()
        grid = three_columns()
        at = 0
        for name, field in self.fields.items():
            wide = 2 if name in WIDE else 1
            grid.addWidget(field, at // 3, at % 3, 1, wide, Qt.AlignmentFlag.AlignTop)
            at += wide
            if isinstance(field.widget, QLineEdit):
                field.widget.returnPressed.connect(self._add)
            field.widget.setObjectName(name)
        self.add_button = Button(text(N_("Add the value")), icon="plus-circle")
        self.add_button.clicked.connect(self._add)
        beside = column(gap=4)  # level with the fields beside it, not with their names
        beside.addSpacing(self.fields["source"].label.sizeHint().height() + 4)
        line = row(gap=12)
        line.addWidget(self.add_button)
        why = label(text(N_("Fill in the date, the value and its source.")), Text.DENSE, "text3", wrap=True)
        line.addWidget(why, 1)
        beside.addLayout(line)
        beside.addStretch(1)
        grid.addLayout(beside, at // 3, at % 3, 1, 2)
        box.addLayout(grid)
        needed = [self.fields[name] for name in NEEDED]
        self._look = off_until(self.add_button, why, needed, allowed=lambda: self._desk.writable)
        self.effect = EffectBand(desk)
        box.addWidget(self.effect)

    def _say_unit(self) -> None:
        figure = self.fields["value"].widget
        assert isinstance(figure, UnitField)
        figure.set_unit(self._unit(value_of(self.fields["parameter"])))

    def _unit(self, code: str) -> str:
        unit = self._units[code]
        if unit == "ratio":
            return "%"
        return unit.replace("EUR", "€").replace("FTE", self._words.text(N_("FTE")))

    def show_values(self, values: tuple[ValueRow, ...]) -> None:
        """Show the values; what is typed into the form stays."""
        words, writable = self._words, self._desk.writable
        self._values = values
        clear(self._rows)
        self.ways = {}
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, each in enumerate(values):
            said = column(gap=0)
            said.addWidget(label(words.parameter(each.parameter), Text.BODY, wrap=True))
            said.addWidget(label(claim_labels.source(each.source, words), Text.NOTE, "text3", wrap=True))
            self._rows.addLayout(said, at, 0)
            if each.provisional:
                self._rows.addWidget(Chip(words.text(N_("Provisional")), Meaning.ATTENTION), at, 1)
            elif each.key is not None:
                self._rows.addWidget(Chip(words.text(N_("yours"))), at, 1, right)
            figure = label(words.parameter_value(each.value, each.unit), Text.STRONG)
            self._rows.addWidget(figure, at, 2, right)
            since = label(words.text(N_("from {day}"), day=words.day(each.start)), Text.DENSE, "text2")
            self._rows.addWidget(since, at, 3)
            self._rows.addWidget(self._way(each, writable=writable), at, 4, right)
        self._needed = self._longest()
        self._fit()
        for field in self.fields.values():
            field.widget.setEnabled(writable)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Give the values the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _longest(self) -> int:
        """Return the px of the longest row with the words of its link."""
        words, rows = self._words, self._rows
        said = max(
            (
                max(
                    said_width(words.parameter(each.parameter), Text.BODY),
                    said_width(claim_labels.source(each.source, words), Text.NOTE),
                )
                for each in self._values
            ),
            default=0,
        )
        for at in range(1, rows.columnCount()):
            cells = [rows.itemAtPosition(line, at) for line in range(len(self._values))]
            said += rows.horizontalSpacing() + max((each.sizeHint().width() for each in cells if each), default=0)
        return said

    def _fit(self) -> None:
        fit_links(self.ways.values(), needed=self._needed, room=self.width())

    def _way(self, each: ValueRow, *, writable: bool) -> Link:
        """Offer to give a better value, or to take one's own back."""
        text = self._words.text
        if each.key is not None:
            link = Link(text(N_("Take back")), icon="arrow-u-up-left")
            link.clicked.connect(lambda _on=False, key=each.key: self._take_back(key))
        else:
            link = Link(text(N_("Enter another")), icon="note-pencil")
            link.clicked.connect(lambda _on=False, each=each: self.begin(each.parameter, each.start))
        link.setEnabled(writable)
        name = self._words.parameter(each.parameter)
        link.setAccessibleName(f"{link.text()}{self._words.colon} {name}")
        self.ways[each.parameter, each.start] = link
        return link

    def begin(self, parameter: str, start: date | None = None) -> None:
        """Begin a value of a parameter: the hand goes to the figure."""
        choice, day = self.fields["parameter"].widget, self.fields["start"].widget
        assert isinstance(choice, QComboBox)
        assert isinstance(day, QLineEdit)
        choice.setCurrentIndex(max(0, choice.findData(parameter)))
        day.setText(write_day(start))
        self.fields["value" if start else "start"].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def mend(self, parameter: str) -> None:
        """Begin the value that is provisional, of a parameter or of any."""
        rows = [each for each in self._values if each.provisional and parameter in {"", each.parameter}]
        if rows:
            self.begin(rows[-1].parameter, rows[-1].start)
        else:
            self.begin(parameter)

    def clear_form(self) -> None:
        """Empty the form after the value was taken; the button goes off: the hand does not stay there."""
        if self.add_button.hasFocus():
            self.fields["start"].widget.setFocus(Qt.FocusReason.OtherFocusReason)
        for name in NEEDED:
            edit = self.fields[name].widget
            assert isinstance(edit, QLineEdit)
            edit.clear()

    def _add(self) -> None:
        text, fields = self._words.text, self.fields
        parameter = value_of(fields["parameter"])
        start: date | None = None
        value: Decimal | None = None
        for field in fields.values():
            field.wrong("")
        try:
            start = read_day(value_of(fields["start"]))
        except ValueError:
            fields["start"].wrong(text(N_("This is not a date: day, month, year.")))
        try:
            value = read_number(value_of(fields["value"]))
        except ValueError:
            fields["value"].wrong(text(N_("This is not a number.")))
        for name in NEEDED:
            if not value_of(fields[name]):
                fields[name].wrong(text(N_("This is needed.")))
        if start is None or value is None or self._focus_wrong():
            self._focus_wrong()
            return
        if self._units[parameter] == "ratio":
            value /= HUNDRED
        provisional = value_of(fields["provisional"]) == "provisional"
        change = AddValue(self._scheme, parameter, start, value, value_of(fields["source"]), provisional)
        self.effect.ask(change, start, lambda: self._act(change), self._failed)

    def _take_back(self, key: bytes) -> None:
        def action(ctx: Context) -> object:
            from ltu_desktop.actions.agreements import remove_override

            return remove_override(ctx, key)

        start = next(each.start for each in self._values if each.key == key)
        self.effect.ask(action, start, lambda: self._act(action), self._failed)

    def _act(self, action: Callable[[Context], object]) -> None:
        adding = isinstance(action, AddValue)

        def done(_done: object) -> None:
            if adding:
                self.clear_form()
            self.saved.emit()

        self._desk.act(action, done, failed=self._failed)

    def _failed(self, error: UserError) -> None:
        if not self.refuse(error):
            self._desk.troubled.emit(error)

    def _focus_wrong(self) -> bool:
        wrong = next((field for field in self.fields.values() if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is not None

    def refuse(self, error: UserError) -> bool:
        """Say what the file refuses, below its field; tell whether there is one."""
        field = self.fields.get(str(error.params.get("field", "")))
        if field is None:
            return False
        field.wrong(self._words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        self._focus_wrong()
        return True
