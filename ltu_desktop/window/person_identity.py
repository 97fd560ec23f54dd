"""Who a person is, in the panel: names, numbers, birth, address; and her two health dates, not for every role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from ltu_desktop.actions.fields import field_name
from ltu_desktop.actions.preview import masked
from ltu_desktop.rules.errors import N_
from ltu_desktop.window import live_checks
from ltu_desktop.window.form import choice_field, read_day, text_field, value_of, write_day
from ltu_desktop.window.live_checks import NOT_A_DAY
from ltu_desktop.window.person_part import Part
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from datetime import date

    from ltu_desktop.window.form import Field
    from ltu_desktop.window.person_part import Sheet
    from ltu_desktop.words import Words

PLACES: dict[str, tuple[int, int, int]] = {  # row, column, columns taken
    "name": (0, 0, 1),
    "first_names": (0, 1, 1),
    "staff_number": (1, 0, 1),
    "site_id": (1, 1, 1),
    "birth_date": (2, 0, 1),
    "nir": (2, 1, 1),
    "ntt": (3, 0, 2),
    "address": (4, 0, 2),
    "postcode": (5, 0, 1),
    "town": (5, 1, 1),
    "email": (6, 0, 1),
    "phone": (6, 1, 1),
}
NEEDED = frozenset({"name", "staff_number"})
HIDDEN = frozenset({"nir", "ntt"})  # shown by their first and last signs only; a new one is typed in their place
HEALTH = ("disability_until", "medical_check_due")


class Identity(Part):
    """The fields, saved as soon as they are left; `changed` gives columns of the person, `health_changed` her dates."""

    code: ClassVar[str] = "identity"
    title: ClassVar[str] = N_("Identity")

    changed = Signal(object)
    health_changed = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self._sheet: Sheet | None = None
        self.fields: dict[str, Field] = {}
        grid = self._make_grid()
        for name, (at, column_, wide) in PLACES.items():
            field = (
                choice_field(field_name(words, name), ()) if name == "site_id" else text_field(field_name(words, name))
            )
            grid.addWidget(field, at, column_, 1, wide, Qt.AlignmentFlag.AlignTop)
            self.fields[name] = field
            widget = field.widget
            if isinstance(widget, QComboBox):
                widget.activated.connect(lambda _at: self._save("site_id"))
            else:
                assert isinstance(widget, QLineEdit)
                widget.textEdited.connect(lambda _text, name=name: self._look(name, typing=True))
                widget.editingFinished.connect(lambda name=name: self._save(name))
        self._edit("birth_date").setPlaceholderText(words.text(N_("dd/mm/yyyy")))
        self.box.addLayout(grid)
        self.box.addWidget(self._make_health())
        self.box.addStretch(1)

    @staticmethod
    def _make_grid() -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _make_health(self) -> QWidget:
        words = self.words
        self.health_box = QWidget()
        box = column(self.health_box, gap=10)
        box.addWidget(rule())
        head = row(gap=10)
        head.addWidget(label(words.text(N_("Health")), Text.SECTION))
        head.addWidget(label(words.text(N_("dates only; not for every role")), Text.BODY, "text2"), 1)
        box.addLayout(head)
        grid = self._make_grid()
        self.health: dict[str, Field] = {}
        for at, name in enumerate(HEALTH):
            field = text_field(field_name(words, name))
            edit = field.widget
            assert isinstance(edit, QLineEdit)
            edit.setPlaceholderText(words.text(N_("dd/mm/yyyy")))
            edit.editingFinished.connect(lambda name=name: self._save_health(name))
            grid.addWidget(field, 0, at, Qt.AlignmentFlag.AlignTop)
            self.health[name] = field
        box.addLayout(grid)
        return self.health_box

    def _edit(self, name: str) -> QLineEdit:
        widget = self.fields[name].widget
        assert isinstance(widget, QLineEdit)
        return widget

    def show_sheet(self, sheet: Sheet, *, again: bool) -> None:
        """Show who she is; her health dates only to whom they are not closed."""
        self._sheet = sheet
        sites = self.fields["site_id"].widget
        assert isinstance(sites, QComboBox)
        sites.clear()
        for key, name in (("", "–"), *sheet.sites):
            sites.addItem(name, key)
        for name, field in self.fields.items():
            field.refill(self._shown(name), again=again)
            if name in HIDDEN:
                self._edit(name).setPlaceholderText(masked(sheet.person.values[name]))
            field.widget.setEnabled(sheet.writable)
            if not field.is_wrong() and name != "site_id":
                self._look(name)
        self.health_box.setVisible(sheet.health is not None)
        if sheet.health is not None:
            for name, field in self.health.items():
                field.refill(write_day(getattr(sheet.health, name)), again=again)
                field.widget.setEnabled(sheet.writable)

    def _shown(self, name: str) -> str:
        assert self._sheet is not None
        value: Any = self._sheet.person.values[name] if name not in HIDDEN else ""
        if name == "site_id":
            return value.hex() if value is not None else ""
        return write_day(value) if name == "birth_date" else value or ""

    def _birth(self) -> date | None:
        try:
            return read_day(value_of(self.fields["birth_date"]))
        except ValueError:
            return None

    def _look(self, name: str, *, typing: bool = False) -> None:
        """Say below a field what its text means."""
        field = self.fields[name]
        assert self._sheet is not None
        said = live_checks.check(
            self.words, name, value_of(field), today=self._sheet.today, birth=self._birth(), typing=typing
        )
        said.show(field)

    def _save(self, name: str) -> None:
        """Save a field that differs; what is wrong stays as typed, with the reason below."""
        if self._sheet is None:
            return
        field = self.fields[name]
        if name != "site_id":
            self._look(name)
        typed = value_of(field)
        if name in NEEDED and not typed:
            field.wrong(self.words.text(N_("This is needed.")))
        if field.is_wrong() or typed == self._shown(name):
            return
        value: object = typed
        if name == "birth_date":
            value = read_day(typed)
        elif name == "site_id":
            value = bytes.fromhex(typed) if typed else None
        field.settle()
        self.changed.emit({name: value})

    def _save_health(self, name: str) -> None:
        if self._sheet is None or self._sheet.health is None:
            return
        field = self.health[name]
        try:
            day = read_day(value_of(field))
        except ValueError:
            field.wrong(self.words.text(NOT_A_DAY))
            return
        field.wrong("")
        if day != getattr(self._sheet.health, name):
            field.settle()
            self.health_changed.emit({name: day})

    def refuse(self, name: str, text: str) -> bool:
        """Say below its field what the file refuses; tell whether the field is here."""
        field = self.fields.get(name) or self.health.get(name)
        if field is None:
            return False
        field.wrong(text)
        return True

    def hand(self) -> str:
        """Return in which field the focus is."""
        found = {**self.fields, **self.health}
        return next((f"{self.code}:{name}" for name, field in found.items() if field.widget.hasFocus()), "")

    def put_hand(self, name: str) -> bool:
        """Put the focus into a field."""
        field = {**self.fields, **self.health}.get(name.removeprefix(f"{self.code}:"))
        if field is None or not name.startswith(self.code):
            return False
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def mend(self, name: str) -> QWidget | None:
        """Return a field, or one of her health dates where they are shown."""
        field = self.fields.get(name) or (self.health.get(name) if not self.health_box.isHidden() else None)
        return field.widget if field is not None else None

    def first(self) -> QWidget | None:
        """Begin with the name."""
        return self.fields["name"].widget
