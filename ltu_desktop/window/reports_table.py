"""A report's table on screen: its own heads (grouped where paper groups them), rows and pinned totals, as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from ltu_desktop.documents.report import Kind, Role, plain, written
from ltu_desktop.window import theme
from ltu_desktop.window.models import Cell, Column, RowsModel
from ltu_desktop.window.table import EDGE, Head, Table
from ltu_desktop.window.table_totals import Total
from ltu_desktop.window.table_widths import PAD
from ltu_desktop.window.tokens import ROW_CLAIM, TABLE_HEAD, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPaintEvent

    from ltu_desktop.documents import report as value
    from ltu_desktop.window.reports_measure import Extent
    from ltu_desktop.words import Words

GROUP_HEAD = 24  # height of the heads over heads
WIDEST = 190  # of a text; a longer one is shortened and says the whole when pointed at
MOST_NAME = 130  # of a total, in the first column
MORE = 28  # that a column likes to have beyond what it needs
GIVE_WAY = {
    "register": ("number", "sex", "nature", "category", "birth", "id", "exit", "site", "weekly", "job"),
    "hours": ("number", "id", "status"),
    "activities": ("analytic", "share", "per_hour", "people"),
    "fte": ("people:other", "people:ppde", "contract:other", "contract:ppde", "worked:other", "worked:ppde"),
    "months": ("reference", "fte", "hours"),
}
"""Columns that leave a narrow screen, the least needed first; every file still has them."""


@dataclass(frozen=True)
class Line:
    """A row with its place, which names it where it has no key."""

    place: int
    row: value.Row

    @property
    def key(self) -> object:
        """Lasting name of the row."""
        return self.row.key or self.place


class ReportModel(RowsModel[Line]):
    """Rows of one report after another."""

    def __init__(self) -> None:
        super().__init__((), key=lambda line: line.key)

    def show_table(self, table: value.Table, columns: tuple[Column[Line], ...]) -> None:
        """Show a table in place of the one before, heads and all."""
        self.beginResetModel()
        self.columns = columns
        self._all = tuple(Line(place, row) for place, row in enumerate(table.rows))
        self._shown = list(self._all)
        self.endResetModel()


class GroupedHead(Head):
    """Heads, with the name of their group above neighbours."""

    def __init__(self, table: ReportTable) -> None:
        super().__init__(table)
        self._of = table

    def refit(self) -> None:
        """Take the height of one line of heads, or two."""
        self.setFixedHeight(TABLE_HEAD + (GROUP_HEAD if any(self._of.groups) else 0))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802  Qt's name
        """Draw one head in the lower line."""
        painter.fillRect(rect, theme.colour("header"))
        down = GROUP_HEAD if any(self._of.groups) else 0
        super().paintSection(painter, rect.adjusted(0, down, 0, 0), section)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the groups over their heads, aligned like the figures below them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(theme.font(Text.DENSE))
        for name, sections in self._of.spans():
            left = self.sectionViewportPosition(sections[0]) + PAD
            last = sections[-1]
            inner = self._of.inner(QRect(self.sectionViewportPosition(last), 0, self.sectionSize(last), 10), last)
            area = QRect(left, 4, inner.right() + 1 - left, GROUP_HEAD)
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
            painter.setPen(theme.colour("text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
            painter.fillRect(QRect(left, GROUP_HEAD + 3, area.width(), 1), theme.colour("line2"))
        painter.end()


class ReportTable(Table):
    """The table of a report."""

    def __init__(self, words: Words, edge: int = EDGE) -> None:
        self.groups: tuple[str, ...] = ()
        self._words = words
        self._needed: list[int] = []
        self.model_of: ReportModel = ReportModel()
        super().__init__(self.model_of, row_height=ROW_CLAIM, edge=edge)
        self.head = GroupedHead(self)
        self.setHorizontalHeader(self.head)
        self.head.refit()

    def show_table(self, table: value.Table, currency: str, found: Sequence[Extent]) -> list[Total]:
        """Show a table with the extents of its columns; return its totals as texts. The chosen row stays chosen."""
        chosen = self.current_row()
        self.groups = tuple(column.group for column in table.columns)
        self._needed = _needed(table, found)
        self.model_of.show_table(table, _columns(table, self._words, currency, found, self._needed))
        self.head.refit()
        self.updateGeometries()
        self.fit()
        if chosen is not None:
            self.choose(chosen.key)
        return [_total(table, row, self._words, currency) for row in table.totals]

    def spans(self) -> list[tuple[str, list[int]]]:
        """Return the groups with the neighbours that are shown of each."""
        found: list[tuple[str, list[int]]] = []
        for at, name in enumerate(self.groups):
            if not name or self.isColumnHidden(at):
                continue
            if found and found[-1][0] == name:
                found[-1][1].append(at)
            else:
                found.append((name, [at]))
        return found

    def left_out(self) -> list[str]:
        """Return the heads that have no room here."""
        return [each.head for at, each in enumerate(self.rows_model.columns) if self.isColumnHidden(at)]

    def padded(self, own: Mapping[int, int], shown: Sequence[int]) -> dict[int, int]:
        """Give a group room for its name over those of its columns that are shown."""
        widths = super().padded(own, shown)
        metrics = theme.metrics(Text.DENSE)
        for name in filter(None, dict.fromkeys(self.groups)):
            places = [at for at in shown if self.groups[at] == name]
            lacking = metrics.horizontalAdvance(name) + 2 * PAD + 4 - sum(widths[at] for at in places)
            for at in places:
                widths[at] += max(0, -(-lacking // len(places)))
        return widths

    def needs(self) -> dict[int, int]:
        """Return what was measured of the texts, which the worker found."""
        return dict(enumerate(self._needed))


def _needed(table: value.Table, found: Sequence[Extent]) -> list[int]:
    """Return how wide the columns show all their texts whole, heads and totals' names included."""
    strong = theme.metrics(Text.DENSE_STRONG)
    widths = []
    for column, extent in zip(table.columns, found, strict=True):
        head = strong.horizontalAdvance(f"{column.short or column.head} {column.unit}".strip())
        widths.append(max([head, *map(strong.horizontalAdvance, extent.longest)]) + 2 * PAD + 4)
    widths[0] = max(widths[0], *(_named(row, strong) for row in table.totals), 0)
    return widths


