"""Small pieces of a page: labels, lines, chips, bands, fields that filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QRegion
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Button, Kind, rounded
from ltu_desktop.window.tokens import ASIDE, NARROW, Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent


def narrow(widget: QWidget) -> bool:
    """Tell whether what the window leaves beside an open drawer is narrow."""
    window = widget.window()
    return window.width() - (window.property(ASIDE) or 0) < theme.grown(NARROW)


def label(
    text: str = "",
    use: Text = Text.BODY,
    tone: str = "text",
    *,
    wrap: bool = False,
    select: bool = False,
) -> QLabel:
    """Make a label of one use and one colour; texts are plain, never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(use))
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(40)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a label's colour."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet reads."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def pane(ground: str = "canvas") -> QFrame:
    """Make an empty plain area with one of the grounds."""
    made = QFrame()
    made.setProperty("ground", ground)
    return made


def rule(*, vertical: bool = False, tone: str = "line") -> QFrame:
    """Make a hairline of 1 px."""
    made = QFrame()
    made.setProperty("rule", tone)
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def column(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0
) -> QVBoxLayout:
    """Make a vertical layout without surprises."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def row(
    parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QHBoxLayout:
    """Make a horizontal layout without surprises."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def clear(layout: QLayout) -> None:
    """Take every widget and layout out and delete them."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


def in_lines(parts: Sequence[str], metrics: QFontMetrics, room: int, between: str = " · ") -> str:
    """Set parts one after the other, in as many lines as they need."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


LEAST_INSIDE = 40  # px of what scrolls, in a low window


