"""A line below a new passphrase: how good it is, in words, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ltu_desktop.window import icons
from ltu_desktop.window.pieces import label, row, set_tone
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.words import Words


class StrengthLine(QWidget):
    """Icon and words; follows a field."""

    def __init__(self, words: Words, edit: QLineEdit, *, silent: bool = False) -> None:
        """`silent`: of an empty field nothing is said, because it is said elsewhere."""
        super().__init__()
        self._words, self._silent = words, silent
        across = row(self, gap=6)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        self.said = label("", Text.NOTE, "text2", wrap=True)  # as what is wrong below a field
        across.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.said, 1)
        edit.textChanged.connect(self._typed)
        self._typed(edit.text())

    def _typed(self, text: str) -> None:
        from ltu_desktop.actions.passphrases import STRENGTH_NAMES, Strength, strength

        found = strength(text)
        quiet = self._silent and found is Strength.NONE
        self._sign.setVisible(not quiet)
        self.said.setVisible(not quiet)
        meaning = {
            Strength.NONE: Meaning.ATTENTION,
            Strength.WEAK: Meaning.ATTENTION,
            Strength.FAIR: Meaning.INFO,
            Strength.STRONG: Meaning.OK,
        }[found]
        icons.put(self._sign, icons.MEANING_ICON[meaning], f"{meaning}.icon")
        self.said.setText(self._words.text(STRENGTH_NAMES[found]))
        set_tone(self.said, str(meaning))
