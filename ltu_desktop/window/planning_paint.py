"""How the week board is drawn: heads and needs above, names at the left, hours at the right, blocks between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.planning_blocks import (
    BAR,
    LEFT,
    MIDDLE,
    RIGHT,
    appearance,
    blank,
    colours,
    fitted,
    hatch,
    paint_block,
    paint_dashes,
    paint_shadow,
    rect_of,
)
from ltu_desktop.window.planning_blocks import (
    forget as forget_blocks,
)
from ltu_desktop.window.planning_geometry import Box, Grasp, Hand, Lay, Spot, lanes
from ltu_desktop.window.planning_sheet import Cover, Row, Sheet, hours_text
from ltu_desktop.window.theme import font, metrics
from ltu_desktop.window.tokens import Appearance, Meaning, Text

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.queries.activity_looks import Look
    from ltu_desktop.window.planning_sheet import Block, Cell
    from ltu_desktop.words import Words


@dataclass
class View:
    """All that is drawn."""

    words: Words
    lay: Lay
    sheet: Sheet | None = None
    spot: Spot = field(default_factory=lambda: Spot(0, 0))
    focus: bool = False
    hover: tuple[int, int, int] | None = None
    hand: Hand | None = None
    held: Block | None = None  # the block in the hand, with its times now
    pointer: tuple[int, int] | None = None  # where the hand is, when it is a mouse's
    today: date | None = None
    faded: bool = False  # the week is over, or closed
    chosen: frozenset[bytes] = frozenset()  # shifts that a conflict or a search points at


def paint(painter: QPainter, view: View, clip: QRect) -> None:
    """Draw what lies in a part of the board."""
    lay, sheet = view.lay, view.sheet
    painter.fillRect(clip, theme.colour("surface"))
    if sheet is None:
        return
    body = QRect(0, lay.body, lay.width, lay.height - lay.body)
    if clip.intersects(body):
        painter.save()
        painter.setClipRect(body & clip)
        _paint_body(painter, view, sheet, clip)
        painter.restore()
    if clip.top() < lay.body:
        _paint_heads(painter, view, sheet)
        _paint_covers(painter, view, sheet)
    edge = theme.colour("line2")
    bottom = min(lay.height, lay.body + lay.tops[-1] - lay.offset)
    for x in (lay.names - 1, lay.lefts[-1]):
        painter.fillRect(QRect(x, 0, 1, bottom), edge)
    if view.hand is not None:
        _paint_hand(painter, view, sheet)


# ---- the rows ----


def _paint_body(painter: QPainter, view: View, sheet: Sheet, clip: QRect) -> None:
    lay = view.lay
    rows = [row for row in lay.visible() if rect_of(lay.name_box(row)).intersects(clip | QRect(0, clip.top(), 1, 1))]
    if not rows:
        return
    top, bottom = lay.name_box(rows[0]).top, lay.name_box(rows[-1]).bottom
    line = theme.colour("line")
    for day in range(lay.days):
        box = lay.cell(rows[0], day)._replace(top=top, height=bottom - top)
        if sheet.day(day).weekday() > 4:
            _paint_free(painter, box)
    for row in rows:
        _paint_row(painter, view, sheet.rows[row], row)
    for day in range(1, lay.days):
        painter.fillRect(QRect(lay.lefts[day] - 1, top, 1, bottom - top), line)
    for row in rows:
        painter.fillRect(QRect(0, lay.name_box(row).bottom - 1, lay.width, 1), line)
    _paint_cursor(painter, view, sheet)


def _paint_free(painter: QPainter, box: Box) -> None:
    painter.fillRect(rect_of(box), theme.colour("weekend"))
    if appearance() is Appearance.CONTRAST:
        hatch(painter, box, "line")


def _paint_row(painter: QPainter, view: View, row: Row, at: int) -> None:
    lay = view.lay
    _paint_name(painter, row, lay.name_box(at), current=view.focus and view.spot.row == at)
    for day in range(lay.days):
        cell = row.cells[day]
        if cell.blocks or cell.away or cell.off:
            _paint_cell(painter, view, cell, at, day)
    _paint_hours(painter, view, row, lay.hours_box(at))


def _paint_name(painter: QPainter, row: Row, box: Box, *, current: bool) -> None:
    if current:
        painter.fillRect(rect_of(box), theme.colour("selection"))
        painter.fillRect(QRect(box.left, box.top, 3, box.height), theme.colour("accent"))
    size = (box.width, box.height, painter.device().devicePixelRatioF())
    painter.drawPixmap(box.left, box.top, _name(row.title, row.short, row.note, row.look, size))


@lru_cache(maxsize=256)
def _name(title: str, short: str, note: str, look: Look | None, size: tuple[int, int, float]) -> QPixmap:
    """Draw a row's name once."""
    made = blank(size)
    painter = QPainter(made)
    left = 24
    if look is not None:
        bar, _ = colours(look)
        painter.fillRect(QRect(10, 6, BAR, 30), QColor(bar))
        icons.draw_coloured(painter, look.pictogram, bar, QRect(19, 3, 20, 20), 18)
        left += 20
    room = size[0] - 6 - left
    painter.setFont(font(Text.DENSE))
    painter.setPen(theme.colour("text"))
    if look is not None:
        shown = fitted(Text.DENSE, (title, short), room)
    else:  # families share the first half
        shown = metrics(Text.DENSE).elidedText(title, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(QRect(left, 3, room + 4, 19), LEFT, shown)
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text3"))
    painter.drawText(QRect(left, 21, room + 4, 16), LEFT, fitted(Text.NOTE, (note,), room))
    painter.end()
    return made


def _paint_cell(painter: QPainter, view: View, cell: Cell, row: int, day: int) -> None:
    lay = view.lay
    whole = lay.cell(row, day)
    if cell.off:
        painter.fillRect(rect_of(whole), theme.colour("weekend"))
        hatch(painter, whole, "line2")
        if not cell.blocks:
            _paint_word(painter, whole, cell.off)
    if cell.away and not cell.blocks:
        _paint_away(painter, lanes(whole, 1)[0], cell.away)
    boxes = lanes(whole, len(cell.blocks), stacked=lay.stacked, line=lay.line) if cell.blocks else []
    for at, (block, box) in enumerate(zip(cell.blocks, boxes, strict=True)):
        here = (row, day, at)
        hand = view.hand if view.hand is not None and view.hand.origin == here else None
        if hand is not None and hand.grasp is Grasp.MOVE and not hand.copies:
            paint_dashes(painter, box, "edge")
            continue
        if hand is not None and hand.grasp is not Grasp.MOVE and view.held is not None:
            block = view.held  # noqa: PLW2901  the block as it would be
        hover = view.hover == here and not view.faded
        paint_block(painter, block, box, hover=hover, faded=view.faded, line=lay.stacked)
        if block.shift.id in view.chosen:
            rounded(painter, rect_of(box).adjusted(-2, -2, 2, 2), "", "accent", 6, 2)  # around its own frame
    if cell.away and cell.blocks:
        icons.draw(painter, "prohibit", "text3", QRect(whole.right - 20, whole.bottom - 19, 16, 16), 14)


def _paint_word(painter: QPainter, box: Box, text: str) -> None:
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text2"))
    painter.drawText(rect_of(box), MIDDLE, fitted(Text.NOTE, (text,), box.width - 8))


def _paint_away(painter: QPainter, box: Box, text: str) -> None:
    contrast = appearance() is Appearance.CONTRAST
    rounded(painter, rect_of(box), "sunken", "edge" if contrast else "", 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(theme.colour("line"), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(rect_of(box), 4, 4)
    room = box.width - 32
    shown = text if metrics(Text.DENSE).horizontalAdvance(text) <= room else ""  # the sign alone says as much
    icons.draw(painter, "prohibit", "text2", QRect(box.left + 7, box.top, 16, box.height), 15)
    if not shown:
        return
    wide = metrics(Text.DENSE).horizontalAdvance(shown)
    painter.fillRect(QRect(box.left + 26, box.top + box.height // 2 - 9, wide + 6, 18), theme.colour("sunken"))
    painter.setFont(font(Text.DENSE))
    painter.setPen(theme.colour("text2"))
    painter.drawText(QRect(box.left + 29, box.top, room + 4, box.height), LEFT, shown)


def _paint_hours(painter: QPainter, view: View, row: Row, box: Box) -> None:
    size = (box.width, box.height, painter.device().devicePixelRatioF())
    painter.drawPixmap(box.left, box.top, _hours(view.words, row.planned, row.target, row.spared, size))


@lru_cache(maxsize=256)
def _hours(words: Words, minutes: int, target: int | None, spared: int, size: tuple[int, int, float]) -> QPixmap:
    """Draw a row's hours once."""
    width, tall, _ = size
    right = width - 10
    planned = hours_text(words, minutes)
    beside = f" / {hours_text(words, target)}" if target is not None else ""
    gap = minutes - target if target is not None else 0
    below, tone = "", "text3"
    if spared and gap < 0:
        gap = min(0, gap + spared)
        away = words.duration(spared, short=True)
        said = words.text(N_("away {hours}"), hours=away), words.text(N_("abs. {hours}"), hours=away)
        below = fitted(Text.NOTE, said, right - 2)
    if gap:
        below, tone = words.duration(gap, sign=True, short=True), "attention.fg"
    top, height = (0, tall) if not below else (3, 19)  # on the lines of the name and its note
    wide = metrics(Text.DENSE).horizontalAdvance(beside)
    if metrics(Text.DENSE_STRONG).horizontalAdvance(planned) + wide > right - 6:
        beside, wide = "", 0
    made = blank(size)
    painter = QPainter(made)
    painter.setFont(font(Text.DENSE))
    painter.setPen(theme.colour("text3"))
    painter.drawText(QRect(0, top, right, height), RIGHT, beside)
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text"))
    painter.drawText(QRect(0, top, right - wide, height), RIGHT, planned)
    if below:
        painter.setFont(font(Text.NOTE))
        painter.setPen(theme.colour(tone))
        painter.drawText(QRect(0, 21, right, 16), RIGHT, below)
    painter.end()
    return made


def forget() -> None:
    """Forget what was drawn once: the texts or the colours changed."""
    forget_blocks()
    for kept in (_name, _hours):
        kept.cache_clear()


# ---- the heads ----


def _paint_heads(painter: QPainter, view: View, sheet: Sheet) -> None:
    lay, words = view.lay, view.words
    painter.fillRect(QRect(0, 0, lay.width, lay.body), theme.colour("header"))
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text2"))
    title = words.text(N_("Activity")) if sheet.by_activity else words.text(N_("NAME First name"))
    painter.drawText(QRect(24, 0, lay.names - 24, lay.head), LEFT, title)
    painter.drawText(QRect(0, 0, lay.width - 10, lay.head), RIGHT, words.term("column", "Hours"))
    for day in range(lay.days):
        box, when = lay.head_box(day), sheet.day(day)
        now = when == view.today
        if when.weekday() > 4:
            painter.fillRect(rect_of(box), theme.colour("weekend"))
        painter.setFont(font(Text.DENSE_STRONG))
        painter.setPen(theme.colour("accent" if now else "text"))
        name = words.weekday(when, short=True)
        pad, name = (9, name) if box.width >= 60 else (5, name[:2])
        text = fitted(Text.DENSE_STRONG, (f"{name} {when.day}", str(when.day)), box.width - pad - 2)
        painter.drawText(QRect(box.left + pad, 0, box.width, lay.head), LEFT, text)
        if now:
            painter.fillRect(QRect(box.left, lay.head - 3, box.width - 1, 3), theme.colour("accent"))
        painter.fillRect(QRect(box.right - 1, 0, 1, lay.body), theme.colour("line"))
    painter.fillRect(QRect(0, lay.head - 1, lay.width, 1), theme.colour("line"))


def _paint_covers(painter: QPainter, view: View, sheet: Sheet) -> None:
    lay, words = view.lay, view.words
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text"))
    room = lay.names - 30
    title = fitted(Text.DENSE_STRONG, (words.text(N_("Needs covered")),), room)
    painter.drawText(QRect(24, lay.head + 7, room + 4, 18), LEFT, title)
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text3"))
    note = fitted(Text.NOTE, (words.text(N_("posts per day")),), room)
    painter.drawText(QRect(24, lay.head + 25, room + 4, 16), LEFT, note)
    for day in range(lay.days):
        _paint_cover(painter, view, sheet.cover[day], lay.cover_box(day), free=sheet.day(day).weekday() > 4)
    painter.fillRect(QRect(0, lay.body - 1, lay.width, 1), theme.colour("edge"))


def _paint_cover(painter: QPainter, view: View, cover: Cover, box: Box, *, free: bool) -> None:
    area = rect_of(box).adjusted(0, 0, -1, 0)
    if not cover.needed:
        if free:
            painter.fillRect(area, theme.colour("weekend"))
        painter.setFont(font(Text.DENSE))
        painter.setPen(theme.colour("text3"))
        painter.drawText(area.adjusted(11, 4, 0, 0), Qt.AlignmentFlag.AlignTop, "–")
        return
    short = bool(cover.lacks)
    if short:
        painter.fillRect(area, theme.colour("attention.bg"))
    meaning = Meaning.ATTENTION if short else Meaning.OK
    icons.draw_meaning(painter, meaning, QRect(box.left + 9, box.top + 6, 16, 18))
    said = view.words.text(N_("{filled} of {needed}"), filled=cover.filled, needed=cover.needed)
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("attention.fg" if short else "text"))
    said = fitted(Text.DENSE_STRONG, (said, f"{cover.filled}/{cover.needed}"), box.width - 34)
    painter.drawText(QRect(box.left + 30, box.top + 6, box.width - 30, 18), LEFT, said)
    if short:
        each_lack = [f"{each.mark.code} {each.need.filled}/{each.need.needed}" for each in cover.lacks]
        fewer = tuple(  # as many as there is room for, and how many more
            f"{'  '.join(each_lack[:count])}  +{len(each_lack) - count}" for count in range(len(each_lack) - 1, 0, -1)
        )
        missing = view.words.text(N_("{count} missing"), count=sum(each.missing for each in cover.lacks))
        lacks = ("  ".join(each_lack), *fewer, missing, f"−{len(each_lack)}")
        painter.setFont(font(Text.NOTE_STRONG))
        room = box.width - 16
        painter.drawText(QRect(box.left + 9, box.top + 26, room + 4, 18), LEFT, fitted(Text.NOTE_STRONG, lacks, room))


# ---- the cursor and the hand ----


def _paint_cursor(painter: QPainter, view: View, sheet: Sheet) -> None:
    spot, lay = view.spot, view.lay
    if not sheet.rows or spot.row >= len(sheet.rows) or view.hand is not None:
        return
    cell = lay.cell(spot.row, spot.day)
    box = lay.block(spot.row, spot.day, spot.at) if spot.at < lay.counts[spot.row][spot.day] else cell
    if view.focus:
        around = rect_of(box).adjusted(0, 0, -1, -1) if box == cell else rect_of(box).adjusted(-3, -3, 3, 3)
        rounded(painter, around, "", "focus", 4 if box == cell else 7, 2)  # around a block's own frame


def _paint_hand(painter: QPainter, view: View, sheet: Sheet) -> None:
    hand, lay, held = view.hand, view.lay, view.held
    assert hand is not None
    if held is None or not sheet.rows:
        return
    origin = lay.block(*hand.origin) if hand.origin.at < lay.counts[hand.origin.row][hand.origin.day] else None
    if hand.grasp is not Grasp.MOVE:
        if origin is not None:
            rounded(painter, rect_of(origin), "", "accent", 4, 2)
        return
    if origin is None:
        return
    painter.save()
    painter.setClipRect(QRect(lay.names, lay.body, lay.lefts[-1] - lay.names, lay.height - lay.body))
    paint_dashes(painter, lanes(lay.cell(hand.target.row, hand.target.day), 1)[0], "accent", 2)
    painter.restore()
    size = (max(110, min(origin.width, lay.cell(0, 0).width - 10)), min(origin.height, 36))
    if view.pointer is not None:
        x, y = view.pointer
        box = Box(x - min(size[0] - 16, hand.pressed[0] - origin.left), y - min(size[1] // 2, 18), *size)
    else:
        cell = lay.cell(hand.target.row, hand.target.day)
        box = Box(cell.left + 8, cell.top + 7, *size)
    paint_shadow(painter, box)
    paint_block(painter, held, box, line=lay.stacked)
