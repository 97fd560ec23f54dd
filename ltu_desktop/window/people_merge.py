"""Two records of one person side by side: which one stays, whose values are kept, what goes over; then one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.actions.preview import masked
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button, Segments
from ltu_desktop.window.form import Field, choice_field, value_of
from ltu_desktop.window.pieces import Band, clear, column, label
from ltu_desktop.window.side_panel import SidePanel
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.actions.merging_people import MergeField, MergePlan
    from ltu_desktop.words import Words

STAYS, OTHER = "stays", "other"


class MergePanel(SidePanel):
    """The panel; `swapped` wants the plan with the other record staying, `wanted` gives the columns to take over."""

    swapped = Signal()
    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words, words.text(N_("Merge two records")))
        self.fields: dict[str, Field] = {}
        whole = self.add_body()
        whole.addWidget(label(words.text(N_("Which record is kept?")), Text.DENSE, "text2"))
        self.which = Segments()
        self.which.chosen.connect(self._swap)
        whole.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        self._body = column(gap=10)
        whole.addLayout(self._body)
        whole.addStretch(1)
        foot = self.add_foot()
        foot.addWidget(label(words.text(N_("One step, which can be undone.")), Text.DENSE, "text2", wrap=True), 1)
        self.button = Button(words.text(N_("Merge")), icon="git-merge")
        self.button.clicked.connect(lambda: self.wanted.emit(self.taken()))
        foot.addWidget(self.button)
        self._swaps = False

    def first(self) -> QWidget:
        """Begin with the choice of the record that stays."""
        return self.which

    def _swap(self, _place: int) -> None:
        if self._swaps:
            self.swapped.emit()

    def show_plan(self, plan: MergePlan) -> None:
        """Show what a merge would do; the first record is the one that stays."""
        words = self.words
        self._swaps = False
        self.which.set_texts(
            [(f"{plan.staff_number} {plan.list_name}", ""), (f"{plan.other_number} {plan.other_name}", "")]
        )
        self.which.choose(0)
        self._swaps = True
        clear(self._body)
        self.fields = {}
        if plan.fields:
            self._body.addWidget(label(words.text(N_("The two records differ: which value is right?")), Text.STRONG))
        for each in plan.fields:
            field = choice_field(
                field_name(words, each.field),
                ((STAYS, self._said(each, each.stays)), (OTHER, self._said(each, each.other))),
            )
            self.fields[each.field] = field
            self._body.addWidget(field)
        if plan.contracts:
            over = words.plural("{count} contract moves over", "{count} contracts move over", plan.contracts)
            self._body.addWidget(label(over, Text.DENSE, "text2"))
        for month, stays, other in plan.months:
            text = words.text(
                N_("{month}: both have hours, {first} and {second}. They are added up."),
                month=words.month(month),
                first=words.hours(stays),
                second=words.hours(other),
            )
            self._body.addWidget(Band(Meaning.ATTENTION, text))
        self.button.setEnabled(True)

    def _said(self, each: MergeField, value: object) -> str:
        if each.field in {"nir", "ntt"}:
            return masked(str(value))
        return field_value(self.words, each.field, value)

    def taken(self) -> tuple[str, ...]:
        """Return the columns of which the other record's value is kept."""
        return tuple(name for name, field in self.fields.items() if value_of(field) == OTHER)

    def refuse(self, error: UserError) -> None:
        """Say why these two cannot be merged."""
        clear(self._body)
        self.fields = {}
        self._body.addWidget(
            Band(
                Meaning.BLOCKING,
                self.words.text(error.what).format(**error.params),
                self.words.text(error.mend),
            )
        )
        self.button.setEnabled(False)
