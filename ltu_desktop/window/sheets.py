"""Sheets of the first page: a passphrase is asked for, a new file is described, its recovery code is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs
from ltu_desktop.window.code_boxes import CodeBoxes, CodeShown
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, secret_field, text_field, value_of
from ltu_desktop.window.pieces import Elided, Link, column, label, row, scrolled
from ltu_desktop.window.strength import StrengthLine
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ltu_desktop.store.file import Store
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.worker import Task
    from ltu_desktop.words import Words


class Sheet(QWidget):
    """One card in the middle of the page, with a way back and a way on."""

    left = Signal()

    def __init__(self, words: Words, title: str, text: str, way_on: str, icon: str, *, back: bool = True) -> None:
        super().__init__()
        self.words = words
        inside = QWidget()
        whole = column(inside, margins=(24, 16, 24, 16))
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
        self._may_leave = back
        if back:
            way_back = Button(words.text(N_("Back")), icon="arrow-left")
            way_back.clicked.connect(self.leave)
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

    def leave(self) -> None:
        """Go back where the sheet has a way back; nothing secret stays in it."""
        if self._may_leave:
            self.forget()
            self.left.emit()

    def _enter_goes_on(self, *fields: Field) -> None:
        for field in fields:
            assert isinstance(field.widget, QLineEdit)
            field.widget.returnPressed.connect(self.go_on)


class PassphraseSheet(Sheet):
    """Asks for the passphrase of a file, or for the code of its recovery sheet."""

    tried = Signal(str)

    def __init__(self, words: Words) -> None:
        text = words.text
        super().__init__(words, text(N_("This file is encrypted")), "", text(N_("Open")), "lock-simple-open")
        self._name = Elided("", Text.BODY, "text2")
        self._identifier = label("", Text.DENSE, "text2")
        self.field = secret_field(text(N_("Passphrase or recovery key")))
        self.boxes = CodeBoxes(words)
        self.boxes.typed.connect(self._able)
        self.boxes.whole.connect(lambda: self.on_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.boxes.entered.connect(self.go_on)
        self.turn = Link("", icon="file-text")
        self.turn.clicked.connect(lambda: self._turn(sheet=self.boxes.isHidden()))
        for widget in (self._name, self._identifier, self.field, self.boxes, self.turn):
            self.body.addWidget(widget)
        self._enter_goes_on(self.field)
        self._turn(sheet=False)

    @property
    def by_code(self) -> bool:
        """Tell whether a recovery code is being typed."""
        return not self.boxes.isHidden()

    def first(self) -> QWidget:
        """Begin in the field."""
        return self.boxes.boxes[0] if self.by_code else self.field.widget

    def ask(self, path: Path) -> None:
        """Ask for the passphrase of this file."""
        self._name.setText(str(path))
        name = identifier_of(path)
        self._identifier.setText(
            self.words.text(N_("Identifier of the file{colon} {name}"), colon=self.words.colon, name=name)
        )
        self.forget()
        self.field.wrong("")
        self._turn(sheet=False)

    def refuse(self, text: str) -> None:
        """Say what is wrong with what was typed, and let it be typed again."""
        if self.by_code:
            self.boxes.refuse(text)
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.field.wrong(text)
        edit = self.field.widget
        assert isinstance(edit, QLineEdit)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def go_on(self) -> None:
        """Try what was typed; a code that is not whole, or holds a mistake that its groups tell of, is not tried."""
        self.field.wrong("")
        if not self.by_code:
            self.tried.emit(value_of(self.field))
        elif self.boxes.right():
            self.tried.emit(self.boxes.text())
        elif not self.boxes.wrong() and (missing := self.boxes.missing()) is not None:
            missing.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty the field and the groups."""
        super().forget()
        self.boxes.clear()

    def _able(self) -> None:
        self.on_button.setEnabled(not self.by_code or self.boxes.right())

    def _turn(self, *, sheet: bool) -> None:
        text = self.words.text
        self.boxes.setVisible(sheet)
        self._able()
        self.field.setVisible(not sheet)
        self._identifier.setVisible(sheet)
        self.turn.setText(text(N_("I have the passphrase")) if sheet else text(N_("I have a recovery sheet")))
        self.turn.refit()
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)


