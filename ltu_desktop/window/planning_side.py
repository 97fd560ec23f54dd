"""The side of the week board: conflicts with ways to mend them, what is to be covered, the activities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from ltu_desktop.rules.errors import N_, Severity
from ltu_desktop.window import icons, theme
from ltu_desktop.window import planning_words as say
from ltu_desktop.window.controls import Button, rounded
from ltu_desktop.window.pieces import (
    Clickable,
    Elided,
    Link,
    clear,
    column,
    label,
    row,
    rule,
    scrolled,
    set_property,
    set_tone,
)
from ltu_desktop.window.planning_blocks import BAR, LEFT, colours
from ltu_desktop.window.planning_geometry import STEP
from ltu_desktop.window.planning_sheet import look_of, short_title, span_text, time_text
from ltu_desktop.window.tokens import Meaning, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QHBoxLayout, QLayout

    from ltu_desktop.queries.activity_looks import Look
    from ltu_desktop.queries.planning_rows import ActivityMark, ShiftRow
    from ltu_desktop.rules.planning import Conflict
    from ltu_desktop.window.planning_sheet import Lack, Sheet
    from ltu_desktop.words import Words

SHOWN = 12  # conflicts that have a card; the others are counted
CALLED = 14  # characters of an activity on a button
SAID = 22  # characters of an activity's name that have room beside the day


@dataclass(frozen=True, slots=True)
class Mend:
    """A way to mend a conflict: its text, and what becomes of a shift (`drops`: it is taken off)."""

    text: str
    shift: ShiftRow
    start: int = 0
    end: int = 0
    pause: int = 0
    drops: bool = False


def mend(words: Words, conflict: Conflict, shifts: Sequence[ShiftRow], names: Sequence[str]) -> Mend | None:
    """Return the plain way to mend a conflict, where there is one."""
    if not shifts:
        return None
    last = shifts[-1]
    if conflict.code == "daily_rest" and len(shifts) > 1:
        short = int(conflict.params["limit_minutes"]) - int(conflict.params["minutes"])
        later = -(-(last.start + short) // STEP) * STEP
        end = last.end + later - last.start
        if end > 1440:
            return None
        text = words.text(N_("Begin at {time}"), time=time_text(later))
        return Mend(text, last, later, end, last.pause)
    if conflict.code == "no_break" and len(shifts) == 1:
        text = words.text(N_("Add 20 minutes"))
        return Mend(text, last, last.start, min(2160, last.end + 20 - last.pause), 20)
    if conflict.code in {"overlap", "two_sites"} and len(shifts) > 1 and "gap_minutes" not in conflict.params:
        kept = max(range(len(shifts)), key=lambda at: shifts[at].minutes)
        other = next(each for at, each in enumerate(shifts) if at != kept)
        called = short_title(names[kept])
        called = called if len(called) <= CALLED else called.split()[0]  # the card says the whole
        text = words.text(N_("Keep “{activity}”"), activity=called)
        return Mend(text, other, drops=True)
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict with all that its card says: equal ones have equal cards."""

    conflict: Conflict
    name: str  # of the person
    shifts: tuple[ShiftRow, ...]
    activities: tuple[str, ...]  # of the shifts
    writable: bool


def tell(conflict: Conflict, sheet: Sheet, words: Words, *, writable: bool) -> Told:
    """Look up what a conflict's card says."""
    shifts, activities = say.shifts_of(conflict, sheet)
    person = sheet.people.get(conflict.person)
    name = sheet.who(person, words) if person is not None else ""
    return Told(conflict, name, tuple(shifts), tuple(activities), writable)


