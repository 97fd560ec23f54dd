"""Several people chosen in the list: one change for all of them, shown person by person before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name, field_value
from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window.controls import Button
from ltu_desktop.window.form import choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.live_checks import NOT_A_DAY
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.pieces import Link, column, label, row
from ltu_desktop.window.side_panel import SidePanel
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ltu_desktop.actions.people_bulk import BulkChange, BulkPlan, BulkRow
    from ltu_desktop.queries.people import PersonRow
    from ltu_desktop.words import Words

FIELDS = ("site", "activity", "status")
Places = dict[str, tuple[tuple[str, str], ...]]
"""Values that can be chosen: field → (key in hexadecimal or code, name)."""


def many_columns(words: Words, field: str) -> tuple[Column[BulkRow], ...]:
    """Return the columns of the preview."""

    def after(each: BulkRow) -> Cell:
        if each.state == "no_contract":
            said = words.text(N_("no contract then"))
            return Cell(said, "attention.fg", meaning=Meaning.ATTENTION, meaning_first=True)
        if each.state == "same":
            return Cell(words.text(N_("no change")), "text3")
        return Cell(field_value(words, field, each.after), strong=True) if each.after else QUIET_ZERO

    def before(each: BulkRow) -> Cell:
        return Cell(field_value(words, field, each.before)) if each.before else QUIET_ZERO

    return (
        Column("name", words.text(N_("NAME First name")), lambda each: Cell(each.list_name), 128, stretch=True),
        Column("before", words.text(N_("Before")), before, 134, yields=1),
        Column("after", words.text(N_("After")), after, 152),
    )


class ManyPanel(SidePanel):
    """The panel; `asked` wants the preview of a `BulkChange`, `wanted` wants it done, `merging` the two records."""

    asked = Signal(object)
    wanted = Signal(object)
    merging = Signal()

    def __init__(self, words: Words, today: date) -> None:
        super().__init__(words)
        self.ids: tuple[bytes, ...] = ()
        self._places: Places = {}
        body = column(margins=(20, 8, 20, 8), gap=8)
        self.merge_link = Link(words.text(N_("These two are one person: merge them…")), icon="git-merge")
        self.merge_link.clicked.connect(self.merging)
        body.addWidget(self.merge_link, 0, Qt.AlignmentFlag.AlignLeft)
        options = [(code, field_name(words, code)) for code in FIELDS]
        self.field = choice_field(words.text(N_("Change for all of them")), options)
        self.start = text_field(field_name(words, "start"), value=write_day(today.replace(day=1)))
        self.value = choice_field(words.text(N_("New value")), ())
        across = row(gap=12)
        across.addWidget(self.field, 1)
        across.addWidget(self.start, 1)
        body.addLayout(across)
        body.addWidget(self.value)  # names of activities are long
        self.model: RowsModel[BulkRow] = RowsModel(many_columns(words, "site"), key=lambda each: each.person_id)
        self.table = Table(self.model, row_height=28, edge=8)
        self.table.setAccessibleName(words.text(N_("What would change")))
        body.addWidget(self.table, 1)
        self.whole.addLayout(body, 1)
        foot = self.add_foot()
        self.said = label("", Text.DENSE, "text2", wrap=True)
        foot.addWidget(self.said, 1)
        self.button = Button("", icon="check")
        self.button.clicked.connect(lambda: self._emit(self.wanted))
        foot.addWidget(self.button)
        self._combo(self.field.widget).activated.connect(lambda _at: self._choose_field())
        self._combo(self.value.widget).activated.connect(lambda _at: self._ask())
        day = self.start.widget
        assert isinstance(day, QLineEdit)
        day.editingFinished.connect(self._ask)

    @staticmethod
    def _combo(widget: QWidget) -> QComboBox:
        assert isinstance(widget, QComboBox)
        return widget

    def first(self) -> QWidget:
        """Begin with what shall change."""
        return self.field.widget

    def show_people(self, rows: Sequence[PersonRow], places: Places) -> None:
        """Take the people who are chosen; what is asked for stays."""
        words = self.words
        self.ids = tuple(each.id for each in rows)
        self.title.setText(words.plural("{count} person selected", "{count} people selected", len(rows)))
        self.setAccessibleName(self.title.text())
        self.merge_link.setVisible(len(rows) == 2)
        if places != self._places:
            self._places = places
            self._choose_field()
        else:
            self._ask()

    def _choose_field(self) -> None:
        """Offer the values of the chosen field."""
        code = value_of(self.field)
        combo = self._combo(self.value.widget)
        combo.clear()
        combo.addItem(self.words.text(N_("choose")), "?")
        none = self.words.term("activity", "none") if code == "activity" else self.words.text(N_("none"))
        for key, name in (*self._places.get(code, ()), ("", none)):
            combo.addItem(name, key)
        self.start.setVisible(code == "activity")
        self.model.columns = many_columns(self.words, code)
        self._ask()

    def change(self) -> BulkChange | None:
        """Return what is asked for; None while it is not whole."""
        from ltu_desktop.actions.people_bulk import BulkChange

        code, value = value_of(self.field), value_of(self.value)
        if value == "?":
            return None
        key: bytes | str | None = None if not value else value if code == "status" else bytes.fromhex(value)
        if code != "activity":
            return BulkChange(code, key)
        try:
            day = read_day(value_of(self.start))
        except ValueError:
            day = None
        self.start.wrong("" if day is not None else self.words.text(NOT_A_DAY))
        return BulkChange(code, key, day) if day is not None else None

    def _ask(self) -> None:
        """Ask for the preview of what is typed."""
        self.model.set_rows(())
        self._say(0, "")
        self._emit(self.asked)

    def _emit(self, signal: object) -> None:
        change = self.change()
        if change is not None:
            signal.emit(change)  # type: ignore[attr-defined]  # a bound signal

    def show_plan(self, plan: BulkPlan) -> None:
        """Show what a change would do to each."""
        from ltu_desktop.actions.people_bulk import BulkState

        if plan.change != self.change() or {each.person_id for each in plan.rows} - set(self.ids):
            return  # of what was asked for before
        words = self.words
        order = (BulkState.NO_CONTRACT, BulkState.CHANGED, BulkState.SAME)
        self.model.set_rows(sorted(plan.rows, key=lambda each: order.index(each.state)))
        left = plan.count(BulkState.NO_CONTRACT)
        same = plan.count(BulkState.SAME)
        said = [words.plural("{count} unchanged", "{count} unchanged", same)] if same else []
        said += [words.plural("{count} left out", "{count} left out", left)] if left else []
        self._say(plan.count(BulkState.CHANGED), " · ".join(said))

    def _say(self, count: int, said: str) -> None:
        words = self.words
        self.said.setText(said)
        self.button.setText(words.plural("Change {count} person", "Change {count} people", count))
        self.button.setEnabled(count > 0)
        self.button.refit()

    def refuse(self, error: UserError) -> None:
        """Say what the file refuses."""
        bare = UserError(error.code, error.what, error.mend, "", error.params)
        self.start.wrong(self.words.error(bare)) if self.start.isVisible() else self.said.setText(
            self.words.error(bare)
        )
