"""The bars of the frame: navigation, top bar with the month, status bar with the file and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QLabel, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import BY_CODE, key_text
from ltu_desktop.window.controls import Button, Kind, NavButton, rounded
from ltu_desktop.window.pieces import Clickable, column, label, row, rule, set_tone
from ltu_desktop.window.tokens import NAV_WIDTH, STATUS_BAR, TOP_BAR, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMenu

    from ltu_desktop.rules.periods import Month
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words

PAGES: Final = (
    "page.home",
    "page.people",
    "page.planning",
    "page.attendance",
    "page.claims",
    "page.payments",
    "page.reports",
)
FOOT: Final = ("page.settings",)


class Navigation(QFrame):
    """The pages at the left, the menu above them, the settings at the foot."""

    def __init__(self, commands: Commands, words: Words, menu: Callable[[], QMenu]) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        self.setFixedWidth(theme.grown(NAV_WIDTH))
        box = column(self)
        self.menu_button = Button(words.text(N_("Menu")), icon="list", kind=Kind.PLAIN)
        self.menu_button.setFont(theme.font(Text.DENSE))
        self.menu_button.padding = 4
        self.menu_button.clicked.connect(lambda: self._open(menu()))
        head = row(gap=0)
        head.addStretch(1)
        head.addWidget(self.menu_button)
        head.addStretch(1)
        holder = QWidget()
        holder.setFixedHeight(theme.grown(TOP_BAR))
        holder.setLayout(head)
        box.addWidget(holder)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, NavButton] = {}
        for code in (*PAGES, "", *FOOT):
            if not code:
                box.addStretch(1)
                continue
            command = BY_CODE[code]
            button = NavButton(words.text(command.text), command.icon)
            button.setToolTip(f"{words.text(command.text)} ({key_text(words, command.keys)})")
            button.clicked.connect(lambda _on=False, code=code: commands.do(code))
            self._group.addButton(button)
            self.buttons[code] = button
            box.addWidget(button)

    def _open(self, menu: QMenu) -> None:
        menu.exec(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
        menu.deleteLater()

    def show_page(self, code: str) -> None:
        """Mark the page that is shown."""
        button = self.buttons.get(f"page.{code}")
        if button is not None:
            button.setChecked(True)

    def refit(self) -> None:
        """Take the height of items that the window's width asks for."""
        for button in self.buttons.values():
            button.updateGeometry()


class MonthPicker(QWidget):
    """The one month, between the months before and after."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self.setFixedSize(theme.grown(208), 34)
        across = row(self, gap=0)
        self._text = label("", Text.STRONG)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous = _Arrow("caret-left")
        self.next = _Arrow("caret-right")
        for arrow, code in ((self.previous, "month.previous"), (self.next, "month.next")):
            arrow.clicked.connect(lambda _on=False, code=code: commands.do(code))
            commands.actions[code].changed.connect(
                lambda arrow=arrow, action=commands.actions[code]: arrow.setEnabled(action.isEnabled())
            )
        across.addWidget(self.previous)
        across.addWidget(self._text, 1)
        across.addWidget(self.next)
        theme.state().changed.connect(self.update)

    def say(self, words: Words, month: Month) -> None:
        """Show a month."""
        text = words.month(month)
        self._text.setText(text[:1].upper() + text[1:])
        for arrow, neighbour in ((self.previous, month.plus(-1)), (self.next, month.plus(1))):
            arrow.setAccessibleName(words.month(neighbour))
            arrow.setToolTip(words.month(neighbour))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw one box around the three parts."""
        painter = QPainter(self)
        rounded(painter, self.rect(), "surface", "edge", 6)
        painter.fillRect(QRect(34, 0, 1, self.height()), theme.colour("line2"))
        painter.fillRect(QRect(self.width() - 35, 0, 1, self.height()), theme.colour("line2"))


