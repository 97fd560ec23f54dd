"""The palette (Ctrl+K): people, pages, actions and months in one field."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStyledItemDelegate, QWidget

from ltu_desktop.rules.errors import N_
from ltu_desktop.rules.periods import Month
from ltu_desktop.rules.text import fold
from ltu_desktop.window import icons, theme
from ltu_desktop.window.commands import COMMANDS, PAGES, key_text
from ltu_desktop.window.controls import rounded
from ltu_desktop.window.pieces import column, label, row, rule
from ltu_desktop.window.popup import TOP, Popup
from ltu_desktop.window.tokens import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ltu_desktop.queries.people import Found
    from ltu_desktop.queries.reading import Connection
    from ltu_desktop.window.commands import Commands
    from ltu_desktop.window.desk import Desk
    from ltu_desktop.window.models import Index
    from ltu_desktop.words import Words

WIDTH, ROW = 640, 38
LIST = ROW * 8 + 60  # eight results and their heads
AROUND = 132  # the field above, the keys below, and the window's foot
MOST_PEOPLE = 8
HIDDEN = frozenset({"view.palette", "view.back", "view.pane", "view.filter"})  # of no use from here
GAP = 12  # between a text and its note
_ENTRY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Entry:
    """A line: a head of a group (no `do`), or something to do."""

    text: str
    icon: str = ""
    note: str = ""
    keys: str = ""
    do: Callable[[], None] | None = None
    why_not: str = ""
    typed: str = ""  # what of it was typed is marked
    last: str = ""  # ends the note, where there is room for all of it

    def whole(self) -> str:
        """Return the note with its end."""
        return self.why_not or " · ".join(part for part in (self.note, self.last) if part)

    def noted(self, room: int) -> str:
        """Return the note that so much room has beside the text: its end goes before anything is shortened."""
        whole, text = self.whole(), theme.metrics(Text.STRONG).horizontalAdvance(self.text)  # marked, it is strong
        return whole if text + GAP + theme.metrics(Text.DENSE).horizontalAdvance(whole) <= room else self.note or whole


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  Qt's name
        entry = index.data(_ENTRY)
        return QSize(WIDTH - 4, ROW if entry.do is not None or entry.why_not else 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        painter.save()
        if entry.do is None and not entry.why_not:
            painter.setFont(theme.font(Text.NOTE))
            painter.setPen(theme.colour("text3"))
            painter.drawText(rect.adjusted(16, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, entry.text)
            painter.restore()
            return
        view = option.widget
        if isinstance(view, QListWidget) and view.currentRow() == index.row():
            painter.fillRect(rect, theme.colour("selection"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        icons.draw(painter, entry.icon, "text2", QRect(rect.left() + 14, rect.top(), 20, rect.height()))
        painter.setFont(theme.font(Text.BODY))
        painter.setPen(theme.colour("text" if entry.do is not None else "text3"))
        x = rect.left() + 46
        room = rect.right() - x - (90 if entry.keys else 16)
        note, small = entry.noted(room), theme.metrics(Text.DENSE)
        kept = min(small.horizontalAdvance(note) + GAP if note else 0, room // 2)  # what tells namesakes apart stays
        text = painter.fontMetrics().elidedText(entry.text, Qt.TextElideMode.ElideRight, room - kept)
        wide = _draw_marked(painter, QRect(x, rect.top(), room, rect.height()), text, entry) + GAP
        x, room = x + wide, room - wide
        if entry.why_not:
            icons.draw(painter, "info", "text3", QRect(x, rect.top(), 16, rect.height()))  # nothing is wrong
            x, room = x + 22, room - 22
        painter.setFont(theme.font(Text.DENSE))
        painter.setPen(theme.colour("text3"))
        shown = small.elidedText(note, Qt.TextElideMode.ElideRight, max(0, room))
        painter.drawText(QRect(x, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if entry.keys:
            font = theme.font(Text.NOTE)
            painter.setFont(font)
            width = QFontMetrics(font).horizontalAdvance(entry.keys) + 12
            box = QRect(rect.right() - width - 14, rect.center().y() - 10, width, 20)
            rounded(painter, box, "surface", "line2", 4)
            painter.setPen(theme.colour("text3"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, entry.keys)
        painter.restore()


def _draw_marked(painter: QPainter, area: QRect, text: str, entry: Entry) -> int:
    """Draw a text with what was typed of it in the accent; return how wide it is."""
    x = area.left()
    for part, found in marked(entry.typed if entry.do is not None else "", text):
        use = Text.STRONG if found else Text.BODY
        tone = "accent" if found else "text" if entry.do is not None else "text3"
        painter.setFont(theme.font(use))
        painter.setPen(theme.colour(tone))
        painter.drawText(area.adjusted(x - area.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, part)
        x += theme.metrics(use).horizontalAdvance(part)
    return x - area.left()


class _Entry(QLineEdit):
    """The field of the palette: arrows move in the results."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._of = palette
        self.setFrame(False)
        self.setFont(theme.font(Text.SECTION))
        self.setProperty("bare", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in moves:
            self._of.move_by(moves[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._of.choose()
        elif key == Qt.Key.Key_Escape:
            self._of.vanish()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class Palette(Popup):
    """Finds what one types: `>` actions, `@` people, `#` months; nothing happens while typing."""

    def __init__(self, window: QWidget, desk: Desk, commands: Commands) -> None:
        super().__init__(window, WIDTH)
        self._desk, self._commands, self._words = desk, commands, desk.words
        self._people: list[Found] = []
        self._asking = False  # people are still looked for
        text = self._words.text
        box = column(self, margins=(1, 1, 1, 1))
        head = row(margins=(8, 10, 12, 10))
        self.entry = _Entry(self)
        self.entry.setPlaceholderText(text(N_("Person, page, action or month")))
        self.entry.setAccessibleName(self.entry.placeholderText())
        head.addWidget(self.entry, 1)
        head.addWidget(label(self._words.term("key", "Esc"), Text.NOTE, "text3"))
        box.addLayout(head)
        box.addWidget(rule())
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _item: self.choose())
        box.addWidget(self.list)
        box.addWidget(rule())
        foot = row(margins=(16, 6, 16, 8), gap=16)
        enter = self._words.term("key", "Enter")
        foot.addWidget(label(f"↑ ↓  {text(N_('choose'))}     {enter}  {text(N_('open'))}", Text.NOTE, "text2"))
        foot.addStretch(1)
        kinds = f"#  {text(N_('months'))}     @  {text(N_('people'))}     >  {text(N_('actions'))}"
        foot.addWidget(label(kinds, Text.NOTE, "text2"))
        box.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._search_people)
        self.entry.textChanged.connect(self._typed)

    def open(self) -> None:
        """Show the palette with an empty field."""
        self.entry.clear()
        self._people = []
        self._fill()
        self.list.setFixedHeight(min(LIST, self.window().height() - TOP - AROUND))
        self.appear()
        self.entry.setFocus(Qt.FocusReason.PopupFocusReason)

    def _typed(self, _text: str) -> None:
        self._people = []
        kind, text = self._wanted()
        self._asking = kind in {"", "@"} and len(text) >= 2
        self._fill()
        if self._asking:
            self._timer.start()
        else:
            self._timer.stop()

    def _wanted(self) -> tuple[str, str]:
        """Return the kind asked for ("" for all) and the text."""
        text = self.entry.text().strip()
        return (text[:1], text[1:].strip()) if text[:1] in {">", "@", "#"} else ("", text)

    def _search_people(self) -> None:
        typed, (_, text) = self.entry.text(), self._wanted()

        def query(connection: Connection) -> list[Found]:
            from ltu_desktop.queries.people import search

            return search(connection, text, MOST_PEOPLE + 1)

        self._desk.read(query, lambda found: self._found(typed, found))

    def _found(self, typed: str, people: list[Found]) -> None:
        if typed == self.entry.text():
            self._people, self._asking = people, False
            self._fill()

    def entries(self) -> list[tuple[str, list[Entry]]]:
        """Return what fits the typed text, by groups."""
        kind, text = self._wanted()
        words = self._words
        found: list[tuple[str, list[Entry]]] = []
        if kind in {"", ">"}:
            pages = self._commands_for(text, pages=True)
            if text and any(fold(each.text).startswith(fold(text)) for each in pages):
                found.append((words.text(N_("Pages")), pages))  # what is called so comes before what speaks of it
                pages = []
            found.append((words.text(N_("Actions")), self._commands_for(text, pages=False)[: 8 if kind else 5]))
            found.append((words.text(N_("Pages")), pages))
        if kind in {"", "#"}:
            found.append((words.text(N_("Months")), self._months(text)))
        if kind in {"", "@"}:
            people, more = self._found_people(), len(self._people) > MOST_PEOPLE
            first = words.text(N_("People: the first {count}, type more letters"), count=MOST_PEOPLE)
            found.append((first if more else words.text(N_("People")), people))
        return [(title, entries) for title, entries in found if entries]

    def _commands_for(self, text: str, *, pages: bool) -> list[Entry]:
        """Return what fits: what can be done first, and of that what begins with the text."""
        words, commands = self._words, self._commands
        found = []
        for command in COMMANDS:
            said = words.text(command.text)
            if command.code in HIDDEN or (command.group is PAGES) != pages or not fits(text, said):
                continue
            on, why = commands.on(command.code), commands.reasons.get(command.code, "")
            if not on and not why:
                continue
            found.append(
                Entry(
                    said,
                    command.icon,
                    "" if pages else words.text(command.group),
                    key_text(words, command.keys),
                    partial(commands.do, command.code) if on else None,
                    "" if on else why,
                    text,
                )
            )
        return sorted(found, key=lambda each: (each.do is None, not fold(each.text).startswith(fold(text))))

    def _months(self, text: str) -> list[Entry]:
        month = read_month(self._words, text, self._desk.month)
        if month is None:
            return []
        name = self._words.month(month)
        return [Entry(name[:1].upper() + name[1:], "calendar-blank", do=lambda: self._desk.set_month(month))]

    def _found_people(self) -> list[Entry]:
        words, people = self._words, self._people[:MOST_PEOPLE]
        times = Counter((each.list_name, words.status(each.status)) for each in people)  # the site may have no room
        return [self._person(each, alone=times[each.list_name, words.status(each.status)] == 1) for each in people]

    def _person(self, found: Found, *, alone: bool) -> Entry:
        """Make the line of a person; where others say the same, birth date and number tell them apart."""
        words, number = self._words, found.staff_number
        note = words.status(found.status)
        if not alone:
            born = words.text(N_("born {day}"), day=words.day(found.birth_date)) if found.birth_date else ""
            parts = (born, words.text(N_("no. {number}"), number=number), note)
            note = " · ".join(part for part in parts if part)
        typed = self._wanted()[1]
        do = partial(self._desk.go.emit, "people", number)
        return Entry(found.list_name, "user", note, do=do, typed=typed, last=found.site)

    def _fill(self) -> None:
        self.list.clear()
        for title, entries in self.entries():
            self._add(Entry(title), selectable=False)
            for entry in entries:
                self._add(entry, selectable=entry.do is not None)
        if not self.list.count() and not self._asking:
            nothing = N_("Nothing found: try the beginning of a name, or fewer letters.")
            self._add(Entry(self._words.text(nothing)), selectable=False)
        self.move_by(1)

    def _add(self, entry: Entry, *, selectable: bool) -> None:
        item = QListWidgetItem(entry.text)
        item.setData(_ENTRY, entry)
        spoken = " ".join(part for part in (entry.text, entry.whole()) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        if not selectable:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def move_by(self, step: int) -> None:
        """Go to the next line that can be done."""
        count, at = self.list.count(), self.list.currentRow()
        for _ in range(count):
            at = (at + step) % count
            item = self.list.item(at)
            if item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(at)
                return

    def choose(self) -> None:
        """Do the chosen line."""
        item = self.list.currentItem()
        entry = item.data(_ENTRY) if self.list.currentRow() >= 0 else None
        if isinstance(entry, Entry) and entry.do is not None:
            self.vanish()
            entry.do()


def fits(typed: str, said: str) -> bool:
    """Tell whether each typed word begins a word of a text."""
    known = fold(said).split()
    return all(any(word.startswith(part) for word in known) for part in fold(typed).split())


def marked(typed: str, said: str) -> list[tuple[str, bool]]:
    """Part a text into what was typed of it, at the beginning of its words, and the rest."""
    parts = sorted(fold(typed).split(), key=len, reverse=True)
    found: list[tuple[str, bool]] = []
    for word in re.findall(r"[^\W_]+|[\W_]+", said):
        part = next((each for each in parts if fold(word).startswith(each)), "")
        long = next((at for at in range(1, len(word) + 1) if len(fold(word[:at])) >= len(part)), 0) if part else 0
        found += [each for each in ((word[:long], True), (word[long:], False)) if each[0]]
    return found


def read_month(words: Words, text: str, now: Month) -> Month | None:
    """Read a month as people type it: `octobre`, `oct 2026`, `10/2026`, `2026-10`; the year is the present one."""
    plain = fold(text)
    numbers = re.fullmatch(r"(\d{1,2})[/. ](\d{4})|(\d{4})[-/. ](\d{1,2})", text.strip())
    if numbers:
        year, number = int(numbers[2] or numbers[3]), int(numbers[1] or numbers[4])
        return Month(year, number) if 1 <= number <= 12 else None
    found = re.fullmatch(r"([a-z]{3,})\.?(?: (\d{4}))?", plain)
    if not found:
        return None
    for number in range(1, 13):
        name = fold(words.month(Month(now.year, number)).split(" ")[0])
        if name.startswith(found[1]) or fold(calendar.month_name[number]).startswith(found[1]):
            return Month(int(found[2] or now.year), number)
    return None
