"""The attendance grid as a widget: keys and mouse become choices and texts, the texts go out to be saved.

Names, day heads and sums stand still; a note below the cell says what a key would do or why a text is not taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit

from ltu_desktop.window import theme
from ltu_desktop.window.attendance_faces import say_cell
from ltu_desktop.window.attendance_hand import Hand
from ltu_desktop.window.attendance_keys import Choice, Do, Field, Mode, Spot, Step, press
from ltu_desktop.window.attendance_layout import ROW, Layout
from ltu_desktop.window.attendance_note import Note
from ltu_desktop.window.attendance_paint import paint
from ltu_desktop.window.attendance_pen import Pen, Taken
from ltu_desktop.window.attendance_sheet import Key, Sheet
from ltu_desktop.window.attendance_strokes import stroke_of
from ltu_desktop.window.attendance_view import View, names_need, totals_need
from ltu_desktop.window.pieces import pane

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from ltu_desktop.window.attendance_blocks import Texts
    from ltu_desktop.words import Words


class Grid(QAbstractScrollArea):
    """The grid. `take` is given texts by place, shows and saves them, and says what it cannot take."""

    moved = Signal()  # something else is chosen
    folded = Signal()
    fill_wanted = Signal(int)  # "as planned" for a team, by its place
    person_wanted = Signal(int)  # a row's person, by the row's place
    menu_wanted = Signal(QPoint)
    block_wanted = Signal(str)  # a block with heads was pasted

    def __init__(self, words: Words, take: Callable[[Texts], Taken]) -> None:
        super().__init__()
        self.words = words
        self.lock = ""  # why nothing can be typed; empty when it can
        self.view = View(words, Sheet(), Layout.make(800, 400, Sheet()), Choice.at(Spot(0, 0)))
        self.hand = Hand(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        corner = pane("canvas")
        self.setCornerWidget(corner)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.note = Note(self)
        self.pen = Pen(self, take)
        self.editor.installEventFilter(self)
        theme.state().changed.connect(self.viewport().update)

    # ---- what is shown ----

    @property
    def mode(self) -> Mode:
        """Whether something is being typed."""
        return self.pen.mode

    @property
    def editor(self) -> QLineEdit:
        """The field in which it is typed."""
        return self.pen.editor

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
        same = sheet is self.sheet or (
            sheet.days == self.sheet.days and [row.key for row in sheet.rows] == [row.key for row in self.sheet.rows]
        )
        if sheet is not self.sheet:
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
        need, names = totals_need(self.view), names_need(self.sheet)
        self.view.layout = Layout.make(room.width(), room.height(), self.sheet, theme.state().scale, need, names)
        at = self.view.layout
        self.horizontalScrollBar().setRange(0, at.most_x)
        self.horizontalScrollBar().setPageStep(max(1, at.days_width))
        self.horizontalScrollBar().setSingleStep(at.day)
        self.verticalScrollBar().setRange(0, at.most_y)
        self.verticalScrollBar().setPageStep(max(1, at.body_height))
        self.verticalScrollBar().setSingleStep(ROW)
        self._take_scroll()
        self.pen.place()
        self.viewport().update()

    def _take_scroll(self) -> None:
        """Follow the scroll bars; a day that is cut would show other figures, a cut line only the feet of letters."""
        self.view.scroll_x = self.view.layout.whole_days(self.horizontalScrollBar().value())
        self.view.scroll_y = self.view.layout.whole_lines(self.verticalScrollBar().value())

    def choose(self, choice: Choice, *, reveal: bool = True) -> None:
        """Choose other cells and show the end of the range that moved."""
        if not self.sheet.shown:
            return
        changed = choice != self.choice
        old, self.view.choice = self.choice, choice
        if reveal:
            spot = choice.end if choice.end != old.end and not choice.single else choice.active
            self.reveal(spot)
        if changed:
            self.note.hide()
            self.viewport().update()
            self.moved.emit()
            self.tell()

    def reveal(self, spot: Spot) -> None:
        """Scroll as little as shows a cell."""
        x, y = self.view.layout.reveal(spot, self.view.scroll_x, self.view.scroll_y)
        self.horizontalScrollBar().setValue(x)
        self.verticalScrollBar().setValue(y)

    def reveal_days(self, first: int, last: int) -> None:
        """Scroll as little as shows some days; where these have no room together, the last."""
        at = self.view.layout
        self.horizontalScrollBar().setValue(at.reveal_day(last, at.reveal_day(first, self.view.scroll_x)))

    def tell(self) -> None:
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
                self.pen.keep()
        return super().eventFilter(watched, event)

    def do(self, step: Step) -> None:
        """Do what a key asks for."""
        if step.do is Do.MOVE:
            self.choose(step.choice)
        elif step.do is Do.MENU:
            self._ask_menu()
        else:
            self.pen.do(step)

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say something below what is chosen."""
        block = self.choice.block
        layout, x, y = self.view.layout, self.view.scroll_x, self.view.scroll_y
        first, last = (layout.cell(Spot(row, block.left), x, y) for row in (block.top, block.bottom))
        if first is not None and last is not None:
            below, end = QPoint(last.x, last.y + last.height + 6), QPoint(layout.totals_x, layout.height - layout.foot)
            self.note.say(text, below, first.y - 6, end, bad=bad)

    def _ask_menu(self) -> None:
        found = self.view.layout.cell(self.choice.active, self.view.scroll_x, self.view.scroll_y)
        if found is not None:
            self.menu_wanted.emit(self.viewport().mapToGlobal(QPoint(found.x, found.y + found.height)))

    # ---- mouse ----

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Choose, fold, take hold of the handle, or press what is drawn as a button."""
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Drag, or say by the pointer what could be done."""
        self.hand.move(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Fill what the handle was dragged over."""
        self.hand.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Edit the cell."""
        self.hand.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  Qt's name
        """Offer what can be done here."""
        self.menu_wanted.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Say the whole of what is drawn short."""
        if event.type() == QEvent.Type.ToolTip:
            self.viewport().setToolTip(self.hand.tip(event.pos()))  # type: ignore[attr-defined]  # a QHelpEvent
        return super().viewportEvent(event)

    # ---- Qt's calls ----

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw."""
        self.view.focus = self.hasFocus() or self.editor.hasFocus()
        with QPainter(self.viewport()) as painter:  # ended even by a mistake of ours: Qt crashes otherwise
            paint(painter, self.view, event.rect())
            if self.view.layout.lines and event.rect().bottom() >= self.view.layout.head:
                self._paint_rest(painter, event.rect())

    def _paint_rest(self, painter: QPainter, clip: QRect) -> None:
        """Draw the plain ground below the last line."""
        at = self.view.layout
        end = at.head + at.lines[-1].y + at.lines[-1].height - self.view.scroll_y
        height = at.height - at.foot - end
        if height > 0:
            painter.fillRect(QRect(0, end, at.width, height) & clip, theme.colour("canvas"))

    def scrollContentsBy(self, dx: int, _dy: int) -> None:  # noqa: N802  Qt's name
        """Move what can be moved, so that only what comes into sight is drawn."""
        at, before = self.view.layout, self.view.scroll_y
        self._take_scroll()
        self.note.hide()
        if dx:
            self.viewport().update()
        elif self.view.scroll_y != before:
            moved = QRect(0, at.head, at.width, at.body_height)
            self.viewport().scroll(0, before - self.view.scroll_y, moved)
        self.pen.place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Lay out again."""
        super().resizeEvent(event)
        self.relayout()
        if self.sheet.shown and event.size().width() != event.oldSize().width():
            self.reveal(self.choice.end)
            self.reveal(self.choice.active)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Show that keys come here, and say where."""
        super().focusInEvent(event)
        self.viewport().update()
        if self.sheet.shown:
            self.tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Show what is chosen in its quieter tone."""
        super().focusOutEvent(event)
        self.viewport().update()
