"""The week board: blocks are dragged, copied and stretched by mouse or keyboard; what is wanted is told by signals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.planning_geometry import (
    Area,
    Grasp,
    Hand,
    Hit,
    Lay,
    Part,
    Spot,
    carry,
    drag,
    far,
    kept,
    step,
    stretch,
    take,
)
from ltu_desktop.window.planning_note import DropNote
from ltu_desktop.window.planning_paint import View, forget, paint
from ltu_desktop.window.planning_sheet import hours_text, span_text
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.window.planning_sheet import Block, Sheet
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


class Board(QAbstractScrollArea):
    """The board. `lock` says why nothing can be changed; `verdict` is asked while something is in the hand."""

    put = Signal(object)  # Put
    wanted = Signal(int, int, object)  # an entry for a row and day; the shift to change, or None for a new one
    removed = Signal(object)  # a shift
    menu_wanted = Signal(QPoint)
    moved = Signal()  # the cursor
    refused = Signal(str)  # why nothing can be changed
    freed = Signal()  # nothing is in the hand any more
    clicked_cover = Signal(int)  # a day

    def __init__(self, words: Words, verdict: Callable[[Put], Verdict]) -> None:
        super().__init__()
        self._words, self._verdict = words, verdict
        self.lock = ""
        self.view = View(words, Lay(10, 10, ()))
        self._pressed: Hit | None = None
        self._point = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "none")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(480, 200)
        self.note = DropNote(self.viewport())
        theme.state().changed.connect(self._recolour)
        self.setAccessibleName(words.text(N_("Planning")))

    # ---- what is shown ----

    @property
    def sheet(self) -> Sheet | None:
        """What is shown."""
        return self.view.sheet

    def show_sheet(self, sheet: Sheet, today: date, *, faded: bool) -> None:
        """Show a board; the cursor and what is scrolled stay where they were."""
        self.drop_hand()
        held = self.shift()
        self.view.sheet, self.view.today, self.view.faded = sheet, today, faded
        self.view.hover = None
        self.lay_out()
        found = sheet.spot_of(held.id) if held is not None else None
        self.view.spot = kept(Spot(*found) if found is not None else self.view.spot, self.view.lay)
        self._tell()

    def show_put(self, put: Put) -> None:
        """Show a shift where it was put, before it is saved; the cursor goes with it."""
        assert self.view.sheet is not None
        assert self.view.today is not None
        sheet = self.view.sheet.put(put.shift, put.row, put.day, put.start, put.end)
        self.show_sheet(sheet, self.view.today, faded=self.view.faded)
        found = sheet.spot_of(put.shift.id)
        if found is not None:
            self.choose(Spot(*found))

    def lay_out(self) -> None:
        """Find where everything lies in the present size."""
        size = self.viewport().size()
        sheet, grown = self.view.sheet, theme.grown
        narrow = size.width() < 900
        self.view.lay = Lay(
            size.width(),
            size.height(),
            sheet.counts if sheet is not None else (),
            days=sheet.days if sheet is not None else 6,
            names=grown(150 if narrow else 166),
            hours=grown(76),
            head=grown(32),
            cover=grown(50),
            row=grown(42),
            line=grown(26),
            stacked=sheet is not None and sheet.by_activity,
        ).scrolled(self.view.lay.offset)
        bar = self.verticalScrollBar()
        bar.setRange(0, self.view.lay.most)
        bar.setPageStep(max(1, size.height() - self.view.lay.body))
        bar.setSingleStep(self.view.lay.row)
        bar.setValue(self.view.lay.offset)
        self.viewport().update()

    def _recolour(self) -> None:
        forget()
        self.viewport().update()

    def block(self) -> Block | None:
        """Return the block under the cursor."""
        sheet, spot = self.view.sheet, self.view.spot
        if sheet is None or spot.row >= len(sheet.rows):
            return None
        blocks = sheet.rows[spot.row].cells[spot.day].blocks
        return blocks[spot.at] if spot.at < len(blocks) else None

    def shift(self) -> ShiftRow | None:
        """Return the shift under the cursor."""
        block = self.block()
        return block.shift if block is not None else None

    def choose(self, spot: Spot) -> None:
        """Put the cursor somewhere and bring it into sight."""
        lay = self.view.lay
        self.view.spot = kept(spot, lay)
        if lay.counts:
            self.verticalScrollBar().setValue(lay.shown(self.view.spot.row))
        self._tell()

    def point_at(self, shifts: frozenset[bytes]) -> None:
        """Frame some shifts and put the cursor on the first of them."""
        self.view.chosen = shifts
        sheet = self.view.sheet
        spots = sorted(found for key in shifts if sheet is not None and (found := sheet.spot_of(key)) is not None)
        if spots:
            self.choose(Spot(*spots[0]))
        self.viewport().update()

    def box_here(self) -> QRect:
        """Return where the cursor's cell stands, in the viewport."""
        spot, lay = self.view.spot, self.view.lay
        box = lay.cell(spot.row, spot.day)
        return QRect(box.left, box.top, box.width, box.height)

    def spoken(self) -> str:
        """Say the cell under the cursor: whose, which day, what is planned there."""
        sheet, spot = self.view.sheet, self.view.spot
        if sheet is None or not sheet.rows:
            return self._words.text(N_("Planning"))
        row, cell = sheet.rows[spot.row], sheet.rows[spot.row].cells[spot.day]
        day = sheet.day(spot.day)
        said = [row.title, f"{self._words.weekday(day)} {self._words.day_of_month(day)}"]
        block = self.block()
        if block is not None:
            said.append(block.spoken(self._words))
            if len(cell.blocks) > 1:
                said.append(self._words.text(N_("{at} of {count}"), at=spot.at + 1, count=len(cell.blocks)))
        said += [part for part in (cell.away, cell.off) if part]
        if block is None and not cell.away and not cell.off:
            said.append(self._words.text(N_("nothing planned")))
        return ", ".join(said)

    def _tell(self) -> None:
        self.setAccessibleName(self.spoken())
        self.viewport().update()
        self.moved.emit()

    # ---- the hand ----

    def drop_hand(self) -> None:
        """Leave what is in the hand where it was."""
        if self.view.hand is not None:
            self.view.hand = self.view.held = self.view.pointer = None
            self.note.hide()
            self.viewport().unsetCursor()
            self.viewport().update()
            self.setAccessibleName(self.spoken())
            self.freed.emit()

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

    def _block_at(self, spot: Spot) -> Block:
        assert self.view.sheet is not None
        return self.view.sheet.rows[spot.row].cells[spot.day].blocks[spot.at]

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

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Say the whole of what a block shows shortened."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tip(event)
            return True
        return super().viewportEvent(event)

    def _tip(self, event: QHelpEvent) -> None:
        hit, sheet = self.view.lay.hit(event.x(), event.y()), self.view.sheet
        text = ""
        if sheet is not None and hit.at >= 0:
            block = sheet.rows[hit.row].cells[hit.day].blocks[hit.at]
            text = "\n".join(part for part in (block.spoken(self._words), block.shift.note) if part)
        elif sheet is not None and hit.area is Area.COVER:
            lacks = sheet.cover[hit.day].lacks
            text = "\n".join(
                f"{each.mark.name} {span_text(each.need.start, each.need.end)}"
                f"{self._words.colon} {each.need.filled}/{each.need.needed}"
                for each in lacks
            )
        QToolTip.showText(event.globalPos(), text, self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Lay the board out anew."""
        super().resizeEvent(event)
        self.drop_hand()
        self.lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802  Qt's name
        """Show what is scrolled to."""
        self.view.lay = self.view.lay.scrolled(self.verticalScrollBar().value())
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the board."""
        with QPainter(self.viewport()) as painter:  # ended even by a mistake of ours: Qt crashes otherwise
            paint(painter, self.view, event.rect())

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
