"""The week board: blocks are dragged, copied and stretched by mouse or keyboard; what is wanted is told by signals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.planning_geometry import (
    Area,
    Grasp,
    Hand,
    Hit,
    Part,
    Spot,
    carry,
    drag,
    far,
    step,
    stretch,
    take,
)
from ltu_desktop.window.planning_sheet import hours_text, span_text
from ltu_desktop.window.planning_shown import Shown
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent

    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.window.planning_sheet import Block
    from ltu_desktop.words import Words

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}


@dataclass(frozen=True, slots=True)
class Put:
    """What a gesture wants: a shift put somewhere (`row` and `day` of the board) with its times; `copies` leaves it."""

    shift: ShiftRow
    row: int
    day: int
    start: int
    end: int
    copies: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a note says of a drop: whether it fits."""

    meaning: Meaning
    text: str


class Board(Shown):
    """The board. `lock` says why nothing can be changed; `verdict` is asked while something is in the hand."""

    put = Signal(object)  # Put
    wanted = Signal(int, int, object)  # an entry for a row and day; the shift to change, or None for a new one
    removed = Signal(object)  # a shift
    menu_wanted = Signal(QPoint)
    refused = Signal(str)  # why nothing can be changed
    clicked_cover = Signal(int)  # a day

    def __init__(self, words: Words, verdict: Callable[[Put], Verdict]) -> None:
        super().__init__(words)
        self._verdict = verdict
        self.lock = ""
        self._pressed: Hit | None = None
        self._point = (0, 0)

    def show_put(self, put: Put) -> None:
        """Show a shift where it was put, before it is saved; the cursor goes with it."""
        assert self.view.sheet is not None
        assert self.view.today is not None
        sheet = self.view.sheet.put(put.shift, put.row, put.day, put.start, put.end)
        self.show_sheet(sheet, self.view.today, faded=self.view.faded)
        found = sheet.spot_of(put.shift.id)
        if found is not None:
            self.choose(Spot(*found))

    # ---- the hand ----

    def _hold(self, hand: Hand, block: Block, pointer: tuple[int, int] | None = None) -> None:
        """Show what is in the hand, and ask whether it fits there."""
        times = span_text(hand.start, hand.end)
        self.view.hand, self.view.pointer = hand, pointer
        self.view.held = replace(block, times=times, trouble="")
        self.viewport().setCursor(
            Qt.CursorShape.ClosedHandCursor if hand.grasp is Grasp.MOVE else Qt.CursorShape.SizeHorCursor
        )
        self._say_note()
        self.viewport().update()

    def _put(self, hand: Hand) -> Put:
        block = self._held_block(hand)
        return Put(block.shift, hand.target.row, hand.target.day, hand.start, hand.end, hand.copies)

    def _held_block(self, hand: Hand) -> Block:
        assert self.view.sheet is not None
        return self.view.sheet.rows[hand.origin.row].cells[hand.origin.day].blocks[hand.origin.at]

    def _say_note(self) -> None:
        hand, sheet, words = self.view.hand, self.view.sheet, self._words
        assert hand is not None
        assert sheet is not None
        day = sheet.day(hand.target.day)
        title = f"{sheet.rows[hand.target.row].title} · {words.weekday(day, short=True)} {day.day}"
        if hand.grasp is not Grasp.MOVE:
            minutes = hand.end - hand.start - hand.pause
            title = f"{span_text(hand.start, hand.end)} · {hours_text(words, minutes)} h".replace(" h h", " h")
        verdict = (
            self._verdict(self._put(hand))
            if hand.moved
            else Verdict(Meaning.INFO, words.text(N_("Nothing changes here")))
        )
        esc = words.term("key", "Esc")
        if hand.grasp is not Grasp.MOVE:
            keys = words.text(N_("{esc}: as it was"), esc=esc)
        else:
            keys = words.text(N_("Ctrl: copy · {esc}: leave it in place"), esc=esc)
        cell = self.view.lay.cell(hand.target.row, hand.target.day)
        at = QPoint(cell.left + 16, cell.bottom + 6)
        if self.view.pointer is not None:
            at = QPoint(self.view.pointer[0] + 20, max(cell.bottom, self.view.pointer[1] + 22) + 4)
        self.note.say(title, verdict.text, verdict.meaning, keys, at, cell.height + 46)
        self.setAccessibleName(self.note.accessibleName())

    def _let_go(self) -> None:
        hand = self.view.hand
        assert hand is not None
        if hand.moved:
            wish = self._put(hand)
            if not wish.copies:
                self.view.spot = Spot(hand.target.row, hand.target.day, 0)
            self.put.emit(wish)
        self.drop_hand()

    def try_lock(self) -> bool:
        """Tell whether something can be changed; say why not, where it cannot."""
        if self.lock:
            self.refused.emit(self.lock)
        return not self.lock

    # ---- the mouse ----

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Put the cursor there, and be ready for a drag."""
        x, y = event.position().toPoint().toTuple()
        hit = self.view.lay.hit(x, y)
        self._pressed, self._point = None, (x, y)
        if hit.area is Area.COVER and event.button() == Qt.MouseButton.LeftButton:
            self.clicked_cover.emit(hit.day)
            return
        if hit.row < 0:
            return
        self.choose(Spot(hit.row, max(0, hit.day) if hit.area is Area.CELL else self.view.spot.day, max(0, hit.at)))
        if event.button() == Qt.MouseButton.LeftButton and hit.at >= 0 and not self.lock:
            self._pressed = hit

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Drag what was pressed, or show what could be taken."""
        x, y = event.position().toPoint().toTuple()
        hit = self._pressed
        if hit is None:
            self._show_hover(self.view.lay.hit(x, y))
            return
        hand = self.view.hand
        spot = Spot(hit.row, hit.day, hit.at)
        block = self._block_at(spot)
        if hand is None:
            if not far(self._point, x, y):
                return
            shift = block.shift
            hand = take(spot, (shift.start, shift.end, shift.pause), hit.part, self._point)
        copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._hold(drag(hand, self.view.lay, x, y, copies=copies), block, (x, y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Let go what is in the hand."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            if self.view.hand is not None and not self.view.hand.keys:
                copies = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self.view.hand = replace(self.view.hand, copies=copies and self.view.hand.grasp is Grasp.MOVE)
                self._let_go()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Enter or change what is planned there."""
        hit = self.view.lay.hit(*event.position().toPoint().toTuple())
        if hit.area is Area.CELL and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.view.spot = Spot(hit.row, hit.day, max(0, hit.at))
            self._ask(None if hit.at < 0 else self.shift())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Show that the pointer left."""
        self.view.hover = None
        self.viewport().update()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  Qt's name
        """Offer what can be done here."""
        self.menu_wanted.emit(event.globalPos())

    def _show_hover(self, hit: Hit) -> None:
        over = (hit.row, hit.day, hit.at) if hit.at >= 0 and not self.lock else None
        if over != self.view.hover:
            self.view.hover = over
            self.viewport().update()
        edge = over is not None and hit.part is not Part.BODY
        hand = Qt.CursorShape.PointingHandCursor
        shape = Qt.CursorShape.SizeHorCursor if edge else hand if over or hit.area is Area.COVER else None
        if shape is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(shape)

    # ---- the keyboard ----

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Arrows go or carry, Enter enters, Space takes and puts down, Shift stretches, Del removes."""
        key, hand = Qt.Key(event.key()), self.view.hand
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in ARROWS:
            across, down = ARROWS[key]
            if shift and across:
                self._stretch(Part.START if control else Part.END, across)
            elif hand is not None and hand.grasp is Grasp.MOVE:
                self._hold(replace(carry(hand, self.view.lay, across, down), copies=control), self._held_block(hand))
            else:
                self._keep_stretch()
                self.choose(step(self.view.spot, self.view.lay, across, down))
        elif hand is not None and key in {Qt.Key.Key_Space, *ENTER}:
            self.view.hand = replace(hand, copies=control and hand.grasp is Grasp.MOVE)
            self._let_go()
        elif hand is not None and key == Qt.Key.Key_Escape:
            self.drop_hand()
        elif key == Qt.Key.Key_Space:
            self._take()
        elif key in ENTER:
            self._ask(self.shift())
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.shift() is not None:
            if self.try_lock():
                self.removed.emit(self.shift())
        elif not self._page(key):
            super().keyPressEvent(event)
            return
        event.accept()

    def _page(self, key: Qt.Key) -> bool:
        spot, lay = self.view.spot, self.view.lay
        page = max(1, (lay.height - lay.body) // lay.row - 1)
        targets = {
            Qt.Key.Key_Home: Spot(spot.row, 0),
            Qt.Key.Key_End: Spot(spot.row, lay.days - 1),
            Qt.Key.Key_PageUp: Spot(spot.row - page, spot.day),
            Qt.Key.Key_PageDown: Spot(spot.row + page, spot.day),
        }
        if key in targets:
            self.choose(targets[key])
        return key in targets

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Keep a stretch as soon as Shift is let go: one stretch, one step to undo."""
        if event.key() == Qt.Key.Key_Shift:
            self._keep_stretch()
        super().keyReleaseEvent(event)

    def _take(self) -> None:
        block = self.block()
        if block is not None and self.try_lock():
            shift = block.shift
            self._hold(take(self.view.spot, (shift.start, shift.end, shift.pause), Part.BODY, keys=True), block)

    def _stretch(self, part: Part, steps: int) -> None:
        block = self.block()
        if block is None or not self.try_lock():
            return
        hand, shift = self.view.hand, block.shift
        grasp = Grasp.START if part is Part.START else Grasp.END
        if hand is None or hand.grasp is not grasp:
            self._keep_stretch()
            hand = take(self.view.spot, (shift.start, shift.end, shift.pause), part, keys=True)
        self._hold(stretch(hand, steps), block)

    def _keep_stretch(self) -> None:
        hand = self.view.hand
        if hand is not None and hand.keys and hand.grasp is not Grasp.MOVE:
            self._let_go()

    def _ask(self, shift: ShiftRow | None) -> None:
        if self.view.sheet is not None and self.view.sheet.rows and self.try_lock():
            self.wanted.emit(self.view.spot.row, self.view.spot.day, shift)

    # ---- what Qt asks ----

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window's own while something is in the hand."""
        early = event.type() == QEvent.Type.ShortcutOverride and self.view.hand is not None
        if early and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Show the cursor."""
        super().focusInEvent(event)
        self.view.focus = True
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Keep a stretch, leave what was carried, and show the cursor no more."""
        super().focusOutEvent(event)
        self._keep_stretch()
        if self.view.hand is not None and self.view.hand.keys:
            self.drop_hand()
        self.view.focus = False
        self.viewport().update()
