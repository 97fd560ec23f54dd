"""A person's contracts on a line of time; a day of an amendment, or an end, is dragged or moved with the arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.people_list import hours_text
from ltu_desktop.window.pieces import in_lines
from ltu_desktop.window.timeline_lay import DAY, Block, Grip, Lay, Moves, caught, grips, lay, moved, stepped
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QPaintEvent

    from ltu_desktop.queries.people import ContractRow, TermsRow
    from ltu_desktop.words import Words

BAR_TOP, BAR = 22, 34
NUMBER = 36  # px beside a tick that its year takes
GRIP = 12  # px at the side of a stretch where it can be taken
EDGE = 4  # px between a text and the sides, where the ring of the focus stands
ASKS = 250  # ms of rest before the effect of a day is asked for


def today_left(laid: Lay, wide: int, room: int) -> int:
    """Return where the word over the line of today begins: in its middle, or beside the year that is there."""
    last = room - wide - EDGE
    left = min(max(EDGE, laid.today - wide // 2), last)
    years = [tick.left + NUMBER + EDGE for tick in laid.ticks if left - NUMBER - EDGE < tick.left <= laid.today]
    beside = max(years, default=left)
    return beside if left < beside <= min(laid.today, last) else left


def grip_left(grip: Grip, today: int) -> int:
    """Return where the two lines of a grip begin, four pixels wide: inside its stretch, beside the line of today."""
    ends = grip.moves is Moves.END
    left = grip.left + (-6 if ends else 3)
    if today - 7 < left < today + 5:
        left = today - 7 if ends else today + 5
    return left


def text_left(sides: tuple[int, int], wide: int, today: int) -> int | None:
    """Return where a text of a stretch begins, beside the line of today; None where it has no room."""
    left, right = sides
    if left - EDGE <= today <= left + wide + EDGE:
        left = today + 6
    return left if left + wide <= right else None


@dataclass(frozen=True)
class Move:
    """A day that shall be another: the amendment's, or the contract's last one."""

    grip: Grip
    day: date


class Timeline(QWidget):
    """Years above, stretches with hours and FTE, what began each below, today as a line.

    While a day is moved the line below says what it would be; `asked` wants its effect (`say_effect` tells it),
    `moved` wants it done.
    """

    HEIGHT = 88

    asked = Signal(object)
    moved = Signal(object)

    def __init__(self, words: Words, contracts: Sequence[ContractRow], today: date, *, writable: bool = False) -> None:
        super().__init__()
        self._words, self._contracts, self._today = words, contracts, today
        self._writable = writable and any(contract.terms for contract in contracts)
        self.grip: Grip | None = None  # in the hand, or chosen with the arrows
        self.day: date | None = None  # where it is moved to
        self._dragging = False
        self.effect = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASKS)
        self._timer.timeout.connect(self._ask)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._spoken())
        if self._writable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setMouseTracking(True)
            self.setProperty("ring", "outside")
            self.setAccessibleDescription(
                words.text(N_("Arrows choose a day, Shift with arrows moves it, Enter keeps it, Esc leaves it."))
            )
        theme.state().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width there is."""
        return QSize(400, self.HEIGHT)

    def _spoken(self) -> str:
        words = self._words
        return "; ".join(
            words.text(
                N_("{hours} h a week from {start}"),
                hours=hours_text(words, terms.weekly_hours) if terms.weekly_hours is not None else "–",
                start=words.day(terms.start),
            )
            for contract in self._contracts
            for terms in contract.terms
        )

    def laid(self) -> Lay:
        """Return where everything lies now."""
        return lay(self._contracts, self._today, self.width())

    def grips(self) -> tuple[Grip, ...]:
        """Return what can be moved; nothing in a file that is only read."""
        return grips(self.laid(), self._contracts) if self._writable else ()

    # ---- moving ----

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Move what is in the hand, or show what could be taken."""
        x = event.position().toPoint().x()
        if self._dragging and self.grip is not None:
            self._move_to(moved(self.grip, self.laid(), x))
            return
        over = caught(self.grips(), x) is not None and self._on_bar(event)
        self.setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Take a day into the hand."""
        super().mousePressEvent(event)
        grip = caught(self.grips(), event.position().toPoint().x()) if self._on_bar(event) else None
        if event.button() == Qt.MouseButton.LeftButton and grip is not None:
            self.grip, self.day, self._dragging, self.effect = grip, grip.day, True, ""
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Keep the day where it was let go."""
        super().mouseReleaseEvent(event)
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self._keep()

    def _on_bar(self, event: QMouseEvent) -> bool:
        return BAR_TOP <= event.position().toPoint().y() <= BAR_TOP + BAR

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window's own, while a day is being moved."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = event.key()
            if key == Qt.Key.Key_Escape and self.grip is not None:
                event.accept()
        if event.type() == QEvent.Type.ToolTip:
            self._tip(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def _tip(self, event: QHelpEvent) -> None:
        found = caught(self.grips(), event.pos().x())
        if found is None:
            QToolTip.hideText()
            return
        text = (
            N_("Drag to begin the amendment on another day")
            if found.moves is Moves.AMENDMENT
            else N_("Drag to end the contract on another day")
        )
        QToolTip.showText(event.globalPos(), self._words.text(text), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Arrows choose a day; with Shift they move it by a day, with Ctrl too by seven; Enter keeps, Esc leaves."""
        found, key = self.grips(), event.key()
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0)
        if step and found:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                grip = self.grip or found[-1]
                self.grip = grip
                days = step * (7 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1)
                self._move_to(stepped(grip, self.day, days, self._today))
            else:
                self._choose(found, step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.grip is not None:
            self._keep()
        elif key == Qt.Key.Key_Escape and self.grip is not None:
            self._leave()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _choose(self, found: Sequence[Grip], step: int) -> None:
        keys = [(grip.moves, grip.terms.id) for grip in found]
        now = (self.grip.moves, self.grip.terms.id) if self.grip is not None else None
        at = (keys.index(now) + step) if now in keys else (0 if step > 0 else len(found) - 1)
        self.grip = found[min(max(0, at), len(found) - 1)]
        self.day = self.grip.day
        self._say_note()

    def _move_to(self, day: date) -> None:
        if day != self.day:
            self.day, self.effect = day, ""
            self._say_note()
            self._timer.start()

    def _say_note(self) -> None:
        self.setAccessibleName(self.note() or self._spoken())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  Qt's name
        """Leave the day as it was when the hand goes elsewhere."""
        super().focusOutEvent(event)
        if self.grip is not None and not self._dragging:
            self._leave()

    def _leave(self) -> None:
        self._timer.stop()
        self.grip, self.day, self._dragging, self.effect = None, None, False, ""
        self._say_note()

    def _keep(self) -> None:
        grip, day = self.grip, self.day
        self._leave()
        if grip is not None and day is not None and day != grip.day:
            self.moved.emit(Move(grip, day))

    def _ask(self) -> None:
        if self.grip is not None and self.day is not None and self.day != self.grip.day:
            self.asked.emit(Move(self.grip, self.day))

    def say_effect(self, move: Move, text: str) -> None:
        """Say what a day would change in euros, if it is still the one in the hand."""
        if self.grip is not None and (self.grip.moves, self.day) == (move.grip.moves, move.day):
            self.effect = text
            self._say_note()

    def note(self) -> str:
        """Say what is in the hand: the day, the hours before and after, and the effect once it is known."""
        grip, words = self.grip, self._words
        if grip is None:
            return ""
        if grip.moves is Moves.END:
            day = words.day(self.day) if self.day is not None else words.text(N_("none"))
            said = words.text(N_("last day: {day}"), day=day)
        else:
            assert self.day is not None
            assert grip.before is not None
            said = words.text(
                N_("from {day}: {hours}"),
                day=words.day(self.day),
                hours=" → ".join(dict.fromkeys((self._hours(grip.before), self._hours(grip.terms)))),
            )
        return f"{said} · {self.effect}" if self.effect else said

    def _hours(self, terms: TermsRow) -> str:
        return f"{hours_text(self._words, terms.weekly_hours)}\u00a0h" if terms.weekly_hours is not None else "–"

    # ---- painting ----

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw years, stretches, what began them, and today."""
        painter = QPainter(self)
        laid = self.laid()
        note = theme.font(Text.NOTE)
        painter.fillRect(QRect(0, BAR_TOP, self.width(), BAR), theme.colour("sunken"))
        painter.setFont(note)
        day = self._words.text(N_("today"))
        day_width = theme.metrics(Text.NOTE_STRONG).horizontalAdvance(day)
        day_left = today_left(laid, day_width, self.width()) if laid.blocks else self.width()
        for tick in laid.ticks:
            if day_left - EDGE < tick.left < day_left + day_width + EDGE:
                continue  # there stands today, which is more
            painter.fillRect(QRect(tick.left, 2, 1, 20), theme.colour("line2"))
            if day_left - NUMBER < tick.left < day_left:
                continue  # its figure gives way to that word
            painter.setPen(theme.colour("text3"))
            painter.drawText(QRect(tick.left + 5, 0, 40, 20), Qt.AlignmentFlag.AlignVCenter, str(tick.year))
        begun = {grip.terms.id for grip in self.grips() if grip.moves is Moves.AMENDMENT}
        ended = {grip.terms.id for grip in self.grips() if grip.moves is Moves.END}
        for block in laid.blocks:
            left = block.left + (GRIP if block.terms.id in begun else 6)
            right = block.left + block.width - (GRIP if block.terms.id in ended else EDGE)
            self._paint_block(painter, block, (left, right), laid.today)
        if laid.blocks:
            painter.fillRect(QRect(laid.today - 1, 16, 4, 44), theme.colour("canvas"))  # to be seen over any stretch
            painter.fillRect(QRect(laid.today, 18, 2, 42), theme.colour("text"))
            painter.setFont(theme.font(Text.NOTE_STRONG))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRect(day_left, 0, day_width + 2, 20), Qt.AlignmentFlag.AlignVCenter, day)
        for grip in self.grips():
            self._paint_grip(painter, grip)
        if self.grip is not None:
            self._paint_hand(painter, laid)
        else:
            self._paint_starts(painter, laid)

    def _paint_starts(self, painter: QPainter, laid: Lay) -> None:
        note = theme.font(Text.NOTE)
        metrics = QFontMetrics(note)
        below = -1
        for block in laid.blocks:
            text = self._began(block)
            if block.left > below and block.left + 5 + metrics.horizontalAdvance(text) <= self.width():
                painter.setFont(note)
                painter.fillRect(QRect(block.left, 58, 1, 16), theme.colour("edge"))
                painter.setPen(theme.colour("text2"))
                area = QRect(block.left + 5, 58, self.width(), 18)
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
                below = block.left + metrics.horizontalAdvance(text) + 16

    def _paint_grip(self, painter: QPainter, grip: Grip) -> None:
        """Draw two short lines where a day can be taken."""
        near = [block for block in self.laid().blocks if block.terms.id == grip.terms.id]
        current = bool(near) and near[0].current
        tone = theme.colour("onaccent" if current else "accent")
        left = grip_left(grip, self.laid().today)
        for at in (0, 3):
            painter.fillRect(QRect(left + at, BAR_TOP + 22, 1, 8), tone)

    def _paint_hand(self, painter: QPainter, laid: Lay) -> None:
        """Draw where the day would be, and say it below in the whole width."""
        grip = self.grip
        assert grip is not None
        ends = grip.moves is Moves.END
        at = grip.left if self.day is None else laid.at(self.day + DAY if ends else self.day)
        painter.setPen(QPen(theme.colour("focus"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(at, BAR_TOP - 4, at, BAR_TOP + BAR + 3)
        font, metrics = theme.font(Text.NOTE_STRONG), theme.metrics(Text.NOTE_STRONG)
        room = self.width() - 2 * EDGE
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        lines = in_lines(self.note().split(" · "), metrics, room).split("\n")
        texts = [metrics.elidedText(said, Qt.TextElideMode.ElideRight, room) for said in lines]
        wide = max(map(metrics.horizontalAdvance, texts))
        left = min(max(EDGE, at - wide // 2), self.width() - wide - EDGE)  # one edge for all
        for line, text in enumerate(texts):
            painter.drawText(QRect(left, 58 + 14 * line, wide + 2, 16), Qt.AlignmentFlag.AlignVCenter, text)

    def _began(self, block: Block) -> str:
        day = self._words.day(block.terms.start)
        return self._words.text(N_("contract {day}"), day=day) if block.first else day

    def _paint_block(self, painter: QPainter, block: Block, sides: tuple[int, int], today: int) -> None:
        """Draw a stretch; a text goes beside the line of today, or is left out where it has no room."""
        words, terms = self._words, block.terms
        box = QRect(block.left, BAR_TOP, block.width, BAR)
        rounded(painter, box, "accent" if block.current else "accenttint", "accent", 4)
        if terms.weekly_hours is None:
            return
        tone = "onaccent" if block.current else "text"
        hours = f"{hours_text(words, terms.weekly_hours)} h"
        fte = words.text(N_("{fte} FTE"), fte=words.fte(terms.fte)) if terms.fte is not None else ""
        painter.setPen(theme.colour(tone))
        for use, text, y in ((Text.NOTE_STRONG, hours, BAR_TOP + 1), (Text.NOTE, fte, BAR_TOP + 16)):
            painter.setFont(theme.font(use))
            wide = theme.metrics(use).horizontalAdvance(text)
            left = text_left(sides, wide, today)
            if left is not None:
                painter.drawText(QRect(left, y, wide + 2, 16), Qt.AlignmentFlag.AlignVCenter, text)
