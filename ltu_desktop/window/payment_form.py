"""A payment entered by hand: day, amount, payer and words, checked while they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, read_day, read_number, text_field, value_of, write_day
from ltu_desktop.window.side_panel import SidePanel

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.queries.payments import PaymentRow
    from ltu_desktop.words import Words

CENT = Decimal("0.01")


def read_amount(text: str) -> Decimal:
    """Read euros as people type them (`1 234,56`, `1,234.56`); ValueError for none, nothing, or less than cents."""
    typed = text.replace("€", "").replace("\u2212", "-")
    if "." in typed:
        typed = typed.replace(",", "")
    value = read_number(typed)
    if not value or value.as_tuple().exponent not in {0, -1, -2}:
        raise ValueError(text)
    return value.quantize(CENT)


@dataclass(frozen=True)
class NewPayment:
    """What was typed, checked."""

    received_on: date
    amount: Decimal
    payer: str
    label: str


class PaymentForm(SidePanel):
    """The form in the panel's place; `wanted` gives a `NewPayment`."""

    wanted = Signal(object)

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(words)
        self._today = today
        self.payment: PaymentRow | None = None  # that is changed; None for a new one
        text = words.text
        body = self.add_body(gap=12)
        self.fields: dict[str, Field] = {
            "received_on": text_field(field_name(words, "received_on"), help_text=text(N_("For example 16/10/2026"))),
            "amount": text_field(
                field_name(words, "amount"), unit="€", help_text=text(N_("With a minus when it was taken back."))
            ),
            "payer": text_field(field_name(words, "payer")),
            "label": text_field(field_name(words, "label")),
        }
        for name, field in self.fields.items():
            widget = field.widget
            assert isinstance(widget, QLineEdit)
            body.addWidget(field)
            widget.returnPressed.connect(self._add)
            widget.editingFinished.connect(lambda name=name: self._check(name, needed=False))
        body.addStretch(1)
        ways = self.add_foot()
        ways.addStretch(1)
        self.add_button = Button(text(N_("Add")), icon="check", kind=Kind.PRIMARY)
        self.add_button.clicked.connect(self._add)
        ways.addWidget(self.add_button)

    def first(self) -> QWidget:
        """Begin with the day, or with the payer where the bank's words stay."""
        by_bank = self.payment is not None and self.payment.source
        return self.fields["payer" if by_bank else "received_on"].widget

    def begin(self, payment: PaymentRow | None = None) -> None:
        """Show a payment to be changed, or an empty form with today's day; of a bank's line only the payer is open."""
        self.payment = payment
        words = self.words
        values = {"received_on": write_day(self._today), "amount": "", "payer": "", "label": ""}
        if payment is not None:
            values = {
                "received_on": write_day(payment.received_on),
                "amount": words.number(payment.amount),
                "payer": payment.payer,
                "label": payment.label,
            }
        self.title.setText(words.text(N_("New payment") if payment is None else N_("Change the payment")))
        self.add_button.setText(words.text(N_("Add") if payment is None else N_("Save")))
        self.add_button.refit()
        for name, field in self.fields.items():
            field.wrong("")
            assert isinstance(field.widget, QLineEdit)
            field.widget.setText(values[name])
            field.widget.setEnabled(payment is None or not payment.source or name == "payer")
        first = self.first()
        assert isinstance(first, QLineEdit)
        first.selectAll()

    def _check(self, name: str, *, needed: bool) -> object:
        """Say what is wrong below a field; return its value, or None."""
        field, words = self.fields[name], self.words
        typed = value_of(field)
        field.wrong("")
        if name not in {"received_on", "amount"}:
            return typed
        if not typed:
            missing = N_("Enter the date.") if name == "received_on" else N_("Enter the amount.")
            field.wrong(words.text(missing) if needed else "")
            return None
        try:
            return read_day(typed) if name == "received_on" else read_amount(typed)
        except ValueError:
            wrong = (
                N_("This is not a date: 16/10/2026") if name == "received_on" else N_("This is not an amount: 1,234.56")
            )
            field.wrong(words.text(wrong))
            return None

    def _add(self) -> None:
        values = {name: self._check(name, needed=True) for name in self.fields}
        wrong = next((field for field in self.fields.values() if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(NewPayment(**values))  # type: ignore[arg-type]  # checked above

    def refuse(self, error: UserError) -> None:
        """Say what the file refuses, below its field."""
        field = self.fields.get(str(error.params.get("field", "")), self.fields["received_on"])
        field.wrong(self.words.error(UserError(error.code, error.what, error.mend, "", error.params)))
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
