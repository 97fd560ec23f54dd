"""Two views of what claims wait for: expected against received by month with ages, and each open claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.models import RowsModel
from ltu_desktop.window.payments_ages import AgesStrip
from ltu_desktop.window.payments_tables import month_columns, month_totals, open_columns, open_totals
from ltu_desktop.window.pieces import column, rule
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_totals import TableWithTotals
from ltu_desktop.window.tokens import ROW_LIST, Text

if TYPE_CHECKING:
    from ltu_desktop.queries.payments import ClaimOpen
    from ltu_desktop.window.payments_work import Board, MonthLine
    from ltu_desktop.words import Words


class MonthsView(QWidget):
    """Expected and received by month, with the ages of what is open above; `opened` gives a `MonthLine`."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.ages = AgesStrip(words)
        self.model: RowsModel[MonthLine] = RowsModel(month_columns(words), key=lambda line: line.flow.period)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.DENSE, edge=24)
        self.table.setAccessibleName(words.text(N_("Expected and received by month")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(self.opened)
        self.with_totals = TableWithTotals(self.table)
        box = column(self)
        box.addWidget(self.ages)
        box.addWidget(rule(tone="line2"))
        box.addWidget(self.with_totals, 1)

    def show_board(self, board: Board) -> None:
        """Show the months of a board."""
        self.model.set_rows(board.months)
        self.ages.show_ages(board.ages)
        self.with_totals.totals.show_totals(month_totals(self._words, board.months))


class OpenClaimsView(QWidget):
    """Each claim that is still to be paid or taken back, with its age; `opened` gives its key."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.model: RowsModel[ClaimOpen] = RowsModel(open_columns(words), key=lambda claim: claim.id)
        self.table = Table(self.model, row_height=ROW_LIST, text=Text.DENSE, edge=24)
        self.table.setAccessibleName(words.text(N_("Open claims")))
        self.table.setProperty("pane", True)
        self.table.opened.connect(lambda claim: self.opened.emit(claim.id))
        self.with_totals = TableWithTotals(self.table)
        box = column(self)
        box.addWidget(self.with_totals, 1)

    def show_board(self, board: Board) -> None:
        """Show the open claims of a board."""
        waiting = [claim for claim in board.claims if claim.open]
        self.model.set_rows(waiting)
        self.table.say_nothing(self._words.text(N_("No claim waits for its money.")))
        self.with_totals.totals.show_totals(open_totals(self._words, waiting))
