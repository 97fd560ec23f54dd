"""Totals pinned under a table, in its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.pieces import column as vertical
from ltu_desktop.window.table_widths import PAD
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.window.table import Table


@dataclass(frozen=True, slots=True)
class Total:
    """A pinned row: a name, a quiet word after it, and texts by column code."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    quiet: str = ""
    strong: bool = False


class Totals(QWidget):
    """Totals under a table, in its columns, never scrolled away."""

    HEIGHT = 28

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table
        self._rows: tuple[Total, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda *_: self.update())
        theme.state().changed.connect(self.update)

    def show_totals(self, rows: Sequence[Total]) -> None:
        """Show other totals."""
        self._rows = tuple(rows)
        self.setFixedHeight(self._height())
        metrics = theme.metrics(Text.DENSE_STRONG)
        figures = {column.code for column in self._table.rows_model.columns if column.right}
        needed: dict[str, int] = {}
        for total in rows:
            for code in figures & total.values.keys():
                needed[code] = max(needed.get(code, 0), metrics.horizontalAdvance(total.values[code]) + 2 * PAD)
        self._table.need(needed)
        heads = {column.code: f"{column.head} {column.unit}".strip() for column in self._table.rows_model.columns}
        self.setAccessibleName(
            "; ".join(
                f"{total.name} {total.quiet}: "
                + ", ".join(f"{heads[code]} {text}" for code, text in total.values.items())
                for total in rows
            )
        )
        self.update()

    def texts(self) -> list[Total]:
        """Return what is shown."""
        return list(self._rows)

    def _height(self) -> int:
        strong = sum(1 for row in self._rows if row.strong)
        return len(self._rows) * self.HEIGHT + strong * 6 + 2

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the rows under the columns."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("header"))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.colour("edge"))
        y = 1
        for total in self._rows:
            height = self.HEIGHT + (6 if total.strong else 0)
            if total.strong and y > 1:
                painter.fillRect(QRect(0, y, self.width(), 1), theme.colour("edge"))
            self._paint_row(painter, total, y, height)
            y += height

    def _paint_row(self, painter: QPainter, total: Total, y: int, height: int) -> None:
        columns = self._table.rows_model.columns
        plain, strong = theme.font(Text.DENSE), theme.font(Text.DENSE_STRONG)
        room = self.width()  # of the name: up to the first figure
        for at, column in enumerate(columns):
            text = total.values.get(column.code, "")
            if not text or self._table.isColumnHidden(at):
                continue
            x, width = self._table.columnViewportPosition(at), self._table.columnWidth(at)
            rect = self._table.inner(QRect(x, y, width, height), at)
            last = at == self._table.last_column()
            painter.setFont(strong if total.strong or last else plain)
            painter.setPen(theme.colour("text"))
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)
            wide = painter.fontMetrics().horizontalAdvance(text)
            room = min(room, (rect.right() - wide if column.right else rect.left()) - PAD)
        begin = self._table.columnViewportPosition(self._table.first_column())
        first = self._table.inner(QRect(begin, y, 400, height), self._table.first_column())
        painter.setFont(strong if total.strong else plain)
        painter.setPen(theme.colour("text"))
        metrics = theme.metrics(Text.DENSE_STRONG if total.strong else Text.DENSE)
        name = metrics.elidedText(total.name, Qt.TextElideMode.ElideRight, room - first.left())
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, name)
        end = metrics.horizontalAdvance(f"{name} ")
        painter.setFont(plain)
        painter.setPen(theme.colour("text3"))
        after = room - first.left() - end
        quiet = theme.metrics(Text.DENSE).elidedText(total.quiet, Qt.TextElideMode.ElideRight, after)
        painter.drawText(first.translated(QPoint(end, 0)), Qt.AlignmentFlag.AlignVCenter, quiet)


class TableWithTotals(QWidget):
    """A table and its pinned totals."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.totals = Totals(table)
        box = vertical(self)
        box.addWidget(table, 1)
        box.addWidget(self.totals)
