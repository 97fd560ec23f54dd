"""Tables: rows drawn with the tokens, heads with units, copied to a spreadsheet with Ctrl+C."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from ltu_desktop.window import icons, theme
from ltu_desktop.window.models import Index, RowsModel
from ltu_desktop.window.pieces import in_lines
from ltu_desktop.window.table_rows import paint_rows
from ltu_desktop.window.table_widths import PAD, give_way, needed, wide_of, widen
from ltu_desktop.window.tokens import TABLE_HEAD, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

APART = 12  # more between a figure and a text after it, which would read as one
LEAST_ROW = 24  # px of the rows that stay in sight in a low window
EDGE = 12  # left of the first column and right of the last


class Head(QHeaderView):
    """Heads aligned like their column, with the unit in a quieter tone and a caret where rows are ordered."""

    def __init__(self, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setFixedHeight(theme.grown(TABLE_HEAD))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802  Qt's name
        """Draw one head."""
        column = self._table.rows_model.columns[section]
        painter.save()
        painter.fillRect(rect, theme.colour("header"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line2"))
        inner = self._table.inner(rect, section)
        strong, plain = theme.font(Text.DENSE_STRONG), theme.font(Text.DENSE)
        measure = theme.metrics(Text.DENSE_STRONG)
        unit = theme.metrics(Text.DENSE).horizontalAdvance(f" {column.unit}") if column.unit else 0
        head = self.said(section, inner.width() - unit)
        width = max(measure.horizontalAdvance(line) for line in head.split("\n"))
        x = inner.right() + 1 - width - unit if column.right else inner.left()
        painter.setFont(strong)
        painter.setPen(theme.colour("text2"))
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        area = QRect(x, rect.top(), width, rect.height())
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, head)
        if unit:
            painter.setFont(plain)
            painter.setPen(theme.colour("text3"))
            area = QRect(x + width, rect.top(), unit + 2, rect.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f" {column.unit}")
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            spot = x - 16 if column.right else x + width + 5
            icons.draw(
                painter, "caret-down" if down else "caret-up", "text2", QRect(spot, rect.top(), 12, rect.height()), 12
            )
        painter.restore()

    def said(self, section: int, room: int) -> str:
        """Return what a head says in so much room: its words, in two lines where it may, or what stands for them."""
        column, measure = self._table.rows_model.columns[section], theme.metrics(Text.DENSE_STRONG)
        if not column.short:
            return measure.elidedText(column.head, Qt.TextElideMode.ElideRight, room)
        lines = in_lines(column.head.split(), measure, room, " ").split("\n")
        fits = len(lines) <= 2 and all(measure.horizontalAdvance(line) <= room for line in lines)
        return "\n".join(lines) if fits else column.short


class Table(QTableView):
    """A table over a `RowsModel`: by rows, or by cells where each figure can be chosen."""

    chosen = Signal(object)  # the row that became current
    opened = Signal(object)  # Enter or double click on a row
    cell_chosen = Signal(object, str)  # row and column code

    def __init__(
        self,
        model: RowsModel[Any],
        *,
        row_height: int,
        by_cell: bool = False,
        text: Text = Text.DENSE,
        edge: int = EDGE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows_model = model
        self.hovered = -1
        self.edge, self.by_cell, self.text = edge, by_cell, text
        self._kept: object = None
        self._least: dict[str, int] = {}
        self._measured: tuple[object, object] = (None, None)  # the columns and rows whose needs are known
        self._needs: dict[int, int] = {}
        self._pads: dict[int, tuple[int, int]] = {}  # of the columns that are shown, as laid out
        self._anew = False
        self.off: frozenset[str] = frozenset()  # columns that were taken off by hand
        self._nothing = ""  # said where no row is shown
        self.setModel(model)
        self.setFont(theme.font(text))
        self.setHorizontalHeader(Head(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(theme.row_height(row_height))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        if any(column.sort for column in model.columns):
            self.horizontalHeader().setSectionsClickable(True)
            self.horizontalHeader().setSortIndicatorShown(True)
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.entered.connect(self._hover)
        self.doubleClicked.connect(self._open)
        model.layoutChanged.connect(self._refit)
        model.shown_changed.connect(lambda: self.say_nothing(self._nothing))
        theme.state().changed.connect(self.viewport().update)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way in a low window down to the heads and a line of text."""
        return QSize(super().minimumSizeHint().width(), self.horizontalHeader().height() + LEAST_ROW)

    def say_nothing(self, text: str) -> None:
        """Say in the place of the rows why there are none, and what to do."""
        self._nothing = text
        self.setAccessibleDescription("" if self.rows_model.rows() else text)
        self.viewport().update()

    def ground(self, row: Any) -> str:  # noqa: ARG002  for tables with groups
        """Return the ground of a row that is neither selected nor pointed at."""
        return "surface"

    def first_column(self) -> int:
        """Return the leftmost column that is shown."""
        return next((at for at in range(len(self.rows_model.columns)) if not self.isColumnHidden(at)), 0)

    def last_column(self) -> int:
        """Return the rightmost column that is shown."""
        return next((at for at in reversed(range(len(self.rows_model.columns))) if not self.isColumnHidden(at)), 0)

    def inner(self, rect: QRect, column: int) -> QRect:
        """Return the room of a cell's text."""
        left, right = self._pads.get(column, (PAD, PAD))
        return rect.adjusted(left, 0, -right, 0)

    def padded(self, own: Mapping[int, int], shown: Sequence[int]) -> dict[int, int]:
        """Return how wide columns become side by side, and keep what stays free in them for `inner`.

        At the edges and after figures that is more than `PAD`.
        """
        columns = self.rows_model.columns
        self._pads = {}
        for before, at in zip((None, *shown), shown, strict=False):
            apart = before is not None and columns[before].right and not columns[at].right
            left = self.edge if before is None else PAD + (theme.grown(APART) if apart else 0)
            self._pads[at] = left, self.edge if at == shown[-1] else PAD
        return {at: own[at] + sum(pads) - 2 * PAD for at, pads in self._pads.items()}

    def chosen_places(self) -> list[int]:
        """Return where the chosen rows are shown, from ranges: row by row Qt would ask the model without end."""
        ranges = self.selectionModel().selection().toList()
        return sorted({place for each in ranges for place in range(each.top(), each.bottom() + 1)})

    def take_off(self, codes: frozenset[str]) -> None:
        """Leave columns out by their codes, and show all others that have room."""
        self.off = codes
        self.fit()

    def order_by(self, code: str) -> None:
        """Order the rows by a column, ascending."""
        at = next(at for at, column in enumerate(self.rows_model.columns) if column.code == code)
        self.horizontalHeader().setSortIndicator(at, Qt.SortOrder.AscendingOrder)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0 and self.rows_model.columns[column].sort:
            self.rows_model.sort(column, order)
            if self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())

    def _hover(self, index: QModelIndex) -> None:
        if index.row() != self.hovered:
            self.hovered = index.row()
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the rows in sight."""
        painter = QPainter(self.viewport())
        paint_rows(painter, self, event.rect())
        if not self.rows_model.rows():
            painter.setFont(theme.font(Text.BODY))
            painter.setPen(theme.colour("text2"))
            area = self.viewport().rect().adjusted(self.edge, 0, -self.edge, -self.viewport().height() // 4)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._nothing)
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Forget the row under the pointer when it leaves; say the whole of a text that has too little room."""
        if event.type() == QEvent.Type.Leave and self.hovered >= 0:
            self.hovered = -1
            self.viewport().update()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.shortened(self.indexAt(event.pos())), self)  # "" hides it
            return True
        return super().viewportEvent(event)

    def shortened(self, index: QModelIndex) -> str:
        """Return the whole text of a cell that is too narrow for it, else ""."""
        cell = self.rows_model.cell(index)
        if cell is None:
            return ""
        whole = " ".join(part for part in (cell.text, cell.quiet) if part)
        room = self.inner(self.visualRect(index), index.column()).width()
        return whole if wide_of(cell, self.text, by_cell=self.by_cell) > room else ""

    def _open(self, index: QModelIndex) -> None:
        row = self.rows_model.row(index)
        if row is not None:
            self.opened.emit(row)

    def current_row(self) -> Any:
        """Return the current row, or None."""
        return self.rows_model.row(self.currentIndex())

    def current_code(self) -> str:
        """Return the code of the current column, or ""."""
        index = self.currentIndex()
        return self.rows_model.columns[index.column()].code if index.isValid() else ""

    def choose(self, key: object, code: str = "") -> bool:
        """Make a row current by its key (and a column by its code); tell whether it is shown."""
        place = self.rows_model.place(key)
        if place < 0:
            return False
        columns = self.rows_model.columns
        at = next((at for at, column in enumerate(columns) if column.code == code), -1)
        if at < 0:
            at = max(self.currentIndex().column(), self.first_column())
        self.setCurrentIndex(self.rows_model.index(place, at))
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  Qt's name
        """Tell which row and figure are current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        row = self.rows_model.row(current)
        if row is None:
            return
        if current.row() != previous.row() or self.rows_model.key(row) != self._kept:
            self._kept = self.rows_model.key(row)
            self.chosen.emit(row)
        self.cell_chosen.emit(row, self.rows_model.columns[current.column()].code)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Enter opens, Ctrl+C copies the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.rows_model.as_text(off=self.off))
            event.accept()
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            row = self.current_row()
            if row is not None:
                self.opened.emit(row)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Have a current row as soon as the keyboard comes here."""
        super().focusInEvent(event)  # Qt makes a row current here, and chooses it not
        alone = self.selectionMode() is QAbstractItemView.SelectionMode.SingleSelection
        if alone and self.rows_model.rowCount() and not self.selectionModel().hasSelection():
            now = self.currentIndex()
            self.setCurrentIndex(now if now.isValid() else self.rows_model.index(0, self.first_column()))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Show the choice in its quieter tone."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Give the stretching column what is left, and hide columns where there is no room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Lay the columns out in the width there is: each as its texts need, then as it likes, the rest to stretch."""
        width, columns, needs = self.viewport().width(), self.rows_model.columns, self.needs()
        like = {
            at: max(theme.grown(column.width), self._least.get(column.code, 0)) for at, column in enumerate(columns)
        }
        for at, column in enumerate(columns):
            needs[at] = max(needs[at], self._least.get(column.code, 0))
        least = {at: needs[at] if column.right else min(needs[at], like[at]) for at, column in enumerate(columns)}
        shown = self.having_room(least, width)
        self.show_columns(shown)
        widths = self.padded(least, shown)
        spare = width - sum(widths.values())
        for wanted in (self.padded(needs, shown), self.padded(like, shown)):
            spare = widen(widths, wanted, spare)
        stretching = [at for at in shown if columns[at].stretch] or shown[:1]
        widen(widths, dict.fromkeys(stretching, width), spare)
        self.take_widths(widths, width)

    def having_room(self, least: Mapping[int, int], width: int) -> list[int]:
        """Return the places of the columns that are shown in a width, each having at least so much of it.

        Those with a total go last, where a name before the figures would have less than two thirds of its least; what
        is said after them stays whole, for it is what the rows are read for. A narrow column comes back where a wide
        one went, if all that is shown has what it needs.
        """
        columns = self.rows_model.columns
        shown = [at for at, column in enumerate(columns) if column.code not in self.off]
        figures = next((at for at, column in enumerate(columns) if column.right), 0)
        tight = {at: wide * 2 // 3 if columns[at].stretch and at < figures else wide for at, wide in least.items()}
        gone: list[list[int]] = []
        for wanted, staying in ((least, self._least.keys()), (tight, ())):
            while sum(self.padded(wanted, shown).values()) > width:
                soonest = max((columns[at].yields for at in shown if columns[at].code not in staying), default=0)
                if not soonest:
                    break  # what is left never goes
                gone.append([at for at in shown if columns[at].yields == soonest and columns[at].code not in staying])
                shown = [at for at in shown if at not in gone[-1]]
        whole = {at: max(wide, least[at]) for at, wide in self.needs().items()}
        for group in reversed(gone):
            again = sorted([*shown, *group])
            if sum(self.padded(whole, again).values()) <= width:
                shown = again
        return shown

    def needs(self) -> dict[int, int]:
        """Return by their places how wide columns show all their texts whole; measured once for the rows there are."""
        of = self.rows_model.columns, self.rows_model.all_rows()
        if any(now is not before for now, before in zip(of, self._measured, strict=True)):
            self._measured, self._needs = of, needed(*of, self.text, by_cell=self.by_cell)
        return dict(self._needs)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's name
        """Take the widths of the rows that came while nobody looked."""
        super().showEvent(event)
        self._refit()

    def _refit(self) -> None:
        """Lay the columns out again when there are other rows in sight, not when the same are filtered or ordered."""
        if self.isVisible() and self._measured[1] is not self.rows_model.all_rows():
            self.fit()

    def show_columns(self, shown: Sequence[int]) -> None:
        """Hide all columns but some; the keyboard goes on from a column that is shown, with the same rows chosen."""
        for at in range(len(self.rows_model.columns)):
            self.setColumnHidden(at, at not in shown)
        now = self.currentIndex()
        if now.isValid() and shown and self.isColumnHidden(now.column()):
            beside = self.rows_model.index(now.row(), self.first_column())
            self.selectionModel().setCurrentIndex(beside, QItemSelectionModel.SelectionFlag.NoUpdate)

    def take_widths(self, widths: dict[int, int], room: int) -> None:
        """Take widths of columns by their places; in too little room texts give way, and what is left scrolls."""
        give_way(self.rows_model.columns, widths, sum(widths.values()) - room)
        whole = sum(widths.values()) <= room
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(policy)
        for at, wide in widths.items():
            self.setColumnWidth(at, wide)
        if self.viewport().width() != room and not self._anew:  # a scroll bar came or went meanwhile
            self._anew = True  # once: a bar must not come for want of room and go for having it, without end
            self.fit()
            self._anew = False

    def need(self, widths: dict[str, int]) -> None:
        """Make columns at least so wide, by their codes: their totals need it."""
        if widths != self._least:
            self._least = widths
            self.fit()
