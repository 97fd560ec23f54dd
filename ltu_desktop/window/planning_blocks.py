"""How a block of the week board is drawn: bar, tint, icon, name or code, times; in its cell and in the hand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from ltu_desktop.window import icons, theme
from ltu_desktop.window.planning_geometry import SLIM, Box
from ltu_desktop.window.theme import font, metrics
from ltu_desktop.window.tokens import Appearance, Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.queries.activity_looks import Look
    from ltu_desktop.window.planning_sheet import Block

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignCenter
BAR = 4
RADIUS = 4
WIDE = 170  # of a block of one line that has room for a name and from when to when
NARROW = 100  # of one in which name and time are written small
TALL = 24  # height of a block that has room for two lines


def rect_of(box: Box) -> QRect:
    """Return a box as Qt has it."""
    return QRect(box.left, box.top, box.width, box.height)


def appearance() -> Appearance:
    """Return the appearance in force."""
    return theme.tokens().appearance


def forget() -> None:
    """Forget what was kept for painting: the texts or the colours changed."""
    for kept in (fitted, _face):
        kept.cache_clear()


@lru_cache(maxsize=8192)
def fitted(use: Text, texts: tuple[str, ...], room: int) -> str:
    """Return the first of several texts that fits, else the last one, shortened where at least two letters are left."""
    measure = metrics(use)
    for text in texts:
        if measure.horizontalAdvance(text) <= room:
            return text
    shown = measure.elidedText(texts[-1], Qt.TextElideMode.ElideRight, room)
    return shown if len(shown) > 2 else ""


def colours(look: Look) -> tuple[str, str]:
    """Return bar and tint of an activity in the appearance in force."""
    now = appearance()
    if now is Appearance.LIGHT:
        return f"#{look.pair.bar}", f"#{look.pair.tint}"
    if now is Appearance.DARK:
        return f"#{look.pair.dark_bar}", f"#{look.pair.dark_tint}"
    return f"#{look.pair.dark_bar}", "#000000"


def blank(size: tuple[int, int, float]) -> QPixmap:
    """Return a clear picture of a width and height, in points, for a screen of so many pixels a point."""
    width, height, ratio = size
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def paint_block(
    painter: QPainter, block: Block, box: Box, *, hover: bool = False, faded: bool = False, line: bool = False
) -> None:
    """Draw a block in a box; `line`: one line of text; `faded`: of a week that is over, or away from where it was."""
    texts = (block.title, block.short, block.code, block.times)
    size = (box.width, box.height, painter.device().devicePixelRatioF())
    painter.drawPixmap(
        box.left, box.top, _face(texts, block.look, block.trouble, size, hover=hover, faded=faded, line=line)
    )


@lru_cache(maxsize=512)
def _face(
    texts: tuple[str, str, str, str],
    look: Look,
    trouble: str,
    size: tuple[int, int, float],
    *,
    hover: bool,
    faded: bool,
    line: bool,
) -> QPixmap:
    """Draw a block once: a week shows the same activity at the same times over and over."""
    width, height, _ = size
    made = blank(size)
    painter = QPainter(made)
    if faded:
        painter.setOpacity(0.6)
    small = not line and (width < SLIM or height < theme.grown(TALL))
    bar_width = 0 if small and trouble else BAR + 2 if hover else BAR  # there the icon of what is wrong stands
    _paint_ground(painter, look, trouble, QRectF(0, 0, width, height), bar_width)
    painter.setOpacity(1)
    if hover:
        for x in (BAR + 4, width - 4):
            painter.fillRect(QRect(x, height // 2 - 5, 1, 10), QColor(colours(look)[0]))
    box = Box(0, 0, width, height)
    if small:
        _paint_small(painter, texts, trouble, box)
    elif line:
        _paint_line(painter, texts, trouble, box)
    else:
        _paint_lines(painter, texts, look, trouble, box)
    painter.end()
    return made


def _paint_ground(painter: QPainter, look: Look, trouble: str, area: QRectF, bar_width: int) -> None:
    bar, tint = colours(look)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(area, RADIUS, RADIUS)
    painter.setClipPath(path)
    painter.fillRect(area, QColor(tint))
    painter.fillRect(QRectF(area.left(), area.top(), bar_width, area.height()), QColor(bar))
    painter.setClipping(False)
    border = f"{trouble}.icon" if trouble else "edge" if appearance() is Appearance.CONTRAST else ""
    if border:
        thick = 2 if trouble else 1
        painter.setPen(QPen(theme.colour(border), thick))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = thick / 2
        painter.drawRoundedRect(area.adjusted(half, half, -half, -half), RADIUS - half, RADIUS - half)


def _sides(box: Box) -> tuple[int, int]:
    """Return where the texts of a block begin and end."""
    pad = 5 if box.width >= 90 else 2 if box.width >= SLIM else 1
    return box.left + BAR + pad, box.right - (2 if box.width < 90 else 5)


def _paint_lines(painter: QPainter, texts: tuple[str, str, str, str], look: Look, trouble: str, box: Box) -> None:
    title, short, code, times = texts
    left, right = _sides(box)
    top, half = box.top, box.height // 2
    room = right - left
    if room >= 44:
        size, step = (14, 17) if box.width < 90 else (16, 20)
        place = QRect(left, top + 2, size, half)
        if trouble and box.width < 90:  # there is room for one of the two
            icons.draw_meaning(painter, Meaning(trouble), place, size)
        else:
            icons.draw_coloured(painter, look.pictogram, colours(look)[0], place, size)
        room -= step
        left += step
    painter.setFont(font(Text.DENSE_STRONG))
    painter.setPen(theme.colour("text"))
    shown = fitted(Text.DENSE_STRONG, (title, short, code), room)
    painter.drawText(QRect(left, top + 1, room + 4, half + 2), LEFT, shown)
    left, right = _sides(box)
    if trouble and box.width >= 90:  # beside the times: the name keeps its room
        icons.draw_meaning(painter, Meaning(trouble), QRect(right - 16, top + half - 1, 16, half), 15)
        room = right - 18 - left
    else:
        room = box.right - 2 - left
    span = times.replace(":00", "")  # in one way all over the board: half days have no room for more
    shown = fitted(Text.NOTE, (span, f"{begin(times)}–"), room)
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text2"))
    painter.drawText(QRect(left, top + half - 1, room + 4, half), LEFT, shown)


def begin(times: str) -> str:
    """Return when a span begins."""
    return times.partition("–")[0]


def _paint_small(painter: QPainter, texts: tuple[str, str, str, str], trouble: str, box: Box) -> None:
    """Draw the code and the begin, beside each other in a low block; an icon stands in the bar's place if need be."""
    _, _, code, times = texts
    left, right = _sides(box)
    tall, half = box.height >= theme.grown(TALL), box.height // 2
    first = QRect(left, box.top, box.width, half + 2 if tall else box.height)
    if trouble:
        icons.draw_meaning(painter, Meaning(trouble), QRect(box.left + 2, first.top(), 10, first.height()), 10)
        first.setLeft(box.left + 13)
    painter.setFont(font(Text.NOTE_STRONG))
    painter.setPen(theme.colour("text"))
    painter.drawText(first, LEFT, code)
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text2"))
    if tall:
        place = QRect(left, box.top + half - 1, right - left, half)
        painter.drawText(place, LEFT, fitted(Text.NOTE, (begin(times), ""), place.width()))
    elif not trouble and box.width >= SLIM:
        painter.drawText(QRect(left, box.top, right - left, box.height), RIGHT, begin(times))


