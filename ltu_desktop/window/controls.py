"""Things to click: buttons with their key inside, filters, segments, navigation. Painted here with the tokens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from ltu_desktop.window import icons, theme
from ltu_desktop.window.tokens import NARROW, NAV_ITEM, NAV_WIDTH, TARGET, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionComboBox


TIGHT = 4  # padding beside a text that leaves no room for a frame: what would be one is a line below


class Kind(StrEnum):
    """What a button is: one primary a page, normal ones, and quiet ones that look like links."""

    PRIMARY = "primary"
    NORMAL = "normal"
    QUIET = "quiet"
    PLAIN = "plain"  # an icon alone, in the colour of secondary text
    ALERT = "alert"  # a quiet one that leads to what blocks


class Button(QAbstractButton):
    """A button: icon, text and, when the window is wide enough, its key."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        kind: Kind = Kind.NORMAL,
        hint: str = "",
        menu: bool = False,
        height: int = TARGET,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.icon_name = icon
        self.hint = hint
        self.drops = menu  # a caret at the right tells that a menu opens
        self._height = theme.grown(height)
        self.padding = 12  # left and right of the content
        self.squeezed = False  # the icon alone, where there is no room for more
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(Text.STRONG))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn again when the pointer comes or goes
        theme.state().changed.connect(self.update)

    def show_hint(self) -> bool:
        """Tell whether the key is shown: not in a narrow window."""
        return bool(self.hint) and self.window().width() >= theme.grown(NARROW)

    def squeeze(self, *, on: bool) -> None:
        """Show the icon alone, or all again; the tooltip says the rest."""
        if on != self.squeezed and self.icon_name:
            self.squeezed = on
            self.refit()

    def _widths(self, *, squeezed: bool) -> tuple[int, int, int]:
        icon = 16 if self.icon_name else 0
        if squeezed:
            return icon, 0, 0
        text = self.fontMetrics().horizontalAdvance(self.text())
        hint = theme.metrics(Text.NOTE).horizontalAdvance(self.hint) if self.show_hint() else 0
        return icon, text, hint

    def needed(self, *, squeezed: bool) -> int:
        """Return the px that it takes, with its icon alone or with all."""
        icon, text, hint = self._widths(squeezed=squeezed)
        parts = [width for width in (icon, text, hint, 12 if self.drops else 0) if width]
        return max(sum(parts) + 8 * (len(parts) - 1) + (2 * self.padding if text else 16), self._height)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take what icon, text and key need, and never less than the least target."""
        return QSize(self.needed(squeezed=self.squeezed), self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Never cut the text."""
        return self.sizeHint()

    def _colours(self) -> tuple[str, str, str]:
        """Return the tokens of ground, border and text; an empty one draws nothing."""
        hover, down = self.underMouse() and self.isEnabled(), self.isDown()
        quiet = {Kind.QUIET: "accent", Kind.PLAIN: "text2", Kind.ALERT: "blocking.fg"}
        if not self.isEnabled():
            edge = "line2" if self.kind not in quiet or theme.contrast() else ""  # dashed there
            return "" if self.kind in quiet else "sunken", edge, "text3"
        if self.kind == Kind.PRIMARY:
            return "accentpress" if down else "accenthover" if hover else "accent", "", "onaccent"
        if self.kind in quiet:
            return "sunken" if hover or down else "", "", quiet[self.kind]
        return "sunken" if down else "hover" if hover else "surface", "edge", "text"

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw ground, icon, text, key and caret from left to right, centred."""
        painter = QPainter(self)
        ground, border, text_tone = self._colours()
        icon, text, hint = self._widths(squeezed=self.squeezed)
        below = off_by_dashes(self) and bool(text) and self.padding < TIGHT
        rounded(painter, self.rect(), ground, "" if below else border, 6, dashed=off_by_dashes(self))
        x = (self.width() - (self.sizeHint().width() - (2 * self.padding if text else 16))) // 2
        height = self.height()
        if icon:
            icons.draw(painter, self.icon_name, text_tone, QRect(x, 0, 16, height))
            x += 24
        if text:
            painter.setFont(self.font())
            painter.setPen(theme.colour(text_tone))
            painter.drawText(QRect(x, 0, text + 2, height), Qt.AlignmentFlag.AlignVCenter, self.text())
            if below:
                painter.setPen(QPen(theme.colour(border), 1, Qt.PenStyle.DashLine))
                painter.drawLine(x, height - 4, x + text, height - 4)
            x += text + 8
        if hint:
            painter.setFont(theme.font(Text.NOTE))
            painter.setPen(theme.colour("onaccent" if text_tone == "onaccent" else "text3"))
            painter.drawText(QRect(x, 0, hint + 2, height), Qt.AlignmentFlag.AlignVCenter, self.hint)
            x += hint + 8
        if self.drops:
            icons.draw(painter, "caret-down", text_tone, QRect(x, 0, 12, height), 12)

    def refit(self) -> None:
        """Take the new size after a text or the window's width changed."""
        self.updateGeometry()
        self.update()


