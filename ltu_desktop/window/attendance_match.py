"""Timesheet, payroll and claim of a month side by side: who differs, why, and the ways to mend or to accept it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter, QStackedWidget, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.window.attendance_side import Side
from ltu_desktop.window.controls import Button, Choice, Kind
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.form import text_field, value_of
from ltu_desktop.window.models import QUIET_ZERO, Cell, Column, RowsModel
from ltu_desktop.window.pieces import Link, clear, column, label, row, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_totals import TableWithTotals, Total
from ltu_desktop.window.tokens import ROW_CLAIM, Meaning, Text
from ltu_desktop.words.codes import CAUSES

if TYPE_CHECKING:
    from decimal import Decimal

    from ltu_desktop.actions.concordance import Concordance, Row
    from ltu_desktop.words import Words

PRIVATE = frozenset({"sick_pay", "unjustified", "partial_activity", "unpaid_leave", "leave_kind"})
"""Causes that would tell a reason of absence; whoever may not know it reads "unpaid absence"."""
EVERYBODY, OPEN_ONLY = "", "open"


def cause(words: Words, code: str, *, reasons: bool) -> str:
    """Name a cause."""
    return words.text(CAUSES["unpaid_absence" if code in PRIVATE and not reasons else code])


def match_columns(words: Words, seen: MatchPane) -> tuple[Column[Row], ...]:
    """Return the columns of the table."""

    def hours(value: Decimal | None, *, sign: bool = False, strong: bool = False) -> Cell:
        if value is None or (sign and not value):
            return QUIET_ZERO
        return Cell(words.number(value, sign=sign), "text", strong=strong)

    def why(each: Row) -> Cell:
        if each.state == "ok":
            return Cell(words.term("match", "Agrees"), "text3")
        said = ", ".join(
            dict.fromkeys(cause(words, reason.code, reasons=seen.reasons) for reason in each.match.reasons)
        )
        if each.state == "accepted":
            return Cell(said, "text2", quiet=words.term("match", "accepted"))
        return Cell(said, "attention.fg", strong=True, meaning=Meaning.ATTENTION, meaning_first=True)

    return (
        Column("name", words.text(N_("NAME First name")), lambda each: Cell(each.list_name), 160,
               sort=lambda each: each.list_name),
        Column("done", words.term("column", "Done"), lambda each: hours(each.match.hours.done), 78, unit="h",
               right=True, sort=lambda each: each.match.hours.done, yields=4),
        Column("expected", words.text(N_("Expected")), lambda each: hours(each.match.expected), 84, unit="h",
               right=True, sort=lambda each: each.match.expected or ZERO, yields=2),
        Column("paid", words.term("match", "Paid"), lambda each: hours(each.match.hours.paid), 78, unit="h", right=True,
               sort=lambda each: each.match.hours.paid, yields=1),
        Column("gap", words.text(N_("Gap")), lambda each: hours(each.match.gap, sign=True, strong=True), 70, unit="h",
               right=True, sort=lambda each: each.match.gap),
        Column("claimed", words.text(N_("Claimed")), lambda each: hours(each.match.hours.claimed), 84, unit="h",
               right=True, sort=lambda each: each.match.hours.claimed or ZERO, yields=3),
        Column("why", words.text(N_("Why")), why, 320, stretch=True,
               sort=lambda each: (each.state, each.list_name)),
    )  # fmt: skip


class MatchPane(QSplitter):
    """The table and, beside it, the chosen person's three sides. `accepted` carries a row and a note."""

    accepted = Signal(object, str)
    taken_back = Signal(object)
    cell_wanted = Signal(str)  # a staff number: to her row in the grid
    claim_wanted = Signal()
    payroll_wanted = Signal(str)
    import_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._words = words
        self.reasons = True
        self.writable = False
        self.match: Concordance | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.model: RowsModel[Row] = RowsModel(match_columns(words, self), key=lambda each: each.person_id)
        self.table = Table(self.model, row_height=ROW_CLAIM, edge=24)
        self.table.setProperty("pane", True)
        self.table.setAccessibleName(words.text(N_("Timesheet, payroll and claim")))
        self.with_totals = TableWithTotals(self.table)
        way = Button(words.text(N_("Import the payroll…")), icon="download-simple", kind=Kind.PRIMARY)
        way.clicked.connect(self.import_wanted)
        self.empty = EmptyPane(words.text(N_("There is nothing to hold side by side in this month yet.")), way)
        left = QFrame()
        left.setProperty("ground", "surface")
        box = column(left)
        bar = row(margins=(24, 6, 24, 6), gap=12)
        self.which = Choice(
            words.text(N_("Show")),
            [(EVERYBODY, words.text(N_("everybody"))), (OPEN_ONLY, words.text(N_("what differs")))],
        )
        self.which.chosen.connect(lambda _value: self._filter())
        bar.addWidget(self.which)
        self.said = label("", Text.DENSE, "text2", wrap=True)
        bar.addWidget(self.said, 1)
        box.addLayout(bar)
        box.addWidget(rule())
        self.body = QStackedWidget()
        self.body.addWidget(self.with_totals)
        self.body.addWidget(self.empty)
        box.addWidget(self.body, 1)
        self.addWidget(left)
        self.detail = MatchDetail(words, self)
        self.addWidget(self.detail)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.table.chosen.connect(self.detail.show_row)
        self.table.opened.connect(lambda each: self.cell_wanted.emit(each.match.person))

    def show_match(self, match: Concordance, *, reasons: bool, writable: bool) -> None:
        """Show a month; the chosen person stays."""
        words = self._words
        self.match, self.reasons, self.writable = match, reasons, writable
        self.model.set_rows(match.rows)
        self.body.setCurrentWidget(self.with_totals if match.rows else self.empty)
        self.detail.setVisible(bool(match.rows))
        differ = len(match.open)
        agree = sum(each.state == "ok" for each in match.rows)
        said = [words.plural("{count} agrees", "{count} agree", agree)]
        accepted = len(match.rows) - agree - differ
        if accepted:
            said.append(words.plural("{count} difference accepted", "{count} differences accepted", accepted))
        said.append(words.plural("{count} difference to look at", "{count} differences to look at", differ))
        tolerance = words.text(N_("tolerance {hours} a month"), hours=words.hours(match.tolerance))
        self.said.setText(" · ".join(part.replace(" ", "\u00a0") for part in (*said, tolerance)))  # breaks at a dot
        everything = [each.match for each in match.rows]
        total = {
            "done": words.number(sum((each.hours.done for each in everything), ZERO)),
            "expected": words.number(sum((each.expected or ZERO for each in everything), ZERO)),
            "paid": words.number(sum((each.hours.paid for each in everything), ZERO)),
            "gap": words.number(sum((each.gap for each in everything), ZERO), sign=True),
            "claimed": words.number(sum((each.hours.claimed or ZERO for each in everything), ZERO)),
        }
        people = words.plural("{count} person", "{count} people", len(match.rows))
        self.with_totals.totals.show_totals([Total(people, total, strong=True)])
        self._filter()
        if self.table.current_row() is None and match.rows:
            self.table.choose((match.open or match.rows)[0].person_id)  # which shows her
        else:
            self.detail.show_row(self.table.current_row())

    def choose(self, number: str) -> None:
        """Choose a person by her staff number, if she is there."""
        found = next((each for each in self.model.rows() if each.match.person == number), None)
        if found is not None:
            self.table.choose(found.person_id)

    def _filter(self) -> None:
        only = self.which.value == OPEN_ONLY
        self.model.filter((lambda each: each.state == "open") if only else None)
        self.table.say_nothing(self._words.text(N_("Nothing differs.")) if only else "")


