"""Forms: one call makes a row that is labelled, helped, measured in its unit, and told when it is wrong."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Select
from ltu_desktop.window.pieces import Elided, column, label, row, set_property
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent


class UnitField(QLineEdit):
    """A line of text with its unit inside, at the right."""

    def __init__(self, unit: str = "", width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.font(Text.BODY))
        self.set_unit(unit)
        if width:
            self.setFixedWidth(width)

    def set_unit(self, unit: str) -> None:
        """Show another unit."""
        self._unit = unit
        self.setTextMargins(0, 0, theme.metrics(Text.BODY).horizontalAdvance(unit) + 10 if unit else 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw the unit into the margin."""
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setFont(theme.font(Text.BODY))
            painter.setPen(theme.colour("text2"))
            area = QRect(0, 0, self.width() - 10, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)


class Field(QWidget):
    """A row of a form: label above, the widget, and below it help or what is wrong (the value is kept)."""

    def __init__(self, text: str, widget: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.widget = widget
        self._help = help_text
        box = column(self, gap=4)
        self.label = Elided(text, Text.DENSE, "text2")
        self.label.setBuddy(widget)
        box.addWidget(self.label)
        box.addWidget(widget)
        below = row(gap=6)
        self._sign = QLabel()
        icons.put(self._sign, icons.MEANING_ICON[Meaning.BLOCKING], "blocking.icon")
        self._sign.setFixedWidth(16)
        self._below = label(help_text, Text.NOTE, "text3", wrap=True)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        box.addLayout(below)
        widget.setAccessibleName(text)
        widget.setAccessibleDescription(help_text)
        self.wrong("")

    def wrong(self, text: str) -> None:
        """Say what is wrong, or nothing when it is right again."""
        bad = bool(text)
        set_property(self.widget, "wrong", bad)
        self._sign.setVisible(bad)
        self._below.setText(text or self._help)
        self._below.setVisible(bool(text or self._help))
        set_property(self._below, "tone", str(Meaning.BLOCKING) if bad else "text3")
        self.widget.setAccessibleDescription(text or self._help)

    def note(self, text: str, meaning: Meaning | None = None) -> None:
        """Say something below that is not wrong: what a value means, or (with a meaning) what deserves a look."""
        if self.is_wrong():
            return
        self._below.setText(text or self._help)
        self._below.setVisible(bool(text or self._help))
        set_property(self._below, "tone", str(meaning) if meaning is not None else "text3")
        self.widget.setAccessibleDescription(text or self._help)

    def refill(self, text: str, *, again: bool = False) -> None:
        """Show a value; `again` keeps what is being typed, or was typed and is wrong."""
        widget = self.widget
        if isinstance(widget, QComboBox):
            widget.setCurrentIndex(max(0, widget.findData(text)))
            return
        assert isinstance(widget, QLineEdit)
        if again and widget.text() != text and (self.is_wrong() or (widget.hasFocus() and widget.isModified())):
            return
        self.wrong("")
        if widget.text() != text:
            widget.setText(text)
            widget.setCursorPosition(0)
        widget.setModified(False)

    def settle(self) -> None:
        """Take note that what is typed is being saved: the next `refill` may write it in its own form."""
        if isinstance(self.widget, QLineEdit):
            self.widget.setModified(False)

    def is_wrong(self) -> bool:
        """Tell whether something is wrong."""
        return bool(self.widget.property("wrong"))


def text_field(text: str, *, value: str = "", unit: str = "", help_text: str = "", width: int = 0) -> Field:
    """Make a row for a text, a figure or a date."""
    widget = UnitField(unit, width)
    widget.setText(value)
    widget.setCursorPosition(0)  # a long text shows its beginning
    return Field(text, widget, help_text)


def secret_field(text: str, *, help_text: str = "") -> Field:
    """Make a row for a passphrase, which is never shown."""
    widget = UnitField()
    widget.setEchoMode(QLineEdit.EchoMode.Password)
    return Field(text, widget, help_text)


def choice_field(text: str, options: Sequence[tuple[str, str]], value: str = "", *, help_text: str = "") -> Field:
    """Make a row for one of a few (code, text) choices."""
    return Field(text, Select(options, value), help_text)


def value_of(field: Field) -> str:
    """Return what a row holds: its text, or the code of its choice."""
    widget = field.widget
    if isinstance(widget, QComboBox):
        return str(widget.currentData())
    assert isinstance(widget, QLineEdit)
    return widget.text().strip()


def off_until(
    button: QAbstractButton,
    why: QLabel,
    fields: Sequence[Field],
    ready: Callable[[], bool] | None = None,
    *,
    allowed: Callable[[], bool],
) -> Callable[[], None]:
    """Keep a button off, `why` beside it, until its fields hold what it needs; return what looks again.

    Without `ready` each needs a text. Where the button is not allowed at all, that is told elsewhere.
    """

    def look() -> None:
        there = ready() if ready is not None else all(value_of(field) for field in fields)
        button.setEnabled(allowed() and there)
        button.setAccessibleDescription("" if there else why.text())
        why.setVisible(allowed() and not there)

    for field in fields:
        assert isinstance(field.widget, QLineEdit)
        field.widget.textChanged.connect(look)
    look()
    return look


_DAY = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})|(\d{2})(\d{2})(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


def read_day(text: str) -> date | None:
    """Read a day as people type it (`16/10/2026`, `16102026`, `2026-10-16`); None when empty, ValueError when wrong."""
    if not text.strip():
        return None
    found = _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    numbers = [int(part) for part in found.groups() if part is not None]
    if found[7]:
        numbers.reverse()
    day, month, year = numbers
    return date(year, month, day)


def write_day(value: object) -> str:
    """Write a day as it is typed, the same in both languages."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else ""


def read_number(text: str) -> Decimal | None:
    """Read a figure as people type it (`1 234,5`); None when empty, ValueError when it is none."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    if not bare:
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number
