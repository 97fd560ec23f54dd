"""Pieces of the import page: the table of what would change, and the place where a file is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from ltu_desktop.window import icons
from ltu_desktop.window.pieces import column, label
from ltu_desktop.window.table import Table
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ltu_desktop.window.models import Index


class PlanTable(Table):
    """The lines of a plan; heads of groups stand on their own ground across the table, Space takes or leaves."""

    def ground(self, index: Index) -> str:
        """Set the heads of groups off."""
        line = self.rows_model.row(index)
        return "header" if line is not None and line.row is None else "surface"

    def span_groups(self) -> None:
        """Let the heads of groups, and the words about a row, go over several columns."""
        self.clearSpans()
        codes = [each.code for each in self.rows_model.columns]
        field = codes.index("field")
        for place, line in enumerate(self.rows_model.rows()):
            if line.row is None:
                self.setSpan(place, 0, 1, len(codes))
            elif line.change is None:
                self.setSpan(place, field, 1, len(codes) - field)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Space acts on a line as Enter does."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            line = self.current_row()
            if line is not None:
                self.opened.emit(line)
            event.accept()
            return
        super().keyPressEvent(event)


class DropPane(QFrame):
    """Before there is a file: choose one, or drop it here."""

    def __init__(self, text: str, note: str, way: QWidget) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        outer = column(self, margins=(24, 24, 24, 24))
        self.zone = QFrame()
        self.zone.setProperty("drop", "true")
        box = column(self.zone, gap=12)
        box.addStretch(1)
        sign = QLabel()
        icons.put(sign, "download-simple", "accent", 32)
        box.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        self.said = label(text, Text.SECTION)
        box.addWidget(self.said, 0, Qt.AlignmentFlag.AlignHCenter)
        self.note = label(note, Text.BODY, "text2")
        box.addWidget(self.note, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addSpacing(8)
        box.addWidget(way, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        outer.addWidget(self.zone, 1)
