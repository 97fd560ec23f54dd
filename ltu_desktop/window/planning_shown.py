"""The week board to look at: rows and blocks laid out, scrolled and drawn; the cursor, and what is said of its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.planning_geometry import Area, Lay, Spot, kept
from ltu_desktop.window.planning_note import DropNote
from ltu_desktop.window.planning_paint import View, forget, paint
from ltu_desktop.window.planning_sheet import span_text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.window.planning_sheet import Block, Sheet
    from ltu_desktop.words import Words


class Shown(QAbstractScrollArea):
    """A board that is looked at: what it shows, the cursor on it, what it says. `Board` adds the hand and the keys."""

    moved = Signal()  # the cursor
    freed = Signal()  # nothing is in the hand any more

    def __init__(self, words: Words) -> None:
        super().__init__()
        forget()  # the appearance may have changed while no board was there to hear of it
        self._words = words
        self.view = View(words, Lay(10, 10, ()))
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

    def lay_out(self) -> None:
        """Find where everything lies in the present size."""
        size = self.viewport().size()
        sheet, grown = self.view.sheet, theme.grown
        stacked = sheet is not None and sheet.by_activity
        narrow, tight = size.width() < 900, size.width() < 700 and not stacked  # beside the pane of a small screen
        self.view.lay = Lay(
            size.width(),
            size.height(),
            sheet.counts if sheet is not None else (),
            days=sheet.days if sheet is not None else 6,
            names=grown(132 if tight else 150 if narrow else 166),
            hours=grown(70 if tight else 76),
            head=grown(32),
            cover=grown(50),
            row=grown(42),
            line=grown(26),
            stacked=stacked,
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

    def _block_at(self, spot: Spot) -> Block:
        assert self.view.sheet is not None
        return self.view.sheet.rows[spot.row].cells[spot.day].blocks[spot.at]

    # ---- the cursor ----

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

    def drop_hand(self) -> None:
        """Leave what is in the hand where it was."""
        if self.view.hand is not None:
            self.view.hand = self.view.held = self.view.pointer = None
            self.note.hide()
            self.viewport().unsetCursor()
            self.viewport().update()
            self.setAccessibleName(self.spoken())
            self.freed.emit()

    def spoken(self) -> str:
        """Say the cell under the cursor: whose, which day, what is planned there."""
        sheet, spot = self.view.sheet, self.view.spot
        if sheet is None or not sheet.rows:
            return self._words.text(N_("Planning"))
        row, cell = sheet.rows[spot.row], sheet.rows[spot.row].cells[spot.day]
        day = sheet.day(spot.day)
        said = [self._words.named(row.title, row.apart), f"{self._words.weekday(day)} {self._words.day_of_month(day)}"]
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

    # ---- what Qt asks ----

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
        elif sheet is not None and hit.area is Area.NAME:
            text = self._words.named(sheet.rows[hit.row].title, sheet.rows[hit.row].apart)
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