def off_by_dashes(widget: QWidget) -> bool:
    """Tell whether dashes must say that a widget is off: in high contrast no grey is left for it."""
    return not widget.isEnabled() and theme.contrast()


def rounded(
    painter: QPainter, rect: QRect, ground: str, border: str, radius: int, width: float = 1, *, dashed: bool = False
) -> None:
    """Draw a rounded ground with a crisp border; empty tokens draw nothing."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    line = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(theme.colour(border), width, line) if border else Qt.PenStyle.NoPen)
    inset = width / 2 if border else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


class Choice(QAbstractButton):
    """A filter: its name, the chosen value, and a menu of values; a set filter is tinted."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        """`options` are (value, text); the first one stands for "no filter"."""
        super().__init__(parent)
        self._name = name
        self._options: list[tuple[object, str]] = list(options)
        self.value: object = self._options[0][0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        theme.state().changed.connect(self.update)
        self._tell()

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other values, keeping the chosen one when it is still there."""
        self._options = list(options)
        if self.value not in {value for value, _ in self._options}:
            self.value = self._options[0][0]
        self._tell()

    def choose(self, value: object) -> None:
        """Take a value and tell."""
        if value != self.value:
            self.value = value
            self._tell()
            self.chosen.emit(value)

    def valid(self, value: object) -> object:
        """Return a value if it can be chosen, else that of no filter."""
        return value if value in {each for each, _ in self._options} else self._options[0][0]

    def is_set(self) -> bool:
        """Tell whether the filter leaves anything out."""
        return self.value != self._options[0][0]

    def label(self) -> str:
        """Return the text of the chosen value."""
        return next(text for value, text in self._options if value == self.value)

    def _tell(self) -> None:
        self.setText(f"{self._name} {self.label()}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """Make the menu of values."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value, text in self._options:
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.setData(value)
            action.triggered.connect(lambda _on=False, value=value: self.choose(value))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take what name and value need."""
        body = theme.metrics(Text.DENSE)
        strong = theme.metrics(Text.DENSE_STRONG)
        width = body.horizontalAdvance(self._name) + strong.horizontalAdvance(self.label())
        return QSize(width + 10 + 6 + 8 + 12 + 10, theme.grown(30))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way where there is no room, short choices last; the tooltip says the whole."""
        return QSize(min(130, self.sizeHint().width()), theme.grown(30))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw name, value and caret."""
        painter = QPainter(self)
        on = self.is_set()
        hover = self.underMouse()
        rounded(
            painter, self.rect(), "accenttint" if on else "hover" if hover else "surface", "accent" if on else "edge", 4
        )
        body = theme.metrics(Text.DENSE)
        painter.setFont(theme.font(Text.DENSE))
        painter.setPen(theme.colour("text3"))
        painter.drawText(self.rect().adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._name)
        x = 10 + body.horizontalAdvance(self._name) + 6
        painter.setFont(theme.font(Text.DENSE_STRONG if on else Text.DENSE))
        painter.setPen(theme.colour("text"))
        room = self.width() - x - 26
        shown = painter.fontMetrics().elidedText(self.label(), Qt.TextElideMode.ElideRight, room)
        self.setToolTip("" if shown == self.label() else self.text())
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        icons.draw(painter, "caret-down", "text2", QRect(self.width() - 22, 0, 12, self.height()), 12)


AROUND_TEXT = 42  # of a drop-down list: its edges and its caret


class Select(QComboBox):
    """A drop-down list with the same caret as everything that opens a menu."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str = "", parent: QWidget | None = None) -> None:
        """`options` are (code, text)."""
        super().__init__(parent)
        self.setFont(theme.font(Text.BODY))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code, text in options:
            self.addItem(text, code)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.currentTextChanged.connect(self._tell)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802  Qt's name
        """Shorten with … what has no room."""
        super().initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, self.width() - AROUND_TEXT
        )

    def _tell(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.currentText()) <= self.width() - AROUND_TEXT
        self.setToolTip("" if fits else self.currentText())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Say in the tooltip what has no room."""
        super().resizeEvent(event)
        self._tell()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way where there is no room; the tooltip says the whole."""
        return QSize(min(120, self.sizeHint().width()), super().minimumSizeHint().height())

    def showPopup(self) -> None:  # noqa: N802  Qt's name
        """Show the whole of every choice."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the caret at the right."""
        super().paintEvent(event)
        tone = "text2" if self.isEnabled() else "text3"
        icons.draw(QPainter(self), "caret-down", tone, QRect(self.width() - 24, 0, 12, self.height()), 12)


