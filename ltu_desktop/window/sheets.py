"""Sheets of the first page: a passphrase is asked for, a new file is described, its recovery code is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, secret_field, text_field, value_of
from ltu_desktop.window.pieces import Elided, column, label, row, scrolled
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.words import Words


class Sheet(QWidget):
    """One card in the middle of the page, with a way back and a way on."""

    left = Signal()

    def __init__(self, words: Words, title: str, text: str, way_on: str, icon: str, *, back: bool = True) -> None:
        super().__init__()
        self.words = words
        inside = QWidget()
        whole = column(inside, margins=(24, 24, 24, 24))
        whole.addStretch(1)
        across = row()
        across.addStretch(1)
        card = QFrame()
        card.setProperty("card", "true")
        card.setFixedWidth(520)
        box = column(card, margins=(24, 20, 24, 20), gap=12)
        box.addWidget(label(title, Text.TITLE, wrap=True))
        if text:
            box.addWidget(label(text, Text.BODY, "text2", wrap=True))
        self.body = column(gap=12)
        box.addLayout(self.body)
        box.addSpacing(4)
        ways = row()
        if back:
            way_back = Button(words.text(N_("Back")), icon="arrow-left")
            way_back.clicked.connect(self._leave)
            ways.addWidget(way_back)
        ways.addStretch(1)
        self.on_button = Button(way_on, icon=icon, kind=Kind.PRIMARY)
        self.on_button.clicked.connect(self.go_on)
        ways.addWidget(self.on_button)
        box.addLayout(ways)
        across.addWidget(card)
        across.addStretch(1)
        whole.addLayout(across)
        whole.addStretch(2)
        column(self).addWidget(scrolled(inside))

    def first(self) -> QWidget:
        """Return what gets the focus."""
        return self.on_button

    def go_on(self) -> None:
        """Do what the sheet is for."""

    def forget(self) -> None:
        """Empty every field that holds a secret."""
        for edit in self.findChildren(QLineEdit):
            if edit.echoMode() == QLineEdit.EchoMode.Password:
                edit.clear()

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def _enter_goes_on(self, *fields: Field) -> None:
        for field in fields:
            assert isinstance(field.widget, QLineEdit)
            field.widget.returnPressed.connect(self.go_on)


class PassphraseSheet(Sheet):
    """Asks for the passphrase of a file."""

    tried = Signal(str)

    def __init__(self, words: Words) -> None:
        text = words.text
        super().__init__(words, text(N_("This file is encrypted")), "", text(N_("Open")), "lock-simple-open")
        self._name = Elided("", Text.BODY, "text2")
        self.body.addWidget(self._name)
        self.field = secret_field(text(N_("Passphrase or recovery code")))
        self.body.addWidget(self.field)
        self._enter_goes_on(self.field)

    def first(self) -> QWidget:
        """Begin in the field."""
        return self.field.widget

    def ask(self, path: Path) -> None:
        """Ask for the passphrase of this file."""
        self._name.setText(str(path))
        self.forget()
        self.field.wrong("")

    def refuse(self, text: str) -> None:
        """Say what is wrong with what was typed, and let it be typed again."""
        self.field.wrong(text)
        edit = self.field.widget
        assert isinstance(edit, QLineEdit)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def go_on(self) -> None:
        """Try what was typed."""
        self.field.wrong("")
        self.tried.emit(value_of(self.field))


class NewFileSheet(Sheet):
    """Asks for what a new file needs: the employer's name and a passphrase, twice."""

    wanted = Signal(str, str)

    def __init__(self, words: Words) -> None:
        text = words.text
        super().__init__(
            words,
            text(N_("Create our file")),
            text(N_("One file holds everything. Without its passphrase nobody can read it, not even its finder.")),
            text(N_("Choose the place…")),
            "file-plus",
        )
        self.name = text_field(text(N_("Name of the employer")))
        self.secret = secret_field(text(N_("Passphrase")), help_text=text(N_("Several words are better than one.")))
        self.again = secret_field(text(N_("The same passphrase again")))
        for field in (self.name, self.secret, self.again):
            self.body.addWidget(field)
        self._enter_goes_on(self.name, self.secret, self.again)

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.name.widget

    def go_on(self) -> None:
        """Say what is missing, or ask for the file."""
        text = self.words.text
        name, secret, again = (value_of(field) for field in (self.name, self.secret, self.again))
        self.name.wrong("" if name else text(N_("Write the employer’s name.")))
        self.secret.wrong("" if secret else text(N_("Choose a passphrase.")))
        self.again.wrong("" if again == secret else text(N_("The two are not the same.")))
        wrong = next((field for field in (self.name, self.secret, self.again) if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(name, secret)


class RecoverySheet(Sheet):
    """Shows the recovery code of a new file, once."""

    def __init__(self, words: Words) -> None:
        text = words.text
        super().__init__(
            words,
            text(N_("Write down the recovery code")),
            text(
                N_(
                    "If the passphrase is forgotten, only this code opens the file. "
                    "Keep it on paper, away from this computer."
                )
            ),
            text(N_("It is written down")),
            "check",
            back=False,
        )
        self._then: Callable[[], None] | None = None
        self.code = label("", Text.SECTION, select=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.code)

    def show_code(self, code: str, then: Callable[[], None]) -> None:
        """Show a code in two lines; `then` is done when it is written down."""
        groups = code.split("-")
        self.code.setText("-".join(groups[:4]) + "\n" + "-".join(groups[4:]))
        self._then = then

    def go_on(self) -> None:
        """Forget the code and go on."""
        self.code.clear()
        if self._then is not None:
            self._then()