class _Arrow(QAbstractButton):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(34, 34)
        self.setProperty("ring", True)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        return QSize(34, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            rounded(painter, self.rect().adjusted(2, 2, -2, -2), "hover", "", 4)
        icons.draw(painter, self._icon, "text2" if self.isEnabled() else "line2", self.rect())


WITH_KEYS = 180  # a narrower search shows its words alone


class SearchButton(QAbstractButton):
    """Looks like a field and opens the palette, where one types."""

    def __init__(self, text: str, short: str, hint: str) -> None:
        """`short` stands for the text where there is little room."""
        super().__init__()
        self.setText(text)
        self._short, self._hint = short, hint
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({hint})")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setProperty("ring", True)
        self.setMinimumWidth(120)
        self.setMaximumWidth(404)
        self.setFixedHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Take the width of the drawing when there is room."""
        return QSize(404, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw a field with a glass, a placeholder and its keys."""
        painter = QPainter(self)
        rounded(painter, self.rect(), "surface", "text2" if self.underMouse() else "edge", 6)
        icons.draw(painter, "magnifying-glass", "text2", QRect(11, 0, 16, self.height()))
        keys = self._hint.split(" ")
        painter.setFont(theme.font(Text.NOTE))
        metrics = painter.fontMetrics()
        right = self.width() - 8
        for key in reversed(keys) if self.width() >= WITH_KEYS else ():
            width = metrics.horizontalAdvance(key) + 12
            box = QRect(right - width, (self.height() - 20) // 2, width, 20)
            rounded(painter, box, "surface", "line2", 4)
            painter.setPen(theme.colour("text3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
            right -= width + 6
        painter.setFont(theme.font(Text.BODY))
        painter.setPen(theme.colour("text3"))
        area = QRect(36, 0, right - 40, self.height())
        whole = painter.fontMetrics().horizontalAdvance(self.text()) <= area.width()
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text() if whole else self._short)


class TopBar(QFrame):
    """The month, the search, what is saved, undo and redo, help."""

    def __init__(self, commands: Commands, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ground", "surface")
        self.setFixedHeight(theme.grown(TOP_BAR))
        across = row(self, margins=(24, 0, 24, 0), gap=12)
        self.month = MonthPicker(commands)
        across.addWidget(self.month)
        self.search = SearchButton(
            words.text(N_("Person, page, action or month")),
            words.term("field", "Search"),
            key_text(words, BY_CODE["view.palette"].keys),
        )
        self.search.clicked.connect(lambda: commands.do("view.palette"))
        across.addWidget(self.search, 10)
        across.addStretch(1)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        self.saved = label("", Text.BODY, "text3")
        self.history = Clickable()
        self.history.setFixedHeight(32)
        self.history.clicked.connect(lambda: commands.do("view.history"))
        state = row(self.history, margins=(6, 0, 6, 0), gap=6)
        state.addWidget(self._sign)
        state.addWidget(self.saved)
        across.addWidget(self.history)
        across.addWidget(self._line())
        self.undo = commands.button("edit.undo", kind=Kind.QUIET)
        self.redo = commands.button("edit.redo", kind=Kind.QUIET, text="")
        across.addWidget(self.undo)
        across.addWidget(self.redo)
        across.addWidget(self._line())
        across.addWidget(commands.button("view.help", kind=Kind.QUIET))

    @staticmethod
    def _line() -> QFrame:
        line = rule(vertical=True, tone="line2")
        line.setFixedHeight(22)
        return line

    def say_saved(self, text: str, icon: str, tone: str, icon_tone: str, why: str = "") -> None:
        """Show the state of saving in words, with its icon, and why nothing can be saved where that is so."""
        self.saved.setText(text)
        self.saved.setToolTip(why)
        self.saved.setAccessibleDescription(why)
        set_tone(self.saved, tone)
        icons.put(self._sign, icon, icon_tone)
        command = BY_CODE["view.history"]
        self.history.setVisible(bool(text))
        self.history.setAccessibleName(f"{text}. {self._words.text(command.text)}")
        self.history.setToolTip(f"{self._words.text(command.text)} ({key_text(self._words, command.keys)})")


class StatusBar(QFrame):
    """The file and its key at the left, work under way, and the keys most useful here at the right."""

    stopped = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ground", "sunken")
        self.setFixedHeight(theme.grown(STATUS_BAR))
        across = row(self, margins=(12, 0, 16, 0), gap=8)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        self.file = label("", Text.NOTE, "text2")
        self.facts = label("", Text.NOTE, "text2")
        self.keys = label("", Text.NOTE, "text2")
        across.addWidget(self._sign)
        across.addWidget(self.file)
        across.addSpacing(12)
        across.addWidget(self.facts)
        across.addStretch(1)
        across.addWidget(self.keys)

    def say_file(self, text: str, icon: str) -> None:
        """Show the file, and whether it is locked, open or read-only."""
        self.file.setText(text)
        icons.put(self._sign, icon, "text2")

    def say_keys(self, hints: Sequence[tuple[str, str]], *, few: bool) -> None:
        """Show keys with what they do; in a narrow window only the first two."""
        shown = hints[:2] if few else hints[:4]
        self.keys.setText("      ".join(f"{key}{self._words.colon} {text}" for key, text in shown))