class Segments(QFrame):
    """A few exclusive choices side by side, each with a count: arrows move between them."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._parts: list[_Segment] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """Show texts with their counts, and keep the chosen place."""
        current = max(self.index(), 0)
        for old in self._parts:
            self._layout.removeWidget(old)
            old.deleteLater()
        self._parts = []
        for place, (text, count) in enumerate(texts):
            part = _Segment(text, count, place, len(texts), self)
            part.setChecked(place == current)
            part.clicked.connect(lambda _on=False, place=place: self.chosen.emit(place))
            part.toggled.connect(self._lead)
            self._layout.addWidget(part)
            self._parts.append(part)
        self._lead()

    def choose(self, place: int) -> None:
        """Take a place, as a click does."""
        if place != self.index():
            self._parts[place].click()

    def _lead(self) -> None:
        """Let the chosen place have the focus that is given to all of them."""
        if self._parts:
            self.setFocusProxy(self._parts[max(0, self.index())])

    def index(self) -> int:
        """Return the chosen place, -1 when there is none."""
        return next((place for place, part in enumerate(self._parts) if part.isChecked()), -1)


class _Segment(QAbstractButton):
    def __init__(self, text: str, count: str, place: int, many: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._count, self._first, self._last = count, place == 0, place == many - 1
        self.setText(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{text} {count}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.state().changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        strong = theme.metrics(Text.DENSE_STRONG)
        width = strong.horizontalAdvance(self.text()) + strong.horizontalAdvance(self._count)
        return QSize(width + 24 + (7 if self._count else 0), theme.grown(32))

    minimumSizeHint = sizeHint  # noqa: N815  Qt's name

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        on = self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        full = on and theme.contrast()  # a colour of letters alone would say too little
        ground = "accent" if full else "accenttint" if on else "hover" if self.underMouse() else "surface"
        # the outer corners are round: draw a wider box and clip it
        box = self.rect().adjusted(0 if self._first else -8, 0, 0 if self._last else 8, 0)
        painter.setClipRect(self.rect())
        rounded(painter, box, ground, "edge", 6)
        if not self._first:
            painter.fillRect(QRect(0, 0, 1, self.height()), theme.colour("edge"))
        strong = theme.font(Text.DENSE_STRONG)
        painter.setFont(strong if on else theme.font(Text.DENSE))
        painter.setPen(theme.colour("onaccent" if full else "accent" if on else "text"))
        painter.drawText(self.rect().adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(strong)
        painter.drawText(
            self.rect().adjusted(0, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count
        )
        if self.hasFocus():
            rounded(painter, self.rect().adjusted(2, 2, -2, -2), "", "onaccent" if full else "focus", 4, 2)


class NavButton(QAbstractButton):
    """An item of the navigation: icon over word, and a badge where something blocks.

    Where not even both have room, in a low window below what went wrong, the icon alone.
    """

    ICON = 22

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.badge = 0
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        theme.state().changed.connect(self.update)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  Qt's name
        """Show the pointer."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's name
        """Show that the pointer left."""
        self.update()
        super().leaveEvent(event)

    def set_badge(self, count: int) -> None:
        """Show a number, or none for 0."""
        if count != self.badge:
            self.badge = count
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the navigation's width; items are lower in a narrow window."""
        high = 54 if self.window().width() < theme.grown(NARROW) else NAV_ITEM
        return QSize(theme.grown(NAV_WIDTH), theme.grown(high))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way in a low window."""
        return QSize(theme.grown(NAV_WIDTH), self.ICON + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the ground and bar of the current item, icon, word and badge."""
        painter = QPainter(self)
        on = self.isChecked()
        if on:
            painter.fillRect(self.rect(), theme.colour("surface"))
            painter.fillRect(QRect(0, 0, 3, self.height()), theme.colour("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        tone = "accent" if on else "text2"
        room = self.height() - self.ICON - theme.grown(18)  # beside icon and word
        gap = min(4, room)
        top = (room - gap) // 2 if room >= 0 else (self.height() - self.ICON) // 2
        icons.draw(painter, self.icon_name, tone, QRect(0, top, self.width(), self.ICON), self.ICON)
        if room >= 0:
            painter.setFont(theme.font(Text.NOTE_STRONG if on else Text.NOTE))
            painter.setPen(theme.colour(tone))
            word = QRect(0, top + self.ICON + gap, self.width(), theme.grown(18))
            painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.badge:
            self._paint_badge(painter, top)
        if self.hasFocus():
            rounded(painter, self.rect().adjusted(5, 2, -2, -2), "", "focus", 4, 2)

    def _paint_badge(self, painter: QPainter, top: int) -> None:
        text = str(self.badge) if self.badge < 100 else "99+"  # wider would not fit beside the icon
        width = max(16, theme.metrics(Text.NOTE_STRONG).horizontalAdvance(text) + 8)
        box = QRect(self.width() // 2 + 5, max(0, top - 3), width, 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("blocking.icon"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setFont(theme.font(Text.NOTE_STRONG))
        painter.setPen(QColor(theme.colour("blocking.bg")))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
