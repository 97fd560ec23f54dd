"""Sections that are lists: sites, operators. A line is opened to be changed; a new one is added below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import theme
from ltu_desktop.window.controls import Button, Kind
from ltu_desktop.window.form import Field, value_of
from ltu_desktop.window.pieces import Chip, Link, label, narrow, row
from ltu_desktop.window.settings_section import EDGE, Section, fit_links, said_width, three_columns
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLabel, QWidget

    from ltu_desktop.window.desk import Desk

NEW = b""
PART = "row"


@dataclass(frozen=True)
class Line:
    """A line of the list: its key, what stands strong, what is said of it, a tag, and why it cannot be removed."""

    key: bytes
    title: str
    said: str
    tag: str = ""
    stays: str = ""


class ListSection(Section):
    """A list with one line open. What is typed into an open line is saved; a new one when it is added."""

    name_width: ClassVar[int] = 220
    narrowest: ClassVar[int] = 140  # of the names, in a narrow window

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.open_key: bytes | None = None
        self.opens: dict[bytes, Link] = {}
        self.removes: dict[bytes, Link] = {}
        self._names: list[QLabel] = []
        self._beside = 0  # px that the longest line takes beside its name
        self.add_button: Button | None = None
        self._close: Button | None = None  # the last of the open line
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._show_hand())

    # ---- what a list says ----

    def texts(self) -> tuple[str, str, str]:
        """Return what adds one, what the list says when it is empty, and the title of a new one."""
        raise NotImplementedError

    def lines(self) -> Sequence[Line]:
        """Return the lines."""
        raise NotImplementedError

    def line_fields(self, key: bytes) -> Mapping[str, Field]:
        """Make the fields of a line, or of a new one (`NEW`)."""
        raise NotImplementedError

    def parts(self) -> Mapping[str, str]:
        """Return the fields that begin a part of the form, with what is said above them."""
        return {}

    def save_line(self, key: bytes, values: Mapping[str, str]) -> None:
        """Save a line, or add a new one."""
        raise NotImplementedError

    def remove_line(self, key: bytes) -> None:
        """Remove a line."""
        raise NotImplementedError

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter while a line is open: Enter in a field takes what is typed."""
        text, term = self.words.text, self.words.term
        if self.open_key is None:
            return []
        enter, away = (N_("add"), N_("cancel")) if self.open_key == NEW else (N_("save"), N_("close"))
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        return [*([(term("key", "Enter"), text(enter))] if typing else []), (term("key", "Esc"), text(away))]

    def back(self) -> bool:
        """Close the open line."""
        if self.open_key is None:
            return False
        self.close_line()
        return True

    # ---- showing ----

    def first_focus(self) -> QWidget | None:
        """Begin in the open line, else at what adds one."""
        return super().first_focus() or self.add_button

    def show_lines(self) -> None:
        """Show the lines, below them what adds one, then the open one with its fields."""
        lines = self.lines()
        add, empty, _ = self.texts()
        if self.open_key not in {NEW, *(line.key for line in lines)}:
            self.open_key = None
        if not lines:
            self.form.addWidget(label(empty, Text.BODY, "text2", wrap=True))
        self.opens, self.removes, self._names, self._beside = {}, {}, [], 0
        self._close = None
        for line in lines:
            self._line(line)
        self._fit()
        self.add_button = Button(add, icon="plus-circle")
        self.add_button.setEnabled(self.desk.writable)
        self.add_button.clicked.connect(self.begin_new)
        if self.open_key == NEW:
            self._open(NEW, "")
            return
        across = row()
        across.addWidget(self.add_button)
        across.addStretch(1)
        self.form.addLayout(across)
        if self.open_key is not None:
            self._open(self.open_key, next(line.title for line in lines if line.key == self.open_key))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        """Give the lines the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room names give way first, then the words of the links."""
        room = self.area.viewport().width() - 2 * EDGE - self._beside
        wide, least = theme.grown(self.name_width), theme.grown(self.narrowest)
        for name in self._names:
            name.setFixedWidth(least if narrow(self) and wide > room else wide)
        fit_links((*self.opens.values(), *self.removes.values()), needed=least, room=room)

    def _line(self, line: Line) -> None:
        words = self.words
        across = row(gap=12)
        name = label(line.title, Text.STRONG, wrap=True)
        self._names.append(name)
        across.addWidget(name)
        across.addWidget(label(line.said, Text.BODY, "text2", wrap=True), 1)
        tags = [Chip(line.tag)] if line.tag else []  # one that is hidden would be a window of its own for a moment
        for tag in tags:
            across.addWidget(tag)
        change = Link(words.text(N_("Change")), icon="note-pencil")
        remove = Link(words.text(N_("Remove")), icon="trash")
        change.clicked.connect(lambda _on=False, key=line.key: self.open_line(key))
        remove.clicked.connect(lambda _on=False, key=line.key: self.remove_line(key))
        for link in (change, remove):
            link.setAccessibleName(f"{link.text()}{words.colon} {line.title}")
            link.setEnabled(self.desk.writable)
            across.addWidget(link)
        if line.stays:
            remove.setEnabled(False)
            remove.setAccessibleDescription(line.stays)
        self.opens[line.key], self.removes[line.key] = change, remove
        after = sum(across.spacing() + each.sizeHint().width() for each in (*tags, change, remove))
        self._beside = max(self._beside, across.spacing() + said_width(line.said, Text.BODY) + after)
        self.form.addLayout(across)

    def _open(self, key: bytes, title: str) -> None:
        add, _, fresh = self.texts()
        self.head(title or fresh)
        grid, at = three_columns(), 0
        parts = self.parts()
        for name, field in self.line_fields(key).items():
            if name in parts:
                self.form.addLayout(grid)
                self.form.addSpacing(12)
                if parts[name]:
                    self.form.addWidget(label(parts[name], Text.NOTE, "text3", wrap=True))
                grid, at = three_columns(), 0
            self.fields[f"{PART}.{name}"] = field
            widget = field.widget
            widget.setEnabled(self.desk.writable)
            if isinstance(widget, QLineEdit):
                if key == NEW:
                    widget.returnPressed.connect(lambda: self._save(NEW))
                else:
                    widget.editingFinished.connect(lambda: self._save(key))
            elif isinstance(widget, QComboBox) and key != NEW:
                widget.activated.connect(lambda _at: self._save(key))
            grid.addWidget(field, at // 3, at % 3, Qt.AlignmentFlag.AlignTop)
            at += 1
        self.form.addLayout(grid)
        ways = row()
        if key == NEW:
            take = Button(add, icon="check", kind=Kind.PRIMARY)
            take.clicked.connect(lambda: self._save(NEW))
            self.add_button = take
            ways.addWidget(take)
        self._close = close = Button(self.words.text(N_("Cancel")) if key == NEW else self.words.text(N_("Close")))
        close.clicked.connect(self.close_line)
        ways.addWidget(close)
        ways.addStretch(1)
        self.form.addLayout(ways)

    # ---- doing ----

    def begin_new(self) -> None:
        """Begin a new one."""
        self.open_line(NEW)

    def open_line(self, key: bytes) -> None:
        """Open a line to be changed."""
        self.open_key = key
        self.show_again()
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_hand()

    def _show_hand(self) -> None:
        """Keep the open line in sight while the hand is in it: its place is known only once all is laid."""
        hand = QApplication.focusWidget()
        if self._close is not None and hand is not None and self.isAncestorOf(hand):
            for widget in (self._close, hand):
                self.area.ensureWidgetVisible(widget, 0, EDGE)

    def close_line(self) -> None:
        """Close the open line."""
        self.open_key = None
        self.show_again()
        if self.add_button is not None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_again(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    def _save(self, key: bytes) -> None:
        own = {name.removeprefix(f"{PART}."): field for name, field in self.fields.items() if name.startswith(PART)}
        for field in own.values():
            field.wrong("")
        self.save_line(key, {name: value_of(field) for name, field in own.items()})
