"""Draws the rows of a table: grounds, texts, icons of meanings, hairlines, and the ring of what is current.

Not cell by cell through Qt's delegates: a page of figures would take as long again to come and go between Qt and here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.style import draw_check
from ltu_desktop.window.table_widths import SIGN, strong_of
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.window.models import Cell, Column
    from ltu_desktop.window.table import Table

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
BETWEEN = 5  # a text and what follows it in the quiet tone
SHORT = 48  # of what follows a text in the quiet tone: so much is a code
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Spot(NamedTuple):
    """A shown column: its place among all, and where it stands."""

    at: int
    column: Column[Any]
    left: int
    width: int


def paint_rows(painter: QPainter, table: Table, clip: QRect) -> None:
    """Draw what lies in a part of the viewport."""
    model, rows = table.rows_model, table.rows_model.rows()
    spots = [
        Spot(at, column, table.columnViewportPosition(at), table.columnWidth(at))
        for at, column in enumerate(model.columns)
        if not table.isColumnHidden(at)
    ]
    if not rows or not spots:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, end = spots[0].left, spots[-1].left + spots[-1].width
    height, above = table.verticalHeader().defaultSectionSize(), table.verticalOffset()
    focused, now, choice = table.hasFocus(), table.currentIndex(), table.selectionModel()
    for place in range(max(0, (clip.top() + above) // height), min(len(rows), (clip.bottom() + above) // height + 1)):
        row = rows[place]
        band = QRect(left, place * height - above, end - left, height)
        selected = choice.isSelected(model.index(place, spots[0].at))
        if selected:
            ground = "selection" if focused else "sunken"
        else:
            ground = "hover" if place == table.hovered else table.ground(row)
        painter.fillRect(band, theme.colour(ground))
        painter.fillRect(QRect(left, band.bottom(), band.width(), 1), theme.colour("line"))
        if selected:
            painter.fillRect(QRect(left, band.top(), 3, height), theme.colour("accent" if focused else "edge"))
        current = now.column() if place == now.row() else -1
        _paint_row(painter, table, spots, place, row, band, current)
        if focused and current >= 0 and not table.by_cell:
            rounded(painter, band, "", "focus", 0, 2)


def _paint_row(
    painter: QPainter, table: Table, spots: list[Spot], place: int, row: Any, band: QRect, current: int
) -> None:
    """Draw the cells of a row; `current` is the place of its current column, or -1."""
    active = table.rows_model.is_active(row)
    covered = -1  # up to this place by the cell before
    for spot in spots:
        if spot.at <= covered:
            continue
        area = QRect(spot.left, band.top(), spot.width, band.height())
        over = table.columnSpan(place, spot.at)
        if over > 1:
            covered = spot.at + over - 1
            area.setRight(max(each.left + each.width for each in spots if each.at <= covered) - 1)
        chosen = table.by_cell and spot.at == current
        cell = spot.column.cell(row)
        inner = table.inner(area, spot.at)
        if cell.checked is not None:
            middle = QPointF(inner.left() + 8, inner.center().y() + 1)
            draw_check(painter, middle, on=cell.checked, enabled=not cell.fixed)
        else:
            strong = cell.strong or chosen or cell.link
            text = strong_of(table.text) if strong else table.text
            _paint_cell(painter, inner, cell, text, table.text, right=spot.column.right, active=active)
        if chosen and table.hasFocus():
            rounded(painter, area, "", "focus", 0, 2)


def _paint_cell(
    painter: QPainter, rect: QRect, cell: Cell, text: Text, quiet: Text, *, right: bool, active: bool
) -> None:
    metrics = theme.metrics(text)
    if cell.icon and right:  # beside the figure, for at the left it would seem to be the neighbour's
        rect, whole = rect.adjusted(max(0, rect.width() - metrics.horizontalAdvance(cell.text) - SIGN), 0, 0, 0), rect
        rect = whole if rect.left() < whole.left() else rect
    if cell.icon:
        tone = "accent" if cell.link else cell.tone if "." in cell.tone else "text2"
        icons.draw(painter, cell.icon, tone, QRect(rect.left(), rect.top(), 16, rect.height()))
        rect = rect.adjusted(SIGN, 0, 0, 0)  # as after the sign of a meaning
    if cell.meaning and cell.meaning_first:
        icons.draw_meaning(painter, cell.meaning, QRect(rect.left(), rect.top(), 16, rect.height()))
        rect = rect.adjusted(SIGN, 0, 0, 0)
    after = cell.meaning if not cell.meaning_first else None
    shown, said = cell.text, cell.quiet
    if not right:
        shown, said = shortened(cell, text, quiet, rect.width() - (SIGN if after else 0))
    painter.setFont(theme.font(text))
    signed = cell.meaning is not None and "." in cell.tone  # the words are of their sign's colour, whatever the row is
    painter.setPen(theme.colour("accent" if cell.link else cell.tone if active or signed else "text3"))
    painter.drawText(rect, RIGHT if right else LEFT, shown)
    if not after and (right or not said):
        return
    end = rect.left() + metrics.horizontalAdvance(shown)
    if after:
        icons.draw_meaning(painter, after, QRect(end + 6, rect.top(), 16, rect.height()))
        end += SIGN
    if said and not right:
        rest = rect.adjusted(end - rect.left() + BETWEEN, 0, 0, 0)
        painter.setFont(theme.font(quiet))
        painter.setPen(theme.colour("text2"))
        painter.drawText(rest, LEFT, said)


def shortened(cell: Cell, text: Text, quiet: Text, room: int) -> tuple[str, str]:
    """Return a text and what follows it in the quiet tone, as they have room: where any of it is missing, … says so."""
    strong, plain, end = theme.metrics(text), theme.metrics(quiet), Qt.TextElideMode.ElideRight
    last = plain.horizontalAdvance(cell.quiet) + 7 if cell.quiet else 0
    kept = last if last <= SHORT else 0  # a code stays whole where the name before it is shortened
    shown = strong.elidedText(cell.text, end, room - kept)
    left = room - strong.horizontalAdvance(shown) - BETWEEN
    if cell.quiet and left < min(last, plain.horizontalAdvance("…") + 1):  # not even … has room: the text ends with it
        return strong.elidedText(f"{cell.text}…", end, room), ""
    return shown, plain.elidedText(cell.quiet, end, left)