class Upright(QScrollArea):
    """Scrolls up and down only: it is never narrower than what it holds, so that larger texts are not cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Ask for the width of what is inside and of the scroll bar beside it."""
        low = super().minimumSizeHint()
        inner = self.widget()
        if inner is None:
            return low
        wide = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(wide, min(low.height(), LEAST_INSIDE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Ask anew when what is inside needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Inside(QWidget):
    """What scrolls: its scroll bar takes of the edge at the right, so that nothing moves when it comes or goes."""

    def __init__(self, area: QScrollArea, margins: tuple[int, int, int, int]) -> None:
        super().__init__()
        self._area, self._margins = area, margins

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Leave as much free at the right as without a scroll bar."""
        super().resizeEvent(event)
        layout, bar = self.layout(), max(0, self._area.width() - event.size().width())
        if layout is not None:
            left, top, right, bottom = self._margins
            layout.setContentsMargins(left, top, max(0, right - bar), bottom)


def scrolled(inner: QWidget) -> QScrollArea:
    """Let something scroll up and down where the window is too low for it, and nowhere else."""
    area = Upright()
    area.setWidget(inner)
    return area


class Elided(QLabel):
    """A label that shortens a long text with … and says the whole in its tooltip."""

    def __init__(self, text: str = "", use: Text = Text.BODY, tone: str = "text") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(use))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Give way to what stands beside."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw what fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), shown)


class Chip(QWidget):
    """A meaning in a word (icon, word, ground), or a plain tag when it has none."""

    def __init__(self, text: str, meaning: Meaning | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._meaning = text, meaning
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take what the word needs."""
        use = Text.NOTE_STRONG if self._meaning else Text.NOTE
        width = theme.metrics(use).horizontalAdvance(self._text)
        return QSize(width + 16 + (20 if self._meaning else 0), theme.grown(22))

    minimumSizeHint = sizeHint  # noqa: N815  Qt's name

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw ground, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        meaning = self._meaning
        if meaning is None:
            rounded(painter, self.rect(), "surface", "line2", 4)
            painter.setFont(theme.font(Text.NOTE))
            painter.setPen(theme.colour("text2"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
            return
        rounded(painter, self.rect(), f"{meaning}.bg", f"{meaning}.icon" if theme.contrast() else "", 4)
        icons.draw_meaning(painter, meaning, QRect(7, 0, 16, self.height()))
        painter.setFont(theme.font(Text.NOTE_STRONG))
        painter.setPen(theme.colour(f"{meaning}.fg"))
        painter.drawText(self.rect().adjusted(28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)


class DropZone(QFrame):
    """A place on which a file is dropped, with a dashed edge; `lit` while one is held over it."""

    lit = False

    def light(self, *, on: bool) -> None:
        """Show whether a file is held over it."""
        self.lit = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the edge on whole pixels: a style sheet's dashes are of two widths."""
        ground, edge, width = ("accenttint", "accent", 2) if self.lit else ("", "edge", 1)
        rounded(QPainter(self), self.rect(), ground, edge, 8, width, dashed=True)


JOINER = "\u2060"  # after a sign: the line does not break there
LEAST_SAID = 280  # of a band, beside its ways


class Band(QFrame):
    """A sentence that matters, on the ground of its meaning, with a strong first line and a way to mend."""

    def __init__(self, meaning: Meaning, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", str(meaning))
        self._whole = row(self, margins=(12, 8, 12, 8), gap=12)
        across = row(gap=12)
        self._whole.addLayout(across, 1)
        sign = QLabel()
        sign.setFixedWidth(20)
        icons.put(sign, icons.MEANING_ICON[meaning], f"{meaning}.icon", 20)
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.texts = column(gap=2)
        head = label(title, Text.STRONG, str(meaning), wrap=True)
        self.texts.addWidget(head)
        if text:
            self.texts.addWidget(label(text, Text.DENSE, wrap=True))
        across.addLayout(self.texts, 1)
        self.ways = row(gap=8)
        self._whole.addLayout(self.ways)
        self.setAccessibleName(f"{title} {text}".strip())

    def add_list(self, lines: Sequence[str]) -> None:
        """Add lines that each begin with a dot."""
        for each in lines:
            across = row()
            across.addWidget(label("•", Text.DENSE), 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(label(each, Text.DENSE, wrap=True), 1)
            self.texts.addLayout(across)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Set the ways below what is said where they would leave it little room."""
        super().resizeEvent(event)
        low = event.size().width() - self.ways.sizeHint().width() < theme.grown(LEAST_SAID)
        way = QBoxLayout.Direction.TopToBottom if low and self.ways.count() else QBoxLayout.Direction.LeftToRight
        if way != self._whole.direction():
            self._whole.setDirection(way)
            self._whole.setAlignment(self.ways, Qt.AlignmentFlag.AlignRight if low else Qt.AlignmentFlag(0))


def give_shadow(widget: QWidget) -> None:
    """Give a popup or toast the one shadow there is; none in high contrast."""
    Shadow(widget)


class Shadow(QWidget):
    """The shadow of a popup, just below it.

    Not an effect on the popup: Qt would draw all of it again, its shadow blurred anew, whenever a letter of it changes.
    """

    REACH, DOWN = 10, 4

    def __init__(self, popup: QWidget) -> None:
        super().__init__(popup.parentWidget())
        self._popup = popup
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.state().changed.connect(self.update)
        popup.installEventFilter(self)
        popup.destroyed.connect(self.deleteLater)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Go where the popup goes."""
        kinds = QEvent.Type
        if event.type() in {kinds.Show, kinds.Hide, kinds.Move, kinds.Resize, kinds.ZOrderChange}:
            out = self.REACH
            self.setGeometry(self._popup.geometry().adjusted(-out, self.DOWN - out, out, self.DOWN + out))
            self.stackUnder(self._popup)
            self.setVisible(self._popup.isVisible())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Lay thin shades over each other, each a little smaller."""
        shade = QColor(theme.tokens().shadow)
        if shade.alpha() == 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        steps = 2 * self.REACH
        shade.setAlphaF(shade.alphaF() / steps)
        painter.setBrush(shade)
        under = self._popup.geometry().translated(-self.pos()).adjusted(8, 8, -8, -8)  # what nobody sees costs most
        painter.setClipRegion(QRegion(self.rect()) - QRegion(under))
        for step in range(steps):
            painter.drawRoundedRect(self.rect().adjusted(step, step, -step, -step), 8 + self.REACH, 8 + self.REACH)


class StayInside(QObject):
    """Keeps a popup in sight when what it lies on becomes smaller."""

    def __init__(self, popup: QWidget) -> None:
        super().__init__(popup)
        self._popup = popup
        self._room = popup.parentWidget()
        assert self._room is not None
        self._room.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Move the popup in."""
        if event.type() == QEvent.Type.Resize:
            assert self._room is not None
            popup, room = self._popup, self._room.rect()
            x = max(8, min(popup.x(), room.width() - popup.width() - 8))
            popup.move(x, max(8, min(popup.y(), room.height() - popup.height() - 8)))
        return super().eventFilter(watched, event)


class Link(Button):
    """A quiet button that reads as a link in a line of text."""

    def __init__(self, text: str = "", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon=icon, kind=Kind.QUIET, height=28, parent=parent)
        self.padding = 0 if icon else 2  # in line with what stands above it: a sign has its own edge


class SearchField(QLineEdit):
    """A field that filters: a magnifying glass, a placeholder, Esc empties it."""

    def __init__(self, placeholder: str, width: int = 160, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMinimumWidth(min(width, 104))
        self.setMaximumWidth(width)
        self.setTextMargins(24, 0, 0, 0)
        self.setFont(theme.font(Text.DENSE))
        self.setClearButtonEnabled(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the glass into the margin; what has no room is said in the tooltip."""
        super().paintEvent(event)
        room = self.width() - 16 - self.textMargins().left()
        fits = self.fontMetrics().horizontalAdvance(self.placeholderText()) <= room
        self.setToolTip("" if fits else self.placeholderText())
        painter = QPainter(self)
        icons.draw(painter, "magnifying-glass", "text2", QRect(9, 0, 16, self.height()))

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window's own Esc, while there is something to empty."""
        early = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if early and event.key() == Qt.Key.Key_Escape and self.text():  # type: ignore[attr-defined]
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Empty the field on Esc before Esc means "back"."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)


class Clickable(QFrame):
    """An area that acts as one button: a check of a claim, a recent file."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", "inside")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn again when the pointer comes or goes

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Enter and Space click."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Tint under the pointer."""
        super().paintEvent(event)
        if self.underMouse():
            painter = QPainter(self)
            rounded(painter, self.rect(), "hover", "", 4)


class Resizing(QWidget):
    """A widget that tells its new width: pages hide hints and side lists by it."""

    resized = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Tell the width."""
        super().resizeEvent(event)
        self.resized.emit(event.size().width())
