"""The list of keys (Shift+F1)."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.commands import BY_CODE, COMMANDS, key_text
from ltu_desktop.window.pieces import column, label, row, scrolled
from ltu_desktop.window.popup import TOP, Popup
from ltu_desktop.window.tokens import STATUS_BAR, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ltu_desktop.window.commands import Commands
    from ltu_desktop.words import Words

KEYS_COLUMN = 400  # px of a column


class KeysHelp(Popup):
    """The keys that work, by group, as the registry has them."""

    def __init__(self, window: QWidget, commands: Commands, words: Words) -> None:
        super().__init__(window, KEYS_COLUMN * 2)
        self._commands, self._words = commands, words
        self._columns = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.text(N_("Keyboard shortcuts")))
        self._scroll = scrolled(QWidget())
        column(self, margins=(1, 1, 1, 1)).addWidget(self._scroll)

    def lay(self) -> None:
        """Lay the groups out in columns of about the same height, to be read one after the other."""
        columns = 3 if self.window().width() >= theme.grown(KEYS_COLUMN * 3 + 48) else 2
        if columns == self._columns:
            return
        words, self._columns = self._words, columns
        self._inside = QWidget()
        body = column(self._inside, margins=(24, 14, 24, 14), gap=12)
        head = row(gap=24)
        head.addWidget(label(words.text(N_("Keyboard shortcuts")), Text.TITLE))
        tables = words.text(N_("In tables: arrows move, Enter opens, Ctrl C copies to Excel."))
        head.addWidget(label(tables, Text.DENSE, "text3", wrap=True), 1)
        body.addLayout(head)
        groups: dict[str, list[tuple[str, str]]] = {}
        for command in COMMANDS:
            if command.keys:
                groups.setdefault(command.group, []).append(
                    (key_text(words, BY_CODE[command.code].keys), words.text(command.text))
                )
        sides = row(gap=24)
        lists = [column(gap=12) for _ in range(columns)]
        for each in lists:
            sides.addLayout(each, 1)
        parts = [self._group(words.text(group), keys) for group, keys in groups.items()]
        tall = [len(keys) + 2 for keys in groups.values()]  # in lines: the head and what is free take two
        ways = ((0, *cuts, len(parts)) for cuts in combinations(range(1, len(parts)), columns - 1))
        ends = min(ways, key=lambda each: max(sum(tall[a:b]) for a, b in pairwise(each)))  # the lowest of all
        for each, (a, b) in zip(lists, pairwise(ends), strict=True):
            for part in parts[a:b]:
                each.addLayout(part)
            each.addStretch(1)
        body.addLayout(sides)
        self._scroll.setWidget(self._inside)
        self.setFixedWidth(KEYS_COLUMN * columns)

    @staticmethod
    def _group(name: str, keys: list[tuple[str, str]]) -> QVBoxLayout:
        part = column(gap=2)
        part.addWidget(label(name, Text.DENSE_STRONG, "accent"))
        for key, said in keys:
            line = row(gap=12)
            shown = label(key, Text.DENSE_STRONG)
            shown.setMinimumWidth(104)
            line.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(said, Text.DENSE, "text2", wrap=True), 1)
            part.addLayout(line)
        return part

    def open(self) -> None:
        """Show the keys; the arrows scroll them in a low window."""
        self.lay()
        room = self.window().height() - TOP - STATUS_BAR - 6  # down to the window's foot
        self._scroll.setFixedHeight(min(room, self._inside.heightForWidth(self.width() - 16)))
        self.appear()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Scroll by the arrows and by pages."""
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: 40,
            Qt.Key.Key_Up: -40,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        bar.setValue(bar.value() + step)
        event.accept()
