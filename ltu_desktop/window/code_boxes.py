"""A recovery code is typed in eight groups, each checked as soon as it is whole; a code reader fills them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.pieces import clear, column, label, row, set_property, set_tone
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.words import Words

GROUPS, SIGNS = 8, 5


class CodeBoxes(QWidget):
    """Eight boxes; `typed` tells of any change, `whole` that all are right, `entered` that Enter was pressed."""

    typed = Signal()
    whole = Signal()
    entered = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        box = column(self, gap=6)
        asked = words.text(N_("Enter the eight groups of your recovery key."))
        box.addWidget(label(asked, Text.BODY, "text2", wrap=True))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.boxes: list[QLineEdit] = []
        for at in range(GROUPS):
            across = row(gap=6)
            number = label(str(at + 1), Text.DENSE_STRONG, "text2")
            across.addWidget(number)
            edit = _Group()
            edit.setFont(theme.font(Text.STRONG))
            edit.setAccessibleName(words.text(N_("Group {number}"), number=at + 1))
            number.setBuddy(edit)
            edit.textEdited.connect(lambda text, at=at: self._typed(at, text))
            edit.returnPressed.connect(self.entered)
            edit.back.connect(lambda at=at: self._step_back(at))
            across.addWidget(edit, 1)
            self.boxes.append(edit)
            grid.addLayout(across, at // 4, at % 4)
        box.addLayout(grid)
        below = row(gap=6)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        self._sign.hide()
        self.said = label(
            words.text(N_("Five characters per group, in capitals or not.")), Text.NOTE, "text3", wrap=True
        )
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.said, 1)
        box.addLayout(below)

    def text(self) -> str:
        """Return the code as it is typed."""
        return "-".join(edit.text() for edit in self.boxes)

    def wrong(self) -> list[int]:
        """Return the numbers of the whole groups that hold a slip."""
        from ltu_desktop.store.key import right_group

        return [
            number
            for number, edit in enumerate(self.boxes, 1)
            if len(edit.text()) >= SIGNS and not right_group(number, edit.text())
        ]

    def missing(self) -> QLineEdit | None:
        """Return the first box that is not full."""
        return next((edit for edit in self.boxes if len(edit.text()) < SIGNS), None)

    def right(self) -> bool:
        """Tell whether all groups are there and none holds a mistake."""
        return all(len(edit.text()) == SIGNS for edit in self.boxes) and not self.wrong()

    def clear(self) -> None:
        """Forget what was typed."""
        for edit in self.boxes:
            edit.clear()
        self._say()

    def refuse(self, text: str) -> None:
        """Say what is wrong with the code as a whole."""
        self._tell(text, Meaning.BLOCKING)

    def _tell(self, text: str, meaning: Meaning | None) -> None:
        self.said.setText(text)
        set_tone(self.said, str(meaning or "text3"))
        self._sign.setVisible(meaning is not None)
        if meaning is not None:
            icons.put(self._sign, icons.MEANING_ICON[meaning], f"{meaning}.icon")

    def _typed(self, at: int, text: str) -> None:
        from ltu_desktop.store.key import split_code

        groups = split_code(text)
        if len(groups) > 1 or text != "".join(groups):  # pasted, read by a code reader, or typed with a hyphen
            for place, group in enumerate(groups[: GROUPS - at] or [""], at):
                self.boxes[place].setText(group)
            at = min(at + len(groups), GROUPS) - 1 if groups else at
        self._say()
        if len(self.boxes[at].text()) >= SIGNS and at + 1 not in self.wrong():
            following = next((edit for edit in self.boxes[at + 1 :] if len(edit.text()) < SIGNS), None)
            if following is not None:
                following.setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self) -> None:
        words, wrong = self._words, self.wrong()
        for number, edit in enumerate(self.boxes, 1):
            set_property(edit, "wrong", number in wrong)
        if wrong:
            groups = ", ".join(str(number) for number in wrong)
            self.refuse(
                words.text(N_("Group {groups}: there is a mistake; check it against your sheet."), groups=groups)
            )
        elif self.right():
            self._tell(words.text(N_("All eight groups are right.")), Meaning.OK)
        else:
            self._tell(words.text(N_("Five characters per group, in capitals or not.")), None)
        self.typed.emit()
        if self.right():
            self.whole.emit()

    def _step_back(self, at: int) -> None:
        if at:
            self.boxes[at - 1].setFocus(Qt.FocusReason.BacktabFocusReason)


class _Group(QLineEdit):
    """A box; Backspace in an empty one goes back to the box before."""

    back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.back.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class CodeShown(QWidget):
    """A recovery code to be copied by hand: its groups under one another and numbered, as they are typed again."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self.code = ""

    def show_code(self, code: str) -> None:
        """Show a code; an empty one takes away what is shown."""
        self.code = code
        clear(self._grid)
        for at, group in enumerate(code.split("-") if code else ()):
            across = row(gap=6)
            across.addWidget(label(str(at + 1), Text.DENSE, "text3"))
            across.addWidget(label(group, Text.SECTION))
            self._grid.addLayout(across, at // 4, at % 4, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(4, 1)
