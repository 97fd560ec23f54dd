"""The mouse in the attendance grid: choosing, dragging, filling by the handle, folding; what the pointer is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt

from ltu_desktop.window import attendance_blocks as blocks
from ltu_desktop.window.attendance_faces import say_cell
from ltu_desktop.window.attendance_keys import Block, Choice, Do, Mode, Spot, Step, clicked
from ltu_desktop.window.attendance_layout import Hit, Part

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from ltu_desktop.window.attendance_grid import Grid

GRIP: Final = 6  # px around the handle that take hold of it


class Hand:
    """What the mouse does to a grid."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._drag: Callable[[QPoint], None] | None = None

    def _hit(self, at: QPoint) -> Hit:
        return self._grid.view.layout.hit(at.x(), at.y(), self._grid.view.scroll_x, self._grid.view.scroll_y)

    def _on_handle(self, at: QPoint) -> bool:
        block = self._grid.choice.block
        found = self._grid.view.layout.cell(
            Spot(block.bottom, block.right), self._grid.view.scroll_x, self._grid.view.scroll_y
        )
        if found is None or self._grid.lock or self._grid.mode is not Mode.READY or not self._grid.sheet.shown:
            return False
        corner = QPoint(found.x + found.width - 1, found.y + found.height - 1)
        return (corner - at).manhattanLength() <= GRIP

    def press(self, event: QMouseEvent) -> None:
        """Choose, fold, take hold of the handle, or press what is drawn as a button."""
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            hit = self._hit(at)
            if (
                hit.part is Part.CELL
                and not self._grid.choice.block.has(Spot(hit.row, hit.column))
                and self._grid.pen.keep()
            ):
                self._grid.choose(Choice.at(Spot(hit.row, hit.column)))
            return
        if event.button() != Qt.MouseButton.LeftButton or not self._grid.pen.keep():
            return
        if self._on_handle(at):
            self._drag = self._drag_handle
            return
        hit = self._hit(at)
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if hit.part is Part.CELL:
            self._grid.choose(clicked(Spot(hit.row, hit.column), self._grid.choice, extend=extend))
            self._drag = self._drag_range
        elif hit.part is Part.TEAM:
            button = self._grid.view.buttons.get(hit.row)
            if button is not None and button.contains(at):
                self._grid.fill_wanted.emit(hit.row)
            else:
                self._grid.fold(hit.row)
        elif hit.part in {Part.NAME, Part.SHEET, Part.TOTAL}:
            self._grid.choose(Choice.at(Spot(hit.row, self._grid.choice.active.column)), reveal=False)
            self._grid.person_wanted.emit(hit.row)
        elif hit.part is Part.DAY and self._grid.sheet.shown:
            last = len(self._grid.sheet.shown) - 1
            self._grid.choose(Choice(Spot(0, hit.column), Spot(0, hit.column), Spot(last, hit.column)), reveal=False)

    def _drag_range(self, at: QPoint) -> None:
        spot = self._grid.view.layout.nearest(at.x(), at.y(), self._grid.view.scroll_x, self._grid.view.scroll_y)
        if spot is not None:
            self._grid.choose(clicked(spot, self._grid.choice, extend=True))

    def _drag_handle(self, at: QPoint) -> None:
        spot = self._grid.view.layout.nearest(at.x(), at.y(), self._grid.view.scroll_x, self._grid.view.scroll_y)
        if spot is not None:
            whole = blocks.stretch(self._grid.choice.block, spot)
            self._grid.view.dragged = (Spot(whole.top, whole.left), Spot(whole.bottom, whole.right))
            self._grid.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        """Drag, or say by the pointer what could be done."""
        at = event.position().toPoint()
        if self._drag is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(at)
            return
        hit = self._hit(at)
        shape = Qt.CursorShape.ArrowCursor
        if self._on_handle(at):
            shape = Qt.CursorShape.CrossCursor
        elif hit.part in {Part.NAME, Part.TEAM, Part.SHEET, Part.TOTAL}:
            shape = Qt.CursorShape.PointingHandCursor
        self._grid.viewport().setCursor(shape)

    def release(self) -> None:
        """Fill what the handle was dragged over."""
        self._drag = None
        if self._grid.view.dragged is not None:
            one, other = self._grid.view.dragged
            self._grid.view.dragged = None
            block, whole = self._grid.choice.block, Block.around(one, other)
            texts = blocks.drag_fill(block, whole, self._grid.sheet.text)
            self._grid.choose(Choice(self._grid.choice.active, one, other))
            self._grid.pen.put(texts)
            self._grid.viewport().update()

    def double(self, event: QMouseEvent) -> None:
        """Edit the cell."""
        hit = self._hit(event.position().toPoint())
        if hit.part is Part.CELL and self._grid.pen.keep():
            self._grid.choose(Choice.at(Spot(hit.row, hit.column)))
            self._grid.do(Step(Do.EDIT, self._grid.choice))

    def tip(self, at: QPoint) -> str:
        """Say the whole of what is drawn short."""
        hit = self._hit(at)
        if hit.part is Part.CELL:
            row, head = self._grid.sheet.row(hit.row), self._grid.sheet.days[hit.column]
            return say_cell(self._grid.words, row, head, row.cells[hit.column])
        if hit.part is Part.DAY:
            head = self._grid.sheet.days[hit.column]
            day = f"{self._grid.words.weekday(head.day)} {self._grid.words.day_of_month(head.day)}"
            hours = self._grid.words.duration(self._grid.view.foot[hit.column])
            return ", ".join(part for part in (day, head.holiday_name, hours) if part)
        if hit.part is Part.NAME:
            row = self._grid.sheet.row(hit.row)
            return self._grid.words.named(row.name, row.apart)
        if hit.part is Part.TEAM:
            view, team = self._grid.view, self._grid.sheet.teams[hit.row]
            if hit.row in view.buttons and view.buttons[hit.row].contains(at):
                return view.fill_text
            said = view.teams[hit.row]
            return " · ".join(part for part in (team.name, team.site, said.people, said.sheets) if part)
        return ""
