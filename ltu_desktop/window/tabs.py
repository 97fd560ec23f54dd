"""Tabs of a panel: words in a line, the chosen one underlined, a count after a word; arrows move between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QFrame, QMenu, QSizePolicy, QWidget

from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind, rounded
from ltu_desktop.window.pieces import row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

HEIGHT = 38
EDGE, GAP = 12, 4


class _Tab(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.state().changed.connect(self.update)

    def say_count(self, count: int) -> None:
        """Say how many there are behind the tab; nothing for none."""
        self.count = str(count) if count else ""
        self.setAccessibleName(f"{self.text()} {self.count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        width = theme.metrics(Text.DENSE_STRONG).horizontalAdvance(self.text())
        count = theme.metrics(Text.NOTE).horizontalAdvance(self.count)
        return QSize(width + (count + 5 if count else 0) + 16, HEIGHT)

    minimumSizeHint = sizeHint  # noqa: N815  Qt's name

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        on = self.isChecked()
        strong = theme.font(Text.DENSE_STRONG)
        painter.setFont(strong if on else theme.font(Text.DENSE))
        painter.setPen(theme.colour("accent" if on else "text" if self.underMouse() else "text2"))
        area = self.rect().adjusted(8, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.count:
            gone = QFontMetrics(painter.font()).horizontalAdvance(self.text()) + 5
            painter.setFont(theme.font(Text.NOTE))
            painter.setPen(theme.colour("text3"))
            painter.drawText(area.adjusted(gone, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.count)
        if on:
            painter.fillRect(QRect(8, self.height() - 3, self.width() - 16, 3), theme.colour("accent"))
        if self.hasFocus():
            rounded(painter, self.rect().adjusted(1, 4, -1, -5), "", "focus", 4, 2)


class Tabs(QFrame):
    """The line of tabs; `chosen` tells the code of the one that was chosen. What has no room stands in a menu."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], more: str, parent: QWidget | None = None) -> None:
        """`tabs` are (code, text); the first one is chosen. `more` names the menu of those without room."""
        super().__init__(parent)
        self.setFixedHeight(theme.grown(HEIGHT))
        self.setMinimumWidth(120)
        across = row(self, margins=(EDGE, 0, EDGE, 0), gap=GAP)
        self._tabs: dict[str, _Tab] = {}
        for code, text in tabs:
            tab = _Tab(text, self)
            tab.toggled.connect(lambda on, code=code: self._toggled(code) if on else None)
            across.addWidget(tab)
            self._tabs[code] = tab
        self.more = Button(icon="dots-three", kind=Kind.PLAIN, height=28)
        self.more.setAccessibleName(more)
        self.more.setToolTip(more)
        self.more.clicked.connect(self._open_menu)
        across.addWidget(self.more)
        across.addStretch(1)
        self._tabs[tabs[0][0]].setChecked(True)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Ask for no more than a little: what has no room goes into the menu."""
        return QSize(120, HEIGHT)

    minimumSizeHint = sizeHint  # noqa: N815  Qt's name

    def _toggled(self, code: str) -> None:
        self.fit()
        self.chosen.emit(code)

    @property
    def current(self) -> str:
        """The code of the chosen tab."""
        return next(code for code, tab in self._tabs.items() if tab.isChecked())

    def choose(self, code: str) -> None:
        """Choose a tab."""
        self._tabs[code].setChecked(True)

    def say_count(self, code: str, count: int) -> None:
        """Say how many there are behind a tab."""
        self._tabs[code].say_count(count)
        self.fit()

    def button(self, code: str) -> QAbstractButton:
        """Return what is clicked to choose a tab."""
        return self._tabs[code]

    # ---- what has room ----

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Show the tabs for which there is room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show as many tabs as there is room for, the chosen one always; the others wait in the menu."""
        if not any(tab.isChecked() for tab in self._tabs.values()):
            return
        room = self.width() - 2 * EDGE
        widths = {code: tab.sizeHint().width() + GAP for code, tab in self._tabs.items()}
        shown = list(self._tabs)
        if sum(widths.values()) - GAP > room:
            room -= self.more.sizeHint().width() + widths[self.current]
            shown = []
            for code in self._tabs:
                if code != self.current:
                    room -= widths[code]
                if room < 0:
                    break
                shown.append(code)
        for code, tab in self._tabs.items():
            tab.setVisible(code in shown or code == self.current)
        self.more.setVisible(len(shown) < len(self._tabs))

    def waiting(self) -> list[str]:
        """Return the codes of the tabs that have no room."""
        return [code for code, tab in self._tabs.items() if tab.isHidden()]

    def menu(self) -> QMenu:
        """Make the menu of the tabs that have no room."""
        menu = QMenu(self)
        for code in self.waiting():
            tab = self._tabs[code]
            text = f"{tab.text()}  {tab.count}".strip()
            menu.addAction(text).triggered.connect(lambda _on=False, code=code: self._from_menu(code))
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()

    def _from_menu(self, code: str) -> None:
        self.choose(code)
        self._tabs[code].setFocus(Qt.FocusReason.OtherFocusReason)
