"""The attendance grid as a widget: keys and mouse become choices and texts, the texts go out to be saved.

Names, day heads and sums stand still; a note below the cell says what a key would do or why a text is not taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_blocks as blocks
from ltu_desktop.window import theme
from ltu_desktop.window.attendance_faces import say_cell
from ltu_desktop.window.attendance_keys import Block, Choice, Do, Field, Mode, Spot, Step, Stroke, clicked, press
from ltu_desktop.window.attendance_layout import FOOT, HEAD, ROW, Hit, Layout, Part
from ltu_desktop.window.attendance_note import Note
from ltu_desktop.window.attendance_paint import View, paint
from ltu_desktop.window.attendance_sheet import Key, Sheet
from ltu_desktop.window.pieces import pane, set_property
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from ltu_desktop.window.attendance_blocks import Texts
    from ltu_desktop.words import Words

NAMES: Final = {
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Del",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_F2: "F2",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Menu: "Menu",
}
WRITES: Final = frozenset({Do.TYPE, Do.EDIT, Do.KEEP, Do.KEEP_ALL, Do.CLEAR, Do.DOWN, Do.RIGHT, Do.CUT, Do.PASTE})


class Taken(NamedTuple):
    """What became of texts: what is wrong with them, and whether the one that was typed stays to be mended."""

    wrong: str = ""
    stays: bool = False


GRIP: Final = 6  # px around the handle that take hold of it


def stroke_of(event: QKeyEvent) -> Stroke:
    """Turn Qt's key into ours."""
    held = event.modifiers()
    key = Qt.Key(event.key())
    name = NAMES.get(key, chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else "")
    ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
    return Stroke(
        name,
        "" if ctrl else event.text(),
        ctrl,
        bool(held & Qt.KeyboardModifier.ShiftModifier),
        bool(held & Qt.KeyboardModifier.AltModifier),
    )