class Swatch(QWidget):
    """An activity's colour and code, as in the blocks."""

    def __init__(self, look: Look, code: str) -> None:
        super().__init__()
        self._look, self._code = look, code
        self.setFixedSize(44, 20)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.state().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Draw tint, bar and code."""
        painter = QPainter(self)
        bar, tint = colours(self._look)
        painter.fillRect(self.rect(), QColor(tint))
        painter.fillRect(QRect(0, 0, BAR, self.height()), QColor(bar))
        painter.setFont(theme.font(Text.NOTE_STRONG))
        painter.setPen(theme.colour("text"))
        painter.drawText(self.rect().adjusted(BAR + 5, 0, 0, 0), LEFT, self._code)


class Head(QFrame):
    """The head of a part of the side: title, count, key."""

    def __init__(self, title: str, key: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._across = across = row(self, margins=(16, 8, 16, 4), gap=8)
        across.addWidget(label(title, Text.STRONG))
        self.count = label("", Text.NOTE_STRONG)
        across.addWidget(self.count)
        across.addStretch(1)
        self._key = label(key, Text.NOTE, "text3")
        across.addWidget(self._key)

    def say(self, count: int, meaning: Meaning) -> None:
        """Show how many there are."""
        former, self.count = self.count, label(str(count) if count else "", Text.NOTE_STRONG, str(meaning))
        set_property(self.count, "badge", str(meaning) if count else "")  # one that had no badge keeps no room for it
        self._across.replaceWidget(former, self.count)
        former.deleteLater()
        self.count.setVisible(bool(count))
        self._key.setVisible(bool(count))  # it goes from one to the next


class Side(QFrame):
    """The side pane. It tells what is wanted; the page does it."""

    see = Signal(object)  # Conflict
    mend = Signal(object)  # Mend
    replace_wanted = Signal(object)  # ShiftRow
    cover_wanted = Signal(object)  # Lack
    activity_wanted = Signal(object)  # an activity's key

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setProperty("ground", "canvas")
        self.setProperty("pane", True)
        self.setAccessibleName(words.text(N_("Conflicts and needs")))
        box = column(self)
        inside = QWidget()
        self._box = column(inside, margins=(0, 0, 0, 12))
        text = words.text
        self.conflict_head = Head(text(N_("Conflicts")), text(N_("{key}: next"), key="F8"))
        self._box.addWidget(self.conflict_head)
        self._conflicts = column(margins=(12, 4, 12, 8), gap=8)
        self._box.addLayout(self._conflicts)
        self._box.addWidget(rule(tone="line2"))
        self.cover_head = Head(text(N_("To cover")))
        self._box.addWidget(self.cover_head)
        self._covers = column(margins=(8, 0, 8, 8))
        self._box.addLayout(self._covers)
        self._box.addWidget(rule(tone="line2"))
        self._box.addWidget(Head(text(N_("Activities"))))
        self._marks = QGridLayout()
        self._marks.setContentsMargins(16, 2, 12, 8)
        self._marks.setHorizontalSpacing(8)
        self._marks.setVerticalSpacing(6)
        self._box.addLayout(self._marks)
        self._box.addStretch(1)
        self._area = scrolled(inside)
        box.addWidget(self._area)
        self.cards: dict[int, Card] = {}
        self.covers: list[CoverLine] = []
        self._shown: dict[str, object] = {}  # what each part was built of

    def show_in_turns(self, sheet: Sheet, conflicts: Sequence[Conflict], *, writable: bool) -> Iterator[str]:
        """Show in turns what stands against a week's plan, what it lacks, and its activities; say what comes next."""
        told = [tell(each, sheet, self.words, writable=writable) for each in conflicts[:SHOWN]]
        blocking = any(each.severity is Severity.BLOCKER for each in conflicts)
        if self._is_new("conflicts", (told, len(conflicts), blocking)):
            self._show_conflicts(told, len(conflicts), blocking=blocking)
            yield "covers"
        lacks = [(sheet.day(lack.need.weekday), lack) for lack in sheet.lacks()]
        known, people = bool(sheet.board.cover), bool(sheet.board.people)
        if self._is_new("covers", (lacks, known, people)):
            self._show_covers(lacks, known=known, people=people)
            yield "marks"
        used = {shift.activity_id for person in sheet.board.people for shift in person.shifts}
        marks = [mark for mark in sheet.board.activities if mark.id in used or mark.ended_on is None]
        if self._is_new("marks", marks):
            self._show_marks(marks)
            yield "templates"

    def _is_new(self, part: str, content: object) -> bool:
        """Tell whether a part must be built anew: an unchanged one keeps its widgets, and the focus in them."""
        new = part not in self._shown or self._shown[part] != content
        self._shown[part] = content
        return new

    def _show_conflicts(self, told: Sequence[Told], count: int, *, blocking: bool) -> None:
        clear(self._conflicts)
        self.cards = {at: Card(self, each) for at, each in enumerate(told)}
        for card in self.cards.values():
            self._conflicts.addWidget(card)
        more = count - len(told)
        if not count:
            self._conflicts.addLayout(self._quiet(self.words.text(N_("No conflicts.")), inset=4))
        elif more > 0:
            said = self.words.plural("{count} more: F8 goes through them", "{count} more: F8 goes through them", more)
            self._conflicts.addWidget(label(said, Text.NOTE, "text3", wrap=True))
        self.conflict_head.say(count, Meaning.BLOCKING if blocking else Meaning.ATTENTION)

    def _quiet(self, said: str, *, inset: int, ok: bool = True) -> QLayout:
        """Make a quiet line in line with the heads: so much further in than what holds it."""
        holder = column(margins=(inset, 0, inset, 0))
        holder.addLayout(quiet(said, ok=ok))
        return holder

    def _show_covers(self, lacks: Sequence[tuple[date, Lack]], *, known: bool, people: bool) -> None:
        text = self.words.text
        clear(self._covers)
        self.covers = []
        for day, lack in lacks:
            line = CoverLine(self.words, day, lack)
            line.clicked.connect(lambda lack=lack: self.cover_wanted.emit(lack))
            self.covers.append(line)
            self._covers.addWidget(line)
        if not lacks:
            said = text(N_("All needs are covered.")) if known else text(N_("No cover needs for this week yet."))
            if known and not people:
                said, known = text(N_("Nobody has a contract this week.")), False
            self._covers.addLayout(self._quiet(said, inset=8, ok=known))
        self.cover_head.say(len(lacks), Meaning.ATTENTION)

    def _show_marks(self, marks: Sequence[ActivityMark]) -> None:
        clear(self._marks)
        for at, mark in enumerate(marks):
            self._marks.addWidget(Swatch(look_of(mark), mark.code), at, 0)
            self._marks.addWidget(Elided(mark.name, Text.DENSE, "text2"), at, 1)
        self._marks.setColumnStretch(1, 1)

    def say_possible(self, counts: Mapping[bytes, int]) -> None:
        """Say how many people could cover each need, by the need's key."""
        for line in self.covers:
            if line.lack.need.id in counts:
                line.say(counts[line.lack.need.id])

    def mark(self, at: int) -> None:
        """Frame the card of the conflict that the keyboard is at."""
        for place, card in self.cards.items():
            card.mark(on=place == at)
            if place == at:
                self._area.ensureWidgetVisible(card)


