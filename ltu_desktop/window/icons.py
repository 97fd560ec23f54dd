"""Icons: the Phosphor set, loaded after the first paint, coloured by token.

A widget names its icon with `put(widget, name)`; until the set is loaded it shows none, `load()` then fills them all.
The set is a font that comes with qtawesome; that library itself is not loaded, it takes ten times as long.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap, QRawFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

MEANING_ICON: Final = {
    Meaning.OK: "check-circle",
    Meaning.ATTENTION: "warning",
    Meaning.BLOCKING: "warning-octagon",
    Meaning.INFO: "info",
}

_PROPERTY: Final = "iconName"
_PART: Final = 0.875  # of its square that a glyph takes
_loaded: list[Mapping[str, str]] = []  # the letters of the set, by name


def _folder() -> Path:
    found = find_spec("qtawesome")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "fonts"


def load() -> None:
    """Load the set and give every waiting widget its icon; call it after the first paint."""
    if not _loaded:
        codes = json.loads(next(_folder().glob("phosphor-charmap-*.json")).read_text("utf-8"))
        _loaded.append({name: chr(int(code, 16)) for name, code in codes.items()})
    refresh()


def refresh(part: QWidget | None = None) -> None:
    """Draw the icons of a part of the window again, or all: the set came, or the colours or the screen are others."""
    for widget in QApplication.allWidgets() if part is None else [part, *part.findChildren(QWidget)]:
        if widget.property(_PROPERTY):
            _fill(widget)
            widget.update()


def put(widget: QWidget, name: str, tone: str = "text2", size: int = 16) -> None:
    """Name the icon of a button or label; its colour follows the appearance."""
    widget.setProperty(_PROPERTY, name)
    widget.setProperty("iconTone", tone)
    widget.setProperty("iconSize16", size)
    _fill(widget)


def _fill(widget: QWidget) -> None:
    if not _loaded:
        return
    name, tone, size = widget.property(_PROPERTY), widget.property("iconTone"), widget.property("iconSize16")
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, tone, size, widget.devicePixelRatioF()))
    elif isinstance(widget, QAbstractButton):
        widget.setIcon(icon(name, tone))
        widget.setIconSize(QSize(size, size))


def icon(name: str, tone: str = "text2") -> QIcon:
    """Return an icon in a token's colour; an empty one before the set is loaded."""
    made = QIcon()
    if _loaded:
        application = QApplication.instance()
        ratio = application.devicePixelRatio() if isinstance(application, QApplication) else 1.0
        made.addPixmap(pixmap(name, tone, 16, ratio))
        made.addPixmap(pixmap(name, "text3", 16, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=64)
def _font(size: int) -> QRawFont:
    return QRawFont(
        str(next(_folder().glob("phosphor-[0-9]*.ttf"))), round(_PART * size), QFont.HintingPreference.PreferNoHinting
    )


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    font = _font(size)
    [glyph] = font.glyphIndexesForString(_loaded[0][name])
    [advance] = font.advancesForGlyphIndexes([glyph])
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = (size - font.ascent() - font.descent()) / 2 + font.ascent()
    painter.translate(QPointF((size - advance.x()) / 2, top))
    painter.fillPath(font.pathForGlyph(glyph), QColor(colour))
    painter.end()
    return made


def pixmap(name: str, tone: str, size: int, ratio: float) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels; an empty one before the set is loaded."""
    if not _loaded:
        return QPixmap()
    return _pixmap(name, theme.colour(tone).name(), size, ratio)


def draw(painter: QPainter, name: str, tone: str, rect: QRect, size: int = 16) -> None:
    """Draw an icon in the middle of a rectangle."""
    draw_coloured(painter, name, theme.colour(tone).name(), rect, size)


def draw_coloured(painter: QPainter, name: str, colour: str, rect: QRect, size: int = 16) -> None:
    """Draw an icon in a colour that is no token's, `#0052b6`: an activity's own."""
    if not _loaded:
        return
    drawn = _pixmap(name, colour, size, painter.device().devicePixelRatioF())
    target = QRect(0, 0, size, size)
    target.moveCenter(rect.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, drawn)


def draw_meaning(painter: QPainter, meaning: Meaning, rect: QRect, size: int = 16) -> None:
    """Draw the icon of a meaning in its colour."""
    draw(painter, MEANING_ICON[meaning], f"{meaning}.icon", rect, size)