def _paint_line(painter: QPainter, texts: tuple[str, str, str, str], trouble: str, box: Box) -> None:
    title, _, _, times = texts
    left, right = _sides(box)
    if trouble:
        icons.draw_meaning(painter, Meaning(trouble), QRect(right - 14, box.top, 14, box.height), 14)
        right -= 18
    shown = times.replace(":00", "") if box.width >= WIDE else begin(times)  # in one way all over the board
    if box.width < NARROW:
        shown = shown.replace(":00", "\u00a0h")
    wide = metrics(Text.NOTE).horizontalAdvance(shown)
    painter.setFont(font(Text.NOTE))
    painter.setPen(theme.colour("text2"))
    painter.drawText(QRect(right - wide - 1, box.top, wide + 2, box.height), LEFT, shown)
    use = Text.DENSE_STRONG if box.width >= NARROW else Text.NOTE_STRONG
    painter.setFont(font(use))
    painter.setPen(theme.colour("text"))
    room = right - wide - (6 if box.width >= NARROW else 3) - left
    painter.drawText(QRect(left, box.top, room + 4, box.height), LEFT, fitted(use, (title,), room))


def paint_dashes(painter: QPainter, box: Box, tone: str, width: int = 1) -> None:
    """Draw a dashed frame: where a block was, or where it would be."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(tone), width, Qt.PenStyle.DashLine))
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect_of(box)).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


def paint_shadow(painter: QPainter, box: Box) -> None:
    """Draw the shadow under what is in the hand."""
    if appearance() is Appearance.CONTRAST:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(6, 0, -2):
        painter.setBrush(QColor(0, 0, 0, 14))
        painter.drawRoundedRect(QRectF(rect_of(box)).adjusted(-spread, 4 - spread, spread, 4 + spread), 8, 8)


def hatch(painter: QPainter, box: Box, tone: str) -> None:
    """Draw slanted lines over an area."""
    painter.fillRect(rect_of(box), QBrush(theme.colour(tone), Qt.BrushStyle.BDiagPattern))
