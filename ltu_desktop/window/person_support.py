"""Support and training of a person: what was done with her, how long, what comes next. A part of her panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from ltu_desktop.actions.support import KINDS
from ltu_desktop.rules.attendance import hours_to_minutes
from ltu_desktop.rules.errors import N_
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, choice_field, read_day, read_number, text_field, value_of, write_day
from ltu_desktop.window.person_part import Part, section
from ltu_desktop.window.pieces import Chip, Link, clear, column, label, row
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from ltu_desktop.queries.skills import NoteRow
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.words import Words


class Support(Part):
    """The log, newest first, and a form for a further note; `asked` gives an action to be done."""

    code: ClassVar[str] = "support"
    title: ClassVar[str] = N_("Support")

    asked = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._sheet: Sheet | None = None
        self._open = False
        self.fields: dict[str, Field] = {}
        self.add_button: Button | None = None
        self.open_steps: list[Link] = []  # the ways to say that a next step is done

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:
        """Show a person's log; a note being typed stays when she is shown again."""
        if again and self._open and self._typed():
            self._sheet = sheet
            return
        if not again:
            self._open = False
        self._sheet = sheet
        self._draw()

    def count(self, sheet: Sheet) -> int:
        """Count the next steps that are still to do."""
        return sum(1 for each in sheet.notes if each.next_step and not each.done)

    def _typed(self) -> bool:
        return any(isinstance(field.widget, QLineEdit) and field.widget.isModified() for field in self.fields.values())

    def _draw(self) -> None:
        sheet, words = self._sheet, self.words
        assert sheet is not None
        clear(self.box)
        self.fields = {}
        self.open_steps = []
        self.box.addLayout(section(words.text(N_("Support and training"))))
        if self._open:
            self._draw_form(sheet)
        else:
            self.add_button = Button(words.text(N_("Add a note")), icon="plus")
            self.add_button.setEnabled(sheet.writable)
            self.add_button.clicked.connect(self.begin)
            across = row()
            across.addWidget(self.add_button)
            across.addStretch(1)
            self.box.addLayout(across)
        if not sheet.notes:
            self.box.addWidget(label(words.text(N_("Nothing yet.")), Text.DENSE, "text3"))
        for each in sheet.notes:
            self.box.addWidget(self._card(each, writable=sheet.writable))
        self.box.addStretch(1)

    def _card(self, each: NoteRow, *, writable: bool) -> QWidget:
        words = self.words
        card = QFrame()
        card.setProperty("card", True)
        box = column(card, margins=(12, 10, 12, 10), gap=4)
        top = row(gap=8)
        hours = words.duration(each.minutes, short=True) if each.minutes else ""
        said = " · ".join(part for part in (words.text(KINDS[each.kind]), words.day(each.day), hours) if part)
        top.addWidget(label(said, Text.DENSE_STRONG), 1)
        away = Button(icon="trash", kind=Kind.PLAIN, height=28)
        away.setAccessibleName(words.text(N_("Remove the note of {day}"), day=words.day(each.day)))
        away.setToolTip(away.accessibleName())
        away.setEnabled(writable)
        away.clicked.connect(lambda _on=False, key=each.id: self._remove(key))
        top.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(top)
        if each.note:
            box.addWidget(label(each.note, Text.DENSE, "text2", wrap=True, select=True))
        if each.next_step:
            box.addLayout(self._next(each, writable=writable))
        return card

    def _next(self, each: NoteRow, *, writable: bool) -> Any:
        words, sheet = self.words, self._sheet
        assert sheet is not None
        line = row(gap=8)
        due = words.text(N_("on {day}"), day=words.day(each.next_on)) if each.next_on else ""
        text = words.text(N_("Next: {step}"), step=" ".join(part for part in (each.next_step, due) if part))
        line.addWidget(label(text, Text.DENSE, "text3" if each.done else "text", wrap=True), 1)
        if not each.done and each.next_on is not None and each.next_on < sheet.today:
            line.addWidget(Chip(words.text(N_("Late")), Meaning.ATTENTION))
        link = Link(words.text(N_("Not done after all")) if each.done else words.text(N_("Done")), icon="check")
        link.setAccessibleName(f"{link.text()}{words.colon} {each.next_step}")
        link.setEnabled(writable)
        link.clicked.connect(lambda _on=False: self._set_done(each))
        if not each.done:
            self.open_steps.append(link)
        line.addWidget(link)
        return line

    def mend(self, name: str) -> QWidget | None:
        """Return the next step that is still to do, else the way to a further note."""
        return next(iter(self.open_steps), self.add_button) if name == "support" else None

    # ---- a further note ----

    def begin(self) -> None:
        """Open the form for a further note."""
        self._open = True
        self._draw()
        first = self.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_form(self, sheet: Sheet) -> None:
        words = self.words
        kinds = [(code, words.text(said)) for code, said in KINDS.items()]
        self.fields = {
            "kind": choice_field(words.text(N_("Kind")), kinds, "interview"),
            "day": text_field(words.text(N_("Day")), value=write_day(sheet.today)),
            "minutes": text_field(words.text(N_("Duration")), unit="h"),
            "next_step": text_field(words.text(N_("Next step"))),
            "next_on": text_field(words.text(N_("Next step on"))),
        }
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)
        said = Field(words.text(N_("What was done")), self.note)
        for pair in (("kind", "day"), ("minutes", None)):
            self.box.addLayout(self._pair(*pair))
        self.box.addWidget(said)
        self.box.addLayout(self._pair("next_step", "next_on"))
        for name in ("day", "next_on"):
            edit = self.fields[name].widget
            assert isinstance(edit, QLineEdit)
            edit.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        ways = row()
        take = Button(words.text(N_("Add a note")), icon="check")
        take.clicked.connect(self._save)
        self.add_button = take
        leave = Button(words.text(N_("Cancel")))
        leave.clicked.connect(self._leave)
        ways.addWidget(take)
        ways.addWidget(leave)
        ways.addStretch(1)
        self.box.addLayout(ways)

    def _pair(self, first: str, second: str | None) -> Any:
        line = row(gap=12)
        line.addWidget(self.fields[first], 1, Qt.AlignmentFlag.AlignTop)
        if second is not None:
            line.addWidget(self.fields[second], 1, Qt.AlignmentFlag.AlignTop)
        else:
            line.addWidget(QWidget(), 1)  # half of the line, its gap too: a stretch would leave the field a wider half
        return line

    def _leave(self) -> None:
        self._open = False
        self._draw()
        if self.add_button is not None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        sheet = self._sheet
        assert sheet is not None
        values: dict[str, Any] = {"kind": value_of(self.fields["kind"])}
        right = True
        for name in ("day", "next_on"):
            self.fields[name].wrong("")
            try:
                values[name] = read_day(value_of(self.fields[name]))
            except ValueError:
                self.fields[name].wrong(self.words.text(N_("This is not a date: day, month, year.")))
                right = False
        if right and values["day"] is None:
            self.fields["day"].wrong(self.words.text(N_("Type the day.")))
            right = False
        self.fields["minutes"].wrong("")
        try:
            hours = read_number(value_of(self.fields["minutes"]))
        except ValueError:
            self.fields["minutes"].wrong(self.words.text(N_("Type a number of hours, such as 7,5.")))
            return
        if not right:
            return
        values["minutes"] = hours_to_minutes(hours) if hours is not None else 0
        values |= {"note": self.note.toPlainText(), "next_step": value_of(self.fields["next_step"])}
        self._open = False
        person = sheet.person.id

        def action(ctx: Any) -> object:
            from ltu_desktop.actions.support import add_note

            return add_note(ctx, person, day=values.pop("day"), kind=values.pop("kind"), **values)

        self.asked.emit(action)

    def _set_done(self, each: NoteRow) -> None:
        def action(ctx: Any) -> object:
            from ltu_desktop.actions.support import change_note

            return change_note(ctx, each.id, {"done": not each.done})

        self.asked.emit(action)

    def _remove(self, key: bytes) -> None:
        def action(ctx: Any) -> object:
            from ltu_desktop.actions.support import remove_note

            return remove_note(ctx, key)

        self.asked.emit(action)

    def first(self) -> QWidget | None:
        """Begin in the form, or at what opens it."""
        return self.fields["kind"].widget if self._open else self.add_button