def quiet(text: str, *, ok: bool = True) -> QHBoxLayout:
    """Make a line that says that all is well, or that there is nothing yet."""
    across = row(gap=8)
    sign = QLabel()
    sign.setFixedWidth(16)
    icons.put(sign, "check-circle" if ok else "info", "ok.icon" if ok else "text3")
    across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(label(text, Text.DENSE, "text2", wrap=True), 1)
    return across


class Card(QFrame):
    """A conflict: title, whose, the sentence, ways to mend it, the rule's source; a click on it shows it."""

    def __init__(self, side: Side, told: Told) -> None:
        super().__init__()
        words, conflict, name, shifts = side.words, told.conflict, told.name, told.shifts
        self.conflict, self._side = conflict, side
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("card", True)
        meaning = Meaning.BLOCKING if conflict.severity is Severity.BLOCKER else Meaning.ATTENTION
        box = column(self, margins=(10, 8, 10, 8), gap=2)
        head = row(gap=8)
        sign = QLabel()
        sign.setFixedWidth(18)
        icons.put(sign, icons.MEANING_ICON[meaning], f"{meaning}.icon")
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(say.title(words, conflict), Text.DENSE_STRONG, wrap=True), 1)
        box.addLayout(head)
        inner = column(margins=(26, 0, 0, 0), gap=2)
        inner.addWidget(Elided(name, Text.DENSE))
        said = say.sentence(words, conflict, shifts, told.activities)
        inner.addWidget(label(said, Text.DENSE, "text2", wrap=True))
        if conflict.source:
            inner.addWidget(label(conflict.source, Text.NOTE, "text3", wrap=True))
        ways = row(gap=4)
        self.mend_button: Button | None = None
        self.replace_link: Link | None = None
        way = mend(words, conflict, shifts, told.activities)
        if way is not None and told.writable:
            self.mend_button = Button(way.text, height=28)
            self.mend_button.setFont(theme.font(Text.DENSE_STRONG))
            self.mend_button.padding = 8
            self.mend_button.clicked.connect(lambda: side.mend.emit(way))
            ways.addWidget(self.mend_button)
        if shifts and told.writable and conflict.code not in {"over_contract", "weekly_rest", "average_week"}:
            self.replace_link = Link(words.text(N_("Replace…")))
            self.replace_link.setFont(theme.font(Text.DENSE_STRONG))
            self.replace_link.setAccessibleDescription(name)
            self.replace_link.clicked.connect(lambda: side.replace_wanted.emit(shifts[-1]))
            ways.addWidget(self.replace_link)
        if self.mend_button is None or self.replace_link is None:  # no room for three
            see = Link(words.term("conflict", "Show"))
            see.setFont(theme.font(Text.DENSE_STRONG))
            see.clicked.connect(lambda: side.see.emit(conflict))
            ways.addWidget(see)
        ways.addStretch(1)
        inner.addSpacing(2)
        inner.addLayout(ways)
        box.addLayout(inner)
        self.setAccessibleName(f"{say.title(words, conflict)}. {name}. {said}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        """Show it on the board."""
        super().mouseReleaseEvent(event)
        self._side.see.emit(self.conflict)

    def mark(self, *, on: bool) -> None:
        """Frame it, or not."""
        self.setProperty("card", "first" if on else True)
        self.style().unpolish(self)
        self.style().polish(self)


class CoverLine(Clickable):
    """A need that is not covered: day, activity, how many are missing, and how many could take it."""

    def __init__(self, words: Words, day: date, lack: Lack) -> None:
        super().__init__()
        self.lack, self._words = lack, words
        across = row(self, margins=(8, 0, 8, 0), gap=8)
        sign = QLabel()
        sign.setFixedWidth(16)
        icons.put(sign, "warning", "attention.icon")
        across.addWidget(sign)
        when = f"{words.weekday(day, short=True)} {day.day}"
        said = f"{when} · {lack.mark.name}"
        long = f"{when} · {lack.mark.code} {lack.mark.name}"  # alike names are told apart by their codes
        across.addWidget(Elided(long if len(lack.mark.name) > SAID else said, Text.DENSE), 1)
        self.possible = label(f"{lack.need.filled}/{lack.need.needed}", Text.DENSE_STRONG, "accent")
        across.addWidget(self.possible)
        self.setFixedHeight(theme.grown(28))
        span = span_text(lack.need.start, lack.need.end)
        self.setToolTip(
            words.text(
                N_("{what}, {span}: {filled} of {needed} are there. Click to find somebody."),
                what=said,
                span=span,
                filled=lack.need.filled,
                needed=lack.need.needed,
            )
        )
        self.setAccessibleName(self.toolTip())

    def say(self, count: int) -> None:
        """Say how many people could take it; where nobody could, there is nothing to look at."""
        self.possible.setText(self._words.plural("{count} possible", "{count} possible", count))
        set_tone(self.possible, "accent" if count else "text3")
        self.setEnabled(count > 0)


class Strip(QFrame):
    """What the side becomes in a narrow window: icons with counts; a click brings the side."""

    wanted = Signal()

    WIDTH = 52

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setProperty("ground", "canvas")
        self.setFixedWidth(self.WIDTH)
        box = column(self, margins=(4, 8, 4, 8), gap=8)
        self.parts = [_Count(), _Count()]
        for part in self.parts:
            part.clicked.connect(self.wanted)
            box.addWidget(part)
        box.addStretch(1)

    def say(self, conflicts: int, lacks: int) -> None:
        """Show the counts."""
        self.parts[0].say(
            conflicts,
            Meaning.BLOCKING if conflicts else Meaning.OK,
            self._words.plural("{count} conflict", "{count} conflicts", conflicts),
        )
        self.parts[1].say(
            lacks,
            Meaning.ATTENTION if lacks else Meaning.OK,
            self._words.plural("{count} need to cover", "{count} needs to cover", lacks),
        )


class _Count(Clickable):
    def __init__(self) -> None:
        super().__init__()
        self._count, self._meaning = 0, Meaning.OK
        self.setFixedSize(QSize(44, 48))
        theme.state().changed.connect(self.update)

    def say(self, count: int, meaning: Meaning, name: str) -> None:
        self._count, self._meaning = count, meaning
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        if self.hasFocus():
            rounded(painter, self.rect(), "", "focus", 4, 2)
        icons.draw_meaning(painter, self._meaning, QRect(0, 4, self.width(), 22), 20)
        painter.setFont(theme.font(Text.NOTE_STRONG))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(0, 26, self.width(), 18), Qt.AlignmentFlag.AlignCenter, str(self._count))
