"""What goes to the accountant: the month's variables as they would be sent, what changed since, the columns to send."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.attendance_columns import ColumnsList
from ltu_desktop.window.attendance_side import Side
from ltu_desktop.window.controls import Button, Choice, Kind
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.pieces import clear, column, label, row, rule
from ltu_desktop.window.reports_table import ReportTable
from ltu_desktop.window.table_totals import TableWithTotals
from ltu_desktop.window.table_widths import PAD
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from ltu_desktop.documents.report import Report
    from ltu_desktop.window.attendance_columns import Heading
    from ltu_desktop.window.reports_measure import Extent
    from ltu_desktop.words import Words

KINDS = (("xlsx", N_("Workbook (Excel)")), ("csv", N_("Rows (CSV)")), ("pdf", N_("Document (PDF)")))
"""What the variables can be sent as."""


@dataclass(frozen=True)
class Sendings:
    """The variables of a month as a report, the columns there could be with their names, what was sent when."""

    report: Report
    extents: dict[str, tuple[Extent, ...]]  # of each table, by its key
    columns: tuple[Heading, ...]  # every column there is
    chosen: tuple[str, ...]  # in their order
    sent: tuple[tuple[datetime, str], ...]  # the latest first
    changes: tuple[str, ...]  # since the last sending, as sentences


class SendingsPane(QStackedWidget):
    """The preview and, beside it, the sending. `send_wanted` and `export_wanted` carry a kind of file."""

    send_wanted = Signal(str)
    export_wanted = Signal(str)
    columns_chosen = Signal(object)  # key and given name of each, in their order

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.shown: Sendings | None = None
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        self.panes.setHandleWidth(1)
        self.panes.setChildrenCollapsible(False)
        left = QFrame()
        left.setProperty("ground", "surface")
        box = column(left)
        bar = row(margins=(24, 6, 24, 6), gap=12)
        self.which = Choice(words.text(N_("Show")), [("variables", words.text(N_("Variables")))])
        self.which.is_set = lambda: False  # type: ignore[method-assign]  # a choice, not a filter
        self.which.chosen.connect(lambda _value: self._lay_table())
        self.said = label("", Text.DENSE, "text2", wrap=True)
        bar.addWidget(self.which)
        bar.addWidget(self.said, 1)
        box.addLayout(bar)
        box.addWidget(rule())
        self.table = Preview(words, edge=24)
        self.table.setProperty("pane", True)
        self.table.resized.connect(self._say_left_out)
        self.table.setAccessibleName(words.text(N_("Variables for payroll")))
        self.with_totals = TableWithTotals(self.table)
        box.addWidget(self.with_totals, 1)
        self.side = SendingSide(words, self)
        self.panes.addWidget(left)
        self.panes.addWidget(self.side)
        self.panes.setStretchFactor(0, 1)
        self.panes.setStretchFactor(1, 0)
        self.refused = EmptyPane("")
        self.addWidget(self.panes)
        self.addWidget(self.refused)

    def show_sendings(self, shown: Sendings) -> None:
        """Show a month's table; what stands beside it comes by its own `show_in_turns`."""
        self.shown = shown
        names = {"variables": N_("Variables"), "absences": N_("Absences"), "changes": N_("Changes")}
        tables = [table.key for table in shown.report.tables if table.key in names]
        self.which.set_options([(code, self._words.text(names[code])) for code in tables])
        self.setCurrentWidget(self.panes)
        self._lay_table()

    def refuse(self, text: str) -> None:
        """Say why nothing can be shown."""
        self.shown = None
        self.refused.said.setText(text)
        self.setCurrentWidget(self.refused)

    def _lay_table(self) -> None:
        if self.shown is None:
            return
        report = self.shown.report
        table = report.table(str(self.which.value))
        found = self.shown.extents[table.key]
        self.with_totals.totals.show_totals(self.table.show_table(table, report.currency, found))

    def _say_left_out(self) -> None:
        out, words = self.table.left_out(), self._words
        many = words.plural("{count} more column in the file", "{count} more columns in the file", len(out))
        self.said.setText(many if out else "")
        self.said.setToolTip(", ".join(out))


class Preview(ReportTable):
    """The table, as far as there is room: the last columns go, and are counted."""

    resized = Signal()

    def having_room(self, least: Mapping[int, int], width: int) -> list[int]:
        """Leave out from the right what has no room."""
        ends = accumulate(least.values())
        return [at for at, end in enumerate(ends) if at <= 1 or end + 2 * (self.edge - PAD) <= width]

    def fit(self) -> None:
        """Tell when other columns may have gone."""
        super().fit()
        self.resized.emit()


class SendingSide(Side):
    """When it was sent, what changed since, which columns go out."""

    def __init__(self, words: Words, pane: SendingsPane) -> None:
        super().__init__(words, words.text(N_("To the accountant")))
        self._pane = pane
        self.columns = ColumnsList(words)
        self.columns.changed.connect(pane.columns_chosen)
        self.facts = column(gap=10)
        self.body.addLayout(self.facts)
        self.section(words.text(N_("Columns")))
        self.body.addWidget(self.columns)
        self.body.addStretch(1)
        self.export_button = Button(words.text(N_("Export…")), icon="export", menu=True)
        self.export_button.clicked.connect(lambda: self._ask(self.export_button, self._pane.export_wanted.emit))
        self.send_button = Button(words.text(N_("Send…")), icon="paper-plane-tilt", kind=Kind.PRIMARY, menu=True)
        self.send_button.setToolTip(words.text(N_("Writes the file and keeps it as sent")))
        self.send_button.clicked.connect(lambda: self._ask(self.send_button, self._pane.send_wanted.emit))
        self.foot.addStretch(1)
        self.foot.addWidget(self.export_button)
        self.foot.addWidget(self.send_button)
        self.closed.connect(self.hide)

    def show_in_turns(self, shown: Sendings, *, writable: bool) -> Iterator[str]:
        """Show a month's sendings, then its columns; say what comes next."""
        words = self.words
        clear(self.facts)
        self.show()
        self._head(words.text(N_("Sendings")))
        for at, name in shown.sent:
            self._say(f"{words.moment(at)} · {name}")
        if not shown.sent:
            self._say(words.text(N_("Not sent yet.")), "text3")
        else:
            self._head(words.text(N_("Changed since")))
            for sentence in shown.changes:
                self._say(sentence)
            if not shown.changes:
                self._say(words.text(N_("Nothing.")), "text3")
        self.send_button.setEnabled(writable)
        yield "columns"
        self.columns.show_columns(shown.columns, shown.chosen, writable=writable)

    def _head(self, text: str) -> None:
        self.facts.addSpacing(6)
        self.facts.addWidget(label(text, Text.STRONG))

    def _say(self, text: str, tone: str = "text2") -> None:
        self.facts.addWidget(label(text, Text.DENSE, tone, wrap=True))

    def _ask(self, button: Button, do: object) -> None:
        menu = QMenu(self)
        for kind, text in KINDS:
            menu.addAction(self.words.text(text)).triggered.connect(
                lambda _on=False, kind=kind: do(kind)  # type: ignore[operator]
            )
        menu.exec(button.mapToGlobal(button.rect().topLeft()))
        menu.deleteLater()