class NewFileSheet(Sheet):
    """Asks for what a new file needs: the employer's name and, unless it is left out, a passphrase, twice."""

    wanted = Signal(str, str)

    def __init__(self, words: Words) -> None:
        text = words.text
        super().__init__(
            words,
            text(N_("Create your file")),
            text(N_("One file holds everything. Protected by a passphrase, it cannot be read by whoever finds it.")),
            text(N_("Choose where to save…")),
            "file-plus",
        )
        self.name = text_field(text(N_("Name of the employer")))
        self.secret = secret_field(text(N_("Passphrase (may be left empty)")))
        self.again = secret_field(text(N_("Repeat the passphrase")))
        assert isinstance(self.secret.widget, QLineEdit)
        self.strength = StrengthLine(words, self.secret.widget)
        below = column(gap=4)  # how good it is stands as near to its field as what is wrong with one
        below.addWidget(self.secret)
        below.addWidget(self.strength)
        self.body.addWidget(self.name)
        self.body.addLayout(below)
        self.body.addWidget(self.again)
        self._enter_goes_on(self.name, self.secret, self.again)

    def first(self) -> QWidget:
        """Begin with the name."""
        return self.name.widget

    def go_on(self) -> None:
        """Say what is missing, or ask for the file."""
        text = self.words.text
        name, secret, again = (value_of(field) for field in (self.name, self.secret, self.again))
        self.name.wrong("" if name else text(N_("Enter the employer’s name.")))
        self.again.wrong("" if again == secret else text(N_("The two passphrases are not the same.")))
        wrong = next((field for field in (self.name, self.again) if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.wanted.emit(name, secret)


class RecoverySheet(Sheet):
    """Shows the recovery code of a new file, once, and prints it."""

    def __init__(self, desk: Desk) -> None:
        words, text = desk.words, desk.words.text
        super().__init__(
            words,
            text(N_("Keep the recovery key")),
            text(
                N_(
                    "If the passphrase is forgotten, only this key opens the file. "
                    "Keep it on paper, away from this computer."
                )
            ),
            text(N_("I have it on paper")),
            "check",
            back=False,
        )
        self._desk = desk
        self._store: Store | None = None
        self._then: Callable[[], None] | None = None
        self.code = CodeShown()
        self.body.addWidget(self.code)
        self.print_button = Button(text(N_("Print the recovery sheet…")), icon="printer")
        self.print_button.clicked.connect(self.print)
        self.body.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.said = label("", Text.DENSE, "text2", wrap=True)
        self.body.addWidget(self.said)

    def first(self) -> QWidget:
        """Begin at the printing."""
        return self.print_button

    def keep(self, store: Store, then: Callable[[], None]) -> None:
        """Show the code of a file that was just made; `then` is done when it is on paper."""
        self._store = store
        self.show_code(store.recovery_code() or "", then)

    def print(self) -> None:
        """Print the sheets from memory."""
        store, desk, text = self._store, self._desk, self.words.text
        try:
            printer = dialogs.ask_printer(self, text(N_("Recovery sheet")))
        except UserError as error:
            self.say(self.words.error(error))
            return
        if printer is None or store is None:
            return

        def job(task: Task[int]) -> int:
            from ltu_desktop.actions.context import Context
            from ltu_desktop.window.recovery_print import print_sheet

            return print_sheet(Context(store, desk.words, desk.clock, task.progress), printer)

        def done(number: int) -> None:
            self.say(text(N_("Recovery sheet no. {number} printed"), number=self.words.integer(number)))
            self.on_button.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: UserError) -> None:
            self.say(self.words.error(error))

        desk.worker.run(job, done, failed=failed, title=text(N_("Printing")))

    def show_code(self, code: str, then: Callable[[], None]) -> None:
        """Show a code; `then` is done when it is on paper."""
        self.code.show_code(code)
        self._then = then
        self.say(self.words.text(N_("A print queue may keep what it prints: use a printer nearby.")))

    def say(self, text: str) -> None:
        """Say how the printing went."""
        self.said.setText(text)

    def go_on(self) -> None:
        """Forget the code and go on."""
        self.code.show_code("")
        if self._then is not None:
            self._then()


def identifier_of(path: Path) -> str:
    """Return what the recovery sheet calls a file; empty when it cannot be read."""
    from ltu_desktop.store.key import SALT_SIZE, identifier

    try:
        with path.open("rb") as file:
            return identifier(file.read(SALT_SIZE))
    except OSError:
        return ""
