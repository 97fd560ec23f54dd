"""The popup of a cell: what is done, from when to when, how often. Enter plans it, Esc leaves all as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.window import icons, theme
from ltu_desktop.window.controls import Button, Kind, Select
from ltu_desktop.window.form import choice_field, text_field, value_of
from ltu_desktop.window.pieces import Elided, Link, StayInside, column, give_shadow, in_lines, label, row, set_tone
from ltu_desktop.window.planning_geometry import LATEST
from ltu_desktop.window.planning_repeat import Repeat
from ltu_desktop.window.planning_sheet import span_text
from ltu_desktop.window.spans import read_time, usual_break, write_time
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ltu_desktop.queries.planning_rows import ShiftRow
    from ltu_desktop.window.planning_board import Verdict
    from ltu_desktop.words import Words

FREE = 4  # px between the popup and the row, and the sides of the page


@dataclass(frozen=True, slots=True)
class Wish:
    """What is typed: a shift for a person and day, and the further days on which it is planned too."""

    person_id: bytes
    day: date
    activity_id: bytes
    site_id: bytes | None
    start: int
    end: int
    pause: int
    days: tuple[date, ...] = ()


class EntryPopup(QFrame):
    """The popup. It tells what is wanted; `verdict` says while one types whether it fits."""

    planned = Signal(object)  # Wish
    changed = Signal(object, object)  # ShiftRow, Wish
    removed = Signal(object, bool)  # ShiftRow, the whole series from its day on
    replace_wanted = Signal(object)  # ShiftRow
    left = Signal()

    WIDTH = 640  # low rather than high, so that the row it plans stays in sight

    def __init__(self, parent: QWidget, words: Words, verdict: Callable[[Wish, ShiftRow | None], Verdict]) -> None:
        super().__init__(parent)
        self.words, self._verdict = words, verdict
        self.shift: ShiftRow | None = None
        self._person, self._day = b"", date.min
        self._at = QRect()  # the cell, in the page
        self._right = 0  # where the board ends there
        self._offered: tuple[Sequence[tuple[str, str]], ...] = ((), (), ())
        self.setProperty("popup", True)
        box = column(self, margins=(16, 10, 16, 10), gap=8)
        text = words.text
        self._title = Elided("", Text.SECTION)
        box.addWidget(self._title)
        across = row(gap=12)
        self.person = choice_field(text(N_("Person")), [])
        self.activity = choice_field(text(N_("Activity")), [])
        self.site = choice_field(text(N_("Place")), [])
        across.addWidget(self.person, 3)
        across.addWidget(self.activity, 3)
        across.addWidget(self.site, 2)
        box.addLayout(across)
        times = row(gap=12)
        self.start = text_field(words.term("time", "From"))
        self.end = text_field(words.term("time", "To"))
        self.pause = text_field(text(N_("Break")), unit="min")
        self.fields = {"start": self.start, "end": self.end, "pause": self.pause}
        for field in self.fields.values():
            times.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        box.addLayout(times)
        self.repeat = Repeat(words)
        self.repeat.changed.connect(self._look)
        box.addWidget(self.repeat)
        box.addLayout(self._lay_links())
        box.addLayout(self._lay_ways())
        for field in self.fields.values():
            widget = field.widget
            assert isinstance(widget, QLineEdit)
            widget.textEdited.connect(lambda _text: self._look())
            widget.editingFinished.connect(self._guess)
        for choice in (self.person, self.activity, self.site):
            assert isinstance(choice.widget, Select)
            choice.widget.activated.connect(lambda _at: self._look())
        give_shadow(self)
        StayInside(self)
        self.hide()

    def _lay_links(self) -> QHBoxLayout:
        """Lay out what else can be done with a shift that is there."""
        words = self.words
        self.remove_link = Link(words.text(N_("Remove")), icon="trash")
        self.series_link = Link(words.text(N_("Remove the series")), icon="trash")
        self.replace_link = Link(words.text(N_("Replace…")), icon="swap")
        self.remove_link.clicked.connect(lambda: self._remove(series=False))
        self.series_link.clicked.connect(lambda: self._remove(series=True))
        self.replace_link.clicked.connect(self._replace)
        links = row(gap=4)
        for link in (self.replace_link, self.remove_link, self.series_link):
            links.addWidget(link)
        links.addStretch(1)
        return links

    def _lay_ways(self) -> QHBoxLayout:
        """Lay out the verdict, and beside it what decides."""
        words = self.words
        ways = row(gap=4)
        self._sign = QLabel()
        self._sign.setFixedWidth(16)
        self._said = label("", Text.DENSE_STRONG)
        ways.addWidget(self._sign)
        ways.addSpacing(4)
        ways.addWidget(self._said, 1)
        self.no = Button(words.text(N_("Cancel")), kind=Kind.QUIET, hint=words.term("key", "Esc"))
        self.no.clicked.connect(self.vanish)
        self.yes = Button("", kind=Kind.PRIMARY, hint=words.term("key", "Enter"))
        self.yes.clicked.connect(self._go)
        ways.addWidget(self.no)
        ways.addWidget(self.yes)
        return ways

    # ---- showing ----

    def offer(
        self,
        people: Sequence[tuple[str, str]],
        activities: Sequence[tuple[str, str]],
        sites: Sequence[tuple[str, str]],
    ) -> None:
        """Take the people, activities and sites that can be chosen, as (key in hexadecimal, name)."""
        self._offered = people, activities, sites

    def _fill(self, *, people: bool) -> None:
        """Put in what can be chosen: when it is asked for, for they may be thousands."""
        for at, field in enumerate((self.person, self.activity, self.site)):
            widget, options = field.widget, self._offered[at]
            assert isinstance(widget, Select)
            widget.clear()
            if field is not self.person or people:
                for code, name in options:
                    widget.addItem(name, code)

    def begin(
        self, wish: Wish, who: str, shift: ShiftRow | None, at: QRect, right: int, *, choose_person: bool = False
    ) -> None:
        """Begin for a cell of a board that ends at `right`: a new shift with what is likely, or one that is there."""
        words = self.words
        self.shift, self._person, self._day = shift, wish.person_id, wish.day
        day = f"{words.weekday(wish.day)} {words.day_of_month(wish.day)}"
        self._title.setText(day if choose_person else f"{who} · {day}")
        self.setAccessibleName(self._title.text())
        self._fill(people=choose_person)
        self.person.setVisible(choose_person)
        if choose_person:
            self.person.refill(wish.person_id.hex())
        self.activity.refill(wish.activity_id.hex())
        self.site.refill(wish.site_id.hex() if wish.site_id else "")
        for name, value in (
            ("start", write_time(wish.start)),
            ("end", write_time(wish.end % 1440 if wish.end > 1440 else wish.end)),
            ("pause", str(wish.pause)),
        ):
            self.fields[name].refill(value)
        self.repeat.begin(wish.day)
        fresh = shift is None
        self.repeat.setVisible(fresh)
        self.remove_link.setVisible(not fresh)
        self.replace_link.setVisible(not fresh)
        self.series_link.setVisible(shift is not None and shift.series_id is not None)
        self._at, self._right = at, right
        self._look()
        self.show()
        self.raise_()
        first = self.person.widget if choose_person else self.activity.widget
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _width(self) -> int:
        parent = self.parentWidget()
        assert parent is not None
        return min(theme.grown(self.WIDTH), parent.width() - 2 * FREE)

    def _grow(self) -> None:
        """Take the height that is needed now, below the row or above it."""
        layout, parent, at = self.layout(), self.parentWidget(), self._at
        assert layout is not None
        assert parent is not None
        layout.activate()
        self.resize(self._width(), layout.totalSizeHint().height())  # with the border
        free = self._right if self._right >= self.width() + 2 * FREE else parent.width()  # the side stays in sight
        x = max(FREE, min(at.left(), free - self.width() - FREE))
        below, above = at.bottom() + 1 + FREE, at.top() - self.height() - FREE
        last = parent.height() - self.height() - FREE
        self.move(x, below if below <= last else above if above >= FREE else max(FREE, last))

    # ---- what is typed ----

    def read(self) -> Wish | None:
        """Return what is typed; None when it cannot be read, which is told below its field."""
        text = self.words.text
        values: dict[str, int] = {}
        for name, field in self.fields.items():
            field.wrong("")
            try:
                values[name] = int(value_of(field) or "0") if name == "pause" else read_time(value_of(field))
            except ValueError:
                wrong = (
                    text(N_("Type minutes, such as 60.")) if name == "pause" else text(N_("Type a time, such as 8:30."))
                )
                field.wrong(wrong)
        if len(values) < len(self.fields):
            return None
        start, end, pause = values["start"], values["end"], values["pause"]
        if end <= start:
            end += 1440  # it ends on the next day
        if end > LATEST or start >= 1440:
            self.end.wrong(text(N_("A shift ends before noon of the next day.")))
            return None
        if not 0 <= pause < end - start:
            self.pause.wrong(text(N_("The break is longer than the shift.")))
            return None
        site = value_of(self.site)
        person = bytes.fromhex(value_of(self.person)) if self.person.isVisibleTo(self) else self._person
        return Wish(
            person,
            self._day,
            bytes.fromhex(value_of(self.activity)),
            bytes.fromhex(site) if site else None,
            start,
            end,
            pause,
            self.repeat.days(self._day) if self.shift is None else (),
        )

    def _guess(self) -> None:
        """Give a long shift its break at noon, while nobody has typed another."""
        widget = self.pause.widget
        assert isinstance(widget, QLineEdit)
        if self.shift is not None or widget.isModified():
            return
        wish = self.read()
        if wish is not None:
            widget.setText(str(usual_break(wish.start, wish.end)))
            self._look()

    def _look(self) -> None:
        wish = self.read()
        self.yes.setEnabled(wish is not None and bool(value_of(self.activity)))
        self._sign.setVisible(wish is not None)
        verdict = self._verdict(wish, self.shift) if wish is not None else None
        fits = verdict is None or verdict.meaning is Meaning.OK
        self._say_yes(fits=fits)
        said: list[str] = []
        if wish is not None and verdict is not None:
            said = [span_text(wish.start, wish.end), *verdict.text.split(" · ")]
            if wish.days:
                said.append(self.words.plural("{count} day in all", "{count} days in all", len(wish.days) + 1))
            icons.put(self._sign, icons.MEANING_ICON[verdict.meaning], f"{verdict.meaning}.icon")
            set_tone(self._said, "text" if fits else str(verdict.meaning))
        room = self._width() - self.no.sizeHint().width() - self.yes.sizeHint().width() - 70
        self._said.setText(in_lines(said, self._said.fontMetrics(), room))
        self._grow()

    def _say_yes(self, *, fits: bool) -> None:
        """Say on the button that it can be planned all the same."""
        text = self.words.text
        if self.shift is None:
            said = text(N_("Plan it")) if fits else text(N_("Plan it anyway"))
        else:
            said = text(N_("Change it")) if fits else text(N_("Change it anyway"))
        self.yes.setText(said)
        self.yes.refit()

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys that matter in the popup."""
        text, term = self.words.text, self.words.term
        enter = text(N_("plan")) if self.shift is None else text(N_("change"))
        return [(term("key", "Enter"), enter), (term("key", "Esc"), text(N_("cancel")))]

    # ---- doing ----

    def _go(self) -> None:
        wish, shift = self.read(), self.shift
        if wish is None or not self.yes.isEnabled():
            return
        self.vanish()
        if shift is None:
            self.planned.emit(wish)
        else:
            self.changed.emit(shift, wish)

    def _remove(self, *, series: bool) -> None:
        shift = self.shift
        self.vanish()
        self.removed.emit(shift, series)

    def _replace(self) -> None:
        shift = self.shift
        self.vanish()
        self.replace_wanted.emit(shift)

    def vanish(self) -> None:
        """Go."""
        self.hide()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Enter plans and Esc leaves from anywhere inside, but for buttons, which Enter presses."""
        if isinstance(event, QKeyEvent):
            key = event.key()
            enter = key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if event.type() == QEvent.Type.ShortcutOverride and (enter or key == Qt.Key.Key_Escape):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and key == Qt.Key.Key_Escape:
                event.accept()
                self.vanish()
                return True
            if event.type() == QEvent.Type.KeyPress and enter:
                event.accept()
                focus = self.focusWidget()
                if isinstance(focus, Button) and focus is not self.yes:
                    focus.click()
                else:
                    self._go()
                return True
        return super().event(event)
