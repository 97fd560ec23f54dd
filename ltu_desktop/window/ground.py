"""The ground: what is seen of the window before anything on it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.tokens import NAV_WIDTH, STATUS_BAR, TOP_BAR

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Ground(QWidget):
    """The colours of the frame without its parts; of the first page, when no file is about to open."""

    def __init__(self, *, framed: bool) -> None:
        super().__init__()
        self.framed = framed

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Paint navigation, top bar and status bar where they will be, so that nothing jumps when they come."""
        colours, whole = theme.tokens(), self.rect()
        painter = QPainter(self)
        painter.fillRect(whole, QColor(colours.canvas))
        if self.framed:
            left, top, foot = (theme.grown(each) for each in (NAV_WIDTH, TOP_BAR, STATUS_BAR))
            bottom = whole.height() - foot
            painter.fillRect(left, 0, whole.width() - left, top, QColor(colours.surface))
            painter.fillRect(0, 0, left, bottom, QColor(colours.sunken))
            painter.fillRect(0, bottom, whole.width(), foot, QColor(colours.sunken))
            line = QColor(colours.line2)
            painter.fillRect(left, 0, 1, bottom, line)
            painter.fillRect(left, top, whole.width() - left, 1, line)
            painter.fillRect(0, bottom - 1, whole.width(), 1, line)
        painter.end()