class MatchDetail(Side):
    """One person's three sides: figures, causes with their hours, and what can be done."""

    def __init__(self, words: Words, pane: MatchPane) -> None:
        super().__init__(words, "")
        self._pane = pane
        self._row: Row | None = None
        self.note = text_field("")
        self.accept_button = Button(words.text(N_("Accept these reasons")), icon="check", kind=Kind.PRIMARY)
        self.accept_button.clicked.connect(self._accept)
        self.back_button = Button(words.text(N_("Take back")), icon="arrow-u-up-left")
        self.back_button.clicked.connect(lambda: self._pane.taken_back.emit(self._row))
        self.foot.addStretch(1)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.accept_button)
        self.closed.connect(self.hide)

    def show_row(self, each: Row | None) -> None:
        """Show a person."""
        words, self._row = self.words, each
        clear(self.body)
        for button in (self.accept_button, self.back_button):
            button.setVisible(each is not None)
        if each is None:
            self.title.setText("")
            return
        found, hours = each.match, each.match.hours
        self.title.setText(each.list_name)
        self.setAccessibleName(each.list_name)
        self.section(words.text(N_("Timesheet")))
        self.fact(words.term("column", "Planned"), words.hours(hours.planned))
        self.fact(words.term("column", "Done"), words.hours(hours.done))
        self.fact(words.term("column", "Away"), words.hours(sum(hours.missed.values(), ZERO)))
        if found.expected is not None:
            self.fact(words.text(N_("So payroll should pay")), words.hours(found.expected))
        self._link(words.text(N_("Go to the row")), lambda: self._pane.cell_wanted.emit(found.person))
        self.section(words.text(N_("Payroll")))
        self.fact(words.term("match", "Paid"), words.hours(hours.paid))
        self.fact(words.text(N_("Gap")), words.hours(found.gap, sign=True) if found.gap else "–")
        self._link(words.text(N_("Open the record")), lambda: self._pane.payroll_wanted.emit(found.person))
        self.section(words.text(N_("Claim")))
        self.fact(words.text(N_("Claimed")), words.hours(hours.claimed) if hours.claimed is not None else "–")
        if found.claim_gap:
            self.fact(words.text(N_("Gap")), words.hours(found.claim_gap, sign=True))
        if found.at_stake is not None and found.reasons:
            self.fact(words.text(N_("At stake")), words.money(found.at_stake), tone="attention")
        self._link(words.text(N_("Go to the claim")), self._pane.claim_wanted.emit)
        if found.reasons:
            self._lay_reasons(each)
        self.body.addStretch(1)
        state = each.state
        self.accept_button.setEnabled(self._pane.writable and state == "open")
        self.accept_button.setVisible(state == "open")
        self.back_button.setVisible(bool(each.accepted))
        self.back_button.setEnabled(self._pane.writable)

    def _lay_reasons(self, each: Row) -> None:
        words = self.words
        self.section(words.text(N_("Why they differ")))
        for reason in each.match.reasons:
            self.fact(cause(words, reason.code, reasons=self._pane.reasons), words.hours(reason.hours, sign=True))
        for kept in each.accepted:
            if kept.note:
                self.body.addWidget(label(kept.note, Text.DENSE, "text2", wrap=True))
        if each.state == "open":
            self.note = text_field(words.text(N_("Note, if you accept it")))
            edit = self.note.widget
            assert isinstance(edit, QLineEdit)
            edit.setEnabled(self._pane.writable)
            edit.returnPressed.connect(self._accept)
            self.body.addWidget(self.note)

    def _link(self, text: str, do: object) -> None:
        link = Link(text)
        link.clicked.connect(lambda _on=False: do())  # type: ignore[operator]
        line = row(gap=0)
        line.addWidget(link)
        line.addStretch(1)
        self.body.addLayout(line)

    def _accept(self) -> None:
        if self._row is not None and self._row.state == "open" and self.accept_button.isEnabled():
            self._pane.accepted.emit(self._row, value_of(self.note))

    def first(self) -> QWidget:
        """Begin with the note."""
        return self.note.widget
