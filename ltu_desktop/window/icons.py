"""Icons: the Phosphor set, loaded after the first paint, coloured by token.

A widget names its icon with `put(widget, name)`; until the set is loaded it shows none, `load()` then fills them all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import Meaning

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

MEANING_ICON: Final = {
    Meaning.OK: "check-circle",
    Meaning.ATTENTION: "warning",
    Meaning.BLOCKING: "warning-octagon",
    Meaning.INFO: "info",
}

_PROPERTY: Final = "iconName"
_loaded: list[Any] = []


def load() -> None:
    """Load the set (0.1 s) and give every waiting widget its icon; call it after the first paint."""
    if not _loaded:
        import qtawesome

        _loaded.append(qtawesome)
    refresh()


def refresh() -> None:
    """Colour every icon again, after the set came or the appearance changed."""
    _pixmap.cache_clear()
    for widget in QApplication.allWidgets():
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
    if not _loaded:
        return QIcon()
    made = _loaded[0].icon(f"ph.{name}", color=theme.colour(tone), color_disabled=theme.colour("text3"))
    assert isinstance(made, QIcon)
    return made


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    made = _loaded[0].icon(f"ph.{name}", color=colour)
    drawn = made.pixmap(QSize(size, size), ratio)
    assert isinstance(drawn, QPixmap)
    return drawn


def pixmap(name: str, tone: str, size: int, ratio: float) -> QPixmap:
    """Return an icon as a picture of `size` logical pixels; an empty one before the set is loaded."""
    if not _loaded:
        return QPixmap()
    return _pixmap(name, theme.colour(tone).name(), size, ratio)


def draw(painter: QPainter, name: str, tone: str, rect: QRect, size: int = 16) -> None:
    """Draw an icon in the middle of a rectangle."""
    device = painter.device()
    drawn = pixmap(name, tone, size, device.devicePixelRatioF())
    if drawn.isNull():
        return
    target = QRect(0, 0, size, size)
    target.moveCenter(rect.center())
    painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(target, drawn)


def draw_meaning(painter: QPainter, meaning: Meaning, rect: QRect, size: int = 16) -> None:
    """Draw the icon of a meaning in its colour."""
    draw(painter, MEANING_ICON[meaning], f"{meaning}.icon", rect, size)
