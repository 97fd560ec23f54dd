"""What stands beside the attendance grid: a panel with facts, fields that stay in sight, and ways at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.side_panel import SidePanel
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from ltu_desktop.words import Words

WIDTH = 340


class Side(SidePanel):
    """A panel at the right of the grid."""

    def __init__(self, words: Words, title: str) -> None:
        super().__init__(words, title, Text.SECTION)
        self.body = self.add_body()
        self.end = QWidget()
        end = column(self.end)
        end.addWidget(rule())
        self.below = column(margins=(20, 8, 20, 0), gap=8)  # fields that stay in sight
        end.addLayout(self.below)
        self.foot = row(margins=(20, 8, 20, 12), gap=8)
        end.addLayout(self.foot)
        self.whole.addWidget(self.end)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter while the focus is in the panel."""
        return [("F6", self.words.text(N_("next pane"))), (self.words.term("key", "Esc"), self.words.text(N_("back")))]

    def section(self, text: str) -> None:
        """Begin a part of the body."""
        self.body.addSpacing(6)
        self.body.addWidget(label(text, Text.STRONG))

    def fact(self, name: str, value: str, *, tone: str = "text") -> None:
        """Say a name and its value in a line."""
        across = row(gap=8)
        across.addWidget(label(name, Text.DENSE, "text2", wrap=True), 1)
        across.addWidget(label(value, Text.DENSE_STRONG, tone))
        self.body.addLayout(across)
