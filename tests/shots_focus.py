"""One picture of all that can have the focus: each kind of thing with its ring, cut out of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit, QScrollArea, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.attendance_grid import Grid
from ltu_desktop.window.controls import Button, Choice, Segments
from ltu_desktop.window.pieces import Clickable, Link
from ltu_desktop.window.tabs import Tabs
from ltu_desktop.window.timeline import Timeline
from tests.studio import Studio, settle, wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CELL = (334, 124)  # of the sheet
ACROSS = 4
SEEN = (310, 92)  # of the window around the focus, at most


def _first(kind: type[QWidget], at: QWidget, wanted: Callable[[Any], bool] = lambda _each: True) -> QWidget:
    return next(each for each in at.findChildren(kind) if each.isVisible() and each.isEnabled() and wanted(each))


def _things(studio: Studio) -> Iterator[tuple[str, QWidget]]:
    """Show page after page, and name on each what can have the focus."""
    frame = studio.frame
    studio.open_month()
    page: Any = frame.pages["home"]
    yield "primary button", page.next
    yield "button", page.buttons[0]
    yield "step of Home", _first(Clickable, page)
    yield "navigation", frame.navigation.buttons["page.people"]
    yield "current page", frame.navigation.buttons["page.home"]
    yield "month", _first(QAbstractButton, frame.top, lambda each: each.property("ring"))
    frame.go("people", "0018")
    settle(frame)
    page = frame.pages["people"]
    yield "row of a list", page.list.table
    yield "filter", _first(Choice, page)
    yield "typed filter", page.list.search
    yield "icon", _first(Button, page, lambda each: not each.text())
    yield "tab", _first(QAbstractButton, _first(Tabs, page))
    yield "timeline", _first(Timeline, page)
    yield "link", _first(Link, page)
    yield "choice", _first(QComboBox, page)
    yield "date", _first(QLineEdit, page.panel)
    frame.go("claim")
    settle(frame)
    page = frame.pages["claim"]
    yield "figure", page.lines.table
    yield "total", page.lines.totals
    yield "check", page.checks.items[0]
    frame.go("attendance")
    settle(frame)
    page = frame.pages["attendance"]
    yield "cell of the grid", page.grid
    yield "segment", _first(QAbstractButton, page.segments, lambda each: each.isChecked())
    yield "other segment", _first(QAbstractButton, _first(Segments, page), lambda each: not each.isChecked())
    frame.go("settings", "window")
    settle(frame)
    yield "section", frame.pages["settings"].rail.items["window"]  # type: ignore[attr-defined]
    frame.go("planning")
    settle(frame)
    yield "check box", _first(QCheckBox, frame.pages["planning"])


def focus(studio: Studio) -> None:
    """Put the focus on one thing after the other; the picture is the sheet of all of them."""
    sheet = QPixmap(1366, 768)
    sheet.fill(theme.colour("canvas"))
    for at, (name, thing) in enumerate(_things(studio)):
        thing.setFocus(Qt.FocusReason.TabFocusReason)
        area = thing.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:  # as Tab does it
            area.ensureWidgetVisible(thing)
        wait(studio.frame, 30)
        middle = _hand(thing)
        around = QRect(0, 0, *SEEN)
        around.moveCenter(middle)
        around.moveLeft(max(0, around.left()))
        around = around.intersected(studio.frame.rect())
        x, y = 8 + at % ACROSS * (CELL[0] + 6), 4 + at // ACROSS * CELL[1]
        painter = QPainter(sheet)
        painter.setPen(theme.colour("text"))
        painter.drawText(x, y + 16, name)
        painter.drawPixmap(QPoint(x, y + 22), studio.frame.grab(around))
        painter.end()
    studio.sheet = sheet


def _hand(thing: QWidget) -> QPoint:
    """Return the place in the window where the focus of a thing is seen."""
    rect = thing.rect()
    table: Any = thing
    if hasattr(thing, "currentIndex") and hasattr(thing, "visualRect"):
        rect = table.visualRect(table.currentIndex()).translated(table.viewport().pos())
    elif isinstance(thing, Grid):
        found = thing.view.layout.cell(thing.choice.active, thing.view.scroll_x, thing.view.scroll_y)
        assert found is not None
        rect = QRect(*found).translated(thing.viewport().pos())
    elif hasattr(thing, "area") and hasattr(thing, "place"):
        rect = table.area(table.place, table.code)
    return thing.mapTo(thing.window(), rect.center() if rect.width() < SEEN[0] else rect.topLeft() + QPoint(140, 20))


SHOTS = (focus,)
