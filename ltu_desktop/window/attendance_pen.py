"""Typing in the attendance grid: over a cell, in it, for a whole range; what is wrong stays to be mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import attendance_blocks as blocks
from ltu_desktop.window import theme
from ltu_desktop.window.attendance_blocks import has_heads
from ltu_desktop.window.attendance_keys import Choice, Do, Mode, Spot, Step
from ltu_desktop.window.pieces import set_property
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.window.attendance_blocks import Texts
    from ltu_desktop.window.attendance_grid import Grid

WRITES: Final = frozenset({Do.TYPE, Do.EDIT, Do.KEEP, Do.KEEP_ALL, Do.CLEAR, Do.DOWN, Do.RIGHT, Do.CUT, Do.PASTE})


class Taken(NamedTuple):
    """What became of texts: what is wrong with them, and whether the one that was typed stays to be mended."""

    wrong: str = ""
    stays: bool = False


class Pen:
    """What is typed in a grid. `take` is given texts by place, shows and saves them, and says what it cannot take."""

    def __init__(self, grid: Grid, take: Callable[[Texts], Taken]) -> None:
        self._grid, self._take = grid, take
        self.mode = Mode.READY
        self.editor = QLineEdit(grid.viewport())
        self.editor.setFont(theme.font(Text.DENSE_STRONG))
        self.editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.editor.setProperty("cell", True)
        self.editor.setProperty("ring", "none")
        self.editor.textEdited.connect(lambda _text: self._edited())
        self.editor.hide()

    def do(self, step: Step) -> None:
        """Do what a key or a command asks for; nothing where there is no cell yet."""
        if not self._grid.sheet.shown or not self._grid.sheet.days:
            return
        if step.do in WRITES and self._grid.lock:
            self._grid.say(self._grid.lock, bad=True)
            return
        text, block = self._grid.sheet.text, self._grid.choice.block
        match step.do:
            case Do.TYPE:
                self.edit(step.text, Mode.TYPING)
            case Do.EDIT if self.mode is Mode.READY:
                self.edit(text(self._grid.choice.active), Mode.EDITING)
            case Do.EDIT:
                self.mode = Mode.EDITING
            case Do.KEEP:
                if self.keep():
                    self._grid.choose(step.choice)
            case Do.KEEP_ALL:
                typed = self.editor.text() if self.mode is not Mode.READY else text(self._grid.choice.active)
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
            case _:
                pass

    def edit(self, text: str, mode: Mode) -> None:
        """Begin to type in the active cell."""
        spot = self._grid.choice.active
        if not self._grid.sheet.shown or not self._grid.sheet.row(spot.row).editable:
            return
        self.mode = mode
        self._grid.view.editing = spot
        self._grid.reveal(spot)
        self.editor.setText(text)
        self._mark_bad(bad=False)
        self.editor.setAccessibleName(self._grid.accessibleDescription())
        self.fit()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.end(False)
        if not self._grid.choice.single:
            many = self._grid.words.plural(
                "Ctrl Enter fills {count} cell", "Ctrl Enter fills the {count} cells", self._grid.choice.block.cells
            )
            self._grid.say(many)
        self._grid.viewport().update()

    def keep(self, texts: Texts | None = None) -> bool:
        """Hand out what was typed; a text that cannot be taken stays, with the reason. Tell whether it was taken."""
        if self.mode is Mode.READY and texts is None:
            return True
        spot = self._grid.choice.active
        typed = self.editor.text().strip()
        if texts is None and typed == self._grid.sheet.text(spot).strip():
            self.leave()
            return True
        taken = self._take(texts if texts is not None else {spot: typed})
        if taken.stays and self.mode is not Mode.READY:
            self._mark_bad(bad=True)
            self._grid.say(taken.wrong, bad=True)
            return False
        if self.mode is not Mode.READY:
            self.leave()
        if taken.wrong:
            self._grid.say(taken.wrong, bad=True)
        return True

    def put(self, texts: Texts) -> None:
        """Hand out what a fill or a clearing makes; say what could not be taken."""
        if texts:
            taken = self._take(texts)
            if taken.wrong:
                self._grid.say(taken.wrong, bad=True)

    def _mark_bad(self, *, bad: bool) -> None:
        set_property(self.editor, "bad", bad)

    def leave(self) -> None:
        """End the typing; the focus goes back to the grid."""
        focused = self.editor.hasFocus()
        self.mode = Mode.READY
        self._grid.view.editing = None
        self._grid.note.hide()
        if focused:
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.hide()
        self._grid.viewport().update()
        self._grid.tell()

    def copy(self) -> None:
        """Put the range on the clipboard, as spreadsheets read it."""
        QGuiApplication.clipboard().setText(blocks.copied(self._grid.choice.block, self._grid.sheet.text))

    def paste(self) -> None:
        """Take what is on the clipboard to the range; say how much lay outside."""
        rows = blocks.read_block(QGuiApplication.clipboard().text())
        if has_heads(rows):
            self._grid.block_wanted.emit(QGuiApplication.clipboard().text())
            return
        pasted = blocks.paste(rows, self._grid.choice.block, self._grid.sheet.size)
        if not pasted.texts:
            self._grid.say(self._grid.words.text(N_("There is nothing to paste on the clipboard.")), bad=True)
            return
        wrong = self._take(pasted.texts).wrong
        corner = Spot(pasted.block.top, pasted.block.left)
        self._grid.choose(Choice(corner, corner, Spot(pasted.block.bottom, pasted.block.right)), reveal=False)
        if wrong:
            self._grid.say(wrong, bad=True)
        elif pasted.outside:
            self._grid.say(
                self._grid.words.plural(
                    "{count} cell lay outside the month and was left.",
                    "{count} cells lay outside the month and were left.",
                    pasted.outside,
                ),
                bad=True,
            )

    def _edited(self) -> None:
        """Forget what was wrong as soon as it is being mended."""
        if self.editor.property("bad"):
            self._mark_bad(bad=False)
            self._grid.note.hide()
        self.fit()

    def place(self) -> None:
        """Follow the cell that is typed in."""
        if self._grid.view.editing is not None:
            self.fit()

    def fit(self) -> None:
        """Lay the editor over its cell, wider when the text needs it."""
        spot = self._grid.view.editing
        found = (
            self._grid.view.layout.cell(spot, self._grid.view.scroll_x, self._grid.view.scroll_y)
            if spot is not None
            else None
        )
        if found is None:
            return
        wanted = self.editor.fontMetrics().horizontalAdvance(self.editor.text()) + 14
        width = max(found.width + 1, wanted)
        self.editor.setGeometry(found.x - 1, found.y - 1, width, found.height + 1)
