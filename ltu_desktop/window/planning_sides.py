"""What stands at the right of the week board: one of three panes; in a narrow window a strip that brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ltu_desktop.window.planning_side import Side, Strip
from ltu_desktop.window.planning_substitutes import SubstitutesPane
from ltu_desktop.window.planning_templates import TemplatesPane

if TYPE_CHECKING:
    from ltu_desktop.window.desk import Desk


class Sides(QStackedWidget):
    """The panes: conflicts and needs, substitutes, kept weeks. `left` tells that the first one is back."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.side = Side(desk.words)
        self.substitutes = SubstitutesPane(desk.words)
        self.templates = TemplatesPane(desk)
        for pane in (self.side, self.substitutes, self.templates):
            self.addWidget(pane)
        self.substitutes.left.connect(self.go_back)
        self.templates.left.connect(self.go_back)
        self.strip = Strip(desk.words)
        self.strip.wanted.connect(self._toggle)
        self._narrow = False
        self._opened = False  # in a narrow window

    def bring(self, pane: QWidget, *, opened: bool = True) -> None:
        """Show a pane; a narrow window makes room for it where `opened`."""
        self.setCurrentWidget(pane)
        self._opened = self._opened or opened
        self.fit(narrow=self._narrow)

    def go_back(self) -> bool:
        """Show the conflicts and needs again; False when they are shown."""
        if self.currentWidget() is self.side:
            return False
        self.setCurrentWidget(self.side)
        self._opened = False
        self.fit(narrow=self._narrow)
        self.left.emit()
        return True

    def fit(self, *, narrow: bool) -> None:
        """Leave the strip alone where the window is narrow and nobody wants more."""
        self._narrow = narrow
        self.strip.setVisible(narrow)
        self.setVisible(not narrow or self._opened)

    def _toggle(self) -> None:
        self._opened = not self._opened
        self.fit(narrow=self._narrow)
