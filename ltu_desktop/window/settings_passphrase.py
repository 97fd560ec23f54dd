"""Settings: the passphrase of the file, and the recovery sheet for the day when it is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ltu_desktop.rules.errors import N_, UserError
from ltu_desktop.window import dialogs
from ltu_desktop.window.code_boxes import CodeShown
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import off_until, secret_field, value_of
from ltu_desktop.window.pieces import Band, label, row
from ltu_desktop.window.settings_section import Section, three_columns
from ltu_desktop.window.strength import StrengthLine
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ltu_desktop.actions.context import Context
    from ltu_desktop.window.desk import Desk


@dataclass(frozen=True)
class KeyState:
    """What the file says of its key: what the sheet calls it, which one it is, whether its sheet was printed."""

    identifier: str
    number: int
    printed: bool


def load_key(ctx: Context) -> KeyState:
    """Look at the file's key and its sheet."""
    from ltu_desktop.actions.passphrases import PRINTED, file_identifier, key_number

    number = key_number(ctx)
    printed = any(entry.action == PRINTED and entry.params.get("sheet") == number for entry in ctx.store.entries())
    return KeyState(file_identifier(ctx), number, printed)


class PassphraseSection(Section):
    """Creating, changing and taking off the passphrase; printing the sheet, or showing its code."""

    code: ClassVar[str] = "passphrase"
    title: ClassVar[str] = N_("Passphrase")
    icon: ClassVar[str] = "lock-simple"
    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.change_button: Button | None = None
        self.remove_button: Button | None = None
        self.print_button: Button | None = None
        self.show_button: Button | None = None
        self.shown_code = ""

    def refresh(self) -> None:
        """Look at the key again."""
        self.desk.act(load_key, self._show)

    # ---- showing ----

    def _show(self, key: KeyState) -> None:
        stand = self.begin()
        self._passphrase(key)
        self.print_button = self.show_button = None
        if key.number:
            self._sheet(key)
        self.end(stand)

    def _passphrase(self, key: KeyState) -> None:
        text = self.words.text
        said = text(N_("the file is encrypted; its identifier is {name}"), name=key.identifier)
        self.head(text(N_("Passphrase")), said if key.number else text(N_("the file has none")))
        if not key.number:
            self.form.addWidget(
                Band(
                    Meaning.ATTENTION,
                    text(N_("Without a passphrase, anyone who finds the file can read it.")),
                    text(N_("It holds names, social security numbers and pay.")),
                )
            )
        first = secret_field(text(N_("New passphrase")))
        again = secret_field(text(N_("Repeat the passphrase")))
        self.fields |= {"key.first": first, "key.again": again}
        grid = three_columns()
        for at, field in enumerate((first, again)):
            assert isinstance(field.widget, QLineEdit)
            field.widget.returnPressed.connect(self.change)
            field.widget.setEnabled(self.desk.administrator)
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
        self.form.addLayout(grid)
        assert isinstance(first.widget, QLineEdit)
        self.form.addWidget(StrengthLine(self.words, first.widget, silent=True))
        self.change_button = Button(
            text(N_("Change the passphrase")) if key.number else text(N_("Protect the file")),
            icon="lock-simple",
            kind=Kind.PRIMARY,
        )
        self.change_button.clicked.connect(self.change)
        ways = row()
        ways.addWidget(self.change_button)
        if key.number:
            self.remove_button = Button(text(N_("Remove the passphrase…")), icon="lock-simple-open")
            self.remove_button.clicked.connect(self.remove)
            self.remove_button.setEnabled(self.desk.administrator)
            ways.addWidget(self.remove_button)
        why = label(text(N_("Enter it twice, the same both times.")), Text.DENSE, "text3", wrap=True)
        ways.addWidget(why, 1)
        self.form.addLayout(ways)
        off_until(self.change_button, why, (first, again), self._alike, allowed=lambda: self.desk.administrator)
        note = N_("The file is rewritten. Earlier backups keep their old passphrase.")
        if not self.desk.administrator:
            note = N_("Only an administrator can change the passphrase.")
        self.form.addWidget(label(text(note), Text.DENSE, "text3", wrap=True))

    def _alike(self) -> bool:
        first, again = (value_of(self.fields[name]) for name in ("key.first", "key.again"))
        return bool(first) and first == again

    def _sheet(self, key: KeyState) -> None:
        words, text = self.words, self.words.text
        number = words.integer(key.number)
        self.head(text(N_("Recovery sheet")), text(N_("key no. {number} of this file"), number=number))
        if not key.printed:
            said = text(N_("If the passphrase is lost, only this sheet opens the file: print it."))
            if key.number > 1:
                said += " " + text(N_("Earlier sheets no longer work."))
            self.form.addWidget(
                Band(
                    Meaning.ATTENTION,
                    text(N_("The sheet for this key has not been printed yet.")),
                    said,
                )
            )
        for line in (
            N_("Two sheets are printed: one for the safe, one to keep elsewhere. No file is written, nothing is kept."),
            N_("A print queue may keep what it prints: use a printer nearby, not one shared by the whole building."),
        ):
            self.form.addWidget(label(text(line), Text.BODY, "text2", wrap=True))
        ways = row()
        self.print_button = Button(text(N_("Print the recovery sheet…")), icon="printer")
        self.show_button = Button(
            text(N_("Hide the key")) if self.shown_code else text(N_("Show the key")), icon="eye", kind=Kind.QUIET
        )
        self.print_button.clicked.connect(self.print)
        self.show_button.clicked.connect(self.show_code)
        for button in (self.print_button, self.show_button):
            button.setEnabled(self.desk.administrator)
            ways.addWidget(button)
        ways.addStretch(1)
        self.form.addLayout(ways)
        if self.shown_code:
            shown = CodeShown()
            shown.show_code(self.shown_code)
            self.form.addWidget(shown)

    # ---- doing ----

    def change(self) -> None:
        """Write the file anew under what is typed twice."""
        text = self.words.text
        first, again = self.fields["key.first"], self.fields["key.again"]
        secret = value_of(first)
        first.wrong("" if secret else text(N_("Choose a passphrase.")))
        again.wrong("" if value_of(again) == secret else text(N_("The two passphrases are not the same.")))
        wrong = next((field for field in (first, again) if field.is_wrong()), None)
        if wrong is not None:
            wrong.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._change(secret, text(N_("The passphrase is changed. Print its recovery sheet now.")))

    def remove(self) -> None:
        """Take the passphrase off, after a question."""
        text = self.words.text
        question = dialogs.Question(
            self,
            text(N_("Remove the passphrase?")),
            text(N_("Anyone who finds the file, or a backup made from now on, will be able to read everything in it.")),
            text(N_("Remove it")),
            text(N_("Keep it")),
            icon="lock-simple-open",
        )
        question.accepted.connect(lambda: self._change(None, text(N_("The file no longer has a passphrase."))))
        question.finished.connect(question.deleteLater)
        question.open()

    def _change(self, secret: str | None, said: str) -> None:
        self.shown_code = ""
        for name in ("key.first", "key.again"):
            edit = self.fields[name].widget
            assert isinstance(edit, QLineEdit)
            edit.clear()

        def job(ctx: Context) -> None:
            from ltu_desktop.actions.passphrases import change

            change(ctx, secret)

        def done(_none: None) -> None:
            self.desk.said.emit(said, False)
            self.refresh()

        self.desk.act(job, done, title=self.words.text(N_("Rewriting the file")))

    def print(self) -> None:
        """Ask for a printer and print the sheets from memory."""
        try:
            printer = dialogs.ask_printer(self, self.words.text(N_("Recovery sheet")))
        except UserError as error:
            self.desk.troubled.emit(error)
            return
        if printer is not None:
            self._send(printer)

    def _send(self, printer: QPrinter) -> None:
        from ltu_desktop.window.recovery_print import print_sheet

        def done(number: int) -> None:
            said = self.words.text(N_("Recovery sheet no. {number} printed"), number=self.words.integer(number))
            self.desk.said.emit(said, False)
            self.refresh()

        self.desk.act(lambda ctx: print_sheet(ctx, printer), done, title=self.words.text(N_("Printing")))

    def show_code(self) -> None:
        """Show the code to be copied by hand, or hide it again."""
        if self.shown_code:
            self._code("")
            return
        self.desk.act(lambda ctx: ctx.store.recovery_code() or "", self._code)

    def _code(self, code: str) -> None:
        self.shown_code = code
        self.refresh()
