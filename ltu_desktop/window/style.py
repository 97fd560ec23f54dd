"""The style: Fusion with our check boxes and radios. It comes after the first paint, which need not wait for it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleFactory, QStyleOption, QWidget

from ltu_desktop.window.theme import colour, contrast


def put_on(application: QApplication) -> None:
    """Give the application our style, once."""
    if application.style().objectName() != Style.NAME:
        application.setStyle(Style())


class Style(QProxyStyle):
    """Fusion with our check boxes and radios; the ring of the focus is drawn by `ring.FocusRing`, around the widget."""

    NAME = "ltu"

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))
        self.setObjectName(self.NAME)

    def drawPrimitive(  # noqa: N802  Qt's name
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw check marks and radio buttons with the tokens, and no dotted focus frames."""
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            return
        marks = {
            QStyle.PrimitiveElement.PE_IndicatorCheckBox: draw_check,
            QStyle.PrimitiveElement.PE_IndicatorRadioButton: draw_radio,
        }
        if element in marks:
            on = bool(option.state & QStyle.StateFlag.State_On)
            enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
            marks[element](painter, QRectF(option.rect).center(), on=on, enabled=enabled)
            return
        super().drawPrimitive(element, option, painter, widget)


def _line(*, enabled: bool) -> Qt.PenStyle:
    """Return the line around a box: dashed where it is off and no grey is left to tell it by."""
    return Qt.PenStyle.SolidLine if enabled or not contrast() else Qt.PenStyle.DashLine


def draw_radio(painter: QPainter, centre: QPointF, *, on: bool, enabled: bool = True) -> None:
    """Draw a radio button of 16 px around a centre."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone = ("accent" if on else "edge") if enabled else "line2"
    painter.setPen(QPen(colour(tone), 1.5 if on else 1, _line(enabled=enabled)))
    painter.setBrush(colour("surface" if enabled else "sunken"))
    painter.drawEllipse(centre, 7.5, 7.5)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tone))
        painter.drawEllipse(centre, 4, 4)
    painter.restore()


def draw_check(painter: QPainter, centre: QPointF, *, on: bool, enabled: bool = True) -> None:
    """Draw a check box of 16 px around a centre."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, top = centre.x() - 7.5, centre.y() - 7.5
    if on and enabled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(left - 0.5, top - 0.5, 16, 16), 3, 3)
    else:
        painter.setPen(QPen(colour("edge" if enabled else "line2"), 1, _line(enabled=enabled)))
        painter.setBrush(colour("surface" if enabled else "sunken"))
        painter.drawRoundedRect(QRectF(left, top, 15, 15), 3, 3)
    if on:
        pen = QPen(colour("onaccent" if enabled else "text3"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = ((left + 4, top + 8.2), (left + 6.9, top + 11), (left + 12, top + 5.2))
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in tick]))
    painter.restore()