class Grid(QAbstractScrollArea):
    """The grid. `take` is given texts by place, shows and saves them, and says what it cannot take."""

    moved = Signal()  # something else is chosen
    folded = Signal()
    fill_wanted = Signal(int)  # "as planned" for a team, by its place
    person_wanted = Signal(int)  # a row's person, by the row's place
    menu_wanted = Signal(QPoint)
    refused = Signal(str)  # why nothing can be typed

    def __init__(self, words: Words, take: Callable[[Texts], Taken]) -> None:
        super().__init__()
        self.words, self._take = words, take
        self.lock = ""  # why nothing can be typed; empty when it can
        self.mode = Mode.READY
        self.view = View(words, Sheet(), Layout.make(800, 400, Sheet()), Choice.at(Spot(0, 0)))
        self._drag: Callable[[QPoint], None] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        corner = pane("canvas")
        self.setCornerWidget(corner)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.editor = QLineEdit(self.viewport())
        self.editor.setFont(theme.font(Text.DENSE_STRONG))
        self.editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.editor.setProperty("cell", True)
        self.editor.setProperty("ring", "none")
        self.editor.installEventFilter(self)
        self.editor.textEdited.connect(lambda _text: self._fit_editor())
        self.editor.hide()
        self.note = Note(self)
        theme.state().changed.connect(self.viewport().update)

    # ---- what is shown ----

    @property
    def sheet(self) -> Sheet:
        """The rows."""
        return self.view.sheet

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self.view.choice

    def show_sheet(self, sheet: Sheet) -> None:
        """Show other rows; the chosen person and day stay where they are."""
        key = self._key()
        column = self.choice.active.column
        block = self.choice
        same = [row.key for row in sheet.rows] == [row.key for row in self.sheet.rows] and sheet.days == self.sheet.days
        sheet.folded = {fold for fold in self.sheet.folded if any(team.key == fold for team in sheet.teams)}
        sheet.lay()
        self.view.sheet = sheet
        place = sheet.place(key) if key is not None else None
        if same and sheet.shown:
            self.view.choice = block
        else:
            most_row, most_column = max(0, len(sheet.shown) - 1), max(0, len(sheet.days) - 1)
            spot = Spot(place if place is not None else min(block.active.row, most_row), min(column, most_column))
            self.view.choice = Choice.at(spot)
        self.view.wrong.clear()
        self.relayout()
        self.moved.emit()

    def _key(self) -> Key | None:
        shown = self.sheet.shown
        return self.sheet.row(self.choice.active.row).key if self.choice.active.row < len(shown) else None

    def relayout(self) -> None:
        """Lay everything out again in the room there is."""
        room = self.viewport().size()
        self.view.layout = Layout.make(room.width(), room.height(), self.sheet)
        at = self.view.layout
        self.horizontalScrollBar().setRange(0, at.most_x)
        self.horizontalScrollBar().setPageStep(max(1, at.days_width))
        self.horizontalScrollBar().setSingleStep(at.day)
        self.verticalScrollBar().setRange(0, at.most_y)
        self.verticalScrollBar().setPageStep(max(1, at.body_height))
        self.verticalScrollBar().setSingleStep(ROW)
        self.view.scroll_x, self.view.scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self._place_editor()
        self.viewport().update()

    def choose(self, choice: Choice, *, reveal: bool = True) -> None:
        """Choose other cells and show the end of the range that moved."""
        if not self.sheet.shown:
            return
        changed = choice != self.choice
        old, self.view.choice = self.choice, choice
        if reveal:
            spot = choice.end if choice.end != old.end and not choice.single else choice.active
            x, y = self.view.layout.reveal(spot, self.view.scroll_x, self.view.scroll_y)
            self.horizontalScrollBar().setValue(x)
            self.verticalScrollBar().setValue(y)
        if changed:
            self.note.hide()
            self.viewport().update()
            self.moved.emit()
            self._tell()

    def _tell(self) -> None:
        """Say the active cell to whoever listens to the screen."""
        spot = self.choice.active
        said = say_cell(self.words, self.sheet.row(spot.row), self.sheet.days[spot.column], self.sheet.cell(spot))
        self.setAccessibleDescription(said)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def fold(self, team: int) -> None:
        """Fold or unfold a team; what is chosen stays chosen while it is shown."""
        key, chosen = self.sheet.teams[team].key, self._key()
        self.sheet.folded ^= {key}
        self.sheet.lay()
        place = self.sheet.place(chosen) if chosen is not None else None
        last = max(0, len(self.sheet.shown) - 1)
        self.view.choice = Choice.at(
            Spot(place if place is not None else min(self.choice.active.row, last), self.choice.active.column)
        )
        self.relayout()
        self.folded.emit()
        self.moved.emit()

    def show_team(self, row_index: int) -> None:
        """Unfold the team of a row of the sheet."""
        for team in self.sheet.teams:
            if row_index in team.rows and team.key in self.sheet.folded:
                self.sheet.folded.discard(team.key)
                self.sheet.lay()
                self.relayout()

    # ---- keys ----

    def field(self) -> Field:
        """Return the cells there are, for the keys."""
        sheet = self.sheet
        page = max(1, self.view.layout.body_height // ROW - 1)
        return Field(len(sheet.shown), len(sheet.days), sheet.filled, sheet.wanted, page)

    def event(self, event: QEvent) -> bool:
        """Take our keys before shortcuts of the window and before Tab leaves."""
        if isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            step = press(stroke_of(event), self.mode, self.choice, self.field())
            if step.do is not Do.NOTHING:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.do(step)
                return True
            if event.type() == QEvent.Type.KeyPress and self.mode is not Mode.READY:
                event.accept()  # the editor, where the keyboard is, had no use for it
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take the keys that end the typing before the editor does."""
        keys = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
        if watched is self.editor and isinstance(event, QKeyEvent) and event.type() in keys:
            step = press(stroke_of(event), self.mode, self.choice, self.field())
            if step.do is not Do.NOTHING:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.do(step)
                return True
        if watched is self.editor and event.type() == QEvent.Type.FocusOut and self.mode is not Mode.READY:
            reason = getattr(event, "reason", lambda: None)()
            if reason not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
                self.keep()
        return super().eventFilter(watched, event)

    def do(self, step: Step) -> None:
        """Do what a key asks for."""
        if step.do in WRITES and self.lock:
            self.refused.emit(self.lock)
            self.say(self.lock, bad=True)
            return
        text, block = self.sheet.text, self.choice.block
        match step.do:
            case Do.MOVE:
                self.choose(step.choice)
            case Do.TYPE:
                self.edit(step.text, Mode.TYPING)
            case Do.EDIT if self.mode is Mode.READY:
                self.edit(text(self.choice.active), Mode.EDITING)
            case Do.EDIT:
                self.mode = Mode.EDITING
            case Do.KEEP:
                if self.keep():
                    self.choose(step.choice)
            case Do.KEEP_ALL:
                typed = self.editor.text() if self.mode is not Mode.READY else text(self.choice.active)
                self.keep(blocks.fill_all(block, typed))
            case Do.RESTORE:
                self.leave()
            case Do.CLEAR:
                self.put(blocks.fill_all(block, ""))
            case Do.DOWN:
                self.put(blocks.fill_down(block, text))
            case Do.RIGHT:
                self.put(blocks.fill_right(block, text))
            case Do.COPY:
                self.copy()
            case Do.CUT:
                self.copy()
                self.put(blocks.fill_all(block, ""))
            case Do.PASTE:
                self.paste()
            case Do.MENU:
                self._ask_menu()
            case _:
                pass

    def edit(self, text: str, mode: Mode) -> None:
        """Begin to type in the active cell."""
        spot = self.choice.active
        if not self.sheet.shown or not self.sheet.row(spot.row).editable:
            return
        self.mode = mode
        self.view.editing = spot
        x, y = self.view.layout.reveal(spot, self.view.scroll_x, self.view.scroll_y)
        self.horizontalScrollBar().setValue(x)
        self.verticalScrollBar().setValue(y)
        self.editor.setText(text)
        self._mark_bad(bad=False)
        self.editor.setAccessibleName(self.accessibleDescription())
        self._fit_editor()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.end(False)
        if not self.choice.single:
            many = self.words.plural(
                "Ctrl Enter fills {count} cell", "Ctrl Enter fills the {count} cells", self.choice.block.cells
            )
            self.say(many)
        self.viewport().update()

    def keep(self, texts: Texts | None = None) -> bool:
        """Hand out what was typed; a text that cannot be taken stays, with the reason. Tell whether it was taken."""
        if self.mode is Mode.READY and texts is None:
            return True
        spot = self.choice.active
        typed = self.editor.text().strip()
        if texts is None and typed == self.sheet.text(spot).strip():
            self.leave()
            return True
        taken = self._take(texts if texts is not None else {spot: typed})
        if taken.stays and self.mode is not Mode.READY:
            self._mark_bad(bad=True)
            self.say(taken.wrong, bad=True)
            return False
        if self.mode is not Mode.READY:
            self.leave()
        if taken.wrong:
            self.say(taken.wrong, bad=True)
        return True

    def put(self, texts: Texts) -> None:
        """Hand out what a fill or a clearing makes; say what could not be taken."""
        if texts:
            taken = self._take(texts)
            if taken.wrong:
                self.say(taken.wrong, bad=True)

    def _mark_bad(self, *, bad: bool) -> None:
        set_property(self.editor, "bad", bad)

    def leave(self) -> None:
        """End the typing; the focus goes back to the grid."""
        focused = self.editor.hasFocus()
        self.mode = Mode.READY
        self.view.editing = None
        self.note.hide()
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.hide()
        self.viewport().update()
        self._tell()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say something below what is chosen."""
        block = self.choice.block
        found = self.view.layout.cell(Spot(block.bottom, block.left), self.view.scroll_x, self.view.scroll_y)
        if found is not None:
            self.note.say(text, QPoint(found.x, found.y + found.height + 6), bad=bad)

    def copy(self) -> None:
        """Put the range on the clipboard, as spreadsheets read it."""
        QGuiApplication.clipboard().setText(blocks.copied(self.choice.block, self.sheet.text))

    def paste(self) -> None:
        """Take what is on the clipboard to the range; say how much lay outside."""
        if self.lock:
            self.refused.emit(self.lock)
            self.say(self.lock, bad=True)
            return
        rows = blocks.read_block(QGuiApplication.clipboard().text())
        pasted = blocks.paste(rows, self.choice.block, self.sheet.size)
        if not pasted.texts:
            self.say(self.words.text(N_("There is nothing to paste on the clipboard.")), bad=True)
            return
        wrong = self._take(pasted.texts).wrong
        corner = Spot(pasted.block.top, pasted.block.left)
        self.choose(Choice(corner, corner, Spot(pasted.block.bottom, pasted.block.right)), reveal=False)
        if wrong:
            self.say(wrong, bad=True)
        elif pasted.outside:
            self.say(
                self.words.plural(
                    "{count} cell lay outside the month and was left.",
                    "{count} cells lay outside the month and were left.",
                    pasted.outside,
                ),
                bad=True,
            )

    def _ask_menu(self) -> None:
        found = self.view.layout.cell(self.choice.active, self.view.scroll_x, self.view.scroll_y)
        if found is not None:
            self.menu_wanted.emit(self.viewport().mapToGlobal(QPoint(found.x, found.y + found.height)))

    # ---- mouse ----

    def _hit(self, at: QPoint) -> Hit:
        return self.view.layout.hit(at.x(), at.y(), self.view.scroll_x, self.view.scroll_y)

    def _on_handle(self, at: QPoint) -> bool:
        block = self.choice.block
        found = self.view.layout.cell(Spot(block.bottom, block.right), self.view.scroll_x, self.view.scroll_y)
        if found is None or self.lock or self.mode is not Mode.READY or not self.sheet.shown:
            return False
        corner = QPoint(found.x + found.width - 1, found.y + found.height - 1)
        return (corner - at).manhattanLength() <= GRIP

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose, fold, take hold of the handle, or press what is drawn as a button."""
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            hit = self._hit(at)
            if hit.part is Part.CELL and not self.choice.block.has(Spot(hit.row, hit.column)) and self.keep():
                self.choose(Choice.at(Spot(hit.row, hit.column)))
            return
        if event.button() != Qt.MouseButton.LeftButton or not self.keep():
            return
        if self._on_handle(at):
            self._drag = self._drag_handle
            return
        hit = self._hit(at)
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if hit.part is Part.CELL:
            self.choose(clicked(Spot(hit.row, hit.column), self.choice, extend=extend))
            self._drag = self._drag_range
        elif hit.part is Part.TEAM:
            button = self.view.buttons.get(hit.row)
            if button is not None and button.contains(at):
                self.fill_wanted.emit(hit.row)
            else:
                self.fold(hit.row)
        elif hit.part in {Part.NAME, Part.SHEET, Part.TOTAL}:
            self.choose(Choice.at(Spot(hit.row, self.choice.active.column)), reveal=False)
            self.person_wanted.emit(hit.row)
        elif hit.part is Part.DAY and self.sheet.shown:
            last = len(self.sheet.shown) - 1
            self.choose(Choice(Spot(0, hit.column), Spot(0, hit.column), Spot(last, hit.column)), reveal=False)

    def _drag_range(self, at: QPoint) -> None:
        spot = self.view.layout.nearest(at.x(), at.y(), self.view.scroll_x, self.view.scroll_y)
        if spot is not None:
            self.choose(clicked(spot, self.choice, extend=True))

    def _drag_handle(self, at: QPoint) -> None:
        spot = self.view.layout.nearest(at.x(), at.y(), self.view.scroll_x, self.view.scroll_y)
        if spot is not None:
            whole = blocks.stretch(self.choice.block, spot)
            self.view.dragged = (Spot(whole.top, whole.left), Spot(whole.bottom, whole.right))
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
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
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Fill what the handle was dragged over."""
        self._drag = None
        if self.view.dragged is not None:
            one, other = self.view.dragged
            self.view.dragged = None
            block, whole = self.choice.block, Block.around(one, other)
            texts = blocks.drag_fill(block, whole, self.sheet.text)
            self.choose(Choice(self.choice.active, one, other))
            self.put(texts)
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Edit the cell."""
        hit = self._hit(event.position().toPoint())
        if hit.part is Part.CELL and self.keep():
            self.choose(Choice.at(Spot(hit.row, hit.column)))
            self.do(Step(Do.EDIT, self.choice))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  Qt's name
        """Offer what can be done here."""
        self.menu_wanted.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Say the whole of what is drawn short."""
        if event.type() == QEvent.Type.ToolTip:
            self.viewport().setToolTip(self._tip(event.pos()))  # type: ignore[attr-defined]  # a QHelpEvent
        return super().viewportEvent(event)

    def _tip(self, at: QPoint) -> str:
        hit = self._hit(at)
        if hit.part is Part.CELL:
            row, head = self.sheet.row(hit.row), self.sheet.days[hit.column]
            return say_cell(self.words, row, head, row.cells[hit.column])
        if hit.part is Part.DAY:
            head = self.sheet.days[hit.column]
            day = f"{self.words.weekday(head.day)} {self.words.day_of_month(head.day)}"
            hours = self.words.duration(self.view.foot[hit.column])
            return ", ".join(part for part in (day, head.holiday_name, hours) if part)
        if hit.part is Part.NAME:
            return self.sheet.row(hit.row).name
        return ""

    # ---- Qt's calls ----

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw."""
        self.view.focus = self.hasFocus() or self.editor.hasFocus()
        painter = QPainter(self.viewport())
        paint(painter, self.view, event.rect())
        if self.view.layout.lines and event.rect().bottom() >= HEAD:
            self._paint_rest(painter, event.rect())

    def _paint_rest(self, painter: QPainter, clip: QRect) -> None:
        """Draw the plain ground below the last line."""
        at = self.view.layout
        end = HEAD + at.lines[-1].y + at.lines[-1].height - self.view.scroll_y
        height = at.height - FOOT - end
        if height > 0:
            painter.fillRect(QRect(0, end, at.width, height) & clip, theme.colour("canvas"))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802  Qt's name
        """Move what can be moved, so that only what comes into sight is drawn."""
        at = self.view.layout
        self.view.scroll_x, self.view.scroll_y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.note.hide()
        if dx:
            self.viewport().update()
        elif dy:
            self.viewport().scroll(0, dy, QRect(0, HEAD, at.width, at.body_height))
        self._place_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Lay out again."""
        super().resizeEvent(event)
        self.relayout()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Show that keys come here, and say where."""
        super().focusInEvent(event)
        self.viewport().update()
        if self.sheet.shown:
            self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Show what is chosen in its quieter tone."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _place_editor(self) -> None:
        if self.view.editing is not None:
            self._fit_editor()

    def _fit_editor(self) -> None:
        """Lay the editor over its cell, wider when the text needs it."""
        spot = self.view.editing
        found = self.view.layout.cell(spot, self.view.scroll_x, self.view.scroll_y) if spot is not None else None
        if found is None:
            return
        wanted = self.editor.fontMetrics().horizontalAdvance(self.editor.text()) + 14
        width = max(found.width + 1, wanted)
        self.editor.setGeometry(found.x - 1, found.y - 1, width, found.height + 1)
