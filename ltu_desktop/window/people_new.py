"""A new person, asked for in the panel: number, names, status. The rest comes with a list or the payroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, choice_field, text_field, value_of
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.words import Words


class NewPersonPanel(QFrame):
    """The form; `wanted` gives what was typed."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        text = words.text
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setMinimumWidth(340)
        box = column(self)
        head = row(margins=(20, 12, 12, 8), gap=8)
        head.addWidget(label(text(N_("New person")), Text.TITLE), 1)
        close = Button(icon="x", kind=Kind.QUIET)
        close.setAccessibleName(text(N_("Close the panel")))
        close.clicked.connect(self.closed)
        head.addWidget(close)
        box.addLayout(head)
        box.addWidget(rule())
        body = column(margins=(20, 12, 20, 16), gap=12)
        self.fields: dict[str, Field] = {
            "name": text_field(field_name(words, "name")),
            "first_names": text_field(field_name(words, "first_names")),
            "staff_number": text_field(field_name(words, "staff_number"), help_text=text(N_("As payroll writes it."))),
            "status": choice_field(
                text(N_("Status")),
                (("", words.status("")), ("ppde", words.status("ppde")), ("other", words.status("other"))),
            ),
        }
        for field in self.fields.values():
            body.addWidget(field)
            if isinstance(field.widget, QLineEdit):
                field.widget.returnPressed.connect(self._add)
        body.addWidget(
            label(
                text(N_("Contract and hours come with the staff list or the payroll.")), Text.DENSE, "text3", wrap=True
            )
        )
        ways = row()
        ways.addStretch(1)
        self.add_button = Button(text(N_("Add")), icon="check")
        self.add_button.clicked.connect(self._add)
        ways.addWidget(self.add_button)
        body.addLayout(ways)
        body.addStretch(1)
        box.addLayout(body, 1)

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.fields["name"].widget

    def begin(self) -> None:
        """Empty the form."""
        for name, field in self.fields.items():
            field.wrong("")
            if isinstance(field.widget, QLineEdit) and name != "status":
                field.widget.clear()

    def _add(self) -> None:
        values = {name: value_of(field) for name, field in self.fields.items()}
        for name in ("name", "staff_number"):
            self.fields[name].wrong("" if values[name] else self._words.text(N_("This is needed.")))
        wrong = next((field for field in self.fields.values() if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(values)

    def refuse(self, error: UserError) -> None:
        """Say what the file refuses, below its field."""
        field = self.fields.get(str(error.params.get("field", "")), self.fields["staff_number"])
        field.wrong(self._words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
