"""The columns that go to the accountant: ticked or not, in their order, each by its own name or by the accountant's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.pieces import clear, column, in_lines, row
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.words import Words

ROOM = 162  # px for a column's name beside its buttons
LONGEST = 60  # letters of a name
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _nothing() -> None:
    """Keep a key that moves nothing here from moving the keyboard."""


@dataclass(frozen=True)
class Heading:
    """A column there could be: our name for it and, when it is sent under another, the accountant's."""

    key: str
    ours: str
    theirs: str = ""

    @property
    def name(self) -> str:
        """The name that stands at its head."""
        return self.theirs or self.ours


class ColumnRow(QWidget):
    """One column: its tick and, while it is sent, the ways to move it and to give it a name."""

    move_wanted = Signal(int)
    named = Signal(str)

    def __init__(self, words: Words, heading: Heading, *, chosen: bool, writable: bool) -> None:
        super().__init__()
        self.heading, self._words = heading, words
        self.typing = False  # a name
        text = in_lines(heading.name.split(), theme.metrics(Text.BODY), theme.grown(ROOM), " ")
        lines = text.count("\n") + 1
        edge = 4 if lines > 1 else 0
        box = row(self, margins=(0, edge, 0, edge), gap=0)
        self.tick = QCheckBox(text)
        self.tick.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)  # as high as its lines
        self.setMinimumHeight(lines * theme.metrics(Text.BODY).lineSpacing() + 2 * edge)
        self.tick.setChecked(chosen)
        self.tick.setEnabled(writable)
        self.tick.setAccessibleName(heading.name)
        self.tick.setToolTip(heading.name)
        self.tick.installEventFilter(self)
        self._box = box
        box.addWidget(self.tick, 1)
        self.changeable = chosen and writable
        if self.changeable:  # most columns are not: what nobody sees is not made
            self.up = self._button(words.text(N_("Move up")), "caret-up", "Alt ↑")
            self.down = self._button(words.text(N_("Move down")), "caret-down", "Alt ↓")
            self.rename = self._button(words.text(N_("Rename")), "pencil-simple", "F2")
            self.up.clicked.connect(lambda: self.move_wanted.emit(-1))
            self.down.clicked.connect(lambda: self.move_wanted.emit(1))
            self.rename.clicked.connect(self.begin)

    @cached_property
    def edit(self) -> QLineEdit:
        """The field for another name, in the place of the name."""
        made = QLineEdit()
        made.setMaxLength(LONGEST)
        made.setPlaceholderText(self.heading.ours)
        made.setAccessibleName(self._words.text(N_("Name of the column {name}"), name=self.heading.ours))
        made.installEventFilter(self)
        made.returnPressed.connect(self._keep)
        made.hide()
        self._box.insertWidget(1, made, 1)
        return made

    def _button(self, text: str, icon: str, keys: str) -> Button:
        made = Button(icon=icon, kind=Kind.PLAIN, height=28)
        made.setFixedWidth(theme.grown(28))  # the pane is dense: the name needs the room
        made.setAccessibleName(f"{text}, {self.heading.name}")
        made.setToolTip(f"{text} ({keys})")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys are the tick's: Tab goes from column to column
        self._box.addWidget(made)
        return made

    def begin(self) -> None:
        """Type another name where the name stands."""
        self.typing = True
        self.edit.setText(self.heading.name)
        self.tick.hide()
        self.edit.show()
        self.edit.selectAll()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.typing = False
        had = self.edit.hasFocus()
        self.tick.show()
        if had:
            self.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.hide()

    def _keep(self) -> None:
        typed = " ".join(self.edit.text().split())
        theirs = "" if typed == self.heading.ours else typed
        self._leave()
        if theirs != self.heading.theirs:
            self.named.emit(theirs)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Take our keys from the tick; keep what is typed when the focus goes on, and leave it at Esc."""
        if watched is not self.tick and event.type() == QEvent.Type.FocusOut and self.typing:
            self._keep()
        if isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            do = self._wanted(watched, event)
            if do is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    do()
                return True
        return super().eventFilter(watched, event)

    def _wanted(self, watched: QObject, event: QKeyEvent) -> Callable[[], None] | None:
        do: Callable[[], None]
        code = Qt.Key(event.key())
        if watched is not self.tick:
            return self._leave if code == Qt.Key.Key_Escape else None
        if code == Qt.Key.Key_F2:
            do = self.begin
        elif code in STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            do = partial(self.move_wanted.emit, STEPS[code])
        else:
            return None
        return do if self.changeable else _nothing


class ColumnsList(QWidget):
    """All columns, those that are sent first and in their order. `changed` carries key and given name of each."""

    changed = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._writable = False
        self._known: tuple[Heading, ...] = ()
        self._chosen: list[str] = []
        self.rows: dict[str, ColumnRow] = {}
        self._box = column(self, gap=0)

    def show_columns(self, known: Sequence[Heading], chosen: Sequence[str], *, writable: bool) -> None:
        """Show the columns there are; the keyboard stays at its column."""
        if self.rows and (tuple(known), list(chosen), writable) == (self._known, self._chosen, self._writable):
            for key, shown in self.rows.items():  # what the file holds is what we showed: only a tick may be refused
                shown.tick.setChecked(key in self._chosen)
            return
        self._known, self._chosen, self._writable = tuple(known), list(chosen), writable
        focus = QApplication.focusWidget()
        here = next((key for key, each in self.rows.items() if focus is not None and each.isAncestorOf(focus)), "")
        clear(self._box)
        self.rows = {}
        headings = {each.key: each for each in known}
        for key in (*chosen, *(each.key for each in known if each.key not in self._chosen)):
            made = ColumnRow(self._words, headings[key], chosen=key in self._chosen, writable=writable)
            made.tick.clicked.connect(lambda on, key=key: self._tick(key, on=on))
            made.move_wanted.connect(lambda step, key=key: self._move(key, step))
            made.named.connect(lambda name, key=key: self._name(key, name))
            self.rows[key] = made
            self._box.addWidget(made)
        if chosen and writable:
            self.rows[chosen[0]].up.setEnabled(False)
            self.rows[chosen[-1]].down.setEnabled(False)
        before: QWidget | None = None
        for made in self.rows.values():
            if before is not None:
                QWidget.setTabOrder(before, made.tick)
            before = made.tick
        if here:
            self.rows[here].tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self, key: str, *, on: bool) -> None:
        chosen = [*self._chosen, key] if on else [each for each in self._chosen if each != key]
        self._change(self._known, chosen)

    def _move(self, key: str, step: int) -> None:
        at = self._chosen.index(key)
        if 0 <= at + step < len(self._chosen):
            chosen = [each for each in self._chosen if each != key]
            chosen.insert(at + step, key)
            self._change(self._known, chosen)

    def _name(self, key: str, name: str) -> None:
        known = [Heading(each.key, each.ours, name) if each.key == key else each for each in self._known]
        self._change(known, self._chosen)

    def _change(self, known: Sequence[Heading], chosen: Sequence[str]) -> None:
        names = {each.key: each.theirs for each in known}
        if chosen:  # without any the file refuses it, and shows again what it holds
            self.show_columns(known, chosen, writable=self._writable)
        self.changed.emit(tuple((key, names[key]) for key in chosen))