def _columns(
    table: value.Table, words: Words, currency: str, found: Sequence[Extent], needed: Sequence[int]
) -> tuple[Column[Line], ...]:
    """Return the columns with the widths that they like to have."""
    yields = _yields(table, found)
    return tuple(
        Column(
            column.key,
            column.short or column.head,
            lambda line, at=at, column=column: _cell(line.row, at, column, words, currency),  # type: ignore[misc]  # a lambda with defaults
            (needed[at] if found[at].right else min(needed[at], WIDEST)) + MORE,
            unit=column.unit,
            right=found[at].right,
            stretch=column.key in {"name", "job", "remark", "label"},
            yields=yields.get(column.key, 0),
        )
        for at, column in enumerate(table.columns)
    )


def _named(row: value.Row, metrics: QFontMetrics) -> int:
    """Return what the first column needs for a total's name, where a figure stands close after it."""
    name, *cells = row.cells
    if not isinstance(name, str) or all(plain(cell) in {None, ""} for cell in cells[:4]):
        return 0
    return min(metrics.horizontalAdvance(name), MOST_NAME) + 2 * PAD + 4


def _yields(table: value.Table, found: Sequence[Extent]) -> dict[str, int]:
    """Return which columns leave a narrow screen, the greatest first; months without an hour go first, all together."""
    keys = GIVE_WAY.get(table.key, ())
    yields = {key: len(keys) - at for at, key in enumerate(keys)}
    for column, extent in zip(table.columns, found, strict=True):
        if table.key == "hours" and extent.right and not set(extent.longest) - {"", "–"}:
            yields[column.key] = len(keys) + 1
    for name in {column.group for column in table.columns}:  # of a group that goes whole none is left under its name
        group = [column.key for column in table.columns if column.group == name and name]
        if all(key in yields for key in group):
            yields |= dict.fromkeys(group, max((yields[key] for key in group), default=0))
    return yields


def _cell(row: value.Row, at: int, column: value.Column, words: Words, currency: str) -> Cell:
    text = written(row.cells[at], column, words, currency)
    strong = column.strong or row.role in {Role.SUBTOTAL, Role.TOTAL, Role.GRAND, Role.MARKED}
    quiet = column.kind in {Kind.CODE, Kind.COUNT} and column.key in {"number", "id", "print"}
    return Cell(text, "text3" if quiet or text == "–" else "text", strong=strong)


def _total(table: value.Table, row: value.Row, words: Words, currency: str) -> Total:
    """Return a pinned row: its first text is its name."""
    texts = {
        column.key: written(row.cells[at], column, words, currency)
        for at, column in enumerate(table.columns)
        if plain(row.cells[at]) not in {None, ""}
    }
    name = next(
        (each.key for at, each in enumerate(table.columns) if each.key in texts and isinstance(row.cells[at], str)), ""
    )
    return Total(texts.pop(name, ""), texts, strong=row.role is Role.GRAND or len(table.totals) == 1)
