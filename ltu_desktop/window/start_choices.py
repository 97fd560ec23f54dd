"""The first page's three cards, the files opened lately, and what the program promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import key_text
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import Clickable, DropZone, Elided, Link, clear, column, label, pane, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ltu_desktop.window.memory import Memory
    from ltu_desktop.words import Words

CARD, CARD_HIGH, TILE = 320, 280, 56


class StartChoices(QWidget):
    """Create, try, open; each says what was wanted. `chosen` names a file opened lately."""

    new = Signal()
    demo = Signal()
    opening = Signal()
    restoring = Signal()
    chosen = Signal(object)

    def __init__(self, words: Words, memory: Memory) -> None:
        super().__init__()
        self._words, self._memory = words, memory
        self._cards: list[QFrame] = []
        self._tiles: list[QFrame] = []
        self._lay()

    def _lay(self) -> None:
        text = self._words.text
        box = column(self, margins=(24, 0, 24, 0))
        box.addStretch(3)
        title = label(text(N_("Welcome. Where shall we begin?")), Text.FIGURE)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        said = label(
            text(N_("The employees and the subsidy claims of a job factory, in one file.")), Text.SECTION, "text2"
        )
        said.setFont(theme.font(Text.BODY))
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(title)
        box.addSpacing(8)
        box.addWidget(said)
        box.addSpacing(20)
        box.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(theme.grown(CARD * 3 + 48))
        below = column(middle, gap=24)
        cards = row(gap=24)
        new, self.first = self._card(
            "file-plus",
            text(N_("Create your file")),
            text(N_("The employer’s name and a passphrase. The rest can wait.")),
            text(N_("Create")),
            "Alt+1",
            text(N_("about 2 minutes")),
            self.new.emit,
            first=True,
        )
        example, self.example = self._card(
            "play-circle",
            text(N_("Try with an example")),
            text(N_("An invented job factory with its months. Touch everything, nothing is real.")),
            text(N_("Open the example")),
            "Alt+2",
            text(N_("at once")),
            self.demo.emit,
        )
        there, self.there = self._card(
            "folder-open",
            text(N_("Open a file")),
            text(N_("A colleague’s .ltu file, one on a USB stick or from a backup.")),
            text(N_("Choose the file…")),
            "Alt+3",
            text(N_("with its passphrase or recovery key")),
            self.opening.emit,
        )
        for card in (new, example, there):
            cards.addWidget(card, 1)
        below.addLayout(cards)
        self._recent = column(gap=0)
        below.addLayout(self._recent)
        across = row(gap=0)
        across.addStretch(1)
        across.addWidget(middle, 1000)  # all there is, up to its greatest width
        across.addStretch(1)
        box.addLayout(across)
        box.addStretch(3)

    def fit(self, *, low: bool) -> None:
        """Leave the pictures out in a low window, so that all ways stay in sight."""
        for tile in self._tiles:
            tile.setVisible(not low)
        for card in self._cards:
            card.setFixedHeight(theme.grown(CARD_HIGH) - (TILE + 16 if low else 0))

    def _card(
        self,
        icon: str,
        title: str,
        text: str,
        button: str,
        keys: str,
        note: str,
        do: Callable[[], None],
        *,
        first: bool = False,
    ) -> tuple[QFrame, Button]:
        card = QFrame()
        card.setProperty("card", "first" if first else "true")
        self._cards.append(card)
        rim = 1 if first else 0  # its border is a pixel wider: what lies inside stays level with the others
        box = column(card, margins=(24 - rim, 24 - rim, 24 - rim, 16 - rim))
        tile = QFrame()
        self._tiles.append(tile)
        sign = QFrame(tile)
        sign.setProperty("tile", "true")
        sign.setFixedSize(TILE, TILE)
        tile.setFixedHeight(TILE + 16)
        inner = column(sign)
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        icons.put(picture, icon, "accent", 28)
        inner.addWidget(picture)
        box.addWidget(tile)
        box.addWidget(label(title, Text.TITLE, wrap=True))
        box.addSpacing(6)
        box.addWidget(label(text, Text.BODY, "text2", wrap=True))
        box.addStretch(1)
        way = Button(button, kind=Kind.PRIMARY if first else Kind.NORMAL, hint=key_text(self._words, keys), height=40)
        way.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        way.setShortcut(keys)
        way.clicked.connect(do)
        box.addWidget(way)
        box.addSpacing(6)
        below = label(note, Text.DENSE, "text3", wrap=True)
        below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(below)
        return card, way

    def say_recent(self) -> None:
        """Show the files opened lately, or where one may be dropped; and the way back from a backup."""
        clear(self._recent)
        recent = self._memory.recent
        if not recent:
            drop = DropZone()
            drop.setFixedHeight(56)
            across = row(drop)
            across.addStretch(1)
            sign = QLabel()
            icons.put(sign, "download-simple", "text2", 20)
            across.addWidget(sign)
            across.addWidget(label(self._words.text(N_("You can also drop an .ltu file here.")), Text.BODY, "text2"))
            across.addStretch(1)
            self._recent.addWidget(drop)
            self._recent.addSpacing(8)
            self._recent.addLayout(self._rescue())
            return
        self._recent.addWidget(label(self._words.text(N_("Opened lately")), Text.DENSE_STRONG, "text2"))
        self._recent.addSpacing(4)
        for path in recent[:3]:
            line = Clickable()
            line.setFixedHeight(36)
            line.setAccessibleName(str(path))
            across = row(line, margins=(8, 0, 8, 0), gap=10)
            sign = QLabel()
            icons.put(sign, "file-text", "accent", 20)
            across.addWidget(sign)
            across.addWidget(label(path.name, Text.STRONG))
            across.addWidget(Elided(str(path.parent), Text.DENSE, "text3"), 1)
            line.clicked.connect(lambda path=path: self.chosen.emit(path))
            self._recent.addWidget(line)
        self._recent.addSpacing(8)
        self._recent.addLayout(self._rescue())

    def _rescue(self) -> QHBoxLayout:
        across = row()
        across.addStretch(1)
        self.rescue = Link(self._words.text(N_("Restore a backup…")), icon="clock-counter-clockwise")
        self.rescue.clicked.connect(self.restoring)
        across.addWidget(self.rescue)
        across.addStretch(1)
        return across


def promises(words: Words) -> QWidget:
    """Make the line at the foot: what the program promises."""
    text = words.text
    holder = pane("canvas")
    holder.setFixedHeight(57)
    box = column(holder)
    box.addWidget(rule(tone="line2"))
    across = row(gap=8)
    box.addLayout(across, 1)
    across.addStretch(1)
    for icon, strong, rest in (
        ("lock-simple", text(N_("Encrypted")), text(N_("with your passphrase"))),
        ("hard-drives", text(N_("On this computer")), text(N_("nothing is sent"))),
        ("arrow-u-up-left", text(N_("Everything can be undone")), text(N_("even tomorrow"))),
    ):
        sign = QLabel()
        icons.put(sign, icon, "accent", 18)
        across.addWidget(sign)
        across.addWidget(label(strong, Text.STRONG, "text2"))
        across.addWidget(label(rest, Text.BODY, "text2"))
        across.addSpacing(24)
    across.addStretch(1)
    return holder
