"""The month's absences as a list: who, why, from when to when, how long; Enter leads to the cell, Del takes one off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from ltu_desktop.rules.absence_kinds import chip
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.attendance_faces import kind_name
from ltu_desktop.window.empty import EmptyPane
from ltu_desktop.window.models import Cell, Column, RowsModel
from ltu_desktop.window.table import Table
from ltu_desktop.window.table_totals import TableWithTotals, Total
from ltu_desktop.window.tokens import ROW_CLAIM

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ltu_desktop.window.attendance_sheet import Sheet, Stretch
    from ltu_desktop.words import Words


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """An absence of somebody."""

    person_id: bytes
    staff_number: str
    name: str
    apart: str  # the staff number, where somebody else bears the same name
    stretch: Stretch


def absence_lines(sheet: Sheet) -> list[AbsenceLine]:
    """Return the absences of all rows, in the order of their names and days."""
    found = [
        AbsenceLine(row.key[0], row.staff_number, row.name, row.apart, each)
        for row in sheet.rows
        for each in row.absences
    ]
    return sorted(
        found, key=lambda each: (each.name.casefold(), each.staff_number, each.stretch.first, each.stretch.kind)
    )


class AbsencesPane(QStackedWidget):
    """The list, or what to do when there is none. `opened` leads to the cell, `removed` takes an absence off."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, words: Words, way: QWidget) -> None:
        super().__init__()
        self._words = words
        self.model: RowsModel[AbsenceLine] = RowsModel(
            self._columns(), key=lambda each: (each.person_id, each.stretch.kind, each.stretch.first)
        )
        self.table = _Table(self.model, row_height=ROW_CLAIM, edge=24)
        self.table.setProperty("pane", True)
        self.table.setAccessibleName(words.text(N_("Absences of the month")))
        self.table.opened.connect(self.opened)
        self.table.removed.connect(self.removed)
        self.with_totals = TableWithTotals(self.table)
        self.empty = EmptyPane(words.text(N_("No absence is entered in this month.")), way)
        self.addWidget(self.with_totals)
        self.addWidget(self.empty)

    def _columns(self) -> tuple[Column[AbsenceLine], ...]:
        words = self._words

        def reason(each: AbsenceLine) -> Cell:
            name = kind_name(words, each.stretch.kind)
            return Cell(f"{name[:1].upper()}{name[1:]}", "text2", quiet=chip(each.stretch.kind))

        return (
            Column("name", words.text(N_("NAME First name")), lambda each: Cell(each.name, quiet=each.apart), 180,
                   stretch=True, sort=lambda each: each.name.casefold()),
            Column("kind", words.text(N_("Reason")), reason, 240, sort=lambda each: each.stretch.kind),
            Column("first", words.text(N_("First day")), lambda each: Cell(words.day(each.stretch.first)), 120,
                   sort=lambda each: each.stretch.first),
            Column("last", words.text(N_("Last day")), lambda each: Cell(words.day(each.stretch.last)), 120,
                   sort=lambda each: each.stretch.last),
            Column("hours", words.text(N_("Hours")), lambda each: Cell(words.duration(each.stretch.minutes)), 100,
                   right=True, sort=lambda each: each.stretch.minutes),
        )  # fmt: skip

    def show_absences(self, sheet: Sheet) -> None:
        """Show the absences of the people that the filters leave."""
        words = self._words
        lines = absence_lines(sheet)
        self.model.set_rows(lines)
        self.setCurrentWidget(self.with_totals if lines else self.empty)
        total = words.duration(sum(each.stretch.minutes for each in lines))
        name = words.plural("{count} absence", "{count} absences", len(lines))
        self.with_totals.totals.show_totals([Total(name, {"hours": total}, strong=True)])


class _Table(Table):
    """The table, with Del."""

    removed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.key() == Qt.Key.Key_Delete and self.current_row() is not None:
            self.removed.emit(self.current_row())
            event.accept()
            return
        super().keyPressEvent(event)
