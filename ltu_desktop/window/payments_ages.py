"""How long the open claims have been waiting: a figure for each age, above expected and received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.money import ZERO
from ltu_desktop.window import icons
from ltu_desktop.window.pieces import clear, column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from decimal import Decimal

    from ltu_desktop.words import Words

NAMES: dict[str, str] = {
    "": N_("Not sent yet"),
    "0-30": N_("Sent 0 to 30 days ago"),
    "31-60": N_("31 to 60 days"),
    "61-90": N_("61 to 90 days"),
    "90+": N_("Over 90 days"),
}
LATE = {"61-90", "90+"}


class AgesStrip(QFrame):
    """Open euros by the age of their claim; what is late carries a sign."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ground", "canvas")
        self._across = row(self, margins=(24, 12, 24, 12), gap=16)
        self.said: dict[str, str] = {}

    def show_ages(self, ages: dict[str, Decimal]) -> None:
        """Show euros by age, as `queries.payments.ageing` gives them."""
        words = self._words
        clear(self._across)
        self.said = {}
        for place, (code, name) in enumerate(NAMES.items()):
            if place:
                self._across.addWidget(rule(vertical=True, tone="line2"))
            value = ages.get(code, ZERO)
            late = code in LATE and bool(value)
            self.said[code] = words.money(value) if value else "–"
            box = column(gap=2)
            box.addWidget(label(words.text(name), Text.DENSE, "text2"))
            line = row(gap=6)
            if late:
                sign = QLabel()
                icons.put(sign, "warning", "attention.icon")
                sign.setFixedWidth(16)
                line.addWidget(sign)
            tone = "attention" if late else "text" if value else "text3"
            line.addWidget(label(self.said[code], Text.SECTION, tone), 1)
            box.addLayout(line)
            self._across.addLayout(box, 1)
